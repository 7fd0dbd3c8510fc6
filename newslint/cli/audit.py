"""`newslint audit`: an archive in, tables and a report out; `newslint audit show` reads them."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from newslint import __version__, config, persisted
from newslint.audit import MEMORY
from newslint.checker import Checker
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
from newslint.errors import Error, NewslintError
from newslint.reports.terminal import safe, safe_path
from newslint.reports.wording import counted, plural

if TYPE_CHECKING:
    from newslint.audit.run import Order
    from newslint.audit.spark.cluster import Cluster
    from newslint.audit.summary import Summary

SHOW = "show"
LOCAL, SPARK = "processes", "spark"
WRITTEN = (".parquet", ".html", ".md", ".yml")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to audit, how, and where the tables go."""
    parser.add_argument(
        "sources", nargs="+", metavar="SOURCE",
        help="folders, dumps, web archives; or “show DIR”: what the audit in DIR found",
    )  # fmt: skip
    parser.add_argument("--out", metavar="DIR", help="the folder of the audit, made if need be")
    again = parser.add_mutually_exclusive_group()
    again.add_argument(
        "--resume", action="store_true", help="carry on an audit that was stopped, or begin it"
    )
    again.add_argument(
        "--overwrite", action="store_true", help="begin anew where DIR holds another audit"
    )
    parser.add_argument("--no-report", action="store_true", help="tables only, no report")
    parser.add_argument(
        "--memory", type=_megabytes, default=MEMORY, metavar="MB",
        help=f"what comparisons may take before they go to the disk (default {MEMORY})",
    )  # fmt: skip
    archive_flags.add_arguments(parser)
    group = parser.add_argument_group("who does the work")
    group.add_argument(
        "--engine", dest="executor", choices=(LOCAL, SPARK), default=LOCAL,
        help="processes of this machine (default), or Spark",
    )  # fmt: skip
    group.add_argument(
        "--master", metavar="URL", help="where Spark runs, like local[4] or spark://host:7077"
    )
    group.add_argument(
        "--parts", metavar="URL",
        help="a folder that all of Spark's executors reach, like s3a://bucket/audit (default: DIR)",
    )  # fmt: skip
    add_config_arguments(parser)
    engine_flags.add_arguments(parser, flag="--grammar-engine")
    _about_show(parser.add_argument_group("with “show DIR”"))


def _megabytes(text: str) -> int:
    if not text.isdigit() or int(text) < MEMORY:
        raise argparse.ArgumentTypeError(f"a number of megabytes from {MEMORY} on")
    return int(text)


def _about_show(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--rule", metavar="ID", help="what this rule found, in context")
    group.add_argument(
        "--cluster", metavar="KIND", help="what was compared: headline, copy, title, name …"
    )
    group.add_argument("--format", choices=("text", "json"), help="default: text")


def run(arguments: argparse.Namespace) -> int:
    """Audit, and return 0; 2 when something could not be read."""
    persisted.switch_on(__version__)
    try:
        with needing("an audit"):
            if arguments.sources[0] == SHOW and arguments.out is None:
                return _show(arguments)
            return _audit(arguments)
    except NewslintError as error:
        complain([error.error])
        return 2


def _show(arguments: argparse.Namespace) -> int:
    from newslint.audit.report import terminal

    if len(arguments.sources) != 2:
        raise _wrong(SHOW, "shows one audit: newslint audit show DIR")
    if arguments.rule and arguments.cluster:
        raise _wrong("--rule", "shows one thing at a time: leave out --cluster")
    lines = terminal.show(
        Path(arguments.sources[1]), arguments.rule, arguments.cluster,
        arguments.format or "text", wants_color("auto", sys.stdout), terminal_width(),
    )  # fmt: skip
    write(lines)
    return 0


def _audit(arguments: argparse.Namespace) -> int:
    from newslint.audit import run as auditing
    from newslint.audit.report import tables
    from newslint.audit.summary import summary

    order = _order(arguments)
    settings = config.settle(request_of(arguments))
    checker = Checker(settings, comparing=True)
    errors = (*settings.errors, *checker.errors)
    complain(errors)
    _note(arguments, (*settings.notices, *engine_flags.notices(arguments, checker)))
    heard = Notices(arguments.quiet)
    heard.first(order.sources, settings, order.fields)
    with archive_progress.shown(arguments.quiet) as tell, _carried_on():
        outcome = auditing.audit(order, settings, checker, tell, heard.hear)
    persisted.save()
    heard.last()
    complain(outcome.errors)
    _note(arguments, outcome.notices)
    with tables.opened(order.folder) as sql:
        found = summary(sql)
    write(_told(arguments.out, found, outcome.before))
    return 2 if found.failed or errors or outcome.errors else 0


@contextmanager
def _carried_on() -> Iterator[None]:
    """Who stops an audit should know that nothing is lost."""
    try:
        yield
    except KeyboardInterrupt:
        say("stopped; the same command with --resume goes on from here")
        raise


def _note(arguments: argparse.Namespace, notices: Iterable[str]) -> None:
    if not arguments.quiet:
        for notice in notices:
            say(safe(notice))


def _order(arguments: argparse.Namespace) -> Order:
    from newslint.audit import fields
    from newslint.audit.run import Order

    if arguments.out is None:
        raise _wrong("--out", "name the folder for what the audit finds: --out DIR")
    for flag in ("rule", "cluster", "format"):
        if getattr(arguments, flag) is not None:
            raise _wrong(f"--{flag}", "is for newslint audit show DIR, once the audit is done")
    return Order(
        sources=tuple(arguments.sources), folder=Path(arguments.out), jobs=arguments.jobs,
        fields=fields.parse(arguments.fields), seconds=arguments.article_timeout,
        memory=arguments.memory, resume=arguments.resume, overwrite=arguments.overwrite,
        report=not arguments.no_report, spark=_cluster(arguments),
    )  # fmt: skip


def _cluster(arguments: argparse.Namespace) -> Cluster | None:
    from newslint.audit.spark.cluster import Cluster

    if arguments.executor == SPARK:
        return Cluster(arguments.master, arguments.parts)
    for flag in ("master", "parts"):
        if getattr(arguments, flag) is not None:
            raise _wrong(f"--{flag}", "is about Spark: add --engine spark")
    return None


def _wrong(flag: str, message: str) -> NewslintError:
    return NewslintError(Error(flag, "config", message))


def _told(out: str, found: Summary, before: bool) -> Iterator[str]:
    """A few lines on what was done."""
    if before:
        yield f"{safe(out)} holds this audit already: nothing was to be done.\n"
    where = f" in {plural(found.flagged, 'article')}" if found.flagged else ""
    read = f"{plural(found.articles, 'article')}, {plural(found.words, 'word')}"
    yield f"{read}: {counted(found.findings)}{where}\n"
    if found.failed:
        yield f"{plural(found.failed, 'record')} could not be checked:\n"
        yield from (f"  {safe_path(e.path)}: {safe(e.message)}\n" for e in found.reasons)
        if found.failed > len(found.reasons):
            yield f"  and {found.failed - len(found.reasons):,} more: see articles.parquet\n"
    files = sorted(path.name for path in Path(out).iterdir() if path.suffix in WRITTEN)
    yield f"In {safe(out)}: {', '.join(files)}\n"
    yield f"newslint audit show {shlex.quote(safe(out))}\n"
