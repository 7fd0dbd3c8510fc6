"""Phrases in their place: what `promotion` and `residue` look for.

A phrase may fill a block, begin it or stand anywhere in it; a pattern says for itself where it
stands.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from newslint.article import LIST_ITEM, OPAQUE, SUBHEADING, TABLE_CELL, Article, Span
from newslint.kinds.contract import Options, Scope, check_patterns
from newslint.language import once
from newslint.language.sentences import article_sentences
from newslint.later import compiled_later
from newslint.literals import required
from newslint.matching import Clues, Needs, fold, prose, search
from newslint.patterns import Match, breaks_word, find, flagged, matches, whole_words

EDGE = " \t\n.,;:!?…–—-•·*|/>»›→↓▼▾+()[]{}“”\"'‘’«»©\ufffc"
"""What may stand around a phrase that fills a block or begins it."""
SHORT = 120
"""Characters of a block that may be filled or begun by a phrase."""
_MARKED = (SUBHEADING, LIST_ITEM, TABLE_CELL)
_STOP = compiled_later(
    r"[.!?:;](?=[\s”’\"')\]]|(?<=[a-zA-Z].)[A-Z][a-z]|$)|[)\]\n]|$(?!\n)| [–—|] "
)
_CLOSED = ".!?:;"
_NOT_SHOWN = " " + OPAQUE
_COUNT = "0123456789, "
"""How many shares or comments there are says nothing about the line."""


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
    reach: int = 0
    """Characters by which what a pattern finds may be drawn out to the end of its sentence."""

    def check(self) -> None:
        check_patterns((*self.patterns, *self.except_sentence), ignore_case=True)
        if any(not phrase.strip(EDGE) for phrase in (*self.fills, *self.starts, *self.phrases)):
            raise ValueError("an empty phrase stands everywhere")

    def needs(self) -> Needs:
        """What must occur for anything to be found."""
        patterns = tuple(flagged(pattern, ignore_case=True) for pattern in self.patterns)
        return Needs(
            tuple(fold(" ".join(phrase.split())) for phrase in (*self.phrases, *self.cues)),
            () if self.cues else patterns,
            anyway=bool(self.fills or self.starts),
        )


class Needed(Phrases, frozen=True):
    """The same, where nothing else is looked for."""

    def check(self) -> None:
        super().check()
        if not (self.fills or self.starts or self.phrases or self.patterns):
            raise ValueError('give "fills", "starts", "phrases" or "patterns"')


def places(options: Phrases, scope: Scope, article: Article, clues: Clues) -> Iterator[Place]:
    """Where a phrase or pattern stands in its place, in reading order, without overlaps."""
    own = len(options.phrases)
    found = [Place(hit.block, hit.start, hit.end) for hit in clues.terms if hit.term < own]
    found += [
        _place(article, index, match, options.reach)
        for pattern in clues.patterns
        for index, match in search(article, pattern, scope.kinds, boundaries=False)
    ]
    cued = {hit.block for hit in clues.terms if own <= hit.term < own + len(options.cues)}
    found += [
        _place(article, index, match, options.reach)
        for index in sorted(cued)
        for pattern in _possible(options.patterns, article.blocks[index].text)
        for match in find(pattern, article.blocks[index].text, False)
    ]
    if options.fills or options.starts:
        fills, starts = _lines(options.fills), _by_first_word(options.starts)
        found += [
            Place(line.block, 0, len(article.blocks[line.block].text))
            for line in short_lines(article)
            if line.text.lstrip(_COUNT) in fills or (line.first in starts and begins(starts, line))
        ]
    reached = (-1, 0)
    for place in sorted(found, key=lambda place: (place.block, place.start, -place.end)):
        if (place.block, place.start) < reached or not _stands(scope, article, place):
            continue
        if not in_sentence(article, place, options.except_sentence):
            reached = (place.block, place.end)
            yield place


def _place(article: Article, index: int, match: Match, reach: int) -> Place:
    """The place of the first group that took part, or of the match, without half a word at its end.

    What a pattern allows after its point may be cut by a limit of length; where the sentence ends
    within `reach` of it, the place ends there.
    """
    start, end = next((group for group in match.groups[1:] if group[0] >= 0), match.groups[0])
    text = article.blocks[index].text
    stop = (
        _STOP.search(text, end, end + reach + 1) if reach and text[end - 1] not in _CLOSED else None
    )
    if stop is not None:
        end = stop.start()
    while end > start and breaks_word(text, end):
        end -= 1
    return Place(index, start, start + len(text[start:end].rstrip()))


def _possible(patterns: tuple[str, ...], text: str) -> Iterator[str]:
    """Those of the patterns whose literal texts stand in a block: few, and slow to compile."""
    folded = fold(text)
    for pattern, clauses in _with_literals(patterns):
        if all(any(literal in folded for literal in literals) for literals in clauses):
            yield pattern


@lru_cache(maxsize=64)
def _with_literals(patterns: tuple[str, ...]) -> list[tuple[str, list[list[str]]]]:
    flagged_ = [flagged(pattern, ignore_case=True) for pattern in patterns]
    return [(p, [list(map(fold, texts)) for texts in required(p)]) for p in flagged_]


class Line(NamedTuple):
    """A short block."""

    block: int
    text: str
    """Folded, without what stands around the words."""
    first: str
    """Its first word."""


@once
def short_lines(article: Article) -> list[Line]:
    """The blocks of at most `SHORT` characters."""
    area = prose(article).copy
    lines = []
    for index, (start, block) in enumerate(zip(area.starts, article.blocks, strict=True)):
        length = len(block.text)
        if length <= SHORT:
            text = area.folded[start : start + length].strip(EDGE)
            lines.append(Line(index, text, text.partition(" ")[0]))
    return lines


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


def begins(starts: Mapping[str, tuple[str, ...]], line: Line) -> bool:
    """Whether a line begins with one of the phrases, as whole words."""
    return any(
        line.text.startswith(phrase) and whole_words(line.text, 0, len(phrase))
        for phrase in starts.get(line.first, ())
    )


def _stands(scope: Scope, article: Article, place: Place) -> bool:
    """Whether it begins in scope: a code in quotation marks may belong to it."""
    block, start, end = place
    whole = start < end and whole_words(article.blocks[block].text, start, end)
    return whole and scope.allows(article, block, start, start + 1)


def deliberate(article: Article, place: Place) -> bool:
    """Whether markup shows that a line was meant: it is a heading or an item of a list, or linked.

    In plain text nothing shows it.
    """
    block = article.blocks[place.block]
    if article.format != "text" and block.kind in _MARKED:
        return True
    return has_link(article, block.span(place.start, place.end))


def has_link(article: Article, span: Span) -> bool:
    """Whether a link begins in a range of the source, or just before it."""
    starts = _link_starts(article)
    at = bisect_left(starts, span.start - 1)
    return at < len(starts) and starts[at] < span.end


@once
def _link_starts(article: Article) -> list[int]:
    """Where the words of links begin, and their addresses."""
    return sorted(start for link in article.links for start in (link.text_span[0], link.span[0]))


def in_sentence(article: Article, place: Place, patterns: tuple[str, ...]) -> bool:
    """Whether one of the patterns, in any case, occurs in the sentence that a place begins in."""
    if not patterns:
        return False
    known = _known(article)
    sentence = sentence_at(article, place)
    key = (place.block, sentence, patterns)
    if key not in known:
        text = article.blocks[place.block].text[slice(*sentence)]
        known[key] = any(matches(pattern, text) for pattern in _possible(patterns, text))
    return known[key]


def without_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without spaces, shortcodes and images at its ends: they are part of no sentence."""
    while start < end and text[start] in _NOT_SHOWN:
        start += 1
    while start < end and text[end - 1] in _NOT_SHOWN:
        end -= 1
    return start, end


def sentence_at(article: Article, place: Place) -> tuple[int, int]:
    """The range of the sentence that a place begins in."""
    ranges = article_sentences(article)[place.block]
    number = bisect_right(ranges, (place.start, len(article.source))) - 1
    return ranges[max(number, 0)] if ranges else (0, 0)


@once
def _known(article: Article) -> dict[tuple[int, tuple[int, int], tuple[str, ...]], bool]:
    """What `in_sentence` has found so far, for a sentence may hold many hits."""
    return {}
