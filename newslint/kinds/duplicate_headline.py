"""Check `headline`, within an article: the headline that is printed again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from newslint.article import HEADLINE, PARAGRAPH, STANDFIRST, SUBHEADING, Article, Block
from newslint.kinds.contract import Hit, Options, Scope
from newslint.kinds.duplicate_titles import headline, words_of
from newslint.matching import Clues

_LINES = frozenset({HEADLINE, SUBHEADING})
_COPY = frozenset({*_LINES, STANDFIRST, PARAGRAPH})


class Headline(Options, frozen=True, tag="headline", kw_only=True):
    """A headline that is printed again, in its own article or over another one."""

    telling: tuple[str, ...]
    """Words that make another story of a headline where they are put, dropped or swapped."""
    separators: tuple[str, ...]
    """What stands between a headline and the name of an outlet."""
    opposites: dict[str, tuple[str, ...]] = {}
    """Words that make another story of a headline where one is swapped for the other."""
    routine: tuple[str, ...] = ()
    """Headlines that an outlet uses again and again."""
    words: int = 4
    """The least that a headline must have to be compared with those of other articles."""
    near: int = 5
    """Blocks after the headline in which a near-copy counts."""
    alike: float = 0.75
    """Share of words in common, in their order, from which on a line is a near-copy."""


def find(options: Headline, scope: Scope, article: Article, _: Clues) -> Iterator[Hit]:
    """The lines of the article that print its headline again."""
    top = headline(article)
    if top is None:
        return
    index, block = top
    words = words_of(block.text)
    if len(words) < 2:
        return
    related = ((block.source_span, "the headline"),)
    for number, again in enumerate(article.blocks[index + 1 :]):
        if again.kind not in _COPY or again.kind not in scope.kinds:
            continue
        problem = _problem(options, block, words, again, number < options.near)
        if problem:
            yield Hit(again.source_span, {"match": again.text, "problem": problem}, (), related)


def _problem(
    options: Headline, block: Block, words: Sequence[str], again: Block, near: bool
) -> str:
    """What is wrong with a line below the headline, if anything."""
    longest = 2 * len(block.text) if near else len(block.text) + 8
    if not len(block.text) / 2 <= len(again.text) <= longest:
        return ""
    other = words_of(again.text)
    if other == words:
        return "the headline is printed again"
    if not near or min(len(words), len(other)) < options.words:
        return ""
    if again.kind not in _LINES and again.text.rstrip()[-1:] in ".?!…:":
        return ""
    if _common(words, other) * 2 >= options.alike * (len(words) + len(other)):
        return "this line says the same as the headline, in nearly the same words"
    return ""


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common subsequence."""
    if not Counter(one) & Counter(other):
        return 0
    row = [0] * (len(other) + 1)
    for word in one[:60]:
        before = 0
        for column, word_other in enumerate(other[:60], 1):
            above = row[column]
            row[column] = before + 1 if word == word_other else max(above, row[column - 1])
            before = above
    return row[-1] if len(other) <= 60 else row[60]
