"""Lines and columns, worked out only when a report needs them."""

from __future__ import annotations

from bisect import bisect_right

from newslint.article import Span
from newslint.later import compiled_later

_BREAK = compiled_later(r"\r\n|\n|\r")


class Lines:
    """The lines of one source text. Lines and columns are 1-based, columns count code points."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._starts = [0, *(match.end() for match in _BREAK.finditer(source))]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, line: int) -> Span:
        """The range of a line with its break."""
        end = self._starts[line] if line < len(self._starts) else len(self._source)
        return Span(self._starts[line - 1], end)

    def text(self, line: int) -> str:
        """A line without its break."""
        start, end = self.span(line)
        return self._source[start:end].rstrip("\r\n")


def split(source: str) -> list[str]:
    """All lines without their breaks; after a last break stands an empty one."""
    return _BREAK.split(source)


def newline_of(source: str) -> str:
    """The first line break of the source; where there is none, a line feed."""
    found = next(_BREAK.finditer(source), None)
    return found[0] if found else "\n"
