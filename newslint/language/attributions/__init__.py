"""Who says what: the source, the cue and the content of every quotation and indirect report."""

from __future__ import annotations

from newslint.article import Article
from newslint.language import once_for
from newslint.language.attributions.names import with_names
from newslint.language.attributions.reports import reports_of
from newslint.language.attributions.speakers import Speakers
from newslint.language.attributions.types import ANONYMOUS as ANONYMOUS
from newslint.language.attributions.types import NAMED as NAMED
from newslint.language.attributions.types import ROLE as ROLE
from newslint.language.attributions.types import VAGUE as VAGUE
from newslint.language.attributions.types import Attribution as Attribution
from newslint.language.attributions.types import Attributions as Attributions
from newslint.language.attributions.types import Source as Source
from newslint.language.attributions.words import words_of
from newslint.language.lexicon import Lexicons
from newslint.language.passage import Passage
from newslint.language.people import people
from newslint.language.quotations import quotations


@once_for
def asked(article: Article, lexicons: Lexicons) -> Speakers:
    """Whom to ask for the speaker of one quotation; the others are then not looked for."""
    return Speakers(article, words_of(lexicons["attribution"]))


@once_for
def speakers(article: Article, lexicons: Lexicons) -> tuple[Attribution | None, ...]:
    """For each of `quotations(article).joined` the report that it belongs to.

    Cheaper than `attributions`: indirect reports are not looked for, `resolved` is left open.
    """
    return tuple(asked(article, lexicons).all()) if quotations(article).joined else ()


@once_for
def attributions(article: Article, lexicons: Lexicons) -> Attributions:
    """Who says what in the article. Asks the lexicons `attribution` and `titles`."""
    words = words_of(lexicons["attribution"])
    told = [one for one in speakers(article, lexicons) if one is not None]
    known = {one.cue for one in told}
    told += [one for one in reports_of(article, words) if one.cue not in known]
    if not told:
        return Attributions((), (None,) * len(quotations(article).joined))
    told.sort(key=_order)
    reports = tuple(with_names(article, told, people(article, lexicons["titles"]), words))
    spoken = {one.quotation: one for one in reports}
    numbers = range(len(quotations(article).joined))
    return Attributions(reports, tuple([spoken.get(number) for number in numbers]))


def _order(report: Attribution) -> Passage:
    """Where a report begins: at its content, else at its cue."""
    return report.content[0] if report.content else report.cue or Passage(0, 0, 0)
