"""Dates that the calendar does not have, and weekdays that are another day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from newslint.article import Article
from newslint.kinds.contract import Hit, Informed, Scope
from newslint.kinds.dates.text import weekday, written
from newslint.language.dates import Moment, moments, published
from newslint.language.dates.words import words
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.matching import Clues

_OTHER_YEARS = tuple(by for by in range(-120, 20) if by)


class Weekday(Informed, frozen=True, tag="weekday"):
    """A weekday beside a date that falls on another one."""

    near: int = 60
    """Days from the article's own date within which a date without a year is judged."""


class Impossible(Informed, frozen=True, tag="impossible"):
    """A date or a time that does not exist."""


def find_weekday(
    options: Weekday, scope: Scope, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    """Dates with a weekday that is not theirs."""
    lexicon = lexicons["dates"]
    years: set[tuple[int, int]] | None = None
    for moment in moments(article, lexicon):
        if moment.weekday is None or moment.first is None or not moment.day:
            continue
        if moment.weekday == moment.first.weekday():
            continue
        if not scope.allows(article, *moment.place):
            continue
        if not moment.stated:
            years = _years(lexicon, article) if years is None else years
            if _of_another_year(options, published(article, lexicon), moment, years):
                continue
        values = {
            "match": moment.place.text(article),
            "weekday": words(lexicon).weekday_names[moment.weekday],
            "right": weekday(lexicon, moment.first),
            "date": written(lexicon, moment.first),
        }
        yield Hit(moment.place.span(article), values)


def _years(lexicon: Lexicon, article: Article) -> set[tuple[int, int]]:
    """The years that the copy names, each with the block in which it does."""
    return {
        (moment.place.block, moment.first.year)
        for moment in moments(article, lexicon)
        if moment.stated and moment.first
    }


def _of_another_year(
    options: Weekday, own: date | None, moment: Moment, years: set[tuple[int, int]]
) -> bool:
    """Whether a date without a year may belong to another year than that of the article."""
    if own is None or moment.first is None or abs(moment.first - own).days > options.near:
        return True
    return any((moment.place.block, moment.first.year + by) in years for by in _OTHER_YEARS)


def find_impossible(
    options: Impossible, scope: Scope, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    """Dates and times that do not exist."""
    for moment in moments(article, lexicons["dates"]):
        if moment.impossible and scope.allows(article, *moment.place):
            values = {"match": moment.place.text(article), "reason": moment.impossible}
            yield Hit(moment.place.span(article), values)
