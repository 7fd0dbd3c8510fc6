"""The fields of one dump, said aloud where they are guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from newslint.audit import fields
from newslint.audit.fields import EXAMPLE, FLAG, Fields
from newslint.audit.record import Record
from newslint.audit.sources.guess import guess
from newslint.audit.sources.rows import failed
from newslint.audit.sources.values import clean

Tell = Callable[[str, str], None]
"""Is told a source and what a person should know about it."""
_SHOWN = 12


def silent(_source: str, _words: str) -> None:
    """Tells nobody."""


def settled(
    source: str, asked: Fields, known: Sequence[str], rows: Sequence[Mapping[str, Any]],
    tell: Tell, open_: bool = False,
) -> Fields | Record:  # fmt: skip
    """The fields of one dump: those asked for that it has, or else a guess, which is told.

    `known` are its columns, nested ones joined with dots, and `rows` its first ones; with `open_`
    later rows may have other columns. Where there is none for the body: the record of an error that
    names those that are there.
    """
    found = Fields(tuple(pair for pair in asked.columns if open_ or pair[1] in known))
    if not asked.columns:
        found = fields.ordered(guess(known, rows))
    if found.column("body") not in known:
        return failed(source, "no-articles", _no_body(asked, known))
    if not asked.columns:
        tell(source, clean(f"reads {found}{_others(known, found)}"))
    return found


def _no_body(asked: Fields, known: Sequence[str]) -> str:
    shown = ", ".join(known[:40]) + (f" and {len(known) - 40} more" if len(known) > 40 else "")
    columns = f"its columns are {shown}" if known else "it has no columns"
    if (body := asked.column("body")) is not None:
        return f'no column "{body}" for the body: {columns}'
    return f"no column looks like the body of articles: {columns}. Say which, as in {EXAMPLE}"


def _others(known: Sequence[str], found: Fields) -> str:
    used = [column for _, column in found.columns]
    others = [
        name for name in known
        if name not in used and not any(column.startswith(f"{name}.") for column in used)
    ]  # fmt: skip
    more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
    unread = f"; not read: {', '.join(others[:_SHOWN])}{more}" if others else ""
    return f" (a guess{unread}; {FLAG} says otherwise)"
