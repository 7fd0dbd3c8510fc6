"""Keeps what articles of the corpus contribute to comparisons, by their content.

One file in `.newslint_cache` beside the config holds the records of all articles, under a digest of
path and content. It is written beside and renamed, so several processes do not harm each other, and
it is thrown away where version, rules, lexicons, people file or words have changed.
"""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec

import newslint
from newslint import stylebooks
from newslint.checker import Checker, read_file
from newslint.config import Settings, relative
from newslint.lexicons import FOLDER as LEXICONS
from newslint.paths import shipped_root

FOLDER = ".newslint_cache"


class FactCache:
    """The records of one set of rules."""

    def __init__(self, settings: Settings, checker: Checker) -> None:
        self._settings = settings
        self._folder = settings.base / FOLDER
        self._path = self._folder / f"facts-{_rules(settings, checker)}.bin"
        self._digests: dict[str, str] = {}
        self._known = _read(self._path)
        self._kept: dict[str, bytes] = {}

    def look_up(self, path: str) -> bytes | None:
        """The record of an article as it stands on disk now, if it is known."""
        try:
            data = read_file(path)
        except OSError:
            return None
        name = relative(self._settings, path).encode("utf-8", "surrogateescape")
        digest = self._digests[path] = blake2b(name + b"\0" + data, digest_size=16).hexdigest()
        record = self._known.get(digest)
        if record is not None:
            self._kept[digest] = record
        return record

    def keep(self, path: str, record: bytes) -> None:
        """Remember the record of an article that was looked up before."""
        if path in self._digests:
            self._kept[self._digests[path]] = record

    def save(self) -> None:
        """Write what this run has used; a folder that cannot be written to costs time only."""
        if self._kept.keys() == self._known.keys():
            return
        try:
            self._folder.mkdir(exist_ok=True)
            ignore = self._folder / ".gitignore"
            if not ignore.exists():
                ignore.write_text("*\n")
            with NamedTemporaryFile(dir=self._folder, delete=False) as file:
                file.write(msgspec.msgpack.encode(self._kept))
            os.replace(file.name, self._path)
            for old in self._folder.glob("facts-*.bin"):
                if old != self._path:
                    old.unlink(missing_ok=True)
        except OSError:
            return


def _read(path: Path) -> dict[str, bytes]:
    """What an earlier run kept; nothing where the file is absent or damaged."""
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=dict[str, bytes])
    except (OSError, msgspec.DecodeError):
        return {}


def _rules(settings: Settings, checker: Checker) -> str:
    """A digest of all that decides what an article contributes."""
    package = Path(newslint.__file__).parent
    files = [*package.rglob("*.py"), *(shipped_root() / LEXICONS).iterdir()]
    for name in settings.config.extends:
        files += stylebooks.lexicon_files(name, settings.base)
    parts: list[object] = [
        newslint.__version__,
        sorted([path.as_posix(), path.stat().st_mtime_ns] for path in files),
        [rule.rule for rule in checker.rules().values() if rule.finder.comparison],
        settings.config,
        settings.reference.people,
        settings.reference.words,
    ]
    return blake2b(msgspec.json.encode(parts), digest_size=10).hexdigest()
