"""What the child of a guard does: lint batches until nobody is there to read the rows."""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any

import msgspec
import pyarrow as pa

from newslint import workers
from newslint.audit.lint import Tick
from newslint.errors import Error, NewslintError

Lint = Callable[[pa.RecordBatch, Tick], pa.RecordBatch]
NOWHERE = -1
"""Where a child is that is at no article."""
MEMORY = 4 << 30
"""Bytes that a child may use: an article that needs more fails, and the machine stays well."""
COLLECT = (50_000, 20, 20)
"""When Python looks for garbage in cycles: articles make many objects, and hardly a cycle."""
GRACE = 5.0
"""Seconds after which a child ends itself where its guard, which should, is no more."""


def serve(pipe: Connection, start: Callable[[], Lint], at: Any, seconds: float) -> None:
    """Say that all is ready, or what is wrong, and then answer batches with rows."""
    gc.set_threshold(*COLLECT)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent to handle
    workers.end_with_parent()
    lint = _started(pipe, start)
    if lint is None:
        return
    _without_pandas()
    gc.collect()
    gc.freeze()  # rules stay to the end
    _limit_memory()
    with open(os.devnull, "w") as nowhere:

        def tick(number: int) -> None:
            at.value = number
            faulthandler.dump_traceback_later(seconds + GRACE, file=nowhere, exit=True)

        try:
            while True:
                batch = unpacked(pipe.recv_bytes())
                rows = packed(lint(batch, tick))
                faulthandler.cancel_dump_traceback_later()
                at.value = NOWHERE
                pipe.send_bytes(rows)
        except Exception:  # the guard sees that there is no answer, and finds out why
            pipe.close()


def _started(pipe: Connection, start: Callable[[], Lint]) -> Lint | None:
    try:
        lint = start()
    except NewslintError as error:
        pipe.send_bytes(msgspec.json.encode(error.error))
    except Exception as error:
        message = f"newslint cannot begin: {type(error).__name__}: {error}"
        pipe.send_bytes(msgspec.json.encode(Error("", "crash", message)))
    else:
        pipe.send_bytes(b"")
        return lint
    return None


def trouble(said: bytes) -> Error | None:
    """What a child says is wrong when it is started; None where it is ready."""
    return msgspec.json.decode(said, type=Error) if said else None


@contextmanager
def without_interrupts() -> Iterator[None]:
    """What is started within never sees Ctrl-C, not even while Python itself still starts there."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Absent:
    """Finds no pandas, among what Python asks for modules."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def _without_pandas() -> None:
    """Have pyarrow see once that there is no pandas.

    Where there is one, it would import it to learn whether a list is a column of its kind: a
    quarter of a second and 60 MB in each child.
    """
    if "pandas" in sys.modules:
        return  # a kind of a newsroom's own needs it
    sys.meta_path.insert(0, _Absent)
    try:
        pa.array([])
    finally:
        sys.meta_path.remove(_Absent)


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_DATA, (limit, most))


def packed(batch: pa.RecordBatch) -> memoryview:
    """A batch as bytes."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return memoryview(sink.getvalue())


def unpacked(data: bytes) -> pa.RecordBatch:
    """The batch that was packed."""
    with pa.ipc.open_stream(data) as reader:
        return reader.read_next_batch()
