"""Kind `metric`: counts and formulas on counts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import partial
from math import isfinite
from typing import Literal

from newslint.article import LIST_ITEM, OPAQUE, PARAGRAPH, SUBHEADING, Article, Span
from newslint.formula import Formula, parse
from newslint.kinds.contract import Finder, Hit, Kind, Options, Scope
from newslint.language.quotations import narration
from newslint.language.sentences import sentences, words
from newslint.later import compiled_later
from newslint.matching import Clues, Needs
from newslint.reference import Reference

_VOWELS = compiled_later(r"[aeiouy]+")
_SILENT_E = compiled_later(r"(?:[^laeiouy]e|[^aeiouyl]es|[^td]ed)$")

_NOT_SHOWN = " " + OPAQUE
"""At the ends of what is flagged: a shortcode or an image is no part of a sentence."""

Measure = Literal[
    "words", "characters", "sentences", "syllables", "long-words",
    "paragraphs", "headings", "list-items", "links", "images",
]  # fmt: skip
Of = Literal["block", "sentence", "article"]

_COUNTS: dict[str, Callable[[str], int]] = {
    "words": lambda text: len(words(text)),
    "characters": len,
    "sentences": lambda text: len(sentences(text)),
    "syllables": lambda text: sum(_syllables(text[s:e]) for s, e in words(text)),
    "long-words": lambda text: sum(_syllables(text[s:e]) > 2 for s, e in words(text)),
}
_BLOCKS = {"paragraphs": PARAGRAPH, "headings": SUBHEADING, "list-items": LIST_ITEM}
MEASURES = (*_COUNTS, *_BLOCKS, "links", "images")


class Limit(Options, frozen=True, tag="limit", kw_only=True):
    """A count that must stay within limits."""

    measure: Measure
    of: Of = "block"
    max: float | None = None
    min: float | None = None

    def check(self) -> None:
        _check(self, (self.measure,))


class FormulaLimit(Options, frozen=True, tag="formula", kw_only=True):
    """A formula on counts that must stay within limits."""

    formula: str
    of: Of = "block"
    max: float | None = None
    min: float | None = None

    def check(self) -> None:
        parse(self.formula, MEASURES)
        _check(self, _measures(self.formula))


def _check(options: Limit | FormulaLimit, measures: tuple[str, ...]) -> None:
    if options.max is None and options.min is None:
        raise ValueError('give "max", "min" or both')
    if any(limit is not None and not isfinite(limit) for limit in (options.max, options.min)):
        raise ValueError('"max" and "min" are plain numbers')
    if options.of != "article" and (wrong := set(measures) - set(_COUNTS)):
        raise ValueError(f"only an article has {', '.join(sorted(wrong))}")


def _measures(formula: str) -> tuple[str, ...]:
    return tuple(name for name in MEASURES if name in formula)


def build(options: Limit | FormulaLimit, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    if isinstance(options, Limit):
        names: tuple[str, ...] = (options.measure,)
        formula, shown = parse(options.measure, MEASURES), str(options.measure)
    else:
        formula, shown = parse(options.formula, MEASURES), "value"
        names = _measures(options.formula)
    return Finder(partial(_find, options, scope, formula, names, shown), Needs())


def _find(
    options: Limit | FormulaLimit, scope: Scope, formula: Formula, names: tuple[str, ...],
    shown: str, article: Article, _: Clues,
) -> Iterator[Hit]:  # fmt: skip
    for span, text, whole in _pieces(options, scope, article):
        counts = {name: float(_count(name, text, article)) for name in names}
        try:
            value = formula(counts)
        except (ArithmeticError, ValueError):  # no words, no result
            continue
        for limit, broken in ((options.max, _over), (options.min, _under)):
            if limit is not None and broken(value, limit):
                values = {"value": f"{value:.4g}", "limit": f"{limit:.4g}", "measure": shown}
                yield Hit(span, values, whole_article=whole)


def _over(value: float, limit: float) -> bool:
    return value > limit


def _under(value: float, limit: float) -> bool:
    return value < limit


def _pieces(
    options: Limit | FormulaLimit, scope: Scope, article: Article
) -> Iterator[tuple[Span, str, bool]]:
    """What is measured: where it stands, its text, and whether it is the whole article."""
    if options.of == "article":
        text = "\n".join(block.text for _, block in scope.blocks(article))
        yield article.anchor(), text, True
        return
    for index, block in scope.blocks(article):
        ranges = sentences(block.text) if options.of == "sentence" else [(0, len(block.text))]
        own = narration(article, index) if options.of == "sentence" else []
        for start, end in ranges:
            text = block.text[start:end]
            if options.of == "sentence" and scope.quotations == "false":
                text = _own_words(block.text, own, start, end)
            while start < end and block.text[start] in _NOT_SHOWN:
                start += 1
            while start < end and block.text[end - 1] in _NOT_SHOWN:
                end -= 1
            if start < end:
                yield block.span(start, end), text, False


def _own_words(text: str, own: list[tuple[int, int]], start: int, end: int) -> str:
    """What the outlet says in a sentence: nobody can shorten what is quoted in it."""
    within = own[max(bisect_right(own, (start, start)) - 1, 0) : bisect_left(own, (end, end))]
    ranges = ((max(a, start), min(b, end)) for a, b in within)
    return " ".join(text[a:b] for a, b in ranges if a < b)


def _count(name: str, text: str, article: Article) -> int:
    if name in _COUNTS:
        return sum(_COUNTS[name](line.replace(OPAQUE, "")) for line in text.split("\n"))
    if name in _BLOCKS:
        return sum(block.kind == _BLOCKS[name] for block in article.blocks)
    return len(article.links if name == "links" else article.images)


def _syllables(word: str) -> int:
    """An estimate: groups of vowels, a silent final e left out."""
    word = word.lower()
    groups = len(_VOWELS.findall(word))
    return max(groups - bool(groups > 1 and _SILENT_E.search(word)), 1)


KIND = Kind(
    checks={"limit": Limit, "formula": FormulaLimit},
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset({"value", "limit", "measure"}),
)
