"""Kind `quotation`: quotation marks, what stands between them, and who says it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from newslint.kinds.contract import Finder, Kind, Options, Scope
from newslint.kinds.quotation.drift import drift
from newslint.kinds.quotation.edits import Edited, edited
from newslint.kinds.quotation.marks import Unbalanced, unbalanced
from newslint.kinds.quotation.source import Unattributed, unattributed
from newslint.kinds.quotation.wording import Fragment, Scare, fragment, scare
from newslint.kinds.quotation.wordings import Drift
from newslint.reference import Reference

_CHECKS: dict[type[Options], Callable[[Any, Scope, Reference], Finder]] = {
    Unbalanced: unbalanced,
    Unattributed: unattributed,
    Scare: scare,
    Fragment: fragment,
    Edited: edited,
    Drift: drift,
}


def build(options: Options, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    return _CHECKS[type(options)](options, scope, reference)


KIND = Kind(
    checks={
        "unbalanced": Unbalanced,
        "unattributed": Unattributed,
        "scare": Scare,
        "fragment": Fragment,
        "edited": Edited,
        "drift": Drift,
    },
    build=build,
    placeholders=frozenset({"match", "problem", "count", "other", "speaker"}),
)
