"""Edits made and read over: an article must be the same but for the words that were mended."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Any

from newslint import fix
from newslint.article import OPAQUE, Article, Block
from newslint.finding import Edit, Finding
from newslint.language.quotations import quotations
from newslint.readers import read_source

TRIES = 100
_OWN = "newslint"
"""Front matter that belongs to newslint: a fix may take a suppression out of it."""


class UnprovenError(Exception):
    """The edits would change more than the words that they are about."""


def proved(path: str, source: str, findings: Sequence[Finding]) -> tuple[list[Finding], str]:
    """Those of the findings whose edits leave the article whole, and the text with them made.

    What the rules and the guard have let through is sound but for odd copy, so all edits are tried
    at once, and by halves only where that fails. Raises `UnprovenError` where too many of them
    fail: every try reads the article.
    """
    waiting = [fix.compatible(source, findings)]
    before = read_source(path, source)
    kept: list[Finding] = []
    text, tries = source, 0
    while waiting:
        some, tries = waiting.pop(), tries + 1
        if tries > TRIES:
            raise UnprovenError
        edits = [edit for finding in (*kept, *some) for edit in finding.fix.edits]
        tried = fix.apply(source, edits)
        if _whole(before, edits, read_source(path, tried)):
            kept += some
            text = tried
        elif len(some) > 1:
            half = len(some) // 2
            waiting += [some[half:], some[:half]]
    return kept, text


def _whole(before: Article, edits: Sequence[Edit], after: Article) -> bool:
    """Whether nothing but the edits tells two articles apart."""
    if len(before.blocks) != len(after.blocks) or _form(before) != _form(after):
        return False
    expected = _texts(before, edits)
    return all(
        text is None or text == block.text
        for text, block in zip(expected, after.blocks, strict=True)
    )


def _form(article: Article) -> tuple[Any, ...]:
    """All that no edit may change: structure, metadata, addresses, code, quotations."""
    found = quotations(article)
    return (
        article.language,
        [(block.kind, block.level, block.inside) for block in article.blocks],
        [(k, type(f.value)) for k, f in article.meta.items() if k.split(".")[0] != _OWN],
        [link.url for link in article.links],
        [(image.url, image.alt is None) for image in article.images],
        [_opaque(article, block) for block in article.blocks if OPAQUE in block.text],
        [
            [article.blocks[p.block].text[p.start : p.end] for p in quotation.parts]
            for quotation in found.joined
        ],
        len(found.unbalanced),
    )


def _opaque(article: Article, block: Block) -> list[str]:
    """The code, addresses and shortcodes in a block, as they stand in the source."""
    origin = block.origin
    return [
        article.source[start:end]
        for at, start, end in zip(origin.at, origin.starts, origin.ends, strict=False)
        if block.text[at : at + 1] == OPAQUE
    ]


def _texts(article: Article, edits: Sequence[Edit]) -> Iterable[str | None]:
    """The texts of the blocks with the edits made in them; None where one takes out markup."""
    ordered = sorted(set(edits), key=lambda edit: edit.span)
    starts = [edit.span.start for edit in ordered]
    for block in article.blocks:
        first, last = block.source_span
        here = ordered[bisect_left(starts, first) : bisect_right(starts, last)]
        inside = [edit for edit in here if edit.span.end <= last]
        yield _text(article, block, inside) if inside else block.text


def _text(article: Article, block: Block, edits: Sequence[Edit]) -> str | None:
    parts, reached = [], 0
    for edit in edits:
        start = block.origin.offset(edit.span.start)
        end = start + edit.span.end - edit.span.start
        if block.text[start:end] != article.source[edit.span.start : edit.span.end]:
            return None
        if start >= reached:
            parts += [block.text[reached:start], edit.text]
            reached = end
    return "".join([*parts, block.text[reached:]])
