"""What an audit rests on and how far it is, as its folder says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from newslint import atomic
from newslint.audit import lock
from newslint.errors import Error, NewslintError
from newslint.files import AUDIT

NAME = AUDIT


class Manifest(Struct, frozen=True, kw_only=True):
    """With another input, config or version it is another audit."""

    newslint: str
    """The version."""
    sources: tuple[str, ...]
    """As they were given, in their order by name."""
    fields: str = ""
    """Which columns of rows were said to be what, as `--fields` takes it."""
    input: str
    """A digest of what lies there: names, sizes and times of change."""
    premises: str
    """A digest of rules, config and code; empty where code of others cannot be told."""
    parts: int | None = None
    """How many there are, once all articles are linted."""
    done: bool = False
    """All tables are written."""
    articles: int = 0
    """Of the whole audit, once it is done."""
    failed: dict[str, int] = {}
    """Articles that could not be checked, or not by all rules, by code."""
    notices: tuple[str, ...] = ()
    """Of bounds that comparisons met."""
    errors: tuple[Error, ...] = ()
    """Of rules that could not compare."""


def read(folder: Path) -> Manifest | None:
    """The manifest of the audit in a folder; None where nothing is there yet.

    Raises `NewslintError` where something else lies there.
    """
    try:
        return _decoded((folder / NAME).read_bytes())
    except FileNotFoundError:
        if not folder.exists() or not any(_strangers(folder)):
            return None
    except (OSError, msgspec.MsgspecError):
        pass
    message = "is there and is no audit: name another folder, which need not exist"
    raise NewslintError(Error(str(folder), "config", message))


def _decoded(data: bytes) -> Manifest:
    try:
        return msgspec.json.decode(data, type=Manifest)
    except msgspec.ValidationError:  # another version may say other things
        version = msgspec.json.decode(data, type=_Version).newslint
        return Manifest(newslint=version, sources=(), input="", premises="")


class _Version(Struct, frozen=True):
    newslint: str


def save(folder: Path, manifest: Manifest) -> None:
    """Write the manifest of a folder."""
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
    beside = folder / f"{NAME}.writing"
    beside.write_bytes(text + b"\n")
    atomic.put(beside, folder / NAME)


def differences(known: Manifest, new: Manifest) -> Iterator[str]:
    """What keeps two runs from being the same audit."""
    if known.newslint != new.newslint:
        yield f"newslint was {known.newslint} and is {new.newslint}"
    if known.sources != new.sources:
        yield f"its sources are {', '.join(known.sources)}"
    elif known.fields == new.fields and known.input != new.input:
        yield "files of its sources have changed since"
    if known.fields != new.fields:
        yield f"--fields was {known.fields or 'not given'}"
    if known.premises != new.premises:
        yield "rules or config have changed since"
    elif not new.premises:
        yield "nobody can tell whether the code of its own kinds has changed since"


def _strangers(folder: Path) -> Iterator[Path]:
    """What lies in a folder that no audit has left which came to nothing."""
    if not folder.is_dir():
        yield folder
        return
    yield from (
        path for path in folder.iterdir() if path.name not in (lock.NAME, f"{NAME}.writing")
    )
