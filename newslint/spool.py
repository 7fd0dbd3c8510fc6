"""Keeps many things of one type on disk until they are wanted, so that memory does not grow."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Generic, TypeVar

import msgspec

Item = TypeVar("Item")
IN_MEMORY = 1 << 20
"""Bytes; so few need no file."""


class Spool(Generic[Item]):
    """Takes items in and gives them back in the same order, as often as they are asked for."""

    def __init__(self, type_: type[Item]) -> None:
        self._decoder = msgspec.msgpack.Decoder(type_)
        self._encoder = msgspec.msgpack.Encoder()
        self._file: Any = BytesIO()
        self._ends = [0]
        self._at_end = True
        self._odd: dict[int, Item] = {}

    def add(self, item: Item) -> None:
        """Keep an item."""
        try:
            data = self._encoder.encode(item)
        except UnicodeEncodeError:  # half a character: a file name that is no Unicode, say
            self._odd[len(self)] = item
            data = b""
        end = self._ends[-1] + len(data)
        if self._ends[-1] <= IN_MEMORY < end:
            self._move_to_disk()
        if not self._at_end:
            self._file.seek(0, 2)
            self._at_end = True
        self._file.write(data)
        self._ends.append(end)

    def _move_to_disk(self) -> None:
        from tempfile import TemporaryFile  # slow to import, and few articles have no use for it

        on_disk = TemporaryFile()  # noqa: SIM115
        on_disk.write(self._file.getbuffer())
        self._file, self._at_end = on_disk, True

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> Item:
        if number in self._odd:
            return self._odd[number]
        start, end = self._ends[number : number + 2]
        self._at_end = False
        self._file.seek(start)
        return self._decoder.decode(self._file.read(end - start))

    def __iter__(self) -> Iterator[Item]:
        for number in range(len(self)):
            yield self[number]
