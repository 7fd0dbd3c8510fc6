"""The people file: a newsroom's dated list of names, spellings and roles."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from msgspec import Struct, field

from newslint import yamlfile
from newslint.language.names import folded
from newslint.later import compiled_later
from newslint.yamlfile import Yaml

_BOUNDS = ("from", "until")
_DAY = compiled_later("[0-9]{4}-[0-9]{2}-[0-9]{2}")


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
        found: dict[str, list[Person]] = {}
        for person in self.people:
            for last in dict.fromkeys(key(name).rpartition(" ")[2] for name in person.names):
                found.setdefault(last, []).append(person)
        return {last: tuple(people) for last, people in found.items()}


def holds(role: Role, day: date) -> bool:
    """Whether the role is held on that day; a missing bound is open."""
    return (role.from_ is None or role.from_ <= day) and (role.until is None or day <= role.until)


def key(name: str) -> str:
    """What all ways to write a name have in common: case, diacritics, stops and hyphens aside."""
    return " ".join(folded(name).replace("-", " ").split())


def read(text: str, name: str) -> Roster:
    """Read a people file. Raises `NewslintError` with the line of the mistake."""
    file = yamlfile.load(text, name, "config")
    if file.data is not None and not isinstance(file.data, list):
        raise file.error("a people file is a list: each entry begins with `- name: …`")
    _check_entries(file)
    people = yamlfile.convert(file, tuple[Person, ...], file.data or [])
    owners: dict[str, int] = {}
    for number, person in enumerate(people):
        _check_roles(person, file, number)
        _check_names(people, number, file, owners)
    return Roster(people)


def _check_entries(file: Yaml) -> None:
    """Say of what is no entry, and of days, how they are written."""
    for number, entry in enumerate(file.data or ()):
        if not isinstance(entry, dict):
            raise file.error("an entry begins with `name:`", number)
        roles = entry.get("roles")
        for index, role in enumerate(roles if isinstance(roles, list) else ()):
            for bound in _BOUNDS if isinstance(role, dict) else ():
                day = role.get(bound)
                if isinstance(day, str) and not _is_day(day):
                    message = f'"{bound}": a day is written 2025-07-18'
                    raise file.error(message, number, "roles", index, bound)


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _check_names(
    people: tuple[Person, ...], number: int, file: Yaml, owners: dict[str, int]
) -> None:
    """One name, one person; `owners` gathers who has which name."""
    person = people[number]
    places: list[tuple[yamlfile.Path, str]] = [((number, "name"), person.name)]
    places += [
        ((number, "also-known-as", index), name) for index, name in enumerate(person.also_known_as)
    ]
    for at, (place, name) in enumerate(places):
        if not any(map(str.isalpha, name)):
            raise file.error("a name cannot be empty", *place)
        owner = owners.setdefault(key(name), number)
        if owner != number:
            other = people[owner].name
            message = f'"{name}" stands for "{other}" already: one name belongs to one person'
            raise file.error(message, *place)
        if name in (earlier for _, earlier in places[:at]):
            raise file.error(f'"{name}" is there twice', *place)


def _check_roles(person: Person, file: Yaml, number: int) -> None:
    for index, role in enumerate(person.roles):
        place = (number, "roles", index)
        if not role.title.strip():
            raise file.error('"title" cannot be empty', *place, "title")
        if role.from_ and role.until and role.from_ > role.until:
            message = f'"until" ({role.until}) is before "from" ({role.from_})'
            raise file.error(message, *place, "until")
