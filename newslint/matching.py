"""One look at an article that says which rules can fire at all.

Words and phrases are found by an Aho-Corasick automaton in a single pass; patterns by a single
RE2 set. A rule whose words and patterns are absent is not run. A prefilter that cannot answer
never silences a rule: then all rules run.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import re2
from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from newslint.article import Article, Block, Origin
from newslint.language import once

SET_MEMORY = 256 << 20
"""Bytes that RE2 may use for the automaton of all patterns together."""

LINK_TEXT = "link-text"
LINK_URL = "link-url"

_FOLD = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " "})


def fold(text: str) -> str:
    """Lower case and plain apostrophes and spaces, with every character keeping its offset."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    return lower if lower.isascii() else lower.translate(_FOLD)


class Prose(Struct, frozen=True):
    """All blocks of an article, links included, and their texts joined by line breaks."""

    blocks: tuple[Block, ...]
    """The article's blocks in their order, then link texts and link addresses."""
    starts: tuple[int, ...]
    """Where each block begins in the joined text."""
    joined: str
    folded: str

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
    return Prose(blocks, tuple(starts), joined, fold(joined))


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
        self._owners: dict[str, list[tuple[int, int]]] = {}
        self._patterns: dict[str, list[int]] = {}
        for rule, need in enumerate(needs):
            for number, term in enumerate(need.terms):
                self._owners.setdefault(term, []).append((rule, number))
            for pattern in need.patterns:
                self._patterns.setdefault(pattern, []).append(rule)
        self._terms = tuple(self._owners.values())
        self._pattern_owners = tuple(self._patterns.values())
        self._automaton = AhoCorasick(list(self._owners)) if self._owners else None
        self._set = _search_set(self._patterns)

    def scan(self, article: Article) -> Scan:
        """Look at the article once."""
        text = prose(article)
        terms = self._find_terms(text.folded)
        candidates = {*self._always, *terms, *self._find_patterns(text.joined)}
        return Scan(tuple(sorted(candidates)), terms)

    def _find_terms(self, folded: str) -> dict[int, list[TermHit]]:
        hits: dict[int, list[TermHit]] = {}
        if self._automaton is None:
            return hits
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            for rule, number in self._terms[index]:
                hits.setdefault(rule, []).append(TermHit(number, start, end))
        return hits

    def _find_patterns(self, joined: str) -> Iterable[int]:
        if not self._pattern_owners:
            return ()
        found = None if self._set is None else self._set.Match(joined.encode())
        if found is None:  # out of memory, or the set could not be built: every rule runs
            return (rule for owners in self._pattern_owners for rule in owners)
        last = len(self._pattern_owners)
        return (rule for i in found if i != last for rule in self._pattern_owners[i])


def _search_set(patterns: Iterable[str]) -> re2.Set | None:
    """An RE2 set of the patterns and, last, the empty one, which always matches.

    Without it "nothing found" and "out of memory" would be the same answer, None.
    """
    options = re2.Options()
    options.max_mem = SET_MEMORY
    options.log_errors = False
    found = re2.Set.SearchSet(options)
    try:
        for pattern in (*patterns, ""):
            found.Add(f"(?m:{pattern})")
        found.Compile()
    except re2.error:
        return None
    return found
