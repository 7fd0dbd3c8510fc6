"""Format `rdjson`: what reviewdog reads and puts on a pull request as comments and suggestions.

Columns are bytes of UTF-8, counted from 1; ends are exclusive. reviewdog refuses a whole report for
one field that its version does not know, so there are none but the first ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newslint.article import Span
from newslint.checker import Result
from newslint.errors import Error
from newslint.finding import Finding
from newslint.later import compiled_later
from newslint.lines import Lines
from newslint.reports.advice import advised, replacement
from newslint.reports.contract import Look
from newslint.reports.json_parts import Json, dump_strict
from newslint.reports.places import in_bytes, path_of, range_of_related
from newslint.rulebook import HOME, Known
from newslint.run import Tally

SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}
_CALLS = compiled_later(r"(?<!\w)@(?=\w)|!(?=\[)")
_BREAK = "\u200b"


def render(results: Iterator[Result], tally: Tally, look: Look) -> Iterator[str]:
    """The result, a diagnostic at a time."""
    source = dump_strict({"name": "newslint", "url": HOME})
    yield f'{{"source": {source},\n "diagnostics": ['
    known = look.rules()
    comma = ""
    for result in results:
        lines = Lines(result.source)
        for finding in result.findings:
            yield f"{comma}\n  {dump_strict(_finding(finding, result, lines, known))}"
            comma = ","
    for error in tally.errors:
        yield f"{comma}\n  {dump_strict(_error(error))}"
        comma = ","
    yield "]}\n"


def _finding(finding: Finding, result: Result, lines: Lines, known: Mapping[str, Known]) -> Json:
    code = {"value": finding.rule}
    if finding.rule in known and known[finding.rule].url:
        code["url"] = known[finding.rule].url
    data: Json = {
        "message": _message(" ".join([advised(finding), *_see(finding, lines)])),
        "location": {"path": finding.path, "range": _range(finding.span, result, lines)},
        "severity": SEVERITIES[finding.severity],
        "code": code,
    }
    if edit := replacement(finding, result.source):
        data["suggestions"] = [{"range": _range(edit.span, result, lines), "text": edit.text}]
    return data


def _message(text: str) -> str:
    """The text, in which a comment on a pull request finds nobody to call and no image to load."""
    return _CALLS.sub(rf"\g<0>{_BREAK}", text)


def _see(finding: Finding, lines: Lines) -> Iterator[str]:
    """Where the related places are."""
    for related in finding.related:
        line = range_of_related(related, lines).line
        why = f" ({related.message})" if related.message else ""
        yield f"See {related.path}:{line}{why}."


def _range(span: Span, result: Result, lines: Lines) -> Json:
    line, column, end_line, end_column = in_bytes(span, result, lines)
    return {
        "start": {"line": line, "column": column},
        "end": {"line": end_line, "column": end_column},
    }


def _error(error: Error) -> Json:
    location: Json = {"path": path_of(error)}
    if error.line:
        location["range"] = {"start": {"line": error.line, "column": max(error.column, 1)}}
    return {
        "message": _message(error.message),
        "location": location,
        "severity": "ERROR",
        "code": {"value": error.code},
    }
