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
from newslint.kinds.grammar.familiar import Words, foreign_sentences, is_name, sentence_at
from newslint.kinds.grammar.meant import LONG, Language, made_of, meant
from newslint.kinds.grammar.unknown import Unknown, unknown_words
from newslint.language import once_for
from newslint.language.capitals import places_of
from newslint.language.name_words import full_of_capitals, in_italics, starts_sentence
from newslint.language.passage import Passage
from newslint.language.quotations import in_quotation
from newslint.language.titles import known as title_words

_FEW = 3
"""Unknown words; fewer make no sentence foreign."""
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


class Misspelt(NamedTuple):
    """A word that is wrong, with all its places."""

    form: str
    """In lower case."""
    uses: tuple[Passage, ...]
    """In reading order, none of them quoted."""
    instead: tuple[str, ...]
    """What may be meant, in lower case, the likeliest first."""
    common: bool
    """Whether that is a common word."""


@once_for
def misspelt(article: Article, known: Known) -> tuple[Misspelt, ...]:
    """The misspelt words of the article, in the order in which they are met.

    Raises `EngineError`.
    """
    unknown = list(unknown_words(article, known.chosen, known.choice))
    small = [one.place[:2] for one in unknown if one.form.islower()]
    foreign = foreign_sentences(article, small, _FEW, known.foreign)
    by_form: dict[str, list[Unknown]] = {}
    for one in unknown:
        if sentence_at(article, *one.place[:2]) not in foreign:
            by_form.setdefault(one.form.lower(), []).append(one)
    found = [_judged(article, form, uses, known) for form, uses in by_form.items()]
    left = [one for one in found if one is not None]
    right = _right_after_all(left, known) if left else frozenset()
    return tuple(one for one in left if one.form not in right)


def _judged(article: Article, form: str, uses: list[Unknown], known: Known) -> Misspelt | None:
    """What is wrong with a word, if anything is, for all that the article tells."""
    suggestions = dict.fromkeys(s for use in uses for s in use.suggestions)
    instead = meant(form, suggestions, known.language)
    if not instead or form in known.words:
        return None
    common = known.language.is_common(instead[0])
    told = [use for use in uses if not in_quotation(article, *use.place)]
    if not _is_title(article, form, uses, instead[0], known):
        if is_name(article, form) or _is_term(article, form, uses, common, known):
            return None
        if any(use.form.islower() for use in uses):
            told = [use for use in told if not full_of_capitals(article, use.place.block)]
        else:
            told = [use for use in told if common and _opens(article, use)]
    return Misspelt(form, tuple(use.place for use in told), instead, common) if told else None


def _is_term(article: Article, form: str, uses: list[Unknown], common: bool, known: Known) -> bool:
    """Whether the article uses a word as one of its own, or of another language."""
    if any(in_italics(article, use.place.block, use.place.span(article)) for use in uses):
        return True
    if any(use.part for use in uses) and not (common and len(form) >= LONG):
        return True
    quoted = any(in_quotation(article, *use.place) for use in uses)
    return not common and (quoted or len(uses) >= known.jargon)


def _opens(article: Article, one: Unknown) -> bool:
    """Whether a word has its capital from the start of a sentence, which goes on in lower case."""
    block, start, end = one.place
    text = article.blocks[block].text
    behind = text[end : end + 2].replace("\u00a0", " ")
    return (
        behind[:1] == " " and behind[1:].islower() and not full_of_capitals(article, block)
        and starts_sentence(text, start)
    )  # fmt: skip


def _is_title(
    article: Article, form: str, uses: list[Unknown], instead: str, known: Known
) -> bool:
    """Whether a title is misspelt before a name: “Presidnet Moll”."""
    titles = title_words(known.words.lexicons["titles"])
    if len(form) < LONG - 1 or instead not in titles.titles:
        return False
    capital = form.capitalize()
    return all(
        article.blocks[place.block].text[place.end : place.end + 2].strip(" \u00a0").istitle()
        for place in places_of(article, capital)
    ) and all(use.form == capital for use in uses)


def _right_after_all(left: Sequence[Misspelt], known: Known) -> frozenset[str]:
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
