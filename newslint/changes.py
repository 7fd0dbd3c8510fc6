"""`--changed-since`: only the articles that a branch has changed, and only the changed lines.

What has changed is what differs from the commit where the branch left the other one: committed,
staged, unstaged and untracked files.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from newslint import files, git
from newslint.errors import Error
from newslint.files import Found
from newslint.fresh import Fresh

REPOSITORY = "{} is a repository of its own and has changed: all that it holds counts as new"


class Changes(Struct, frozen=True):
    """What differs from a commit, in one repository."""

    ref: str
    """As the user called the other branch."""
    top: str
    files: Mapping[str, git.Change]
    """By path from the top of the repository."""


class Chosen(Struct, frozen=True):
    """Changed articles among those that the command line names."""

    found: Found
    changes: Mapping[str, git.Change]
    """By path as `found` has it."""
    top: str

    def fresh(self) -> Fresh:
        """What leaves only new findings."""
        return Fresh(self.top, self.changes)


def since(ref: str, folder: str) -> Changes:
    """What has changed since the branch left `ref`. Raises `NewslintError` with the remedy."""
    top = git.top_of(folder)
    changed = git.changed(top, git.merge_base(top, ref))
    return Changes(ref, top, {change.path: change for change in changed})


def choose(changes: Changes, paths: Sequence[str], wanted: Callable[[str], bool]) -> Chosen:
    """The changed articles at or below `paths` that `wanted` (the config's globs) lets through."""
    given, errors = _named(paths, changes.top, changes.files)
    found = files.find(list(given), wanted) if given else files.NOTHING
    quiet = found.paths or errors or found.errors
    notices = _repositories(given, found.paths)
    notices += () if quiet else found.notices or (_nothing(changes),)
    chosen = {path: _comparable(given[path], changes.top, wanted) for path in found.paths}
    return Chosen(Found(found.paths, (*errors, *found.errors), notices), chosen, changes.top)


def comes_from_article(change: git.Change, top: str, wanted: Callable[[str], bool]) -> bool:
    """Whether a changed article was one before, and not what the config or a walk leaves out."""
    hidden = not files.walked(change.base) and files.walked(change.path)
    return bool(change.blob) and not hidden and wanted(os.path.join(top, change.base))


def _comparable(change: git.Change, top: str, wanted: Callable[[str], bool]) -> git.Change:
    return change if comes_from_article(change, top, wanted) else git.Change(change.path)


def _repositories(given: Mapping[str, git.Change], chosen: Iterable[str]) -> tuple[str, ...]:
    """A notice for each repository in the repository that holds chosen articles."""
    names = dict.fromkeys(given[path].path for path in chosen)
    return tuple(REPOSITORY.format(name.rstrip("/")) for name in names if name.endswith("/"))


def find_tracked(paths: Sequence[str], wanted: Callable[[str], bool], top: str) -> Found:
    """What `files.find` finds, and what git keeps there although a `.gitignore` names it."""
    found = files.find(paths, wanted)
    kept, _ = _named(paths, top, {path: git.Change(path) for path in git.tracked(top)})
    known = set(map(os.path.normpath, found.paths))
    hidden = [p for p in kept if os.path.normpath(p) not in known and os.path.lexists(p)]
    more = files.find(hidden, wanted) if hidden else files.NOTHING
    errors = (*found.errors, *more.errors)
    return Found(tuple(sorted((*found.paths, *more.paths))), errors, found.notices)


def _named(
    paths: Sequence[str], top: str, known: Mapping[str, git.Change]
) -> tuple[dict[str, git.Change], list[Error]]:
    """Those files of a repository that lie at or below some paths, named as a walk names them."""
    given: dict[str, git.Change] = {}
    errors: list[Error] = []
    for path in files.resolved(paths):
        if not os.path.lexists(path):
            errors.append(files.missing(path))
            continue
        where = os.path.relpath(real(path), top).replace(os.sep, "/")
        if where.split("/")[0] == os.pardir:
            message = f'lies outside the git repository at "{top}": nothing to compare it with'
            errors.append(Error(path, "unreadable", message))
            continue
        for name, change in _below(path, where, known):
            if change.path.endswith("/") and os.path.isdir(name):
                every = files.find([name.rstrip("/")], lambda _: True)
                given.update(dict.fromkeys(every.paths, change))
                errors += [error for error in every.errors if error.code != "no-articles"]
            else:
                given[name] = change
    return given, errors


def _nothing(changes: Changes) -> str:
    return f"nothing to check: no article here has changed since {changes.ref}"


def real(path: str) -> str:
    """Where a path leads; a file that is a link is a file of its own to git."""
    if os.path.isdir(path):
        return os.path.realpath(path)
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def _below(
    given: str, where: str, changed: Mapping[str, git.Change]
) -> Iterator[tuple[str, git.Change]]:
    """What has changed at a given path, which git knows as `where`; named as a walk names it."""
    shown = given.replace(os.sep, "/")
    prefix = "" if where == os.curdir else where + "/"
    for path, change in changed.items():
        inside = f"{where}/".startswith(path) and path.endswith("/")
        if path == where or inside:
            yield shown, change
        elif path.startswith(prefix) and os.path.isdir(given):
            name = path[len(prefix) :]
            if files.walked(f"{name}a.md" if name.endswith("/") else name):
                joined = name if given == os.curdir else os.path.join(given, name)
                yield joined.replace(os.sep, "/"), change
