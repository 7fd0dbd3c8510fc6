"""Recognises lines that are not running prose: byline, dateline, source, caption, related links.

Shared by the readers, so that all formats agree. It judges the line alone; where in the article
such a line may stand is the reader's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from newslint.article import BYLINE, CAPTION, DATELINE, LINK_LINE, PARAGRAPH, SOURCE_LINE
from newslint.later import compiled_later
from newslint.readers.line_words import (
    BYLINE_PREFIXES,
    CAPTION_PREFIXES,
    COLLECTIVE_AUTHORS,
    DATE_PREFIXES,
    LINK_PHRASES,
    LINK_PHRASES_WITH_TITLE_ONLY,
    LONG_MONTHS,
    LONG_WEEKDAYS,
    NAME_PARTICLES,
    NOT_IN_NAMES,
    OUTLET_NOUNS,
    PHOTO_AGENCIES,
    ROLES,
    SOURCE_PREFIXES,
)

MAX_LENGTH = 300
"""Characters; a longer line is prose whatever it begins with."""


def _seldom(pattern: str, flags: int = re.IGNORECASE) -> Callable[[], re.Pattern[str]]:
    """A pattern that few lines need: compiled when the first one does."""
    return cache(lambda: re.compile(pattern, flags))


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


# Months and weekdays by their first three letters: "Sept.", "Thurs" and whole names alike.
_MONTH = rf"(?:{_any({month[:3] for month in LONG_MONTHS})})[a-z]{{0,6}}\.?"
_WEEKDAY = rf"(?:(?:{_any({day[:3] for day in LONG_WEEKDAYS})})[a-z]{{0,6}}\.?,?\s+)?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
_DATE = (
    rf"{_WEEKDAY}(?:{_MONTH}\s+{_DAY}(?![\w:])(?:,?\s*{_YEAR})?|{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?"
    rf"|{_YEAR}-\d\d-\d\d|{_YEAR}/\d\d?/\d\d?|\d{{1,2}}[/.]\d{{1,2}}[/.]{_YEAR})(?!\d)"
)
_ZONE = r"(?:\s*(?:Z|\(?[a-z]{2,5}\)?|[a-z]+\s+time|(?:UTC|GMT)?\s*[+-]\d\d?:?(?:\d\d)?)(?![\w:]))"
_TIME = (
    r"(?:\d{1,2}[:.]\d\d(?::\d\d(?:[.]\d+)?)?(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?)"
    rf"{_ZONE}?"
)
_JOIN = r"(?:T|\s*(?:[,;|/•·–—-]|\bat\b)\s*|\s+)"
_WHEN = _seldom(rf"(?<!\w)(?:{_TIME}{_JOIN}(?:on\s+)?)?(?:{_DATE})(?:{_JOIN}{_TIME})?")
_TIME_ONLY = _seldom(rf"(?<!\w){_TIME}")
_HAS_YEAR = compiled_later(rf"(?<!\d){_YEAR}(?!\d)")
_AGO = _seldom(r"(?:\d+|an?)\s+(?:minute|min|hour|day|week|month|year)s?\s+ago")
_DATE_PREFIX = _seldom(rf"[(\s]*(?:{_any(DATE_PREFIXES)})(?:\s*[:–—|-]\s*|\s+)")
_SEGMENT_MARK = compiled_later(r"\s*[|•·]\s*|\s+/\s+")
_BEFORE_DATE = compiled_later(r"[^\d\n:]{2,40}\s[–—-]\s(?=\w)")

_SOURCE = _seldom(rf"[(\[]?(?:{_any(SOURCE_PREFIXES)})\s*:\s*\S|SOURCE\s+[A-Z]\S+")
_AGENCY = rf"(?:{_any(PHOTO_AGENCIES)})"
_CAPTION = _seldom(
    rf"[(\[]?(?:{_any(CAPTION_PREFIXES)})\s*[:/]\s*\S"
    r"|[(\[]?(?:photo|photos|photograph|picture|image|illustration|file photo)s?\s+"
    r"(?:by|courtesy|credit|via|from)\s+\S"
    rf"|[(\[]\s*{_AGENCY}\b[^.()]*[)\]]\.?$"
    rf"|[^.!?:]{{2,60}}(?:\s*/\s*|\s+via\s+){_AGENCY}[)\]]?\.?$"
    r"|(?:image|photo)\s+\d+\s+of\s+\d+$"
    r"|(?:©|\(c\)\s)\s*(?!\d{4}|copyright)[^.\d]{2,50}$"
)
_LINK_PHRASE = _seldom(rf"[(\[>»→•*\s]*(?P<phrase>{_any(LINK_PHRASES)})(?!\w)")
_THEN_TITLE = compiled_later(r"(?:\s*(?::|>>?|»|→)|\s[–—|-]\s)\s*\S")
_THEN_END = compiled_later(r"\s*(?::|[–—]|…|\.\.\.|>+|»|→)?[)\]]?\s*$")
_THEN_LOUD_TITLE = compiled_later(r"\s+[A-Z“‘\"'][^\s]*[a-z]")
_LINK_HERE = _seldom(
    r"(?:click here|tap here|read more (?:about|on|from|at|in|of)\b|more (?:from|in)\s+[A-Z]"
    r"|read (?:it all|the (?:rest|full|whole|entire|original))\b|related \w+:)[^.!?]{0,70}[.!]?$",
    0,
)
_LINK_STARTS = ("click here", "tap here", "read ", "more ", "related ")


_PICTURES = frozenset(
    f"{word}{ending}"
    for word in ("photo", "photograph", "picture", "image", "illustration", "file")
    for ending in ("", "s")
)
_FIRST_WORD = compiled_later(r"[^\w©]*(\w*)")
_FIRST_WORDS = frozenset(
    phrase.replace("/", " ").replace("'", " ").replace("’", " ").split()[0]
    for phrase in (
        DATE_PREFIXES | BYLINE_PREFIXES | SOURCE_PREFIXES | CAPTION_PREFIXES | LINK_PHRASES
        | PHOTO_AGENCIES | _PICTURES | {"click", "tap", "related", "source", "c"}
    )
)  # fmt: skip
_LONG = 120
"""Characters; a longer line shows by its first word what it is, if it is anything."""


LONGEST = 200
"""Characters of a paragraph that may be something else by its words."""
AT_THE_TOP = 3
"""Blocks of copy above which a byline or a date line stands."""


def paragraph_kind(text: str, blocks_above: int) -> str:
    """What a paragraph is by its words; a byline or a date line only near the top of the copy."""
    kind = line_kind(text) if len(text) <= LONGEST else None
    if kind is None or (kind in (BYLINE, DATELINE) and blocks_above >= AT_THE_TOP):
        return PARAGRAPH
    return kind


def line_kind(text: str) -> str | None:
    """The kind of a line of copy that is no prose, or None for prose, headings and the rest."""
    text = text.strip()
    if not 2 < len(text) <= MAX_LENGTH:
        return None
    if len(text) > _LONG and not _begins_like_one(text):
        return None
    marked = _begins_like_one(text) or text[0] in "([>»→•*–—-"
    if marked and _PREFIX().match(text) and parse_byline(text):
        return BYLINE
    if len(text) <= _LONG and _is_dateline(text):
        return DATELINE
    if marked and _SOURCE().match(text) and (":" in text[:20] or text.startswith("SOURCE ")):
        return SOURCE_LINE
    if marked and _is_link_line(text):
        return LINK_LINE
    if (marked or _may_credit(text)) and _CAPTION().match(text):
        return CAPTION
    return BYLINE if _unmarked_byline(text) else None


def _may_credit(text: str) -> bool:
    """Whether a picture's credit or number may end the line: "Jane Roe/Reuters", "(AFP)"."""
    return "/" in text or " via " in text or text[0] in "([©" or text[-1].isdigit()


def _begins_like_one(text: str) -> bool:
    first = _FIRST_WORD.match(text)
    return first is not None and (first[1].lower() in _FIRST_WORDS or text[0] == "©")


def _is_dateline(text: str) -> bool:
    """A date, or what `DATE_PREFIXES` begin; beside it at most short remarks: " | Reuters"."""
    if not any(map(str.isdigit, text)) and " ago" not in text:
        return False
    if _dated(text):
        return True
    segments = _SEGMENT_MARK.split(text)
    if 1 < len(segments) <= 4 and max(map(len, segments)) <= 60:
        return any(map(_dated, segments))
    author = _BEFORE_DATE.match(text)
    return author is not None and ":" in text[author.end() :] and _dated(text[author.end() :])


def _dated(text: str) -> bool:
    """Whether it is one date line or several: "Published: May 3, 2024 Updated: May 4, 2024"."""
    at = 0
    while at < len(text):
        prefix = _DATE_PREFIX().match(text, at)
        start = prefix.end() if prefix else at
        when = _WHEN().match(text, start)
        if prefix and not when:
            when = _AGO().match(text, start) or _TIME_ONLY().match(text, start)
        if when is None or not (prefix or (at == 0 and _HAS_YEAR.search(when[0]))):
            return False
        at = when.end()
        while at < len(text) and text[at] in " ,;.()":
            at += 1
    return True


def _is_link_line(text: str) -> bool:
    match = _LINK_PHRASE().match(text)
    if match:
        phrase = match["phrase"]
        if _THEN_TITLE.match(text, match.end()):
            return True
        if _THEN_END.match(text, match.end()):
            return phrase.lower() not in LINK_PHRASES_WITH_TITLE_ONLY
        loud = phrase.isupper() and phrase.lower() not in LINK_PHRASES_WITH_TITLE_ONLY
        if loud and _THEN_LOUD_TITLE.match(text, match.end()):
            return True
    if not text[:12].lower().startswith(_LINK_STARTS):
        return False
    return _LINK_HERE().match(text[0].lower() + text[1:]) is not None


def parse_date_line(text: str) -> tuple[int, int] | None:
    """The range of date and time in a dateline: "July 23, 2025 – 4:50 PM PST" with its zone."""
    found = list(_WHEN().finditer(text))
    with_year = [match for match in found if _HAS_YEAR.search(match[0])]
    best = next(iter(with_year or found), None) or _TIME_ONLY().search(text)
    return best.span() if best else None


_PREFIX = _seldom(
    rf"[(\[]?\s*(?:[–—-]+\s*)?(?P<prefix>{_any(BYLINE_PREFIXES)})(?P<colon>\s*:)?\s+(?=\S)"
)
_TOKEN = compiled_later(r"[^\s,;|/•·()\[\]@<>:–—]+")
_BETWEEN = compiled_later(r"\s*(?:,\s*and\s|,\s*&\s|\s+and\s|\s*&\s|,)\s*", re.IGNORECASE)
_INITIALS = compiled_later(r"(?:[A-Z]\.)+$|[A-Z]$")
_SUFFIXES = ("jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "dr.", "st.", "m.d.", "ph.d.")
_AFTER_NAMES = _seldom(
    r"\s*(?:$|[.)\]]+$|[,|/•·@(<:;–—]|-\s|\s(?:in|at|for|from|of|with|on|is|and)\s|,?\s*(?:updated|published|posted)\b)"
)
_REPORTS = compiled_later(r"\s+(?:reports|reporting)(?:\s+(?:from|for|in)\s+[^.!?:,]{2,40})?\.?$")
_ROLE = _seldom(rf"\s*[,|–—-]\s*[^.!?:]{{0,60}}\b(?:{_any(ROLES)})s?\b[^.!?:,]{{0,40}}$")


def parse_byline(text: str) -> list[tuple[int, int]]:
    """The ranges of the names in a byline, in order; empty where the text is no byline."""
    prefix = _PREFIX().match(text)
    if prefix is None:
        return _unmarked_byline(text)
    plain_by = prefix["prefix"].lower() == "by"
    if not plain_by and prefix["prefix"].lower()[-2:] != "by" and not prefix["colon"]:
        return []
    rest = text[prefix.end() :]
    lowered = rest.lower().rstrip(" .)]")
    head = re.split(r"\s*[,|/•·@(–—]", lowered, maxsplit=1)[0]
    words = head.split()
    outlet = 2 <= len(words) <= 5 and words[0] == "the" and words[-1] in OUTLET_NOUNS
    if head in COLLECTIVE_AUTHORS or outlet:
        return [(prefix.end(), prefix.end() + len(head))]
    names, end = _names(text, prefix.end())
    if not names or len(text) - end > 120:
        return []
    if not _AFTER_NAMES().match(text, end) and not text[names[0][0] : end].isupper():
        return []
    single = " " not in text[names[0][0] : names[0][1]]
    if single and plain_by and not _stands_alone(text, names, end):
        return []
    return [] if plain_by and _goes_on_as_sentence(text, end) else names


def _stands_alone(text: str, names: list[tuple[int, int]], end: int) -> bool:
    """One word is an author only as an agency's or a pen name that fills the line: "By AFP"."""
    return (
        len(names) == 1 and not text[end:].strip(" .)") and text[: names[0][0]].strip()[0] in "Bb("
    )


def _goes_on_as_sentence(text: str, end: int) -> bool:
    rest = text[end:].strip()
    return rest.endswith((".", "!", "?")) and len(rest.split()) > 6 and rest[0] not in "|•·;("


def _unmarked_byline(text: str) -> list[tuple[int, int]]:
    """ "Jane Roe reports", "Jane Roe, staff writer"."""
    if len(text) > _LONG or not text[:1].isupper():
        return []
    if " report" not in text and not _ROLE().search(text):
        return []
    names, end = _names(text, 0)
    if not names or any(" " not in text[start:stop] for start, stop in names):
        return []
    return names if _REPORTS.match(text, end) or _ROLE().match(text, end) else []


def _names(text: str, at: int) -> tuple[list[tuple[int, int]], int]:
    """Consecutive names from `at` on, and where the last one ends."""
    found: list[tuple[int, int]] = []
    end = at
    while True:
        stop = _name_end(text, at)
        if stop == at or (found and _is_role(text[at:stop])):
            return found, end
        found.append((at, stop))
        end = stop
        between = _BETWEEN.match(text, stop)
        if between is None:
            return found, end
        comma = between[0].strip() == ","
        at = between.end()
        if comma and " " not in text[at : _name_end(text, at)]:
            return found, end


def _is_role(name: str) -> bool:
    return any(word.lower().rstrip("s") in ROLES for word in name.split())


def _name_end(text: str, at: int) -> int:
    """Where a name that begins at `at` ends; `at` itself where none begins there."""
    end, words, shout = at, 0, False
    while words < 6:
        match = _TOKEN.match(text, end + (words > 0 and text[end : end + 1].isspace()))
        if match is None or (words and match.start() == end):
            break
        token = match[0]
        if words > 1 and shout and token[1:2].islower() and token.lower() not in NAME_PARTICLES:
            break  # JANE ROE Associated Press
        if not _in_name(token, words == 0):
            break
        shout = shout or (len(token) > 2 and token.isupper())
        words += 1
        end = match.end()
        if token[-1] == "." and token.lower() not in _SUFFIXES and not _INITIALS.match(token):
            end -= 1
            break
    while words and text[at:end].split()[-1].lower() in NAME_PARTICLES:
        end = at + len(text[at:end].rstrip().rpartition(" ")[0])
        words -= 1
    return end if words else at


def _in_name(token: str, first: bool) -> bool:
    lowered = token.lower()
    bare = lowered.rstrip(".'’")
    if _INITIALS.match(token) and not (first and token == "A"):
        return True  # "Jane A. Roe"
    if bare in NOT_IN_NAMES or not bare:
        return False
    if not first and (lowered in NAME_PARTICLES or lowered in _SUFFIXES):
        return True
    if token[0].isupper() or (token[0] in "‘’'" and token[1:2].isupper()):
        plain = (
            token.replace(".", "")
            .replace("'", "")
            .replace("’", "")
            .replace("-", "")
            .replace("‘", "")
        )
        return plain.isalpha() and (token[-1] not in "!?")
    return (
        any(lowered.startswith(p) for p in ("al-", "d'", "d’", "el-", "o'", "o’"))
        and token[3:4].isupper()
    )
