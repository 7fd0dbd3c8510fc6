"""`newslint check --watch`: check, wait until something changes, and check again."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from newslint import config, files, inputs
from newslint.cli.common import complain, request_of, say
from newslint.config import Request
from newslint.errors import Error, NewslintError

WAKE = 200
"""Milliseconds between two looks at the config and what it names."""
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
            import watchfiles
        except ModuleNotFoundError:
            problem = "--watch needs watchfiles: pip install 'newslint[watch]'"
    if problem is not None:
        complain([Error("", "config", problem)])
        return 2
    request = request_of(arguments)
    named: list[Path] = []
    changes: Iterator[set[Any]] = watchfiles.watch(
        *_roots(paths), watch_filter=_Articles(paths), rust_timeout=WAKE, yield_on_timeout=True
    )
    next(changes)  # from here on no change is missed
    tell: Callable[[str], None] = say if not arguments.quiet else lambda _: None
    while True:
        named = _named(request, named)
        before = inputs.stamp(named)
        if sys.stdout.isatty():
            sys.stdout.write(CLEAR)
        check(arguments)
        tell("watching for changes; Ctrl-C stops")
        next(changed for changed in changes if changed or inputs.stamp(named) != before)
        tell("checking again")  # editors tell by these two lines which findings are still there


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


def _named(request: Request, before: list[Path]) -> list[Path]:
    """The config and what it names; where it is broken, what it named before and what is broken."""
    try:
        return inputs.of(config.settle(request))
    except NewslintError as error:
        return [*(before or inputs.configs(request)), Path(request.cwd, error.error.path)]


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
