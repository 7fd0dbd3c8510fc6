"""One run at a time in a folder: a lock that ends with the process that holds it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newslint.errors import Error, NewslintError

NAME = "lock"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep other runs out of the folder. Raises `NewslintError` where one is at work in it."""
    handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        if not _locked(handle):
            message = "another run is at work in this folder: wait for it, or end it"
            raise NewslintError(Error(str(folder), "config", message))
        yield
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
