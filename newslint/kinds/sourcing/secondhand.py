"""Copy that has its news from other outlets only."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import SOURCE_LINE, Article
from newslint.kinds.contract import Hit, Informed, Scope, check_patterns
from newslint.kinds.sourcing.missing import evident
from newslint.kinds.sourcing.text import agency_lines, outlets, surname
from newslint.language.attributions import NAMED, ROLE, Source, attributions
from newslint.language.lexicon import Lexicons
from newslint.language.passage import Passage
from newslint.later import compiled_later
from newslint.matching import Clues
from newslint.patterns import find as search

_NEAR = 60
"""Code points on each side of an outlet's name in which a cue stands."""
_LABEL = compiled_later(r"[^:]{1,30}:\s*(?i:the )?")
_AND = compiled_later(r"(?:\s*[,;/&|]\s*|\s)(?:[a-z]{1,3} )?")
"""Between two outlets of one source line."""
_ARTICLE = "the "
"""Belongs to some names and stands before others."""
_NO_OTHER = compiled_later(r"\s*(?:$|[–—|:(\[“\"‘'.-])")
"""Behind an outlet that a source line names alone: its headline, or nothing."""


class Secondhand(Informed, frozen=True, tag="secondhand", kw_only=True):
    """Another outlet is the only source."""

    before: tuple[str, ...]
    """Patterns that end directly before an outlet that is cited: “according to”."""
    after: tuple[str, ...]
    """Patterns that follow one directly: “reported”."""
    tips: tuple[str, ...] = ()
    """Words that begin a line which only thanks for a hint: h/t."""
    pronouns: tuple[str, ...] = ()
    """Words that stand for somebody who was named before."""
    own: tuple[str, ...] = ()
    """Patterns of copy that has asked for itself, or says what its writer thinks: “told this
    newspaper”, “in my view”."""

    def check(self) -> None:
        check_patterns((*self.before, *self.after, *self.own), True)


def find(
    options: Secondhand, scope: Scope, lexicons: Lexicons, article: Article, _: Clues
) -> Iterator[Hit]:
    """The source line or the first place that cites an outlet, where there is no other source."""
    named = () if article.links else outlets(article, lexicons["sources"])
    if not named:
        return
    lines = [block for block in article.blocks if block.kind == SOURCE_LINE]
    if any(block.text.lower().startswith(options.tips) for block in lines):
        return
    ends = {(place.block, place.start): place.end for place in named} if lines else {}
    cited = [place for place in named if lines and _in_source_line(article, place, ends)]
    if lines and len({place.block for place in cited}) < len(lines):
        return
    if not cited:
        cited = [place for place in named if _cites(options, article, place)]
    if not cited or not scope.allows(article, *cited[0]):
        return
    if any(agency_lines(article, lexicons["sources"])) or evident(article, options.own):
        return
    if lines or not _first_hand(options, article, lexicons, named):
        yield _hit(article, cited[0], bool(lines))


def _hit(article: Article, place: Passage, line: bool) -> Hit:
    name = place.text(article)
    text = article.blocks[place.block].text
    if text[max(0, place.start - len(_ARTICLE)) : place.start].lower() == _ARTICLE:
        name = _ARTICLE + name
    if line:
        place = place._replace(start=0)
    values = {"match": place.text(article), "source": name, "count": "", "words": ""}
    return Hit(place.span(article), values)


def _in_source_line(article: Article, place: Passage, ends: dict[tuple[int, int], int]) -> bool:
    """Whether a source line begins with the outlet and names none but outlets: “Source: CNN – …”.

    `ends` has the end of each outlet's name by block and start.
    """
    block = article.blocks[place.block]
    if block.kind != SOURCE_LINE or _LABEL.fullmatch(block.text, 0, place.start) is None:
        return False
    end = place.end
    while joint := _AND.match(block.text, end):
        starts = [(place.block, at) for at in (joint.end(), joint.end() + len(_ARTICLE))]
        following = next((ends[start] for start in starts if start in ends), None)
        if following is None:
            break
        end = following
    return _NO_OTHER.match(block.text, end) is not None


def _cites(options: Secondhand, article: Article, place: Passage) -> bool:
    text = article.blocks[place.block].text
    before, after = text[max(0, place.start - _NEAR) : place.start], text[place.end :][:_NEAR]
    if any(
        hit.end == len(before.rstrip())
        for pattern in options.before
        for hit in search(f"(?i:{pattern})", before)
    ):
        return True
    return any(
        hit.start <= 1 for pattern in options.after for hit in search(f"(?i:{pattern})", after)
    )


def _first_hand(
    options: Secondhand, article: Article, lexicons: Lexicons, named: tuple[Passage, ...]
) -> bool:
    """Whether somebody speaks of whom no outlet is said to have heard it."""
    blocks = {place.block for place in named}
    heard: set[str] = set()
    for report in attributions(article, lexicons).reports:
        source = report.source
        if source is None or source.sort not in (NAMED, ROLE):
            continue
        name = surname(article, source)
        if source.place.block in blocks:
            heard.add(name)
        elif name not in heard and not _pronoun(options, article, source):
            return True
    return False


def _pronoun(options: Secondhand, article: Article, source: Source) -> bool:
    return source.resolved is None and source.place.text(article).lower() in options.pronouns
