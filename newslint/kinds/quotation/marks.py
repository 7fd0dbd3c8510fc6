"""Kind `quotation`, check `unbalanced`: marks without a partner."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from newslint.article import Article
from newslint.kinds.contract import Finder, Hit, Options, Scope
from newslint.language.quotations import quotations
from newslint.matching import Clues, Needs
from newslint.reference import Reference


class Unbalanced(Options, frozen=True, tag="unbalanced"):
    """A quotation that is opened and never closed, or closed and never opened."""


def unbalanced(options: Options, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    return Finder(partial(_unbalanced, scope), Needs())


def _unbalanced(scope: Scope, article: Article, _: Clues) -> Iterator[Hit]:
    for stray in quotations(article).unbalanced:
        block = article.blocks[stray.block]
        if block.kind in scope.kinds:
            problem = "opened and never closed" if stray.opens else "closed and never opened"
            values = {"match": block.text[stray.start : stray.end], "problem": problem}
            yield Hit(block.span(stray.start, stray.end), values)
