"""What of a source is no prose, told by plain patterns and without newslint's readers.

It is a second opinion: coarse, and on purpose made of nothing that the readers are made of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

CODE, URL, TEMPLATE, TAG, FRONT = "code", "URL", "shortcode or template tag", "tag", "front matter"
CLASSES = (CODE, URL, TEMPLATE, TAG, FRONT)

_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\r?\n(?:.*?\r?\n)??\1[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_SYNTAX = re.compile(r"^[ \t]*(?:- +)?[\w.-]+[ \t]*[:=]|^[ \t]*#.*$|^(?:---|\+\+\+)", re.M)
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ \t>]*\1[`~]*[ \t]*$", re.M | re.S)
_INLINE = re.compile(r"(?<![`\\])(`+)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
_TEMPLATE = re.compile(r"\{\{<.*?>\}\}|\{\{%.*?%\}\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_RAW = re.compile(r"<(script|style|pre|code|textarea)\b[^<>]*>.*?</\1\s*>", re.DOTALL | re.I)
_JSON_LD = re.compile(r"<script\b[^<>]*ld\+json", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][\w:-]*(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_SAID = re.compile(r"\b(?:alt|content)\s*=\s*(\"[^\"]*\"|'[^']*')", re.IGNORECASE)
"""Attributes that hold prose: alternative text, and what `<meta>` says."""
_URLS = (
    re.compile(
        r"(?:https?|ftp)://(?:[^\s<>()\"'“”‘’`|\\&]|&(?!#?\w+;)|&amp;|\([^\s()]*\))+", re.IGNORECASE
    ),
    re.compile(r"(?<=\]\()[^\s()]+(?:\([^\s()]*\)[^\s()]*)*"),
    re.compile(r"(?m)^[ \t>]*\[[^\]^\n][^\]\n]*\]:[ \t]+\S+"),
)
"""Bare addresses, those of Markdown links, and of link definitions."""
_TAIL = ".,;:!?)]}*_…—–"


class Region(NamedTuple):
    """A range of a source that holds no prose."""

    start: int
    end: int
    what: str


def scan(source: str, html: bool) -> list[Region]:
    """The regions of one file, ordered by start."""
    found: list[Region] = []
    body = 0
    front = None if html else _FRONT.match(source)
    if front:
        body = front.end()
        found += [
            Region(m.start(), m.end(), FRONT) for m in _FRONT_SYNTAX.finditer(source, 0, body)
        ]
    if not html:
        found += _all(_FENCE, source, body, CODE) + _all(_INLINE, source, body, CODE)
        found += _all(_TEMPLATE, source, 0, TEMPLATE)
    for match in _RAW.finditer(source, body):
        if not _JSON_LD.match(match[0]):  # holds headline and description as JSON strings
            found.append(Region(match.start(), match.end(), CODE))
    found += _all(_COMMENT, source, body, TAG)
    for match in _TAG.finditer(source, body):
        found += _without_values(match)
    for pattern in _URLS[: 1 if html else None]:
        for match in pattern.finditer(source):
            end = match.end() - len(match[0]) + len(match[0].rstrip(_TAIL))
            found.append(Region(match.start(), end, URL))
    return sorted(region for region in found if region.start < region.end)


def _all(pattern: re.Pattern[str], source: str, start: int, what: str) -> list[Region]:
    return [Region(m.start(), m.end(), what) for m in pattern.finditer(source, start)]


def _without_values(tag: re.Match[str]) -> list[Region]:
    """A tag, cut where an attribute's value is prose."""
    at, found = tag.start(), []
    for said in _SAID.finditer(tag[0]):
        found.append(Region(at, tag.start() + said.start(1) + 1, TAG))
        at = tag.start() + said.end(1) - 1
    return [*found, Region(at, tag.end(), TAG)]


class Regions:
    """Answers what region a range of a source lies in."""

    def __init__(self, source: str, html: bool) -> None:
        self._regions = scan(source, html)
        self._starts = [region.start for region in self._regions]
        self._reach = list(accumulate((region.end for region in self._regions), max))

    def inside(self, start: int, end: int) -> set[str]:
        """The classes of the regions that hold the whole range."""
        return {r.what for r in self._at(start) if end <= r.end} if end > start else set()

    def touched(self, start: int, end: int) -> set[str]:
        """The classes of the regions that hold its first or its last character."""
        ends = (start, end - 1) if end > start else ()
        return {r.what for offset in ends for r in self._at(offset)}

    def _at(self, offset: int) -> list[Region]:
        found = []
        for index in range(bisect_right(self._starts, offset) - 1, -1, -1):
            if self._reach[index] <= offset:
                break
            if offset < self._regions[index].end:
                found.append(self._regions[index])
        return found
