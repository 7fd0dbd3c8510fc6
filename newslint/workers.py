"""Many articles, one by one or by several processes, in the order of their paths."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from newslint import config, engines
from newslint.checker import Checker, Result
from newslint.config import Request, Settings
from newslint.errors import Error

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

SERIAL_BELOW = 50
"""Files; fewer are not worth the start of workers."""
CHUNK = 16
"""Files handed to a worker at a time."""
AHEAD = 4
"""Chunks for each worker that are begun before their turn in the report."""
NO_CONTENTS: Mapping[str, bytes] = MappingProxyType({})
Each = Callable[..., Iterator[Result]]
"""Checks articles one by one, as `each` does and with its parameters."""


def each(
    paths: Sequence[str], settings: Settings, checker: Checker, jobs: int | None,
    only_facts: bool = False, contents: Mapping[str, bytes] = NO_CONTENTS,
) -> Iterator[Result]:  # fmt: skip
    """Each article by itself, in the order of the paths.

    `contents` holds by path what stands for the file, which is not read then.
    """
    workers = jobs or (1 if len(paths) < SERIAL_BELOW else os.cpu_count() or 1)
    if min(workers, len(paths)) <= 1:
        for path in paths:
            yield checker.file(path, only_facts, contents.get(path))
        return
    from concurrent.futures.process import BrokenProcessPool

    done = 0
    checker.prepare()
    task = Task(settings.request, checker.comparing, only_facts, engines.shared())
    with _pool(workers, task, checker) as pool:
        try:
            for results in _ahead(pool, paths, contents, AHEAD * workers):
                yield from results
                done += len(results)
        except BrokenProcessPool:
            pass
    for path in paths[done:]:  # a worker died: one article at a time tells which one does it
        yield _alone(path, contents.get(path), task)


class Task(Struct, frozen=True):
    """What a worker is to do with the files it is given."""

    request: Request
    comparing: bool
    only_facts: bool
    server: engines.Running | None = None
    """The LanguageTool server that all workers ask, if there is one."""


def _ahead(
    pool: ProcessPoolExecutor, paths: Sequence[str], contents: Mapping[str, bytes], chunks: int
) -> Iterator[tuple[Result, ...]]:
    """Results chunk by chunk, with no more than so many chunks begun and not yet taken."""
    begun: deque[Future[tuple[Result, ...]]] = deque()
    for start in range(0, len(paths), CHUNK):
        chunk = [(path, contents.get(path)) for path in paths[start : start + CHUNK]]
        begun.append(_submitted(pool, chunk))
        if len(begun) >= chunks:
            yield begun.popleft().result()
    while begun:
        yield begun.popleft().result()


def _submitted(
    pool: ProcessPoolExecutor, files: Sequence[tuple[str, bytes | None]]
) -> Future[tuple[Result, ...]]:
    """Files on their way to a worker. It may be started here, and Ctrl-C is for the parent."""
    import signal

    if sys.platform == "win32":
        return pool.submit(_check_in_worker, files)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        return pool.submit(_check_in_worker, files)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _alone(path: str, content: bytes | None, task: Task) -> Result:
    from concurrent.futures.process import BrokenProcessPool

    with _pool(1, task) as pool:
        try:
            return _submitted(pool, [(path, content)]).result()[0]
        except BrokenProcessPool:
            message = "the worker that checked this file died"
            return Result(path, False, errors=(Error(path, "crash", message),))


@contextmanager
def _pool(
    workers: int, task: Task, checker: Checker | None = None
) -> Iterator[ProcessPoolExecutor]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Forked workers share what the parent has loaded; elsewhere they start afresh.
    forked = sys.platform == "linux"
    context = multiprocessing.get_context("fork" if forked else "spawn")
    shared = checker if forked else None
    pool = ProcessPoolExecutor(workers, context, _start_worker, (task, shared))
    try:
        yield pool
    except BaseException:  # Ctrl-C, most of all: waiting for the workers might be for ever
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


_work: tuple[Checker, bool] | None = None


def _start_worker(task: Task, checker: Checker | None) -> None:
    global _work
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to handle
    end_with_parent()
    if task.server:
        engines.share(task.server)
    _work = checker or Checker(config.settle(task.request), task.comparing), task.only_facts


def end_with_parent() -> None:
    """Let nothing of a run stay behind when it is killed: the queue would never say so."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait
    from signal import SIGTERM
    from threading import Thread

    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        wait([parent.sentinel])
        os.kill(os.getpid(), SIGTERM)

    Thread(target=watch, daemon=True).start()


def _check_in_worker(files: Sequence[tuple[str, bytes | None]]) -> tuple[Result, ...]:
    assert _work is not None
    checker, only_facts = _work
    return tuple(checker.file(path, only_facts, content) for path, content in files)
