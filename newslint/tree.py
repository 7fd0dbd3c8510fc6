"""The files of a commit, as git keeps them: no working tree, and no link that leads out of it."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator

from newslint import git
from newslint.errors import NewslintError

LINKS = 32
"""Symbolic links that may lead to one another."""


class Tree:
    """The files of one commit, by path from the top of the repository, joined with `/`."""

    def __init__(self, top: str, commit: str, shown: str, objects: git.Objects) -> None:
        self._shown = shown
        self._objects = objects
        self._entries = {entry.path: entry for entry in git.entries(top, commit)}
        self._folders: dict[str, list[str]] = {"": []}
        for path in self._entries:
            self._file_under(path)

    def _file_under(self, path: str) -> None:
        folder = posixpath.dirname(path)
        if folder not in self._folders:
            self._folders[folder] = []
            self._file_under(folder)
        self._folders[folder].append(posixpath.basename(path))

    def blob(self, path: str) -> str:
        """The object of a file, links followed; empty where there is none.

        Raises `NewslintError` for a link that leads out.
        """
        entry = self._entries.get(self._real(path))
        return entry.blob if entry else ""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, or None where there is none. Raises as `blob` does."""
        blob = self.blob(path)
        return self._objects.read(blob) if blob else None

    def names_in(self, folder: str) -> list[str] | None:
        """What lies directly in a folder, or None where there is none. Raises as `blob` does."""
        return self._folders.get(self._real(folder))

    def _real(self, path: str) -> str:
        """The path with links followed."""
        wanted, steps = path, 0
        while link := next(self._links_on(path), None):
            steps += 1
            target = os.fsdecode(self._objects.read(self._entries[link].blob))
            rest = path[len(link) :].lstrip("/")
            path = posixpath.normpath(posixpath.join(posixpath.dirname(link), target, rest))
            if posixpath.isabs(path) or path.split("/")[0] == ".." or steps > LINKS:
                raise self._led_out(wanted)
        return "" if path == "." else path

    def _links_on(self, path: str) -> Iterator[str]:
        parts = path.split("/")
        for number in range(1, len(parts) + 1):
            part = "/".join(parts[:number])
            if part in self._entries and self._entries[part].link:
                yield part

    def _led_out(self, path: str) -> NewslintError:
        return git.trouble(f'"{path}" in {self._shown} is a symbolic link that leads out')
