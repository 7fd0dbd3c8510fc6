"""What stands above and beside a story, held against the story."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from newslint.article import Article
from newslint.finding import Edit
from newslint.kinds.contract import Hit, Scope, slice_edit
from newslint.kinds.name_variant.known import Bearer, Known
from newslint.language.capitals import places_of
from newslint.language.names import folded
from newslint.language.passage import Passage
from newslint.language.quotations import in_quotation
from newslint.language.spelling import Index, index
from newslint.language.titles import known as title_words
from newslint.later import compiled_later

STEM = 4
"""First letters that a name shares with another one that it may be mistaken for."""
_NEAR = 25
"""Characters before and behind a name in which a credit is sought."""
_JOINTS = (" ", "\u00a0", ". ")
_TOKEN = compiled_later(r"[^\W\d_]+")


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
            if len(name) > STEM:
                found.setdefault(folded(name)[:STEM], []).append(name)
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


def tokens_of(article: Article, number: int) -> list[Token]:
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


def is_given(above: Above, one: Token, token: Token) -> bool:
    """Whether a word is a given name that stands directly before the other."""
    return token.before[-1:] == (one.word,) and one.word in title_words(above.known.titles).given


def counts(above: Above, place: Passage, credits: Collection[str]) -> bool:
    """Whether the name is in scope, and not that of a photographer or writer."""
    text = above.article.blocks[place.block].text
    before = _TOKEN.findall(text[max(0, place.start - _NEAR) : place.start])[-2:]
    if len(before) > 1 and before[0][0].islower() and before[0] not in credits:
        before = []  # “the team led by Jane Roe”
    behind = _TOKEN.findall(text[place.end : place.end + _NEAR])[:1]
    if text[place.end : place.end + _NEAR].lstrip().startswith("/"):
        return False
    if any(word.lower() in credits for word in (*before[-1:], *behind)):
        return False
    return above.scope.allows(above.article, *place)


def hit_at(above: Above, place: Passage, other: str, name: str, mend: bool = False) -> Hit:
    """A finding; with an edit where asked for, the story has the name more than once, and no
    quotation is touched."""
    article, uses = above.article, above.uses.get(name, ())
    related = ((uses[0].span(article), "in the body"),) if uses else ()
    edits: tuple[Edit, ...] = ()
    if mend and len(uses) > 1 and not in_quotation(article, place.block, place.start, place.end):
        edits = slice_edit(article, article.blocks[place.block], place.start, place.end, name)
    values = {"match": place.text(article), "other": other, "name": name or other}
    return Hit(place.span(article), values, edits, related, proper=True)
