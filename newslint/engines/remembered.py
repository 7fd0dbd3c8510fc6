"""What an engine has said of passages so far in this process.

A newsroom's boilerplate stands under many articles, and an editor has the same article checked
again with one word changed.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import cache
from threading import Lock

from newslint.engines import Choice, Match

MOST = 1_000_000
"""Code points of passages that are kept; what has not been asked for longest goes."""


class Remembered:
    """Passages with what an engine flags in them. Threads may share it."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._size = 0
        self._kept: OrderedDict[str, Sequence[Match]] = OrderedDict()
        self._lock = Lock()

    def of(self, texts: Sequence[str]) -> dict[str, Sequence[Match]]:
        """What is known of some passages."""
        found: dict[str, Sequence[Match]] = {}
        with self._lock:
            for text in texts:
                if text in self._kept:
                    self._kept.move_to_end(text)
                    found[text] = self._kept[text]
        return found

    def keep(self, answers: dict[str, Sequence[Match]]) -> None:
        """Remember what an engine has said of some passages."""
        with self._lock:
            for text, matches in answers.items():
                self._size += len(text) * (text not in self._kept)
                self._kept[text] = matches
            while self._size > self._most:
                self._size -= len(self._kept.popitem(last=False)[0])


@cache
def remembered(_: Choice) -> Remembered:
    """What this engine has said to these questions."""
    return Remembered()
