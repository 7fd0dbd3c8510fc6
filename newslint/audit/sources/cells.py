"""Rows of CSV out of lines. One that is wrong costs itself: reading goes on behind it."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from newslint.audit.sources.lines import Line
from newslint.audit.sources.parts import Lost
from newslint.audit.sources.rows import LONGEST_LINE, too_long
from newslint.later import compiled_later

TAB = "\t"
_DELIMITERS = (",", ";", TAB, "|")
_LEARNT = 200
"""Rows by which the look of others is judged."""
_DIGITS = compiled_later(r"[\d.:/TZ+ -]*\d[\d.:/TZ+ -]*")
_QUOTED = compiled_later(r'"[^"]*"')


class Dialect(NamedTuple):
    """How cells are told apart, and what stands before a quote within quotes (else another one)."""

    delimiter: str
    escape: str | None = None


class Row(NamedTuple):
    """The cells of a row, or what is wrong with it."""

    cells: list[str]
    problem: str = ""
    lost: Lost | None = None


def dialect_of(sample: bytes, delimiter: str | None) -> Dialect:
    """How a file that begins so is written; its first line is the header."""
    text = sample.decode("utf-8", "replace")
    if delimiter is None:
        header = _QUOTED.sub("", text.partition("\n")[0])
        delimiter = max(_DELIMITERS, key=header.count)
    # As Spark and MySQL write quotes; a cell may also just end in a backslash.
    follow = {text[at + 2 : at + 3] for at in _places(text, '\\"')} - {delimiter, "\r", "\n", ""}
    doubled = any(text[at - 1 : at] not in (delimiter, "\n") for at in _places(text, '""'))
    return Dialect(delimiter, "\\" if follow and not doubled else None)


def _places(text: str, what: str) -> Iterator[int]:
    at = text.find(what)
    while at >= 0:
        yield at
        at = text.find(what, at + len(what))


def rows_in(told: Iterable[Line], dialect: Dialect) -> Iterator[Row]:
    """The rows, blank ones left out. Bytes that are no UTF-8 become surrogates.

    Where one is wrong, lines are passed over until one looks like a row, and told as one.
    """
    feed, shape = _Feed(told), _Shape()
    begun, problem = 0, ""  # of what is being passed over; without a problem it is told already
    passing = False
    for row in _attempts(feed, dialect, shape):
        if passing and (row.lost or shape.fits(row)):
            passing = False
            if problem:
                yield Row([], _passed(begun, feed.line - 1, problem))
        if row.problem and not shape.width:  # the header
            yield row
            return
        if row.lost:
            passing, problem = True, ""
            yield row
        elif row.problem and not passing:
            passing, begun, problem = True, feed.line, row.problem
        elif row.cells and not passing:
            shape.see(row.cells)
            yield row
    if passing and problem:
        yield Row([], _passed(begun, feed.line - 1, problem))


def _attempts(feed: _Feed, dialect: Dialect, shape: _Shape) -> Iterator[Row]:
    """What the parser makes of the lines; behind a wrong row it begins again with its second."""
    csv.field_size_limit(max(csv.field_size_limit(), 2 * LONGEST_LINE))
    parser = csv.reader(
        feed, delimiter=dialect.delimiter, strict=True,
        escapechar=dialect.escape, doublequote=dialect.escape is None,
    )  # fmt: skip
    while True:
        feed.begin()
        try:
            row = Row(next(parser))
        except StopIteration:
            return
        except _DamageError as error:
            row = error.row
        except csv.Error as error:
            row = Row([], str(error))
        wrong = row.problem or (shape.width and len(row.cells) != shape.width)
        if wrong and dialect.delimiter == TAB and (bare := feed.unquoted(shape.width)):
            row = Row(bare)
            feed.back()
        elif row.problem:
            feed.back()
        yield row


def _passed(begun: int, end: int, problem: str) -> str:
    lines = f"line {begun:,} is" if end <= begun else f"lines {begun:,} to {end:,} are"
    return f"{lines} no CSV: {problem}"


class _Shape:
    """What rows look like: how many cells they have, and which of these are numbers or dates."""

    def __init__(self) -> None:
        self.width = 0
        self._seen = 0
        self._digits: set[int] = set()

    def see(self, cells: list[str]) -> None:
        """Learn from a row; the first one is the header."""
        if not self.width:
            self.width = len(cells)
            self._digits = set(range(self.width))
        elif self._seen < _LEARNT and len(cells) == self.width:
            self._seen += 1
            self._digits = {at for at in self._digits if _DIGITS.fullmatch(cells[at])}

    def fits(self, row: Row) -> bool:
        """Whether a row looks like the others, and not like a line of prose with as many commas."""
        if row.problem or len(row.cells) != self.width:
            return False
        return not self._seen or all(_DIGITS.fullmatch(row.cells[at]) for at in self._digits)


class _DamageError(Exception):
    """Raised through the parser where there is no next line."""

    def __init__(self, row: Row) -> None:
        super().__init__()
        self.row = row


class _Feed:
    """The lines for the parser; those of the row that it is at can be given back."""

    def __init__(self, told: Iterable[Line]) -> None:
        self._told = iter(told)
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._size = 0
        self.line = 1
        """The first one of the row, counted from 1."""

    def begin(self) -> None:
        """A row begins with the next line."""
        self.line += len(self._row)
        self._row, self._size = [], 0

    def back(self) -> None:
        """Give back the lines of the row but for the first."""
        self._again.extendleft(reversed(self._row[1:]))
        del self._row[1:]

    def unquoted(self, width: int) -> list[str]:
        """The cells of the row's first line where quotes mean nothing; none where they do not fit.

        So TSV is often written: `"We won," she said<TAB>…`.
        """
        cells = self._row[0].rstrip("\r\n").split(TAB) if self._row else []
        return cells if len(cells) == width else []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        text = self._again.popleft() if self._again else self._next()
        self._row.append(text)
        self._size += len(text)
        if self._size > LONGEST_LINE:
            raise _DamageError(Row([], f"{too_long()}: is a quote not closed?"))
        return text

    def _next(self) -> str:
        line = next(self._told)
        if line.torn and line.lost is None:  # the end of a row that is told to be lost
            return "\n"
        if line.lost is not None:
            raise _DamageError(Row([], lost=line.lost))
        if line.long:
            raise _DamageError(Row([], too_long()))
        return line.data.decode("utf-8", "surrogateescape")
