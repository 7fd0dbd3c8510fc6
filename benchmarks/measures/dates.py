"""Dates and sources: defects put into 200 articles, and findings that were read one by one."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from common import Row, records, rules

from measures.overall import written_out
from newslint.finding import Finding
from newslint.lint import Linter
from newslint.readers import read_source

ARTICLES = 200
REACH = 0.9
PRECISION = 0.85
SEED = 20260723
VERDICTS = Path(__file__).parent.parent / "data" / "read-dates.jsonl"
RULES = (
    "timezone-season", "weekday-date-mismatch", "impossible-date", "relative-date",
    "timeline-same-date", "date-after-publication", "missing-source", "secondhand-source",
    "single-source",
)  # fmt: skip
_READ_AS_DATES = frozenset(RULES[:6])
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SHORT = ("Jan.", "Feb.", "", "", "", "", "", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_DAY = rf"(?:on )?(?:{'|'.join(_WEEKDAYS)})"
_ON_DAY = re.compile(
    rf"(?<=[a-z] ){_DAY}(?= (?:and|with|by|after|in|at|to|that|as)\b|[.,])"
)  # fmt: skip
_VERB = r"(?<!be )(?<!to )\b(?:[a-z]{3,}ed|said|met|won|told|held|left|spoke|wrote)"
_PAST = re.compile(rf"{_VERB} {_DAY}\b(?=[.,]| (?:in|at|by|after|that|with)\b)")
_ZONES = {"E": ("EST", "EDT"), "C": ("CST", "CDT"), "P": ("PST", "PDT")}
_NEVER = (
    "February 30", "Feb. 30", "April 31", "31 April", "June 31", "September 31st", "31st of June",
    "November 31, {year}", "February 31, {year}", "30 February {year}", "Sept. 31",
)  # fmt: skip


class Planted(NamedTuple):
    """A copy with one defect: the text, and where the defect stands."""

    text: str
    start: int
    end: int


Plant = Callable[[dict[str, Any], random.Random], Planted | None]


def rows(data: Path, half: str) -> list[Row]:
    """The lines of the table."""
    stories = list(records(data / "attribution" / "polnear_train.jsonl", half))
    found = [
        _planted(stories, "timezone-season", "a time zone of the other season", _zone),
        _planted(stories, "weekday-date-mismatch", "a weekday beside another day's date", _weekday),
        _planted(stories, "impossible-date", "a date that does not exist", _impossible),
        _planted(stories, "date-after-publication", "a past event dated later", _later),
    ]
    return [*found, *_precision(stories)]


def _planted(stories: list[dict[str, Any]], rule: str, what: str, plant: Plant) -> Row:
    check = _linter([rule])
    tried = hit = 0
    for record in stories:
        planted = plant(record, random.Random(str(record["id"])))
        if planted is None or tried == ARTICLES:
            continue
        tried += 1
        findings = check.check(read_source("a.txt", planted.text, "text"))[0]
        hit += any(f.span.start < planted.end and planted.start < f.span.end for f in findings)
    share = hit / max(tried, 1)
    measure = f"{what}, planted in {tried} articles: found by `{rule}`"
    return Row(measure, "≥ 90 %", f"{share:.1%}", tried > 0 and share >= REACH)


def _linter(names: list[str]) -> Linter:
    return Linter([ready for ready in rules(["newsroom"]) if ready.rule.id in names])


def _own(record: dict[str, Any]) -> date:
    return date.fromisoformat(str(record["date"]))


def _summer(day: date) -> bool:
    """Whether North America has daylight time, by the tables of 2015 and 2016."""
    begins = {2015: date(2015, 3, 8), 2016: date(2016, 3, 13)}
    ends = {2015: date(2015, 11, 1), 2016: date(2016, 11, 6)}
    return day.year in begins and begins[day.year] <= day < ends[day.year]


def _zone(record: dict[str, Any], chance: random.Random) -> Planted | None:
    """A wrong zone behind a time: in the date line, or behind “on Tuesday” in the copy."""
    text, zone = (
        written_out(record),
        chance.choice(list(_ZONES.values()))[not _summer(_own(record))],
    )
    time = chance.choice(("4:50 PM", "9:15 a.m.", "11 am", "noon"))
    places = list(_ON_DAY.finditer(text))
    if places and chance.random() < 0.7:
        at = chance.choice(places).end()
        new = f" at {time} {zone}"
    else:
        at = text.index(str(record["date"])) + len(str(record["date"]))
        new = f", {time} {zone}"
    return Planted(text[:at] + new + text[at:], at, at + len(new))


def _weekday(record: dict[str, Any], chance: random.Random) -> Planted | None:
    """ "on Tuesday" becomes "on Tuesday, July 14", which is another day."""
    return _replaced(
        record, _ON_DAY,
        lambda old, own: f"{old}, {_written(_other_day(old, own, chance), chance)}",
    )  # fmt: skip


def _other_day(old: str, own: date, chance: random.Random) -> date:
    """A day of the two weeks around which is not the weekday that `old` names."""
    days = [own + timedelta(by) for by in range(-10, 4)]
    return chance.choice([day for day in days if _WEEKDAYS[day.weekday()] not in old])


def _impossible(record: dict[str, Any], chance: random.Random) -> Planted | None:
    return _replaced(
        record, _ON_DAY,
        lambda _, own: f"on {chance.choice(_NEVER).format(year=own.year)}",
    )  # fmt: skip


def _later(record: dict[str, Any], chance: random.Random) -> Planted | None:
    """ "arrested on Tuesday" becomes "arrested on July 30", two days to five weeks ahead."""

    def new(old: str, own: date) -> str:
        day = own + timedelta(chance.randint(2, 35))
        said = old.rpartition(" ")[0].removesuffix(" on")
        on = chance.choice((" on", ""))
        return f"{said}{on} {_written(day, chance, day.year != own.year)}"

    return _replaced(record, _PAST, new)


def _replaced(
    record: dict[str, Any], pattern: re.Pattern[str], new: Callable[[str, date], str],
) -> Planted | None:  # fmt: skip
    """The first place outside quotations, changed; None where the pattern has none."""
    text = written_out(record)
    for match in pattern.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : text.find("\n", match.end())]
        if not re.search("[\"“”‘]|''", line):
            changed = new(match[0], _own(record))
            start = match.start()
            return Planted(
                text[:start] + changed + text[match.end() :], start, start + len(changed)
            )
    return None


def _written(day: date, chance: random.Random, year: bool = False) -> str:
    month = _MONTHS[day.month - 1]
    short = _SHORT[day.month - 1] or month
    forms = [f"{month} {day.day}", f"{short} {day.day}", f"{day.day} {month}"]
    whole = [f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year}"]
    return chance.choice(whole if year else forms + whole)


def _precision(stories: list[dict[str, Any]]) -> Iterator[Row]:
    """Precision of the findings of today that were read, by the verdicts in the file."""
    verdicts = _verdicts()
    check = _linter(list(RULES))
    judged: dict[str, list[str]] = {"dates": [], "sources": []}
    for record in stories:
        for finding in check.check(read_source("a.txt", written_out(record), "text"))[0]:
            group = "dates" if finding.rule in _READ_AS_DATES else "sources"
            if verdict := verdicts.get(_key(str(record["id"]), finding)):
                judged[group].append(verdict)
    for group, found in judged.items():
        read = max(len(found), 1)
        right, arguable = found.count("right") / read, found.count("arguable") / read
        measure = f"the rules on {group} on edited copy: precision of {len(found)} findings read"
        figure = f"{right:.0%} right, {arguable:.0%} arguable"
        yield Row(measure, "≥ 85 %", figure, right + arguable >= PRECISION)


def _verdicts() -> dict[tuple[str, str, int], str]:
    with VERDICTS.open(encoding="utf-8") as lines:
        return {
            (one["article"], one["rule"], one["start"]): one["verdict"]
            for one in map(json.loads, lines)
        }


def _key(article: str, finding: Finding) -> tuple[str, str, int]:
    return article, finding.rule, finding.span.start


def sample(data: Path, most: int = 50) -> Iterator[tuple[str, Finding, str]]:
    """Up to so many findings of each rule, drawn with `SEED`: article, finding, what is around."""
    found: dict[str, list[tuple[str, Finding, str]]] = {}
    check = _linter(list(RULES))
    for record in records(data / "attribution" / "polnear_train.jsonl"):
        text = written_out(record)
        for one in check.check(read_source("a.txt", text, "text"))[0]:
            start, end = one.span
            around = f"{text[max(0, start - 120) : start]}⟦{one.text}⟧{text[end : end + 80]}"
            found.setdefault(one.rule, []).append((str(record["id"]), one, around))
    for rule in sorted(found):
        random.Random(SEED).shuffle(found[rule])
        yield from found[rule][:most]
