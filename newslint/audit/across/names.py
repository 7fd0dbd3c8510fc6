"""Spellings of one name.

Names of one key have a given name and an initial in common. The rule tells of their spellings which
may be one name; what is linked so, over any number of steps, is a world. It matters who else bears
such a surname: somebody of another given name is its witness.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import pyarrow as pa

from newslint.audit.across.parts import SEVERAL, bounded, judge_parts
from newslint.audit.across.rules import checker_of, comparison_of
from newslint.audit.across.voices import Row, each_alone
from newslint.audit.across.worlds import Cluster, Member, places
from newslint.audit.sql import SAID, Sql
from newslint.audit.task import Task
from newslint.kinds.contract import Clash, Voice
from newslint.reports.wording import plural

SPELLINGS = pa.schema([pa.field(name, pa.string()) for name in ("key", "form", "world")])


def worlds(sql: Sql, said: str, task: Task) -> tuple[str, list[str]]:
    """The table of the worlds of the facts of one rule, and notices."""
    shared, forms, spelt = f"{said}_shared", f"{said}_forms", f"{said}_spelt"
    keys = f"SELECT key FROM {said} GROUP BY key HAVING {SEVERAL}"
    sql.table(shared, f"SELECT s.* FROM {said} AS s JOIN ({keys}) AS k ON k.key = s.key")
    sql.table(
        forms,
        f"SELECT {SAID} FROM (SELECT *, row_number() OVER (PARTITION BY key, value1"
        f" ORDER BY source, record, number) AS nth FROM {shared}) AS n WHERE nth = 1",
    )
    many = f"SELECT key FROM {forms} GROUP BY key HAVING min(value1) < max(value1)"
    query = f"SELECT f.* FROM {forms} AS f JOIN ({many}) AS m ON m.key = f.key"
    sql.table(f"{said}_meeting", query)
    met, cut = bounded(sql, f"{said}_met", f"{said}_meeting", "key")
    judge_parts(sql, spelt, met, ("rule", "key"), partial(_spelt, task), SPELLINGS)
    own = (
        f"SELECT s.*, p.world, s.value1 AS share, false AS witness FROM {shared} AS s"
        f" JOIN {spelt} AS p ON p.key = s.key AND p.form = s.value1"
    )
    sql.table(f"{said}_worlds", f"{own} UNION ALL {_witnesses(forms, spelt)}")
    return f"{said}_worlds", [
        f"there are too many names like “{key}.”: {count:,} were not compared" for key, count in cut
    ]


def _witnesses(forms: str, spelt: str) -> str:
    """For each spelling of a world somebody of that surname and of another given name."""
    ends = (
        "SELECT value1 AS form, min(key) AS least, max(key) AS most"
        f" FROM {forms} GROUP BY value1 HAVING min(key) < max(key)"
    )
    other = (
        "SELECT p.world, p.form, CASE WHEN e.least = p.key THEN e.most ELSE e.least END AS key"
        f" FROM {spelt} AS p JOIN ({ends}) AS e ON e.form = p.form"
    )
    columns = ", ".join(f"f.{column}" for column in SAID.split(", "))
    return (
        f"SELECT {columns}, o.world, 'witness' AS share, true AS witness"
        f" FROM ({other}) AS o JOIN {forms} AS f ON f.value1 = o.form AND f.key = o.key"
    )


def _spelt(task: Task, said: list[Row]) -> Iterator[Row]:
    """The spellings of one key that may be one name with another, and in which world."""
    rule, key = said[0]["rule"], said[0]["key"]
    comparison = comparison_of(checker_of(task).comparing_rules[rule])
    assert comparison.kindred is not None
    voices = each_alone(said)
    groups: dict[str, set[str]] = {}
    for pair in comparison.kindred(voices):
        one, other = (voices[number].facts[0].values[0] for number in pair)
        group = groups.get(one, {one}) | groups.get(other, {other})
        groups.update(dict.fromkeys(group, group))
    for form, group in sorted(groups.items()):
        yield {"key": key, "form": form, "world": f"{key}\t{min(group)}"}


def _subject(clashes: Sequence[Clash]) -> str:
    forms = sorted({fact.values[0] for _, fact, _ in places(clashes)})
    return f"{clashes[0].fact.values[1]} {' / '.join(forms)}"


def _members(voices: Sequence[Voice], clashes: Sequence[Clash]) -> Iterator[Member]:
    key = clashes[0].fact.key
    uses: dict[str, int] = {}
    articles: dict[str, set[str]] = {}
    for voice in voices:
        for fact in voice.facts:
            if fact.key == key:
                uses[fact.values[0]] = uses.get(fact.values[0], 0) + int(fact.values[2])
                articles.setdefault(fact.values[0], set()).add(voice.path)
    objected = {clash.fact.values[0] for clash in clashes}
    for voice, fact, _ in places(clashes):
        form = fact.values[0]
        role = "variant" if form in objected else "preferred"
        where = plural(len(articles[form]), "article")
        yield Member(voice, fact, role, f"“{form}”: {plural(uses[form], 'use')} in {where}")


CLUSTER = Cluster("name", _subject, _members)
