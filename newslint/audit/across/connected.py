"""What is connected by pairs, over any number of steps, by SQL."""

from __future__ import annotations

from newslint.audit.sql import Sql


def connected(sql: Sql, name: str, pairs: str) -> None:
    """Keep under a name each node of the pairs with its group: columns `node` and `world`.

    `pairs` is a table with the columns `one` and `other`, both strings; a group is called by its
    smallest node. Each round a node takes the smallest name that it and its neighbours know, and
    then the one that this name knows, so that long chains take few rounds.
    """
    links, known, told = f"{name}_links", f"{name}_known", f"{name}_told"
    sql.table(
        links,
        f"SELECT one AS here, other AS there FROM {pairs} WHERE one <> other"
        f" UNION SELECT other AS here, one AS there FROM {pairs} WHERE one <> other",
    )
    sql.table(
        name, f"SELECT here AS node, least(here, min(there)) AS world FROM {links} GROUP BY here"
    )
    while True:
        sql.table(known, f"SELECT node, world FROM {name}")
        sql.table(
            told,
            f"SELECT node, min(world) AS world FROM (SELECT node, world FROM {known}"
            f" UNION ALL SELECT l.here AS node, k.world FROM {links} AS l"
            f" JOIN {known} AS k ON k.node = l.there) AS heard GROUP BY node",
        )
        sql.table(
            name,
            f"SELECT t.node, least(t.world, n.world) AS world FROM {told} AS t"
            f" JOIN {told} AS n ON n.node = t.world",
        )
        changed = (
            f"SELECT count(*) AS changed FROM {name} AS now JOIN {known} AS k ON k.node = now.node"
            " WHERE now.world <> k.world"
        )
        if not any(batch.to_pylist()[0]["changed"] for batch in sql.rows(changed)):
            return
