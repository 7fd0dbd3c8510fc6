"""One file, whatever it is, as records."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, NamedTuple

from newslint.audit.fields import Fields
from newslint.audit.record import Record
from newslint.audit.sources import naming, tape, zipped
from newslint.audit.sources.garbled import bounded
from newslint.audit.sources.jsonl import of_jsonl
from newslint.audit.sources.member import of_members
from newslint.audit.sources.parts import Lost, LostError, Part, codec_for, raw, unpacked
from newslint.audit.sources.rows import failed
from newslint.audit.sources.settling import Tell, silent
from newslint.audit.sources.table import of_table
from newslint.errors import NewslintError
from newslint.readers import format_of
from newslint.readers.decode import MAX_BYTES, too_large

EMPTY = "holds no article: it is empty"
_HEAD = 4096
_IN_MEMORY = 32_000_000
_LARGEST = 4_000_000_000
"""Bytes of a packed Parquet file, which is unpacked onto the disk."""


class File(NamedTuple):
    """A file that is being read."""

    source: str
    kind: str
    parts: Iterator[Part]
    """What is in it, unpacked."""
    fields: Fields
    tell: Tell
    whole: BinaryIO | None = None
    """The file as it lies there, where it can be searched and is what `kind` says."""
    packed: bool = False
    """One damaged byte may make noise of many rows."""


def records_in(
    source: str, stream: BinaryIO, fields: Fields, tell: Tell = silent
) -> Iterator[Record]:
    """The records of one file that somebody has opened; its name and first bytes say what it is.

    `fields` are what was asked for: nothing means a guess, which `tell` hears. Never raises: what
    cannot be read is a record with an error, and so is a file without any article.
    """
    whole = stream if stream.seekable() else None
    yield from _guarded(source, raw(stream), fields, tell, whole)


def _guarded(
    source: str, parts: Iterator[Part], fields: Fields, tell: Tell, whole: BinaryIO | None = None,
    packed: bool = False,
) -> Iterator[Record]:  # fmt: skip
    nothing = True
    try:
        file = _opened(source, parts, fields, tell, whole)
        for record in _of_file(file._replace(packed=file.packed or packed)):
            nothing = False
            yield record
        if nothing:
            yield failed(source, "no-articles", EMPTY)
    except NewslintError as error:
        yield failed(source, error.error.code, error.error.message)
    except LostError as error:
        yield failed(source, "unreadable", error.lost.message)
    except Exception as error:  # one bad source must not stop the rest
        message = f"newslint failed on this file: {type(error).__name__}: {error}"
        yield failed(source, "crash", message)


def _opened(
    source: str, parts: Iterator[Part], fields: Fields, tell: Tell, whole: BinaryIO | None
) -> File:
    head, parts = _peeked(parts)
    codec = codec_for(head, naming.COMPRESSED.get(naming.suffixes(source)[1]))
    by_itself = naming.kind_of(source) == naming.WARC and codec and codec.name == "gzip"
    if codec is None or by_itself:  # web archives are told apart by their gzip members
        return File(source, naming.kind_of(source, head), parts, fields, tell, whole)
    head, parts = _peeked(unpacked(parts, codec))
    kind = naming.kind_of(source, head)
    whole = whole if kind == naming.WARC and codec.name == "gzip" else None
    return File(source, kind, parts, fields, tell, whole, packed=True)


def _of_file(file: File) -> Iterator[Record]:
    source, kind = file.source, file.kind
    if words := naming.unread(source) if kind == naming.ARTICLE else "":
        return iter([failed(source, "unreadable", words)])
    if kind in (naming.JSONL, naming.CSV, naming.TSV):
        return bounded(_rows(file)) if file.packed else _rows(file)
    if kind in naming.ARCHIVES:
        packed = file.packed or kind == naming.ZIP
        return of_members(
            source, _members(file),
            partial(_guarded, fields=file.fields, tell=file.tell, packed=packed),
        )  # fmt: skip
    if kind == naming.PARQUET:
        from newslint.audit.sources.parquet import of_parquet  # which few need

        return of_parquet(source, _searchable(file), file.fields, file.tell)
    if kind == naming.WARC:
        from newslint.audit.sources.warc import of_warc

        return of_warc(_readable(file), source, partial(file.tell, ""))
    return _article(source, file.parts)


def _rows(file: File) -> Iterator[Record]:
    if file.kind == naming.JSONL:
        return of_jsonl(file.source, file.parts, file.fields, file.tell)
    delimiter = "\t" if file.kind == naming.TSV else None
    return of_table(file.source, file.parts, file.fields, file.tell, delimiter)


def _members(file: File) -> Iterator[Any]:
    if file.kind == naming.TAR:
        return tape.members(file.parts)
    return zipped.members(_searchable(file))


def _article(source: str, parts: Iterable[Part]) -> Iterator[Record]:
    """A file that is one article."""
    content = bytearray()
    for part in parts:
        if isinstance(part, Lost):
            yield failed(source, "unreadable", part.message)
            return
        content += part
        if len(content) > MAX_BYTES:
            yield failed(source, "unreadable", too_large(len(content)))
            return
    bare = source.removesuffix(naming.suffixes(source)[1])
    yield Record(
        source=source, locator=source, content=bytes(content), format=format_of(bare) or ""
    )


def _peeked(parts: Iterator[Part]) -> tuple[bytes, Iterator[Part]]:
    """The first bytes, and all parts."""
    seen: list[Part] = []
    size = 0
    for part in parts:
        seen.append(part)
        if isinstance(part, Lost):
            break
        size += len(part)
        if size >= _HEAD:
            break
    head = b"".join(part for part in seen if isinstance(part, bytes))
    return head[:_HEAD], chain(seen, parts)


def _readable(file: File) -> IO[bytes]:
    if file.whole is not None:
        file.whole.seek(0)
        return file.whole
    return io.BufferedReader(_Joined(file.parts), 1 << 18)


def _searchable(file: File) -> BinaryIO:
    """The file, unpacked onto the disk if need be. Raises `LostError` where a part is lost."""
    if file.whole is not None:
        file.whole.seek(0)
        return file.whole
    kept: Any = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
    for part in file.parts:
        if isinstance(part, Lost):
            raise LostError(part)
        kept.write(part)
        if kept.tell() > _LARGEST:
            raise LostError(Lost(0, f"larger than {_LARGEST / 1e9:.0f} GB unpacked: unpack it"))
    kept.seek(0)
    found: BinaryIO = kept
    return found


class _Joined(io.RawIOBase):
    """Parts as a stream. Raises `LostError` at a stretch that is lost."""

    def __init__(self, parts: Iterator[Part]) -> None:
        self._parts = parts
        self._held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._held:
            part = next(self._parts, None)
            if part is None:
                return 0
            if isinstance(part, Lost):
                raise LostError(part)
            self._held = part
        count = min(len(buffer), len(self._held))
        buffer[:count], self._held = self._held[:count], self._held[count:]
        return count
