"""What an expression of time says, once read."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from newslint.language.passage import Passage

DATE, MONTH, YEAR, WEEKDAY, RELATIVE, TIME = "date", "month", "year", "weekday", "relative", "time"


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
    stated: bool = False
    """The year stands there, and was not worked out from the article's own date."""
    impossible: str = ""
    """Why there is no such day or time, in words; nothing where there is."""
    month: int = 0
    """As written, January is 1; 0 where it names none."""
    day: int = 0
    """Of the month, as written; of several the first."""
