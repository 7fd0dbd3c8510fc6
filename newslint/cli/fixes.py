"""What `newslint check` does besides checking when it is asked for fixes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from functools import partial
from typing import TextIO

from msgspec.structs import replace

from newslint import fixed_files, fixing
from newslint.checker import Result
from newslint.cli.common import complain, say, write
from newslint.fixing import Fixed
from newslint.reports import fixed
from newslint.run import Tally
from newslint.workers import Each


def make(
    arguments: argparse.Namespace, check: Callable[..., Iterator[Result]],
    given: Mapping[str, bytes], tally: Tally, each: Each,
) -> Fixed:  # fmt: skip
    """Fix in memory and, unless only a diff is wanted, in the files; stdin goes to stdout."""
    again = partial(check, each=fixing.OnlyAnew(each))
    outcome = fixing.rounds(lambda now: again(contents=now), given, arguments.unsafe_fixes)
    tally.errors.update(dict.fromkeys(outcome.errors))
    tally.fix_only = arguments.fix_only
    if arguments.diff:
        return outcome
    for path, change in outcome.changes.items():
        if path not in given and (error := fixed_files.write(path, change.before, change.after)):
            tally.errors[error] = None
        else:
            tally.fixed[path] = change.rules
    for path, data in given.items():
        own = outcome.changes.get(path)
        sys.stdout.buffer.write(own.after if own else data)
        sys.stdout.buffer.flush()
    return outcome


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
    write(
        chunk
        for path, change in outcome.changes.items()
        for chunk in fixed.diff(path, change.before, change.after, exact=not shown)
    )
    complain(tally.errors)
    if not arguments.quiet:
        rules = {path: change.rules for path, change in outcome.changes.items()}
        say(fixed.count("Would fix", rules) if rules else "Nothing to fix")
    if tally.errors:
        return 2
    return 1 if outcome.changes and not arguments.exit_zero else 0
