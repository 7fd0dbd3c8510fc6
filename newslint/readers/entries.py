"""What the front matter formats have in common: entries, limits and refusal."""

from __future__ import annotations

from typing import Any, NamedTuple

from newslint.article import Span
from newslint.readers.scalars import Scalar

MAX_DEPTH = 50
"""Of mappings and lists within each other."""


class Entry(NamedTuple):
    """One value of the front matter."""

    key: Span
    value: Any
    span: Span
    scalars: tuple[Scalar, ...]
    """The strings in the value: itself, or those of a list."""


class Refused(Exception):
    """Front matter that cannot be read, with the reason and the place."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


def too_deep(at: int) -> Refused:
    """The refusal of what is nested too deeply."""
    return Refused(f"more than {MAX_DEPTH} levels of nesting", at)
