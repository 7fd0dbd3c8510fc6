"""An article's prose to an engine, and its answers back to the blocks: once an article."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from msgspec import Struct

from newslint.article import BLOCK_QUOTE, OPAQUE, Article
from newslint.engines import Choice, Match, engine
from newslint.language import once_for

BATCH = 20_000
"""Code points sent at a time."""


class Answer(Struct, frozen=True, gc=False):
    """What an engine says of a place in an article."""

    block: int
    """Its index in `article.blocks`."""
    match: Match
    """With code points of the block's text."""


@once_for
def answers(article: Article, choice: Choice) -> tuple[Answer, ...]:
    """What the engine would flag in the article's own prose. Raises `EngineError`."""
    until = monotonic() + choice.seconds
    asked = engine(choice)
    found: list[Answer] = []
    for batch in _batches(article):
        texts = [article.blocks[index].text for index in batch]
        said = asked.check(texts, max(until - monotonic(), 0.001))
        for index, matches in zip(batch, said, strict=True):
            found += [Answer(index, match) for match in matches]
    return tuple(found)


def _batches(article: Article) -> Iterator[list[int]]:
    batch: list[int] = []
    size = 0
    for index, block in enumerate(article.blocks):
        if BLOCK_QUOTE in (block.kind, block.inside) or not block.text.strip(OPAQUE + " \n"):
            continue
        if batch and size + len(block.text) > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(index)
        size += len(block.text)
    if batch:
        yield batch
