"""`--config-from`: a pull request is hostile until merged, so a commit that is merged has the say.

The config, the rules, lexicons, people, words and baseline that it names come from that commit. Of
what an article suppresses, that counts which the commit's version of the article waves on already.
Nothing of the working tree is read for it but the articles themselves.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from newslint import baseline_file, changes, config, git, stylebooks, yamlfile
from newslint.config import Request
from newslint.errors import Error, NewslintError
from newslint.lexicons import FOLDER
from newslint.tree import Tree


class Base:
    """The commit that has the say: what it holds, and the request that reads its config."""

    def __init__(self, top: str, ref: str, objects: git.Objects) -> None:
        commit = git.commit_of(top, ref)
        self.top = top
        self.ref = ref
        self.tree = Tree(top, commit, ref, objects)
        self._objects = objects
        self._changed: Mapping[str, git.Change] = {c.path: c for c in git.changed(top, commit)}

    def version_of(self, path: str, wanted: Callable[[str], bool]) -> bytes | None:
        """The article at a path of the working tree as it was; None for a new one.

        What `wanted` (the config's globs) leaves out was none.
        """
        where = _below(changes.real(path), self.top)
        change = self._changed.get(where)
        if change and not changes.comes_from_article(change, self.top, wanted):
            return None
        blob = change.blob if change else self.tree.blob(where)
        return self._objects.read(blob) if blob else None


@contextmanager
def base_of(ref: str, request: Request) -> Iterator[tuple[Base, Request]]:
    """The commit that `ref` names, and the request with its config in place of the tree's.

    What the config needs lies in a folder of its own for as long as this lasts. Raises
    `NewslintError`.
    """
    top = git.top_of(request.cwd)
    with TemporaryDirectory(prefix="newslint-") as made, git.Objects(top) as objects:
        base, folder = Base(top, ref, objects), os.path.realpath(made)
        os.mkdir(os.path.join(folder, ".git"))  # no path in the config may lead out of it
        copy = _Copy(base.tree, Path(folder))
        where = _below(os.path.realpath(request.cwd), top)
        name = None if request.isolated else _config(base, request, where)
        copy.file(posixpath.join(where, baseline_file.NAME))
        if name is not None:
            copy.config(name)
        if request.config is not None and name is not None:
            request = replace(request, config=os.path.join(folder, name))
        yield base, replace(request, stand_in=(top, folder))


def notices(base: Base, request: Request) -> list[str]:
    """What a user should know about where the config comes from."""
    where = _below(os.path.realpath(request.cwd), base.top)
    if request.isolated or _config(base, request, where) is not None:
        return []
    return [f"there is no {config.NAME} in {base.ref}: newslint's own defaults hold"]


def _config(base: Base, request: Request, where: str) -> str | None:
    """The path of the config in the commit; None where there is none."""
    if request.config is not None:
        name = _below(os.path.abspath(os.path.join(request.cwd, request.config)), base.top)
        if name.split("/")[0] == ".." or not base.tree.blob(name):
            message = f"there is no such config file in {base.ref}, which --config-from names"
            raise NewslintError(Error(request.config, "config", message))
        return name
    folder = where
    while True:
        name = posixpath.join(folder, config.NAME)
        if base.tree.blob(name):
            return name
        if not folder:
            return None
        folder = posixpath.dirname(folder)


class _Copy:
    """Writes files of a tree into a folder, where they lie as in the tree and links are files."""

    def __init__(self, tree: Tree, folder: Path) -> None:
        self._tree = tree
        self._folder = folder

    def file(self, path: str) -> None:
        """A file, if there is one."""
        data = self._tree.read(path) if _stays(path) else None
        if data is not None:
            target = self._folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)

    def config(self, path: str) -> None:
        """The config and the files that it names. What is wrong with it is told elsewhere."""
        self.file(path)
        home = posixpath.dirname(path)
        self.file(posixpath.join(home, baseline_file.NAME))
        try:
            text = (self._folder / path).read_bytes().decode("utf-8-sig")
            data = yamlfile.load(text, path, "config").data
        except (UnicodeDecodeError, NewslintError):
            return
        named = data if isinstance(data, dict) else {}
        for key in ("people", "words"):
            if isinstance(named.get(key), str):
                self.file(posixpath.normpath(posixpath.join(home, named[key])))
        books = named.get("extends")
        for book in books if isinstance(books, list) else ():
            if isinstance(book, str) and "/" in book:
                self._stylebook(posixpath.normpath(posixpath.join(home, book)))

    def _stylebook(self, path: str) -> None:
        """The rules of a stylebook and its lexicons."""
        top = "" if path == "." else path
        for folder in (top, posixpath.join(top, FOLDER)):
            names = self._tree.names_in(folder) if _stays(folder) else None
            if names is None:
                continue
            (self._folder / folder).mkdir(parents=True, exist_ok=True)
            for name in names:
                if posixpath.splitext(name)[1] in stylebooks.SUFFIXES:
                    self.file(posixpath.join(folder, name))


def _stays(path: str) -> bool:
    """Whether a path stays below the folder that it starts from."""
    return not posixpath.isabs(path) and posixpath.normpath(path).split("/")[0] != ".."


def _below(path: str, top: str) -> str:
    """The path from the top of the repository, joined with `/`; the top itself is empty."""
    where = os.path.relpath(path, top).replace(os.sep, "/")
    return "" if where == os.curdir else where
