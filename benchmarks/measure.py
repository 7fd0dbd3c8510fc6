"""Runs a command and says what it cost: wall time, CPU time, peak memory of its processes."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

POLL = 0.02
"""Seconds between two looks at the memory of a process tree."""
RESCAN = 0.2
"""Seconds between two looks for new processes in it."""
SHARED_POLL = 0.5
"""Seconds between two looks where shared pages are told apart, which costs the kernel time."""
_LEFT_OUT = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
"""Settings of a developer's shell that slow Python down, and that no user has."""
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PROC = Path("/proc")


class Cost(NamedTuple):
    """What a command, with all processes that it started, cost."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds in user and system mode; noise of other processes shows in `wall` alone."""
    peak: int
    """Bytes resident, summed over the processes; shared pages count once for each, unless it was
    asked otherwise. 0: unknown."""


class Command(NamedTuple):
    """Calls of one tool over the same files; more than one where the argument list is too long."""

    calls: tuple[tuple[str, ...], ...]
    cwd: Path
    accepted: tuple[int, ...] = ()
    """Exit codes that mean the files were checked; empty: any, for tools that count in them."""


def run(command: Command, *, pss: bool = False) -> Cost:
    """Run all calls of a command, output thrown away. Gives up where a call did not check.

    With `pss` pages that processes share count once (Linux).
    """
    wall = cpu = 0.0
    peak = 0
    for call in command.calls:
        cost = _run(call, command, pss)
        wall, cpu, peak = wall + cost.wall, cpu + cost.cpu, max(peak, cost.peak)
    return Cost(wall, cpu, peak)


def _run(call: Sequence[str], command: Command, pss: bool) -> Cost:
    _adopt_orphans()
    env = {key: value for key, value in os.environ.items() if key not in _LEFT_OUT}
    begin = perf_counter()
    process = subprocess.Popen(
        call, cwd=command.cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    watch = _Watch(process.pid, pss)
    _, status, usage = os.wait4(process.pid, 0)
    wall = perf_counter() - begin
    watch.stop()
    cpu = usage.ru_utime + usage.ru_stime + _cpu_of_orphans(process.pid)
    code = process.returncode = os.waitstatus_to_exitcode(status)  # else Popen waits again
    if code < 0 or (command.accepted and code not in command.accepted):
        raise SystemExit(f"{' '.join(call[:6])} … ended with {code}: nothing is measured by that")
    return Cost(wall, cpu, watch.peak)


def _adopt_orphans() -> None:
    """Have this process wait for what its children leave behind, as a fork server (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def _cpu_of_orphans(group: int) -> float:
    """Seconds that processes took which outlived the first one of their group."""
    seconds = 0.0
    while True:
        try:
            _, _, usage = os.wait4(-group, 0)
        except ChildProcessError:
            return seconds
        seconds += usage.ru_utime + usage.ru_stime


def interleaved(
    commands: Mapping[str, Command], rounds: int, told: Callable[[str], None] | None = None
) -> dict[str, Cost]:
    """Run A B C A B C …, so that noise falls on all alike, and take the median of each measure."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(rounds):
        for name, command in commands.items():
            costs[name].append(run(command))
            if told:
                last = costs[name][-1]
                told(f"{number + 1}/{rounds} {name}: {last.wall:.2f} s, CPU {last.cpu:.2f} s")
    return {name: middle(each) for name, each in costs.items()}


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each measure."""
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.cpu for cost in costs),
        int(median(cost.peak for cost in costs)),
    )


class _Watch:
    """Adds up the resident memory of a session's processes until it is stopped (Linux only)."""

    def __init__(self, session: int, pss: bool) -> None:
        self.peak = 0
        self._every, self._held = (SHARED_POLL, proportional) if pss else (POLL, _resident)
        self._session = session
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        if _PROC.is_dir():
            self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _look(self) -> None:
        pids, scanned = [self._session], perf_counter()
        while not self._stopped.wait(self._every):
            if perf_counter() - scanned > RESCAN:
                pids, scanned = session_of(self._session), perf_counter()
            self.peak = max(self.peak, sum(map(self._held, pids)))


def session_of(session: int) -> list[int]:
    """The processes of a session (Linux)."""
    pids = [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if _session(pid) == session]


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except OSError:
        return -1


def _resident(pid: int) -> int:
    try:
        return int((_PROC / str(pid) / "statm").read_bytes().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def proportional(pid: int) -> int:
    """Bytes that a process holds; of a page that several share, a share (Linux)."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:")), 0)
