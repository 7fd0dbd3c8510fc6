"""Verbs that no lexicon lists, told as cues by where they stand beside a quotation."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.language.attributions.cue import GUESSED, Cue, Range
from newslint.language.attributions.sources import after_cue, before_cue
from newslint.language.attributions.tokens import Sentence, Token
from newslint.language.attributions.words import ACCORDING, PAST, PERHAPS, SAYING, Words

_VERBAL = ("ed", "s", "t", "ew", "oke", "ang")
_LONG = 4  # Tokens of a source before a verb that could be a noun.
_FARTHEST = 12  # Tokens between a subject and the comma before what it says.


def guessed(sentence: Sentence, known: list[Cue], words: Words) -> Iterator[Cue]:
    """Cues beside quotations that have none from the lexicon."""
    sure = (SAYING, ACCORDING, PERHAPS)
    if any(cue.source for cue in known if cue.sort in sure):
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
    if not first.upper and verbal(first, words):
        source = after_cue(sentence, index + 1, words)
        if source is not None and sentence[source[0]].upper:
            return Cue(index, index + 1, GUESSED, PAST, source)
    source = after_cue(sentence, index, words)
    if source is None or not _somebody(sentence, source, words):
        return None
    verb = source[1]
    while verb < len(sentence) and sentence[verb].word in words.active:
        verb += 1
    if verb < len(sentence) and verbal(sentence[verb], words):
        return Cue(verb, verb + 1, GUESSED, PAST, source)
    return None


def _in_front(sentence: Sentence, at: int, words: Words) -> Cue | None:
    """Vale thundered, “…”; the poster targets a “…”."""
    for verb in range(at - 1, max(at - _FARTHEST, 0), -1):
        if not verbal(sentence[verb], words):
            continue
        if any(token.word in words.passive for token in sentence[max(verb - 2, 0) : verb]):
            continue
        source = before_cue(sentence, verb, words)
        if source is None or not _somebody(sentence, source, words):
            continue
        if sentence[verb].word.endswith("ed") or _plain(sentence, source, verb, words):
            return Cue(verb, verb + 1, GUESSED, PAST, source)
    return None


def _plain(sentence: Sentence, source: Range, verb: int, words: Words) -> bool:
    """Whether a short name or pronoun begins a clause and the verb follows at once."""
    before = sentence[source[0] - 1] if source[0] else None
    begins = before is None or not before.is_word or before.word in words.openers
    return begins and source[1] == verb and source[1] - source[0] < _LONG


def verbal(token: Token, words: Words) -> bool:
    """Whether a word looks like a verb of the past or the third person."""
    return (
        token.is_word and not token.upper and token.word.endswith(_VERBAL)
        and token.word not in words.prepositions and token.word not in words.openers
        and token.word not in words.determiners and token.word not in words.pronouns
        and token.word not in words.between and token.word not in words.times
    )  # fmt: skip


def _somebody(sentence: Sentence, source: Range, words: Words) -> bool:
    tokens = sentence[source[0] : source[1]]
    if tokens[-1].word.endswith(("'s", "s'")) or tokens[-1].word in words.possessives:
        return False
    return any(
        token.word in ("he", "she", "they", "i", "we") or token.word in words.roles
        or (token.upper and token.word not in words.pronouns
            and (number or token.word not in words.determiners))
        for number, token in enumerate(tokens)
    )  # fmt: skip
