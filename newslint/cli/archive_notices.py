"""What is to be known of the sources of an archive: its columns, what is passed over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newslint.cli.common import say
from newslint.config import Settings
from newslint.reports.terminal import safe

if TYPE_CHECKING:
    from newslint.audit.fields import Fields

MOST = 50
"""Notices that are said; how many more there are is said as well."""


class Notices:
    """Says what the columns of dumps are taken for, and keeps what is heard later for the end."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._said: set[tuple[str, str]] = set()
        self._heard: list[tuple[str, str]] = []
        self._more = 0

    def first(self, sources: Sequence[str], settings: Settings, fields: Fields) -> None:
        """Before anything is read: the fields of dumps, as they were guessed."""
        from newslint.audit.sources import guesses

        for source, words in guesses(sources, settings, fields):
            self._said.add((source, words))
            self._say(source, words)

    def hear(self, source: str, words: str) -> None:
        """While sources are read."""
        if (source, words) in self._said:
            return
        if len(self._heard) < MOST:
            self._heard.append((source, words))
        else:
            self._more += 1

    def last(self) -> None:
        """At the end: what was heard."""
        for source, words in self._heard:
            self._say(source, words)
        if self._more:
            self._say("", f"and {self._more:,} more such notices")

    def _say(self, source: str, words: str) -> None:
        if not self._quiet:
            say(safe(f"{source}: {words}" if source else words))
