"""What the rules on names go by: who bears a surname in an article, and who is on the list."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property

from ahocorasick_rs import AhoCorasick, Implementation
from msgspec import Struct

from newslint.article import Article
from newslint.language.capitals import words_of
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.language.names import folded, same_given
from newslint.language.people import people
from newslint.language.spelling import Index, Speller, index, respellings
from newslint.language.titles import HONORIFIC
from newslint.language.titles import known as title_words
from newslint.roster import Person, Roster

IN_PEOPLE = "in the people file"
IN_WORDS = "in the list of words"


class Known(Struct, frozen=True, eq=False, dict=True, kw_only=True):
    """All that a rule goes by."""

    lexicons: Lexicons
    spell: Speller
    endings: tuple[str, ...]
    """What makes another word of a name and no other spelling."""
    shortest: int
    """Letters of a surname."""
    people: Roster
    words: frozenset[str]
    places: dict[str, tuple[str, ...]] = {}
    """A place, and its other spellings."""
    share: float = 1
    """The part of all uses that makes a spelling the right one."""
    alone: int = 6
    """Letters of a surname that, without an office, tells across articles who is meant."""
    marks: tuple[str, ...] = ()
    """What stands behind a spelling that is meant."""
    place_before: frozenset[str] = frozenset()
    """Words after which a name is that of a place."""
    stops: frozenset[str] = frozenset()
    """Words that do not follow a surname at the start of a sentence."""

    @cached_property
    def titles(self) -> Lexicon:
        """The lexicon of titles and names."""
        return self.lexicons["titles"]

    @cached_property
    def other_places(self) -> AhoCorasick:
        """Finds the other spellings of places."""
        forms = dict.fromkeys(form for others in self.places.values() for form in others)
        return AhoCorasick(list(forms), implementation=Implementation.DFA)

    @cached_property
    def _spellings(self) -> frozenset[str]:
        return frozenset(form for main, others in self.places.items() for form in (main, *others))

    def listed_places(self, forms: Iterable[str]) -> bool:
        """Whether any of these is a place of which the other spellings are known."""
        return not self._spellings.isdisjoint(forms)

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

    @cached_property
    def listed_words(self) -> Index:
        """The names of one word in the list of words."""
        return index((word for word in sorted(self.words) if word.istitle()), self.spell)


class Bearer(Struct, frozen=True):
    """What an article says of those who bear a surname."""

    given: set[str]
    """Given names that stand before it."""
    titles: set[str]
    """As written, in lower case, and their main forms; no “Mr.”."""


def bearers_of(article: Article, known: Known, without: Collection[str] = ()) -> dict[str, Bearer]:
    """By surname as written: those named in full, with a title, or more than once.

    Blocks of the kinds `without` do not count.
    """
    found: dict[str, Bearer] = {}
    who = people(article, known.titles)
    for person in who.persons:
        mentions = [who.mentions[number] for number in person.mentions]
        if not (person.given or len(mentions) > 1 or any(mention.title for mention in mentions)):
            continue
        for mention in mentions:
            if article.blocks[mention.name.block].kind in without:
                continue
            words = name_words(mention.name.text(article), known)
            if words and words[-1][0].isupper():
                bearer = found.setdefault(words[-1], Bearer(set(), set()))
                if mention.full and len(words) > 1:
                    bearer.given.add(words[0])
                if mention.title is not None and mention.sort != HONORIFIC:
                    bearer.titles.update((mention.title.text(article).lower(), mention.office))
    return found


def together(bearers: Iterable[Bearer]) -> Bearer:
    """All that is said of several."""
    found = Bearer(set(), set())
    for bearer in bearers:
        found.given.update(bearer.given)
        found.titles.update(bearer.titles)
    return found


def name_words(name: str, known: Known) -> list[str]:
    """The words of a name, single letters and “Jr.” left out."""
    words = words_of(name)
    while words and words[-1] in title_words(known.titles).suffixes:
        words.pop()
    return words


def same_person(one: Iterable[str], other: Collection[str], known: Known) -> bool:
    """Whether given names of the two can be one person's."""
    short = title_words(known.titles).short
    return any(same_given(a, b, short) for a in one for b in other)


def short_form(one: str, other: str, known: Known) -> bool:
    """Whether one given name is short for the other, or both are for a third."""
    short = title_words(known.titles).short
    first, second = folded(one), folded(other)
    return first != second and short.get(first, first) == short.get(second, second)


def another_word(name: str, word: str, known: Known) -> bool:
    """Whether the word is made of the name, as plurals and adjectives are."""
    ending = word[len(name) :]
    return word.startswith(name) and ending in known.endings and ending != name[-1]


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


def evenly_cased(forms: Collection[str]) -> str:
    """Of spellings that differ in capitals alone the one that begins with a single one: HIllary."""
    even = [form for form in forms if not (form[:2].isupper() and form[2:3].islower())]
    same = len({form.lower() for form in forms}) == 1
    return even[0] if same and len(even) == 1 < len(forms) else ""


def _meant(people: Iterable[Person], bearer: Bearer, known: Known) -> bool:
    """Whether one of these people of the people file is who the article speaks of."""
    for person in people:
        given = [words[0] for name in person.names if len(words := name_words(name, known)) > 1]
        if bearer.given:
            if same_person(bearer.given, given, known):
                return True
        elif any(role.title.lower() in bearer.titles for role in person.roles):
            return True
    return False
