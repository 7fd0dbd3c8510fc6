"""Figures at the top of an article, and later ones that go back to the same thing.

Two figures are of one thing where both count the same words and the later one says so: by “the” or
“this” (“the 14 passengers”), or by the words around it (“cut 1,500 jobs” after “cut 1,200 jobs”).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from newslint.article import Article
from newslint.kinds.figures.shared import names, neighbors, sentence
from newslint.language.counted import Words, words_of
from newslint.language.figures import Figure, figures_in, spots
from newslint.language.lexicon import Lexicon
from newslint.later import compiled_later
from newslint.matching import Area, prose

_NEXT = compiled_later(r"(?:-([^\W\d_]+))? ([^\W\d_]{4,})")
_MOST = 40
"""Figures at the top that are looked at."""
_TOP = 6
"""Blocks at the top in which the names of an event stand."""


_WHOLE = compiled_later(r"of [a-z]+ $")
_BEHIND_NOUN = compiled_later(r" ([^\W\d_]+)")
_BEHIND = compiled_later(r"[^\W\d_]{4,}")
_SIGNS = frozenset("$£€¥₹")
_REACH = 40
"""Code points behind a number in which what it counts stands."""


class Definite(NamedTuple):
    """How a figure says that it was told of before."""

    before: tuple[str, ...]
    narrowed: tuple[str, ...]
    """Words behind the noun after which it is only some of them: “the 26 states that left”."""


class Thing(NamedTuple):
    """What a figure is of, as far as its words tell."""

    unit: str
    noun: str
    """What is counted, or what the figure describes: “jobs”, “ultimatum”."""
    described: bool
    """It stands before the noun like an adjective: “50-day ultimatum”, “$40 million plan”."""


def thing(words: Words, article: Article, figure: Figure) -> Thing | None:
    """What a figure is of; None where that cannot be told or the figure is not exact."""
    if figure.vague or figure.approximation or figure.low != figure.high:
        return None
    if not counts_all(article, figure):
        return None
    text = article.blocks[figure.number.block].text
    if figure.noun is not None and not figure.unit:
        return Thing("", figure.noun.text(article).lower(), described=False)
    hyphen = text[figure.number.end : figure.number.end + 1] == "-"
    money = figure.unit and text[figure.number.start : figure.number.start + 1] in _SIGNS
    if not (hyphen or money):
        return None
    after = _NEXT.match(text, figure.number.end if not figure.unit or money else figure.whole.end)
    if after is None or after[2].lower() in words.no_nouns or not after[2].islower():
        return None
    return Thing(figure.unit or (after[1] or "").lower(), after[2].lower(), described=True)


def counts_all(article: Article, figure: Figure) -> bool:
    """Whether a figure is no part of another one: of “three of the 12 people” only the 12."""
    if not figure.part:
        return True
    start, text = figure.number.start, article.blocks[figure.number.block].text
    return _WHOLE.search(text, max(0, start - 8), start) is not None


def anchored(
    article: Article, lexicon: Lexicon, definite: Definite, last: int,
    excluded: Callable[[Figure], bool],
) -> Iterator[tuple[Figure, Figure]]:  # fmt: skip
    """Pairs of a figure at the top and a later one for the same thing that differs.

    The top ends with the block `last`.
    """
    if not _recurs(article, lexicon, last):
        return
    words, general = words_of(lexicon), frozenset(lexicon.phrases("general-nouns"))
    area = prose(article).copy
    above = [f for index in range(last + 1) for f in figures_in(article, index, lexicon)]
    for one in above[:_MOST]:
        what = thing(words, article, one)
        if what is None or one.counted in general or one.value < 2:
            continue
        if area.folded.count(what.noun) < 2 or excluded(one):
            continue
        yield from _later(article, lexicon, definite, excluded, one, what)


def _recurs(article: Article, lexicon: Lexicon, last: int) -> bool:
    """Whether a noun behind a number at the top stands behind a later one: the cheap question."""
    area, words, every = prose(article).copy, words_of(lexicon), spots(article, lexicon)
    end = area.starts[last + 1] if last + 1 < len(area.starts) else len(area.joined)
    below = bisect_left(every, end)
    if below == len(every):
        return False
    above = {noun for at in every[:below][:_MOST] for noun in _nouns(words, area, at)}
    again = [noun for noun in above if area.folded.find(noun, end) >= 0]
    return bool(again) and any(
        noun in area.folded[at : at + _REACH + 20] for at in every[below:] for noun in again
    )


def _nouns(words: Words, area: Area, at: int) -> list[str]:
    """What the number at an offset may count or describe."""
    behind = area.folded[at : at + _REACH]
    described = "-" in behind[:12] or area.folded[at - 1 : at] in _SIGNS
    return [
        word for word in _BEHIND.findall(behind)
        if (described or word[-1] == "s" or word in words.plurals) and word not in words.passed
    ]  # fmt: skip


def _later(
    article: Article, lexicon: Lexicon, definite: Definite,
    excluded: Callable[[Figure], bool], one: Figure, what: Thing,
) -> Iterator[tuple[Figure, Figure]]:  # fmt: skip
    area, words = prose(article).copy, words_of(lexicon)
    told: set[float] = set()
    blocks: list[int] = []
    at = area.folded.find(what.noun)
    while at >= 0:
        block, _ = area.place(at)
        if block not in blocks[-1:]:
            blocks.append(block)
        at = area.folded.find(what.noun, at + 1)
    for two in (f for block in blocks for f in figures_in(article, block, lexicon)):
        if two.value in told or thing(words, article, two) != what:
            continue
        told.add(two.value)
        if two.number.block <= one.number.block or two.value == one.value or excluded(two):
            continue
        if _goes_back(article, words, definite, one, two, what):
            yield one, two


_FACTOR = 3
"""Figures that lie farther apart are hardly of one thing, unless “the” says so."""


def _goes_back(
    article: Article, words: Words, definite: Definite, one: Figure, two: Figure, what: Thing
) -> bool:
    """Whether the later figure is said to be of the same thing."""
    text = article.blocks[two.number.block].text
    before = text[max(0, two.whole.start - 12) : two.whole.start].lower().split()
    said = bool(before) and before[-1] in definite.before
    after = _BEHIND_NOUN.match(text, two.whole.end)
    if after is not None and after[1].lower() in definite.narrowed:
        return False
    if not said:
        if what.described or not 1 / _FACTOR < one.value / two.value < _FACTOR:
            return False
        if not neighbors(words, article, one) & neighbors(words, article, two):
            return False
    return same_names(article, two)


def same_names(article: Article, figure: Figure) -> bool:
    """Whether the sentence of a figure names nobody and no place that the top has not named."""
    start, end = sentence(article, figure)
    text = article.blocks[figure.number.block].text[start:end]
    top = " ".join([block.text for block in article.blocks[: figure.number.block][:_TOP]])
    return all(name in top for name in names(text))
