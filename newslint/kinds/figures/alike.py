"""Figures anywhere in an article that are told of one thing, by all that their sentences say.

No single sign is enough: the noun, “the” before the later figure, the words around both, what
befell those who are counted and the names in both sentences each have a weight, and a pair whose
weights come to enough is of one thing. Other years, other names and parts of a whole speak against.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from math import inf
from typing import NamedTuple

from newslint.article import HEADLINE, PARAGRAPH, STANDFIRST, Article
from newslint.kinds.figures.likely import likely
from newslint.kinds.figures.shared import sentence
from newslint.kinds.figures.told import Telling, Told, told
from newslint.language.counted import words_of
from newslint.language.figures import PERCENT, PERCENT_POINT, POINT, Figure, figures_in
from newslint.language.lexicon import Lexicon
from newslint.later import compiled_later
from newslint.matching import prose

_PROSE = frozenset((HEADLINE, STANDFIRST, PARAGRAPH))
_MOST = 60
"""Figures of one sort that are looked at in an article."""
_BOUND = 1.5
"""How far “at least” and “more than” stretch, as a factor."""
_COMMON = 7
"""A word that stands so often in an article tells little of a figure."""
_NO_DEFINITE = 0.75
"""How much more it takes where the later figure is not said to have been told of before."""
_SERIES = 4
"""So many values of one noun are a series: polls, results, visitors by the hour."""
_PASSED_UNITS = frozenset((
    PERCENT, PERCENT_POINT, POINT, "old", "times", "degree", "byte", "century", "inch", "foot",
    "pound",
))  # fmt: skip
_TIMES = frozenset(("year", "month", "week", "day", "night", "hour", "minute", "second", "decade"))
_OF_NUMBER = compiled_later(r" (?:out )?of (?:the |its |their )?\d")
_TOLD = compiled_later(r"\b(?:the|this|that) [^\W\d_]+,? (?:that|which|in which)\b")
Reach = tuple[int, int]
EARLIER, DEFINITE, INDEFINITE = (40, 40), (40, 16), (400, 40)
"""How many code points before and behind a figure may say that it is another one: behind one that
is definite they say less (“the 460 pupils will move to other schools”)."""
Excluded = Callable[[Figure, Reach], bool]


class _Place(NamedTuple):
    figure: Figure
    beside: frozenset[float]
    """All values of its sentence."""


def alike(
    article: Article, lexicon: Lexicon, telling: Telling, enough: float, excluded: Excluded,
    events: Sequence[int],
) -> Iterator[tuple[Figure, Figure, bool]]:  # fmt: skip
    """Pairs of figures of one thing that cannot both be right, the earlier one first.

    With each whether the later says that it is of what was told before.

    `events` are the offsets in the joined text of words that say what befell those counted.
    """
    found: list[tuple[Told, Told]] = []
    starts = likely(article, lexicon, words_of(lexicon), telling, events)
    for places in _sorts(article, lexicon, starts).values():
        found += _pairs(article, lexicon, telling, enough, excluded, places)
    values: dict[str, set[float]] = {}
    for one, two in found:
        values.setdefault(two.head, set()).update((one.figure.value, two.figure.value))
    for one, two in found:
        if len(values[two.head]) < _SERIES:
            yield one.figure, two.figure, two.definite > 0


def _sorts(article: Article, lexicon: Lexicon, starts: frozenset[int]) -> dict[str, list[_Place]]:
    """The figures that may be compared, of those that begin at `starts`, by their units."""
    area = prose(article).copy
    sorts: dict[str, list[_Place]] = {}
    for block in sorted({area.place(at)[0] for at in starts}):
        if article.blocks[block].kind not in _PROSE:
            continue
        base, homes = area.starts[block], dict[tuple[int, int], list[Figure]]()
        for figure in figures_in(article, block, lexicon):
            homes.setdefault(sentence(article, figure), []).append(figure)
        for figures in homes.values():
            beside = frozenset(figure.value for figure in figures)
            for figure in figures:
                begins = {figure.number.start + base, figure.number.start + base + 1}
                if not begins.isdisjoint(starts) and _is_comparable(article, figure):
                    sorts.setdefault(figure.unit, []).append(_Place(figure, beside))
    return {unit: places[:_MOST] for unit, places in sorts.items() if len(places) > 1}


def _is_comparable(article: Article, figure: Figure) -> bool:
    if figure.unit in _PASSED_UNITS or figure.value <= 1:
        return False
    if figure.low != figure.high and not figure.vague and not figure.approximation:
        return False
    text = article.blocks[figure.number.block].text
    return not figure.part or bool(_OF_NUMBER.match(text, figure.number.end))


def _pairs(
    article: Article, lexicon: Lexicon, telling: Telling, enough: float, excluded: Excluded,
    places: list[_Place],
) -> Iterator[tuple[Told, Told]]:  # fmt: skip
    words, general = words_of(lexicon), lexicon.phrases("general-nouns")
    known: list[tuple[Told, frozenset[float]]] = []
    for figure, beside in places:
        two = told(article, words, telling, figure)
        if two is None:
            continue
        for one, others in known:
            if one.home == two.home or two.figure.value in others or one.figure.value in beside:
                continue
            if not _apart(one.figure, two.figure) or _is_share(one, two, beside):
                continue
            score = _score(article, general, telling, one, two)
            if score < enough + (0 if two.definite else _NO_DEFINITE):
                continue
            both = {one.figure.value, two.figure.value}
            if any(both <= place.beside for place in places):
                continue  # one sentence has both: they are two things
            later = DEFINITE if two.definite else INDEFINITE
            if not excluded(one.figure, EARLIER) and not excluded(two.figure, later):
                yield one, two
                break
        known.append((two, beside))


def _is_share(one: Told, two: Told, beside: frozenset[float]) -> bool:
    """Whether it is told with others of a larger whole: “two in the car and five on the bus”."""
    less = two.figure.value < one.figure.value
    return less and len(beside) > 1 and not two.definite and one.event == two.event != ""


def _apart(one: Figure, two: Figure) -> bool:
    """Whether no number is both, roundings aside; “at least 16” and “at least 22” differ."""
    if one.vague or two.vague:
        return one.high < two.low or two.high < one.low
    if one.approximation != two.approximation:
        (low, high), (least, most) = _stretched(one), _stretched(two)
        return high < least or most < low
    coarse = max(one.step, two.step) if one.step != two.step else 0.0
    return abs(one.value - two.value) > coarse / 2


def _stretched(figure: Figure) -> tuple[float, float]:
    high = figure.value * _BOUND if figure.high == inf else figure.high
    return figure.low, high


def _score(
    article: Article, general: Collection[str], telling: Telling, one: Told, two: Told
) -> float:
    """How surely two figures are of one thing."""
    same_event = bool(one.event) and one.event == two.event
    if _speaks_against(one, two, same_event):
        return 0.0
    thing, linked = _thing(general, one, two, same_event)
    if not thing:
        return 0.0
    shared = one.around & two.around
    if two.narrowed and not shared & two.behind:
        return 0.0
    score = thing + two.definite + same_event + _shared(article, one, two, shared)
    if same_event and not two.definite and _TOLD.search(two.said):
        score += 1.5
    if two.definite and one.names and two.leads and two.leads not in one.names:
        score -= 0 if telling.sources & set(two.said.split()) else 1.5
    own, other = one.nouns - {one.head}, two.nouns - {two.head}
    if own and other and not own & other:
        score -= 1.5  # “registered voters”, “likely voters”
    if not two.definite and any(f"the {word}" in two.said for word in shared & two.near):
        score += 1.0
    if one.figure.unit and one.head != two.head and not linked:
        score -= 0.5
    return score - _farness(one, two, same_event)


def _speaks_against(one: Told, two: Told, same_event: bool) -> bool:
    """Whether years, days, names or a part say that they are two things."""
    if one.years != two.years or two.figure.part or (one.figure.part and two.definite != 1.0):
        return True
    if one.days and two.days and not one.days & two.days and not two.definite:
        return True
    if one.in_head and not two.definite:
        return True
    if one.home[1] == two.home[1] == one.figure.whole.start == two.figure.whole.start == 0:
        return True  # lines of a table
    for host, other in ((one.host, two), (two.host, one)):
        if host and (not two.definite or (host not in other.around and host != other.host)):
            return True
    if two.definite:
        return bool(two.places - one.names)
    bare = bool(one.names) and not two.names
    return bool(two.names - one.names) or (
        bare and not same_event and not (one.described and two.described)
    )


def _thing(general: Collection[str], one: Told, two: Told, same_event: bool) -> tuple[float, bool]:
    """How well what they count agrees, and whether one describes what the other tells of."""
    time = one.figure.unit in _TIMES
    if one.head and one.head == two.head:
        if time and not one.described:
            return 0.0, False
        group = one.described and two.described and not one.figure.unit
        collective = group and not (one.figure.vague or two.figure.vague)
        return (0.5 if one.figure.counted in general else 1.5) + collective, False
    if two.described and two.definite and two.nouns & one.around:
        return 1.5, True
    if one.described and any(f"the {noun}" in two.said for noun in one.nouns & two.around):
        return 1.5, True
    if one.described and two.described and one.nouns & two.nouns:
        return 1.5, False
    if one.figure.unit:
        return (0.0 if time else 0.01), False
    if two.owner and two.owner == one.subject and two.head and two.head in one.around:
        return 2.0, True
    if one.head and two.head and (one.head in two.nouns or two.head in one.nouns):
        return 1.25, False
    counted = (one.figure.counted, two.figure.counted)
    people = any(not noun or noun in general for noun in counted)
    return (0.01 if same_event and people else 0.0), False


def _shared(article: Article, one: Told, two: Told, shared: frozenset[str]) -> float:
    """What the words and names that both sentences have are worth."""
    folded, score = prose(article).copy.folded, 0.0
    for word in shared:
        weight = 1.0 if word in one.near and word in two.near else 0.5
        score += weight / 2 if folded.count(word) >= _COMMON else weight
    return score + (0.5 if one.names & two.names else 0.0)


def _farness(one: Told, two: Told, same_event: bool) -> float:
    """What their sizes take away: far apart, or small, they are hardly of one thing."""
    low, high = sorted((one.figure.value, two.figure.value))
    taken = 0.0
    if high > 10 * low:
        taken = 3.0
    elif high > 3 * low:
        taken = 0.75 if two.definite >= 1.5 else 1.5
    if low <= 10 and not same_event and not one.described and not two.described:
        taken += 1.25
    exact = min(one.figure.value / one.figure.step, two.figure.value / two.figure.step) > 100
    return taken - (0.75 if exact else 0.0)
