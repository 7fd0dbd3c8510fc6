"""Finds stylebooks (folders of rules), shipped and a newsroom's own, and loads their rules."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from msgspec import Struct

from newslint.errors import Error, NewslintError, unknown
from newslint.lexicons import FOLDER
from newslint.paths import leads_out, top_of
from newslint.paths import shipped_root as shipped_root
from newslint.reference import Reference
from newslint.rule import Definition, Ready, make, read_definition, resolve

SUFFIXES = (".yml", ".yaml")


class Rules(Struct, frozen=True):
    """The rules of some stylebooks, and what was wrong with the others."""

    definitions: dict[str, Definition]
    data: dict[str, dict[str, object]]
    """By id: a rule's keys and values after all extending."""
    names: dict[str, str]
    """Every id and alias of these rules, and the ids of all shipped ones -> the id."""
    errors: tuple[Error, ...] = ()


@cache
def shipped() -> tuple[str, ...]:
    """The names of the shipped stylebooks."""
    return tuple(
        sorted(p.name for p in shipped_root().iterdir() if p.is_dir() and p.name != FOLDER)
    )


def folder_of(name: str, base: Path) -> Path:
    """The folder of a stylebook: a shipped one by name, or one at a path from `base`."""
    if "/" not in name and name in shipped():
        return shipped_root() / name
    folder = base / name
    if "/" in name and folder.is_dir():
        return folder
    message = unknown("stylebook", name, shipped())
    if "/" in name:
        message = f'there is no stylebook folder "{name}"'
    elif folder.is_dir():
        message += f' For the folder write "./{name}".'
    raise NewslintError(Error("", "config", message))


def load(
    names: Iterable[str], base: Path, also: Iterable[str] = (), everything: bool = False
) -> Rules:
    """Read all rules of the stylebooks, in their order. A broken file costs itself only.

    `also` names shipped rules to read besides, and `everything` asks for all shipped ones; those
    belong to no stylebook of the run (`Definition.stylebook` is empty).
    """
    errors: list[Error] = []
    definitions: list[Definition] = []
    for path, name in _files(list(dict.fromkeys(names)), base, frozenset(also), everything):
        ours = path.is_relative_to(shipped_root())
        shown = path.name if ours else shown_path(path, base)
        try:
            if not ours:
                _check_inside(path, base)
            definitions.append(read_definition(path, shown, name, ours))
        except NewslintError as error:
            errors.append(error.error)
    resolved: dict[str, Definition] = {}
    data: dict[str, dict[str, object]] = {}
    for item in resolve(definitions):
        if isinstance(item, NewslintError):
            errors.append(item.error)
        else:
            resolved[item[0].id], data[item[0].id] = item
    return Rules(resolved, data, _names(data), tuple(errors))


def _names(rules: dict[str, dict[str, object]]) -> dict[str, str]:
    found = {name: name for name in shipped_ids()} | {name: name for name in rules}
    for name, data in rules.items():
        aliases = data.get("aliases")
        for alias in aliases if isinstance(aliases, list) else ():
            found.setdefault(str(alias), name)
    return found


def _files(
    names: list[str], base: Path, also: frozenset[str], everything: bool
) -> Iterator[tuple[Path, str]]:
    """Rule files with the stylebook they come from: shipped ones first, so that others extend."""
    own = [name for name in names if name not in shipped()]
    for name in shipped():
        for path in rule_files(shipped_root() / name):
            if name in names:
                yield path, name
            elif everything or path.stem in also:
                yield path, ""
    for name in own:
        for path in rule_files(folder_of(name, base)):
            yield path, name


@cache
def shipped_ids() -> frozenset[str]:
    """The ids of all shipped rules."""
    return frozenset(path.stem for name in shipped() for path in rule_files(shipped_root() / name))


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a stylebook, sorted; links that lead nowhere are among them."""
    try:
        found = [path for path in folder.iterdir() if path.suffix in SUFFIXES]
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
        raise NewslintError(Error(folder.as_posix(), "config", reason)) from None
    return sorted(path for path in found if path.is_file() or path.is_symlink())


def lexicon_files(name: str, base: Path) -> list[Path]:
    """The lexicons that a newsroom's own stylebook brings, sorted.

    Raises `NewslintError` for one that is a link out of the repository.
    """
    folder = folder_of(name, base) / FOLDER
    if name in shipped() or not os.path.lexists(folder):
        return []
    _check_inside(folder, base)
    paths = rule_files(folder)
    for path in paths:
        _check_inside(path, base)
    return paths


def _check_inside(path: Path, base: Path) -> None:
    if leads_out(path, top_of(path.parent)):
        reason = "a symbolic link that leads out: not read"
        raise NewslintError(Error(shown_path(path, base), "rule", reason))


def shown_path(path: Path, base: Path) -> str:
    """How messages name a file: from `base` where it lies below."""
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else path.as_posix()


def make_rule(rules: Rules, name: str, reference: Reference | None = None) -> Ready:
    """One rule, judged. Raises `NewslintError` at the line of its file that is wrong."""
    definition = rules.definitions[name]
    return make(definition.file, dict(rules.data[name]), reference=reference)


def home_of(name: str) -> str:
    """The shipped stylebook that a shipped rule belongs to; empty for any other."""
    for book in shipped():
        if any(path.stem == name for path in rule_files(shipped_root() / book)):
            return book
    return ""
