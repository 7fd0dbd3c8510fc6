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
    only_verbs: frozenset[str]
    """Those that are no nouns for somebody or for what is said."""
    nouns: frozenset[str]
    between: frozenset[str]
    """Auxiliaries among them."""
    active: frozenset[str]
    """`between` without what makes a verb passive."""
    unspeaking: frozenset[str]
    """What may stand behind a quotation whose speaker is missing."""
    articles: frozenset[str]
    """Possessives among them."""
    unnamed: frozenset[str]
    """Words with which no name begins."""
    naming: tuple[str, ...]
    agentless: dict[str, tuple[tuple[str, ...], ...]]
    """Phrases by their first word."""
    anonymity: tuple[str, ...]
    anonymous: tuple[str, ...]
    addressing: frozenset[str]
    auxiliaries: frozenset[str]
    dating: frozenset[str]
    determiners: frozenset[str]
    eager: frozenset[str]
    firm: frozenset[str]
    linking: frozenset[str]
    noun_forms: frozenset[str]
    openers: frozenset[str]
    own_voice: frozenset[str]
    papers: frozenset[str]
    passive: frozenset[str]
    persons: frozenset[str]
    plural: frozenset[str]
    possessives: frozenset[str]
    prepositions: frozenset[str]
    pronouns: frozenset[str]
    roles: frozenset[str]
    showing: frozenset[str]
    times: frozenset[str]
    vague: frozenset[str]


_PLAIN = tuple(
    name for name in Words.__struct_fields__[Words.__struct_fields__.index("anonymous") + 1 :]
)
"""The fields that are sections of the lexicon as they stand."""


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
    sets = {name.replace("-", "_"): frozenset(lexicon.phrases(name)) for name in lexicon.sections}
    none: frozenset[str] = frozenset()
    groups = {name: sets.get(name, none) for name in _PLAIN}
    roles, auxiliaries = groups["roles"], groups["auxiliaries"]
    nouns, between = sets.get("cue_nouns", none), sets.get("between", none) | auxiliaries
    return Words(
        cues={first: _longest_first(found) for first, found in terms.items()},
        verbs=verbs,
        only_verbs=verbs - roles - nouns,
        nouns=nouns,
        between=between,
        active=between - groups["passive"],
        unspeaking=between | groups["times"] | groups["prepositions"],
        articles=sets.get("articles", none) | groups["possessives"],
        unnamed=groups["determiners"] | roles | groups["vague"],
        naming=lexicon.phrases("naming"),
        agentless=_by_first_word(lexicon.phrases("agentless")),
        anonymity=lexicon.phrases("anonymity"),
        anonymous=lexicon.phrases("anonymous"),
        **groups,
    )


def _by_first_word(phrases: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        found[words[0]] = (*found.get(words[0], ()), words)
    return found


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
