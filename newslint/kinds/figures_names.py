"""Check `headline-name`: the headline, a standfirst or a caption names whom the body does not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cached_property, partial
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from newslint.article import CAPTION, Article, Block, Span
from newslint.finding import Edit
from newslint.kinds.contract import Finder, Hit, Informed, Scope, slice_edit
from newslint.kinds.name_variant_forms import (
    Bearer,
    Known,
    another_word,
    bearers_of,
    same_person,
)
from newslint.language.capitals import not_a_surname, places_of, words_of
from newslint.language.passage import Passage
from newslint.language.people import people
from newslint.language.spelling import Index, index, respellings, speller
from newslint.language.titles import known as title_words
from newslint.matching import Clues, Needs
from newslint.reference import Reference

_JOINTS = (" ", "\u00a0", ". ")
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

    def in_body(self, word: str) -> bool:
        """Whether the story has this word, as it stands, in lower case or capitals."""
        return any(
            self.article.blocks[place.block].kind not in self.scope.kinds
            for form in {word, word.lower(), word.capitalize(), word.upper()}
            for place in places_of(self.article, form)
        )


def build(options: HeadlineName, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    known = Known(
        reference.lexicons_with(options.lexicons), speller(tuple(options.alike.items())),
        options.endings, {}, 1, options.shortest, (), frozenset(), reference.people, reference.known_words,
    )  # fmt: skip
    return Finder(partial(_find, options, scope, known), Needs())


def _find(
    options: HeadlineName, scope: Scope, known: Known, article: Article, _: Clues
) -> Iterator[Hit]:
    if not people(article, known.titles).mentions:
        return
    above = Above(article, scope, known, bearers_of(article, known, scope.kinds))
    heads = [n for n, block in enumerate(article.blocks) if block.kind in scope.kinds]
    tokens = {number: _tokens(article, number) for number in heads}
    found: dict[Passage, Hit] = {}
    for number in heads:
        for place, hit in (*_misspelt(above, tokens[number]), *_others(above, tokens[number])):
            found.setdefault(place, hit)
    if not found and _body_words(above) >= options.body:
        for number in heads:
            found.update(_strangers(above, tokens[number], options.ambiguous))
    yield from (hit for _, hit in sorted(found.items()))


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
        if len(names) == 1 and names[0] not in words and _one_person(above, names[0], token):
            block = above.article.blocks[token.place.block]
            if above.scope.allows(above.article, *token.place):
                edits = slice_edit(above.article, block, token.place.start, token.place.end, names[0])
                yield token.place, _hit(above, token.place, f"“{names[0]}”", names[0], edits)


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


def _others(above: Above, tokens: list[Token]) -> Iterator[tuple[Passage, Hit]]:
    """Full names of which the body has another given name."""
    known = above.known
    for token in tokens:
        bearer = above.bearers.get(token.word)
        given = [one for one in token.before[-1:] if one in title_words(known.titles).given]
        if bearer is None or not bearer.given or not given:
            continue
        if same_person(token.before, bearer.given, known) or any(map(above.in_body, given)):
            continue
        text = above.article.blocks[token.place.block].text
        start = text.rindex(given[0], 0, token.place.start)
        place = Passage(token.place.block, start, token.place.end)
        if above.scope.allows(above.article, *place):
            other = f"“{min(bearer.given)} {token.word}”"
            yield place, _hit(above, place, other, token.word)


def _strangers(
    above: Above, tokens: list[Token], ambiguous: Collection[str]
) -> Iterator[tuple[Passage, Hit]]:
    """Full names of which the body has no part at all; captions name bystanders, so not there."""
    article, words = above.article, title_words(above.known.titles)
    block = article.blocks[tokens[0].place.block] if tokens else None
    if block is None or block.kind == CAPTION:
        return
    for one, token in pairwise(tokens):
        if token.before[-1:] != (one.word,) or not token.word[0].isupper():
            continue
        if one.word not in words.given or one.word in ambiguous or len(token.word) < above.shortest:
            continue
        place = Passage(one.place.block, one.place.start, token.place.end)
        missing = not above.in_body(one.word) and not above.in_body(token.word)
        if missing and above.scope.allows(article, *place):
            yield place, _hit(above, place, NOBODY, "")


def _hit(
    above: Above, place: Passage, other: str, name: str, edits: tuple[Edit, ...] = ()
) -> Hit:
    related: list[tuple[Span, str]] = []
    for there in places_of(above.article, name) if name else ():
        if above.article.blocks[there.block].kind not in above.scope.kinds:
            related.append((there.span(above.article), "in the body"))
            break
    values = {"match": place.text(above.article), "other": other, "name": name or other}
    return Hit(place.span(above.article), values, edits, tuple(related))
