"""The blocks of prose that stand in front matter: headline, standfirst, byline, alt text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from newslint.article import ALT_TEXT, BYLINE, CAPTION, HEADLINE, OPAQUE, STANDFIRST, Block
from newslint.readers.entries import Entry
from newslint.readers.inline import read_inline
from newslint.readers.pieces import Pieces
from newslint.readers.scalars import Scalar, scalar_pieces

_HEADLINES = ("title", "headline")
_STANDFIRSTS = (
    "standfirst", "deck", "dek", "subtitle", "description", "summary", "excerpt", "lede",
)  # fmt: skip
_BYLINES = ("byline", "author", "authors")
_ALT = frozenset({"alt", "image_alt"})
_MARKUP = re.compile(r"[*_\[\]<&`{\\]")


def blocks_of(source: str, entries: dict[str, Entry]) -> tuple[Block, ...]:
    """The blocks that the entries hold, in the order of the source."""
    found = [*_first(source, entries, _HEADLINES, HEADLINE)]
    found += _first(source, entries, _STANDFIRSTS, STANDFIRST)
    found += _bylines(source, entries)
    for name, entry in entries.items():
        last = name.rpartition(".")[2]
        if last in _ALT:
            found += _blocks(source, entry.scalars, ALT_TEXT)
        elif last == "caption":
            found += _blocks(source, entry.scalars, CAPTION)
    if len(found) > 1:
        found.sort(key=_place)
    return tuple(found)


def _first(
    source: str, entries: dict[str, Entry], names: Iterable[str], kind: str
) -> Iterator[Block]:
    for name in names:
        entry = entries.get(name)
        if entry and isinstance(entry.value, str):
            blocks = list(_blocks(source, entry.scalars, kind, level=kind == HEADLINE))
            if blocks:
                yield from blocks
                return


def _bylines(source: str, entries: dict[str, Entry]) -> Iterator[Block]:
    for key in _BYLINES:
        names = re.compile(rf"{key}(?:\.\d+)?(?:\.name)?") if key != "byline" else None
        blocks = [
            block
            for name, entry in entries.items()
            if name.startswith(key) and (name == key or (names and names.fullmatch(name)))
            for block in _blocks(source, entry.scalars, BYLINE)
        ]
        if blocks:
            yield from blocks
            return


def _blocks(
    source: str, scalars: Iterable[Scalar], kind: str, level: int = 0
) -> Iterator[Block]:
    for scalar in scalars:
        pieces = scalar_pieces(source, scalar)
        if _MARKUP.search(scalar.value) and pieces:
            pieces = _inline(pieces)
        block = pieces.block(kind, level)
        if block:
            yield block


def _inline(outer: Pieces) -> Pieces:
    """Read the text as Markdown and map the result through to the source."""
    text, origin = outer.text, outer.origin
    inner = read_inline(text)
    if not inner.length:
        return inner
    pieces = Pieces()
    prose, places = inner.text, inner.origin
    for number, (start, end) in enumerate(zip(places.starts, places.ends, strict=True)):
        piece = prose[places.at[number] : places.at[number + 1]]
        if piece == OPAQUE:
            pieces.opaque(*origin.span(start, end))
        elif piece == text[start:end]:
            pieces.copy(text, origin, start, end)
        else:
            pieces.add(piece, *origin.span(start, end))
    return pieces


def _place(block: Block) -> int:
    return block.origin.starts[0]
