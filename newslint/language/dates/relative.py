"""Which days “yesterday” and “last month” mean, seen from the day of the article."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

PAST, REST = "past", "rest"
"""Of a week, month or year: up to the article's own day, or from there on."""


def days(own: date, meaning: Sequence[str]) -> tuple[date, date]:
    """The first and the last day: `-1` (days), `-7 0`, `week -1`, `month 0 past`, `year 1`.

    Weeks begin on Monday. Raises `ValueError` for anything else, `OverflowError` where the
    calendar ends.
    """
    if meaning[0] not in _UNITS:
        return own + timedelta(int(meaning[0])), own + timedelta(int(meaning[-1]))
    first, last = _UNITS[meaning[0]](own, int(meaning[1]))
    part = meaning[2] if len(meaning) > 2 else ""
    return (own if part == REST else first), (own if part == PAST else last)


def _week(own: date, number: int) -> tuple[date, date]:
    monday = own - timedelta(own.weekday()) + timedelta(weeks=number)
    return monday, monday + timedelta(6)


def _month(own: date, number: int) -> tuple[date, date]:
    year, month = divmod(own.year * 12 + own.month - 1 + number, 12)
    return date(year, month + 1, 1), date(year, month + 1, monthrange(year, month + 1)[1])


def _year(own: date, number: int) -> tuple[date, date]:
    return date(own.year + number, 1, 1), date(own.year + number, 12, 31)


_UNITS = {"week": _week, "month": _month, "year": _year}
