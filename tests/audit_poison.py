"""Articles that harm the process which lints them. Light, as that process imports it."""

from __future__ import annotations

import ctypes
import os
import signal
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pyarrow as pa

from newslint.audit.child import Lint
from newslint.audit.lint import Tick, failed
from newslint.audit.linted import LINTED
from newslint.audit.record import records_of
from newslint.errors import Error, NewslintError


def _spin() -> None:
    while True:
        pass


def _hold_the_interpreter() -> None:
    """A call into C that lets no other thread of Python run."""
    ctypes.PyDLL(None).sleep(3600)


def _grow() -> None:
    hoard = []
    while True:
        hoard.append(bytes(512 << 20))


def _answer_nonsense() -> None:
    """Write to whatever this process talks to its guard through, and go."""
    for handle in range(3, 64):
        with suppress(OSError):
            if stat.S_ISSOCK(os.fstat(handle).st_mode):
                os.write(handle, b"\xff" * 64)
    os._exit(0)


DEEDS: dict[str, Callable[[], object]] = {
    "spins": _spin,
    "sleeps": partial(time.sleep, 3600),
    "naps": partial(time.sleep, 0.1),
    "holds": _hold_the_interpreter,
    "exits": partial(os._exit, 0),
    "dies": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "faults": lambda: ctypes.string_at(0),
    "scribbles": _answer_nonsense,
    "grows": _grow,
    "stops": lambda: os.kill(os.getpid(), signal.SIGSTOP),
}
"""By the copy of an article, what it does to the process that lints it."""


def lint(batch: pa.RecordBatch, tick: Tick) -> pa.RecordBatch:
    """Stands in for the rules: what is linted is the copy, in capitals."""
    rows = []
    for number, record in enumerate(records_of(batch)):
        tick(number)
        copy = record.content.decode()
        DEEDS.get(copy, lambda: None)()
        row = failed(record, Error("", "", ""))
        rows.append({**row, "checked": True, "headline": copy.upper()})
    tick(len(rows))
    if any(row["headline"] == "UNPACKABLE" for row in rows):
        raise MemoryError
    return pa.RecordBatch.from_pylist(rows, schema=LINTED)


def start() -> Lint:
    return lint


def start_badly() -> Lint:
    raise NewslintError(Error("newslint.yml", "config", "is gone", 3))


def start_wrongly() -> Lint:
    raise ZeroDivisionError


def never_start() -> Lint:
    os._exit(3)


def start_slow(mark: str) -> Lint:
    return partial(_killed_once, mark)


def _killed_once(mark: str, batch: pa.RecordBatch, tick: Tick) -> pa.RecordBatch:
    if b"killed once" in batch["content"].to_pylist() and not os.path.exists(mark):
        Path(mark).touch()
        tick(1)
        os.kill(os.getpid(), signal.SIGKILL)
    return lint(batch, tick)
