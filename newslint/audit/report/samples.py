"""Some findings of each rule, spread over years, sections and articles; always the same ones."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct, convert

from newslint.audit.report.figures import Rule
from newslint.audit.report.tables import Tables

SAMPLES = 1500
"""Findings on a page, of all rules together."""
WORST, OF_WORST = 30, 8
"""Articles that most is to be said of, and findings that are shown of each."""
SHORT = 200
"""Words; a shorter article counts as one of so many where articles are compared."""
_ORDER = "ORDER BY grave DESC, rate DESC, infos DESC, source, record"
_SHARED = """SELECT article, sum(CASE WHEN severity = 'error' THEN 1 ELSE 0 END) AS errors,
    sum(CASE WHEN severity = 'warning' THEN 1 ELSE 0 END) AS warnings
    FROM report_findings WHERE across GROUP BY article"""
_GRAVITY = "CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END"
_SHOWN = """f.rule, f.severity, f.message, f.line, f.before, f.after, f.quoted, f.advice,
    CASE WHEN trim(f.shown) <> '' THEN f.shown WHEN trim(f.text) = '' THEN ''
        ELSE concat(' ', f.text, ' ') END AS text,
    f.locator, f.field, a.headline, a.published, a.section, a.author, a.url"""


class Sample(Struct, frozen=True):
    """A finding as a reader sees it, with the article that it is in."""

    rule: str
    severity: str
    message: str
    line: int
    text: str
    before: str
    after: str
    quoted: bool
    advice: str
    locator: str
    field: str
    headline: str | None
    published: str | None
    section: str | None
    author: str | None
    url: str | None


class Worst(Struct, frozen=True):
    """An article that much is to be said of."""

    locator: str
    headline: str | None
    published: str | None
    section: str | None
    author: str | None
    url: str | None
    words: int
    errors: int
    warnings: int
    infos: int
    rate: float
    """Errors and warnings of its own for 1,000 words, of `SHORT` at least."""
    samples: tuple[Sample, ...] = ()


def share(rules: Sequence[Rule], budget: int = SAMPLES) -> int:
    """How many samples each rule may have, so that all together fit the budget."""

    def used(most: int) -> int:
        return sum(min(rule.findings, most) for rule in rules)

    return max(bisect_right(range(budget + 1), budget, key=used) - 1, 1)


def samples(tables: Tables, most: int) -> dict[str, list[Sample]]:
    """At most so many findings of each rule.

    Articles take turns, and so do years with sections; among equals a hash decides, so that the
    choice depends on nothing but the findings.
    """
    tables.table(
        "report_picked",
        f"""SELECT rule, hash, turn FROM (
            SELECT rule, hash,
                row_number() OVER (PARTITION BY rule ORDER BY nth, place, hash) AS turn FROM (
            SELECT rule, hash, nth, row_number() OVER (
                PARTITION BY rule, year_of, section, nth ORDER BY hash) AS place FROM (
            SELECT f.rule AS rule, f.hash AS hash, a.year_of AS year_of, a.section AS section,
                row_number() OVER (PARTITION BY f.rule, f.article ORDER BY f.hash) AS nth
            FROM report_findings f JOIN report_articles a ON f.article = a.article
            ) spread) placed) taken WHERE turn <= {most}""",
    )
    query = f"""SELECT {_SHOWN} FROM report_findings f
        JOIN report_picked p ON f.hash = p.hash AND f.rule = p.rule
        JOIN report_articles a ON f.article = a.article
        ORDER BY f.rule, p.turn, f.line, f.message"""
    found: dict[str, list[Sample]] = {}
    for sample in tables.ask(query, Sample):
        found.setdefault(sample.rule, []).append(sample)
    return found


def worst(tables: Tables, most: int = WORST) -> list[Worst]:
    """The articles with errors first, then those with most warnings for their length.

    What several articles tell together does not count: it is shown where they are compared.
    """
    tables.table(
        "report_worst",
        f"""SELECT article, source, record, locator, headline, published, section, author, url,
            words, errors, warnings, infos, grave,
            1000.0 * (grave + warned) / greatest(words, {SHORT}) AS rate
            FROM (SELECT a.*, a.errors - coalesce(x.errors, 0) AS grave,
                a.warnings - coalesce(x.warnings, 0) AS warned FROM report_articles a
                LEFT JOIN ({_SHARED}) x ON a.article = x.article) own
            WHERE grave + warned > 0 {_ORDER} LIMIT {most}""",
    )
    query = f"""SELECT * FROM (SELECT {_SHOWN}, f.article AS article, row_number() OVER (
            PARTITION BY f.article ORDER BY {_GRAVITY}, f.across, f.line,
            f.rule, f.message) AS place FROM report_findings f
            JOIN report_worst a ON f.article = a.article) ordered
        WHERE place <= {OF_WORST} ORDER BY article, place"""
    shown: dict[int, list[dict[str, Any]]] = {}
    for row in tables.ask(query, dict):
        shown.setdefault(row["article"], []).append(row)
    found = tables.ask(f"SELECT * FROM report_worst {_ORDER}", dict)
    return [convert({**row, "samples": shown[row["article"]]}, Worst) for row in found]


def findings(tables: Tables, rule: str) -> Iterator[Sample]:
    """All findings of a rule, in the order of their articles, one at a time."""
    name = rule.replace("'", "''")
    query = f"""SELECT {_SHOWN} FROM report_findings f JOIN report_articles a
        ON f.article = a.article WHERE f.rule = '{name}'
        ORDER BY f.source, f.record, f.field, f.line, f.fingerprint, f.message"""
    return tables.ask(query, Sample)
