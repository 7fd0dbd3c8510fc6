"""Who is named: every mention with its title, and one person over all references.

Precision comes first: capitals alone make no person. It takes a title, a given name that the
lexicon knows, or somebody who says or does something; then the surname alone is a reference too.
"""

from __future__ import annotations

from bisect import bisect_left

from msgspec import Struct

from newslint.article import Article
from newslint.language import once_for
from newslint.language.lexicon import Lexicon
from newslint.language.name_runs import Named
from newslint.language.named import named
from newslint.language.names import identity, person_key, same_given
from newslint.language.passage import Passage
from newslint.language.quotations import in_quotation
from newslint.language.titles import HONORIFIC, NOW, Known, known
from newslint.matching import Area, prose


class Mention(Struct, frozen=True, gc=False):
    """One reference to a person by name."""

    whole: Passage
    """With all that belongs to it: “Ukraine’s former Defense Minister Rustem Umerov”."""
    name: Passage
    """The name alone: “Rustem Umerov”, “Umerov”."""
    person: int
    """Index into `People.persons`."""
    title: Passage | None = None
    """“Defense Minister”, without qualifier and of-what; of an apposition too."""
    qualifier: Passage | None = None
    """“former”, “then”, “acting”."""
    of: Passage | None = None
    """“Ukraine’s”, “of Ukraine”."""
    full: bool = False
    """With given name and surname."""
    quoted: bool = False
    """Inside a quotation."""
    status: str = NOW
    """What the qualifier says: `now`, `former`, `acting`, `elect`, `retired`, `late`, `then`…"""
    office: str = ""
    """The main form of the title, the same for “Sen.” and “Senator”; nothing without a title."""
    sort: str = ""
    """Of the title: `office`, `rank`, `role`, `honorific`."""


class Person(Struct, frozen=True, gc=False):
    """Everything an article says of one person."""

    name: str
    """The fullest form, as first written."""
    given: str
    surname: str
    mentions: tuple[int, ...]
    """Indices into `People.mentions`, in reading order."""
    key: str = ""
    """The identity of the name (`names.identity`), the same for all its spellings."""


class People(Struct, frozen=True):
    """The people of an article."""

    mentions: tuple[Mention, ...]
    """In reading order."""
    persons: tuple[Person, ...]
    """In the order of their first mention."""


_NAMESAKES = 40
"""So many persons of one surname are told apart; it keeps hostile copy linear."""
NOBODY = People((), ())


@once_for
def people(article: Article, titles: Lexicon) -> People:
    """Who is named in the article; `titles` is the lexicon of that name."""
    words = known(titles)
    area = prose(article).copy
    found = named(article, titles)
    if not found:
        return NOBODY
    groups = _grouped(found, words)
    order = sorted(range(len(groups)), key=lambda number: groups[number][0].start)
    owner = {one.start: rank for rank, number in enumerate(order) for one in groups[number]}
    reading = sorted((one for one in found if one.start in owner), key=lambda one: one.start)
    mentions = [_mention(article, area, one, owner[one.start]) for one in reading]
    indices: list[list[int]] = [[] for _ in groups]
    for index, mention in enumerate(mentions):
        indices[mention.person].append(index)
    persons = [_person(groups[number], indices[rank], words) for rank, number in enumerate(order)]
    return People(tuple(mentions), tuple(persons))


class _Groups:
    """References to one person together, found by surname."""

    def __init__(self, words: Known) -> None:
        self.groups: list[list[Named]] = []
        self.by_surname: dict[str, list[int]] = {}
        self.offices: list[set[str]] = []
        """The titles of each person, by their main form."""
        self.full: dict[str, list[tuple[int, int]]] = {}
        """By surname: where a person is named in full, and who."""
        self._short = words.short

    def add(self, number: int | None, key: str, one: Named) -> None:
        """Put a reference to a person, or to a new one."""
        if number is None:
            number = len(self.groups)
            self.groups.append([])
            self.offices.append(set())
            self.by_surname.setdefault(key, []).append(number)
        self.groups[number].append(one)
        if one.title is not None:
            self.offices[number].add(one.title.key)
        if one.given:
            self.full.setdefault(key, []).append((one.start, number))

    def of_full(self, key: str, one: Named) -> int | None:
        """Who has that given name and surname."""
        alike = self.by_surname.get(key, ())[:_NAMESAKES]
        given = one.given
        same = (n for n in alike if same_given(self.groups[n][0].given, given, self._short))
        return next(same, None)

    def of_surname(self, key: str, one: Named) -> int | None:
        """Whom a surname stands for, where that can be told."""
        known_in_full = [n for n in self.by_surname.get(key, ())[:_NAMESAKES]
                         if self.groups[n][0].given]  # fmt: skip
        title = one.title
        if len(known_in_full) > 1 and title is not None and title.sort != HONORIFIC:
            same = [n for n in known_in_full if title.key in self.offices[n]]
            if len(same) == 1:
                return same[0]
        elif len(known_in_full) > 1:
            before = bisect_left(self.full[key], (one.start, 0)) - 1
            return self.full[key][before][1] if before >= 0 else None
        elif known_in_full:
            return known_in_full[0]
        return self._without_given(key, one)

    def _without_given(self, key: str, one: Named) -> int | None:
        """Who is named by title and surname only, so far."""
        for number in self.by_surname.get(key, ())[:_NAMESAKES]:
            if not self.groups[number][0].given and one.title is not None and (
                key not in self.full or one.title.key in self.offices[number]
            ):  # fmt: skip
                return number
        return None


def _grouped(found: list[Named], words: Known) -> list[list[Named]]:
    """References to one person together, each group in reading order."""
    groups = _Groups(words)
    for one in found:
        if one.given:
            key = identity(one.surname)
            groups.add(groups.of_full(key, one), key, one)
    for one in found:
        if one.given:
            continue
        key = identity(one.surname)
        number = groups.of_surname(key, one)
        if number is not None or one.title is not None:
            groups.add(number, key, one)
    return [sorted(group, key=lambda one: one.start) for group in groups.groups]


def _person(group: list[Named], indices: list[int], words: Known) -> Person:
    fullest = max(group, key=lambda one: (bool(one.given), -one.start))
    name = f"{fullest.given} {fullest.surname}".strip()
    if fullest.reversed:
        name = f"{fullest.surname} {fullest.given}"
    key = person_key(fullest.given, fullest.surname, words.short)
    return Person(name, fullest.given, fullest.surname, tuple(indices), key)


def _mention(article: Article, area: Area, one: Named, person: int) -> Mention:
    block, base = area.place(one.start)

    def passage(start: int, end: int) -> Passage:
        return Passage(block, start - base, end - base)

    title = one.title
    name = passage(one.start, one.end)
    quoted = in_quotation(article, block, name.start, name.end)
    if title is None:
        return Mention(name, name, person, full=bool(one.given), quoted=quoted)
    return Mention(
        whole=passage(min(one.whole[0], title.start), max(one.whole[1], title.end)),
        name=name,
        person=person,
        title=passage(*title.name),
        qualifier=passage(*title.qualifier) if title.qualifier else None,
        of=passage(*title.of) if title.of else None,
        full=bool(one.given),
        quoted=quoted,
        status=title.status,
        office=title.key,
        sort=title.sort,
    )
