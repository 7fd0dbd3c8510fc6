"""One look at an article that says which rules can fire at all.

Words and phrases are found by an Aho-Corasick automaton in a single pass; patterns by RE2's
filter, which tries only those whose literals occur. A rule whose words and patterns are absent is
not run. A prefilter that cannot answer never silences a rule: then all rules run.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import re2
from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from newslint.article import BLOCK_KINDS, Article, Block, Origin
from newslint.language import once
from newslint.patterns import Match, find

FILTER_MEMORY = 64 << 20
"""Bytes that RE2 may use for the automata of one rule's patterns."""

_SENTINEL = "\x02newslint\x03"
"""Appended to every text: a filter that does not find it has not looked, for want of memory."""

FEW = 4
"""Blocks; so few are searched one by one."""

LINK_TEXT = "link-text"
LINK_URL = "link-url"

_FOLD = (("’", "'"), ("‘", "'"), ("ʼ", "'"), ("\u00a0", " "), ("\u202f", " "))


def fold(text: str) -> str:
    """Lower case and plain apostrophes and spaces, with every character keeping its offset."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    if not lower.isascii():
        for variant, plain in _FOLD:  # five times as fast as str.translate
            lower = lower.replace(variant, plain)
    return lower


class Prose(Struct, frozen=True):
    """All blocks of an article, links included, and their texts joined by line breaks."""

    blocks: tuple[Block, ...]
    """The article's blocks in their order, then link texts and link addresses."""
    starts: tuple[int, ...]
    """Where each block begins in the joined text."""
    joined: str
    folded: str
    encoded: bytes
    """`joined` in UTF-8."""
    by_kind: dict[str, list[int]]
    """The indices of the blocks of each kind."""

    def place(self, offset: int) -> tuple[int, int]:
        """The index of the block at an offset of the joined text, and the block's start."""
        index = bisect_right(self.starts, offset) - 1
        return index, self.starts[index]


@once
def prose(article: Article) -> Prose:
    """What rules look at, joined for one search over all of it."""
    blocks = article.blocks + tuple(_links(article))
    starts, offset = [], 0
    for block in blocks:
        starts.append(offset)
        offset += len(block.text) + 1
    joined = "\n".join([block.text for block in blocks])
    encoded = joined.encode("utf-8", "replace")
    by_kind: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        by_kind.setdefault(block.kind, []).append(index)
    return Prose(blocks, tuple(starts), joined, fold(joined), encoded, by_kind)


def _links(article: Article) -> Iterator[Block]:
    for link in article.links:
        for kind, text, span in (
            (LINK_TEXT, link.text, link.text_span),
            (LINK_URL, link.url, link.span),
        ):
            yield Block(kind, text, Origin((0, len(text)), (span.start,), (span.end,)))


class Needs(Struct, frozen=True):
    """What must occur in an article for a rule to have anything to say.

    `terms` are folded words and phrases, `patterns` RE2 patterns with their flags in them. A rule
    that needs neither always runs.
    """

    terms: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    @property
    def always(self) -> bool:
        """True where the rule must be run on every article."""
        return not (self.terms or self.patterns)


class TermHit(NamedTuple):
    """A word or phrase of a rule: its number in `Needs.terms` and its place in `Prose.joined`."""

    term: int
    start: int
    end: int


class Scan(Struct, frozen=True):
    """Which rules can fire in one article, and where their words and phrases stand."""

    candidates: tuple[int, ...]
    """Indices of the rules to run, ascending."""
    terms: dict[int, list[TermHit]]
    """By rule."""


class Prefilter:
    """Built once for a set of rules, asked once for each article."""

    def __init__(self, needs: Sequence[Needs]) -> None:
        self._always = [rule for rule, need in enumerate(needs) if need.always]
        self._patterned = [rule for rule, need in enumerate(needs) if need.patterns]
        owners: dict[str, list[tuple[int, int]]] = {}
        for rule, need in enumerate(needs):
            for number, term in enumerate(need.terms):
                owners.setdefault(term, []).append((rule, number))
        self._owners = tuple(owners.values())
        self._automaton = AhoCorasick(list(owners)) if owners else None
        self._filter = _filter(needs[rule].patterns for rule in self._patterned)

    def scan(self, article: Article) -> Scan:
        """Look at the article once."""
        text = prose(article)
        terms = self._find_terms(text.folded)
        candidates = {*self._always, *terms, *self._find_patterns(text.encoded)}
        return Scan(tuple(sorted(candidates)), terms)

    def _find_terms(self, folded: str) -> dict[int, list[TermHit]]:
        hits: dict[int, list[TermHit]] = {}
        if self._automaton is None:
            return hits
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            for rule, number in self._owners[index]:
                hits.setdefault(rule, []).append(TermHit(number, start, end))
        return hits

    def _find_patterns(self, encoded: bytes) -> Iterable[int]:
        if not self._patterned:
            return ()
        found = self._filter.Match(encoded + b"\n" + _SENTINEL.encode()) if self._filter else None
        sentinel = len(self._patterned)
        if not found or sentinel not in found:  # it could not be built, or ran out of memory
            return self._patterned
        return (self._patterned[i] for i in found if i != sentinel)


def _filter(patterns: Iterable[tuple[str, ...]]) -> re2.Filter | None:
    """A filter with one entry for each rule's patterns and, last, the sentinel."""
    options = re2.Options()
    options.max_mem = FILTER_MEMORY
    options.log_errors = False
    found = re2.Filter()
    try:
        for alternatives in patterns:
            found.Add(one_of(alternatives), options)
        found.Add(_SENTINEL, options)
        found.Compile()
    except re2.error:
        return None
    return found


def search(
    article: Article, pattern: str, kinds: Iterable[str], boundaries: bool = True
) -> Iterator[tuple[int, Match]]:
    """All hits in blocks of these kinds, as (index in `Prose.blocks`, match in that block).

    Many blocks are searched as one text; should a hit run over the end of a block, which `\\s` and
    negated classes allow, and where there are few, they are searched one by one.
    """
    text = prose(article)
    wanted = sorted(index for kind in kinds for index in text.by_kind.get(kind, ()))
    if len(wanted) > FEW:
        hits = list(find(one_of((pattern,)), text.joined, boundaries, text.encoded))
        if not any("\n" in text.joined[hit.start : hit.end] for hit in hits):
            inside = set(wanted)
            for hit in hits:
                index, base = text.place(hit.start)
                if index in inside:
                    yield index, hit.moved(-base)
            return
    for index in wanted:
        for match in find(pattern, text.blocks[index].text, boundaries):
            yield index, match


def one_of(patterns: Iterable[str]) -> str:
    """The patterns as alternatives, with `^` and `$` at the ends of lines."""
    return f"(?m:{'|'.join(patterns)})"


def occurs(article: Article, pattern: str) -> bool:
    """Whether a pattern occurs in any of the article's blocks (links left out)."""
    return next(search(article, pattern, BLOCK_KINDS), None) is not None
