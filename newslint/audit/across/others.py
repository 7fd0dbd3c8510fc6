"""Rules whose sort of comparison is not known here, as those of a newsroom's own kinds.

They are compared key by key where they say that this makes no difference; else all facts at once,
while there are few enough.
"""

from __future__ import annotations

from newslint.audit.across.parts import SEVERAL
from newslint.audit.across.rules import checker_of, comparison_of
from newslint.audit.sql import Sql, answer
from newslint.audit.task import Task

MOST = 50_000
"""Facts that are compared all at once."""


def worlds(sql: Sql, said: str, task: Task) -> tuple[str, list[str]]:
    """The table of the worlds of the facts of one rule; empty where there are too many of them."""
    count, rule = _counted(sql, said)
    if not count:
        return _all(sql, said, "''"), []
    comparison = comparison_of(checker_of(task).comparing_rules[rule])
    if comparison.shared_keys:
        keys = f"SELECT key FROM {said} GROUP BY key HAVING {SEVERAL}"
        sql.table(
            f"{said}_shared", f"SELECT s.* FROM {said} AS s JOIN ({keys}) AS k ON k.key = s.key"
        )
        said = f"{said}_shared"
        count = _counted(sql, said)[0]
    if comparison.keys_apart:
        return _all(sql, said, "s.key"), []
    if count <= MOST:
        return _all(sql, said, "''"), []
    notice = f"not compared: its kind compares all at once, and {count:,} facts are too many"
    return _all(sql, said, "''", " WHERE false"), [notice]


def _counted(sql: Sql, said: str) -> tuple[int, str]:
    """How many facts there are, and the rule."""
    (row,) = answer(sql, f"SELECT count(*) AS facts, min(rule) AS rule FROM {said}")
    return row["facts"], row["rule"]


def _all(sql: Sql, said: str, world: str, where: str = "") -> str:
    columns = f"s.*, {world} AS world, '' AS share, false AS witness"
    sql.table(f"{said}_worlds", f"SELECT {columns} FROM {said} AS s{where}")
    return f"{said}_worlds"
