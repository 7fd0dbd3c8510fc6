"""What runs in the Python workers of Spark's executors."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from io import BytesIO

import pyarrow as pa

from newslint.audit.fields import Fields
from newslint.audit.guard import Guard
from newslint.audit.linted import LINTED
from newslint.audit.record import RECORDS, Record, batch_of, cut
from newslint.audit.sources import Listed, Opened, records_of, regular
from newslint.audit.sources.rows import of_line, of_row
from newslint.audit.spark.shipped import Shipped
from newslint.errors import Error

Batches = Iterable[pa.RecordBatch]
MOST = 64
"""Records in a batch that is read."""
MOST_BYTES = 16_000_000
"""Of copy in a batch that is read; one article may be larger."""

_kept: list[tuple[Shipped, Guard]] = []
"""The guard of this worker, which lives on from one Spark task to the next."""


def lint(task: Shipped, batches: Batches) -> Iterator[pa.RecordBatch]:
    """Batches of records -> batches of rows, by a guarded process beside this worker."""
    guard = _guard(task)
    for batch in batches:
        yield guard.lint(batch).cast(wire_schema(LINTED))


def _guard(task: Shipped) -> Guard:
    if _kept and _kept[0][0] != task:
        _kept.pop()[1].end()
    if not _kept:
        _kept.append((task, Guard(task.start, task.task.seconds)))
    return _kept[0][1]


def read_here(fields: Fields, batches: Batches) -> Iterator[pa.RecordBatch]:
    """The records of files at paths that every executor reaches, and of what is wrong."""
    for batch in batches:
        for row in batch.to_pylist():
            source, path = os.fsdecode(row["source"]), os.fsdecode(row["path"])
            error = Error(source, row["code"], row["message"]) if row["code"] else None
            item = Listed(source, row["walked"], error)
            yield from _batches(records_of(item, fields, opened=_at(path)))


def _at(path: str) -> Opened:
    return lambda _: regular(path)


def read_whole(fields: Fields, named: frozenset[str], batches: Batches) -> Iterator[pa.RecordBatch]:
    """The records of files that Spark has read as they are: columns path and content.

    Some were named, the others found below a folder.
    """
    for batch in batches:
        for path, content in zip(batch["path"].to_pylist(), batch["content"], strict=True):
            item = Listed(path, path not in named)
            yield from _batches(records_of(item, fields, opened=_holding(content.as_buffer())))


def _holding(content: pa.Buffer) -> Opened:
    return lambda _: BytesIO(content)


def read_lines(
    source: str, fields: Fields, before: dict[int, int], batches: Batches
) -> Iterator[pa.RecordBatch]:
    """The records of lines of JSONL: columns value and block.

    `before` gives for the offset of each block how many lines stand before it.
    """
    seen: dict[int, int] = dict(before)
    for batch in batches:
        lines = zip(batch["value"].to_pylist(), batch["block"].to_pylist(), strict=True)
        found = []
        for line, block in lines:
            seen[block] += 1
            found.append(of_line(source, seen[block], line + b"\n", fields))
        yield from _batches(record for record in found if record is not None)


def read_rows(source: str, fields: Fields, batches: Batches) -> Iterator[pa.RecordBatch]:
    """The records of rows: columns row and number, 0-based."""
    for batch in batches:
        rows = zip(batch["row"].to_pylist(), batch["number"].to_pylist(), strict=True)
        yield from _batches(of_row(source, number + 1, row, fields) for row, number in rows)


def _batches(records: Iterable[Record]) -> Iterator[pa.RecordBatch]:
    for lot in cut(records, MOST, MOST_BYTES):
        yield batch_of(lot).cast(wire_schema(RECORDS))


def wire_schema(schema: pa.Schema) -> pa.Schema:
    """The schema as Spark takes it: it knows no large binaries, and all is nullable."""
    return pa.schema([pa.field(field.name, _plain(field.type)) for field in schema])


def _plain(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_large_binary(kind):
        return pa.binary()
    if pa.types.is_list(kind):
        return pa.list_(_plain(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(field.name, _plain(field.type)) for field in kind])
    return kind
