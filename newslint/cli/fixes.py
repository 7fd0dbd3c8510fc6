"""What `newslint check` does besides checking when it is asked for fixes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from functools import partial
from typing import TextIO

from msgspec.structs import replace

from newslint import fixed_files, fixing
from newslint.checker import Result
from newslint.cli.common import complain, say, write
from newslint.fixing import Change, Fixed
from newslint.reports import fixed
from newslint.reports.terminal import safe
from newslint.reports.wording import plural
from newslint.run import Tally
from newslint.workers import Each

NO_UTF8 = "is not UTF-8, so it cannot stand in a diff; --fix mends it"


def make(
    arguments: argparse.Namespace, check: Callable[..., Iterator[Result]],
    given: Mapping[str, bytes], tally: Tally, each: Each,
) -> Fixed:  # fmt: skip
    """Fix in memory and, unless only a diff is wanted, in the files; stdin goes to stdout."""
    again = partial(check, each=fixing.OnlyAnew(each))
    try:
        outcome = fixing.rounds(lambda now: again(contents=now), given, arguments.unsafe_fixes)
    except BaseException:
        if not arguments.diff:
            _pass_on(given.values())  # an editor takes what it gets for the article
        raise
    tally.errors.update(dict.fromkeys(outcome.errors))
    tally.fix_only = arguments.fix_only
    if not arguments.diff:
        changes = outcome.changes
        _pass_on(changes[p].after if p in changes else data for p, data in given.items())
        _write({path: c for path, c in changes.items() if path not in given}, tally)
        tally.fixed.update((path, changes[path].rules) for path in given if path in changes)
    return outcome


def _pass_on(articles: Iterable[bytes]) -> None:
    for data in articles:
        sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _write(changes: Mapping[str, Change], tally: Tally) -> None:
    """Put the fixed articles into their files; whoever stops that hears how far it has come."""
    try:
        for path, change in changes.items():
            if error := fixed_files.write(path, change.before, change.after):
                tally.errors[error] = None
            else:
                tally.fixed[path] = change.rules
    except KeyboardInterrupt:
        say(f"stopped: {len(tally.fixed):,} of {plural(len(changes), 'article')} are mended")
        raise


def remaining(outcome: Fixed, tally: Tally) -> Iterator[Result]:
    """The results of the last round, without findings where these are not asked for."""
    for result in outcome.results:
        yield replace(result, findings=()) if tally.fix_only else result


def tell(arguments: argparse.Namespace, tally: Tally) -> None:
    """How much was mended, on stderr, where the report itself does not say it."""
    if tally.fixed and not arguments.quiet and arguments.format not in ("text", "concise"):
        say(fixed.count("Fixed", tally.fixed))


def aside(given: Mapping[str, bytes]) -> redirect_stdout[TextIO]:
    """Where the report goes: to stderr if the fixed article has gone to stdout."""
    return redirect_stdout(sys.stderr if given else sys.stdout)


def show_diff(arguments: argparse.Namespace, outcome: Fixed, tally: Tally) -> int:
    """The diff on stdout, how much it would mend on stderr; the exit code."""
    for _ in tally.count(iter(outcome.results)):
        pass  # only the errors matter
    shown = sys.stdout.isatty() or "GITHUB_ACTIONS" in os.environ or "TF_BUILD" in os.environ
    changes = _by_real_name(outcome.changes)
    write(
        chunk
        for name, change in changes.items()
        if fixed.is_utf8(change.before)
        for chunk in fixed.diff(name, change.before, change.after, exact=not shown)
    )
    complain(tally.errors)
    if not arguments.quiet:
        for name, change in changes.items():
            if not fixed.is_utf8(change.before):
                say(f"{safe(name)}: {NO_UTF8}")
        rules = {name: change.rules for name, change in changes.items()}
        say(fixed.count("Would fix", rules) if rules else "Nothing to fix")
    if tally.errors:
        return 2
    return 1 if outcome.changes and not arguments.exit_zero else 0


def _by_real_name(changes: Mapping[str, Change]) -> dict[str, Change]:
    """The changes by the file's path from here: a link beside its target is no second file."""
    here = os.path.realpath(os.curdir)
    found: dict[str, Change] = {}
    for path, change in changes.items():
        real = os.path.realpath(path)
        below = real.startswith(os.path.join(here, ""))
        name = os.path.relpath(real, here) if below else os.path.normpath(path).lstrip(os.sep)
        found.setdefault(name.replace(os.sep, "/"), change)
    return found
