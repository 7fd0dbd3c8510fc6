"""What is going on in the editor: which articles are open, when they are checked, what is said."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from lsprotocol import types
from lsprotocol.types import PositionEncodingKind
from pygls.lsp.server import LanguageServer

from newslint import engines
from newslint.config import Request
from newslint.errors import Error
from newslint.lsp import actions, diagnostics
from newslint.lsp.actions import Asked
from newslint.lsp.checks import Outcome, check, compare
from newslint.lsp.documents import Document, file_of, path_of, uri_of
from newslint.lsp.positions import Positions
from newslint.lsp.projects import Projects

PAUSE = 0.2
"""Seconds without typing before a document is checked."""

Made = TypeVar("Made")

log = logging.getLogger("newslint")


class Session:
    """The open documents. All is called on the event loop.

    Checks run in a thread of their own, and comparisons with the corpus in another, for the first
    of them takes long.
    """

    def __init__(self, server: LanguageServer, flags: Request) -> None:
        self._server = server
        self._projects, self._corpora = Projects(flags), Projects(flags)
        self._worker, self._comparer = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        self._documents: dict[str, Document] = {}
        self._running: set[asyncio.Future[object]] = set()
        self._broken: dict[str, dict[Error, str | None]] = {}
        """By article: what is wrong with other files, each with the file where there is one."""

    @property
    def can(self) -> types.ClientCapabilities:
        """What the editor is able to do."""
        return self._server.client_capabilities

    def open(self, item: types.TextDocumentItem) -> None:
        """Begin to check an article."""
        path = path_of(item, next(iter(self._folders()), str(Path.cwd())))
        if path is not None:
            encoding = PositionEncodingKind(self._server.workspace.position_encoding).value
            document = self._documents[item.uri] = Document(item, path, encoding)
            self._soon(document, 0)

    def change(self, changes: types.DidChangeTextDocumentParams) -> None:
        """Take over what was typed, and check it after a pause."""
        if document := self._documents.get(changes.text_document.uri):
            document.change(changes)
            self._soon(document, PAUSE)

    def close(self, uri: str) -> None:
        """Forget an article and what was said of it."""
        if document := self._documents.pop(uri, None):
            if document.timer:
                document.timer.cancel()
            self._publish(uri, [])
            self._show_errors(document, {})

    def saved(self, uri: str) -> None:
        """Compare with the corpus again: the saved article, and those that it is compared with.

        An engine that was given up is tried again then, and not at each key.
        """
        self._worker.submit(engines.renew)
        for document in self._documents.values():
            project = document.outcome.project if document.outcome else None
            if document.uri == uri or (project and project.checker.comparing):
                self._again(document)

    def check_all(self) -> None:
        """After a change on the disk."""
        for document in self._documents.values():
            self._again(document)

    def _again(self, document: Document) -> None:
        document.stale = document.alone = True
        self._soon(document, PAUSE)

    def _soon(self, document: Document, pause: float) -> None:
        """Check a document after a pause in which nothing else happens to it."""
        if document.timer:
            document.timer.cancel()
        document.timer = asyncio.get_running_loop().call_later(pause, self._start, document)

    def _start(self, document: Document) -> None:
        self._keep(asyncio.ensure_future(self._checked(document)))

    def _keep(self, task: asyncio.Future[Any]) -> None:
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _checked(self, document: Document) -> Outcome | None:
        """What a check of the document as it stands now says; None where it has been closed."""
        async with document.checking:
            while document.stale and self._is_open(document):
                document.stale, version, compared = False, document.version, document.compared
                try:
                    outcome = await self._in_thread(
                        self._worker, check, self._projects, document, compared
                    )
                    current = document.version == version and document.compared is compared
                    if current and self._is_open(document):  # else it is stale again
                        self._take(document, outcome)
                except Exception as failure:
                    document.outcome = None
                    self._failed(failure)
            return document.outcome if self._is_open(document) else None

    def _take(self, document: Document, outcome: Outcome) -> None:
        self._show(document, outcome)
        before, document.outcome = document.outcome, outcome
        document.compared = outcome.compared
        project = outcome.project
        document.alone |= before is None or before.project is not project
        if document.alone and project is not None and project.checker.comparing:
            self._keep(asyncio.ensure_future(self._compare(document)))

    async def _compare(self, document: Document) -> None:
        async with document.comparing:
            while document.alone and self._is_open(document):
                document.alone = False
                try:
                    document.compared = await self._in_thread(
                        self._comparer, compare, self._corpora, document
                    )
                except Exception as failure:
                    self._failed(failure)
                document.stale = True
                self._soon(document, 0)

    def _is_open(self, document: Document) -> bool:
        return self._documents.get(document.uri) is document

    async def _in_thread(
        self, worker: ThreadPoolExecutor, work: Callable[..., Made], projects: Projects,
        document: Document, *more: object,
    ) -> Made:  # fmt: skip
        call = partial(work, projects, document.path, document.text, self._folders(), *more)
        return await asyncio.get_running_loop().run_in_executor(worker, call)

    async def actions(
        self, uri: str, place: types.Range, only: list[str] | None
    ) -> list[types.CodeAction]:
        """What can be done about the findings in a range."""
        asked = await self.asked(uri)
        if asked is None:
            return []
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._worker, actions.offered, asked, place, only)

    async def asked(self, uri: str) -> Asked | None:
        """A document as it stands now, checked; None where there is nothing to be said of it."""
        document = self._documents.get(uri)
        outcome = await self._checked(document) if document else None
        if document is None or outcome is None or outcome.project is None or not outcome.result:
            return None
        positions = Positions(outcome.text, document.encoding)
        return Asked(
            document, document.version, outcome.project, outcome.result, positions, self.can
        )

    def _folders(self) -> list[str]:
        """The folders that are open in the editor."""
        workspace = self._server.workspace
        uris = [folder.uri for folder in workspace.folders.values()] or [workspace.root_uri or ""]
        return [path for uri in uris if (path := file_of(uri)) is not None]

    def _show(self, document: Document, outcome: Outcome) -> None:
        found = diagnostics.of_document(document, outcome, self.can)
        self._publish(document.uri, found, document.version)
        files = {e: diagnostics.file_of_error(e, outcome.home) for e in outcome.errors}
        self._show_errors(document, files)
        before = document.outcome.notices if document.outcome else ()
        for notice in outcome.notices:
            if notice not in before:
                text = f"{document.path}: {notice}"
                self._server.window_log_message(
                    types.LogMessageParams(types.MessageType.Info, text)
                )

    def _show_errors(self, document: Document, errors: dict[Error, str | None]) -> None:
        """Show what is wrong with a config and its files, and take back what was wrong before.

        Several articles may have the same to say.
        """
        known = {error for of_article in self._broken.values() for error in of_article}
        touched = {*errors.values(), *self._broken.pop(document.uri, {}).values()}
        if errors:
            self._broken[document.uri] = errors
        for path in touched:
            if path is not None:
                found = {e for those in self._broken.values() for e in those if those[e] == path}
                shown = diagnostics.of_errors(sorted(found, key=str), path, document.encoding)
                self._publish(uri_of(path), shown)
        self._tell(error for error in errors if error not in known)

    def _tell(self, errors: Iterable[Error]) -> None:
        for error in errors:
            self._server.window_show_message(
                types.ShowMessageParams(types.MessageType.Error, f"newslint: {error}")
            )

    def _failed(self, failure: Exception) -> None:
        log.error("a check failed", exc_info=failure)
        message = (
            f"{type(failure).__name__}: {failure}: this is a bug; NEWSLINT_TRACEBACK=1 shows where"
        )
        self._tell([Error("", "crash", message)])

    def _publish(self, uri: str, found: list[types.Diagnostic], version: int | None = None) -> None:
        self._server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, found, version)
        )

    def end(self) -> None:
        """Stop checking."""
        for worker in (self._worker, self._comparer):
            worker.shutdown(wait=False, cancel_futures=True)
