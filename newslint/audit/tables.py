"""The files that an audit leaves: tables made of its parts and comparisons by SQL.

Rows are in an order that leaves nothing open, so that the bytes depend on them alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from newslint.audit.across.schema import ACROSS_FINDINGS, CLUSTER
from newslint.audit.linted import ARTICLE
from newslint.audit.sql import Sql, answer

COUNTS = ("errors", "warnings", "infos", "suppressed")
"""Columns of articles that comparisons change."""
PLACE = ("source", "record", "field", "start", "end", "rule")


def write(sql: Sql, folder: Path) -> None:
    """Write `articles.parquet`, `findings.parquet`, `facts.parquet` and `clusters.parquet`."""
    told = _ordered(sql, [*PLACE, "message", "fingerprint"])
    members = _ordered(sql, ["kind", "rule", "cluster", *PLACE[:-1], "role", "subject", "note"])
    sql.write(_articles(), folder / "articles.parquet")
    sql.write(f"SELECT * FROM ({findings(sql)}) AS f {told}", folder / "findings.parquet")
    sql.write("SELECT * FROM facts ORDER BY source, record, rule, number", folder / "facts.parquet")
    sql.write(f"SELECT {_members(sql)} FROM clusters {members}", folder / "clusters.parquet")


def _articles() -> str:
    columns = [
        f"CAST(a.{field.name} + coalesce(c.{field.name}, 0) AS INT) AS {field.name}"
        if field.name in COUNTS
        else f"a.{field.name}"
        for field in ARTICLE
    ]
    return (
        f"SELECT {', '.join(columns)} FROM articles AS a LEFT JOIN changes AS c"
        " ON c.source = a.source AND c.record = a.record ORDER BY a.source, a.record"
    )


def findings(sql: Sql) -> str:
    """The query of all findings, without those that other articles show to be right."""
    columns = ", ".join(_typed(sql, field) for field in ACROSS_FINDINGS)
    excused = (
        "SELECT 1 FROM excused AS e WHERE e.source = f.source AND e.record = f.record"
        " AND e.rule = f.rule AND e.field = f.field"
        f" AND e.begin_at = f.{sql.quoted('start')} AND e.end_at = f.{sql.quoted('end')}"
    )
    return (
        f"SELECT {columns} FROM findings AS f WHERE NOT EXISTS ({excused})"
        f" UNION ALL SELECT {columns} FROM across_findings"
    )


def _columns(sql: Sql, names: Sequence[str]) -> str:
    return ", ".join(map(sql.quoted, names))


def _members(sql: Sql) -> str:
    return ", ".join(_typed(sql, field) for field in CLUSTER)


def _typed(sql: Sql, field: pa.Field) -> str:
    """A column; SQL makes larger numbers of small ones."""
    name = sql.quoted(field.name)
    return f"CAST({name} AS INT) AS {name}" if field.type == pa.int32() else name


def _ordered(sql: Sql, names: Sequence[str]) -> str:
    return f"ORDER BY {_columns(sql, names)}"


def failures(sql: Sql) -> tuple[int, dict[str, int]]:
    """How many articles there are; how many could not be checked or not by all rules, by code."""
    query = "SELECT code, count(*) AS n FROM articles GROUP BY code"
    counts = {row["code"]: row["n"] for row in answer(sql, query)}
    return sum(counts.values()), {code: counts[code] for code in sorted(counts) if code}
