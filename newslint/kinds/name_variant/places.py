"""Places that an article spells in two ways, though no list knows them: “Grennland Sea”."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from newslint.article import Article
from newslint.kinds.contract import Scope
from newslint.kinds.name_variant.forms import NOBODY, Conflict, judge, uses_of
from newslint.kinds.name_variant.known import Known, another_word
from newslint.language.capitals import capitalised, opening_word, places_of, stands_alone
from newslint.language.lexicon import Lexicon
from newslint.language.names import folded
from newslint.language.passage import Passage
from newslint.language.people import people
from newslint.language.titles import known as title_words

_SHORTEST = 5
"""Letters; shorter names are near to too many words."""
_NEAR = 30
"""Characters beside a name in which words tell a place."""


def place_names(article: Article, scope: Scope, known: Known) -> Iterator[Conflict]:
    """Names that sound alike, each of which copy treats as the name of a place."""
    groups: dict[str, list[str]] = {}
    normal = known.spell.normal
    for word in capitalised(article):
        if len(word) >= _SHORTEST:
            groups.setdefault(normal(word), []).append(word)
    for forms in sorted(sorted(forms) for forms in groups.values() if len(forms) > 1):
        if not _other_words(article, forms, known):
            uses = uses_of(article, scope, forms, known)
            if len(uses) > 1 and all(
                any(_is_place(article, use, known) for use in met) for met in uses.values()
            ):
                conflict = judge(uses, NOBODY, known)
                if conflict:
                    yield conflict


def _other_words(article: Article, forms: list[str], known: Known) -> bool:
    """Whether these are no two spellings of one name, or of a name that is judged elsewhere."""
    words = title_words(known.titles)
    if len({folded(form) for form in forms}) < len(forms) or known.listed_places(forms):
        return True
    if any(
        form.isupper() or form in words.given or form.lower() in words.titles
        or opening_word(form, known.titles)
        or any(another_word(form, other, known) for other in forms if other != form)
        or next(places_of(article, form.lower()), None) is not None
        for form in forms
    ):  # fmt: skip
        return True
    named = {word for person in people(article, known.titles).persons
             for word in person.name.split()}  # fmt: skip
    return not named.isdisjoint(forms)


def _is_place(article: Article, use: Passage, known: Known) -> bool:
    """Whether a place is meant: “in Corley”, “Corley Sea”."""
    text = article.blocks[use.block].text
    behind = text[use.end : use.end + _NEAR].split(" ", 2)
    if behind[0] == "" and len(behind) > 1 and behind[1].rstrip(".,;:") in _nouns(known.titles):
        return True
    before = text[max(0, use.start - _NEAR) : use.start].split(" ")
    return (
        len(before) > 1 and before[-1] == "" and before[-2] in known.place_before
        and stands_alone(article, use, known.titles)
    )  # fmt: skip


@cache
def _nouns(titles: Lexicon) -> frozenset[str]:
    """“Sea”, “River”, “Province”."""
    return frozenset(titles.mapping("never").get("places", "").split())
