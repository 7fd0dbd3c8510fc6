"""Kind `figures`: numbers that do not agree, within an article.

The checks are told apart by the type of their options; each has a module of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from newslint.kinds.contract import Finder, Kind, Options, Scope
from newslint.kinds.figures import (
    ages,
    conflicts,
    counts,
    headlines,
    names,
    percents,
    relabelled,
)
from newslint.reference import Reference

_BUILDERS: dict[type[Options], Callable[..., Finder]] = {
    conflicts.Conflicts: conflicts.build,
    relabelled.Relabelled: relabelled.build,
    headlines.HeadlineFigure: headlines.build,
    names.HeadlineName: names.build,
    percents.Percent: percents.build,
    counts.Count: counts.build,
    ages.Age: ages.build,
}


def build(options: Options, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    return _BUILDERS[type(options)](options, scope, reference)


KIND = Kind(
    checks={
        "conflict": conflicts.Conflicts,
        "relabelled": relabelled.Relabelled,
        "headline-figure": headlines.HeadlineFigure,
        "headline-name": names.HeadlineName,
        "percent": percents.Percent,
        "count": counts.Count,
        "age": ages.Age,
    },
    build=build,
    placeholders=frozenset({"match", "other", "expected", "name", "noun", "count"}),
)
