"""Some of many hits: of all years and sections, of many articles and wordings, always the same."""

from __future__ import annotations

from newslint.audit.sql import Sql, answer, number
from newslint.audit.trial.outcome import Hit, Sample


def sample(sql: Sql, table: str, most: int, seed: int) -> Sample:
    """Hits of a table with the columns of `hits`: by turns from each section of each year.

    Within one, what has another wording or stands in another article comes first. Which ones come
    depends on the hits and the seed alone.
    """
    query = f"""
    SELECT locator, field, line, "column", published, section, before,
        CASE WHEN trim(shown) = '' THEN text ELSE shown END AS text, after, quoted, across,
        severity, message, was
    FROM (SELECT *, row_number() OVER (PARTITION BY year, section ORDER BY nth, draw) AS turn
        FROM (SELECT *, row_number() OVER (PARTITION BY source, record ORDER BY draw)
                + row_number() OVER (PARTITION BY lower(text) ORDER BY draw) AS nth
            FROM (SELECT *, md5(concat_ws('|', '{seed}', locator, field, start, message)) AS draw
                FROM {table})))
    ORDER BY turn, nth, draw LIMIT {most}"""
    found = [Hit(**row) for row in answer(sql, query)]
    total = number(sql, f"SELECT count(*) FROM {table}")
    return Sample(tuple(sorted(found, key=_order)), total)


def _order(hit: Hit) -> tuple[str, str, str, str, int, int]:
    """By year, newest last, then by section and place."""
    return hit.published[:4], hit.section, hit.locator, hit.field, hit.line, hit.column
