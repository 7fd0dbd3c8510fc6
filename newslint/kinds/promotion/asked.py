"""What somebody is said to search or ask for, in the words that are typed into a search box."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from newslint.later import compiled_later
from newslint.matching import fold

REACH = 140
"""Code points after a lead in which a query stands."""
_CLAUSE = compiled_later(r"[^.,;:!?()\[\]“”\"—–\n]*")
_WORD = compiled_later(r"\S+")
_YEAR = compiled_later(r"20\d\d")
_LEAST = 3
"""Words of a query, and what its words must weigh together."""
_MOST = 14
"""Words of one that are looked at."""
_SURE, _HINT = 2, 1
_TAIL = 5
"""Words by which a query may go on after the last that gives it away."""


class Asked(NamedTuple):
    """The words of a rule, folded."""

    links: frozenset[str]
    questions: frozenset[str]
    auxiliaries: frozenset[str]
    subjects: frozenset[str]
    names: frozenset[str]
    tails: frozenset[str]
    pairs: frozenset[str]
    dated: frozenset[str]
    joints: frozenset[str]
    stops: frozenset[str]


class _Word(NamedTuple):
    text: str
    start: int
    end: int


def query_after(asked: Asked, text: str, end: int) -> tuple[int, int] | None:
    """Where a query stands in a text, if what follows a lead that ends at `end` is one."""
    word = text[end + 1 : end + 1 + REACH].partition(" ")[0]
    if text[end : end + 1] != " " or word in asked.joints or not word[:1].islower():
        return None  # so most clauses begin
    clause = _CLAUSE.match(text, end, end + REACH)
    if clause is None:
        return None
    if clause[0].count(" ") < _LEAST:
        return None
    words = [_Word(one[0], *one.span()) for one in islice(_WORD.finditer(clause[0]), _MOST)]
    while words and words[0].text in asked.links:
        del words[0]
    if len(words) < _LEAST or not words[0].text[0].islower():
        return None
    last = _last_sure(asked, words)
    if last < 0:
        return None
    least = max(last + 1, _LEAST)
    rest = range(least, min(len(words), least + _TAIL))
    end_of_all = rest.stop if _inverted(asked, words) else least
    stop = next((number for number in rest if words[number].text in asked.stops), end_of_all)
    return end + words[0].start, end + words[stop - 1].end


def _last_sure(asked: Asked, words: list[_Word]) -> int:
    """The number of the last word that gives a query away; -1 where the words do not."""
    asks = weight = _inverted(asked, words)
    last = _LEAST if weight else -1
    sure = weight > 0 or words[0].text not in asked.questions
    for number, word in enumerate(words):
        if not asks and weight < _LEAST and word.text in asked.joints:
            return -1
        value = _weight(asked, words, number)
        sure = sure or value > _HINT
        if value:
            weight, last = weight + value, number
        elif number > last + _TAIL or (word.text in asked.stops and weight >= _LEAST):
            break
    return last if sure and weight >= _LEAST else -1


def _weight(asked: Asked, words: list[_Word], number: int) -> int:
    """What a word tells: names in small letters, years without “in”, “near me”, “live”."""
    word, before = words[number].text, words[number - 1].text if number else ""
    if f"{before} {word}" in asked.pairs:
        return _LEAST
    if word[0] == "2" and _YEAR.fullmatch(word):
        bare = number >= _LEAST - 1 and before.isalpha() and before.islower()
        return _SURE if bare and before not in asked.dated else 0
    if word in asked.names:
        return _SURE
    return _HINT if number and word in asked.tails else 0


def _inverted(asked: Asked, words: list[_Word]) -> int:
    """What it weighs that they are in the order of a question that is asked: “is it safe”.

    Behind “how” or “why” many a writer keeps that order.
    """
    first = 1 if words[0].text in asked.questions else 0
    auxiliary, subject = words[first].text, words[first + 1].text
    if auxiliary not in asked.auxiliaries or fold(subject) not in asked.subjects:
        return 0
    if len(words) <= first + _LEAST:
        return 0
    return _SURE if first else _LEAST
