"""Counts of the hits of a rule, by SQL: in all, by year, by section, by wording."""

from __future__ import annotations

from typing import Any

from newslint.audit.sql import Sql, answer, number
from newslint.audit.tables import findings
from newslint.audit.trial.outcome import Counts, Part, Parts, Wording, Wordings
from newslint.errors import Error

MOST = 20
"""Sections, wordings and errors that a report shows."""
YEARS = 60

_YEAR = "coalesce(substr(published, 1, 4), '') AS year, coalesce(section, '') AS section"


def make(sql: Sql) -> None:
    """Make the tables `hits`, and `heard`: the articles that were checked, with year and section.

    What comparisons leave must be there.
    """
    sql.table(
        "heard",
        f"SELECT source, record, locator, published, words, quoted_words, {_YEAR} "
        "FROM articles WHERE checked",
    )
    sql.table(
        "hits",
        "SELECT h.*, coalesce(a.published, '') AS published, a.year, a.section, '' AS was "
        f"FROM ({findings(sql)}) AS h JOIN heard AS a "
        "ON a.source = h.source AND a.record = h.record",
    )


def counts(sql: Sql) -> Counts:
    """In all articles that were checked."""
    return next((part.counts for part in _counted(sql, "''")), Counts())


def years(sql: Sql) -> Parts:
    """By year, the newest first."""
    total = number(sql, "SELECT count(DISTINCT year) FROM heard")
    return Parts(tuple(_counted(sql, "year", f"ORDER BY name DESC LIMIT {YEARS}")), total)


def sections(sql: Sql) -> Parts:
    """By section, those alone that have hits, the most first."""
    total = number(sql, "SELECT count(DISTINCT section) FROM hits")
    tail = f"WHERE hits > 0 ORDER BY hits DESC, name LIMIT {MOST}"
    return Parts(tuple(_counted(sql, "section", tail)), total)


def _counted(sql: Sql, column: str, tail: str = "") -> list[Part]:
    query = f"""
    SELECT heard.name AS name, articles, words, quoted_words, coalesce(hits, 0) AS hits,
        coalesce(quoted, 0) AS quoted, coalesce(articles_hit, 0) AS articles_hit
    FROM (SELECT {column} AS name, count(*) AS articles, coalesce(sum(words), 0) AS words,
            coalesce(sum(quoted_words), 0) AS quoted_words FROM heard GROUP BY 1) AS heard
    LEFT JOIN (SELECT {column} AS name, count(*) AS hits, count_if(quoted) AS quoted,
            count(DISTINCT source || chr(0) || record) AS articles_hit
        FROM hits GROUP BY 1) AS hit ON heard.name = hit.name {tail}"""
    return [_part(row) for row in answer(sql, query)]


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
    return Wordings(tuple(Wording(**row) for row in answer(sql, query)), total)


def errors(sql: Sql) -> tuple[list[Error], int]:
    """What could not be checked, the first of it, and how many records are concerned."""
    wrong = "FROM articles WHERE code <> ''"
    first = f"SELECT locator, code, message {wrong} ORDER BY source, record LIMIT {MOST}"
    found = [Error(row["locator"], row["code"], row["message"]) for row in answer(sql, first)]
    return found, number(sql, f"SELECT count(*) {wrong}")
