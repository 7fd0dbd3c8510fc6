"""One look at an article that says which rules can fire at all.

An Aho-Corasick automaton finds, in a single pass, the words and phrases of all rules and the
literal texts that their patterns require. What is absent is not looked for, and a rule of which
all is absent is not run. A pattern without a literal is always tried, and should the automaton
fail, all rules run: nothing is silenced by the prefilter.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from newslint.article import BLOCK_KINDS, Article, Block, Origin
from newslint.language import once
from newslint.literals import required
from newslint.patterns import Match, find

FEW = 4
"""Blocks; so few are searched one by one."""

LINK_TEXT = "link-text"
LINK_URL = "link-url"

_FOLD = (
    ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("\u00a0", " "), ("\u202f", " "), ("ſ", "s"), ("ς", "σ"),
)  # fmt: skip


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


class Clues(Struct, frozen=True):
    """What the prefilter found of one rule in one article."""

    terms: tuple[TermHit, ...] = ()
    """Where its terms stand."""
    patterns: tuple[str, ...] = ()
    """Those of its patterns that can match."""


class Prefilter:
    """Built once for a set of rules, asked once for each article."""

    def __init__(self, needs: Sequence[Needs]) -> None:
        self._needs = tuple(needs)
        self._always = frozenset(rule for rule, need in enumerate(needs) if need.always)
        self._unfiltered: dict[int, list[int]] = {}
        terms, exact, folded = _Index(), _Index(), _Index()
        for rule, need in enumerate(needs):
            for number, term in enumerate(need.terms):
                terms.add(term, rule, number)
            for number, pattern in enumerate(need.patterns):
                texts = required(pattern)
                if not texts or any(map(_everywhere, texts)):
                    self._unfiltered.setdefault(rule, []).append(number)
                    continue
                for text in texts:
                    if "(?i" in pattern:
                        folded.add(fold(text), rule, number)
                    else:
                        exact.add(text, rule, number)
        self._terms, self._exact, self._folded = terms, exact, folded

    def scan(self, article: Article) -> dict[int, Clues]:
        """The rules that can fire in the article, ascending, and what was found of each."""
        text = prose(article)
        terms: dict[int, list[TermHit]] = {}
        patterns = {rule: set(numbers) for rule, numbers in self._unfiltered.items()}
        try:
            for rule, number, start, end in self._terms.find(text.folded):
                terms.setdefault(rule, []).append(TermHit(number, start, end))
            for index, where in ((self._exact, text.joined), (self._folded, text.folded)):
                for rule, number in index.present(where):
                    patterns.setdefault(rule, set()).add(number)
        except Exception:  # whatever ails the automata, no rule may be silenced by it
            return {rule: _all_of(article, need) for rule, need in enumerate(self._needs)}
        rules = sorted({*self._always, *terms, *patterns})
        return {rule: self._clues(rule, terms, patterns) for rule in rules}

    def _clues(
        self, rule: int, terms: dict[int, list[TermHit]], patterns: dict[int, set[int]]
    ) -> Clues:
        numbers = sorted(patterns.get(rule, ()))
        hits = tuple(terms.get(rule, ()))
        return Clues(hits, tuple(self._needs[rule].patterns[n] for n in numbers))


class _Index:
    """Texts and the rules that ask for them, with an automaton that finds all in one pass."""

    def __init__(self) -> None:
        self._owners: dict[str, list[tuple[int, int]]] = {}

    def add(self, text: str, rule: int, number: int) -> None:
        self._owners.setdefault(text, []).append((rule, number))

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(list(self._owners))

    @cached_property
    def _by_number(self) -> list[list[tuple[int, int]]]:
        return list(self._owners.values())

    def find(self, where: str) -> Iterator[tuple[int, int, int, int]]:
        """(rule, number, start, end) of every occurrence."""
        if self._owners:
            for index, start, end in self._automaton.find_matches_as_indexes(
                where, overlapping=True
            ):
                for rule, number in self._by_number[index]:
                    yield rule, number, start, end

    def present(self, where: str) -> Iterator[tuple[int, int]]:
        """(rule, number) of every text that occurs."""
        if self._owners:
            found = self._automaton.find_matches_as_indexes(where, overlapping=True)
            for index in {index for index, _, _ in found}:
                yield from self._by_number[index]


def _everywhere(text: str) -> bool:
    """Whether a literal is so common that looking for it costs more than it saves."""
    bare = text.strip()
    return bare.isascii() and len(bare) < 2 and (not bare or bare.isalnum() or bare in ".,'\"-")


def _all_of(article: Article, need: Needs) -> Clues:
    """The clues of a rule found the slow and certain way."""
    folded = prose(article).folded
    hits = [
        TermHit(number, found.start(), found.end())
        for number, term in enumerate(need.terms)
        for found in re.finditer(f"(?={re.escape(term)})", folded)
    ]
    moved = [hit._replace(end=hit.start + len(need.terms[hit.term])) for hit in hits]
    return Clues(tuple(moved), need.patterns)


def search(
    article: Article, pattern: str, kinds: Collection[str], boundaries: bool = True
) -> Iterator[tuple[int, Match]]:
    """All hits in blocks of these kinds, as (index in `Prose.blocks`, match in that block).

    Many blocks are searched as one text; should a hit run over the end of a block, which `\\s` and
    negated classes allow, and where there are few, they are searched one by one.
    """
    text = prose(article)
    if sum(len(text.by_kind.get(kind, ())) for kind in kinds) > FEW:
        hits = list(find(one_of((pattern,)), text.joined, boundaries, text.encoded))
        if not any("\n" in text.joined[hit.start : hit.end] for hit in hits):
            for hit in hits:
                index, base = text.place(hit.start)
                if text.blocks[index].kind in kinds:
                    yield index, hit.moved(-base)
            return
    for index in sorted(index for kind in kinds for index in text.by_kind.get(kind, ())):
        for match in find(pattern, text.blocks[index].text, boundaries):
            yield index, match


def one_of(patterns: Iterable[str]) -> str:
    """The patterns as alternatives, with `^` and `$` at the ends of lines."""
    return f"(?m:{'|'.join(patterns)})"


def occurs(article: Article, pattern: str) -> bool:
    """Whether a pattern occurs in any of the article's blocks (links left out)."""
    return next(search(article, pattern, BLOCK_KINDS), None) is not None
