"""The hits of two versions of a rule, put side by side."""

from __future__ import annotations

from pathlib import Path

from newslint.audit.sql import Sql, literal, number
from newslint.audit.trial.outcome import Against, Counts
from newslint.audit.trial.sampling import sample

_THERE = 'source, record, field, start, "end"'
_ALIKE = f"{_THERE}, severity, message"
_MEET = """later.source = earlier.source AND later.record = earlier.record
    AND later.field = earlier.field
    AND later.start < greatest(earlier."end", earlier.start + 1)
    AND earlier.start < greatest(later."end", later.start + 1)"""


def against(sql: Sql, hits: Path, name: str, counts: Counts, most: int, seed: int) -> Against:
    """Compare the table `hits` with the file of hits of an earlier version.

    A hit that meets one of the other version on the same words is changed, not lost and gained.
    """
    sql.table("earlier", f"SELECT * FROM read_parquet({literal(str(hits))})")
    sql.table("later_only", _without("hits", "earlier", _ALIKE))
    sql.table("earlier_only", _without("earlier", "hits", _ALIKE))
    sql.table("changed", _changed())
    sql.table("gained", _lonely("later_only", "earlier_only", "later", "earlier"))
    sql.table("lost", _lonely("earlier_only", "later_only", "earlier", "later"))
    hit, other = (number(sql, f"SELECT count(*) FROM {name}") for name in ("hits", "later_only"))
    gained, lost, changed = (
        sample(sql, table, most, seed) for table in ("gained", "lost", "changed")
    )
    return Against(name, counts, hit - other, gained, lost, changed)


def _without(these: str, others: str, columns: str) -> str:
    return f"SELECT * FROM {these} WHERE ({columns}) NOT IN (SELECT ({columns}) FROM {others})"


def _lonely(these: str, others: str, one: str, other: str) -> str:
    return f"""SELECT * FROM {these} AS {one} WHERE NOT EXISTS
        (SELECT 1 FROM {others} AS {other} WHERE {_MEET})"""


def _changed() -> str:
    """Hits of the later version that meet one of the earlier, each with what that said."""
    return f"""
    SELECT later.* REPLACE (earlier.message AS was) FROM later_only AS later
    JOIN earlier_only AS earlier ON {_MEET}
    QUALIFY row_number() OVER (PARTITION BY later.source, later.record, later.field, later.start,
        later."end", later.message ORDER BY earlier.start, earlier.message) = 1"""
