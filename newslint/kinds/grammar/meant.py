"""What a misspelt word was meant to be: a word one letter away, the surer the shorter it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newslint.kinds.grammar.unknown import short_form
from newslint.language.names import folded
from newslint.language.spelling import one_edit_apart

LONG = 7
"""Letters; so long a word is near to few others, and these need not be common ones."""
_SHORT = 4
"""Letters; so short a word is near to many others."""
_MOST = 5
"""Suggestions of an engine that are looked at."""
_STEM = 3
"""Letters that forms of one word have in common."""
_VOWELS = "aeiou"


def meant(
    form: str, suggestions: Iterable[str], common: frozenset[str], endings: Sequence[str]
) -> tuple[str, ...]:
    """What may be meant by a word in lower case, common words first; nothing if it may be right.

    Right is what is a form of a word that is near, or but for an accent or an apostrophe the same.
    """
    found = []
    for word in map(str.lower, suggestions):
        if _same_word(form, word, endings):
            return ()
        if word.replace("'", "").isalpha() and ("'" not in word or short_form(word)):
            found.append(word)
    near = [word for word in found[:_MOST] if _near(form, word)]
    if len(form) < LONG:  # engines name few words, and not always the common one
        near += sorted(word for word in common if word not in near and _near(form, word))
    usual = [word for word in near if is_common(word, common, endings)]
    if usual:
        return tuple(usual if len(form) < LONG else dict.fromkeys(usual + near))
    return tuple(near) if len(form) >= LONG else ()


def _near(form: str, word: str) -> bool:
    """Whether one may be the other misspelt."""
    if short_form(word):
        return form.replace("'", "") == word.replace("'", "") or one_edit_apart(form, word)
    swapped = len(form) == len(word) and sorted(form) == sorted(word)
    if len(form) <= _SHORT and not swapped and (len(word) <= len(form) or len(form) < _SHORT):
        return False
    return one_edit_apart(form, word)


def _same_word(form: str, word: str, endings: Sequence[str]) -> bool:
    if short_form(word):
        return False
    if folded(form) == folded(word) and form != word:
        return True
    stems = {stem for stem in _stems(form, endings) if len(stem) >= _STEM}
    return one_edit_apart(form, word) and not stems.isdisjoint({word, *_stems(word, endings)})


def is_common(word: str, common: frozenset[str], endings: Sequence[str]) -> bool:
    """Whether a word or what it is a form of is a common one."""
    return word in common or not common.isdisjoint(_stems(word, endings))


def _stems(word: str, endings: Sequence[str]) -> Iterator[str]:
    """What a word may be a form of: “plan”, “plane” for “planned”, “try” for “tries”."""
    for ending in endings:
        stem = word.removesuffix(ending)
        if stem != word:
            yield stem
            if ending[0] in _VOWELS:
                yield stem + "e"
            if stem[-1:] == "i":
                yield stem[:-1] + "y"
            if stem[-1:] == stem[-2:-1]:
                yield stem[:-1]
