"""Check `headline`, within an article: the headline that is printed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import field

from newslint.article import (
    BLOCK_QUOTE,
    HEADLINE,
    LIST_ITEM,
    PARAGRAPH,
    STANDFIRST,
    SUBHEADING,
    Article,
    Block,
)
from newslint.kinds.contract import Hit, Options, Scope
from newslint.kinds.duplicate.titles import headline, headline_words, words_of
from newslint.matching import Clues, fold

_LINES = frozenset({HEADLINE, SUBHEADING})
_BODY = frozenset({PARAGRAPH, LIST_ITEM, BLOCK_QUOTE})
_COPY = frozenset({*_LINES, STANDFIRST, PARAGRAPH})
_CLOSED = ".?!…:"
LONGEST = 60
"""Words; longer lines are no headlines."""


class Headline(Options, frozen=True, tag="headline", kw_only=True):
    """A headline that is printed again, in its own article or over another one."""

    telling: tuple[str, ...]
    """Words that make another story of a headline where they are put, dropped or swapped."""
    separators: tuple[str, ...]
    """What stands between a headline and the name of an outlet."""
    opposites: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that make another story of a headline where one is swapped for the other."""
    routine: tuple[str, ...] = ()
    """Headlines that an outlet uses again and again."""
    words: int = 4
    """The least that a headline must have to be compared with those of other articles."""
    near: int = 5
    """Blocks after the headline in which a near-copy counts."""
    alike: float = 0.75
    """Share of words in common, in their order, from which on a line is a near-copy."""
    alike_on_top: float = 0.5
    """The same for a heading with no copy between it and the headline."""
    endings: tuple[str, ...] = ()
    """Endings that make no other word: “closes” and “closed” are in common with “close”."""


def find(options: Headline, scope: Scope, article: Article, _: Clues) -> Iterator[Hit]:
    """The lines of the article that print its headline again."""
    top = headline(article)
    if top is None:
        return
    index, block = top
    size = len(block.text)
    below = article.blocks[index + 1 :]
    copy = next((n for n, one in enumerate(below) if one.kind in _BODY), len(below))
    lines = [
        (again, number < options.near, number < copy)
        for number, again in enumerate(below)
        if size <= 2 * len(again.text) <= 4 * size and again.kind in _COPY
    ]
    if not lines:
        return
    words = tuple(word for word, _ in headline_words(article))
    if not 2 <= len(words) <= LONGEST:
        return
    for again, near, on_top in lines:
        problem = _problem(options, words, again, near, on_top)
        if problem and again.kind in scope.kinds:
            values = {"match": again.text, "problem": problem}
            yield Hit(again.source_span, values, (), ((block.source_span, "the headline"),))


def _problem(
    options: Headline, words: Sequence[str], again: Block, near: bool, on_top: bool
) -> str:
    """What is wrong with a line below the headline, if anything."""
    if not near and words[0] not in fold(again.text[: 2 * len(words[0]) + 8]).replace("'", ""):
        return ""
    other = words_of(again.text)
    if other == words:
        return "the headline is printed again"
    if not near or min(len(words), len(other)) < options.words or len(other) > LONGEST:
        return ""
    if again.kind not in _LINES and again.text.rstrip()[-1:] in _CLOSED:
        return ""
    stems = [_stem(word, options.endings) for word in words]
    others = [_stem(word, options.endings) for word in other]
    heading = again.kind in _LINES or _in_title_case(again.text)
    alike = options.alike_on_top if on_top and heading else options.alike
    enough = alike * (len(words) + len(other))
    if 2 * len({*stems} & {*others}) < enough - 2 or 2 * _common(stems, others) < enough:
        return ""
    return "this line says the same as the headline, in nearly the same words"


def _in_title_case(text: str) -> bool:
    """Whether a line is written as a headline is, whatever the reader took it for."""
    long = [word for word in text.split() if len(word) >= 4]
    return len(long) > 3 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def _stem(word: str, endings: Iterable[str]) -> str:
    """The word without the first of the endings that leaves three letters."""
    for ending in endings:
        if len(word) > len(ending) + 2 and word.endswith(ending):
            return word.removesuffix(ending)
    return word


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for word in one:
        before = 0
        for column, word_other in enumerate(other, 1):
            above = row[column]
            row[column] = before + 1 if word == word_other else max(above, row[column - 1])
            before = above
    return row[-1]
