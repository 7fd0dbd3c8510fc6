"""The files that an audit leaves: tables made of its parts and comparisons by SQL.

Rows are in an order that leaves nothing open, so that the bytes depend on them alone.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from newslint.audit.sql import Sql

ARTICLE = "source, record"
PLACE = 'field, start, "end", rule'


def write(sql: Sql, folder: Path) -> None:
    """Write `articles.parquet`, `findings.parquet` and `facts.parquet`."""
    sql.write(f"SELECT * FROM articles ORDER BY {ARTICLE}", folder / "articles.parquet")
    sql.write(
        f"SELECT * FROM findings ORDER BY {ARTICLE}, {PLACE}, message, fingerprint",
        folder / "findings.parquet",
    )
    sql.write(
        f"SELECT * FROM facts ORDER BY {ARTICLE}, rule, number", folder / "facts.parquet"
    )


def failures(sql: Sql) -> tuple[int, dict[str, int]]:
    """How many articles there are, and how many could not be checked, by code."""
    counts: Counter[str] = Counter()
    query = "SELECT checked, code, count(*) AS n FROM articles GROUP BY checked, code"
    for batch in sql.rows(query):
        for row in batch.to_pylist():
            counts["" if row["checked"] else row["code"]] += row["n"]
    total = counts.total()
    return total, {code: counts[code] for code in sorted(counts) if code}
