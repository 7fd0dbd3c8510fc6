"""A people file drafted from an archive: who is named most, for an editor to confirm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from newslint import atomic
from newslint.audit.sql import Sql, number
from newslint.draft import Draft, Named
from newslint.language.lexicon import Lexicons
from newslint.reports.terminal import safe

MOST = 500
"""People in the draft."""
MENTIONS = 2
"""The least, of all articles together."""


def write(sql: Sql, lexicons: Lexicons, path: Path) -> None:
    """Write the draft."""
    text = "".join(safe(line) + "\n" for line in drafted(sql, lexicons))
    atomic.write(path, text.encode("utf-8", "replace"))


def drafted(sql: Sql, lexicons: Lexicons) -> Iterator[str]:
    """The lines of the file, as `newslint people` writes them, of the people mentioned most."""
    sql.table(
        "people_counted",
        "SELECT key, CAST(sum(mentions) AS BIGINT) AS mentions FROM named GROUP BY key",
    )
    sql.view(
        "people_chosen",
        f"SELECT key FROM people_counted ORDER BY mentions DESC, key LIMIT {MOST}",
    )
    articles = number(sql, "SELECT count(*) FROM articles WHERE checked AND language = 'en'")
    yield f"# Drafted by “newslint audit” from {articles:,} articles in English."
    found = number(sql, f"SELECT count(*) FROM people_counted WHERE mentions >= {MENTIONS}")
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
            draft.take(msgspec.convert(row, Named), day)
    yield from draft.people(MENTIONS)
