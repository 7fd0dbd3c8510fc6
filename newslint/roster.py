"""The people file: a newsroom's dated list of names, spellings and roles."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, field

from newslint import yamlfile


class Role(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """An office or job that somebody holds or held; both days belong to it."""

    title: str
    of: str = ""
    from_: date | None = field(name="from", default=None)
    until: date | None = None


class Person(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """One person of the people file."""

    name: str
    also_known_as: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()


class Roster(Struct, frozen=True):
    """All of the people file, in its order."""

    people: tuple[Person, ...] = ()


def read(text: str, name: str) -> Roster:
    """Read a people file. Raises `NewslintError` with the line of the mistake."""
    file = yamlfile.load(text, name, "config")
    return Roster(yamlfile.convert(file, tuple[Person, ...], file.data or []))
