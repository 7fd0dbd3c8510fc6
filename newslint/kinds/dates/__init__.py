"""Kind `dates`: weekdays, zones and times that cannot be, and dates that tell nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from newslint.article import DATELINE, Article
from newslint.kinds.contract import Finder, Hit, Informed, Kind, Scope
from newslint.kinds.dates import after, calendar, season, timeline
from newslint.kinds.dates.text import date_fields
from newslint.language.lexicon import Lexicons
from newslint.matching import Clues, Needs
from newslint.reference import Reference

_FINDERS: dict[type[Informed], Any] = {
    season.Season: season.find,
    calendar.Weekday: calendar.find_weekday,
    calendar.Impossible: calendar.find_impossible,
    timeline.Timeline: timeline.find,
    after.After: after.find,
}


_OF_DATE_LINES = (season.Season, calendar.Weekday, calendar.Impossible)
"""These look at dates of the metadata as well, where date lines are in scope."""


def build(options: Informed, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    lexicons = reference.lexicons_with(options.lexicons)
    find = partial(_FINDERS[type(options)], options, scope, lexicons)
    if isinstance(options, _OF_DATE_LINES) and DATELINE in scope.kinds:
        find = partial(_with_date_fields, find, lexicons)
    return Finder(find, Needs())


def _with_date_fields(
    find: Callable[[Article, Clues], Iterator[Hit]], lexicons: Lexicons, article: Article,
    clues: Clues,
) -> Iterator[Hit]:  # fmt: skip
    yield from find(article, clues)
    for line in date_fields(article, lexicons["dates"]):
        place = line.blocks[0].source_span
        yield from (hit for hit in find(line, clues) if place.start <= hit.span.start < place.end)


KIND = Kind(
    checks={
        "season": season.Season,
        "weekday": calendar.Weekday,
        "impossible": calendar.Impossible,
        "timeline": timeline.Timeline,
        "after-publication": after.After,
    },
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset(
        {"match", "zone", "right", "date", "weekday", "reason", "count", "items", "published"}
    ),
)
