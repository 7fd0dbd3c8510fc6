"""A Markdown text as pyromark reads it: template syntax filled, bytes led back to code points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from typing import Any

import pyromark

from newslint.article import OPAQUE, Span
from newslint.later import compiled_later
from newslint.readers import templates

_Options = pyromark.Options
OPTIONS = (
    _Options.ENABLE_TABLES
    | _Options.ENABLE_FOOTNOTES
    | _Options.ENABLE_STRIKETHROUGH
    | _Options.ENABLE_TASKLISTS
    | _Options.ENABLE_GFM
)
Where = dict[str, int]
"""A range of the parsed text in UTF-8 bytes: `start` and `end`."""

_CONTINUATION_BYTES = compiled_later(rb"[\x80-\xbf]")


class Marked:
    """A text that pyromark has read, and what is needed to go from its bytes to our offsets."""

    __slots__ = ("at", "ends", "events", "masks", "starts", "text", "veiled")

    def __init__(self, text: str, start: int = 0, guard: str = "") -> None:
        """Parse `text[start:]`; `guard` is put before it and not reported."""
        self.text = text
        self.masks = templates.mask(text, start)
        self.starts = [span.start for span in self.masks]
        self.ends = [span.end for span in self.masks]
        self.veiled = _veiled(text, self.masks) if self.masks else text
        """The text with each character of template syntax replaced by `OPAQUE`."""
        body = text[start:] if start else text
        parsed = guard + (_filled(text, self.masks, start) if self.masks else body)
        skip = len(guard)
        # The library's own types name each kind of event; the readers ask by its name.
        events: Any = pyromark.events_with_range(parsed, options=OPTIONS)
        self.events: Iterable[tuple[Any, Where]] = events
        if skip:
            self.events = (item for item in events if item[1]["end"] > skip)
        self.at: Callable[[int], int] = (start - skip).__add__
        """From a byte of the parsed text to a code point of the whole text."""
        if not body.isascii():
            extra = [match.start() for match in _CONTINUATION_BYTES.finditer(body.encode())]
            self.at = lambda byte: start + byte - skip - bisect_left(extra, byte - skip)

    def overlapping(self, start: int, end: int) -> list[Span]:
        """The ranges of template syntax that have a part in `text[start:end]`."""
        first = bisect_right(self.ends, start)
        return self.masks[first : bisect_left(self.starts, end, first)]

    def gap(self, at: int) -> tuple[int, int]:
        """A range without template syntax that begins or ends near `at`."""
        after = bisect_right(self.ends, at)
        low = self.ends[after - 1] if after else 0
        return low, self.starts[after] if after < len(self.starts) else len(self.text)


def _veiled(text: str, masks: list[Span]) -> str:
    parts, at = [], 0
    for start, end in masks:
        parts += [text[at:start], OPAQUE * (end - start)]
        at = end
    return "".join(parts) + text[at:]


def _filled(text: str, masks: list[Span], start: int) -> str:
    """The text from `start` on with template syntax replaced by letters, byte for byte.

    An attribute list keeps its braces, so that emphasis ends before it as it does without.
    """
    parts, at = [], start
    for span in masks:
        size = len(text[span.start : span.end].encode())
        plain = templates.is_attributes(text, span)
        parts += [text[at : span.start], "{" + "x" * (size - 2) + "}" if plain else "x" * size]
        at = span.end
    return "".join(parts) + text[at:]
