"""Titles of one person: a world is a person with one office, where articles disagree on it.

Of an office that one person holds at a time it matters who else held it: for each day of which an
article calls somebody by it, the nearest articles that call somebody else so are witnesses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newslint.article import Span
from newslint.audit.across.parts import SEVERAL
from newslint.audit.across.rules import checker_of, comparison_of
from newslint.audit.across.worlds import Cluster, Member, places
from newslint.audit.sql import SAID, Sql, answer, literal
from newslint.audit.task import Task
from newslint.kinds.contract import Clash, Fact, Voice
from newslint.language.titles import NOW
from newslint.reports.wording import plural

_OFFICE = "split_part(key, '\t', 2)"
_SEASON = 90
"""Days; see `kinds.person_title.across`."""
_AGREE = (
    "(p.of_what = '' OR h.of_what = '' OR instr(p.of_what, h.of_what) > 0"
    " OR instr(h.of_what, p.of_what) > 0)"
)


def worlds(sql: Sql, said: str, task: Task) -> tuple[str, list[str]]:
    """The table of the worlds of the facts of one rule, and notices."""
    disputed, own, name = f"{said}_disputed", f"{said}_own", f"{said}_worlds"
    sql.view(
        disputed,
        f"SELECT key FROM {said} GROUP BY key HAVING min(value2) < max(value2) AND {SEVERAL}",
    )
    columns = "s.*, s.key AS world, s.value2 AS share, false AS witness"
    sql.table(own, f"SELECT {columns} FROM {said} AS s JOIN {disputed} AS d ON d.key = s.key")
    witnesses = _witnesses(sql, said, own, task)
    sql.table(name, f"SELECT * FROM {own} UNION ALL SELECT * FROM {witnesses}")
    return name, []


def _witnesses(sql: Sql, said: str, own: str, task: Task) -> str:
    held, days, name = f"{said}_held", f"{said}_days", f"{said}_witnesses"
    offices = ", ".join(map(literal, _single(sql, said, task))) or "''"
    of_office = f"value2 = '{NOW}' AND published IS NOT NULL AND {_OFFICE} IN ({offices})"
    day = f"{_OFFICE} AS office, value3 AS of_what, TRY_CAST(published AS DATE) AS day"
    sql.view(held, f"SELECT *, {day} FROM {said} WHERE {of_office}")
    sql.view(days, f"SELECT DISTINCT world, {day} FROM {own} WHERE {of_office}")
    near = f"INTERVAL '{_SEASON}' DAY"
    pairs = (
        "SELECT h.*, p.world, p.day AS of_day, p.of_what AS of_them,"
        " CASE WHEN h.day < p.day THEN 'before' ELSE 'after' END AS side"
        f" FROM {days} AS p JOIN {held} AS h ON h.office = p.office AND h.key <> p.world"
        f" AND h.day BETWEEN p.day - {near} AND p.day + {near} AND {_AGREE}"
    )
    ranked = (
        "SELECT *, row_number() OVER (PARTITION BY world, of_day, of_them, side ORDER BY"
        " CASE WHEN side = 'before' THEN day END DESC, day, source, record, number) AS nearest"
        f" FROM ({pairs}) AS p"
    )
    sql.view(
        name,
        f"SELECT {SAID}, world, 'witness' AS share, true AS witness FROM ({ranked}) AS r"
        " WHERE nearest = 1",
    )
    return name


def _single(sql: Sql, said: str, task: Task) -> list[str]:
    """Offices with one holder at a time: those by which the rule finds other facts."""
    rules = checker_of(task).comparing_rules
    query = f"SELECT DISTINCT rule, {_OFFICE} AS office FROM {said} ORDER BY rule, office"
    return sorted(
        row["office"]
        for row in answer(sql, query)
        if (near := comparison_of(rules[row["rule"]]).near) is not None
        and any(near(Fact(f"\t{row['office']}", (), Span(0, 0))))
    )


def _subject(clashes: Sequence[Clash]) -> str:
    values = clashes[0].values
    return f"{values['name']}, {values['title']}"


def _members(voices: Sequence[Voice], clashes: Sequence[Clash]) -> Iterator[Member]:
    key = clashes[0].fact.key
    uses: dict[str, list[str]] = {}
    for voice in voices:
        for fact in voice.facts:
            if fact.key == key:
                uses.setdefault(fact.values[1], []).append(voice.published)
    notes = {
        form: f"{'in office' if form == NOW else form}: {_counted(days)}"
        for form, days in uses.items()
    }
    for voice, fact, objected in places(clashes):
        role = "disagrees" if objected else "agrees"
        yield Member(voice, fact, role, notes[fact.values[1]])


def _counted(published: Sequence[str]) -> str:
    """“3 articles, 2019-04-01 to 2022-05-02”."""
    days = sorted(day for day in published if day)
    articles = plural(len(published), "article")
    if not days:
        return articles
    return f"{articles}, {days[0]}" + (f" to {days[-1]}" if days[-1] > days[0] else "")


CLUSTER = Cluster("title", _subject, _members)
