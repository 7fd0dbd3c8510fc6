"""What every report is: a function from results to text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from newslint.checker import Result
from newslint.run import Tally

if TYPE_CHECKING:
    from newslint.rulebook import Known  # few reports ask for it


Rules = Callable[[], Mapping[str, "Known"]]
"""The rules of a run by id."""


class Look(Struct, frozen=True):
    """How a report should look, and what it may tell besides the results."""

    color: bool = False
    width: int = 100
    """Columns of the terminal."""
    quiet: bool = False
    """Findings only, without a summary."""
    statistics: bool = False
    """Counts by rule in place of the findings."""
    cwd: str = ""
    """The folder that paths start from, symbolic links resolved."""
    top: str = ""
    """The top of the repository around it, else the same folder."""
    rules: Rules = dict
    """Worked out when a report asks."""


Report = Callable[[Iterator[Result], Tally, Look], Iterator[str]]
"""Takes all results and yields text; the tally is complete once the results have passed."""
