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

from msgspec import Struct

from newslint.article import HEADLINE, SUBHEADING, Article, Block, Span
from newslint.language import once
from newslint.later import compiled_later

_WORD = compiled_later(r"[^\W\d_](?:[\w'’-]*\w)?")
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


class Names(Struct, frozen=True):
    """What the article says about its capitals."""

    every: frozenset[int]
    """The indices of headings in which every longer word has a capital, and of what is written in
    capitals only."""
    inner: frozenset[str]
    """In lower case: words that have a capital within a sentence."""
    lower: frozenset[str]
    """Words that stand somewhere in lower case."""
    runs: dict[int, list[Range]]
    """By block: capitalised words in a row, the first word of a sentence among them."""


@once
def name_words(article: Article) -> Names:
    """A look at every word of the article."""
    every, inner, lower = set(), set(), set()
    runs: dict[int, list[Range]] = {}
    for index, block in enumerate(article.blocks):
        words = list(_WORD.finditer(block.text))
        lower |= {match[0] for match in words if match[0].islower()}
        if _every_capital(block, [match[0] for match in words]):
            every.add(index)
            continue
        inner |= {
            part
            for match in words
            if not match[0].islower() and not starts_sentence(block.text, match.start())
            for part in (match[0].lower(), *match[0].lower().split("-"))
        }
        runs[index] = [Range(*match.span()) for match in _RUN.finditer(block.text)]
    return Names(frozenset(every), frozenset(inner), frozenset(lower), runs)


def _every_capital(block: Block, words: list[str]) -> bool:
    if block.text.isupper() or block.kind not in _HEADS:
        return block.text.isupper() and len(words) > 2
    long = [word for word in words if len(word) > _SMALL] or words
    capitals = sum(not word[0].islower() for word in long)
    return len(words) > 2 and capitals >= _SHOWN_SO * len(long)


def full_of_capitals(article: Article, index: int) -> bool:
    """Whether a block is written with a capital in every longer word, or in capitals."""
    return index in name_words(article).every


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

    With `sure` a word at the start of a sentence, or in a heading full of capitals, counts as one
    unless the article has it in lower case elsewhere.
    """
    block, names = article.blocks[index], name_words(article)
    found = list(_words_at(block.text, start, end))
    capitals = [match for match in found if not match[0].islower()]
    known = any(_known(names, match[0]) for match in capitals)
    if index in names.every:
        return known or (sure and any(match[0].lower() not in names.lower for match in capitals))
    if known or any(not starts_sentence(block.text, match.start()) for match in capitals):
        return True
    in_run = _in_run(block, names.runs[index], start, end, sure)
    return in_run or _in_title(article, block.span(start, end))


def _known(names: Names, word: str) -> bool:
    return any(part in names.inner for part in (word.lower(), *word.lower().split("-")))


def _words_at(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The words that a range touches, whole."""
    while start and (text[start - 1].isalnum() or text[start - 1] in "-'’"):
        start -= 1
    for match in _WORD.finditer(text, start):
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


def _in_title(article: Article, place: Span) -> bool:
    """Whether a place lies in words in italics that begin with a capital, as titles do."""
    ranges = _titles(article)
    at = bisect_right(ranges, (place.start, len(article.source))) - 1
    return at >= 0 and ranges[at][1] > place.start


@once
def _titles(article: Article) -> list[tuple[int, int]]:
    """Several words in italics, the first with a capital: their ranges in the source."""
    found = (match.span(match.lastindex or 0) for match in _ITALIC.finditer(article.source))
    return [(s, e) for s, e in found if article.source[s].isupper() and " " in article.source[s:e]]
