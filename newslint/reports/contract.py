"""What every report is: a function from results to text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from newslint.checker import Result
from newslint.run import Tally


class Look(Struct, frozen=True):
    """How a report for people should look."""

    color: bool = False
    width: int = 100
    """Columns of the terminal."""
    quiet: bool = False
    """Findings only, without a summary."""
    statistics: bool = False
    """Counts by rule in place of the findings."""


Report = Callable[[Iterator[Result], Tally, Look], Iterator[str]]
"""Takes all results and yields text; the tally is complete once the results have passed."""
