"""The files in a tar, one behind the other; where it is damaged, on with the next."""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Iterator

from newslint.audit.sources.member import Member
from newslint.audit.sources.parts import READ, Lost, Part

BLOCK = 512
_MAGIC, _MAGIC_AT = b"ustar", 257
_LONGEST = 1 << 20
"""Bytes of what a tar says about a file besides its header."""
_PAX, _LONG_NAME = b"x", b"L"
_ABOUT = frozenset((_PAX, _LONG_NAME, b"g", b"K"))
"""Types of what stands before a file and speaks about it."""
_NO_FILE = frozenset((b"1", b"2", b"3", b"4", b"5", b"6"))
"""Links, devices, folders."""


def members(parts: Iterable[Part]) -> Iterator[Member | Lost]:
    """The files in a tar. Links are passed over: what they name stands in the tar itself."""
    tape = _Tape(parts)
    said: dict[str, str] = {}
    ended = False
    while block := tape.read(BLOCK):
        if not any(block):
            ended = True
            continue
        header = _header(block)
        if tape.lost or header is None or (header.size > _LONGEST and header.type in _ABOUT):
            ended, said = False, {}
            yield from _resumed(tape, len(block))
        elif header.type in _ABOUT:
            said |= _said(header, tape.read(_padded(header.size)))
        else:
            ended = False
            yield from _file(header, said, tape)
            said = {}
    if not ended:
        yield Lost(tape.at, f"the tar ends at byte {tape.at:,} without its end mark: {_AGAIN}")


_AGAIN = "files behind it may be missing"


def _file(header: tarfile.TarInfo, said: dict[str, str], tape: _Tape) -> Iterator[Member | Lost]:
    size = int(said["size"]) if said.get("size", "").isdecimal() else header.size
    if header.type in _NO_FILE:
        return
    name = said.get("path", header.name)
    if header.type == tarfile.GNUTYPE_SPARSE or any(key.startswith("GNU.sparse") for key in said):
        yield Member(name, iter([Lost(tape.at, "a sparse file: unpack the tar")]))
        if header.type == tarfile.GNUTYPE_SPARSE:
            tape.find()
            return
    content = _content(tape, size)
    yield Member(name, content)
    for part in content:  # what nobody wanted to read
        if isinstance(part, Lost):
            yield part
    if tape.torn:
        tape.find()
    else:
        tape.read(-size % BLOCK)


def _content(tape: _Tape, size: int) -> Iterator[Part]:
    left = size
    while left:
        piece = tape.read(min(left, READ))
        left -= len(piece)
        if piece:
            yield piece
        if tape.lost:
            tape.torn, lost, tape.lost = True, tape.lost, None
            yield lost
            return
        if not piece:
            yield Lost(tape.at, "the tar ends in the middle of this file")
            return


def _resumed(tape: _Tape, read: int) -> Iterator[Lost]:
    """Go on to the next header, and tell what is lost before it."""
    lost, tape.lost = tape.lost, None
    tape.place -= read
    at = tape.at
    tape.find()
    if lost is None:
        words = f"what stood from byte {at:,} to byte {tape.at:,} is lost"
        lost = Lost(at, f"the tar is damaged: {words}")
    yield lost


def _header(block: bytes) -> tarfile.TarInfo | None:
    try:
        found = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.TarError, ValueError):
        return None
    return found if found.size >= 0 else None


def _padded(size: int) -> int:
    return size + -size % BLOCK


def _said(header: tarfile.TarInfo, data: bytes) -> dict[str, str]:
    """What an extended header says about the next file: `path`, `size` and others."""
    data = data[: header.size]
    if header.type == _LONG_NAME:
        return {"path": data.rstrip(b"\0").decode("utf-8", "surrogateescape")}
    found: dict[str, str] = {}
    while header.type == _PAX and (space := data.find(b" ")) > 0:
        length = data[:space]
        if not length.isdigit() or not space < int(length) <= len(data):
            break
        key, _, value = data[space + 1 : int(length) - 1].partition(b"=")
        found[key.decode("utf-8", "replace")] = value.decode("utf-8", "surrogateescape")
        data = data[int(length) :]
    return found


class _Tape:
    """Parts, to be read in the order in which they come."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._parts = iter(parts)
        self._held = bytearray()
        self.place = 0
        self._base = 0
        self._ended = False
        self._ahead: Lost | None = None
        """What is lost behind the bytes that are held."""
        self.lost: Lost | None = None
        """What was lost before the bytes that come next; a reading stops there."""
        self.torn = False
        """Something was lost in the file that was read last."""

    @property
    def at(self) -> int:
        """How many bytes come before the next one."""
        return self._base + self.place

    def read(self, count: int) -> bytes:
        """So many bytes, or those before a stretch that is lost or before the end."""
        self._fill(count)
        piece = bytes(self._held[self.place : self.place + count])
        self.place += len(piece)
        if len(piece) < count and self._ahead is not None:
            self.lost, self._ahead = self._ahead, None
        return piece

    def find(self) -> None:
        """Go on to the next header, wherever it stands."""
        self.torn = False
        while self._fill(READ) or self._ahead:
            self._ahead = None  # told as part of what is being passed over
            begin = self.place
            while (at := self._held.find(_MAGIC, begin + _MAGIC_AT)) >= 0:
                begin = at - _MAGIC_AT
                if len(self._held) - begin < BLOCK:
                    break
                if _header(bytes(self._held[begin : begin + BLOCK])) is not None:
                    self.place = begin
                    return
                begin += 1
            self.place = len(self._held) if self._ended else max(len(self._held) - BLOCK, begin)

    def _fill(self, count: int) -> bool:
        if self.place > 4 * READ:
            cut = self.place - READ
            del self._held[:cut]
            self._base, self.place = self._base + cut, self.place - cut
        while not (self._ended or self._ahead) and len(self._held) - self.place < count:
            part = next(self._parts, b"")
            if isinstance(part, Lost):
                self._ahead = part
            else:
                self._ended = not part
                self._held += part
        return self.place < len(self._held)
