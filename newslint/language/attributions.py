"""Who says what: the source, the cue and the content of every quotation and indirect report."""

from __future__ import annotations

from newslint.article import Article
from newslint.language import once_for
from newslint.language.attribution_speakers import speakers_of
from newslint.language.attribution_types import ANONYMOUS as ANONYMOUS
from newslint.language.attribution_types import NAMED as NAMED
from newslint.language.attribution_types import ROLE as ROLE
from newslint.language.attribution_types import VAGUE as VAGUE
from newslint.language.attribution_types import Attribution as Attribution
from newslint.language.attribution_types import Attributions as Attributions
from newslint.language.attribution_types import Source as Source
from newslint.language.attribution_words import words_of
from newslint.language.lexicon import Lexicons


@once_for
def speakers(article: Article, lexicons: Lexicons) -> tuple[Attribution | None, ...]:
    """For each of `quotations(article).joined` the report that it belongs to.

    Cheaper than `attributions`: indirect reports are not looked for, `resolved` is left open.
    """
    return speakers_of(article, words_of(lexicons["attribution"]))


@once_for
def attributions(article: Article, lexicons: Lexicons) -> Attributions:
    """Who says what in the article. Asks the lexicons `attribution` and `titles`."""
    told = speakers(article, lexicons)
    reports = [one for one in told if one is not None]
    return Attributions(tuple(reports), told)
