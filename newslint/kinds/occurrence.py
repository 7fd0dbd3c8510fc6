"""Kind `occurrence`: how often something stands in an article, a block or a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Literal

from newslint.article import Article, Block
from newslint.kinds.contract import Finder, Hit, Kind, Options, Scope
from newslint.language.sentences import sentences
from newslint.matching import Needs, TermHit
from newslint.patterns import compile_pattern, find, flagged

Place = tuple[Block, int, int]


class AtMost(Options, frozen=True, tag="at-most", kw_only=True):
    """No more than `max` hits."""

    patterns: tuple[str, ...]
    max: int
    per: Literal["article", "block", "sentence"] = "article"
    ignore_case: bool = False


class AtLeast(Options, frozen=True, tag="at-least", kw_only=True):
    """No fewer than `min` hits."""

    patterns: tuple[str, ...]
    min: int = 1
    per: Literal["article", "block"] = "article"
    ignore_case: bool = False


def build(options: AtMost | AtLeast, scope: Scope) -> Finder:
    """A finder for one rule."""
    patterns = tuple(flagged(pattern, options.ignore_case) for pattern in options.patterns)
    for pattern in patterns:
        compile_pattern(pattern)
    if isinstance(options, AtLeast):
        return Finder(partial(_too_few, options, scope, patterns), Needs())
    return Finder(partial(_too_many, options, scope, patterns), Needs(patterns=patterns))


def _too_many(
    options: AtMost, scope: Scope, patterns: tuple[str, ...], article: Article, _: list[TermHit]
) -> Iterator[Hit]:
    for places in _groups(options.per, scope, patterns, article):
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
    options: AtLeast, scope: Scope, patterns: tuple[str, ...], article: Article, _: list[TermHit]
) -> Iterator[Hit]:
    if options.per == "article":
        places = [p for _, block in scope.blocks(article) for p in _places(patterns, block)]
        if len(places) < options.min:
            yield Hit(article.anchor(), _few(options, len(places), ""), whole_article=True)
        return
    for _index, block in scope.blocks(article):
        found = len(_places(patterns, block))
        if found < options.min:
            values = _few(options, found, block.text)
            yield Hit(block.span(0, len(block.text)), values)


def _few(options: AtLeast, count: int, text: str) -> dict[str, str]:
    return {"match": text, "count": str(count), "limit": str(options.min)}


def _groups(
    per: str, scope: Scope, patterns: tuple[str, ...], article: Article
) -> Iterator[list[Place]]:
    everywhere: list[Place] = []
    for index, block in scope.blocks(article):
        places = [p for p in _places(patterns, block) if scope.allows(article, index, *p[1:])]
        if per == "article":
            everywhere += places
        elif per == "block":
            yield places
        else:
            for start, end in sentences(block.text):
                yield [place for place in places if start <= place[1] < end]
    yield everywhere


def _places(patterns: tuple[str, ...], block: Block) -> list[Place]:
    found = {(m.start, m.end) for pattern in patterns for m in find(pattern, block.text)}
    return [(block, start, end) for start, end in sorted(found)]


KIND = Kind(
    checks={"at-most": AtMost, "at-least": AtLeast},
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset({"match", "count", "limit"}),
)
