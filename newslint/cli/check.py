"""`newslint check`: articles in, a report and an exit code out."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, redirect_stdout
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from newslint import __version__, persisted
from newslint import run as running
from newslint.baseline_file import NAME as BASELINE
from newslint.checker import Checker, Result
from newslint.cli import engine_flags, flag_pairs, origins, outputs
from newslint.cli.check_flags import add_arguments
from newslint.cli.common import complain, say, write
from newslint.cli.given import STDIN, Given, given
from newslint.cli.origins import Origin
from newslint.cli.outputs import Output
from newslint.cli.progress import Progress
from newslint.config import Settings
from newslint.errors import Error, NewslintError
from newslint.reports import Look
from newslint.reports.terminal import safe
from newslint.run import Step, Tally

if TYPE_CHECKING:
    from newslint.cache import Cache

__all__ = ["add_arguments", "run"]

TELLING = ("json", "jsonl")
"""Formats whose readers find the errors in them: stderr does not repeat those."""
ALONE = "articles are not compared with each other: name the ones to compare with in “corpus:”"


class Job(NamedTuple):
    """All that a run needs once flags and config are understood."""

    arguments: argparse.Namespace
    wanted: Sequence[Output]
    """Reports that go to files."""
    settings: Settings
    given: Given
    tally: Tally
    cache: Cache | None
    check: Callable[..., Iterator[Result]]
    """`run.check` of these articles; takes `contents` and, if need be, `each`."""
    at_end: Step
    """Keeps up the baseline when all results have passed."""
    look: Look


def run(arguments: argparse.Namespace) -> int:
    """Check, report, and return the exit code."""
    if arguments.watch:
        from newslint.cli import watch  # needs a library

        return watch.run(arguments, _once)
    return _once(arguments)


def _once(arguments: argparse.Namespace) -> int:
    if not arguments.no_cache:
        persisted.switch_on(__version__)
    wanted: list[Output] = []
    with ExitStack() as stack:
        try:
            wanted = outputs.parse(arguments)
            flag_pairs.refuse(arguments)
            origin = stack.enter_context(origins.opened(arguments))
            articles = given(arguments, origin)
        except NewslintError as error:
            return _give_up(arguments, wanted, error.error)
        articles = articles._replace(paths=outputs.without(articles.paths, wanted))
        if arguments.list_files:
            return _list_files(origin.settings, articles)
        job = _prepared(arguments, wanted, origin, articles)
        code = _fix(job) if _fixing(arguments) else _check(job)
        persisted.save()
        return code


def _fixing(arguments: argparse.Namespace) -> bool:
    return bool(arguments.fix or arguments.fix_only or arguments.diff)


def _give_up(arguments: argparse.Namespace, wanted: Sequence[Output], error: Error) -> int:
    """Nothing could be checked: say so, in the formats that were asked for."""
    tally = Tally([error])
    format_ = None if arguments.format in ("text", "concise") else arguments.format
    kept_free = STDIN in arguments.paths and _fixing(arguments)  # for the article alone
    with redirect_stdout(sys.stderr if kept_free else sys.stdout):
        outputs.report(format_, wanted, iter(()), tally, outputs.look(arguments))
    if arguments.format not in TELLING:
        complain(tally.errors)
    return 2


def _list_files(settings: Settings, articles: Given) -> int:
    write(f"{safe(path)}\n" for path in articles.paths)
    complain([*settings.errors, *articles.errors])
    return 2 if settings.errors or articles.errors else 0


def _prepared(
    arguments: argparse.Namespace, wanted: Sequence[Output], origin: Origin, articles: Given
) -> Job:
    settings = origin.settings
    alone = arguments.corpus_only and not settings.config.corpus
    several = len(articles.paths) > 1 or bool(settings.config.corpus)
    checker = Checker(settings, several and not (arguments.no_corpus or alone))
    errors = (*settings.errors, *checker.errors, *articles.errors)
    tally = Tally(errors, (*settings.notices, *articles.notices))
    tally.notices += [("", notice) for notice in engine_flags.notices(arguments, checker)]
    if alone and arguments.paths != [STDIN]:
        tally.notices.append(("", ALONE))
    known, at_end = _baseline(arguments, settings, checker, tally)
    warranted, admit = origin.steps(checker)
    cache = _cache(arguments, settings, checker, tally)
    told = [partial(_with_notices, cache, tally)] if cache else []
    shown = sys.stderr.isatty() and not arguments.quiet
    check = partial(
        running.check, articles.paths, settings, checker, arguments.jobs, cache,
        Progress(len(articles.paths), shown).watch, admit=admit, find=origin.find,
        steps=[*articles.first, *warranted, *known, *articles.last, *told],
    )  # fmt: skip
    look = outputs.look(arguments, settings, checker)
    return Job(arguments, wanted, settings, articles, tally, cache, check, at_end, look)


def _baseline(
    arguments: argparse.Namespace, settings: Settings, checker: Checker, tally: Tally
) -> tuple[Sequence[Step], Step]:
    """The baseline, where there is one or a flag asks for it, and what is to be done at the end."""
    asked = arguments.write_baseline or arguments.prune_baseline or arguments.ratchet
    if not asked and (arguments.no_baseline or not os.path.lexists(settings.home / BASELINE)):
        return (), iter
    from newslint.cli import baselines  # most runs have none

    return baselines.opened(arguments, settings, checker, tally)


def _cache(
    arguments: argparse.Namespace, settings: Settings, checker: Checker, tally: Tally
) -> Cache | None:
    if arguments.no_cache:
        return None
    from newslint import cache  # whoever wants none does without

    return cache.opened(
        settings, checker, arguments.cache_dir, lambda told: tally.notices.append(("", told))
    )


def _with_notices(cache: Cache, tally: Tally, results: Iterator[Result]) -> Iterator[Result]:
    """The results; then the tally knows what is to be said of the cache."""
    yield from results
    tally.notices += [("", told) for told in cache.notices if ("", told) not in tally.notices]


def _check(job: Job) -> int:
    return _report(job, job.check(contents=job.given.contents))


def _fix(job: Job) -> int:
    from newslint.cli import fixes  # most runs mend nothing

    arguments, tally, contents = job.arguments, job.tally, job.given.contents
    each = running.each_of(job.cache)
    outcome = fixes.make(arguments, job.check, contents, tally, each)
    if arguments.diff:
        return fixes.show_diff(arguments, outcome, tally)
    with fixes.aside(contents):
        code = _report(job, fixes.remaining(outcome, tally))
    fixes.tell(arguments, tally)
    return code


def _report(job: Job, results: Iterator[Result]) -> int:
    """Write the reports, say on stderr what belongs there, and return the exit code."""
    arguments, tally = job.arguments, job.tally
    outputs.report(arguments.format, job.wanted, job.at_end(results), tally, job.look)
    if arguments.format not in TELLING:
        complain(tally.errors)
    for grown in tally.grown:
        say(grown)
    if not arguments.quiet:
        for path, notice in tally.notices:
            say(safe(f"{path}: {notice}" if path else notice))
    chosen = job.settings.config
    limit = chosen.max_warnings if arguments.max_warnings is None else arguments.max_warnings
    return tally.exit_code(arguments.fail_on or chosen.fail_on, limit, arguments.exit_zero)
