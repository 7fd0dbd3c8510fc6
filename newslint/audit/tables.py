"""The files that an audit leaves: tables made of its parts by SQL."""

from __future__ import annotations

from pathlib import Path

from newslint.audit.sql import Duck

ORDER = "ORDER BY source, record"


def write(sql: Duck, folder: Path) -> None:
    """Write `articles.parquet`, `findings.parquet` and `facts.parquet`."""
    sql.write(f"SELECT * FROM articles {ORDER}", folder / "articles.parquet")
    sql.write(
        f'SELECT * FROM findings {ORDER}, field, start, "end", rule', folder / "findings.parquet"
    )
    sql.write(
        f'SELECT * FROM facts {ORDER}, rule, field, start, "end", key', folder / "facts.parquet"
    )
