"""Check `conflict`: two figures for one thing that cannot both be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from newslint.article import Article
from newslint.kinds.contract import Finder, Hit, Informed, Scope
from newslint.kinds.figures_shared import HEADS, names, sentence
from newslint.language.figures import Figure, figures_in
from newslint.language.lexicon import Lexicon
from newslint.matching import Clues, Needs, fold, prose
from newslint.reference import Reference


_TOP = 6
"""Blocks at the top in which the names of an event stand."""


class Conflicts(Informed, frozen=True, tag="conflict", kw_only=True):
    """Of two figures for one thing the later one is flagged."""

    rough: tuple[str, ...]
    """Words for a rough size: “dozens”, “hundreds”, “thousands”."""
    events: dict[str, tuple[str, ...]]
    """What befalls those who are counted, and the words that say so."""
    apart: tuple[str, ...]
    """Words in the sentence of either figure that make it another one: “another”, “since”."""
    near: tuple[str, ...] = ()
    """The same, within a few words of the figure."""
    lead: int = 3
    """Paragraphs from the top in which the first of two tolls must stand."""


class _Toll(NamedTuple):
    figure: Figure
    event: str


def build(options: Conflicts, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    words = [*options.rough, *(word for words in options.events.values() for word in words)]
    terms = tuple(dict.fromkeys(map(fold, words)))
    return Finder(partial(_find, options, scope, reference), Needs(terms=terms))


def _find(
    options: Conflicts, scope: Scope, reference: Reference, article: Article, clues: Clues
) -> Iterator[Hit]:
    rough, others = _split(options, clues)
    if len(rough) + len(others) < 2:
        return
    lexicon: Lexicon = reference.lexicons_with(options.lexicons)["figures"]
    seen: set[Figure] = set()
    for one, two in (*_rough(options, scope, article, lexicon, rough),
                     *_tolls(options, scope, article, lexicon, others)):  # fmt: skip
        if two not in seen:
            seen.add(two)
            yield _hit(article, one, two)


def _hit(article: Article, one: Figure, two: Figure) -> Hit:
    values = {
        "match": two.whole.text(article), "other": one.whole.text(article),
        "noun": two.noun.text(article) if two.noun else "",
    }  # fmt: skip
    return Hit(two.whole.span(article), values, related=((one.whole.span(article), "but here"),))


def _split(options: Conflicts, clues: Clues) -> tuple[list[int], list[tuple[int, int, str]]]:
    """The blocks with rough figures, and the events as (block, offset, event)."""
    count = len(options.rough)
    rough = sorted({hit.block for hit in clues.terms if hit.term < count})
    names = [event for event, words in options.events.items() for _ in words]
    events = [
        (hit.block, hit.start, names[hit.term - count]) for hit in clues.terms if hit.term >= count
    ]
    return rough, sorted(events)


# Rough sizes


def _rough(
    options: Conflicts, scope: Scope, article: Article, lexicon: Lexicon, blocks: Sequence[int]
) -> Iterator[tuple[Figure, Figure]]:
    """A size named above, and another one for the same bare noun below."""
    if len(blocks) < 2 or article.blocks[blocks[0]].kind not in HEADS[:2]:
        return
    general = lexicon.phrases("general-nouns")
    found = [
        f for index in blocks if index < len(article.blocks)
        for f in figures_in(article, index, lexicon)
        if f.vague and f.counted and f.counted not in general and not f.part
        and scope.allows(article, index, f.number.start, f.number.end)
    ]  # fmt: skip
    firsts = [f for f in found if article.blocks[f.number.block].kind in HEADS[:2]]
    for one in firsts:
        for two in found:
            if two.number <= one.number or not _apart(one, two):
                continue
            if _bare(article, one) == _bare(article, two) and not any(
                _is_other(options, article, f) for f in (one, two)
            ):
                yield one, two
                break


def _bare(article: Article, figure: Figure) -> str:
    return fold(figure.noun.text(article)) if figure.noun else ""


def _apart(one: Figure, two: Figure) -> bool:
    """Whether no number is both."""
    return one.high < two.low or two.high < one.low


def _is_other(options: Conflicts, article: Article, figure: Figure) -> bool:
    """Whether the sentence says that the figure is of another time, place or source."""
    start, end = sentence(article, figure)
    text = article.blocks[figure.number.block].text
    folded = fold(f" {text[start:end]} ").replace(",", " ").replace(".", " ")
    if any(f" {word} " in folded for word in options.apart):
        return True
    near = fold(text[max(start, figure.whole.start - 20) : figure.whole.end + 30])
    return any(word in near for word in options.near)


# Tolls


def _tolls(
    options: Conflicts, scope: Scope, article: Article, lexicon: Lexicon,
    events: Sequence[tuple[int, int, str]],
) -> Iterator[tuple[Figure, Figure]]:  # fmt: skip
    """A toll at the top, and another one below for the same event."""
    top = _top(options, article)
    if len(events) < 2 or events[0][0] > top:
        return
    tolls = []
    for block, at, event in events:
        if block < len(article.blocks):
            figure = _nearest(article, block, at, lexicon)
            if figure and scope.allows(article, block, figure.number.start, figure.number.end):
                tolls.append(_Toll(figure, event))
    firsts = [toll for toll in tolls if toll.figure.number.block <= top]
    for one in firsts:
        for two in tolls:
            if two.event == one.event and two.figure.number > one.figure.number:
                if _same_event(options, article, one.figure, two.figure):
                    yield one.figure, two.figure


def _top(options: Conflicts, article: Article) -> int:
    """The last block of the top of the article."""
    left = options.lead
    for index, block in enumerate(article.blocks):
        left -= block.kind not in HEADS
        if left <= 0:
            return index
    return len(article.blocks)


def _nearest(article: Article, block: int, at: int, lexicon: Lexicon) -> Figure | None:
    """The figure that stands nearest to the word of an event, within a few words."""
    text = article.blocks[block].text
    near = []
    for figure in figures_in(article, block, lexicon):
        gap = max(figure.whole.start - at, at - figure.whole.end)
        between = text[min(at, figure.whole.end) : max(at, figure.whole.start)]
        if gap < 26 and not figure.unit and not figure.part and not set(between) & set(".;:,—("):
            near.append((gap, figure))
    return min(near, key=lambda item: (item[0], item[1].number))[1] if near else None


def _same_event(options: Conflicts, article: Article, one: Figure, two: Figure) -> bool:
    if not _apart(one, two) or (one.counted and two.counted and one.counted != two.counted):
        return False
    if any(_is_other(options, article, figure) for figure in (one, two)):
        return False
    if one.number.block == two.number.block:
        return False
    head = " ".join(block.text for block in article.blocks[: two.number.block][: _TOP])
    start, end = sentence(article, two)
    text = article.blocks[two.number.block].text[start:end]
    return all(name in head for name in names(text))
