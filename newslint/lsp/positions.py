"""Leads from places in a text to positions of the protocol and back.

Newslint counts code points from the start of the text; the protocol counts lines, and within a line
units of UTF-16, or of another encoding where client and server agree on it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from lsprotocol.types import Position, PositionEncodingKind, Range

from newslint.article import Span
from newslint.later import compiled_later

BYTE_ORDER_MARK = "\ufeff"

_LINE_BREAK = compiled_later(r"\r\n|\n|\r")
_TWO_BYTES, _THREE_BYTES, _ASTRAL = (
    compiled_later(f"[{first}-\U0010ffff]") for first in "\u0080\u0800\U00010000"
)
_LONGER = {
    PositionEncodingKind.Utf8: (_TWO_BYTES, _THREE_BYTES, _ASTRAL),
    PositionEncodingKind.Utf16: (_ASTRAL,),
    PositionEncodingKind.Utf32: (),
}
"""By encoding: what takes one unit more than one, and one more still."""


class Positions:
    """The lines of one text, and how many units its characters take."""

    def __init__(self, text: str, encoding: str = PositionEncodingKind.Utf16) -> None:
        self._breaks = [match.span() for match in _LINE_BREAK.finditer(text)]
        self._starts = [0, *(end for _, end in self._breaks)]
        self._ends = [*(start for start, _ in self._breaks), len(text)]
        """Of the lines, without their breaks."""
        longer = () if text.isascii() else _LONGER[PositionEncodingKind(encoding)]
        self._longer = [[match.start() for match in found.finditer(text)] for found in longer]
        self._mark = int(text.startswith(BYTE_ORDER_MARK))

    def at(self, position: Position) -> int:
        """The offset in the text; of a position beyond the end of its line, that end.

        A position within a character is the one before it.
        """
        if position.line >= len(self._starts):
            return self._ends[-1]
        start, end = self._starts[position.line], self._ends[position.line]
        wanted = self._units(start) + position.character
        return start + bisect_right(range(start, end + 1), wanted, key=self._units) - 1

    def position(self, at: int) -> Position:
        """The position of an offset in the text."""
        line = bisect_right(self._starts, at) - 1
        return Position(line, self._units(at) - self._units(self._starts[line]))

    def _units(self, at: int) -> int:
        """How many units stand before an offset."""
        return at + sum(bisect_left(places, at) for places in self._longer)

    def range(self, span: Span) -> Range:
        """The range of a span of the article, which a byte order mark does not belong to."""
        return Range(self.position(span.start + self._mark), self.position(span.end + self._mark))

    def span(self, place: Range) -> Span:
        """The span of the article that a range stands for."""
        start, end = self.at(place.start) - self._mark, self.at(place.end) - self._mark
        return Span(max(start, 0), max(end, 0))

    def rest_of_line(self, line: int, column: int) -> Range:
        """From a column of a line to its end; both are 1-based, or 0 where they are not known."""
        line = min(max(line, 1), len(self._starts)) - 1
        start, end = self._starts[line], self._ends[line]
        return Range(self.position(min(start + max(column, 1) - 1, end)), self.position(end))


def unchanged(old: str, new: str) -> tuple[int, int]:
    """How many code points two texts begin with alike, and how many of the others they end with."""
    shortest = min(len(old), len(new))
    head = next((n for n in range(shortest) if old[n] != new[n]), shortest)
    shortest -= head
    tail = next((n for n in range(shortest) if old[-1 - n] != new[-1 - n]), shortest)
    return head, tail


def edited(text: str, place: Range, new: str, encoding: str) -> str:
    """The text with a range replaced."""
    positions = Positions(text, encoding)
    start, end = positions.at(place.start), positions.at(place.end)
    return text[:start] + new + text[max(start, end) :]
