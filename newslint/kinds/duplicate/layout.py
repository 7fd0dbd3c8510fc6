"""Where copy may well say a thing again: in a summary above it, and in the items of a live file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from newslint.article import BYLINE, DATELINE, HEADLINE, PARAGRAPH, SUBHEADING, Article
from newslint.kinds.duplicate.phrases import Phrase, Place
from newslint.kinds.phrases import EDGE
from newslint.matching import fold
from newslint.patterns import flagged, matches

_PARTS = 3
"""Lines between items from which on an article is a live file."""
_SHORT = 40
"""Characters of a line that parts items or stands above a summary."""
_TOP = 12
"""Blocks among which the head of an article is."""
_HEAD = (HEADLINE, BYLINE, DATELINE)


def within(
    article: Article, told: Iterable[Phrase], summaries: Sequence[str], parts: Sequence[str],
    times: int,
) -> list[Phrase]:  # fmt: skip
    """What is told again in the body, and in a live file within one item.

    Two items of a live file that begin alike are one item filed twice.
    """
    body = _body(article, frozenset(map(fold, summaries)))
    ends = _ends(article, parts)
    found: list[Phrase] = []
    for phrase in filter(None, (_from(body, phrase, times) for phrase in told)):
        if not ends or all(_opens(article, ends, place) for place in phrase.places):
            found.append(phrase)
        else:
            found += _apart(ends, phrase, times)
    return found


def _from(body: int, phrase: Phrase, times: int) -> Phrase | None:
    places = tuple(place for place in phrase.places if place.block >= body)
    return phrase if len(places) == len(phrase.places) else _again(phrase, places, times)


def _apart(ends: Sequence[int], phrase: Phrase, times: int) -> Iterator[Phrase]:
    """The phrase in each item of a live file that tells it often enough."""
    items: dict[int, list[Place]] = {}
    for place in phrase.places:
        items.setdefault(bisect_right(ends, place.block), []).append(place)
    for places in items.values():
        again = _again(phrase, tuple(places), times)
        if again is not None:
            yield again


def _again(phrase: Phrase, places: tuple[Place, ...], times: int) -> Phrase | None:
    """The phrase with fewer places, if it still has enough; a clause needs two."""
    needed = 2 if phrase.clause else times
    if len(places) < needed:
        return None
    return phrase._replace(places=places, shown=places[needed - 1])


def _body(article: Article, summaries: frozenset[str]) -> int:
    """The block that the body begins with: behind the byline, and behind a summary."""
    top = article.blocks[:_TOP]
    begin = 1 + max((n for n, block in enumerate(top) if block.kind in _HEAD), default=-1)
    for index, block in enumerate(top):
        if len(block.text) <= _SHORT and fold(block.text).strip(EDGE) in summaries:
            below = enumerate(article.blocks[index + 1 : index + 1 + _TOP], index + 1)
            return next((n for n, one in below if _is_label(one.kind, one.text)), begin)
    return begin


def _is_label(kind: str, text: str) -> bool:
    """Whether a line ends a summary: a heading, or a short line that is no sentence."""
    return kind == SUBHEADING or (kind == PARAGRAPH and len(text.split()) <= 3)


def _ends(article: Article, parts: Sequence[str]) -> list[int]:
    """The blocks that part the items of a live file; none where it is not one."""
    pattern = flagged("|".join(parts), ignore_case=True) if parts else ""
    found = [
        index for index, block in enumerate(article.blocks)
        if pattern and len(block.text) <= _SHORT and block.kind in (PARAGRAPH, SUBHEADING)
        and matches(pattern, block.text)
    ]  # fmt: skip
    return found if len(found) >= _PARTS else []


def _opens(article: Article, ends: Sequence[int], place: Place) -> bool:
    """Whether the place is what an item begins with."""
    return not article.blocks[place.block].text[: place.start].strip() and place.block - 1 in ends
