"""Runs of capitalised words: their parts, and what makes a person's name of one."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from newslint.language.appositions import title_after, title_before_comma
from newslint.language.lexicon import Lexicon
from newslint.language.names import parts
from newslint.language.title_phrases import title_before
from newslint.language.titles import (
    HONORIFIC,
    OFFICE,
    POST,
    RANK,
    Known,
    Title,
    abbreviation,
    plain,
    possessive,
    without_affix,
)
from newslint.later import compiled_later

_CAPITAL = "A-ZÀ-ÖØ-ÞĀ-ž"
_ONWARD = r"(?:[’'-]*+\w++)++"
_CAP = (
    rf"[{_CAPITAL}](?>{_ONWARD}(?!\.)"
    r"|(?:\.(?:[A-Z]\.)*+|[^\W\d_]{1,4}+\.(?:-[a-z]+)?|[a-z]++-[A-Z][a-z]{1,4}+\."
    rf"|{_ONWARD})(?!\w))"
)
"""A capitalised word, with the stop of “Sen.” and “J.R.”."""
_MOST = 5
"""Words of a name, with particles."""
_PLAIN = 3
"""Words of a name without a title, initials and particles aside."""
_WORD = compiled_later(r"[^\W\d_]+")
_CLOSING = (",", ".", ";", ":", ")")
GLUE = ("-", ".", "@", "/", "_")
"""What binds a word to an address or a compound."""


class Named(NamedTuple):
    """One reference, in offsets of the joined text."""

    start: int
    end: int
    given: str
    surname: str
    title: Title | None = None
    whole: tuple[int, int] = (0, 0)
    reversed: bool = False
    """The surname stands first."""


class Word(NamedTuple):
    """A word of a run, with its place in the joined text."""

    text: str
    start: int
    end: int


@cache
def run_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """Two capitalised words and more, with what may stand between them in a name or title."""
    between = (*lexicon.phrases("connectors"), *lexicon.phrases("particles"))
    links = "|".join(map(re.escape, between))
    prefixes = lexicon.phrases("prefixes")
    either = "|".join(map(re.escape, prefixes))
    initials = re.escape("".join(sorted({word[0] for word in (*between, *prefixes) if word})))
    ahead = f"(?=[{_CAPITAL}{initials}])"  # most words stand alone, and this tells at once
    join = f"[ \u00a0]{ahead}(?:(?:{links})[ \u00a0]){{0,2}}(?:{either})?"
    return re.compile(f"{_CAP}(?:{join}{_CAP})++")


def promising(text: str, start: int, end: int, run: str, words: Known) -> bool:
    """A quick look: whether anything in a run, or right beside it, speaks for a person."""
    if start and (text[start - 1].isalnum() or text[start - 1] in GLUE[1:]):
        return False
    parts = run.split(" ")
    if not words.given.isdisjoint(parts):
        return True
    if not words.telling.isdisjoint(parts):
        return parts[-1] not in words.never and plain(parts[-1]) not in words.lasts
    if not words.never.isdisjoint(parts):
        return False
    if ". " in run or "-" in parts[0] or text.startswith(", ", end) or "\u00a0" in run:
        return True
    before = text[max(0, start - 16) : start - 1].rpartition(" ")[2] if start > 1 else ""
    before = before.rstrip(",")
    if before in words.lasts or before in words.speech or before[-1:] == "-":
        return True
    return text[end + 1 : end + 12].partition(" ")[0].rstrip(",.:") in words.speech


def segments(run: str, start: int, words: Known) -> list[list[Word]]:
    """The run as words, parted where a phrase ends: behind “’s” and behind a full stop."""
    segments: list[list[Word]] = [[]]
    for word in words_of(run, start):
        raw = word.text
        if raw.endswith(".") and not abbreviation(raw, words):
            segments[-1].append(Word(raw[:-1], word.start, word.end - 1))
            segments.append([])
        else:
            segments[-1].append(word)
            if possessive(raw):
                segments.append([])
    return [segment for segment in segments if segment]


def words_of(run: str, start: int) -> list[Word]:
    """The words of a run that begins at `start`."""
    found, offset = [], start
    for raw in run.replace("\u00a0", " ").split(" "):
        found.append(Word(raw, offset, offset + len(raw)))
        offset += len(raw) + 1
    return found


def read_name(text: str, segment: list[Word], words: Known, weak: bool) -> Named | None:
    """The person that a segment names, if it may name one."""
    first = 0
    while first < len(segment) and _leading(segment[first].text, words):
        first += 1
    titled = _after_title(segment, first, words)
    if titled > first:
        name = _name(segment[titled:], words, strict=False)
        title = title_before(text, segment[titled].start, words) if name else None
        if title is None:
            return None
        if len(name) == 1 and weak:
            return None
        return _with_office(text, _with(text, name, title, words), words)
    name = _name(segment[first:], words, strict=True)
    if not name or (weak and (name[0].text not in words.given or len(name) < 2)):
        return None
    title = title_around(text, name, words)
    if len(name) == 1 and title is None:
        return None
    return _with(text, name, title, words)


def _leading(word: str, words: Known) -> bool:
    """Whether a capitalised word is no part of the name that follows: “When”, “Texas-based”."""
    return word in words.starters or (
        "-" in word and plain(word.partition("-")[0]) in words.places and word[-1].islower()
    )


def _after_title(segment: list[Word], first: int, words: Known) -> int:
    """The first word behind the last title in the segment; `first` where there is none."""
    for index in range(len(segment) - 1, first, -1):
        key = without_affix(plain(segment[index - 1].text), words)
        if key not in words.lasts or not segment[index].text[:1].isupper():
            continue
        if index - 1 > first and segment[index].text in words.suffixes:
            continue
        return index
    return _after_field(segment, first, words)


def _after_field(segment: list[Word], first: int, words: Known) -> int:
    """The given name behind “Minister for Harbours”; `first` where there is no such title."""
    for index in range(first, len(segment) - 3):
        key = plain(segment[index].text)
        if key not in words.lasts or segment[index + 1].text not in words.connectors:
            continue
        names = range(index + 3, len(segment))
        given = next((n for n in names if segment[n].text in words.given), None)
        if given is None and key in words.portfolios:
            return max(len(segment) - 2, index + 3)
        return first if given is None else given
    return first


def _name(segment: list[Word], words: Known, strict: bool) -> list[Word]:
    """The words of the name at the start of a segment; none where it names no person."""
    name: list[Word] = []
    for word in segment:
        if word.text in words.connectors or word.text in words.times:
            break
        if name and word.text in words.starters:
            break
        name.append(word)
    while name and (name[-1].text in words.particles and not name[-1].text[:1].isupper()):
        name.pop()
    if not name or len(name) > _MOST:
        return []
    plainly = [bare(word.text) for word in name]
    odd = [number for number, word in enumerate(plainly) if word in words.never]
    if odd[:1] == [0] and len(name) > 1 and not strict and plainly[0] in words.surname_first:
        odd = odd[1:]
    if odd and (strict or odd != [len(name) - 1] or plainly[0] not in words.given):
        return []
    if any(len(word) > 2 and _acronym(word) for word in plainly):
        return []
    if len(plainly) > 1 and _acronym(plainly[-1]) and plainly[-1] not in words.suffixes:
        return []
    long = [word for word in plainly if len(word) > 2 and word not in words.particles]
    if strict and len(long) > _PLAIN:
        return []
    if len(plainly) == 1 and plain(plainly[0]) in words.lasts:
        return []
    if strict or len(name) == 1:
        place = plainly[0] not in words.given and plain(plainly[0]) in words.places
        return [] if place else name
    return name


def _acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper() and "." not in word


def bare(word: str) -> str:
    """Without “’s” and other apostrophes at the end."""
    return word[:-2] if word.endswith(("’s", "'s")) else word.rstrip("’'")


def _with(text: str, name: list[Word], title: Title | None, words: Known) -> Named | None:
    plainly = [bare(word.text) for word in name if word.text not in words.suffixes]
    if not plainly:
        return None
    start, last = name[0].start, name[-1]
    end = last.start + len(bare(last.text))
    given, surname = parts(plainly, words.particles, words.surname_first)
    whole = (start, _party(text, end))
    turned = bool(given) and surname == plainly[0]
    return Named(start, end, given, surname, title, whole, turned)


def _with_office(text: str, one: Named | None, words: Known) -> Named | None:
    """The office in apposition tells more than a rank or “Dr.”: “Gen. Karl Vogt, the governor”."""
    if one is None or one.title is None or one.title.sort not in (RANK, HONORIFIC):
        return one
    if text[one.end : one.end + 2] != ", ":
        return one
    office = title_after(text, one.end + 2, words)
    if office is None or office.sort not in (OFFICE, POST):
        return one
    return one._replace(title=office, whole=(one.title.start, one.whole[1]))


def _party(text: str, end: int) -> int:
    """Where “(D-Ohio)” behind a name ends; `end` where there is none."""
    if not text.startswith(" (", end):
        return end
    close = text.find(")", end, end + 24)
    inner = text[end + 2 : close] if close > 0 else ""
    return close + 1 if "-" in inner[1:3] or len(inner) == 1 else end


def title_around(text: str, name: list[Word], words: Known) -> Title | None:
    """A title in small letters before the name, or one in apposition on either side of it."""
    start, end = name[0].start, name[-1].end
    space = text[start - 1 : start] == " "
    if space and text[start - 2 : start - 1] != ",":
        before = text[max(0, start - 24) : start - 1].rpartition(" ")[2].rpartition("\n")[2]
        key = plain(before)
        if key in words.lasts or key in words.modifiers or "-" in before:
            title = title_before(text, start, words)
            if title is not None:
                return title
    if text[end : end + 2] == ", ":
        title = title_after(text, end + 2, words)
        if title is not None:
            return title
    if space and text[start - 2] == "," and text[end : end + 1] in _CLOSING:
        return title_before_comma(text, start - 2, words)
    return None


def evident(text: str, one: Named, words: Known, weak: bool) -> bool:
    """Whether a name without a title is surely a person’s."""
    if (one.surname if one.reversed else one.given.split()[0]) in words.given:
        return True
    if weak:
        return False
    initial = [word for word in one.given.split()[1:] if len(word) == 2 and word[1] == "."]
    if initial:
        return True
    behind = _WORD.match(text, one.end + 1)
    if behind is not None and behind[0] in words.speech and text[one.end : one.end + 1] == " ":
        return True
    before = text[max(0, one.start - 14) : one.start].split()
    return bool(before) and before[-1] in words.speech and text[one.start - 1] == " "


def longer_name(segment: list[Word], words: Known, weak: bool = False) -> list[tuple[int, int]]:
    """What of a segment that names nobody is a longer name all the same; “Then Roe” is none."""
    if weak:
        return [(one.start, two.end) for one, two in pairwise(segment) if two.text in words.never]
    first = 0
    while first < len(segment) and segment[first].text in words.starters:
        first += 1
    return [(segment[first].start, segment[-1].end)] if first < len(segment) - 1 else []
