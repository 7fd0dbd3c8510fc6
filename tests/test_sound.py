"""“A” or “an”: what the spelling of a word tells, and where it does not."""

from __future__ import annotations

import pytest

from newslint.language.sound import begins_with_vowel

VOWEL = [
    "apple",
    "old",
    "indigo",
    "egg",
    "umbrella",
    "under",
    "unusual",
    "unimportant",
    "uninvited",
    "unidentified",
    "upper",
    "ugly",
    "urgent",
    "urban",
    "ultimate",
    "utterly",
    "hour",
    "honest",
    "honour",
    "heir",
    "X-ray",
    "e-mail",
    "8",
    "11",
    "18",
    "80",
    "800",
    "8,000",
    "11,000",
    "18,500,000",
    "onerous",
    "Ulster",
    "F-16",
    "honorary",
    "A's",
    "unhappy",
    "uncle",
    "umpire",
]
CONSONANT = [
    "boat",
    "university",
    "unique",
    "unit",
    "union",
    "European",
    "ewe",
    "one",
    "one-off",
    "once",
    "used",
    "usual",
    "utility",
    "uranium",
    "urine",
    "Ukrainian",
    "Ugandan",
    "unanimous",
    "house",
    "U-turn",
    "1",
    "10",
    "12",
    "100",
    "110",
    "1,100",
    "180",
    "yacht",
    "user",
    "useful",
    "utopian",
    "eulogy",
    "B-side",
    "ubiquitous",
    "unicorn",
    "unilateral",
    "zebra",
    "uterus",
]
UNKNOWN = ("MP", "NATO", "UNESCO", "herb", "historic", "hotel", "", "“", "Ünal", "udon")


@pytest.mark.parametrize("word", VOWEL)
def test_an(word: str) -> None:
    assert begins_with_vowel(word) is True


@pytest.mark.parametrize("word", CONSONANT)
def test_a(word: str) -> None:
    assert begins_with_vowel(word) is False


@pytest.mark.parametrize("word", UNKNOWN)
def test_neither(word: str) -> None:
    assert begins_with_vowel(word) is None
