"""What textstat knows of a single word: its syllables, and whether every reader knows it.

textstat is the extra `newslint[readability]`. It and its dictionary are imported when a grade is
worked out for the first time, which takes three quarters of a second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import combining, normalize

from newslint.engines import EngineError
from newslint.later import compiled_later

VERSION = "0.7.8"
"""Later versions fetch their dictionary from the network when they are first asked."""

_INSTALL = "pip install 'newslint[readability]'"
_VOWELS = compiled_later(r"[aeiouy]+")
_SILENT_E = compiled_later(r"(?:[^laeiouy]e|[^aeiouyl]es|[^td]ed)$")
_HISSES = compiled_later(r"(?:[sxz]|[cs]h|[cgsz]e)$")
"""A possessive “s” is a syllable of its own after these: “the judge's”."""
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("iest", "y"), ("ier", "y"), ("s", ""), ("es", ""), ("d", ""),
    ("ed", ""), ("ing", ""), ("ing", "e"), ("r", ""), ("er", ""), ("st", ""), ("est", ""),
)  # fmt: skip
"""Regular forms, and what the word may end in without them."""
_DOUBLING = ("ed", "ing", "er", "est")
"""Those before which a last consonant is doubled: “planned”."""


class _Knows(NamedTuple):
    sounds: Mapping[str, Sequence[Sequence[str]]]
    """By word, its pronunciations, sound by sound: those of vowels end in a digit."""
    easy: Set[str]


@cache
def _textstat() -> _Knows:
    """What textstat knows of English. Raises `EngineError` where it is missing."""
    from importlib import metadata

    try:
        found = metadata.version("textstat")
    except metadata.PackageNotFoundError:
        message = f"textstat is not installed, which counts syllables: {_INSTALL}"
        raise EngineError(message, everywhere=True) from None
    if found != VERSION:
        message = f"textstat {found} is installed, and newslint needs {VERSION}: {_INSTALL}"
        raise EngineError(message, everywhere=True)
    from textstat.backend import utils

    return _Knows(utils.get_cmudict("en_US"), utils.get_lang_easy_words("en_US"))


@lru_cache(maxsize=1 << 16)
def syllables(word: str) -> int:
    """The syllables of a word as it is spoken; of a compound those of all its parts.

    Raises `EngineError` where textstat is missing.
    """
    return sum(map(_spoken, _plain(word).split("-")))


def _spoken(word: str) -> int:
    """As the dictionary says; of a word that it does not have, groups of vowels."""
    if sounds := _textstat().sounds.get(word):
        return max(sum(sound[-1].isdigit() for sound in sounds[0]), 1)
    if word.endswith(("'s", "s'")):
        owner = word.removesuffix("'s").removesuffix("'")
        return _spoken(owner) + (word.endswith("'s") and _HISSES.search(owner) is not None)
    groups = len(_VOWELS.findall(word))
    return max(groups - bool(groups > 1 and _SILENT_E.search(word)), 1)


@lru_cache(maxsize=1 << 16)
def familiar(word: str) -> bool:
    """Whether a word, or every part of a compound, is on Dale and Chall's list in a regular form.

    Raises `EngineError` where textstat is missing.
    """
    return all(_listed(part) for part in _plain(word).split("-"))


def _listed(word: str) -> bool:
    owner = word.removesuffix("'s").removesuffix("'")
    return not _textstat().easy.isdisjoint((word, *_bases(owner)))


def _bases(word: str) -> list[str]:
    """What a word may be a regular form of, itself included."""
    found = [word]
    for ending, instead in _ENDINGS:
        stem = word.removesuffix(ending)
        if len(stem) > 1 and stem != word:
            found.append(stem + instead)
            if ending in _DOUBLING and len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found


def _plain(word: str) -> str:
    """Lower case, without accents, with straight apostrophes and hyphens: as in a dictionary."""
    word = word.lower().replace("’", "'").replace("‑", "-")
    if word.isascii():
        return word
    return "".join(c for c in normalize("NFKD", word) if not combining(c))
