"""What comparisons found, as the tables of an audit have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa

from newslint.audit.across.parts import judge_parts
from newslint.audit.across.schema import ACROSS_FINDINGS, CLUSTER, EXCUSED
from newslint.audit.across.voices import Row
from newslint.audit.across.worlds import EXCUSED as IS_EXCUSED
from newslint.audit.across.worlds import FINDING, MEMBER
from newslint.audit.sql import Sql
from newslint.fingerprint import digest

_TOLD = pa.schema(
    [field for field in ACROSS_FINDINGS if field.name not in ("start", "end", "column")]
    + [pa.field(name, pa.int64()) for name in ("begin_at", "end_at", "col")]
    + [pa.field("suppressed", pa.bool_())]
)
_IN_ORDER = ("field", "begin_at", "end_at", "key")
_NAMES = {"start": "begin_at", "end": "end_at", "column": "col"}


def keep_all(sql: Sql, name: str, tables: Sequence[str], schema: pa.Schema) -> None:
    """Keep all rows of some tables, and queries in brackets, under one name."""
    if not tables:
        sql.judge(name, "SELECT source FROM articles WHERE 1 = 0", ["source"], _as_it_is, schema)
        return
    columns = ", ".join(map(sql.quoted, schema.names))
    sql.view(name, " UNION ALL ".join(f"SELECT {columns} FROM {one}" for one in tables))


def _as_it_is(rows: pa.Table) -> pa.Table:
    return rows


def tell(sql: Sql, others: Sequence[str], suppressed: Sequence[str]) -> None:
    """Make the tables `across_findings`, `excused` and `changes` of the table `answers`.

    `others` are tables of more findings, `suppressed` of the articles with one that is suppressed.
    """
    sql.view("across_found", f"SELECT * FROM answers WHERE sort = '{FINDING}'")
    by = ("rule", "source", "record")
    judge_parts(sql, "across_told", "across_found", by, _with_fingerprints, _TOLD)
    names = ", ".join(EXCUSED.names)
    sql.table("excused", f"SELECT DISTINCT {names} FROM answers WHERE sort = '{IS_EXCUSED}'")
    # Where the rule has spoken within the article already, it has said it.
    sql.table(
        "across_new",
        "SELECT * FROM across_told AS t WHERE NOT EXISTS"
        " (SELECT 1 FROM found AS f LEFT JOIN excused AS e ON e.source = f.source"
        " AND e.record = f.record AND e.rule = f.rule AND e.field = f.field"
        " AND e.begin_at = f.begin_at AND e.end_at = f.end_at"
        " WHERE e.rule IS NULL AND f.source = t.source AND f.record = t.record AND f.rule = t.rule"
        " AND f.field = t.field AND f.begin_at < t.end_at AND f.end_at > t.begin_at)",
    )
    columns = _renamed(sql, ACROSS_FINDINGS)
    told = f"(SELECT {columns} FROM across_new WHERE NOT suppressed) AS t"
    keep_all(sql, "across_findings", [told, *others], ACROSS_FINDINGS)
    waved = "".join(
        f" UNION ALL SELECT source, record, 0, 0, 0, 1 FROM {table}" for table in suppressed
    )
    sql.view("changes", _CHANGES.format(waved=waved))


def clusters(sql: Sql) -> str:
    """The query of the clusters in the table `answers`, in the columns of `schema.CLUSTER`."""
    cluster = "concat(kind, ' ', substr(md5(concat(rule, '\t', world)), 1, 16)) AS cluster"
    inner = (
        f"SELECT *, {cluster}, CAST(NULL AS DOUBLE) AS score FROM answers WHERE sort = '{MEMBER}'"
    )
    return f"(SELECT {_renamed(sql, CLUSTER)} FROM ({inner}) AS m) AS c"


def _renamed(sql: Sql, schema: pa.Schema) -> str:
    """The columns of a schema, made of those that SQL knows unquoted."""
    names = ((_NAMES.get(name, name), sql.quoted(name)) for name in schema.names)
    return ", ".join(f"{plain} AS {quoted}" for plain, quoted in names)


def _with_fingerprints(found: list[Row]) -> list[Row]:
    """The findings of one rule in one article, as `corpus` tells them apart."""
    rows = sorted(found, key=lambda row: [row[name] for name in _IN_ORDER])
    seen: Counter[str] = Counter()
    for row in rows:
        what = "" if row["whole"] else row["identity"]
        row["fingerprint"] = digest("across", what, str(seen[what]))
        row |= {"before": "", "shown": "", "after": "", "quoted": False, "across": True}
        seen[what] += 1
    return rows


_CHANGES = """
    SELECT source, record,
        CAST(sum(errors) AS BIGINT) AS errors, CAST(sum(warnings) AS BIGINT) AS warnings,
        CAST(sum(infos) AS BIGINT) AS infos, CAST(sum(suppressed) AS BIGINT) AS suppressed
    FROM (
        SELECT source, record,
            CASE WHEN severity = 'error' THEN 1 ELSE 0 END AS errors,
            CASE WHEN severity = 'warning' THEN 1 ELSE 0 END AS warnings,
            CASE WHEN severity = 'info' THEN 1 ELSE 0 END AS infos, 0 AS suppressed
        FROM across_findings
        UNION ALL
        SELECT source, record, 0, 0, 0, 1 FROM across_new WHERE suppressed
        {waved}
        UNION ALL
        SELECT f.source, f.record,
            CASE WHEN f.severity = 'error' THEN -1 ELSE 0 END AS errors,
            CASE WHEN f.severity = 'warning' THEN -1 ELSE 0 END AS warnings,
            CASE WHEN f.severity = 'info' THEN -1 ELSE 0 END AS infos, 0 AS suppressed
        FROM found AS f JOIN excused AS e ON e.source = f.source AND e.record = f.record
            AND e.rule = f.rule AND e.field = f.field
            AND e.begin_at = f.begin_at AND e.end_at = f.end_at
    ) AS counted
    GROUP BY source, record
"""
