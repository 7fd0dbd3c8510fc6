"""What checks of figures that compare two places of an article have in common."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from newslint.article import HEADLINE, STANDFIRST, SUBHEADING, Article
from newslint.language.counted import Words, is_plural, singular
from newslint.language.figures import Figure
from newslint.language.sentences import sentences
from newslint.later import compiled_later
from newslint.matching import fold

HEADS = (HEADLINE, STANDFIRST, SUBHEADING)
_WORD = compiled_later(r"[^\W\d_]{3,}")
_NAME = compiled_later(r"(?<![.!?:“\"] )(?<!^)\b[A-Z][\w’'-]+")
_MEMO = "newslint.kinds.figures.shared.sentences_in"
_AROUND = 40
_ENDINGS = ("ing", "ed", "es", "e", "s", "d", "t", "er", "ion", "ment")


def sentence(article: Article, figure: Figure) -> tuple[int, int]:
    """The sentence that a figure stands in, as a range of its block."""
    ranges = sentences_in(article, figure.number.block)
    at = bisect_right([start for start, _ in ranges], figure.number.start) - 1
    return ranges[max(at, 0)] if ranges else (0, 0)


def sentences_in(article: Article, block: int) -> list[tuple[int, int]]:
    """The sentences of one block, worked out once."""
    known: dict[int, list[tuple[int, int]]] = article.memo.setdefault(_MEMO, {})
    if block not in known:
        known[block] = sentences(article.blocks[block].text)
    return known[block]


def figures_between(figures: Sequence[Figure], start: int, end: int) -> Sequence[Figure]:
    """Those of one block's figures whose number begins in a range of its text."""
    first = bisect_left(figures, start, key=_start)
    return figures[first : bisect_left(figures, end, first, key=_start)]


def _start(figure: Figure) -> int:
    return figure.number.start


def stems(words: Words, text: str, *, events: bool = False) -> frozenset[str]:
    """The words that carry meaning, without endings; `events` brings “killed” and its like."""
    passed = words.no_nouns - words.events if events else words.no_nouns
    return frozenset(stem(words, word) for word in _WORD.findall(fold(text)) if word not in passed)


def stem(words: Words, word: str) -> str:
    """A word without its ending: “swap” of “swaps”, “swapped” and “swapping”."""
    if is_plural(words, word):
        word = singular(words, word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def neighbors(words: Words, article: Article, figure: Figure) -> frozenset[str]:
    """The stems of the few words on both sides of a figure, its noun left out."""
    text = article.blocks[figure.number.block].text
    left = text[max(0, figure.whole.start - _AROUND) : figure.whole.start].split()[-3:]
    right = text[figure.whole.end : figure.whole.end + _AROUND].split()[:3]
    return stems(words, " ".join((*left, *right)), events=True)


def names(text: str) -> frozenset[str]:
    """Words with a capital that stand in the middle of a sentence."""
    return frozenset(match[0] for match in _NAME.finditer(text))
