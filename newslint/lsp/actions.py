"""What the editor offers to do about the findings in a range."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from lsprotocol import types

from newslint import readers
from newslint.article import Span
from newslint.checker import Result
from newslint.finding import Edit, Finding
from newslint.lsp import diagnostics, fixes, ignoring
from newslint.lsp.documents import Document
from newslint.lsp.positions import Positions
from newslint.lsp.projects import Project
from newslint.suppress import Terms

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.newslint"
KINDS = (types.CodeActionKind.QuickFix, FIX_ALL)
SHOW_PAGE = "newslint.showPage"
"""The command that opens the page of a rule."""


class Asked(NamedTuple):
    """A document as it was checked, and what its editor is able to do."""

    document: Document
    version: int
    project: Project
    result: Result
    positions: Positions
    can: types.ClientCapabilities


def offered(asked: Asked, place: types.Range, only: Sequence[str] | None) -> list[types.CodeAction]:
    """The actions of the kinds that are wanted. Takes its time: no matter for the event loop."""
    found: list[types.CodeAction] = []
    if _wanted(types.CodeActionKind.QuickFix.value, only):
        for finding in touching(asked.result.findings, asked.positions.span(place)):
            found += _for_finding(asked, finding)
    if _wanted(FIX_ALL, only) and (edits := fixes.all_safe(asked.project, asked.result)):
        title = "Fix all safe newslint findings"
        found.append(types.CodeAction(title, FIX_ALL, edit=_workspace_edit(asked, edits)))
    return found


def _wanted(kind: str, only: Sequence[str] | None) -> bool:
    return only is None or any(kind == k or kind.startswith(f"{k}.") for k in only)


def touching(findings: Iterable[Finding], span: Span) -> list[Finding]:
    """The findings that a range, or a place, has a part in or stands at."""
    return [f for f in findings if f.span.start <= span.end and span.start <= f.span.end]


def _for_finding(asked: Asked, finding: Finding) -> Iterator[types.CodeAction]:
    quick_fix, source = types.CodeActionKind.QuickFix, asked.result.source
    known = asked.project.known
    about = [diagnostics.of_finding(finding, asked.document, asked.positions, known, asked.can)]
    if finding.fix.edits:
        edit = _workspace_edit(asked, fixes.with_breaks(finding.fix.edits, source))
        title = fixes.title(finding, source)
        yield types.CodeAction(title, quick_fix, about, finding.fix.safe, edit=edit)
    for title, edits in _ignoring(asked, finding):
        edit = _workspace_edit(asked, fixes.with_breaks(edits, source), reason=True)
        yield types.CodeAction(title, quick_fix, about, edit=edit)
    page, window = known.get(finding.rule), asked.can.window
    if page and window and window.show_document and window.show_document.support:
        title = f"Show the page of {finding.rule}"
        command = types.Command(title, SHOW_PAGE, arguments=[page.url])
        yield types.CodeAction(title, quick_fix, about, command=command)


def _ignoring(asked: Asked, finding: Finding) -> Iterator[tuple[str, ignoring.Edits]]:
    rule, project = finding.rule, asked.project
    if rule in project.known and project.known[rule].rule.kind == "suppression":
        return  # those are to be taken out, not ignored
    article = readers.read_source(asked.result.path, asked.result.source)
    terms = Terms(project.settings.names, date.today())
    if edits := ignoring.here(article, finding, terms):
        yield f"Ignore {rule} here with a reason", edits
    if edits := ignoring.in_article(article, finding, terms):
        yield f"Ignore {rule} in this article with a reason", edits


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
