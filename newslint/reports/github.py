"""Format `github`: workflow commands, which GitHub Actions shows as annotations of the lines.

A step may have ten annotations of each level. The gravest come first, errors of the run before all
others, and the last notice says how many are left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from newslint.checker import Result
from newslint.errors import Error
from newslint.finding import SEVERITIES, Finding
from newslint.lines import Lines
from newslint.reports.advice import advised
from newslint.reports.contract import Look
from newslint.reports.places import from_top, range_of
from newslint.reports.terminal import safe
from newslint.reports.wording import plural
from newslint.run import Tally

LIMIT = 10
"""Annotations of a level that GitHub takes from a step."""
COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(results: Iterator[Result], tally: Tally, look: Look) -> Iterator[str]:
    """The commands, one a line."""
    kept: dict[str, list[str]] = {severity: [] for severity in SEVERITIES}
    for result in results:
        lines = Lines(result.source)
        for finding in result.findings:
            if len(kept[finding.severity]) < LIMIT:
                kept[finding.severity].append(_finding(finding, lines, look))
    errors = [_error(error, look) for error in tally.errors]
    kept["error"] = [*errors, *kept["error"]]
    total = len(errors) + sum(tally.severities.values())
    shown = _shown(kept, total)
    yield from shown
    if total > len(shown):
        yield _command("notice", {}, _rest(total - len(shown)))


def _shown(kept: dict[str, list[str]], total: int) -> list[str]:
    """What GitHub will take; the last place among the notices is kept for the word on the rest."""
    shown = [command for commands in kept.values() for command in commands[:LIMIT]]
    full = len(kept["info"]) >= LIMIT
    return shown[:-1] if full and total > len(shown) else shown


def _rest(count: int) -> str:
    return (
        f"{plural(count, 'more finding')} without an annotation, since GitHub takes {LIMIT} of a "
        "level: see the summary of this step, or run “newslint check”."
    )


def _finding(finding: Finding, lines: Lines, look: Look) -> str:
    line, column, end_line, end_column = range_of(finding.span, lines)
    place = {"file": _path(finding.path, look), "line": str(line), "endLine": str(end_line)}
    if line == end_line:  # GitHub takes columns only then
        place |= {"col": str(column), "endColumn": str(end_column)}
    properties = {**place, "title": finding.rule}
    return _command(COMMANDS[finding.severity], properties, advised(finding))


def _error(error: Error, look: Look) -> str:
    place = {"file": _path(error.path, look)} if error.path else {}
    if error.path and error.line:
        place["line"] = str(error.line)
    return _command("error", {**place, "title": f"not checked: {error.code}"}, error.message)


def _path(path: str, look: Look) -> str:
    return from_top(path, look) or path


def _command(name: str, properties: dict[str, str], message: str) -> str:
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name}{' ' if listed else ''}{listed}::{_data(safe(message))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _spelled_out(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs") and character not in "\r\n"


def _property(text: str) -> str:
    """A value: what means something in a command is encoded, what a terminal obeys spelled out."""
    text = "".join(safe(c) if _spelled_out(c) else c for c in text)
    return _data(text).replace(":", "%3A").replace(",", "%2C")
