"""`newslint check`: articles in, a report and an exit code out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from newslint import __version__, config, files, persisted
from newslint import run as running
from newslint.checker import Checker, Result
from newslint.cli.common import (
    add_config_arguments,
    complain,
    request_of,
    say,
    terminal_width,
    wants_color,
    write,
)
from newslint.cli.progress import Progress
from newslint.config import Settings
from newslint.errors import Error, NewslintError
from newslint.reports import FORMATS, Look
from newslint.reports.terminal import safe
from newslint.run import Step, Tally
from newslint.workers import NO_CONTENTS

STDIN = "-"
ALONE = "articles are not compared with each other: name the ones to compare with in “corpus:”"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags that scripts rely on."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; - is stdin")
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help="default: text")
    add_config_arguments(parser)
    group = parser.add_argument_group("exit code")
    group.add_argument(
        "--fail-on", choices=("error", "warning", "info", "never"), metavar="LEVEL",
        help="exit 1 on findings at or above error (default), warning or info; or never",
    )  # fmt: skip
    group.add_argument(
        "--max-warnings", type=int, metavar="N", help="exit 1 on more than N warnings"
    )
    group.add_argument("--exit-zero", action="store_true", help="exit 0 in spite of findings")
    group = parser.add_argument_group("the run")
    group.add_argument("--jobs", type=_jobs, metavar="N", help="workers; 1 is one process")
    group.add_argument("--no-cache", action="store_true", help="read and check every file anew")
    group.add_argument("--no-corpus", action="store_true", help="compare no article with others")
    group.add_argument(
        "--corpus-only", action="store_true",
        help="compare articles only where the config names a corpus, and say so if it does not",
    )  # fmt: skip
    group.add_argument(
        "--stdin-filename", metavar="NAME", help="what the article on stdin is called"
    )
    group.add_argument("--list-files", action="store_true", help="print what would be checked")
    group = parser.add_argument_group("the report")
    group.add_argument("--statistics", action="store_true", help="counts by rule, not findings")
    group.add_argument("--quiet", "-q", action="store_true", help="no notices and no summary")
    group.add_argument("--color", choices=("auto", "always", "never"), default="auto")


def _jobs(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError("a number from 1 to 256")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Check, report, and return the exit code."""
    if not arguments.no_cache:
        persisted.switch_on(__version__)
    try:
        settings = config.settle(request_of(arguments))
        steps: list[Step] = []
    except NewslintError as error:
        return _give_up(arguments, error.error)
    if arguments.list_files:
        return _list_files(arguments, settings)
    given = _given(arguments, settings)
    alone = arguments.corpus_only and not settings.config.corpus
    several = len(given.paths) > 1 or bool(settings.config.corpus)
    checker = Checker(settings, several and not (arguments.no_corpus or alone))
    tally = Tally([*settings.errors, *checker.errors, *given.errors], given.notices)
    if alone and arguments.paths != [STDIN]:
        tally.notices.append(("", ALONE))
    shown = sys.stderr.isatty() and not arguments.quiet
    results = running.check(
        given.paths, settings, checker, arguments.jobs, not arguments.no_cache,
        Progress(len(given.paths), shown).watch, given.contents, steps,
    )  # fmt: skip
    _report(arguments, results, tally)
    persisted.save()
    fail_on = arguments.fail_on or settings.config.fail_on
    limit = arguments.max_warnings
    limit = settings.config.max_warnings if limit is None else limit
    return tally.exit_code(fail_on, limit, arguments.exit_zero)


def _report(arguments: argparse.Namespace, results: Iterator[Result], tally: Tally) -> None:
    look = Look(
        color=wants_color(arguments.color, sys.stdout),
        width=terminal_width(),
        quiet=arguments.quiet,
        statistics=arguments.statistics,
    )
    write(FORMATS[arguments.format](tally.count(results), tally, look))
    if arguments.format != "json":
        complain(tally.errors)
    if not arguments.quiet:
        for path, notice in tally.notices:
            say(safe(f"{path}: {notice}" if path else notice))


def _give_up(arguments: argparse.Namespace, error: Error) -> int:
    """Nothing could be checked: say so, in the format that was asked for."""
    if arguments.format == "json":
        write(FORMATS["json"](iter(()), Tally([error]), Look()))
    else:
        complain([error])
    return 2


class Given(NamedTuple):
    """What the command line names."""

    paths: Sequence[str] = ()
    errors: Sequence[Error] = ()
    notices: Sequence[str] = ()
    contents: Mapping[str, bytes] = NO_CONTENTS
    """By path: what comes from elsewhere than the file."""


def _given(arguments: argparse.Namespace, settings: Settings) -> Given:
    paths = arguments.paths or ["."]
    if paths == [STDIN]:
        name = (arguments.stdin_filename or STDIN).replace(os.sep, "/")
        if not config.wanted(settings, name):
            return Given(notices=["stdin is left out by files or exclude in the config"])
        return Given([name], contents={name: sys.stdin.buffer.read()})
    if STDIN in paths:
        message = "stdin (-) cannot be mixed with other paths"
        return Given(errors=[Error(STDIN, "unreadable", message)])
    found = files.find(paths, lambda path: config.wanted(settings, path))
    return Given(found.paths, found.errors, found.notices)


def _list_files(arguments: argparse.Namespace, settings: Settings) -> int:
    found = files.find(arguments.paths or ["."], lambda path: config.wanted(settings, path))
    write(f"{safe(path)}\n" for path in found.paths)
    complain([*settings.errors, *found.errors])
    return 2 if settings.errors or found.errors else 0
