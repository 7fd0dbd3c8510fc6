"""Check `headline-name`: the headline, a standfirst or a caption names whom the body does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, partial
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from newslint.article import CAPTION, Article
from newslint.finding import Edit
from newslint.kinds.contract import Finder, Hit, Informed, Scope, slice_edit
from newslint.kinds.name_variant.known import (
    Bearer,
    Known,
    another_word,
    bearers_of,
    same_person,
)
from newslint.language.capitals import capitals_in, not_a_surname, places_of
from newslint.language.names import folded
from newslint.language.passage import Passage
from newslint.language.people import people
from newslint.language.quotations import in_quotation
from newslint.language.spelling import Index, index, respellings, speller
from newslint.language.titles import known as title_words
from newslint.matching import Clues, Needs
from newslint.reference import Reference

_NEAR = 25
"""Characters before and behind a name in which a credit is sought."""
_JOINTS = (" ", "\u00a0", ". ")
_STEM = 4
"""First letters that a name shares with another one that it may be mistaken for."""
_START = 2
"""The same where the given name is one as well."""
_ALIKE = 0.75
"""The part of the letters of two names that they begin and end with; “Okonjo” and “Okonkwo” have
0.77 in common."""
_TOKEN = re.compile(r"[^\W\d_]+")
NOBODY = "nobody of that name"


class HeadlineName(Informed, frozen=True, tag="headline-name", kw_only=True):
    """Names in what stands above and beside a story, held against the story."""

    alike: dict[str, str]
    """What is written, and what stands for it: letters that sound alike in names."""
    endings: tuple[str, ...]
    """What makes another word of a name and no other spelling: plurals, adjectives."""
    shortest: int = 4
    """Letters of a surname; shorter ones are near to too many words."""
    body: int = 100
    """Words that a body has at least where a name is missed in it altogether."""
    ambiguous: tuple[str, ...] = ()
    """Given names that are words as well; a name that begins with one is not missed."""
    credits: tuple[str, ...] = ()
    """Words in lower case that stand before or behind the name of a photographer or writer."""


class Token(NamedTuple):
    """A word above the story."""

    word: str
    before: tuple[str, ...]
    """Up to three capitalised words directly before it."""
    place: Passage


class Above(Struct, frozen=True, dict=True):
    """An article in two parts: what stands above and beside the story, and the story."""

    article: Article
    scope: Scope
    known: Known
    bearers: dict[str, Bearer]
    """Of the story."""

    @property
    def shortest(self) -> int:
        """Letters of a word that may be a misspelt name."""
        return self.known.shortest

    @cached_property
    def near(self) -> Index:
        """The surnames of the story."""
        names = (name for name in self.bearers if len(name) >= self.shortest)
        return index(names, self.known.spell)

    @cached_property
    def words(self) -> frozenset[str]:
        """Of the story."""
        blocks = self.article.blocks
        return frozenset(
            word
            for block in blocks
            if block.kind not in self.scope.kinds
            for word in _TOKEN.findall(block.text)
        )

    @cached_property
    def stems(self) -> dict[str, list[str]]:
        """The surnames of the story by their first letters."""
        found: dict[str, list[str]] = {}
        for name in self.bearers:
            if len(name) > _STEM:
                found.setdefault(folded(name)[:_STEM], []).append(name)
        return found

    @cached_property
    def by_given(self) -> dict[str, list[str]]:
        """The surnames of the story by given name."""
        found: dict[str, list[str]] = {}
        for name, bearer in self.bearers.items():
            for given in bearer.given:
                found.setdefault(given, []).append(name)
        return found

    def in_body(self, word: str) -> bool:
        """Whether the story has this word, as it stands, in lower case or capitals."""
        return not self.words.isdisjoint((word, word.lower(), word.capitalize(), word.upper()))

    @cached_property
    def uses(self) -> dict[str, list[Passage]]:
        """By surname of the story: where it stands there."""
        blocks, kinds = self.article.blocks, self.scope.kinds
        return {
            name: [p for p in places_of(self.article, name) if blocks[p.block].kind not in kinds]
            for name in self.bearers
        }


def build(options: HeadlineName, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    known = Known(
        lexicons=reference.lexicons_with(options.lexicons),
        spell=speller(tuple(options.alike.items())),
        endings=options.endings,
        shortest=options.shortest,
        people=reference.people,
        words=reference.known_words,
    )
    return Finder(partial(_find, options, scope, known), Needs())


def _find(
    options: HeadlineName, scope: Scope, known: Known, article: Article, _: Clues
) -> Iterator[Hit]:
    if not people(article, known.titles).mentions:
        return
    above = Above(article, scope, known, bearers_of(article, known, scope.kinds))
    found: dict[Passage, Hit] = {}
    maybe: list[list[Token]] = []
    for number, block in enumerate(article.blocks):
        if block.kind in scope.kinds and _worth_it(above, block.text):
            tokens = _tokens(article, number)
            maybe.append(tokens)
            for place, hit in (*_misspelt(above, tokens), *_others(above, tokens, options)):
                found.setdefault(place, hit)
            for place, hit in (*_renamed(above, tokens, options), *_mistaken(above, tokens)):
                if not any(place.start < one.end and one.start < place.end
                           for one in found if one.block == number):  # fmt: skip
                    found[place] = hit
    if maybe and not found and _body_words(above) >= options.body:
        for tokens in maybe:
            found.update(_strangers(above, tokens, options))
    yield from (hit for _, hit in sorted(found.items()))


def _worth_it(above: Above, text: str) -> bool:
    """Whether a block has a given name, or a word that is near to a surname of the story."""
    words = capitals_in(text)
    if not title_words(above.known.titles).given.isdisjoint(words):
        return True
    if any(w in above.by_given or folded(w)[:_STEM] in above.stems for w in words):
        return True
    return next(respellings(above.near, words), None) is not None


def _tokens(article: Article, number: int) -> list[Token]:
    """The words of a block, each with the capitalised words directly before it."""
    found: list[Token] = []
    before: tuple[str, ...] = ()
    end = 0
    text = article.blocks[number].text
    for match in _TOKEN.finditer(text):
        if text[end : match.start()] not in _JOINTS:
            before = ()
        found.append(Token(match[0], before, Passage(number, *match.span())))
        before = (*before[-2:], match[0]) if match[0][0].isupper() else ()
        end = match.end()
    return found


def _body_words(above: Above) -> int:
    blocks = above.article.blocks
    return sum(b.text.count(" ") + 1 for b in blocks if b.kind not in above.scope.kinds)


def _misspelt(above: Above, tokens: list[Token]) -> Iterator[tuple[Passage, Hit]]:
    """Words that are a surname of the body but for a letter."""
    words = {token.word for token in tokens}
    near = [word for word in words if word[0].isupper() and len(word) >= above.shortest]
    bearing: dict[str, set[str]] = {}
    for name, word in respellings(above.near, sorted(near)):
        bearing.setdefault(word, set()).add(name)
    for token in tokens:
        names = sorted(bearing.get(token.word, ()))
        if len(names) != 1 or names[0] in words or not _one_person(above, names[0], token):
            continue
        if above.scope.allows(above.article, *token.place):
            yield token.place, _hit(above, token.place, f"“{names[0]}”", names[0], mend=True)


def _one_person(above: Above, name: str, token: Token) -> bool:
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


def _others(
    above: Above, tokens: list[Token], options: HeadlineName
) -> Iterator[tuple[Passage, Hit]]:
    """Full names of which the body has another given name."""
    known = above.known
    for one, token in pairwise(tokens):
        bearer = above.bearers.get(token.word)
        if bearer is None or not bearer.given or not _is_given(above, one, token):
            continue
        if same_person(token.before, bearer.given, known) or above.in_body(one.word):
            continue
        place = Passage(one.place.block, one.place.start, token.place.end)
        if _counts(above, place, options):
            yield place, _hit(above, place, f"“{min(bearer.given)} {token.word}”", token.word)


def _renamed(
    above: Above, tokens: list[Token], options: HeadlineName
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
        sure = running and one.word not in options.ambiguous
        if not (near or sure or _titled(above, token)):
            continue
        if another_word(name, token.word, above.known) or not _is_name(above, token):
            continue
        place = Passage(one.place.block, one.place.start, token.place.end)
        if name not in {other.word for other in tokens} and _counts(above, place, options):
            yield place, _hit(above, place, f"“{one.word} {name}”", name)


def _titled(above: Above, token: Token) -> bool:
    """Whether a title stands before the given name: “Mayor Jane Roe”."""
    lasts = title_words(above.known.titles).lasts
    return len(token.before) > 1 and token.before[-2].lower() in lasts


def _mistaken(above: Above, tokens: list[Token]) -> Iterator[tuple[Passage, Hit]]:
    """Names that begin and sound like a surname of the body, and are nowhere in it: “Okonjo”."""
    if not _running(above, tokens):
        return
    words = {token.word for token in tokens}
    for token in tokens[1:]:
        names = above.stems.get(folded(token.word)[:_STEM], ())
        if len(names) != 1 or names[0] in words or not token.word[0].isupper():
            continue
        if token.before or token.word.startswith(names[0]) or names[0].startswith(token.word):
            continue
        if not _one_person(above, names[0], token):
            continue
        if _alike(folded(token.word), folded(names[0])) >= _ALIKE and above.scope.allows(
            above.article, *token.place
        ):
            yield token.place, _hit(above, token.place, f"“{names[0]}”", names[0])


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
    long = [token.word for token in tokens[1:] if len(token.word) >= _STEM]
    return 2 * sum(word[0].islower() for word in long) >= len(long) > 0


def _is_name(above: Above, token: Token) -> bool:
    """Whether a word behind a given name may be a surname."""
    return not not_a_surname(token.word, above.known.titles)


def _strangers(
    above: Above, tokens: list[Token], options: HeadlineName
) -> Iterator[tuple[Passage, Hit]]:
    """Full names of which the body has no part at all; captions name bystanders, so not there."""
    if not tokens or above.article.blocks[tokens[0].place.block].kind == CAPTION:
        return
    for one, token in pairwise(tokens):
        if not _is_given(above, one, token) or one.word in options.ambiguous:
            continue
        if not token.word[0].isupper() or len(token.word) < above.shortest:
            continue
        place = Passage(one.place.block, one.place.start, token.place.end)
        if above.in_body(one.word) or above.in_body(token.word):
            continue
        if _counts(above, place, options):
            yield place, _hit(above, place, NOBODY, "")


def _is_given(above: Above, one: Token, token: Token) -> bool:
    """Whether a word is a given name that stands directly before the other."""
    return token.before[-1:] == (one.word,) and one.word in title_words(above.known.titles).given


def _counts(above: Above, place: Passage, options: HeadlineName) -> bool:
    """Whether the name is in scope, and not that of a photographer or writer."""
    text = above.article.blocks[place.block].text
    before = _TOKEN.findall(text[max(0, place.start - _NEAR) : place.start])[-2:]
    if len(before) > 1 and before[0][0].islower() and before[0] not in options.credits:
        before = []  # “the team led by Jane Roe”
    behind = _TOKEN.findall(text[place.end : place.end + _NEAR])[:1]
    if text[place.end : place.end + _NEAR].lstrip().startswith("/"):
        return False
    if any(word.lower() in options.credits for word in (*before[-1:], *behind)):
        return False
    return above.scope.allows(above.article, *place)


def _hit(above: Above, place: Passage, other: str, name: str, mend: bool = False) -> Hit:
    """A finding; with an edit where asked for, the story has the name more than once, and no
    quotation is touched."""
    article, uses = above.article, above.uses.get(name, ())
    related = ((uses[0].span(article), "in the body"),) if uses else ()
    edits: tuple[Edit, ...] = ()
    if mend and len(uses) > 1 and not in_quotation(article, place.block, place.start, place.end):
        edits = slice_edit(article, article.blocks[place.block], place.start, place.end, name)
    values = {"match": place.text(article), "other": other, "name": name or other}
    return Hit(place.span(article), values, edits, related)
