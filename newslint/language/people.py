"""Who is named: every mention with its title, and one person over all references.

Precision comes first: capitals alone make no person. It takes a title, a given name that the
lexicon knows, or somebody who says or does something; then the surname alone is a reference too.
"""

from __future__ import annotations

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


def _grouped(found: list[Named], words: Known) -> list[list[Named]]:
    """References to one person together, each group in reading order."""
    groups: list[list[Named]] = []
    by_surname: dict[str, list[int]] = {}
    for one in found:
        if one.given:
            key = identity(one.surname)
            alike = (n for n in by_surname.get(key, ())
                     if same_given(groups[n][0].given, one.given, words.short))  # fmt: skip
            number = next(alike, None)
            if number is None:
                number = len(groups)
                groups.append([])
                by_surname.setdefault(key, []).append(number)
            groups[number].append(one)
    full = {key: tuple(numbers) for key, numbers in by_surname.items()}
    for one in found:
        if one.given:
            continue
        key = identity(one.surname)
        number = _owner(one, full.get(key, ()), groups)
        if number is None and one.title is not None:
            number = _own(one, key, by_surname, groups, full)
        if number is not None:
            groups[number].append(one)
    return [sorted(group, key=lambda one: one.start) for group in groups]


def _owner(one: Named, candidates: tuple[int, ...], groups: list[list[Named]]) -> int | None:
    """Whom a surname stands for, where that can be told."""
    if len(candidates) <= 1:
        return candidates[0] if candidates else None
    if one.title is not None and one.title.sort != HONORIFIC:
        key = one.title.key
        same = [n for n in candidates
                if any(other.title and other.title.key == key for other in groups[n])]  # fmt: skip
        return same[0] if len(same) == 1 else None
    before = [(other.start, n) for n in candidates for other in groups[n]
              if other.given and other.start < one.start]  # fmt: skip
    return max(before)[1] if before else None


def _own(
    one: Named, key: str, by_surname: dict[str, list[int]], groups: list[list[Named]],
    full: dict[str, tuple[int, ...]],
) -> int:  # fmt: skip
    """The group of a person who is named by title and surname only."""
    assert one.title is not None
    for number in by_surname.get(key, ()):
        if number not in full.get(key, ()):
            other = groups[number][0].title
            if key not in full or (other is not None and other.key == one.title.key):
                return number
    groups.append([])
    by_surname.setdefault(key, []).append(len(groups) - 1)
    return len(groups) - 1


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
