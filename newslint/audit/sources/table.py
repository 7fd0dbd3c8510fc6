"""Dumps with one article a row: CSV and TSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from newslint.audit import fields as naming
from newslint.audit.fields import Fields
from newslint.audit.record import Record
from newslint.audit.sources.cells import Row, dialect_of, rows_in
from newslint.audit.sources.guess import SAMPLE
from newslint.audit.sources.lines import Line, lines
from newslint.audit.sources.parts import Part
from newslint.audit.sources.rows import failed, lost, lost_part, of_row
from newslint.audit.sources.settling import Tell, settled
from newslint.later import compiled_later
from newslint.reports.wording import plural

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_TORN = compiled_later("[\udc80-\udcff]")
"""Bytes that were no UTF-8."""
_HEAD = 65_536
"""Bytes by which the way of writing is told."""


def of_table(
    source: str, parts: Iterable[Part], asked: Fields, tell: Tell, delimiter: str | None = None
) -> Iterator[Record]:
    """One article a row; `record` is the row below the header, counted from 1; blank ones are none.

    Without a delimiter it is told from the header.
    """
    told = lines(parts)
    head = list(_first(told))
    sample = b"".join(line.data for line in head)
    if sample.startswith(_UTF16):
        yield failed(source, "unreadable", f"is UTF-16: {_CONVERT.format('utf-16')}")
        return
    rows = rows_in(chain(head, told), dialect_of(sample, delimiter))
    header = next(rows, None)
    if header is None:
        return
    if header.problem or header.lost:
        yield failed(source, "unreadable", f"the header cannot be read: {_why(header)}")
        return
    yield from _below(source, [cell.strip() for cell in header.cells], rows, asked, tell)


_CONVERT = "make UTF-8 of it with iconv -f {} -t utf-8 FILE > NEW.csv"


def _first(told: Iterator[Line]) -> Iterator[Line]:
    size = 0
    for line in told:
        yield line
        size += len(line.data)
        if size >= _HEAD:
            break


def _below(
    source: str, header: list[str], rows: Iterator[Row], asked: Fields, tell: Tell
) -> Iterator[Record]:
    """The records of the rows below the header."""
    head = list(islice(rows, SAMPLE))
    width = len(header)
    sample = [dict(zip(header, row.cells, strict=True)) for row in head if len(row.cells) == width]
    known = [name for name in dict.fromkeys(header) if name]
    fields = settled(source, asked, known, sample, tell)
    if isinstance(fields, Record):
        yield fields
        return
    twice = [column for _, column in fields.columns if header.count(column) > 1]
    if twice:
        yield failed(source, "unreadable", f'several columns are called "{twice[0]}": rename them')
        return
    if words := naming.missing(asked, known):
        yield failed(source, "config", words)
    for number, row in enumerate(chain(head, rows), 1):
        yield _record(source, number, row, header, fields)


def _record(source: str, number: int, row: Row, header: list[str], fields: Fields) -> Record:
    if row.lost is not None:
        return lost_part(source, number, row.lost)
    if row.problem:
        return lost(source, number, row.problem)
    if len(row.cells) != len(header):
        cells = plural(len(row.cells), "cell")
        return lost(source, number, f"has {cells}, and the header {len(header)}")
    if any(not cell.isascii() and _TORN.search(cell) for cell in row.cells):
        return lost(source, number, f"is not UTF-8: {_CONVERT.format('windows-1252')}")
    return of_row(source, number, dict(zip(header, row.cells, strict=True)), fields)


def _why(row: Row) -> str:
    return row.lost.message if row.lost else row.problem
