"""Which of the words that an engine does not know are misspelt."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from newslint.article import Article
from newslint.engines import Choice, Dialect
from newslint.engines.answers import ask
from newslint.kinds.grammar.chosen import Chosen
from newslint.kinds.grammar.familiar import (
    Words,
    foreign_sentences,
    in_address,
    is_name,
    sentence_at,
)
from newslint.kinds.grammar.meant import LONG, Language, made_of, swapped
from newslint.kinds.grammar.meant import meant as words_meant
from newslint.kinds.grammar.unknown import Unknown, unknown_words
from newslint.language import once_for
from newslint.language.capitals import places_of
from newslint.language.name_words import full_of_capitals, in_italics
from newslint.language.passage import Passage
from newslint.language.quotations import in_quotation
from newslint.language.titles import known as title_words

_FEW = 3
"""Unknown words; fewer make no sentence foreign."""
_SHORT = 4
"""Letters; so short a word with a capital, or in a compound, may well be something else."""
_DIALECTS: tuple[Dialect, ...] = ("en-US", "en-GB")
"""Those whose words are right wherever they stand: rules on style look after them."""


class Known(Struct, frozen=True, eq=False, kw_only=True):
    """All that the check goes by."""

    chosen: Chosen
    choice: Choice
    words: Words
    language: Language
    jargon: int
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    foreign: float


class Doubtful(NamedTuple):
    """An unknown word that is near to a known one."""

    form: str
    """In lower case."""
    uses: tuple[Unknown, ...]
    """In reading order."""
    instead: tuple[str, ...]
    """What may be meant, in lower case unless it never is, the likeliest first."""
    common: bool
    """Whether that is a common word."""


class Misspelt(NamedTuple):
    """A word that is wrong, with the places where it is."""

    word: Doubtful
    places: tuple[Passage, ...]
    """In reading order, none of them quoted."""


@once_for
def misspelt(article: Article, known: Known) -> tuple[Misspelt, ...]:
    """The misspelt words of the article, in the order in which they are met.

    Raises `EngineError`.
    """
    wrong = [
        Misspelt(word, tuple(places))
        for word in doubtful(article, known)
        if (places := _wrong_places(article, word, known))
    ]
    unsure = [one.word for one in wrong if not known.language.surely(one.word.form)]
    right = _right_after_all(unsure, known) if unsure else frozenset()
    return tuple(one for one in wrong if one.word.form not in right)


@once_for
def doubtful(article: Article, known: Known) -> tuple[Doubtful, ...]:
    """The words of the article that are near to another, in the order in which they are met.

    Raises `EngineError`.
    """
    by_form: dict[str, list[Unknown]] = {}
    for one in unknown_words(article, known.chosen, known.choice):
        by_form.setdefault(one.form.lower(), []).append(one)
    instead = _words_only({form: _instead(form, x, known) for form, x in by_form.items()}, known)
    is_common = known.language.is_common
    common = {form for form, words in instead.items() if words and is_common(words[0])}
    small = [use.place[:2] for form in by_form.keys() - common for use in by_form[form]
             if use.form.islower()]  # fmt: skip
    foreign = foreign_sentences(article, small, _FEW, known.foreign)
    found = []
    for form, words in instead.items():
        uses = [u for u in by_form[form] if sentence_at(article, *u.place[:2]) not in foreign]
        if words and uses and form not in known.words:
            found.append(Doubtful(form, tuple(uses), words, form in common))
    return tuple(found)


def _instead(form: str, uses: Sequence[Unknown], known: Known) -> tuple[str, ...]:
    suggestions = dict.fromkeys(word for use in uses for word in use.suggestions)
    return words_meant(form, suggestions, known.language)


def _words_only(instead: dict[str, tuple[str, ...]], known: Known) -> dict[str, tuple[str, ...]]:
    """What may be meant, without what nobody writes: “leting” for “geting”."""
    unsure = {form: words for form, words in instead.items() if not known.language.surely(form)}
    built = sorted({word for words in unsure.values() for word in words})
    understood = _understood(built, known, known.choice)
    return instead | {
        form: tuple(word for word in words if word in understood) for form, words in unsure.items()
    }


def _wrong_places(article: Article, word: Doubtful, known: Known) -> list[Passage]:
    """Where a word is misspelt, for all that the article tells."""
    told = [use for use in word.uses if not in_quotation(article, *use.place)]
    never_lower = word.instead[0][0].isupper()
    if not (never_lower or _is_title(article, word, known)):
        if is_name(article, word.form) or _is_term(article, word, known):
            return []
        if any(use.form.islower() for use in word.uses):
            told = [use for use in told if not full_of_capitals(article, use.place.block)]
        else:
            sure = word.common and not in_address(article, word.form)
            told = [use for use in told if sure and _opens(article, use)]
    return [use.place for use in told]


def _is_term(article: Article, word: Doubtful, known: Known) -> bool:
    """Whether the article uses a word as one of its own, or of another language."""
    places = [use.place for use in word.uses]
    if any(in_italics(article, place.block, place.span(article)) for place in places):
        return True
    slipped = len(word.form) > _SHORT and swapped(word.form, word.instead[0])
    sure = word.common and (len(word.form) >= LONG or slipped)
    if not sure and any(use.part for use in word.uses):
        return True
    quoted = any(in_quotation(article, *place) for place in places)
    return not word.common and (quoted or len(places) >= known.jargon)


def _opens(article: Article, one: Unknown) -> bool:
    """Whether a word has its capital from the start of a sentence, which goes on in lower case."""
    block, start, end = one.place
    sentence = sentence_at(article, block, start)
    if len(one.form) <= _SHORT or sentence is None or full_of_capitals(article, block):
        return False
    text = article.blocks[block].text
    before, behind = text[sentence[1] : start], text[end : end + 2].replace("\u00a0", " ")
    return behind[:1] == " " and behind[1:].islower() and not any(map(str.isalnum, before))


def _is_title(article: Article, word: Doubtful, known: Known) -> bool:
    """Whether a title is misspelt, each time before a name: “Presidnet Moll”."""
    titles, meant = title_words(known.words.lexicons["titles"]).titles, word.instead[0]
    if len(word.form) < LONG or meant[0] != word.form[0] or meant not in titles:
        return False
    form = word.form.capitalize()
    return all(use.form == form for use in word.uses) and all(
        article.blocks[place.block].text[place.end : place.end + 2].strip(" \u00a0").isupper()
        for place in places_of(article, form)
    )


def _right_after_all(left: Sequence[Doubtful], known: Known) -> frozenset[str]:
    """Those that are words of another dialect, or made of words that the engine knows."""
    ways = {
        one.form: made_of(one.form, known.prefixes, known.suffixes, doubtful=one.common)
        for one in left
    }
    parts = sorted({part for some in ways.values() for way in some for part in way})
    understood = _understood(parts, known, known.choice)
    right = {form for form, some in ways.items() if any(set(way) <= understood for way in some)}
    for dialect in _DIALECTS:
        if dialect != known.choice.dialect:
            other = replace(known.choice, dialect=dialect)
            right |= _understood([form for form in ways if form not in right], known, other)
    return frozenset(right)


def _understood(words: Sequence[str], known: Known, choice: Choice) -> frozenset[str]:
    """Those of the words that the engine knows. Raises `EngineError`."""
    said = ask(words, choice, monotonic() + choice.seconds)
    return frozenset(
        word for word in words if not any(known.chosen.has(match) for match in said[word])
    )
