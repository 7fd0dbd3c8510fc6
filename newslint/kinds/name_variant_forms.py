"""Which spellings of a name compete in one article, and which of them is right."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from newslint.article import Article
from newslint.kinds.contract import Scope
from newslint.language.capitals import (
    capitalised,
    not_a_surname,
    places_of,
    stands_alone,
    words_of,
)
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.language.names import folded, same_given
from newslint.language.passage import Passage
from newslint.language.people import people
from newslint.language.spelling import Index, Speller, index, respellings
from newslint.language.titles import known as title_words
from newslint.language.titles import plain
from newslint.matching import prose
from newslint.patterns import occurs_in
from newslint.roster import Person, Roster

HERE, IN_PEOPLE, IN_WORDS = "elsewhere in this article", "in the people file", "in the list of words"


class Known(Struct, frozen=True, eq=False, dict=True):
    """All that a rule goes by."""

    lexicons: Lexicons
    spell: Speller
    endings: tuple[str, ...]
    places: dict[str, tuple[str, ...]]
    share: float
    shortest: int
    marks: tuple[str, ...]
    stops: frozenset[str]
    people: Roster
    words: frozenset[str]

    @cached_property
    def titles(self) -> Lexicon:
        """The lexicon of titles and names."""
        return self.lexicons["titles"]

    @cached_property
    def place_pattern(self) -> str:
        """Any of the other spellings of places."""
        return "|".join(re.escape(form) for others in self.places.values() for form in others)

    @cached_property
    def listed(self) -> dict[str, tuple[Person, ...]]:
        """The people file by surname, as it spells it."""
        found: dict[str, tuple[Person, ...]] = {}
        for person in self.people.people:
            if words := name_words(person.name, self):
                found[words[-1]] = (*found.get(words[-1], ()), person)
        return found

    @cached_property
    def listed_index(self) -> Index:
        """The surnames of the people file."""
        return index((name for name in self.listed if len(name) >= self.shortest), self.spell)


class Bearer(Struct, frozen=True):
    """What an article says of those who bear a surname."""

    given: set[str]
    """Given names that stand before it."""
    titles: set[str]
    """In lower case."""


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
        """The spelling met first."""
        return next(iter(self.uses))


def conflicts(article: Article, scope: Scope, known: Known) -> Iterator[Conflict]:
    """The names of the article that are spelt in two ways, or in another way than on the list."""
    bearers = bearers_of(article, known)
    for forms in _groups(article, bearers, known):
        bearer = _together(bearers[form] for form in forms if form in bearers)
        conflict = judge(_uses(article, scope, forms, known), bearer, known)
        if conflict is not None:
            yield conflict
    yield from _places(article, scope, known)


def _places(article: Article, scope: Scope, known: Known) -> Iterator[Conflict]:
    """Places that have more than one English spelling, and are spelt in two ways here."""
    area = prose(article).copy
    if not known.places or not occurs_in(known.place_pattern, area.encoded):
        return
    for main, others in known.places.items():
        if any(other in area.joined for other in others):
            conflict = _place(article, scope, (main, *others), known)
            if conflict is not None:
                yield conflict


def _place(
    article: Article, scope: Scope, forms: tuple[str, ...], known: Known
) -> Conflict | None:
    """The spellings of a place, where they compete or one of them is on the list of words."""
    uses = {
        form: alone
        for form, found in _uses(article, scope, forms, known).items()
        if (alone := [use for use in found if stands_alone(article, use, known.titles)])
    }
    listed = [form for form in forms if form in known.words]
    if len(listed) == 1 and uses.keys() - {listed[0]}:
        return Conflict(uses, listed[0], tuple(form for form in uses if form != listed[0]), IN_WORDS)
    return judge(uses, Bearer(set(), set()), known)


def bearers_of(
    article: Article, known: Known, without: Collection[str] = ()
) -> dict[str, Bearer]:
    """By surname as written: those named in full, with a title, or more than once.

    Blocks of the kinds `without` do not count.
    """
    found: dict[str, Bearer] = {}
    who = people(article, known.titles)
    for person in who.persons:
        titled = any(who.mentions[number].title for number in person.mentions)
        known_by = bool(person.given) or titled or len(person.mentions) > 1
        for mention in (who.mentions[number] for number in person.mentions):
            if article.blocks[mention.name.block].kind in without:
                continue
            words = name_words(mention.name.text(article), known)
            if words and known_by and words[-1][0].isupper():
                bearer = found.setdefault(words[-1], Bearer(set(), set()))
                bearer.given.update(words[:1] if mention.full and len(words) > 1 else ())
                if mention.title is not None:
                    bearer.titles.add(mention.title.text(article).lower())
    return found


def name_words(name: str, known: Known) -> list[str]:
    """The words of a name, single letters and “Jr.” left out."""
    words = words_of(name)
    while words and words[-1] in title_words(known.titles).suffixes:
        words.pop()
    return words


def _together(bearers: Iterable[Bearer]) -> Bearer:
    found = Bearer(set(), set())
    for bearer in bearers:
        found.given.update(bearer.given)
        found.titles.update(bearer.titles)
    return found


def _groups(
    article: Article, bearers: Mapping[str, Bearer], known: Known
) -> Iterator[tuple[str, ...]]:
    """Surnames with what may be other spellings of them."""
    names = [name for name in bearers if len(name) >= known.shortest and not name.isupper()]
    if not names:
        return
    words = [word for word in capitalised(article) if not word.isupper()]
    groups: dict[str, list[str]] = {}
    for name, word in respellings(index(names, known.spell), sorted(words)):
        one, other = groups.get(name, [name]), groups.get(word, [word])
        if one is not other and _one_person(article, name, word, bearers, known):
            group = one + other
            groups.update(dict.fromkeys(group, group))
    for name in names:
        group = groups.get(name, [name])
        if len(group) == 1 or name == next(form for form in group if form in names):
            yield tuple(group)


def _one_person(
    article: Article, name: str, word: str, bearers: Mapping[str, Bearer], known: Known
) -> bool:
    """Whether a word that looks like a surname is that surname, misspelt."""
    other = bearers.get(word)
    if other is not None and other.given and bearers[name].given:
        short, long = sorted((name, word), key=len)
        if another_word(short, long, known) and _rarer(article, long, short):
            return False
        return same_person(bearers[name].given, other.given, known)
    if another_word(name, word, known) or (
        not bearers[name].given and another_word(word, name, known)
    ):
        return False
    if any(word in one.given for one in bearers.values()):
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
    """Whether the article has fewer uses of one word than of the other."""
    return len(list(places_of(article, one))) <= len(list(places_of(article, other)))


def same_person(one: Iterable[str], other: Collection[str], known: Known) -> bool:
    """Whether given names of the two can be one person's."""
    short = title_words(known.titles).short
    return any(same_given(a, b, short) for a in one for b in other)


def another_word(name: str, word: str, known: Known) -> bool:
    """Whether the word is made of the name, as plurals and adjectives are."""
    ending = word[len(name) :]
    return word.startswith(name) and ending in known.endings and ending != name[-1]


def _uses(
    article: Article, scope: Scope, forms: Iterable[str], known: Known
) -> dict[str, list[Passage]]:
    uses = {
        form: [
            use
            for use in places_of(article, form)
            if scope.allows(article, *use) and not _marked(article, use, known)
        ]
        for form in forms
    }
    met = {form: places for form, places in uses.items() if places}
    return dict(sorted(met.items(), key=lambda item: item[1]))


def _marked(article: Article, use: Passage, known: Known) -> bool:
    """Whether the copy itself says that the spelling is meant (“[sic]”)."""
    behind = plain(article.blocks[use.block].text[use.end : use.end + 20])
    return behind.removeprefix("'s").lstrip().startswith(known.marks)


def judge(uses: dict[str, list[Passage]], bearer: Bearer, known: Known) -> Conflict | None:
    """Which of the spellings is right, and which are not."""
    right, where = on_file(uses, bearer, known)
    if len(uses) < 2 and (not right or right in uses):
        return None
    if not right:
        total = sum(map(len, uses.values()))
        right = next((form for form in uses if len(uses[form]) >= known.share * total), "")
    wrong = [form for form in uses if form != right]
    return Conflict(uses, right, tuple(wrong if right else wrong[1:]), where or HERE)


def on_file(forms: Collection[str], bearer: Bearer, known: Known) -> tuple[str, str]:
    """The spelling that the people file or the list of words has, and where it stands."""
    if known.people.people:
        found = {form for form in forms if _meant(known.listed.get(form, ()), bearer, known)}
        found = found or {
            name
            for name, _ in respellings(known.listed_index, sorted(forms))
            if _meant(known.listed[name], bearer, known)
        }
        if found:
            return (found.pop(), IN_PEOPLE) if len(found) == 1 else ("", "")
    listed = sorted(set(forms) & known.words)
    return (listed[0], IN_WORDS) if len(listed) == 1 else ("", "")


def _meant(people: Iterable[Person], bearer: Bearer, known: Known) -> bool:
    """Whether one of these people of the people file is who the article speaks of."""
    for person in people:
        given = [words[0] for name in person.names if len(words := name_words(name, known)) > 1]
        if bearer.given:
            if same_person(bearer.given, given, known):
                return True
        elif any(folded(role.title) in bearer.titles for role in person.roles):
            return True
    return False
