"""Reads what stands inside Markdown blocks: text, links, images, code, inline HTML."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

from newslint.article import ALT_TEXT, Block, Comment, Image, Link, Span
from newslint.later import compiled_later
from newslint.readers import templates
from newslint.readers.html_names import CODE, SKIPPED, VOID
from newslint.readers.html_tokens import add_prose, attributes
from newslint.readers.marked import Marked, Where
from newslint.readers.pieces import Pieces

_TAG = compiled_later(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_DESTINATION = compiled_later(r"\s*(?:<([^<>\n]*)>|(\S*))")
_BREAKING = frozenset(
    {"br", "hr", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "tr", "td", "th", "table"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "figure", "blockquote"}
)
_BROKEN_TAG = compiled_later(
    r"</?(?:a|b|div|em|figure|i|iframe|img|li|p|span|strong|table|td|video)\s[^<>]*=[^<>]*(?:>|$)",
    re.IGNORECASE,
)
"""A tag that HTML does not accept, a quotation mark in its attribute for instance."""
_AUTOLINK = "<"
_OPAQUE = CODE | {_AUTOLINK}
_NO_PROSE = CODE | SKIPPED
_GUARD = "&#32;"
"""Keeps the beginning of a line of text ("1. ", "# ") from being read as a list or a heading."""


class _Open:
    """A link that is being read."""

    __slots__ = ("begin", "kind", "span", "start", "url")

    def __init__(self, kind: str, url: str, start: int, begin: int) -> None:
        self.kind = kind
        """pyromark's word: `Inline`, `Autolink`, …; empty for an HTML element."""
        self.url = url
        self.span = Span(start, start)
        """Of the address."""
        self.start = start
        self.begin = begin
        """Where its words begin in the block's text."""


class Inline:
    """Collects prose from pyromark's events; `take` is handed the pieces of each block."""

    def __init__(self, marked: Marked) -> None:
        self.marked = marked
        self.text = marked.text
        self.at = marked.at
        self._masks = marked.masks
        self._clear = (0, -1)
        """A range that no template syntax stands in."""
        self.pieces: Pieces | None = None
        """Of the block that is being read."""
        self.hidden = ""
        """The element whose text is no prose, while it is open."""
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.comments: list[Comment] = []
        self.alts: list[Block] = []
        """The alternative texts of the images in the block that is being read."""
        self._after_tag = False
        """Whether a space would stand beside another one that a tag separates it from."""
        self._outer: list[tuple[Pieces | None, str]] = []
        self._link: _Open | None = None
        self._anchor: _Open | None = None
        self._closed: list[tuple[_Open, int, Span]] = []
        self._places: list[Span] = []
        """Of the words of the links in this block."""

    def run(self, events: Iterable[tuple[Any, Where]]) -> None:
        """Take all events in."""
        on_text, on_start, on_end = self.on_text, self.on_start, self.on_end
        for event, where in events:
            if type(event) is str:
                if event != "Rule" and self.pieces is not None:
                    start = self.at(where["start"])
                    self.pieces.space(start, start + where["end"] - where["start"])
                continue
            tag, value = event.popitem()
            if tag == "Text":
                on_text(value, where)
            elif tag == "Start":
                on_start(value, where)
            elif tag == "End":
                on_end(value, where)
            elif tag == "Code":
                self._opaque(self.at(where["start"]), self.at(where["end"]))
            elif tag == "InlineHtml":
                self._on_tag(self.at(where["start"]), self.at(where["end"]))
            elif tag == "Html":
                self.on_html_line(self.at(where["start"]), self.at(where["end"]))

    def on_text(self, text: str, where: Where) -> None:
        """Add a run of text: verbatim, or an entity."""
        first, last = where["start"], where["end"]
        start = self.at(first)
        if last - first == len(text) and not self._masks:
            end = start + last - first
        else:  # template syntax is filled byte for byte, so its ASCII says nothing of its length
            end = self.at(last)
        pieces = self.pieces
        if pieces is None:
            pieces = self.pieces = Pieces()
        if self.hidden:
            if self.hidden in _OPAQUE:
                pieces.opaque(start, end)
        elif masks := self._masks_in(start, end):
            self._split(masks, pieces, start, end)
        elif self._after_tag and text[0] == " ":
            self._after_tag = False
            pieces.space(start, start + 1)
            pieces.add(text[1:], start + 1, end)
        elif start < end:
            pieces.add(text, start, end)
        else:  # what is left of a tab that stands partly in the indentation
            pieces.space(start, end)

    def on_html_line(self, start: int, end: int) -> None:
        """A line of an HTML block; there is none within a line of text."""

    def _masks_in(self, start: int, end: int) -> list[Span]:
        """The template syntax in the range; the room up to the next of it is remembered."""
        if not self._masks or self._clear[0] <= start <= end <= self._clear[1]:
            return []
        self._clear = self.marked.gap(end)
        return self.marked.overlapping(start, end)

    def _split(self, masks: list[Span], pieces: Pieces, start: int, end: int) -> None:
        """Add a range without the template syntax that stands in it."""
        for mask in masks:
            if start < mask.start:
                pieces.add(self.text[start : mask.start], start, mask.start)
            if not templates.is_attributes(self.text, mask):
                pieces.opaque(max(start, mask.start), min(end, mask.end))
            start = mask.end
        if start < end:
            pieces.add(self.text[start:end], start, end)

    def _opaque(self, start: int, end: int) -> None:
        if self.pieces is None:
            self.pieces = Pieces()
        self.pieces.opaque(start, end)

    def on_start(self, value: Any, where: Where) -> None:
        """Begin a link or an image; emphasis adds nothing."""
        if type(value) is str:
            return
        if "Link" in value:
            link = value["Link"]
            begin = 0 if self.pieces is None else self.pieces.length
            start = self.at(where["start"])
            self._link = _Open(link["link_type"], link["dest_url"], start, begin)
            if link["link_type"] == "Autolink" and not self.hidden:
                self.hidden = _AUTOLINK
        elif "Image" in value:
            self._outer.append((self.pieces, value["Image"]["dest_url"]))
            self.pieces = Pieces()

    def on_end(self, value: Any, where: Where) -> None:
        """End a link or an image."""
        if value == "Link" and self._link is not None:
            self._end_link(self._link, self.at(where["end"]))
            self._link = None
        elif value == "Image":
            self._end_image(self.at(where["start"]), self.at(where["end"]))

    def _end_link(self, link: _Open, end: int) -> None:
        pieces = self.pieces
        words_end = link.start + 1
        if pieces is not None and pieces.length > link.begin:
            words_end = pieces.end
        link.span = Span(link.start, end)
        if link.kind == "Inline":
            self._address(link, words_end, end)
        elif link.kind in ("Autolink", "Email"):
            link.span = Span(link.start + 1, end - 1)
        if self.hidden == _AUTOLINK:
            self.hidden = ""
        if not self._outer:
            self._give_words(link, Span(link.start + 1, words_end))

    def _give_words(self, link: _Open, place: Span) -> None:
        """Give a link its words, at once where they stand in the source as they are."""
        pieces = self.pieces
        length = link.begin if pieces is None else pieces.length
        start = (
            pieces.verbatim_from(link.begin) if pieces is not None and length > link.begin else -1
        )
        words = self.text[start : pieces.end] if pieces is not None and start >= 0 else ""
        if words and "\n" not in words and words == words.strip():
            place = Span(start, start + len(words))
            self._places.append(place)
            self.links.append(Link(link.url, link.span, words, place))
        else:
            self._closed.append((link, length, place))

    def _address(self, link: _Open, words_end: int, end: int) -> None:
        """Find the address of an inline link between the end of its words and its own end."""
        veiled = self.marked.veiled
        bracket = veiled.find("](", words_end, end)
        match = _DESTINATION.match(veiled, bracket + 2, end - 1) if bracket >= 0 else None
        if match is None:
            return
        span = Span(*match.span(match.lastindex or 0))
        raw = self.text[span.start : span.end]
        if self._masks and self.marked.overlapping(*span):
            link.url, link.span = raw, span
        elif raw == link.url or "\\" in raw or "&" in raw:
            link.span = span

    def _end_image(self, start: int, end: int) -> None:
        alt = self.pieces
        self.pieces, url = self._outer.pop()
        if self._masks and self.marked.overlapping(start, end):
            url = self._raw_url(url, start if alt is None or not alt.length else alt.end, end)
        self._image(Image(url, Span(start, end), alt.text.strip() if alt else ""), alt)

    def _raw_url(self, url: str, start: int, end: int) -> str:
        link = _Open("Inline", url, start, 0)
        self._address(link, start, end)
        return link.url

    def _image(self, image: Image, alt: Pieces | None) -> None:
        self.images.append(image)
        if self.pieces is None:
            self.pieces = Pieces()
        self.pieces.opaque(*image.span)
        block = alt.block(ALT_TEXT) if alt is not None else None
        if block is not None:
            self.alts.append(block)

    def _on_tag(self, start: int, end: int) -> None:
        """A tag or a comment within a paragraph."""
        self._after_tag = True
        if self.text.startswith("<!--", start):
            self.comments.append(comment_at(self.text, start, end))
            return
        tag = _TAG.match(self.text, start)
        name = tag[2].lower() if tag else ""
        if self.hidden:
            if tag and tag[1] and name == self.hidden:
                self.hidden = ""
            elif self.hidden in _OPAQUE:
                self._opaque(start, end)
        elif name in _BREAKING:
            if self.pieces is not None:
                self.pieces.space(start, end)
        elif tag and not tag[1]:
            self._start_tag(name, start, end)
        elif name == "a" and self._anchor is not None:
            self._end_anchor(start)

    def _start_tag(self, name: str, start: int, end: int) -> None:
        if name in _NO_PROSE:
            if name not in VOID and not self.text.startswith("/>", end - 2):
                self.hidden = name
            if name in CODE:
                self._opaque(start, end)
            return
        if name not in ("a", "img"):
            return
        found = attributes(self.marked.veiled[start:end], start)
        if name == "img":
            alt, source = found.get("alt"), found.get("src")
            pieces = Pieces()
            if alt is not None:
                add_prose(pieces, self.marked.veiled, alt.span, attribute=True)
            words = None if alt is None else alt.value
            url = self.text[slice(*source.span)] if source else ""
            self._image(Image(url, Span(start, end), words, words == ""), pieces)
        elif "href" in found:
            if self._anchor is not None:
                self._end_anchor(start)
            begin = 0 if self.pieces is None else self.pieces.length
            href = found["href"]
            url = href.value.strip()
            if self._masks and self.marked.overlapping(*href.span):
                url = self.text[slice(*href.span)]
            self._anchor = _Open("", url, end, begin)
            self._anchor.span = href.span

    def _end_anchor(self, end: int) -> None:
        anchor, self._anchor = self._anchor, None
        if anchor is not None and not self._outer:
            self._give_words(anchor, Span(anchor.start, end))

    def close(self, pieces: Pieces) -> None:
        """End the block: its links are given their words, and bare URLs become opaque."""
        self.hidden = ""
        if self._anchor is not None:
            self._end_anchor(pieces.end if pieces.length else self._anchor.start)
        if self._closed:
            self._close_links(pieces)
        text = pieces.text
        if "<" in text:
            pieces.hide([match.span() for match in _BROKEN_TAG.finditer(text)])
        if "://" in text or "ww." in text or "WW." in text:
            self._add_bare_links(pieces)
        if self._places:
            self._places = []

    def _close_links(self, pieces: Pieces) -> None:
        """Give the links their words that are put together from several pieces."""
        text, origin = pieces.text, pieces.origin if pieces.length else None
        for link, length, place in self._closed:
            said = text[link.begin : length]
            words = said.strip()
            if words and origin:
                begin = link.begin + said.index(words)
                place = origin.span(begin, begin + len(words))
            self._places.append(place)
            self.links.append(Link(link.url, link.span, words, place))
        self._closed = []

    def _add_bare_links(self, pieces: Pieces) -> None:
        """Add the URLs in the text, but for those that are the words of a link."""
        self._places.sort()
        for bare in pieces.cut_urls():
            before = bisect_right(self._places, (bare.span.start, len(self.text)))
            if not before or self._places[before - 1].end <= bare.span.start:
                self.links.append(bare)


def comment_at(text: str, start: int, end: int) -> Comment:
    """The comment `text[start:end]`."""
    before, after = start, end
    while before and text[before - 1] in " \t":
        before -= 1
    while after < len(text) and text[after] in " \t":
        after += 1
    alone = not text[max(before - 1, 0) : before].strip("\r\n") and (
        after == len(text) or text[after] in "\r\n"
    )
    return Comment(text[start + 4 : end].removesuffix("-->").strip(), Span(start, end), alone)


def read_inline(text: str) -> Pieces:
    """The prose of one line of Markdown; the origin of the pieces is that line."""
    marked = Marked(text, guard=_GUARD)
    inline = Inline(marked)
    inline.run(marked.events)
    pieces = Pieces() if inline.pieces is None else inline.pieces
    inline.close(pieces)
    return pieces
