"""The header lines that some plain text begins with: "Title: …", "Author: …", "Date: …"."""

from __future__ import annotations

import re

from newslint.article import (
    BYLINE,
    DATELINE,
    HEADLINE,
    SOURCE_LINE,
    STANDFIRST,
    Block,
    Field,
    Origin,
    Span,
)
from newslint.later import compiled_later
from newslint.readers.lines import parse_byline
from newslint.readers.text_units import Unit

# What a line may be called, the metadata key it means, and the block it makes, if any.
_KEYS = {
    "title": ("title", HEADLINE),
    "headline": ("title", HEADLINE),
    "subtitle": ("subtitle", STANDFIRST),
    "standfirst": ("subtitle", STANDFIRST),
    "dek": ("subtitle", STANDFIRST),
    "summary": ("description", STANDFIRST),
    "description": ("description", STANDFIRST),
    "author": ("author", BYLINE),
    "authors": ("author", BYLINE),
    "byline": ("author", BYLINE),
    "by": ("author", BYLINE),
    "writer": ("author", BYLINE),
    "date": ("date", DATELINE),
    "published": ("date", DATELINE),
    "publication date": ("date", DATELINE),
    "updated": ("updated", DATELINE),
    "source": ("source", SOURCE_LINE),
    "section": ("section", None),
    "category": ("category", None),
    "tags": ("tags", None),
    "keywords": ("keywords", None),
    "language": ("language", None),
    "lang": ("language", None),
    "slug": ("slug", None),
    "location": ("location", None),
    "status": ("status", None),
}
_LISTS = ("tags", "keywords")
_LINE = compiled_later(r"([A-Za-z][A-Za-z ]{1,18})[ \t]*:[ \t]*(?=(\S?))")
_SEPARATOR = compiled_later(r"\s*[,;]\s*")


def header(units: list[Unit], meta: dict[str, Field], blocks: list[Block]) -> int:
    """Read the header lines into `meta` and `blocks`; how many units they are.

    Two lines make a header, or one that names the title.
    """
    keys: list[str] = []
    for unit in units:
        key = _meaning(unit)[0]
        if len(unit.lines) > 1 or unit.mark or (keys and unit.after_gap) or key in ("", *keys):
            break
        keys.append(key)
    if not keys or (len(keys) == 1 and keys[0] != "title"):
        return 0
    for unit in units[: len(keys)]:
        _read(unit, meta, blocks)
    return len(keys)


def _key(unit: Unit) -> re.Match[str] | None:
    match = _LINE.match(unit.text)
    return match if match and match[1].strip().lower() in _KEYS else None


def _meaning(unit: Unit) -> tuple[str, str | None]:
    match = _key(unit)
    return _KEYS[match[1].strip().lower()] if match else ("", None)


def _read(unit: Unit, meta: dict[str, Field], blocks: list[Block]) -> None:
    match = _key(unit)
    if match is None:
        return
    key, kind = _meaning(unit)
    line = unit.lines[0]
    text = unit.text[match.end() :]
    span = Span(line.start + match.end(), line.end)
    value: str | list[str] = text
    if key == "author":
        value = _names(text)
    elif key in _LISTS:
        value = [part for part in _SEPARATOR.split(text) if part]
    name = Span(line.start, line.start + len(match[1].rstrip()))
    meta[key] = Field(value, span, name)
    whole = Span(line.start, line.end) if kind == SOURCE_LINE else span
    if kind and text:
        prose = unit.text[whole.start - line.start :]
        origin = Origin((0, len(prose)), (whole.start,), (whole.end,))
        blocks.append(Block(kind, prose, origin, int(kind == HEADLINE)))


def _names(text: str) -> list[str]:
    prefix = "" if text.lower().startswith("by ") else "By "
    names = parse_byline(prefix + text)
    return [(prefix + text)[start:end] for start, end in names] or ([text] if text else [])
