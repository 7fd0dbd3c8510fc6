"""How names are misspelt: which two spellings may be one name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from newslint.language.names import folded

LONGEST = 40
"""Characters; no name is longer, and what is has no respellings."""

_DOUBLED = re.compile(r"(.)\1+")
_KNOWN = 50_000


class Speller(NamedTuple):
    """Spellings brought to one form."""

    normal: Callable[[str], str]
    """Lower case, without diacritics, letters that sound alike as one, doubled letters single."""
    shorter: Callable[[str], frozenset[str]]
    """The word in lower case without diacritics, with one letter dropped: each of its letters."""


@cache
def speller(alike: tuple[tuple[str, str], ...]) -> Speller:
    """For letters that sound alike: each pair says what is written and what stands for it."""

    @lru_cache(maxsize=_KNOWN)
    def normal(word: str) -> str:
        word = folded(word)
        for written, plain in alike:
            word = word.replace(written, plain)
        return _DOUBLED.sub(r"\1", word)

    @lru_cache(maxsize=_KNOWN)
    def shorter(word: str) -> frozenset[str]:
        form = folded(word)
        if not 3 < len(form) <= LONGEST:
            return frozenset()
        return frozenset(form[:at] + form[at + 1 :] for at in range(len(form)))

    return Speller(normal, shorter)


class Index(NamedTuple):
    """Names, ready for the search of words that are near to them."""

    spell: Speller
    equal: dict[str, tuple[str, ...]]
    """By normal form."""
    whole: dict[str, tuple[str, ...]]
    """By the word in lower case without diacritics."""
    short: dict[str, tuple[str, ...]]
    """By what is left of it without one of its letters."""
    initials: frozenset[str]
    """First letters of the normal forms."""


def index(names: Iterable[str], spell: Speller) -> Index:
    """Make names ready; linear in their number."""
    names = tuple(names)
    initials = frozenset(spell.normal(name)[:1] for name in names)
    found = Index(spell, {}, {}, {}, initials)
    for name in names:
        _add(found.equal, spell.normal(name), name)
        _add(found.whole, folded(name), name)
        for form in spell.shorter(name):
            _add(found.short, form, name)
    return found


def _add(names: dict[str, tuple[str, ...]], key: str, name: str) -> None:
    names[key] = (*names.get(key, ()), name)


def respellings(names: Index, words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(name, word) for each word that differs from a name by doubled letters, letters that sound
    alike, diacritics, or one letter left out (not the first); in the order of the words."""
    normal, shorter = names.spell
    wholes = names.whole.keys()
    for word in words:
        if normal(word)[:1] not in names.initials:
            continue
        found = [*names.equal.get(normal(word), ()), *names.short.get(folded(word), ())]
        less = shorter(word)
        if not wholes.isdisjoint(less):
            found += [name for form in less for name in names.whole.get(form, ())]
        for name in sorted(set(found) - {word}):
            yield name, word
