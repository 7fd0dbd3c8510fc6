"""How much and how many: figures with what they count, where they stand and who gives them."""

from __future__ import annotations

from bisect import bisect_left
from math import inf

from msgspec import Struct

from newslint.article import Article
from newslint.language import once_for
from newslint.language.attributions import Source, attributions
from newslint.language.counted import (
    ABOUT,
    ABOVE,
    AT_MOST,
    BELOW,
    Words,
    approximation,
    is_part,
    noun,
    singular,
    unit,
    words_of,
)
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.language.numbers import Number, numbers
from newslint.language.numbers import spots as numbers_begin
from newslint.language.passage import Passage
from newslint.later import compiled_later
from newslint.matching import prose

PERCENT, PERCENT_POINT, POINT = "percent", "percentage point", "point"
"""What the lexicon calls these units."""
_ABOUT = 0.1
"""How far from the figure “about” reaches, as a share of it."""
_NEARLY = 0.2
"""How far below it “nearly” reaches."""
MOST = 1000
"""Numbers of one block that are looked at; copy has a few dozen at most."""
_MEMO = "newslint.language.figures.figures_in"
_RANGE = compiled_later(r"\s?(?:[-–‐‑]|to|and|or)\s?")
_OF_THE = compiled_later(
    r" (?:of|out of|in) (?:(?:the|its|their|his|her|our|these|those|every|all)\b|\d)"
)


class Figure(Struct, frozen=True, gc=False):
    """One figure of the copy."""

    whole: Passage
    """“more than 1,200 prisoners”."""
    number: Passage
    """“1,200”, “two million”, “hundreds”."""
    low: float
    """The least that it can mean: 1200; of “hundreds” 200."""
    high: float
    """The most; infinity where there is no bound."""
    approximation: str = ""
    """“above”, “about”, “at-most”, as the lexicon groups them; nothing where exact."""
    unit: str = ""
    """“percent”, “$”, “km”, as the lexicon names it."""
    noun: Passage | None = None
    """What it counts: “prisoners”, “Russian casualties”."""
    head: Passage | None = None
    """The last word of `noun`: “casualties”."""
    counted: str = ""
    """The singular of `head`, in lower case: “casualty”."""
    value: float = 0.0
    """What is written, approximation aside; of “hundreds” the same as `low`."""
    last: float = 0.0
    """The same, but for a range its upper end: 12 of “10 to 12”."""
    vague: bool = False
    """“hundreds”, “dozens”, “several thousand”."""
    part: bool = False
    """A part of a whole or that whole: both figures of “three of the 12 people”."""
    step: float = 1.0
    """What its last written digit stands for: 100000 for “1.2 million”."""


@once_for
def figures(article: Article, lexicon: Lexicon) -> tuple[Figure, ...]:
    """The figures of the article in reading order; `lexicon` is the one called `figures`."""
    return tuple(
        figure for block in range(len(article.blocks))
        for figure in figures_in(article, block, lexicon)
    )  # fmt: skip


@once_for
def spots(article: Article, lexicon: Lexicon) -> tuple[int, ...]:
    """Where numbers may begin in the joined text of all blocks (`prose(article).copy`)."""
    return tuple(numbers_begin(prose(article).copy.folded, lexicon))


def figures_in(article: Article, block: int, lexicon: Lexicon) -> tuple[Figure, ...]:
    """The figures of one block, in reading order."""
    known: dict[tuple[int, Lexicon], tuple[Figure, ...]] = article.memo.setdefault(_MEMO, {})
    found = known.get((block, lexicon))
    if found is None:
        found = known[block, lexicon] = tuple(_read(article, block, lexicon))
    return found


def source_of(article: Article, figure: Figure, lexicons: Lexicons) -> Source | None:
    """Who gives the figure, where somebody is said to."""
    place = figure.number
    for part, source in _contents(article, lexicons).get(place.block, ()):
        if part.start <= place.start and place.end <= part.end:
            return source
    return None


@once_for
def _contents(
    article: Article, lexicons: Lexicons
) -> dict[int, list[tuple[Passage, Source | None]]]:
    """By block what is reported there, and by whom, in the order of the reports."""
    found: dict[int, list[tuple[Passage, Source | None]]] = {}
    for report in attributions(article, lexicons).reports:
        for part in report.content:
            found.setdefault(part.block, []).append((part, report.source))
    return found


def _read(article: Article, block: int, lexicon: Lexicon) -> list[Figure]:
    area, every = prose(article).copy, spots(article, lexicon)
    text, base = article.blocks[block].text, area.starts[block]
    first = bisect_left(every, base)
    here = every[first : bisect_left(every, base + len(text), first)][:MOST]
    if not here:
        return []
    words, folded = words_of(lexicon), area.folded[base : base + len(text)]
    found: list[Figure] = []
    waiting: Number | None = None
    read = list(numbers(text, folded, [spot - base for spot in here], lexicon))
    for number, following in zip(read, [*read[1:], None], strict=False):
        if waiting is not None:
            number, waiting = _joined(waiting, number), None
        if following is not None and _is_range(text, number, following):
            waiting = number
            continue
        found.append(_figure(words, folded, block, number))
    return found


def _is_range(text: str, number: Number, following: Number) -> bool:
    """Whether two numbers are the ends of one figure: “10 to 12 people”."""
    if number.vague or following.vague or not 0 < following.start - number.end < 6:
        return False
    between = _RANGE.fullmatch(text, number.end, following.start)
    if between is None or number.low >= following.low:
        return False
    before = text[max(0, number.start - 9) : number.start].lower()
    if "and" in between[0]:
        return before.endswith("between ")
    return not before.endswith("from ")


def _joined(first: Number, last: Number) -> Number:
    scaled = last.step if last.low >= 1000 > first.low and last.step >= 1000 else 1.0
    low = first.low * scaled if first.low * scaled < last.low else first.low
    currency = first.currency or last.currency
    return Number(first.start, last.end, low, last.high, False, last.digits, currency, last.step)


def _figure(words: Words, folded: str, block: int, number: Number) -> Figure:
    name, end = unit(words, folded, number.end) if not number.vague else ("", number.end)
    near, start, reach = approximation(words, folded, number.start, end)
    hyphen = folded[number.end : number.end + 1] in ("-", "‑")
    counted = noun(words, folded, end) if reach == end and not hyphen else None
    low, high = _bounds(near, number)
    stop = max(reach, counted.end if counted else 0)
    return Figure(
        whole=Passage(block, start, stop),
        number=Passage(block, number.start, number.end),
        low=low, high=high, approximation=near,
        unit=number.currency or name,
        noun=Passage(block, counted.start, counted.end) if counted else None,
        head=Passage(block, counted.head, counted.end) if counted else None,
        counted=singular(words, folded[counted.head : counted.end]) if counted else "",
        value=number.low, last=number.low if number.vague else number.high, vague=number.vague,
        part=is_part(words, folded, number.start) or _OF_THE.match(folded, number.end) is not None,
        step=number.step,
    )  # fmt: skip


def _bounds(near: str, number: Number) -> tuple[float, float]:
    """The least and the most that a number can mean under its approximation."""
    low, high = number.low, number.high
    if near == ABOVE:
        return low, inf
    if near == AT_MOST:
        return 0.0, high
    if near == BELOW:
        return low * (1 - _NEARLY), high
    if near == ABOUT:
        return low * (1 - _ABOUT), high * (1 + _ABOUT)
    return low, high
