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

from msgspec.structs import replace

from newslint.article import LIST_ITEM, PARAGRAPH, Article
from newslint.kinds.figures.shared import names, sentence, stem, stems
from newslint.language.counted import ABOVE, Words, is_plural, singular, words_of
from newslint.language.figures import PERCENT, PERCENT_POINT, POINT, Figure, figures_in, spots
from newslint.language.lexicon import Lexicon
from newslint.matching import fold, prose

_MOST = 60
"""Figures of one sort that are looked at in an article."""
_NEAR = 34
"""Code points on both sides of a figure in which its nearest words stand."""
_YEAR = re.compile(r"\b(?:(?:1[6-9]|20)\d\d|\d\d?:\d\d)\b")
_WORD = re.compile(r"[^\W\d_]{3,}")
_TIMED = re.compile(r"-([^\W\d_]+)[- ]([^\W\d_]{4,})(?: ([^\W\d_]{4,}))?")
_GROUP = re.compile(r"\b([^\W\d_]{4,}) of $")
_OWNER = re.compile(r"(?:['’]s?|\b(?:its|their|his|her)) (?:[^\W\d_]+ ){0,1}$")
_BOUND = 1.5
"""How far “at least” and “more than” stretch, as a factor."""
_PASSED_UNITS = frozenset((PERCENT, PERCENT_POINT, POINT, "old", "times", "degree", "byte", "century", "inch", "foot", "pound"))
_TIMES = frozenset(("year", "month", "week", "day", "night", "hour", "minute", "second", "decade"))
_FOLLOWS = re.compile(r"[- ]([^\W\d_]{4,})(?: ([^\W\d_]{4,}))?")
_COMMON = 7
"""A word that stands so often in an article tells nothing of a figure."""

Excluded = Callable[[Figure], bool]


class Telling(NamedTuple):
    """The words that say of a figure which one it is."""

    definite: frozenset[str]
    events: dict[str, str]
    """From a word to what befell those who are counted: “killed” is “die”."""
    narrowing: frozenset[str]
    """Words right before a figure after which it is one of several: “the first two phases”."""
    narrowed: frozenset[str]
    """Words behind a figure after which a name says which one it is: “in Ohio”."""
    months: frozenset[str]
    enough: float


class _Known(NamedTuple):
    """A figure, and what is told of it."""

    figure: Figure
    nouns: frozenset[str]
    """Stems of the words of its noun."""
    head: str
    """Stem of the last of them, or of what it describes or fills: “nine-hour blockade”."""
    described: bool
    event: str
    definite: float
    near: frozenset[str]
    around: frozenset[str]
    names: frozenset[str]
    near_names: frozenset[str]
    years: frozenset[str]
    home: tuple[int, int]
    beside: frozenset[float]
    """The other figures of its sentence."""
    subject: str
    owner: str
    said: str
    """Its sentence, folded."""
    narrowed: bool


def alike(
    article: Article, lexicon: Lexicon, telling: Telling, excluded: Excluded
) -> Iterator[tuple[Figure, Figure, float]]:
    """Pairs of figures of one thing that cannot both be right, the earlier one first."""
    general = lexicon.phrases("general-nouns")
    words = words_of(lexicon)
    sorts: dict[str, list[tuple[Figure, frozenset[float]]]] = {}
    for block in _blocks(article, lexicon):
        here = figures_in(article, block, lexicon)
        by: dict[int, set[float]] = {}
        homes = [sentence(article, f)[0] for f in here]
        for f, home in zip(here, homes, strict=True):
            by.setdefault(home, set()).add(f.value)
        for figure, home in zip(here, homes, strict=True):
            sort = _sort(article, figure)
            if sort and figure.value > 1:
                sorts.setdefault(sort, []).append((figure, frozenset(by[home])))
    for figures in sorts.values():
        known: list[_Known] = []
        if len(figures) < 2:
            continue
        for figure, beside in figures[:_MOST]:
            two = _known(article, words, telling, figure, beside)
            if two is None:
                continue
            for one in known:
                if (
                    _apart(one.figure, two.figure) and one.home != two.home
                    and figure.value not in one.beside and one.figure.value not in beside
                    and not any({figure.value, one.figure.value} <= b for _, b in figures)
                ):
                    score = _score(article, general, one, two)
                    if score >= telling.enough and not excluded(one.figure) and not excluded(figure):
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
    if figure.part and not _of_number(article, figure) or figure.unit in _PASSED_UNITS or (figure.low != figure.high and not figure.vague and not figure.approximation):
        return ""
    return figure.unit or "count"


_OF_NUMBER = re.compile(r" (?:out )?of (?:the |its |their )?\d")


def _of_number(article: Article, figure: Figure) -> bool:
    """Whether it is the first of “62 of the 150 seats”."""
    return bool(_OF_NUMBER.match(article.blocks[figure.number.block].text, figure.number.end))


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


def _names(article: Article, words: Words, months: frozenset[str], text: str) -> frozenset[str]:
    found = names(text)
    first = re.match(r"[“\"]?([A-Z][\w-]+)(['’]s| [A-Z])?", text)
    if first and first[1].lower() not in words.no_nouns and (
        first[2] or prose(article).copy.joined.count(first[1]) > 1
    ) and f" {first[1].lower()} " not in prose(article).copy.joined:
        found |= {first[1]}
    bare = {n.removesuffix("’s").removesuffix("'s") for n in found}
    return frozenset(n for n in bare if n.lower() not in words.no_nouns and n.lower() not in months)


_NEXTWORD = re.compile(r" ([a-z]+)")
_SUBJECT = re.compile(r"([A-Z][\w-]+)(?: [a-z]+){0,2} $")
_HYPHENED = re.compile(r"[-‑]([^\W\d_]{3,})\b(?!-)")
_PASS = re.compile(r"(?:pass|top|exceed|surpass)(?:ed|es|s|ing)?$")
_NUMBER_OF = re.compile(r"\bnumber of ((?:[^\W\d_]+ ){1,4})")
_RISEN = re.compile(
    r"\b([^\W\d_]{3,}s|people|children) (?:now |ha(?:s|ve|d) |is |are |was |were )*"
    r"(?:pass|top|exceed|surpass|reach|hit|number|total|stand at|stands at|stood at)(?:ed|es|s|ing|led)? $"
)


def _filled(words: Words, before: str) -> str:
    """What a number without a noun counts: “the number of cases has passed 900”."""
    folded = fold(before)
    risen = _RISEN.search(folded)
    if risen:
        return stem(words, risen[1])
    number = _NUMBER_OF.search(folded)
    for word in (number[1].split() if number else ()):
        if word in words.no_nouns:
            break
        if is_plural(words, word):
            return stem(words, singular(words, word))
    return ""


_PLACE = re.compile(r"\b([a-z]+) (?:the )?([A-Z][\w-]+)")
_OWNED = re.compile(r"\b([A-Z][\w-]+)['’]s? (?:[^\W\d_]+ ){0,1}$")


def _places(telling: Telling, before: str, after: str) -> frozenset[str]:
    """The names right at a figure that say of which thing or place it is."""
    found = {m[2] for m in _PLACE.finditer(after) if m[1] in telling.narrowed}
    owner = _OWNED.search(before)
    found = {n for n in found if n.lower() not in telling.months}
    return frozenset(found | ({owner[1]} if owner else set()))


def _known(article: Article, words: Words, telling: Telling, figure: Figure, beside: frozenset[float]) -> _Known | None:
    block = figure.number.block
    text = article.blocks[block].text
    start, end = sentence(article, figure)
    left, right = figure.whole.start, figure.whole.end
    before = text[max(start, left - _NEAR) : left]
    if text[start:left].count("(") > text[start:left].count(")"):
        return None
    noun = figure.noun.text(article) if figure.noun else ""
    nouns = stems(words, noun)
    head = stem(words, figure.counted) if figure.counted else ""
    described = grouped = False
    if not head:
        money = text[figure.number.start] in "$£€"
        hyphen = text[figure.number.end:figure.number.end+1] in ("-", "‑")
        if figure.unit and (money or hyphen):
            follows = _FOLLOWS.match(text, right)
            for word in (follows[2], follows[1]) if follows else ():
                if word and word.islower() and word not in words.no_nouns:
                    head, described = stem(words, word), True
                    nouns = frozenset((head,))
                    break
        elif hyphen:
            counted = _HYPHENED.match(text, figure.number.end)
            if counted is None or counted[1] in words.no_nouns:
                return None
            head = stem(words, counted[1])
            nouns = frozenset((head,))
        group = _GROUP.search(before)
        if not head and group and group[1].lower() not in words.no_nouns:
            head, described = stem(words, group[1].lower()), True
            nouns = frozenset((head,))
            bare_before = before[: group.start()].lower().split()
            grouped = any(w in telling.definite for w in bare_before[-1:])
    after = text[right : min(end, right + _NEAR)]
    bare = before.lower().split()
    if any(word in telling.narrowing for word in bare[-1:]) or (
        bare[-1:] and bare[-1] in telling.definite and bare[-2:-1] and bare[-2] in telling.narrowing
    ) or before.endswith(": ") or text[start:end].rstrip().endswith(":"):
        return None
    event = ""
    for word in _WORD.findall(fold(before))[-3:] + _WORD.findall(fold(after))[:4]:
        event = event or telling.events.get(word, "")
    around = stems(words, text[start:left] + " " + text[right:end], events=True) - nouns
    near = stems(words, " ".join([*before.split()[-3:], *after.split()[:3]]), events=True)
    definite = 0.0
    whole = text[start:end]
    if figure.noun is None and not head:
        head = _filled(words, text[start:left])
        nouns = frozenset((head,)) if head else nouns
        last = bare[-1] if bare else ""
        if head and _PASS.match(last):
            figure = replace(figure, approximation=ABOVE, high=inf)
    subject = _SUBJECT.search(before)
    owner = _OWNED.search(before)
    if grouped or bare and (bare[-1] in telling.definite or (len(bare) > 1 and bare[-2] in telling.definite and bare[-1].isalpha() and bare[-1] not in words.no_nouns)):
        definite = 1.5
    elif _OWNER.search(before):
        definite = 1.0
    return _Known(
        figure, nouns, head, described, event, definite, near, around, _names(article, words, telling.months, whole),
        _places(telling, before, after), frozenset(_YEAR.findall(whole)), (block, start), beside,
        subject[1] if subject else "", owner[1] if owner else "", fold(whole),
        _NEXTWORD.match(text, right)[1] in telling.narrowed if _NEXTWORD.match(text, right) else False,
    )  # fmt: skip


def _score(article: Article, general: frozenset[str], one: _Known, two: _Known) -> float:
    if one.years != two.years:
        return 0.0
    score = 0.0
    a, b = one.figure, two.figure
    same_event = bool(one.event) and one.event == two.event
    people = a.counted in general or b.counted in general or not a.counted or not b.counted
    time = a.unit in _TIMES
    if one.head and one.head == two.head:
        if time and not one.described:
            return 0.0
        score += 1.5 if a.counted not in general else 0.5
    elif two.described and two.head in one.around and two.definite:
        score += 1.5
    elif one.described and one.head in two.around and f"the {one.head}" in two.said:
        score += 1.5
    elif two.owner and two.owner == one.subject and two.head and (two.head in one.around or one.head == two.head) and not a.unit:
        score += 2.0
    elif time:
        return 0.0
    elif one.head and two.head and (one.head in two.nouns or two.head in one.nouns):
        score += 1.25
    elif a.unit == "" and not (same_event and people):
        return 0.0
    if same_event:
        score += 1.0
        if b.value < a.value and not two.definite and len(two.beside) > 1:
            return 0.0
    score += two.definite
    if two.definite >= 1.5:
        if two.near_names - one.names:
            return 0.0
    elif two.names - one.names or one.names and not two.names & one.names:
        if not (same_event and not two.names):
            return 0.0
    shared = one.around & two.around
    if two.narrowed and not shared:
        return 0.0
    rest, other = one.nouns - {one.head}, two.nouns - {two.head}
    if rest and other and not rest & other:
        score -= 1.5
    if not two.definite and any(f"the {word}" in two.said for word in shared & two.near):
        score += 1.0
    if a.unit and not one.head == two.head:
        score -= 0.5
    folded = prose(article).copy.folded
    for word in shared:
        weight = 1.0 if word in one.near and word in two.near else 0.5
        if folded.count(word) >= _COMMON:
            weight /= 2
        score += weight
    if one.names & two.names:
        score += 0.5
    ratio = max(a.value, b.value) / max(min(a.value, b.value), 0.01)
    if ratio > 10:
        score -= 3.0
    elif ratio > 3:
        score -= 0.75 if two.definite >= 1.5 else 1.5
    if min(a.value, b.value) <= 10 and not same_event and not one.described and not two.described:
        score -= 0.75
    return score
