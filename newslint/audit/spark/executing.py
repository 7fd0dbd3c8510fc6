"""What runs in the Python workers of Spark's executors."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from io import BytesIO

import pyarrow as pa

from newslint.audit.fields import Fields
from newslint.audit.guard import Guard
from newslint.audit.linted import LINTED
from newslint.audit.record import RECORDS, Record, batch_of
from newslint.audit.sources import records_in
from newslint.audit.sources.naming import ARTICLE, kind_of
from newslint.audit.sources.rows import of_line, of_row
from newslint.audit.spark.shipped import Shipped
from newslint.checker import read_file

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
        yield batch_in(guard.lint(batch), wire_schema(LINTED))


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
            source = os.fsdecode(row["source"])
            if row["code"]:
                wrong = {"code": row["code"], "message": row["message"]}
                yield from _batches([Record(source=source, locator=source, **wrong)])
            else:
                yield from _batches(_of_path(source, row["path"], fields))


def _of_path(source: str, path: bytes, fields: Fields) -> Iterator[Record]:
    try:
        if kind_of(source) == ARTICLE:
            yield Record(source=source, locator=source, content=read_file(os.fsdecode(path)))
            return
        with open(path, "rb") as stream:
            yield from records_in(source, stream, fields)
    except OSError as error:
        message = error.strerror or str(error)
        yield Record(source=source, locator=source, code="unreadable", message=message)


def read_whole(fields: Fields, batches: Batches) -> Iterator[pa.RecordBatch]:
    """The records of files that Spark has read as they are: columns path and content."""
    for batch in batches:
        for path, content in zip(batch["path"], batch["content"], strict=True):
            stream = BytesIO(content.as_buffer())
            yield from _batches(records_in(path.as_py(), stream, fields))


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
    waiting, size = list[Record](), 0
    for record in records:
        waiting.append(record)
        size += len(record.content)
        if len(waiting) == MOST or size >= MOST_BYTES:
            yield batch_in(batch_of(waiting), wire_schema(RECORDS))
            waiting, size = [], 0
    if waiting:
        yield batch_in(batch_of(waiting), wire_schema(RECORDS))


def batch_in(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """A batch in the types of another schema."""
    return batch.cast(schema)


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
