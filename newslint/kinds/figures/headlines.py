"""Check `headline-figure`: a number in a headline that the text does not have."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import combinations
from typing import NamedTuple

from newslint.article import HEADLINE, LIST_ITEM, PARAGRAPH, STANDFIRST, SUBHEADING, Article
from newslint.kinds.contract import Finder, Hit, Informed, Scope
from newslint.kinds.figures.shared import neighbors
from newslint.language import once
from newslint.language.counted import ABOUT, ABOVE, AT_MOST, BELOW, words_of
from newslint.language.figures import PERCENT, PERCENT_POINT, POINT, Figure, figures_in, spots
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.language.numbers import amounts, reader, says
from newslint.language.passage import Passage
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, fold, prose
from newslint.reference import Reference

_POINTS = frozenset((PERCENT_POINT, POINT))
_HEADS = (HEADLINE, STANDFIRST)
_SIGN = compiled_later(r" ?%|[ -](?:per )?[^\W\d_]+")
_MOST = 20
"""Figures of one headline that are looked at."""
_MOST_PER_BLOCK = 12
"""Figures of one block that are added to each other; a table row has more, and no sums to find."""


class HeadlineFigure(Informed, frozen=True, tag="headline-figure", kw_only=True):
    """What is written above must stand below."""

    passing: tuple[str, ...]
    """Nouns that a headline counts and the text need not: “5 ways”, “10 tips”."""
    rival_below: float = 21
    """A smaller number is flagged only where the text has another one for the same thing."""
    idioms: tuple[str, ...] = ()
    """Phrases whose numbers mean no amount: “personas 101”, “a thousand words”."""
    least_words: int = 100
    """Of the text; what is shorter announces something else."""
    rounding: float = 0.05
    """How far the two may lie apart where the headline's number is rounded, as a share of it."""
    most_above: float = 1.5
    """“More than 100” may stand for up to so many times as much."""


class _Body(NamedTuple):
    """The text below the headline."""

    words: int
    folded: str
    """What stands below the last headline or standfirst."""
    amounts: set[float]
    blocks: tuple[int, ...]


def build(options: HeadlineFigure, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    return Finder(
        partial(_find, options, scope, reference.lexicons_with(options.lexicons)), Needs()
    )


def _find(
    options: HeadlineFigure, scope: Scope, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    kinds = prose(article).by_kind
    heads = [index for kind in _HEADS if kind in scope.kinds for index in kinds.get(kind, ())]
    if not heads:
        return
    body: _Body | None = None
    for index in heads:
        if _all_below(article, index, lexicons["figures"]):
            continue
        for figure in figures_in(article, index, lexicons["figures"])[:_MOST]:
            if figure.vague or figure.counted in options.passing or not figure.value:
                continue
            written = figure.number.text(article).lower().lstrip("$£€¥ ")
            if _is_below(article, written) or _is_idiom(options, article, figure):
                continue
            body = body or _body(article, lexicons["figures"])
            if body.words < options.least_words:
                return
            hit = _judge(options, article, lexicons["figures"], figure, body)
            if hit and not _is_in_source(article, hit.span.end, written):
                yield hit


def _is_idiom(options: HeadlineFigure, article: Article, figure: Figure) -> bool:
    """Whether the figure is part of an idiom: of “ 101” only where it counts nothing itself."""
    folded = fold(article.blocks[figure.number.block].text)
    number, whole = figure.number, figure.whole
    for idiom in options.idioms:
        at = folded.find(idiom)
        if 0 <= at < number.end and (number.end < at + len(idiom) or whole.end == number.end):
            return True
    return False


def _all_below(article: Article, index: int, lexicon: Lexicon) -> bool:
    """Whether all numbers of a headline stand in the text as written: the cheap question."""
    area, every = prose(article).copy, spots(article, lexicon)
    start = area.starts[index]
    first = bisect_left(every, start)
    last = bisect_left(every, start + len(article.blocks[index].text), first)
    pattern, folded = reader(lexicon).pattern, area.folded
    found = (pattern.match(folded, spot) for spot in every[first:last][:_MOST])
    return all(_is_below(article, number[0]) for number in found if number)


def _is_below(article: Article, written: str) -> bool:
    """Whether digits or words stand in the text below as they are written above."""
    folded, at = prose(article).copy.folded, _below(article)
    while (at := folded.find(written, at)) >= 0:
        before, after = folded[at - 1 : at], folded[at + len(written) : at + len(written) + 2]
        goes_on = after[:1] in (",", ".") and after[1:].isdigit()  # “1,200” has no 1
        comes_from = before in (",", ".") and folded[at - 2 : at - 1].isdigit()
        if not (before.isalnum() or after[:1].isalnum() or goes_on or comes_from):
            return True
        at += 1
    return False


def _is_in_source(article: Article, above: int, written: str) -> bool:
    """Whether digits stand in what was not read as copy: code, an indented paragraph."""
    copy = prose(article).by_kind.get(PARAGRAPH, ())
    if article.format == "html" or not copy or not written[0].isdigit():
        return False
    start = max(article.blocks[copy[0]].source_span.start, above)
    whole = re.compile(rf"(?<![\w.,/=_-]){re.escape(written)}(?![\w/=_-]|[.,]\d)")
    return whole.search(article.source, start) is not None


@once
def _below(article: Article) -> int:
    """Where in the joined text the last headline or standfirst ends."""
    blocks, starts = article.blocks, prose(article).copy.starts
    heads = (i for i in range(len(blocks) - 1, -1, -1) if blocks[i].kind in _HEADS)
    last = next(heads, None)
    return 0 if last is None else starts[last] + len(blocks[last].text)


def _body(article: Article, lexicon: Lexicon) -> _Body:
    """What stands below the headline; the figures themselves are read only when asked for."""
    area = prose(article).copy
    below = [i for i, block in enumerate(article.blocks) if block.kind not in _HEADS]
    start = _below(article)
    every = spots(article, lexicon)
    found = amounts(area.folded, every[bisect_left(every, start) :], lexicon)
    words = sum(article.blocks[index].text.count(" ") + 1 for index in below)
    return _Body(words, area.folded[start:], found, tuple(below))


def _judge(
    options: HeadlineFigure, article: Article, lexicon: Lexicon, figure: Figure, body: _Body
) -> Hit | None:
    ends = {figure.value, figure.last} - body.amounts
    if not ends or all(says(body.folded, end, lexicon) for end in ends):
        return None
    if figure.noun is not None and figure.value in _lists(article):
        return None
    figures = [f for index in body.blocks for f in figures_in(article, index, lexicon)]
    general = frozenset(lexicon.phrases("general-nouns"))
    alike = [f for f in figures if not f.vague and _is_alike(general, figure, f)]
    if any(_stands_for(options, figure, other.value) for other in alike):
        return None
    if any(_stands_for(options, figure, amount) for amount in _made_of(figure, figures)):
        return None
    rivals = _rivals(article, lexicon, figure, figures)
    strict = figure.unit == PERCENT or figure.unit in lexicon.mapping("currencies")
    if figure.value < options.rival_below and not (strict or rivals):
        return None
    place = _with_percent(article, figure)
    related = tuple((f.whole.span(article), "the text has") for f in rivals[:3])
    values = {
        "match": place.text(article),
        "other": rivals[0].whole.text(article) if rivals else "",
        "noun": figure.noun.text(article) if figure.noun else figure.unit,
    }
    return Hit(place.span(article), values, related=related)


def _with_percent(article: Article, figure: Figure) -> Passage:
    """The number, with the word or sign behind it that makes it a share."""
    block, start, end = figure.number
    sign = _SIGN.match(article.blocks[block].text, end) if figure.unit == PERCENT else None
    return Passage(block, start, sign.end() if sign else end)


def _lists(article: Article) -> set[int]:
    """How many items and subheadings the article has: a headline may count those."""
    kinds = Counter(block.kind for block in article.blocks)
    return {kinds[LIST_ITEM], kinds[SUBHEADING]}


def _rivals(
    article: Article, lexicon: Lexicon, figure: Figure, figures: Sequence[Figure]
) -> list[Figure]:
    """Other figures of the text for what seems to be the same thing."""
    general, words = lexicon.phrases("general-nouns"), words_of(lexicon)
    near = neighbors(words, article, figure)
    found = []
    for other in figures:
        if not other.value or other.vague or other.unit != figure.unit:
            continue
        same = bool(other.counted or other.unit) and other.counted == figure.counted
        alike = not (figure.counted and other.counted) or {figure.counted, other.counted} & {
            *general
        }
        if same or (alike and near & neighbors(words, article, other)):
            found.append(other)
    return found


def _is_alike(general: frozenset[str], figure: Figure, other: Figure) -> bool:
    """Whether the two may be rounded forms of one: of one unit, and of one noun at most."""
    if figure.unit != other.unit and not {figure.unit, other.unit} <= _POINTS:
        return False
    nouns = {figure.counted, other.counted} - {""}
    return len(nouns) < 2 or not nouns.isdisjoint(general)


def _stands_for(options: HeadlineFigure, figure: Figure, amount: float) -> bool:
    """Whether the headline's figure may mean an amount of the text."""
    value = figure.value
    if figure.last != value:
        return False
    if figure.approximation == ABOVE:
        return value <= amount <= value * options.most_above
    if figure.approximation == BELOW:
        return value * 0.8 <= amount <= value
    if figure.approximation == AT_MOST:
        return 0.7 * value <= amount <= value
    slack = min(figure.step / 2, options.rounding * value) if value >= 100 else 0.0
    if figure.step < 1 or amount != int(amount):
        slack = max(slack, 0.99 if value < 100 else slack)
    if figure.approximation == ABOUT:
        slack = max(slack, options.rounding * value)
    return value - slack <= amount <= value + slack


def _made_of(figure: Figure, figures: Sequence[Figure]) -> Iterator[float]:
    """Sums and differences of two figures of one paragraph, and what they change in percent."""
    by_block: dict[int, list[Figure]] = {}
    for other in figures:
        if not other.vague and not other.part:
            by_block.setdefault(other.number.block, []).append(other)
    share = figure.unit == PERCENT
    for found in by_block.values():
        if len(found) > _MOST_PER_BLOCK:
            continue
        for one, two in combinations(found, 2):
            a, b = one.value, two.value
            if one.unit == two.unit == figure.unit and not share:
                yield from (a + b, abs(a - b))
            elif share and a and b and one.unit == two.unit != PERCENT:
                yield from (round(abs(b - a) / a * 100), round(abs(b - a) / b * 100))
