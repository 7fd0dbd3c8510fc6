"""Findings and errors as the editor shows them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from lsprotocol import types

from newslint.errors import Error
from newslint.finding import Finding, Related
from newslint.lsp.checks import Outcome
from newslint.lsp.documents import Document, uri_of
from newslint.lsp.positions import Positions
from newslint.rulebook import Known

SOURCE = "newslint"
SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}


def of_document(
    document: Document, outcome: Outcome, can: types.ClientCapabilities
) -> list[types.Diagnostic]:
    """All that is to be said of a document, with no more than the editor says it can show."""
    if outcome.result is None:
        return []
    positions = Positions(outcome.text, document.encoding)
    errors = [_of_error(error, positions) for error in outcome.result.errors]
    known = outcome.project.known if outcome.project else {}
    return errors + [of_finding(f, document, positions, known, can) for f in outcome.findings]


def of_finding(
    finding: Finding, document: Document, positions: Positions, known: Mapping[str, Known],
    can: types.ClientCapabilities,
) -> types.Diagnostic:  # fmt: skip
    """One finding."""
    related = [_related(other, document, positions) for other in finding.related]
    page = known.get(finding.rule)
    useless = page is not None and page.rule.kind == "suppression"
    text = can.text_document
    able = (text and text.publish_diagnostics) or types.PublishDiagnosticsClientCapabilities()
    described = bool(page and able.code_description_support)
    return types.Diagnostic(
        range=positions.range(finding.span),
        message=finding.message,
        severity=SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=types.CodeDescription(page.url) if page and described else None,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if useless and able.tag_support else None,
        related_information=related if related and able.related_information else None,
        data={"fingerprint": finding.fingerprint} if able.data_support else None,
    )


def _related(
    related: Related, document: Document, positions: Positions
) -> types.DiagnosticRelatedInformation:
    if related.path == document.path:
        place = types.Location(document.uri, positions.range(related.span))
    else:
        place = types.Location(uri_of(related.path), _elsewhere(related, document.encoding))
    return types.DiagnosticRelatedInformation(place, related.message)


def _elsewhere(related: Related, encoding: str) -> types.Range:
    """A range in another file, as far as its lines can be read now."""
    first, column, last, end = related.lines or (1, 1, 1, 1)
    try:
        text = Path(related.path).read_bytes().decode("utf-8-sig")
        return Positions(text, encoding).range(related.span)
    except (OSError, UnicodeDecodeError):
        start = types.Position(first - 1, column - 1)
        return types.Range(start, types.Position(last - 1, end - 1))


def of_errors(errors: Iterable[Error], path: str, encoding: str) -> list[types.Diagnostic]:
    """What is wrong with a file that is no article."""
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        text = ""
    positions = Positions(text, encoding)
    return [_of_error(error, positions) for error in errors]


def _of_error(error: Error, positions: Positions) -> types.Diagnostic:
    """An error, from its place to the end of the line."""
    return types.Diagnostic(
        range=positions.rest_of_line(error.line, error.column),
        message=error.message,
        severity=types.DiagnosticSeverity.Error,
        code=error.code,
        source=SOURCE,
    )


def file_of_error(error: Error, home: Path) -> str | None:
    """The file that an error is about; None where it names none."""
    for folder in (home, Path.cwd()):
        if error.path and (folder / error.path).is_file():
            return os.path.join(folder, error.path)
    return None
