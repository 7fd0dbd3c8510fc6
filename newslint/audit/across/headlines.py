"""Headlines that stand over several articles.

Headlines that may be the same share a key, a half of their words. Of each wording one is held
against the others of the key by the rule itself; what is linked so, over any number of steps, is a
world.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import pyarrow as pa

from newslint.audit.across.connected import connected
from newslint.audit.across.parts import SEVERAL, bounded, judge_parts
from newslint.audit.across.rules import checker_of, comparison_of
from newslint.audit.across.voices import Row, each_alone
from newslint.audit.across.worlds import Cluster, Member
from newslint.audit.sql import SAID, Sql
from newslint.audit.task import Task
from newslint.kinds.contract import Clash, Voice

PAIRS = pa.schema([pa.field("one", pa.string()), pa.field("other", pa.string())])


def worlds(sql: Sql, said: str, task: Task) -> tuple[str, list[str]]:
    """The table of the worlds of the facts of one rule, and notices."""
    pairs, linked, titles = f"{said}_pairs", f"{said}_linked", f"{said}_titles"
    shared = f"SELECT key FROM {said} GROUP BY key HAVING min(value2) < max(value2)"
    sql.table(
        f"{said}_meeting",
        f"SELECT {SAID} FROM (SELECT s.*, row_number() OVER (PARTITION BY s.key, s.value2"
        f" ORDER BY s.source, s.record) AS nth FROM {said} AS s"
        f" JOIN ({shared}) AS k ON k.key = s.key) AS n WHERE nth = 1",
    )
    met, cut = bounded(sql, f"{said}_met", f"{said}_meeting", "key")
    judge_parts(sql, pairs, met, ("rule", "key"), partial(_pairs, task), PAIRS)
    connected(sql, linked, pairs)
    sql.view(
        titles,
        f"SELECT value2 AS title, value2 AS world FROM {said} LEFT JOIN {linked} ON node = value2"
        f" WHERE node IS NULL GROUP BY value2 HAVING {SEVERAL}"
        f" UNION ALL SELECT node AS title, world FROM {linked}",
    )
    sql.table(
        f"{said}_worlds",
        f"SELECT s.*, t.world, s.value2 AS share, false AS witness FROM {said} AS s"
        f" JOIN {titles} AS t ON t.title = s.value2",
    )
    return f"{said}_worlds", [
        f"too many headlines begin or end with “{key.partition(' ')[2]}”: {count:,} of them were"
        " compared by other words alone"
        for key, count in cut
    ]


def _pairs(task: Task, said: list[Row]) -> Iterator[Row]:
    """Headlines of one key that are about the same, by their words."""
    comparison = comparison_of(checker_of(task).comparing_rules[said[0]["rule"]])
    assert comparison.kindred is not None
    voices = each_alone(said)
    words = [voice.facts[0].values[1] for voice in voices]
    found = {tuple(sorted((words[one], words[other]))) for one, other in comparison.kindred(voices)}
    return ({"one": one, "other": other} for one, other in sorted(found))


def _subject(clashes: Sequence[Clash]) -> str:
    return _oldest(clashes).fact.values[0]


def _members(_: Sequence[Voice], clashes: Sequence[Clash]) -> Iterator[Member]:
    first = _oldest(clashes)
    for clash in clashes:
        same = clash.fact.values[1] == first.fact.values[1]
        role = "first" if clash is first else "copy"
        yield Member(clash.voice, clash.fact, role, "" if same else "differs by a word or more")


def _oldest(clashes: Sequence[Clash]) -> Clash:
    """Of the headlines the one published first; of several the first by path."""
    return min(clashes, key=lambda clash: clash.voice.published or "9999")


CLUSTER = Cluster("headline", _subject, _members)
