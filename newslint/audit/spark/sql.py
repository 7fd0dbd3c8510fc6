"""`Sql` by Spark: the views of an audit over its parts, and the tables made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from newslint import atomic
from newslint.audit.child import packed, unpacked
from newslint.audit.linted import LINTED
from newslint.audit.spark.executing import wire_schema
from newslint.audit.spark.places import literal
from newslint.audit.sql import Judge, found, said

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

FOR_FEW = {
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
"""Little is gained by code made for a query, and by many tasks, where a query takes no time."""
_ARTICLE = "source, record, locator, published, headline, overrides"


class Spark:
    """`Sql` by a Spark session. What is kept lies in a folder that all executors reach."""

    def __init__(
        self, session: SparkSession, parts: Sequence[str], scratch: str, few: bool = False
    ) -> None:
        """`parts` are folders of Parquet files; tables are kept below `scratch`.

        Where there are `few` rows, tables and answers are held in memory here.
        """
        self._few = few
        self._before = {key: session.conf.get(key) or "" for key in FOR_FEW} if few else {}
        for key in self._before:
            session.conf.set(key, FOR_FEW[key])
        self._session = session
        self._scratch = scratch
        self._kept = 0
        self._names: set[str] = set()
        linted = session.read.schema(spark_schema(LINTED))
        linted.parquet(*map(literal, parts)).createOrReplaceTempView("parts")
        own = [
            name for name in LINTED.names if name not in ("findings", "facts", "people", "sketch")
        ]
        facts = _inner("facts", _ARTICLE)
        views = {
            "articles": f"SELECT {', '.join(name for name in own if name != 'overrides')}"
                        " FROM parts",
            "findings": _inner("findings", "source, record, locator"),
            "facts": _inner("facts", "source, record, locator"),
            "said": said(f"({facts})", _quoted, _nth),
            "found": found(f"({_inner('findings', 'source, record')})", _quoted),
            "named": _inner("people", "source, record, published"),
            "sketches": "SELECT source, record, locator, published, headline, sketch"
                        " FROM parts WHERE sketch IS NOT NULL",
        }  # fmt: skip
        for name, query in views.items():
            session.sql(query).createOrReplaceTempView(name)

    def quoted(self, name: str) -> str:
        return _quoted(name)

    def table(self, name: str, query: str) -> None:
        self._keep(name, self._session.sql(query))

    def view(self, name: str, query: str) -> None:
        self._names.add(name)
        self._session.sql(query).createOrReplaceTempView(name)

    def drop(self, prefix: str) -> None:
        """The files stay until the folder of tables goes."""
        for name in [name for name in self._names if name.startswith(prefix)]:
            self._names.remove(name)
            self._session.catalog.dropTempView(name)

    def rows(self, query: str) -> Iterator[pa.RecordBatch]:
        yield from self._rows(self._session.sql(query))

    def _rows(self, frame: DataFrame) -> Iterator[pa.RecordBatch]:
        if self._few:
            yield from frame.toArrow().to_batches()
            return
        # Arrow travels packed, so that no more than one partition is in memory here.
        for row in frame.mapInArrow(_packed, "rows binary").toLocalIterator():
            yield unpacked(row.rows)

    def judge(
        self, name: str, query: str, by: Sequence[str], function: Judge, schema: pa.Schema
    ) -> None:
        def judged(group: pa.Table) -> pa.Table:
            return function(group).select(schema.names).cast(wire_schema(schema))

        grouped = self._session.sql(query).groupBy(*by)
        self._keep(name, grouped.applyInArrow(judged, spark_schema(schema)))

    def map(self, name: str, query: str, function: Judge, schema: pa.Schema) -> None:
        wired = wire_schema(schema)

        def mapped(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                made = function(pa.Table.from_batches([batch]))
                yield from made.select(wired.names).cast(wired).to_batches()

        judged = self._session.sql(query).mapInArrow(mapped, spark_schema(schema))
        self._keep(name, judged)

    def write(self, query: str, path: Path) -> None:
        beside = path.with_suffix(".writing")
        frame = self._session.sql(query)
        schema = _arrow_schema(frame.schema)
        with pq.ParquetWriter(beside, schema, compression="zstd") as file:
            for batch in self._rows(frame):
                file.write_batch(batch.cast(schema))
        atomic.put(beside, path)

    def close(self) -> None:
        """The session goes on as it was: whoever began it ends it."""
        for key, value in self._before.items():
            self._session.conf.set(key, value)

    def _keep(self, name: str, frame: DataFrame) -> None:
        """Written down, so that it is worked out once."""
        self._names.add(name)
        if self._few:
            held = self._session.createDataFrame(frame.toArrow(), frame.schema)
            held.createOrReplaceTempView(name)
            return
        self._kept += 1  # a table may be replaced by what is made of it
        folder = f"{self._scratch}/{name}-{self._kept}"
        frame.write.mode("overwrite").parquet(folder)
        kept = self._session.read.schema(frame.schema).parquet(literal(folder))
        kept.createOrReplaceTempView(name)


def spark_schema(schema: pa.Schema) -> Any:
    """An Arrow schema as Spark says it."""
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(wire_schema(schema))


def _arrow_schema(schema: Any) -> pa.Schema:
    from pyspark.sql.pandas.types import to_arrow_schema

    return to_arrow_schema(schema)


def _packed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Each batch as one binary value, in the format of Arrow streams."""
    for batch in batches:
        yield pa.RecordBatch.from_pydict({"rows": [bytes(packed(batch))]})


def _quoted(name: str) -> str:
    return f"`{name}`"


def _nth(number: int) -> str:
    return f"get(`values`, {number - 1})"


def _inner(column: str, article: str) -> str:
    """The rows of a nested column, each with its article."""
    nested = f"SELECT {article}, explode({column}) AS item FROM parts"
    return f"SELECT {article}, item.* FROM ({nested})"
