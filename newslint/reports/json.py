"""Format `json`: one document, the contract with scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newslint import __version__
from newslint.checker import Result
from newslint.finding import Finding, Related
from newslint.lines import Lines
from newslint.reports.contract import Look
from newslint.reports.json_parts import dump, error_data, place
from newslint.run import Tally

VERSION = 1


def render(results: Iterator[Result], tally: Tally, _: Look) -> Iterator[str]:
    """The document, an article at a time."""
    yield f'{{"version": {VERSION}, "newslint": {dump(__version__)},\n "articles": ['
    comma = ""
    for result in results:
        if result.checked:
            yield f"{comma}\n  {dump(article(result))}"
            comma = ","
    errors = ",".join(f"\n  {dump(error_data(error))}" for error in tally.errors)
    yield f'],\n "errors": [{errors}],\n "summary": {dump(summary(tally))}}}\n'


def article(result: Result) -> dict[str, Any]:
    """One article with its findings."""
    lines = Lines(result.source)
    return {"path": result.path, "findings": [finding_data(f, lines) for f in result.findings]}


def summary(tally: Tally) -> dict[str, int]:
    """The counts of a run."""
    return {
        "articles": tally.articles,
        "failed": tally.failed,
        **{severity: tally.severities[severity] for severity in ("error", "warning", "info")},
        "fixable": tally.fixable,
        "suppressed": tally.suppressed,
        "baselined": tally.baselined,
    }


def finding_data(finding: Finding, lines: Lines) -> dict[str, Any]:
    """One finding."""
    fix = finding.fix
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
        "text": finding.text,
        "start": place(finding.span.start, lines),
        "end": place(finding.span.end, lines),
        "fix": {
            "advice": fix.advice,
            "safe": fix.safe,
            "edits": [
                {"start": edit.span.start, "end": edit.span.end, "text": edit.text}
                for edit in fix.edits
            ],
        },
        "related": [_related(related, lines) for related in finding.related],
        "fingerprint": finding.fingerprint,
    }


def _related(related: Related, lines: Lines) -> dict[str, Any]:
    start, end = place(related.span.start, lines), place(related.span.end, lines)
    if related.lines is not None:
        line, column, last, end_column = related.lines
        start |= {"line": line, "column": column}
        end |= {"line": last, "column": end_column}
    return {
        "path": related.path,
        "text": related.text,
        "start": start,
        "end": end,
        "message": related.message,
    }
