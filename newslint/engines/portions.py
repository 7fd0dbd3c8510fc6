"""Texts cut and joined into portions of a size that an engine in this process reads quickly.

An engine pays for each call, and more than in proportion for a long text: a call takes many short
texts together, and a part of a long one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from newslint.language.sentences import sentences

LONGEST = 4000
"""Code points in a portion."""
GAP = "\n\n"
"""Between texts: no sentence runs across it."""


class Portion(Struct, frozen=True):
    """Several texts, or a part of one."""

    text: str
    starts: tuple[int, ...]
    """Where each begins."""
    pieces: tuple[tuple[int, int, int], ...]
    """Of each: the number of its text, where in that text it begins, its length."""

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """The text that `text[start:end]` lies in, by number, and how far to move the match.

        None where it reaches beyond one text.
        """
        piece = bisect_right(self.starts, start) - 1
        number, begin, length = self.pieces[piece]
        if end > self.starts[piece] + length:
            return None
        return number, begin - self.starts[piece]


def portions(texts: Sequence[str]) -> Iterator[Portion]:
    """The texts in their order, in as few portions as their length allows."""
    held: list[tuple[int, int, int]] = []
    size = 0
    for number, text in enumerate(texts):
        for start, end in _cut(text):
            if held and size + end - start > LONGEST:
                yield _joined(texts, held)
                held, size = [], 0
            held.append((number, start, end - start))
            size += end - start + len(GAP)
    if held:
        yield _joined(texts, held)


def _joined(texts: Sequence[str], pieces: Sequence[tuple[int, int, int]]) -> Portion:
    starts, size = [], 0
    for _, _, length in pieces:
        starts.append(size)
        size += length + len(GAP)
    text = GAP.join(texts[number][begin : begin + length] for number, begin, length in pieces)
    return Portion(text, tuple(starts), tuple(pieces))


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of a text: the whole, or parts that end with a sentence, or else with a word."""
    start = 0
    if len(text) > LONGEST:
        ends = [end for _, end in sentences(text)]
        while len(text) - start > LONGEST:
            last = bisect_right(ends, start + LONGEST) - 1
            end = ends[last] if last >= 0 and ends[last] > start else 0
            end = end or text.rfind(" ", start + 1, start + LONGEST) + 1 or start + LONGEST
            yield start, end
            start = end
    if start < len(text):
        yield start, len(text)
