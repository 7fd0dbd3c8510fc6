"""Lints batches in a process of its own, which an article may hang or kill without further harm.

The guard knows which article its child is at. Whatever a child dies of or takes too long over is
given to a new child, alone, and becomes an error row where that ends no better: so nobody is blamed
for a child that something else has killed. The others of its batch are linted as ever.
"""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from ctypes import c_long
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Any, NamedTuple

import pyarrow as pa

from newslint.audit import child
from newslint.audit.child import NOWHERE, Lint, packed, unpacked
from newslint.audit.lint import failed
from newslint.audit.linted import LINTED
from newslint.audit.record import records_of
from newslint.errors import Error, NewslintError

POLL = 0.25
"""Seconds between two looks at how far a child is."""
BETWEEN = 60.0
"""Seconds that a child may spend between articles, where none is to blame: on a batch's way."""
STARTING = 600.0
"""Seconds in which a child must be ready: rules are read, and the machine may be busy."""
LIFE = 2_500
"""Articles after which a child gives way to a new one: regular expressions keep what they have
worked out, so a child's memory would grow with the archive."""
TRIES = 3
"""How often a child is started before the run is given up."""
MODULES = ["newslint.audit.task"]
"""Loaded once, before children are forked: all of them share it."""


class Failure(NamedTuple):
    """Why a batch came to nothing."""

    at: int | None
    """The article that the child was at; None where it was between articles."""
    reason: str
    fresh: bool
    """Nothing else was linted by that child before."""


class Guard:
    """Holds one child and gives it batches; not to be shared by threads."""

    def __init__(self, start: Callable[[], Lint], seconds: float) -> None:
        """`start` is called in the child and yields what lints; `seconds` are for one article."""
        self._start = start
        self._seconds = seconds
        self._context = _context()
        self._at = self._context.RawValue(c_long, NOWHERE)
        self._turn = 0
        """Counts what the child was given; 0 while it starts."""
        self._size = 0
        """Articles in the batch that the child has."""
        self._linted = 0
        """Articles that the child has answered for."""
        self._busy = False
        self._late = False
        self._over = False
        self._child: Any = None
        self._pipe: Connection | None = None

    def lint(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows of a batch, one for each record whatever happens.

        Raises `NewslintError` where no child can be started.
        """
        done: dict[int, pa.RecordBatch] = {}
        waiting = [(0, batch)]
        while waiting:
            first, part = waiting.pop()
            rows = self._attempt(part)
            if not isinstance(rows, Failure):
                done[first] = rows
            elif part.num_rows == 1 and rows.fresh:
                done[first] = _blamed(part, rows.reason)
            else:
                pieces = _narrowed(part.num_rows, rows.at)
                waiting += [(first + at, part.slice(at, count)) for at, count in pieces]
        return pa.concat_batches([done[first] for first in sorted(done)])

    def _attempt(self, batch: pa.RecordBatch) -> pa.RecordBatch | Failure:
        fresh = self._child is None
        if fresh:
            self._begin()
        assert self._pipe is not None
        self._at.value, self._size = NOWHERE, batch.num_rows
        self._turn += 1
        self._busy = True
        try:
            self._pipe.send_bytes(packed(batch))
            rows = unpacked(self._pipe.recv_bytes())
            if rows.num_rows == batch.num_rows and rows.schema.equals(LINTED):
                self._answered(rows.num_rows)
                return rows
        except Exception:  # no answer, or one that makes no sense: the child is no good
            pass
        finally:
            self._busy = False
        self._drop()
        return Failure(self._culprit(), self._reason(), fresh)

    def _answered(self, articles: int) -> None:
        """Let go of a child that has done its share."""
        self._linted += articles
        if self._linted >= LIFE:
            self._drop()

    def _culprit(self) -> int | None:
        """The article that the child is at; None where it is at none."""
        return self._at.value if 0 <= self._at.value < self._size else None

    def _reason(self) -> str:
        if self._late:
            return f"took longer than {self._seconds:g} seconds and was given up"
        return "the process that checked this article died"

    def _begin(self) -> None:
        """Start a child and wait until it is ready."""
        for _ in range(TRIES):
            if self._over:
                break
            with suppress(EOFError, OSError):
                self._launch()
                assert self._pipe is not None
                if trouble := child.trouble(self._pipe.recv_bytes()):
                    raise NewslintError(trouble)
                self._busy = False
                return
            self._drop()
        message = "the processes that check articles die before they begin; is there memory?"
        raise NewslintError(Error("", "crash", message))

    def _launch(self) -> None:
        ours, theirs = self._context.Pipe()
        self._turn, self._linted, self._late, self._busy = 0, 0, False, True
        arguments = (theirs, self._start, self._at, self._seconds)
        with child.without_interrupts():
            process = self._context.Process(target=child.serve, args=arguments, daemon=True)
            with closing(theirs):
                process.start()
        Thread(target=self._watch, args=(process,), daemon=True).start()
        self._child, self._pipe = process, ours
        if self._over:  # while it was starting: whoever ended the guard could not end this one
            self._drop()
            raise EOFError

    def _watch(self, process: Any) -> None:
        """Kill a child that stays too long at one thing; whoever waits for its answer gets none."""
        seen, since = (-1, -1), time.monotonic()
        while not wait([process.sentinel], POLL):
            now = self._turn, self._at.value
            if now != seen or not self._busy:
                seen, since = now, time.monotonic()
            elif time.monotonic() - since > self._patience():
                self._late = True
                process.kill()

    def _patience(self) -> float:
        if self._turn == 0:
            return STARTING
        return self._seconds + (BETWEEN if self._culprit() is None else 0)

    def end(self) -> None:
        """End the child for good. Any thread may call this, to have the guard's own give up."""
        self._over = True
        self._drop()

    def _drop(self) -> None:
        process, pipe, self._child, self._pipe = self._child, self._pipe, None, None
        if process is not None:
            process.kill()
            process.join()
        if pipe is not None:
            pipe.close()


def _context() -> Any:
    """How children come into being: not by a fork of this process, which has threads."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(MODULES)
    return context


def _narrowed(count: int, at: int | None) -> Iterator[tuple[int, int]]:
    """The pieces in which a batch is tried again, first and length; the last one comes first."""
    if at is None:
        pieces = [(count // 2, count - count // 2), (0, count // 2)]
    else:
        pieces = [(at + 1, count - at - 1), (0, at), (at, 1)]
    return ((first, length) for first, length in pieces if length)


def _blamed(alone: pa.RecordBatch, reason: str) -> pa.RecordBatch:
    record = records_of(alone)[0]
    row = failed(record, Error(record.locator, "crash", reason))
    return pa.RecordBatch.from_pylist([row], schema=LINTED)
