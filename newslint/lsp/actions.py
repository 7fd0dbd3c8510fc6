"""What the editor offers to do about the findings in a range."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from lsprotocol import types

from newslint import readers
from newslint.article import Span
from newslint.finding import Edit, Finding
from newslint.lsp import diagnostics, fixes, ignoring
from newslint.lsp.checks import Outcome
from newslint.lsp.documents import Document
from newslint.lsp.positions import Positions

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.newslint"
KINDS = (types.CodeActionKind.QuickFix, FIX_ALL)
SHOW_PAGE = "newslint.showPage"
"""The command that opens the page of a rule."""


class Asked(NamedTuple):
    """A document as it was checked, and what its editor is able to do."""

    document: Document
    version: int
    outcome: Outcome
    positions: Positions
    can: types.ClientCapabilities


def asked(document: Document, outcome: Outcome, can: types.ClientCapabilities) -> Asked:
    """What `offered` needs to know."""
    positions = Positions(outcome.text, document.encoding)
    return Asked(document, document.version, outcome, positions, can)


def offered(asked: Asked, place: types.Range, only: Sequence[str] | None) -> list[types.CodeAction]:
    """The actions of the kinds that are wanted. Takes its time: no matter for the event loop."""
    found: list[types.CodeAction] = []
    if asked.outcome.result is None:
        return found
    if _wanted(types.CodeActionKind.QuickFix.value, only):
        for finding in touching(asked.outcome.findings, asked.positions.span(place)):
            found += _for_finding(asked, finding)
    if _wanted(FIX_ALL, only) and (edits := fixes.all_safe(asked.outcome, asked.document.path)):
        title = "Fix all safe newslint findings"
        found.append(types.CodeAction(title, FIX_ALL, edit=_workspace_edit(asked, edits)))
    return found


def _wanted(kind: str, only: Sequence[str] | None) -> bool:
    return only is None or any(kind == k or kind.startswith(f"{k}.") for k in only)


def touching(findings: Iterable[Finding], span: Span) -> list[Finding]:
    """The findings that a range, or a place, has a part in or stands at."""
    return [f for f in findings if f.span.start <= span.end and span.start <= f.span.end]


def _for_finding(asked: Asked, finding: Finding) -> Iterator[types.CodeAction]:
    outcome, kind = asked.outcome, types.CodeActionKind.QuickFix
    assert outcome.result is not None and outcome.project is not None
    known, source = outcome.project.known, outcome.result.source
    shown = asked.can.text_document and asked.can.text_document.publish_diagnostics
    about = [
        diagnostics.of_finding(
            finding, asked.document, asked.positions, known,
            shown or types.PublishDiagnosticsClientCapabilities(),
        )
    ]  # fmt: skip
    if finding.fix.edits:
        edits = fixes.with_breaks(finding.fix.edits, source)
        yield types.CodeAction(
            fixes.title(finding, source), kind, about, finding.fix.safe,
            edit=_workspace_edit(asked, edits),
        )  # fmt: skip
    for title, ignoring_edits in _ignoring(asked, finding):
        yield types.CodeAction(
            title, kind, about, edit=_workspace_edit(asked, ignoring_edits, True)
        )
    page = known.get(finding.rule)
    window = asked.can.window
    if page and window and window.show_document and window.show_document.support:
        title = f"Show the page of {finding.rule}"
        command = types.Command(title, SHOW_PAGE, arguments=[page.url])
        yield types.CodeAction(title, kind, about, command=command)


def _ignoring(asked: Asked, finding: Finding) -> Iterator[tuple[str, list[Edit]]]:
    outcome = asked.outcome
    assert outcome.result is not None and outcome.project is not None
    page = outcome.project.known.get(finding.rule)
    if page and page.rule.kind == "suppression":  # those are to be taken out, not ignored
        return
    source, names = outcome.result.source, outcome.project.settings.names
    article = readers.read_source(asked.document.path, source)
    for title, edits in (
        (f"Ignore {finding.rule} here with a reason", ignoring.here(article, finding, names)),
        (
            f"Ignore {finding.rule} in this article with a reason",
            ignoring.in_article(article, finding, names),
        ),
    ):
        if edits:
            yield title, fixes.with_breaks(edits, source)


def _workspace_edit(
    asked: Asked, edits: Iterable[Edit], reason: bool = False
) -> types.WorkspaceEdit:
    """The edits, tied to the version that was checked where the editor understands that."""
    workspace = asked.can.workspace
    able = (workspace and workspace.workspace_edit) or types.WorkspaceEditClientCapabilities()
    places = [(asked.positions.range(edit.span), edit.text) for edit in edits]
    uri = asked.document.uri
    if not able.document_changes:
        return types.WorkspaceEdit({uri: [types.TextEdit(place, text) for place, text in places]})
    snippets = bool(reason and able.snippet_edit_support)
    return types.WorkspaceEdit(
        document_changes=[
            types.TextDocumentEdit(
                types.OptionalVersionedTextDocumentIdentifier(uri, asked.version),
                [_edit(place, text, snippets) for place, text in places],
            )
        ]
    )


def _edit(place: types.Range, text: str, snippet: bool) -> types.TextEdit | types.SnippetTextEdit:
    before, found, after = text.rpartition(ignoring.REASON)
    if not (snippet and found):
        return types.TextEdit(place, text)
    typed_over = f"{_literal(before)}${{1:{ignoring.REASON}}}{_literal(after)}"
    return types.SnippetTextEdit(place, types.StringValue(typed_over))


def _literal(text: str) -> str:
    """Text as a snippet holds it."""
    return text.replace("\\", "\\\\").replace("$", "\\$").replace("}", "\\}")
