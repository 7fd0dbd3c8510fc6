"""Files within an archive of files, and their records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from newslint.audit.record import Record
from newslint.audit.sources import naming
from newslint.audit.sources.parts import Lost, Part
from newslint.audit.sources.rows import failed, lost_part
from newslint.files import SKIPPED_FOLDERS


class Member(NamedTuple):
    """A file in an archive."""

    name: str
    parts: Iterator[Part]
    """To be read before the next member is asked for."""


Read = Callable[[str, Iterator[Part]], Iterator[Record]]
"""The records of a file, from its name and parts."""


def of_members(source: str, found: Iterable[Member | Lost], read: Read) -> Iterator[Record]:
    """The records of the articles and dumps in an archive, whose names are only names.

    `a.tar!#2/b.md` is the second file of the name `b.md`.
    """
    known: set[int] = set()  # of the names, their hashes: there may be millions
    twins: dict[str, int] = {}  # how often a name that is not the only one was there
    nothing = True
    for member in found:
        if isinstance(member, Lost):
            nothing = False
            yield lost_part(source, member.at, member)
            continue
        name = printable(member.name.removeprefix("./"))
        if _is_hidden(name) or not naming.within(name):
            continue
        nothing = False
        unique, count = name, twins.get(name, 1)
        while hash(unique) in known:
            twins[name] = count = count + 1
            unique = f"#{count}/{name}"
        known.add(hash(unique))
        inside = f"{source}!{unique}"
        if naming.kind_of(name) in naming.ARCHIVES:
            yield failed(inside, "unreadable", "an archive within an archive: unpack it first")
        else:
            yield from read(inside, member.parts)
    if nothing:
        yield failed(source, "no-articles", "holds no article and no dump of articles")


def printable(name: str) -> str:
    """A file's name with `\\xff` for bytes that are no Unicode, so that it can be written down."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return name


def _is_hidden(name: str) -> bool:
    """Whether a walk of a folder would pass over it."""
    folders = [part for part in name.split("/") if part not in ("", ".", "..")]
    return any(part.startswith(".") or part in SKIPPED_FOLDERS for part in folders)
