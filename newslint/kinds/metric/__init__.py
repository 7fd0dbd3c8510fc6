"""Kind `metric`: counts, readability grades, and formulas on both."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from math import isfinite
from typing import Literal

from newslint.article import Article
from newslint.formula import Formula, parse
from newslint.kinds.contract import Finder, Hit, Kind, Options, Scope
from newslint.kinds.metric.grades import GRADES
from newslint.kinds.metric.measures import MEASURES, OF_ARTICLES, Measured
from newslint.kinds.metric.pieces import Of, pieces
from newslint.matching import Clues, Needs
from newslint.reference import Reference

Measure = Literal[
    "words", "characters", "sentences", "syllables", "long-words",
    "reading-grade", "reading-ease", "gunning-fog", "dale-chall", "smog",
    "automated-readability", "coleman-liau",
    "paragraphs", "headings", "list-items", "links", "images",
]  # fmt: skip


class _Bounds(Options, frozen=True, kw_only=True):
    of: Of = "block"
    max: float | None = None
    min: float | None = None
    at_least: int = 0
    """Words: a shorter piece is passed over."""

    def check_measures(self, measures: tuple[str, ...]) -> None:
        """Raise `ValueError` for limits that make no sense with these measures."""
        if self.max is None and self.min is None:
            raise ValueError('give "max", "min" or both')
        if any(limit is not None and not isfinite(limit) for limit in (self.max, self.min)):
            raise ValueError('"max" and "min" are plain numbers')
        if self.at_least < 0:
            raise ValueError('"at-least": a number of words, from 0')
        if self.of != "article" and (wrong := set(measures) & set(OF_ARTICLES)):
            raise ValueError(f"only an article has {', '.join(sorted(wrong))}")


class Limit(_Bounds, frozen=True, tag="limit", kw_only=True):
    """A measure that must stay within limits."""

    measure: Measure

    def check(self) -> None:
        self.check_measures((self.measure,))


class FormulaLimit(_Bounds, frozen=True, tag="formula", kw_only=True):
    """A formula on measures that must stay within limits."""

    formula: str

    def check(self) -> None:
        parse(self.formula, MEASURES)
        self.check_measures(_measures(self.formula))


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
    graded = not GRADES.keys().isdisjoint(names)
    for piece in pieces(options.of, scope, article):
        measured = Measured(article, piece, scope.quotations)
        if options.at_least:
            length = len(measured.sample.words) if graded else measured["words"]
            if length < options.at_least:
                continue
        try:
            value = formula({name: measured[name] for name in names})
        except (ArithmeticError, ValueError):  # no words, no result
            continue
        if shown in GRADES:
            value = round(value, 1)
        for limit, broken in ((options.max, _over), (options.min, _under)):
            if limit is not None and broken(value, limit):
                values = {"value": f"{value:.4g}", "limit": f"{limit:.4g}", "measure": shown}
                yield Hit(piece.span, values, whole_article=piece.whole_article)


def _over(value: float, limit: float) -> bool:
    return value > limit


def _under(value: float, limit: float) -> bool:
    return value < limit


KIND = Kind(
    checks={"limit": Limit, "formula": FormulaLimit},
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset({"value", "limit", "measure"}),
)
