"""Finds the names in the copy: full names first, then the surnames of those who have one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

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
from newslint.language.name_runs import (
    GLUE,
    Named,
    Word,
    bare,
    evident,
    longer_name,
    promising,
    read_name,
    run_pattern,
    segments,
    title_around,
    words_of,
)
from newslint.language.titles import Known, known, plain
from newslint.later import compiled_later
from newslint.matching import prose

_SILENT = frozenset({BYLINE, DATELINE, SOURCE_LINE, LINK_LINE, ALT_TEXT})
_HEADS = frozenset({HEADLINE, SUBHEADING})
_NEAR = 40
"""Code points before a verb in which the two words before it stand."""
_NAME = compiled_later(r" ([^\W\d_]+)(?=[,.])")
"""Behind a verb a name that ends its clause: “said Tholen.”"""
_FEW = 8
"""Surnames; so many are sought one by one, which is faster than making an automaton."""


def named(article: Article, lexicon: Lexicon) -> list[Named]:
    """All references to persons, those by given name and surname first."""
    words = known(lexicon)
    text = prose(article).copy.joined
    heads, silent = _ranges(article)
    found: list[Named] = []
    single: list[Named] = []
    taken: list[tuple[int, int]] = []
    maybe: list[tuple[int, int]] = []
    for match in run_pattern(lexicon).finditer(text):
        start, end = match.span()
        if silent and _inside(silent, start):
            continue
        if not promising(text, start, end, match[0], words):
            maybe.append((start, end))
            continue
        weak = bool(heads) and _inside(heads, start)
        for segment in segments(match[0], start, words):
            one = read_name(text, segment, words, weak)
            if one is None:
                taken += longer_name(segment, words, weak)
            elif not one.given:
                single.append(one)
            elif one.title is not None or evident(text, one, words, weak):
                found.append(one)
            else:
                maybe.append((one.start, one.end))
    heard = _heard(text, maybe, {one.surname for one in (*found, *single)}, heads, words)
    if not found and not single and not heard:
        return []
    if heard:
        found += heard
        own = {one.start for one in heard}
        maybe = [place for place in maybe if place[0] not in own]
    kept = [one for one in single if one.title is not None]
    places = _places(text, {one.surname for one in (*found, *kept)} - words.never)
    if words.never.isdisjoint([one.surname for one in found]):
        maybe = _holding(maybe, places)
    again = _again(text, found, maybe)
    taken += _blocked(text, [one for one in maybe if one[0] not in again], heads, words)
    found = sorted([*found, *again.values()], key=lambda one: one.start)
    taken += [(one.start, one.end) for one in (*found, *kept)]
    return found + _surnames(text, kept, places, sorted(taken), silent, words)


def _holding(maybe: list[tuple[int, int]], places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of the runs, in their order, in which a surname may stand: few of many."""
    starts = [start for start, _ in maybe]
    numbers = {bisect_right(starts, start) - 1 for start, _ in places}
    return [maybe[number] for number in sorted(numbers) if number >= 0]


def _blocked(
    text: str, maybe: list[tuple[int, int]], heads: list[tuple[int, int]], words: Known
) -> list[tuple[int, int]]:
    """The longer names, of things, in which a surname is no reference to a person."""
    blocked = []
    for start, end in maybe:
        weak = bool(heads) and _inside(heads, start)
        if weak or text[start : text.find(" ", start, end)] in words.starters:
            blocked += longer_name(words_of(text[start:end], start), words, weak)
        else:
            blocked.append((start, end))
    return blocked


def _heard(
    text: str, maybe: list[tuple[int, int]], surnames: set[str], heads: list[tuple[int, int]],
    words: Known,
) -> list[Named]:  # fmt: skip
    """Names of two words whose last one speaks elsewhere: “Marit Tholen … Tholen said”.

    `surnames` are those of persons found otherwise: it is they who speak, not “Some Roe” voters.
    """
    speaking = _speaking(text, words) if maybe else set()
    if not speaking:
        return []
    heard = []
    for start, end in maybe:
        given, _, surname = text[start:end].partition(" ")
        if (
            bare(surname) in speaking
            and _may_be_surname(bare(surname), surnames, words)
            and _may_be_given(given, words)
            and not _inside(heads, start)
        ):
            one = read_name(text, words_of(text[start:end], start), words, False)
            if one is not None and one.given:
                heard.append(one)
    return heard


def _may_be_surname(word: str, surnames: set[str], words: Known) -> bool:
    if not word.isalpha() or word.isupper() or word in words.never or word in words.starters:
        return False
    return plain(word) not in words.places and not any(word in one.split() for one in surnames)


def _may_be_given(word: str, words: Known) -> bool:
    if not word.isalpha() or not word[1:].islower() or word in words.starters:
        return False
    return plain(word).rstrip("s") not in words.lasts


def _speaking(text: str, words: Known) -> set[str]:
    """Capitalised words that stand alone, as surnames do, beside a verb of saying."""
    found = set()
    for _, start, end in _sayings(words.saying).find_matches_as_indexes(text):
        if text[end : end + 1].isalnum():
            continue
        near = text[max(0, start - _NEAR) : start].rsplit(None, 2)[-2:]
        if near and near[-1][:1].isupper() and _ends_before(near[:-1], words):
            found.add(near[-1])
        behind = _NAME.match(text, end)
        if behind is not None:
            found.add(behind[1])
    return found


def _ends_before(before: list[str], words: Known) -> bool:
    """Whether no longer name ends in the next word: “White House said” has one."""
    word = before[0] if before else ""
    return not (word.isalpha() and word[:1].isupper()) and word.lower() not in words.determiners


@cache
def _sayings(verbs: frozenset[str]) -> AhoCorasick:
    return AhoCorasick([f" {verb}" for verb in sorted(verbs)], implementation=Implementation.DFA)


def _again(text: str, found: list[Named], maybe: list[tuple[int, int]]) -> dict[int, Named]:
    """What was not clearly a person by itself, and has the name of one who is: by its offset."""
    names = {text[one.start : one.end]: one for one in found}
    again = {}
    for start, end in maybe:
        name = bare(text[start:end])
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


def _surnames(
    text: str, kept: list[Named], places: list[tuple[int, int]],
    blocked: list[tuple[int, int]], silent: list[tuple[int, int]], words: Known,
) -> list[Named]:  # fmt: skip
    """The references by surname alone, with or without a title; to those that are `kept`."""
    for start, end in places:
        if not _inside(silent, start) and _alone(text, start, end, blocked):
            surname = text[start:end]
            title = title_around(text, [Word(surname, start, end)], words)
            kept.append(Named(start, end, "", surname, title, (start, end)))
    return sorted(kept, key=lambda one: one.start)


def _places(text: str, surnames: set[str]) -> list[tuple[int, int]]:
    """Where any of the surnames stands; the longest of those that begin at one place."""
    if len(surnames) > _FEW:
        automaton = AhoCorasick(sorted(surnames), matchkind=MatchKind.LeftmostLongest)
        return [(start, end) for _, start, end in automaton.find_matches_as_indexes(text)]
    found = [(at, at + len(surname)) for surname in surnames for at in _each(text, surname)]
    places: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
        if not places or start >= places[-1][1]:
            places.append((start, end))
    return places


def _each(text: str, word: str) -> Iterator[int]:
    offset = text.find(word)
    while offset >= 0:
        yield offset
        offset = text.find(word, offset + len(word))


def _alone(text: str, start: int, end: int, blocked: list[tuple[int, int]]) -> bool:
    """Whether a surname at this place stands for the person: a word, in no longer name."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if (
        before.isalnum()
        or after.isalnum()
        or before in GLUE
        or (after in GLUE and (after != "." or text[end + 1 : end + 2].isalnum()))
    ):
        return False
    if text.startswith(" & ", end):
        return False
    number = bisect_right(blocked, (start, 1 << 60)) - 1
    return number < 0 or start >= blocked[number][1]
