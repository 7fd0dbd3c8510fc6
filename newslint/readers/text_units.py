"""Cuts plain text into units (a paragraph, a heading, a list item) and comments.

A unit is one line, or the lines of a hard-wrapped paragraph. Offsets come from counting, line by
line, so that every character keeps its place.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from newslint.article import Comment, Span

FULLEST = 100
"""Characters; copy that is wrapped by hand or by an editor has no longer lines."""

_ENDS_SENTENCE = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_BULLET = re.compile(
    r"(?:[•‣◦▪■●∙·*+]\s*|[–—-](?:\s+|(?=[A-Z]))(?!\d+\s*[–—-]\s*$)(?!.*\s[–—-]\.?$))"
    r"(?=[^\s•*·_=+-])"
)
_NUMBER = re.compile(r"(?:\d{1,2}[.)]|\(\d{1,2}\))\s+(?=\S)")
_RULE = re.compile(r"[\s_*=~–—•·-]*[_*=~–—•·-](?:\.|$)")
_TIGHT = re.compile(r"[*+·]\S")


class Line(NamedTuple):
    """A line that is not blank, without the white space around it."""

    start: int
    end: int
    text: str
    indent: int
    """Characters of white space before it."""
    after_gap: bool
    """A blank line or the start of the file comes before it."""


class Unit(NamedTuple):
    """One or more lines that belong together, without the mark of a list item."""

    lines: tuple[Line, ...]
    text: str
    """The lines, joined with spaces."""
    mark: str
    """`bullet`, `number` or nothing."""

    @property
    def after_gap(self) -> bool:
        """Whether a blank line comes before it."""
        return self.lines[0].after_gap


def cut(source: str) -> tuple[list[Unit], list[Comment]]:
    """The units of a plain text and the comments that stand on lines of their own."""
    lines = _lines(source)
    comments: list[Comment] = []
    if "<!--" in source:
        lines, comments = _without_comments(source, lines)
    width = _wrap_width(lines)
    units = (
        _joined(lines, width)
        if width
        else [_unit((line,)) for line in lines if not is_rule(line.text)]
    )
    return units, comments


def is_rule(text: str) -> bool:
    """Whether a line only separates: `___`, `* * *`, `-----`, or a bullet with nothing behind."""
    return text[0] in "_*=~–—•·-" and bool(_RULE.fullmatch(text))


def _lines(source: str) -> list[Line]:
    lines: list[Line] = []
    offset, gap = 0, True
    for raw in source.splitlines(keepends=True):
        text = raw.strip()
        if text:
            indent = len(raw) - len(raw.lstrip())
            start = offset + indent
            lines.append(Line(start, start + len(text), text, indent, gap))
        gap = not text
        offset += len(raw)
    return lines


def _without_comments(source: str, lines: list[Line]) -> tuple[list[Line], list[Comment]]:
    kept: list[Line] = []
    comments: list[Comment] = []
    ends = {line.end for line in lines}
    done = 0
    for line in lines:
        if line.start < done:
            continue
        found = _comments_at(source, line.start, ends) if line.text.startswith("<!--") else []
        if found:
            comments += found
            done = found[-1].span.end
        else:
            kept.append(line)
    return kept, comments


def _comments_at(source: str, start: int, ends: set[int]) -> list[Comment]:
    """The comments from `start` on, where nothing else stands on their lines; else none."""
    found: list[Comment] = []
    while source.startswith("<!--", start):
        close = source.find("-->", start + 4)
        if close < 0:
            return []
        end = close + 3
        found.append(Comment(source[start + 4 : close].strip(), Span(start, end), True))
        if end in ends:
            return found
        start = end + len(source[end : end + 200]) - len(source[end : end + 200].lstrip(" \t"))
    return []


def _wrap_width(lines: list[Line]) -> int:
    """The width that paragraphs are wrapped at, or 0 where each line is a unit.

    Wrapped copy has paragraphs of several lines; all but the last are of similar length, and most
    of those end in mid-sentence.
    """
    inner, wrapped, others = [], 0, 0
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and not lines[at].after_gap:
            continue
        full = lines[start : at - 1]
        if full and all(45 <= line.end - line.start <= FULLEST for line in full):
            wrapped += 1
            inner += full
        elif len(full) > 1 or lines[at - 1].end - lines[at - 1].start > FULLEST:
            others += 1
        start = at
    if wrapped <= others or (wrapped == 1 and len(inner) < 2):
        return 0
    open_ends = sum(not _ENDS_SENTENCE.search(line.text) for line in inner)
    if open_ends < 0.6 * len(inner):
        return 0
    lengths = sorted(line.indent + line.end - line.start for line in inner)
    return lengths[int(0.95 * (len(lengths) - 1))]


def _joined(lines: list[Line], width: int) -> list[Unit]:
    units: list[Unit] = []
    group: list[Line] = []
    for line in lines:
        if group and (line.after_gap or not _continues(group, line, width)):
            units.append(_unit(tuple(group)))
            group = []
        if not is_rule(line.text):
            group.append(line)
    if group:
        units.append(_unit(tuple(group)))
    return units


def _continues(group: list[Line], line: Line, width: int) -> bool:
    last = group[-1]
    if is_rule(line.text) or _BULLET.match(line.text):
        return False
    in_list = _BULLET.match(group[0].text) or _NUMBER.match(group[0].text)
    if _NUMBER.match(line.text) and in_list:
        return False
    if line.indent > last.indent and not in_list:
        return False
    next_word = len(line.text.split(None, 1)[0])
    return last.indent + last.end - last.start + 1 + next_word > 0.8 * width


def _unit(lines: tuple[Line, ...]) -> Unit:
    first = lines[0]
    match, mark = _BULLET.match(first.text), "bullet"
    if match and _TIGHT.match(first.text):
        match = None  # *emphasis* and +44, not a list
    if match is None and first.text[0] in "0123456789(":
        match, mark = _NUMBER.match(first.text), "number"
    if match is None:
        mark = ""
    elif mark == "bullet":
        cut_at = match.end()
        lines = (
            first._replace(start=first.start + cut_at, text=first.text[cut_at:]),
            *lines[1:],
        )
    text = lines[0].text if len(lines) == 1 else " ".join(line.text for line in lines)
    return Unit(lines, text, mark)


def without_number(unit: Unit) -> Unit:
    """The unit of a numbered list, without its number."""
    match = _NUMBER.match(unit.text)
    if match is None:
        return unit
    first = unit.lines[0]
    shorter = first._replace(start=first.start + match.end(), text=first.text[match.end() :])
    return unit._replace(lines=(shorter, *unit.lines[1:]), text=unit.text[match.end() :])
