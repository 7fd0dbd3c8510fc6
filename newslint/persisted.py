"""Remembers between runs what follows from newslint's own files and from the text of a pattern.

Reading a hundred rules and working out what their patterns require takes longer than checking an
article. The command line switches this on; the file lies in the user's folder of caches, and one
that is damaged, old or cannot be written costs time only.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newslint.paths import leads_out, repository_of

_LARGEST = 1 << 20
"""Bytes; of a larger file only what the run has used is kept."""

_path: Path | None = None
_known: dict[str, Any] = {}
_used: set[str] = set()
_new = False


def switch_on(version: str) -> None:
    """Use the file of this version from now on."""
    global _path, _known, _new
    _path, _known, _new = None, {}, False
    home = folder()
    if home is None:
        return
    _path = home / f"rules-{version}.bin"
    import msgspec  # needed all the same, but not by those who keep this switched off

    try:
        _known = msgspec.msgpack.decode(_path.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.DecodeError, RecursionError):
        _known = {}


def folder() -> Path | None:
    """Where the user keeps what newslint remembers; None where there is no such place.

    A place inside the repository is none: a pull request could bring along what lies there.
    """
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        base = Path(named) if named else Path.home() / ".cache"
    except RuntimeError:  # a user without a home, as containers have them
        return None
    root = repository_of(Path.cwd())
    return None if root is not None and not leads_out(base, root) else base / "newslint"


def is_on() -> bool:
    """Whether anything is remembered in this run."""
    return _path is not None


def remember(key: str, work: Callable[[], Any]) -> Any:
    """What is known by that key: plain data. Else what `work` yields, known from then on."""
    global _new
    if _path is None:
        return work()
    _used.add(key)
    if key not in _known:
        _known[key] = work()
        _new = True
    return _known[key]


def file_key(path: Path) -> str:
    """A key that changes with the file, for what is read from it."""
    status = path.stat()
    return f"file:{path}:{status.st_mtime_ns}:{status.st_size}"


def save() -> None:
    """Write what is new; where that cannot be done it is worked out again next time."""
    global _new
    if _path is None or not _new:
        return
    import msgspec

    from newslint import atomic  # slow to import, and most runs have nothing new

    _new = False
    try:
        data = msgspec.msgpack.encode(_known)
        if len(data) > _LARGEST:
            data = msgspec.msgpack.encode({key: _known[key] for key in _known if key in _used})
        _path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(_path, data)
    except (OSError, UnicodeEncodeError):
        return
