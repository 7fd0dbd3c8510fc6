"""Places in several articles that have to do with each other, the most telling first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, convert

from newslint.audit.report.asking import ask
from newslint.audit.sql import Sql

MEMBERS = 12
"""Of a cluster that are shown."""
CLUSTERS = 60
"""Of a kind that are shown."""
DISAGREES = "disagrees"
"""The role of a member that is held against the others."""


class Member(Struct, frozen=True):
    """A place in one article."""

    role: str
    locator: str
    published: str | None
    headline: str | None
    line: int
    text: str
    score: float | None
    note: str
    section: str | None
    author: str | None
    url: str | None


class Cluster(Struct, frozen=True):
    """Places that belong together."""

    kind: str
    rule: str
    subject: str
    size: int
    """Members, those that are not shown among them."""
    disagreeing: int
    members: tuple[Member, ...]
    """Ordered by date."""


class Kind(Struct, frozen=True):
    """All clusters of one kind."""

    clusters: tuple[Cluster, ...]
    """Those that are shown."""
    count: int
    members: int
    """Of all clusters."""


def kinds(sql: Sql, clusters: int = CLUSTERS, members: int = MEMBERS) -> Mapping[str, Kind]:
    """The clusters by kind."""
    sql.table(
        "report_clusters",
        f"""SELECT kind, cluster, min(rule) AS rule, min(subject) AS subject, count(*) AS size,
            CAST(sum(CASE WHEN role = '{DISAGREES}' THEN 1 ELSE 0 END) AS BIGINT) AS disagreeing
            FROM clusters GROUP BY kind, cluster""",
    )
    sql.table(
        "report_chosen",
        f"""SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY kind
            ORDER BY disagreeing DESC, size DESC, subject, cluster) AS place
            FROM report_clusters) ranked WHERE place <= {clusters}""",
    )
    found: dict[str, list[Cluster]] = {}
    shown = _members(sql, members)
    for row in ask(sql, "SELECT * FROM report_chosen ORDER BY kind, place", dict):
        inside = shown[row["kind"], row["cluster"]]
        found.setdefault(row["kind"], []).append(convert({**row, "members": inside}, Cluster))
    counts = """SELECT kind, count(*) AS count_all, CAST(sum(size) AS BIGINT) AS members
        FROM report_clusters GROUP BY kind ORDER BY kind"""
    return {
        row["kind"]: Kind(tuple(found[row["kind"]]), row["count_all"], row["members"])
        for row in ask(sql, counts, dict)
    }


def _members(sql: Sql, most: int) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Those that disagree before others where there is not room for all; then by date."""
    query = f"""SELECT * FROM (SELECT m.kind, m.cluster, m.role, m.source, m.record, m.locator,
            m.published, m.headline, m.line, m.text, m.score, m.note,
            a.section, a.author, a.url, row_number() OVER (PARTITION BY m.kind, m.cluster
            ORDER BY CASE WHEN m.role = '{DISAGREES}' THEN 0 ELSE 1 END,
            coalesce(m.published, '9999'), m.source, m.record, m.line, m.text) AS turn
            FROM clusters m JOIN report_chosen c ON m.kind = c.kind AND m.cluster = c.cluster
            LEFT JOIN report_articles a ON m.source = a.source AND m.record = a.record) ordered
        WHERE turn <= {most} ORDER BY coalesce(published, '9999'), source, record, line, turn"""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in ask(sql, query, dict):
        found.setdefault((row["kind"], row["cluster"]), []).append(row)
    return found
