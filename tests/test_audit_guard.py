"""One bad article costs one row: whatever it does to the process that lints it."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pyarrow as pa
import pytest
from conftest import PATIENCE

from newslint.audit.child import Lint
from newslint.audit.guard import Guard
from newslint.audit.lint import Tick, failed
from newslint.audit.linted import LINTED
from newslint.audit.record import Record, batch_of, records_of
from newslint.errors import Error, NewslintError

SECONDS = 1.0


def _spin() -> None:
    while True:
        pass


def _hold_the_interpreter() -> None:
    """A call into C that lets no other thread of Python run."""
    ctypes.PyDLL(None).sleep(3600)


def _grow() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(64 << 20))


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


def never_start() -> Lint:
    os._exit(3)


def batch(*copies: str) -> pa.RecordBatch:
    return batch_of(
        Record(source=f"{number}.txt", locator=f"{number}.txt", content=copy.encode())
        for number, copy in enumerate(copies)
    )


@pytest.fixture
def guard() -> Iterator[Guard]:
    made = Guard(start, SECONDS)
    yield made
    made.end()


def linted(guard: Guard, *copies: str) -> list[str]:
    """What became of each article: its copy in capitals, or why it has none."""
    rows = guard.lint(batch(*copies))
    assert rows.schema.equals(LINTED)
    assert rows["source"].to_pylist() == [f"{number}.txt" for number in range(len(copies))]
    return [row["headline"] if row["checked"] else row["message"] for row in rows.to_pylist()]


DIED = "the process that checked this article died"
LATE = "took longer than 1 seconds and was given up"


def test_rows_come_in_the_order_of_the_articles(guard: Guard) -> None:
    copies = [f"copy {number}" for number in range(40)]
    assert linted(guard, *copies) == [copy.upper() for copy in copies]
    assert linted(guard, "more") == ["MORE"]


@pytest.mark.parametrize("deed", ["exits", "dies", "faults", "scribbles"])
def test_who_kills_the_process_is_the_only_one_to_suffer(guard: Guard, deed: str) -> None:
    assert linted(guard, "a", "b", deed, "c", "d") == ["A", "B", DIED, "C", "D"]


@pytest.mark.parametrize("deed", ["spins", "sleeps", "holds", "stops"])
def test_who_takes_too_long_is_given_up(guard: Guard, deed: str) -> None:
    assert linted(guard, "a", deed, "b") == ["A", LATE, "B"]


def test_several_bad_ones_in_a_batch(guard: Guard) -> None:
    copies = ["exits", "exits", "a", "dies", "b", "exits"]
    assert linted(guard, *copies) == [DIED, DIED, "A", DIED, "B", DIED]


def test_what_fails_between_articles_is_narrowed_down(guard: Guard) -> None:
    copies = ["a", "b", "c", "unpackable", "d", "e", "f"]
    assert linted(guard, *copies) == ["A", "B", "C", DIED, "D", "E", "F"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits what a process takes")
def test_who_takes_all_memory_is_the_only_one_to_suffer(guard: Guard) -> None:
    patient = Guard(start, 60)
    try:
        assert linted(patient, "a", "grows", "b") == ["A", DIED, "B"]
    finally:
        patient.end()


def test_nobody_is_blamed_for_a_process_that_something_else_killed(tmp_path: Path) -> None:
    """As the kernel does where memory is short: the article is tried again."""
    guard = Guard(partial(start_slow, str(tmp_path / "killed")), 60)
    try:
        assert linted(guard, "a", "killed once", "b") == ["A", "KILLED ONCE", "B"]
        assert linted(guard, "c") == ["C"]
        for child in multiprocessing.active_children():
            child.kill()
            child.join()
        assert linted(guard, "d") == ["D"]  # it died while it had nothing to do
    finally:
        guard.end()


def start_slow(mark: str) -> Lint:
    return partial(_killed_once, mark)


def _killed_once(mark: str, batch: pa.RecordBatch, tick: Tick) -> pa.RecordBatch:
    if b"killed once" in batch["content"].to_pylist() and not os.path.exists(mark):
        Path(mark).touch()
        tick(1)
        os.kill(os.getpid(), signal.SIGKILL)
    return lint(batch, tick)


def test_many_small_batches_are_not_mistaken_for_a_long_article(guard: Guard) -> None:
    until = time.monotonic() + 2.5 * SECONDS
    while time.monotonic() < until:
        assert linted(guard, "a") == ["A"]


def test_what_is_wrong_at_the_start_is_said() -> None:
    guard = Guard(start_badly, SECONDS)
    with pytest.raises(NewslintError) as caught:
        guard.lint(batch("a"))
    assert caught.value.error == Error("newslint.yml", "config", "is gone", 3)
    guard.end()


def test_a_process_that_never_starts_ends_the_run() -> None:
    guard = Guard(never_start, SECONDS)
    with pytest.raises(NewslintError, match="die before they begin"):
        guard.lint(batch("a"))
    guard.end()


def test_a_guard_that_was_ended_starts_nothing_more(guard: Guard) -> None:
    assert linted(guard, "a") == ["A"]
    guard.end()
    with pytest.raises(NewslintError):
        guard.lint(batch("a"))


PARENT = """
import sys, threading
sys.path.insert(0, {tests!r})
from test_audit_guard import batch, start
from newslint.audit.guard import Guard
if __name__ == "__main__":
    guard = Guard(start, 3600)
    guard.lint(batch("a"))
    print(guard._child.pid, flush=True)
    guard.lint(batch({deed!r}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("deed", ["spins", "sleeps"])
def test_no_process_outlives_the_run(tmp_path: Path, how: signal.Signals, deed: str) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT.format(tests=str(Path(__file__).parent), deed=deed))
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(0.2)
    parent.send_signal(how)
    parent.wait(PATIENCE)
    until = time.monotonic() + PATIENCE
    while _runs(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(child)
    parent.stdout.close()


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return sys.platform != "linux"
