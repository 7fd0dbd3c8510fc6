"""Lexicons: the words that the language rooms know, as data that a newsroom can extend."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

Section = list[str] | dict[str, Any]


class Lexicon(Struct, frozen=True, eq=False):
    """One lexicon: named sections of phrases. Equal only to itself."""

    id: str
    sections: dict[str, Section]

    def phrases(self, section: str) -> tuple[str, ...]:
        """The phrases of a section; of a mapping its keys; none where there is no such section."""
        return tuple(self.sections.get(section, ()))

    def mapping(self, section: str) -> dict[str, Any]:
        """A section that maps phrases to values."""
        found = self.sections.get(section, {})
        return found if isinstance(found, dict) else dict.fromkeys(found, "")


class Lexicons:
    """The lexicons of a run, each read when it is first asked for."""

    def __init__(self, read: Callable[[str], Lexicon]) -> None:
        self._read = read
        self._known: dict[str, Lexicon] = {}
        self._changed: dict[str, Lexicons] = {}

    def __getitem__(self, name: str) -> Lexicon:
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def changed(
        self, changes: Mapping[str, Mapping[str, Any]],
        lay: Callable[[Lexicon, Mapping[str, Any]], Lexicon],
    ) -> Lexicons:  # fmt: skip
        """These lexicons with changes laid over them; the same object for the same changes."""
        if not changes:
            return self
        key = json.dumps(changes, sort_keys=True)
        if key not in self._changed:

            def read(name: str) -> Lexicon:
                base = self[name]
                return lay(base, changes[name]) if name in changes else base

            self._changed[key] = Lexicons(read)
        return self._changed[key]
