"""The baseline on the command line: opened before a run, and kept up after it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from functools import partial

from newslint import baseline, baseline_file
from newslint.baseline import Baseline
from newslint.baseline_file import Entries
from newslint.checker import Checker, Result
from newslint.config import Settings
from newslint.errors import Error, NewslintError
from newslint.paths import repository_of
from newslint.reports.wording import plural
from newslint.run import Step, Tally

WRITE = "newslint check --write-baseline"
UNCHECKED = "left as it is, since no article was checked: see “files” and “exclude” in the config"
UNION = f"“{baseline_file.NAME} merge=union”"
SHOWN = 10
"""Bad lines of the file that are told one by one."""


def opened(
    arguments: argparse.Namespace, settings: Settings, checker: Checker, tally: Tally
) -> tuple[Sequence[Step], Step]:
    """The baseline that holds here, and what passes the results on and writes or judges it then.

    What is wrong with it joins the errors of the tally.
    """
    name = baseline.shown(settings)
    try:
        entries, bad = _read(arguments, settings, name)
    except NewslintError as error:
        tally.errors[error.error] = None
        return (), iter
    if not (arguments.write_baseline or arguments.prune_baseline):
        tally.errors.update(dict.fromkeys(bad[:SHOWN]))
        if len(bad) > SHOWN:
            message = f"{len(bad) - SHOWN:,} more lines are none of a baseline"
            tally.errors[Error(name, "config", message)] = None
    elif bad:
        notice = f"{plural(len(bad), 'line')} left out that stood in {name} and are none of its own"
        tally.notices.append(("", notice))
    known = Baseline(settings, checker, entries, adding=arguments.write_baseline)
    return [known], partial(_closed, known, arguments, settings, tally)


def _read(
    arguments: argparse.Namespace, settings: Settings, name: str
) -> tuple[Entries, list[Error]]:
    path = baseline.place(settings)
    if os.path.lexists(path):
        return baseline_file.read(path, name, settings.names)
    if arguments.write_baseline:
        return {}, []
    flag = "--ratchet" if arguments.ratchet else "--prune-baseline"
    message = f"there is no baseline for {flag}: {WRITE} writes one"
    raise NewslintError(Error(name, "config", message))


def _closed(
    known: Baseline, arguments: argparse.Namespace, settings: Settings, tally: Tally,
    results: Iterator[Result],
) -> Iterator[Result]:  # fmt: skip
    """The results; when all have passed, the file is written or what it holds is judged."""
    yield from results
    name = baseline.shown(settings)
    writing = arguments.write_baseline or arguments.prune_baseline
    if writing and not known.checked:
        if arguments.changed_since is None:
            tally.errors[Error(name, "no-articles", UNCHECKED)] = None
    elif writing:
        _write(known, arguments.write_baseline, name, settings, tally)
    elif stale := len(known.stale()):
        verb, them = ("matches", "it") if stale == 1 else ("match", "them")
        notice = f"{_entries(stale)} of {name} {verb} nothing any more"
        notice += f"; --prune-baseline removes {them}"
        tally.notices.append(("", notice))
    if arguments.ratchet:
        tally.grown += [
            f"{rule}: {plural(now, 'finding')}, {before:,} in the baseline"
            for rule, now, before in known.grown()
        ]


def _write(known: Baseline, adding: bool, name: str, settings: Settings, tally: Tally) -> None:
    before, entries = known.size, known.entries()
    now = sum(map(len, entries.values()))
    try:
        path = baseline.place(settings)
        first = not os.path.lexists(path)
        baseline_file.write(path, entries, name)
    except NewslintError as error:
        tally.errors[error.error] = None
        return
    held = (
        f"{plural(now, 'finding')} of {plural(len(entries), 'article')}" if now else "no findings"
    )
    notice = f"{name} holds {held}"
    if not adding:
        moved = f", {count:,} moved" if (count := known.moved()) else ""
        notice = f"{_entries(before - now)} removed{moved}; {notice}"
    tally.notices.append(("", notice))
    if first and repository_of(settings.home):
        tally.notices.append(("", f"{UNION} in .gitattributes spares you merge conflicts in it"))


def _entries(count: int) -> str:
    return f"{count:,} {'entry' if count == 1 else 'entries'}"
