"""Check `headline`, across articles: two articles under one headline.

Two headlines that differ by one word have the first half of their words in common or the last one,
so an article's facts are those halves. Only articles that share a half are looked at, and of those
only headlines from which one word at most must be taken to make them the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from newslint.article import Article
from newslint.kinds.contract import Clash, Comparison, Fact, Voice, key_alone
from newslint.kinds.duplicate.headline import LONGEST, Headline
from newslint.kinds.duplicate.titles import (
    Apart,
    Title,
    apart,
    headline,
    same_story,
    title_of,
    words_of,
)

NEIGHBOURS = 12
"""How many of the articles that could be meant are looked at, on each side in the order of paths.

Where more articles carry one headline, each still gets its finding.
"""
SHOWN = 6
_WORD = "the other headline"


class _Entry(NamedTuple):
    voice: Voice
    fact: Fact
    title: Title


def comparison(options: Headline) -> Comparison:
    """What tells headlines of several articles that are the same."""
    routine = frozenset(words_of(text) for text in options.routine)
    by = apart(options.telling, options.opposites)
    suffix = _suffix(options.separators)
    return Comparison(
        partial(_facts, options, routine, by, suffix),
        partial(_compare, by),
        shared_keys=True,
        whole_article=True,
        near=key_alone,
        kindred=partial(_kindred, by),
    )


def _suffix(separators: Iterable[str]) -> re.Pattern[str]:
    marks = "|".join(re.escape(mark) for mark in separators)
    return re.compile(rf"\s+(?:{marks})\s+(?=(\S+(?:\s+\S+){{0,4}})\s*$)")


def _facts(
    options: Headline, routine: frozenset[tuple[str, ...]], by: Apart,
    suffix: re.Pattern[str], article: Article,
) -> Iterator[Fact]:  # fmt: skip
    top = headline(article)
    if top is None:
        return
    text = _without_outlet(top[1].text, suffix, by, options.words)
    title = title_of(article, text)
    if not options.words <= len(title.words) <= LONGEST or _bare(title, by) in routine:
        return
    span = top[1].source_span
    values = (title.shown, " ".join(title.words), " ".join(sorted(title.names)))
    for key in _halves(title.words):
        yield Fact(key, values, span)


def _bare(title: Title, by: Apart) -> tuple[str, ...]:
    return tuple(word for word in title.words if not by.tells(word))


def _without_outlet(text: str, suffix: re.Pattern[str], by: Apart, least: int) -> str:
    """The headline without the name of an outlet behind a separator."""
    match = suffix.search(text)
    if match is None or len(words_of(text[: match.start()])) < least:
        return text
    outlet = match[1].split()
    if any(by.tells(word) for word in words_of(match[1])) and "." not in match[1]:
        return text
    if all(word[:1].isupper() or len(word) <= 3 or "." in word for word in outlet):
        return text[: match.start()]
    return text


def _halves(words: Sequence[str]) -> Iterator[str]:
    """What two headlines share where one word at most is changed, added or dropped."""
    for half in sorted({len(words) // 2, (len(words) - 1) // 2}):
        yield f"{half}< {' '.join(words[:half])}"
        yield f"{half}> {' '.join(words[-half:])}"


def _compare(by: Apart, voices: Sequence[Voice]) -> Iterator[Clash]:
    partners: dict[int, dict[int, None]] = {}
    entries = [_entry(voice) for voice in voices]
    for one, other in _alike(by, voices, entries):
        partners.setdefault(one, {})[other] = None
        partners.setdefault(other, {})[one] = None
    for number, found in sorted(partners.items()):
        here = entries[number]
        nearest = sorted(found, key=lambda n: (entries[n].title.words != here.title.words, n))
        closest = entries[nearest[0]]
        problem = (
            "another article has this headline"
            if closest.title.words == here.title.words
            else f"the headline of another article differs by one word: “{closest.fact.values[0]}”"
        )
        yield Clash(
            here.voice,
            here.fact,
            {"match": here.fact.values[0], "problem": problem},
            tuple((entries[n].voice, entries[n].fact, _WORD) for n in nearest[:SHOWN]),
        )


def _kindred(by: Apart, voices: Sequence[Voice]) -> Iterator[tuple[int, int]]:
    return _alike(by, voices, [_entry(voice) for voice in voices])


def _alike(
    by: Apart, voices: Sequence[Voice], entries: Sequence[_Entry]
) -> Iterator[tuple[int, int]]:
    """Headlines that are about the same."""
    for one, other in _pairs(voices, entries):
        if same_story(entries[one].title, entries[other].title, by):
            yield one, other


def _entry(voice: Voice) -> _Entry:
    fact = voice.facts[0]
    shown, words, names = fact.values
    return _Entry(voice, fact, Title(shown, tuple(words.split()), frozenset(names.split())))


def _pairs(voices: Sequence[Voice], entries: Sequence[_Entry]) -> Iterator[tuple[int, int]]:
    """Headlines from which one word at most must be taken to make them the same."""
    halves: dict[str, list[int]] = {}
    for number, voice in enumerate(voices):
        for fact in voice.facts:
            halves.setdefault(fact.key, []).append(number)
    seen: set[tuple[int, int]] = set()
    for members in halves.values():
        if len(members) < 2:
            continue
        for pair in _candidates(members, entries):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _candidates(members: Sequence[int], entries: Sequence[_Entry]) -> Iterator[tuple[int, int]]:
    verbatim: dict[tuple[str, ...], list[int]] = {}
    for number in members:
        verbatim.setdefault(entries[number].title.words, []).append(number)
    for same in verbatim.values():
        yield from neighbours(same)
    shorter: dict[tuple[str, ...], list[int]] = {}
    for words, same in verbatim.items():
        without = {words[:at] + words[at + 1 :] for at in range(len(words))}
        for rest in (words, *without):
            shorter.setdefault(rest, []).append(same[0])
    for alike in shorter.values():
        yield from neighbours(alike)


def neighbours(members: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each of the members, ascending, with those that come next."""
    for at, one in enumerate(members):
        for other in members[at + 1 : at + 1 + NEIGHBOURS]:
            yield (one, other) if one < other else (other, one)
