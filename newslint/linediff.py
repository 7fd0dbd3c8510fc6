"""Which lines of a text are new, compared with an earlier version of it.

Lines that are unique in both versions anchor the comparison (patience diff). It takes next to
linear time whatever a text looks like, for copy may be hostile; where it cannot tell, a line counts
as new.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from newslint.lines import split

DEPTH = 24
"""How often what lies between anchors is looked at again for anchors of its own."""

Range = tuple[int, int]


def new_lines(old: str, new: str) -> list[Range]:
    """Ranges of lines of `new`, 1-based, both ends in them, that `old` does not have there.

    Where lines are gone and none came instead, the range is empty: it ends on the line above the
    gap and starts on the one below. Line breaks do not count, however they are written.
    """
    before, after = split(old), split(new)
    ranges = []
    matched = sorted(_matches(before, after))
    i = j = 0
    for start, other, length in [*matched, (len(after), len(before), 0)]:
        if start > j or other > i:
            ranges.append((j + 1, start))
        j, i = start + length, other + length
    return ranges


def _matches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Runs of equal lines, in no order: start in `new`, start in `old`, length."""
    waiting = [(0, len(old), 0, len(new), DEPTH)]
    while waiting:
        i, end, j, stop, depth = waiting.pop()
        start = i
        while i < end and j < stop and old[i] == new[j]:
            i, j = i + 1, j + 1
        if i > start:
            yield j - (i - start), start, i - start
        last = end
        while end > i and stop > j and old[end - 1] == new[stop - 1]:
            end, stop = end - 1, stop - 1
        if last > end:
            yield stop, end, last - end
        anchors = _anchors(old, i, end, new, j, stop) if depth else []
        bounds = [(i, j), *anchors, (end, stop)] if anchors else []
        waiting += [(a, c, b, d, depth - 1) for (a, b), (c, d) in pairwise(bounds)]


def _anchors(
    old: Sequence[str], i: int, end: int, new: Sequence[str], j: int, stop: int
) -> list[tuple[int, int]]:
    """The longest rising row of lines that each version has once: (place in old, in new)."""
    once = Counter(old[i:end])
    here = Counter(new[j:stop])
    place = {old[n]: n for n in range(i, end) if once[old[n]] == 1}
    pairs = [(place[new[n]], n) for n in range(j, stop) if here[new[n]] == 1 and new[n] in place]
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for number, (where, _) in enumerate(pairs):
        length = bisect_left(tails, where)
        tails[length : length + 1] = [where]
        ends[length : length + 1] = [number]
        previous.append(ends[length - 1] if length else -1)
    row = []
    number = ends[-1] if ends else -1
    while number >= 0:
        row.append(pairs[number])
        number = previous[number]
    return row[::-1]
