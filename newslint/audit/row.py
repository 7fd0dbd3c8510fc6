"""A row of a dump as an article: its fields one below the other, each where it can be found again.

    headline
    byline
    published
    section
    body

The body is read by the reader of its format and then moved to where it stands.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from newslint.article import BYLINE, HEADLINE, STANDFIRST, SUBHEADING, Article, Block, Field, Span
from newslint.audit import body as bodies
from newslint.audit.record import Record
from newslint.audit.shift import shifted
from newslint.later import compiled_later
from newslint.readers import EMPTY, read_source
from newslint.readers.decode import MAX_BYTES, UndecodableError, too_large
from newslint.readers.metablocks import block_of

BODY = "body"
META = {
    "headline": ("title", "headline"),
    "byline": ("author", "byline"),
    "published": ("date",),
    "section": ("section",),
}
"""The fields above the body, and the metadata that each of them is to rules."""
_KINDS = {"headline": HEADLINE, "byline": BYLINE}
_BETWEEN = "\n\n"
_WORD = compiled_later(r"[^\W_]+")
_AT_THE_TOP = 3
"""Blocks of the body of which one may say the headline again."""
_SHORT = 3
"""Words of a label below a headline; what is longer is a standfirst."""


class Part(NamedTuple):
    """Where a field stands in the composed text."""

    name: str
    start: int
    end: int


def article_of(record: Record, path: str) -> tuple[Article, tuple[Part, ...], tuple[str, ...]]:
    """The article of a row, where its fields stand, and notices.

    Raises `UndecodableError` where the body is larger than any article.
    """
    if len(record.content) > MAX_BYTES:
        raise UndecodableError("unreadable", too_large(len(record.content), BODY))
    body = record.content.decode("utf-8", "replace")
    read = read_source(record.locator, body, record.format or bodies.format_of(body))
    top, parts = "", []
    for name in META:
        if value := getattr(record, name):
            parts.append(Part(name, len(top), len(top) + len(value)))
            top += value + _BETWEEN
    parts.append(Part(BODY, len(top), len(top) + len(body)))
    whole = shifted(read, len(top), top + body) if top else read
    notices = () if body and not body.isspace() else (EMPTY,)
    return _with_fields(replace(whole, path=path), parts[:-1]), tuple(parts), notices


def _with_fields(article: Article, parts: list[Part]) -> Article:
    meta, blocks = dict(article.meta), list(article.blocks)
    above: list[Block] = []
    for name, start, end in parts:
        field = Field(article.source[start:end], Span(start, end), Span(start, end))
        meta.update(dict.fromkeys(META[name], field))
        if name in _KINDS and (block := block_of(article.source, start, end, _KINDS[name])):
            above.append(block)
            if name == "headline":
                blocks = _below(block, blocks, article.format)
    return replace(article, meta=meta, blocks=(*above, *blocks)) if parts else article


def _below(headline: Block, blocks: list[Block], format: str) -> list[Block]:
    """The blocks of a body under its headline: they do not say it again, nor is one another."""
    words = _words(headline)
    again = next((n for n, b in enumerate(blocks[:_AT_THE_TOP]) if _words(b) == words), None)
    kept = [block for number, block in enumerate(blocks) if number != again]
    return [
        block if block.kind != HEADLINE else replace(block, kind=_demoted(block, format))
        for block in kept
    ]


def _demoted(block: Block, format: str) -> str:
    """What the first line of a body is that its reader, who saw no headline, took for one."""
    long = len(block.text.split()) > _SHORT
    return STANDFIRST if format == bodies.TEXT and long else SUBHEADING


def _words(block: Block) -> list[str]:
    return _WORD.findall(block.text.casefold())
