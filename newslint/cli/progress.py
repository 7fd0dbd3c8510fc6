"""A line that counts the articles, on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

from newslint.checker import Result

EVERY = 0.1
"""Seconds between two updates."""
FROM = 100
"""Files; fewer are done before anyone has read the line."""


class Progress:
    """Passes results through and shows on stderr how many have passed."""

    def __init__(self, total: int, shown: bool) -> None:
        self._total = total
        self._shown = shown and total >= FROM

    def watch(self, results: Iterator[Result]) -> Iterator[Result]:
        """The same results; the line is wiped before each one that a report will print."""
        if not self._shown:
            yield from results
            return
        last = 0.0
        for number, result in enumerate(results, 1):
            now = time.monotonic()
            if result.findings:
                show("")
            elif now - last >= EVERY:
                show(f"newslint: {number:,} of {self._total:,} articles")
                last = now
            yield result
        show("")


def show(text: str) -> None:
    """Put a line in place of the last one that was shown so."""
    sys.stderr.write(f"\r\033[K{text}")
    sys.stderr.flush()
