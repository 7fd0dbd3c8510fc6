"""How far an archive is: one line on a terminal, rewritten; nothing where stderr is none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newslint.cli.progress import show

if TYPE_CHECKING:
    from newslint.audit.progress import State, Tell


@contextmanager
def shown(quiet: bool) -> Iterator[Tell]:
    """What is told how far it is; the line is wiped at the end."""
    from newslint.audit.progress import line

    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return

    def tell(state: State) -> None:
        show(f"newslint: {line(state)}")

    try:
        yield tell
    finally:
        show("")
