"""Many small groups of rows judged in one go: handing over each by itself would take longer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby

import pyarrow as pa

from newslint.audit.across.voices import Row, table_of
from newslint.audit.sql import Sql, answer

ROWS = 4_000
"""Of the groups that are judged together, if no group is larger."""
MOST = 20_000
"""Rows of a group, or of a share of it; of more, the first by source and record are judged."""
SEVERAL = "(min(source) < max(source) OR min(record) < max(record))"
"""Whether the rows of a group are of more than one article."""
Judge = Callable[[list[Row]], Iterable[Row]]
"""Given the rows of one group, in any order: the rows that come of them. Is pickled."""


def bounded(
    sql: Sql, name: str, rows: str, group: str, share: str = "''"
) -> tuple[str, list[tuple[str, int]]]:
    """The table with the rows of a table, of none of its groups too many.

    Shares of a group are cut evenly, to `MOST` rows each and three times as many in all. Beside
    the table there are the groups that are cut, with the number of rows left out, the most first;
    where there are none, the table is the one that was given.
    """
    shares = f"SELECT {group}, count(*) AS size FROM {rows} GROUP BY {group}, {share}"
    cut = (
        f"SELECT {group}, CAST(sum(size) AS BIGINT) AS size FROM ({shares}) AS s GROUP BY {group}"
        f" HAVING max(size) > {MOST} OR sum(size) > {3 * MOST}"
    )
    large = {row[group]: row["size"] for row in answer(sql, cut)}
    if not large:
        return rows, []
    sql.table(
        name,
        "SELECT * FROM (SELECT *, row_number() OVER"
        f" (PARTITION BY {group} ORDER BY nth, source, record, number) AS place"
        f" FROM (SELECT *, row_number() OVER (PARTITION BY {group}, {share}"
        f" ORDER BY source, record, number) AS nth FROM {rows}) AS n) AS p"
        f" WHERE nth <= {MOST} AND place <= {3 * MOST}",
    )
    kept = (
        f"SELECT r.{group}, count(*) AS size FROM {name} AS r"
        f" JOIN ({cut}) AS l ON l.{group} = r.{group} GROUP BY r.{group}"
    )
    left = {row[group]: row["size"] for row in answer(sql, kept)}
    lost = [(what, size - left[what]) for what, size in large.items()]
    return name, sorted(lost, key=lambda one: (-one[1], one[0]))


def judge_parts(
    sql: Sql, name: str, rows: str, by: Sequence[str], function: Judge, schema: pa.Schema
) -> None:
    """Keep under a name what a function makes of the rows of a table, group by group.

    A group are the rows with equal values in the columns `by`, which are never null.
    """
    keys, sizes, parts = ", ".join(by), f"{name}_sizes", f"{name}_parts"
    sql.view(sizes, f"SELECT {keys}, count(*) AS size FROM {rows} GROUP BY {keys}")
    before = f"sum(size) OVER (ORDER BY {keys} ROWS UNBOUNDED PRECEDING) - size"
    part = f"CAST(floor(({before}) / {ROWS}) AS BIGINT) AS part"
    sql.view(parts, f"SELECT {keys}, {part} FROM {sizes}")
    same = " AND ".join(f"p.{key} = r.{key}" for key in by)
    query = f"SELECT r.*, p.part FROM {rows} AS r JOIN {parts} AS p ON {same}"
    sql.judge(name, query, ("part",), partial(_judged, tuple(by), function, schema), schema)


def _judged(by: Sequence[str], function: Judge, schema: pa.Schema, table: pa.Table) -> pa.Table:
    def group(row: Row) -> tuple[object, ...]:
        return tuple(row[key] for key in by)

    rows = sorted(table.to_pylist(), key=group)
    return table_of(
        (row for _, same in groupby(rows, group) for row in function(list(same))), schema
    )
