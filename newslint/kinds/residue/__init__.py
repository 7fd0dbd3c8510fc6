"""Kind `residue`: what a page prints around an article and a copy of it carries along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from newslint.article import CAPTION, Article
from newslint.kinds.contract import Finder, Hit, Kind, Options, Scope
from newslint.kinds.phrases import Needed, Place, deliberate, places, short_lines
from newslint.kinds.residue.links import LinkLines, link_lines
from newslint.kinds.residue.navigation import Navigation, navigation
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, fold
from newslint.reference import Reference

_WORD = compiled_later(r"[^\W_]+(?:-[^\W_]+)*")


class Lines(Needed, frozen=True, tag="lines"):
    """Words of buttons, forms, advertisements and embedded posts."""

    row: tuple[str, ...] = ()
    """Words of buttons: a line of two or more of them, and nothing else, is a row of buttons."""


def build(options: Options, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    if isinstance(options, LinkLines):
        return link_lines(options, scope)
    if isinstance(options, Navigation):
        return navigation(options, scope)
    assert isinstance(options, Lines)
    needs, row = options.needs(), frozenset(map(fold, options.row))
    needs = Needs(needs.terms, needs.patterns, needs.anyway or bool(row))
    return Finder(partial(_lines, options, scope, row), needs)


_LONE = 2
"""Words of a line that in HTML says little: it may be the label of a button or of a picture."""
_PLAIN = compiled_later(
    r"(?:<(?:p|br)\b(?!(?:[^<>]*\s)?(?:class|id|role|aria-\w+)\s*=)[^<>]*>)\s*(?:<\w+>\s*)*$"
)
"""What opens a paragraph that no class or role makes a part of the page."""
_OPEN_TAG = compiled_later(r"<([a-z][\w-]*)\b[^<>]*>[^<>]*$")
_BACK = 600
"""Code points before a place in which the tag may stand that encloses it."""


def _out_of_place(article: Article, place: Place) -> bool:
    """Whether nothing shows that the words are meant to stand there."""
    if deliberate(article, place):
        return False
    block = article.blocks[place.block]
    start = block.span(place.start, place.end).start
    before = article.source[max(0, start - _BACK) : start]
    if article.format != "html":
        return not _is_marked_up(article.source, before, start)
    if block.kind == CAPTION:
        return False
    lone = len(block.text.split()) <= _LONE
    return not lone or _PLAIN.search(before) is not None


def _is_marked_up(source: str, before: str, start: int) -> bool:
    """Whether a tag encloses the place, in copy that is no HTML: “<post>…</post>” is meant."""
    if "<" not in before:
        return False
    tag = _OPEN_TAG.search(before)
    if tag is None:
        return False
    closed = re.compile(rf"</?{re.escape(tag[1])}\s*/?>")
    return closed.search(source, start, start + _BACK) is not None


def _lines(
    options: Lines, scope: Scope, row: frozenset[str], article: Article, clues: Clues
) -> Iterator[Hit]:
    found = set(places(options, scope, article, clues))
    for line in short_lines(article):
        if line.first in row and " " in line.text and row.issuperset(_WORD.findall(line.text)):
            found.add(Place(line.block, 0, len(article.blocks[line.block].text)))
    for place in sorted(found):
        if _out_of_place(article, place) and scope.allows(article, *place):
            block = article.blocks[place.block]
            values = {"match": block.text[place.start : place.end].strip()}
            yield Hit(block.span(place.start, place.end), values)


KIND = Kind(
    checks={"link-lines": LinkLines, "navigation": Navigation, "lines": Lines},
    build=build,
    placeholders=frozenset({"match"}),
)
