"""What a misspelt word was meant to be: a word one letter away, the surer the shorter it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from newslint.language.names import folded
from newslint.language.spelling import one_edit_apart

LONG = 7
"""Letters; so long a word is near to few others."""
_LONGER = 8
"""Letters; so long a word need not be near to a common one."""
_SHORT = 4
"""Letters; so short a word is near to many others."""
_MOST = 5
"""Suggestions of an engine that are looked at."""
_STEM = 4
"""Letters that two forms of one word have in common."""
_ROOT = 2
"""Letters that a form has in common with a common word."""
_PART = 3
"""Letters of either of two words that are written as one."""
_BEFORE_ES = "hiosxz"
_VERB = 5
"""Letters; so short a verb has plain forms that engines do not always name, as “helped”."""
_VOWELS = "aeiou"
_PLAINLY = (("s", "hsxyz"), ("ed", "ey"), ("ing", "e"))
"""Endings, and letters behind which they do not simply follow."""


class Language(Struct, frozen=True, eq=False, dict=True):
    """What is known of the words of a language, beside what an engine knows."""

    common: frozenset[str]
    """Plain forms of the words that are used most."""
    contractions: tuple[str, ...]
    misspelt: dict[str, str]
    """What is meant by misspellings that are known for being none else's."""
    endings: tuple[str, ...]
    """What the forms of one word end in: “plans”, “planned”."""
    kindred: tuple[str, ...]
    """What words that are made of one end in: “planner”, “plannable”."""

    @cached_property
    def full_forms(self) -> dict[str, str]:
        """Contractions by their letters: “don't” of “dont”."""
        return {word.replace("'", ""): word for word in self.contractions}

    def surely(self, form: str) -> str:
        """What a known misspelling is for, whatever engines know of it; "" for other words."""
        if full := self.full_forms.get(form.replace("'", "")):
            return full
        single = form.removesuffix("s")
        return self.misspelt.get(form) or (
            f"{right}s" if form != single and (right := self.misspelt.get(single)) else ""
        )

    @cached_property
    def _by_part(self) -> dict[str, list[str]]:
        """The common words by themselves and by what is left of them without one letter."""
        found: dict[str, list[str]] = {}
        for word in sorted(self.common):
            for part in _parts(word):
                found.setdefault(part, []).append(word)
        return found

    def near(self, form: str) -> list[str]:
        """Common words that may be one letter away, in the order of the alphabet."""
        return sorted({word for part in _parts(form) for word in self._by_part.get(part, ())})

    def is_common(self, word: str) -> bool:
        """Whether a word is a common one, or a form of one."""
        if word in self.common or word in self.contractions:
            return True
        stems = list(_stems(word, self.endings, _ROOT))
        single = (stem[:-1] for stem in stems if stem[-1:] == stem[-2:-1])
        return not self.common.isdisjoint((*stems, *single))


def meant(form: str, suggestions: Iterable[str], language: Language) -> tuple[str, ...]:
    """What may be meant by a word in lower case, common words first; nothing if it may be right.

    Right is what is a form of a word that is near, or but for an accent or an apostrophe the same.
    """
    if right := language.surely(form):
        return (right,)
    words = list(suggestions)
    endings = (*language.endings, *language.kindred)
    if any(_same_word(form, word, endings) for word in words if word.islower()):
        return ()
    near = [word for word in map(str.lower, words[:_MOST]) if word.isalpha() and _near(form, word)]
    near += [word for word in _commonly(form, language) if _near(form, word)]
    near.sort(key=lambda word: not swapped(form, word))
    usual = [word for word in near if language.is_common(word)]
    if usual or len(form) < _LONGER:
        return tuple(dict.fromkeys(usual))
    return tuple(word for word in near if _slip(form, word))


def _parts(word: str) -> set[str]:
    """A word, and what is left of it without one letter: words that share one may be near."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def _commonly(form: str, language: Language) -> Iterator[str]:
    """Common words and forms of them: engines name few words, and not always the common one."""
    yield from language.near(form)
    for ending, never in _PLAINLY:
        stem = form.removesuffix(ending)
        if stem != form and (ending == "s" or len(stem) <= _VERB):
            near = language.near(stem)
            yield from (word + ending for word in near if word[-1] not in never)


def _near(form: str, word: str) -> bool:
    """Whether one may be the other misspelt: of a short word two letters have changed places."""
    if len(form) <= _SHORT and not swapped(form, word):
        return len(form) == _SHORT < len(word) and one_edit_apart(form, word)
    return one_edit_apart(form, word)


def swapped(form: str, word: str) -> bool:
    """Whether two letters side by side have changed places."""
    return one_edit_apart(form, word) and sorted(form) == sorted(word)


def _slip(form: str, word: str) -> bool:
    """Whether a hand slips so: a letter too many or too few within the word, or two swapped."""
    if len(form) == len(word):
        return swapped(form, word)
    return form[0] == word[0] and form[-1] == word[-1]


def _same_word(form: str, word: str, endings: Collection[str]) -> bool:
    """Whether the two are one word, or forms of one: “expose”, “exposé”; “adopter”, “adoptee”.

    They are not for a letter that is doubled in one only: “refered”, “suppossed”.
    """
    if folded(form) == folded(word):
        return form != word
    if not one_edit_apart(form, word):
        return False
    stems = {word, *_stems(word, endings, _STEM)}
    return not stems.isdisjoint(_stems(form, endings, _STEM))


def _stems(word: str, endings: Collection[str], shortest: int) -> Iterator[str]:
    """What a word may be a form of: “ask” for “asked”, “plane” for “planed”, “try” for “tries”."""
    for ending in endings:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < shortest or (ending == "es" and stem[-1] not in _BEFORE_ES):
            continue
        yield stem
        if ending[0] in _VOWELS:
            yield stem + "e"
        if stem[-1:] == "i":
            yield stem[:-1] + "y"


def made_of(
    word: str, prefixes: Collection[str], suffixes: Collection[str], doubtful: bool
) -> list[tuple[str, ...]]:
    """The words that a longer one may be made of: “un-like-able”, “news-maker”.

    A word is made so if all the words of one of these are known. Of what is `doubtful` two words,
    or a short ending, are no explanation.
    """
    found: list[tuple[str, ...]] = [
        (word[len(prefix) :],)
        for prefix in prefixes
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORT + 2 * doubtful
    ]
    for suffix in suffixes:
        stem = word.removesuffix(suffix)
        if stem != word and len(stem) >= _SHORT and (len(suffix) >= _SHORT or not doubtful):
            found += [(stem,), (stem + "e",)]
    if not doubtful:
        found += [(word[:at], word[at:]) for at in range(_PART, len(word) - _PART + 1)]
    return found
