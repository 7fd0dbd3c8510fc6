"""Cuts plain text into units (a paragraph, a heading, a list item) and comments.

A unit is one line, or the lines of a hard-wrapped paragraph. Offsets come from counting, line by
line, so that every character keeps its place.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from newslint.article import Comment, Span
from newslint.later import compiled_later

SHORTEST, FULLEST = 45, 100
"""Characters; between these copy is wrapped, by hand or by an editor."""

_ENDS_SENTENCE = compiled_later(r"[.!?:;…][\"'”’»)\]]*$")
_BULLET = compiled_later(
    r"(?:[•‣◦▪■●∙·]\s*|[*+]\s+|[–—-](?:\s+|(?=[A-Z]))(?!\d+\s*[–—-]\s*$)(?!.*\s[–—-]\.?$))"
    r"(?=[^\s•*·_=+-])"
)
_NUMBER = compiled_later(r"(?:\d{1,2}[.)]|\(\d{1,2}\))\s+(?=\S)")
_RULE = compiled_later(r"[\s_*=~–—•·-]*[_*=~–—•·-](?:\.|$)")


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
    done = refused = 0
    for line in lines:
        if line.start < done:
            continue
        # What closes one comment in mid-line closes all that begin before it just as badly.
        if line.start >= refused and line.text.startswith("<!--"):
            found, close = _comments_at(source, line.start, ends)
            comments += found
            done, refused = (close, 0) if found else (0, close)
        if line.start >= done:
            kept.append(line)
    return kept, comments


def _comments_at(source: str, start: int, ends: set[int]) -> tuple[list[Comment], int]:
    """The comments from `start` on and where they end.

    Where something else stands on their lines there are none; then, where the first one closes.
    """
    found: list[Comment] = []
    while source.startswith("<!--", start):
        close = source.find("-->", start + 4)
        if close < 0:
            return [], found[0].span.end if found else len(source)
        end = close + 3
        found.append(Comment(source[start + 4 : close].strip(), Span(start, end), True))
        if end in ends:
            return found, end
        start = end
        while source[start] in " \t":
            start += 1
    return [], found[0].span.end


def _wrap_width(lines: list[Line]) -> int:
    """The width that paragraphs are wrapped at, or 0 where each line is a unit.

    Wrapped copy has next to no long line; where one line follows another with no gap, the first is
    about as long as they get, and most often ends in mid-sentence.
    """
    if sum(len(line.text) > FULLEST for line in lines) * 10 > len(lines):
        return 0
    pairs = [
        (line, below)
        for line, below in pairwise(lines)
        if not below.after_gap
        and SHORTEST <= len(line.text) <= FULLEST
        and not _BULLET.match(below.text)
    ]
    if not pairs:
        return 0
    lengths = sorted(line.indent + len(line.text) for line, _ in pairs)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    broken = [pair for pair in pairs if _is_full(*pair, width)]
    open_ends = sum(not _ENDS_SENTENCE.search(line.text) for line, _ in broken)
    if len(broken) < 0.6 * len(pairs) or open_ends < 0.6 * len(broken):
        return 0
    return width if len(pairs) > 1 or pairs[0][1].text[0].islower() else 0


def _is_full(line: Line, below: Line, width: int) -> bool:
    """Whether the first word below would have overrun the width, or nearly."""
    return line.indent + len(line.text) + 1 + len(below.text.split(None, 1)[0]) > 0.85 * width


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
    in_list = _BULLET.match(group[0].text) or _NUMBER.match(group[0].text)
    if is_rule(line.text):
        return False
    if _BULLET.match(line.text) and not _dash_in_mid_sentence(group[0], last, line, bool(in_list)):
        return False
    if _NUMBER.match(line.text) and in_list:
        return False
    if line.indent > last.indent and not in_list:
        return False
    return _is_full(last, line, width)


def _dash_in_mid_sentence(first: Line, last: Line, line: Line, in_list: bool) -> bool:
    """Whether the dash that a wrapped line begins with belongs to the sentence before it."""
    if line.text[0] not in "–—-" or _ENDS_SENTENCE.search(last.text):
        return False
    return line.indent > first.indent if in_list else line.indent == last.indent


def _unit(lines: tuple[Line, ...]) -> Unit:
    first = lines[0]
    match, mark = _BULLET.match(first.text), "bullet"
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
