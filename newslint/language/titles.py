"""The words of titles: what the lexicon `titles` knows, ready for look-up."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from newslint.language.lexicon import Lexicon

NOW, FORMER, ELECT = "now", "former", "elect"
"""What a qualifier says of an office. The lexicon has more, and a newsroom may add its own."""

OFFICE, POST, RANK, ROLE, HONORIFIC = "office", "post", "rank", "role", "honorific"
_SORTS = (("roles", ROLE), ("ranks", RANK), ("posts", POST), ("offices", OFFICE))


class Known(NamedTuple):
    """The words of the lexicon, ready for look-up. Keys are in lower case, apostrophes plain."""

    titles: dict[str, tuple[str, str]]
    """Title -> its main form and its sort."""
    lasts: frozenset[str]
    """The last words of all titles."""
    modifiers: dict[str, str]
    portfolios: frozenset[str]
    qualifiers: dict[str, str]
    prefixes: tuple[tuple[str, str], ...]
    """Qualifiers that are written before a hyphen (“ex-”, “then-”)."""
    endings: tuple[tuple[str, str], ...]
    """Qualifiers that are written behind one (“-elect”)."""
    starters: frozenset[str]
    never: frozenset[str]
    times: frozenset[str]
    places: dict[str, str]
    """Demonym, abbreviation or name of a country -> its name."""
    given: frozenset[str]
    surname_first: frozenset[str]
    short: dict[str, str]
    speech: frozenset[str]
    saying: frozenset[str]
    """The part of it that only people do."""
    particles: frozenset[str]
    connectors: frozenset[str]
    suffixes: frozenset[str]
    determiners: frozenset[str]
    breaks: frozenset[str]
    after_title: frozenset[str]
    telling: frozenset[str]
    """Capitalised titles, and surnames that come first: in a run they speak for a person."""


class Title(NamedTuple):
    """A title as found; offsets are those of the text that was searched."""

    start: int
    """Of all that belongs to it."""
    end: int
    name: tuple[int, int]
    """The title alone: “Defense Minister”."""
    key: str
    """Its main form, the same for all ways to write it: “defense minister”."""
    sort: str
    status: str = NOW
    qualifier: tuple[int, int] | None = None
    of: tuple[int, int] | None = None


@cache
def known(lexicon: Lexicon) -> Known:
    """The lexicon, read for look-up."""
    titles = {phrase: (phrase.rstrip("."), HONORIFIC) for phrase in lexicon.phrases("honorifics")}
    for section, sort in _SORTS:
        for main, forms in lexicon.mapping(section).items():
            for form in (main, *forms):
                titles[form] = (main, sort)
    qualifiers = lexicon.mapping("qualifiers")
    never = lexicon.mapping("never")
    lasts = frozenset(phrase.rpartition(" ")[2] for phrase in titles)
    given = _words(lexicon, "given-names")
    capitalised = frozenset(word.title() for word in lasts) | {word.upper() for word in lasts}
    return Known(
        titles=titles,
        lasts=lasts,
        modifiers=_to_main(lexicon, "modifiers"),
        portfolios=frozenset(lexicon.phrases("portfolios")),
        qualifiers=qualifiers,
        prefixes=tuple((q, s) for q, s in qualifiers.items() if q.endswith("-")),
        endings=tuple((q, s) for q, s in qualifiers.items() if q.startswith("-")),
        starters=_words(lexicon, "starters"),
        never=frozenset(word for group in never.values() for word in group.split()),
        times=frozenset(never.get("time", "").split()),
        places=_to_main(lexicon, "places"),
        given=given,
        surname_first=_words(lexicon, "surname-first"),
        short=lexicon.mapping("short-names"),
        speech=_words(lexicon, "speech"),
        saying=frozenset(lexicon.mapping("speech").get("cues", "").split()),
        particles=frozenset(lexicon.phrases("particles")),
        connectors=frozenset(w for phrase in lexicon.phrases("connectors") for w in phrase.split()),
        suffixes=frozenset(lexicon.phrases("suffixes")),
        determiners=frozenset(lexicon.phrases("determiners")),
        breaks=frozenset(lexicon.phrases("breaks")),
        after_title=frozenset(lexicon.phrases("after-title")),
        telling=capitalised | _words(lexicon, "surname-first"),
    )


def _to_main(lexicon: Lexicon, section: str) -> dict[str, str]:
    return {
        form: main for main, forms in lexicon.mapping(section).items() for form in (main, *forms)
    }


def _words(lexicon: Lexicon, section: str) -> frozenset[str]:
    return frozenset(w for group in lexicon.mapping(section).values() for w in group.split())


def plain(word: str) -> str:
    """Lower case with straight apostrophes, as the keys of `Known` are."""
    return word.lower().replace("’", "'")


def possessive(word: str) -> bool:
    """Whether a word ends in “’s” or “s’”."""
    return word.endswith(("’s", "'s", "s’", "s'", "’S", "'S"))


def abbreviation(word: str, words: Known) -> bool:
    """Whether the stop at the end of a word belongs to it: “Sen.”, “U.S.”, “J.”, “Jr.”."""
    return (
        word[:-1].count(".") > 0
        or len(word) == 2
        or word.rpartition("-")[2].lower() in words.lasts
        or word.lower() in words.places
        or word in words.suffixes
        or word in words.particles
    )


def without_affix(key: str, words: Known) -> str:
    """Without a qualifier that is tied on with a hyphen: “ex-”, “then-”, “-elect”."""
    if "-" not in key or key in words.titles:
        return key
    for prefix, _ in words.prefixes:
        key = key.removeprefix(prefix)
    for ending, _ in words.endings:
        key = key.removesuffix(ending)
    return key
