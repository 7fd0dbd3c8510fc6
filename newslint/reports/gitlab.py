"""Format `gitlab`: a Code Quality report, which GitLab shows in merge requests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newslint.checker import Result
from newslint.errors import Error
from newslint.finding import Finding
from newslint.fingerprint import digest
from newslint.lines import Lines
from newslint.reports.advice import advised
from newslint.reports.contract import Look
from newslint.reports.json_parts import dump_strict
from newslint.reports.places import from_top, path_of
from newslint.run import Tally

SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}
"""What could not be checked is a `blocker`."""


class Entry(NamedTuple):
    """One degradation, as GitLab calls it."""

    check: str
    severity: str
    message: str
    path: str
    line: int
    fingerprint: str


def render(results: Iterator[Result], tally: Tally, look: Look) -> Iterator[str]:
    """The list, an entry a line."""
    yield "["
    seen: set[str] = set()
    comma = ""
    for entry in _entries(results, tally):
        yield f"{comma}\n  {dump_strict(_data(entry, seen, look))}"
        comma = ","
    yield "\n]\n"


def _entries(results: Iterable[Result], tally: Tally) -> Iterator[Entry]:
    for result in results:
        lines = Lines(result.source)
        for finding in result.findings:
            yield _finding(finding, lines)
    for error in tally.errors:
        yield _error(error)


def _finding(finding: Finding, lines: Lines) -> Entry:
    line = lines.place(finding.span.start)[0]
    severity = SEVERITIES[finding.severity]
    return Entry(
        finding.rule, severity, advised(finding), finding.path, line, finding.fingerprint
    )  # fmt: skip


def _error(error: Error) -> Entry:
    line = max(error.line, 1)
    return Entry(error.code, "blocker", error.message, path_of(error), line, error.message)


def _data(entry: Entry, seen: set[str], look: Look) -> dict[str, object]:
    """The entry; GitLab hides the name of the check, so the description begins with it."""
    path = from_top(entry.path, look) or entry.path
    return {
        "description": f"{entry.check}: {entry.message}",
        "check_name": entry.check,
        "fingerprint": _unique(entry, path, seen),
        "severity": entry.severity,
        "location": {"path": path, "lines": {"begin": entry.line}},
    }


def _unique(entry: Entry, path: str, seen: set[str]) -> str:
    """A fingerprint that no other entry has: GitLab shows those with the same as one."""
    words = (entry.check, path, entry.fingerprint)
    found = digest(*words)
    while found in seen:
        found = digest(*words, found)
    seen.add(found)
    return found
