"""How names are misspelt: which two spellings may be one name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from newslint.language.names import folded
from newslint.later import compiled_later

LONGEST = 40
"""Characters; no name is longer, and what is has no respellings."""

_DOUBLED = compiled_later(r"(.)\1+")
_KNOWN = 50_000
_MOST = 8
"""Names that are one but for a letter; only made-up copy has more, and it must not cost more."""


class Speller(NamedTuple):
    """Spellings brought to one form."""

    normal: Callable[[str], str]
    """Lower case, without diacritics, letters that sound alike as one, doubled letters single."""
    shorter: Callable[[str], frozenset[str]]
    """The word in lower case without diacritics, with one letter dropped: each of its letters."""
    letters: Callable[[str], str]
    """The letters of the word, sorted."""
    forms: Callable[[str], tuple[str, str, str, frozenset[str]]]
    """All of these: `normal`, the word in lower case without diacritics, `letters`, `shorter`."""
    alike: tuple[tuple[str, str], ...]
    """What is written, and what stands for it."""


def _swapped(one: str, other: str) -> bool:
    """Whether two letters side by side have changed places, and nothing else."""
    first, second = folded(one), folded(other)
    odd = [at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b]
    return len(first) == len(second) and len(odd) == 2 and odd[1] - odd[0] == 1


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter was left out, put in or replaced, or two side by side were swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if same is None:
        return True
    one, other = one[same:], other[same:]
    if len(one) != len(other):
        return one[1:] == other or one == other[1:]
    return one[1:] == other[1:] or (one[1::-1] == other[:2] and one[2:] == other[2:])


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

    @lru_cache(maxsize=_KNOWN)
    def letters(word: str) -> str:
        return "".join(sorted(folded(word)))

    @lru_cache(maxsize=_KNOWN)
    def forms(word: str) -> tuple[str, str, str, frozenset[str]]:
        return normal(word), folded(word), letters(word), shorter(word)

    return Speller(normal, shorter, letters, forms, alike)


class Index(NamedTuple):
    """Names, ready for the search of words that are near to them."""

    spell: Speller
    equal: dict[str, tuple[str, ...]]
    """By normal form."""
    whole: dict[str, tuple[str, ...]]
    """By the word in lower case without diacritics."""
    short: dict[str, tuple[str, ...]]
    """By what is left of it without one of its letters."""
    letters: dict[str, tuple[str, ...]]
    """By its letters in their order."""
    initials: frozenset[str]
    """First letters that a respelling may have, in lower case."""


def index(names: Iterable[str], spell: Speller) -> Index:
    """Make names ready; linear in their number."""
    names = tuple(names)
    first = {letter for name in names for letter in (spell.normal(name)[:1], folded(name)[:1])}
    initials = first.union(written[0] for written, plain in spell.alike if plain[:1] in first)
    found = Index(spell, {}, {}, {}, {}, frozenset(initials))
    for name in names:
        _add(found.equal, spell.normal(name), name)
        _add(found.whole, folded(name), name)
        _add(found.letters, spell.letters(name), name)
        for form in spell.shorter(name):
            _add(found.short, form, name)
    return found


def _add(names: dict[str, tuple[str, ...]], key: str, name: str) -> None:
    others = names.get(key, ())
    if len(others) < _MOST:
        names[key] = (*others, name)


def respellings(names: Index, words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(name, word) for each word that differs from a name by doubled letters, letters that sound
    alike, diacritics, two letters swapped, or one letter left out (not the first)."""
    forms, wholes = names.spell.forms, names.whole.keys()
    initials = names.initials.union(map(str.upper, names.initials))
    for word in words:
        if word[0] not in initials and word[0].isascii():
            continue
        normal, whole, letters, less = forms(word)
        found = [*names.equal.get(normal, ()), *names.short.get(whole, ())]
        found += [name for name in names.letters.get(letters, ()) if _swapped(name, word)]
        if not wholes.isdisjoint(less):
            found += [name for form in less for name in names.whole.get(form, ())]
        for name in sorted(set(found) - {word}):
            yield name, word
