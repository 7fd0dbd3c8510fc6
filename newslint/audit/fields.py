"""Which column of a dump holds which field of an article: said by `--fields`, else guessed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from newslint.errors import Error, NewslintError, unknown

NAMES = ("headline", "body", "published", "byline", "section", "url", "format")
"""The fields, in the order in which a guess is shown. `format` says what the body is written in:
`markdown`, `html` or `text`."""
FLAG = "--fields"
_EXAMPLE = f"{FLAG} headline=title,body=text,published=date"


class Fields(Struct, frozen=True):
    """From fields to columns; without any the columns of each dump are to be guessed.

    A column is named as the dump does; `meta.title` is also the key `title` within `meta`.
    """

    columns: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """As `--fields` takes it: `headline=title,body=text`."""
        return ",".join(f"{field}={column}" for field, column in self.columns)

    def column(self, field: str) -> str | None:
        """The column that holds a field, if one does."""
        return next((column for name, column in self.columns if name == field), None)


def parse(text: str) -> Fields:
    """What `--fields` says; nothing means a guess. Raises `NewslintError`."""
    columns: dict[str, str] = {}
    for pair in filter(None, map(str.strip, text.split(","))):
        field, given, column = (part.strip() for part in pair.partition("="))
        if field not in NAMES:
            raise _mistake(unknown("field", field, NAMES))
        if not (given and column):
            raise _mistake(f"“{pair}” names no column: say {field}=COLUMN, as in {_EXAMPLE}")
        if field in columns:
            raise _mistake(f"“{field}” is given twice")
        columns[field] = column
    if columns and "body" not in columns:
        raise _mistake(f"say which column holds the body, as in {_EXAMPLE}")
    return _ordered(columns)


def settle(
    asked: Fields, known: Sequence[str], rows: Iterable[Mapping[str, Any]], open_: bool = False
) -> Fields:
    """The fields of one dump: those asked for that it has, or else a guess.

    `known` are its columns, nested ones joined with dots, and `rows` its first ones; with `open_`
    later rows may have other columns. Raises `NewslintError` where there is none for the body; the
    message names those that are there.
    """
    from newslint.audit.sources.guess import guess  # which few need

    found = Fields(tuple(pair for pair in asked.columns if open_ or pair[1] in known))
    if not asked.columns:
        found = _ordered(guess(known, rows))
    if found.column("body") not in known:
        raise NewslintError(Error("", "no-articles", _no_body(asked, known)))
    return found


def missing(asked: Fields, known: Collection[str]) -> str:
    """What to say of columns that were asked for and are not there; nothing where all are."""
    absent = [column for _, column in asked.columns if column not in known]
    return "; ".join(f"{FLAG}: {unknown('column', column, known)}" for column in absent)


def _ordered(columns: Mapping[str, str]) -> Fields:
    return Fields(tuple((name, columns[name]) for name in NAMES if name in columns))


def _no_body(asked: Fields, known: Sequence[str]) -> str:
    shown = ", ".join(known[:40]) + (f" and {len(known) - 40} more" if len(known) > 40 else "")
    columns = f"its columns are {shown}" if known else "it has no columns"
    if (body := asked.column("body")) is not None:
        return f'no column "{body}" for the body: {columns}'
    return f"no column looks like the body of articles: {columns}. Say which, as in {_EXAMPLE}"


def _mistake(message: str) -> NewslintError:
    return NewslintError(Error("", "config", f"{FLAG}: {message}"))
