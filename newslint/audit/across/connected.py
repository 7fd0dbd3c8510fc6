"""What is connected by pairs, over any number of steps, by SQL."""

from __future__ import annotations

from newslint.audit.sql import Sql, number


def connected(sql: Sql, name: str, pairs: str) -> None:
    """Keep under a name each node of the pairs with its group: columns `node` and `world`.

    `pairs` is a table with the columns `one` and `other`; a group is called by its smallest node.
    Each round a node takes the smallest name around it, lowers that of the node it was called after
    too, and is then called as the one that it is now called after: chains halve each time.
    """
    links = f"{name}_links"
    sql.table(
        links,
        f"SELECT one AS here, other AS there FROM {pairs} WHERE one <> other"
        f" UNION SELECT other AS here, one AS there FROM {pairs} WHERE one <> other",
    )
    sql.table(
        name, f"SELECT here AS node, least(here, min(there)) AS world FROM {links} GROUP BY here"
    )
    ends = (
        f"FROM {links} AS l JOIN {name} AS h ON h.node = l.here"
        f" JOIN {name} AS t ON t.node = l.there WHERE h.world <> t.world"
    )
    while number(sql, f"SELECT count(*) {ends}"):
        lower = (
            f"SELECT node, min(world) AS world FROM (SELECT node, world FROM {name}"
            f" UNION ALL SELECT h.node, t.world {ends}"
            f" UNION ALL SELECT h.world AS node, t.world {ends}) AS around GROUP BY node"
        )
        sql.table(
            name,
            f"WITH lower_ones AS ({lower}) SELECT a.node, b.world"
            " FROM lower_ones AS a JOIN lower_ones AS b ON b.node = a.world",
        )
