"""Kind `promotion`: selling and steering where readers expect reporting."""

from __future__ import annotations

from typing import Any

from newslint.kinds.contract import Finder, Kind, Options, Scope
from newslint.kinds.promotion.links import (
    AffiliateLink,
    Disclosure,
    affiliate_links,
    disclosure,
)
from newslint.kinds.promotion.pitch import Pitch, pitch
from newslint.kinds.promotion.products import Products, products
from newslint.kinds.promotion.search import Queries, queries
from newslint.kinds.promotion.steering import Steering, steering
from newslint.reference import Reference

_FINDERS: dict[type[Options], Any] = {
    AffiliateLink: affiliate_links,
    Disclosure: disclosure,
    Pitch: pitch,
    Products: products,
    Queries: queries,
    Steering: steering,
}


def build(options: Options, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    finder: Finder = _FINDERS[type(options)](options, scope, reference)
    return finder


KIND = Kind(
    checks={
        "products": Products,
        "affiliate-link": AffiliateLink,
        "disclosure": Disclosure,
        "pitch": Pitch,
        "steering": Steering,
        "queries": Queries,
    },
    build=build,
    placeholders=frozenset({"match", "count", "network", "audience", "links"}),
)
