"""The main text of a web page: what of it is the article.

Two judges are asked. newslint's own reader finds the article by the structure of the page and
knows where each character stands; trafilatura finds it by its own means and knows no places. Where
the two agree on most of the text, what the reader took for copy before the first and behind the
last paragraph that trafilatura has too is left out: comments, notes on cookies, related stories.
Where they do not agree the reader is believed: it is right more often (`benchmarks/pages.py`).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace
from trafilatura import bare_extraction

from newslint.article import BYLINE, DATELINE, HEADLINE, STANDFIRST, Article, Block, Span
from newslint.readers import read_source

for _name in ("trafilatura", "htmldate", "justext"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # what fails is told in notices

_ABOUT = frozenset({HEADLINE, BYLINE, DATELINE, STANDFIRST})
"""Blocks that belong to the article wherever they stand."""
_AGREED = 0.6
"""Share of the characters found by the reader that trafilatura must have as well."""
_LONG = 25
"""Letters and digits of a block that is not found in other copy by accident."""
_BETWEEN_WORDS = re.compile(r"[\W_]+")

UNSURE = "where the article ends on its page is uncertain: extractors disagree"
"""The notice about a page of which the two do not find the same text."""
NOTHING = "no copy was found on this page"


def read_page(path: str, source: str) -> tuple[Article, tuple[str, ...]]:
    """The article of a page, and notices on how certain it is."""
    article = read_source(path, source, "html")
    body = [block for block in article.blocks if block.kind not in _ABOUT and block.text]
    if not body:
        return article, (NOTHING,)
    shared = _shared(body, _extracted(source))
    if sum(len(block.text) for block in shared) < _AGREED * sum(len(block.text) for block in body):
        return article, (UNSURE,)
    edges = [block for block in shared if len(_bare(block.text)) >= _LONG] or shared
    start = min(block.source_span.start for block in edges)
    end = max(block.source_span.end for block in edges)
    return _between(article, Span(start, end)), ()


def _extracted(source: str) -> str:
    """What trafilatura takes for the main text; nothing where it fails."""
    try:
        found = bare_extraction(source, fast=True, include_comments=False)
    except Exception:  # whatever it stumbles over, the page is read all the same
        return ""
    return str(getattr(found, "text", None) or "")


def _shared(blocks: Iterable[Block], text: str) -> list[Block]:
    """The blocks whose words stand in the text in their order."""
    whole = _bare(text)
    return [block for block in blocks if (words := _bare(block.text)) and words in whole]


def _bare(text: str) -> str:
    return _BETWEEN_WORDS.sub("", text).lower()


def _between(article: Article, kept: Span) -> Article:
    """The article without what stands around a range, but for what is about the article."""
    blocks = tuple(b for b in article.blocks if b.kind in _ABOUT or _meet(b.source_span, kept))
    if len(blocks) == len(article.blocks):
        return article
    about = [block.source_span for block in blocks if block.kind in _ABOUT]
    ranges = (kept, *about)
    return replace(
        article,
        blocks=blocks,
        links=tuple(link for link in article.links if _in(link.text_span, ranges)),
        images=tuple(image for image in article.images if _in(image.span, ranges)),
        memo={},
    )


def _in(span: Span, ranges: Sequence[Span]) -> bool:
    return any(_meet(span, one) for one in ranges)


def _meet(span: Span, other: Span) -> bool:
    return span.start <= other.end and other.start <= span.end
