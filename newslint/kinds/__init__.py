"""The table of kinds: what a rule's `kind` may name.

A newsroom's own kinds come in through the entry-point group `newslint.kinds`, each a
`contract.Kind`, and load only when named in `NEWSLINT_KINDS` or by `--kinds`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module

from newslint.errors import Error, NewslintError, unknown
from newslint.kinds.contract import Kind

GROUP = "newslint.kinds"

_MODULES = {
    "terms": "terms",
    "pattern": "pattern",
    "consistency": "consistency",
    "occurrence": "occurrence",
    "repetition": "repetition",
    "conditional": "conditional",
    "capitalization": "capitalization",
    "metric": "metric",
    "metadata": "metadata",
    "quotation": "quotation",
    "suppression": "suppression",
    "promotion": "promotion",
    "residue": "residue",
    "attribution": "attribution",
    "sourcing": "sourcing",
    "person-title": "person_title",
    "name-variant": "name_variant",
    "duplicate": "duplicate",
    "figures": "figures",
    "dates": "dates",
    "grammar": "grammar",
}

_plugins: dict[str, Kind] = {}


def names() -> list[str]:
    """All kinds that a rule may name."""
    return sorted([*_MODULES, *_plugins])


@cache
def kind(name: str) -> Kind:
    """The kind of that name. Raises `KeyError` with a hint."""
    if name in _plugins:
        return _plugins[name]
    if name not in _MODULES:
        raise KeyError(unknown("kind", name, names()))
    found: Kind = import_module(f"newslint.kinds.{_MODULES[name]}").KIND
    return found


def asks(name: str) -> bool:
    """Whether rules of a kind may ask an engine."""
    return name in names() and kind(name).asks


def plugins() -> list[Kind]:
    """The kinds from other packages that are loaded."""
    return list(_plugins.values())


def load_plugins(wanted: Iterable[str]) -> None:
    """Load kinds from installed packages, by their entry-point names."""
    wanted = [name for name in wanted if name not in _plugins]
    if not wanted:
        return
    from importlib import metadata  # slow to import, and seldom needed

    offered = {entry.name: entry for entry in metadata.entry_points(group=GROUP)}
    for name in wanted:
        if name not in offered:
            message = unknown("kind from another package", name, offered)
            raise NewslintError(Error("", "config", message))
        if name in _MODULES:
            raise NewslintError(Error("", "config", f'kind "{name}" is newslint\'s own'))
        _plugins[name] = offered[name].load()
        kind.cache_clear()
