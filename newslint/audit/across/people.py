"""A people file drafted from an archive: those whom most articles name, for an editor to confirm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from newslint.audit.sql import Sql
from newslint.draft import Draft, Named
from newslint.language.lexicon import Lexicons

MOST = 500
"""People in the draft."""
MENTIONS = 2
"""The least, of all articles together."""


def drafted(sql: Sql, lexicons: Lexicons) -> Iterator[str]:
    """The lines of the file, as `newslint people` writes them, of the people mentioned most."""
    sql.table(
        "people_counted",
        "SELECT key, CAST(sum(mentions) AS BIGINT) AS mentions FROM named GROUP BY key"
        f" HAVING sum(mentions) >= {MENTIONS}",
    )
    sql.table(
        "people_chosen",
        f"SELECT key FROM people_counted ORDER BY mentions DESC, key LIMIT {MOST}",
    )
    yield f"# Drafted by “newslint audit” from {_count(sql, 'articles'):,} articles."
    found = _count(sql, "people_counted")
    if found > MOST:
        yield f"# {found:,} people are named {MENTIONS} times or more; these are the first {MOST}."
    draft = Draft(lexicons)
    query = (
        "SELECT n.* FROM named AS n JOIN people_chosen AS c ON c.key = n.key"
        " ORDER BY n.source, n.record, n.key"
    )
    for batch in sql.rows(query):
        for row in batch.to_pylist():
            day = date.fromisoformat(row["published"]) if row["published"] else None
            draft.take(msgspec.convert(row, Named, from_attributes=False), day)
    yield from draft.people(MENTIONS)


def _count(sql: Sql, table: str) -> int:
    batches = sql.rows(f"SELECT count(*) AS size FROM {table}")
    return sum(int(row["size"]) for batch in batches for row in batch.to_pylist())
