"""Figures anywhere in an article that are told of one thing, by all that their sentences say.

No single sign is enough: of the noun, “the” before the later figure, the words around both, what
befell those who are counted and the names in both sentences each has its weight, and a pair whose
weights come to enough is of one thing. Other years, other names and parts of a whole speak against.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import NamedTuple

from newslint.article import LIST_ITEM, PARAGRAPH, Article
from newslint.kinds.figures.shared import names, sentence, stem, stems
from newslint.language.counted import ABOVE, Words, words_of
from newslint.language.figures import PERCENT, PERCENT_POINT, POINT, Figure, figures_in, spots
from newslint.language.lexicon import Lexicon
from newslint.matching import fold, prose

_MOST = 60
"""Figures of one sort that are looked at in an article."""
_NEAR = 34
"""Code points on both sides of a figure in which its nearest words stand."""
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b")
_WORD = re.compile(r"[^\W\d_]{3,}")
_TIMED = re.compile(r"-([^\W\d_]+)[- ]([^\W\d_]{4,})(?: ([^\W\d_]{4,}))?")
_GROUP = re.compile(r"\b([^\W\d_]{4,}) of $")
_OWNER = re.compile(r"(?:['’]s?|\b(?:its|their|his|her)) (?:[^\W\d_]+ ){0,1}$")
_BOUND = 1.5
"""How far “at least” and “more than” stretch, as a factor."""
_PASSED_UNITS = frozenset((PERCENT, PERCENT_POINT, POINT, "old", "times", "degree"))
_COMMON = 7
"""A word that stands so often in an article tells nothing of a figure."""

Excluded = Callable[[Figure], bool]


class Telling(NamedTuple):
    """The words that say of a figure which one it is."""

    definite: frozenset[str]
    events: dict[str, str]
    """From a word to what befell those who are counted: “killed” is “die”."""
    enough: float


class _Known(NamedTuple):
    """A figure, and what is told of it."""

    figure: Figure
    nouns: frozenset[str]
    """Stems of the words of its noun."""
    head: str
    """Stem of the last of them, or of what it describes or fills: “nine-hour blockade”."""
    event: str
    definite: float
    near: frozenset[str]
    around: frozenset[str]
    names: frozenset[str]
    years: frozenset[str]
    home: tuple[int, int]


def alike(
    article: Article, lexicon: Lexicon, telling: Telling, excluded: Excluded
) -> Iterator[tuple[Figure, Figure, float]]:
    """Pairs of figures of one thing that cannot both be right, the earlier one first."""
    general = lexicon.phrases("general-nouns")
    words = words_of(lexicon)
    sorts: dict[str, list[Figure]] = {}
    for block in _blocks(article, lexicon):
        for figure in figures_in(article, block, lexicon):
            sort = _sort(article, figure)
            if sort and figure.value > 1:
                sorts.setdefault(sort, []).append(figure)
    for figures in sorts.values():
        known: list[_Known] = []
        if len(figures) < 2:
            continue
        for figure in figures[:_MOST]:
            two = _known(article, words, telling, figure)
            if two is None:
                continue
            for one in known:
                if _apart(one.figure, two.figure) and one.home != two.home:
                    score = _score(article, general, one, two)
                    if (
                        score >= telling.enough
                        and not excluded(one.figure)
                        and not excluded(figure)
                    ):
                        yield one.figure, figure, score
                        break
            known.append(two)


def _blocks(article: Article, lexicon: Lexicon) -> Sequence[int]:
    area = prose(article).copy
    every = spots(article, lexicon)
    if len(every) < 2:
        return ()
    return sorted({area.place(at)[0] for at in every})


def _sort(article: Article, figure: Figure) -> str:
    if figure.part or figure.unit in _PASSED_UNITS:
        return ""
    return figure.unit or "count"


def _apart(one: Figure, two: Figure) -> bool:
    """Whether no number is both, roundings and wide bounds apart."""
    if one.vague or two.vague:
        return one.high < two.low or two.high < one.low
    if one.approximation == two.approximation and one.low == one.value:
        low, high = sorted((one.value, two.value))
        coarse = max(one.step, two.step)
    else:
        (a, b), (c, d) = _stretched(one), _stretched(two)
        if a <= d and c <= b:
            return False
        low, high = sorted((one.value, two.value))
        coarse = 0
    if one.step != two.step and coarse:
        fine, rough = (one, two) if one.step < two.step else (two, one)
        if abs(fine.value - rough.value) <= coarse / 2:
            return False
    return low < high


def _stretched(figure: Figure) -> tuple[float, float]:
    high = figure.value * _BOUND if figure.high == inf else figure.high
    return figure.low, high


def _known(article: Article, words: Words, telling: Telling, figure: Figure) -> _Known | None:
    block = figure.number.block
    text = article.blocks[block].text
    start, end = sentence(article, figure)
    left, right = figure.whole.start, figure.whole.end
    before = text[max(start, left - _NEAR) : left]
    noun = figure.noun.text(article) if figure.noun else ""
    nouns = stems(words, noun)
    head = stem(words, figure.counted) if figure.counted else ""
    if not head:
        follows = _TIMED.match(text, figure.number.end) if not figure.unit else None
        group = _GROUP.search(before)
        if figure.unit:
            follows = re.compile(r"[- ]([^\W\d_]{4,})").match(text, right)
            if (
                follows
                and text[right] == "-"
                or (follows and figure.number.start and text[figure.number.start] in "$£€")
            ):
                word = follows[1].lower()
                if word not in words.no_nouns:
                    head = stem(words, word)
                    nouns = frozenset((head,))
        if not head and group and group[1].lower() not in words.no_nouns:
            head = stem(words, group[1].lower())
            nouns = frozenset((head,))
    after = text[right : min(end, right + _NEAR)]
    event = ""
    for word in _WORD.findall(fold(before))[-3:] + _WORD.findall(fold(after))[:4]:
        event = event or telling.events.get(word, "")
    around = stems(words, text[start:left] + " " + text[right:end], events=True) - nouns
    near = stems(words, " ".join([*before.split()[-3:], *after.split()[:3]]), events=True)
    bare = before.lower().split()
    definite = 0.0
    if bare and (
        bare[-1] in telling.definite
        or (len(bare) > 1 and bare[-2] in telling.definite and bare[-1].isalpha())
    ):
        definite = 1.5
    elif _OWNER.search(before):
        definite = 1.0
    whole = text[start:end]
    return _Known(
        figure, nouns, head, event, definite, near, around, names(whole),
        frozenset(_YEAR.findall(whole)), (block, start),
    )  # fmt: skip


def _score(article: Article, general: frozenset[str], one: _Known, two: _Known) -> float:
    if one.years != two.years:
        return 0.0
    score = 0.0
    a, b = one.figure, two.figure
    if one.head and one.head == two.head:
        score += 1.5 if a.counted not in general else 0.5
    elif one.head and two.head and (one.head in two.nouns or two.head in one.nouns):
        score += 0.75
    elif one.head and two.head and a.unit == "":
        if not (
            one.event and one.event == two.event and (a.counted in general or b.counted in general)
        ):
            return 0.0
    elif two.head and two.head in one.around or one.head and one.head in two.around:
        score += 1.0
    elif a.unit == "" and not one.event:
        return 0.0
    if one.event and one.event == two.event:
        score += 1.0
    elif a.unit == "" and not one.head and not two.head:
        return 0.0
    score += two.definite
    shared = one.around & two.around
    folded = prose(article).copy.folded
    for word in shared:
        weight = 1.0 if word in one.near and word in two.near else 0.5
        if folded.count(word) >= _COMMON:
            weight /= 2
        score += weight
    if one.names and two.names:
        score += 0.5 if one.names & two.names else -2.0
    ratio = max(a.value, b.value) / max(min(a.value, b.value), 0.01)
    if ratio > 10:
        score -= 3.0
    elif ratio > 3:
        score -= 1.5
    return score
