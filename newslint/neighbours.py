"""Which of many kept records make a difference to what is found in a few articles."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

import msgspec

from newslint.cache import Cache
from newslint.records import Record
from newslint.rule import Ready

_STEPS = 2
"""An article matters that has a word in common with one of those, or with one that has."""


class Neighbours:
    """The records that matter, told by the words of their facts."""

    def __init__(self, cache: Cache, known: Mapping[bytes, str]) -> None:
        """`known` are the records to choose from."""
        self._cache = cache
        self._known = known
        self._read: dict[bytes, Record | None] = {}

    def of(self, seeds: Iterable[bytes], rules: Mapping[str, Ready]) -> dict[bytes, set[str]]:
        """Records by name, with the rules for which they matter to the articles of `seeds`."""
        decoded = [msgspec.msgpack.decode(seed, type=Record) for seed in seeds]
        found: dict[bytes, set[str]] = {}
        for rule, ready in rules.items():
            comparison = ready.finder.comparison
            everything = comparison is None or comparison.near is None
            for name in self._known if everything else self._near(rule, decoded):
                found.setdefault(name, set()).add(rule)
        return found

    def elsewhere(self, rule: str, word: int) -> bool:
        """Whether at least two of the known records have a word."""
        return len({name for name in self._cache.having(rule, word) if name in self._known}) > 1

    def _near(self, rule: str, seeds: Iterable[Record]) -> set[bytes]:
        found: set[bytes] = set()
        words = _words(rule, seeds)
        asked: set[int] = set()
        for _ in range(_STEPS):
            met = {name for word in words - asked for name in self._cache.having(rule, word)}
            new = (met & self._known.keys()) - found
            found |= new
            asked |= words
            words = _words(rule, filter(None, map(self._record, new)))
        return found

    def _record(self, name: bytes) -> Record | None:
        if name not in self._read:
            encoded = self._cache.record(name)
            self._read[name] = msgspec.msgpack.decode(encoded, type=Record) if encoded else None
        return self._read[name]


def _words(rule: str, records: Iterable[Record]) -> set[int]:
    return {word for record in records for word in array("I", record.words.get(rule, b""))}
