"""What the front matter formats have in common: fields, their strings, limits and refusal."""

from __future__ import annotations

from msgspec import Struct, field

from newslint.article import Field, Span
from newslint.readers.scalars import Scalar

MAX_DEPTH = 50
"""Of mappings and lists within each other."""


class Mapping(Struct, frozen=True, gc=False):
    """Where a mapping within front matter stands."""

    key: Span
    span: Span
    """Of the value; in block style, where a mapping has no end of its own, of the key."""
    flow: bool
    """In braces; otherwise with its keys on lines of their own."""


class Entries(Struct, frozen=True):
    """What front matter holds, by key; the keys of nested mappings are joined with dots."""

    fields: dict[str, Field] = field(default_factory=dict)
    strings: dict[str, list[Scalar]] = field(default_factory=dict)
    """Where the value is a string: that string; where it is a list: the strings in it."""
    mappings: dict[str, Mapping] = field(default_factory=dict)
    """By key, joined with dots as in `fields`: mappings that hold something."""


class Refused(Exception):  # noqa: N818
    """Front matter that cannot be read, with the reason and the place."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.at = at


def too_deep(at: int) -> Refused:
    """The refusal of what is nested too deeply."""
    return Refused(f"more than {MAX_DEPTH} levels of nesting", at)
