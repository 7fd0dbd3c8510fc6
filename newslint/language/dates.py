"""When: dates, weekdays, times and zones, resolved against the article's own date."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from newslint.article import Article
from newslint.language import once_for
from newslint.language.lexicon import Lexicon
from newslint.language.passage import Passage


class Moment(Struct, frozen=True, gc=False):
    """One expression of time."""

    place: Passage
    sort: str
    """`date`, `month`, `year`, `weekday`, `relative`, `time`."""
    first: date | None = None
    """The first day that it can mean, resolved; None where that cannot be told."""
    last: date | None = None
    """The last one; the same as `first` for a single day."""
    weekday: int | None = None
    """As written, Monday is 0."""
    zone: str = ""
    """Of a time, as written: “PST”."""


@once_for
def published(article: Article, lexicon: Lexicon) -> date | None:
    """The article's own date from its metadata or date line; `lexicon` is the one called `dates`."""
    return None


@once_for
def moments(article: Article, lexicon: Lexicon) -> tuple[Moment, ...]:
    """The expressions of time in reading order."""
    return ()
