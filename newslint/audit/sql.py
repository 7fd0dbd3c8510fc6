"""SQL over the parts of an audit, by DuckDB, within bounds of memory.

Comparisons use only what DuckDB and Spark SQL have in common: no list functions, no lambdas, no
QUALIFY or EXCLUDE; no order of rows but what ORDER BY says; no sums of floats. They read these
views:

- `articles`: a row an article, the columns of `linted.ARTICLE`;
- `said`: a row a fact, the columns of `SAID`, which are named so that both know them unquoted;
- `found`: a row a finding within an article: source, record, rule, severity, field, begin_at,
  end_at;
- `named`: a row a person whom an article names in full: source, record, published, and the columns
  of `linted.PERSON`;
- `sketches`: source, record, locator, published, headline, sketch (where there is one).

`findings` and `facts` are for the files of the audit; their columns `end` and `column` want quotes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from newslint import atomic
from newslint.audit import MEMORY

BATCH = 10_000
"""Rows that are handed over at once."""
VALUES = 4
"""Of a fact's values so many have a column of their own in `said`: value1, value2 …"""
SAID = (
    "source, record, locator, published, headline, overrides, rule, number, key, said, value1,"
    " value2, value3, value4, field, begin_at, end_at, line, col, text, identity, waved"
)
"""The columns of `said`; `said` itself are all the values of the fact."""
Judge = Callable[[pa.Table], pa.Table]
"""Given the rows of one group, in any order: what comes of them. Plain data: it is pickled."""


class Sql(Protocol):
    """Runs SQL over the views of an audit, and over tables made of those."""

    def quoted(self, name: str) -> str:
        """A name of a column as it must be written where it is also a word of SQL."""

    def table(self, name: str, query: str) -> None:
        """Keep the answer of a query under a name; a table of that name is replaced."""

    def view(self, name: str, query: str) -> None:
        """Give a query a name: for what is read once, or is cheap to work out again."""

    def drop(self, prefix: str) -> None:
        """Let go of the tables and views whose names begin so."""

    def rows(self, query: str) -> Iterator[pa.RecordBatch]:
        """The answer of a query, batch by batch."""

    def judge(
        self, name: str, query: str, by: Sequence[str], function: Judge, schema: pa.Schema
    ) -> None:
        """Keep under a name what a function makes of the rows of a query, group by group.

        A group are the rows with equal values in the columns `by`; it is held in memory, so the
        query bounds it. The answers have the columns of `schema` and no order.
        """

    def map(self, name: str, query: str, function: Judge, schema: pa.Schema) -> None:
        """The same where each row is judged for itself: the function is given some at a time."""

    def write(self, query: str, path: Path) -> None:
        """Write the answer of a query to a Parquet file of this machine, beside and renamed."""

    def close(self) -> None:
        """Let go of what is of use for queries only."""


def answer(sql: Sql, query: str) -> list[dict[str, Any]]:
    """The whole answer of a query, which is short."""
    return [row for batch in sql.rows(query) for row in batch.to_pylist()]


def number(sql: Sql, query: str) -> int:
    """The one number that a query yields; 0 for the sum of nothing."""
    (row,) = answer(sql, query)
    return int(next(iter(row.values())) or 0)


def literal(text: str) -> str:
    """The text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


class Duck:
    """`Sql` on this machine."""

    def __init__(self, parts: str, scratch: Path, memory: int = MEMORY) -> None:
        """`parts` is a glob; what does not fit into memory goes to the folder `scratch`."""
        self._connection = connected(scratch, memory)
        article = "source, record, locator, published, headline, overrides"
        facts = f"SELECT {article}, unnest(facts) AS item FROM parts"
        findings = "SELECT source, record, unnest(findings) AS item FROM parts"
        views = {
            "parts": f"SELECT * FROM read_parquet({literal(parts)})",
            "articles": "SELECT * EXCLUDE (findings, facts, people, sketch, overrides) FROM parts",
            "findings": _inner("findings"),
            "facts": _inner("facts"),
            "said": said(f"(SELECT {article}, unnest(item) FROM ({facts}))", _quoted, _nth),
            "found": found(f"(SELECT source, record, unnest(item) FROM ({findings}))", _quoted),
            "named": "SELECT source, record, published, unnest(item) FROM (SELECT source, record,"
                     " published, unnest(people) AS item FROM parts)",
            "sketches": "SELECT source, record, locator, published, headline, sketch"
                        " FROM parts WHERE sketch IS NOT NULL",
        }  # fmt: skip
        for name, query in views.items():
            self._connection.execute(f"CREATE VIEW {name} AS {query}")

    def quoted(self, name: str) -> str:
        return _quoted(name)

    def table(self, name: str, query: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} AS {query}")

    def view(self, name: str, query: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")

    def drop(self, prefix: str) -> None:
        for kind in ("view", "table"):
            names = f"SELECT {kind}_name FROM duckdb_{kind}s() WHERE starts_with({kind}_name, $1)"
            for (name,) in self._connection.execute(names, [prefix]).fetchall():
                self._connection.execute(f"DROP {kind} {name}")

    def rows(self, query: str) -> Iterator[pa.RecordBatch]:
        # A cursor of its own, so that another query may run before all rows are read.
        reader: Any = self._connection.cursor().sql(query).to_arrow_reader(BATCH)
        try:
            yield from reader
        except OSError as error:  # what DuckDB says while rows are fetched, Arrow passes on so
            if "Out of Memory" in str(error):
                raise duckdb.OutOfMemoryException(str(error)) from None
            raise

    def judge(
        self, name: str, query: str, by: Sequence[str], function: Judge, schema: pa.Schema
    ) -> None:
        self._insert(f"CREATE OR REPLACE TABLE {name} AS", schema.empty_table())
        waiting: list[pa.Table] = []
        for group in _groups(self.rows(f"SELECT * FROM ({query}) ORDER BY {', '.join(by)}"), by):
            waiting.append(function(group).select(schema.names).cast(schema))
            if sum(table.num_rows for table in waiting) >= BATCH:
                self._insert(f"INSERT INTO {name}", pa.concat_tables(waiting))
                waiting = []
        if waiting:
            self._insert(f"INSERT INTO {name}", pa.concat_tables(waiting))

    def map(self, name: str, query: str, function: Judge, schema: pa.Schema) -> None:
        self._insert(f"CREATE OR REPLACE TABLE {name} AS", schema.empty_table())
        for batch in self.rows(query):
            made = function(pa.Table.from_batches([batch])).select(schema.names).cast(schema)
            self._insert(f"INSERT INTO {name}", made)

    def _insert(self, statement: str, rows: pa.Table) -> None:
        self._connection.register("handed_over", rows)
        self._connection.execute(f"{statement} SELECT * FROM handed_over")
        self._connection.unregister("handed_over")

    def close(self) -> None:
        """Let go of memory and of the folder `scratch`."""
        self._connection.close()

    def write(self, query: str, path: Path) -> None:
        """Write the answer of a query to a Parquet file, beside and renamed."""
        beside = path.with_suffix(".writing")
        as_parquet = f"TO {literal(str(beside))} (FORMAT parquet, COMPRESSION zstd)"
        self._connection.execute(f"COPY ({query}) {as_parquet}")
        atomic.put(beside, path)


def connected(scratch: Path, memory: int) -> duckdb.DuckDBPyConnection:
    """A database in so many megabytes; what does not fit goes to the folder `scratch`."""
    connection = duckdb.connect(
        config={
            "memory_limit": f"{memory}MB", "temp_directory": str(scratch),
            "threads": 1,  # each holds on to memory of its own
            "preserve_insertion_order": False,
            "allow_community_extensions": False, "autoinstall_known_extensions": False,
        }
    )  # fmt: skip
    connection.execute("SET enable_progress_bar = false")  # it would write to stdout
    return connection


def said(facts: str, quoted: Callable[[str], str], nth: Callable[[int], str]) -> str:
    """The view `said`, given where its rows come from, and how names and list items are written."""
    values = ", ".join(f"{nth(number)} AS value{number}" for number in range(1, VALUES + 1))
    return (
        "SELECT source, record, locator, published, headline, overrides, rule, number, key,"
        f" {quoted('values')} AS said, {values}, field, {quoted('start')} AS begin_at,"
        f" {quoted('end')} AS end_at, line, {quoted('column')} AS col, text, identity, waved"
        f" FROM {facts}"
    )


def found(findings: str, quoted: Callable[[str], str]) -> str:
    """The view `found`, given where its rows come from and how names are written."""
    return (
        f"SELECT source, record, rule, severity, field, {quoted('start')} AS begin_at,"
        f" {quoted('end')} AS end_at FROM {findings}"
    )


def _quoted(name: str) -> str:
    return f'"{name}"'


def _nth(number: int) -> str:
    return f'"values"[{number}]'


def _inner(column: str) -> str:
    """The rows of a nested column, each with its article."""
    nested = f"SELECT source, record, locator, unnest({column}) AS item FROM parts"
    return f"SELECT source, record, locator, unnest(item) FROM ({nested})"


def _groups(batches: Iterator[pa.RecordBatch], by: Sequence[str]) -> Iterator[pa.Table]:
    """The rows of each group as a table, given all rows in the order of their groups."""
    pieces: list[pa.RecordBatch] = []
    current: tuple[object, ...] | None = None
    for batch in batches:
        keys = list(zip(*(batch.column(name).to_pylist() for name in by), strict=True))
        begin = 0
        for at, key in enumerate(keys):
            if key != current:
                if at > begin:
                    pieces.append(batch.slice(begin, at - begin))
                if pieces:
                    yield pa.Table.from_batches(pieces)
                pieces, current, begin = [], key, at
        if len(keys) > begin:
            pieces.append(batch.slice(begin))
    if pieces:
        yield pa.Table.from_batches(pieces)
