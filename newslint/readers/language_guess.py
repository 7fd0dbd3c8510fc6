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

ENGLISH = "en"
UNDETERMINED = "und"
"""ISO 639's code for a language that is not known."""

_PROSE = frozenset((PARAGRAPH, LIST_ITEM, STANDFIRST, SUBHEADING, CAPTION, BLOCK_QUOTE, TABLE_CELL))
_ENOUGH = 1500
"""Characters looked at, about 250 words."""
_FEWEST_WORDS = 25
"""Words that begin with a small letter: names and titles are much the same in many languages."""
_FEWEST_CHARACTERS = 40
_ENGLISH_SHARE = 0.08
"""Of the words in small letters; English news copy has 0.3 or more, other copy hardly any."""
_AROUND = ".,;:!?()[]“”‘’\"'…–—"

# Common words that hardly any other language writes the same way.
_COMMON = """
the of and to that with it his by from are be this have has had not which but were they their or
who its will would been after about said she her you we our can more into than when there what
also over before could your us these how should new do does
"""
_WORDS = frozenset(_COMMON.split())


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
    words = [word.strip(_AROUND) for word in sample.split()]
    small = sum(word[:1].islower() for word in words)
    if small < _FEWEST_WORDS:
        return ENGLISH
    english = sum(word.lower() in _WORDS for word in words)
    return ENGLISH if english >= _ENGLISH_SHARE * small else UNDETERMINED
