"""An editor for tests: a real client, and documents kept as an editor keeps them, in UTF-16."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from conftest import PATIENCE, environment
from lsprotocol import types
from pytest_lsp import LanguageClient

UNITS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
CODECS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}


class Buffer:
    """The text of a document as bytes of the agreed encoding; lines end at CR, LF and CRLF only."""

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.codec, self.unit = CODECS[encoding], UNITS[encoding]
        self.data = text.encode(self.codec, "surrogatepass")

    @property
    def text(self) -> str:
        return self.data.decode(self.codec, "surrogatepass")

    def lines(self) -> list[str]:
        return re.split("\r\n|\n|\r", self.text)

    def position(self, offset: int) -> types.Position:
        """Of an offset in code points."""
        before = re.split("\r\n|\n|\r", self.text[:offset])
        if offset and self.text[offset - 1 : offset + 1] == "\r\n":
            before = re.split("\r\n|\n|\r", self.text[: offset - 1])
        last = before[-1].encode(self.codec, "surrogatepass")
        return types.Position(len(before) - 1, len(last) // self.unit)

    def range(self, start: int, end: int) -> types.Range:
        return types.Range(self.position(start), self.position(end))

    def byte(self, position: types.Position) -> int:
        at = 0
        text = self.text
        for _ in range(position.line):
            match = re.search("\r\n|\n|\r", text[at:])
            assert match, "no such line"
            at += match.end()
        line = re.split("\r\n|\n|\r", text[at:], maxsplit=1)[0].encode(self.codec, "surrogatepass")
        assert position.character * self.unit <= len(line), "beyond the end of the line"
        return len(text[:at].encode(self.codec, "surrogatepass")) + position.character * self.unit

    def at(self, place: types.Range) -> str:
        found = self.data[self.byte(place.start) : self.byte(place.end)]
        return found.decode(self.codec, "surrogatepass")

    def apply(self, edits: Iterable[tuple[types.Range, str]]) -> None:
        """All edits at once: their ranges are those of the text as it was, and must not overlap."""
        spans = [
            (self.byte(r.start), self.byte(r.end), number, new)
            for number, (r, new) in enumerate(edits)
        ]
        out, reached = b"", 0
        for start, end, _, new in sorted(spans):
            assert start >= reached, "edits overlap"
            assert end >= start
            out += self.data[reached:start] + new.encode(self.codec, "surrogatepass")
            reached = end
        self.data = out + self.data[reached:]


class Editor:
    """Opens, types, asks and applies; knows what the server has said."""

    def __init__(self, client: LanguageClient, encoding: str) -> None:
        self.client = client
        self.encoding = encoding
        self.buffers: dict[str, Buffer] = {}
        self.versions: dict[str, int] = {}
        self.published: list[types.PublishDiagnosticsParams] = []
        self.registered: list[types.Registration] = []
        self.shown: list[str] = []

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params: types.PublishDiagnosticsParams) -> None:
            self.published.append(params)

        @client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def register(params: types.RegistrationParams) -> None:
            self.registered += params.registrations

        @client.feature(types.WINDOW_SHOW_DOCUMENT)
        def show(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
            self.shown.append(params.uri)
            return types.ShowDocumentResult(True)

        @client.feature(types.WINDOW_LOG_MESSAGE)
        def log(params: types.LogMessageParams) -> None:
            client.log_messages.append(params)

        @client.feature(types.WINDOW_SHOW_MESSAGE)
        def message(params: types.ShowMessageParams) -> None:
            client.messages.append(params)

    def open(self, uri: str, text: str, language: str = "markdown") -> None:
        self.buffers[uri], self.versions[uri] = Buffer(text, self.encoding), 1
        item = types.TextDocumentItem(uri, language, 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, uri: str, *changes: tuple[int, int, str]) -> None:
        """Replace text from one offset (in code points) to another, one change after the other."""
        buffer, sent = self.buffers[uri], []
        for start, end, new in changes:
            place = buffer.range(start, end)
            buffer.apply([(place, new)])
            sent.append(types.TextDocumentContentChangePartial(place, new))
        self._send(uri, sent)

    def replace_all(self, uri: str, text: str) -> None:
        self.buffers[uri] = Buffer(text, self.encoding)
        self._send(uri, [types.TextDocumentContentChangeWholeDocument(text)])

    def _send(self, uri: str, changes: Sequence[types.TextDocumentContentChangeEvent]) -> None:
        self.versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, changes))

    def save(self, uri: str) -> None:
        self.client.text_document_did_save(
            types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri))
        )

    def close(self, uri: str) -> None:
        self.client.text_document_did_close(
            types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
        )

    def files_changed(self, *paths: Path) -> None:
        events = [types.FileEvent(path.as_uri(), types.FileChangeType.Changed) for path in paths]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))

    async def until(self, seen: Callable[[], Any]) -> Any:
        """Wait until something is so."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while not (found := seen()):
            assert asyncio.get_running_loop().time() < deadline, (
                self.published[-3:],
                self.client.messages,
            )
            await asyncio.sleep(0.01)
        return found

    def last(self, uri: str) -> types.PublishDiagnosticsParams | None:
        return next((p for p in reversed(self.published) if p.uri == uri), None)

    async def diagnostics(self, uri: str, after: int = 0) -> Sequence[types.Diagnostic]:
        """Those of the document as it stands now, published after so many messages."""

        def current() -> types.PublishDiagnosticsParams | None:
            found = next((p for p in reversed(self.published[after:]) if p.uri == uri), None)
            return found if found and found.version == self.versions[uri] else None

        return (await self.until(current)).diagnostics

    async def found(self, uri: str, after: int = 0) -> list[tuple[str, str]]:
        """(rule, text) of what is shown now."""
        buffer = self.buffers[uri]
        return [(str(d.code), buffer.at(d.range)) for d in await self.diagnostics(uri, after)]

    async def shows(self, uri: str, *rules: str) -> None:
        """Wait until these are the rules that speak of the document as it stands now."""

        def now() -> bool:
            said = self.last(uri)
            current = said is not None and said.version == self.versions[uri]
            return current and [d.code for d in said.diagnostics] == list(rules)  # type: ignore[union-attr]

        await self.until(now)

    async def actions(self, uri: str, place: types.Range, *only: str) -> list[types.CodeAction]:
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(uri),
            place,
            types.CodeActionContext([], list(only) or None),
        )
        return list(await self.client.text_document_code_action_async(params) or [])

    async def action(self, uri: str, place: types.Range, title: str) -> types.CodeAction:
        """The one action whose title begins so."""
        found = [a for a in await self.actions(uri, place) if a.title.startswith(title)]
        assert len(found) == 1, [a.title for a in await self.actions(uri, place)]
        return found[0]

    def apply(self, action: types.CodeAction) -> None:
        """Make the edits of an action, as an editor does, and tell the server."""
        assert action.edit
        by_uri: dict[str, list[tuple[types.Range, str]]] = {}
        for uri, edits in (action.edit.changes or {}).items():
            by_uri[uri] = [(edit.range, edit.new_text) for edit in edits]
        for change in action.edit.document_changes or ():
            assert isinstance(change, types.TextDocumentEdit)
            uri = change.text_document.uri
            assert change.text_document.version == self.versions[uri]
            by_uri[uri] = [(edit.range, _typed(edit)) for edit in change.edits]
        for uri, edits in by_uri.items():
            self.buffers[uri].apply(edits)
            self.replace_all(uri, self.buffers[uri].text)

    async def hover(self, uri: str, offset: int) -> types.Hover | None:
        position = self.buffers[uri].position(offset)
        params = types.HoverParams(types.TextDocumentIdentifier(uri), position)
        return await self.client.text_document_hover_async(params)


def _typed(edit: Any) -> str:
    if isinstance(edit, types.SnippetTextEdit):
        placed = re.sub(r"\$\{1:([^}]*)\}", "why not", edit.snippet.value)
        return re.sub(r"\\([\\$}])", r"\1", placed)
    return str(edit.new_text)


def capabilities(encodings: Sequence[str] = (), **more: Any) -> types.ClientCapabilities:
    """What the client says it can do: all that newslint makes use of, unless told otherwise."""
    edit = {"document_changes": True, "snippet_edit_support": False, **more}
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=list(encodings) or None),
        window=types.WindowClientCapabilities(
            show_document=types.ShowDocumentClientCapabilities(True)
        ),
        workspace=types.WorkspaceClientCapabilities(
            workspace_edit=types.WorkspaceEditClientCapabilities(**edit),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(True),
        ),
        text_document=types.TextDocumentClientCapabilities(
            publish_diagnostics=types.PublishDiagnosticsClientCapabilities(
                related_information=True,
                version_support=True,
                code_description_support=True,
                data_support=True,
                tag_support=types.ClientDiagnosticsTagOptions([types.DiagnosticTag.Unnecessary]),
            ),
            code_action=types.CodeActionClientCapabilities(
                is_preferred_support=True,
                code_action_literal_support=types.ClientCodeActionLiteralOptions(
                    types.ClientCodeActionKindOptions([types.CodeActionKind.QuickFix])
                ),
            ),
        ),
    )


async def start(
    *arguments: str, cwd: Path, folders: Sequence[Path] = (),
    can: types.ClientCapabilities | None = None, process_id: int | None = None,
) -> Editor:  # fmt: skip
    """A server in a process of its own, and an editor that has shaken hands with it."""
    client = LanguageClient()
    await client.start_io(
        sys.executable, "-m", "newslint", "lsp", *arguments, cwd=cwd, env=environment()
    )
    done = await client.initialize_session(
        types.InitializeParams(
            can or capabilities(),
            process_id=process_id,
            workspace_folders=[types.WorkspaceFolder(f.as_uri(), f.name) for f in folders] or None,
        )
    )
    return Editor(client, str(done.capabilities.position_encoding or "utf-16"))


async def stop(editor: Editor) -> int | None:
    """Say goodbye; the exit code of the server."""
    await editor.client.shutdown_session()
    server = editor.client._server
    assert server
    return server.returncode


Play = Callable[[Editor], Awaitable[Any]]
