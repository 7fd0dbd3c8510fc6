"""Lines and columns, worked out only when a report needs them."""

from __future__ import annotations

from bisect import bisect_right

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

    def text(self, line: int) -> str:
        """A line without its break."""
        end = self._starts[line] if line < len(self._starts) else len(self._source)
        return self._source[self._starts[line - 1] : end].rstrip("\r\n")
