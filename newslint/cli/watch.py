"""`newslint check --watch`: check, wait until something changes, and check again."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

from newslint import config, engines, files, globs, inputs
from newslint.cli.common import complain, request_of, say
from newslint.config import Request
from newslint.errors import Error, NewslintError

WAKE = 200
"""Milliseconds between two looks at the config and what it names."""
LOOK = 1.0
"""Seconds between two looks at all articles, where the system cannot watch them."""
FORMATS = ("text", "concise")
REFUSED = (
    "fix", "fix_only", "diff", "write_baseline", "prune_baseline", "output", "list_files",
    "config_from",
)  # fmt: skip
"""Flags whose work is to be done once."""
CLEAR = "\033[2J\033[3J\033[H"


def run(arguments: argparse.Namespace, check: Callable[[argparse.Namespace], int]) -> int:
    """Check again and again until Ctrl-C; 2 where the flags or the paths do not allow that."""
    paths = arguments.paths or [os.curdir]
    problem = _refusal(arguments, paths)
    if problem is None:
        try:
            import_module("watchfiles")
        except ModuleNotFoundError:
            problem = "--watch needs watchfiles: pip install 'newslint[watch]'"
    if problem is not None:
        complain([Error("", "config", problem)])
        return 2
    request = request_of(arguments)
    tell: Callable[[str], None] = say if not arguments.quiet else lambda _: None
    named: list[Path] = []
    corpus: list[str] = []
    watched: list[str] = []
    changes: Iterator[bool] = iter(())
    while True:
        named, corpus = _named(request, named, corpus)
        if watched != [*paths, *corpus]:
            watched = [*paths, *corpus]
            changes = _changes(watched, tell)
            next(changes)  # from here on no change is missed
        before = inputs.stamp(named)
        if sys.stdout.isatty():
            sys.stdout.write(CLEAR)
        check(arguments)
        tell("watching for changes; Ctrl-C stops")
        next(changed for changed in changes if changed or inputs.stamp(named) != before)
        tell("checking again")  # editors tell by these two lines which findings are still there
        engines.renew()


def _refusal(arguments: argparse.Namespace, paths: Sequence[str]) -> str | None:
    """Why there is no watching with these flags."""
    for name in REFUSED:
        if getattr(arguments, name):
            return f"--watch checks again and again: --{name.replace('_', '-')} does not go with it"
    if arguments.format not in FORMATS:
        return f"--watch prints one report after another: --format is {' or '.join(FORMATS)}"
    if "-" in paths:
        return "--watch needs files: stdin (-) cannot change"
    for path in files.resolved(paths):
        if not os.path.exists(path):
            return str(files.missing(path))
    return None


def _named(request: Request, before: list[Path], corpus: list[str]) -> tuple[list[Path], list[str]]:
    """The config and what it names, and the folders of its corpus.

    Where the config is broken: what it named before, and what is broken.
    """
    try:
        settings = config.settle(request)
    except NewslintError as error:
        broken = Path(request.cwd, error.error.path)
        return [*(before or inputs.configs(request)), broken], corpus
    folders = sorted({settings.base / globs.fixed_part(glob) for glob in settings.config.corpus})
    below = [os.path.relpath(folder, settings.cwd) for folder in folders if folder.is_dir()]
    return inputs.of(settings), below


def _changes(paths: Sequence[str], tell: Callable[[str], None]) -> Iterator[bool]:
    """Whether something has changed since the last time, at once and then every now and then."""
    import watchfiles

    try:
        for changed in watchfiles.watch(
            *_roots(paths), watch_filter=_Articles(paths), rust_timeout=WAKE, yield_on_timeout=True
        ):
            yield bool(changed)
    except RuntimeError as error:  # it is of no use from here on
        reason = "a file name is not UTF-8" if "decode" in str(error) else str(error)
        tell(f"{reason}: the system cannot watch, so newslint looks at all articles every second")
    yield from _looked_at(paths)


def _looked_at(paths: Sequence[str]) -> Iterator[bool]:
    seen = None
    while True:
        found = files.find(paths, lambda _: True).paths
        now = inputs.stamp(map(Path, found))
        yield now != seen
        seen = now
        time.sleep(LOOK)


def _roots(paths: Sequence[str]) -> list[str]:
    """Folders, and those that files lie in: an editor may put another file in a file's place."""
    found = files.resolved(paths)
    return sorted({p if os.path.isdir(p) else os.path.dirname(p) or os.curdir for p in found})


class _Articles:
    """Lets through the articles that a run would take up."""

    def __init__(self, paths: Sequence[str]) -> None:
        found = [os.path.abspath(path) for path in files.resolved(paths)]
        self._folders = [path for path in found if os.path.isdir(path)]
        self._files = frozenset(found) - frozenset(self._folders)

    def __call__(self, _: object, path: str) -> bool:
        """Whether a change of this file matters."""
        full = os.path.abspath(path)
        return full in self._files or any(
            files.walked(os.path.relpath(full, folder).replace(os.sep, "/"))
            and not files.ignored(Path(full))
            for folder in self._folders
            if full.startswith(os.path.join(folder, ""))
        )
