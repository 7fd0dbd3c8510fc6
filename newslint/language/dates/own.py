"""The article's own date: metadata, date line, or its file name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from newslint.article import DATELINE, Article
from newslint.language.dates.words import Words
from newslint.later import compiled_later
from newslint.matching import fold

_ISO = compiled_later(r"\s*(\d{4})-(\d\d)-(\d\d)(?!\d)")
_COMPACT = compiled_later(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:T\d|\s*$)")
IN_DIGITS = compiled_later(
    r"(?<!\w)(?:(?P<ymd>((?:19|20)\d\d)[-/.](\d\d?)[-/.](\d\d?)(?!\d))"
    r"|(?P<xxy>(\d\d?)([/.])(\d\d?)\7((?:19|20)\d\d)(?!\d)))"
)
"""A whole date in digits: “2025-07-23”, “7/23/2025”."""
_IN_PATH = compiled_later(r"(?<!\d)((?:19|20)\d\d)([-/_])(\d\d)\2(\d\d)(?!\d)")
_AT_THE_TOP = 6
"""Blocks among which a line that says when the article came out is looked for."""
_LONGEST = 200
"""Characters of such a line."""
_YEARS = range(1600, 2200)
"""An article of another year has a date that was never filled in: 0001-01-01."""


def own_date(article: Article, words: Words) -> date | None:
    """The first date of metadata, date lines and path, in this order."""
    for value in _values(article, words):
        found = read_date(value, words)
        if found is not None and found.year in _YEARS:
            return found
    return _of_path(article.path)


def read_date(text: str, words: Words) -> date | None:
    """The first date with a year in a text, as written there, whatever the zone."""
    if match := _ISO.match(text) or _COMPACT.match(text):
        return day(int(match[1]), int(match[2]), int(match[3]))
    head = fold(text[:_LONGEST])
    for match in words.dated.finditer(head):
        month, number, year = match.group(2, 3, 4) if match["mdy"] else match.group(7, 6, 8)
        if (found := day(int(year), words.months[month], int(number))) is not None:
            return found
    for match in IN_DIGITS.finditer(head):
        if (found := day_of(match)) is not None:
            return found
    return None


def day_of(match: re.Match[str]) -> date | None:
    """The day that a match of `IN_DIGITS` means; None where it means none, or one of two."""
    if match["ymd"]:
        return day(int(match[2]), int(match[3]), int(match[4]))
    one, two, year = int(match[6]), int(match[8]), int(match[9])
    if one <= 12 and two <= 12 and one != two and match[7] == "/":
        return None  # July 4 in one country, 7 April in the other
    return day(year, one, two) if two > 12 else day(year, two, one)


def day(year: int, month: int, number: int) -> date | None:
    """That day, or None where the calendar has no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _values(article: Article, words: Words) -> Iterator[str]:
    for name in words.fields:
        if (field := article.meta.get(name)) is not None:
            yield from _texts(field.value)
    for number, block in enumerate(article.blocks):
        if block.kind == DATELINE:
            yield block.text
        elif number < _AT_THE_TOP and len(block.text) <= _LONGEST:
            start = block.text[:30].lower()
            if start.startswith(words.published) and ":" in start:
                yield block.text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value[:3]:
            yield from _texts(item)
    elif value is not None and not isinstance(value, bool):
        yield str(value)


def _of_path(path: str) -> date | None:
    found = None
    for match in _IN_PATH.finditer(path):
        found = day(int(match[1]), int(match[3]), int(match[4])) or found
    return found
