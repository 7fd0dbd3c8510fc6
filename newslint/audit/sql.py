"""SQL over the parts of an audit, by DuckDB, within bounds of memory.

Comparisons use only what DuckDB and Spark SQL have in common; what they have not stands here and
in `spark`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa

MEMORY = "512MB"


class Sql(Protocol):
    """Runs SQL over the views `articles`, `findings` and `facts`, and over tables made of those."""

    def table(self, name: str, query: str) -> None:
        """Keep the answer of a query under a name."""

    def rows(self, query: str) -> Iterator[pa.RecordBatch]:
        """The answer of a query, batch by batch."""


class Duck:
    """`Sql` on this machine."""

    def __init__(self, parts: str, scratch: Path) -> None:
        self._connection = duckdb.connect(
            config={
                "memory_limit": MEMORY, "temp_directory": str(scratch), "threads": 2,
                "allow_community_extensions": False, "autoinstall_known_extensions": False,
            }
        )  # fmt: skip
        place = parts.replace("'", "''")
        views = {
            "parts": f"SELECT * FROM read_parquet('{place}')",
            "articles": "SELECT * EXCLUDE (findings, facts, sketch) FROM parts",
            "findings": _inner("findings"),
            "facts": _inner("facts"),
            "sketches": "SELECT source, record, sketch FROM parts WHERE sketch IS NOT NULL",
        }
        for name, query in views.items():
            self._connection.execute(f"CREATE VIEW {name} AS {query}")

    def table(self, name: str, query: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")

    def rows(self, query: str) -> Iterator[pa.RecordBatch]:
        reader: Any = self._connection.execute(query).to_arrow_reader(10_000)
        yield from reader

    def write(self, query: str, path: Path) -> None:
        """Write the answer of a query to a Parquet file, beside and renamed."""
        beside = path.with_suffix(".writing")
        place = str(beside).replace("'", "''")
        self._connection.execute(f"COPY ({query}) TO '{place}' (FORMAT parquet, COMPRESSION zstd)")
        beside.replace(path)


def _inner(column: str) -> str:
    """The rows of a nested column, each with its article."""
    nested = f"SELECT source, record, locator, unnest({column}) AS item FROM parts"
    return f"SELECT source, record, locator, unnest(item) FROM ({nested})"
