"""An audit from its sources to its report."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import duckdb
from msgspec import Struct

from newslint import __version__, engines, persisted
from newslint.audit import across, processes, report, store, tables
from newslint.audit.across import people
from newslint.audit.fields import Fields
from newslint.audit.manifest import Manifest
from newslint.audit.processes import Step
from newslint.audit.progress import Progress, Tell
from newslint.audit.report import cards
from newslint.audit.sources import identity, listed, naming, records
from newslint.audit.sources.member import printable
from newslint.audit.sources.settling import Tell as Hear
from newslint.audit.sources.settling import silent
from newslint.audit.spark.cluster import Cluster, is_remote
from newslint.audit.sql import Duck, Sql
from newslint.audit.store import PEOPLE, REPORT, Store
from newslint.audit.task import Task
from newslint.cache.key import premises
from newslint.checker import Checker
from newslint.config import Settings
from newslint.errors import Error, NewslintError
from newslint.later import compiled_later

_REASON = compiled_later(r'"exception_message":"((?:[^"\\]|\\.)*)"')
"""What DuckDB wraps an error of the system in."""
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)


class Order(Struct, frozen=True, kw_only=True):
    """What is to be audited, where to and how."""

    sources: tuple[str, ...]
    folder: Path
    jobs: int
    fields: Fields = Fields()
    """Which columns of rows are what; without any a guess is made."""
    seconds: float
    """For one article."""
    memory: int
    """Megabytes that comparisons may take before they go to the disk."""
    resume: bool = False
    overwrite: bool = False
    report: bool = True
    """Whether people get pages to read, beside the tables."""
    spark: Cluster | None = None
    """Who does the work, if not processes of this machine."""


class Executor(NamedTuple):
    """Who does the work."""

    steps: Iterator[Step]
    """Linting, as far as it goes."""
    sql: Callable[[], Sql]
    """What compares, once all is linted."""


class Outcome(NamedTuple):
    """What came of an audit."""

    articles: int
    failed: dict[str, int]
    """Articles that could not be checked, or not by all rules, by code."""
    notices: tuple[str, ...] = ()
    """Of bounds that comparisons met."""
    errors: tuple[Error, ...] = ()
    """Of rules that could not compare."""
    before: bool = False
    """An earlier run has done it all."""


def audit(
    order: Order, settings: Settings, checker: Checker, tell: Tell, hear: Hear = silent
) -> Outcome:
    """Audit sources into a folder. Raises `NewslintError` where there is no going on.

    `tell` is told how far it is, and `hear` what is to be known of sources.
    """
    manifest = _manifest(order, settings, checker)
    begun = store.opened(order.folder, manifest, order.resume, order.overwrite)
    with _told_of_a_full_disk(order.folder), _interrupted(), begun as kept:
        if kept.manifest.done:
            return _before(order, kept)
        progress = Progress(order.folder, tell, _total(order, settings))
        try:
            outcome = _steps(order, settings, checker, kept, progress, hear)
        except BaseException:
            with suppress(OSError):  # the disk may be full
                progress.phase("stopped")
            raise
        progress.phase("done")
        return outcome


def _steps(
    order: Order, settings: Settings, checker: Checker, kept: Store, progress: Progress, hear: Hear
) -> Outcome:
    task = _task(order, settings, checker)
    with _executor(order, settings, task, kept, hear) as executor:
        progress.phase("linting")
        for step in executor.steps:
            progress.step(*step)
        with _told(kept.folder), closing(executor.sql()) as sql:
            progress.phase("comparing")
            compared = across.compare(sql, task)
            progress.phase("writing")
            tables.write(sql, kept.folder)
            people.write(sql, checker.lexicons, kept.folder / PEOPLE)
            articles, failed = tables.failures(sql)
        cards.save(kept.folder, settings, checker)
        kept.finish(articles, failed, compared.notices, compared.errors)
    if order.report:  # now that the folder says what is to be known
        progress.phase("reporting")
        report.write(kept.folder)
    return _outcome(kept)


@contextmanager
def _interrupted() -> Iterator[None]:
    """Ctrl-C is Ctrl-C, whatever DuckDB, at work when it comes, makes of it."""
    try:
        yield
    except (RuntimeError, duckdb.InterruptException) as error:
        if isinstance(error, RuntimeError) and str(error) != "Query interrupted":
            raise
        raise KeyboardInterrupt from None


@contextmanager
def _told_of_a_full_disk(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        message = f"{os.strerror(error.errno)}: when that is mended, --resume goes on"
        raise NewslintError(Error(str(folder), "crash", message)) from None


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """What keeps DuckDB from its work (a full disk, most of all) is no mistake of newslint's."""
    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        reason = _REASON.search(str(error))
        what = reason[1].replace('\\"', '"') if reason else str(error).splitlines()[0]
        remedy = "when that is mended, --resume goes on"
        if isinstance(error, duckdb.OutOfMemoryException):
            remedy = "--resume with more --memory goes on"
        message = f"the tables cannot be made ({what}): {remedy}"
        raise NewslintError(Error(str(folder), "crash", message)) from None


def _total(order: Order, settings: Settings) -> int | None:
    """How many articles there will be; None where a file may hold any number of them."""
    if any(map(is_remote, order.sources)):
        return None
    total = 0
    for item in listed(order.sources, settings):
        if naming.kind_of(item.path) != naming.ARTICLE:
            return None
        total += 1
    return total


def _before(order: Order, kept: Store) -> Outcome:
    """What an earlier run has done; it may have left the report to this one."""
    if missing := kept.missing():
        message = f"this audit was done, and {missing} is gone: --overwrite makes it again"
        raise NewslintError(Error(str(kept.folder), "config", message))
    if order.report and not all((kept.folder / name).exists() for name in REPORT):
        report.write(kept.folder)
    return _outcome(kept)._replace(before=True)


def _outcome(kept: Store) -> Outcome:
    known = kept.manifest
    return Outcome(known.articles, known.failed, known.notices, known.errors)


@contextmanager
def _executor(
    order: Order, settings: Settings, task: Task, kept: Store, hear: Hear
) -> Iterator[Executor]:
    """Who lints, and who compares what comes of it."""
    if order.spark is None:
        found = records(order.sources, settings, order.fields, hear)
        steps = processes.run(found, kept, task, order.jobs)
        yield Executor(steps, lambda: Duck(kept.parts, kept.scratch, order.memory))
        return
    from newslint.audit.spark import engine

    with engine.begun(order.spark, kept.folder) as spark:
        steps = spark.run(order.sources, settings, task, order.fields, hear)
        yield Executor(steps, spark.sql)


def _task(order: Order, settings: Settings, checker: Checker) -> Task:
    """What workers are to do; the engine that they share is started for it."""
    checker.prepare()
    return Task(
        settings.request, order.seconds, engines.shared(), persisted.is_on(),
        sources=tuple(sorted(set(order.sources))),
    )  # fmt: skip


def _manifest(order: Order, settings: Settings, checker: Checker) -> Manifest:
    try:
        rests_on = premises(settings, checker.asks_engine) or b""
    except engines.EngineError as error:
        raise NewslintError(Error("", "engine", error.message)) from None
    return Manifest(
        newslint=__version__,
        sources=tuple(sorted(set(map(printable, order.sources)))),
        fields=str(order.fields),
        input=identity(order.sources, order.fields),
        premises=rests_on.hex(),
    )
