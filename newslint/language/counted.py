"""What stands around a number: the approximation before it, the unit and the noun behind it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newslint.language.lexicon import Lexicon
from newslint.later import compiled_later

ABOVE, BELOW, AT_MOST, ABOUT = "above", "below", "at-most", "about"
"""What the lexicon calls the groups of approximations."""
MOST_MODIFIERS = 4
"""Words that may stand between a number and the noun that it counts."""
_OPENING = "(“\"'—–"
_UNIT = compiled_later(r"([^\W\d_]+)(?:[ -‑]([^\W\d_]+))?(?:[ -]([^\W\d_]+))?")
_WORD = compiled_later(r"[ -]([^\W\d_]+(?:['’-][^\W\d_]+)*)")
_OF = compiled_later(r" of (?:(?:the|its|their|his|her|our|these|those|all) )?")
_WHOLE = compiled_later(
    r"\b(?:out of|of (?:the|its|their|his|her|our|these|those|every|all|all the)) $"
)
_SHARE = compiled_later(r"([\w,]+) (?:of|in) $")


class Words(NamedTuple):
    """The words around numbers, compiled of a lexicon."""

    before: dict[str, str]
    after: dict[str, str]
    ends: frozenset[str]
    """The last words of the phrases in `before`."""
    units: dict[str, str]
    begins: frozenset[str]
    """The first words of units and currencies."""
    currencies: dict[str, str]
    no_nouns: frozenset[str]
    plurals: dict[str, str]
    no_plurals: frozenset[str]
    shares: frozenset[str]
    events: frozenset[str]
    passed: frozenset[str]
    """Whatever else may stand behind a number."""


@cache
def words_of(lexicon: Lexicon) -> Words:
    """What the lexicon called `figures` says of approximations, units and nouns."""
    before, units = _named(lexicon, "approximations"), _named(lexicon, "units")
    currencies, numbers = _named(lexicon, "currencies"), lexicon.phrases("numbers")
    passed, events = lexicon.phrases("no-nouns"), lexicon.phrases("events")
    return Words(
        before=before, after=_named(lexicon, "approximations-after"),
        ends=frozenset(phrase.split()[-1] for phrase in before),
        units=units, currencies=currencies,
        begins=frozenset(re.split(r"[ -]", phrase)[0] for phrase in (*units, *currencies)),
        no_nouns=frozenset((*passed, *events, *numbers)),
        plurals={plural: str(one) for plural, one in lexicon.mapping("plurals").items()},
        no_plurals=frozenset(lexicon.phrases("no-plurals")),
        shares=frozenset((*lexicon.phrases("shares"), *numbers)),
        events=frozenset(events),
        passed=frozenset((*passed, *lexicon.phrases("scales"), *units)),
    )  # fmt: skip


def _named(lexicon: Lexicon, section: str) -> dict[str, str]:
    """From each phrase of a section to the name that it stands under."""
    return {form: name for name, forms in lexicon.mapping(section).items() for form in forms}


def approximation(words: Words, folded: str, start: int, end: int) -> tuple[str, int, int]:
    """How near `folded[start:end]` is said to be, and the range with the words that say so."""
    left = folded[max(0, start - 32) : start]
    bare = left.rstrip()
    if bare.endswith((" a", " an", " the")):
        bare = bare[: bare.rindex(" ")]
    pieces = bare.split(" ")[-4:]
    if pieces[-1].lstrip(_OPENING) in words.ends:
        for first in range(len(pieces)):
            phrase = " ".join(pieces[first:]).lstrip(_OPENING)
            if phrase in words.before:
                return words.before[phrase], start - len(left) + len(bare) - len(phrase), end
    if folded[end : end + 1] == "+" or folded[end : end + 5] == "-plus":
        return ABOVE, start, end + (1 if folded[end] == "+" else 5)
    right = folded[end : end + 20]
    if right.startswith(" "):
        pieces = right.split()[:2]
        for length in range(len(pieces), 0, -1):
            phrase = " ".join(pieces[:length]).rstrip(".,;:")
            if phrase in words.after:
                return words.after[phrase], start, end + 1 + len(phrase)
    return "", start, end


def unit(words: Words, folded: str, end: int) -> tuple[str, int]:
    """The unit behind a number and where it ends; nothing and `end` where there is none."""
    offset = end + (folded[end : end + 1] in (" ", "-", "‑"))
    first = folded[offset : offset + 1]
    if not first.isalpha():
        for sign in (folded[offset : offset + 2], first):
            if sign and not sign[0].isalnum() and sign in words.units:
                return words.units[sign], offset + len(sign)
        return "", end
    pieces = _UNIT.match(folded, offset, offset + 24)
    if pieces is None or pieces[1] not in words.begins:
        return "", end
    for group in (3, 2, 1):
        phrase = folded[offset : pieces.end(group)] if pieces[group] else ""
        name = words.units.get(phrase) or words.currencies.get(phrase)
        if name:
            return name, pieces.end(group)
    return "", end


class Noun(NamedTuple):
    """What is counted: its words, and the last of them alone."""

    start: int
    end: int
    head: int
    """Where the last word begins."""


def noun(words: Words, folded: str, end: int) -> Noun | None:
    """The plural noun, with what describes it, that a number ending at `end` counts."""
    if folded[end : end + 1] not in (" ", "\u00a0"):
        return None  # “50-state poll”
    of = _OF.match(folded, end)
    at = of.end() - 1 if of else end
    first = head = -1
    for _ in range(MOST_MODIFIERS + 1):
        match = _WORD.match(folded, at)
        if match is None or match[1] in words.no_nouns:
            break
        first = match.start(1) if first < 0 else first
        at = match.end()
        if is_plural(words, match[1]):
            head = match.start(1)
            following = _WORD.match(folded, at)
            if following is None or not _goes_on(words, following[1]):
                return Noun(first, at, head)
    return None


def _goes_on(words: Words, word: str) -> bool:
    """Whether the plural before `word` only describes it: “sales managers”."""
    return word not in words.no_nouns and is_plural(words, word)


def is_plural(words: Words, word: str) -> bool:
    """Whether a word, in lower case, looks like a plural noun."""
    last = word.rpartition("-")[2]
    if last in words.plurals:
        return True
    if word in words.no_plurals or len(last) < 4 or not last.endswith("s"):
        return False
    return not last.endswith(("ss", "us", "is", "'s", "’s", "ous"))


def singular(words: Words, plural: str) -> str:
    """One of them, in lower case: “city” of “cities”."""
    stem, dash, last = plural.rpartition("-")
    if last in words.plurals:
        return stem + dash + words.plurals[last]
    if last.endswith("ies") and len(last) > 4:
        return stem + dash + last[:-3] + "y"
    if last.endswith(("ches", "shes", "xes", "sses", "zes")):
        return stem + dash + last[:-2]
    return stem + dash + last.removesuffix("s")


def is_part(words: Words, folded: str, start: int) -> bool:
    """Whether the number at `start` is the whole that another is a part of: “three of the 12”."""
    left = folded[max(0, start - 24) : start]
    if " of " not in left and " in " not in left:
        return False
    if _WHOLE.search(left):
        return True
    share = _SHARE.search(left)
    return share is not None and (share[1] in words.shares or share[1][-1].isdigit())
