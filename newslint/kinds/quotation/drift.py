"""Kind `quotation`, check `drift`: one quotation, printed twice in different words.

Quotations are taken sentence by sentence. Sentences that have three words in a row in common meet
in a bucket; only those are compared, so that thousands of articles take no longer than their sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from itertools import combinations, pairwise
from typing import NamedTuple

from msgspec import Struct

from newslint.article import BLOCK_QUOTE, LIST_ITEM, PARAGRAPH, Article
from newslint.kinds.attribution.words import anywhere, following, stands
from newslint.kinds.contract import (
    Clash,
    Comparison,
    Fact,
    Finder,
    Hit,
    Informed,
    Scope,
    Voice,
    check_patterns,
)
from newslint.language import once_for
from newslint.language.attributions import NAMED, Source, asked
from newslint.language.lexicon import Lexicons
from newslint.language.quotations import quotations
from newslint.matching import Clues, Needs, fold
from newslint.reference import Reference

SHINGLE = 3
"""Words in a row that two sentences must share to be compared."""
KEYS = 6
"""Shingles of a sentence by which it is found."""
CROWD = 12
"""Wordings of a bucket that are compared with each other; a phrase that more sentences share is
a turn of speech and no quotation told twice."""
_STOP = re.compile(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]*[A-Z])")
_WORD = re.compile(r"[^\W_]+(?:['.,][^\W_]+)*|\[[^\[\]]{0,80}\]|…|\.{3,4}|\.(?:\s\.){2,3}")
_NAME = re.compile(r"[A-Z][\w.'’-]+(?: (?:[A-Z]|d[aeiu]|v[ao]n|al|bin)[\w.'’-]*)*")
_RUNNING = (PARAGRAPH, LIST_ITEM, BLOCK_QUOTE)
_SHORT = 40  # Code points of a paragraph that may be no more than a time of day.
_EDIT = "…"
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


class _Rule(Struct, frozen=True, eq=False):
    """What the rule asks of every article."""

    options: Drift
    scope: Scope
    lexicons: Lexicons
    refrain: str
    moments: str


class _Sentence(NamedTuple):
    """A quoted sentence, and where it stands."""

    quotation: int
    block: int
    start: int
    end: int
    words: tuple[str, ...]


def drift(options: Drift, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    rule = _Rule(
        options, scope, reference.lexicons_with(options.lexicons),
        anywhere(options.refrain, "i"), following(tuple(f"(?:{one})$" for one in options.moments)),
    )  # fmt: skip
    comparison = Comparison(partial(_facts, rule), partial(_compare, options))
    return Finder(partial(_find, rule), Needs(), comparison)


@once_for
def _sentences(article: Article, rule: _Rule) -> list[_Sentence]:
    """The quoted sentences that are long enough."""
    least, same = rule.options.min_words, rule.options.same
    found = []
    for number, quotation in enumerate(quotations(article).joined):
        for part in quotation.parts:
            block = article.blocks[part.block]
            begin, stop = part.inner
            if block.kind not in rule.scope.kinds or block.text.count(" ", begin, stop) + 1 < least:
                continue
            ends = [match.end() for match in _STOP.finditer(block.text, begin, stop)]
            for start, end in pairwise((begin, *ends, stop)):
                words = _words(same, block.text[start:end])
                if len(words) >= least:
                    end -= end - start - len(block.text[start:end].rstrip())
                    found.append(_Sentence(number, part.block, start, end, words))
    return found


def _words(same: Mapping[str, str], text: str) -> tuple[str, ...]:
    words = _WORD.findall(fold(text))
    if "[" in text or "…" in text or ".." in text or ". ." in text:
        words = [word if word[0].isalnum() else _EDIT for word in words]
    if not same.keys().isdisjoint(words):
        words = " ".join([same.get(word, word) for word in words]).split()
    return tuple(words)


@lru_cache(maxsize=64)
def _keys(words: tuple[str, ...]) -> list[str]:
    """The longest of all words in a row: rare ones, and in every article the same."""
    shingles = {f"{a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)}
    return sorted(sorted(shingles), key=len, reverse=True)[:KEYS]


def _facts(rule: _Rule, article: Article) -> Iterator[Fact]:
    """A fact for each key of each quoted sentence; the first one says who, what and where."""
    found = _sentences(article, rule)
    if not found:
        return
    told = asked(article, rule.lexicons)
    for sentence in found:
        block = article.blocks[sentence.block]
        where = sentence.block if block.kind in _RUNNING else -1
        speaker = _speaker(article, told.source(sentence.quotation))
        if stands(rule.refrain, block.text):
            continue
        copy = block.text[sentence.start : sentence.end]
        values: tuple[str, ...] = (speaker, " ".join(sentence.words), str(where), copy)
        span = block.span(sentence.start, sentence.end)
        for key in _keys(sentence.words):
            yield Fact(key, values, span)
            values = ()


def _speaker(article: Article, source: Source | None) -> str:
    """The surname of whoever speaks, or nothing where that is not told by name."""
    if source is None or source.sort != NAMED:
        return ""
    name = _NAME.search(source.place.text(article))
    return fold(name[0]).split()[-1].removesuffix("'s") if name else ""


def _may_drift(found: list[_Sentence]) -> bool:
    """A cheap look: whether two sentences of one article have enough in common."""
    keyed: dict[str, list[int]] = {}
    met: set[tuple[int, int]] = set()
    for number, sentence in enumerate(found):
        for key in _keys(sentence.words):
            others = keyed.setdefault(key, [])
            for other in others:
                if found[other].words != sentence.words:
                    if (other, number) in met:
                        return True
                    met.add((other, number))
            if len(others) < CROWD:
                others.append(number)
    return False


def _find(rule: _Rule, article: Article, _: Clues) -> Iterator[Hit]:
    found = _sentences(article, rule)
    if len(found) < 2 or not _may_drift(found):
        return
    seen = set()
    voice = Voice("", "", tuple(_facts(rule, article)))
    for clash in _compare(rule.options, [voice], within=True):
        earlier = [
            fact for _, fact, _ in clash.related
            if fact.span < clash.fact.span and not _moved_on(rule, article, fact, clash.fact)
        ]  # fmt: skip
        if earlier and clash.fact.span not in seen:
            seen.add(clash.fact.span)
            related = tuple((fact.span, "in other words here") for fact in earlier)
            yield Hit(clash.fact.span, dict(clash.values), related=related)


def _moved_on(rule: _Rule, article: Article, earlier: Fact, later: Fact) -> bool:
    """Whether another item of a running story begins between two places of an article."""
    first, last = (int(fact.values[2]) for fact in (earlier, later))
    between = article.blocks[first:last] if first >= 0 else ()
    return any(stands(rule.moments, block.text) for block in between if len(block.text) < _SHORT)


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
    fact: Fact
    said: _Said


def _compare(options: Drift, voices: Sequence[Voice], within: bool = False) -> Iterator[Clash]:
    """Clashes of different articles, or those `within` one."""
    places = [place for number, voice in enumerate(voices) for place in _places(number, voice)]
    others: dict[int, dict[int, tuple[str, str]]] = {}
    most = None if within else options.across
    for first, second in _pairs(options, voices, places, within):
        changed = _changed(options, places[first].said, places[second].said, most)
        if changed:
            others.setdefault(first, {})[second] = changed
            others.setdefault(second, {})[first] = changed[::-1]
    for number in sorted(others):
        yield _clash(voices, places, number, others[number])


def _pairs(
    options: Drift, voices: Sequence[Voice], places: list[_Place], within: bool
) -> Iterator[tuple[int, int]]:
    """Places that share two keys, each pair once: one shared run of words is seldom more."""
    met: dict[tuple[int, int], int] = {}
    for bucket in _buckets(voices, places):
        for pair in combinations(bucket, 2):
            met[pair] = met.get(pair, 0) + 1
            one, two = places[pair[0]], places[pair[1]]
            if met[pair] != 2 or (one.voice == two.voice) != within:
                continue
            if not (_near(options, one, two) if within else _apart(options, voices, one, two)):
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
    for fact in voice.facts:
        if fact.values:
            speaker, words, paragraph, copy = fact.values
            said = _Said(speaker, tuple(words.split()), int(paragraph), copy)
            yield _Place(number, fact, said)


def _buckets(voices: Sequence[Voice], places: list[_Place]) -> Iterator[list[int]]:
    """Numbers of places that share a key, one for each wording."""
    at = {(place.voice, place.fact.span): number for number, place in enumerate(places)}
    keyed: dict[str, list[int]] = {}
    for number, voice in enumerate(voices):
        for fact in voice.facts:
            keyed.setdefault(fact.key, []).append(at[number, fact.span])
    for bucket in keyed.values():
        if len(bucket) > 1:
            wordings = {places[number].said[:2]: number for number in reversed(bucket)}
            if 1 < len(wordings) <= CROWD:
                yield sorted(wordings.values())


def _near(options: Drift, one: _Place, two: _Place) -> bool:
    """Whether two places of one article stand closer than `apart` paragraphs."""
    first, second = one.said.paragraph, two.said.paragraph
    return min(first, second) >= 0 and second - first <= options.apart


def _apart(options: Drift, voices: Sequence[Voice], one: _Place, two: _Place) -> bool:
    """Whether more than `days` lie between two articles."""
    first, second = voices[one.voice].published, voices[two.voice].published
    if not (first and second):
        return False
    return abs((date.fromisoformat(first) - date.fromisoformat(second)).days) > options.days


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
        if _EDIT in mine or _EDIT in yours:
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
    for match in _WORD.finditer(fold(said.copy)):
        at += [match.span()] * len(options.same.get(match[0], "-").split())
    return said.copy[at[first][0] : at[end - 1][1]] if end <= len(at) else said.copy
