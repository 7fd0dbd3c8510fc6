"""Kind `attribution`, check `vague`: sources that could be anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from msgspec import field

from newslint.article import BYLINE, Article
from newslint.kinds.attribution.nearby import around, linked, sentence_at
from newslint.kinds.attribution.words import REACH, anywhere, back_over, folded, stands
from newslint.kinds.contract import Finder, Hit, Options, Scope, check_patterns
from newslint.language.passage import Passage
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, TermHit, fold, prose
from newslint.patterns import whole_words
from newslint.reference import Reference

LEAD = 30
"""Code points before a source in which “according to” and its like are sought."""
BETWEEN = 7
"""Words that may stand between a source and its cue."""
_ADJECTIVES = 2  # Words before a source that belong to it though no list has them.
_HEAD = 4  # Blocks above the copy: headline, standfirst, byline.
_STEM = 5  # Letters by which “analysts” and “an analyst” are told to be one.
_QUOTES = ("“", '"', "‘", "'")
_FARTHEST = 20_000  # Characters of the copy in which somebody speaks for its summary.
_LABEL = 24  # Characters of the longest label over a summary.
_WORD = compiled_later(r"\s+([^\s.,;:!?()“”\"—–]+)([.,;:!?()“”\"—–]?)")


class Vague(Options, frozen=True, tag="vague", kw_only=True):
    """Experts, critics, many: a source that could be anybody, and nobody named close by."""

    sources: tuple[str, ...]
    """Nouns: experts, critics."""
    pronouns: tuple[str, ...] = ()
    """Words that stand for people: many, some."""
    cues: tuple[str, ...]
    """Words that may stand behind a source: say, argue."""
    noun_cues: tuple[str, ...] = ()
    """Words that may stand behind a noun, or behind an auxiliary: said, argued. A pronoun with
    such a word means those of whom the sentence before spoke."""
    auxiliaries: tuple[str, ...] = ()
    """Words after which those may stand behind a pronoun as well: have."""
    adverbs: tuple[str, ...] = ()
    """Words that may stand before a cue, as other sources may: have, also, and."""
    joints: tuple[str, ...] = ()
    """Words with which something may stand between source and cue: critics (of) the plan say."""
    leads: tuple[str, ...] = ()
    """Words that may stand before a source instead: according to."""
    modifiers: tuple[str, ...] = ()
    """Words before a source that belong to it: some, legal, outside."""
    not_before: tuple[str, ...] = ()
    """Words directly before a source that make it another thing: than."""
    owners: tuple[str, ...] = ()
    """Words near a source that tell whose they are, or who acts: many of (her) aides say, (our)
    legal experts say, some of what (you) see."""
    ruled_by: tuple[str, ...] = ()
    """Prepositions before a source and its adjectives: months (of) basic research and thought."""
    openers: tuple[str, ...] = ()
    """Words before a source that are no adjectives: today, a. Without any, `modifiers` alone tell
    what belongs to a source."""
    groups: tuple[str, ...] = ()
    """Nouns for people, of whom a pronoun takes some: some of the (residents) say. Without any, all
    nouns will do."""
    named: tuple[str, ...] = ()
    """Patterns, in the same sentence, of words that say who they are: including Jane Roe."""
    answers: tuple[str, ...] = ()
    """Patterns, in the same sentence or the next ones, of somebody named who speaks."""
    sentences: int = 3
    """Sentences after the source in which somebody named may speak."""
    clauses: tuple[str, ...] = ()
    """Words that begin a clause behind a comma, where nothing hangs on them: “, and many say”."""
    kin: tuple[str, ...] = ()
    """Words for those who may speak as such a source in another paragraph: professor, analyst.
    Without any, whoever speaks there will do."""
    except_: tuple[str, ...] = field(name="except", default=())
    """Patterns of sentences that are about something else: polls."""

    def check(self) -> None:
        check_patterns((*self.named, *self.answers, *self.except_))


class _Sought(NamedTuple):
    """The words of a rule on vague sources, ready to look up, and its patterns as one each."""

    pronouns: int
    """Where the pronouns begin among the terms."""
    present: frozenset[str]
    auxiliaries: frozenset[str]
    cues: frozenset[str]
    adverbs: frozenset[str]
    joints: frozenset[str]
    modifiers: frozenset[str]
    not_before: frozenset[str]
    owners: frozenset[str]
    ruled_by: frozenset[str]
    openers: frozenset[str]
    groups: frozenset[str]
    kin: frozenset[str]
    clauses: frozenset[str]
    leads: tuple[str, ...]
    spared: str
    answers: str
    sentences: int


def vague(options: Vague, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    sought = _Sought(
        len(options.sources), folded(options.cues), folded(options.auxiliaries),
        folded((*options.cues, *options.noun_cues)),
        folded((*options.adverbs, *options.auxiliaries, *options.sources)),
        folded(options.joints),
        folded(options.modifiers), folded(options.not_before), folded(options.owners),
        folded(options.ruled_by),
        folded((*options.openers, *options.adverbs, *options.cues) if options.openers else ()),
        folded((*options.groups, *options.sources)) if options.groups else frozenset(),
        folded(options.kin), folded(options.clauses),
        tuple([f" {fold(lead)}" for lead in options.leads]),
        anywhere((*options.except_, *options.named)), anywhere(options.answers),
        options.sentences,
    )  # fmt: skip
    terms = tuple(map(fold, (*options.sources, *options.pronouns)))
    return Finder(partial(_vague, sought, scope), Needs(terms))


def _vague(sought: _Sought, scope: Scope, article: Article, clues: Clues) -> Iterator[Hit]:
    """One finding a block; the other places in it are related."""
    found: dict[int, list[Passage]] = {}
    for place in sorted(set(_sources(sought, article, clues))):
        before = found.get(place.block)
        if before and before[-1].end > place.start:
            continue
        if scope.allows(article, *place) and not _named(sought, article, place):
            found.setdefault(place.block, []).append(place)
    for place, *others in found.values():
        related = tuple((other.span(article), "and here") for other in others)
        yield Hit(place.span(article), {"match": place.text(article)}, related=related)


def _sources(sought: _Sought, article: Article, clues: Clues) -> Iterator[Passage]:
    """Sources together with their cues."""
    blocks, copy = article.blocks, prose(article).copy
    for hit in clues.terms:
        if hit.block >= len(blocks):
            continue
        text, base = blocks[hit.block].text, copy.starts[hit.block]
        plain = copy.folded[base : base + len(text)]
        noun = hit.term < sought.pronouns
        end = _cue_end(sought, noun, text, plain, hit.end)
        start = back_over(text, hit.start, sought.modifiers)
        left = text[max(0, start - REACH) : start].rstrip()
        if not end:
            stop = max(0, start - REACH) + len(left)
            before = f" {plain[max(0, stop - LEAD) : stop]}"
            if not before.endswith(sought.leads):
                continue
            lead = next(lead for lead in sought.leads if before.endswith(lead))
            if not _closes(sought, text, hit):
                continue
            start, end = max(start - len(lead), 0), hit.end
        elif _other(sought, left):
            continue
        elif noun and sought.openers:
            start = _with_adjectives(sought, text, start)
            if start < 0:
                continue
        if whole_words(text, hit.start, hit.end):
            yield Passage(hit.block, start, end)


def _closes(sought: _Sought, text: str, hit: TermHit) -> bool:
    """Whether a source that a lead brings up ends there: “, say experts.”"""
    match = _WORD.match(text, hit.end)
    return match is None or (hit.term < sought.pronouns and fold(match[1]) in sought.joints)


def _other(sought: _Sought, left: str) -> bool:
    """Whether the word before a source makes it somebody known, or no source: Roe's critics."""
    word = left[left.rfind(" ") + 1 :]
    if fold(word) in sought.clauses and left[: -len(word)].rstrip().endswith(","):
        return False
    return fold(word) in sought.not_before or (word[:1].isupper() and word[-1:].isalnum())


def _with_adjectives(sought: _Sought, text: str, start: int) -> int:
    """`start`, or that of the words before it which belong to the source: “law enforcement”.

    -1 where the source is somebody's, or hangs on a preposition: “our technical experts”. Only what
    begins a sentence or follows a mark is sure to belong to it.
    """
    at = start
    for _ in range(_ADJECTIVES + 1):
        if at < 2 or text[at - 1] != " " or not text[at - 2].isalnum():
            return at  # a mark or the beginning of the block
        begin = text.rfind(" ", max(0, at - REACH), at - 1) + 1
        word = fold(text[begin : at - 1])
        if word in sought.owners or word in sought.ruled_by:
            return -1
        first = begin < 2 or text[begin - 1] != " " or not text[begin - 2].isalnum()
        if word in sought.openers or word in sought.not_before or not word.isalpha() or (
            word.endswith("ly") or (text[begin].isupper() and not first)
        ):  # fmt: skip
            break
        at = begin
    return start


def _cue_end(sought: _Sought, noun: bool, text: str, plain: str, start: int) -> int:
    """The end of the cue that goes with a source which ends at `start`, or 0.

    `noun`: the source is no pronoun. `plain` is the text as `fold` leaves it.
    """
    cues = sought.cues if noun else sought.present
    joined, before, last, at = False, "", "", start
    for count, match in enumerate(_WORD.finditer(plain, start, start + REACH)):
        word = match[1]
        if match.start() != at:
            return 0
        if word in (sought.cues if before in sought.auxiliaries else cues):
            thing = joined and (
                before in sought.modifiers or before in sought.not_before
                or before in sought.joints  # “on show”, “in charge”
                or not (noun or not sought.groups or last in sought.groups)
            )  # fmt: skip
            return 0 if thing else match.end(1)
        joined = joined or word in sought.joints
        if match[2] or count == BETWEEN or not (joined or word in sought.adverbs):
            return 0
        if text[match.start(1)].isupper() or word in sought.owners:  # critics of Roe: a known camp
            return 0
        before, at = word, match.end()
        last = last if word in sought.auxiliaries or word in sought.adverbs else word
    return 0


def _named(sought: _Sought, article: Article, place: Passage) -> bool:
    """Whether the copy says who they are, or has somebody named speak for them."""
    index, start, end = place
    begin, stop = sentence_at(article, index, start)[1]
    if linked(article, Passage(index, begin, stop)):
        return True
    text = article.blocks[index].text
    sentence = f"{text[begin:start]}…{text[end:stop]}"
    if stands(sought.spared, sentence):
        return True
    later = around(article, index, start, 0, sought.sentences)[1:]
    texts = [sentence, *_answering(sought, article, later, index, text[start:end])]
    return any(stands(sought.answers, text) for text in texts) or (
        _sums_up(article, index) and stands(sought.answers, _rest(article, index))
    )


def _answering(
    sought: _Sought, article: Article, later: list[Passage], block: int, source: str
) -> Iterator[str]:
    """The sentences in which one of the source may speak: those of its paragraph, a quotation right
    behind it, and others where somebody of the sort is spoken of."""
    sorts = {word[:_STEM] for word in fold(source).split() if len(word) > _STEM}
    quoted = later[0].block if later and later[0].text(article)[:1] in _QUOTES else block
    for passage in later:
        text = passage.text(article)
        if passage.block in (block, quoted) or not sought.kin:
            yield text
            continue
        words = set(re.findall(r"\w+", fold(text)))
        if not sought.kin.isdisjoint(words) or any(word[:_STEM] in sorts for word in words):
            yield text


def _sums_up(article: Article, index: int) -> bool:
    """Whether a block stands above the byline, or under a label in capitals: “ABSTRACT.”"""
    if index <= _HEAD and any(b.kind == BYLINE for b in article.blocks[index + 1 : _HEAD + 2]):
        return True
    before = article.blocks[index - 1].text if index else ""
    return 0 < len(before) < _LABEL and before.isupper()


def _rest(article: Article, index: int) -> str:
    """The copy after a block."""
    copy = prose(article).copy
    begin = copy.starts[index] + len(article.blocks[index].text)
    return copy.joined[begin : begin + _FARTHEST]
