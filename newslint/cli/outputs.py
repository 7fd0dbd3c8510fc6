"""Where reports go: the one on stdout, `--output FORMAT=FILE`, the summary of a step in GitHub."""

from __future__ import annotations

import argparse
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from newslint.checker import Checker, Result
from newslint.cli.common import terminal_width, wants_color, write
from newslint.config import Settings
from newslint.errors import Error, NewslintError, unknown
from newslint.paths import leads_out, repository_of, top_of
from newslint.reports import FORMATS, Look
from newslint.run import Tally
from newslint.spool import Spool

if TYPE_CHECKING:
    from newslint.rulebook import Known

SUMMARY = "GITHUB_STEP_SUMMARY"
"""Names the file that GitHub shows as the summary of a step."""
TOO_LONG = b"\nThe report of newslint is left out here: GitHub takes 1 MiB a step.\n"


class Output(NamedTuple):
    """A report that goes to a file."""

    format: str
    path: Path
    """As given: from the working directory."""


def parse(arguments: argparse.Namespace) -> list[Output]:
    """What `--output` asks for. Raises `NewslintError` for what cannot be written."""
    if not arguments.output:
        return []
    for name in ("diff", "list_files"):
        if getattr(arguments, name):
            raise _wrong(f"there is no report with --{name.replace('_', '-')}")
    found: dict[str, Output] = {}
    given = {_identity(path) for path in arguments.paths}
    for value in arguments.output:
        name, equals, path = value.partition("=")
        if not equals or not path:
            raise _wrong(f'"{value}" is not FORMAT=FILE, as in sarif=newslint.sarif')
        if name not in FORMATS:
            raise _wrong(unknown("format", name, FORMATS))
        if path == "-":
            raise _wrong(f"a file, not “-”: “--format {name}” writes to stdout")
        where = _identity(path)
        if where in found:
            raise _wrong(f'"{path}" is named twice: each report needs a file of its own')
        if where in given:
            raise _wrong(f'"{path}" is to be checked: the report would take its place')
        found[where] = Output(name, Path(path))
    for output in found.values():
        _prepare(output.path)
    return list(found.values())


def without(paths: Iterable[str], outputs: Sequence[Output]) -> list[str]:
    """The articles: a report of an earlier run may lie among them and is none."""
    reports = {_identity(str(output.path)): output.path.name for output in outputs}
    names = set(reports.values())
    return [p for p in paths if os.path.basename(p) not in names or _identity(p) not in reports]


def _identity(path: str) -> str:
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def _wrong(message: str) -> NewslintError:
    return NewslintError(Error("", "config", f"--output: {message}"))


def _prepare(path: Path) -> None:
    """Make the folder of a report, and see now and not after a long run whether it can be written.

    A pull request may bring links: nothing is written through one that leads out.
    """
    folder = Path(os.path.abspath(path)).parent
    top = repository_of(Path.cwd())
    try:
        if top and folder.is_relative_to(top) and leads_out(folder, top):
            raise OSError(0, "a symbolic link leads out of the repository")
        if os.path.lexists(path) and not stat.S_ISREG(os.lstat(path).st_mode):
            raise OSError(0, "there is something else than a file at this place")
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise OSError(0, "the folder is not writable")
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> NewslintError:
    reason = error.strerror or str(error)
    message = f"this report cannot be written: {reason}; name another file in --output"
    return NewslintError(Error(path.as_posix(), "config", message))


def look(
    arguments: argparse.Namespace, settings: Settings | None = None, checker: Checker | None = None
) -> Look:
    """How reports should look, and what they may ask for."""

    def rules() -> Mapping[str, Known]:
        from newslint.rulebook import rulebook  # few reports ask for it

        return rulebook(settings, checker.rules()) if settings and checker else {}

    cwd = os.path.realpath(os.curdir)
    return Look(
        color=wants_color(arguments.color, sys.stdout),
        width=terminal_width(),
        quiet=arguments.quiet,
        statistics=arguments.statistics,
        cwd=cwd,
        top=str(top_of(Path(cwd))),
        rules=rules,
    )


def report(
    format_: str | None, outputs: Sequence[Output], results: Iterator[Result], tally: Tally,
    look: Look,
) -> None:  # fmt: skip
    """Write all reports. What cannot be written joins the errors of the run."""
    counted = tally.count(results)
    if format_ is not None and not outputs and not _has_summary(format_):
        write(FORMATS[format_](counted, tally, look))
        return
    kept = Spool(Result)
    passing = _kept(counted, kept)
    if format_ is not None:
        write(FORMATS[format_](passing, tally, look))
    for _ in passing:  # what a report did not care for
        pass
    plain = replace(look, color=False, width=100)
    for output in outputs:
        try:
            _write(output, FORMATS[output.format](iter(kept), tally, plain))
        except OSError as error:
            tally.errors[_unwritable(output.path, error).error] = None
    if _has_summary(format_):
        _append_summary(iter(kept), tally, plain)


def _kept(results: Iterator[Result], spool: Spool[Result]) -> Iterator[Result]:
    for result in results:
        spool.add(result)
        yield result


def _write(output: Output, chunks: Iterable[str]) -> None:
    from newslint import atomic  # not needed by most runs

    atomic.write(output.path, (chunk.encode("utf-8", "backslashreplace") for chunk in chunks))


def _has_summary(format_: str | None) -> bool:
    return format_ == "github" and bool(os.environ.get(SUMMARY))


def _append_summary(results: Iterator[Result], tally: Tally, look: Look) -> None:
    """Add the report for people to the summary of the step, where there is room for it."""
    from newslint.reports import markdown

    path = Path(os.environ[SUMMARY])
    try:
        before = path.stat().st_size if path.exists() else 0
        chunks = markdown.step_summary(results, tally, look, markdown.STEP_SUMMARY - before)
        text = "".join(chunks).encode("utf-8", "backslashreplace")
        if before + len(text) > markdown.STEP_SUMMARY:
            text = TOO_LONG if before + len(TOO_LONG) <= markdown.STEP_SUMMARY else b""
        with path.open("ab") as file:
            file.write(text)
    except OSError as error:
        message = f"the summary of the step cannot be written: {error.strerror or error}"
        tally.errors[Error(path.as_posix(), "config", message)] = None
