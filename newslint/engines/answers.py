"""An article's prose to an engine, and its answers back to the blocks: once an article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import monotonic

from msgspec import Struct
from msgspec.structs import replace

from newslint.article import (
    BLOCK_QUOTE,
    BYLINE,
    DATELINE,
    LINK_LINE,
    SOURCE_LINE,
    Article,
    Block,
)
from newslint.engines import Choice, EngineError, Match, engine, late, prepare
from newslint.engines.portions import grouped
from newslint.engines.remembered import remembered
from newslint.engines.shown import Passage, passages
from newslint.language import once_for
from newslint.language.foreign import is_foreign

BATCH = 20_000
"""Code points sent at a time."""
_NOT_OWN = frozenset((BLOCK_QUOTE, BYLINE, DATELINE, LINK_LINE, SOURCE_LINE))
"""Blocks that are no prose of the outlet's own."""

Place = tuple[str, int, int]
"""The rule of an engine and a range of a block's text."""


class Answer(Struct, frozen=True, gc=False):
    """What an engine says of a place in an article."""

    block: int
    """Its index in `article.blocks`."""
    match: Match
    """With code points of the block's text."""


def answers(article: Article, choice: Choice) -> tuple[Answer, ...]:
    """What the engine would flag in the article's own prose, quotations in it included.

    Raises `EngineError`, the same for all rules: an engine that has failed is not asked again.
    """
    said = _said(article, choice)
    if isinstance(said, EngineError):
        raise said
    return said


@once_for
def _said(article: Article, choice: Choice) -> tuple[Answer, ...] | EngineError:
    shown = [
        (number, passage)
        for number, block in enumerate(article.blocks)
        if _is_own(block)
        for passage in passages(block.text)
    ]
    if shown:
        prepare(choice)  # no article's time is spent on the start of an engine
    until = monotonic() + choice.seconds
    try:
        said = ask([passage.text for _, passage in shown], choice, until)
        doubtful = [p.without.text for _, p in shown if p.without and said[p.text]]
        said |= ask(doubtful, choice, until)
    except EngineError as error:
        return error
    return tuple(Answer(number, m) for number, passage in shown for m in _sure(passage, said))


def _is_own(block: Block) -> bool:
    return block.kind not in _NOT_OWN and block.inside != BLOCK_QUOTE and not is_foreign(block.text)


def ask(texts: Sequence[str], choice: Choice, until: float) -> dict[str, Sequence[Match]]:
    """What the engine flags in each text, by `monotonic() == until`. Raises `EngineError`."""
    memory = remembered(choice)
    found = memory.of(texts)
    for batch in grouped([text for text in dict.fromkeys(texts) if text not in found], BATCH):
        asked = engine(choice)
        left = until - monotonic()
        if left <= 0:
            raise EngineError(f"the engine {choice.name} {late(choice)}")
        said = dict(zip(batch, asked.check(batch, left), strict=True))
        memory.keep(said)
        found |= said
    return found


def _sure(passage: Passage, said: dict[str, Sequence[Match]]) -> Iterator[Match]:
    """The matches in the block's text, but for those that may come of what is no prose."""
    matches = [_in_block(passage, match) for match in said[passage.text]]
    if passage.without is None or not matches:
        yield from matches
        return
    also = {_place(_in_block(passage.without, match)) for match in said[passage.without.text]}
    for match in matches:
        if _place(match) in also and not passage.near_gap(match.start, match.end):
            yield match


def _in_block(passage: Passage, match: Match) -> Match:
    start, end = passage.origin.span(match.start, match.end)
    if (start, end) == (match.start, match.end):
        return match
    return replace(match, start=start, end=end)


def _place(match: Match) -> Place:
    return match.rule, match.start, match.end
