"""Regular expressions of rules: RE2, linear in time, with word boundaries that know Unicode.

RE2's own `\\b` and `\\w` know ASCII only (`\\ban\\b` matches inside "Erdoğan"), so a hit is kept
only where it neither begins nor ends inside a word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import re2

from newslint.later import compiled_later

_ONE_LINE_ONLY = compiled_later(r"(?<!\\)(?:\\\\)*\\[AzZ]|\(\?[a-zA-Z]*-[a-zA-Z]*m")
_BYTES = compiled_later(r"(?<!\\)(?:\\\\)*\\[BC]")
_APOSTROPHES = "'’"
_NO_WORD = r"[^\pL\pM\pN_'’]|['’](?:\PL|\z)"
"""What may stand behind a word: an apostrophe and a letter go on with it."""


class PatternError(ValueError):
    """The pattern is not RE2 syntax, or uses what a one-line text has no need for."""


class Match(NamedTuple):
    """A hit in a text: code points, end exclusive."""

    start: int
    end: int
    groups: tuple[tuple[int, int], ...]
    """The range of each group, the whole match first; (-1, -1) where a group took no part."""

    def moved(self, by: int) -> Match:
        """The same hit in a text that begins `-by` later."""
        groups = tuple((s, e) if s < 0 else (s + by, e + by) for s, e in self.groups)
        return Match(self.start + by, self.end + by, groups)


def compile_pattern(pattern: str) -> re2._Regexp[bytes]:
    """Compile, or raise `PatternError` with RE2's reason and a remedy."""
    if _ONE_LINE_ONLY.search(pattern):
        raise PatternError("a block is one line: write ^ and $ for its ends, without flags")
    if _BYTES.search(pattern):
        raise PatternError("\\B and \\C look at bytes, and a letter may be several of them")
    return _compile(pattern)


@lru_cache(maxsize=8192)
def _compile(pattern: str) -> re2._Regexp[bytes]:
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern.encode(), options)
    except re2.error as error:
        reason = error.args[0] if error.args else "not RE2 syntax"
        reason = reason.decode() if isinstance(reason, bytes) else str(reason)
        if "(?<" in pattern or "(?=" in pattern or "(?!" in pattern:
            reason += ": RE2 has no lookaround; use before, after, not-before, not-after or except"
        raise PatternError(reason) from None


def flagged(pattern: str, ignore_case: bool) -> str:
    """The pattern with its case rule in it."""
    return f"(?i:{pattern})" if ignore_case else pattern


def is_word(character: str) -> bool:
    """Letters, digits, the underscore and combining marks make words."""
    return (
        character.isalnum() or character == "_" or unicodedata.category(character).startswith("M")
    )


def breaks_word(text: str, offset: int) -> bool:
    """True where `offset` lies inside a word; an apostrophe between letters is inside one."""
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if is_word(before):
        if is_word(after):
            return True
        return (
            after in _APOSTROPHES and offset + 1 < len(text) and text[offset + 1].isalpha()
            and before.isalpha()
        )  # fmt: skip
    return before in _APOSTROPHES and is_word(after) and offset > 1 and text[offset - 2].isalpha()


def whole_words(text: str, start: int, end: int) -> bool:
    """True where `text[start:end]` neither begins nor ends inside a word."""
    return not (breaks_word(text, start) or breaks_word(text, end))


def find(
    pattern: str, text: str, boundaries: bool = True, encoded: bytes | None = None
) -> Iterator[Match]:
    """All hits of an RE2 pattern, from left to right, not overlapping, none of them empty.

    `encoded` is the text in UTF-8, for those who have it at hand.
    """
    regexp = _compile(pattern)
    data = text.encode("utf-8", "replace") if encoded is None else encoded
    found = regexp.search(data)
    if found is None:
        return
    points = _Points(data, len(data) == len(text))
    while found is not None:
        match, position = _decoded(found, points), found.end()
        if boundaries and not whole_words(text, match.start, match.end):
            other = (
                None if breaks_word(text, match.start) else _other_end(pattern, data, points, found)
            )
            if other is None or breaks_word(text, other[0].end):
                following = _next_word(text, match.start)
                position = found.start() + len(
                    text[match.start : following].encode("utf-8", "replace")
                )
                found = regexp.search(data, position)
                continue
            match, position = other
        if match.end > match.start:
            yield match
        elif match.start >= len(text):
            return
        else:
            position += len(text[match.start].encode("utf-8", "replace"))
        found = regexp.search(data, position)


def occurs_in(pattern: str, encoded: bytes) -> bool:
    """Whether the pattern occurs in a text, given in UTF-8, word boundaries aside."""
    return _compile(pattern).search(encoded) is not None


def usable(pattern: str) -> bool:
    """Whether RE2 takes the pattern."""
    try:
        _compile(pattern)
    except PatternError:
        return False
    return True


def matches(pattern: str, text: str, boundaries: bool = True) -> bool:
    """Whether the pattern occurs in the text."""
    return next(find(pattern, text, boundaries), None) is not None


def empty(pattern: str) -> bool:
    """Whether the pattern matches where there is no text at all."""
    return _compile(pattern).search(b"") is not None


def _other_end(
    pattern: str, data: bytes, points: _Points, found: re2._Match[bytes]
) -> tuple[Match, int] | None:
    """Another way for the pattern to match from the same start, ending where a word may end."""
    whole = _compile(rf"({pattern})(?:{_NO_WORD}|\z)").match(data, found.start())
    if whole is None:
        return None
    groups = _decoded(whole, points).groups[1:]
    return Match(*groups[0], groups), whole.end(1)


def _next_word(text: str, offset: int) -> int:
    """Past the word that `offset` stands in, or past the one character there."""
    end = offset + 1
    while end < len(text) and breaks_word(text, end):
        end += 1
    return end


def _decoded(found: re2._Match[bytes], points: _Points) -> Match:
    spans = [found.span(group) for group in range(found.re.groups + 1)]
    if not points.same:
        spans = [(s, e) if s < 0 else (points.point(s), points.point(e)) for s, e in spans]
    return Match(spans[0][0], spans[0][1], tuple(spans))


class _Points:
    """Code point offsets for byte offsets; cheapest where they are asked for in ascending order."""

    def __init__(self, data: bytes, same: bool) -> None:
        self.same = same
        """Every character is one byte."""
        self._data = data
        self._byte = self._point = 0

    def point(self, byte: int) -> int:
        """The code point offset of a byte offset."""
        if byte < self._byte:
            self._byte = self._point = 0
        self._point += len(self._data[self._byte : byte].decode())
        self._byte = byte
        return self._point
