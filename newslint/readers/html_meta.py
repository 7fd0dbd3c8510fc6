"""Metadata of a page: JSON-LD, `meta` elements, the title, the byline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newslint.article import BYLINE, DATELINE, Block, Field, Problem, Span
from newslint.later import compiled_later
from newslint.readers.html_blocks import Walk
from newslint.readers.html_jsonld import read_json_ld
from newslint.readers.html_tokens import add_prose
from newslint.readers.html_tree import Node, Tree
from newslint.readers.pieces import Pieces

_TAGS = {
    "title": ("og:title", "headline", "dc.title", "dcterms.title", "twitter:title"),
    "author": ("article:author", "author", "dc.creator", "dcterms.creator", "og:article:author"),
    "date": (
        *("article:published_time", "datepublished", "date", "pubdate", "publishdate"),
        *("publish-date", "publish_date", "dc.date.issued", "dc.date", "dcterms.created"),
        *("dcterms.issued", "dcterms.date", "og:article:published_time", "og:published_time"),
    ),
    "modified": (
        *("article:modified_time", "datemodified", "last-modified", "lastmod"),
        *("dcterms.modified", "dc.date.modified", "og:updated_time"),
    ),
    "description": ("description", "og:description", "dc.description", "twitter:description"),
    "section": ("article:section", "section", "og:section", "dc.subject"),
    "site": ("og:site_name", "application-name", "dc.publisher"),
    "canonical": ("og:url",),
    "lang": ("content-language", "og:locale", "dc.language"),
}
_BY = compiled_later(r"by[\s:]+(?=\S)", re.IGNORECASE)
_LANGUAGE = compiled_later(r"([A-Za-z]{2,3})(?:[-_]|$)")

Meta = dict[str, Field]


def head_meta(tree: Tree, problems: list[Problem]) -> Meta:
    """What the page declares about itself, before its text is read."""
    raw = _raw(tree)
    found: dict[str, list[Field]] = {}
    for name, field in _elements(tree, ("html",)):
        found.setdefault(name, []).append(field)
    for name, field in read_json_ld(tree, problems):
        found.setdefault(name, []).append(field)
    for name, field in _elements(tree, ("link",)):
        found.setdefault(name, []).append(field)
    for name, tags in _TAGS.items():
        found.setdefault(name, []).extend(raw[tag] for tag in tags if tag in raw)
    for name, field in _elements(tree, ("title",)):
        found.setdefault(name, []).append(field)
    meta = {name: _best(fields) for name, fields in found.items() if fields}
    # An article's canonical address is one, and the first to be given holds.
    if "canonical" in meta:
        meta["canonical"] = next((f for f in found["canonical"] if f.value), meta["canonical"])
    for name, field in raw.items():
        meta.setdefault(name, field)
    return meta


def _best(fields: list[Field]) -> Field:
    """The first with a value that is no address, else the first with a value."""
    filled = [field for field in fields if field.value not in ("", None, [])]
    words = [field for field in filled if not _address(field)]
    return (words or filled or fields)[0]


def _address(field: Field) -> bool:
    return isinstance(field.value, str) and "://" in field.value


def _raw(tree: Tree) -> Meta:
    """Every `meta` element by its name as given, lower-cased; the first one wins."""
    found: Meta = {}
    for node in tree.nodes:
        if node.tag != "meta" or "content" not in node.attrs:
            continue
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            name = node.attrs.get(attribute)
            if name and name.value.strip():
                value, span = node.attrs["content"]
                field = Field(value.strip(), span, name.span)
                found.setdefault(name.value.strip().lower(), field)
    return found


def _elements(tree: Tree, tags: tuple[str, ...]) -> Iterator[tuple[str, Field]]:
    for node in tree.nodes:
        if node.tag not in tags:
            continue
        if node.tag == "html":
            for name in ("lang", "xml:lang"):
                if name in node.attrs:
                    value, span = node.attrs[name]
                    yield "lang", Field(value.strip(), span, span)
        elif node.tag == "link":
            if "canonical" in node.get("rel").lower().split() and "href" in node.attrs:
                value, span = node.attrs["href"]
                yield "canonical", Field(value.strip(), span, span)
        elif node.parent is not None and node.parent.tag not in ("svg", "symbol", "g"):
            yield "title", _field(_words(tree.text, node), node)


def _words(text: str, node: Node) -> Block | None:
    """What an element reads, as one block."""
    pieces = Pieces()
    spans = [
        child
        for inner in (node, *node.elements())
        for child in inner.children
        if isinstance(child, Span)
    ]
    for span in sorted(spans):
        add_prose(pieces, text, span)
    return pieces.block("")


def _field(block: Block | None, node: Node) -> Field:
    if block is None:
        place = Span(node.inner.start, node.inner.start)
        return Field("", place, place)
    return Field(block.text, block.source_span, block.source_span)


def add_body_meta(meta: Meta, walk: Walk) -> None:
    """Author and date where only the article's own byline and date line say them."""
    if "author" not in meta or not meta["author"].value or _address(meta["author"]):
        author = _author(walk)
        if author:
            meta["author"] = author
    if "date" not in meta or not meta["date"].value:
        date = _date(walk)
        if date:
            meta["date"] = date


def _author(walk: Walk) -> Field | None:
    named = [block for node in walk.authors if (block := _words(walk.text, node))]
    names = list(dict.fromkeys(block.text for block in named))
    if names:
        value = names[0] if len(names) == 1 else names
        span = Span(named[0].source_span.start, named[-1].source_span.end)
        return Field(value, span, span)
    for block in walk.blocks:
        if block.kind == BYLINE:
            lead = _BY.match(block.text)
            start = lead.end() if lead else 0
            span = block.span(start, len(block.text))
            return Field(block.text[start:], span, span)
    return None


def _date(walk: Walk) -> Field | None:
    for node in walk.dates:
        if "datetime" in node.attrs:
            value, span = node.attrs["datetime"]
            return Field(value.strip(), span, span)
    for block in walk.blocks:
        if block.kind == DATELINE:
            return Field(block.text, block.source_span, block.source_span)
    return None


def language(meta: Meta, default: str) -> str:
    """The ISO 639 code that the page declares, or the default."""
    field = meta.get("lang")
    match = _LANGUAGE.match(str(field.value)) if field else None
    return match[1].lower() if match else default
