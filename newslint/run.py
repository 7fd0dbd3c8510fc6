"""A run: files in, one result an article out, in the order of the paths."""

from __future__ import annotations

import os
import stat
import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from newslint import config, readers, ruleset, suppress
from newslint.article import Article
from newslint.config import Request, Settings
from newslint.errors import Error
from newslint.finding import SEVERITIES, Finding, order
from newslint.lint import Linter
from newslint.readers.decode import MAX_BYTES, UndecodableError, too_large
from newslint.rule import Rule

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

SERIAL_BELOW = 50
"""Files; fewer are not worth the start of workers."""
CHUNK = 16
"""Files handed to a worker at a time."""
AHEAD = 4
"""Chunks for each worker that are begun before their turn in the report."""


class Result(Struct, frozen=True, gc=False):
    """What came of one article."""

    path: str
    checked: bool
    findings: tuple[Finding, ...] = ()
    """In the order of `finding.order`."""
    suppressed: int = 0
    errors: tuple[Error, ...] = ()
    notices: tuple[str, ...] = ()
    source: str = ""
    """The copy, where findings stand in it."""


class Checker:
    """Checks one article after another with the rules of a run; one lives in each worker."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._names = settings.names
        self._today = date.today()
        self._linters: dict[tuple[int, ...], Linter] = {}
        self._judges: dict[tuple[int, ...], dict[str, Rule]] = {}
        self._errors: dict[tuple[int, ...], tuple[Error, ...]] = {}
        self._prepare(())

    @property
    def errors(self) -> tuple[Error, ...]:
        """What is wrong with the rules that run where no override holds."""
        return self._errors[()]

    def file(self, path: str) -> Result:
        """Read and check one file. Never raises: what goes wrong is in the result."""
        try:
            status = os.stat(path)
            if not stat.S_ISREG(status.st_mode):
                error = Error(path, "unreadable", "is no regular file")
                return Result(path, False, errors=(error,))
            if status.st_size > MAX_BYTES:
                error = Error(path, "unreadable", too_large(status.st_size))
                return Result(path, False, errors=(error,))
            with open(path, "rb") as file:
                data = file.read()
        except OSError as failure:
            reason = failure.strerror or type(failure).__name__
            return Result(path, False, errors=(Error(path, "unreadable", reason),))
        return self.content(path, data)

    def content(self, path: str, data: bytes) -> Result:
        """Check the bytes of a file. Never raises: what goes wrong is in the result."""
        try:
            read = readers.read(path, data)
            return self._check(read.article, read.notices)
        except UndecodableError as error:
            return Result(path, False, errors=(Error(path, error.code, error.message),))
        except Exception as error:  # one bad article must not stop the rest
            message = f"newslint failed on this file: {type(error).__name__}: {error}"
            return Result(path, False, errors=(Error(path, "crash", message),))

    def _check(self, article: Article, notices: Sequence[str]) -> Result:
        settings = self._settings
        key = ruleset.overrides_of(settings, article)
        linter = self._prepare(key)
        findings, errors = linter.check(article)
        ignores = ruleset.ignored_by_config(settings, article.path, self._today)
        findings, suppressed = suppress.apply(
            article, findings, ignores, linter.ids, self._names, self._judges[key]
        )
        if article.language != "en":
            notices = (*notices, "not in English: only rules that hold in every language ran")
        return Result(
            article.path, True, tuple(sorted(findings, key=order)), suppressed,
            (*errors, *self._errors[key]), tuple(notices), article.source if findings else "",
        )  # fmt: skip

    def _prepare(self, key: tuple[int, ...]) -> Linter:
        """The linter for some overrides, made when they are first met."""
        if key not in self._linters:
            ready, errors = ruleset.rules_for(self._settings, key)
            self._linters[key] = Linter(ready)
            self._errors[key] = tuple(errors)
            self._judges[key] = {
                str(r.rule.options["check"]): r.rule for r in ready if r.rule.kind == "suppression"
            }
        return self._linters[key]


class Tally:
    """Counts what passes through, so that a report can be written while the run goes on."""

    def __init__(self, errors: Iterable[Error] = (), notices: Iterable[str] = ()) -> None:
        self.errors = dict.fromkeys(errors)
        self.notices = [("", notice) for notice in notices]
        self.articles = 0
        self.failed = 0
        self.suppressed = 0
        self.fixable = 0
        self.severities = Counter(dict.fromkeys(SEVERITIES, 0))
        self.rules: Counter[str] = Counter()

    def count(self, results: Iterable[Result]) -> Iterator[Result]:
        """Pass the results on, counted."""
        for result in results:
            self.articles += result.checked
            self.failed += not result.checked
            self.suppressed += result.suppressed
            self.errors.update(dict.fromkeys(result.errors))
            self.notices += [(result.path, notice) for notice in result.notices]
            for finding in result.findings:
                self.severities[finding.severity] += 1
                self.rules[finding.rule] += 1
                self.fixable += bool(finding.fix.edits)
            yield result

    def exit_code(self, fail_on: str, max_warnings: int | None, exit_zero: bool) -> int:
        """0 clean, 1 findings that fail the run, 2 something could not be checked."""
        if self.errors:
            return 2
        failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on != "never" else ()
        too_many = max_warnings is not None and self.severities["warning"] > max_warnings
        found = too_many or any(self.severities[severity] for severity in failing)
        return 1 if found and not exit_zero else 0


def check(
    paths: Sequence[str], settings: Settings, checker: Checker, jobs: int | None = None
) -> Iterator[Result]:
    """The results of all files, in the order of the paths, with `jobs` workers (None: by size)."""
    workers = jobs or (1 if len(paths) < SERIAL_BELOW else os.cpu_count() or 1)
    if min(workers, len(paths)) <= 1:
        yield from map(checker.file, paths)
        return
    from concurrent.futures.process import BrokenProcessPool

    done = 0
    with _pool(workers, settings.request, checker) as pool:
        try:
            for results in _ahead(pool, paths, AHEAD * workers):
                yield from results
                done += len(results)
        except BrokenProcessPool:
            pass
    for path in paths[done:]:  # a worker died: one article at a time tells which one does it
        yield _alone(path, settings.request)


def _ahead(
    pool: ProcessPoolExecutor, paths: Sequence[str], chunks: int
) -> Iterator[tuple[Result, ...]]:
    """Results chunk by chunk, with no more than so many chunks begun and not yet taken."""
    begun: deque[Future[tuple[Result, ...]]] = deque()
    for start in range(0, len(paths), CHUNK):
        begun.append(pool.submit(_check_in_worker, paths[start : start + CHUNK]))
        if len(begun) >= chunks:
            yield begun.popleft().result()
    while begun:
        yield begun.popleft().result()


def _alone(path: str, request: Request) -> Result:
    from concurrent.futures.process import BrokenProcessPool

    with _pool(1, request) as pool:
        try:
            return pool.submit(_check_in_worker, [path]).result()[0]
        except BrokenProcessPool:
            message = "the worker that checked this file died"
            return Result(path, False, errors=(Error(path, "crash", message),))


@contextmanager
def _pool(
    workers: int, request: Request, checker: Checker | None = None
) -> Iterator[ProcessPoolExecutor]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Forked workers share what the parent has loaded; elsewhere they start afresh.
    forked = sys.platform == "linux"
    context = multiprocessing.get_context("fork" if forked else "spawn")
    shared = checker if forked else None
    pool = ProcessPoolExecutor(workers, context, _start_worker, (request, shared))
    try:
        yield pool
    except BaseException:  # Ctrl-C, most of all: waiting for the workers might be for ever
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


_checker: Checker | None = None


def _start_worker(request: Request, checker: Checker | None) -> None:
    global _checker
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to handle
    _checker = checker or Checker(config.settle(request))


def _check_in_worker(paths: Sequence[str]) -> tuple[Result, ...]:
    assert _checker is not None
    return tuple(map(_checker.file, paths))
