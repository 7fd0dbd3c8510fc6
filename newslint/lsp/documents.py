"""What is open in the editor, as it stands there and not on the disk."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls.uris import to_fs_path

from newslint.lsp.checks import NOT_COMPARED, Outcome
from newslint.lsp.positions import Positions, edited
from newslint.readers import format_of

SUFFIXES = {"markdown": ".md", "html": ".html", "plaintext": ".txt", "text": ".txt"}
"""By the editor's name of a language: what an article without a file is read as."""


class Document:
    """One open article."""

    def __init__(self, item: types.TextDocumentItem, path: str, encoding: str) -> None:
        self.uri = item.uri
        self.path = path
        """Absolute, with links among its folders resolved."""
        self.version = item.version
        self.text = _joined(item.text)
        self.encoding = encoding
        self.stale = True
        """Whether it must be checked again, although its text may be the same."""
        self.alone = True
        """Whether it must be compared with the corpus again."""
        self.outcome: Outcome | None = None
        self.compared = NOT_COMPARED
        self.checking, self.comparing = asyncio.Lock(), asyncio.Lock()
        self.timer: asyncio.TimerHandle | None = None

    def change(self, changes: types.DidChangeTextDocumentParams) -> None:
        """Take over what was typed."""
        for change in changes.content_changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                text = edited(self.text, change.range, change.text, self.encoding)
            else:
                text = change.text
            self.text = _joined(text)
        self.version = changes.text_document.version
        self.stale = True

    def positions(self) -> Positions:
        """The lines of the text as it stands now."""
        return Positions(self.text, self.encoding)


def _joined(text: str) -> str:
    """The text with each pair of surrogates, sent or typed one after the other, as a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return text


def path_of(item: types.TextDocumentItem, folder: str) -> str | None:
    """The path of an article in the editor, in `folder` where it has no file; None for others."""
    path = file_of(item.uri)
    if path is not None:
        return path if format_of(path) else None
    if urlsplit(item.uri).scheme != "untitled" or item.language_id not in SUFFIXES:
        return None
    name = os.path.basename(unquote(urlsplit(item.uri).path)) or "untitled"
    wanted = SUFFIXES[item.language_id]
    return os.path.join(folder, name if format_of(name) else name + wanted)


def file_of(uri: str) -> str | None:
    """The file of a URI, with links among its folders resolved; None where there is no file."""
    path = to_fs_path(uri)
    if not path:
        return None
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def uri_of(path: str) -> str:
    """The URI of a file."""
    return Path(os.path.abspath(path)).as_uri()
