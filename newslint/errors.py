"""What newslint says when it cannot check or understand something (exit code 2)."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

CODES = ("unreadable", "not-text", "config", "rule", "no-articles", "engine", "crash")


class Error(Struct, frozen=True, gc=False):
    """One thing that could not be checked: where, what kind, and what to do about it."""

    path: str
    code: str
    """One of `CODES`."""
    message: str
    line: int = 0
    """1-based, or 0 where no line is to blame."""
    column: int = 0

    def __str__(self) -> str:
        place = ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])
        return f"{place}: {self.message}" if self.path else self.message


class NewslintError(Exception):
    """Carries an `Error` up to the command line."""

    def __init__(self, error: Error) -> None:
        super().__init__(str(error))
        self.error = error

    def __reduce__(self) -> tuple[type[NewslintError], tuple[Error]]:
        return type(self), (self.error,)


def unknown(what: str, name: str, valid: Iterable[str]) -> str:
    """“unknown rule "very-uniqe". Did you mean "very-unique"?”"""
    from difflib import get_close_matches  # needed for mistakes only

    options = sorted(valid)
    message = f'unknown {what} "{name}"'
    if close := get_close_matches(name, options, 1, 0.6):
        return f'{message}. Did you mean "{close[0]}"?'
    if 0 < len(options) <= 12:
        return f"{message}. Known: {', '.join(options)}"
    return message
