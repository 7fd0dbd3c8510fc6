"""Check `conflict`: two figures for one thing that cannot both be right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from newslint.article import LIST_ITEM, PARAGRAPH, Article
from newslint.kinds.contract import Finder, Hit, Informed, Scope
from newslint.kinds.figures.alike import Reach, alike
from newslint.kinds.figures.anchored import Definite, anchored, counts_all, same_names
from newslint.kinds.figures.shared import figures_between, sentence
from newslint.kinds.figures.told import Telling
from newslint.language.counted import words_of
from newslint.language.figures import Figure, figures_in
from newslint.language.lexicon import Lexicon
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, fold, prose
from newslint.reference import Reference

_ANY_FIGURE = r"\d"
"""Makes the rule run on every article with a digit."""
Excluded = Callable[[Figure], bool]
_WORDS = compiled_later(r"[^\W_]+(?:['’-][^\W_]+)*")
_CLOSE = 26
"""Code points between the word of an event and its figure."""
_FARTHEST = 60
_NEAR = 30
_SHARE = compiled_later(r", (?:\w+ ){1,3}of (?:them|whom)\b.*")
"""A part that follows a figure: “22 people, ten of them children”."""
_MOST = 100
"""Words of events, and rough figures, that are looked at in one article."""


class Conflicts(Informed, frozen=True, tag="conflict", kw_only=True):
    """Of two figures for one thing the later one is flagged."""

    rough: tuple[str, ...]
    """Words for a rough size: “dozens”, “hundreds”, “thousands”."""
    events: dict[str, tuple[str, ...]]
    """What befalls those who are counted, and the words that say so."""
    apart: tuple[str, ...]
    """Words in the sentence of either figure that make it another one: “another”, “since”."""
    sources: tuple[str, ...] = ()
    """Words that give a figure a source; where both have one they may be rival figures."""
    definite: tuple[str, ...] = ()
    """Words before a figure that say it was told of before: “the”, “this”."""
    narrowed: tuple[str, ...] = ()
    """Words behind a figure after which it is only some of them: “the 26 states that left”."""
    wholes: tuple[str, ...] = ()
    """Words before a figure that make it a whole of several: “all 14 companies”."""
    several: tuple[str, ...] = ()
    """Words right before a figure after which it is one of several: “the first two phases”."""
    passing: tuple[str, ...] = ()
    """Words after which a figure is a lower bound: “the number of cases has passed 900”."""
    needed: tuple[str, ...] = ()
    """Words beside a figure that make it another one than what is: “needed”, “if”, “monthly”."""
    enough: float = 2.5
    """Weight of signs from which two figures anywhere in an article are of one thing."""
    lead: int = 2
    """Paragraphs from the top in which the first of two figures must stand."""


class _Event(NamedTuple):
    block: int
    start: int
    name: str


class _Toll(NamedTuple):
    figure: Figure
    event: str


def build(options: Conflicts, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    words = [*options.rough, *(word for words in options.events.values() for word in words)]
    terms = tuple(map(fold, words))
    lexicon = reference.lexicons_with(options.lexicons)["figures"]
    return Finder(
        partial(_find, options, scope, lexicon, _telling(options, lexicon)),
        Needs(terms=terms, patterns=(_ANY_FIGURE,)),
    )


def _find(
    options: Conflicts, scope: Scope, lexicon: Lexicon, telling: Telling, article: Article,
    clues: Clues,
) -> Iterator[Hit]:  # fmt: skip
    if not article.blocks:
        return
    rough, events = _split(options, clues) if clues.terms else ([], [])
    top = _top(options, article)
    excluded = partial(_is_other, options, scope, article, top)
    told_of = _alike(options, scope, telling, article, lexicon, events)
    seen: set[Figure] = set()
    for one, two in (
        *_rough(article, lexicon, excluded, top, rough),
        *_tolls(article, lexicon, excluded, top, events),
        *anchored(article, lexicon, Definite(options.definite, options.narrowed), top, excluded),
        *told_of,
    ):
        if two in seen or (not told_of.get((one, two)) and _rivals(options, article, one, two)):
            continue
        if not (_is_whole(options, article, two) or _add_up(article, lexicon, one, two)):
            seen.add(two)
            yield _hit(article, one, two)


def _alike(
    options: Conflicts, scope: Scope, telling: Telling, article: Article, lexicon: Lexicon,
    events: Sequence[_Event],
) -> dict[tuple[Figure, Figure], bool]:  # fmt: skip
    """Pairs that the words around both tell to be of one thing, wherever they stand.

    True where the later goes back to the earlier; rival figures of two sources do not.
    """
    unlike = partial(_is_unlike, options, scope, article)
    starts, count = prose(article).copy.starts, len(article.blocks)
    offsets = [starts[event.block] + event.start for event in events if event.block < count]
    pairs = alike(article, lexicon, telling, options.enough, unlike, offsets)
    return {(one, two): back for one, two, back in pairs}


def _telling(options: Conflicts, lexicon: Lexicon) -> Telling:
    return Telling(
        definite=frozenset(options.definite),
        events={fold(word): event for event, words in options.events.items() for word in words},
        several=frozenset(options.several), narrowed=frozenset(options.narrowed),
        passing=frozenset(options.passing), months=frozenset(lexicon.phrases("months")),
        sources=frozenset(options.sources),
    )  # fmt: skip


def _is_unlike(
    options: Conflicts, scope: Scope, article: Article, figure: Figure, reach: Reach
) -> bool:
    """Whether the figure is quoted, or the words beside it make it another one."""
    place, whole = figure.number, figure.whole
    if not scope.allows(article, place.block, place.start, place.end):
        return True
    text = article.blocks[place.block].text
    start, end = sentence(article, figure)
    left = text[max(start, whole.start - reach[0]) : whole.start]
    right = text[whole.end : min(end, whole.end + reach[1])]
    noun = figure.noun.text(article) if figure.noun else ""
    beside = fold(f"{left} {noun} | {_SHARE.sub('', right)}")
    around = f" {' '.join(_WORDS.findall(beside))} "
    return any(f" {word} " in around for word in (*options.apart, *options.needed))


def _is_whole(options: Conflicts, article: Article, figure: Figure) -> bool:
    start, text = figure.whole.start, article.blocks[figure.number.block].text
    before = fold(text[max(0, start - _NEAR) : start]).split()
    return bool(before) and before[-1] in options.wholes


def _add_up(article: Article, lexicon: Lexicon, one: Figure, two: Figure) -> bool:
    """Whether a third figure for the same noun is what one has more than the other: 5 + 9 = 14."""
    if one.vague or two.vague or not one.counted:
        return False
    noun = fold(one.noun.text(article)) if one.noun else one.counted
    return any(
        figure.value == abs(one.value - two.value) and figure.counted == one.counted
        and not figure.part
        for index, block in enumerate(article.blocks) if noun in fold(block.text)
        for figure in figures_in(article, index, lexicon)
    )  # fmt: skip


def _hit(article: Article, one: Figure, two: Figure) -> Hit:
    values = {
        "match": two.whole.text(article), "other": one.whole.text(article),
        "noun": two.noun.text(article) if two.noun else "",
    }  # fmt: skip
    return Hit(two.whole.span(article), values, related=((one.whole.span(article), "but here"),))


def _split(options: Conflicts, clues: Clues) -> tuple[list[int], list[_Event]]:
    """The blocks with rough figures, and the events as (block, offset, event)."""
    count = len(options.rough)
    rough = sorted({hit.block for hit in clues.terms if hit.term < count})[:_MOST]
    names = [event for event, words in options.events.items() for _ in words]
    events = [
        _Event(hit.block, hit.start, names[hit.term - count])
        for hit in clues.terms
        if hit.term >= count
    ]
    return rough, sorted(events)[:_MOST]


# Rough sizes


def _rough(
    article: Article, lexicon: Lexicon, excluded: Excluded, top: int, blocks: Sequence[int]
) -> Iterator[tuple[Figure, Figure]]:
    """A size named at the top, and another one for the same bare noun below."""
    if len(blocks) < 2 or blocks[0] > top:
        return
    general = lexicon.phrases("general-nouns")
    found = [
        f for index in blocks if index < len(article.blocks)
        for f in figures_in(article, index, lexicon)
        if f.vague and f.counted and f.counted not in general and not f.part and not excluded(f)
    ]  # fmt: skip
    for one in (f for f in found[:_MOST] if f.number.block <= top):
        for two in found[:_MOST]:
            if (
                two.number.block > one.number.block
                and _apart(one, two)
                and _bare(article, one) == _bare(article, two)
            ):
                yield one, two
                break


def _bare(article: Article, figure: Figure) -> str:
    return fold(figure.noun.text(article)) if figure.noun else ""


def _apart(one: Figure, two: Figure) -> bool:
    """Whether no number is both."""
    return one.high < two.low or two.high < one.low


def _is_other(options: Conflicts, scope: Scope, article: Article, top: int, figure: Figure) -> bool:
    """Whether the figure is quoted, or its sentence gives it another time or place.

    The sentences at the top hold more than one thing; of them only a few words count.
    """
    place = figure.number
    if not scope.allows(article, place.block, place.start, place.end):
        return True
    folded = _sentence(article, figure, _NEAR if place.block <= top else 0)
    return any(f" {word} " in folded for word in options.apart)


def _rivals(options: Conflicts, article: Article, one: Figure, two: Figure) -> bool:
    """Whether both figures have a source: “police say 100, organizers say 500”."""
    return all(
        any(f" {word} " in _sentence(article, figure) for word in options.sources)
        for figure in (one, two)
    )


def _sentence(article: Article, figure: Figure, near: int = 0) -> str:
    """The words of its sentence, folded; within so many code points where `near` is given."""
    start, end = sentence(article, figure)
    if near:
        start, end = max(start, figure.whole.start - near), min(end, figure.whole.end + near)
    text = article.blocks[figure.number.block].text[start:end]
    return f" {' '.join(_WORDS.findall(fold(text)))} "


# Tolls


def _tolls(
    article: Article, lexicon: Lexicon, excluded: Excluded, top: int, events: Sequence[_Event]
) -> Iterator[tuple[Figure, Figure]]:
    """A toll at the top, and another one below for the same event."""
    above = [event for event in events if event.block <= top]
    for one in _figures_of(article, lexicon, excluded, above):
        below = [e for e in events if e.name == one.event and e.block > one.figure.number.block]
        for two in _figures_of(article, lexicon, excluded, below):
            if _same_event(lexicon, article, one.figure, two.figure):
                yield one.figure, two.figure


def _figures_of(
    article: Article, lexicon: Lexicon, excluded: Excluded, events: Sequence[_Event]
) -> Iterator[_Toll]:
    """The figures that words of events belong to."""
    for event in events:
        figure = _nearest(article, event, lexicon) if event.block < len(article.blocks) else None
        if figure and not excluded(figure):
            yield _Toll(figure, event.name)


def _top(options: Conflicts, article: Article) -> int:
    """The last block of the top of the article."""
    left = options.lead
    for index, block in enumerate(article.blocks):
        left -= block.kind in (PARAGRAPH, LIST_ITEM)
        if left <= 0:
            return index
    return len(article.blocks) - 1


def _nearest(article: Article, event: _Event, lexicon: Lexicon) -> Figure | None:
    """The figure that stands nearest to the word of an event, within a few words."""
    text, at = article.blocks[event.block].text, event.start
    near = []
    here = figures_in(article, event.block, lexicon)
    for figure in figures_between(here, at - _FARTHEST, at + _FARTHEST):
        gap = max(figure.whole.start - at, at - figure.whole.end)
        between = text[min(at, figure.whole.end) : max(at, figure.whole.start)]
        joined = gap < _CLOSE and not set(between) & set(".;:,—(")
        if joined and not figure.unit and counts_all(article, figure):
            near.append((gap, figure))
    return min(near, key=lambda item: (item[0], item[1].number))[1] if near else None


def _around(article: Article, figure: Figure) -> list[str]:
    """The words of its sentence but for the figure's own."""
    (start, end), text = sentence(article, figure), article.blocks[figure.number.block].text
    return _WORDS.findall(fold(text[start : figure.number.start] + text[figure.number.end : end]))


def _same_event(lexicon: Lexicon, article: Article, one: Figure, two: Figure) -> bool:
    """Whether two tolls, of people of one sort, are of the event at the top."""
    if one.number.block == two.number.block or not _apart(one, two):
        return False
    if two.high < one.low and not words_of(lexicon).shares.isdisjoint(_around(article, two)):
        return False  # “two people in the kitchen and one in the hall”
    general = lexicon.phrases("general-nouns")
    nouns = {one.counted, two.counted} - {""}
    return (len(nouns) < 2 or not nouns.isdisjoint(general)) and same_names(article, two)
