"""Indirect reports: sentences in which the outlet tells what somebody says, without marks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from newslint.article import (
    CAPTION,
    HEADLINE,
    LIST_ITEM,
    PARAGRAPH,
    STANDFIRST,
    SUBHEADING,
    Article,
)
from newslint.language.attributions.cue import Cue
from newslint.language.attributions.cues import cues_of
from newslint.language.attributions.sort import sort_of
from newslint.language.attributions.telling import tells
from newslint.language.attributions.tokens import Sentence, in_pieces, tokens_between
from newslint.language.attributions.types import Attribution, Source
from newslint.language.attributions.words import ACCORDING, BASE, ONGOING, PERHAPS, SAYING, Words
from newslint.language.passage import Passage
from newslint.language.quotations import Part, Range, quotations
from newslint.language.sentences import sentences
from newslint.matching import prose

_KINDS = frozenset({HEADLINE, STANDFIRST, SUBHEADING, PARAGRAPH, LIST_ITEM, CAPTION})


def reports_of(article: Article, words: Words) -> Iterator[Attribution]:
    """The indirect reports of an article in reading order, agentless ones among them."""
    if not article.blocks:
        return
    for block, places in _places(article, words).items():
        text = article.blocks[block].text
        parts = _parts(article, block)
        for start, end in _sentences_with(text, places, parts):
            for sentence in in_pieces(tokens_between(text, parts, start, end)):
                for cue in cues_of(sentence, words):
                    if tells(sentence, cue, words):
                        yield _report(block, sentence, cue, words)
                yield from _agentless(block, sentence, words)


def _places(article: Article, words: Words) -> dict[int, list[int]]:
    """By block, where a word stands that may be a cue."""
    area = prose(article).copy
    folded = area.folded
    length = len(folded)
    found: dict[int, list[int]] = {}
    for _, start, end in _automaton(words).find_matches_as_indexes(folded):
        if (start and folded[start - 1].isalnum()) or (end < length and folded[end].isalnum()):
            continue
        if folded[start] == ",":
            start += 2
        block, base = area.place(start)
        found.setdefault(block, []).append(start - base)
    return {
        block: places for block, places in found.items() if article.blocks[block].kind in _KINDS
    }


@cache
def _automaton(words: Words) -> AhoCorasick:
    """Finds the forms that are worth a closer look."""
    phrases: dict[str, None] = {}
    for terms in words.cues.values():
        for term in terms:
            phrase = " ".join(term.words)
            if term.sort == ACCORDING:
                phrases[phrase] = None
            elif term.sort not in (SAYING, PERHAPS):
                continue
            elif term.sort == PERHAPS or term.form == BASE or term.words[0] in words.noun_forms:
                phrases[f"{phrase} that"] = None
            else:
                phrases[f", {phrase}" if term.form == ONGOING else phrase] = None
    phrases |= dict.fromkeys(
        (*words.eager, *words.showing, *words.firm, *_agentless_phrases(words))
    )
    return AhoCorasick(list(phrases), matchkind=MatchKind.LeftmostLongest)


def _agentless_phrases(words: Words) -> Iterator[str]:
    for phrases in words.agentless.values():
        yield from (" ".join(phrase) for phrase in phrases)


def _parts(article: Article, block: int) -> list[Part]:
    if not quotations(article).ranges[block]:
        return []
    return [p for q in quotations(article).joined for p in q.parts if p.block == block]


def _sentences_with(text: str, places: list[int], parts: list[Part]) -> Iterator[Range]:
    """The sentences in which one of the places stands, outside quotations."""
    told = [at for at in places if not any(part.start <= at < part.end for part in parts)]
    if not told:
        return
    for start, end in sentences(text):
        if any(start <= at < end for at in told):
            yield start, end


def _agentless(block: int, sentence: Sentence, words: Words) -> Iterator[Attribution]:
    """“It is believed that …”: reports that nobody stands behind."""
    for index, token in enumerate(sentence):
        for phrase in words.agentless.get(token.word, ()):
            last = index + len(phrase)
            if tuple([one.word for one in sentence[index:last]]) == phrase:
                cue = Cue(index, last, ACCORDING, BASE, None)
                where = Passage(block, token.start, sentence[last - 1].end)
                yield Attribution(_content(block, sentence, cue), where, None)
                break


def _report(block: int, sentence: Sentence, cue: Cue, words: Words) -> Attribution:
    first, last = cue.source or (cue.first, cue.last)
    place = Passage(block, sentence[first].start, sentence[last - 1].end)
    where = Passage(block, sentence[cue.first].start, sentence[cue.last - 1].end)
    content = _content(block, sentence, cue)
    return Attribution(content, where, Source(place, sort_of(sentence, cue, words)))


def _content(block: int, sentence: Sentence, cue: Cue) -> tuple[Passage, ...]:
    """What follows the cue in its sentence, else what stands before it."""
    first, last = cue.source or (cue.first, cue.last)
    begin, end = min(cue.first, first), max(cue.last, last)
    behind = [token for token in sentence[end:] if token.is_word or token.quotation >= 0]
    before = [token for token in sentence[:begin] if token.is_word or token.quotation >= 0]
    if behind and (not before or cue.sort != ACCORDING):
        return (Passage(block, behind[0].start, behind[-1].end),)
    if before:
        return (Passage(block, before[0].start, before[-1].end),)
    return ()
