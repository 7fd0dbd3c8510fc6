"""What a metric is measured on: an article, its sections, blocks or sentences."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import groupby
from typing import Literal, NamedTuple

from newslint.article import SUBHEADING, Article, Block, Span
from newslint.kinds.contract import Scope
from newslint.kinds.phrases import without_edges
from newslint.language.quotations import narration
from newslint.language.sentences import sentences

Of = Literal["block", "sentence", "section", "article"]


class Part(NamedTuple):
    """`text[start:end]` of a block, by its index in `article.blocks`."""

    block: int
    start: int
    end: int


class Piece(NamedTuple):
    """One text that is measured."""

    span: Span
    """Where a finding about it stands."""
    text: str
    parts: tuple[Part, ...]
    whole_article: bool = False


def pieces(of: Of, scope: Scope, article: Article) -> Iterator[Piece]:
    """What a rule measures in an article, in reading order."""
    blocks = list(scope.blocks(article))
    if of == "article":
        yield _joined(article.anchor(), blocks)._replace(whole_article=True)
    elif of == "section":
        yield from _sections(article, blocks)
    elif of == "block":
        for index, block in blocks:
            yield from _shown(index, block, 0, len(block.text), block.text)
    else:
        for index, block in blocks:
            yield from _sentences(article, scope, index, block)


def _joined(span: Span, blocks: list[tuple[int, Block]]) -> Piece:
    text = "\n".join(block.text for _, block in blocks)
    return Piece(span, text, tuple(Part(index, 0, len(block.text)) for index, block in blocks))


def _sections(article: Article, blocks: list[tuple[int, Block]]) -> Iterator[Piece]:
    """From one subheading to the next; an article without any has no sections.

    A section stands on its subheading, the one before the first subheading on its first block.
    """
    heads = [i for i, block in enumerate(article.blocks) if block.kind == SUBHEADING]
    own = [(index, block) for index, block in blocks if index < len(article.blocks)]
    if not heads:
        return
    for number, group in groupby(own, lambda item: bisect_right(heads, item[0])):
        found = list(group)
        first = article.blocks[heads[number - 1]] if number else found[0][1]
        yield _joined(first.source_span, found)


def _sentences(article: Article, scope: Scope, index: int, block: Block) -> Iterator[Piece]:
    own = narration(article, index) if scope.quotations == "false" else None
    for start, end in sentences(block.text):
        text = block.text[start:end] if own is None else _own_words(block.text, own, start, end)
        yield from _shown(index, block, start, end, text)


def _shown(index: int, block: Block, start: int, end: int, text: str) -> Iterator[Piece]:
    part = Part(index, start, end)
    start, end = without_edges(block.text, start, end)
    if start < end:
        yield Piece(block.span(start, end), text, (part,))


def _own_words(text: str, own: list[tuple[int, int]], start: int, end: int) -> str:
    """What the outlet says in a sentence: nobody can shorten what is quoted in it."""
    within = own[max(bisect_right(own, (start, start)) - 1, 0) : bisect_left(own, (end, end))]
    ranges = ((max(a, start), min(b, end)) for a, b in within)
    return " ".join(text[a:b] for a, b in ranges if a < b)
