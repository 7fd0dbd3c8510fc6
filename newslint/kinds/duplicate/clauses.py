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
from newslint.later import compiled_later
from newslint.matching import prose

_ENDS = bytes.maketrans(b".,;:!?()", b"\n\n\n\n\n\n\n\n")
_CLAUSE = compiled_later(
    r"[^.,;:!?()\n]++(?:(?:[.,](?=[^\s”’\"])|(?<=\b[A-Z])\.|(?<=\b[A-Z][a-z])\.)[^.,;:!?()\n]*+)*+"
)
_WORD = compiled_later(r"[^\W\d_]{4,}")
_STOP = compiled_later(r"[.!?](?=[\s”’\"')\]]|$)")
_BESIDE = 4
"""Characters between a clause and a link that it leads to."""
_LONGEST = 400
"""Code points to which a clause is drawn out."""
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
            if text.count(" ") < words - 1 or _is_no_statement(block.text, match):
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
            longer = _to_its_end(article, told)
            yield Phrase(longer, longer[1], text.count(" ") + 1, clause=True)


def _is_no_statement(text: str, clause: re.Match[str]) -> bool:
    """Whether a clause is part of a question, a label of what follows, or all of an aside."""
    start, end = clause.span()
    if text.startswith(":", end) or (text[start - 1 : start] == "(" and text[end : end + 1] == ")"):
        return True
    stop = _STOP.search(text, end)
    return stop is not None and stop[0] == "?"


def _to_its_end(article: Article, places: Sequence[Place]) -> tuple[Place, ...]:
    """The places, drawn out to the end of the sentence as far as they read alike."""
    tails = [article.blocks[place.block].text[place.end :][:_LONGEST] for place in places]
    low, high = min(tails), max(tails)
    ends = (at for at, (one, two) in enumerate(zip(low, high, strict=False)) if one != two)
    alike = low[: next(ends, len(low))]
    stop = _STOP.search(alike)
    if stop is not None:
        more = stop.start()
    elif all(len(tail) == len(alike) for tail in tails):
        more = len(alike)
    else:
        more = max(alike.rfind(mark) for mark in ",;:)")
    more = max(more, 0)
    return tuple(place._replace(end=place.end + more) for place in places)


def once_each(told: Sequence[Phrase]) -> list[Phrase]:
    """Without clauses that go on where the one before them ended: one passage is one finding."""
    kept: list[Phrase] = []
    before: Phrase | None = None
    for phrase in sorted(told, key=lambda phrase: phrase.places):
        if before is None or not (phrase.clause and _goes_on(before, phrase)):
            kept.append(phrase)
        before = phrase
    return kept


def _goes_on(before: Phrase, phrase: Phrase) -> bool:
    steps = {two.block - one.block for one, two in zip(before.places, phrase.places, strict=False)}
    return len(before.places) == len(phrase.places) and steps in ({0}, {1}, {2})


def _body(article: Article) -> bytes:
    """The text from the first paragraph on: a summary above it may well repeat it."""
    text = prose(article)
    first = [text.by_kind[kind][0] for kind in (PARAGRAPH, LIST_ITEM) if kind in text.by_kind]
    if not first:
        return b""
    above = text.copy.joined[: text.copy.starts[min(first)]]
    return text.copy.encoded[len(above.encode("utf-8", "replace")) :]


def _prose(clause: str) -> bool:
    """Whether the clause is more than names and titles."""
    words: list[str] = _WORD.findall(clause)
    return 2 * sum(word[0].islower() for word in words) > len(words)


def _holds(article: Article, place: Place, linked: Sequence[Span]) -> bool:
    """Whether the place holds a link, or one follows: a call to follow it may be printed again."""
    span = article.blocks[place.block].span(place.start, place.end)
    before = bisect_left(linked, (span.end + _BESIDE, 0)) - 1
    return before >= 0 and linked[before].end > span.start
