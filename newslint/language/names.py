"""Personal names: their parts, and one identity for all spellings of one name."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from newslint.later import compiled_later

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)
_MARKS = str.maketrans(dict.fromkeys("’'‘ʼ`´.,", ""))
_SOUNDS = (("ck", "k"), ("ph", "f"), ("c", "k"), ("y", "i"), ("j", "i"))
_AGAIN = compiled_later(r"(.)\1+")


class Parts(NamedTuple):
    """A name taken apart, as written."""

    given: str
    surname: str


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """Lower case without diacritics, apostrophes and stops: “Erdoğan” becomes “erdogan”."""
    lower = name.lower()
    if not lower.isascii():
        decomposed = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
        lower = "".join(c for c in decomposed if not unicodedata.combining(c))
    return lower.translate(_MARKS)


@lru_cache(maxsize=8192)
def identity(name: str) -> str:
    """What all spellings of one name have in common: “Zelensky” and “Zelenskyy” are one.

    Letters that transliterations exchange (y, i and j, c and k) become one, doubled letters single.
    """
    plain = folded(name).replace("-", " ")
    for sound, letter in _SOUNDS:
        plain = plain.replace(sound, letter)
    return _AGAIN.sub(r"\1", plain)


def parts(words: list[str], particles: frozenset[str], surname_first: frozenset[str]) -> Parts:
    """Given names and surname of a full name; `words` hold neither titles nor “Jr.”."""
    if len(words) == 1:
        return Parts("", words[0])
    if words[0] in surname_first and len(words) <= 3:
        return Parts(" ".join(words[1:]), words[0])
    first = len(words) - 1
    while first > 1 and words[first - 1] in particles:
        first -= 1
    return Parts(" ".join(words[:first]), " ".join(words[first:]))


def person_key(given: str, surname: str, short: dict[str, str]) -> str:
    """The identity of a person: the first given name, in its long form, and the surname."""
    first = _words(given)[:1]
    return identity(" ".join([*(short.get(name, name) for name in first), surname]))


def same_given(one: str, other: str, short: dict[str, str]) -> bool:
    """Whether two given names can be one person's: equal, an initial, or a short form.

    Two middle initials tell father and son apart.
    """
    first, second = _words(one), _words(other)
    if not first or not second:
        return True
    if len(first) > 1 and len(second) > 1 and not _same_middle(first[1], second[1]):
        return False
    a, b = first[0], second[0]
    if identity(a) == identity(b):
        return True
    if min(len(a), len(b)) == 1:
        return a[0] == b[0]
    return short.get(a, a) == short.get(b, b)


def _same_middle(one: str, other: str) -> bool:
    if max(len(one), len(other)) < 3:
        return one == other
    return one[0] == other[0]


def _words(given: str) -> list[str]:
    return [word for word in map(folded, given.split()) if word]
