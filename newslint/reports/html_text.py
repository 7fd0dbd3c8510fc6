"""Words of an article as text in HTML: nothing of it is markup, and nothing of it is hidden."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from newslint.article import OPAQUE
from newslint.finding import SEVERITIES

WHOLE = 900
"""Code points of a passage that is shown in full."""
BESIDE, BEGINNING, END = 180, 320, 120
"""Of a longer one: what is shown beside flagged words, and of words that are long themselves."""
_WORD = 24
GAP = '<span class="gap"> … </span>'
_HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"})
_PLAIN = frozenset("\t\r\n\u00a0\u202f")
_JOINER = "\u200d"
_JOINABLE = frozenset({"So", "Sk", "Mn"})


class Mark(NamedTuple):
    """Flagged words: where they stand in a text, and the finding's number and severity."""

    start: int
    end: int
    number: int
    severity: str


def text(words: str) -> str:
    """The words as the content of an element, control characters spelled out as `U+202E`."""
    if words.isprintable() and OPAQUE not in words:
        return _harmless(escape(words))
    return _harmless("".join(_shown(words, at) for at in range(len(words))))


def attribute(words: str) -> str:
    """The words as the value of an attribute in double quotes."""
    return _harmless(escape("".join("\ufffd" if _hidden(c) else c for c in words)))


def _harmless(html: str) -> str:
    """The same page, in which a CI service that prints it finds no `##[command]`."""
    return html.replace("##", "#&#35;")


def _hidden(character: str) -> bool:
    return character not in _PLAIN and unicodedata.category(character) in _HIDDEN


def _shown(words: str, at: int) -> str:
    character = words[at]
    if character == OPAQUE:
        return '<i class="object" title="code, an image, an address or a shortcode">[…]</i>'
    if not _hidden(character) or (character == _JOINER and _joins(words, at)):
        return escape(character)
    name = escape(unicodedata.name(character, "control character").lower())
    return f'<span class="control" title="{name}">U+{ord(character):04X}</span>'


def _joins(words: str, at: int) -> bool:
    """Whether the joiner at this place makes one picture of two."""
    around = words[at - 1 : at] + words[at + 1 : at + 2]
    return len(around) == 2 and all(unicodedata.category(c) in _JOINABLE for c in around)


def marked(words: str, marks: Iterable[Mark]) -> str:
    """The words with the marks on them, each followed by its number.

    Marks may overlap: the text is cut at every end of one. Of a long text that is far from every
    mark only an ellipsis is left.
    """
    waiting = sorted(marks, reverse=True)
    shown = _windows(words, waiting[::-1])
    opening, closing = {start for start, _ in shown}, {end for _, end in shown}
    ends = {mark.start for mark in waiting} | {mark.end for mark in waiting}
    out: list[str] = []
    active: list[Mark] = []
    visible = False
    for at, following in pairwise([*sorted(ends | opening | closing), len(words)]):
        out += [_number(mark) for mark in active if mark.end == at]
        active = [mark for mark in active if mark.end > at]
        while waiting and waiting[-1].start == at:
            mark = waiting.pop()
            if mark.end > at:
                active.append(mark)
            else:
                out.append(f"{_open([mark], ' point')}</mark>{_number(mark)}")
        if (at in closing and at < len(words)) or (at and not visible and at == shown[0][0]):
            out.append(GAP)
        visible = at in opening or (visible and at not in closing)
        if visible and at < following:
            piece = text(words[at:following])
            out.append(f"{_open(active)}{piece}</mark>" if active else piece)
    return "".join(out)


def _windows(words: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """The ranges of a text that are shown, in order and apart."""
    if len(words) <= WHOLE:
        return [(0, len(words))]
    ranges: list[tuple[int, int]] = []
    for start, end, *_ in marks:
        if end - start <= BEGINNING + END:
            ranges.append((start - BESIDE, end + BESIDE))
        else:
            ranges += [(start - BESIDE, start + BEGINNING), (end - END, end + BESIDE)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        start, end = _whole_words(words, max(start, 0), min(end, len(words)))
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _whole_words(words: str, start: int, end: int) -> tuple[int, int]:
    """The range, made smaller where it cuts a word in two."""
    first = words.find(" ", start, start + _WORD) if start else -1
    last = words.rfind(" ", end - _WORD, end) if end < len(words) else -1
    return first + 1 or start, end if last < 0 else last


def _open(marks: Sequence[Mark], more: str = "") -> str:
    worst = min((mark.severity for mark in marks), key=SEVERITIES.index)
    numbers = " ".join(str(mark.number) for mark in marks)
    return f'<mark class="{worst}{more}" data-n="{numbers}">'


def _number(mark: Mark) -> str:
    return f'<sup data-n="{mark.number}">{mark.number}</sup>'
