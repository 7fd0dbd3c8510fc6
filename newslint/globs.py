"""Globs as the config has them: written like the lines of a `.gitignore`."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile
from typing import Any

from newslint.later import compiled_later
from newslint.paths import unicode

_MAGIC = frozenset("*?[!")
_BELOW = compiled_later(r"(?:(?!\.{1,2}/)[A-Za-z0-9_.-]+/)+\*\*")
"""A glob for all that lies below a folder."""


def matches(globs: Iterable[str], path: str) -> bool:
    """Whether a path, from the config's folder, matches one of the globs."""
    globs = tuple(globs)
    if all(map(_BELOW.fullmatch, globs)):  # what most configs say, and quickly told
        bare = path[1:] if path.startswith("/") else path.removeprefix("./")
        return bare.startswith(tuple(glob[:-2] for glob in globs))
    return bool(_spec(globs).match_file(unicode(path)))


def is_path(glob: str) -> bool:
    """Whether it names one path, and is no pattern."""
    return _MAGIC.isdisjoint(glob)


def fixed_part(glob: str) -> str:
    """The folder below which all that a glob names must lie, from the config's folder."""
    parts = glob.strip("/").split("/")
    return "/".join(takewhile(is_path, parts[:-1])) or "."


def _spec(globs: tuple[str, ...]) -> Any:
    from pathspec import GitIgnoreSpec  # not needed by a run without globs

    if globs not in _specs:
        _specs[globs] = GitIgnoreSpec.from_lines(globs)
    return _specs[globs]


_specs: dict[tuple[str, ...], Any] = {}
