"""Stories that hear one side only."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import SOURCE_LINE, Article
from newslint.kinds.contract import Hit, Informed, Scope
from newslint.kinds.sourcing.text import agency_lines, length, outlets, surname
from newslint.language.attributions import (
    NAMED,
    ROLE,
    VAGUE,
    Attributions,
    Source,
    attributions,
)
from newslint.language.lexicon import Lexicons
from newslint.language.quotations import quotations
from newslint.later import compiled_later
from newslint.matching import Clues, fold

_BEHIND = 50
"""Code points behind a name in which its bearer's role stands: “Ana Orlu, the mayor”."""
_WORD = compiled_later(r"\w+")


class Single(Informed, frozen=True, tag="single", kw_only=True):
    """All that is reported comes from one source."""

    pronouns: tuple[str, ...]
    """Words that stand for somebody who was named before."""
    min_words: int = 300
    """A shorter piece is passed over."""
    min_reports: int = 5
    """So many reports, all of one source, make a finding."""
    min_quotation: int = 5
    """Words of a quotation that nobody is named for and that could be somebody else's."""


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
    told = [report.source for report in found.reports if report.source is not None]
    names = [_name(options, article, source) for source in told]
    known = {name for name in names if name}
    if len(told) < options.min_reports or len(known) != 1:
        return
    others = [source for source, name in zip(told, names, strict=True) if name is None]
    if others and not _bears(article, told, others):
        return
    if _open_quotations(options, article, found):
        return
    named = [source for source, name in zip(told, names, strict=True) if name]
    plain = [one for one in named if one.place.text(article).lower() not in options.pronouns]
    first = (plain or named)[0]
    values = {
        "match": first.place.text(article),
        "source": (first.resolved or first.place).text(article),
        "count": str(len(told)),
        "words": str(words),
    }
    yield Hit(first.place.span(article), values)


def _name(options: Single, article: Article, source: Source) -> str | None:
    """The last word of a speaker's name, nothing for a pronoun, None for anybody else."""
    text = (source.resolved or source.place).text(article)
    if source.resolved is None and text.lower().rsplit(" ", 1)[-1] in options.pronouns:
        return ""
    if source.sort == VAGUE:
        return ""
    return surname(article, source) or None


def _bears(article: Article, told: list[Source], others: list[Source]) -> bool:
    """Whether the one who is named is introduced with the roles of all the others.

    “The agency said” is “agency director Ana Orlu”, and “the mayor” is “Ana Orlu, the mayor”.
    """
    told_of: set[str] = set()
    for source in told:
        if source.sort == NAMED:
            block, start, end = source.place
            text = article.blocks[block].text[start : end + _BEHIND]
            told_of.update(_WORD.findall(fold(text)))
    return all(
        other.sort == ROLE and fold(other.place.text(article)).rsplit(" ", 1)[-1] in told_of
        for other in others
    )


def _open_quotations(options: Single, article: Article, found: Attributions) -> bool:
    """Whether a quotation of some length has nobody who says it."""
    joined = quotations(article).joined
    for report, quotation in zip(found.speakers, joined, strict=True):
        if report is not None and report.source is not None:
            continue
        for part in quotation.parts:
            start, end = part.inner
            if article.blocks[part.block].text.count(" ", start, end) + 1 >= options.min_quotation:
                return True
    return False
