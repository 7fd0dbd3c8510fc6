"""Tells cues that report by themselves from verbs and nouns that only look like them."""

from __future__ import annotations

from newslint.language.attributions.cue import Cue
from newslint.language.attributions.tokens import Sentence
from newslint.language.attributions.words import ACCORDING, BASE, ONGOING, PERHAPS, SAYING, Words

_OF = frozenset({"on", "to", "for", "in"})
_CLAUSE = frozenset({"that", "whether", "how", "why", "if"})


def tells(sentence: Sentence, cue: Cue, words: Words) -> bool:
    """Whether the cue reports something by itself."""
    if cue.source is None:
        return False
    word = sentence[cue.first].word
    if cue.sort == ACCORDING or word in words.firm:
        return True
    if cue.sort not in (SAYING, PERHAPS):
        return False
    after = sentence[cue.last] if cue.last < len(sentence) else None
    if after is not None and (after.word in _CLAUSE or after.quotation >= 0):
        return True
    if word in words.showing:
        told = sentence[cue.source[0] : cue.source[1]]
        return any(token.word in words.papers for token in told)
    if cue.sort == PERHAPS and word not in words.eager:
        return False
    if cue.form == ONGOING and cue.first and sentence[cue.first - 1].is_word:
        return False
    if after is None or not after.is_word:
        return cue.form != BASE and word not in words.noun_forms
    if after.word in words.prepositions and after.word not in words.determiners:
        return len(words.cues[word][0].words) > 1 or after.word in _OF
    return word not in words.noun_forms
