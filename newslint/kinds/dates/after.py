"""Copy that reports as past what is dated after the article itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from newslint.article import Article
from newslint.kinds.contract import Hit, Informed, Scope, check_patterns
from newslint.kinds.dates.text import sentence_at, written
from newslint.language.dates import Moment, moments, published
from newslint.language.dates.moment import DATE, MONTH
from newslint.language.lexicon import Lexicons
from newslint.later import compiled_later
from newslint.matching import Clues, fold
from newslint.patterns import find as search
from newslint.patterns import matches

_CLAUSE = compiled_later(r"[^.,;:–—()]{0,12}")
"""What goes on directly after a date."""
_WORD = compiled_later(r"[^\W\d_]+")
_HEAD = 50
"""Code points at the beginning of a paragraph in which it says that it is a note."""
_FAR = 150
"""Code points on each side of the date in which its verb stands."""
_NEAR = 45
"""Code points before the date in which a word may stand that makes it no past."""


class After(Informed, frozen=True, tag="after-publication", kw_only=True):
    """A date after the article's own, told as past."""

    verbs: tuple[str, ...]
    """Patterns of past tense that end directly before the date: “arrested on”."""
    openings: tuple[str, ...] = ()
    """Patterns of past tense that follow a date at the beginning of a sentence."""
    unless: tuple[str, ...] = ()
    """Patterns that make it no report of the past, near the date, for which `#` stands."""
    notes: tuple[str, ...] = ()
    """Words before the colon of a note that was added later: “Update, June 3: …”."""
    grace: int = 1
    """Days after the article's own date that are passed over: it may be of another zone."""
    window: int = 60
    """Days after it within which a date without a year is judged."""

    def check(self) -> None:
        check_patterns((*self.verbs, *self.openings, *self.unless), True)


def find(
    options: After, scope: Scope, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    """Dates after the article's own that stand with a past tense."""
    lexicon = lexicons["dates"]
    own = published(article, lexicon)
    if own is None:
        return
    for moment in moments(article, lexicon):
        first = moment.first
        if first is None or first <= own or moment.sort not in (DATE, MONTH):
            continue
        days = (first - own).days
        if days <= options.grace or not (moment.stated or _near(options, moment, own)):
            continue
        if scope.allows(article, *moment.place) and _past(options, article, moment):
            yield _hit(article, moment, first, own, lexicons)


def _near(options: After, moment: Moment, own: date) -> bool:
    """Whether a date without a year is one of the weeks to come, and not of last year."""
    first = moment.first
    if first is None or moment.sort == MONTH or first.year != own.year:
        return False
    return (first - own).days <= options.window


def _hit(
    article: Article, moment: Moment, first: date, own: date, lexicons: Lexicons
) -> Hit:  # fmt: skip
    lexicon = lexicons["dates"]
    values = {
        "match": moment.place.text(article),
        "date": written(lexicon, first),
        "published": written(lexicon, own),
    }
    return Hit(moment.place.span(article), values)


def _is_note(options: After, text: str) -> bool:
    """Whether a paragraph says at its beginning that it was added later."""
    words = _WORD.findall(fold(text[:_HEAD].partition(":")[0]))
    return any(word in options.notes for word in words) and (
        ":" in text[:_HEAD] or words[0] in options.notes
    )


def _past(options: After, article: Article, moment: Moment) -> bool:
    """Whether the sentence reports the date as past."""
    _, start, end = moment.place
    text = article.blocks[moment.place.block].text
    begin, stop = sentence_at(article, moment.place.block, start)
    before, after = text[max(begin, start - _FAR) : start], text[end : min(stop, end + _FAR)]
    ahead = _CLAUSE.match(after)
    near = f"{before[-_NEAR:]}#{ahead[0] if ahead else ''}"
    if any(matches(f"(?i:{pattern})", near) for pattern in options.unless):
        return False
    if _is_note(options, text):
        return False
    if any(matches(f"(?i:(?:{pattern}) *$)", before) for pattern in options.verbs):
        return True
    return start - begin < 4 and any(
        hit.start < 3 for pattern in options.openings for hit in search(f"(?i:{pattern})", after)
    )
