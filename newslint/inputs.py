"""What a run depends on besides the articles: the config and the files that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from newslint import baseline_file, config, stylebooks
from newslint.config import Request, Settings
from newslint.lexicons import FOLDER
from newslint.paths import top_of, upwards

Stamp = tuple[date, tuple[tuple[str, int, int], ...]]
"""The day, and of each file its path, when it was last changed, and its size in bytes."""


def stamp(paths: Iterable[Path]) -> Stamp:
    """Changes when one of these files changes, comes or goes; and at midnight."""
    return date.today(), tuple(map(_seen, paths))


def _seen(path: Path) -> tuple[str, int, int]:
    try:
        status = path.stat()
    except OSError:
        return str(path), 0, -1
    return str(path), status.st_mtime_ns, status.st_size


def of(settings: Settings) -> list[Path]:
    """The files that these settings come from, and those that would change them by being there."""
    home, chosen = settings.home, settings.config
    found = [*configs(settings.request), home / baseline_file.NAME]
    found += (home / name for name in (chosen.people, chosen.words) if name)
    for name in chosen.extends:
        if name not in stylebooks.shipped():
            found += [*_rule_files(home / name), *_rule_files(home / name / FOLDER)]
    return found


def configs(request: Request) -> Iterator[Path]:
    """Where the config is looked for, the nearest first."""
    cwd = Path(request.cwd).resolve()
    if request.config is not None:
        yield cwd / request.config
    elif not request.isolated:
        for folder in upwards(cwd, top_of(cwd)):
            yield folder / config.NAME


def _rule_files(folder: Path) -> Iterator[Path]:
    yield folder  # it changes when files come and go
    if folder.is_dir():
        yield from sorted(p for p in folder.iterdir() if p.suffix in stylebooks.SUFFIXES)
