"""One article of an archive as a source yields it, and the batches in which it travels.

A source yields a record for everything that it meets, also for what it cannot read: such a record
carries an error, and becomes a row like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa
from msgspec import Struct

from newslint.errors import Error


class Record(Struct, frozen=True, kw_only=True):
    """One article and where a person finds it."""

    source: str
    """The file as given, or as found below a given folder; of a file in an archive
    `archive.zip!name`. Joined with `/`; bytes that are no Unicode are written `\\xff`."""
    record: int = 0
    """Which one of the source: the 1-based line of JSONL, the 1-based row of CSV (the header not
    counted) or Parquet, the byte offset in a WARC; 0 where the source is one article."""
    locator: str
    """For a person: `news/a.md`, `dump.jsonl.gz:17`, `crawl.warc.gz@4711`, `a.zip!b/c.md`; of what
    is lost with the offset in the file, `dump.jsonl.gz@4711`. Unique in an audit."""
    content: bytes = b""
    """The bytes of the file, or the UTF-8 of a row's body."""
    format: str = ""
    """`markdown`, `html` or `text`; `page` for a whole web page whose main text is to be found;
    empty where the suffix of the source, or the text itself, tells."""
    # Of a row: None where its source has no such field at all, "" where it is empty here.
    headline: str | None = None
    byline: str | None = None
    published: str | None = None
    section: str | None = None
    url: str | None = None
    code: str = ""
    """Of an error, one of `errors.CODES`; empty where the record could be read."""
    message: str = ""

    @property
    def error(self) -> Error | None:
        """What kept the source from reading it."""
        return Error(self.locator, self.code, self.message) if self.code else None


RECORDS = pa.schema(
    [
        pa.field("source", pa.string(), nullable=False),
        pa.field("record", pa.int64(), nullable=False),
        pa.field("locator", pa.string(), nullable=False),
        pa.field("content", pa.large_binary(), nullable=False),
        pa.field("format", pa.string(), nullable=False),
        pa.field("headline", pa.string()),
        pa.field("byline", pa.string()),
        pa.field("published", pa.string()),
        pa.field("section", pa.string()),
        pa.field("url", pa.string()),
        pa.field("code", pa.string(), nullable=False),
        pa.field("message", pa.string(), nullable=False),
    ]
)
"""The columns of a batch of records."""


def batch_of(records: Iterable[Record]) -> pa.RecordBatch:
    """Records as one Arrow batch."""
    rows = list(records)
    columns = [
        pa.array([getattr(row, field.name) for row in rows], field.type) for field in RECORDS
    ]
    return pa.RecordBatch.from_arrays(columns, schema=RECORDS)


def records_of(batch: pa.RecordBatch) -> list[Record]:
    """The records in an Arrow batch."""
    return [Record(**row) for row in batch.to_pylist()]


def cut(records: Iterable[Record], most: int, size: int) -> Iterator[list[Record]]:
    """Records in lots of `most`, or of fewer with `size` bytes of copy; one may be larger alone.

    What the records are decides, and nothing else: another run cuts alike.
    """
    lot, held = list[Record](), 0
    for record in records:
        if lot and (len(lot) == most or held + len(record.content) > size):
            yield lot
            lot, held = [], 0
        lot.append(record)
        held += len(record.content)
    if lot:
        yield lot
