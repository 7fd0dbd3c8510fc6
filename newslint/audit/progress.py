"""How far an audit is: for a person at a terminal, and as `progress.json` for programs."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from msgspec import Struct

NAME = "progress.json"
EVERY = 1.0
"""Seconds between two writings of the file, at least."""
PHASES = ("reading", "linting", "comparing", "writing", "reporting", "done", "stopped")


class State(Struct, frozen=True, kw_only=True):
    """What `progress.json` says."""

    phase: str
    """One of `PHASES`; `stopped` where a run has ended before it was done."""
    articles: int = 0
    """Linted so far, in earlier runs of the audit as well."""
    total: int | None = None
    """Of the whole audit; null where that cannot be known before all is read."""
    errors: int = 0
    """Articles that could not be checked."""
    rate: float | None = None
    """Articles a second, in this run; null before there is one."""
    seconds_left: int | None = None
    """Of the linting, if it goes on at this rate."""
    started: str
    """When this run was started: UTC, ISO 8601."""
    updated: str
    """When this was written."""
    pid: int
    """The process of the run."""


Tell = Callable[[State], None]
"""Is told how far the audit is, again and again."""


class Progress:
    """Counts what is done; writes it down, and tells it, at most once a second."""

    def __init__(self, folder: Path, tell: Tell, total: int | None = None) -> None:
        self.total = total
        self._path = folder / NAME
        self._tell = tell
        self._started = _now()
        self._phase = PHASES[0]
        self._articles = self._errors = self._linted = 0
        self._since = self._told = 0.0

    def phase(self, name: str) -> None:
        """Begin a phase, one of `PHASES`."""
        self._phase = name
        self._say()

    def step(self, articles: int, errors: int, linted: bool) -> None:
        """So many more articles are done; `linted` says whether in this run."""
        now = time.monotonic()
        self._since = self._since or now
        self._articles += articles
        self._errors += errors
        self._linted += articles * linted
        if now > self._told + EVERY:
            self._say()

    @property
    def state(self) -> State:
        """How far it is now."""
        rate, left = self._rate(), None
        if rate and self.total is not None:
            left = round(max(self.total - self._articles, 0) / rate)
        return State(
            phase=self._phase, articles=self._articles, total=self.total, errors=self._errors,
            rate=rate, seconds_left=left, started=self._started, updated=_now(), pid=os.getpid(),
        )  # fmt: skip

    def _rate(self) -> float | None:
        passed = time.monotonic() - self._since
        return round(self._linted / passed, 1) if self._since and passed > EVERY else None

    def _say(self) -> None:
        self._told = time.monotonic()
        state = self.state
        beside = self._path.with_suffix(".writing")
        beside.write_bytes(msgspec.json.format(msgspec.json.encode(state), indent=2) + b"\n")
        os.replace(beside, self._path)
        self._tell(state)


def line(state: State) -> str:
    """How far it is, in one line: `linting: 12,000 of 100,000 articles, 210/s, 6:58 left`."""
    of = f" of {state.total:,}" if state.total is not None else ""
    parts = [f"{state.phase}: {state.articles:,}{of} articles"]
    if state.phase == "linting" and state.rate:
        parts.append(f"{state.rate:,.0f}/s")
    if state.phase == "linting" and state.seconds_left is not None:
        parts.append(f"{clock(state.seconds_left)} left")
    if state.errors:
        parts.append(f"{state.errors:,} not checked")
    return ", ".join(parts)


def clock(seconds: int) -> str:
    """`0:42`, `6:58`, `13:05:00`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
