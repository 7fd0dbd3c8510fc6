"""Cuts a web archive into its records, and finds the next one where something is damaged.

A WARC is a run of records, each of them a gzip member of its own as a rule; some are not packed,
some packed as a whole. Where a record lies is told in bytes from the start of the file; in a file
packed as a whole, from the start of what it unpacks to.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple

from newslint.audit.sources.parts import LostError
from newslint.readers.decode import MAX_BYTES

MOST = 2 * MAX_BYTES
"""Bytes of a record, unpacked, that are kept; of a larger one its beginning."""
_CHUNK = 1 << 16
_SIP = 1 << 12
"""Bytes unpacked at a time: what comes before damage within them is lost."""
_HEAD = 1 << 16
"""Bytes that the head of a record has at most."""
_NO_RECORD = "no record can be read"
_GZIP = b"\x1f\x8b\x08"
_BEGIN = b"WARC/"
_BEGINS = re.compile(rb"WARC/1\.\d\r?\nWARC-")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)


class Framed(NamedTuple):
    """One record as it lies in the file, or a part of the file that cannot be read."""

    offset: int
    data: bytes
    """Head and content; of a record larger than `MOST` its beginning."""
    size: int
    """Bytes of the record, unpacked; of a part that cannot be read, as it lies in the file."""
    damage: str = ""
    """What is wrong; empty where nothing is."""


def framed(file: IO[bytes]) -> Iterator[Framed]:
    """The records of a file that is read once, from its beginning to its end."""
    read: Callable[[int], bytes] = getattr(file, "read1", file.read)
    first = _read(read)
    if first and (first.startswith(_GZIP) or not _BEGINS.search(first)):
        yield from _Packed(read, first).records()
        return
    cut, chunk = _Cut(0), first
    while chunk is None or chunk:
        if chunk is None:
            cut.lose()
        else:
            yield from cut.feed(chunk)
        chunk = _read(read)
    yield from cut.end()


def _read(read: Callable[[int], bytes]) -> bytes | None:
    """The next bytes; none at the end, and None where a stretch of the file is lost."""
    try:
        return read(_CHUNK)
    except LostError:
        return None


class _Cut:
    """Cuts a stream of bytes, given piece by piece, into records."""

    def __init__(self, offset: int) -> None:
        self.at = offset
        """Where the first byte that is held lies."""
        self._held = bytearray()
        self._past = 0
        """Bytes of an oversized record that are still to come."""
        self._lost: int | None = None
        """Where a damaged part that goes on began."""

    @property
    def begun(self) -> int:
        """Where what is not done yet begins: a record, or a damaged part."""
        return self.at if self._lost is None else self._lost

    def feed(self, data: bytes) -> Iterator[Framed]:
        """The records that are whole with these bytes."""
        if self._past:
            skipped = min(self._past, len(data))
            self._past, self.at, data = self._past - skipped, self.at + skipped, data[skipped:]
        self._held += data
        while not self._past and self._held:
            found = self._next(last=False)
            if found is None:
                return
            yield from found

    def end(self) -> Iterator[Framed]:
        """What is left when no more bytes come."""
        while self._held and (found := self._next(last=True)) is not None:
            yield from found
        if self._lost is not None or self._held or self._past:
            size = self.at + len(self._held) - self.begun
            yield Framed(self.begun, b"", size, "the file ends in mid-record")
        self._held.clear()

    def lose(self) -> None:
        """What is held has no end: the bytes that come next do not follow it."""
        if self._lost is None:
            self._lost = self.at
        self._drop(len(self._held))
        self._past = 0

    def _next(self, last: bool) -> tuple[Framed, ...] | None:
        """The next records, none where bytes were passed over, None where more are needed."""
        held = self._held
        blank = len(held) - len(held.lstrip(b"\r\n"))
        if blank and self._lost is None:
            self._drop(blank)
            return ()
        if not held.startswith(_BEGIN):
            if len(held) < len(_BEGIN) and _BEGIN.startswith(held):
                return None
            return self._resync(0)
        head = _HEAD_END.search(held, 0, _HEAD)
        if head is None:
            return self._resync(1) if len(held) >= _HEAD else None
        length = _LENGTH.search(held, 0, head.end())
        if length is None:
            return self._resync(head.end())
        return self._whole(head.end(), head.end() + int(length[1]), last)

    def _whole(self, head: int, size: int, last: bool) -> tuple[Framed, ...] | None:
        held = self._held
        if size > MOST:
            record = Framed(self.at, bytes(held[: head + _HEAD]), size)
            self._past = max(size - len(held), 0)
            return (*self._mended(), self._taken(record, min(size, len(held))))
        if len(held) < size + 4 and not (last and len(held) >= size):
            return self._resync(head) if last and _BEGINS.search(held, head) else None
        if not self._ends(size):
            return self._resync(head)
        record = Framed(self.at, bytes(held[:size]), size)
        return (*self._mended(), self._taken(record, size))

    def _ends(self, size: int) -> bool:
        """Whether a record may end there: a blank line, or the end of the file, follows."""
        following = bytes(self._held[size : size + 4])
        return following in (b"\r\n\r\n", b"\r\n", b"") or following.startswith(b"\n\n")

    def _resync(self, start: int) -> tuple[Framed, ...]:
        """Pass over what is held up to where a record may begin."""
        if self._lost is None:
            self._lost = self.at
        found = _BEGINS.search(self._held, start)
        self._drop(found.start() if found else max(len(self._held) - 16, start, 1))
        return ()

    def _mended(self) -> tuple[Framed, ...]:
        """The damaged part that ends here, if there is one."""
        begun, self._lost = self._lost, None
        if begun is None:
            return ()
        return (Framed(begun, b"", self.at - begun, _NO_RECORD),)

    def _taken(self, record: Framed, size: int) -> Framed:
        self._drop(size)
        return record

    def _drop(self, size: int) -> None:
        size = min(size, len(self._held))
        del self._held[:size]
        self.at += size


class _Packed:
    """Unpacks gzip members one by one, and goes on at the next one where one is damaged."""

    def __init__(self, read: Callable[[int], bytes], first: bytes) -> None:
        self._read = read
        self._raw = bytearray(first)
        self._at = 0
        """Where the first byte of `_raw` lies in the file."""
        self._ended = False

    def records(self) -> Iterator[Framed]:
        """The records of all members."""
        while self._raw or self._more():
            if self._raw[0]:
                yield from self._member()
            else:
                yield from self._zeros()

    def _zeros(self) -> Iterator[Framed]:
        """Zeros are padding at the end of a file, and damage elsewhere."""
        begun = self._at
        while not self._raw.strip(b"\0"):
            self._drop(len(self._raw))
            if not self._more():
                return
        self._find_member(0)
        yield Framed(begun, b"", self._at - begun, _NO_RECORD)

    def _member(self) -> Iterator[Framed]:
        """The records of the member that the raw bytes begin with.

        The last one is kept back until the checksum behind it was seen to be right.
        """
        begun, cut = self._at, _Cut(self._at)
        last: Framed | None = None
        try:
            for data in self._unpacked():
                for record in cut.feed(data):
                    if last:
                        yield last
                    last = record
        except (zlib.error, EOFError) as error:
            place = last.offset if last else cut.begun
            self._find_member(1 if self._at == begun else 0)
            yield Framed(place, b"", self._at - begun, _reason(error, several=place != begun))
            return
        if last:
            yield last
        yield from cut.end()

    def _unpacked(self) -> Iterator[bytes]:
        """The member, piece by piece; drops it from the raw bytes when it is whole."""
        inflate, fed = zlib.decompressobj(31), 0
        while not inflate.eof:
            if fed == len(self._raw):
                if fed > MOST:
                    self._drop(fed)
                    fed = 0
                if not self._more():
                    raise EOFError
            piece = bytes(self._raw[fed : fed + _SIP])
            fed += len(piece)
            yield inflate.decompress(piece, MOST)
            while inflate.unconsumed_tail:
                yield inflate.decompress(inflate.unconsumed_tail, MOST)
        self._drop(fed - len(inflate.unused_data))

    def _find_member(self, start: int) -> None:
        """Drop raw bytes up to where a member begins that unpacks to a record, or all of them."""
        while True:
            found = self._raw.find(_GZIP, start)
            if found >= 0 and (self._ended or len(self._raw) - found >= _CHUNK):
                if _is_record(self._raw[found : found + _CHUNK]):
                    self._drop(found)
                    return
                start = found + 1
            elif self._ended:
                self._drop(len(self._raw))
                return
            else:
                if found < 0:
                    self._drop(max(len(self._raw) - len(_GZIP) + 1, start))
                    start = 0
                self._more()

    def _more(self) -> bool:
        chunk = self._read(_CHUNK)
        self._ended = not chunk
        self._raw += chunk
        return bool(chunk)

    def _drop(self, size: int) -> None:
        del self._raw[:size]
        self._at += size


def _reason(error: Exception, several: bool) -> str:
    if isinstance(error, EOFError):
        return "the file ends in mid-record"
    if several and "check" in str(error):
        return "a checksum is wrong, so that any record before this place may be damaged"
    return "a record cannot be unpacked"


def _is_record(packed: bytes | bytearray) -> bool:
    try:
        return zlib.decompressobj(31).decompress(packed, 64).lstrip(b"\r\n").startswith(_BEGIN)
    except zlib.error:
        return False
