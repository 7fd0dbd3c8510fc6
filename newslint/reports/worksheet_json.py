"""`newslint facts --format json`: the worksheet as a contract with scripts."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from newslint import __version__
from newslint.errors import Error
from newslint.lines import Lines
from newslint.reports.json_parts import Json, dump, error_data, place
from newslint.worksheet import (
    Figure,
    Link,
    Moment,
    Person,
    Piece,
    Quoted,
    Report,
    Source,
    Worksheet,
)

VERSION = 1


def render(sheets: Iterator[Worksheet], errors: list[Error], _: int) -> Iterator[str]:
    """The document, an article at a time; the errors are complete once the sheets have passed."""
    yield f'{{"version": {VERSION}, "newslint": {dump(__version__)},\n "articles": ['
    comma = ""
    for sheet in sheets:
        yield f"{comma}\n  {dump(article(sheet))}"
        comma = ","
    wrong = ",".join(f"\n  {dump(error_data(error))}" for error in errors)
    yield f'],\n "errors": [{wrong}]}}\n'


def article(sheet: Worksheet) -> Json:
    """One article. Lines and columns are 1-based, offsets 0-based, all in code points."""
    return _Article(sheet.source).of(sheet)


class _Article:
    """Knows the lines of one article."""

    def __init__(self, source: str) -> None:
        self._lines = Lines(source)

    def of(self, sheet: Worksheet) -> Json:
        return {
            "path": sheet.path,
            "published": sheet.published,
            "people": [self._person(person) for person in sheet.people],
            "figures": [self._figure(figure) for figure in sheet.figures],
            "dates": [self._moment(moment) for moment in sheet.dates],
            "quotations": [self._quotation(quotation) for quotation in sheet.quotations],
            "attributions": [self._report(report) for report in sheet.attributions],
            "sources": [self._piece(piece) for piece in sheet.sources],
            "links": [self._link(link) for link in sheet.links],
        }

    def _piece(self, piece: Piece) -> Json:
        start, end = piece.span
        first, last = place(start, self._lines), place(end, self._lines)
        return {"start": first, "end": last, "text": piece.text}

    def _maybe(self, piece: Piece | None) -> Json | None:
        return self._piece(piece) if piece else None

    def _source(self, source: Source | None) -> Json | None:
        if source is None:
            return None
        resolved = self._maybe(source.resolved)
        return {**self._piece(source.piece), "class": source.sort, "resolved": resolved}

    def _person(self, person: Person) -> Json:
        return {
            "name": person.name,
            "mentions": [
                {
                    **self._piece(mention.whole),
                    "name": self._piece(mention.name),
                    "title": self._maybe(mention.title),
                    "qualifier": self._maybe(mention.qualifier),
                    "of": self._maybe(mention.of),
                    "quoted": mention.quoted,
                }
                for mention in person.mentions
            ],
        }

    def _figure(self, figure: Figure) -> Json:
        return {
            **self._piece(figure.whole),
            "low": _number(figure.low),
            "high": _number(figure.high),
            "approximation": figure.approximation,
            "unit": figure.unit,
            "counts": self._maybe(figure.counts),
            "where": figure.where,
            "source": self._source(figure.source),
        }

    def _moment(self, moment: Moment) -> Json:
        return {
            **self._piece(moment.piece),
            "sort": moment.sort,
            "first": moment.first,
            "last": moment.last,
            "zone": moment.zone,
        }

    def _quotation(self, quoted: Quoted) -> Json:
        source, cue = self._source(quoted.source), self._maybe(quoted.cue)
        return {**self._piece(quoted.piece), "source": source, "cue": cue}

    def _report(self, report: Report) -> Json:
        return {
            "content": [self._piece(piece) for piece in report.content],
            "source": self._source(report.source),
            "cue": self._maybe(report.cue),
        }

    def _link(self, link: Link) -> Json:
        return {**self._piece(link.piece), "url": link.url}


def _number(value: float) -> float | int | None:
    """A whole number without a fraction; None where there is no bound."""
    if not isfinite(value):
        return None
    return int(value) if value == int(value) else value
