"""The fields of one dump, said aloud where they are guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from newslint.audit import fields
from newslint.audit.fields import FLAG, Fields
from newslint.audit.record import Record
from newslint.audit.sources.rows import failed
from newslint.audit.sources.values import clean
from newslint.errors import NewslintError

Tell = Callable[[str, str], None]
"""Is told a source and what a person should know about it."""
_SHOWN = 12


def silent(_source: str, _words: str) -> None:
    """Tells nobody."""


def settled(
    source: str, asked: Fields, known: Sequence[str], rows: Sequence[Mapping[str, Any]],
    tell: Tell, open_: bool = False,
) -> Fields | Record:  # fmt: skip
    """The fields of a dump; the record of an error where it has no column for the body."""
    try:
        found = fields.settle(asked, known, rows, open_)
    except NewslintError as error:
        return failed(source, error.error.code, error.error.message)
    if not asked.columns:
        tell(source, clean(f"reads {found}{_others(known, found)}"))
    return found


def _others(known: Sequence[str], found: Fields) -> str:
    used = [column for _, column in found.columns]
    others = [
        name for name in known
        if name not in used and not any(column.startswith(f"{name}.") for column in used)
    ]  # fmt: skip
    more = f" and {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
    unread = f"; not read: {', '.join(others[:_SHOWN])}{more}" if others else ""
    return f" (a guess{unread}; {FLAG} says otherwise)"
