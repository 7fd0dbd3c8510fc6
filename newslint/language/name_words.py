"""Which words of the copy may be names: a coarse look that would rather see one too many.

It asks for no list of names. A capital within a sentence makes a name, and what is written so there
is one at the start of a sentence too. In headings where every word has a capital, and in capitals
only, nothing tells.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from newslint.article import HEADLINE, SUBHEADING, Article, Block, Span
from newslint.language import once, once_for
from newslint.later import compiled_later

_WORD = compiled_later(r"[^\W\d_](?:[\w'’-]*\w)?")
_CAPITAL = compiled_later(r"(?<![\w'’-])[^\W\d_a-zß-öø-ÿ](?:[\w'’-]*\w)?|(?<=-)[A-Z][\w'’]*")
_RUN = compiled_later(
    r"(?:\b[^\W\d_a-zß-öø-ÿ][\w'’&-]*\.?)"
    r"(?:[ \u00a0](?:[a-zß-öø-ÿ&][a-zß-öø-ÿ]{0,2}[ \u00a0]){0,2}[^\W\d_a-zß-öø-ÿ][\w'’&-]*)+"
)
"""Capitalised words in a row, with up to two short words (“of the”) between them."""
_START = compiled_later(r"(?:^|[.!?:;…•|\ufffc–—]|\n)[\s\"“”‘’'(\[*•–—-]*$")
_BEFORE = compiled_later(r"([^\W\d_][\w'’-]*)[ -]$")
_HEADS = frozenset((HEADLINE, SUBHEADING))
_NEAR = 8
_FAR = 40
_MARK = 6
"""Characters of markup before or behind a block."""
_FEW = 3
"""Words; fewer tell nothing."""
_SMALL = 4
"""Letters of words that have no capital even where every other word has one."""
_SHOWN_SO = 0.7
"""The share of capitals among longer words that makes a heading one of capitals."""
_ITALIC = compiled_later(
    r"(?<![\w*\\])\*(\w[^*\n]{1,200})\*(?![\w*])|(?<![\w_\\])_(\w[^_\n]{1,200})_(?![\w_])"
    r"|<(?:i|em|cite)>(\w[^<\n]{1,200})<"
)


class Range(NamedTuple):
    """`block.text[start:end]`."""

    start: int
    end: int


@once_for
def full_of_capitals(article: Article, index: int) -> bool:
    """Whether a heading has a capital in every longer word, or a block capitals only."""
    block = article.blocks[index] if index < len(article.blocks) else None
    if block is None or (block.kind not in _HEADS and not block.text.isupper()):
        return False
    words = _WORD.findall(block.text)
    if len(words) < _FEW or block.text.isupper():
        return len(words) >= _FEW
    long = [word for word in words if len(word) > _SMALL] or words
    return sum(not word[0].islower() for word in long) >= _SHOWN_SO * len(long)


@once_for
def _runs(article: Article, index: int) -> list[Range]:
    """Capitalised words in a row, the first word of a sentence among them."""
    return [Range(*match.span()) for match in _RUN.finditer(article.blocks[index].text)]


@once
def inner_capitals(article: Article) -> frozenset[str]:
    """In lower case: words that have a capital within a sentence somewhere, and their parts."""
    found: set[str] = set()
    for index, block in enumerate(article.blocks):
        if full_of_capitals(article, index):
            continue
        for match in _CAPITAL.finditer(block.text):
            if not starts_sentence(block.text, match.start()):
                found.update(_parts(match[0]))
    return frozenset(found)


@once
def lower_case(article: Article) -> frozenset[str]:
    """Words that stand somewhere in lower case."""
    words = (word for block in article.blocks for word in _WORD.findall(block.text))
    return frozenset(word for word in words if word.islower())


def _parts(word: str) -> list[str]:
    """The word, and the parts of a compound, in lower case and without “’s”."""
    bare = word.lower().removesuffix("'s").removesuffix("’s")
    return [bare, *bare.split("-")]


def beside_capitals(article: Article, index: int, start: int, end: int) -> bool:
    """Whether a capitalised word stands right beside `text[start:end]`, or may stand there."""
    if full_of_capitals(article, index):
        return True
    text = article.blocks[index].text
    before = _BEFORE.search(text, max(0, start - _FAR), start)
    after = _WORD.match(text, end + 1) if text[end : end + 1] in (" ", "-") else None
    if after is not None and not after[0].islower():
        return True
    return (
        before is not None
        and not before[1].islower()
        and not starts_sentence(text, before.start(1))
    )


def starts_sentence(text: str, start: int) -> bool:
    """Whether a word at `start` would have its capital from the start of a sentence."""
    return _START.search(text, max(0, start - _NEAR), start) is not None


def in_name(article: Article, index: int, start: int, end: int, sure: bool) -> bool:
    """Whether `text[start:end]` of a block may be a name or part of one.

    With `sure` a word in a heading full of capitals counts as one unless the article has it in
    lower case elsewhere, and so do words in a row with capitals at the start of a sentence.
    """
    block = article.blocks[index]
    capitals = [m for m in _words_at(block.text, start, end) if not m[0].islower()]
    known = any(not inner_capitals(article).isdisjoint(_parts(match[0])) for match in capitals)
    if full_of_capitals(article, index):
        unseen = any(match[0].lower() not in lower_case(article) for match in capitals)
        return known or (sure and unseen)
    if known or any(not starts_sentence(block.text, match.start()) for match in capitals):
        return True
    in_run = _in_run(block, _runs(article, index), start, end, sure)
    return in_run or _in_title(article, index, block.span(start, end))


def _words_at(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The words that a range touches, whole."""
    first = start
    while first > max(0, start - _FAR) and (text[first - 1].isalnum() or text[first - 1] in "-'’"):
        first -= 1
    for match in _WORD.finditer(text, first):
        if match.start() >= end:
            return
        yield match


def _in_run(block: Block, runs: list[Range], start: int, end: int, sure: bool) -> bool:
    at = bisect_right(runs, (end, -1)) - 1
    if at < 0 or runs[at].end <= start or (start == end and runs[at].start == start):
        return False
    if sure or start > runs[at].start or not starts_sentence(block.text, start):
        return True
    following = _WORD.match(block.text, min(end + 1, len(block.text)))
    return following is not None and not following[0].islower()


def _in_title(article: Article, index: int, place: Span) -> bool:
    """Whether a place lies in words in italics that begin with a capital, as titles do."""
    source = article.source
    return any(
        start <= place.start < end and source[start].isupper() and " " in source[start:end]
        for start, end in _italics(article, index)
    )


def in_italics(article: Article, index: int, place: Span) -> bool:
    """Whether a place of a block lies in words in italics, as those of other languages do."""
    return any(start <= place.start < end for start, end in _italics(article, index))


@once_for
def _italics(article: Article, index: int) -> list[tuple[int, int]]:
    """Words in italics: their ranges in the source."""
    first, last = article.blocks[index].source_span
    matches = _ITALIC.finditer(article.source, max(0, first - _MARK), last + _MARK)
    return [match.span(match.lastindex or 0) for match in matches]
