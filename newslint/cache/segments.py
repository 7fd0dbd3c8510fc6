"""Files of entries by name that are written once, signed, and read entry by entry.

A segment holds its entries one after another, then a table of them, then how long that is and its
signature. Each entry is signed together with its name, so that none can be forged, altered or put
in the place of another one; the table says which words an entry is found by.
"""

from __future__ import annotations

import os
import stat
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from struct import Struct as Layout
from typing import NamedTuple

import msgspec
from msgspec import Struct

_FOOT = Layout("<Q16s")
_SIGNATURE = 16
_BINARY = getattr(os, "O_BINARY", 0)
_OPEN = os.O_RDONLY | _BINARY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""A link or a pipe may lie where a segment should: neither is followed nor waited for."""


class DamagedError(Exception):
    """A segment, or an entry of it, that is not as it was written."""


class Entry(NamedTuple):
    """Where an entry lies, and what else is known of it without reading it."""

    offset: int
    size: int
    """Bytes."""
    owner: int
    """Whose entry it is: of several with one owner the newer ones matter more."""
    until: int
    """The last day on which it holds, counted; 0 where it does not end."""


class _Table(Struct, frozen=True, array_like=True, gc=False):
    entries: dict[bytes, Entry]
    """By name."""
    words: dict[str, tuple[bytes, bytes]]
    """By index: words, ascending, and for each the number of an entry that has it."""


class Segment:
    """A segment that is read. Raises `OSError` or `DamagedError`."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        handle = os.open(path, _OPEN)
        self._file = os.fdopen(handle, "rb", buffering=0)
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise DamagedError
        self.size = status.st_size
        """Bytes."""
        self.written = status.st_mtime
        self._table = self._read_table()
        self._names = list(self._table.entries)
        self._indexes: dict[str, tuple[array[int], array[int]]] = {}

    def _read_table(self) -> _Table:
        if self.size < _FOOT.size:
            raise DamagedError
        length, signature = _FOOT.unpack(self._read(self.size - _FOOT.size, _FOOT.size))
        if length > self.size - _FOOT.size:
            raise DamagedError
        table = self._read(self.size - _FOOT.size - length, length)
        if _signature(self._key, b"table", b"", table) != signature:
            raise DamagedError
        try:
            return msgspec.msgpack.decode(table, type=_Table)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise DamagedError from None

    def _read(self, offset: int, size: int) -> bytes:
        self._file.seek(offset)
        data = self._file.read(size)
        if data is None or len(data) != size:
            raise DamagedError
        return data

    @property
    def entries(self) -> dict[bytes, Entry]:
        """What is in it, by name."""
        return self._table.entries

    def content(self, name: bytes) -> bytes:
        """What is kept under a name. Raises `OSError` or `DamagedError`."""
        entry = self._table.entries[name]
        data = self._read(entry.offset, entry.size)
        content, signature = data[:-_SIGNATURE], data[-_SIGNATURE:]
        if _signature(self._key, b"entry", name, content) != signature:
            raise DamagedError
        return content

    def having(self, index: str, word: int) -> Iterator[bytes]:
        """The names of the entries that are found by a word."""
        words, numbers = self._index(index)
        at = bisect_left(words, word)
        while at < len(words) and words[at] == word:
            yield self._names[numbers[at]]
            at += 1

    def words(self) -> dict[bytes, dict[str, array[int]]]:
        """By name and index: the words by which entries are found."""
        found: dict[bytes, dict[str, array[int]]] = {}
        for index in self._table.words:
            for word, number in zip(*self._index(index), strict=True):
                of_entry = found.setdefault(self._names[number], {})
                of_entry.setdefault(index, array("I")).append(word)
        return found

    def _index(self, index: str) -> tuple[array[int], array[int]]:
        if index not in self._indexes:
            words, numbers = array("I"), array("I")
            if index in self._table.words:
                words.frombytes(self._table.words[index][0])
                numbers.frombytes(self._table.words[index][1])
            self._indexes[index] = words, numbers
        return self._indexes[index]

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class Writer:
    """A segment that is being written: beside its place, where it is put when all is in it."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key
        self._beside = path.with_name(f".{path.name}.part")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY
        handle = os.open(self._beside, flags, 0o600)
        self._file = os.fdopen(handle, "wb")
        self.size = 0
        """Bytes so far."""
        self._entries: dict[bytes, Entry] = {}
        self._words: dict[str, list[tuple[array[int], int]]] = {}

    def __contains__(self, name: bytes) -> bool:
        return name in self._entries

    def add(
        self, name: bytes, content: bytes, owner: int, until: int,
        words: Mapping[str, array[int]],
    ) -> None:  # fmt: skip
        """Keep an entry. Raises `OSError`."""
        number = len(self._entries)
        data = content + _signature(self._key, b"entry", name, content)
        self._file.write(data)
        self._entries[name] = Entry(self.size, len(data), owner, until)
        self.size += len(data)
        for index, of_entry in words.items():
            self._words.setdefault(index, []).append((of_entry, number))

    def finish(self) -> Segment:
        """Put the segment in its place and read it. Raises `OSError`."""
        words = {index: _sorted(found) for index, found in self._words.items()}
        table = msgspec.msgpack.encode(_Table(self._entries, words))
        self._file.write(table)
        self._file.write(_FOOT.pack(len(table), _signature(self._key, b"table", b"", table)))
        self._file.close()
        os.replace(self._beside, self._path)
        return Segment(self._path, self._key)

    def drop(self) -> None:
        """Leave nothing behind."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._beside.unlink()


def _sorted(found: list[tuple[array[int], int]]) -> tuple[bytes, bytes]:
    pairs = sorted((word, number) for words, number in found for word in words)
    words, numbers = (array("I", [pair[side] for pair in pairs]) for side in (0, 1))
    return words.tobytes(), numbers.tobytes()


def _signature(key: bytes, sort: bytes, name: bytes, content: bytes) -> bytes:
    digest = blake2b(name, key=key, digest_size=_SIGNATURE, person=sort)
    digest.update(content)
    return digest.digest()
