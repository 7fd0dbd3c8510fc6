"""Chooses the cue that speaks for a quotation, in its own sentence or in one near it."""

from __future__ import annotations

from typing import NamedTuple

from newslint.language.attributions.cue import DASH, GUESSED, NOUN, Cue, Range
from newslint.language.attributions.cues import cues_of
from newslint.language.attributions.telling import tells
from newslint.language.attributions.tokens import Sentence
from newslint.language.attributions.words import (
    ACCORDING,
    JUDGING,
    ONGOING,
    PERHAPS,
    SAYING,
    Words,
)

LONG_NAME = 6
"""Tokens; what is longer is no name alone."""
_NO_PERSON = frozenset({"it", "they", "this", "that", "we", "you", "there"})
_AT_ONCE = 3  # Tokens of “That line” before its “from”.
_COPULA = frozenset({"is", "was", "were", "are"})
_SURE = frozenset({SAYING, ACCORDING})


class Read(NamedTuple):
    """A block with its sentences and their cues."""

    block: int
    sentences: list[Sentence]
    places: dict[int, tuple[int, int]]
    """For each quotation of the block its sentence and its token there."""
    words: Words
    known: dict[int, list[Cue]]
    """The cues of the sentences that were asked for so far."""

    def cues(self, number: int) -> list[Cue]:
        """The cues of a sentence."""
        if number not in self.known:
            self.known[number] = cues_of(self.sentences[number], self.words)
        return self.known[number]


class Spoken(NamedTuple):
    """Which cue of which sentence speaks for a quotation."""

    read: Read
    sentence: int
    cue: Cue


def own(read: Read, number: int, at: int, hangs: bool, whole: bool) -> Cue | None:
    """The cue of its own sentence that speaks for the quotation at token `at`."""
    sentence = read.sentences[number]
    best: Cue | None = None
    rank = 10_000
    for cue in read.cues(number):
        if cue.source is None or cue.source[0] <= at < cue.source[1]:
            continue
        begin = min(cue.first, cue.source[0])
        finish = max(cue.last, cue.source[1])
        sure = cue.sort in _SURE
        if finish <= at:
            if hangs and not sure:
                continue
            distance = 2 + 2 * (at - finish)
            near = cue.sort == GUESSED or at - finish <= (4 if cue.sort == PERHAPS else 1)
            near = near or _leads_to(sentence, cue, at)
        elif begin > at:
            distance = 1 + 2 * (begin - at)
            near = begin - at <= 1 or (begin - at == 2 and not sentence[at + 1].is_word)
            distance = distance if distance < 6 else distance + 40
        else:
            distance, near = 4, True
        if whole and not near and not sure:
            continue
        distance += 0 if sure else {PERHAPS: 1, JUDGING: 2, GUESSED: 50}.get(cue.sort, 3)
        if distance < rank:
            best, rank = cue, distance
    return best


def _leads_to(sentence: Sentence, cue: Cue, at: int) -> bool:
    """Whether a colon, or after a noun “was”, stands between the cue and the quotation."""
    before = [token.word for token in sentence[max(at - 2, 0) : at]]
    if before and before[-1] in (":", "—"):
        return True
    return cue.sort == NOUN and not _COPULA.isdisjoint(before)


def strong(read: Read, number: int, first: bool, near: bool, words: Words) -> Cue | None:
    """The last (or first) cue of a sentence that surely reports speech.

    `near`: the sentence is the one before, where other verbs will do: “Vale shrugged. “…””.
    """
    sentence = read.sentences[number]
    sure = [
        cue for cue in read.cues(number)
        if cue.source is not None
        and (
            cue.sort == DASH
            or (cue.sort in _SURE and (tells(sentence, cue, words) or _acts(sentence, cue, words)))
            or (cue.sort in (SAYING, PERHAPS) and _reports(sentence, cue))
            or (cue.sort == NOUN and first and near and cue.first < _AT_ONCE)
            or (
                near and not first and cue.sort in (PERHAPS, JUDGING) and cue.form != ONGOING
                and person(sentence, cue.source)
            )
        )
    ]  # fmt: skip
    return (sure[0] if first else sure[-1]) if sure else None


def _reports(sentence: Sentence, cue: Cue) -> bool:
    """Whether “that”, a colon or a quotation stands beside the cue."""
    near = sentence[max(cue.first - 3, 0) : cue.last + 2]
    return any(token.word == "that" or token.word == ":" or token.quotation >= 0 for token in near)


def _acts(sentence: Sentence, cue: Cue, words: Words) -> bool:
    """Whether somebody by name does what the cue says, and it is no noun."""
    plain = sentence[cue.first].word not in words.noun_forms and cue.form != ONGOING
    return plain and cue.source is not None and person(sentence, cue.source)


def person(sentence: Sentence, source: Range) -> bool:
    """Whether the source is a name or a pronoun for one person."""
    last = sentence[source[1] - 1]
    if last.word in _NO_PERSON or last.word.endswith("'s"):
        return False
    return last.word in ("he", "she") or (last.upper and source[1] - source[0] < LONG_NAME)
