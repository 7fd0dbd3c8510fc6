"""Kind `attribution`, check `overstated`: a heading states as fact what the body attributes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from msgspec import field

from newslint.article import HEADLINE, STANDFIRST, SUBHEADING, Article
from newslint.kinds.attribution.nearby import block_sentences, sentence_at
from newslint.kinds.attribution.words import anywhere, folded, stands
from newslint.kinds.contract import Finder, Hit, Options, Scope, check_patterns
from newslint.language.passage import Passage
from newslint.language.quotations import quotations
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, TermHit, fold
from newslint.patterns import whole_words
from newslint.reference import Reference

HEADINGS = (HEADLINE, STANDFIRST, SUBHEADING)
_WORD = compiled_later(r"\d[\d.,]*\d|[^\W_]+(?:['’-][^\W_]+)*")
FIRST = 5
"""Blocks at the top; a headline or standfirst among them speaks for the whole article."""
_TAIL = 30
"""Code points that may follow a cue behind what is claimed: “…, prosecutors allege.”"""
_ENDING = compiled_later(r"(?<=\w{3})(?:ing|ed|es|e|s)$")
_STEM = 5
"""Letters by which two forms of a word are told to be one: “surpass” and “surpassed”."""


class Overstated(Options, frozen=True, tag="overstated", kw_only=True):
    """A heading that states as fact what the body leaves to somebody's word."""

    cues: tuple[str, ...]
    """Words of claiming and estimating: estimates, alleges, claimed."""
    adverbs: tuple[str, ...] = ()
    """Those of the cues that stand inside what is claimed: allegedly."""
    hedges: tuple[str, ...] = ()
    """Patterns of words with which a heading leaves it open itself."""
    common: tuple[str, ...] = ()
    """Words that tell nothing: the, of, new."""
    overlap: float = 0.75
    """Share of the heading's telling words that must stand in the claim."""
    least: int = 3
    """Telling words that a heading and the claim must share; a figure counts as two."""
    most: int = 14
    """Words of a heading; what is longer is a summary and not looked at."""
    except_: tuple[str, ...] = field(name="except", default=())
    """Patterns of claims that a heading may take over: official figures, say."""

    def check(self) -> None:
        check_patterns((*self.hedges, *self.except_))


class _Heading(NamedTuple):
    """A heading that says something, and the blocks that belong to it."""

    block: int
    stems: frozenset[str]
    figures: frozenset[str]
    until: int


class _Sought(NamedTuple):
    """The options, with their words ready to look up and their patterns as one each."""

    options: Overstated
    common: frozenset[str]
    adverbs: frozenset[str]
    hedges: str
    spared: str


def overstated(options: Overstated, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    sought = _Sought(
        options, folded(options.common), folded(options.adverbs),
        anywhere(options.hedges, "i"), anywhere(options.except_, "i"),
    )  # fmt: skip
    return Finder(partial(_find, sought, scope), Needs(tuple(map(fold, options.cues))))


def _find(sought: _Sought, scope: Scope, article: Article, clues: Clues) -> Iterator[Hit]:
    cues = [hit for hit in clues.terms if _is_cue(article, hit)]
    if not cues:
        return
    for heading in _headings(sought, scope, article, cues):
        claims = list(_claims(sought, article, cues, heading))
        if claims and not _stated(sought, article, heading, claims):
            block = article.blocks[heading.block]
            related = ((claims[0].span(article), "the body has it from somebody"),)
            values = {"match": block.text, "claim": claims[0].text(article)}
            yield Hit(block.span(0, len(block.text)), values, related=related)


def _is_cue(article: Article, hit: TermHit) -> bool:
    block = article.blocks[hit.block] if hit.block < len(article.blocks) else None
    if block is None or block.kind in HEADINGS:
        return False
    return whole_words(block.text, hit.start, hit.end)


def _headings(
    sought: _Sought, scope: Scope, article: Article, cues: list[TermHit]
) -> Iterator[_Heading]:
    """The headings over those cues that leave nothing open."""
    options, blocks = sought.options, article.blocks
    until = len(blocks)
    for index in range(cues[-1].block - 1, -1, -1):
        block = blocks[index]
        if block.kind not in HEADINGS:
            continue
        first = block.kind != SUBHEADING and index < FIRST
        end = len(blocks) if first else until
        until = until if first else index
        if block.kind not in scope.kinds or block.text.count(" ") >= options.most:
            continue
        if not any(index < hit.block < end for hit in cues):
            continue
        stems = _stems(block.text, sought.common)
        heading = _Heading(index, stems, frozenset(s for s in stems if s[0].isdigit()), end)
        if _weight(stems) >= options.least and not _open(sought, article, heading):
            yield heading


def _open(sought: _Sought, article: Article, heading: _Heading) -> bool:
    """Whether the heading itself hedges or quotes."""
    if quotations(article).ranges[heading.block]:
        return True
    return stands(sought.hedges, article.blocks[heading.block].text)


def _weight(stems: frozenset[str]) -> int:
    """How much words tell: a figure as much as two others."""
    return len(stems) + sum(stem[0].isdigit() for stem in stems)


def _stems(text: str, common: frozenset[str]) -> frozenset[str]:
    """The telling words of a text, cut to their first letters; figures as they are."""
    words = (match[0].replace("’", "'").removesuffix("'s") for match in _WORD.finditer(fold(text)))
    return frozenset(
        word.replace(",", "") if word[0].isdigit() else _ENDING.sub("", word)[:_STEM]
        for word in words
        if word not in common
    )


def _claims(
    sought: _Sought, article: Article, cues: list[TermHit], heading: _Heading
) -> Iterator[Passage]:
    """What is claimed, in sentences with a cue that say what the heading says."""
    holds: dict[int, bool] = {}
    for hit in cues:
        if not heading.block < hit.block < heading.until:
            continue
        block = article.blocks[hit.block]
        if hit.block not in holds:
            holds[hit.block] = _may_hold(sought, heading, fold(block.text))
        if not holds[hit.block]:
            continue
        start, end = sentence_at(article, hit.block, hit.start)[1]
        sentence = block.text[start:end]
        if stands(sought.spared, sentence):
            continue
        if _says(sought, heading, block.text[hit.end : end]):
            yield Passage(hit.block, hit.start, end)
            continue
        inside = fold(block.text[hit.start : hit.end]) in sought.adverbs
        if (inside or end - hit.end <= _TAIL) and _says(sought, heading, sentence):
            yield Passage(hit.block, start, end)


def _may_hold(sought: _Sought, heading: _Heading, folded_text: str) -> bool:
    """A cheap look at a whole block: whether enough of the heading's words can stand in it."""
    plain = folded_text.replace(",", "")
    found = [stem for stem in heading.stems if stem in plain]
    return len(found) >= sought.options.overlap * len(heading.stems)


def _says(sought: _Sought, heading: _Heading, text: str) -> bool:
    stems = _stems(text, sought.common)
    shared = heading.stems & stems
    enough = len(shared) >= sought.options.overlap * len(heading.stems)
    return enough and _weight(shared) >= sought.options.least and heading.figures <= stems


def _stated(sought: _Sought, article: Article, heading: _Heading, claims: list[Passage]) -> bool:
    """Whether the body says it elsewhere without such a cue."""
    claimed = {(claim.block, sentence_at(article, *claim[:2])[0]) for claim in claims}
    for index in range(heading.block + 1, heading.until):
        block = article.blocks[index]
        if block.kind in HEADINGS or not _may_hold(sought, heading, fold(block.text)):
            continue
        for number, (start, end) in enumerate(block_sentences(article, index)):
            if (index, number) in claimed:
                continue
            if _says(sought, heading, block.text[start:end]):
                return True
    return False
