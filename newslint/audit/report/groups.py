"""Places in several articles that have to do with each other, the most telling first."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor
from typing import Any

from msgspec import Struct, convert

from newslint.audit.report.tables import Tables
from newslint.reports.wording import plural

KINDS = {
    "headline": "Headlines that ran more than once",
    "copy": "Copy that ran more than once",
    "title": "People and their titles over time",
    "name": "Names in several spellings",
    "quotation": "Quotations that drifted",
}
"""What comparisons make of archives, as reports call it."""
ALL = 1 << 40
MEMBERS = 8
"""Of a cluster that are shown."""
CLUSTERS = 60
"""Of a kind that are shown."""
AGAINST = ("disagrees", "variant")
"""The roles of members that are held against the others."""
MARKED = {"title": "disagrees", "name": "other spelling", "quotation": "other words"}
"""What is said of them, by kind."""
PLACES = {"headline": "article", "copy": "article"}
"""What members are, where they are not places in articles."""
_IN_TIME = "day, source, record, line, text"
_AGAINST = "role IN (" + ", ".join(f"'{role}'" for role in AGAINST) + ")"


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

    @property
    def disagrees(self) -> bool:
        """Whether it is held against the others."""
        return self.role in AGAINST

    @property
    def share(self) -> str:
        """“93 % in common”; empty where no share is known, and for the first of a cluster."""
        if self.score is None or self.role == "first":
            return ""
        return f"{floor(100 * self.score)} % in common"


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

    def told(self, name: str) -> str:
        """“64, in 128 articles”, of the kind of this name."""
        return f"{self.count:,}, in {plural(self.members, PLACES.get(name, 'place'))}"


def kinds(
    tables: Tables, clusters: int = CLUSTERS, members: int = MEMBERS, only: str = ""
) -> Mapping[str, Kind]:
    """The clusters by kind, or of one kind `only`, with so many of them and of their members."""
    where = f"WHERE kind = '{only}'" if only else ""
    tables.table(
        "report_clusters",
        f"""SELECT kind, cluster, min(rule) AS rule, min(subject) AS subject, count(*) AS size,
            CAST(sum(CASE WHEN {_AGAINST} THEN 1 ELSE 0 END) AS BIGINT) AS disagreeing
            FROM clusters {where} GROUP BY kind, cluster""",
    )
    tables.table(
        "report_chosen",
        f"""SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY kind
            ORDER BY disagreeing DESC, size DESC, subject, cluster) AS place
            FROM report_clusters) ranked WHERE place <= {clusters}""",
    )
    found: dict[str, list[Cluster]] = {}
    shown = _members(tables, members)
    for row in tables.ask("SELECT * FROM report_chosen ORDER BY kind, place", dict):
        inside = shown[row["kind"], row["cluster"]]
        found.setdefault(row["kind"], []).append(convert({**row, "members": inside}, Cluster))
    counts = """SELECT kind, count(*) AS count_all, CAST(sum(size) AS BIGINT) AS members
        FROM report_clusters GROUP BY kind ORDER BY kind"""
    return {
        row["kind"]: Kind(tuple(found.get(row["kind"], ())), row["count_all"], row["members"])
        for row in tables.ask(counts, dict)
    }


def _members(tables: Tables, most: int) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Where there is not room for all: those that disagree first, then some of each wording.

    In the order of their dates.
    """
    query = f"""SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY kind, cluster
            ORDER BY CASE WHEN {_AGAINST} THEN 0 ELSE 1 END, nth, {_IN_TIME}) AS turn FROM (
        SELECT m.kind, m.cluster, m.role, m.source, m.record, m.locator, m.published, m.headline,
            m.line, m.text, m.score, m.note, a.section, a.author, a.url,
            coalesce(m.published, '9999') AS day, row_number() OVER (
            PARTITION BY m.kind, m.cluster, m.text ORDER BY coalesce(m.published, '9999'),
            m.source, m.record, m.line, m.role, m.note) AS nth
        FROM clusters m JOIN report_chosen c ON m.kind = c.kind AND m.cluster = c.cluster
        LEFT JOIN report_articles a ON m.source = a.source AND m.record = a.record) spread) ordered
        WHERE turn <= {most} ORDER BY {_IN_TIME}, turn"""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in tables.ask(query, dict):
        found.setdefault((row["kind"], row["cluster"]), []).append(row)
    return found
