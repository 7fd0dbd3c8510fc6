"""Verbs that no lexicon lists, told as cues by where they stand beside a quotation."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.language.attribution_cue import GUESSED, Cue, Range
from newslint.language.attribution_sources import after_cue, leading
from newslint.language.attribution_tokens import Sentence, Token
from newslint.language.attribution_words import PAST, Words

_VERBAL = ("ed", "s", "t", "ew", "oke", "ang")
_FARTHEST = 8  # Tokens between a subject and the comma before what it says.


def guessed(sentence: Sentence, known: list[Cue], words: Words) -> Iterator[Cue]:
    """Cues beside quotations that have none from the lexicon."""
    if any(cue.source for cue in known):
        return
    for at, token in enumerate(sentence):
        if token.quotation < 0:
            continue
        cue = _behind(sentence, at, words) or _in_front(sentence, at, words)
        if cue is not None:
            yield cue


def _behind(sentence: Sentence, at: int, words: Words) -> Cue | None:
    """“…,” Vale deadpanned; “…,” deadpanned Vale."""
    index = at + 1
    if index + 1 >= len(sentence):
        return None
    first = sentence[index]
    if not first.is_word:
        return None
    if not first.upper and _verbal(first, words):
        source = after_cue(sentence, index + 1, words)
        if source is not None and sentence[source[0]].upper:
            return Cue(index, index + 1, GUESSED, PAST, source)
    source = after_cue(sentence, index, words)
    if source is None or not _somebody(sentence, source, words):
        return None
    verb = source[1]
    while verb < len(sentence) and sentence[verb].word in words.between:
        verb += 1
    if verb < len(sentence) and _verbal(sentence[verb], words):
        return Cue(verb, verb + 1, GUESSED, PAST, source)
    return None


def _in_front(sentence: Sentence, at: int, words: Words) -> Cue | None:
    """Vale thundered, “…”; the poster targets a “…”."""
    source = leading(sentence, 0, at, words)
    if source is None or not _somebody(sentence, source, words):
        return None
    verb = source[1]
    while verb < at and sentence[verb].word in words.between:
        verb += 1
    if verb < at and _verbal(sentence[verb], words) and at - verb <= _FARTHEST:
        return Cue(verb, verb + 1, GUESSED, PAST, source)
    return None


def _verbal(token: Token, words: Words) -> bool:
    return (
        token.is_word and not token.upper and token.word.endswith(_VERBAL)
        and token.word not in words.prepositions and token.word not in words.openers
    )  # fmt: skip


def _somebody(sentence: Sentence, source: Range, words: Words) -> bool:
    tokens = sentence[source[0] : source[1]]
    if tokens[-1].word.endswith(("'s", "s'")) or tokens[-1].word in words.possessives:
        return False
    return any(
        (token.upper and (number or token.word not in words.determiners))
        or token.word in words.roles
        or token.word in ("he", "she", "they", "i", "we")
        for number, token in enumerate(tokens)
    )
