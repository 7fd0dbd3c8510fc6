"""The config and the rules that hold for a document, loaded once and again when they change."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from newslint import baseline, baseline_file, cache, config, inputs
from newslint.cache import Cache
from newslint.checker import Checker
from newslint.config import Request, Settings
from newslint.errors import Error, NewslintError
from newslint.inputs import Stamp
from newslint.paths import leads_out, repository_of, top_of, upwards
from newslint.rulebook import Known, rulebook
from newslint.run import Step


class Project(Struct, frozen=True, eq=False):
    """A config with its rules, ready to check."""

    settings: Settings
    checker: Checker
    known: dict[str, Known]
    """The rules by id, with their pages."""
    stamp: Stamp
    errors: tuple[Error, ...]
    """What is wrong with parts of the config."""
    steps: tuple[Step, ...] = ()
    """The baseline, where there is one."""
    kept: Cache | None = None
    """Of what articles of the corpus contribute to comparisons."""


class Loaded(Struct, frozen=True):
    """What holds for a document now."""

    home: Path
    """The folder of the config, else that in which one would be looked for last."""
    project: Project | None
    """With a broken config, the last one that worked; None where there was none."""
    errors: tuple[Error, ...]


class Projects:
    """All configs in use. To be asked from one thread only."""

    def __init__(self, flags: Request) -> None:
        self._flags = flags
        self._known: dict[Request, Project] = {}

    def of(self, path: str, folders: Sequence[str]) -> Loaded:
        """The project of an article; `folders` are those that the editor has open."""
        request, home = _request(self._flags, Path(path).parent, folders)
        known = self._known.get(request)
        if known is not None and inputs.stamp(inputs.of(known.settings)) == known.stamp:
            return Loaded(home, known, known.errors)
        try:
            if request.config and not self._flags.config:
                _check_link(Path(request.config))
            project = self._known[request] = _load(request)
        except NewslintError as error:
            return Loaded(home, known, (error.error,))
        return Loaded(home, project, project.errors)


def _load(request: Request) -> Project:
    settings = config.settle(request)
    checker = Checker(settings, bool(settings.config.corpus))
    steps, bad = _baseline(settings, checker)
    errors = tuple(dict.fromkeys([*settings.errors, *checker.errors, *bad]))
    known = rulebook(settings, checker.rules())
    stamp = inputs.stamp(inputs.of(settings))
    kept = cache.opened(settings, checker) if checker.comparing else None
    return Project(settings, checker, known, stamp, errors, steps, kept)


def _baseline(settings: Settings, checker: Checker) -> tuple[tuple[Step, ...], list[Error]]:
    path = baseline.place(settings)
    if not path.exists():
        return (), []
    entries, bad = baseline_file.read(path, baseline.shown(settings), settings.names)
    return (baseline.Baseline(settings, checker, entries),), bad


def _request(flags: Request, folder: Path, open_folders: Sequence[str]) -> tuple[Request, Path]:
    """The nearest config at or above a folder: within the repository, else within what is open."""
    top = repository_of(folder) or _opened(folder, open_folders) or folder
    if flags.config:
        path = Path(os.path.abspath(flags.config))
        return replace(flags, config=str(path)), path.parent
    if flags.isolated:
        return replace(flags, cwd=str(top)), top
    for above in upwards(folder, top):
        if os.path.lexists(above / config.NAME):
            return replace(flags, config=str(above / config.NAME)), above
    return replace(flags, cwd=str(top)), top


def _opened(folder: Path, open_folders: Sequence[str]) -> Path | None:
    """The outermost open folder that holds another."""
    holding = [Path(o) for o in open_folders if folder.is_relative_to(o)]
    return min(holding, key=lambda path: len(path.parts), default=None)


def _check_link(path: Path) -> None:
    if leads_out(path, top_of(path.parent)):
        raise NewslintError(Error(str(path), "config", "a symbolic link that leads out"))
