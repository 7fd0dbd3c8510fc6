"""`lint_batch`: records in, rows out. Never raises: what goes wrong is in the row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pyarrow as pa

from newslint.article import Article, Span
from newslint.audit.about import Given, about
from newslint.audit.asked import asked
from newslint.audit.composed import Composed, composed, is_file
from newslint.audit.context import Contexts
from newslint.audit.linted import LINTED
from newslint.audit.record import Record, records_of
from newslint.audit.sketch import sketch
from newslint.checker import Checker, Result
from newslint.draft import named
from newslint.errors import Error
from newslint.finding import Finding
from newslint.ranges import Ranges
from newslint.readers.decode import UndecodableError
from newslint.records import Contribution, Place, covers
from newslint.records import Record as Contributed

Tick = Callable[[int], None]
"""Is told the number of the record within the batch that comes next."""


def lint_batch(
    batch: pa.RecordBatch, checker: Checker, tick: Tick, given: Given = frozenset()
) -> pa.RecordBatch:
    """The rows of a batch of records, in the same order."""
    rows = []
    for number, record in enumerate(records_of(batch)):
        tick(number)
        rows.append(row_of(record, checker, given))
    tick(len(rows))  # none of them is to blame for what comes now
    return pa.RecordBatch.from_pylist(rows, schema=LINTED)


def row_of(record: Record, checker: Checker, given: Given = frozenset()) -> dict[str, Any]:
    """The row of one record."""
    if record.error:
        return failed(record, record.error)
    try:
        read = composed(record)
        result = checker.article(read.article, read.notices)
        return _row(record, read, result, checker, given)
    except UndecodableError as error:
        return failed(record, Error(record.locator, error.code, error.message))
    except Exception as error:  # one bad article must not stop the rest
        message = f"newslint failed on this article: {type(error).__name__}: {error}"
        return failed(record, Error(record.locator, "crash", message))


def failed(record: Record, error: Error) -> dict[str, Any]:
    """The row of a record that could not be checked."""
    return {
        **_known(record), "format": record.format, "language": "", "words": 0, "quoted_words": 0,
        "headline": record.headline or None, "byline": record.byline or None, "published": None,
        "errors": 0, "warnings": 0, "infos": 0, "suppressed": 0, "checked": False,
        "code": error.code, "message": error.message, "notices": [],
        "overrides": "", "sketch": None, "findings": [], "facts": [], "people": [],
    }  # fmt: skip


def _known(record: Record) -> dict[str, Any]:
    return {
        "source": record.source, "record": record.record, "locator": record.locator,
        "section": record.section or None, "url": record.url or None,
    }  # fmt: skip


def _row(
    record: Record, read: Composed, result: Result, checker: Checker, given: Given
) -> dict[str, Any]:
    article = read.article
    contexts = Contexts(article)
    findings, unasked = asked(result.findings, record, read, checker.rules(result.overrides))
    severities = Counter(finding.severity for finding in findings)
    words = contexts.words()
    return {
        **_known(record),
        **about(article, record, checker.lexicons["dates"], is_file(record), given),
        "format": article.format,
        "language": article.language,
        "words": words.all,
        "quoted_words": words.quoted,
        "errors": severities["error"],
        "warnings": severities["warning"],
        "infos": severities["info"],
        "suppressed": result.suppressed,
        "checked": result.checked,
        **_trouble(result),
        "notices": [*result.notices, *unasked],
        "overrides": ",".join(map(str, result.overrides)),
        "sketch": sketch(article),
        "findings": [_finding(finding, read, contexts) for finding in findings],
        "facts": list(_facts(result, read, checker)),
        "people": list(_people(article, checker)),
    }


def _trouble(result: Result) -> dict[str, str]:
    """What failed on this article although it was checked: a rule, an engine.

    What is wrong with the rules themselves is no matter of the article; it is told once.
    """
    own = [error for error in result.errors if error.path == result.path]
    if not own:
        return {"code": "", "message": ""}
    return {"code": own[0].code, "message": "; ".join(error.message for error in own)}


def _people(article: Article, checker: Checker) -> Iterator[dict[str, Any]]:
    if article.language == "en":
        for one in named(article, checker.lexicons["titles"]):
            yield msgspec.to_builtins(one)


def _finding(finding: Finding, read: Composed, contexts: Contexts) -> dict[str, Any]:
    around = contexts.around(finding.span, finding.whole_article)
    return {
        "rule": finding.rule, "severity": finding.severity, "message": finding.message,
        **read.place(finding.span),
        "before": around.before, "shown": around.shown, "after": around.after,
        "quoted": around.quoted,
        "advice": finding.fix.advice, "fingerprint": finding.fingerprint, "across": False,
    }  # fmt: skip


def _facts(result: Result, read: Composed, checker: Checker) -> Iterator[dict[str, Any]]:
    if not result.record:
        return
    contributed = msgspec.msgpack.decode(result.record, type=Contributed)
    waved: dict[str, list[tuple[int, int]]] = {}
    for rule, start, end, whole in contributed.suppressions:
        waved.setdefault(rule, []).append(covers(start, end, whole))
    for rule, encoded in contributed.contributions.items():
        contribution = msgspec.msgpack.decode(encoded, type=Contribution)
        places, covered = contribution.place_of(), Ranges(waved.get(rule, ()))
        for number, fact in enumerate(contribution.facts):
            place = places[fact.span]
            yield {
                "rule": rule, "number": number, "key": fact.key, "values": fact.values,
                **(read.place(fact.span) if read.parts else _known_place(fact.span, place)),
                "identity": place.identity,
                "waved": covered.meet(fact.span.start, fact.span.start + 1)
                or checker.waved(result.path, rule, place.text),
            }  # fmt: skip


def _known_place(span: Span, place: Place) -> dict[str, Any]:
    """The place of a fact in a file, whose line has been worked out before."""
    line, column = place.start
    return {
        "field": "", "start": span.start, "end": span.end, "line": line, "column": column,
        "text": place.text,
    }  # fmt: skip
