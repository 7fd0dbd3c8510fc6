"""What reports tell of the rules of a run: each rule with the page that explains it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from msgspec import Struct

from newslint import ruleset, stylebooks
from newslint.config import Settings
from newslint.rule import Ready, Rule

HOME = "https://github.com/newslint/newslint"
PAGES = f"{HOME}/blob/main/docs/rules"


class Known(Struct, frozen=True):
    """A rule that may speak in a run."""

    rule: Rule
    url: str
    """Its page in newslint's documentation; for a newsroom's own rule the guidance behind it.

    Empty where the rule names none on the web.
    """


def rulebook(settings: Settings, ready: Mapping[str, Ready]) -> dict[str, Known]:
    """By id: the rules that hold everywhere (`ready`), and those that an override turns on."""
    rules = {name: item.rule for name, item in ready.items()}
    for rule in _turned_on(settings, rules):
        rules.setdefault(rule.id, rule)
    return {name: Known(rule, _page(settings, rule)) for name, rule in sorted(rules.items())}


def _turned_on(settings: Settings, known: Mapping[str, Rule]) -> Iterator[Rule]:
    names = settings.names
    for number, override in enumerate(settings.config.overrides):
        if any(names.get(name) not in known for name in override.rules):
            for ready in ruleset.rules_for(settings, (number,))[0]:
                yield ready.rule


def _page(settings: Settings, rule: Rule) -> str:
    """A rule that extends a shipped one of its name still is that rule."""
    definition = settings.rules.definitions[rule.id]
    extended = definition.data.get("extends") == rule.id
    if definition.shipped or (extended and rule.id in stylebooks.shipped_ids()):
        return f"{PAGES}/{rule.id}.md"
    return web_address(rule.source.url)


def web_address(text: str) -> str:
    """An address with nothing in it that could end it early; empty where it is none on the web."""
    on_web = text.lower().startswith(("https://", "http://"))
    return quote(text, safe=":/?#[]@!$&'()*+,;=%", errors="replace") if on_web else ""
