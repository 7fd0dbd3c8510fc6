"""A trial from its sources to what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from newslint import __version__, engines, examples
from newslint.audit import across, processes
from newslint.audit.linted import LINTED
from newslint.audit.manifest import Manifest
from newslint.audit.progress import Progress, Tell
from newslint.audit.record import Record
from newslint.audit.sql import Duck, number
from newslint.audit.store import PARTS, Store
from newslint.audit.task import Task
from newslint.audit.trial import comparing, counting
from newslint.audit.trial.outcome import Against, Trial
from newslint.audit.trial.sampling import sample
from newslint.audit.trial.versions import Version
from newslint.checker import Checker
from newslint.config import Settings
from newslint.errors import Error, NewslintError
from newslint.examples import Bench
from newslint.lint import Linter, is_for
from newslint.rule import Ready

_UNUSED = Manifest(newslint=__version__, sources=(), input="", premises="")


class Asked(NamedTuple):
    """What somebody wants to know of a rule."""

    task: Task
    """With the version on trial."""
    records: Callable[[], Iterator[Record]]
    """The articles; each call begins anew."""
    jobs: int
    samples: int
    seed: int
    tell: Tell
    against: Version | None = None
    """An earlier version, to compare with."""


class Bound(NamedTuple):
    """One version of a rule, ready to be tried."""

    task: Task
    settings: Settings
    checker: Checker
    ready: Ready
    version: Version


def bound(task: Task, version: Version) -> Bound:
    """Raises `NewslintError` where config or rule are broken."""
    task = replace(task, trial=version)
    settings = task.settings()
    checker = Checker(settings, comparing=True)
    for error in checker.errors:
        raise NewslintError(error)
    (ready,) = checker.rules().values()
    if ready.rule.kind == "suppression":
        message = "a rule about suppressions speaks of all other rules: try it with newslint check"
        raise NewslintError(Error(version.shown, "rule", message))
    checker.prepare()
    return Bound(replace(task, server=engines.shared()), settings, checker, ready, version)


def trial(asked: Asked, folder: Path) -> Trial:
    """Try the rule, and an earlier version of it; what that needs is kept in `folder`.

    Raises `NewslintError` for a rule or config that is broken, and where workers cannot start.
    """
    assert asked.task.trial is not None
    one = bound(asked.task, asked.task.trial)
    other = bound(asked.task, asked.against) if asked.against else None
    failing = tuple(_failing(one))
    with _tried(asked, one, folder / "later") as tried:
        found = _found(asked, one, tried)
        if other:
            against, errors = _compared(asked, other, tried, folder)
            found = replace(found, against=against, errors=(*found.errors, *errors))
    return replace(found, failing=failing)


def _found(asked: Asked, one: Bound, tried: Tried) -> Trial:
    """What one version hits."""
    sql, rule = tried.sql, one.ready.rule
    errors, failed = counting.errors(sql)
    foreign = "checked AND language <> 'en'" if not is_for(rule, "") else "FALSE"
    return Trial(
        rule=rule.id,
        title=rule.title,
        severity=rule.severity,
        name=one.version.shown,
        counts=counting.counts(sql),
        suppressed=number(sql, "SELECT sum(suppressed) FROM articles"),
        across=number(sql, "SELECT count(*) FROM hits WHERE across"),
        foreign=number(sql, f"SELECT count(*) FROM articles WHERE {foreign}"),
        years=counting.years(sql),
        sections=counting.sections(sql),
        wordings=counting.wordings(sql),
        sample=sample(sql, "hits", asked.samples, asked.seed),
        errors=(*one.settings.errors, *tried.errors, *errors),
        failed=failed,
        notices=(*one.settings.notices, *one.checker.notices, *tried.notices),
    )


class Tried(NamedTuple):
    """What came of one version: its hits are a table of that name."""

    sql: Duck
    notices: Sequence[str] = ()
    errors: Sequence[Error] = ()
    """Of comparisons that failed."""


@contextmanager
def _tried(asked: Asked, one: Bound, folder: Path) -> Iterator[Tried]:
    (folder / PARTS).mkdir(parents=True)
    store, some = Store(folder, _UNUSED), False
    progress = Progress(folder, asked.tell)
    progress.phase("linting")
    for step in processes.run(asked.records(), store, one.task, asked.jobs):
        progress.step(*step)
        some = True
    if not some:
        store.write(0, LINTED.empty_table())
    progress.phase("comparing")
    with closing(Duck(store.parts, store.scratch)) as sql:
        compared = across.compare(sql, one.task)
        counting.make(sql)
        yield Tried(sql, *compared)


def _compared(
    asked: Asked, other: Bound, tried: Tried, folder: Path
) -> tuple[Against, list[Error]]:
    """What another version hits, and what could not be checked with that one only."""
    hits, name = folder / "earlier.parquet", other.version.shown
    known = counting.errors(tried.sql)[0]
    with _tried(asked, other, folder / "earlier") as before:
        before.sql.write("SELECT * FROM hits", hits)
        counts = counting.counts(before.sql)
        errors = [
            Error(error.path, error.code, f"{name}: {error.message}")
            for error in (*before.errors, *counting.errors(before.sql)[0])
            if error not in known
        ]
    return comparing.against(tried.sql, hits, name, counts, asked.samples, asked.seed), errors


def _failing(one: Bound) -> Iterator[Error]:
    """The examples of the rule on trial that do not hold; it may bring none and extend others."""
    definition = one.settings.rules.definitions[one.ready.rule.id]
    if "extends" in definition.data and "examples" not in definition.data:
        return
    names, engine = one.settings.names, one.settings.reference.engine
    for failure in examples.run(one.ready, Bench(Linter([one.ready]), names, engine)):
        yield definition.file.error(failure.message, *failure.place).error
