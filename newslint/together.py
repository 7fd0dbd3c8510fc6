"""The articles of a run compared with each other and with the corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec
from msgspec.structs import replace

from newslint.checker import Admit, Checker, Result, as_it_is
from newslint.config import Settings
from newslint.corpus import Corpus
from newslint.errors import Error
from newslint.factcache import FactCache
from newslint.finding import Finding, order
from newslint.rule import Ready
from newslint.spool import Spool

Facts = Callable[[Sequence[str]], Iterator[Result]]
"""Reads articles for what they contribute to comparisons, and checks nothing."""


def compared(
    results: Iterator[Result], settings: Settings, checker: Checker, against: Sequence[str],
    facts: Facts, cache: bool, admit: Admit = as_it_is,
) -> Iterator[Result]:  # fmt: skip
    """The results with what the comparisons found, and one more for each unreadable other file.

    Nothing can be said before all articles are read, so results wait on disk.
    """
    corpus, waiting = Corpus(admit), Spool(Result)
    overrides: dict[str, tuple[int, ...]] = {}
    for result in results:
        if result.record:
            corpus.add(result.path, result.record)
            overrides[result.path] = result.overrides
        waiting.add(replace(result, record=b""))
    store = FactCache(settings, checker) if cache and against else None
    failed = [
        _not_compared(other) for other in _others(corpus, against, facts, store) if other.errors
    ]
    found = _findings(corpus, checker, overrides)
    errors = tuple(corpus.errors)
    for result in waiting:
        merged = _merged(result, found.get(result.path, []))
        yield replace(merged, errors=(*merged.errors, *errors)) if errors else merged
        errors = ()
    yield from failed


def _others(
    corpus: Corpus, against: Sequence[str], facts: Facts, store: FactCache | None
) -> Iterator[Result]:
    """Take the other files into the corpus: from the cache where their content is known."""
    unknown = []
    for path in against:
        record = store.look_up(path) if store else None
        try:
            if record is not None:
                corpus.add(path, record)
        except (msgspec.DecodeError, UnicodeDecodeError):  # not what newslint wrote
            record = None
        if record is None:
            unknown.append(path)
    for result in facts(unknown):
        if result.record:
            corpus.add(result.path, result.record)
            if store and not (result.errors or result.dated):
                store.keep(result.path, result.record)
        yield result
    if store:
        store.save()


def _not_compared(result: Result) -> Result:
    errors = tuple(
        Error(e.path, e.code, f"in the corpus, not compared with: {e.message}", e.line, e.column)
        for e in result.errors
    )
    return replace(result, checked=False, errors=errors, record=b"", source="")


def _findings(
    corpus: Corpus, checker: Checker, overrides: dict[str, tuple[int, ...]]
) -> dict[str, list[tuple[Finding, bool]]]:
    def asked(path: str, rule: str) -> Ready | None:
        return checker.rules(overrides[path]).get(rule) if path in overrides else None

    found: dict[str, list[tuple[Finding, bool]]] = {}
    for finding, suppressed in corpus.findings(checker.comparing_rules, asked, checker.waved):
        found.setdefault(finding.path, []).append((finding, suppressed))
    return found


def _merged(result: Result, found: Sequence[tuple[Finding, bool]]) -> Result:
    """The result with findings across articles, where the rule has not spoken there already."""
    new = [
        (finding, suppressed)
        for finding, suppressed in found
        if not any(
            own.rule == finding.rule
            and own.span.start < finding.span.end
            and finding.span.start < own.span.end
            for own in result.findings
        )
    ]
    findings = [*result.findings, *(finding for finding, suppressed in new if not suppressed)]
    return replace(
        result,
        findings=tuple(sorted(findings, key=order)),
        suppressed=result.suppressed + sum(suppressed for _, suppressed in new),
        source=result.source if findings or result.own else "",
    )
