"""Kind `attribution`, check `anonymous`: sources that the copy keeps nameless."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from newslint.article import Article
from newslint.kinds.attribution.nearby import around
from newslint.kinds.attribution.words import REACH, anywhere, stands
from newslint.kinds.contract import Finder, Hit, Options, Scope, check_patterns
from newslint.language.passage import Passage
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, fold, search
from newslint.patterns import flagged
from newslint.reference import Reference

_SOON = 4
"""Words behind a source in which it begins to speak."""
_WHO = compiled_later(r",? who (?:[a-z]+ )?$")
_BEFORE_WHO = compiled_later(r"\b(\w+) ")
_FOLLOWING = compiled_later(r"(?<= )\S+")
_CLAUSE = '.,;:“”"()—'
"""Marks over which no source reaches."""


class Anonymous(Options, frozen=True, tag="anonymous", kw_only=True):
    """A source that the copy keeps nameless without saying why."""

    patterns: tuple[str, ...]
    """Ways to speak of such a source; a hit in which a group takes no part is passed over."""
    reasons: tuple[str, ...] = ()
    """Patterns of a reason for it, in the same sentence or a neighbour."""
    neighbours: int = 1
    """Sentences on each side in which the reason may stand."""
    strays: tuple[str, ...] = ()
    """Words with which no source begins: and, to."""
    determiners: tuple[str, ...] = ()
    """Words with which one begins: (an) adviser to Roe, who asked not to be named."""
    auxiliaries: tuple[str, ...] = ()
    """Words behind people who are spoken about, unless a cue follows: they (may) face charges."""
    cues: tuple[str, ...] = ()
    """Words with which they speak: they would only (say)."""

    def check(self) -> None:
        check_patterns((*self.patterns, *self.reasons))


def anonymous(options: Anonymous, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    patterns = tuple(flagged(pattern, True) for pattern in options.patterns)
    reasons = anywhere(options.reasons, "i")
    return Finder(partial(_anonymous, options, reasons, scope), Needs(patterns=patterns))


def _anonymous(
    options: Anonymous, reasons: str, scope: Scope, article: Article, clues: Clues
) -> Iterator[Hit]:
    """One finding an article: the desk asks once; the other places are related."""
    found = {
        _source(options, article, Passage(index, match.start, match.end))
        for pattern in clues.patterns
        for index, match in search(article, pattern, scope.kinds)
        if all(start >= 0 for start, _ in match.groups)
        and scope.allows(article, index, match.start, match.end)
        and not _spoken_about(options, article.blocks[index].text[match.end :][:REACH])
    }
    places = [place for place in sorted(found) if not _reasoned(options, reasons, article, place)]
    if len(places) < len(found) or not places:  # the reason once given holds for the article
        return
    first_place, *others = places
    related = tuple((place.span(article), "here as well") for place in others)
    yield Hit(first_place.span(article), {"match": first_place.text(article)}, related=related)


def _source(options: Anonymous, article: Article, place: Passage) -> Passage:
    """The place without a stray word, or with whom it is about: “an aide, who declined …”."""
    block, start, end = place
    text = article.blocks[block].text
    word, space, _ = text[start:end].partition(" ")
    if fold(word) in options.strays:
        return Passage(block, start + len(word + space), end)
    left = text[max(0, start - REACH) : start]
    match = _WHO.search(left)
    if match is None:
        return place
    before = list(_BEFORE_WHO.finditer(left, 0, match.start()))
    begins = [one.start(1) for one in before if fold(one[1]) in options.determiners]
    clause = max(left.rfind(mark, 0, match.start()) for mark in _CLAUSE) + 1
    if not begins or begins[-1] < clause:
        return place
    first = next(begin for begin in begins if begin >= clause)
    return Passage(block, start - len(left) + first, end)


def _spoken_about(options: Anonymous, behind: str) -> bool:
    """Whether the people before `behind` do something else than speak."""
    words = [fold(word) for word in _FOLLOWING.findall(behind)[:_SOON]]
    spoken = any(word.strip(",.") in options.cues for word in words)
    return bool(words) and words[0] in options.auxiliaries and not spoken


def _reasoned(options: Anonymous, reasons: str, article: Article, place: Passage) -> bool:
    near = around(article, place.block, place.start, options.neighbours, options.neighbours)
    return any(stands(reasons, n.text(article)) for n in near)
