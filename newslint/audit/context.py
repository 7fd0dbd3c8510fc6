"""The words around a place of an article, as a reader sees them."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import NamedTuple

from newslint.article import ALT_TEXT, LINK_LINE, OPAQUE, Article, Origin, Span
from newslint.language.quotations import in_quotation, quotations
from newslint.lint import shown
from newslint.ranges import Ranges

SHOWN = 90
"""Code points of context on either side."""
_NO_WORDS = (ALT_TEXT, LINK_LINE)
"""Blocks that nobody reads as copy."""


class Around(NamedTuple):
    """What stands before, at and behind a place in its block, and whether it is in a quotation."""

    before: str = ""
    shown: str = ""
    after: str = ""
    quoted: bool = False


class Words(NamedTuple):
    """How many words an article has: what white space parts, in copy as readers see it."""

    all: int
    quoted: int
    """Of them in quotations."""


class Contexts:
    """Tells of places in one article what is around them."""

    def __init__(self, article: Article) -> None:
        self._article = article

    @cached_property
    def _order(self) -> list[tuple[int, int, int]]:
        """Start, end and number of each block, in the order of the source."""
        return sorted(
            [
                (block.origin.starts[0], block.origin.ends[-1], number)
                for number, block in enumerate(self._article.blocks)
                if block.text
            ]
        )

    @cached_property
    def _ranges(self) -> Ranges:
        return Ranges([(start, end) for start, end, _ in self._order])

    def around(self, span: Span, whole_article: bool = False) -> Around:
        """The context of a place; nothing where it stands in no block.

        What is said of a whole article is said of no quotation.
        """
        number = self._ranges.innermost(span.start, span.end)
        if number is None:
            return Around()
        index = self._order[number][2]
        block = self._article.blocks[index]
        start, end = block.origin.offset(span.start), _end(block.origin, span.end)
        within = not whole_article and end > start
        quoted = within and in_quotation(self._article, index, start, end)
        before, after = block.text[max(start - SHOWN, 0) : start], block.text[end : end + SHOWN]
        return Around(_spaced(before), _seen(block.text[start:end]), _spaced(after), quoted)

    def words(self) -> Words:
        """The words of the copy."""
        blocks, found = self._article.blocks, quotations(self._article).ranges
        total = quoted = 0
        for block, ranges in zip(blocks, found, strict=True):
            if block.kind not in _NO_WORDS:
                total += len(block.text.split())
                quoted += sum([len(block.text[start:end].split()) for start, end in ranges])
        return Words(total, min(quoted, total))


def _end(origin: Origin, position: int) -> int:
    """The offset in the text behind what ends at a position of the source."""
    piece = bisect_left(origin.ends, position)
    if piece == len(origin.ends):
        return origin.at[-1]
    at, after = origin.at[piece], origin.at[piece + 1]
    inside = position - origin.starts[piece]
    if inside <= 0:
        return at
    return (
        min(at + inside, after)
        if origin.ends[piece] - origin.starts[piece] == after - at
        else after
    )


def _seen(text: str) -> str:
    """What a reader sees; nothing where all of it is code or another thing that is no prose."""
    return _spaced(text) if text.strip(f"{OPAQUE} ") else ""


def _spaced(text: str) -> str:
    """The text on one line, with a space at its ends where there was one."""
    bare = shown(text)
    return f"{' ' * text[:1].isspace()}{bare}{' ' * (bool(bare) and text[-1:].isspace())}"
