"""Format `sarif`: SARIF 2.1.0, as GitHub code scanning and editors read it.

The rules stand at the end, when it is known which have spoken, so that results can be written as
they come. Places are in code points, and lone carriage returns end lines as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import quote

from newslint import __version__
from newslint.checker import Result
from newslint.errors import Error
from newslint.finding import Finding, Related
from newslint.lines import Lines
from newslint.reports.advice import advised, replacement
from newslint.reports.contract import Look
from newslint.reports.json_parts import Json
from newslint.reports.json_parts import dump_strict as dump
from newslint.reports.places import Range, absolute, from_top, range_of, range_of_related
from newslint.reports.sarif_rules import LEVELS, descriptor, escaped
from newslint.rulebook import HOME
from newslint.run import Tally

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
MAX_RESULTS = 25_000
"""What GitHub takes in one run."""
FINGERPRINT = "newslintFingerprint/v1"
BASE = "%SRCROOT%"


def render(results: Iterator[Result], tally: Tally, look: Look) -> Iterator[str]:
    """The log, a result at a time; those beyond the limit are counted in a notification."""
    rules: dict[str, int] = {}
    yield f'{{"$schema": {dump(SCHEMA)},\n "version": "2.1.0",\n "runs": [{{"results": ['
    comma = ""
    found = _results(results, rules, look)
    for result in islice(found, MAX_RESULTS):
        yield f"{comma}\n  {dump(result)}"
        comma = ","
    left_out = sum(1 for _ in found)
    yield f'],\n "tool": {{"driver": {dump(_driver(rules, look))}}},\n'
    yield f' "invocations": [{dump(_invocation(tally, look, left_out))}],\n'
    yield f' "originalUriBaseIds": {{{dump(BASE)}: {{"description": '
    yield '{"text": "The top of the repository."}}},\n'
    yield ' "newlineSequences": ["\\r\\n", "\\n", "\\r"],\n "columnKind": "unicodeCodePoints"}]}\n'


def _results(results: Iterable[Result], rules: dict[str, int], look: Look) -> Iterator[Json]:
    """Each finding; `rules` takes their rules in, numbered as they are met."""
    for result in results:
        lines = Lines(result.source)
        for finding in result.findings:
            number = rules.setdefault(finding.rule, len(rules))
            yield _result(finding, number, result.source, lines, look)


def _result(finding: Finding, rule: int, source: str, lines: Lines, look: Look) -> Json:
    place = _location(finding.path, range_of(finding.span, lines), look)
    data: Json = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": LEVELS[finding.severity],
        "message": {"text": escaped(advised(finding))},
        "locations": [place],
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
    }
    if finding.related:
        data["relatedLocations"] = [
            {"id": number, **_related(related, lines, look)}
            for number, related in enumerate(finding.related, 1)
        ]
    if edit := replacement(finding, source):
        change = {
            "artifactLocation": _artifact(finding.path, look),
            "replacements": [
                {
                    "deletedRegion": _region(range_of(edit.span, lines)),
                    "insertedContent": {"text": edit.text},
                }
            ],
        }
        advice = {"text": escaped(finding.fix.advice)}
        data["fixes"] = [{"description": advice, "artifactChanges": [change]}]
    return data


def _related(related: Related, lines: Lines, look: Look) -> Json:
    place = _location(related.path, range_of_related(related, lines), look)
    words = related.message or " ".join(related.text.split())
    return {**place, "message": {"text": escaped(words)}}


def _location(path: str, place: Range, look: Look) -> Json:
    artifact = {"artifactLocation": _artifact(path, look), "region": _region(place)}
    return {"physicalLocation": artifact}


def _artifact(path: str, look: Look) -> Json:
    """The file from the top of the repository; one that lies elsewhere as a `file:` address."""
    below = from_top(path, look)
    if below is None:
        return {"uri": "file://" + _encoded(absolute(path, look))}
    return {"uri": _encoded(below), "uriBaseId": BASE}


def _encoded(path: str) -> str:
    try:
        return quote(path, safe="/", errors="surrogateescape")
    except UnicodeEncodeError:  # no name that a file could have
        return quote(path, safe="/", errors="replace")


def _region(place: Range) -> Json:
    line, column, end_line, end_column = place
    return {
        "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
    }  # fmt: skip


def _driver(rules: Iterable[str], look: Look) -> Json:
    known = look.rules()
    return {
        "name": "newslint",
        "semanticVersion": __version__,
        "informationUri": HOME,
        "rules": [descriptor(rule, known.get(rule)) for rule in rules],
    }


def _invocation(tally: Tally, look: Look, left_out: int) -> Json:
    """Whether all could be checked; what could not, what has to be known besides."""
    about_config = [error for error in tally.errors if error.code in ("config", "rule")]
    others = [error for error in tally.errors if error.code not in ("config", "rule")]
    notes = [_error(error, look) for error in others]
    if left_out:
        text = f"{left_out:,} more findings are left out: GitHub takes {MAX_RESULTS:,} a run."
        notes.append({"level": "warning", "message": {"text": text}})
    for path, notice in tally.notices:
        place = {"locations": [_file(path, look)]} if path else {}
        notes.append({"level": "note", "message": {"text": escaped(notice)}, **place})
    return {
        "executionSuccessful": not tally.errors,
        "toolConfigurationNotifications": [_error(error, look) for error in about_config],
        "toolExecutionNotifications": notes,
    }


def _error(error: Error, look: Look) -> Json:
    data: Json = {
        "level": "error",
        "descriptor": {"id": error.code},
        "message": {"text": escaped(error.message)},
    }
    if error.path:
        data["locations"] = [_file(error.path, look, error.line)]
    return data


def _file(path: str, look: Look, line: int = 0) -> Json:
    region = {"region": {"startLine": line}} if line else {}
    return {"physicalLocation": {"artifactLocation": _artifact(path, look), **region}}
