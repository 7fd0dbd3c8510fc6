"""Sorts sources: named, role, anonymous, vague."""

from __future__ import annotations

from newslint.language.attributions.cue import Cue
from newslint.language.attributions.tokens import Sentence
from newslint.language.attributions.types import ANONYMOUS, NAMED, ROLE, VAGUE
from newslint.language.attributions.words import Words


def sort_of(sentence: Sentence, cue: Cue, words: Words) -> str:
    """The sort of the cue's source."""
    if cue.source is None:
        return VAGUE
    tokens = sentence[cue.source[0] : cue.source[1]]
    if _holds(tokens, words.anonymous):
        return ANONYMOUS
    first = tokens[0]
    if len(tokens) == 1 and first.word in words.pronouns and first.word not in words.vague:
        return NAMED
    if any(token.upper and token.word not in words.determiners for token in tokens[1:]):
        return NAMED
    if first.upper and first.word not in words.unnamed:
        return NAMED
    if _holds(sentence, words.anonymity):
        return ANONYMOUS
    if first.word in words.vague:
        return VAGUE
    few = len(tokens) == 2 and first.word not in words.articles
    return VAGUE if few and tokens[1].word in words.vague else ROLE


def _holds(tokens: Sentence, phrases: tuple[str, ...]) -> bool:
    told = f" {' '.join([token.word for token in tokens])} "
    return any(f" {phrase} " in told for phrase in phrases)
