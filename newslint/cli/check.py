"""`newslint check`: articles in, a report and an exit code out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from newslint import __version__, config, persisted
from newslint import run as running
from newslint.baseline_file import NAME as BASELINE
from newslint.checker import Checker, Result
from newslint.cli import origins, outputs
from newslint.cli.common import (
    add_config_arguments,
    complain,
    say,
    write,
)
from newslint.cli.origins import Origin
from newslint.cli.outputs import Output
from newslint.cli.progress import Progress
from newslint.config import Settings
from newslint.errors import Error, NewslintError
from newslint.reports import FORMATS, Look
from newslint.reports.terminal import safe
from newslint.run import Step, Tally
from newslint.workers import NO_CONTENTS

if TYPE_CHECKING:
    from newslint.cache import Cache

STDIN = "-"
TELLING = ("json", "jsonl")
"""Formats whose readers find the errors in them: stderr does not repeat those."""
UNSAFE_ALONE = "says which fixes to make: add --fix, --fix-only or --diff"
ALONE = "articles are not compared with each other: name the ones to compare with in “corpus:”"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags that scripts rely on."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; - is stdin")
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help="default: text")
    add_config_arguments(parser)
    group = parser.add_argument_group("what has changed in git")
    group.add_argument(
        "--changed-since", metavar="REF",
        help="check only articles that differ from where this branch left REF, and untracked ones",
    )  # fmt: skip
    group.add_argument(
        "--scope", choices=("lines", "file"), default="lines",
        help="of changed articles report changed lines (default), or all: file",
    )  # fmt: skip
    group.add_argument(
        "--config-from", metavar="REF",
        help="take config, rules and baseline from REF, and heed only suppressions it has already",
    )  # fmt: skip
    group = parser.add_argument_group("the baseline: old findings that reports leave out")
    modes = group.add_mutually_exclusive_group()
    modes.add_argument(
        "--write-baseline", action="store_true", help=f"note all findings as old in {BASELINE}"
    )
    modes.add_argument(
        "--prune-baseline", action="store_true", help="take out what matches no finding any more"
    )
    modes.add_argument("--no-baseline", action="store_true", help="report old findings as well")
    group.add_argument(
        "--ratchet", action="store_true",
        help="exit 1 where a rule of any severity has more findings than in the baseline",
    )  # fmt: skip
    group = parser.add_argument_group("fixes")
    group.add_argument("--fix", action="store_true", help="mend what cannot change the meaning")
    group.add_argument(
        "--unsafe-fixes", action="store_true",
        help="with --fix, --fix-only or --diff: change words too; read what it did",
    )  # fmt: skip
    group.add_argument(
        "--fix-only", action="store_true", help="mend, and do not report what remains"
    )
    group.add_argument(
        "--diff", action="store_true",
        help="write nothing; print what --fix would change, and exit 1 if that is anything",
    )  # fmt: skip
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
    group.add_argument(
        "--cache-dir", metavar="DIR",
        help="keep results there, not in .newslint_cache beside the config "
        "(also NEWSLINT_CACHE_DIR)",
    )  # fmt: skip
    group.add_argument("--no-corpus", action="store_true", help="compare no article with others")
    group.add_argument(
        "--corpus-only", action="store_true",
        help="compare articles only where the config names a corpus, and say so if it does not",
    )  # fmt: skip
    group.add_argument(
        "--stdin-filename", metavar="NAME", help="what the article on stdin is called"
    )
    group.add_argument("--watch", action="store_true", help="check again whenever a file changes")
    group.add_argument("--list-files", action="store_true", help="print what would be checked")
    group = parser.add_argument_group("the report")
    group.add_argument(
        "--output", metavar="FORMAT=FILE", action="append", default=[],
        help="write a report to a file as well, like sarif=newslint.sarif; may be repeated",
    )  # fmt: skip
    group.add_argument("--statistics", action="store_true", help="counts by rule, not findings")
    group.add_argument("--quiet", "-q", action="store_true", help="no notices and no summary")
    group.add_argument("--color", choices=("auto", "always", "never"), default="auto")


def _jobs(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError("a number from 1 to 256")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Check, report, and return the exit code."""
    if arguments.watch:
        from newslint.cli import watch  # needs a library

        return watch.run(arguments, _once)
    return _once(arguments)


def _once(arguments: argparse.Namespace) -> int:
    with ExitStack() as stack:
        return _run(arguments, stack)


def _run(arguments: argparse.Namespace, stack: ExitStack) -> int:
    if not arguments.no_cache:
        persisted.switch_on(__version__)
    wanted: list[Output] = []
    try:
        wanted = outputs.parse(arguments)
        if arguments.unsafe_fixes and not _fixing(arguments):
            raise NewslintError(Error("--unsafe-fixes", "config", UNSAFE_ALONE))
        origin = stack.enter_context(origins.opened(arguments))
        settings = origin.settings
        given = _given(arguments, origin)
        given = given._replace(paths=outputs.without(given.paths, wanted))
    except NewslintError as error:
        return _give_up(arguments, wanted, error.error)
    if arguments.list_files:
        return _list_files(settings, given)
    alone = arguments.corpus_only and not settings.config.corpus
    several = len(given.paths) > 1 or bool(settings.config.corpus)
    checker = Checker(settings, several and not (arguments.no_corpus or alone))
    errors = (*settings.errors, *checker.errors, *given.errors)
    tally = Tally(errors, (*settings.notices, *given.notices))
    if alone and arguments.paths != [STDIN]:
        tally.notices.append(("", ALONE))
    old, at_end = _baseline(arguments, settings, checker, tally)
    warranted, admit = origin.steps(checker)
    steps = [*given.first, *warranted, *old, *given.steps]
    shown = sys.stderr.isatty() and not arguments.quiet
    cache = _cache(arguments, settings)
    steps += [partial(_with_notices, cache, tally)] if cache else []
    check = partial(
        running.check, given.paths, settings, checker, arguments.jobs, cache,
        Progress(len(given.paths), shown).watch, steps=steps, admit=admit, find=origin.find,
    )  # fmt: skip
    look = outputs.look(arguments, settings, checker)
    if _fixing(arguments):
        from newslint.cli import fixes  # most runs mend nothing

        outcome = fixes.make(arguments, check, given.contents, tally, running.each_of(cache))
        if arguments.diff:
            return fixes.show_diff(arguments, outcome, tally)
        with fixes.aside(given.contents):
            _report(arguments, wanted, at_end(fixes.remaining(outcome, tally)), tally, look)
        fixes.tell(arguments, tally)
    else:
        _report(arguments, wanted, at_end(check(contents=given.contents)), tally, look)
    persisted.save()
    fail_on = arguments.fail_on or settings.config.fail_on
    limit = arguments.max_warnings
    limit = settings.config.max_warnings if limit is None else limit
    return tally.exit_code(fail_on, limit, arguments.exit_zero)


def _fixing(arguments: argparse.Namespace) -> bool:
    return bool(arguments.fix or arguments.fix_only or arguments.diff)


def _cache(arguments: argparse.Namespace, settings: Settings) -> Cache | None:
    if arguments.no_cache:
        return None
    from newslint import cache  # whoever wants none does without

    return cache.opened(settings, arguments.cache_dir)


def _with_notices(cache: Cache, tally: Tally, results: Iterator[Result]) -> Iterator[Result]:
    """The results; then the tally knows what is to be said of the cache."""
    yield from results
    tally.notices += [("", told) for told in cache.notices if ("", told) not in tally.notices]


def _baseline(
    arguments: argparse.Namespace, settings: Settings, checker: Checker, tally: Tally
) -> tuple[Sequence[Step], Step]:
    """The baseline, where there is one or a flag asks for it, and what is to be done at the end."""
    asked = arguments.write_baseline or arguments.prune_baseline or arguments.ratchet
    if not asked and (arguments.no_baseline or not os.path.lexists(settings.home / BASELINE)):
        return (), iter
    from newslint.cli import baselines  # most runs have none

    return baselines.opened(arguments, settings, checker, tally)


def _report(
    arguments: argparse.Namespace, wanted: Sequence[Output], results: Iterator[Result],
    tally: Tally, look: Look,
) -> None:  # fmt: skip
    outputs.report(arguments.format, wanted, results, tally, look)
    if arguments.format not in TELLING:
        complain(tally.errors)
    for grown in tally.grown:
        say(grown)
    if not arguments.quiet:
        for path, notice in tally.notices:
            say(safe(f"{path}: {notice}" if path else notice))


def _give_up(arguments: argparse.Namespace, wanted: Sequence[Output], error: Error) -> int:
    """Nothing could be checked: say so, in the formats that were asked for."""
    tally = Tally([error])
    format_ = None if arguments.format in ("text", "concise") else arguments.format
    outputs.report(format_, wanted, iter(()), tally, outputs.look(arguments))
    if arguments.format not in TELLING:
        complain(tally.errors)
    return 2


class Given(NamedTuple):
    """What the command line names."""

    paths: Sequence[str] = ()
    errors: Sequence[Error] = ()
    notices: Sequence[str] = ()
    contents: Mapping[str, bytes] = NO_CONTENTS
    """By path: what comes from elsewhere than the file."""
    first: Sequence[Step] = ()
    """What must see all findings, before those go that are known."""
    steps: Sequence[Step] = ()
    """What leaves only the findings that were asked for."""


def _given(arguments: argparse.Namespace, origin: Origin) -> Given:
    settings = origin.settings
    paths = arguments.paths or ["."]
    if STDIN in paths and arguments.changed_since is not None:
        message = "--changed-since compares files: stdin (-) is none"
        return Given(errors=[Error(STDIN, "unreadable", message)])
    if paths == [STDIN]:
        name = (arguments.stdin_filename or STDIN).replace(os.sep, "/")
        if not config.wanted(settings, name):
            return Given(notices=["stdin is left out by files or exclude in the config"])
        return Given([name], contents={name: sys.stdin.buffer.read()})
    if STDIN in paths:
        message = "stdin (-) cannot be mixed with other paths"
        return Given(errors=[Error(STDIN, "unreadable", message)])
    if arguments.changed_since is not None:
        return _changed(arguments, settings, paths)
    found = origin.find(paths, lambda path: config.wanted(settings, path))
    return Given(found.paths, found.errors, found.notices)


def _changed(arguments: argparse.Namespace, settings: Settings, paths: Sequence[str]) -> Given:
    from newslint import changes  # starts git

    changed = changes.since(arguments.changed_since, settings.cwd)
    chosen = changes.choose(changed, paths, lambda path: config.wanted(settings, path))
    found = chosen.found
    given = Given(found.paths, found.errors, found.notices)
    if arguments.scope == "file":
        return given
    fresh = chosen.fresh()
    return given._replace(first=[fresh.first], steps=[fresh.last])


def _list_files(settings: Settings, given: Given) -> int:
    write(f"{safe(path)}\n" for path in given.paths)
    complain([*settings.errors, *given.errors])
    return 2 if settings.errors or given.errors else 0
