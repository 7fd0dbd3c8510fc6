"""The voice of a seller, or of an outlet that sells itself, in the outlet's own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import field

from newslint.article import Article
from newslint.kinds.contract import Finder, Hit, Scope
from newslint.kinds.phrases import Needed, places
from newslint.kinds.promotion.declared import LEXICON, sells, shelf
from newslint.matching import Clues
from newslint.reference import Reference


class Pitch(Needed, frozen=True, tag="pitch"):
    """Words that sell, in an article that does not declare that it does."""

    declared: bool = False
    """Whether articles that declare that they sell are looked at as well."""
    lexicons: dict[str, dict[str, Any]] = field(default_factory=dict)
    """As in `Informed`."""


def pitch(options: Pitch, scope: Scope, reference: Reference) -> Finder:
    """A finder for words that sell."""
    lexicons = shelf(reference, options.lexicons)

    def find(article: Article, clues: Clues) -> Iterator[Hit]:
        found = list(places(options, scope, article, clues))
        if not found or (not options.declared and sells(article, lexicons[LEXICON])):
            return
        for place in found:
            block = article.blocks[place.block]
            values = {"match": block.text[place.start : place.end].strip()}
            yield Hit(block.span(place.start, place.end), values)

    return Finder(find, options.needs())
