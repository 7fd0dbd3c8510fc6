"""Many ranges of a text, asked again and again which of them a place meets or lies in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate


class Ranges:
    """Some ranges, each from its start to before its end, numbered in their order from 0."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._sorted = sorted(ranges)
        self._starts = [start for start, _ in self._sorted]
        self._reach = list(accumulate((end for _, end in self._sorted), max))
        """By number: the last end of this range and of those before it."""

    def meet(self, start: int, end: int) -> bool:
        """Whether one of them begins before `end` and ends behind `start`."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start

    def met(self, start: int, end: int) -> Iterator[int]:
        """The numbers of those that begin before `end` and end behind `start`."""
        first, last = bisect_right(self._reach, start), bisect_left(self._starts, end)
        return (number for number in range(first, last) if self._sorted[number][1] > start)

    def innermost(self, start: int, end: int) -> int | None:
        """The number of the last one that begins and ends around a place; None where none does."""
        number = bisect_right(self._starts, start) - 1
        while number >= 0 and self._reach[number] >= end:
            if self._sorted[number][1] >= end:
                return number
            number -= 1
        return None
