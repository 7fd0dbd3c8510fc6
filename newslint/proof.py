"""Edits made and read over: an article must be the same but for the words that were mended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from newslint import fix
from newslint.article import OPAQUE, Article
from newslint.finding import Finding
from newslint.language.quotations import quotations
from newslint.readers import read_source

_OWN = "newslint"
"""Front matter that belongs to newslint: a fix may take a suppression out of it."""


def proved(path: str, source: str, findings: Sequence[Finding]) -> tuple[list[Finding], str]:
    """Those of the findings whose edits leave the article whole, and the text with them made.

    What the rules and the guard have let through is sound but for odd copy, so all edits are tried
    at once, and by halves only where that fails.
    """
    chosen = fix.compatible(source, findings)
    form = _form(read_source(path, source)) if chosen else None
    kept: list[Finding] = []
    waiting = [chosen] if chosen else []
    text = source
    while waiting:
        some = waiting.pop()
        tried = made(source, [*kept, *some])
        if _form(read_source(path, tried)) == form:
            kept += some
            text = tried
        elif len(some) > 1:
            half = len(some) // 2
            waiting += [some[half:], some[:half]]
    return kept, text


def made(source: str, findings: Sequence[Finding]) -> str:
    """The source with the edits of all findings made."""
    return fix.apply(source, (edit for finding in findings for edit in finding.fix.edits))


def _form(article: Article) -> tuple[Any, ...]:
    """All that no edit may change: structure, metadata, addresses, code, quotations."""
    found = quotations(article)
    return (
        article.language,
        [(block.kind, block.level, block.inside) for block in article.blocks],
        [(k, type(f.value)) for k, f in article.meta.items() if k.split(".")[0] != _OWN],
        [link.url for link in article.links],
        [(image.url, image.alt is None) for image in article.images],
        [_opaque(article, number) for number in range(len(article.blocks))],
        [
            [article.blocks[p.block].text[p.start : p.end] for p in quotation.parts]
            for quotation in found.joined
        ],
        len(found.unbalanced),
    )


def _opaque(article: Article, number: int) -> list[str]:
    """The code, addresses and shortcodes in a block, as they stand in the source."""
    origin, text = article.blocks[number].origin, article.blocks[number].text
    if OPAQUE not in text:
        return []
    return [
        article.source[start:end]
        for at, start, end in zip(origin.at, origin.starts, origin.ends, strict=False)
        if text[at : at + 1] == OPAQUE
    ]
