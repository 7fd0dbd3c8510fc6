"""What the lexicon `attribution` says of the words of a sentence, ready for quick look-up."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from newslint.language.lexicon import Lexicon

SAYING, PERHAPS, JUDGING, ACCORDING = "saying", "perhaps-saying", "judging", "according"
BASE, THIRD, PAST, ONGOING = "base", "third", "past", "ongoing"


class Term(NamedTuple):
    """One form of a cue."""

    words: tuple[str, ...]
    """Folded; the first one is how it is looked up."""
    sort: str
    """`saying`, `perhaps-saying`, `judging`, `according`: the section that it stands in."""
    form: str
    """`base` (“say”), `third` (“says”, which can be a noun), `past`, `ongoing` (“saying”)."""


class Words(Struct, frozen=True, eq=False):
    """The lexicon, by what a word can be. All words are folded."""

    cues: dict[str, tuple[Term, ...]]
    """Terms by their first word, longest first."""
    verbs: frozenset[str]
    """First words of the cues that are verbs."""
    nouns: frozenset[str]
    pronouns: frozenset[str]
    linking: frozenset[str]
    persons: frozenset[str]
    possessives: frozenset[str]
    roles: frozenset[str]
    vague: frozenset[str]
    between: frozenset[str]
    auxiliaries: frozenset[str]
    times: frozenset[str]
    dating: frozenset[str]
    openers: frozenset[str]
    prepositions: frozenset[str]
    determiners: frozenset[str]
    addressing: frozenset[str]
    own_voice: frozenset[str]
    plural: frozenset[str]
    articles: frozenset[str]
    passive: frozenset[str]
    showing: frozenset[str]
    papers: frozenset[str]
    firm: frozenset[str]
    noun_forms: frozenset[str]
    eager: frozenset[str]
    """Forms of perhaps-saying verbs that report without “that”."""
    naming: tuple[str, ...]
    reading: tuple[str, ...]
    anonymous: tuple[str, ...]


@cache
def words_of(lexicon: Lexicon) -> Words:
    """The lexicon called `attribution`, made ready once."""
    terms: dict[str, list[Term]] = {}
    for sort in (SAYING, PERHAPS, JUDGING):
        for plain, forms in lexicon.mapping(sort).items():
            listed = _listed(forms)
            for form in (plain, *listed):
                words = tuple(form.split())
                kind = _form(words[0], plain.split()[0], form in listed)
                terms.setdefault(words[0], []).append(Term(words, sort, kind))
    verbs = frozenset(terms)
    for phrase in lexicon.phrases(ACCORDING):
        words = tuple(phrase.split())
        terms.setdefault(words[0], []).append(Term(words, ACCORDING, PAST))
    sets = {name: frozenset(lexicon.phrases(name)) for name in lexicon.sections}
    none: frozenset[str] = frozenset()
    return Words(
        cues={first: _longest_first(found) for first, found in terms.items()},
        verbs=verbs,
        nouns=sets.get("cue-nouns", none),
        pronouns=sets.get("pronouns", none),
        linking=sets.get("linking", none),
        persons=sets.get("persons", none),
        possessives=sets.get("possessives", none),
        roles=sets.get("roles", none),
        vague=sets.get("vague", none),
        between=sets.get("between", none) | sets.get("auxiliaries", none),
        auxiliaries=sets.get("auxiliaries", none),
        times=sets.get("times", none),
        dating=sets.get("dating", none),
        openers=sets.get("openers", none),
        prepositions=sets.get("prepositions", none),
        determiners=sets.get("determiners", none),
        addressing=sets.get("addressing", none),
        plural=sets.get("plural", none),
        own_voice=sets.get("own-voice", none),
        articles=sets.get("articles", none) | sets.get("possessives", none),
        passive=sets.get("passive", none),
        showing=sets.get("showing", none),
        papers=sets.get("papers", none),
        noun_forms=sets.get("noun-forms", none),
        firm=sets.get("firm", none),
        eager=sets.get("eager", none),
        naming=lexicon.phrases("naming"),
        reading=lexicon.phrases("reading"),
        anonymous=lexicon.phrases("anonymous"),
    )


def _form(word: str, plain: str, listed: bool) -> str:
    if word == plain:
        return PAST if listed else BASE
    if word.endswith("ing"):
        return ONGOING
    return THIRD if word.endswith("s") else PAST


def _listed(forms: str | list[str]) -> list[str]:
    return [form.strip() for form in forms.split(",")] if isinstance(forms, str) else forms


def _longest_first(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(sorted(dict.fromkeys(terms), key=lambda term: -len(term.words)))
