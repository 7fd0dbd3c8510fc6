"""Products on sale inside a story: lines that press a product on the reader, prices, coupons.

A product line is a name, a dash or a colon, and a pitch. What speaks for one: the name ends in a
thing that is sold, the pitch begins with an imperative, it speaks to the reader, it praises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from msgspec import field

from newslint.article import Article
from newslint.kinds.contract import Finder, Hit, Scope
from newslint.kinds.phrases import Phrases, Place, in_sentence, places
from newslint.kinds.promotion.declared import LEXICON, sells, shelf
from newslint.language.lexicon import Lexicons
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, fold, prose
from newslint.patterns import whole_words
from newslint.reference import Reference

_MARKS = (": ", "–", "—", " - ", " | ")
_MARK = compiled_later("|".join(map(re.escape, _MARKS)))
"""What stands between the name of a product and its pitch."""
_HEAD = 80
"""Code points of a product line in which its mark stands."""
_WORD = compiled_later(r"[^\W_]+(?:['’-][^\W_]+)*")
_SMALL = 3
"""Letters; so short a word of a name may be in lower case."""
_LONGEST_PRODUCT = 3
"""Words of a thing that is sold."""


class Products(Phrases, frozen=True, tag="products", kw_only=True):
    """What sells products, in an article that does not declare that it does."""

    products: tuple[str, ...]
    """Things that are sold, as the last words of a product's name."""
    imperatives: tuple[str, ...]
    """Verbs that a pitch begins with."""
    address: tuple[str, ...]
    """Words that speak to the reader."""
    praise: tuple[str, ...]
    """Words of a pitch."""
    signs: int = 3
    """Of the four signs of a product line so many must be there; one fewer beside such a line."""
    addressed: float = 0.01
    """Share of words that speak to the reader above which an article is advice: all four then."""
    longest: int = 240
    """Characters of a product line."""
    words: int = 7
    """Words of a product's name."""
    lexicons: dict[str, dict[str, Any]] = field(default_factory=dict)
    """As in `Informed`."""


_FOOT = 8
"""Blocks at the end of an article: what has the form of an offer there is one."""


class _Sets(NamedTuple):
    products: frozenset[str]
    endings: frozenset[str]
    """The last words of the products."""
    imperatives: frozenset[str]
    address: frozenset[str]
    praise: tuple[str, ...]


class _Line(NamedTuple):
    block: int
    name: int
    """Where the product's name ends."""
    signs: int


def products(options: Products, scope: Scope, reference: Reference) -> Finder:
    """A finder for products on sale."""
    lexicons = shelf(reference, options.lexicons)
    sets = _Sets(
        frozenset(map(fold, options.products)),
        frozenset(fold(product.split()[-1]) for product in options.products if product.strip()),
        frozenset(map(fold, options.imperatives)),
        frozenset(map(fold, options.address)),
        tuple(map(fold, options.praise)),
    )
    needs = options.needs()
    find = partial(_find, options, scope, lexicons, sets)
    return Finder(find, Needs(needs.terms, needs.patterns, anyway=True))


def _find(
    options: Products, scope: Scope, lexicons: Lexicons, sets: _Sets, article: Article,
    clues: Clues,
) -> Iterator[Hit]:  # fmt: skip
    lines = {line.block: line for line in _lines(options, scope, sets, article)}
    found = [place for place in places(options, scope, article, clues) if place.block not in lines]
    found += [_line_place(article, line) for line in lines.values()]
    if not found or sells(article, lexicons[LEXICON]):
        return
    for place in sorted(found):
        block = article.blocks[place.block]
        end = lines[place.block].name if place.block in lines else place.end
        values = {"match": block.text[place.start : end].strip()}
        yield Hit(block.span(place.start, place.end), values)


def _line_place(article: Article, line: _Line) -> Place:
    text = article.blocks[line.block].text
    return Place(line.block, len(text) - len(text.lstrip()), len(text.rstrip()))


def _lines(options: Products, scope: Scope, sets: _Sets, article: Article) -> list[_Line]:
    """The product lines of the article, in their order."""
    found = []
    for index in _marked(article):
        text = article.blocks[index].text
        at_the_end = index >= len(article.blocks) - _FOOT
        short = len(text) <= options.longest
        line = _line(options, sets, index, text, at_the_end) if short else None
        if line and scope.allows(article, index, 0, line.name):
            found.append(line)
    strong = {line.block for line in found if line.signs >= options.signs}
    if not strong:
        return []
    if _is_advice(options, sets, article, {line.block for line in found}):
        return [line for line in found if line.signs > options.signs]
    beside = {block + step for block in strong for step in (-1, 0, 1)}
    spared = options.except_sentence
    return [
        line
        for line in found
        if line.block in beside
        and not in_sentence(article, Place(line.block, line.name, line.name), spared)
    ]


def _marked(article: Article) -> list[int]:
    """The blocks in which such a mark stands."""
    area, found = prose(article).copy, set()
    for mark in _MARKS:
        at = area.joined.find(mark)
        while at >= 0:
            index, start = area.place(at)
            found.add(index)
            at = area.joined.find(mark, start + len(article.blocks[index].text))
    return sorted(found)


def _line(options: Products, sets: _Sets, index: int, text: str, at_the_end: bool) -> _Line | None:
    """The line where it has all but one of the signs that it needs."""
    mark = _MARK.search(text, 0, _HEAD)
    if mark is None:
        return None
    name = text[: mark.start()].split()
    if not 1 <= len(name) <= options.words:
        return None
    product = fold(name[-1]) in sets.endings and _is_product(sets, name)
    if (":" in mark[0] and not product) or not all(map(_in_name, name)):
        return None
    folded = fold(text[mark.end() :].lstrip())
    words = _WORD.findall(folded)
    asks = bool(words) and words[0] in sets.imperatives
    addressed = not sets.address.isdisjoint(words)
    titled = asks and addressed and at_the_end and ":" not in mark[0] and _is_title(name)
    signs = product + asks + titled + addressed
    if signs + 1 < options.signs - 1:
        return None
    praised = any(_praises(word, folded) for word in sets.praise)
    if signs + praised < options.signs - 1 or not (product or praised or titled):
        return None
    return _Line(index, mark.start(), signs + praised)


def _is_title(name: list[str]) -> bool:
    """Whether a name looks like that of a shelf in a shop: “Solar Power Banks”."""
    return len(name) > 1 and name[-1].endswith("s") and all(word[0].isupper() for word in name)


def _in_name(word: str) -> bool:
    return not word[0].islower() or len(word) <= _SMALL


def _is_product(sets: _Sets, name: list[str]) -> bool:
    folded = [fold(word) for word in name[-_LONGEST_PRODUCT:]]
    return any(" ".join(folded[at:]) in sets.products for at in range(len(folded)))


def _praises(word: str, pitch: str) -> bool:
    at = pitch.find(word)
    return at >= 0 and whole_words(pitch, at + (not word[0].isalnum()), at + len(word))


def _is_advice(options: Products, sets: _Sets, article: Article, lines: set[int]) -> bool:
    """Whether the article speaks to the reader elsewhere too, as advice does."""
    words = spoken = 0
    for index, block in enumerate(article.blocks):
        if index not in lines:
            found = _WORD.findall(fold(block.text))
            words += len(found)
            spoken += sum(word in sets.address for word in found)
    return spoken > options.addressed * words
