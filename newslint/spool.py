"""Keeps many things of one type on disk until they are wanted, so that memory does not grow."""

from __future__ import annotations

from collections.abc import Iterator
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
        from tempfile import SpooledTemporaryFile  # slow to import, and one article has no use

        self._file: Any = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        self._sizes: list[int] = []
        self._odd: dict[int, Item] = {}

    def add(self, item: Item) -> None:
        """Keep an item."""
        try:
            data = self._encoder.encode(item)
        except UnicodeEncodeError:  # half a character: a file name that is no Unicode, say
            self._odd[len(self._sizes)] = item
            data = b""
        self._file.write(data)
        self._sizes.append(len(data))

    def __len__(self) -> int:
        return len(self._sizes)

    def __iter__(self) -> Iterator[Item]:
        self._file.seek(0)
        for number, size in enumerate(self._sizes):
            if number in self._odd:
                yield self._odd[number]
            else:
                yield self._decoder.decode(self._file.read(size))
