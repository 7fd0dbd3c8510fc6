"""What a report tells of rules, kept with the audit: it is read where their files are not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from newslint import atomic
from newslint.audit.store import RULES
from newslint.checker import Checker
from newslint.config import Settings
from newslint.rule import unfilled
from newslint.rulebook import Known, rulebook, web_address


class Card(Struct, frozen=True):
    """A rule as an editor looks it up."""

    id: str
    title: str
    severity: str
    why: str
    advice: str
    """What to do about a finding, with `…` for what each fills in."""
    url: str
    """The rule's page, empty where there is none on the web."""
    source_title: str
    source_url: str


def save(folder: Path, settings: Settings, checker: Checker) -> None:
    """Write the cards of all rules that may speak in a run into the folder of its audit."""
    known = rulebook(settings, checker.rules())
    cards = [_card(each) for each in known.values()]
    atomic.write(folder / RULES, msgspec.json.format(msgspec.json.encode(cards), indent=1) + b"\n")


def load(folder: Path) -> Mapping[str, Card]:
    """The cards in the folder of an audit, by rule; none where there is no such file."""
    try:
        data = (folder / RULES).read_bytes()
        return {card.id: card for card in msgspec.json.decode(data, type=list[Card])}
    except (OSError, msgspec.DecodeError):
        return {}


def _card(known: Known) -> Card:
    rule = known.rule
    return Card(
        rule.id, rule.title, rule.severity, rule.why, unfilled(rule.fix), web_address(known.url),
        rule.source.title, web_address(rule.source.url),
    )  # fmt: skip
