"""Near-copies that are linked with each other, made into clusters in which all are alike.

Likeness fades along a chain: the last article need not be like the first one. So a cluster is one
article with those that are like it. What is like another one only is in a cluster with that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import floor
from typing import Any

import pyarrow as pa

from newslint.audit.across.schema import CLUSTER
from newslint.audit.sketch import CERTAIN, doubt, share
from newslint.fingerprint import digest

LEAST = 0.5
"""Share in common with the first of a cluster, below which an article is not in it."""
Row = Mapping[str, Any]


def clusters(rule: str, table: pa.Table) -> pa.Table:
    """The clusters of linked articles: rows with a sketch are articles, the others their links."""
    articles: dict[int, Row] = {}
    links: dict[int, set[int]] = {}
    for row in table.to_pylist():
        if row["other"] is None:
            articles[row["node"]] = row
        else:
            links.setdefault(row["node"], set()).add(row["other"])
            links.setdefault(row["other"], set()).add(row["node"])
    found = sorted(stars(links, lambda one, other: _are_alike(articles[one], articles[other])))
    rows = [row for star in found for row in _rows(rule, [articles[node] for node in star])]
    return pa.Table.from_pylist(rows, schema=CLUSTER)


def stars(
    links: Mapping[int, set[int]], are_alike: Callable[[int, int], bool]
) -> Iterator[list[int]]:
    """Sets of articles, ascending: one is linked with all, and the first is like all.

    Every two that are linked are in one of the sets.
    """
    left = {node: set(others) for node, others in links.items()}
    while any(left.values()):
        centre = max(left, key=lambda node: (len(left[node]), -node))
        first = min(centre, *left[centre])
        near = (n for n in left[centre] if first in (n, centre) or are_alike(first, n))
        star = sorted({centre, *near})
        yield star
        for node in star:
            left[node].difference_update(star)


def _are_alike(one: Row, other: Row) -> bool:
    return share(one["sketch"], other["sketch"]) >= LEAST + CERTAIN * doubt(LEAST)


def _rows(rule: str, members: Sequence[Row]) -> Iterator[dict[str, Any]]:
    first = members[0]
    name = digest(rule, *(f"{row['source']} {row['record']}" for row in members))
    kept = ("source", "record", "locator", "published", "headline", "field", "line", "text")
    for row in members:
        score = share(first["sketch"], row["sketch"])
        yield {
            **{column: row[column] for column in kept},
            "kind": "copy", "rule": rule, "cluster": name,
            "subject": first["headline"] or first["locator"],
            "role": "first" if row is first else "copy",
            "start": row["begin_at"], "end": row["end_at"], "column": row["col"], "score": score,
            "note": "" if row is first else f"{floor(100 * score)} % in common with the first",
        }  # fmt: skip
