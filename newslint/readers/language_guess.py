"""Tells English from everything else, cheaply; which other language it is does not matter here."""

from __future__ import annotations

from collections.abc import Iterable

from newslint.article import (
    BLOCK_QUOTE,
    CAPTION,
    LIST_ITEM,
    PARAGRAPH,
    STANDFIRST,
    SUBHEADING,
    TABLE_CELL,
    Block,
)
from newslint.language.foreign import AROUND, COMMON, ENGLISH_SHARE

ENGLISH = "en"
UNDETERMINED = "und"
"""ISO 639's code for a language that is not known."""

_PROSE = frozenset((PARAGRAPH, LIST_ITEM, STANDFIRST, SUBHEADING, CAPTION, BLOCK_QUOTE, TABLE_CELL))
_ENOUGH = 1500
"""Characters looked at, about 250 words."""
_FEWEST_WORDS = 25
"""Words that begin with a small letter: names and titles are much the same in many languages."""
_FEWEST_CHARACTERS = 40


def guess(blocks: Iterable[Block]) -> str:
    """`en`, or `und` where the prose of the article is clearly not English.

    Too little prose to tell counts as English.
    """
    texts: list[str] = []
    length = 0
    for block in blocks:
        if block.kind in _PROSE:
            texts.append(block.text)
            length += len(block.text)
            if length >= _ENOUGH:
                break
    sample = " ".join(texts)[:_ENOUGH]
    beyond_ascii = len(sample.encode("utf-8", "replace")) - len(sample)
    if len(sample) >= _FEWEST_CHARACTERS and beyond_ascii > 0.4 * len(sample):
        return UNDETERMINED  # letters of another script, or hardly any English ones
    words = [word.strip(AROUND) for word in sample.split()]
    small = sum(word[:1].islower() for word in words)
    if small < _FEWEST_WORDS:
        return ENGLISH
    english = sum(word.lower() in COMMON for word in words)
    return ENGLISH if english >= ENGLISH_SHARE * small else UNDETERMINED
