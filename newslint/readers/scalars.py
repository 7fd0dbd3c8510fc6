"""Maps the strings of YAML, TOML and JSON to the source, character by character."""

from __future__ import annotations

import re

from msgspec import Struct

from newslint.later import compiled_later
from newslint.readers.pieces import Pieces

PLAIN, SINGLE, DOUBLE, LITERAL, FOLDED, RAW = "", "'", '"', "|", ">", "raw"
"""How a string is written. The first five are YAML's; RAW has quotes but no escapes (TOML)."""

_NEWLINE = "(?:\r\n|[\n\r\x85\u2028\u2029])"
_FOLD = rf"[ \t]*{_NEWLINE}\s*"
_ESCAPE = (
    r"\\(?:u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|x[0-9A-Fa-f]{2}"
    rf"|n[ \t]*|u[0-9A-Fa-f]{{4}}|U[0-9A-Fa-f]{{8}}|[ \t]*{_NEWLINE}\s*|.)"
)
_SPECIAL = {
    PLAIN: re.compile(_FOLD),
    SINGLE: re.compile(rf"''|{_FOLD}"),
    DOUBLE: re.compile(rf"{_ESCAPE}|{_FOLD}"),
    LITERAL: re.compile(_FOLD),
    FOLDED: re.compile(_FOLD),
    RAW: re.compile(_FOLD),
}
_BLOCK_HEADER = compiled_later(r"[|>][^\n\r]*[\n\r]\s*")
_NAMED = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


class Scalar(Struct, frozen=True, gc=False):
    """A string as it stands in the source, without its quotes, and what it means."""

    start: int
    end: int
    style: str
    value: str


def scalar_pieces(source: str, scalar: Scalar) -> Pieces:
    """The value on one line, each character with its origin.

    Where the way it is written is not understood, all of it is one piece.
    """
    pieces = Pieces()
    start, end, value = scalar.start, scalar.end, scalar.value
    if source[start:end] == value and "\n" not in value:
        pieces.add(value, start, end)
        return pieces
    _fill(pieces, source, start, end, scalar.style)
    words = value.split()
    if pieces.text.split() != words:
        pieces = Pieces()
        pieces.add(" ".join(words), start, end)
    return pieces


def reads_as_meant(source: str, scalar: Scalar) -> bool:
    """Whether what stands in the source gives the scalar's value, white space aside."""
    pieces = Pieces()
    _fill(pieces, source, scalar.start, scalar.end, scalar.style)
    return pieces.text.split() == scalar.value.split()


def _fill(pieces: Pieces, source: str, start: int, end: int, style: str) -> None:
    if style in (LITERAL, FOLDED):
        header = _BLOCK_HEADER.match(source, start, end)
        start = header.end() if header else end
    at = start
    for match in _SPECIAL[style].finditer(source, start, end):
        pieces.add(source[at : match.start()], at, match.start())
        at = match.end()
        meant = _meaning(match[0])
        if meant.isspace():
            pieces.space(match.start(), at)
        else:
            pieces.add(meant, match.start(), at)
    pieces.add(source[at:end], at, end)


def _meaning(raw: str) -> str:
    """What an escape or a folded line break stands for."""
    if raw == "''":
        return "'"
    if raw[0] != "\\":
        return " "
    mark = raw[1]
    if mark in "xuU" and len(raw) > 3:
        units = [int(digits, 16) for digits in re.split(r"\\?[xuU]", raw)[1:]]
        if len(units) == 2:
            return chr(0x10000 + ((units[0] & 0x3FF) << 10) + (units[1] & 0x3FF))
        return chr(units[0]) if units[0] < 0x110000 else ""
    if raw[1:].isspace() and raw != "\\ ":
        return ""  # an escaped line break joins the lines
    return _NAMED.get(mark, mark)
