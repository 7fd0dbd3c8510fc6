"""`newslint trial`: what a new or changed rule would hit, before it ships."""

from __future__ import annotations

import argparse
import os
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from newslint import __version__, config, persisted
from newslint.cli import archive_flags, archive_progress, engine_flags
from newslint.cli.archive_notices import Notices
from newslint.cli.common import (
    add_config_arguments,
    complain,
    request_of,
    say,
    terminal_width,
    wants_color,
    write,
)
from newslint.cli.extras import needing
from newslint.config import Settings
from newslint.errors import Error, NewslintError
from newslint.reports.terminal import safe

if TYPE_CHECKING:
    from newslint.audit.trial.outcome import Trial
    from newslint.audit.trial.versions import Version

FORMATS = ("text", "json", "markdown")
SAMPLES = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which rule, in which articles, against what."""
    parser.add_argument("rule", metavar="RULE.yml", help="the file of the rule")
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="folders, dumps, web archives")
    parser.add_argument(
        "--against", metavar="VERSION",
        help="compare with another version: a file, the id of a rule in force, or a git commit",
    )  # fmt: skip
    parser.add_argument("--format", choices=FORMATS, default="text", help="default: text")
    parser.add_argument(
        "--samples", type=_number, default=SAMPLES, metavar="N",
        help=f"show so many hits in context (default {SAMPLES})",
    )  # fmt: skip
    parser.add_argument(
        "--seed", type=_number, default=0, metavar="N", help="another number shows other hits"
    )
    archive_flags.add_arguments(parser)
    add_config_arguments(parser, choosing=False)
    engine_flags.add_arguments(parser)
    parser.set_defaults(select=(), ignore=(), preview=False)


def _number(text: str) -> int:
    if not text.isdigit() or int(text) > 10_000:
        raise argparse.ArgumentTypeError("a number from 0 to 10000")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Try the rule; 1 where an example of it does not hold, 2 where something was not checked."""
    persisted.switch_on(__version__)
    try:
        with needing("a trial"), TemporaryDirectory(prefix="newslint-trial-") as folder:
            trial = _trial(arguments, Path(folder))
    except NewslintError as error:
        if arguments.format == "json":
            from newslint.reports import trial_json

            write([trial_json.failed(error.error)])
        else:
            complain([error.error])
        return 2
    persisted.save()
    _report(arguments, trial)
    return 2 if trial.errors else 1 if trial.failing else 0


def _trial(arguments: argparse.Namespace, folder: Path) -> Trial:
    from newslint.audit import fields, sources
    from newslint.audit.task import Task
    from newslint.audit.trial import run as trying
    from newslint.audit.trial.versions import Version

    if not os.path.isfile(arguments.rule):
        raise NewslintError(Error(arguments.rule, "rule", "there is no such rule file"))
    request = request_of(arguments)
    settings = config.settle(request)
    version = Version(arguments.rule, arguments.rule)
    task = Task(
        request, arguments.article_timeout, remembering=persisted.is_on(), trial=version,
        sources=tuple(arguments.sources),
    )  # fmt: skip
    columns, heard = fields.parse(arguments.fields), Notices(arguments.quiet)
    records = partial(sources.records, arguments.sources, settings, columns, heard.hear)
    earlier = _earlier(arguments, settings, folder)
    with archive_progress.shown(arguments.quiet) as tell:
        asked = trying.Asked(
            task, records, arguments.jobs, arguments.samples, arguments.seed, tell, earlier
        )
        heard.first(arguments.sources, settings, columns)
        trial = trying.trial(asked, folder)
    heard.last()
    return trial


def _earlier(arguments: argparse.Namespace, settings: Settings, folder: Path) -> Version | None:
    if arguments.against is None:
        return None
    from newslint.audit.trial.earlier import earlier  # starts git

    there = folder / "against"
    there.mkdir()
    return earlier(arguments.against, arguments.rule, settings, there)


def _report(arguments: argparse.Namespace, trial: Trial) -> None:
    """The report on stdout, and on stderr what it does not say."""
    if arguments.format == "json":
        from newslint.reports import trial_json

        write(trial_json.render(trial))
        return
    complain(trial.errors)
    if (more := trial.failed - len(trial.errors)) > 0:
        say(f"error: {more:,} more records could not be checked")
    for failure in trial.failing:
        say(safe(f"an example does not hold: {failure}"))
    if not arguments.quiet:
        for notice in trial.notices:
            say(safe(notice))
    if arguments.format == "markdown":
        from newslint.reports import trial_markdown

        write(trial_markdown.render(trial))
        return
    from newslint.reports import trial_text

    write(trial_text.render(trial, terminal_width(), wants_color("auto", sys.stdout)))
