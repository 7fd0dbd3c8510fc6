"""Near-copies across an archive: who shares a bucket is compared, who is alike makes clusters.

A bucket holds the articles that have some numbers of their sketches in common. What stands in
thousands of articles makes buckets with millions of pairs: these are cut into slices, and told.
"""

from __future__ import annotations

from array import array
from functools import partial
from itertools import repeat
from typing import Any, NamedTuple
from zlib import crc32

import msgspec
import pyarrow as pa

from newslint.audit.across.connected import connected
from newslint.audit.across.schema import ACROSS_FINDINGS, CLUSTER
from newslint.audit.across.stars import clusters
from newslint.audit.sketch import (
    CERTAIN,
    PERMUTATIONS,
    doubt,
    numbers,
    share,
    share_as_written,
)
from newslint.audit.sql import Sql, answer, number
from newslint.checker import Checker
from newslint.fingerprint import digest
from newslint.kinds.duplicate.articles import NearDuplicate
from newslint.lint import MAX_RELATED, shown
from newslint.rule import Rule, fill

FOUND = 0.999
"""Share of the pairs at the threshold that meet in a bucket."""
AS_WRITTEN = 0.5
"""The least that two sources have in common, markup and addresses and all, to be copies."""
_BANDS = pa.schema([("bucket", pa.int64()), ("node", pa.int64())])
_ALIKE = pa.schema([("node", pa.int64()), ("other", pa.int64()), ("share", pa.float64())])
_SKETCHES = """(
    SELECT n.node, s.sketch FROM copy_nodes n
    JOIN sketches s ON s.source = n.source AND s.record = n.record)"""


class Bounds(NamedTuple):
    """How much is looked at where much is alike."""

    slice: int = 64
    """Articles of a bucket of which each is compared with each."""
    members: int = 500
    """Articles of a chain that are made into clusters: the oldest."""


class Copies(NamedTuple):
    """The tables that tell of near-copies, one of each for each rule."""

    clusters: list[str]
    """In the columns of `schema.CLUSTER`."""
    findings: list[str]
    """In the columns of `schema.ACROSS_FINDINGS`."""
    suppressed: list[str]
    """Source and record of each article whose finding is suppressed."""
    notices: list[str]


def near_copies(sql: Sql, checker: Checker, bounds: Bounds = Bounds()) -> Copies:  # noqa: B008
    """Compare the copy of all articles, for each rule that looks at whole articles."""
    made = Copies([], [], [], [])
    for name, ready in sorted(checker.comparing_rules.items()):
        if ready.rule.kind == "duplicate" and ready.rule.options.get("check") == "article":
            options = msgspec.convert(ready.rule.options, NearDuplicate, strict=False)
            nth = len(made.clusters)
            made.notices.extend(_pairs(sql, name, options.threshold, bounds.slice))
            made.notices.extend(_components(sql, name, bounds.members))
            made.clusters.append(f"copy_clusters{nth}")
            of = _members(bounds.members)
            sql.judge(made.clusters[-1], of, ["world"], partial(clusters, name), CLUSTER)
            made.findings.append(f"copy_findings{nth}")
            told = partial(_told, _rules(sql, checker, name))
            spoken = f"{_NEAREST} AND NOT {_HUSHED}"
            sql.map(made.findings[-1], spoken, told, ACROSS_FINDINGS)
            made.suppressed.append(f"copy_suppressed{nth}")
            hushed = f"SELECT source, record FROM ({_NEAREST} AND {_HUSHED}) hushed"
            sql.table(made.suppressed[-1], hushed)  # the next rule has links of its own
            sql.drop("copy_b")  # bands and buckets are many
    return made


def _pairs(sql: Sql, rule: str, threshold: float, slice_: int) -> list[str]:
    """Make `copy_nodes`, whose numbers go by age, and `copy_links`: who is alike, both ways."""
    least = threshold - 2 * doubt(threshold)  # what is at the threshold shall be found
    sql.table("copy_nodes", f"""
        SELECT ROW_NUMBER() OVER (ORDER BY published IS NULL, published, locator) AS node,
            source, record, locator, published, headline, overrides, value2 AS title,
            field, begin_at, end_at, line, col, text, waved
        FROM said WHERE rule = '{rule}' AND number = 0""")  # fmt: skip
    banded = partial(_banded, rows_of(least))
    sql.map("copy_bands", f"SELECT node, sketch FROM {_SKETCHES} k", banded, _BANDS)
    sql.table(
        "copy_sizes",
        """
        SELECT bucket, COUNT(*) AS size FROM copy_bands GROUP BY bucket HAVING COUNT(*) > 1""",
    )
    sql.table("copy_buckets", f"""
        SELECT bucket, node, nth, CAST(FLOOR((nth - 1) / {slice_}) AS BIGINT) AS slice FROM (
            SELECT b.bucket, b.node,
                ROW_NUMBER() OVER (PARTITION BY b.bucket ORDER BY b.node) AS nth
            FROM copy_bands b JOIN copy_sizes s ON s.bucket = b.bucket) numbered""")  # fmt: skip
    sql.view("copy_candidates", f"""
        SELECT a.node, b.node AS other FROM copy_buckets a
        JOIN copy_buckets b ON a.bucket = b.bucket AND a.slice = b.slice AND a.nth < b.nth
        UNION
        SELECT a.node, b.node AS other FROM copy_buckets a JOIN copy_buckets b
            ON a.bucket = b.bucket AND a.nth = 1 AND b.nth > 1 AND (b.nth - 1) % {slice_} = 0
        """)  # fmt: skip
    both = f"""
        SELECT c.node, c.other, a.sketch, b.sketch AS other_sketch FROM copy_candidates c
        JOIN {_SKETCHES} a ON a.node = c.node JOIN {_SKETCHES} b ON b.node = c.other"""
    sql.map("copy_pairs", both, partial(_alike, least), _ALIKE)
    sql.view(
        "copy_links",
        """
        SELECT node, other, share FROM copy_pairs
        UNION ALL SELECT other AS node, node AS other, share FROM copy_pairs""",
    )
    return _cut(sql, rule, slice_)


def rows_of(threshold: float) -> int:
    """How many numbers make a bucket: the most that let pairs at the threshold meet in one."""
    for rows in range(PERMUTATIONS, 1, -1):
        if 1 - (1 - threshold**rows) ** (PERMUTATIONS // rows) >= FOUND:
            return rows
    return 1


def _banded(rows: int, table: pa.Table) -> pa.Table:
    buckets, nodes = array("q"), array("q")
    bands = PERMUTATIONS // rows
    for sketch, node in zip(table["sketch"], table["node"], strict=True):
        signature = numbers(sketch.as_py()).tobytes()
        for band in range(bands):
            piece = signature[2 * band * rows : 2 * (band + 1) * rows]
            buckets.append(band << 32 | crc32(piece))
        nodes.extend(repeat(node.as_py(), bands))
    return pa.table([pa.array(buckets, pa.int64()), pa.array(nodes, pa.int64())], schema=_BANDS)


def _alike(least: float, table: pa.Table) -> pa.Table:
    as_written = AS_WRITTEN + CERTAIN * doubt(AS_WRITTEN)
    found = []
    for row in table.to_pylist():
        estimate = share(row["sketch"], row["other_sketch"])
        if estimate >= least and share_as_written(row["sketch"], row["other_sketch"]) >= as_written:
            found.append({"node": row["node"], "other": row["other"], "share": estimate})
    return pa.Table.from_pylist(found, schema=_ALIKE)


def _cut(sql: Sql, rule: str, slice_: int) -> list[str]:
    """What to say of buckets that were too large to compare each article with each."""
    large = f"SELECT bucket FROM copy_sizes WHERE size > {slice_}"
    buckets = _count(sql, large)
    if not buckets:
        return []
    of = f"SELECT DISTINCT node FROM copy_buckets WHERE bucket IN ({large})"
    return [
        f"{rule}: {_count(sql, of):,} articles share passages with more than {slice_} others"
        f" ({buckets:,} groups): of these not every two were compared, but {slice_} at a time"
    ]


def _components(sql: Sql, rule: str, members: int) -> list[str]:
    """Make `copy_labels`: nodes that are linked, over however many others, are of one `world`."""
    sql.view("copy_joined", "SELECT node AS one, other FROM copy_pairs")
    connected(sql, "copy_labels", "copy_joined")
    large = f"SELECT world FROM copy_labels GROUP BY world HAVING COUNT(*) > {members}"
    too_large = _count(sql, large)
    return [
        f"{rule}: {too_large:,} clusters have more than {members:,} articles each: of these the"
        f" oldest {members:,} are listed, and every article has its finding"
    ] if too_large else []  # fmt: skip


def _members(most: int) -> str:
    """A row for each member of a component, the oldest, and one for each two that are alike."""
    listed = f"""(
        SELECT world, node FROM (
            SELECT world, node, ROW_NUMBER() OVER (PARTITION BY world ORDER BY node) AS nth
            FROM copy_labels) ordered
        WHERE nth <= {most})"""
    return f"""
        SELECT l.world, n.node, CAST(NULL AS BIGINT) AS other, n.source, n.record, n.locator,
            n.published, n.headline, n.field, n.begin_at, n.end_at, n.line, n.col, n.text, s.sketch
        FROM {listed} l JOIN copy_nodes n ON n.node = l.node JOIN {_SKETCHES} s ON s.node = l.node
        UNION ALL
        SELECT l.world, p.node, p.other, NULL, NULL, NULL,
            NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
        FROM copy_pairs p JOIN {listed} l ON l.node = p.node JOIN {listed} o ON o.node = p.other"""


_NEAREST = """
    SELECT * FROM (
        SELECT n.*, o.title AS other_title,
            ROW_NUMBER() OVER (PARTITION BY l.node ORDER BY l.share DESC, l.other) AS nth,
            CAST(SUM(CASE WHEN o.waved THEN 0 ELSE 1 END) OVER (PARTITION BY l.node) AS BIGINT)
                AS others
        FROM copy_links l JOIN copy_nodes n ON n.node = l.node
        JOIN copy_nodes o ON o.node = l.other) linked
    WHERE nth = 1"""
"""Each article that is like another one, with the one it is most alike."""
_HUSHED = "(waved OR others = 0)"
"""Where that is suppressed here, or in all the others."""


def _rules(sql: Sql, checker: Checker, rule: str) -> dict[str, Rule]:
    """The rule as it holds under each set of overrides, where it does."""
    found = {}
    for row in answer(sql, "SELECT DISTINCT overrides FROM copy_nodes"):
        overrides = row["overrides"]
        of = checker.rules(tuple(map(int, filter(None, overrides.split(",")))))
        if rule in of:
            found[overrides] = of[rule].rule
    return found


def _told(rules: dict[str, Rule], table: pa.Table) -> pa.Table:
    rows = [row for row in table.to_pylist() if row["overrides"] in rules]
    return pa.Table.from_pylist(
        [_finding(rules[row["overrides"]], row) for row in rows], schema=ACROSS_FINDINGS
    )


def _finding(rule: Rule, row: dict[str, Any]) -> dict[str, Any]:
    values = {"match": shown(row["title"]), "other": shown(row["other_title"])}
    more = " (and more places)" if row["others"] > MAX_RELATED else ""
    kept = ("source", "record", "locator", "field", "line", "text")
    return {
        **{name: row[name] for name in kept},
        "start": row["begin_at"], "end": row["end_at"], "column": row["col"],
        "rule": rule.id, "severity": rule.severity, "message": fill(rule.message, values) + more,
        "before": "", "shown": "", "after": "", "quoted": False,
        "advice": fill(rule.fix, values),
        "fingerprint": digest("across", "", "0"), "across": True,
    }  # fmt: skip


def _count(sql: Sql, query: str) -> int:
    return number(sql, f"SELECT COUNT(*) FROM ({query}) counted")
