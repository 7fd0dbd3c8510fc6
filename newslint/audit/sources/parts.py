"""A file as the bytes in it, decompressed, with a word for each stretch that is lost.

gzip, zstd, bzip2 and xz files may hold several members, one behind the other. Where one is damaged,
reading goes on with the next.
"""

from __future__ import annotations

import bz2
import lzma
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import Any, BinaryIO, NamedTuple

from newslint.errors import Error, NewslintError

READ = 1 << 18
"""Bytes read at a time."""
SLICE = 2048
"""Bytes decompressed at a time: so few that little is lost before a damaged place, and that what
comes of them fits into memory, whatever it is."""
_PIECE = 1 << 20
_BEHIND = 1 << 17
"""Bytes before a damaged place in which the next member may have begun unseen."""
_TRIED = 1 << 14
"""Bytes that must make sense for a member to count as one."""


class Lost(NamedTuple):
    """A stretch of a file that cannot be read."""

    at: int
    """The offset in the file from which on it is missing, in bytes."""
    message: str


Part = bytes | Lost


class LostError(OSError):
    """Raised by a stream at a stretch that is lost."""

    def __init__(self, lost: Lost) -> None:
        super().__init__(0, lost.message)
        self.lost = lost


FAILURES = (
    OSError, EOFError, ValueError, zlib.error, lzma.LZMAError, RuntimeError, zipfile.BadZipFile,
)  # fmt: skip
"""What reading a damaged stream raises."""


class Codec(NamedTuple):
    """One way to compress."""

    name: str
    magic: re.Pattern[bytes]
    """What each member begins with."""
    begin: Callable[[], Any]
    """Makes what decompresses one member."""
    feed: Callable[[Any, bytes], Generator[bytes, None, bytes]]
    """Yields what comes of some bytes, and returns those behind the end of the member."""


def raw(stream: BinaryIO, head: bytes = b"") -> Iterator[Part]:
    """The bytes of a stream as they are, behind `head`, which has been read already."""
    at = len(head)
    if head:
        yield head
    try:
        while piece := stream.read(READ):
            at += len(piece)
            yield piece
    except LostError as error:
        yield error.lost
    except FAILURES as error:
        words = str(getattr(error, "strerror", "") or error or type(error).__name__)
        yield Lost(at, f"cannot be read from byte {at:,} on: {words}")


def codec_for(head: bytes, called: str | None) -> Codec | None:
    """How a file that begins so is compressed, if it is; `called` is what its suffix says."""
    for codec in _CODECS:
        if codec.magic.match(head):
            return codec
    if called and b"\0" in head:  # its beginning is damaged
        return next(codec for codec in _CODECS if codec.name == called)
    return None  # some programs unpack a file and leave its name


def unpacked(parts: Iterable[Part], codec: Codec) -> Iterator[Part]:
    """The bytes that were compressed. Raises `NewslintError` where a library is missing."""
    feed = _Feed(parts)
    while feed.filled(_BEHIND):
        begin, problem = feed.at, f"no {codec.name} data"
        if codec.magic.match(feed.held, feed.place):
            problem = yield from _member(feed, codec)
        elif feed.ended and not any(feed.held[feed.place :]):
            break  # zeros at the end of a file are padding
        if problem:
            yield _skipped(feed, codec, begin, problem)
    if feed.lost is not None:
        yield feed.lost


def _member(feed: _Feed, codec: Codec) -> Generator[Part, None, str]:
    """Yields what one member holds; returns what is wrong with it, if anything."""
    decoder = codec.begin()
    while piece := feed.take(SLICE):
        try:
            rest = yield from codec.feed(decoder, piece)
        except _errors() as error:
            feed.back(len(piece))
            return _why(error)
        if decoder.eof:
            feed.back(len(rest))
            return ""
    return "ends in the middle"


def _why(error: Exception) -> str:
    words = " ".join(str(error).split())
    if "too much memory" in words:
        words += "; pack it again, without --long"
    return words


def _skipped(feed: _Feed, codec: Codec, begin: int, problem: str) -> Lost:
    """Go on to the next member that makes sense, and tell what is lost before it."""
    damaged = feed.at
    feed.rewind(begin + 1)
    while feed.filled(_BEHIND):
        match = codec.magic.search(feed.held, feed.place)
        if match is None:  # but the last bytes may begin one
            feed.take(len(feed.held) - feed.place - (0 if feed.ended else 16))
            continue
        feed.take(match.start() - feed.place)
        feed.filled(_TRIED)
        if _makes_sense(codec, bytes(feed.held[feed.place : feed.place + _TRIED])):
            break
        feed.take(1)
    first, last = min(damaged, feed.at), feed.at
    end = f"byte {last:,}" if feed.filled(1) else "the end"
    if "check" in problem:
        problem = f"its checksum does not fit: what was read from byte {begin:,} on may be wrong"
    what = f"damaged {codec.name} data ({problem})"
    return Lost(first, f"{what}: what stood from byte {first:,} to {end} is lost")


def _makes_sense(codec: Codec, sample: bytes) -> bool:
    """Whether a member may begin so."""
    decoder = codec.begin()
    try:
        for at in range(0, len(sample), SLICE):
            for _ in codec.feed(decoder, sample[at : at + SLICE]):
                pass
            if decoder.eof:
                break
    except _errors():
        return False
    return True


class _Feed:
    """Bytes that are taken in small pieces, and of which the last ones can be given back."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self._parts = iter(parts)
        self.held = bytearray()
        self.place = 0
        """Where in `held` the next byte to be taken stands."""
        self._base = 0
        self.ended = False
        self.lost: Lost | None = None

    @property
    def at(self) -> int:
        """The offset of the next byte in the file."""
        return self._base + self.place

    def filled(self, count: int) -> bool:
        """Hold so many bytes ahead, if there are so many; whether there are any."""
        while not self.ended and len(self.held) - self.place < count:
            part = next(self._parts, b"")
            if isinstance(part, Lost):
                self.lost, part = part, b""
            self.ended = not part
            self.held += part
        return self.place < len(self.held)

    def take(self, count: int) -> bytes:
        """The next bytes, at most so many."""
        if self.place > _BEHIND + READ:
            cut = self.place - _BEHIND
            del self.held[:cut]
            self._base, self.place = self._base + cut, self.place - cut
        self.filled(count)
        piece = bytes(self.held[self.place : self.place + count])
        self.place += len(piece)
        return piece

    def back(self, count: int) -> None:
        """Give the last bytes back."""
        self.place -= count

    def rewind(self, at: int) -> None:
        """Go back to an offset, or as near as bytes are still held."""
        self.place = max(at - self._base, 0)


def _feed_gzip(decoder: Any, data: bytes) -> Generator[bytes, None, bytes]:
    while data:
        yield decoder.decompress(data, _PIECE)
        data = decoder.unconsumed_tail
    return bytes(decoder.unused_data)


def _feed_zstd(decoder: Any, data: bytes) -> Generator[bytes, None, bytes]:
    yield decoder.decompress(data)
    return bytes(decoder.unused_data)


def _feed_bounded(decoder: Any, data: bytes) -> Generator[bytes, None, bytes]:
    yield decoder.decompress(data, _PIECE)
    while not (decoder.eof or decoder.needs_input):
        yield decoder.decompress(b"", _PIECE)
    return bytes(decoder.unused_data)


def _begin_zstd() -> Any:
    return _zstandard().ZstdDecompressor().decompressobj()


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError:
        message = "needs the library zstandard: pip install 'newslint[audit]'"
        raise NewslintError(Error("", "unreadable", message)) from None
    return zstandard


def _errors() -> tuple[type[Exception], ...]:
    """What decompressors raise for damaged data."""
    loaded = sys.modules.get("zstandard")
    zstd = (loaded.ZstdError,) if loaded else ()
    return (zlib.error, lzma.LZMAError, OSError, EOFError, *zstd)


_XZ_MEMORY = 256_000_000
_CODECS = (
    Codec(
        "gzip", re.compile(rb"\x1f\x8b\x08[\x00-\x1f]"), lambda: zlib.decompressobj(31), _feed_gzip
    ),
    Codec(
        "zstd", re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"), _begin_zstd, _feed_zstd
    ),
    Codec(
        "bzip2", re.compile(rb"BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)"),
        bz2.BZ2Decompressor, _feed_bounded,
    ),
    Codec(
        "xz", re.compile(rb"\xfd7zXZ\x00"),
        lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY), _feed_bounded,
    ),
)  # fmt: skip
