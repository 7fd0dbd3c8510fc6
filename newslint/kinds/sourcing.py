"""Kind `sourcing`."""

from __future__ import annotations

from newslint.kinds.contract import Finder, Kind, Options, Scope
from newslint.matching import Needs
from newslint.reference import Reference


def build(options: Options, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    return Finder(lambda article, clues: (), Needs())


KIND = Kind(checks={}, build=build, placeholders=frozenset())
