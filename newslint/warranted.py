"""Suppressions of articles that count where a commit has the say: what it waved on already.

A finding is waved on where the commit's version of the article suppresses that very finding, or the
rule for all of the article. Everything else that the article suppresses is new: it does not count,
and is listed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date

import msgspec
from msgspec.structs import replace

from newslint import suppress
from newslint.checker import Checker, NewSuppression, Result
from newslint.errors import NewslintError
from newslint.finding import Finding, order
from newslint.kinds.contract import Fact
from newslint.lines import Lines
from newslint.ranges import Ranges
from newslint.records import Contribution, Place, Record, covers
from newslint.suppress.forms import Suppression

Before = Callable[[str], bytes | None]
"""The bytes of an article as the commit has it, by its path now; None for a new one."""

COMPARED = 400
"""Code points, at the end of what two suppressions cover, that tell whether they are the same.

Hostile copy may hold a hundred thousand of them, one in another.
"""


class Warranted:
    """Judges the suppressions of articles by what an earlier version of each says."""

    def __init__(self, before: Before, checker: Checker) -> None:
        self._before = before
        self._checker = checker

    def step(self, results: Iterator[Result]) -> Iterator[Result]:
        """The results, with the findings back whose suppressions are new."""
        for result in results:
            yield self._judged(result) if result.own else result

    def record(self, path: str, encoded: bytes) -> bytes:
        """What an article says to comparisons, without suppressions that are new."""
        said = msgspec.msgpack.decode(encoded, type=Record)
        if not said.suppressions:
            return encoded
        try:
            data = self._before(path)
        except NewslintError:  # told where the article is checked
            data = None
        earlier = self._checker.content(path, data, only_facts=True).record if data else b""
        known = msgspec.msgpack.decode(earlier, type=Record) if earlier else Record("", {}, ())
        counting = tuple(_counting(said, known))
        return msgspec.msgpack.encode(replace(said, suppressions=counting))

    def _judged(self, result: Result) -> Result:
        names = self._checker.names
        try:
            data = self._before(result.path)
        except NewslintError as error:
            data, told = None, replace(error.error, path=result.path)
            result = replace(result, errors=(*result.errors, told))
        known = self._checker.content(result.path, data) if data else Result(result.path, False)
        fingerprints = {(finding.rule, finding.fingerprint) for finding in known.waved}
        whole = {names[suppression.rule] for suppression in known.own if suppression.whole}
        back = [
            finding
            for finding in result.waved
            if finding.rule not in whole and (finding.rule, finding.fingerprint) not in fingerprints
        ]
        new = sorted(suppress.matched(result.own, back, names)[0] | self._added(result, known))
        findings = self._left_to_people(result, sorted((*result.findings, *back), key=order), new)
        listed = tuple(_listed(result, new))
        return replace(
            result,
            findings=tuple(findings),
            suppressed=result.suppressed - len(back),
            new_suppressions=listed,
            notices=(*result.notices, *(one.notice for one in listed)),
        )

    def _left_to_people(
        self, result: Result, findings: Sequence[Finding], new: Sequence[int]
    ) -> Iterator[Finding]:
        """The findings; what somebody wants to stay, and has said so, is safe to mend no longer.

        Nor is a suppression that does not count yet to be taken out.
        """
        covered = suppress.matched(result.own, findings, self._checker.names)[1]
        places = {result.own[number].place for number in new}
        rules = self._checker.rules(result.overrides)
        for number, finding in enumerate(findings):
            judge = finding.span in places and rules[finding.rule].rule.kind == "suppression"
            if finding.fix.safe and (judge or number in covered):
                finding = replace(finding, fix=replace(finding.fix, safe=False))
            yield finding

    def _added(self, result: Result, known: Result) -> set[int]:
        """The suppressions that the earlier version has none of: by rule, reach, end and copy."""
        exact = Counter(self._key(one, known.source) for one in known.own)
        alike = Counter(self._key(one, known.source)[0] for one in known.own)
        left = []
        for number, one in enumerate(result.own):
            key = self._key(one, result.source)
            if exact[key]:
                exact[key] -= 1
                alike[key[0]] -= 1
            else:
                left.append((number, key[0]))
        added = set()
        for number, kind in left:
            if alike[kind] <= 0:
                added.add(number)
            alike[kind] -= 1
        return added

    def _key(self, one: Suppression, source: str) -> tuple[tuple[str, bool, date | None], str]:
        start, end = one.covers
        covered = "" if one.whole or end < 0 else source[max(start, end - COMPARED) : end]
        kind = self._checker.names[one.rule], one.whole, one.until
        return kind, " ".join(covered.split())


def _listed(result: Result, numbers: Sequence[int]) -> Iterator[NewSuppression]:
    lines = Lines(result.source)
    for number in numbers:
        one = result.own[number]
        line = lines.place(one.place.start)[0]
        yield NewSuppression(result.path, line, one.rule, " ".join(one.reason.split()))


Waved = tuple[str, int, int, bool]
"""A suppression of a `Record`."""


def _counting(said: Record, known: Record) -> Iterator[Waved]:
    """The suppressions of a record that another one warrants: of a whole rule, or of places."""
    whole = {rule for rule, _, _, everything in known.suppressions if everything}
    warranted = {(rule, place.identity) for rule, _, place in _covered(known)}
    for suppression in said.suppressions:
        if suppression[0] in whole:
            yield suppression
    for rule, fact, place in _covered(said):
        if rule not in whole and (rule, place.identity) in warranted:
            yield rule, fact.span.start, fact.span.end, False


def _covered(record: Record) -> Iterator[tuple[str, Fact, Place]]:
    """The facts that the record's suppressions cover, each once, with rule and place."""
    ranges: dict[str, list[tuple[int, int]]] = {}
    for rule, start, end, whole in record.suppressions:
        ranges.setdefault(rule, []).append(covers(start, end, whole))
    for rule, of_rule in ranges.items():
        if rule not in record.contributions:
            continue
        covered = Ranges(of_rule)
        said = msgspec.msgpack.decode(record.contributions[rule], type=Contribution)
        places = said.place_of()
        for fact in said.facts:
            if covered.meet(fact.span.start, fact.span.start + 1):
                yield rule, fact, places[fact.span]
