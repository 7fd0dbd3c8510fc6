"""Names of anything with one letter wrong: one that the article has often, or that is listed.

Organisations and places, mostly; of persons more is known (`forms.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import Article
from newslint.kinds.contract import Scope
from newslint.kinds.name_variant.forms import NOBODY, Conflict, judge, uses_of
from newslint.kinds.name_variant.known import IN_WORDS, Known, another_word
from newslint.language.capitals import capitalised, not_a_surname, places_of, stands_alone
from newslint.language.name_words import inner_capitals
from newslint.language.people import people
from newslint.language.spelling import index, respellings

_SHORTEST = 6
"""Letters; shorter names are near to too many words."""
_OFTEN = 3
"""Uses of the right spelling, of the wrong one being one."""


def slips(article: Article, scope: Scope, known: Known) -> Iterator[Conflict]:
    """Names of which one use, or each, differs by a letter from what stands elsewhere."""
    words = sorted(word for word in capitalised(article) if _may_be_name(word))
    named = {part for one in people(article, known.titles).persons for part in one.name.split()}
    free = [word for word in words if word not in named and word not in known.words]
    for name, word in respellings(known.listed_words, free):
        if _is_slip(article, name, word, known):
            uses = uses_of(article, scope, (word, name), known)
            if word in uses:
                yield Conflict(uses, name, (word,), IN_WORDS)
    for name, word in respellings(index(free, known.spell), free):
        if _often_and_once(article, name, word) and _is_slip(article, name, word, known):
            conflict = judge(uses_of(article, scope, (name, word), known), NOBODY, known)
            if conflict and conflict.departing == (word,):
                yield conflict


def _may_be_name(word: str) -> bool:
    return len(word) >= _SHORTEST and word[1:].islower()


def _often_and_once(article: Article, name: str, word: str) -> bool:
    return len(list(places_of(article, name))) >= _OFTEN and len(list(places_of(article, word))) < 2


def _is_slip(article: Article, name: str, word: str, known: Known) -> bool:
    """Whether a word is a name misspelt, and no other name and no word of the language."""
    if another_word(name, word, known) or another_word(word, name, known):
        return False
    if any(not_a_surname(one, known.titles) for one in (name, word)):
        return False
    if any(next(places_of(article, one.lower()), None) for one in (name, word)):
        return False
    return word.lower() in inner_capitals(article) and all(
        stands_alone(article, place, known.titles, known.stops)
        for place in places_of(article, word)
    )
