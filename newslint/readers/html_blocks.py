"""Turns a tree of HTML elements into blocks, links and images."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from math import inf

from newslint.article import (
    ALT_TEXT,
    BYLINE,
    DATELINE,
    PARAGRAPH,
    Block,
    Image,
    Link,
    Origin,
    Span,
)
from newslint.readers.html_content import card, furniture, hidden, link_list
from newslint.readers.html_kinds import (
    MARKED,
    Context,
    context_of,
    inline_mark,
    kind_by_marks,
)
from newslint.readers.html_names import CODE, SKIPPED
from newslint.readers.html_tokens import add_prose
from newslint.readers.html_tree import HEADINGS, INLINE, Node
from newslint.readers.pieces import Pieces

_UNREAD = frozenset({"rt", "rp"})
_LEAST_BODY = 80
"""Characters of a paragraph behind which no standfirst follows."""
_LOOSE_LEAST, _LOOSE_MOST = 40, 120
_SENTENCE_ENDS = (".", "!", "?", "…", ":", "”", '"', "’", "'", ")", ";", ",")


class Walk:
    """Collects the blocks, links and images of a tree.

    `content` is the element that holds the article, or None where everything counts; `heading`
    is the element that holds the headline, and `host` the name of the site.
    """

    def __init__(
        self, text: str, content: Node | None, heading: Node | None, host: str = ""
    ) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.authors: list[Node] = []
        """The elements that a byline names somebody in."""
        self.dates: list[Node] = []
        """The `time` elements of date lines and bylines."""
        self._content = content
        self._heading = heading
        self._host = host
        self._bulk = content.measure[0] * 2 // 5 if content else 0
        self._pieces = Pieces()
        self._context = Context()
        self._found: list[Node] = []
        self._breaks = 0
        self._link: Pieces | None = None
        self._bare: list[Link] = []
        self._begun = False

    def read(self, node: Node, context: Context) -> None:
        """Read an element's content and put what was found into the order of the source."""
        self._walk(node, context)
        self._flush()
        self.blocks.sort(key=_place)
        self.links = sorted([*self.links, *self._unlinked()], key=lambda link: link.span)

    def _unlinked(self) -> list[Link]:
        """The bare addresses that are not the text of a link."""
        spans = sorted(link.text_span for link in self.links)
        reach = list(accumulate((span.end for span in spans), max))
        return [
            link
            for link in self._bare
            if not (before := bisect_right(spans, (link.span.start, inf)))
            or reach[before - 1] <= link.span.start
        ]

    def _walk(self, node: Node, context: Context) -> None:
        for child in node.children:
            if isinstance(child, Span):
                self._text(child, context)
            else:
                self._element(child, context)

    def _text(self, span: Span, context: Context) -> None:
        if not self._pieces.length:
            self._context = context
        if not self.text[span.start : span.end].isspace():
            self._breaks = 0
        add_prose(self._pieces, self.text, span)
        if self._link is not None:
            add_prose(self._link, self.text, span)

    def _element(self, node: Node, context: Context) -> None:
        tag = node.tag
        if tag == "br":
            self._line_break(node)
        elif tag == "img":
            self._image(node, context)
        elif tag in CODE or (tag == "sup" and _note_mark(node)):
            self._opaque(node, context)
        elif tag in SKIPPED or tag in _UNREAD or self._skip(node):
            if tag not in INLINE:
                self._flush()
        else:
            self._read_element(node, context)

    def _skip(self, node: Node) -> bool:
        content = self._content
        if hidden(node):
            return content is None or not self._holds(node, content)
        if content is None or self._holds(node, content) or self._holds(node, self._heading):
            return False
        if node.measure[0] >= max(self._bulk, 1):
            return False
        return furniture(node) or link_list(node, self._host) or card(node)

    @staticmethod
    def _holds(node: Node, inner: Node | None) -> bool:
        return inner is not None and node.start <= inner.start < node.end

    def _read_element(self, node: Node, context: Context) -> None:
        if node is self._content:
            context = context._replace(keep=True)
        inner = context_of(node, context, node is self._heading, self._begun)
        if node.tag in INLINE and inner == context:
            self._read_inline(node, context)
            return
        self._flush()
        before = len(self.blocks), len(self.images)
        if node.tag == "a":
            self._read_inline(node, inner)
        else:
            self._walk(node, inner)
        self._flush()
        empty = before == (len(self.blocks), len(self.images))
        if empty and node.tag in HEADINGS and (inner.keep or node is self._heading):
            self._empty(node, inner)

    def _read_inline(self, node: Node, context: Context) -> None:
        if inline_mark(node):
            self._found.append(node)
        if node.tag == "a" and "href" in node.attrs:
            self._anchor(node, context)
        elif node.tag == "q":
            self._quotation(node, context)
        else:
            self._walk(node, context)

    def _anchor(self, node: Node, context: Context) -> None:
        outer, self._link = self._link, Pieces()
        self._walk(node, context)
        block = self._link.block(PARAGRAPH)
        self._link = outer
        if context.keep or context.kind in MARKED:
            target = node.attrs["href"]
            end = node.inner.start
            text_span = block.source_span if block else Span(end, end)
            url = target.value.strip()
            self.links.append(Link(url, target.span, block.text if block else "", text_span))

    def _quotation(self, node: Node, context: Context) -> None:
        """A `q` element shows quotation marks that its tags stand for."""
        if not self._pieces.length:
            self._context = context
        self._pieces.add("“", node.start, node.inner.start)
        self._walk(node, context)
        if self.text[node.end - 4 : node.end].lower() == "</q>":
            self._pieces.add("”", node.end - 4, node.end)

    def _line_break(self, node: Node) -> None:
        self._breaks += 1
        if self._breaks > 1:
            self._flush()
        for pieces in (self._pieces, self._link):
            if pieces is not None:
                pieces.space(node.start, node.end)

    def _opaque(self, node: Node, context: Context) -> None:
        if not self._pieces.length:
            self._context = context
        self._breaks = 0
        for pieces in (self._pieces, self._link):
            if pieces is not None:
                pieces.opaque(node.start, node.end)

    def _image(self, node: Node, context: Context) -> None:
        if not context.keep or hidden(node):
            return
        self._opaque(node, context)
        alt = node.attrs.get("alt")
        url = node.get("src") or node.get("data-src") or node.get("srcset").split(" ")[0]
        silent = node.get("role") in ("presentation", "none") or (alt and not alt.value.strip())
        pixel = node.get("width") in ("0", "1") and node.get("height") in ("0", "1")
        self.images.append(
            Image(
                url, Span(node.start, node.end), alt.value if alt else None, bool(silent or pixel)
            )
        )
        if alt:
            pieces = Pieces()
            add_prose(pieces, self.text, alt.span, attribute=True)
            block = pieces.block(ALT_TEXT, inside=context.inside)
            if block:
                self.blocks.append(block)

    def _empty(self, node: Node, context: Context) -> None:
        place = node.inner.start
        origin = Origin((0, 0), (place,), (place,))
        self.blocks.append(Block(context.kind, "", origin, context.level, context.inside))

    def _flush(self) -> None:
        """End the block that is being read."""
        pieces, context, found = self._pieces, self._context, self._found
        self._breaks = 0
        if not pieces.length:
            return
        self._pieces, self._found = Pieces(), []
        kind = context.kind
        if kind == BYLINE or (found and kind == PARAGRAPH):
            kind = kind_by_marks(kind, found, pieces.text.strip())
        if not context.keep and kind not in MARKED:
            return
        bare = list(pieces.cut_urls())
        block = pieces.block(kind, context.level, context.inside)
        if block is None or (context.loose and self._content and _scrap(block)):
            self._bare += bare if block is None else []
            return
        self._bare += bare
        self.blocks.append(block)
        self._begun |= kind == PARAGRAPH and len(block.text) >= _LEAST_BODY
        if kind in (BYLINE, DATELINE):
            self.authors += [node for node in found if node.tag != "time"]
            self.dates += [node for node in found if node.tag == "time"]


def _place(block: Block) -> int:
    return block.origin.starts[0]


def _scrap(block: Block) -> bool:
    """Whether text that stands directly in a division is a label rather than a sentence."""
    if block.kind != PARAGRAPH:
        return False
    length = len(block.text)
    return length < _LOOSE_LEAST or (
        length < _LOOSE_MOST and not block.text.endswith(_SENTENCE_ENDS)
    )


def _note_mark(node: Node) -> bool:
    """Whether a raised character is the mark of a footnote."""
    return any(
        isinstance(child, Node) and child.tag == "a" and child.get("href").startswith("#")
        for child in node.children
    )
