"""The tables that an audit left in its folder, open for questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa

from newslint.audit.sql import MEMORY
from newslint.errors import Error, NewslintError

TABLES = ("articles", "findings", "facts", "clusters")


class Tables:
    """`Sql` over what is finished; what it works out on the way waits in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._scratch = TemporaryDirectory(prefix="newslint-")
        self._connection = duckdb.connect(
            config={
                "memory_limit": MEMORY, "temp_directory": self._scratch.name, "threads": 2,
                "allow_community_extensions": False, "autoinstall_known_extensions": False,
            }
        )  # fmt: skip
        for name in TABLES:
            place = str(folder / f"{name}.parquet").replace("'", "''")
            self._connection.execute(
                f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{place}')"
            )

    def table(self, name: str, query: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}")

    def rows(self, query: str) -> Iterator[pa.RecordBatch]:
        reader: Any = self._connection.execute(query).to_arrow_reader(10_000)
        yield from reader


def opened(folder: Path) -> Tables:
    """The tables of a finished audit. Raises `NewslintError` where one is not there."""
    for name in TABLES:
        if not (folder / f"{name}.parquet").exists():
            message = f"holds no finished audit: there is no {name}.parquet"
            raise NewslintError(Error(folder.as_posix(), "config", message))
    return Tables(folder)
