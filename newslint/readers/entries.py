"""What the front matter formats have in common: fields, their strings, limits and refusal."""

from __future__ import annotations

from msgspec import Struct, field

from newslint.article import Field
from newslint.readers.scalars import Scalar

MAX_DEPTH = 50
"""Of mappings and lists within each other."""


class Entries(Struct, frozen=True):
    """What front matter holds, by key; the keys of nested mappings are joined with dots."""

    fields: dict[str, Field] = field(default_factory=dict)
    strings: dict[str, list[Scalar]] = field(default_factory=dict)
    """Where the value is a string: that string; where it is a list: the strings in it."""


class Refused(Exception):  # noqa: N818
    """Front matter that cannot be read, with the reason and the place."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


def too_deep(at: int) -> Refused:
    """The refusal of what is nested too deeply."""
    return Refused(f"more than {MAX_DEPTH} levels of nesting", at)
