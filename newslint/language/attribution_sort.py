"""Sorts sources: named, role, anonymous, vague."""

from __future__ import annotations

from newslint.language.attribution_cue import Cue
from newslint.language.attribution_tokens import Sentence
from newslint.language.attribution_types import ANONYMOUS, NAMED, ROLE, VAGUE
from newslint.language.attribution_words import Words


def sort_of(sentence: Sentence, cue: Cue, words: Words) -> str:
    """The sort of the cue's source."""
    if cue.source is None:
        return VAGUE
    tokens = sentence[cue.source[0] : cue.source[1]]
    told = " ".join([token.word for token in tokens])
    if any(phrase in told for phrase in words.anonymous):
        return ANONYMOUS
    if len(tokens) == 1 and tokens[0].word in ("he", "she", "i", "we", "it", "who", "you"):
        return NAMED
    if any(token.upper and token.word not in words.determiners for token in tokens[1:]):
        return NAMED
    if tokens[0].upper and tokens[0].word not in words.determiners | words.roles | words.vague:
        return NAMED
    if any(token.word in words.vague for token in tokens):
        return VAGUE
    return ROLE
