"""Kind `residue`: what a page prints around an article and a copy of it carries along."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from newslint.article import Article
from newslint.kinds.contract import Finder, Hit, Kind, Options, Scope
from newslint.kinds.phrases import Phrases, places
from newslint.kinds.residue_links import LinkLines, link_lines
from newslint.kinds.residue_navigation import Navigation, navigation
from newslint.matching import Clues, prose
from newslint.reference import Reference


class Lines(Phrases, frozen=True, tag="lines"):
    """Words of buttons, forms, advertisements and embedded posts."""


def build(options: Options, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    if isinstance(options, LinkLines):
        return link_lines(options, scope)
    if isinstance(options, Navigation):
        return navigation(options, scope)
    assert isinstance(options, Lines)
    return Finder(partial(_lines, options, scope), options.needs())


def _lines(options: Lines, scope: Scope, article: Article, clues: Clues) -> Iterator[Hit]:
    blocks = prose(article).blocks
    for place in places(options, scope, article, clues):
        block = blocks[place.block]
        values = {"match": block.text[place.start : place.end].strip()}
        yield Hit(block.span(place.start, place.end), values)


KIND = Kind(
    checks={"link-lines": LinkLines, "navigation": Navigation, "lines": Lines},
    build=build,
    placeholders=frozenset({"match"}),
)
