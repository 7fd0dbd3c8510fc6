"""Timelines of which the items all bear one date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from newslint.article import LIST_ITEM, PARAGRAPH, SUBHEADING, TABLE_CELL, Article
from newslint.kinds.contract import Hit, Informed, Scope
from newslint.language.dates import moments
from newslint.language.dates.moment import DATE, MONTH, YEAR
from newslint.language.lexicon import Lexicons
from newslint.language.passage import Passage
from newslint.later import compiled_later
from newslint.matching import Clues

_LABEL_ENDS = compiled_later(r"[^:–—-]{0,30}?\s*(?::|[–—]|-\s)")
"""Directly after the date that an item begins with: a time, say, and the end of the label."""
_COMMA = compiled_later(",")
"""The same in a list: “In May 2025, …”."""
_IN_A_ROW = {LIST_ITEM: 1, PARAGRAPH: 1, TABLE_CELL: 2, SUBHEADING: 4}
"""How far apart, in blocks, two items of a timeline may begin."""


class Timeline(Informed, frozen=True, tag="timeline"):
    """Items in a row that begin with the same date."""

    least: int = 3
    """So many items with one label make a finding."""
    share: float = 0.75
    """Of the items of the timeline that bear the label, at least."""

    def check(self) -> None:
        if self.least < 2:
            raise ValueError('"least": two items or more')


def find(
    options: Timeline, scope: Scope, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    """Timelines without a timeline: the second item carries the finding."""
    labels = list(_labels(article, lexicons))
    for run in _runs(article, labels):
        if len(run) < options.least:
            continue
        text, count = Counter(_said(article, label) for label in run).most_common(1)[0]
        if count < options.least or count < options.share * len(run):
            continue
        same = [label for label in run if _said(article, label) == text]
        if all(scope.allows(article, *label) for label in same):
            values = {"match": same[0].text(article), "count": str(count), "items": str(len(run))}
            others = tuple(
                (label.span(article), "the same label") for label in (same[0], *same[2:])
            )
            yield Hit(same[1].span(article), values, related=others)


def _labels(article: Article, lexicons: Lexicons) -> Iterator[Passage]:
    """The dates that blocks begin with, where a colon or a dash sets them off."""
    for moment in moments(article, lexicons["dates"]):
        place = moment.place
        block = article.blocks[place.block]
        listed = block.kind == LIST_ITEM
        if place.start > (3 if listed else 2) or moment.sort not in (DATE, MONTH, YEAR):
            continue
        if block.kind not in _IN_A_ROW:
            continue
        end = _LABEL_ENDS.match(block.text, place.end)
        if end is None and listed:
            end = _COMMA.match(block.text, place.end)
        if end is not None or place.end == len(block.text):
            stop = end.end() if end else place.end
            label = block.text[place.start : stop].rstrip(" :,–—-")
            yield Passage(place.block, place.start, place.start + len(label))


def _said(article: Article, label: Passage) -> str:
    return " ".join(label.text(article).lower().split())


def _runs(article: Article, labels: list[Passage]) -> Iterator[list[Passage]]:
    """Labels of one kind of block that stand in a row."""
    number = 0

    def run_of(pair: tuple[int, Passage]) -> int:
        nonlocal number
        at, label = pair
        before = labels[at - 1] if at else None
        kind = article.blocks[label.block].kind
        if (
            before is None
            or article.blocks[before.block].kind != kind
            or label.block - before.block > _IN_A_ROW[kind]
        ):
            number += 1
        return number

    for _, group in groupby(enumerate(labels), run_of):
        yield [label for _, label in group]
