"""Texts taken together, as many as an engine is given at a time, and joined where it takes one.

An engine in this process pays for each call that is made, and a server for each question.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
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
    first = 0
    for some in grouped(passages, LONGEST, _length):
        starts = list(accumulate(map(_length, some), initial=0))
        yield Portion("".join([passage + GAP for passage in some]), first, starts)
        first += len(some)


def _length(passage: str) -> int:
    return len(passage) + len(GAP)


def grouped(
    texts: Sequence[str], most: int, size: Callable[[str], int] = len
) -> Iterator[Sequence[str]]:
    """The texts in their order, as many at a time as come to `most` together, or one that is more.

    `size` says what each of them comes to; by itself that is its code points.
    """
    begin = total = 0
    for number, each in enumerate(map(size, texts)):
        if total + each > most and begin < number:
            yield texts[begin:number]
            begin, total = number, 0
        total += each
    if begin < len(texts):
        yield texts[begin:]
