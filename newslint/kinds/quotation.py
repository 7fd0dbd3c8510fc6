"""Kind `quotation`: quotation marks and what stands between them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from newslint.article import Article
from newslint.kinds.contract import Finder, Hit, Kind, Options, Scope
from newslint.language.quotations import quotations
from newslint.matching import Clues, Needs


class Unbalanced(Options, frozen=True, tag="unbalanced"):
    """A quotation that is opened and never closed, or closed and never opened."""


def build(options: Options, scope: Scope) -> Finder:
    """A finder for one rule."""
    return Finder(partial(_unbalanced, scope), Needs())


def _unbalanced(scope: Scope, article: Article, _: Clues) -> Iterator[Hit]:
    for stray in quotations(article).unbalanced:
        block = article.blocks[stray.block]
        if block.kind in scope.kinds:
            problem = "opened and never closed" if stray.opens else "closed and never opened"
            values = {"match": block.text[stray.start : stray.end], "problem": problem}
            yield Hit(block.span(stray.start, stray.end), values)


KIND = Kind(
    checks={"unbalanced": Unbalanced},
    build=build,
    placeholders=frozenset({"match", "problem"}),
)
