"""Moves an article that was read by itself to where it stands in a longer text."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from newslint.article import Article, Block, Field, Origin, Span


def shifted(article: Article, by: int, source: str) -> Article:
    """The article with every place `by` code points further on, in `source`."""

    def span(place: Span) -> Span:
        return Span(place[0] + by, place[1] + by)

    def moved(thing: Any) -> Any:
        return replace(thing, span=span(thing.span))

    return replace(
        article,
        source=source,
        blocks=tuple([_block(block, by) for block in article.blocks]),
        meta={k: Field(f.value, span(f.span), span(f.key)) for k, f in article.meta.items()},
        links=tuple([replace(moved(k), text_span=span(k.text_span)) for k in article.links]),
        images=tuple(map(moved, article.images)),
        comments=tuple(map(moved, article.comments)),
        problems=tuple(map(moved, article.problems)),
        memo={},
    )


def _block(block: Block, by: int) -> Block:
    at, starts, ends = block.origin.at, block.origin.starts, block.origin.ends
    origin = Origin(at, tuple([n + by for n in starts]), tuple([n + by for n in ends]))
    return Block(block.kind, block.text, origin, block.level, block.inside)
