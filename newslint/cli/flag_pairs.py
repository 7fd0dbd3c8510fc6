"""Flags of `newslint check` that cannot be meant together, or alone: told before anything runs."""

from __future__ import annotations

import argparse

from newslint.cli.given import STDIN
from newslint.errors import Error, NewslintError

WRITING = ("write_baseline", "prune_baseline")
FIXING = ("fix", "fix_only", "diff")

APART = (
    ("diff", ("statistics", "format"), "prints a diff in place of a report"),
    ("diff", WRITING, "writes nothing"),
    ("ratchet", ("no_baseline", "write_baseline"), "compares with the baseline as it is"),
    ("ratchet", ("diff",), "counts findings, and a diff shows none"),
    ("list_files", (*FIXING, *WRITING, "ratchet", "statistics", "format"), "checks nothing"),
)
"""A flag, those that it cannot stand beside, and why."""

ALONE = (
    ("unsafe_fixes", FIXING, "says which fixes to make"),
    ("scope", ("changed_since",), "says what to report of changed articles"),
)
"""A flag, those of which it needs one, and why."""

NAMELESS = "a baseline needs the name of the article: --stdin-filename gives it"


def refuse(arguments: argparse.Namespace) -> None:
    """Raises `NewslintError` for flags that cannot be meant."""
    for flag, others, why in APART:
        if wrong := [other for other in others if _given(arguments, flag, other)]:
            raise _error(_name(flag), f"{why}: leave out {' and '.join(map(_name, wrong))}")
    needed: tuple[str, ...]
    for flag, needed, why in ALONE:
        if _given(arguments, flag) and not any(_given(arguments, one) for one in needed):
            raise _error(_name(flag), f"{why}: add {_either(needed)}")
    if STDIN in arguments.paths and not arguments.stdin_filename:
        for flag in WRITING:
            if _given(arguments, flag):
                raise _error(_name(flag), NAMELESS)


def _given(arguments: argparse.Namespace, *flags: str) -> bool:
    values = [getattr(arguments, flag) for flag in flags]
    return all(value not in (None, False, "text") for value in values)


def _name(flag: str) -> str:
    return f"--{flag.replace('_', '-')}"


def _either(flags: tuple[str, ...]) -> str:
    *most, last = map(_name, flags)
    return f"{', '.join(most)} or {last}" if most else last


def _error(flag: str, message: str) -> NewslintError:
    return NewslintError(Error(flag, "config", message))
