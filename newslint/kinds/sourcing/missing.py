"""Copy that gives nothing to check it against."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import BYLINE, SOURCE_LINE, Article
from newslint.kinds.contract import Hit, Informed, Scope, check_patterns
from newslint.kinds.dates.text import sentence_at
from newslint.kinds.sourcing.text import agency_lines, length, outlets
from newslint.language.attributions import NAMED, ROLE, Attribution, attributions
from newslint.language.lexicon import Lexicons
from newslint.matching import Clues, one_of, prose
from newslint.patterns import find as search
from newslint.patterns import matches

_LONGEST = 1000
"""Code points of a sentence that are looked at."""


class Missing(Informed, frozen=True, tag="missing", kw_only=True):
    """No link, no source or agency line, and no statement of which one learns where it was made."""

    evidence: tuple[str, ...]
    """Patterns of copy that names its source, anywhere: “according to”, “press release”."""
    venues: tuple[str, ...]
    """Patterns that say where, when or to whom, in the sentence of a statement: “at a hearing”."""
    min_words: int = 150
    """A shorter piece is passed over."""
    min_statements: int = 2
    """So many reports of what somebody said make a story that needs sources."""
    min_silent: int = 250
    """Words of a piece in which nobody says anything at all, from which on it is judged as well."""
    signed: bool = False
    """Copy with an author, who stands behind what was said to him, is judged as well."""

    def check(self) -> None:
        check_patterns((*self.evidence, *self.venues), True)


def find(
    options: Missing, scope: Scope, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    """A finding about the whole article, or none."""
    if article.links or any(block.kind == SOURCE_LINE for block in article.blocks):
        return
    if _signed(article) and not options.signed:
        return
    words = length(article)
    if words < options.min_words or evident(article, options.evidence):
        return
    sources = lexicons["sources"]
    if outlets(article, sources) or any(agency_lines(article, sources)):
        return
    reports = attributions(article, lexicons).reports
    told = [r for r in reports if r.source is not None and r.source.sort in (NAMED, ROLE)]
    enough = len(told) >= options.min_statements or (not told and words >= options.min_silent)
    if enough and not _placed(options, article, told):
        values = {"count": str(len(told)), "words": str(words), "match": "", "source": ""}
        yield Hit(article.anchor(), values, whole_article=True)


def _signed(article: Article) -> bool:
    author = article.meta.get("author")
    return (author is not None and bool(author.value)) or any(
        block.kind == BYLINE for block in article.blocks
    )


def _placed(options: Missing, article: Article, told: list[Attribution]) -> bool:
    """Whether the sentence of one of the statements says where, when or to whom it was made."""
    pattern = f"(?i:{one_of(options.venues)})"
    places = {
        place for one in told for place in (one.cue, one.source and one.source.place) if place
    }
    seen = {(place.block, *sentence_at(article, place.block, place.start)) for place in places}
    return any(
        matches(pattern, article.blocks[block].text[start : min(end, start + _LONGEST)])
        for block, start, end in sorted(seen)
    )


def evident(article: Article, patterns: tuple[str, ...]) -> bool:
    """Whether one of the patterns occurs in the copy, in any case."""
    area = prose(article).copy
    pattern = f"(?i:{one_of(patterns)})"
    return next(search(pattern, area.joined, True, area.encoded), None) is not None
