"""Copy that gives nothing to check it against."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import SOURCE_LINE, Article
from newslint.kinds.contract import Hit, Informed, Scope, check_patterns
from newslint.kinds.sourcing_text import agency_lines, length, outlets
from newslint.language.attributions import NAMED, ROLE, attributions
from newslint.language.lexicon import Lexicons
from newslint.matching import Clues, one_of, prose
from newslint.patterns import find as search


class Missing(Informed, frozen=True, tag="missing", kw_only=True):
    """No link, no source or agency line, and no statement of which one learns where it was made."""

    evidence: tuple[str, ...]
    """Patterns of copy that says where, when or to whom a statement was made, or by what record."""
    min_words: int = 150
    """A shorter piece is passed over."""
    min_statements: int = 2
    """So many reports of what somebody said make a story that needs sources."""

    def check(self) -> None:
        check_patterns(self.evidence, True)


def find(
    options: Missing, scope: Scope, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    """A finding about the whole article, or none."""
    if article.links or any(block.kind == SOURCE_LINE for block in article.blocks):
        return
    words = length(article)
    if words < options.min_words or evident(article, options.evidence):
        return
    sources = lexicons["sources"]
    if outlets(article, sources) or any(agency_lines(article, sources)):
        return
    reports = attributions(article, lexicons).reports
    told = [r for r in reports if r.source is not None and r.source.sort in (NAMED, ROLE)]
    if len(told) >= options.min_statements:
        values = {"count": str(len(told)), "words": str(words), "match": "", "source": ""}
        yield Hit(article.anchor(), values, whole_article=True)


def evident(article: Article, patterns: tuple[str, ...]) -> bool:
    """Whether one of the patterns occurs in the copy, in any case."""
    area = prose(article).copy
    pattern = f"(?i:{one_of(patterns)})"
    return next(search(pattern, area.joined, True, area.encoded), None) is not None
