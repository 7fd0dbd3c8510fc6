"""What two quoted sentences have in common, and where they differ.

Sentences of one wording are compared once; what comes of it holds for every place that has it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, combinations, islice, pairwise
from typing import NamedTuple

from newslint.kinds.contract import Clash, Fact, Informed, Voice, check_patterns
from newslint.later import compiled_later
from newslint.matching import fold

SHINGLE = 3
"""Words in a row that two sentences must share to be compared."""
CROWD = 12
"""Wordings of a bucket that are compared with each other; a phrase that more sentences share is
a turn of speech and no quotation told twice."""
MOST = 6
"""Places of one other wording that a clash names."""
WORD = compiled_later(r"[^\W_]+(?:['.,][^\W_]+)*|\[[^\[\]]{0,80}\]|…|\.{3,4}|\.(?:\s\.){2,3}")
EDIT = "…"
"""Stands for words in brackets and for an ellipsis: there the wording may differ."""


class Drift(Informed, frozen=True, tag="drift"):
    """A quotation that somebody speaks twice, in other words the second time."""

    min_words: int = 8
    """Words that both sentences must have."""
    alike: float = 0.8
    """Share of the shorter sentence that the longer one must have, in order."""
    unknown: int = 12
    """Words that both must share where it is not told by name who speaks."""
    change: int = 4
    """Words that may differ at one place; more of them are another thought."""
    apart: int = 2
    """Paragraphs that must lie between, for who repeats himself varies his words."""
    across: int = 2
    """Words that may differ in two articles: whoever says a thing again varies more of it."""
    days: int = 14
    """Days between two articles within which a quotation is taken for the same one."""
    refrain: tuple[str, ...] = ()
    """Patterns of words in the paragraph which tell that it was said more than once: repeatedly."""
    moments: tuple[str, ...] = ()
    """Patterns of a paragraph that begins another item of a running story: 6:50 p.m."""
    same: dict[str, str] = {}  # noqa: RUF012
    """Words to read as others: don't as do not."""

    def check(self) -> None:
        check_patterns((*self.refrain, *self.moments))
        if self.min_words < SHINGLE or not 0 < self.alike < 1:
            raise ValueError(f'"min-words" from {SHINGLE}, "alike" between 0 and 1')


class _Said(NamedTuple):
    """A quoted sentence: who is said to have said it, and its words, folded."""

    speaker: str
    words: tuple[str, ...]
    paragraph: int
    """Where it stands in its article; -1 for a heading or caption, which repeats what follows."""
    copy: str
    """The sentence as it stands."""


class _Place(NamedTuple):
    voice: int
    day: int
    """Of publication, counted; 0 where the article has no date."""
    fact: Fact
    said: _Said


def compare(options: Drift, voices: Sequence[Voice], within: bool = False) -> Iterator[Clash]:
    """Clashes of different articles, or those `within` one."""
    places = [place for number, voice in enumerate(voices) for place in _places(number, voice)]
    pairs = _pairs(voices, places)
    changes = _within(options, places, pairs) if within else _across(options, places, pairs)
    others: dict[int, dict[int, tuple[str, str]]] = {}
    for own, other, changed in changes:
        others.setdefault(own, {})[other] = changed
    for number in sorted(others):
        yield _clash(voices, places, number, others[number])


_Change = tuple[int, int, tuple[str, str]]
"""A place, another one, and the words in which they differ."""


def _within(
    options: Drift, places: list[_Place], pairs: Iterator[tuple[int, int]]
) -> Iterator[_Change]:
    for one, two in pairs:
        if not _near(options, places[one], places[two]):
            changed = _changed(options, places[one].said, places[two].said, None)
            if changed:
                yield one, two, changed
                yield two, one, changed[::-1]


def _across(
    options: Drift, places: list[_Place], pairs: Iterator[tuple[int, int]]
) -> Iterator[_Change]:
    same: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for number in sorted(range(len(places)), key=lambda number: (places[number].day, number)):
        same.setdefault(_wording(places[number]), []).append(number)
    for one, two in pairs:
        first, second = same[_wording(places[one])], same[_wording(places[two])]
        found = [(own, n) for own in first for n in _in_time(options, places, own, second)]
        back = [(own, n) for own in second for n in _in_time(options, places, own, first)]
        if found or back:
            changed = _changed(options, places[one].said, places[two].said, options.across)
            if changed:
                yield from ((own, other, changed) for own, other in found)
                yield from ((own, other, changed[::-1]) for own, other in back)


def _in_time(options: Drift, places: list[_Place], own: int, same: list[int]) -> list[int]:
    """Those in other articles that no more than `days` lie between, the first few; by day."""

    def since(day: int) -> int:
        return bisect_left(same, day, key=lambda number: places[number].day)

    voice, day = places[own].voice, places[own].day
    dated = since(1)
    near = range(max(dated, since(day - options.days)), since(day + options.days + 1))
    looked = chain(range(dated), near) if day else range(len(same))
    found = (same[at] for at in looked if places[same[at]].voice != voice)
    return list(islice(found, MOST))


def _wording(place: _Place) -> tuple[str, tuple[str, ...]]:
    return place.said.speaker, place.said.words


def _pairs(voices: Sequence[Voice], places: list[_Place]) -> Iterator[tuple[int, int]]:
    """Wordings that share two keys, each pair once: one shared run of words is seldom more."""
    met: dict[tuple[int, int], int] = {}
    for bucket in _buckets(voices, places):
        for pair in combinations(bucket, 2):
            met[pair] = met.get(pair, 0) + 1
            if met[pair] == 2:
                yield pair


def _clash(
    voices: Sequence[Voice], places: list[_Place], number: int,
    others: Mapping[int, tuple[str, str]],
) -> Clash:  # fmt: skip
    own = places[number]
    ours, theirs = others[min(others)]
    values = {"match": ours, "other": theirs, "speaker": own.said.speaker}
    related = tuple(
        (voices[places[n].voice], places[n].fact, "in other words here") for n in sorted(others)
    )
    return Clash(voices[own.voice], own.fact, values, related)


def _places(number: int, voice: Voice) -> Iterator[_Place]:
    day = date.fromisoformat(voice.published).toordinal() if voice.published else 0
    for fact in voice.facts:
        if fact.values:
            speaker, words, paragraph, copy = fact.values[:4]
            said = _Said(speaker, tuple(words.split()), int(paragraph), copy)
            yield _Place(number, day, fact, said)


def _buckets(voices: Sequence[Voice], places: list[_Place]) -> Iterator[list[int]]:
    """The first places of wordings that share a key."""
    at = {(place.voice, place.fact.span): number for number, place in enumerate(places)}
    keyed: dict[str, list[int]] = {}
    for number, voice in enumerate(voices):
        for fact in voice.facts:
            keyed.setdefault(fact.key, []).append(at[number, fact.span])
    for bucket in keyed.values():
        if len(bucket) > 1:
            wordings = {_wording(places[number]): number for number in reversed(bucket)}
            if 1 < len(wordings) <= CROWD:
                yield sorted(wordings.values())


def _near(options: Drift, one: _Place, two: _Place) -> bool:
    """Whether two places of one article stand closer than `apart` paragraphs."""
    first, second = one.said.paragraph, two.said.paragraph
    return min(first, second) >= 0 and second - first <= options.apart


def _changed(
    options: Drift, ours: _Said, theirs: _Said, most: int | None
) -> tuple[str, str] | None:
    """Where the two first differ, in the words of each, or None: the same, or another thing."""
    if ours.speaker and theirs.speaker and ours.speaker != theirs.speaker:
        return None
    from difflib import SequenceMatcher  # slow to import, and seldom needed

    one, two = ours.words, theirs.words
    runs = [run for run in SequenceMatcher(None, one, two, False).get_matching_blocks() if run.size]
    shared = sum(run.size for run in runs)
    if shared < options.alike * min(len(one), len(two)):
        return None
    if shared < options.unknown and not (ours.speaker and theirs.speaker):
        return None
    found, differing = None, 0
    for before, after in pairwise(runs):
        left, right = before.a + before.size, before.b + before.size
        mine, yours = one[left : after.a], two[right : after.b]
        if EDIT in mine or EDIT in yours:
            continue
        if len(mine) > options.change or len(yours) > options.change:
            return None
        differing += max(len(mine), len(yours))
        found = found or ((left - 1, after.a + 1), (right - 1, after.b + 1))
    if not found or (most is not None and differing > most):
        return None
    return _shown(options, ours, *found[0]), _shown(options, theirs, *found[1])


def _shown(options: Drift, said: _Said, first: int, end: int) -> str:
    """Words as they stand in the copy."""
    at: list[tuple[int, int]] = []
    for match in WORD.finditer(fold(said.copy)):
        at += [match.span()] * len(options.same.get(match[0], "-").split())
    return said.copy[at[first][0] : at[end - 1][1]] if end <= len(at) else said.copy
