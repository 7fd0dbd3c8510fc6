"""Where in the copy a mention stands: body, deck, caption."""

from __future__ import annotations

from newslint.article import (
    BYLINE,
    CAPTION,
    DATELINE,
    HEADLINE,
    LIST_ITEM,
    PARAGRAPH,
    SOURCE_LINE,
    Article,
    Block,
)
from newslint.kinds.contract import Scope
from newslint.language.people import Mention

_BODY = frozenset({PARAGRAPH, LIST_ITEM})
_STOPS = (".", "!", "?", "”", '"')
_TOP = 8
"""Blocks among which the byline stands; what stands before it is no running text."""
_LABEL = 26
"""Code points; a shorter paragraph may be a time, a credit or a line of dashes."""
_DECK = 90
"""Code points; a shorter first paragraph may be a deck."""


def body_start(article: Article) -> int:
    """The first block of running text: what stands above the byline is none."""
    last = -1
    for index, block in enumerate(article.blocks[:_TOP]):
        if block.kind in (BYLINE, DATELINE, HEADLINE):
            last = index
    running = (i for i in range(last + 1, len(article.blocks))
               if article.blocks[i].kind in _BODY)  # fmt: skip
    return next(running, len(article.blocks))


def in_body(article: Article, mention: Mention, scope: Scope, begin: int) -> bool:
    """Whether a mention stands in sentences of the body, and not in a label or a list of names."""
    if mention.name.block < begin:
        return False
    block = article.blocks[mention.name.block]
    if block.kind not in scope.kinds or block.kind not in _BODY:
        return False
    return block.kind != LIST_ITEM or block.text.rstrip().endswith(_STOPS)


def in_deck(article: Article, mention: Mention, begin: int) -> bool:
    """Whether a mention may stand in a line between headline and body."""
    block = mention.name.block
    return block <= begin + 1 and len(article.blocks[block].text) < _DECK


def below_label(article: Article, mention: Mention) -> bool:
    """Whether a paragraph stands right below a credit or the like."""
    return mention.name.block > 0 and is_label(article.blocks[mention.name.block - 1])


def is_label(block: Block) -> bool:
    """Whether a paragraph is no sentence, so that something new begins behind it."""
    if block.kind not in (PARAGRAPH, CAPTION, SOURCE_LINE):
        return False
    dated = any(map(str.isdigit, block.text))
    if len(block.text) >= _LABEL:
        return dated and block.text[-1:].isalpha()
    return dated or not any(word[0].islower() for word in block.text.split())
