"""One cue of a sentence, and what sort it is."""

from __future__ import annotations

from typing import NamedTuple

Range = tuple[int, int]
"""Tokens of a sentence, end exclusive."""

NOUN, COLON, DASH, GUESSED = "noun", "colon", "dash", "guessed"


class Cue(NamedTuple):
    """Tokens `first` to `last` (exclusive) and the tokens of their source."""

    first: int
    last: int
    sort: str
    """A section of the lexicon, or `noun`, `colon`, `dash`, `guessed`."""
    form: str
    """`attribution_words.BASE` and its like; of marks and nouns `PAST`."""
    source: Range | None
