"""Check `passage`: one fact told again and again, and a clause that stands in the copy twice.

Words that make a fact (figures, negations, superlatives) are first counted with their neighbours,
over the plain words of the article: few articles have some often enough to be read closely.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick, Implementation

from newslint.article import Article
from newslint.kinds.contract import Hit, Options, Scope, check_patterns
from newslint.kinds.duplicate.clauses import clauses, once_each
from newslint.kinds.duplicate.layout import within
from newslint.kinds.duplicate.phrases import Facts, Phrase, Place, phrases
from newslint.kinds.duplicate.words import plain, plain_copy
from newslint.later import compiled_later
from newslint.matching import Clues

_REACH = 60
"""Bytes before and after a word in which its neighbours are."""
_YEAR = compiled_later(rb"(?:1[5-9]|20)\d\d")


class Passage(Options, frozen=True, tag="passage", kw_only=True):
    """One fact told again and again, and a clause that stands in the copy twice."""

    numbers: tuple[str, ...]
    """Words that count, in letters."""
    negations: tuple[str, ...]
    """Words that deny."""
    superlatives: tuple[str, ...] = ()
    """Words that single out."""
    empty: tuple[str, ...] = ()
    """Words that tell nothing: a phrase has one of the above and a word that is none of these."""
    definite: tuple[str, ...] = ()
    """Words before a figure that go back to it and do not tell it again: “the 1,200 beds”."""
    summaries: tuple[str, ...] = ()
    """What a line says, and nothing else, above a summary of the article."""
    parts: tuple[str, ...] = ()
    """RE2: lines that part the items of a live file, each of which stands for itself."""
    except_phrases: tuple[str, ...] = ()
    """Turns that may be repeated; a phrase that holds one is passed over."""
    times: int = 3
    """Paragraphs or list items in which a phrase must stand."""
    words: int = 8
    """Words from which on a clause may not stand in the copy twice."""
    most: int = 3
    """Findings for one article; the last one says when there is more."""

    def check(self) -> None:
        if self.times < 2 or self.words < 4 or self.most < 1:
            raise ValueError('"times" is at least 2, "words" at least 4, "most" at least 1')
        check_patterns(self.parts, ignore_case=True)


class Marks(NamedTuple):
    """What the first, cheap look goes by: words in `plain` form."""

    words: frozenset[bytes]
    negations: frozenset[bytes]
    empty: frozenset[bytes]
    sought: BytesAhoCorasick
    facts: Facts


def marks(options: Passage) -> Marks:
    """What the first look goes by, from a rule's options."""
    facts = Facts(
        numbers=frozenset(options.numbers),
        negations=frozenset(options.negations),
        superlatives=frozenset(options.superlatives),
        empty=frozenset(options.empty),
        definite=frozenset(options.definite),
        spared=tuple(f" {text} " for text in options.except_phrases),
    )
    negations = _plain(options.negations)
    words = negations | _plain((*options.numbers, *options.superlatives))
    sought = [b" %b " % word for word in sorted(words)] + [b" %d" % digit for digit in range(10)]
    automaton = BytesAhoCorasick(sought, implementation=Implementation.DFA)
    return Marks(words, negations, _plain(options.empty), automaton, facts)


def _plain(words: Iterable[str]) -> frozenset[bytes]:
    return frozenset(part for word in words for part in plain(word).split())


def find(options: Passage, scope: Scope, by: Marks, article: Article, _: Clues) -> Iterator[Hit]:
    """The passages of the article that are told again."""
    told: list[Phrase] = list(clauses(article, scope, options.words))
    often = _often_told(plain_copy(article), by, options.times)
    if often:
        told += phrases(article, scope, by.facts, options.times, often)
    if not told:
        return
    told = within(article, told, options.summaries, options.parts, options.times)
    found = _apart(once_each(told))
    for number, phrase in enumerate(found[: options.most], 1):
        last = number == options.most
        yield _hit(article, phrase, len(found) - number if last else 0)


def _often_told(copy: bytes, by: Marks, times: int) -> list[bytes]:
    """Phrases around a word that makes a fact that stand in the copy often enough."""
    hits = by.sought.find_matches_as_indexes(copy, overlapping=True)
    counts = Counter([word for word, _, _ in hits])
    spots = [start + 1 for word, start, _ in hits if counts[word] >= times]
    near = [_around(copy, at) for at in _beside_one_word(copy, spots, times)]
    if not near:
        return []
    pairs = [
        words[3:5] if words[4] not in by.words else words[3:6]
        for words in near
        if words[3] in by.negations or words[3].isdigit()
    ]
    found = _often(pairs, times)
    for first in range(4):
        found += _often([words[first : first + 4] for words in near], times)
    return [b" %b " % b" ".join(phrase).strip() for phrase in found if _tells(phrase, by)]


def _beside_one_word(copy: bytes, spots: Sequence[int], times: int) -> list[int]:
    """The places whose word stands so often with one and the same word before or behind it."""
    pairs = []
    for at in spots:
        end, reach = copy.index(b" ", at), at + _REACH
        before = copy[max(copy.rfind(b" ", 0, at - 1), at - _REACH, 0) : min(end, reach)]
        following = copy.find(b" ", end + 1)
        pairs.append((before, copy[at : min(following, reach) if following > 0 else end]))
    befores, behinds = Counter([pair[0] for pair in pairs]), Counter([pair[1] for pair in pairs])
    return [
        at
        for at, (before, behind) in zip(spots, pairs, strict=True)
        if befores[before] >= times or behinds[behind] >= times
    ]


def _around(copy: bytes, at: int) -> tuple[bytes, ...]:
    """Three words, the word at that place, and three words."""
    before = copy[max(0, at - _REACH) : at].split()[-3:]
    after = copy[at : at + _REACH].split()[:4]
    return (*[b""] * (3 - len(before)), *before, *after, *[b""] * (4 - len(after)))


def _often(phrases: Iterable[tuple[bytes, ...]], times: int) -> list[tuple[bytes, ...]]:
    counts = Counter(phrases)
    return [phrase for phrase, count in counts.items() if count >= times]


def _tells(phrase: tuple[bytes, ...], by: Marks) -> bool:
    """Whether a word of the phrase makes a fact, and another one tells what it is about."""
    marks = [word for word in phrase if word in by.words or word[:1].isdigit()]
    return not all(map(_YEAR.fullmatch, marks)) and any(
        word.isalpha() and len(word) > 2 and word not in by.words and word not in by.empty
        for word in phrase
    )


def _apart(told: Iterable[Phrase]) -> list[Phrase]:
    """Without those that overlap one that is told more often, or longer; in reading order."""
    kept: list[Phrase] = []
    taken: dict[int, list[tuple[int, int]]] = {}
    for phrase in sorted(told, key=lambda phrase: phrase.rank):
        if any(_overlaps(place, taken.get(place.block, ())) for place in phrase.places):
            continue
        kept.append(phrase)
        for place in phrase.places:
            insort(taken.setdefault(place.block, []), (place.start, place.end))
    return sorted(kept, key=lambda phrase: phrase.shown)


def _overlaps(place: Place, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether the place overlaps one of those, which are sorted and disjoint."""
    before = bisect_left(taken, (place.end, 0)) - 1
    return before >= 0 and taken[before][1] > place.start


def _hit(article: Article, phrase: Phrase, more: int) -> Hit:
    shown = phrase.shown
    related = tuple(
        (article.blocks[place.block].span(place.start, place.end), "told here as well")
        for place in phrase.places
        if place != shown
    )
    block = article.blocks[shown.block]
    values = {
        "match": block.text[shown.start : shown.end],
        "count": str(len(phrase.places)),
        "more": f", and {more} more like it" if more else "",
    }
    return Hit(block.span(shown.start, shown.end), values, (), related)
