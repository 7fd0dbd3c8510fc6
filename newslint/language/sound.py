"""How a word begins when it is read aloud: what decides between “a” and “an”."""

from __future__ import annotations

import re

from newslint.later import compiled_later

_LETTERS = frozenset("aefhilmnorsx")
"""Letters whose names begin with a vowel."""
_NUMBER = compiled_later(r"\d+(?:,\d{3})*")
_SILENT_H = ("hour", "honest", "honor", "honour", "heir")
_EITHER_H = ("herb", "homage", "histor", "hotel")
"""Read in two ways, or written with “an” by some houses."""
_LIKE_YOU = compiled_later(
    r"u(?:ni(?!n|m|d)|nanim|s[aeu]|t[eio](?!rly)|b[ei]|ra|ri|ro|k|ga|vu)|e[uw]", re.IGNORECASE
)
_LIKE_WON = compiled_later(r"once|one(?:s|self)?(?![a-z])|oui", re.IGNORECASE)
_LIKE_UP = compiled_later(r"u(?:n|p|l|m|tt|tm|rb|rg|gl|sh|nc)", re.IGNORECASE)


def begins_with_vowel(word: str) -> bool | None:
    """Whether “an” stands before the word; None where spelling does not tell."""
    if match := _NUMBER.match(word):
        return _number(match[0].replace(",", ""))
    first = word[:1].lower()
    if not first.isascii() or not first.isalpha():
        return None
    letters = re.sub(r"['’]s?$", "", word)
    if len(letters) == 1 or letters[1:2] in "-." or (letters[0].isupper() and letters[1].isdigit()):
        return first in _LETTERS  # “an X-ray”, “a U-turn”
    if len(letters) > 1 and letters[:2].isupper():
        return None  # “an MP”, but “a NATO base”
    return _word(word.lower(), first)


def _word(word: str, first: str) -> bool | None:
    if first == "h":
        return None if word.startswith(_EITHER_H) else word.startswith(_SILENT_H)
    if first not in "aeiou":
        return False
    if _LIKE_YOU.match(word) or _LIKE_WON.match(word):
        return False
    if first == "u":
        return True if _LIKE_UP.match(word) else None
    return True


def _number(digits: str) -> bool:
    """Eight and what begins with it, and eleven and eighteen: alone, thousands, millions."""
    return digits[0] == "8" or (digits[:2] in ("11", "18") and len(digits) % 3 == 2)
