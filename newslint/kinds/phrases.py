"""Phrases in their place: what `promotion` and `residue` look for.

A phrase may fill a block, begin it or stand anywhere in it; a pattern says for itself where it
stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from newslint.article import Article
from newslint.kinds.contract import Options, Scope, check_patterns
from newslint.language import once
from newslint.language.sentences import article_sentences
from newslint.matching import Clues, Needs, fold, prose, search
from newslint.patterns import Match, find, flagged, matches, whole_words

EDGE = " \t\n.,;:!?…–—-•·*|/>»›→↓▼▾+()[]{}“”\"'‘’«»©\ufffc"
"""What may stand around a phrase that fills a block or begins it."""
SHORT = 120
"""Characters of a block that may be filled or begun by a phrase."""


class Place(NamedTuple):
    """`article.blocks[block].text[start:end]`: 0-based code points, end exclusive."""

    block: int
    start: int
    end: int


class Phrases(Options, frozen=True):
    """What is looked for, in any case."""

    fills: tuple[str, ...] = ()
    """A block that says nothing else; the place is the block."""
    starts: tuple[str, ...] = ()
    """A block of at most `SHORT` characters that begins so; the place is the block."""
    phrases: tuple[str, ...] = ()
    """Anywhere in a block."""
    patterns: tuple[str, ...] = ()
    """RE2; where it has a group, the place is that of the first one."""
    cues: tuple[str, ...] = ()
    """Where there are any, patterns are tried only on blocks in which one of these occurs."""
    except_sentence: tuple[str, ...] = ()
    """RE2: a sentence that one of these occurs in is passed over."""

    def check(self) -> None:
        check_patterns((*self.patterns, *self.except_sentence), ignore_case=True)
        if any(not phrase.strip(EDGE) for phrase in (*self.fills, *self.starts, *self.phrases)):
            raise ValueError("an empty phrase stands everywhere")
        if not (self.fills or self.starts or self.phrases or self.patterns):
            raise ValueError('give "fills", "starts", "phrases" or "patterns"')

    def needs(self) -> Needs:
        """What must occur for anything to be found."""
        patterns = tuple(flagged(pattern, ignore_case=True) for pattern in self.patterns)
        return Needs(
            tuple(fold(" ".join(phrase.split())) for phrase in (*self.phrases, *self.cues)),
            () if self.cues else patterns,
            anyway=bool(self.fills or self.starts),
        )


def places(options: Phrases, scope: Scope, article: Article, clues: Clues) -> Iterator[Place]:
    """Where a phrase or pattern stands in its place, in reading order, without overlaps."""
    own = len(options.phrases)
    found = [Place(hit.block, hit.start, hit.end) for hit in clues.terms if hit.term < own]
    for pattern in clues.patterns:
        for index, match in search(article, pattern, scope.kinds, boundaries=False):
            found.append(Place(index, *_group(match)))
    cued = sorted({hit.block for hit in clues.terms if hit.term >= own}) if options.cues else ()
    for index in cued:
        for match in find(_together(options.patterns), article.blocks[index].text, False):
            found.append(Place(index, *_group(match)))
    if options.fills or options.starts:
        fills, starts = _lines(options.fills), _by_first_word(options.starts)
        found += [
            Place(line.block, 0, len(article.blocks[line.block].text))
            for line in short_lines(article)
            if line.text in fills or begins(starts, line.text)
        ]
    reached = (-1, 0)
    for place in sorted(found, key=lambda place: (place.block, place.start, -place.end)):
        if (place.block, place.start) < reached or not _stands(scope, article, place):
            continue
        if not in_sentence(article, place, options.except_sentence):
            reached = (place.block, place.end)
            yield place


def _group(match: Match) -> tuple[int, int]:
    """The range of the first group that took part, or of the whole match."""
    return next((group for group in match.groups[1:] if group[0] >= 0), match.groups[0])


@lru_cache(maxsize=64)
def _together(patterns: tuple[str, ...]) -> str:
    return f"(?i:{'|'.join(patterns)})"


class Line(NamedTuple):
    """A short block."""

    block: int
    text: str
    """Folded, without what stands around the words."""


@once
def short_lines(article: Article) -> list[Line]:
    """The blocks of at most `SHORT` characters."""
    area = prose(article).copy
    return [
        Line(index, area.folded[start : start + len(block.text)].strip(EDGE))
        for index, (start, block) in enumerate(zip(area.starts, article.blocks, strict=True))
        if len(block.text) <= SHORT
    ]


@lru_cache(maxsize=64)
def _lines(phrases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(" ".join(phrase.split())).strip(EDGE) for phrase in phrases)


@lru_cache(maxsize=64)
def _by_first_word(phrases: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    return by_first_word(phrases)


def by_first_word(phrases: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Folded phrases by their first words, for `begins`."""
    found: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        folded = fold(" ".join(phrase.split())).lstrip(EDGE)
        first = folded.split(" ", 1)[0]
        found[first] = (*found.get(first, ()), folded)
    return found


def begins(starts: Mapping[str, tuple[str, ...]], text: str) -> bool:
    """Whether a folded text begins with one of the phrases, as whole words."""
    for phrase in starts.get(text.split(" ", 1)[0], ()):
        if text.startswith(phrase) and whole_words(text, 0, len(phrase)):
            return True
    return False


def _stands(scope: Scope, article: Article, place: Place) -> bool:
    text = prose(article).blocks[place.block].text
    return whole_words(text, place.start, place.end) and scope.allows(
        article, place.block, place.start, place.end
    )


def in_sentence(article: Article, place: Place, patterns: tuple[str, ...]) -> bool:
    """Whether one of the patterns, in any case, occurs in the sentence that a place begins in."""
    if not patterns:
        return False
    known = _known(article)
    sentence = sentence_at(article, place)
    key = (place.block, sentence, patterns)
    if key not in known:
        text = article.blocks[place.block].text[slice(*sentence)]
        known[key] = matches(_together(patterns), text)
    return known[key]


def sentence_at(article: Article, place: Place) -> tuple[int, int]:
    """The range of the sentence that a place begins in."""
    ranges = article_sentences(article)[place.block]
    number = bisect_right(ranges, (place.start, len(article.source))) - 1
    return ranges[max(number, 0)] if ranges else (0, 0)


@once
def _known(article: Article) -> dict[tuple[int, tuple[int, int], tuple[str, ...]], bool]:
    """What `in_sentence` has found so far, for a sentence may hold many hits."""
    return {}
