"""Files written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import mkstemp


def write(path: Path, data: bytes | Iterable[bytes], mode: int | None = None) -> None:
    """Write a file beside the place where it belongs, and rename it. Raises `OSError`.

    Its permissions are `mode`, else those that any new file gets. A symbolic link at `path` is
    replaced, not followed.
    """
    handle, beside = mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.writelines([data] if isinstance(data, bytes) else data)
        os.chmod(beside, _usual_mode() if mode is None else mode)
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def put(beside: Path, path: Path) -> None:
    """Rename a file that is written, so that not even a power cut leaves a part of it."""
    with open(beside, "rb+") as file:
        os.fsync(file.fileno())
    os.replace(beside, path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _usual_mode() -> int:
    """What the process's umask leaves of read and write for all."""
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask
