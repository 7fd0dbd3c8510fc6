"""How much and how many: figures with what they count, where they stand and who gives them."""

from __future__ import annotations

from msgspec import Struct

from newslint.article import Article
from newslint.language import once_for
from newslint.language.lexicon import Lexicon
from newslint.language.passage import Passage


class Figure(Struct, frozen=True, gc=False):
    """One figure of the copy."""

    whole: Passage
    """“more than 1,200 prisoners”."""
    number: Passage
    """“1,200”, “two million”, “hundreds”."""
    low: float
    """The least that it can mean: 1200; of “hundreds” 200."""
    high: float
    """The most; infinity where there is no bound."""
    approximation: str = ""
    """“more than”, “about”, “up to”, as the lexicon groups them; nothing where exact."""
    unit: str = ""
    """“percent”, “$”, “km”, as the lexicon names it."""
    noun: Passage | None = None
    """What it counts: “prisoners”, “Russian casualties”."""


@once_for
def figures(article: Article, lexicon: Lexicon) -> tuple[Figure, ...]:
    """The figures of the article in reading order; `lexicon` is the one called `figures`."""
    return ()
