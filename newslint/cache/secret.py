"""The user's key, with which newslint signs what it keeps in places that others can write to.

Who can write to a repository can bring a cache along that says of every article that nothing was
found. Without the key that is only a damaged file.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b

from newslint import persisted

VARIABLE = "NEWSLINT_CACHE_KEY"
"""A key in words, for machines that are new every time: they take over caches that it signed."""
_LENGTH = 32
_NAME = "key"


def key() -> bytes | None:
    """32 bytes that only the user has, made where there are none; None where none can be kept."""
    if given := os.environ.get(VARIABLE):
        return blake2b(given.encode("utf-8", "surrogateescape"), digest_size=_LENGTH).digest()
    folder = persisted.folder()
    if folder is None:
        return None
    path = folder / _NAME
    with suppress(OSError):
        if len(found := path.read_bytes()) == _LENGTH:
            return found
    from newslint import atomic  # slow to import, and once is enough

    try:
        folder.mkdir(parents=True, exist_ok=True)
        atomic.write(path, os.urandom(_LENGTH), 0o600)
        return path.read_bytes()  # perhaps that of another process, which was later
    except OSError:
        return None
