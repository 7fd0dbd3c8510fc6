"""A trial from its sources to what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newslint import __version__, examples
from newslint.audit import across, processes
from newslint.audit.processes import Step
from newslint.audit.record import Record
from newslint.audit.sql import Duck
from newslint.audit.store import PARTS, Manifest, Store
from newslint.audit.task import Task
from newslint.audit.trial import comparing, counting, sampling
from newslint.audit.trial.outcome import Against, Trial
from newslint.audit.trial.versions import Version
from newslint.checker import Checker
from newslint.errors import Error, NewslintError
from newslint.examples import Bench
from newslint.lint import Linter, is_for
from newslint.rule import Ready


class Asked(NamedTuple):
    """What somebody wants to know of a rule."""

    task: Task
    """With the version on trial."""
    records: Callable[[], Iterator[Record]]
    """The articles; each call begins anew."""
    jobs: int
    samples: int
    seed: int
    watch: Callable[[Iterator[Step]], Iterable[Step]] = iter
    """Sees the articles pass."""


class Tried(NamedTuple):
    """One version, tried."""

    ready: Ready
    checker: Checker
    sql: Duck
    notices: Sequence[str]


def trial(asked: Asked, folder: Path, against: Version | None = None) -> Trial:
    """Try the rule, and an earlier version of it, with all that is needed kept in `folder`.

    Raises `NewslintError` for a rule or config that is broken.
    """
    before = _tried(asked, asked.task, folder / "after")
    sql, rule, settings = before.sql, before.ready.rule, before.checker
    counts = counting.counts(sql)
    errors, failed = counting.errors(sql)
    reads_all = "TRUE" if is_for(rule, "") else "language = 'en'"
    version = asked.task.trial
    assert version is not None
    return Trial(
        rule=rule.id,
        title=rule.title,
        severity=rule.severity,
        name=version.shown,
        counts=counts,
        suppressed=counting.number(sql, "SELECT sum(suppressed) FROM articles"),
        across=counting.number(sql, "SELECT count(*) FROM hits WHERE across"),
        foreign=counting.number(sql, f"SELECT count(*) FROM articles WHERE checked AND NOT {reads_all}"),
        years=counting.parts(sql, "year", counting.YEARS, "heard.name DESC"),
        sections=counting.parts(sql, "section", counting.MOST, "hits DESC, heard.name"),
        wordings=counting.wordings(sql),
        sample=sampling.sample(sql, "hits", asked.samples, asked.seed),
    )
