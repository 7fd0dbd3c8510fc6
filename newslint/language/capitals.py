"""Capitalised words: which of them an article has, and whether one stands for itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from newslint.article import Article
from newslint.language import once
from newslint.language.lexicon import Lexicon
from newslint.language.passage import Passage
from newslint.language.titles import known, plain
from newslint.later import compiled_later
from newslint.matching import prose
from newslint.patterns import is_word

_WORD = compiled_later(r"[A-ZÀ-ÖØ-Þ\u0100-\u024f][^\W\d_]{2,39}")
_RUN = compiled_later(r"[^\W\d_]+")
_NAME = compiled_later(r"[^\W\d_]{2,}")
_BEFORE = compiled_later(r"([^\W\d_][\w.'’-]*)[ \u00a0]$")
_AFTER = compiled_later(r"[ \u00a0-](?:[A-Z]\.[ \u00a0])?([^\W\d_][\w'’]*)")
_NEAR = 40
"""Characters before and behind a word that tell what it belongs to."""
_ADDRESS = compiled_later(r"\w[@/]\w+[ \u00a0]$")
"""An address or handle of which a name is the rest: “LinkedIn/Jane Roe”."""
_GLUE = frozenset("@#/\\_=&%~+")
_ONWARD = frozenset("'’,")
_OPENERS = " \u00a0\"“‘'([—–•*-"


@once
def capitalised(article: Article) -> frozenset[str]:
    """The capitalised words of three letters and more, digits and hyphens left out."""
    return frozenset(capitals_in(prose(article).copy.joined))


def capitals_in(text: str) -> list[str]:
    """Words of three letters and more from a capital on; “Phone” of “iPhone” as well."""
    return _WORD.findall(text)


def words_of(name: str) -> list[str]:
    """The words of a name, single letters, points and hyphens left out."""
    return _NAME.findall(name)


def places_of(article: Article, phrase: str) -> Iterator[Passage]:
    """Where words stand as they are written, addresses and handles left out."""
    area = prose(article).copy
    text, size = area.joined, len(phrase)
    first = _RUN.match(phrase)
    for at in _starts(article).get(first[0], ()) if first else ():
        if text.startswith(phrase, at) and _bounded(text, at, at + size):
            block, base = area.place(at)
            yield Passage(block, at - base, at + size - base)


@once
def _starts(article: Article) -> dict[str, list[int]]:
    """Where each run of letters begins in the joined text."""
    starts: dict[str, list[int]] = {}
    for match in _RUN.finditer(prose(article).copy.joined):
        starts.setdefault(match[0], []).append(match.start())
    return starts


def _bounded(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    if is_word(before) or is_word(after) or before in _GLUE or after in _GLUE or before == ".":
        return False
    if after == "." and text[end + 1 : end + 2].isalnum():
        return False
    address = _ADDRESS.search(text, max(0, start - _NEAR), start)
    return address is None


def stands_alone(
    article: Article, place: Passage, titles: Lexicon, stops: frozenset[str] = frozenset()
) -> bool:
    """Whether a capitalised word is no part of a longer name. A title, or an adjective of a
    country, may stand before it.

    Where it begins a sentence, the sentence goes on, and not with one of `stops`.
    """
    text = article.blocks[place.block].text
    head = text[max(0, place.start - _NEAR) : place.start]
    after = _AFTER.match(text, place.end, place.end + _NEAR)
    if after is not None and after[1][0].isupper():
        return False
    before = _BEFORE.search(head)
    if before is None:
        if _goes_on(head):
            return True
        if after is not None:
            return after[1] not in stops
        return text[place.end : place.end + 1] in _ONWARD
    word = before[1]
    if word[0].isupper() and not _leads(word, titles):
        return word.endswith(".") and len(word) > 3
    return True


def _goes_on(head: str) -> bool:
    """Whether a sentence has begun before this point."""
    head = head.rstrip(_OPENERS)
    return bool(head) and head[-1] not in ".!?:…"


def _leads(word: str, titles: Lexicon) -> bool:
    return plain(word).removesuffix("'s") in _leading_words(titles)


@cache
def _leading_words(titles: Lexicon) -> frozenset[str]:
    """Words that may stand before a name with a capital and are no part of it."""
    words = known(titles)
    phrases = (*words.titles, *words.modifiers, *words.qualifiers, *words.places)
    single = {word for phrase in phrases for word in phrase.split()}
    return frozenset(single | {word.lower() for word in words.starters})


def opening_word(word: str, titles: Lexicon) -> bool:
    """Whether it is a common word that may open a sentence, or never a name."""
    words = known(titles)
    return word in words.starters or word in words.never


def not_a_surname(word: str, titles: Lexicon) -> bool:
    """Whether the word is better known as something else: a given name, a country, a weekday."""
    words = known(titles)
    return (
        opening_word(word, titles) or word in words.given or word.lower() in words.places
        or word.lower() in words.titles
    )  # fmt: skip
