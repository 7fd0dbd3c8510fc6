"""Kind `occurrence`: how often something stands in an article, a block or a sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import partial
from typing import Literal

from newslint.article import Article, Block
from newslint.kinds import in_sentence
from newslint.kinds.contract import Finder, Hit, Kind, Options, Scope, check_patterns
from newslint.kinds.in_sentence import InSentence
from newslint.language.sentences import sentences
from newslint.matching import Clues, Needs, prose, search
from newslint.patterns import flagged
from newslint.reference import Reference

Place = tuple[Block, int, int]


class AtMost(Options, frozen=True, tag="at-most", kw_only=True):
    """No more than `max` hits."""

    patterns: tuple[str, ...]
    max: int
    per: Literal["article", "block", "sentence"] = "article"
    ignore_case: bool = False

    def check(self) -> None:
        check_patterns(self.patterns, self.ignore_case)
        if self.max < 0:
            raise ValueError('"max": a number from 0')


class AtLeast(Options, frozen=True, tag="at-least", kw_only=True):
    """No fewer than `min` hits."""

    patterns: tuple[str, ...]
    min: int = 1
    per: Literal["article", "block"] = "article"
    ignore_case: bool = False

    def check(self) -> None:
        check_patterns(self.patterns, self.ignore_case)


def build(options: AtMost | AtLeast | InSentence, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    if isinstance(options, InSentence):
        return in_sentence.build(options, scope)
    patterns = tuple(flagged(pattern, options.ignore_case) for pattern in options.patterns)
    if isinstance(options, AtLeast):
        return Finder(partial(_too_few, options, scope, patterns), Needs())
    return Finder(partial(_too_many, options, scope), Needs(patterns=patterns))


def _too_many(options: AtMost, scope: Scope, article: Article, clues: Clues) -> Iterator[Hit]:
    for places in _groups(options.per, scope, clues.patterns, article):
        if len(places) > options.max:
            block, start, end = places[options.max]
            values = {
                "match": block.text[start:end],
                "count": str(len(places)),
                "limit": str(options.max),
            }
            earlier = tuple((b.span(s, e), "before") for b, s, e in places[: options.max])
            yield Hit(block.span(start, end), values, related=earlier)


def _too_few(
    options: AtLeast, scope: Scope, patterns: tuple[str, ...], article: Article, _: Clues
) -> Iterator[Hit]:
    found = _places(scope, patterns, article)
    if options.per == "article":
        count = sum(map(len, found.values()))
        if count < options.min:
            yield Hit(article.anchor(), _few(options, count, ""), whole_article=True)
        return
    for index, block in scope.blocks(article):
        count = len(found.get(index, ()))
        if count < options.min:
            yield Hit(block.span(0, len(block.text)), _few(options, count, block.text))


def _few(options: AtLeast, count: int, text: str) -> dict[str, str]:
    return {"match": text, "count": str(count), "limit": str(options.min)}


def _groups(
    per: str, scope: Scope, patterns: tuple[str, ...], article: Article
) -> Iterator[list[Place]]:
    found = {
        index: [place for place in places if scope.allows(article, index, *place[1:])]
        for index, places in sorted(_places(scope, patterns, article).items())
    }
    if per == "article":
        yield [place for places in found.values() for place in places]
    elif per == "block":
        yield from found.values()
    else:
        for places in filter(None, found.values()):
            ends = [end for _, end in sentences(places[0][0].text)]
            by_sentence: dict[int, list[Place]] = {}
            for place in places:
                by_sentence.setdefault(bisect_right(ends, place[1]), []).append(place)
            yield from by_sentence.values()


def _places(scope: Scope, patterns: tuple[str, ...], article: Article) -> dict[int, list[Place]]:
    """By block index, the hits of all patterns in blocks in scope, in order."""
    found = {
        (index, match.start, match.end)
        for pattern in patterns
        for index, match in search(article, pattern, scope.kinds)
    }
    blocks, places = prose(article).blocks, dict[int, list[Place]]()
    for index, start, end in sorted(found):
        places.setdefault(index, []).append((blocks[index], start, end))
    return places


KIND = Kind(
    checks={"at-most": AtMost, "at-least": AtLeast, "in-sentence": InSentence},
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset({"match", "count", "limit"}),
)
