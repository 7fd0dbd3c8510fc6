"""The records of a wave as a data frame, by the reader that fits."""

from __future__ import annotations

import os
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from newslint.audit.fields import Fields, settle
from newslint.audit.record import RECORDS
from newslint.audit.sources.guess import SAMPLE, columns_of
from newslint.audit.sources.rows import parsed
from newslint.audit.spark import executing
from newslint.audit.spark.listing import Wave
from newslint.audit.spark.places import is_remote, literal
from newslint.audit.spark.sql import spark_schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

NAMES = pa.schema({"path": pa.binary(), "code": pa.string(), "message": pa.string()})


def records(session: SparkSession, wave: Wave, fields: Fields) -> DataFrame:
    """The records of a wave. Raises what Spark or `settle` raises where it cannot be read so."""
    return _READERS[wave.kind](session, wave, fields)


def here(session: SparkSession, wave: Wave, fields: Fields) -> DataFrame:
    """Files that executors open themselves, and what is wrong with others."""
    rows = [
        {"path": os.fsencode(item.source), "code": item.code, "message": item.message}
        for item in wave.items
    ]
    names = session.createDataFrame(pa.Table.from_pylist(rows, NAMES))
    names = names.repartition(min(len(rows), 4 * session.sparkContext.defaultParallelism))
    return _made(names, partial(executing.read_here, fields))


def whole(session: SparkSession, wave: Wave, fields: Fields) -> DataFrame:
    """Files that Spark hands over as they are."""
    paths = [literal(item.source) for item in wave.items]
    files = session.read.format("binaryFile").load(paths).select("path", "content")
    return _made(files, partial(executing.read_whole, fields))


def lines(session: SparkSession, wave: Wave, fields: Fields) -> DataFrame:
    """A large file of lines, split: lines are counted first, so that each knows its number."""
    from pyspark.sql.functions import col

    source = wave.items[0].source
    text = session.read.option("lineSep", "\n").text(_told(source))
    read = text.select(
        col("value").cast("binary").alias("value"),
        col("_metadata.file_block_start").alias("block"),
    )
    sample = (row.value for row in read.limit(SAMPLE).collect())
    rows = [row for line in sample if isinstance(row := parsed(bytes(line)), dict)]
    known = dict.fromkeys(column for row in rows for column in columns_of(row))
    before, total = dict[int, int](), 0
    for block, count in sorted(map(tuple, read.groupBy("block").count().collect())):
        before[block] = total
        total += count
    settled = settle(fields, list(known), rows)
    return _made(read, partial(executing.read_lines, source, settled, before))


def rows(session: SparkSession, wave: Wave, fields: Fields) -> DataFrame:
    """A large Parquet file, split by its groups of rows."""
    from pyspark.sql.functions import col, struct

    source = wave.items[0].source
    file = session.read.parquet(_told(source))
    sample = [row.asDict(recursive=True) for row in file.limit(SAMPLE).collect()]
    known = dict.fromkeys([*file.columns, *(name for row in sample for name in columns_of(row))])
    settled = settle(fields, list(known), islice(sample, SAMPLE))
    wanted = [name for name in file.columns if _is_used(name, settled)]
    row = struct(*(col(f"`{name}`") for name in wanted)).alias("row")
    read = file.select(row, col("_metadata.row_index").alias("number"))
    return _made(read, partial(executing.read_rows, source, settled))


_READERS = {"here": here, "whole": whole, "lines": lines, "rows": rows}


def _is_used(column: str, fields: Fields) -> bool:
    return any(used == column or used.startswith(f"{column}.") for _, used in fields.columns)


def _told(source: str) -> str:
    """A file as Spark is told it."""
    return literal(source if is_remote(source) else os.path.abspath(source))


def _made(frame: DataFrame, function: Any) -> DataFrame:
    return frame.mapInArrow(function, spark_schema(RECORDS))
