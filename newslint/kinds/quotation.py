"""Kind `quotation`: quotation marks, what stands between them, and who says it."""

from __future__ import annotations

from newslint.kinds.contract import Finder, Kind, Options, Scope
from newslint.kinds.quotation_marks import Unbalanced, unbalanced
from newslint.reference import Reference


def build(options: Options, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    return unbalanced(options, scope, reference)


KIND = Kind(
    checks={"unbalanced": Unbalanced},
    build=build,
    placeholders=frozenset({"match", "problem"}),
)
