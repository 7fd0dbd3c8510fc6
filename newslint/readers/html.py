"""Reads HTML, fragments and whole pages, into an article."""

from __future__ import annotations

import re

from msgspec import Struct, structs

from newslint.article import (
    LIST_ITEM,
    PARAGRAPH,
    SUBHEADING,
    Article,
    Block,
    Comment,
    Image,
    Link,
    Problem,
)
from newslint.later import compiled_later
from newslint.readers.html_blocks import Walk
from newslint.readers.html_content import body, common, headline, measure
from newslint.readers.html_kinds import Context
from newslint.readers.html_meta import add_body_meta, head_meta, language
from newslint.readers.html_tree import Node, Tree
from newslint.readers.lines import paragraph_kind

_HOST = compiled_later(r"(?:https?:)?//(?:www\.)?([^/?#]+)", re.IGNORECASE)


class Fragment(Struct, frozen=True, gc=False):
    """What a piece of HTML inside another text holds; spans are offsets into that text."""

    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    images: tuple[Image, ...]
    comments: tuple[Comment, ...]


def read_fragment(source: str, start: int, end: int, masked: str | None = None) -> Fragment:
    """Read `source[start:end]`; `masked` is the source with fillers for what is not HTML."""
    tree = Tree(source if masked is None else masked, start, end)
    walk = _walk_all(tree)
    return Fragment(tuple(walk.blocks), tuple(walk.links), tuple(walk.images), tuple(tree.comments))


def _walk_all(tree: Tree) -> Walk:
    measure(tree)
    first = next((node for node in tree.nodes if node.tag == "h1"), None)
    walk = Walk(tree.text, None, first)
    walk.read(tree.root, Context(loose=False))
    return walk


def _walk_page(tree: Tree, title: str, host: str) -> Walk:
    measure(tree)
    content = body(tree)
    heading = headline(tree, content, title)
    walk = Walk(tree.text, content, heading, host)
    scope = _scope(content, heading)
    walk.read(scope, Context(keep=scope is content))
    return walk


def _scope(content: Node, heading: Node | None) -> Node:
    """Content and headline, and the `article` around them."""
    scope = common(content, heading)
    outer: Node | None = scope
    while outer and outer.tag != "article":
        outer = outer.parent
    return outer or scope


def _by_their_words(blocks: list[Block]) -> list[Block]:
    """Paragraphs that say of themselves that they are a byline, a source line and the like."""
    found: list[Block] = []
    above = 0
    for block in blocks:
        if block.kind == PARAGRAPH and not block.inside:
            kind = paragraph_kind(block.text, above)
            found.append(block if kind == PARAGRAPH else structs.replace(block, kind=kind))
        else:
            found.append(block)
        above += block.kind in (PARAGRAPH, LIST_ITEM, SUBHEADING)
    return found


def read_html(path: str, source: str) -> Article:
    """Read a file of HTML: a whole page, or a fragment of which all counts."""
    tree = Tree(source, 0, len(source))
    problems: list[Problem] = []
    meta = head_meta(tree, problems)
    title = str(meta["title"].value) if "title" in meta else ""
    address = str(meta["canonical"].value) if "canonical" in meta else ""
    host = _HOST.match(address)
    walk = _walk_page(tree, title, host[1] if host else "") if tree.page else _walk_all(tree)
    walk.blocks = _by_their_words(walk.blocks)
    add_body_meta(meta, walk)
    return Article(
        path=path,
        source=source,
        format="html",
        blocks=tuple(walk.blocks),
        meta=meta,
        links=tuple(walk.links),
        images=tuple(walk.images),
        comments=tuple(tree.comments),
        problems=tuple(problems),
        language=language(meta, "en"),
    )
