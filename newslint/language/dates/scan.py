"""Finds the expressions of time: one automaton over the copy, then a close look at each place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from newslint.article import Article
from newslint.language.dates import words as literal
from newslint.language.dates.moment import DATE, MONTH, RELATIVE, TIME, WEEKDAY, YEAR, Moment
from newslint.language.dates.own import IN_DIGITS, day, day_of
from newslint.language.dates.relative import days
from newslint.language.dates.words import Words
from newslint.language.passage import Passage
from newslint.later import compiled_later
from newslint.matching import Area, prose

_BACK = 45
"""Code points before a month or a zone in which the rest of the expression is looked for."""
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NOT_A_DAY = 39
"""A number above it after a month is no slip of a day but something else."""
_FOUR = compiled_later(r"\d\d(?!\w|[,.]\d|-\d\d(?!\d))")
_LABEL = compiled_later(r"\d\d(?: ?[:–—]| - |\n|$)")


class _Copy(NamedTuple):
    """What is read, and with what."""

    area: Area
    words: Words
    own: date | None

    def moment(
        self, start: int, end: int, sort: str, first: date | None = None,
        last: date | None = None, weekday: int | None = None, zone: str = "",
        stated: bool = False, impossible: str = "", number: tuple[int, int] = (0, 0),
    ) -> Moment:  # fmt: skip
        """The moment that `joined[start:end]` means."""
        block, base = self.area.place(start)
        place = Passage(block, start - base, end - base)
        return Moment(place, sort, first, last or first, weekday, zone, stated, impossible, *number)


def scan(article: Article, words: Words, own: date | None) -> tuple[Moment, ...]:
    """The expressions of time of an article with that date of its own, in reading order."""
    area = prose(article).copy
    if not area.starts:
        return ()
    automaton, meanings = words.automaton
    copy, folded = _Copy(area, words, own), area.folded
    found: list[tuple[int, int, Moment]] = []
    for number, start, end in automaton.find_matches_as_indexes(folded):
        sort, form = meanings[number]
        if form.isalpha() and start and sort < literal.CLOCK and folded[start - 1].isalnum():
            continue
        if (read := _READERS[sort](copy, _Hit(start, end, form))) is not None:
            found.append(read)
    return tuple(_apart(found))


def _apart(found: list[tuple[int, int, Moment]]) -> Iterator[Moment]:
    """In order; of two that overlap the one that was read as part of the other is dropped."""
    found.sort(key=lambda item: (item[0], -item[1]))
    reach = -1
    for start, end, moment in found:
        if start >= reach:
            yield moment
            reach = end


_Read = tuple[int, int, Moment] | None


class _Hit(NamedTuple):
    """A literal in the folded copy, and the form of the lexicon that it stands for."""

    start: int
    end: int
    form: str


def _month(copy: _Copy, hit: _Hit) -> _Read:
    start, form = hit.start, hit.form
    folded, words = copy.area.folded, copy.words
    after_name = start + len(form)
    if not copy.area.joined[start].isupper() or folded[after_name : after_name + 1].isalnum():
        return None
    month = words.months[form]
    match = words.after_month.match(folded, after_name)
    if match and not (match[3] is None and _counted(copy, start, match.end())):
        return _day(copy, start, match.end(), month, match)
    year = words.year_after.match(folded, after_name)
    before = words.before_month.search(folded, max(0, start - _BACK), start)
    if before:
        stop = year.end() if year else after_name
        return _day(copy, before.start(), stop, month, before, year)
    if year:
        return _whole_month(copy, start, year.end(), int(year[1]), month, True)
    if copy.own and words.before_year.search(folded, max(0, start - _BACK), start):
        near = min(
            (abs((date(copy.own.year + by, month, 15) - copy.own).days), copy.own.year + by)
            for by in (-1, 0, 1)
        )
        return _whole_month(copy, start, after_name, near[1], month, False)
    return None


def _counted(copy: _Copy, start: int, end: int) -> bool:
    """Whether the number after a month counts something: “in June 31 people …”."""
    folded = copy.area.folded
    if not (folded[end : end + 1] == " " and folded[end + 1 : end + 2].isalpha()):
        return False
    return copy.words.within_month.search(folded, max(0, start - _BACK), start) is not None


def _whole_month(
    copy: _Copy, start: int, end: int, year: int, month: int, stated: bool
) -> _Read:  # fmt: skip
    last = _LENGTHS[month - 1] - (month == 2 and day(year, 2, 29) is None)
    first = date(year, month, 1)
    return start, end, copy.moment(
        start, end, MONTH, first, first.replace(day=last), stated=stated, number=(month, 0)
    )  # fmt: skip


def _day(
    copy: _Copy, start: int, end: int, month: int, match: re.Match[str],
    year: re.Match[str] | None = None,
) -> _Read:  # fmt: skip
    """The day or days that `match` gives, with weekday and year around them."""
    folded, words = copy.area.folded, copy.words
    number, last = int(match[1]), int(match[2]) if match[2] else 0
    if match.re is words.after_month:
        years = int(match[3]) if match[3] else 0
    else:
        years = int(year[1]) if year else 0
    weekday, begin = _weekday_before(copy, start, bool(last))
    if weekday is None and (behind := words.after_date.match(folded, end)):
        weekday = words.weekdays[behind[1]]
        end = behind.end()
    if begin < start and "(" in folded[begin:start] and folded[end : end + 1] == ")":
        end += 1
    highest = max(number, last)
    if number == 0 or highest > (_NOT_A_DAY if years or weekday is not None else 31):
        return None
    reason = _no_such_day(words, month, highest, years)
    if reason:
        return begin, end, copy.moment(
            begin, end, DATE, None, None, weekday, "", bool(years), reason
        )  # fmt: skip
    first = _near(copy.own, month, number, years)
    final = _near(copy.own, month, last, years) if last else None
    if first and final and final < first:
        final = None
    return begin, end, copy.moment(
        begin, end, DATE, first, final, weekday, "", bool(years), "", (month, number)
    )  # fmt: skip


def _no_such_day(words: Words, month: int, number: int, year: int) -> str:
    name = words.month_names[month - 1]
    if number > _LENGTHS[month - 1]:
        return (
            f"{name} has {_LENGTHS[month - 1]} days" if month != 2 else f"{name} has 28 or 29 days"
        )
    if number == 29 and month == 2 and year and day(year, 2, 29) is None:
        return f"{year} is no leap year"
    return ""


def _weekday_before(copy: _Copy, start: int, several: bool) -> tuple[int | None, int]:
    """The weekday before a date that belongs to it, and where the whole begins."""
    words = copy.words
    match = words.before_date.search(copy.area.folded, max(0, start - _BACK), start)
    if match is None or not copy.area.joined[match.start(2)].isupper():
        return None, start
    if match[1] is None:
        return words.weekdays[match[2]], match.start()
    if several:
        return words.weekdays[match[1]], match.start()
    return None, start


def _near(own: date | None, month: int, number: int, year: int) -> date | None:
    """That day of the year stated, else of the year that brings it nearest to `own`."""
    if year or own is None:
        return day(year, month, number) if year else None
    near = [d for by in (-1, 0, 1) if (d := day(own.year + by, month, number)) is not None]
    return min(near, key=lambda d: abs(d - own)) if near else None


def _weekday(copy: _Copy, hit: _Hit) -> _Read:
    """A weekday alone: the last such day and the next one, as seen from the article's date."""
    start, end, form = hit
    if not copy.area.joined[start].isupper() or copy.area.folded[end : end + 1].isalpha():
        return None
    number = copy.words.weekdays[form]
    first = last = None
    if copy.own is not None:
        first = copy.own - timedelta((copy.own.weekday() - number) % 7)
        last = copy.own + timedelta((number - copy.own.weekday()) % 7)
    return start, end, copy.moment(start, end, WEEKDAY, first, last, number)


def _relative(copy: _Copy, hit: _Hit) -> _Read:
    start, end, form = hit
    if copy.area.folded[end : end + 1].isalnum():
        return None
    first = last = None
    if copy.own is not None:
        first, last = days(copy.own, copy.words.relative[form])
    return start, end, copy.moment(start, end, RELATIVE, first, last)


def _year(copy: _Copy, hit: _Hit) -> _Read:
    end = hit.end
    folded = copy.area.folded
    if not (_FOUR if hit.form else _LABEL).match(folded, end):
        return None
    year = int(folded[end - 2 : end + 2])
    begin, end = end - 2, end + 2
    return begin, end, copy.moment(
        begin, end, YEAR, date(year, 1, 1), date(year, 12, 31), stated=True
    )  # fmt: skip


def _digits(copy: _Copy, hit: _Hit) -> _Read:
    """A date in digits around what was found: “2025-07-23”, “7/23/2025”."""
    start, end = hit.start, hit.end
    folded = copy.area.folded
    near = max(0, start - 8)
    for match in IN_DIGITS.finditer(folded, near, end + 8):
        if not match.start() <= start < match.end():
            continue
        if folded[match.start() - 1 : match.start()] in ("/", "-", ".", ":"):
            return None  # an address, a version, a file name
        if folded[match.end() : match.end() + 1] in ("-", "/"):
            return None
        first = day_of(match)
        reason = "" if first else _no_such_digits(match)
        if first or reason:
            return match.start(), match.end(), copy.moment(
                match.start(), match.end(), DATE, first, first, stated=True, impossible=reason
            )  # fmt: skip
    return None


def _no_such_digits(match: re.Match[str]) -> str:
    if match["ymd"]:
        months, days, year = [int(match[3])], [int(match[4])], int(match[2])
    else:
        one, two, year = int(match[6]), int(match[8]), int(match[9])
        months, days = [one, two], [two, one]
    possible = any(day(year, m, d) for m, d in zip(months, days, strict=True))
    return "" if possible else "the calendar has no such day"


def _clock(copy: _Copy, hit: _Hit) -> _Read:
    """A time by its “a.m.” or “pm”, with the zone after it."""
    end, form = hit.end, hit.form
    folded = copy.area.folded
    if folded[end : end + 1].isalnum():
        return None
    if folded[end : end + 1] == "." and "." in form:
        end += 1
    return _time(copy, end, folded)


def _time(copy: _Copy, end: int, folded: str) -> _Read:
    near = max(0, end - 16, folded.rfind("\n", 0, end) + 1)
    match = copy.words.time.search(folded, near, end)
    if match is None:
        return None
    behind = copy.words.zone_after.match(folded, end)
    zone = ""
    if behind is not None:
        written = copy.area.joined[behind.start(1) : behind.end(1)]
        if written == copy.words.zones[behind[1]] or " " in written:
            zone, end = written, _closed(folded, behind)
    return match.start(), end, copy.moment(
        match.start(), end, TIME, zone=zone, impossible=_no_such_time(match)
    )  # fmt: skip


def _closed(folded: str, match: re.Match[str]) -> int:
    """Where the match ends, with the bracket that closes one inside it."""
    end = match.end()
    return end + ("(" in match[0] and folded[end : end + 1] == ")")


def _no_such_time(match: re.Match[str]) -> str:
    """Why there is no such time; “12.75 pm” and “75 pm” may be something else than times."""
    if match["hour"] is None:
        return ""
    hour, minute, clock = int(match["hour"]), int(match["minute"] or 0), match["clock"] or ""
    if ":" not in match[0] and "." not in clock:
        return ""
    if minute > 59:
        return "an hour has 60 minutes"
    if clock and hour > 12:
        return f"the clock that tells morning from afternoon ends at 12, not {hour}"
    return "a day has 24 hours" if hour > 24 else ""


def _zone(copy: _Copy, hit: _Hit) -> _Read:
    """A zone behind a time without “a.m.” and “p.m.”: “16:50 CET”, “noon EST”."""
    start, end, form = hit
    joined, folded = copy.area.joined, copy.area.folded
    written = joined[start + 1 : end]
    if folded[end : end + 1].isalnum() or not (written == copy.words.zones[form] or " " in written):
        return None
    near = max(0, start - 16, folded.rfind("\n", 0, start) + 1)
    match = copy.words.time.search(folded, near, start)
    if match is None:
        return None
    return match.start(), end, copy.moment(
        match.start(), end, TIME, zone=written, impossible=_no_such_time(match)
    )  # fmt: skip


_READERS = {
    literal.MONTH: _month,
    literal.WEEKDAY: _weekday,
    literal.RELATIVE: _relative,
    literal.YEAR: _year,
    literal.DIGITS: _digits,
    literal.CLOCK: _clock,
    literal.ZONE: _zone,
}
