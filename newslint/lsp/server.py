"""The server: messages of the protocol in, calls of the session out."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from typing import BinaryIO

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from newslint import __version__
from newslint.config import Request
from newslint.lsp import actions, hover
from newslint.lsp.session import Session

WATCHED = "**/*.{yml,yaml,txt,md,markdown,html,htm}"
"""Configs, rules, people, words, baselines, and the articles of a corpus."""
ALIVE = 2.0
"""Seconds between two looks at whether the editor still runs."""
_KEPT_HERE = (
    types.TEXT_DOCUMENT_DID_OPEN, types.TEXT_DOCUMENT_DID_CHANGE, types.TEXT_DOCUMENT_DID_CLOSE,
)  # fmt: skip
"""pygls keeps documents too, but ends lines where editors do not, as at U+2028."""


def serve(flags: Request, stdin: BinaryIO, stdout: BinaryIO, orphaned: Callable[[], None]) -> int:
    """Speak with an editor until it says goodbye: 0 if it did so in good form, else 1.

    `orphaned` is called where the editor has died without a word, and has to end the process.
    """
    server = LanguageServer("newslint", __version__)
    session = Session(server, flags)
    ended = _about_life(server, session, orphaned)
    _about_documents(server, session)
    _about_findings(server, session)
    for name in _KEPT_HERE:
        del server.protocol.fm.builtin_features[name]
    server.start_io(stdin, stdout)
    session.end()
    return 0 if ended else 1


def _about_life(
    server: LanguageServer, session: Session, orphaned: Callable[[], None]
) -> list[bool]:
    ended: list[bool] = []

    async def watch_editor() -> None:
        while server.process_id is not None and _runs(server.process_id):
            await asyncio.sleep(ALIVE)
        if server.process_id is not None:
            orphaned()

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        workspace = session.can.workspace
        watching = workspace and workspace.did_change_watched_files
        if watching and watching.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions(
                [types.FileSystemWatcher(WATCHED)]
            )
            method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = types.Registration("newslint-files", method, options)
            await server.client_register_capability_async(types.RegistrationParams([registration]))
        if sys.platform != "win32":  # there, asking would end the editor
            await watch_editor()

    @server.feature(types.SHUTDOWN)
    def shutdown(*_: object) -> None:
        ended.append(True)

    return ended


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _about_documents(server: LanguageServer, session: Session) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(parameters: types.DidOpenTextDocumentParams) -> None:
        session.open(parameters.text_document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(parameters: types.DidChangeTextDocumentParams) -> None:
        session.change(parameters)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(parameters: types.DidSaveTextDocumentParams) -> None:
        session.saved(parameters.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(parameters: types.DidCloseTextDocumentParams) -> None:
        session.close(parameters.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(_: types.DidChangeWatchedFilesParams) -> None:
        session.check_all()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders_changed(_: types.DidChangeWorkspaceFoldersParams) -> None:
        session.check_all()


def _about_findings(server: LanguageServer, session: Session) -> None:
    options = types.CodeActionOptions(code_action_kinds=list(actions.KINDS))

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, options)
    async def code_actions(parameters: types.CodeActionParams) -> list[types.CodeAction]:
        only = [str(getattr(kind, "value", kind)) for kind in parameters.context.only or ()]
        return await session.actions(parameters.text_document.uri, parameters.range, only or None)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(parameters: types.HoverParams) -> types.Hover | None:
        asked = await session.asked(parameters.text_document.uri)
        if asked is None:
            return None
        place = asked.positions.span(types.Range(parameters.position, parameters.position))
        found = actions.touching(asked.result.findings, place)
        return hover.of_findings(found, asked) if found else None

    @server.command(actions.SHOW_PAGE)
    async def show_page(url: str) -> None:
        try:
            await server.window_show_document_async(types.ShowDocumentParams(url, external=True))
        except JsonRpcException:  # the editor has no browser to show it in
            server.window_show_message(types.ShowMessageParams(types.MessageType.Info, url))
