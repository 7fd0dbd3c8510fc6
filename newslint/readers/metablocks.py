"""The blocks of prose that stand in front matter: headline, standfirst, byline, alt text."""

from __future__ import annotations

from newslint.article import ALT_TEXT, BYLINE, CAPTION, HEADLINE, OPAQUE, STANDFIRST, Block
from newslint.later import compiled_later
from newslint.readers.inline import read_inline
from newslint.readers.pieces import Pieces
from newslint.readers.scalars import PLAIN, Scalar, scalar_pieces

_HEADLINES = ("title", "headline")
_STANDFIRSTS = (
    "standfirst", "deck", "dek", "subtitle", "description", "summary", "excerpt", "lede",
)  # fmt: skip
_AUTHOR = compiled_later(r"authors?(?:\.\d+)?(?:\.name)?")
_IMAGE = compiled_later(r"(?:.*\.)?(?:(?P<alt>alt|image_alt)|caption)")
_MARKUP = compiled_later(r"[*_\[\]<&`{\\]")


def blocks_of(source: str, strings: dict[str, list[Scalar]]) -> tuple[Block, ...]:
    """The blocks that the strings of the front matter give, in the order of the source."""
    found = _first(source, strings, _HEADLINES, HEADLINE)
    found += _first(source, strings, _STANDFIRSTS, STANDFIRST)
    authors: list[str] = []
    for name in strings:
        if name.startswith("author") and _AUTHOR.fullmatch(name):
            authors.append(name)
        elif name.endswith(("alt", "caption")) and (match := _IMAGE.fullmatch(name)):
            found += _blocks(source, strings[name], ALT_TEXT if match["alt"] else CAPTION)
    bylines = _first(source, strings, ("byline", "author"), BYLINE)
    for name in () if bylines else authors:
        bylines += _blocks(source, strings[name], BYLINE)
    found += bylines
    found.sort(key=_place)
    return tuple(found)


def block_of(source: str, start: int, end: int, kind: str) -> Block | None:
    """The block that `source[start:end]` gives, a value written without quotes or escapes."""
    scalar = Scalar(start, end, PLAIN, source[start:end])
    return next(iter(_blocks(source, [scalar], kind)), None)


def _first(
    source: str, strings: dict[str, list[Scalar]], names: tuple[str, ...], kind: str
) -> list[Block]:
    """The blocks of the first of the keys that has a value."""
    for name in names:
        scalars = strings.get(name)
        blocks = _blocks(source, scalars, kind) if scalars else []
        if blocks:
            return blocks
    return []


def _blocks(source: str, scalars: list[Scalar], kind: str) -> list[Block]:
    found = []
    for scalar in scalars:
        pieces = scalar_pieces(source, scalar)
        if pieces.length and _MARKUP.search(scalar.value):
            pieces = _inline(pieces)
        block = pieces.block(kind, 1 if kind == HEADLINE else 0)
        if block is not None:
            found.append(block)
    return found


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
