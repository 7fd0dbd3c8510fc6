"""Keeps what articles of the corpus contribute to comparisons, by their content.

One file in `.newslint_cache` beside the config holds the records of all articles, under a digest of
path and content. It is written beside and renamed, so several processes do not harm each other, and
it is thrown away where version, rules, lexicons, people file or words have changed, and where it
is damaged.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import mkstemp

import msgspec

import newslint
from newslint import stylebooks
from newslint.checker import Checker, read_file
from newslint.config import Settings, relative
from newslint.lexicons import FOLDER as LEXICONS
from newslint.paths import leads_out, shipped_root

FOLDER = ".newslint_cache"
_CHECKSUM = 16
"""Bytes at the start of the file."""


class FactCache:
    """The records of one set of rules."""

    def __init__(self, settings: Settings, checker: Checker) -> None:
        self._settings = settings
        self._folder = settings.base / FOLDER
        self._path = self._folder / f"facts-{_rules(settings, checker)}.bin"
        self._digests: dict[str, str] = {}
        # A link might lead anywhere, and a pull request can bring one.
        self._linked = leads_out(self._path, settings.base) or self._folder.is_symlink()
        self._known = {} if self._linked else _read(self._path)
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
        if self._linked or self._kept.keys() == self._known.keys():
            return
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            _write(self._folder / ".gitignore", b"*\n")
            body = msgspec.msgpack.encode(self._kept)
            _write(self._path, _checksum(body) + body)
            for old in self._folder.glob("facts-*.bin"):
                if old != self._path:
                    old.unlink(missing_ok=True)


def _read(path: Path) -> dict[str, bytes]:
    """What an earlier run kept; nothing where the file is absent or damaged."""
    try:
        data = path.read_bytes()
        body = data[_CHECKSUM:]
        if data[:_CHECKSUM] != _checksum(body):
            return {}
        return msgspec.msgpack.decode(body, type=dict[str, bytes])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}


def _checksum(data: bytes) -> bytes:
    return blake2b(data, digest_size=_CHECKSUM).digest()


def _write(path: Path, data: bytes) -> None:
    """Write a file beside and rename it."""
    handle, beside = mkstemp(dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _rules(settings: Settings, checker: Checker) -> str:
    """A digest of all that decides what an article contributes."""
    package = Path(newslint.__file__).parent
    files = [*package.rglob("*.py"), *(shipped_root() / LEXICONS).iterdir()]
    for name in settings.config.extends:
        files += stylebooks.lexicon_files(name, settings.home)
    parts: list[object] = [
        newslint.__version__,
        sorted([path.as_posix(), path.stat().st_mtime_ns] for path in files),
        [rule.rule for rule in checker.comparing_rules.values()],
        settings.config,
        settings.reference.people,
        settings.reference.words,
    ]
    return blake2b(msgspec.json.encode(parts), digest_size=10).hexdigest()
