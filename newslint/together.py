"""The articles of a run compared with each other and with the corpus."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence, Sized

from msgspec.structs import replace

from newslint.article import Span
from newslint.cache import Cache
from newslint.checker import Admit, Checker, Result, as_it_is
from newslint.corpus import Corpus, Elsewhere
from newslint.errors import Error
from newslint.finding import Finding, order
from newslint.neighbours import Neighbours
from newslint.ranges import Ranges
from newslint.rule import Ready
from newslint.spool import Spool
from newslint.workers import NO_CONTENTS

FEW = 64
"""Articles for whose sake it is worth while to choose the others that they are compared with."""
SHARE = 8
"""For each of the few there must be so many others."""
Facts = Callable[[Sequence[str]], Iterator[Result]]
"""Reads articles for what they contribute to comparisons, and checks nothing."""


def compared(
    results: Iterator[Result], checker: Checker, against: Sequence[str], facts: Facts,
    cache: Cache | None, contents: Mapping[str, bytes] = NO_CONTENTS, admit: Admit = as_it_is,
) -> Iterator[Result]:  # fmt: skip
    """The results with what the comparisons found, and one more for each unreadable other file.

    Nothing can be said before all articles are read, so results wait on disk.
    """
    corpus, waiting = Corpus(admit), Spool(Result)
    overrides: dict[str, tuple[int, ...]] = {}
    seeds: list[bytes] = []
    for result in results:
        if result.record:
            corpus.add(result.path, result.record)
            overrides[result.path] = result.overrides
            seeds += [result.record] if len(seeds) <= FEW else []
        waiting.add(replace(result, record=b""))
    known = cache.records(against, contents) if cache and _are_few(seeds, against) else {}
    others = _Others(corpus, checker, facts, cache)
    failed = others.take(against, known, seeds)
    found = _findings(corpus, checker, overrides, others.elsewhere)
    errors = tuple(corpus.errors)
    for result in waiting:
        excused = corpus.excused.get(result.path, set())
        merged = _merged(_without(result, excused), found.get(result.path, []))
        yield replace(merged, errors=(*merged.errors, *errors)) if errors else merged
        errors = ()
    yield from failed


def _are_few(these: Sized, others: Sized) -> bool:
    return len(these) <= min(FEW, len(others) // SHARE)


class _Others:
    """Takes into the corpus what the articles that were asked for are compared with."""

    def __init__(self, corpus: Corpus, checker: Checker, facts: Facts, cache: Cache | None) -> None:
        self.elsewhere: Elsewhere | None = None
        """Tells of a word whether two articles have it, where not all of them were taken in."""
        self._corpus = corpus
        self._checker = checker
        self._facts = facts
        self._cache = cache

    def take(
        self, paths: Sequence[str], known: Mapping[bytes, str], seeds: list[bytes]
    ) -> list[Result]:
        """Take files in, of the records that are `known` only what matters to the `seeds`.

        Returns what to say of those that cannot be read.
        """
        by_path = frozenset(known.values())
        unknown = [path for path in paths if path not in by_path]
        if self._cache is None or not _are_few([*seeds, *unknown], known):
            return self._read(paths)
        failed = self._read(unknown, seeds)
        if not self._choose(self._cache, known, seeds):
            failed += self._read([path for path in paths if path in by_path])
        return failed

    def _read(self, paths: Sequence[str], records: list[bytes] | None = None) -> list[Result]:
        failed = []
        for result in self._facts(paths):
            if result.record:
                self._corpus.add(result.path, result.record)
                if records is not None:
                    records.append(result.record)
            if result.errors:
                failed.append(_not_compared(result))
        return failed

    def _choose(self, cache: Cache, known: Mapping[bytes, str], seeds: Sequence[bytes]) -> bool:
        """Take in what matters; False, and nothing, where the cache is found to be damaged."""
        neighbours = Neighbours(cache, known)
        chosen = neighbours.of(seeds, self._checker.comparing_rules)
        records = {name: cache.record(name) for name in chosen}
        if not cache.holds(known):
            return False
        for name, record in records.items():
            if record:
                self._corpus.add(known[name], record, chosen[name])
        self.elsewhere = neighbours.elsewhere
        return True


def _not_compared(result: Result) -> Result:
    errors = tuple(_in_corpus(error) if error.path else error for error in result.errors)
    return replace(result, checked=False, errors=errors, record=b"", source="")


def _in_corpus(error: Error) -> Error:
    message = f"in the corpus, not compared with: {error.message}"
    return Error(error.path, error.code, message, error.line, error.column)


def _findings(
    corpus: Corpus,
    checker: Checker,
    overrides: dict[str, tuple[int, ...]],
    elsewhere: Elsewhere | None,
) -> dict[str, list[tuple[Finding, bool]]]:
    def asked(path: str, rule: str) -> Ready | None:
        return checker.rules(overrides[path]).get(rule) if path in overrides else None

    found: dict[str, list[tuple[Finding, bool]]] = {}
    rules = checker.comparing_rules
    for finding, suppressed in corpus.findings(rules, asked, checker.waved, elsewhere):
        found.setdefault(finding.path, []).append((finding, suppressed))
    return found


def _without(result: Result, excused: Container[tuple[str, Span]]) -> Result:
    """The result without what other articles show to be right."""
    kept = tuple(f for f in result.findings if (f.rule, f.span) not in excused)
    return result if len(kept) == len(result.findings) else replace(result, findings=kept)


def _merged(result: Result, found: Sequence[tuple[Finding, bool]]) -> Result:
    """The result with findings across articles, where the rule has not spoken there already."""
    if not found:
        return replace(result, source=result.source if result.findings or result.own else "")
    spans: dict[str, list[tuple[int, int]]] = {}
    for finding in result.findings:
        spans.setdefault(finding.rule, []).append(finding.span)
    said = {rule: Ranges(of_rule) for rule, of_rule in spans.items()}
    new = [
        (finding, suppressed)
        for finding, suppressed in found
        if finding.rule not in said or not said[finding.rule].meet(*finding.span)
    ]
    findings = [*result.findings, *(finding for finding, suppressed in new if not suppressed)]
    return replace(
        result,
        findings=tuple(sorted(findings, key=order)),
        suppressed=result.suppressed + sum(suppressed for _, suppressed in new),
        source=result.source if findings or result.own else "",
    )
