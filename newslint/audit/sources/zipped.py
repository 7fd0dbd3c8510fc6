"""The files in a zip."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from newslint.audit.sources.member import Member
from newslint.audit.sources.parts import FAILURES, Lost, Part, raw

_ENCRYPTED = 1
"""The bit of a member's flags."""


def members(stream: BinaryIO) -> Iterator[Member | Lost]:
    """The files in a zip, in the order of its list; links are passed over."""
    try:
        archive = zipfile.ZipFile(stream)
    except FAILURES as error:
        words = "the list of its files, which stands at the end, is damaged or missing"
        yield Lost(0, f"a zip that cannot be read: {words} ({error}). zip -FF may mend it")
        return
    with archive:
        for entry in archive.infolist():
            if not (entry.is_dir() or stat.S_ISLNK(entry.external_attr >> 16)):
                yield Member(entry.filename, _content(archive, entry))


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[Part]:
    if entry.flag_bits & _ENCRYPTED:
        yield Lost(entry.header_offset, "is encrypted: unpack the zip with its password")
        return
    try:
        with archive.open(entry) as file:
            yield from raw(file)  # type: ignore[arg-type]
    except FAILURES as error:
        yield Lost(entry.header_offset, f"cannot be unpacked: {error}")
