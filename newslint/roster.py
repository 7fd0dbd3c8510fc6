"""The people file: a newsroom's dated list of names, spellings and roles."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from msgspec import Struct, field

from newslint import yamlfile
from newslint.language.names import folded
from newslint.yamlfile import Yaml


class Role(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """An office or job that somebody holds or held; both days belong to it."""

    title: str
    of: str = ""
    from_: date | None = field(name="from", default=None)
    until: date | None = None


class Person(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One person of the people file."""

    name: str
    """The reference form."""
    also_known_as: tuple[str, ...] = ()
    """Other names and spellings that copy may use for the same person."""
    roles: tuple[Role, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names and spellings, the reference form first."""
        return (self.name, *self.also_known_as)


class Roster(Struct, frozen=True, dict=True):
    """All of the people file, in its order."""

    people: tuple[Person, ...] = ()

    def find(self, name: str) -> Person | None:
        """Who goes by this name or spelling; case, diacritics, apostrophes and stops aside."""
        return self._by_name.get(key(name))

    def of_surname(self, surname: str) -> tuple[Person, ...]:
        """Those of whom a name or spelling ends in this word; compared as in `find`."""
        return self._by_surname.get(key(surname), ())

    @cached_property
    def _by_name(self) -> dict[str, Person]:
        return {key(name): person for person in self.people for name in person.names}

    @cached_property
    def _by_surname(self) -> dict[str, tuple[Person, ...]]:
        found: dict[str, tuple[Person, ...]] = {}
        for person in self.people:
            for last in dict.fromkeys(key(name).rpartition(" ")[2] for name in person.names):
                found[last] = (*found.get(last, ()), person)
        return found


def holds(role: Role, day: date) -> bool:
    """Whether the role is held on that day; a missing bound is open."""
    return (role.from_ is None or role.from_ <= day) and (role.until is None or day <= role.until)


def key(name: str) -> str:
    return " ".join(folded(name).replace("-", " ").split())


def read(text: str, name: str) -> Roster:
    """Read a people file. Raises `NewslintError` with the line of the mistake."""
    file = yamlfile.load(text, name, "config")
    if file.data is not None and not isinstance(file.data, list):
        raise file.error("a people file is a list: each entry begins with `- name: …`")
    people = yamlfile.convert(file, tuple[Person, ...], file.data or [])
    seen: dict[str, int] = {}
    for number, person in enumerate(people):
        _check_roles(person, file, number)
        own: set[str] = set()
        for place, one in _names(person, number):
            _check_name(one, file, place)
            key = key(one)
            if seen.setdefault(key, number) != number:
                other = people[seen[key]].name
                raise file.error(
                    f'"{one}" stands for "{other}" already: one name, one person', *place
                )
            if one in own:
                raise file.error(f'"{one}" is named twice', *place)
            own.add(one)
    return Roster(people)


def _names(person: Person, number: int) -> list[tuple[yamlfile.Path, str]]:
    """All names, with their places in the file."""
    spellings = [
        ((number, "also-known-as", index), one) for index, one in enumerate(person.also_known_as)
    ]
    return [((number, "name"), person.name), *spellings]


def _check_name(name: str, file: Yaml, place: yamlfile.Path) -> None:
    if not any(character.isalpha() for character in name):
        raise file.error("a name cannot be empty", *place)


def _check_roles(person: Person, file: Yaml, number: int) -> None:
    for index, role in enumerate(person.roles):
        place = (number, "roles", index)
        if not role.title.strip():
            raise file.error('"title" cannot be empty', *place, "title")
        if role.from_ and role.until and role.from_ > role.until:
            message = f'"until" ({role.until}) is before "from" ({role.from_})'
            raise file.error(message, *place, "until")
