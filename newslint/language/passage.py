"""A few words of a block: the coin in which the language rooms pay."""

from __future__ import annotations

from typing import NamedTuple

from newslint.article import Article, Span


class Passage(NamedTuple):
    """`article.blocks[block].text[start:end]`: 0-based code points, end exclusive."""

    block: int
    start: int
    end: int

    def text(self, article: Article) -> str:
        """The words, as clean prose."""
        return article.blocks[self.block].text[self.start : self.end]

    def span(self, article: Article) -> Span:
        """The range of the source that the words came from."""
        return article.blocks[self.block].span(self.start, self.end)
