"""Articles of an archive compared with each other: SQL finds who matters to whom, rules judge.

`compare` leaves these tables, whose columns stand in `schema`:

- `clusters`: places in articles that have to do with each other;
- `across_findings`: what rules find across articles, in the columns of the view `findings`;
- `excused`: findings within articles that other articles show to be right;
- `changes`: by article what this does to its counts: source, record, errors, warnings, infos,
  suppressed.
"""

from __future__ import annotations

from newslint.audit.across.schema import ACROSS_FINDINGS, CLUSTER, EXCUSED
from newslint.audit.sql import Sql
from newslint.audit.task import Task


def compare(sql: Sql, task: Task) -> list[str]:
    """Make the tables of comparisons; returns what the user should know of their bounds."""
    raise NotImplementedError
