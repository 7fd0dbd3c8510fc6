"""Reads lexicons: the shipped ones, a newsroom's own, and what config and rules change in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from newslint import yamlfile
from newslint.errors import Error, NewslintError, unknown
from newslint.language.lexicon import Lexicon, Lexicons, Section
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
    sections: dict[str, Any] = {}


def shelf(root: Path, own: Iterable[tuple[Path, str]], changes: Changes, config: Yaml) -> Lexicons:
    """All lexicons of a run: shipped ones in `root`, files of the newsroom, then the config.

    Of the newsroom's files `own` gives the path and what messages call it.

    Raises `NewslintError` at the line of the newsroom's file or config that is wrong.
    """
    lexicons = Lexicons(lambda name: _read(root / f"{name}.yml", name))
    known = {path.stem for path in root.glob("*.yml")}
    for path, shown in own:
        lexicons = _with_file(lexicons, path, shown, known)
        known.add(path.stem)
    for name in changes:
        if name not in known:
            raise config.error(unknown("lexicon", name, known), "lexicons", name)
    return _laid(lexicons, changes, config, ("lexicons",))


def changed(lexicons: Lexicons, changes: Changes) -> Lexicons:
    """With what a rule's options change. Raises `ValueError` for what is not there to change."""
    file = Yaml({}, {}, "", "rule")
    try:
        laid = lexicons.changed(changes, lambda base, more: _lay(base, more, file, ("lexicons",)))
        for name in changes:  # a mistake is to be told with the rule, not with each article
            laid[name]
        return laid
    except NewslintError as error:
        raise ValueError(error.error.message) from None


@cache
def _read(path: Path, name: str) -> Lexicon:
    """A shipped one: the same for every config, since much is worked out of it once and kept."""
    if path.stem != name or not path.is_file():
        known = {other.stem for other in path.parent.glob("*.yml")}
        raise NewslintError(Error("", "config", unknown("lexicon", name, known)))
    return _lexicon(yamlfile.read_own(path, path.name, "rule"), name)


def _lexicon(file: Yaml, name: str) -> Lexicon:
    read = yamlfile.convert(file, File)
    if read.id != name:
        raise file.error(f'the id is "{read.id}" but the file is called "{name}.yml"', "id")
    sections = {key: _section(file, read.sections[key], "sections", key) for key in read.sections}
    return Lexicon(name, sections)


def _section(file: Yaml, phrases: Any, *at: str | int) -> Section:
    if isinstance(phrases, list):
        return yamlfile.convert(file, list[str], phrases, at)
    if isinstance(phrases, dict):
        return yamlfile.convert(file, dict[str, str | list[str]], phrases, at)
    raise file.error("a section is a list of phrases, or gives phrases with what they mean", *at)


def _with_file(lexicons: Lexicons, path: Path, shown: str, known: set[str]) -> Lexicons:
    file = _own(path, shown)
    if not isinstance(file.data, dict):
        raise file.error("a lexicon is a mapping that begins with id and sections")
    read = yamlfile.convert(file, File)
    if not read.extends and path.stem in known:
        message = f'lexicon "{path.stem}" exists already: say "extends: {path.stem}" to change it'
        raise file.error(message, "id")
    if not read.extends:
        own = _lexicon(file, path.stem)
        return Lexicons(lambda name: own if name == own.id else lexicons[name])
    if read.extends not in known:
        raise file.error(unknown("lexicon", read.extends, known), "extends")
    return _laid(lexicons, {read.extends: read.sections}, file, ())


def _own(path: Path, shown: str) -> Yaml:
    try:
        return yamlfile.read(path, shown, "rule")
    except OSError as error:
        reason = f"cannot be read: {error.strerror}"
    except UnicodeDecodeError:
        reason = "is not UTF-8: save it as UTF-8"
    raise NewslintError(Error(shown, "rule", reason))


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
        given = _section(file, phrases, *at, key)
        mapped = isinstance(base.sections[bare], dict) and isinstance(given, list)
        # Of a section that gives phrases with their other forms, a list means phrases without.
        wanted[key] = {phrase: [] for phrase in given} if mapped and key[-1] != "-" else given
    sections = yamlfile.extend(base.sections, wanted, file, at)
    return Lexicon(base.id, sections)
