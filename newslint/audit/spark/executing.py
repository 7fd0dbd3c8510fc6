"""What runs in the Python workers of Spark's executors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from newslint.audit.guard import Guard
from newslint.audit.linted import LINTED
from newslint.audit.spark.shipped import Shipped

_kept: list[tuple[Shipped, Guard]] = []
"""The guard of this worker, which lives on from one Spark task to the next."""


def lint(task: Shipped, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches of records -> batches of rows, by a guarded process beside this worker."""
    guard = _guard(task)
    for batch in batches:
        yield wired(guard.lint(batch), LINTED)


def _guard(task: Shipped) -> Guard:
    if _kept and _kept[0][0] != task:
        _kept.pop()[1].end()
    if not _kept:
        _kept.append((task, Guard(task.start, task.task.seconds)))
    return _kept[0][1]


def wired(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """A batch in the types that Spark takes: it knows no `large_binary`."""
    return batch.cast(wire_schema(schema))


def wire_schema(schema: pa.Schema) -> pa.Schema:
    """The schema with plain binaries in place of large ones, everything nullable."""
    return pa.schema([pa.field(field.name, _plain(field.type)) for field in schema])


def _plain(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_large_binary(kind):
        return pa.binary()
    if pa.types.is_list(kind):
        return pa.list_(_plain(kind.value_type))
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(field.name, _plain(field.type)) for field in kind])
    return kind
