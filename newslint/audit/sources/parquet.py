"""Parquet: one article a row, read group by group of rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from newslint.audit import fields as naming
from newslint.audit.fields import Fields
from newslint.audit.record import Record
from newslint.audit.sources.guess import SAMPLE, columns_of
from newslint.audit.sources.rows import failed, lost, of_row
from newslint.audit.sources.settling import Tell, settled

_BATCH = 8_000_000
"""Bytes of rows that are held at a time, as far as the file tells how large they are."""
_MOST = 1024
_BUFFER = 1 << 20
_ERRORS = (pa.ArrowException, OSError, ValueError, MemoryError)


def of_parquet(source: str, stream: BinaryIO, asked: Fields, tell: Tell) -> Iterator[Record]:
    """One article a row; `record` is the row, counted from 1. The stream can be searched."""
    try:
        file = pq.ParquetFile(
            stream, buffer_size=_BUFFER, pre_buffer=False, page_checksum_verification=True
        )
        names = file.schema_arrow.names
    except _ERRORS as error:
        yield failed(source, "unreadable", f"is no Parquet file that can be read: {_words(error)}")
        return
    rows = _sample(file)
    known = list(dict.fromkeys([*names, *(name for row in rows for name in columns_of(row))]))
    fields = settled(source, asked, known, rows, tell)
    if isinstance(fields, Record):
        yield fields
        return
    if words := naming.missing(asked, known):
        yield failed(source, "config", words)
    first = 1
    for group in range(file.num_row_groups):
        yield from _of_group(source, file, group, first, fields)
        first += file.metadata.row_group(group).num_rows


def _sample(file: pq.ParquetFile) -> list[dict[str, Any]]:
    """The first rows; none where they cannot be read, which is told when it is their turn."""
    try:
        for batch in file.iter_batches(_size(file, 0, SAMPLE), [0] if file.num_row_groups else []):
            return [row for row in _rows(batch) if isinstance(row, dict)]
    except _ERRORS:
        pass
    return []


def _of_group(
    source: str, file: pq.ParquetFile, group: int, first: int, fields: Fields
) -> Iterator[Record]:
    number, end = first, first + file.metadata.row_group(group).num_rows
    names = file.schema_arrow.names
    tops = {name if name in names else name.partition(".")[0] for _, name in fields.columns}
    wanted = [name for name in names if name in tops]
    try:
        for batch in file.iter_batches(_size(file, group, _MOST), [group], wanted):
            for row in _rows(batch):
                if isinstance(row, str):
                    yield lost(source, number, row)
                else:
                    yield of_row(source, number, row, fields)
                number += 1
    except _ERRORS as error:
        what = f"rows {number:,} to {end - 1:,} are lost: {_words(error)}"
        yield lost(source, number, what)


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any] | str]:
    """The rows of a batch, or what is wrong with one."""
    try:
        rows = batch.to_pylist()
    except (UnicodeDecodeError, ValueError, OverflowError):
        rows = None
    if rows is not None:
        yield from rows
        return
    for at in range(batch.num_rows):
        try:
            yield from batch.slice(at, 1).to_pylist()
        except UnicodeDecodeError:
            yield "holds text that is not UTF-8"
        except (ValueError, OverflowError) as error:
            yield f"holds a value that cannot be read: {error}"


def _size(file: pq.ParquetFile, group: int, most: int) -> int:
    """How many rows of a group fit into a batch."""
    if group >= file.num_row_groups:
        return most
    about = file.metadata.row_group(group)
    fitting: int = _BATCH * about.num_rows // max(about.total_byte_size, 1)
    return max(1, min(most, fitting))


def _words(error: BaseException) -> str:
    """The first line of what the library says."""
    return str(error).strip().partition("\n")[0][:200] or type(error).__name__
