"""Clauses that stand in an article twice, word for word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from newslint.article import LIST_ITEM, PARAGRAPH, Article, Span
from newslint.kinds.contract import Scope
from newslint.kinds.duplicate.phrases import Phrase, Place
from newslint.language.quotations import in_quotation
from newslint.matching import prose

_ENDS = bytes.maketrans(b".,;:!?()", b"\n\n\n\n\n\n\n\n")
_CLAUSE = re.compile(
    r"[^.,;:!?()\n]++(?:(?:[.,](?=[^\s”’\"])|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.)[^.,;:!?()\n]*+)*+"
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_SHORTEST = 5
"""Letters of a word, on average, for the first look."""


def clauses(article: Article, scope: Scope, words: int) -> Iterator[Phrase]:
    """What stands in two places, `words` long or longer, from one mark to the next."""
    parts = _body(article).translate(_ENDS).split(b"\n")
    long = [part.strip() for part in parts if len(part) > words * _SHORTEST]
    if len(long) == len(set(long)):
        return
    often = {part for part, count in Counter(long).items() if count > 1}
    places: dict[str, list[Place]] = {}
    for index, block in enumerate(article.blocks):
        if block.kind not in (PARAGRAPH, LIST_ITEM) or block.kind not in scope.kinds:
            continue
        parts = block.text.encode("utf-8", "replace").translate(_ENDS).split(b"\n")
        if often.isdisjoint([part.strip() for part in parts]):
            continue
        for match in _CLAUSE.finditer(block.text):
            text = " ".join(match[0].lower().split())
            if text.count(" ") < words - 1 or block.text.startswith("?", match.end()):
                continue
            if _prose(match[0]):
                lead = len(match[0]) - len(match[0].lstrip())
                end = match.end() - len(match[0]) + len(match[0].rstrip())
                places.setdefault(text, []).append(Place(index, match.start() + lead, end))
    linked = sorted(link.text_span for link in article.links)
    for text, found in places.items():
        told = [p for p in found if not in_quotation(article, *p)] if len(found) > 1 else []
        in_copy = any(article.blocks[place.block].kind == PARAGRAPH for place in told)
        if len(told) > 1 and in_copy and not any(_holds(article, p, linked) for p in told):
            yield Phrase(tuple(told), told[1], text.count(" ") + 1)


def _body(article: Article) -> bytes:
    """The text from the first paragraph on: a summary above it may well repeat it."""
    text = prose(article)
    first = [text.by_kind[kind][0] for kind in (PARAGRAPH, LIST_ITEM) if kind in text.by_kind]
    if not first:
        return b""
    return text.copy.joined[text.copy.starts[min(first)] :].encode("utf-8", "replace")


def _prose(clause: str) -> bool:
    """Whether the clause is more than names and titles."""
    words: list[str] = _WORD.findall(clause)
    return 2 * sum(word[0].islower() for word in words) > len(words)


def _holds(article: Article, place: Place, linked: Sequence[Span]) -> bool:
    """Whether the place holds a link: a call to follow it may be printed again."""
    span = article.blocks[place.block].span(place.start, place.end)
    before = bisect_left(linked, (span.end, 0)) - 1
    return before >= 0 and linked[before].end > span.start
