"""Which column of a dump holds which field of an article: said by `--fields`, else guessed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct

from newslint.errors import Error, NewslintError, unknown

NAMES = ("headline", "body", "published", "byline", "section", "url", "format")
"""The fields, in the order in which a guess is shown. `format` says what the body is written in:
`markdown`, `html` or `text`."""
FLAG = "--fields"
EXAMPLE = f"{FLAG} headline=title,body=text,published=date"


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
            raise _mistake(f"“{pair}” names no column: say {field}=COLUMN, as in {EXAMPLE}")
        if field in columns:
            raise _mistake(f"“{field}” is given twice")
        columns[field] = column
    if columns and "body" not in columns:
        raise _mistake(f"say which column holds the body, as in {EXAMPLE}")
    return ordered(columns)


def missing(asked: Fields, known: Collection[str]) -> str:
    """What to say of columns that were asked for and are not there; nothing where all are."""
    absent = [column for _, column in asked.columns if column not in known]
    return "; ".join(f"{FLAG}: {unknown('column', column, known)}" for column in absent)


def ordered(columns: Mapping[str, str]) -> Fields:
    """The fields in the order in which they are shown."""
    return Fields(tuple((name, columns[name]) for name in NAMES if name in columns))


def _mistake(message: str) -> NewslintError:
    return NewslintError(Error("", "config", f"{FLAG}: {message}"))
