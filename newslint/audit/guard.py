"""Lints batches in a process of its own, which an article may hang or kill without further harm.

The guard knows which article its child is at. Where the child dies or takes too long over one, that
article becomes an error row and a new child lints the others.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from ctypes import c_long
from multiprocessing.connection import Connection
from typing import Any

import pyarrow as pa

from newslint.audit.lint import Tick, failed
from newslint.audit.linted import LINTED
from newslint.audit.record import records_of
from newslint.errors import Error

Lint = Callable[[pa.RecordBatch, Tick], pa.RecordBatch]
POLL = 0.5
"""Seconds between two looks at how far the child is."""


class Guard:
    """Holds one child and gives it batches; not to be shared by threads."""

    def __init__(self, start: Callable[[], Lint], seconds: float) -> None:
        """`start` is called in the child and yields what lints; `seconds` are for one article."""
        self._context = multiprocessing.get_context("forkserver")
        self._start = start
        self._seconds = seconds
        self._at = self._context.RawValue(c_long, -1)
        self._child: Any = None
        self._pipe: Connection | None = None

    def lint(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The rows of a batch, one for each record whatever happens."""
        reason = self._attempt(batch)
        if isinstance(reason, pa.RecordBatch):
            return reason
        culprit = max(self._at.value, 0)
        record = records_of(batch.slice(culprit, 1))[0]
        row = failed(record, Error(record.locator, "crash", reason))
        alone = pa.RecordBatch.from_pylist([row], schema=LINTED)
        parts = [batch.slice(0, culprit), batch.slice(culprit + 1)]
        before, after = (self.lint(part) if part.num_rows else None for part in parts)
        return pa.concat_batches([part for part in (before, alone, after) if part is not None])

    def _attempt(self, batch: pa.RecordBatch) -> pa.RecordBatch | str:
        """The rows, or what went wrong with the article that the child was at."""
        self._at.value = -1
        if self._pipe is None:
            self._begin()
        assert self._pipe is not None
        try:
            self._pipe.send_bytes(_packed(batch))
            if not self._in_time():
                self.end()
                return f"took longer than {self._seconds:g} seconds and was given up"
            return _unpacked(self._pipe.recv_bytes())
        except (EOFError, OSError):
            self.end()
            return "the process that checked this article died"

    def _in_time(self) -> bool:
        assert self._pipe is not None
        at, since = -1, time.monotonic()
        while not self._pipe.poll(POLL):
            if self._at.value != at:
                at, since = self._at.value, time.monotonic()
            elif at >= 0 and time.monotonic() - since > self._seconds:
                return False
        return True

    def _begin(self) -> None:
        ours, theirs = self._context.Pipe()
        self._child = self._context.Process(
            target=_serve, args=(theirs, self._start, self._at), daemon=True
        )
        self._child.start()
        theirs.close()
        self._pipe = ours

    def end(self) -> None:
        """End the child, if there is one."""
        if self._child is not None:
            self._child.kill()
            self._child.join()
        if self._pipe is not None:
            self._pipe.close()
        self._child = self._pipe = None


def _serve(pipe: Connection, start: Callable[[], Lint], at: Any) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to handle
    lint = start()

    def tick(number: int) -> None:
        at.value = number

    while True:
        try:
            batch = _unpacked(pipe.recv_bytes())
        except EOFError:
            return
        pipe.send_bytes(_packed(lint(batch, tick)))


def _packed(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def _unpacked(data: bytes) -> pa.RecordBatch:
    with pa.ipc.open_stream(data) as reader:
        return reader.read_next_batch()
