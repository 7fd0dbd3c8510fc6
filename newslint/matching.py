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
from functools import cached_property, lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from newslint.article import BLOCK_KINDS, Article, Block, Origin
from newslint.language import once
from newslint.literals import common, required
from newslint.patterns import Match, find, occurs_in, usable

FEW = 4
"""Blocks; so few are searched one by one."""

GATE = 16
"""Patterns that are looked for at once."""

LONG = 2000
"""Characters; a pattern so long is looked for alone."""

_MANY_TIMES = re.compile(r"(?<!\\x)\{(?:\d+,)?\d\d+,?\}")
"""Of which an automaton has very many states."""

_ANY_COPY = b"The mayor said on Monday that about 12 people were there."

LINK_TEXT = "link-text"
LINK_URL = "link-url"
_LINKS = frozenset({LINK_TEXT, LINK_URL})

_FOLD = (
    ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("\u00a0", " "), ("\u202f", " "), ("ſ", "s"), ("ς", "σ"),
)  # fmt: skip


_ANY_CASE = re.compile(r"\(\?[a-zA-Z]*i")


def fold(text: str) -> str:
    """Lower case and plain apostrophes and spaces, with every character keeping its offset."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c if len(c.lower()) > 1 else c.lower() for c in text)
    if not lower.isascii():
        for variant, plain in _FOLD:  # five times as fast as str.translate
            lower = lower.replace(variant, plain)
    return lower


class Area(Struct, frozen=True):
    """Neighbouring blocks whose texts, joined by line breaks, are searched as one."""

    first: int
    """The index of its first block in `Prose.blocks`."""
    starts: tuple[int, ...]
    """Where each block begins in the joined text."""
    joined: str
    folded: str
    encoded: bytes
    """`joined` in UTF-8."""

    def place(self, offset: int) -> tuple[int, int]:
        """The index of the block at an offset of the joined text, and the block's start."""
        number = bisect_right(self.starts, offset) - 1
        return self.first + number, self.starts[number]


class Prose(Struct, frozen=True):
    """All blocks of an article, with its links after them."""

    blocks: tuple[Block, ...]
    """The article's blocks in their order, then link texts and link addresses."""
    by_kind: dict[str, list[int]]
    """The indices of the blocks of each kind."""
    copy: Area
    links: Area

    def areas(self, kinds: Collection[str]) -> Iterator[Area]:
        """Where blocks of these kinds stand."""
        if not _LINKS.issuperset(kinds):
            yield self.copy
        if not _LINKS.isdisjoint(kinds) and self.links.starts:
            yield self.links


@once
def prose(article: Article) -> Prose:
    """What rules look at, joined for one search over all of it."""
    links = tuple(_links(article))
    blocks = article.blocks + links
    by_kind: dict[str, list[int]] = {}
    for index, block in enumerate(blocks):
        by_kind.setdefault(block.kind, []).append(index)
    return Prose(blocks, by_kind, _area(article.blocks, 0), _area(links, len(article.blocks)))


def _area(blocks: tuple[Block, ...], first: int) -> Area:
    starts, offset = [], 0
    for block in blocks:
        starts.append(offset)
        offset += len(block.text) + 1
    joined = "\n".join([block.text for block in blocks])
    return Area(first, tuple(starts), joined, fold(joined), joined.encode("utf-8", "replace"))


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
    anyway: bool = False
    """The rule has more to look for than these, and runs where none of them occurs too."""

    @property
    def always(self) -> bool:
        """True where the rule must be run on every article."""
        return self.anyway or not (self.terms or self.patterns)


class TermHit(NamedTuple):
    """A word or phrase of a rule: its number in `Needs.terms`, and where it stands."""

    term: int
    block: int
    """Index in `Prose.blocks`."""
    start: int
    end: int


class Clues(Struct, frozen=True):
    """What the prefilter found of one rule in one article."""

    terms: tuple[TermHit, ...] = ()
    """Where its terms stand."""
    patterns: tuple[str, ...] = ()
    """Those of its patterns that can match."""


NO_CLUES = Clues()


class Prefilter:
    """Built once for a set of rules, asked once for each article."""

    def __init__(self, needs: Sequence[Needs], kinds: Sequence[Collection[str]] = ()) -> None:
        """`kinds` are those of the blocks that each rule looks at; without it, all."""
        self._needs = tuple(needs)
        self._always = frozenset(rule for rule, need in enumerate(needs) if need.always)
        self._copy, self._links = _Index(), _Index()
        for rule, need in enumerate(needs):
            scope = kinds[rule] if kinds else (*BLOCK_KINDS, *_LINKS)
            indices = [] if _LINKS.issuperset(scope) else [self._copy]
            indices += [] if _LINKS.isdisjoint(scope) else [self._links]
            for number, term in enumerate(need.terms):
                for index in indices:
                    index.add_term(term, rule, number)
            for number, pattern in enumerate(need.patterns):
                self._add_pattern(pattern, rule, number, indices)

    def _add_pattern(self, pattern: str, rule: int, number: int, indices: list[_Index]) -> None:
        any_case = _ANY_CASE.search(pattern) is not None
        clauses = [
            texts
            for texts in required(pattern)
            if not any(common(text) or (any_case and _many_cased(text)) for text in texts)
        ]
        for index in indices:
            if clauses:
                index.add_pattern(clauses, any_case, (rule, number))
            else:
                index.add_common(pattern, (rule, number))

    def scan(self, article: Article) -> dict[int, Clues]:
        """The rules that can fire in the article, ascending, and what was found of each."""
        text = prose(article)
        terms: dict[int, list[TermHit]] = {}
        patterns: dict[int, set[int]] = {}
        try:
            for index, area in ((self._copy, text.copy), (self._links, text.links)):
                if area.starts:
                    index.look(area, terms, patterns)
        except Exception:  # whatever ails the automata, no rule may be silenced by it
            return {rule: _all_of(article, need) for rule, need in enumerate(self._needs)}
        clues = dict.fromkeys(self._always, NO_CLUES)
        for rule in {*terms, *patterns}:
            wanted = self._needs[rule].patterns
            possible = tuple([wanted[number] for number in sorted(patterns.get(rule, ()))])
            clues[rule] = Clues(tuple(terms.get(rule, ())), possible)
        return dict(sorted(clues.items()))


Owner = tuple[int, int]
"""A rule and the number of one of its terms or patterns."""


class _Index:
    """What rules look for in one area: an automaton for texts as they stand, one for folded."""

    def __init__(self) -> None:
        self._terms: dict[str, list[Owner]] = {}
        self._folded: dict[str, set[int]] = {}
        self._exact: dict[str, set[int]] = {}
        self._clauses: dict[tuple[bool, frozenset[str]], int] = {}
        self._owners: dict[int, list[tuple[Owner, frozenset[int]]]] = {}
        """By the first clause of a pattern: the pattern, and its other clauses."""
        self._common: list[tuple[str, Owner]] = []
        """Patterns without a literal that is rare."""

    def add_term(self, term: str, rule: int, number: int) -> None:
        self._terms.setdefault(term, []).append((rule, number))
        self._folded.setdefault(term, set())

    def add_pattern(self, clauses: Sequence[frozenset[str]], folded: bool, owner: Owner) -> None:
        """The pattern is possible where a text of each clause stands."""
        first, *others = [self._clause(texts, folded) for texts in clauses]
        self._owners.setdefault(first, []).append((owner, frozenset(others)))

    def add_common(self, pattern: str, owner: Owner) -> None:
        """The pattern is possible where it, or another one like it, matches."""
        self._common.append((pattern, owner))

    def _clause(self, texts: frozenset[str], folded: bool) -> int:
        if folded:
            texts = frozenset(map(fold, texts))
        known = len(self._clauses)
        clause = self._clauses.setdefault((folded, texts), known)
        if clause == known:
            table = self._folded if folded else self._exact
            for text in texts:
                table.setdefault(text, set()).add(clause)
        return clause

    def look(
        self, area: Area, terms: dict[int, list[TermHit]], patterns: dict[int, set[int]]
    ) -> None:
        """Add what stands in the area to what has been found."""
        folded, exact = self._automata
        met: set[int] = set()
        if folded is not None:
            found = folded.find_matches_as_indexes(area.folded, overlapping=True)
            met.update(*[self._folded_clauses[index] for index in {hit[0] for hit in found}])
            if self._of_terms:
                self._add_terms(area, found, terms)
        if exact is not None:
            found = exact.find_matches_as_indexes(area.joined, overlapping=True)
            met.update(*[self._exact_clauses[index] for index in {hit[0] for hit in found}])
        for clause in met & self._owners.keys():
            for (rule, number), others in self._owners[clause]:
                if others <= met:
                    patterns.setdefault(rule, set()).add(number)
        for gate, owners in self._gates:
            if gate is None or occurs_in(gate, area.encoded):
                for rule, number in owners:
                    patterns.setdefault(rule, set()).add(number)

    def _add_terms(
        self, area: Area, found: Iterable[tuple[int, int, int]], terms: dict[int, list[TermHit]]
    ) -> None:
        of_terms = self._of_terms
        for index, start, end in found:
            if index in of_terms:
                block, base = area.place(start)
                for rule, number in of_terms[index]:
                    hit = TermHit(number, block, start - base, end - base)
                    terms.setdefault(rule, []).append(hit)

    @cached_property
    def _automata(self) -> tuple[AhoCorasick | None, AhoCorasick | None]:
        return (
            AhoCorasick(list(self._folded)) if self._folded else None,
            AhoCorasick(list(self._exact)) if self._exact else None,
        )

    @cached_property
    def _gates(self) -> list[tuple[str | None, list[Owner]]]:
        """Common patterns, several searched for at once: hardly slower than one of them."""
        alone = [owner for pattern, owner in self._common if not _gated(pattern)]
        gated = [(pattern, owner) for pattern, owner in self._common if _gated(pattern)]
        gates: list[tuple[str | None, list[Owner]]] = [(None, alone)]
        for start in range(0, len(gated), GATE):
            some = gated[start : start + GATE]
            gate = one_of(tuple([f"(?:{pattern})" for pattern, _ in some]))
            gates.append((gate if usable(gate) else None, [owner for _, owner in some]))
        return gates

    @cached_property
    def _of_terms(self) -> dict[int, list[Owner]]:
        return {i: self._terms[t] for i, t in enumerate(self._folded) if t in self._terms}

    @cached_property
    def _folded_clauses(self) -> list[set[int]]:
        return list(self._folded.values())

    @cached_property
    def _exact_clauses(self) -> list[set[int]]:
        return list(self._exact.values())


def _gated(pattern: str) -> bool:
    """Whether a pattern is one of moderate size that does not match in just any copy."""
    if len(pattern) > LONG or _MANY_TIMES.search(pattern):
        return False
    return not occurs_in(one_of((pattern,)), _ANY_COPY)


def _many_cased(text: str) -> bool:
    """Whether RE2 may take one of the letters for another that `fold` keeps apart (µ and μ)."""
    return not text.isascii() and any(c == "µ" or (c > "\u024f" and c.isalpha()) for c in text)


def _all_of(article: Article, need: Needs) -> Clues:
    """The clues of a rule found the slow and certain way."""
    hits = []
    for index, block in enumerate(prose(article).blocks):
        folded = fold(block.text)
        for number, term in enumerate(need.terms):
            hits += [
                TermHit(number, index, found.start(), found.start() + len(term))
                for found in re.finditer(f"(?={re.escape(term)})", folded)
            ]
    return Clues(tuple(hits), need.patterns)


def search(
    article: Article, pattern: str, kinds: Collection[str], boundaries: bool = True
) -> Iterator[tuple[int, Match]]:
    """All hits in blocks of these kinds, as (index in `Prose.blocks`, match in that block).

    Many blocks are searched as one text; should a hit run over the end of a block, which `\\s` and
    negated classes allow, and where there are few, they are searched one by one.
    """
    text = prose(article)
    present = text.by_kind.keys() & kinds
    few = sum([len(text.by_kind[kind]) for kind in present]) <= FEW
    for area in text.areas(present) if present else ():
        if few:
            yield from _one_by_one(text, area, pattern, kinds, boundaries)
            continue
        hits = list(find(one_of((pattern,)), area.joined, boundaries, area.encoded))
        if any("\n" in area.joined[hit.start : hit.end] for hit in hits):
            yield from _one_by_one(text, area, pattern, kinds, boundaries)
            continue
        for hit in hits:
            index, base = area.place(hit.start)
            if text.blocks[index].kind in kinds:
                yield index, hit.moved(-base)


def _one_by_one(
    text: Prose, area: Area, pattern: str, kinds: Collection[str], boundaries: bool
) -> Iterator[tuple[int, Match]]:
    for index in range(area.first, area.first + len(area.starts)):
        if text.blocks[index].kind in kinds:
            for match in find(pattern, text.blocks[index].text, boundaries):
                yield index, match


@lru_cache(maxsize=8192)
def one_of(patterns: tuple[str, ...]) -> str:
    """The patterns as alternatives, with `^` and `$` at the ends of lines."""
    return f"(?m:{'|'.join(patterns)})"


def occurs(article: Article, pattern: str) -> bool:
    """Whether a pattern occurs in any of the article's blocks (links left out)."""
    return next(search(article, pattern, BLOCK_KINDS), None) is not None
