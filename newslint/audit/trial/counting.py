"""Counts of the hits of a rule, by SQL: in all, by year, by section, by wording."""

from __future__ import annotations

from typing import Any

from newslint.audit.sql import Sql
from newslint.audit.trial.outcome import Counts, Part, Parts, Wording, Wordings
from newslint.errors import Error

MOST = 20
"""Sections, wordings and errors that a report shows."""
YEARS = 60

HITS = """
SELECT source, record, found.locator, field, start, "end", line, "column", text, before, after,
    quoted, across, severity, found.message,
    coalesce(published, '') AS published, coalesce(substr(published, 1, 4), '') AS year,
    coalesce(section, '') AS section
FROM {found} AS found JOIN articles USING (source, record)
"""
"""A row a hit; `articles` gives year and section."""


def make(sql: Sql, found: str) -> None:
    """Make the tables `hits` and `parts_of` of all findings, which `found` names."""
    sql.table("hits", HITS.format(found=found))
    sql.table(
        "heard",
        "SELECT source, record, coalesce(substr(published, 1, 4), '') AS year, "
        "coalesce(section, '') AS section, words, quoted_words FROM articles WHERE checked",
    )


def rows(sql: Sql, query: str) -> list[dict[str, Any]]:
    """The whole answer of a query that has a limit."""
    return [row for batch in sql.rows(query) for row in batch.to_pylist()]


def number(sql: Sql, query: str) -> int:
    """The one number that a query yields; 0 for the sum of nothing."""
    (row,) = rows(sql, f"SELECT coalesce(({query}), 0) AS number")
    return int(row["number"])


def counts(sql: Sql) -> Counts:
    """In all articles that were checked."""
    (row,) = _counted(sql, "''")
    return row.counts


def parts(sql: Sql, column: str, most: int, order: str) -> Parts:
    """By `year` or `section`; what has no hit is not shown among sections."""
    total = number(sql, f"SELECT count(DISTINCT {column}) FROM heard")
    return Parts(tuple(_counted(sql, column, f"ORDER BY {order} LIMIT {most}")), total)


def _counted(sql: Sql, column: str, tail: str = "") -> list[Part]:
    query = f"""
    SELECT heard.name, articles, words, quoted_words, coalesce(hits, 0) AS hits,
        coalesce(quoted, 0) AS quoted, coalesce(articles_hit, 0) AS articles_hit
    FROM (SELECT {column} AS name, count(*) AS articles, coalesce(sum(words), 0) AS words,
            coalesce(sum(quoted_words), 0) AS quoted_words FROM heard GROUP BY 1) AS heard
    LEFT JOIN (SELECT {column} AS name, count(*) AS hits, count_if(quoted) AS quoted,
            count(DISTINCT source || chr(0) || record) AS articles_hit
        FROM hits GROUP BY 1) AS hit ON heard.name = hit.name {tail}"""
    return [_part(row) for row in rows(sql, query)] or [Part("", Counts())]


def _part(row: dict[str, Any]) -> Part:
    words, quoted = int(row["words"]), int(row["quoted_words"])
    hits = int(row["hits"]), int(row["quoted"]), row["articles_hit"]
    return Part(row["name"], Counts(row["articles"], words, max(words - quoted, 0), *hits))


def wordings(sql: Sql) -> Wordings:
    """What the rule hits, the most frequent first."""
    query = f"""
    SELECT lower(text) AS text, count(*) AS hits,
        count(DISTINCT source || chr(0) || record) AS articles
    FROM hits GROUP BY 1 ORDER BY hits DESC, text LIMIT {MOST}"""
    total = number(sql, "SELECT count(DISTINCT lower(text)) FROM hits")
    return Wordings(tuple(Wording(**row) for row in rows(sql, query)), total)


def errors(sql: Sql) -> tuple[list[Error], int]:
    """What could not be checked, the first of it, and how many records are concerned."""
    wrong = "FROM articles WHERE code <> ''"
    first = f"SELECT locator, code, message {wrong} ORDER BY source, record LIMIT {MOST}"
    found = [Error(row["locator"], row["code"], row["message"]) for row in rows(sql, first)]
    return found, number(sql, f"SELECT count(*) {wrong}")
