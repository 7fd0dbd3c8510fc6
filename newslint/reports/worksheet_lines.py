"""The lines of a worksheet for people: sections of things to verify, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from newslint.article import LIST_ITEM, PARAGRAPH
from newslint.language.dates.moment import RELATIVE, WEEKDAY
from newslint.lines import Lines
from newslint.reports.wording import cut
from newslint.worksheet import Figure, Mention, Person, Piece, Report, Source, Worksheet

ARROW = "→ "
"""Begins a note on what the words mean."""
LONGEST = 240
"""Characters of a quotation or a report that are shown."""

_COURTESY = "honorific"
"""Titles that nobody needs to verify: “Mr.”."""
_NOBODY = "nobody is named"


class Item(NamedTuple):
    """One thing to verify."""

    lines: tuple[int, ...]
    """Where it stands, 1-based, ascending."""
    words: str
    """What the article says."""
    note: str = ""
    """What is known of it."""
    url: str = ""


class Section(NamedTuple):
    """Things of one sort."""

    title: str
    items: tuple[Item, ...]


def sections(sheet: Worksheet) -> tuple[Section, ...]:
    """What there is to verify, section by section; empty ones are left out."""
    lines = Lines(sheet.source)
    found = (
        Section("People", tuple(_person(person, lines) for person in sheet.people)),
        Section("Figures", _merged(_figure(figure, lines) for figure in sheet.figures)),
        Section("Dates", _merged(_moments(sheet, lines))),
        Section(
            "Quotations",
            tuple(
                Item(_at(lines, one.piece), _cut(one.piece.shown), _speaker(one.source))
                for one in sheet.quotations
            ),
        ),
        Section("Statements", tuple(_statements(sheet, lines))),
        Section(
            "Sources", tuple(Item(_at(lines, piece), _cut(piece.shown)) for piece in sheet.sources)
        ),
        Section(
            "Links",
            tuple(
                Item(_at(lines, link.piece), _cut(link.piece.shown), url=link.url)
                for link in sheet.links
            ),
        ),
    )
    return tuple(section for section in found if section.items)


def published(sheet: Worksheet) -> str:
    """The article's own date, in words."""
    return f"Published {sheet.published}" if sheet.published else "The article has no date"


def _at(lines: Lines, piece: Piece) -> tuple[int, ...]:
    return (lines.place(piece.span.start)[0],)


def _cut(text: str) -> str:
    return cut(text, LONGEST)


def _person(person: Person, lines: Lines) -> Item:
    titles = dict.fromkeys(
        _title(mention)
        for mention in person.mentions
        if mention.title and mention.sort != _COURTESY
    )
    told = [one for one in titles if not any(other.endswith(f" {one}") for other in titles)]
    names = dict.fromkeys(mention.name.shown for mention in person.mentions)
    others = [f"“{name}”" for name in names if name != person.name]
    notes = [*told, *([f"also {', '.join(others)}"] if others else [])]
    places = {lines.place(mention.name.span.start)[0] for mention in person.mentions}
    return Item(tuple(sorted(places)), person.name, "; ".join(notes))


def _title(mention: Mention) -> str:
    """The title with its qualifier and of-what, in the order of the copy."""
    parts = [part for part in (mention.of, mention.qualifier, mention.title) if part]
    return " ".join(part.shown for part in sorted(parts, key=lambda part: part.span))


def _figure(figure: Figure, lines: Lines) -> Item:
    notes = []
    if figure.where not in (PARAGRAPH, LIST_ITEM):
        notes.append(f"in the {figure.where.replace('-', ' ')}")
    if figure.source:
        notes.append(f"according to {_name(figure.source)}")
    return Item(_at(lines, figure.whole), figure.whole.shown, ", ".join(notes))


def _moments(sheet: Worksheet, lines: Lines) -> Iterator[Item]:
    for moment in sheet.dates:
        note = ""
        if moment.impossible:
            note = moment.impossible
        elif moment.first and moment.last and not moment.stated:
            note = ARROW + _days(moment.first, moment.last, moment.weekday)
        elif not sheet.published and not moment.first and moment.sort in (WEEKDAY, RELATIVE):
            note = "no date to count from"
        yield Item(_at(lines, moment.piece), moment.piece.shown, note)


def _days(first: date, last: date, weekday: int | None) -> str:
    """“2025-07-22”, “2025-07”, “2025” or “2025-07-10 to 2025-07-22”."""
    after = last + timedelta(days=1) if last < date.max else last
    if first == last:
        return f"{first}"
    if first.weekday() == last.weekday() == weekday:
        return f"{first} or {last}"
    if first.day == 1 and after.day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year}"
    return f"{first} to {last}"


def _statements(sheet: Worksheet, lines: Lines) -> Iterator[Item]:
    """Indirect reports: who, the cue, and what is said; one inside another goes with it."""
    reached = 0
    for report in sheet.attributions:
        if report.direct or not report.content:
            continue
        first, last = report.content[0].span.start, report.content[-1].span.end
        if last <= reached:
            continue
        reached = max(reached, last)
        content = " … ".join(piece.shown for piece in report.content)
        yield Item((lines.place(first)[0],), _cut(f"{_told_by(report)}: {content}"))


def _told_by(report: Report) -> str:
    """“Ida Rowe said”, or “according to the firm”, as the copy has it."""
    if not report.source:
        return f"{_NOBODY}, {report.cue.shown}" if report.cue else _NOBODY
    if not report.cue:
        return _name(report.source)
    if report.cue.span < report.source.piece.span:
        return f"{report.cue.shown} {_name(report.source)}"
    return f"{_name(report.source)} {report.cue.shown}"


def _speaker(source: Source | None) -> str:
    return _name(source) if source else _NOBODY


def _name(source: Source) -> str:
    if source.resolved and source.resolved.shown != source.piece.shown:
        return f"{source.piece.shown} ({source.resolved.shown})"
    return source.piece.shown


def _merged(items: Iterable[Item]) -> tuple[Item, ...]:
    """Items that say the same are one, with the lines of all."""
    merged: dict[tuple[str, str], Item] = {}
    for item in items:
        known = merged.get((item.words.lower(), item.note))
        lines = sorted({*known.lines, *item.lines}) if known else item.lines
        words = known.words if known else item.words
        merged[item.words.lower(), item.note] = Item(tuple(lines), words, item.note)
    return tuple(merged.values())
