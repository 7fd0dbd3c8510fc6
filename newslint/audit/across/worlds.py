"""Closed worlds: facts that matter to each other and to no others, judged by their rule.

A module for each sort of comparison makes a table of worlds by SQL: the columns of `said`, and

- `world`: which one a fact is in;
- `share`: of its world the part that is cut by itself where it is too large;
- `witness`: the fact is from another world and only tells how to judge this one.

The rule's own `compare` hears each world as if there were nothing else, so an archive is judged as
`check` judges a folder, and is never held in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import pyarrow as pa

from newslint.article import Span
from newslint.audit.across.parts import bounded, judge_parts
from newslint.audit.across.rules import as_it_holds, checker_of, comparison_of
from newslint.audit.across.voices import Heard, Row, heard, placed
from newslint.audit.sql import Sql
from newslint.audit.task import Task
from newslint.kinds.contract import Clash, Fact, Voice
from newslint.lint import MAX_RELATED, shown
from newslint.rule import fill

FINDING, MEMBER, EXCUSED, FAILED = "finding", "member", "excused", "failed"
PLACE = ("source", "record", "locator", "published", "headline", "key", "field", "begin_at",
          "end_at", "line", "col", "text", "identity")  # fmt: skip
_NUMBERS = frozenset({"record", "begin_at", "end_at", "line", "col"})
ANSWER = pa.schema(
    [pa.field(name, pa.string()) for name in ("sort", "rule", "world")]
    + [pa.field(name, pa.int64() if name in _NUMBERS else pa.string()) for name in PLACE]
    + [pa.field(name, pa.string()) for name in ("severity", "message", "advice")]
    + [pa.field(name, pa.bool_()) for name in ("whole", "suppressed")]
    + [pa.field(name, pa.string()) for name in ("kind", "subject", "role", "note")]
)
"""What comes of a world: findings, members of clusters, excused findings, or that a rule failed."""


class Member(NamedTuple):
    """One place of a cluster."""

    voice: Voice
    fact: Fact
    role: str
    note: str


class Cluster(NamedTuple):
    """How the clashes of a world are shown."""

    kind: str
    subject: Callable[[Sequence[Clash]], str]
    """What the clashes are about, for people."""
    members: Callable[[Sequence[Voice], Sequence[Clash]], Iterator[Member]]


def places(clashes: Sequence[Clash]) -> Iterator[tuple[Voice, Fact, bool]]:
    """All places that clashes name, each once, and whether it is one that is objected to."""
    objected = {(clash.voice.path, clash.fact.span) for clash in clashes}
    seen: set[tuple[str, Span]] = set()
    for clash in clashes:
        for voice, fact in ((clash.voice, clash.fact), *(other[:2] for other in clash.related)):
            where = voice.path, fact.span
            if where not in seen:
                seen.add(where)
                yield voice, fact, where in objected


def judge(sql: Sql, name: str, worlds: str, task: Task, cluster: Cluster | None) -> list[str]:
    """Keep under a name what the rules say of the worlds in a table, as rows of `ANSWER`.

    Returns what to say of worlds that are too large.
    """
    heard_of, cut = bounded(sql, f"{name}_heard", worlds, "world", "share")
    function = partial(judged, task, cluster)
    judge_parts(sql, name, heard_of, ("rule", "world"), function, ANSWER)
    sql.drop(f"{name}_")
    return [
        f"“{' '.join(world.split())}” stands in too many places: {count:,} were not compared"
        for world, count in cut
    ]


def judged(task: Task, cluster: Cluster | None, said: list[Row]) -> list[Row]:
    """What a rule says of one world."""
    rule, world = said[0]["rule"], said[0]["world"]
    comparison = comparison_of(checker_of(task).comparing_rules[rule])
    group, own = heard(said), {"rule": rule, "world": world}
    try:
        clashes = [
            c for c in comparison.compare(group.voices) if not _witness(group, c.voice, c.fact)
        ]
        found = [{**own, **_finding(task, group, clash)} for clash in clashes]
        for voice, fact in comparison.excused(group.voices) if comparison.excused else ():
            found.append({**own, "sort": EXCUSED, **_placed(group, voice, fact)})
        if cluster is not None and clashes:
            about = {
                **own,
                "sort": MEMBER,
                "kind": cluster.kind,
                "subject": cluster.subject(clashes),
            }
            for voice, fact, role, note in cluster.members(group.voices, clashes):
                found.append({**about, **_placed(group, voice, fact), "role": role, "note": note})
    except Exception as error:  # one bad rule, or world, must not stop the rest
        reason = f'rule "{rule}" failed to compare: {type(error).__name__}: {error}'
        found = [{**own, "sort": FAILED, "message": reason}]
    return found


def _witness(group: Heard, voice: Voice, fact: Fact) -> bool:
    return bool(group.rows[placed(voice, fact)]["witness"])


def _placed(group: Heard, voice: Voice, fact: Fact) -> Row:
    row = group.rows[placed(voice, fact)]
    return {**{name: row[name] for name in PLACE}, "key": fact.key}


def _finding(task: Task, group: Heard, clash: Clash) -> Row:
    """The finding of a clash, as `corpus` makes it for `check`, but for its fingerprint."""
    row = group.rows[placed(clash.voice, clash.fact)]
    ready = as_it_holds(task, row["rule"], row["overrides"])
    values = {name: shown(value) for name, value in clash.values.items()}
    others = [
        fact for voice, fact, _ in clash.related if not group.rows[placed(voice, fact)]["waved"]
    ]
    more = " (and more places)" if len(others) > MAX_RELATED else ""
    return {
        "sort": FINDING, **_placed(group, clash.voice, clash.fact),
        "severity": ready.rule.severity, "message": fill(ready.rule.message, values) + more,
        "advice": fill(ready.rule.fix, values), "whole": comparison_of(ready).whole_article,
        "suppressed": row["waved"] or (bool(clash.related) and not others),
    }  # fmt: skip
