"""The versions of a rule that a trial compares, and the config with one of them alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from newslint import config, reference, stylebooks
from newslint.config import Request, Setting, Settings
from newslint.errors import NewslintError
from newslint.rule import Definition, read_definition, resolve
from newslint.stylebooks import Rules


class Version(Struct, frozen=True):
    """One version of a rule. Plain data: workers get a copy."""

    path: str = ""
    """The file that is read; empty for the rule in force."""
    shown: str = ""
    """What reports call this version."""
    id: str = ""
    """Of the rule in force."""
    named: bool = True
    """The file must be called as its rule, as in a stylebook."""
    instead: str = ""
    """The folder whose lexicons those beside the file stand in for."""


def settled(request: Request, version: Version) -> Settings:
    """The config that holds here, with this one rule. Raises `NewslintError`.

    Lexicons that lie beside the rule count, and `overrides` hold; that the config has the rule off
    does not, nor its status.
    """
    settings = config.settle(request)
    definition, data = _in_force(settings, version) if version.id else _drafted(settings, version)
    name = definition.id
    aliases = data.get("aliases")
    own = {str(alias): name for alias in (aliases if isinstance(aliases, list) else ())}
    definition = replace(definition, stylebook=definition.stylebook or "trial")
    names = {**settings.names, **own, name: name}
    return replace(
        settings,
        request=replace(request, preview=True),
        config=replace(settings.config, rules=_switched_on(settings.config.rules, name, names)),
        rules=Rules({name: definition}, {name: data}, names),
        reference=_shelf(settings, version),
    )


def _switched_on(
    rules: Mapping[str, Setting], name: str, names: Mapping[str, str]
) -> dict[str, Setting]:
    """What the config says of the rule, and `on` where that is nothing or `off`."""
    kept = {key: value for key, value in rules.items() if names.get(key) == name and value != "off"}
    return kept or {name: "on"}


def _in_force(settings: Settings, version: Version) -> tuple[Definition, dict[str, Any]]:
    rules = settings.rules
    if version.id not in rules.data:  # shipped, in no stylebook of the config
        rules = stylebooks.load((), settings.base, {version.id})
    return rules.definitions[version.id], dict(rules.data[version.id])


def _drafted(settings: Settings, version: Version) -> tuple[Definition, dict[str, Any]]:
    """The rule in a file, laid over the one that it extends."""
    draft = read_definition(
        Path(version.path), version.shown, "trial", False, any_name=not version.named
    )
    found: tuple[Definition, dict[str, Any]] | None = None
    for item in resolve([*_others(settings, draft), draft]):
        if isinstance(item, NewslintError):
            raise item
        found = item if item[0] is draft else found
    assert found is not None
    return found


def _others(settings: Settings, draft: Definition) -> Iterator[Definition]:
    """The rules that the draft may extend, each as it is after all extending.

    A rule of its own name gives way, for the draft is a version of that; where the draft extends
    it, so does a newsroom's own change of the shipped one.
    """
    rules, extends = settings.rules, str(draft.data.get("extends"))
    again = extends == draft.id
    if extends in stylebooks.shipped_ids() and (again or extends not in rules.data):
        rules = stylebooks.load((), settings.base, {extends})
    for name, definition in rules.definitions.items():
        if name != draft.id or again:
            data = {key: value for key, value in rules.data[name].items() if key != "extends"}
            yield Definition(name, definition.file, data, "", definition.shipped)


def _shelf(settings: Settings, version: Version) -> reference.Reference:
    """What the rule may consult: the newsroom's, and the lexicons beside the rule."""
    if not version.path:
        return settings.reference
    home, folder = settings.home, Path(version.path).resolve().parent
    instead = {folder, Path(version.instead).resolve() if version.instead else folder}
    own = [
        (path, stylebooks.shown_path(path, home))
        for name in settings.config.extends
        if stylebooks.folder_of(name, home).resolve() not in instead
        for path in stylebooks.lexicon_files(name, home)
    ]
    beside = stylebooks.lexicon_files(f"./{folder.name}", folder.parent)
    own += [(path, stylebooks.shown_path(path, folder)) for path in beside]
    shelf = settings.reference
    return reference.build(
        own, settings.config.lexicons, settings.file, shelf.people, shelf.words, shelf.engine
    )
