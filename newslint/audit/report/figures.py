"""The numbers of an audit: how much was read, what was found, when, where and in whose copy."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct, structs

from newslint.audit.report.asking import COUNTED
from newslint.audit.report.tables import Tables

SECTIONS, AUTHORS, SOURCES, UNREAD, REASONS = 30, 40, 20, 100, 20
"""How many of each are listed."""


class Group(Struct, frozen=True):
    """Some articles that have something in common, and what was found in them."""

    name: str
    articles: int
    words: int
    errors: int
    warnings: int
    infos: int

    @property
    def findings(self) -> int:
        """Of any severity."""
        return self.errors + self.warnings + self.infos

    def rate(self, count: int | None = None) -> float:
        """Findings, or what else was counted, for 1,000 words."""
        found = self.findings if count is None else count
        return 1000 * found / self.words if self.words else 0.0


class Groups(Struct, frozen=True):
    """The largest groups of one kind."""

    listed: tuple[Group, ...]
    missing: Group
    """The articles that belong to none."""
    count: int
    """Of all groups, those that are not listed among them."""


class Rule(Struct, frozen=True):
    """What one rule found."""

    rule: str
    severity: str
    """The gravest that it has."""
    findings: int
    articles: int
    quoted: int
    """Findings within quotations."""
    years: tuple[tuple[str, int], ...] = ()


class Unread(Struct, frozen=True):
    """Something that could not be checked."""

    locator: str
    code: str
    message: str


class Tally(Struct, frozen=True):
    """How often something is there."""

    name: str
    number: int


class Figures(Struct, frozen=True):
    """All of it."""

    all: Group
    flagged: int
    """Articles with findings."""
    grave: int
    """Articles with errors."""
    suppressed: int
    first: str
    """The earliest date of publication; empty where no article has one."""
    last: str
    months: tuple[Group, ...]
    undated: Group
    sections: Groups
    authors: Groups
    rules: tuple[Rule, ...]
    """The gravest first, then those that found most."""
    sources: tuple[Tally, ...]
    source_count: int
    within: str
    """The folder that all sources lie in."""
    languages: tuple[Tally, ...]
    notices: tuple[Tally, ...]
    unread: tuple[Unread, ...]
    unread_count: int
    reasons: tuple[Tally, ...]
    """Of what could not be checked."""


def figures(tables: Tables) -> Figures:
    """Work the numbers out; `asking.prepare` has made its tables."""
    total = tables.one(f"SELECT '' AS name, {COUNTED} FROM report_articles")
    about = tables.one(
        """SELECT CAST(coalesce(sum(CASE WHEN errors + warnings + infos > 0 THEN 1 END), 0)
            AS BIGINT) AS flagged, CAST(coalesce(sum(CASE WHEN errors > 0 THEN 1 END), 0)
            AS BIGINT) AS grave, coalesce(min(published), '') AS first_day,
            coalesce(max(published), '') AS last_day FROM report_articles""",
    )
    waved = tables.one("SELECT CAST(coalesce(sum(suppressed), 0) AS BIGINT) AS n FROM articles")
    unread = tables.one("SELECT count(*) AS n FROM articles WHERE NOT checked OR code <> ''")
    within, sources, source_count = _sources(tables)
    return Figures(
        all=Group(**total),
        flagged=about["flagged"],
        grave=about["grave"],
        suppressed=waved["n"],
        first=about["first_day"],
        last=about["last_day"],
        months=_months(tables),
        undated=_missing(tables, "month"),
        sections=_groups(tables, "section", SECTIONS),
        authors=_authors(tables),
        rules=_rules(tables),
        sources=sources,
        source_count=source_count,
        within=within,
        languages=_tallies(tables, "SELECT language AS name FROM articles WHERE checked"),
        notices=_notices(tables),
        unread=_unread(tables),
        unread_count=unread["n"],
        reasons=_tallies(tables, f"SELECT {_REASON} AS name FROM articles WHERE {_UNREAD}"),
    )


_UNREAD = "(NOT checked OR code <> '')"
_REASON = "CASE WHEN code = '' THEN 'not checked' ELSE code END"


def _months(tables: Tables) -> tuple[Group, ...]:
    query = f"""SELECT month AS name, {COUNTED} FROM report_articles
        WHERE month IS NOT NULL GROUP BY month ORDER BY month"""
    return tuple(tables.ask(query, Group))


def _missing(tables: Tables, column: str) -> Group:
    query = f"SELECT '' AS name, {COUNTED} FROM report_articles WHERE {column} IS NULL"
    return next(tables.ask(query, Group))


def _authors(tables: Tables) -> Groups:
    """An article by several counts for each of them."""
    tables.table(
        "report_authors",
        """SELECT DISTINCT article, words, errors, warnings, infos,
            nullif(trim(unnest(string_split(author, ', '))), '') AS author
            FROM report_articles WHERE author IS NOT NULL""",
    )
    found = _groups(tables, "author", AUTHORS, "report_authors")
    return structs.replace(found, missing=_missing(tables, "author"))


def _groups(tables: Tables, column: str, most: int, table: str = "report_articles") -> Groups:
    count = tables.one(f"SELECT count(DISTINCT {column}) AS n FROM {table}")
    query = f"""SELECT {column} AS name, {COUNTED} FROM {table}
        WHERE {column} IS NOT NULL GROUP BY {column}
        ORDER BY articles DESC, name LIMIT {most}"""
    return Groups(tuple(tables.ask(query, Group)), _missing(tables, column), count["n"])


def _rules(tables: Tables) -> tuple[Rule, ...]:
    years: dict[str, list[tuple[str, int]]] = {}
    query = """SELECT h.rule AS rule, a.year_of AS year_of,
        CAST(sum(h.findings) AS BIGINT) AS findings
        FROM report_hits h JOIN report_articles a
        ON h.article = a.article WHERE a.year_of IS NOT NULL
        GROUP BY h.rule, a.year_of ORDER BY rule, year_of"""
    for row in tables.ask(query, dict):
        years.setdefault(row["rule"], []).append((row["year_of"], row["findings"]))
    query = """SELECT rule, CASE WHEN sum(errors) > 0 THEN 'error'
            WHEN sum(warnings) > 0 THEN 'warning' ELSE 'info' END AS severity,
        CAST(sum(findings) AS BIGINT) AS findings, count(*) AS articles,
        CAST(sum(quoted) AS BIGINT) AS quoted,
        CASE WHEN sum(errors) > 0 THEN 0 WHEN sum(warnings) > 0 THEN 1 ELSE 2 END AS gravity
        FROM report_hits GROUP BY rule ORDER BY gravity, findings DESC, rule"""
    return tuple(
        Rule(
            row["rule"], row["severity"], row["findings"], row["articles"], row["quoted"],
            tuple(years.get(row["rule"], ())),
        )
        for row in tables.ask(query, dict)
    )  # fmt: skip


def _tallies(tables: Tables, query: str, most: int = REASONS) -> tuple[Tally, ...]:
    counted = f"""SELECT name, count(*) AS number FROM ({query}) named
        GROUP BY name ORDER BY number DESC, name LIMIT {most}"""
    return tuple(tables.ask(counted, Tally))


def _notices(tables: Tables) -> tuple[Tally, ...]:
    """What articles have to say besides findings; several of one article are taken apart."""
    counts: Counter[str] = Counter()
    query = f"""SELECT notices, count(*) AS number FROM articles
        GROUP BY notices ORDER BY number DESC, notices LIMIT {10 * REASONS}"""
    for row in tables.ask(query, dict):
        for notice in row["notices"]:
            counts[notice] += row["number"]
    order = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Tally(*item) for item in order[:REASONS])


def _sources(tables: Tables) -> tuple[str, tuple[Tally, ...], int]:
    """The folder of all sources, and what lies next below it, with how many articles."""
    ends = tables.one("SELECT min(source) AS first_one, max(source) AS last_one FROM articles")
    within = _shared_folder(ends["first_one"] or "", ends["last_one"] or "")
    below = f"split_part(substr(source, {len(within) + 1}), '/', 1)"
    count = tables.one(f"SELECT count(DISTINCT {below}) AS n FROM articles")
    named = _tallies(tables, f"SELECT {below} AS name FROM articles WHERE checked", SOURCES)
    return within, named, count["n"]


def _shared_folder(first: str, last: str) -> str:
    """The folder, with a slash, that both lie in, and with them what lies between; or nothing."""
    pairs = enumerate(zip(first, last, strict=False))
    end = next((at for at, (one, other) in pairs if one != other), min(len(first), len(last)))
    return first[: first.rfind("/", 0, end) + 1]


def _unread(tables: Tables) -> tuple[Unread, ...]:
    query = f"""SELECT locator, {_REASON} AS code, message FROM articles WHERE {_UNREAD}
        ORDER BY source, record, locator LIMIT {UNREAD}"""
    return tuple(tables.ask(query, Unread))
