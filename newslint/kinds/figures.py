"""Kind `figures`: numbers that do not agree, within an article.

The checks are told apart by the type of their options; each has a module of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from newslint.kinds import (
    figures_ages,
    figures_conflicts,
    figures_counts,
    figures_headlines,
    figures_names,
    figures_percents,
    figures_relabelled,
)
from newslint.kinds.contract import Finder, Kind, Options, Scope
from newslint.reference import Reference

_BUILDERS: dict[type[Options], Callable[..., Finder]] = {
    figures_conflicts.Conflicts: figures_conflicts.build,
    figures_relabelled.Relabelled: figures_relabelled.build,
    figures_headlines.HeadlineFigure: figures_headlines.build,
    figures_names.HeadlineName: figures_names.build,
    figures_percents.Percent: figures_percents.build,
    figures_counts.Count: figures_counts.build,
    figures_ages.Age: figures_ages.build,
}


def build(options: Options, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    return _BUILDERS[type(options)](options, scope, reference)


KIND = Kind(
    checks={
        "conflict": figures_conflicts.Conflicts,
        "relabelled": figures_relabelled.Relabelled,
        "headline-figure": figures_headlines.HeadlineFigure,
        "headline-name": figures_names.HeadlineName,
        "percent": figures_percents.Percent,
        "count": figures_counts.Count,
        "age": figures_ages.Age,
    },
    build=build,
    placeholders=frozenset({"match", "other", "expected", "name", "noun", "count"}),
)
