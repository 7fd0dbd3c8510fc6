"""Which spellings of a name compete in one article, and which of them is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from newslint.article import Article
from newslint.kinds.contract import Scope
from newslint.kinds.name_variant.known import (
    IN_WORDS,
    Bearer,
    Known,
    another_word,
    bearers_of,
    evenly_cased,
    on_file,
    same_person,
    short_form,
    together,
)
from newslint.language.capitals import capitalised, not_a_surname, places_of, stands_alone
from newslint.language.names import folded
from newslint.language.passage import Passage
from newslint.language.quotations import in_quotation
from newslint.language.spelling import index, respellings
from newslint.language.titles import known as title_words
from newslint.language.titles import plain
from newslint.later import compiled_later
from newslint.matching import prose

HERE = "elsewhere in this article"
_DIACRITICS = compiled_later("[À-ÖØ-öø-ɏ]")
NOBODY = Bearer(set(), set())
_MOST = 8
"""Spellings of one name; what has more is made up, and must not cost more."""
_FULL = 50
"""Characters behind a given name in which the surname is looked for."""
_STOPS = ".,;:!?)"
_MARKS = _STOPS + "”\"’'"
_BEHIND = 20
"""Characters behind a word in which “[sic]” may stand."""


class Conflict(Struct, frozen=True):
    """Spellings of one name in an article."""

    uses: dict[str, list[Passage]]
    """By spelling, the one met first at first."""
    right: str
    """The spelling that is certainly right, or nothing."""
    departing: tuple[str, ...]
    """Those that carry findings."""
    where: str
    """Where the other spelling stands."""

    @property
    def first(self) -> str:
        """The spelling used most; of several the one met first."""
        return _most_used(self.uses)


def conflicts(article: Article, scope: Scope, known: Known) -> Iterator[Conflict]:
    """The names of the article that are spelt in two ways, or in another way than on the list."""
    bearers = bearers_of(article, known)
    text = prose(article).copy.joined
    marked = not text.isascii() and _DIACRITICS.search(text) is not None
    for forms in _groups(article, bearers, known, marked):
        bearer = together(bearers[form] for form in forms if form in bearers)
        if conflict := judge(uses_of(article, scope, forms, known), bearer, known):
            yield conflict
    for surname, bearer in bearers.items():
        given = _given_names(article, surname, bearer.given, known) if bearer.given else set()
        if len(given) > 1:
            yield from _given(article, scope, surname, given, known)
    if known.other_places.find_matches_as_indexes(text):
        yield from _places(article, scope, known)


def judge(uses: dict[str, list[Passage]], bearer: Bearer, known: Known) -> Conflict | None:
    """Which of the spellings is right, and which are not."""
    right, where = on_file(uses, bearer, known)
    if len(uses) < 2 and (not right or right in uses):
        return None
    if not right:
        total = sum(map(len, uses.values()))
        most = next((form for form in uses if len(uses[form]) >= known.share * total), "")
        right = most or evenly_cased(uses)
    kept = right or _most_used(uses)
    wrong = tuple(form for form in uses if form != kept)
    return Conflict(uses, right, wrong, where or HERE)


def _most_used(uses: dict[str, list[Passage]]) -> str:
    """Of all spellings that one; of several the one met first."""
    return max(uses, key=lambda form: len(uses[form]))


def uses_of(
    article: Article, scope: Scope, forms: Iterable[str], known: Known
) -> dict[str, list[Passage]]:
    """Where the forms stand, the one met first at first."""
    uses = {
        form: [
            use
            for use in places_of(article, form)
            if scope.allows(article, *use) and not _meant(article, use, known)
        ]
        for form in forms
    }
    met = {form: places for form, places in uses.items() if places}
    return dict(sorted(met.items(), key=lambda item: item[1]))


def _meant(article: Article, use: Passage, known: Known) -> bool:
    """Whether the copy itself says that the spelling is meant (“[sic]”)."""
    behind = plain(article.blocks[use.block].text[use.end : use.end + _BEHIND])
    return behind.removeprefix("'s").lstrip().startswith(known.marks)


def _groups(
    article: Article, bearers: Mapping[str, Bearer], known: Known, marked: bool
) -> Iterator[tuple[str, ...]]:
    """Names with what may be other spellings of them; `marked` where some may have diacritics."""
    names = [name for name in bearers if len(name) >= known.shortest and not name.isupper()]
    if not names and not marked:
        return
    words = capitalised(article)
    given = together(bearers.values()).given
    pairs = [
        (name, word)
        for name, word in sorted(respellings(index(names, known.spell), words))
        if not word.isupper()
        and (word not in given or word in bearers)
        and _one_person(article, name, word, bearers, known)
    ]
    if marked:
        pairs += _but_for_marks(article, words, bearers, known)
    groups: dict[str, list[str]] = {}
    for one, other in pairs:
        group, more = groups.get(one, [one]), groups.get(other, [other])
        if group is not more and len(group) + len(more) <= _MOST:
            groups.update(dict.fromkeys(group + more, group + more))
    for name in dict.fromkeys((*names, *groups) if known.people.people else groups):
        if name == groups.get(name, [name])[0]:
            yield tuple(groups.get(name, [name]))


def _one_person(
    article: Article, name: str, word: str, bearers: Mapping[str, Bearer], known: Known
) -> bool:
    """Whether a word that looks like a surname is that surname, misspelt."""
    own, other = bearers[name].given, bearers[word].given if word in bearers else None
    if own and other:
        short, long = sorted((name, word), key=len)
        if another_word(short, long, known) and _rarer(article, long, short):
            return False
        return same_person(own, other, known)
    if another_word(name, word, known) or (not own and another_word(word, name, known)):
        return False
    held, others = bearers[name].titles, bearers[word].titles if word in bearers else set()
    if held and others and held.isdisjoint(others):
        return False
    if not_a_surname(word, known.titles) or name.lower() in title_words(known.titles).places:
        return False
    if next(places_of(article, word.lower()), None) is not None:
        return False
    return any(
        stands_alone(article, place, known.titles, known.stops)
        for place in places_of(article, word)
    )


def _rarer(article: Article, one: str, other: str) -> bool:
    """Whether the article has no more uses of one word than of the other."""
    return len(list(places_of(article, one))) <= len(list(places_of(article, other)))


def _but_for_marks(
    article: Article, words: Iterable[str], bearers: Mapping[str, Bearer], known: Known
) -> Iterator[tuple[str, str]]:
    """Names that stand in the article with diacritics and without, whoever or whatever has them."""
    marked = {word: folded(word) for word in sorted(words) if not word.isascii()}
    bare = {word.lower(): word for word in sorted(words) if word.isascii() and not word.isupper()}
    for one, form in marked.items() if bare else ():
        other = bare.get(form, "")
        if len(other) < known.shortest or one in bearers or other in bearers:
            continue
        if not_a_surname(one, known.titles) or not_a_surname(other, known.titles):
            continue
        if next(places_of(article, form), None) is not None:
            continue
        if all(
            any(_told(article, use) for use in places_of(article, name)) for name in (one, other)
        ):
            yield one, other


def _told(article: Article, place: Passage) -> bool:
    """Whether a word stands in narration, and another before it in the same sentence."""
    before = article.blocks[place.block].text[: place.start].rstrip(" \u00a0")
    return before[-1:].isalnum() and not in_quotation(article, *place)


def _given(
    article: Article, scope: Scope, surname: str, given: set[str], known: Known
) -> Iterator[Conflict]:
    """Given names of one surname that are two spellings of one."""
    for one, other in respellings(index(sorted(given), known.spell), sorted(given)):
        if one > other or one.isupper() or other.isupper() or short_form(one, other, known):
            continue
        if one[-1] != other[-1] and known.spell.normal(one) != known.spell.normal(other):
            continue  # “Eric” and “Erica”
        met = uses_of(article, scope, (one, other), known)
        uses = {
            name: full
            for name, places in met.items()
            if (full := [place for place in places if _before(article, place, surname)])
        }
        if conflict := judge(uses, NOBODY, known):
            yield conflict


def _before(article: Article, place: Passage, surname: str) -> bool:
    """Whether a surname follows a given name, directly or behind up to two middle names."""
    behind = article.blocks[place.block].text[place.end : place.end + _FULL].split(" ", 4)
    for word in behind[1:4] if behind[0] == "" else ():
        if word.rstrip(_MARKS).removesuffix("’s").removesuffix("'s") == surname:
            return True
        if not word[:1].isupper() or word[-1] in _STOPS:
            return False
    return False


def _given_names(article: Article, surname: str, given: set[str], known: Known) -> set[str]:
    """The given names of a surname, with those that are respellings of one in unclear copy."""
    names = index(sorted(given), known.spell)
    words = _words_before(article, surname) - given
    return given | {word for _, word in respellings(names, sorted(words))}


def _words_before(article: Article, surname: str) -> set[str]:
    """The capitalised words directly before a surname."""
    text, found = prose(article).copy.joined, set()
    at = text.find(f" {surname}")
    while at >= 0:
        word = text[max(0, at - _FULL) : at].rpartition(" ")[2]
        if word.isalpha() and word[0].isupper() and word[1:].islower():
            found.add(word)
        at = text.find(f" {surname}", at + len(surname))
    return found


def _places(article: Article, scope: Scope, known: Known) -> Iterator[Conflict]:
    """Places that have more than one English spelling, and are spelt in two ways here."""
    text = prose(article).copy.joined
    for main, others in known.places.items():
        if not any(other in text for other in others):
            continue
        if conflict := _place(article, scope, (main, *others), known):
            yield conflict


def _place(article: Article, scope: Scope, forms: tuple[str, ...], known: Known) -> Conflict | None:
    uses = {
        form: alone
        for form, met in uses_of(article, scope, forms, known).items()
        if (alone := [use for use in met if stands_alone(article, use, known.titles)])
    }
    listed = [form for form in forms if form in known.words]
    wrong = tuple(form for form in uses if form not in listed)
    if len(listed) == 1:
        return Conflict(uses, listed[0], wrong, IN_WORDS) if wrong else None
    return judge(uses, NOBODY, known)
