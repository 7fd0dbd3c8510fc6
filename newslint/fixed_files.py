"""Fixed articles back into their files: each whole or not at all, and only where it may be."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from newslint import atomic
from newslint.checker import read_file
from newslint.errors import Error
from newslint.paths import leads_out, top_of


def write(path: str, before: bytes, after: bytes) -> Error | None:
    """Replace a file that still holds `before`; an error says why it stays as it was.

    Of a symbolic link the file that it leads to is replaced, if that lies in the repository.
    """
    folder = Path(os.path.abspath(path)).parent
    if leads_out(Path(path), top_of(folder)):
        return _refused(path, "a symbolic link leads out of the repository")
    target = Path(os.path.realpath(path))
    try:
        found = read_file(str(target))
        if found == after:  # under another name, by a link
            return None
        if found != before:
            return _refused(path, "it has changed since newslint read it; run it again")
        if not os.access(target, os.W_OK):
            return _refused(path, "it is read-only")
        atomic.write(target, after, stat.S_IMODE(os.stat(target).st_mode))
    except OSError as error:
        return _refused(path, error.strerror or str(error))
    return None


def _refused(path: str, reason: str) -> Error:
    return Error(path, "unreadable", f"not fixed: {reason}")
