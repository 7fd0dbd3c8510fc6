"""Says what the text of an HTML element is: its kind of block, and what encloses it."""

from __future__ import annotations

from typing import NamedTuple

from newslint.article import (
    BLOCK_QUOTE,
    BYLINE,
    CAPTION,
    DATELINE,
    HEADLINE,
    LIST_ITEM,
    PARAGRAPH,
    STANDFIRST,
    SUBHEADING,
    TABLE_CELL,
)
from newslint.later import compiled_later
from newslint.readers.html_tree import HEADINGS, INLINE, Node

MARKED = frozenset({HEADLINE, BYLINE, DATELINE, STANDFIRST})
"""What counts wherever it stands around an article."""

_KINDS = {
    "li": LIST_ITEM,
    "blockquote": BLOCK_QUOTE,
    "td": TABLE_CELL,
    "th": TABLE_CELL,
    "caption": CAPTION,
    "figcaption": CAPTION,
    "figure": CAPTION,
}
_BYLINE_WORDS = frozenset({"byline", "bylines"})
_AUTHOR_NAME = frozenset({"author", "name"})
_DATE_WORDS = frozenset({"dateline", "timestamp", "pubdate", "datetime"})
_PUBLISHED = frozenset({"publish", "published", "publication", "posted", "post", "article"})
_STANDFIRST_WORDS = frozenset({"standfirst", "dek", "deck", "subtitle", "subheadline"})
_CAPTION_WORDS = frozenset({"caption", "captions", "figcaption", "credit", "credits"})
_FOOTNOTE_WORDS = frozenset({"footnote", "footnotes", "endnotes"})
_FOOTNOTE_ROLES = frozenset({"doc-footnote", "doc-endnotes", "doc-endnote"})
_NEVER = frozenset({"body", "html", "main", "article", "section", "table", "tbody", "tr"})
_ENCLOSING = frozenset({LIST_ITEM, BLOCK_QUOTE})
_FIXED = frozenset({HEADLINE, BYLINE, DATELINE, STANDFIRST, CAPTION, SUBHEADING})
_LOOSE_IN = frozenset({"div", "section", "article", "main", "body", "center", "header", ""})

_FIGURE = compiled_later(r"\d")
_NAME_WORD = compiled_later(r"[^\W\d_]{3,}")

# The most characters that an element so marked can hold; what holds more is something else.
_NAMES_MOST, _DATE_MOST, _CAPTION_MOST, _STANDFIRST_MOST = 150, 80, 1000, 600
_MARKED_SHARE = 0.3
"""Of a paragraph that makes it a byline or date line."""
_LAYOUT_LEAST = 300
"""Characters of paragraphs in a table cell that make the table a layout of the page."""


class Context(NamedTuple):
    """What the text at one place of the tree is."""

    kind: str = PARAGRAPH
    level: int = 0
    inside: str = ""
    keep: bool = True
    """False around the article, where only `MARKED` kinds count."""
    loose: bool = True
    """Whether the text stands directly in a division of the page."""


def context_of(node: Node, outer: Context, is_headline: bool, begun: bool) -> Context:
    """What the text directly in an element is; `begun`: body text has been read before it."""
    tag = node.tag
    if is_headline:
        return Context(HEADLINE, 1, _inside(outer), outer.keep, False)
    marked = _marked(node, begun) if len(node.raw) > len(tag) + 2 else ""
    if marked == outer.kind or (marked and outer.kind in _FIXED - {CAPTION}):
        return outer
    if marked:
        return outer._replace(kind=marked, level=0, inside=_inside(outer), loose=False)
    if tag in HEADINGS:
        return Context(SUBHEADING, int(tag[1]), _inside(outer), outer.keep, False)
    if tag in INLINE:
        return outer
    return _by_tag(node, outer)


def _by_tag(node: Node, outer: Context) -> Context:
    kind = _KINDS.get(node.tag)
    if kind == TABLE_CELL and (node.measure[0] > _LAYOUT_LEAST or _holds_table(node)):
        return outer._replace(kind=PARAGRAPH, loose=True)
    if kind and (outer.kind not in _FIXED or kind in (BLOCK_QUOTE, TABLE_CELL)):
        return outer._replace(kind=kind, level=0, inside=_inside(outer), loose=False)
    if node.tag == "aside":
        return outer._replace(inside="aside")
    if _footnote(node):
        return outer._replace(inside="footnote")
    return outer._replace(loose=node.tag in _LOOSE_IN and outer.kind == PARAGRAPH)


def _inside(outer: Context) -> str:
    return outer.kind if outer.kind in _ENCLOSING else outer.inside


def _footnote(node: Node) -> bool:
    if not node.attrs:
        return False
    return node.get("role") in _FOOTNOTE_ROLES or not node.words.isdisjoint(_FOOTNOTE_WORDS)


def _holds_table(node: Node) -> bool:
    return any(isinstance(child, Node) and child.tag == "table" for child in node.children)


def _marked(node: Node, begun: bool) -> str:
    """The kind that an element's classes and properties declare, or nothing."""
    if node.tag in _NEVER:
        return ""
    words, size = node.words, node.measure[1]
    properties = node.get("itemprop").lower().split()
    named = not words.isdisjoint(_BYLINE_WORDS) or words >= _AUTHOR_NAME or "author" in properties
    if named and size <= _NAMES_MOST and node.tag != "a":
        return BYLINE
    if size <= _DATE_MOST and _dated(words, properties) and node.tag != "time":
        return DATELINE
    if size <= _CAPTION_MOST and not words.isdisjoint(_CAPTION_WORDS):
        return CAPTION
    standing = not words.isdisjoint(_STANDFIRST_WORDS) or "description" in properties
    if standing and not begun and size <= _STANDFIRST_MOST and node.tag not in INLINE:
        return STANDFIRST
    return ""


def _dated(words: frozenset[str], properties: list[str]) -> bool:
    if not words.isdisjoint(_DATE_WORDS) or "datepublished" in properties:
        return True
    return "date" in words and not words.isdisjoint(_PUBLISHED)


def inline_mark(node: Node) -> bool:
    """Whether an inline element names the author or the date."""
    if node.tag == "time":
        return True
    if not node.attrs:
        return False
    return "author" in node.get("rel").lower().split() or "author" in node.get("itemprop").lower()


def kind_by_marks(kind: str, found: list[Node], text: str) -> str:
    """What a short text of some kind is that has a named author or a time in it."""
    length = len(text)
    names = sum(node.measure[1] for node in found if node.tag != "time")
    times = sum(node.measure[1] for node in found if node.tag == "time")
    if kind == BYLINE:
        dated = times >= 0.5 * length or _only_date(text)
        return DATELINE if dated and not names else BYLINE
    if length <= _NAMES_MOST and names >= _MARKED_SHARE * length:
        return BYLINE
    return DATELINE if length <= _DATE_MOST and times >= _MARKED_SHARE * length else kind


def _only_date(text: str) -> bool:
    """Whether a text marked as a byline holds figures and no room for a name."""
    return _FIGURE.search(text) is not None and len(_NAME_WORD.findall(text)) <= 1
