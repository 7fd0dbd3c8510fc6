"""Kind `duplicate`: what is printed twice, in an article or in two."""

from __future__ import annotations

from functools import partial

from newslint.kinds import (
    duplicate_articles,
    duplicate_headline,
    duplicate_headlines,
    duplicate_passage,
)
from newslint.kinds.contract import Finder, Kind, Options, Scope
from newslint.kinds.duplicate_articles import NearDuplicate
from newslint.kinds.duplicate_headline import Headline
from newslint.kinds.duplicate_passage import Passage
from newslint.matching import Needs
from newslint.reference import Reference


def build(options: Options, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    if isinstance(options, NearDuplicate):
        return Finder(lambda *_: (), Needs(), duplicate_articles.comparison(options))
    if isinstance(options, Passage):
        by = duplicate_passage.marks(options)
        return Finder(partial(duplicate_passage.find, options, scope, by), Needs())
    assert isinstance(options, Headline)
    find = partial(duplicate_headline.find, options, scope)
    return Finder(find, Needs(), duplicate_headlines.comparison(options))


KIND = Kind(
    checks={"headline": Headline, "passage": Passage, "article": NearDuplicate},
    build=build,
    placeholders=frozenset({"match", "problem", "count", "more", "other"}),
)
