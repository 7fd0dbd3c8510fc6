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
from newslint.audit.across.rules import checker_of, comparison_of
from newslint.audit.across.voices import each_alone, table_of
from newslint.audit.across.worlds import Cluster, Member
from newslint.audit.sql import Sql
from newslint.audit.task import Task
from newslint.kinds.contract import Clash, Voice

PAIRS = pa.schema([pa.field("one", pa.string()), pa.field("other", pa.string())])


def worlds(sql: Sql, said: str, task: Task) -> tuple[str, list[str]]:
    """The table of the worlds of the facts of one rule, and notices."""
    firsts, pairs, linked, name = (
        f"{said}_{what}" for what in ("firsts", "pairs", "linked", "worlds")
    )
    sql.table(
        f"{said}_wordings",
        "SELECT source, record FROM (SELECT source, record, row_number() OVER (PARTITION BY value2"
        f" ORDER BY source, record, number) AS nth FROM {said}) AS n WHERE nth = 1",
    )
    sql.table(
        firsts,
        f"SELECT s.* FROM {said} AS s JOIN {said}_wordings AS w"
        " ON w.source = s.source AND w.record = s.record",
    )
    shared = f"SELECT key FROM {firsts} GROUP BY key HAVING min(value2) < max(value2)"
    query = f"SELECT f.* FROM {firsts} AS f JOIN ({shared}) AS k ON k.key = f.key"
    sql.judge(pairs, query, ("rule", "key"), partial(_pairs, task), PAIRS)
    connected(sql, linked, pairs)
    sql.table(
        name,
        "SELECT s.*, coalesce(l.world, s.value2) AS world, s.value2 AS share, false AS witness"
        f" FROM {said} AS s LEFT JOIN {linked} AS l ON l.node = s.value2",
    )
    several = (
        f"SELECT world FROM {name} GROUP BY world"
        " HAVING min(source) < max(source) OR min(record) < max(record)"
    )
    sql.table(
        f"{name}_kept", f"SELECT w.* FROM {name} AS w JOIN ({several}) AS m ON m.world = w.world"
    )
    return f"{name}_kept", []


def _pairs(task: Task, table: pa.Table) -> pa.Table:
    """Headlines of one key that are about the same, by their words."""
    rule = table["rule"][0].as_py()
    comparison = comparison_of(checker_of(task).comparing_rules[rule])
    assert comparison.kindred is not None
    voices = each_alone(table)
    words = [voice.facts[0].values[1] for voice in voices]
    found = {tuple(sorted((words[one], words[other]))) for one, other in comparison.kindred(voices)}
    return table_of(({"one": one, "other": other} for one, other in sorted(found)), PAIRS)


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
