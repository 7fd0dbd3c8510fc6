"""One bad article costs one row: whatever it does to the process that lints it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from audit_poison import never_start, start, start_badly, start_slow, start_wrongly
from conftest import PATIENCE

from newslint.audit.guard import Guard
from newslint.audit.linted import LINTED
from newslint.audit.record import Record, batch_of
from newslint.errors import Error, NewslintError

LIMIT = 1.5
"""Seconds for an article, where one is to be given up; the machine may be busy."""


def batch(*copies: str) -> pa.RecordBatch:
    return batch_of(
        Record(source=f"{number}.txt", locator=f"{number}.txt", content=copy.encode())
        for number, copy in enumerate(copies)
    )


@contextmanager
def closing_guard(seconds: float) -> Iterator[Guard]:
    made = Guard(start, seconds)
    try:
        yield made
    finally:
        made.end()


@pytest.fixture
def guard() -> Iterator[Guard]:
    with closing_guard(PATIENCE) as made:
        yield made


def linted(guard: Guard, *copies: str) -> list[str]:
    """What became of each article: its copy in capitals, or why it has none."""
    rows = guard.lint(batch(*copies))
    assert rows.schema.equals(LINTED)
    assert rows["source"].to_pylist() == [f"{number}.txt" for number in range(len(copies))]
    return [row["headline"] if row["checked"] else row["message"] for row in rows.to_pylist()]


DIED = "the process that checked this article died"
LATE = "took longer than 1.5 seconds and was given up"


def test_rows_come_in_the_order_of_the_articles(guard: Guard) -> None:
    copies = [f"copy {number}" for number in range(40)]
    assert linted(guard, *copies) == [copy.upper() for copy in copies]
    assert linted(guard, "more") == ["MORE"]


@pytest.mark.parametrize("deed", ["exits", "dies", "faults", "scribbles"])
def test_who_kills_the_process_is_the_only_one_to_suffer(guard: Guard, deed: str) -> None:
    assert linted(guard, "a", "b", deed, "c", "d") == ["A", "B", DIED, "C", "D"]


def test_who_takes_too_long_is_given_up() -> None:
    deeds = ("spins", "sleeps", "holds", "stops")

    def given_up(deed: str) -> list[str]:
        with closing_guard(LIMIT) as guard:
            return linted(guard, "a", deed, "b")

    with ThreadPoolExecutor(len(deeds)) as threads:
        assert list(threads.map(given_up, deeds)) == [["A", LATE, "B"]] * len(deeds)


def test_several_bad_ones_in_a_batch(guard: Guard) -> None:
    copies = ["exits", "exits", "a", "dies", "b", "exits"]
    assert linted(guard, *copies) == [DIED, DIED, "A", DIED, "B", DIED]


def test_what_fails_between_articles_is_narrowed_down(guard: Guard) -> None:
    copies = ["a", "b", "c", "unpackable", "d", "e", "f"]
    assert linted(guard, *copies) == ["A", "B", "C", DIED, "D", "E", "F"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits what a process takes")
def test_who_takes_all_memory_is_the_only_one_to_suffer(guard: Guard) -> None:
    assert linted(guard, "a", "grows", "b") == ["A", DIED, "B"]


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


def test_a_child_gives_way_to_a_new_one(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its memory would grow with the archive."""
    monkeypatch.setattr("newslint.audit.guard.LIFE", 4)
    seen = set()
    for _ in range(3):
        assert linted(guard, "a", "b") == ["A", "B"]
        seen |= {child.pid for child in multiprocessing.active_children()}
    assert len(seen) == 2


def test_many_small_batches_are_not_mistaken_for_a_long_article() -> None:
    until = time.monotonic() + 1.5 * LIMIT
    with closing_guard(LIMIT) as guard:
        while time.monotonic() < until:
            assert linted(guard, "naps") == ["NAPS"]


def test_what_is_wrong_at_the_start_is_said() -> None:
    guard = Guard(start_badly, PATIENCE)
    with pytest.raises(NewslintError) as caught:
        guard.lint(batch("a"))
    assert caught.value.error == Error("newslint.yml", "config", "is gone", 3)
    guard.end()


def test_a_mistake_at_the_start_is_said_without_a_traceback(
    capfd: pytest.CaptureFixture[str],
) -> None:
    guard = Guard(start_wrongly, PATIENCE)
    with pytest.raises(NewslintError, match="cannot begin: ZeroDivisionError"):
        guard.lint(batch("a"))
    guard.end()
    assert capfd.readouterr().err == ""


def test_a_process_that_never_starts_ends_the_run() -> None:
    guard = Guard(never_start, PATIENCE)
    with pytest.raises(NewslintError, match="die before they begin"):
        guard.lint(batch("a"))
    guard.end()


def test_a_guard_that_was_ended_starts_nothing_more(guard: Guard) -> None:
    assert linted(guard, "a") == ["A"]
    guard.end()
    with pytest.raises(NewslintError):
        guard.lint(batch("a"))


def test_a_guard_that_is_ended_while_its_process_starts(
    guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = guard._context.Process
    begin = process.start

    def ended(self: Any) -> None:
        guard.end()
        begin(self)
        started.append(self)
        guard.end()

    started: list[Any] = []
    monkeypatch.setattr(process, "start", ended)
    with pytest.raises(NewslintError, match="die before they begin"):
        guard.lint(batch("a"))
    assert [process.exitcode for process in started] == [-signal.SIGKILL]


def test_a_machine_that_starts_no_process_ends_the_run(
    guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Any) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(guard._context.Process, "start", refused)
    with pytest.raises(NewslintError, match="die before they begin"):
        guard.lint(batch("a"))


PARENT = """
import sys
sys.path.insert(0, {tests!r})
from audit_poison import start
from newslint.audit.guard import Guard
from newslint.audit.record import Record, batch_of
if __name__ == "__main__":
    guard = Guard(start, 3600)
    def batch(copy):
        return batch_of([Record(source="a", locator="a", content=copy.encode())])
    guard.lint(batch("a"))
    print(guard._child.pid, flush=True)
    guard.lint(batch({deed!r}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("how", "deed"),
    [(signal.SIGKILL, "spins"), (signal.SIGKILL, "sleeps"), (signal.SIGTERM, "sleeps")],
)
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
