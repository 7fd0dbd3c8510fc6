"""Builds a block from pieces of the source, so that every character keeps its origin."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from newslint.article import OPAQUE, Block, Link, Origin
from newslint.later import compiled_later

_URL = compiled_later(
    r"(?:https?://|ftp://|www\.)(?:[^\s<>\"“”‘’|\[\](){}`\ufffc]|\([^\s()<>]*\))+", re.IGNORECASE
)
_URL_TAIL = ".,;:!?'’*_~…—–-"
"""Ends a sentence and not the address before it."""
_MARKS = " \t\r\n\xa0*_~=#|`-–—" + OPAQUE
"""What makes no prose by itself: emphasis marks that found no partner, a rule, an image."""

_SPACES = "\u00a0\u202f\u2009\u2007"


class Pieces:
    """Collects pieces of one block in reading order, then makes the block.

    A piece is some text and the range of the source it came from. Equal length means the same
    characters; any other piece (an entity, a folded line break) maps as a whole.
    """

    __slots__ = ("_at", "_chunks", "_ends", "_starts", "_verbatim", "length")

    def __init__(self) -> None:
        self._chunks: list[str] = []
        self._at: list[int] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._verbatim = False
        """Whether the last piece can grow."""
        self.length = 0
        """Of the text so far."""

    def add(self, text: str, start: int, end: int) -> None:
        """Append `text`, which came from `source[start:end]`."""
        size = len(text)
        if not size:
            return
        if self._verbatim and self._ends[-1] == start and end - start == size:
            self._ends[-1] = end
        else:
            self._at.append(self.length)
            self._starts.append(start)
            self._ends.append(end)
            self._verbatim = end - start == size
        self._chunks.append(text)
        self.length += size

    def opaque(self, start: int, end: int) -> None:
        """Append what is not prose; neighbouring opaque ranges become one."""
        alone = self._chunks and self._chunks[-1] == OPAQUE and self._at[-1] == self.length - 1
        if alone and self._ends[-1] <= start:
            self._ends[-1] = end
            self._verbatim = False
            return
        self._verbatim = False
        self.add(OPAQUE, start, end)
        self._verbatim = False

    def space(self, start: int, end: int) -> None:
        """Append one space for white space or a line break, unless one stands there already."""
        if self._chunks and not self._chunks[-1][-1].isspace():
            self.add(" ", start, end)

    @property
    def text(self) -> str:
        """What has been collected, untrimmed."""
        return "".join(self._chunks)

    @property
    def end(self) -> int:
        """Where the last piece ends in the source; there must be one."""
        return self._ends[-1]

    def verbatim_from(self, offset: int) -> int:
        """Where in the source the text from `offset` on begins, if it is one piece; else -1."""
        if self._verbatim and self._at[-1] <= offset:
            return self._starts[-1] + offset - self._at[-1]
        return -1

    @property
    def origin(self) -> Origin:
        """Where the text came from; it must not be empty."""
        return Origin((*self._at, self.length), tuple(self._starts), tuple(self._ends))

    def __bool__(self) -> bool:
        return not _blank(self.text)

    def block(self, kind: str, level: int = 0, inside: str = "") -> Block | None:
        """The trimmed block, or None where there is no prose in it."""
        text = self.text
        if _blank(text):
            return None
        clean = text.strip()
        if len(clean) != len(text):
            lead = len(text) - len(text.lstrip())
            self._keep(clean, lead)
        return Block(kind, plain_spaces(clean), self.origin, level, inside)

    def cut_urls(self) -> Iterator[Link]:
        """Make bare URLs opaque and yield them as links, in order."""
        text = self.text
        if "://" not in text and "www." not in text and "WWW." not in text:
            return
        origin = self.origin
        cuts: list[tuple[int, int]] = []
        for match in _URL.finditer(text):
            url = match[0].rstrip(_URL_TAIL)
            start = match.start()
            end = start + len(url)
            span = origin.span(start, end)
            cuts.append((start, end))
            yield Link(url, span, url, span)
        self.hide(cuts)

    def hide(self, cuts: list[tuple[int, int]]) -> None:
        """Make these ranges of the text opaque."""
        if not cuts:
            return
        text, origin = self.text, self.origin
        self._chunks, self._at, self._starts, self._ends = [], [], [], []
        self._verbatim = False
        self.length = 0
        offset = 0
        for start, end in cuts:
            self.copy(text, origin, offset, start)
            self.opaque(*origin.span(start, end))
            offset = end
        self.copy(text, origin, offset, len(text))

    def copy(self, text: str, origin: Origin, start: int, end: int) -> None:
        """Append `text[start:end]`, where `origin` says what the whole `text` came from."""
        at = origin.at
        piece = bisect_right(at, start) - 1
        while start < end:
            stop = min(at[piece + 1], end)
            self.add(text[start:stop], *origin.span(start, stop))
            start = stop
            piece += 1

    def _keep(self, clean: str, lead: int) -> None:
        """Keep only `clean`, which stands `lead` characters into the text."""
        at, starts, ends = [*self._at, self.length], self._starts, self._ends
        stop = lead + len(clean)
        first = bisect_right(at, lead) - 1
        last = bisect_right(at, stop - 1) - 1
        trim_last = ends[last] - starts[last] == at[last + 1] - at[last]
        trim_first = ends[first] - starts[first] == at[first + 1] - at[first]
        if trim_last:
            ends[last] = starts[last] + stop - at[last]
        if trim_first:
            starts[first] += lead - at[first]
        self._at = [0, *(offset - lead for offset in at[first + 1 : last + 1])]
        self._starts = starts[first : last + 1]
        self._ends = ends[first : last + 1]
        self._chunks = [clean]
        self.length = len(clean)


def _blank(text: str) -> bool:
    """Whether there is no prose: white space of any kind, opaque objects, left-over markup."""
    core = text.strip(_MARKS)
    return not core or not (core[0].isalnum() or core.replace(OPAQUE, " ").strip())


def plain_spaces(text: str) -> str:
    """No-break and thin spaces as plain ones, one for one: "last\u00a0week" is "last week"."""
    if not text.isascii():
        for space in _SPACES:
            text = text.replace(space, " ")
    return text
