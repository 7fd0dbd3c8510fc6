"""Phrases that tell a fact, and the places where an article tells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ahocorasick_rs import BytesAhoCorasick

from newslint.article import LIST_ITEM, PARAGRAPH, Article
from newslint.kinds.contract import Scope
from newslint.kinds.duplicate.words import plain
from newslint.language.quotations import narration
from newslint.later import compiled_later
from newslint.matching import fold

_WORD = compiled_later(r"[^\W_]+(?:[’'.,-](?=[^\W_])[^\W_]+)*")
_FIGURE = compiled_later(r"\d[\d.,]*")
_CURRENCIES = ("$", "€", "£", "¥")
_YEAR = compiled_later(r"(?:1[5-9]|20)\d\d")
_CODE = compiled_later(r"[=&<>{}|_/\\\ufffc]")
EXACT = 3
"""Digits from which on a figure and its noun alone are a fact: “1,200 beds”, but not “40 hours”."""
_LONGEST = 40
"""Words of a phrase."""
_SHORT = 4
"""Words of a phrase that is a fact where something else is told with it again."""
_TELLING = 3
"""Words of a longer phrase that tell something: “in the last 12 months” has fewer."""
_NEAR = 7
"""Words on each side of a phrase that are told with it."""


class Facts(NamedTuple):
    """Words that make a fact of a phrase; all folded."""

    numbers: frozenset[str]
    negations: frozenset[str]
    superlatives: frozenset[str]
    empty: frozenset[str]
    definite: frozenset[str]
    """Words before a figure that go back to where it was told: “the roughly 1,200 pages”."""
    spared: tuple[str, ...]


class Place(NamedTuple):
    """Where a phrase stands: a block and offsets into its text."""

    block: int
    start: int
    end: int


class Phrase(NamedTuple):
    """Something that is told more than once."""

    places: tuple[Place, ...]
    """In reading order."""
    shown: Place
    """The one that carries the finding."""
    words: int
    clause: bool = False
    """Whether two places are too many."""

    @property
    def rank(self) -> tuple[int, int, Place]:
        """What is told most often comes first, and the longer of two."""
        return (-len(self.places), -self.words, self.shown)


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    plain: bool
    """In small letters."""


class _Run(NamedTuple):
    """Words of narration that follow each other."""

    block: int
    words: list[_Word]


_Use = tuple[int, int, int]
"""The number of a run, and a range of its words."""


def phrases(
    article: Article, scope: Scope, facts: Facts, times: int, often: list[bytes]
) -> Iterator[Phrase]:
    """What the article tells in `times` blocks or more, in the same words.

    `often` are the phrases that are in question, `plain`; blocks without one are passed over.
    """
    runs = list(_runs(article, _telling(article, scope, often, times)))
    uses: dict[tuple[str, ...], list[_Use]] = {}
    for number, run in enumerate(runs):
        seen: set[tuple[int, int]] = set()
        for at in range(len(run.words)):
            for first, last in _around(run.words, at, facts):
                if (first, last) not in seen:
                    seen.add((first, last))
                    key = tuple(word.text for word in run.words[first:last])
                    uses.setdefault(key, []).append((number, first, last))
    for every in uses.values():
        found = [use for use in every if not _goes_back(runs, use, facts)]
        blocks = {runs[number].block for number, _, _ in found}
        told = sum(article.blocks[block].kind == PARAGRAPH for block in blocks)
        if len(blocks) >= times and told >= 2:
            yield from _phrase(article, runs, _widened(runs, found), facts, times)


def _telling(article: Article, scope: Scope, often: list[bytes], times: int) -> list[int]:
    """The blocks that have a phrase which stands in `times` of them or more."""
    sought = BytesAhoCorasick(often)
    told: dict[int, set[int]] = {}
    for index, block in enumerate(article.blocks):
        if block.kind in (PARAGRAPH, LIST_ITEM) and block.kind in scope.kinds:
            if block.text.endswith("?"):
                continue  # asked again, and not told
            for phrase, _, _ in sought.find_matches_as_indexes(plain(block.text), overlapping=True):
                told.setdefault(phrase, set()).add(index)
    return sorted(set().union(*(found for found in told.values() if len(found) >= times)))


def _runs(article: Article, blocks: Iterable[int]) -> Iterator[_Run]:
    for index in blocks:
        text = article.blocks[index].text
        folded = fold(text)
        for begin, end in narration(article, index):
            words = [
                _Word(folded[m.start() : m.end()], m.start(), m.end(), m[0][:1].islower())
                for m in _WORD.finditer(text, begin, end)
            ]
            if words:
                yield _Run(index, words)


def _around(words: list[_Word], at: int, facts: Facts) -> Iterator[tuple[int, int]]:
    """The shortest phrases that the word makes a fact, as ranges of words."""
    text, after = words[at].text, words[at + 1 : at + 2]
    if text in facts.negations:
        if at and _tells(after, facts):  # “did not attend”, “didn't attend”
            yield at - ("'" not in text), at + 2
    elif text in facts.superlatives:
        yield from _four(words, at, facts, 2)
    elif text in facts.numbers:
        yield from _four(words, at, facts, 1)
    elif _FIGURE.fullmatch(text) and not _YEAR.fullmatch(text):
        before = words[at - 1] if at else None
        if before and before.text.isalpha() and not before.plain and before.text not in facts.empty:
            return  # the number of a name: “Section 230”
        if _tells(after, facts) and (len(text) > EXACT or after[0].text.endswith("s")):
            yield at, at + 2
        elif after and after[0].text in facts.numbers and _tells(words[at + 2 : at + 3], facts):
            yield at, at + 3
        else:
            yield from _four(words, at, facts, 1)


def _four(words: list[_Word], at: int, facts: Facts, needed: int) -> Iterator[tuple[int, int]]:
    for first in range(max(0, at - 3), at + 1):
        if first + 4 <= len(words) and _tells(words[first : first + 4], facts, needed):
            yield first, first + 4


def _tells(words: list[_Word], facts: Facts, needed: int = 1) -> bool:
    """Whether so many of the words tell what the fact is about."""
    return needed <= sum(
        word.plain and len(word.text) > 2 and word.text.isalpha()
        and not any(word.text in known for known in facts[:4])
        for word in words
    )  # fmt: skip


def _goes_back(runs: list[_Run], use: _Use, facts: Facts) -> bool:
    """Whether a figure, right behind “the” or with a word between, was told of before."""
    number, first, _ = use
    words = runs[number].words
    if not words[first].text[0].isdigit():
        return False
    return any(word.text in facts.definite for word in words[max(0, first - 2) : first])


def _widened(runs: list[_Run], uses: list[_Use]) -> list[_Use]:
    """The same uses, as far to both sides as their words agree."""
    while True:
        before = {runs[number].words[first - 1].text if first else "" for number, first, _ in uses}
        if len(before) > 1 or "" in before or uses[0][2] - uses[0][1] >= _LONGEST:
            break
        uses = [(number, first - 1, last) for number, first, last in uses]
    while True:
        after = {
            runs[number].words[last].text if last < len(runs[number].words) else ""
            for number, _, last in uses
        }
        if len(after) > 1 or "" in after or uses[0][2] - uses[0][1] >= _LONGEST:
            return uses
        uses = [(number, first, last + 1) for number, first, last in uses]


def _phrase(
    article: Article, runs: list[_Run], uses: list[_Use], facts: Facts, times: int
) -> Iterator[Phrase]:
    number, first, last = uses[0]
    words = runs[number].words[first:last]
    text = f" {' '.join(word.text for word in words)} "
    shown = article.blocks[runs[number].block].text[words[0].start : words[-1].end]
    if any(spared in text for spared in facts.spared) or _CODE.search(shown):
        return
    places: dict[int, Place] = {}
    for number, first, last in uses:
        run = runs[number]
        start, block = run.words[first].start, article.blocks[run.block].text
        start -= block[max(0, start - 1) : start] in _CURRENCIES
        place = Place(run.block, start, run.words[last - 1].end)
        places.setdefault(run.block, place)
    if len(places) < times:
        return
    if _is_form(runs, uses, facts):
        return
    if not _by_itself(words, facts):
        denied = any(word.text in facts.negations for word in words)
        if not (denied or len(words) >= _SHORT) or not _shared_context(runs, uses, facts, times):
            return
    ordered = tuple(sorted(places.values()))
    yield Phrase(ordered, ordered[times - 1], len(words))


def _is_form(runs: list[_Run], uses: list[_Use], facts: Facts) -> bool:
    """Whether the places are of one form: they begin alike, or a figure of its own follows each."""
    heads = {tuple(word.text for word in runs[number].words[:2]) for number, _, _ in uses}
    if len(heads) == 1 and all(first > 1 for _, first, _ in uses):
        return True
    return all(
        any(word.text[0].isdigit() or word.text in facts.numbers for word in behind)
        for behind in (runs[number].words[last : last + 2] for number, _, last in uses)
    )


def _by_itself(words: list[_Word], facts: Facts) -> bool:
    """Whether the phrase is a fact, whatever is told with it."""
    figures = [word.text for word in words if _FIGURE.fullmatch(word.text)]
    return (
        (len(words) > _SHORT and _tells(words, facts, _TELLING))
        or (len(words) == _SHORT and any(word.text in facts.negations for word in words))
        or any(sum(map(str.isdigit, figure)) >= EXACT for figure in figures)
        or any(word.text in facts.numbers for word in words[1:] if figures)
    )


def _shared_context(runs: list[_Run], uses: list[_Use], facts: Facts, times: int) -> bool:
    """Whether more than the phrase is told again: a word near it that tells something."""
    near: Counter[str] = Counter()
    for number, first, last in uses:
        words = runs[number].words
        around = words[max(0, first - _NEAR) : first] + words[last : last + _NEAR]
        near.update({word.text.removesuffix("s") for word in around if _tells_more(word, facts)})
    return any(count >= times for count in near.values())


def _tells_more(word: _Word, facts: Facts) -> bool:
    return word.text in facts.superlatives or (
        word.plain and len(word.text) > 3 and word.text not in facts.empty
    )
