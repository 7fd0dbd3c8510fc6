"""Kind `sourcing`: whether copy says where it has its news from, and from how many."""

from __future__ import annotations

from functools import partial
from typing import Any

from newslint.kinds import sourcing_missing, sourcing_secondhand, sourcing_single
from newslint.kinds.contract import Finder, Informed, Kind, Scope
from newslint.matching import Needs
from newslint.reference import Reference

_FINDERS: dict[type[Informed], Any] = {
    sourcing_missing.Missing: sourcing_missing.find,
    sourcing_secondhand.Secondhand: sourcing_secondhand.find,
    sourcing_single.Single: sourcing_single.find,
}


def build(options: Informed, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    lexicons = reference.lexicons_with(options.lexicons)
    return Finder(partial(_FINDERS[type(options)], options, scope, lexicons), Needs())


KIND = Kind(
    checks={
        "missing": sourcing_missing.Missing,
        "secondhand": sourcing_secondhand.Secondhand,
        "single": sourcing_single.Single,
    },
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset({"match", "source", "count", "words"}),
)
