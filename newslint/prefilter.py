"""One look at an article that says which rules can fire at all.

An Aho-Corasick automaton finds, in a single pass, the words and phrases of all rules and the
literal texts that their patterns require. What is absent is not looked for, and a rule of which
all is absent is not run. Patterns without a rare literal are searched for several at once. Should
the automaton fail, all rules run: nothing is silenced by the prefilter.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from ahocorasick_rs import AhoCorasick

from newslint.article import BLOCK_KINDS, Article
from newslint.later import compiled_later
from newslint.literals import Clauses, Texts, required
from newslint.matching import LINKS, NO_CLUES, Area, Clues, Needs, TermHit, fold, one_of, prose
from newslint.patterns import occurs_in, usable

GATE = 16
"""Patterns that are looked for at once."""

LONG = 2000
"""Characters; a pattern so long is not looked for with others."""

_MANY_TIMES = compiled_later(r"(?<!\\x)\{(?:\d+,)?\d\d+,?\}")
"""Of which an automaton has very many states."""

_ANY_COPY = b"The mayor said on Monday that about 12 people were there."
"""What matches here matches everywhere, and would hold the gate open for the others."""

_ANY_CASE = compiled_later(r"\(\?[a-zA-Z]*i")


class Prefilter:
    """Built once for a set of rules, asked once for each article."""

    def __init__(self, needs: Sequence[Needs], kinds: Sequence[Collection[str]] = ()) -> None:
        """`kinds` are those of the blocks that each rule looks at; without it, all."""
        self._needs = tuple(needs)
        self._always = frozenset(rule for rule, need in enumerate(needs) if need.always)
        self._copy, self._links = _Index(), _Index()
        for rule, need in enumerate(needs):
            scope = kinds[rule] if kinds else (*BLOCK_KINDS, *LINKS)
            indices = [] if LINKS.issuperset(scope) else [self._copy]
            indices += [] if LINKS.isdisjoint(scope) else [self._links]
            for number, term in enumerate(need.terms):
                for index in indices:
                    index.add_term(term, rule, number)
            for number, pattern in enumerate(need.patterns):
                self._add_pattern(pattern, rule, number, indices)

    def _add_pattern(self, pattern: str, rule: int, number: int, indices: list[_Index]) -> None:
        any_case = _ANY_CASE.search(pattern) is not None
        clauses = required(pattern)
        if any_case and ("\\x" in pattern or not pattern.isascii()):
            clauses = tuple([texts for texts in clauses if not any(map(_many_cased, texts))])
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
        self._clauses: dict[tuple[bool, Texts], int] = {}
        self._owners: dict[int, list[tuple[Owner, frozenset[int]]]] = {}
        """By the first clause of a pattern: the pattern, and its other clauses."""
        self._common: list[tuple[str, Owner]] = []
        """Patterns without a literal that is rare."""

    def add_term(self, term: str, rule: int, number: int) -> None:
        self._terms.setdefault(term, []).append((rule, number))
        self._folded.setdefault(term, set())

    def add_pattern(self, clauses: Clauses, folded: bool, owner: Owner) -> None:
        """The pattern is possible where a text of each clause stands."""
        first, *others = [self._clause(texts, folded) for texts in clauses]
        self._owners.setdefault(first, []).append((owner, frozenset(others)))

    def add_common(self, pattern: str, owner: Owner) -> None:
        """The pattern is possible where it, or another one like it, matches."""
        self._common.append((pattern, owner))

    def _clause(self, texts: Texts, folded: bool) -> int:
        known = len(self._clauses)
        clause = self._clauses.setdefault((folded, texts), known)
        if clause == known:
            table = self._folded if folded else self._exact
            for text in map(fold, texts) if folded else texts:
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
