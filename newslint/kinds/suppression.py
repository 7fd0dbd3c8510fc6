"""Kind `suppression`: newslint's own comments, judged by `suppress/` after all rules have run."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import Article
from newslint.kinds.contract import Finder, Hit, Kind, Options, Scope
from newslint.matching import Clues, Needs
from newslint.reference import Reference


class Unused(Options, frozen=True, tag="unused"):
    """A suppression that suppresses nothing."""


class Expired(Options, frozen=True, tag="expired"):
    """A suppression whose last day is over."""


class Malformed(Options, frozen=True, tag="malformed"):
    """A suppression that names no day of the calendar, or holds what newslint does not know."""


class WithoutReason(Options, frozen=True, tag="without-reason"):
    """A suppression without a reason, where `require-reason` in the config asks for one."""


class Unknown(Options, frozen=True, tag="unknown"):
    """A suppression that names no rule, or one that does not exist."""


def build(options: Options, scope: Scope, _: Reference) -> Finder:
    """A finder that finds nothing by itself: what is unused shows only after the other rules."""
    return Finder(_find, Needs())


def _find(article: Article, _: Clues) -> Iterator[Hit]:
    yield from ()


KIND = Kind(
    checks={
        "unused": Unused,
        "unknown": Unknown,
        "expired": Expired,
        "malformed": Malformed,
        "without-reason": WithoutReason,
    },
    build=build,
    placeholders=frozenset({"name", "match", "until", "where"}),
)
