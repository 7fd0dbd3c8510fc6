"""Passages joined into portions: an engine in this process pays for each call that is made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

LONGEST = 4000
"""Code points in a portion; Harper takes more than in proportion for more."""
GAP = "\n\n"
"""Behind each passage, the last one too: no sentence runs across it, and none ends the text, where
Harper sees other things than it does elsewhere."""


class Portion(NamedTuple):
    """Several passages, one after another."""

    text: str
    first: int
    """The number of its first passage."""
    starts: Sequence[int]
    """Where in the text each passage begins, and at last where another one would."""

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """The number of the passage that holds `text[start:end]`, and where it begins.

        None where no passage holds all of it.
        """
        number = bisect_right(self.starts, start) - 1
        if end > self.starts[number + 1] - len(GAP):
            return None
        return self.first + number, self.starts[number]


def portions(passages: Sequence[str]) -> Iterator[Portion]:
    """The passages in their order, in as few portions as their length allows."""
    first, starts = 0, [0]
    for number, passage in enumerate(passages):
        if number > first and starts[-1] + len(passage) > LONGEST:
            yield _portion(passages[first:number], first, starts)
            first, starts = number, [0]
        starts.append(starts[-1] + len(passage) + len(GAP))
    if passages:
        yield _portion(passages[first:], first, starts)


def _portion(passages: Sequence[str], first: int, starts: Sequence[int]) -> Portion:
    return Portion("".join([passage + GAP for passage in passages]), first, starts)
