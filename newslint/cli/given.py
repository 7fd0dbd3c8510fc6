"""What a run checks: the files and folders on the command line, stdin, or what git says changed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from newslint import config
from newslint.cli.origins import Origin
from newslint.config import Settings
from newslint.errors import Error, NewslintError
from newslint.run import Step
from newslint.workers import NO_CONTENTS

STDIN = "-"


class Given(NamedTuple):
    """The articles of a run."""

    paths: Sequence[str] = ()
    errors: Sequence[Error] = ()
    notices: Sequence[str] = ()
    contents: Mapping[str, bytes] = NO_CONTENTS
    """By path: what comes from elsewhere than the file."""
    first: Sequence[Step] = ()
    """What must see all findings, before those go that are known."""
    last: Sequence[Step] = ()
    """What leaves only the findings that were asked for."""


def given(arguments: argparse.Namespace, origin: Origin) -> Given:
    """What is to be checked, stdin read.

    Raises `NewslintError` where stdin cannot be meant, and where git cannot tell.
    """
    settings = origin.settings
    paths = arguments.paths or ["."]
    if STDIN in paths:
        if arguments.changed_since is not None:
            raise _not_stdin("--changed-since compares files: stdin (-) is none")
        if len(paths) > 1:
            raise _not_stdin("stdin (-) cannot be mixed with other paths")
        return _stdin(arguments, settings)
    if arguments.changed_since is not None:
        return _changed(arguments, settings, paths)
    found = origin.find(paths, partial(config.wanted, settings))
    return Given(found.paths, found.errors, found.notices)


def _not_stdin(message: str) -> NewslintError:
    return NewslintError(Error(STDIN, "unreadable", message))


def _stdin(arguments: argparse.Namespace, settings: Settings) -> Given:
    """The article on stdin; one that the config leaves out is read too: it may have to go out."""
    name = (arguments.stdin_filename or STDIN).replace(os.sep, "/")
    contents = {name: sys.stdin.buffer.read()}
    if config.wanted(settings, name):
        return Given([name], contents=contents)
    notice = "stdin is left out by files or exclude in the config"
    return Given(notices=[notice], contents=contents)


def _changed(arguments: argparse.Namespace, settings: Settings, paths: Sequence[str]) -> Given:
    from newslint import changes  # starts git

    changed = changes.since(arguments.changed_since, settings.cwd)
    chosen = changes.choose(changed, paths, partial(config.wanted, settings))
    found = chosen.found
    articles = Given(found.paths, found.errors, found.notices)
    if arguments.scope == "file":
        return articles
    fresh = chosen.fresh()
    return articles._replace(first=[fresh.first], last=[fresh.last])
