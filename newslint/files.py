"""Which files a run checks: given files, folders walked, what git and the config leave out."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from newslint.baseline_file import NAME as BASELINE
from newslint.errors import Error
from newslint.inorder import InOrder
from newslint.paths import leads_out, repository_of, unicode, upwards
from newslint.readers import SUFFIXES

SKIPPED_FOLDERS = frozenset({"node_modules", "__pycache__"})
"""Folders that are not walked, besides those whose names begin with a dot."""
AUDIT = "newslint-audit.json"
"""A file that marks its folder as that of an audit: what lies there speaks about articles."""


class Found(Struct, frozen=True):
    """The files to check, in the order of their paths."""

    paths: tuple[str, ...]
    """As given, or as found below a given folder; joined with `/`."""
    errors: tuple[Error, ...]
    notices: tuple[str, ...]


NOTHING = Found((), (), ())


def find(paths: Sequence[str], wanted: Callable[[str], bool]) -> Found:
    """Files below `paths` that `wanted` (the config's `files` and `exclude`) lets through."""
    found: dict[str, None] = {}
    errors: list[Error] = []
    left_out = 0
    for path in paths:
        kept, others, problems = _below(path, wanted)
        errors += problems
        left_out += others
        found.update(dict.fromkeys(kept))
        if not kept and not others and not problems:
            message = f"no article here: newslint reads {', '.join(sorted(SUFFIXES))}"
            errors.append(Error(_shown(path), "no-articles", message))
    notices = []
    if left_out and not found and not errors:
        files = "the given file is" if left_out == 1 else f"all {left_out} given files are"
        notices.append(f"{files} left out by files or exclude in the config")
    # One file under two names (a.md, ./a.md) is one article.
    unique = {os.path.normpath(path): path for path in sorted(found, reverse=True)}
    return Found(tuple(sorted(unique.values())), tuple(errors), tuple(notices))


def resolved(paths: Sequence[str]) -> list[str]:
    """The paths with those globs resolved that no shell has resolved, where they name anything."""
    found: list[str] = []
    for path in paths:
        globbed = not os.path.lexists(path) and glob.has_magic(path)
        found += (globbed and sorted(glob.glob(path, recursive=True))) or [path]
    return found


def walked(name: str) -> bool:
    """Whether a walk takes up a file at this path below the folder that it starts from."""
    folders = name.split("/")[:-1]
    hidden = any(part.startswith(".") for part in name.split("/"))
    suffix = os.path.splitext(name)[1].lower()
    return suffix in SUFFIXES and not hidden and SKIPPED_FOLDERS.isdisjoint(folders)


def missing(path: str) -> Error:
    """What to say of a given path at which there is nothing."""
    return Error(_shown(path), "unreadable", "there is no such file or folder")


def _shown(path: str) -> str:
    return path.replace(os.sep, "/")


def _below(path: str, wanted: Callable[[str], bool]) -> tuple[list[str], int, list[Error]]:
    if not os.path.lexists(path):
        return _matching(path, wanted)
    root = repository_of(Path(os.path.abspath(path)).parent)
    if root is not None and _is_outside(Path(path), root):
        return [], 0, [_led_out(path)]
    candidates, errors = _walk(path) if os.path.isdir(path) else ([_shown(path)], [])
    kept = [name for name in candidates if wanted(name)]
    return kept, len(candidates) - len(kept), errors


def _matching(pattern: str, wanted: Callable[[str], bool]) -> tuple[list[str], int, list[Error]]:
    """The files of a glob that no shell has resolved."""
    found: tuple[list[str], int, list[Error]] = ([], 0, [])
    paths = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []
    if not paths:
        return [], 0, [missing(pattern)]
    for path in paths:
        kept, others, errors = _below(path, wanted)
        found = (found[0] + kept, found[1] + others, found[2] + errors)
    return found


def _is_outside(path: Path, root: Path) -> bool:
    """Whether a path leads out of the working tree; what git keeps for itself may be secret."""
    return leads_out(path, root) or not (".git" in path.parts or leads_out(path, root / ".git"))


def _led_out(path: str) -> Error:
    message = "a symbolic link that leads out of the repository: not read"
    return Error(_shown(path), "unreadable", message)


def _walk(folder: str) -> tuple[list[str], list[Error]]:
    """Articles below a folder, and what is wrong there."""
    found: list[str] = []
    errors: list[Error] = []
    for item in below(folder, lambda path: _is_article(os.path.basename(path))):
        if isinstance(item, Error):
            errors.append(item)
        else:
            found.append(item)
    return found, errors


def below(
    folder: str, takes: Callable[[str], bool], enters: Callable[[str], bool] = lambda _: True
) -> Iterator[str | Error]:
    """Files below a folder that git does not ignore, as a walk meets them; joined with `/`.

    `takes` and `enters` are asked of the paths of files and folders. No link is followed out of the
    repository. What cannot be read, or leads out, is an error.
    """
    here = Path(folder).resolve()
    root = repository_of(here) or Path(folder)
    ignored = _Ignored(here, repository_of(here))
    if ignored("./"):  # asked for by name: what stands above it has no say
        ignored = _Ignored(here, here)
    for item in _entries(folder, ignored, takes, enters):
        if isinstance(item, Error):
            yield item
            continue
        path, is_link = item
        if folder == os.curdir:
            path = path.removeprefix(os.curdir + os.sep)
        outside = is_link and _is_outside(Path(path), root)
        yield _led_out(path) if outside else _shown(path)


def _entries(
    folder: str, ignored: _Ignored, takes: Callable[[str], bool], enters: Callable[[str], bool]
) -> Iterator[tuple[str, bool] | Error]:
    """All files below a folder that are taken, and whether each is a symbolic link.

    A folder that cannot be read is an error.
    """
    pending = [folder]
    while pending:
        where = pending.pop()
        try:
            names = _names(where)
        except OSError as error:
            yield Error(_shown(where), "unreadable", error.strerror or "unreadable")
            continue
        is_ignored = ignored.within(os.path.relpath(where, folder))
        folders = []
        for name, kind in (item.split("\0") for item in names):
            path = os.path.join(where, name)
            if kind in (_FOLDER, _LINKED_FOLDER):
                skipped = (
                    name in SKIPPED_FOLDERS or kind == _LINKED_FOLDER or is_ignored(name + "/")
                )
                folders += [path] if not skipped and enters(path) else []
            elif takes(path) and not is_ignored(name):
                yield path, kind == _LINK
        pending += reversed(folders)


_FILE, _LINK, _FOLDER, _LINKED_FOLDER = "flFL"


def _names(folder: str) -> Iterable[str]:
    """What lies in a folder and is not hidden, in order: names, each with its kind behind a NUL.

    Nothing where the folder is that of an audit.
    """
    names = InOrder()
    with os.scandir(folder) as listed:
        for entry in listed:
            name = entry.name
            if name == AUDIT:
                return ()
            if not name.startswith("."):
                kinds = (_FOLDER, _LINKED_FOLDER) if _is_folder(entry) else (_FILE, _LINK)
                names.add(f"{name}\0{kinds[entry.is_symlink()]}")
    return names


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself, say
        return False


def _is_article(name: str) -> bool:
    suffix = os.path.splitext(name)[1].lower()
    return suffix in SUFFIXES and name != BASELINE  # which has lines about articles


def ignored(path: Path) -> bool:
    """Whether git ignores a file. Reads the `.gitignore` files anew."""
    top = repository_of(path.parent)
    return top is not None and _Ignored(top, top)(path.relative_to(top).as_posix())


class _Ignored:
    """The `.gitignore` files from the top of the repository down, read as they are met."""

    def __init__(self, folder: Path, top: Path | None) -> None:
        self._folder = folder
        self._top = top
        self._specs: dict[Path, Any] = {}

    def __call__(self, path: str) -> bool:
        """Whether git ignores a path given from the walked folder; folders end in `/`."""
        full = self._folder / path
        return self._judge(full.parent)(full.name + ("/" if path.endswith("/") else ""))

    def within(self, folder: str) -> Callable[[str], bool]:
        """What tells of the names in a folder, given from the walked one, if git ignores them."""
        return self._judge(self._folder / folder)

    def _judge(self, folder: Path) -> Callable[[str], bool]:
        specs: list[tuple[Any, str]] = []
        for above in upwards(folder, self._top) if self._top else ():
            spec = self._spec(above)
            if spec is not None:
                prefix = folder.relative_to(above).as_posix()
                specs.append((spec, "" if prefix == "." else prefix + "/"))

        def is_ignored(name: str) -> bool:
            verdicts = (spec.check_file(unicode(prefix + name)).include for spec, prefix in specs)
            return bool(next((verdict for verdict in verdicts if verdict is not None), False))

        return is_ignored if specs else _nothing

    def _spec(self, folder: Path) -> Any:
        if folder not in self._specs:
            self._specs[folder] = None
            lines = list(_lines(folder / ".gitignore"))  # later lines overrule earlier ones
            if folder == self._top:
                lines = [*_lines(folder / ".git" / "info" / "exclude"), *lines]
            if lines:
                from pathspec import GitIgnoreSpec  # not needed where there is no .gitignore

                self._specs[folder] = GitIgnoreSpec.from_lines(lines)
        return self._specs[folder]


def _nothing(_: str) -> bool:
    return False


def _lines(path: Path) -> Iterator[str]:
    if path.is_file():
        yield from path.read_text(encoding="utf-8", errors="replace").splitlines()
