"""Quotations that are told in other words.

Sentences meet that have two runs of words in common; a run that many wordings have is a turn of
speech and does not count. What is linked so, over any number of steps, is a world.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newslint.audit.across.connected import connected
from newslint.audit.across.worlds import Cluster, Member, places
from newslint.audit.sql import SAID, Sql
from newslint.audit.task import Task
from newslint.kinds.contract import Clash, Voice
from newslint.kinds.quotation.wordings import CROWD

_WORDING = "md5(concat(value1, '\t', value2))"


def worlds(sql: Sql, said: str, _: Task) -> tuple[str, list[str]]:
    """The table of the worlds of the facts of one rule, and notices."""
    keyed, pairs, linked, name = (
        f"{said}_{what}" for what in ("keyed", "pairs", "linked", "worlds")
    )
    sentences = (
        f"SELECT source, record, field, begin_at, end_at, value1 AS speaker, {_WORDING} AS wording"
        f" FROM {said} WHERE value1 IS NOT NULL"
    )
    sql.table(
        keyed,
        f"SELECT s.source, s.record, s.number, s.key, w.speaker, w.wording FROM {said} AS s"
        f" JOIN ({sentences}) AS w"
        " ON w.source = s.source AND w.record = s.record AND w.field = s.field"
        " AND w.begin_at = s.begin_at AND w.end_at = s.end_at",
    )
    sql.table(f"{said}_wordings", f"SELECT DISTINCT key, speaker, wording FROM {keyed}")
    sql.table(
        f"{said}_meeting",
        f"SELECT key FROM {said}_wordings GROUP BY key HAVING count(*) BETWEEN 2 AND {CROWD}",
    )
    met = f"(SELECT w.* FROM {said}_wordings AS w JOIN {said}_meeting AS m ON m.key = w.key)"
    sql.table(
        pairs,
        f"SELECT a.wording AS one, b.wording AS other FROM {met} AS a JOIN {met} AS b"
        " ON a.key = b.key AND a.wording < b.wording"
        " AND (a.speaker = b.speaker OR a.speaker = '' OR b.speaker = '')"
        " GROUP BY a.wording, b.wording HAVING count(*) > 1",
    )
    connected(sql, linked, pairs)
    sql.table(name, _told(said))
    return name, []


def _told(said: str) -> str:
    """The facts on linked wordings; a key that does not count is one of its own."""
    columns = ", ".join(
        "CASE WHEN m.key IS NULL THEN concat('alone ', s.source, ' ', s.record, ' ', s.number)"
        " ELSE s.key END AS key" if column == "key" else f"s.{column}"
        for column in SAID.split(", ")
    )  # fmt: skip
    return (
        f"SELECT {columns}, l.world, l.node AS share, false AS witness FROM {said}_keyed AS k"
        f" JOIN {said}_linked AS l ON l.node = k.wording"
        f" JOIN {said} AS s ON s.source = k.source AND s.record = k.record AND s.number = k.number"
        f" LEFT JOIN {said}_meeting AS m ON m.key = s.key"
        " WHERE s.value1 IS NOT NULL OR m.key IS NOT NULL"
    )


def _subject(clashes: Sequence[Clash]) -> str:
    return clashes[0].fact.values[3]


def _members(_: Sequence[Voice], clashes: Sequence[Clash]) -> Iterator[Member]:
    found = sorted(places(clashes), key=lambda one: (one[0].published or "9999", one[0].path))
    first = found[0][1].values[1]
    for number, (voice, fact, _objected) in enumerate(found):
        role = "variant" if fact.values[1] != first else "copy" if number else "first"
        yield Member(voice, fact, role, f"said by {fact.values[4]}" * bool(fact.values[4]))


CLUSTER = Cluster("quotation", _subject, _members)
