"""Finds the names in the copy: runs of capitalised words, what makes a person of one, surnames."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import NamedTuple

from newslint.article import (
    ALT_TEXT,
    BYLINE,
    DATELINE,
    HEADLINE,
    LINK_LINE,
    SOURCE_LINE,
    SUBHEADING,
    Article,
)
from newslint.language.lexicon import Lexicon
from newslint.language.names import parts
from newslint.language.titles import (
    Known,
    Title,
    abbreviation,
    known,
    plain,
    possessive,
    title_after,
    title_before,
)
from newslint.matching import prose

_CAP = r"(?:[A-ZÀ-ÖØ-ÞĀ-ž](?:\.(?:[A-Z]\.)*|[^\W\d_]{1,4}\.(?:-[a-z]+)?|[\w’'-]*\w)(?!\w))"
_SILENT = frozenset({BYLINE, DATELINE, SOURCE_LINE, LINK_LINE, ALT_TEXT})
_HEADS = frozenset({HEADLINE, SUBHEADING})
_MOST = 5
"""Words of a name, with particles."""
_WORD = re.compile(r"[^\W\d_]+")


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


class _Word(NamedTuple):
    text: str
    start: int
    end: int


@cache
def _run(lexicon: Lexicon) -> re.Pattern[str]:
    """Two capitalised words and more, with what may stand between them in a name or title."""
    links = "|".join(map(re.escape, (*lexicon.phrases("connectors"), *lexicon.phrases("particles"))))
    prefixes = "|".join(map(re.escape, lexicon.phrases("prefixes")))
    join = f"[ \u00a0](?:(?:{links})[ \u00a0]){{0,2}}(?:{prefixes})?"
    return re.compile(f"{_CAP}(?:{join}{_CAP})+")


def named(article: Article, lexicon: Lexicon) -> list[Named]:
    """All references to persons, those by given name and surname first."""
    words = known(lexicon)
    text = prose(article).copy.joined
    heads, silent = _ranges(article)
    found: list[Named] = []
    single: list[Named] = []
    taken: list[tuple[int, int]] = []
    maybe: list[tuple[int, int]] = []
    for match in _run(lexicon).finditer(text):
        start, end = match.span()
        if silent and _inside(silent, start):
            continue
        if not _promising(text, start, end, match[0], words):
            maybe.append((start, end))
            continue
        weak = bool(heads) and _inside(heads, start)
        for segment in _segments(match[0], start, words):
            one = _read(text, segment, words, weak)
            if one is None:
                taken.append((segment[0].start, segment[-1].end))
            elif not one.given:
                single.append(one)
            elif one.title is not None or _evident(text, one, words, weak):
                found.append(one)
            else:
                maybe.append((one.start, one.end))
    if not found and not single:
        return []
    again = _again(text, found, maybe)
    taken += [(start, end) for start, end in maybe if start not in again]
    found = sorted([*found, *again.values()])
    return found + _surnames(text, found, single, taken, silent, words)


def _promising(text: str, start: int, end: int, run: str, words: Known) -> bool:
    """A quick look: whether anything in a run, or right beside it, speaks for a person."""
    parts = run.split(" ")
    if not words.telling.isdisjoint(parts):
        return True
    if not words.never.isdisjoint(parts):
        return False
    if ". " in run or "-" in parts[0] or text.startswith(", ", end) or "\u00a0" in run:
        return True
    before = text[max(0, start - 16) : start - 1].rpartition(" ")[2] if start > 1 else ""
    if before in words.lasts or before in words.speech or before[-1:] == "-":
        return True
    return text[end + 1 : end + 12].partition(" ")[0].rstrip(",.:") in words.speech


def _again(
    text: str, found: list[Named], maybe: list[tuple[int, int]]
) -> dict[int, Named]:
    """What was not clearly a person by itself, and has the name of one who is: by its offset."""
    names = {text[one.start : one.end]: one for one in found}
    again = {}
    for start, end in maybe:
        name = _bare(text[start:end])
        if name in names:
            again[start] = names[name]._replace(
                start=start, end=start + len(name), title=None, whole=(start, start + len(name))
            )
    return again


def _ranges(article: Article) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where in the joined text headings stand, and what is not read for names."""
    text = prose(article)
    heads: list[tuple[int, int]] = []
    silent: list[tuple[int, int]] = []
    for kind, indices in text.by_kind.items():
        target = heads if kind in _HEADS else silent if kind in _SILENT else None
        if target is not None:
            target += [(text.copy.starts[i], text.copy.starts[i] + len(text.blocks[i].text))
                       for i in indices]  # fmt: skip
    return sorted(heads), sorted(silent)


def _inside(ranges: list[tuple[int, int]], offset: int) -> bool:
    before = bisect_right(ranges, (offset, 1 << 60)) - 1
    return before >= 0 and offset < ranges[before][1]


def _segments(run: str, start: int, words: Known) -> list[list[_Word]]:
    """The run as words, parted where a phrase ends: behind “’s” and behind a full stop."""
    segments: list[list[_Word]] = [[]]
    offset = start
    for raw in run.replace("\u00a0", " ").split(" "):
        end = offset + len(raw)
        if raw.endswith(".") and not abbreviation(raw, words):
            segments[-1].append(_Word(raw[:-1], offset, end - 1))
            segments.append([])
        elif possessive(raw):
            segments[-1].append(_Word(raw, offset, end))
            segments.append([])
        else:
            segments[-1].append(_Word(raw, offset, end))
        offset = end + 1
    return [segment for segment in segments if segment]


def _read(text: str, segment: list[_Word], words: Known, weak: bool) -> Named | None:
    """The person that a segment names, if it may name one."""
    first = 0
    while first < len(segment) and segment[first].text in words.starters:
        first += 1
    titled = _after_title(segment, first, words)
    if titled > first:
        name = _name(segment[titled:], words, strict=False)
        title = title_before(text, segment[titled].start, words) if name else None
        if title is None:
            return None
        if len(name) == 1 and weak:
            return None
        return _with(text, name, title, words)
    name = _name(segment[first:], words, strict=True)
    if not name or weak and (name[0].text not in words.given or len(name) < 2):
        return None
    title = _title_around(text, name, words)
    if len(name) == 1 and title is None:
        return None
    return _with(text, name, title, words)


def _after_title(segment: list[_Word], first: int, words: Known) -> int:
    """The first word behind the last title in the segment; `first` where there is none."""
    for index in range(len(segment) - 1, first, -1):
        key = plain(segment[index - 1].text)
        bare = next((key[: -len(end)] for end, _ in words.endings if key.endswith(end)), key)
        if bare not in words.lasts or not segment[index].text[:1].isupper():
            continue
        if index - 1 > first and segment[index].text in words.suffixes:
            continue
        return index
    return first


def _name(segment: list[_Word], words: Known, strict: bool) -> list[_Word]:
    """The words of the name at the start of a segment; none where it names no person."""
    name: list[_Word] = []
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
    bare = [_bare(word.text) for word in name]
    odd = [number for number, word in enumerate(bare) if word in words.never]
    if odd and (strict or odd != [len(name) - 1] or bare[0] not in words.given):
        return []
    if any(len(word) > 2 and word.isupper() and "." not in word for word in bare):
        return []
    if (strict or len(name) == 1) and bare[0] not in words.given and plain(bare[0]) in words.places:
        return []
    return name


def _bare(word: str) -> str:
    return word[:-2] if word.endswith(("’s", "'s")) else word.rstrip("’'")


def _with(text: str, name: list[_Word], title: Title | None, words: Known) -> Named | None:
    bare = [_bare(word.text) for word in name if word.text not in words.suffixes]
    if not bare:
        return None
    start, last = name[0].start, name[-1]
    end = last.start + len(_bare(last.text))
    given, surname = parts(bare, words.particles, words.surname_first)
    whole = (start, _party(text, end))
    turned = bool(given) and surname == bare[0]
    return Named(start, end, given, surname, title, whole, turned)


def _party(text: str, end: int) -> int:
    """Where “(D-Ohio)” behind a name ends; `end` where there is none."""
    if not text.startswith(" (", end):
        return end
    close = text.find(")", end, end + 24)
    inner = text[end + 2 : close] if close > 0 else ""
    return close + 1 if "-" in inner[1:3] or len(inner) == 1 else end


def _title_around(text: str, name: list[_Word], words: Known) -> Title | None:
    """A title in small letters before the name, or one in apposition on either side of it."""
    start, end = name[0].start, name[-1].end
    space = text[start - 1 : start] == " "
    if space and text[start - 2 : start - 1] != ",":
        before = text[max(0, start - 24) : start - 1].rpartition(" ")[2].rpartition("\n")[2]
        if plain(before) in words.lasts or "-" in before:
            title = title_before(text, start, words)
            if title is not None:
                return title
    if text[end : end + 2] == ", ":
        return title_after(text, end + 2, words)
    return None


def _evident(text: str, one: Named, words: Known, weak: bool) -> bool:
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


def _surnames(
    text: str, found: list[Named], single: list[Named], taken: list[tuple[int, int]],
    silent: list[tuple[int, int]], words: Known,
) -> list[Named]:  # fmt: skip
    """The references by surname alone, with or without a title."""
    kept = [one for one in single if one.title is not None]
    blocked = sorted(taken + [(one.start, one.end) for one in found + kept])
    surnames = dict.fromkeys(one.surname for one in found if one.surname not in words.never)
    surnames |= dict.fromkeys(one.surname for one in kept if one.surname not in words.never)
    for surname in surnames:
        offset = text.find(surname)
        while offset >= 0:
            end = offset + len(surname)
            if not _inside(silent, offset) and _alone(text, offset, end, blocked):
                title = _title_around(text, [_Word(surname, offset, end)], words)
                kept.append(Named(offset, end, "", surname, title, (offset, end)))
            offset = text.find(surname, end)
    return sorted(kept)


def _alone(text: str, start: int, end: int, blocked: list[tuple[int, int]]) -> bool:
    """Whether a surname at this place stands for the person: a word, in no longer name."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() or after.isalnum() or before == "-" or (after == "-" and start > 0):
        return False
    number = bisect_right(blocked, (start, 1 << 60)) - 1
    return number < 0 or start >= blocked[number][1]
