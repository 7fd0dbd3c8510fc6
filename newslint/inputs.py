"""What a run depends on besides the articles: the config and the files that it names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from newslint import baseline_file, config, stylebooks
from newslint.config import Settings
from newslint.lexicons import FOLDER

Stamp = tuple[date, tuple[tuple[str, int, int], ...]]
"""The day, and of each file its path, when it was last changed, and its size in bytes."""


def stamp(settings: Settings) -> Stamp:
    """Changes when one of these files changes, comes or goes; and at midnight."""
    return date.today(), tuple(map(_seen, _paths(settings)))


def _seen(path: Path) -> tuple[str, int, int]:
    try:
        status = path.stat()
    except OSError:
        return str(path), 0, -1
    return str(path), status.st_mtime_ns, status.st_size


def _paths(settings: Settings) -> Iterator[Path]:
    base, chosen, request = settings.base, settings.config, settings.request
    if not request.isolated:
        yield Path(settings.cwd, request.config) if request.config else base / config.NAME
    yield base / baseline_file.NAME
    yield from (base / name for name in (chosen.people, chosen.words) if name)
    for name in chosen.extends:
        if name not in stylebooks.shipped():
            yield from _rule_files(base / name)
            yield from _rule_files(base / name / FOLDER)


def _rule_files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(p for p in folder.iterdir() if p.suffix in stylebooks.SUFFIXES)
