"""An article as every rule sees it: source text, metadata, and blocks of clean prose.

All offsets are 0-based code points into `Article.source`; ends are exclusive.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any, NamedTuple

from msgspec import Struct, field

OPAQUE = "\ufffc"
"""Stands in a block's text for what is not prose: code, an image, a URL, a shortcode."""

HEADLINE = "headline"
STANDFIRST = "standfirst"
BYLINE = "byline"
DATELINE = "dateline"
SUBHEADING = "subheading"
PARAGRAPH = "paragraph"
LIST_ITEM = "list-item"
BLOCK_QUOTE = "block-quote"
CAPTION = "caption"
ALT_TEXT = "alt-text"
TABLE_CELL = "table-cell"
SOURCE_LINE = "source-line"
LINK_LINE = "link-line"

BLOCK_KINDS = (
    HEADLINE, STANDFIRST, BYLINE, DATELINE, SUBHEADING, PARAGRAPH, LIST_ITEM,
    BLOCK_QUOTE, CAPTION, ALT_TEXT, TABLE_CELL, SOURCE_LINE, LINK_LINE,
)  # fmt: skip


class Span(NamedTuple):
    """A range of the source, in code points, end exclusive."""

    start: int
    end: int


class Origin(Struct, frozen=True, gc=False):
    """Maps offsets in a block's text to the source, piece by piece.

    Piece `i` is `text[at[i]:at[i + 1]]` and came from `source[starts[i]:ends[i]]`. Where both
    are equally long they are the same characters; otherwise the piece (an entity, a line break
    with its indentation, an opaque object) maps as a whole.
    """

    at: tuple[int, ...]
    """Where each piece begins in the text, and at last the length of the text."""
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The range of the source that `text[start:end]` came from."""
        if len(self.starts) == 1 and self.ends[0] - self.starts[0] == self.at[1]:
            return Span(self.starts[0] + start, self.starts[0] + end)
        first = self._start(start)
        return Span(first, first if end <= start else self._end(end))

    def offset(self, position: int) -> int:
        """The offset in the text that stands for a position of the source, or comes nearest."""
        piece = max(bisect_right(self.starts, position) - 1, 0)
        inside = position - self.starts[piece] if self._verbatim(piece) else 0
        return max(self.at[piece], min(self.at[piece] + inside, self.at[piece + 1]))

    def _start(self, offset: int) -> int:
        piece = min(bisect_right(self.at, offset) - 1, len(self.starts) - 1)
        if self._verbatim(piece):
            return self.starts[piece] + offset - self.at[piece]
        return self.ends[piece] if offset >= self.at[piece + 1] else self.starts[piece]

    def _end(self, offset: int) -> int:
        piece = max(bisect_left(self.at, offset) - 1, 0)
        if self._verbatim(piece):
            return self.starts[piece] + offset - self.at[piece]
        return self.ends[piece]

    def _verbatim(self, piece: int) -> bool:
        return self.ends[piece] - self.starts[piece] == self.at[piece + 1] - self.at[piece]


class Block(Struct, frozen=True, gc=False):
    """One structural part of an article: its clean prose and where each character came from."""

    kind: str
    """One of `BLOCK_KINDS`."""
    text: str
    origin: Origin
    level: int = 0
    """Of a heading: 1 to 6; else 0."""
    inside: str = ""
    """What encloses it: `block-quote`, `list-item`, `footnote`, `aside` or nothing."""

    def span(self, start: int, end: int) -> Span:
        """The range of the source that `text[start:end]` came from."""
        return self.origin.span(start, end)

    @property
    def source_span(self) -> Span:
        """The range of the source that the whole block's text came from."""
        return Span(self.origin.starts[0], self.origin.ends[-1])


class Link(Struct, frozen=True, gc=False):
    """A link: its address, where the address stands, and the words that carry it."""

    url: str
    span: Span
    """Of the address in the source; of the whole link where the address stands elsewhere."""
    text: str
    text_span: Span


class Image(Struct, frozen=True, gc=False):
    """An image and its alternative text; `alt` is None where the attribute is missing."""

    url: str
    span: Span
    alt: str | None
    decorative: bool = False
    """Declared as not for reading aloud (`role=presentation`, `aria-hidden`, `alt=""` in HTML)."""


class Field(Struct, frozen=True, gc=False):
    """One metadata value. Keys of nested mappings are joined with dots."""

    value: Any
    """A string, number, boolean, None, or a list of those."""
    span: Span
    """Of the value in the source."""
    key: Span
    """Of the key in the source, or of the value where there is no key."""


class Comment(Struct, frozen=True, gc=False):
    """A comment in the copy (`<!-- … -->`, or in plain text a line of that form)."""

    text: str
    """Without its delimiters, trimmed."""
    span: Span
    own_line: bool


class Problem(Struct, frozen=True, gc=False):
    """Something the reader could not read in a file that it could otherwise read."""

    code: str
    message: str
    span: Span


class Article(Struct, frozen=True):
    """One piece of copy."""

    path: str
    """As given on the command line, joined with `/`."""
    source: str
    """The file as decoded, after a byte order mark. `\\r\\n` is two characters."""
    format: str
    """`markdown`, `html` or `text`."""
    blocks: tuple[Block, ...] = ()
    """In the order of the source; what stands in metadata (a headline, say) comes first."""
    meta: dict[str, Field] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    comments: tuple[Comment, ...] = ()
    problems: tuple[Problem, ...] = ()
    language: str = "en"
    """ISO 639 code: declared by the article, else detected, else `en`."""
    memo: dict[str, Any] = field(default_factory=dict)
    """What the language rooms have worked out so far (`newslint.language.once`)."""

    def anchor(self) -> Span:
        """Where a finding about the whole article stands: headline, first block, or 1:1."""
        for wanted in ((HEADLINE,), (STANDFIRST, PARAGRAPH, LIST_ITEM), BLOCK_KINDS):
            for block in self.blocks:
                if block.kind in wanted:
                    return block.source_span
        return Span(0, 0)
