"""Check `spelling`: words that an engine does not know, without names and what else is right.

Which of the many unknown words are misspelt shows in what they are near to: one letter away from a
word of the language, and not themselves a name, a term or a word made of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from msgspec import Struct

from newslint.article import Article
from newslint.engines import Asked, Choice, engine, together
from newslint.finding import Edit
from newslint.kinds.contract import Finder, Hit, Informed, Scope, slice_edit
from newslint.kinds.grammar.chosen import Chosen
from newslint.kinds.grammar.familiar import Words, foreign_sentences, is_name, made_of, sentence_at
from newslint.kinds.grammar.meant import is_common, meant
from newslint.kinds.grammar.unknown import Unknown, unknown_words
from newslint.language import once_for
from newslint.language.name_words import (
    full_of_capitals,
    in_italics,
    starts_sentence,
)
from newslint.language.passage import Passage
from newslint.language.quotations import in_quotation
from newslint.matching import Clues, Needs
from newslint.reference import Reference

LEXICON = "spelling"
_MOST_SHOWN = 3
OTHER_DIALECTS = ("en-US", "en-GB")


class Spelling(Informed, frozen=True, tag="spelling", kw_only=True):
    """Words that are in no dictionary; an engine that is not named has nothing to say."""

    harper: Chosen = Chosen()
    languagetool: Chosen = Chosen()
    jargon: int = 3
    """Uses in one article that make a term of a word."""
    prefixes: tuple[str, ...] = ()
    """What stands before words to make new ones."""
    suffixes: tuple[str, ...] = ()
    """What stands behind words to make new ones."""
    endings: tuple[str, ...] = ()
    """What the forms of one word end in."""
    foreign: float = 0.4
    """The part of a sentence's words that are unknown where it is not English."""


class Known(Struct, frozen=True, eq=False):
    """All that the check goes by."""

    options: Spelling
    chosen: Chosen
    choice: Choice
    words: Words
    common: frozenset[str]


class Misspelt(NamedTuple):
    """A word that is wrong, with all its places."""

    form: str
    uses: tuple[Passage, ...]
    instead: tuple[str, ...]
    why: str = ""


def build(options: Spelling, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    choice = reference.engine
    chosen: Chosen = getattr(options, choice.name)
    asked = Asked(frozenset(chosen.rules), frozenset(chosen.categories))
    if not choice.asked:
        choice = together(choice, [asked])
    lexicon = reference.lexicons_with(options.lexicons)[LEXICON]
    known = Known(
        options, chosen, choice, Words(reference, lexicon.phrases("known")),
        frozenset(lexicon.phrases("common")),
    )  # fmt: skip
    return Finder(partial(_find, scope, known), Needs(), asked=asked)


def _find(scope: Scope, known: Known, article: Article, _: Clues) -> Iterator[Hit]:
    if not known.choice.asked:
        return
    for wrong in misspelt(article, known):
        uses = [use for use in wrong.uses if scope.allows(article, *use)]
        if uses:
            yield _hit(article, wrong, uses)


def _hit(article: Article, wrong: Misspelt, uses: Sequence[Passage]) -> Hit:
    shown = wrong.instead[:_MOST_SHOWN]
    return Hit(
        uses[0].span(article),
        {
            "match": uses[0].text(article),
            "suggestions": ", ".join(f"“{one}”" for one in shown),
            "count": str(len(uses)),
        },
        _edits(article, uses, wrong.instead[0]) if len(wrong.instead) == 1 else (),
        tuple((use.span(article), f"“{use.text(article)}” again") for use in uses[1:]),
    )


def _edits(article: Article, uses: Sequence[Passage], instead: str) -> tuple[Edit, ...]:
    return tuple(
        edit
        for use in uses
        for edit in slice_edit(article, article.blocks[use.block], use.start, use.end, instead)
    )


@once_for
def misspelt(article: Article, known: Known) -> tuple[Misspelt, ...]:
    """The misspelt words of the article, in the order in which they are met."""
    unknown = list(unknown_words(article, known.chosen, known.choice))
    small = [(u.place.block, u.place.start) for u in unknown if u.form.islower()]
    foreign = foreign_sentences(article, small, 3, known.options.foreign)
    by_form: dict[str, list[Unknown]] = {}
    for one in unknown:
        if sentence_at(article, one.place.block, one.place.start) not in foreign:
            by_form.setdefault(one.form.lower(), []).append(one)
    found = [_judged(article, form, uses, known) for form, uses in by_form.items()]
    left = [one for one in found if one is not None]
    right = _right_after_all(left, known) if left else frozenset()
    return tuple(one for one in left if one.form not in right)


def _judged(article: Article, form: str, uses: list[Unknown], known: Known) -> Misspelt | None:
    """What is wrong with a word, if anything is, for all that the article tells."""
    suggestions = dict.fromkeys(s for use in uses for s in use.suggestions)
    endings = known.options.endings
    instead = meant(form, suggestions, known.common, endings)
    if not instead or form in known.words or is_name(article, form):
        return None
    common = is_common(instead[0], known.common, endings)
    told = [u for u in uses if not in_quotation(article, *u.place)]
    if not common and (len(told) < len(uses) or len(uses) >= known.options.jargon):
        return None
    if any(in_italics(article, u.place.block, u.place.span(article)) for u in uses):
        return None
    if not any(u.form.islower() for u in uses):
        told = [u for u in told if common and _opens(article, u)]
    else:
        told = [u for u in told if not full_of_capitals(article, u.place.block)]
    if not told:
        return None
    return Misspelt(form, tuple(u.place for u in told), instead, "common" if common else "")


def _opens(article: Article, one: Unknown) -> bool:
    """Whether a word has its capital from the start of a sentence alone."""
    block, start, end = one.place
    text = article.blocks[block].text
    if sentence_at(article, block, start) != (block, start) and text[start - 2 : start] == ". ":
        return False
    behind = text[end : end + 2].strip(" ,\u00a0")
    return (
        not full_of_capitals(article, block) and starts_sentence(text, start)
        and not behind[:1].isupper()
    )  # fmt: skip


def _right_after_all(left: Sequence[Misspelt], known: Known) -> frozenset[str]:
    """Those that are words of another dialect, or made of words that the engine knows."""
    forms = [one.form for one in left]
    ways = {
        one.form: made_of(
            one.form, known.options.prefixes, known.options.suffixes, bool(one.why)
        ) for one in left
    }
    parts = sorted({part for some in ways.values() for way in some for part in way})
    understood = _understood(parts, known, known.choice)
    right = {f for f, some in ways.items() if any(set(way) <= understood for way in some)}
    for dialect in OTHER_DIALECTS:
        if dialect != known.choice.dialect:
            rest = [form for form in forms if form not in right]
            from msgspec.structs import replace

            right |= _understood(rest, known, replace(known.choice, dialect=dialect))
    return frozenset(right)


def _understood(words: Sequence[str], known: Known, choice: Choice) -> frozenset[str]:
    if not words:
        return frozenset()
    said = engine(choice).check(words, choice.seconds)
    return frozenset(
        word
        for word, matches in zip(words, said, strict=True)
        if not any(known.chosen.has(match) for match in matches)
    )
