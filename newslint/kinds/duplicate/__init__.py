"""Kind `duplicate`: what is printed twice, in an article or in two."""

from __future__ import annotations

from functools import partial

from newslint.kinds.contract import Finder, Kind, Options, Scope
from newslint.kinds.duplicate import (
    articles,
    headline,
    headlines,
    passage,
)
from newslint.kinds.duplicate.articles import NearDuplicate
from newslint.kinds.duplicate.headline import Headline
from newslint.kinds.duplicate.passage import Passage
from newslint.matching import Needs
from newslint.reference import Reference


def build(options: Options, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    if isinstance(options, NearDuplicate):
        return Finder(lambda *_: (), Needs(), articles.comparison(options))
    if isinstance(options, Passage):
        by = passage.marks(options)
        return Finder(partial(passage.find, options, scope, by), Needs())
    assert isinstance(options, Headline)
    find = partial(headline.find, options, scope)
    return Finder(find, Needs(), headlines.comparison(options))


KIND = Kind(
    checks={"headline": Headline, "passage": Passage, "article": NearDuplicate},
    build=build,
    placeholders=frozenset({"match", "problem", "count", "more", "other"}),
)
