"""Reads Markdown as content repositories have it: front matter, templates, HTML inside."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from newslint.article import (
    BLOCK_QUOTE,
    CAPTION,
    HEADLINE,
    LIST_ITEM,
    PARAGRAPH,
    SUBHEADING,
    TABLE_CELL,
    Article,
    Block,
    Field,
    Link,
    Origin,
    Span,
)
from newslint.later import compiled_later
from newslint.readers import frontmatter
from newslint.readers.inline import Inline
from newslint.readers.lines import paragraph_kind
from newslint.readers.marked import Marked, Where

if TYPE_CHECKING:
    from newslint.readers.html import Fragment

FOOTNOTE = "footnote"
ASIDE = "aside"

_LANGUAGE = compiled_later(r"[A-Za-z]{2,3}(?![A-Za-z])")
_SURROGATES = compiled_later("[\ud800-\udfff]")
_HASHES = compiled_later(r"[ \t]*#*")
_BLOCK_TAG = compiled_later(
    r"\s*</?(?:blockquote|div|figure|h[1-6]|li|ol|p|section|table|ul)\b", re.IGNORECASE
)
_AROUND = compiled_later(r"<(/?)(blockquote|figcaption|caption|aside)\b", re.IGNORECASE)
_KIND_IN = {"blockquote": BLOCK_QUOTE, "figcaption": CAPTION, "caption": CAPTION, "aside": ASIDE}
_COPY = frozenset({PARAGRAPH, LIST_ITEM, BLOCK_QUOTE, TABLE_CELL})


def read_markdown(path: str, source: str) -> Article:
    """Read a file of Markdown."""
    text = _encodable(source)
    front = frontmatter.read(text)
    marked = Marked(text, front.body)
    blocks = _Blocks(marked, front)
    blocks.run(marked.events)
    blocks.flush()
    blocks.links.sort(key=_place)
    return Article(
        path=path,
        source=text,
        format="markdown",
        blocks=tuple(blocks.blocks),
        meta=front.fields,
        links=tuple(blocks.links),
        images=tuple(blocks.images),
        comments=tuple(blocks.comments),
        problems=front.problems,
        language=_language(front.fields) or "en",
    )


def _encodable(source: str) -> str:
    """The source with half characters replaced, which have no bytes; most sources have none."""
    try:
        source.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", source)
    return source


def _place(link: Link) -> Span:
    return link.span


def _language(fields: dict[str, Field]) -> str:
    for name in ("lang", "language"):
        field = fields.get(name)
        match = _LANGUAGE.match(field.value) if field and isinstance(field.value, str) else None
        if match:
            return match[0].lower()
    return ""


class _Blocks(Inline):
    """Makes blocks of the prose that `Inline` collects."""

    def __init__(self, marked: Marked, front: frontmatter.FrontMatter) -> None:
        super().__init__(marked)
        self.blocks = list(front.blocks)
        self._seeks_headline = all(block.kind != HEADLINE for block in self.blocks)
        self._first = len(self.blocks)
        self._around: list[str] = []
        """What encloses the current place, the innermost last: kinds, `footnote`, `aside`."""
        self._depths: list[int] = []
        """How much enclosed each list item, block quote or footnote that is open."""
        self._level = 0
        """Of the heading that is being read, else 0."""
        self._in_cell = False
        self._after_html = False
        """Whether the last block was HTML."""
        self._html_goes_on = False
        """Whether the code block that is being read may be more of that HTML."""
        self._html: list[Span] = []
        """The lines of the HTML block that is being read."""

    def on_start(self, value: Any, where: Where) -> None:
        name = value if type(value) is str else next(iter(value))
        if name in _INLINE:
            super().on_start(value, where)
            return
        if self.pieces is not None:
            self.flush()
        if name in _CONTAINERS:
            self._depths.append(len(self._around))
            self._around.append(_CONTAINERS[name])
        elif name == "Heading":
            self._level = int(value["Heading"]["level"][1])
        elif name == "CodeBlock":
            self.hidden = name
            self._html_goes_on = self._after_html and value[name] == "Indented"
        elif name == "TableCell":
            self._in_cell = True
        self._after_html = False

    def on_end(self, value: Any, where: Where) -> None:
        name = value if type(value) is str else next(iter(value))
        if name in _INLINE:
            super().on_end(value, where)
        elif name == "HtmlBlock":
            self._end_html()
        elif name == "Heading":
            self._end_heading(self.at(where["start"]), self.at(where["end"]))
        else:
            if self.pieces is not None:
                self.flush()
            if name in _CONTAINERS:
                del self._around[self._depths.pop() :]
            elif name == "CodeBlock":
                self._end_code(self.at(where["start"]), self.at(where["end"]))
            elif name == "TableCell":
                self._in_cell = False

    def flush(self) -> bool:
        """End the block that is being read; whether there was something in it."""
        pieces = self.pieces
        if pieces is None:
            return False
        self.pieces = None
        self.close(pieces)
        kind, inside = self._place()
        level = self._level if kind != BLOCK_QUOTE else 0
        if level:
            kind = SUBHEADING
            if level == 1 and self._seeks_headline:
                kind = HEADLINE
        block = pieces.block(kind, level, inside)
        if block is not None:
            self._append(block)
        if self.alts:
            self.blocks += self.alts
            self.alts = []
        return True

    def _place(self) -> tuple[str, str]:
        """The kind of the running text at this place, and what encloses it."""
        around = self._around
        if not around:
            return (TABLE_CELL if self._in_cell else PARAGRAPH), ""
        inside = around[-1]
        if BLOCK_QUOTE in around:
            return BLOCK_QUOTE, inside
        if self._in_cell:
            return TABLE_CELL, inside
        return (PARAGRAPH if inside in (FOOTNOTE, ASIDE) else inside), inside

    def _append(self, block: Block) -> None:
        kind, text = block.kind, block.text
        if kind == PARAGRAPH and not block.inside:
            kind = paragraph_kind(text, len(self.blocks) - self._first)
            if kind != PARAGRAPH:
                block = Block(kind, text, block.origin)
        if kind == HEADLINE or kind in _COPY:
            self._seeks_headline = False
        self.blocks.append(block)

    def _end_heading(self, start: int, end: int) -> None:
        if not self.flush():
            kind, inside = self._place()
            if kind != BLOCK_QUOTE:
                mark = _HASHES.match(self.text, start, end)
                at = mark.end() if mark else start
                origin = Origin((0, 0), (at,), (at,))
                self.blocks.append(Block(SUBHEADING, "", origin, self._level, inside))
        self._level = 0

    def on_html_line(self, start: int, end: int) -> None:
        self._html.append(Span(start, end))

    def _end_html(self) -> None:
        lines, self._html = self._html, []
        if not lines:
            return
        start, end = lines[0].start, lines[-1].end
        text = self.marked.veiled
        if any(line.end != after.start for line, after in pairwise(lines)):
            text = _without_gaps(text, lines)
        self._take(_fragment(self.text, start, end, text))
        self._after_html = True
        if text.startswith("<!--", start):
            return
        least = self._depths[-1] + 1 if self._depths else 0
        for tag in _AROUND.finditer(text, start, end):
            kind = _KIND_IN[tag[2].lower()]
            if not tag[1]:
                self._around.append(kind)
            elif len(self._around) > least and self._around[-1] == kind:
                self._around.pop()

    def _end_code(self, start: int, end: int) -> None:
        """Indented HTML behind a blank line is code to CommonMark, and copy to who wrote it."""
        self.hidden = ""
        if self._html_goes_on and not self._depths and _BLOCK_TAG.match(self.text, start):
            self._take(_fragment(self.text, start, end, self.marked.veiled))
            self._after_html = True

    def _take(self, fragment: Fragment) -> None:
        """Splice in what an HTML block holds."""
        self.links += fragment.links
        self.images += fragment.images
        self.comments += fragment.comments
        outer, enclosing = self._place()
        for block in fragment.blocks:
            kind, level = block.kind, block.level
            if kind == HEADLINE and not self._seeks_headline:
                kind = SUBHEADING
            if kind == PARAGRAPH or outer == BLOCK_QUOTE:
                kind = outer
            inside = block.inside or enclosing
            if (kind, inside) != (block.kind, block.inside):
                block = Block(kind, block.text, block.origin, level, inside)
            self._append(block)


def _without_gaps(text: str, lines: list[Span]) -> str:
    """The text with spaces for what stands between the lines: quote marks and indentation."""
    parts, at = [text[: lines[0].start]], lines[0].start
    for start, end in lines:
        parts += [" " * (start - at), text[start:end]]
        at = end
    return "".join(parts) + text[at:]


_INLINE = frozenset(
    {"Link", "Image", "Emphasis", "Strong", "Strikethrough", "Superscript", "Subscript"}
)
_CONTAINERS = {"Item": LIST_ITEM, "BlockQuote": BLOCK_QUOTE, "FootnoteDefinition": FOOTNOTE}


def _fragment(source: str, start: int, end: int, masked: str) -> Fragment:
    from newslint.readers.html import read_fragment  # most Markdown has no HTML in it

    return read_fragment(source, start, end, masked)
