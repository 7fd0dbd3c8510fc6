"""The words around a place of an article, as a reader sees them."""

from __future__ import annotations

from typing import NamedTuple

from newslint.article import Article, Span
from newslint.language.quotations import in_quotation, quotations
from newslint.later import compiled_later
from newslint.lint import shown
from newslint.ranges import Ranges

SHOWN = 90
"""Code points of context on either side."""
_WORD = compiled_later(r"[^\W_]+(?:['’.-][^\W_]+)*")


class Around(NamedTuple):
    """What stands before and behind a place in its block, and whether somebody is quoted there."""

    before: str = ""
    after: str = ""
    quoted: bool = False


class Words(NamedTuple):
    """How many words an article has."""

    all: int
    quoted: int
    """Of them in quotations."""


class Contexts:
    """Tells of places in one article what is around them."""

    def __init__(self, article: Article) -> None:
        self._article = article
        order = sorted(range(len(article.blocks)), key=lambda n: article.blocks[n].source_span)
        self._order = order
        self._ranges = Ranges(article.blocks[number].source_span for number in order)

    def around(self, span: Span) -> Around:
        """The context of a place; nothing where it stands in no block."""
        number = self._ranges.innermost(span.start, max(span.end, span.start))
        if number is None:
            return Around()
        index = self._order[number]
        block = self._article.blocks[index]
        start, end = block.origin.offset(span.start), block.origin.offset(span.end)
        quoted = end > start and in_quotation(self._article, index, start, end)
        before, after = block.text[max(start - SHOWN, 0) : start], block.text[end : end + SHOWN]
        return Around(_spaced(before), _spaced(after), quoted)

    def words(self) -> Words:
        """The words of all blocks."""
        found = quotations(self._article)
        total = sum(1 for block in self._article.blocks for _ in _WORD.finditer(block.text))
        quoted = 0
        for quotation in found.joined:
            for part in quotation.parts:
                text = self._article.blocks[part.block].text
                quoted += sum(1 for _ in _WORD.finditer(text, *part.inner))
        return Words(total, quoted)


def _spaced(text: str) -> str:
    """The text on one line, with a space at its ends where there was one."""
    bare = shown(text)
    return f"{' ' * text[:1].isspace()}{bare}{' ' * (bool(bare) and text[-1:].isspace())}"
