"""Names above a story that stand for another one in it: “Rodrigo Alba”, “Okonjo”."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from newslint.article import CAPTION
from newslint.kinds.contract import Hit
from newslint.kinds.figures.above import STEM, Above, Token, counts, hit_at
from newslint.kinds.name_variant.known import another_word, same_person
from newslint.language.capitals import not_a_surname
from newslint.language.names import folded
from newslint.language.passage import Passage
from newslint.language.titles import known as title_words

_START = 2
"""First letters that a surname shares with the one that it stands for, after one given name."""
_ALIKE = 0.75
"""The part of the letters of two names that they begin and end with; “Okonjo” and “Okonkwo” have
0.77 in common."""


def renamed(
    above: Above, tokens: list[Token], ambiguous: Collection[str], credits: Collection[str]
) -> Iterator[tuple[Passage, Hit]]:
    """Full names of which the body has another surname: “Rodrigo Alba” for “Rodrigo Alva”.

    Where every word has a capital, and in captions, the two begin with the same letters.
    """
    running = _running(above, tokens)
    for one, token in pairwise(tokens):
        names = above.by_given.get(one.word, ())
        if len(names) != 1 or token.before[-1:] != (one.word,) or not token.word[0].isupper():
            continue
        if len(token.word) < above.shortest or above.in_body(token.word):
            continue
        name = names[0]
        near = folded(token.word)[:_START] == folded(name)[:_START]
        sure = running and one.word not in ambiguous
        if not (near or sure or _titled(above, token)):
            continue
        if another_word(name, token.word, above.known) or not _is_name(above, token):
            continue
        place = Passage(one.place.block, one.place.start, token.place.end)
        if name not in {other.word for other in tokens} and counts(above, place, credits):
            yield place, hit_at(above, place, f"“{one.word} {name}”", name)


def _titled(above: Above, token: Token) -> bool:
    """Whether a title stands before the given name: “Mayor Jane Roe”."""
    lasts = title_words(above.known.titles).lasts
    return len(token.before) > 1 and token.before[-2].lower() in lasts


def mistaken(above: Above, tokens: list[Token]) -> Iterator[tuple[Passage, Hit]]:
    """Names that begin and sound like a surname of the body, and are nowhere in it: “Okonjo”."""
    if not _running(above, tokens):
        return
    words = {token.word for token in tokens}
    for token in tokens[1:]:
        names = above.stems.get(folded(token.word)[:STEM], ())
        if len(names) != 1 or names[0] in words or not token.word[0].isupper():
            continue
        if token.before or token.word.startswith(names[0]) or names[0].startswith(token.word):
            continue
        if not one_person(above, names[0], token):
            continue
        if _alike(folded(token.word), folded(names[0])) >= _ALIKE and above.scope.allows(
            above.article, *token.place
        ):
            yield token.place, hit_at(above, token.place, f"“{names[0]}”", names[0])


def _alike(one: str, other: str) -> float:
    """The part of their letters that two words begin and end with."""
    begin = _shared(one, other)
    end = _shared(one[: begin - 1 : -1], other[: begin - 1 : -1])
    return 2 * (begin + end) / (len(one) + len(other))


def _shared(one: str, other: str) -> int:
    """How many letters two words have in common before the first that differs."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _running(above: Above, tokens: list[Token]) -> bool:
    """Whether a block is written like a sentence, so that a capital shows a name. No caption is:
    it names bystanders as well."""
    if not tokens or above.article.blocks[tokens[0].place.block].kind == CAPTION:
        return False
    long = [token.word for token in tokens[1:] if len(token.word) >= STEM]
    return 2 * sum(word[0].islower() for word in long) >= len(long) > 0


def _is_name(above: Above, token: Token) -> bool:
    """Whether a word behind a given name may be a surname."""
    return not not_a_surname(token.word, above.known.titles)


def one_person(above: Above, name: str, token: Token) -> bool:
    """Whether a word above the story is a surname of the body, misspelt."""
    known, word = above.known, token.word
    if word.casefold() == name.casefold() or word in above.bearers or above.in_body(word):
        return False
    if another_word(name, word, known):
        return False
    given = [one for one in token.before[-1:] if one in title_words(known.titles).given]
    other = above.bearers[name].given
    if given and other:
        return same_person(given, other, known)
    return not not_a_surname(word, known.titles)
