"""Articles of an archive compared with each other: SQL finds who matters to whom, rules judge.

`compare` leaves these tables, whose columns stand in `schema`:

- `clusters`: places in articles that have to do with each other;
- `across_findings`: what rules find across articles, in the columns of the view `findings`;
- `excused`: findings within articles that other articles show to be right;
- `changes`: by article what this does to its counts: source, record, errors, warnings, infos,
  suppressed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from newslint.audit.across import headlines, names, others, quotations, titles
from newslint.audit.across.copies import near_copies
from newslint.audit.across.rules import checker_of
from newslint.audit.across.schema import CLUSTER
from newslint.audit.across.telling import clusters, keep_all, tell
from newslint.audit.across.worlds import ANSWER, FAILED, Cluster, judge
from newslint.audit.sql import SAID, Sql, answer
from newslint.audit.task import Task
from newslint.errors import Error
from newslint.rule import Ready


class Way(NamedTuple):
    """How one sort of comparison is made in an archive."""

    worlds: Callable[[Sql, str, Task], tuple[str, list[str]]]
    """Given a table of one rule's facts: makes that of its worlds, and tells of its bounds."""
    cluster: Cluster | None


class Compared(NamedTuple):
    """What the user is to know of the comparisons."""

    notices: list[str]
    """Of bounds that were met."""
    errors: list[Error]
    """Of rules that failed."""


WAYS = {
    ("duplicate", "headline"): Way(headlines.worlds, headlines.CLUSTER),
    ("person-title", "inconsistent-title"): Way(titles.worlds, titles.CLUSTER),
    ("name-variant", "spelling"): Way(names.worlds, names.CLUSTER),
    ("quotation", "drift"): Way(quotations.worlds, quotations.CLUSTER),
}
"""By kind and check of a rule."""
OTHERS = Way(others.worlds, None)
COPIES = ("duplicate", "article")


def compare(sql: Sql, task: Task) -> Compared:
    """Make the tables of comparisons."""
    checker = checker_of(task)
    copies = near_copies(sql, checker)
    answers, notices = [], list(copies.notices)
    having = _having_facts(sql)
    for number, (rule, ready) in enumerate(sorted(checker.comparing_rules.items())):
        if rule in having and _sort(ready) != COPIES:
            answers.append(f"answers_{number}")
            notices += _judged(sql, answers[-1], rule, ready, task)
    keep_all(sql, "answers", answers, ANSWER)
    tell(sql, copies.findings, copies.suppressed)
    keep_all(sql, "clusters", [*copies.clusters, clusters(sql)], CLUSTER)
    failed = f"SELECT DISTINCT message FROM answers WHERE sort = '{FAILED}' ORDER BY message"
    errors = [Error("", "crash", row["message"]) for row in answer(sql, failed)]
    return Compared(notices, errors)


def _having_facts(sql: Sql) -> set[str]:
    """The rules to which any article says something."""
    return {row["rule"] for row in answer(sql, "SELECT DISTINCT rule FROM said")}


def _sort(ready: Ready) -> tuple[str, str]:
    return ready.rule.kind, str(ready.rule.options.get("check", ""))


def _judged(sql: Sql, name: str, rule: str, ready: Ready, task: Task) -> list[str]:
    """Keep under a name what one rule says; returns what to tell of bounds."""
    way = WAYS.get(_sort(ready), OTHERS)
    sql.table("said_of", f"SELECT {SAID} FROM said WHERE rule = '{rule}'")
    worlds, notices = way.worlds(sql, "said_of", task)
    notices = [*notices, *judge(sql, name, worlds, task, way.cluster)]
    sql.drop("said_of")
    return [f"{rule}: {notice}" for notice in notices]
