"""A block as sentences of tokens, in which every quotation is one token."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from newslint.language.quotations import Part
from newslint.language.sentences import sentences
from newslint.later import compiled_later

QUOTATION = "\ufdd0"
"""The `word` of a token that is a quotation. No text holds this character: it is no character."""

_TOKEN = compiled_later(
    r"(?:[^\W\d_]\.){2,}|\$?[^\W_]+(?:[.'’&@/‐‑-][^\W_]+)*['’]?|--+|[,;:()\[\]–—-]|\.{3}|…|@|•"
)
_ASKING = frozenset("?!…-—–")
_SHORT = 8
_LONGEST = 300  # Tokens; it keeps hostile copy linear.
_DASHES = {"–": "—", "--": "—", "---": "—", "-": "—", "[": "(", "]": ")"}


class Token(NamedTuple):
    """A word, a mark or a quotation."""

    start: int
    end: int
    word: str
    """Folded; a dash of any form is “—”, a bracket “(” or “)”."""
    upper: bool
    """Begins with a capital letter."""
    quotation: int = -1
    """Which of the block's quotations it is."""

    @property
    def is_word(self) -> bool:
        return self.word[0].isalnum() or self.word[0] in "$@"


_new = tuple.__new__  # Half the time that calling `Token` takes.
Sentence = list[Token]


def tokens_of(text: str, quoted: Sequence[Part]) -> list[Sentence]:
    """The sentences of a block; a sentence is never parted inside a quotation."""
    ends = [end for _, end in sentences(text)]
    if quoted:
        starts = [part.start for part in quoted]
        before = [bisect_left(starts, end) - 1 for end in ends]
        ends = [e for e, at in zip(ends, before, strict=True) if at < 0 or quoted[at].end <= e]
    found: list[Sentence] = []
    here: Sentence = []
    bounds = iter([*ends, len(text) + 1])
    bound = next(bounds)
    for token in _all(text, quoted):
        while token.start >= bound:
            if here:
                found.append(here)
                here = []
            bound = next(bounds)
        here.append(token)
    if here:
        found.append(here)
    return _asked(text, [piece for sentence in found for piece in in_pieces(sentence)])


def _asked(text: str, found: list[Sentence]) -> list[Sentence]:
    """“Why not?” Vale pressed. is one sentence, as far as its speaker goes."""
    kept: list[Sentence] = []
    for sentence in found:
        before = kept[-1][-1] if kept else None
        if (
            before and before.quotation >= 0 and text[before.end - 2 : before.end - 1] in _ASKING
            and len(sentence) < _SHORT and sentence[0].is_word
        ):  # fmt: skip
            kept[-1] = kept[-1] + sentence
        else:
            kept.append(sentence)
    return kept


def tokens_between(text: str, quoted: Sequence[Part], start: int, end: int) -> Sentence:
    """The tokens of one sentence, with the quotations that begin in it."""
    tokens: list[Token] = []
    for index, part in enumerate(quoted):
        if start < part.end and part.start < end:
            tokens += _narrated(text, start, part.start)
            tokens.append(Token(part.start, part.end, QUOTATION, False, index))
            start = part.end
    return tokens + _narrated(text, start, end) if start < end else tokens


def in_pieces(sentence: Sentence) -> list[Sentence]:
    """The sentence, parted where it is longer than any that somebody wrote to be read."""
    if len(sentence) <= _LONGEST:
        return [sentence]
    return [sentence[at : at + _LONGEST] for at in range(0, len(sentence), _LONGEST)]


def _all(text: str, quoted: Sequence[Part]) -> list[Token]:
    return tokens_between(text, quoted, 0, len(text))


def _narrated(text: str, start: int, end: int) -> list[Token]:
    tokens = []
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        folded = _DASHES.get(word) or word.lower()
        if "’" in folded:
            folded = folded.replace("’", "'")
        at = match.start()
        tokens.append(_new(Token, (at, at + len(word), folded, word[0].isupper(), -1)))
    return tokens
