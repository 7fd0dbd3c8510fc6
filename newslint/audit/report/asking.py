"""What all questions to the tables rest on: articles with their hits."""

from __future__ import annotations

from newslint.audit.report.tables import Tables

ARTICLE = "md5_number_lower(concat(source, '|', record))"
"""A short name of an article, by which tables are joined."""
_HASH = "md5_number_lower(concat(fingerprint, '|', source, '|', record, '|', rule))"
COUNTED = """count(*) AS articles, CAST(coalesce(sum(words), 0) AS BIGINT) AS words,
    CAST(coalesce(sum(errors), 0) AS BIGINT) AS errors,
    CAST(coalesce(sum(warnings), 0) AS BIGINT) AS warnings,
    CAST(coalesce(sum(infos), 0) AS BIGINT) AS infos"""
"""What is asked of each group of `report_articles`."""
_BY_SEVERITY = ", ".join(
    f"CAST(sum(CASE WHEN severity = '{severity}' THEN 1 ELSE 0 END) AS BIGINT) AS {severity}s"
    for severity in ("error", "warning", "info")
)
_SUMMED = ", ".join(
    f"CAST(sum({name}) AS BIGINT) AS {name}" for name in ("errors", "warnings", "infos")
)
_AUTHOR = """CASE WHEN lower(substr(trim(byline), 1, 3)) = 'by ' THEN trim(substr(trim(byline), 4))
    ELSE trim(byline) END"""


def prepare(tables: Tables) -> None:
    """Make what all questions are asked of: findings, hits by rule, and articles with theirs.

    Counts are of findings as they stand in their table, those across articles among them.
    """
    named = f"SELECT *, {ARTICLE} AS article, {_HASH} AS hash FROM findings"
    tables.view("report_findings", named)
    tables.table(
        "report_hits",
        f"""SELECT rule, article, count(*) AS findings, {_BY_SEVERITY},
            CAST(sum(CASE WHEN quoted THEN 1 ELSE 0 END) AS BIGINT) AS quoted
            FROM report_findings GROUP BY rule, article""",
    )
    tables.table(
        "report_articles",
        f"""SELECT a.article, a.source, a.record, a.locator, a.url, a.words, a.published,
            nullif(trim(a.headline), '') AS headline, nullif(trim(a.section), '') AS section,
            nullif({_AUTHOR}, '') AS author,
            substr(a.published, 1, 7) AS month, substr(a.published, 1, 4) AS year_of,
            coalesce(h.errors, 0) AS errors, coalesce(h.warnings, 0) AS warnings,
            coalesce(h.infos, 0) AS infos
            FROM (SELECT *, {ARTICLE} AS article FROM articles) a LEFT JOIN
            (SELECT article, {_SUMMED} FROM report_hits GROUP BY article) h
            ON a.article = h.article
            WHERE a.checked""",
    )
