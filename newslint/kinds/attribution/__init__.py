"""Kind `attribution`: claims, and whether anybody stands behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from newslint.kinds.attribution.anonymous import Anonymous, anonymous
from newslint.kinds.attribution.claims import Agentless, agentless
from newslint.kinds.attribution.headings import Overstated, overstated
from newslint.kinds.attribution.sources import Vague, vague
from newslint.kinds.contract import Finder, Kind, Options, Scope
from newslint.reference import Reference

_CHECKS: dict[type[Options], Callable[[Any, Scope, Reference], Finder]] = {
    Agentless: agentless,
    Vague: vague,
    Anonymous: anonymous,
    Overstated: overstated,
}


def build(options: Options, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    return _CHECKS[type(options)](options, scope, reference)


KIND = Kind(
    checks={
        "agentless": Agentless,
        "vague": Vague,
        "anonymous": Anonymous,
        "overstated": Overstated,
    },
    build=build,
    placeholders=frozenset({"match", "claim"}),
)
