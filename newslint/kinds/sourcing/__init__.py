"""Kind `sourcing`: whether copy says where it has its news from, and from how many."""

from __future__ import annotations

from functools import partial
from typing import Any

from newslint.kinds.contract import Finder, Informed, Kind, Scope
from newslint.kinds.sourcing import missing, secondhand, single
from newslint.matching import Needs
from newslint.reference import Reference

_FINDERS: dict[type[Informed], Any] = {
    missing.Missing: missing.find,
    secondhand.Secondhand: secondhand.find,
    single.Single: single.find,
}


def build(options: Informed, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    lexicons = reference.lexicons_with(options.lexicons)
    return Finder(partial(_FINDERS[type(options)], options, scope, lexicons), Needs())


KIND = Kind(
    checks={
        "missing": missing.Missing,
        "secondhand": secondhand.Secondhand,
        "single": single.Single,
    },
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset({"match", "source", "count", "words"}),
)
