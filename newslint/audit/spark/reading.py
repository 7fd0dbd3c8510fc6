"""The records of a wave as a data frame, by the reader that fits."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from newslint.audit.fields import Fields
from newslint.audit.record import RECORDS, Record
from newslint.audit.sources.guess import SAMPLE
from newslint.audit.sources.jsonl import known_in
from newslint.audit.sources.rows import parsed
from newslint.audit.sources.settling import settled, silent
from newslint.audit.spark import executing
from newslint.audit.spark.cluster import is_remote
from newslint.audit.spark.listing import Wave
from newslint.audit.spark.places import literal
from newslint.audit.spark.sql import spark_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Row = Mapping[str, Any]
NAMES = pa.schema(
    {
        "source": pa.binary(), "path": pa.binary(), "walked": pa.bool_(), "code": pa.string(),
        "message": pa.string(),
    }
)  # fmt: skip


def records(session: SparkSession, wave: Wave, fields: Fields) -> DataFrame:
    """The records of a wave. Raises `UnusualError`, or what Spark does, where it cannot be."""
    return _READERS[wave.kind](session, wave, fields)


def here(session: SparkSession, wave: Wave, fields: Fields) -> DataFrame:
    """Files that executors open themselves, and what is wrong with others."""
    rows = [
        {
            "source": os.fsencode(item.source), "path": os.fsencode(os.path.abspath(item.source)),
            "walked": item.walked, "code": item.code, "message": item.message,
        }
        for item in wave.items
    ]  # fmt: skip
    names = session.createDataFrame(pa.Table.from_pylist(rows, NAMES))
    names = names.repartition(min(len(rows), 4 * session.sparkContext.defaultParallelism))
    return _made(names, partial(executing.read_here, fields))


def whole(session: SparkSession, wave: Wave, fields: Fields) -> DataFrame:
    """Files that Spark hands over as they are."""
    paths = [literal(item.source) for item in wave.items]
    files = session.read.format("binaryFile").load(paths).select("path", "content")
    named = frozenset(item.source for item in wave.items if not item.walked)
    return _made(files, partial(executing.read_whole, fields, named))


def lines(session: SparkSession, wave: Wave, fields: Fields) -> DataFrame:
    """A large file of lines, split: lines are counted first, so that each knows its number."""
    from pyspark.sql.functions import col

    source = wave.items[0].source
    text = session.read.option("lineSep", "\n").text(_told(source))
    read = text.select(
        col("value").cast("binary").alias("value"),
        col("_metadata.file_block_start").alias("block"),
    )
    head = [bytes(row.value) for row in read.limit(SAMPLE).collect()]
    found = [row for line in head if isinstance(row := parsed(line), dict)]
    before, total = dict[int, int](), 0
    for block, count in sorted(map(tuple, read.groupBy("block").count().collect())):
        before[block] = total
        total += count
    columns = _settled(source, fields, known_in(found), found, open_=True)
    return _made(read, partial(executing.read_lines, source, columns, before))


def rows(session: SparkSession, wave: Wave, fields: Fields) -> DataFrame:
    """A large Parquet file, split by its groups of rows."""
    from pyspark.sql.functions import col, struct

    source = wave.items[0].source
    file = session.read.parquet(_told(source))
    sample = [row.asDict(recursive=True) for row in file.limit(SAMPLE).collect()]
    known = dict.fromkeys([*file.columns, *known_in(sample)])
    columns = _settled(source, fields, list(known), sample)
    wanted = [name for name in file.columns if _is_used(name, columns)]
    row = struct(*(col(f"`{name}`") for name in wanted)).alias("row")
    read = file.select(row, col("_metadata.row_index").alias("number"))
    return _made(read, partial(executing.read_rows, source, columns))


class UnusualError(Exception):
    """Raised for a file about which more is to be said than its rows say."""


def _settled(
    source: str, asked: Fields, known: Sequence[str], sample: Sequence[Row], open_: bool = False
) -> Fields:
    found = settled(source, asked, known, sample, silent, open_)
    absent = any(column not in known for _, column in asked.columns)
    if isinstance(found, Record) or absent or not sample:
        raise UnusualError
    return found


_READERS = {"here": here, "whole": whole, "lines": lines, "rows": rows}


def _is_used(column: str, fields: Fields) -> bool:
    return any(used == column or used.startswith(f"{column}.") for _, used in fields.columns)


def _told(source: str) -> str:
    """A file as Spark is told it."""
    return literal(source if is_remote(source) else os.path.abspath(source))


def _made(frame: DataFrame, function: Any) -> DataFrame:
    return frame.mapInArrow(function, spark_schema(RECORDS))
