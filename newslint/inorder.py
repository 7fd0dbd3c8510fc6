"""Puts many names in order without holding all of them: sorted runs on disk, then merged."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

RUN = 20_000
"""Names that are held in memory."""


class InOrder:
    """Takes names, which hold no `/`, and gives them back sorted."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._runs: list[Any] = []

    def add(self, name: str) -> None:
        """Keep a name."""
        self._held.append(name)
        if len(self._held) == RUN:
            self._spill()

    def __iter__(self) -> Iterator[str]:
        self._held.sort()
        if not self._runs:
            return iter(self._held)
        from heapq import merge  # few folders are so large

        return merge(self._held, *map(_names, self._runs))

    def _spill(self) -> None:
        from tempfile import TemporaryFile

        run = TemporaryFile()  # noqa: SIM115
        self._held.sort()
        run.writelines(os.fsencode(name).replace(b"\n", b"/") + b"\n" for name in self._held)
        self._runs.append(run)
        self._held = []


def _names(run: Any) -> Iterator[str]:
    run.seek(0)
    for line in run:
        yield os.fsdecode(line[:-1].replace(b"/", b"\n"))
