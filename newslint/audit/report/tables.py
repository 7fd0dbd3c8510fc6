"""The tables that an audit left in its folder, open for questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import duckdb
import msgspec

from newslint.audit.sql import BATCH, connected, literal
from newslint.errors import Error, NewslintError

Row = TypeVar("Row")
MEMORY = 256
"""Megabytes: enough for what little a report asks."""
TABLES = ("articles", "findings", "clusters")


class Tables:
    """What is asked of a finished audit, in SQL over views of its files."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def table(self, name: str, query: str) -> None:
        """Keep the answer of a query under a name."""
        self._connection.execute(f"CREATE OR REPLACE TABLE {name} AS {query}")

    def view(self, name: str, query: str) -> None:
        """Keep a query under a name."""
        self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS {query}")

    def ask(self, query: str, type_: type[Row]) -> Iterator[Row]:
        """The rows of an answer, one at a time; columns by name."""
        # A cursor of its own, so that another query may run before all rows are read.
        reader: Any = self._connection.cursor().sql(query).to_arrow_reader(BATCH)
        for batch in reader:
            for row in batch.to_pylist():
                yield msgspec.convert(row, type_)

    def one(self, query: str) -> dict[str, Any]:
        """The only row of an answer."""
        row: dict[str, Any] = next(iter(self.ask(query, dict)))
        return row


@contextmanager
def opened(folder: Path, names: Sequence[str] = TABLES) -> Iterator[Tables]:
    """The tables of a finished audit. Raises `NewslintError` where one is not there."""
    for name in names:
        if not (folder / f"{name}.parquet").is_file():
            message = f"holds no finished audit: {name}.parquet is missing"
            raise NewslintError(Error(folder.as_posix(), "config", message))
    with TemporaryDirectory(prefix="newslint-") as scratch:
        connection = connected(Path(scratch), MEMORY)
        try:
            for name in names:
                place = literal(str(folder / f"{name}.parquet"))
                connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({place})")
            yield Tables(connection)
        except duckdb.InterruptException:
            raise KeyboardInterrupt from None
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            message = f"its tables cannot be read: {reason}; --overwrite makes them again"
            raise NewslintError(Error(folder.as_posix(), "unreadable", message)) from None
        finally:
            connection.close()
