"""Stories that hear one side only."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import SOURCE_LINE, Article
from newslint.kinds.contract import Hit, Informed, Scope
from newslint.kinds.sourcing_text import agency_lines, length, outlets
from newslint.language.attributions import NAMED, ROLE, Attribution, attributions
from newslint.language.lexicon import Lexicons
from newslint.matching import Clues


class Single(Informed, frozen=True, tag="single"):
    """All that is reported comes from one source."""

    min_words: int = 300
    """A shorter piece is passed over."""
    min_reports: int = 5
    """So many reports, all of one source, make a finding."""


def find(
    options: Single, scope: Scope, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    """The first place that names the one source."""
    if article.links or any(block.kind == SOURCE_LINE for block in article.blocks):
        return
    words = length(article)
    sources = lexicons["sources"]
    if words < options.min_words or outlets(article, sources):
        return
    if any(agency_lines(article, sources)):
        return
    found = attributions(article, lexicons)
    if None in found.speakers:
        return
    reports = [report for report in found.reports if report.source is not None]
    if len(reports) < options.min_reports:
        return
    first = reports[0].source
    if first is None or first.sort not in (NAMED, ROLE):
        return
    if len({_speaker(article, report) for report in reports}) > 1:
        return
    values = {
        "match": first.place.text(article),
        "source": (first.resolved or first.place).text(article),
        "count": str(len(reports)),
        "words": str(words),
    }
    yield Hit(first.place.span(article), values)


def _speaker(article: Article, report: Attribution) -> str:
    if report.source is None:
        return ""
    words = (report.source.resolved or report.source.place).text(article).split()
    return words[-1] if words else ""
