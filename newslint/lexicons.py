"""Reads lexicons: the shipped ones, a newsroom's own, and what config and rules change in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from newslint import yamlfile
from newslint.errors import NewslintError, unknown
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.yamlfile import Yaml

FOLDER = "lexicons"
"""Of the shipped stylebooks, and inside a newsroom's folder of rules."""

Changes = Mapping[str, Mapping[str, Any]]


class File(Struct, frozen=True, forbid_unknown_fields=True):
    """A lexicon as it stands in its file."""

    id: str
    title: str = ""
    source: dict[str, str] = {}
    extends: str = ""
    sections: dict[str, list[str] | dict[str, str | list[str]]] = {}


def shelf(root: Path, own: Iterable[Path], changes: Changes, config: Yaml) -> Lexicons:
    """All lexicons of a run: shipped ones in `root`, files of the newsroom, then the config.

    Raises `NewslintError` at the line of the newsroom's file or config that is wrong.
    """
    lexicons = Lexicons(lambda name: _read(root / f"{name}.yml", name))
    known = {path.stem for path in root.glob("*.yml")}
    for path in own:
        lexicons = _with_file(lexicons, path, known)
        known.add(path.stem)
    for name in changes:
        if name not in known:
            raise config.error(unknown("lexicon", name, known), "lexicons", name)
    return _laid(lexicons, changes, config, ("lexicons",))


def changed(lexicons: Lexicons, changes: Changes) -> Lexicons:
    """With what a rule's options change. Raises `ValueError` for what is not there to change."""
    file = Yaml({}, {}, "", "rule")
    try:
        return lexicons.changed(changes, lambda base, more: _lay(base, more, file, ("lexicons",)))
    except NewslintError as error:
        raise ValueError(error.error.message) from None


def _read(path: Path, name: str) -> Lexicon:
    return _lexicon(yamlfile.read_own(path, path.name, "rule"), name)


def _lexicon(file: Yaml, name: str) -> Lexicon:
    read = yamlfile.convert(file, File)
    if read.id != name:
        raise file.error(f'the id is "{read.id}" but the file is called "{name}.yml"', "id")
    return Lexicon(name, dict(read.sections))


def _with_file(lexicons: Lexicons, path: Path, known: set[str]) -> Lexicons:
    file = yamlfile.read(path, path.name, "rule")
    if not isinstance(file.data, dict):
        raise file.error("a lexicon is a mapping that begins with id and sections")
    extends = file.data.get("extends")
    if extends is None and path.stem in known:
        message = f'lexicon "{path.stem}" exists already: say "extends: {path.stem}" to change it'
        raise file.error(message, "id")
    if extends is None:
        own = _lexicon(file, path.stem)
        return Lexicons(lambda name: own if name == own.id else lexicons[name])
    if extends not in known:
        raise file.error(unknown("lexicon", str(extends), known), "extends")
    changes = {str(extends): file.data.get("sections") or {}}
    return _laid(lexicons, changes, file, ())


def _laid(lexicons: Lexicons, changes: Changes, file: Yaml, at: yamlfile.Path) -> Lexicons:
    for name, more in changes.items():
        place = (*at, name) if at else ("sections",)
        laid = _lay(lexicons[name], more, file, place)
        lexicons = _with(lexicons, laid)
    return lexicons


def _with(lexicons: Lexicons, one: Lexicon) -> Lexicons:
    return Lexicons(lambda name: one if name == one.id else lexicons[name])


def _lay(base: Lexicon, changes: Mapping[str, Any], file: Yaml, at: yamlfile.Path) -> Lexicon:
    wanted = {}
    for key, phrases in changes.items():
        bare = key.rstrip("+-")
        if bare not in base.sections:
            message = unknown(f'section of lexicon "{base.id}"', bare, base.sections)
            raise file.error(message, *at, key)
        mapped = isinstance(base.sections[bare], dict) and isinstance(phrases, list)
        # Of a section that gives phrases with their other forms, a list means phrases without.
        wanted[key] = {phrase: [] for phrase in phrases} if mapped and key[-1] == "+" else phrases
    sections = yamlfile.extend(base.sections, wanted, file, at)
    return Lexicon(base.id, sections)
