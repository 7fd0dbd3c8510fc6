"""Kind `dates`: weekdays, zones and times that cannot be, and dates that tell nothing."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from newslint.kinds import dates_after, dates_calendar, dates_season, dates_timeline
from newslint.kinds.contract import Finder, Informed, Kind, Scope
from newslint.language.lexicon import Lexicon
from newslint.matching import Needs
from newslint.reference import Reference

_FINDERS: dict[type[Informed], Any] = {
    dates_season.Season: dates_season.find,
    dates_calendar.Weekday: dates_calendar.find_weekday,
    dates_calendar.Impossible: dates_calendar.find_impossible,
    dates_timeline.Timeline: dates_timeline.find,
    dates_after.After: dates_after.find,
}


def build(options: Informed, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    lexicons = reference.lexicons_with(options.lexicons)
    find = partial(_FINDERS[type(options)], options, scope, lexicons)
    if isinstance(options, dates_season.Season):
        return Finder(find, _zones(lexicons["dates"]))
    return Finder(find, Needs())


def _zones(lexicon: Lexicon) -> Needs:
    """Abbreviations as they are written; names in any case."""
    pairs = lexicon.mapping("standard-time")
    names = [name for pair in pairs.items() for name in map(str, pair)]
    return Needs(
        terms=tuple(sorted({name.lower() for name in names if " " in name})),
        patterns=tuple(re.escape(name) for name in sorted(set(names)) if " " not in name),
    )


KIND = Kind(
    checks={
        "season": dates_season.Season,
        "weekday": dates_calendar.Weekday,
        "impossible": dates_calendar.Impossible,
        "timeline": dates_timeline.Timeline,
        "after-publication": dates_after.After,
    },
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset(
        {"match", "zone", "right", "date", "weekday", "reason", "count", "items", "published"}
    ),
)
