"""Format `checkstyle`: XML that Jenkins, Bitbucket and many other services read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from newslint.checker import Result
from newslint.errors import Error
from newslint.finding import Finding
from newslint.lines import Lines
from newslint.reports.advice import advised
from newslint.reports.contract import Look
from newslint.reports.places import path_of
from newslint.reports.xml_parts import HEAD, tag
from newslint.run import Tally

VERSION = "4.3"
"""Of the format, as others write it."""


def render(results: Iterator[Result], tally: Tally, _: Look) -> Iterator[str]:
    """The files with their findings, then those with what could not be checked."""
    yield f"{HEAD}<{tag('checkstyle', version=VERSION)}>\n"
    for result in results:
        if result.checked:
            lines = Lines(result.source)
            yield _file(result.path, (_finding(finding, lines) for finding in result.findings))
    for path, errors in groupby(sorted(tally.errors, key=path_of), path_of):
        yield _file(path, map(_error, errors))
    yield "</checkstyle>\n"


def _file(path: str, entries: Iterable[str]) -> str:
    return f"  <{tag('file', name=path)}>\n{''.join(entries)}  </file>\n"


def _finding(finding: Finding, lines: Lines) -> str:
    line, column = lines.place(finding.span.start)
    source = f"newslint.{finding.rule}"
    return _entry(line, column, finding.severity, advised(finding), source)


def _error(error: Error) -> str:
    line, column = max(error.line, 1), max(error.column, 1)
    return _entry(line, column, "error", error.message, f"newslint.{error.code}")


def _entry(line: int, column: int, severity: str, message: str, source: str) -> str:
    inside = tag(
        "error", line=line, column=column, severity=severity, message=message, source=source
    )
    return f"    <{inside}/>\n"
