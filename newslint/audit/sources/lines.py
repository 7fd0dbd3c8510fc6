"""Lines out of the parts of a file, however long the file is."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newslint.audit.sources.parts import Lost, Part
from newslint.audit.sources.rows import LONGEST_LINE


class Line(NamedTuple):
    """A line, or the place of lines that are lost."""

    data: bytes
    """With its `\\n`, if it has one."""
    lost: Lost | None = None
    torn: bool = False
    """It follows what is lost: perhaps it is the end of a line only."""
    long: bool = False
    """It is longer than `LONGEST_LINE`, and `data` is empty."""


def lines(parts: Iterable[Part]) -> Iterator[Line]:
    """The lines of a file, without the byte order mark that the first may begin with.

    Ends of lines are `\\n`. What is lost costs the lines it touches.
    """
    found = _lines(parts)
    for line in found:
        yield line._replace(data=line.data.removeprefix(codecs.BOM_UTF8))
        break
    yield from found


def _lines(parts: Iterable[Part]) -> Iterator[Line]:
    held: list[bytes] = []
    size, torn = 0, False
    for part in parts:
        if isinstance(part, Lost):
            yield Line(b"", part)
            held, size, torn = [], 0, True
            continue
        first, end, rest = part.partition(b"\n")
        if size <= LONGEST_LINE:  # what is too long is not kept
            held.append(first)
        size += len(first)
        if not end:
            continue
        yield _line(held, size, torn, end)
        *whole, last = rest.split(b"\n")
        for line in whole:
            yield Line(line + b"\n")
        held, size, torn = [last], len(last), False
    if size:
        yield _line(held, size, torn, b"")


def _line(held: list[bytes], size: int, torn: bool, end: bytes) -> Line:
    if size > LONGEST_LINE:
        return Line(b"", None, torn, True)
    return Line(b"".join([*held, end]), None, torn)
