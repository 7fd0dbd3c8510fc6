"""Kind `attribution`, check `agentless`: feelings and beliefs that nobody is named for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from msgspec import field

from newslint.article import Article
from newslint.kinds.attribution.nearby import around, linked, sentence_at
from newslint.kinds.attribution.words import (
    REACH,
    anywhere,
    back_over,
    ending,
    first,
    folded,
    following,
    stands,
)
from newslint.kinds.contract import Finder, Hit, Options, Scope, check_patterns
from newslint.language.passage import Passage
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, fold, search
from newslint.patterns import find, flagged, whole_words
from newslint.reference import Reference

_WORD = compiled_later(r"[^\W\d_]{4,}")
_STEM = 5
"""Letters by which two forms of a word are told to be one."""
_QUOTES = ("“", '"', "‘")


class Agentless(Options, frozen=True, tag="agentless", kw_only=True):
    """A feeling, belief or assessment without anybody who has it."""

    feelings: tuple[str, ...] = ()
    """Nouns: optimism, concern, fears."""
    degrees: tuple[str, ...] = ()
    """Words that may stand before a feeling and belong to it: growing, deep, cautious."""
    prevails: tuple[str, ...] = ()
    """Patterns of what may stand behind a feeling: prevails, is growing, remains."""
    between: str = ""
    """Pattern of what may stand between the feeling and that: about the plan."""
    determiners: tuple[str, ...] = ()
    """Words that may stand before those: a, some, much."""
    leads: tuple[str, ...] = ()
    """Patterns of what may stand before a feeling instead: there is, public opinion reflects."""
    stirs: tuple[str, ...] = ()
    """Such patterns that count only before a word of degree: sparked (widespread) fears."""
    after: tuple[str, ...] = ()
    """Patterns of which one must follow a feeling and its verb: about, that, a full stop."""
    patterns: tuple[str, ...] = ()
    """Whole claims: it is believed; a hit in which a group takes no part is passed over."""
    owners: tuple[str, ...] = ()
    """Patterns of words directly before a feeling that say whose it is: his, the mayor's."""
    holders: tuple[str, ...] = ()
    """Patterns of words anywhere in the sentence that say whose it is: among voters."""
    nobody: tuple[str, ...] = ()
    """Patterns of words in a holder that make it nobody again: observers, many."""
    speakers: tuple[str, ...] = ()
    """Patterns of somebody who speaks for the claim, in its sentence or one that explains it: a
    neighbour that takes up a telling word of it, or that follows and begins with a quotation."""
    common: tuple[str, ...] = ()
    """Words that tell nothing: about, their, people."""
    neighbours: int = 1
    """Sentences on each side in which somebody may speak for the claim."""
    except_: tuple[str, ...] = field(name="except", default=())
    """Patterns of sentences that are no claims of that sort."""

    def check(self) -> None:
        check_patterns((self.between, *self.prevails, *self.leads, *self.stirs, *self.patterns))
        check_patterns(self.after)
        check_patterns((*self.owners, *self.holders, *self.nobody))
        check_patterns((*self.speakers, *self.except_))
        if not self.patterns and not (self.feelings and (self.prevails or self.leads)):
            raise ValueError('name "feelings" with "prevails" or "leads", or "patterns"')


class _Sought(NamedTuple):
    """The words of a rule, ready to look up, and its patterns as one each."""

    degrees: frozenset[str]
    determiners: frozenset[str]
    prevails: str
    leads: str
    stirs: str
    after: str
    owners: str
    holders: str
    nobody: str
    speakers: str
    common: frozenset[str]
    spared: str
    neighbours: int


def agentless(options: Agentless, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    sought = _Sought(
        folded(options.degrees), folded(options.determiners),
        following(options.prevails, options.between), ending(options.leads),
        ending(options.stirs), following(options.after),
        ending(options.owners, "-i"), anywhere(options.holders), anywhere(options.nobody, "i"),
        anywhere(options.speakers),
        folded(options.common), anywhere(options.except_), options.neighbours,
    )  # fmt: skip
    patterns = tuple(flagged(pattern, True) for pattern in options.patterns)
    return Finder(
        partial(_find, sought, scope), Needs(tuple(map(fold, options.feelings)), patterns)
    )


def _find(sought: _Sought, scope: Scope, article: Article, clues: Clues) -> Iterator[Hit]:
    claims = {*_feelings(sought, article, clues), *_claims(scope, article, clues)}
    reached = (-1, 0)
    for claim in sorted(claims, key=lambda c: (c.block, c.start, -c.end)):
        index, start, end = claim
        if (index, start) < reached or not scope.allows(article, index, start, end):
            continue
        if not _stood_for(sought, article, claim):
            reached = (index, end)
            yield Hit(claim.span(article), {"match": claim.text(article)})


def _claims(scope: Scope, article: Article, clues: Clues) -> Iterator[Passage]:
    for pattern in clues.patterns:
        for index, match in search(article, pattern, scope.kinds):
            if all(start >= 0 for start, _ in match.groups):
                yield Passage(index, match.start, match.end)


def _feelings(sought: _Sought, article: Article, clues: Clues) -> Iterator[Passage]:
    """Where a feeling prevails, or is led up to."""
    blocks = article.blocks
    for hit in clues.terms:
        if hit.block >= len(blocks):
            continue
        text = blocks[hit.block].text
        if text[hit.end : hit.end + 1].isalnum() or not whole_words(text, hit.start, hit.end):
            continue
        bare = back_over(text, hit.start, sought.degrees)
        start = back_over(text, bare, sought.determiners)
        left = text[max(0, start - REACH) : start]
        behind = first(sought.prevails, text[hit.end : hit.end + REACH])
        lead = first(sought.leads, left)
        if lead is None and bare < hit.start:
            lead = first(sought.stirs, left)
        if (not behind and not lead) or stands(sought.owners, left):
            continue
        end = hit.end + (behind.groups[1][1] if behind else 0)
        if sought.after and not stands(sought.after, text[end : end + REACH] or "."):
            continue
        yield Passage(hit.block, start - (len(left) - lead.groups[1][0] if lead else 0), end)


def _stood_for(sought: _Sought, article: Article, claim: Passage) -> bool:
    """Whether the copy says whose claim it is, or somebody close by speaks for it."""
    index, start, _ = claim
    begin, end = sentence_at(article, index, start)[1]
    sentence = article.blocks[index].text[begin:end]
    if stands(sought.spared, sentence) or linked(article, Passage(index, begin, end)):
        return True
    for match in find(sought.holders, sentence, False) if sought.holders else ():
        if not stands(sought.nobody, sentence[slice(*match.groups[1])]):
            return True
    if stands(sought.speakers, sentence):
        return True
    near = around(article, index, start, sought.neighbours, sought.neighbours)
    return any(
        _explains(sought, claim, sentence, passage, passage.text(article))
        for passage in near
        if (passage.block, passage.start) != (index, begin)
    )


def _explains(sought: _Sought, claim: Passage, sentence: str, near: Passage, text: str) -> bool:
    """Whether a sentence close by has somebody who speaks for the claim, and not of other things.

    It takes up one of its words, or follows in the paragraph and begins with what was said.
    """
    if near.block < claim.block or not stands(sought.speakers, text):
        return False
    if near.block == claim.block and near.start > claim.start and text[:1] in _QUOTES:
        return True
    return not _stems(sentence, sought.common).isdisjoint(_stems(text, sought.common))


def _stems(text: str, common: frozenset[str]) -> frozenset[str]:
    """The telling words of a text, cut to their first letters."""
    words = _WORD.findall(fold(text))
    return frozenset(word[:_STEM] for word in words if word not in common)
