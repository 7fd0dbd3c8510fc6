"""Article text made fit for a terminal: no control characters, known width, colours."""

from __future__ import annotations

import unicodedata

from newslint.later import compiled_later

_COLORS = {
    "error": "31;1", "warning": "33;1", "info": "36", "dim": "2", "bold": "1", "caret": "31;1",
}  # fmt: skip
COMMAND = compiled_later(r"##(?=[A-Za-z]*\[)")
_HIDDEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co"})


def paint(text: str, color: str, on: bool) -> str:
    """The text in a colour, where colours are on."""
    return f"\033[{_COLORS[color]}m{text}\033[0m" if on and text else text


def safe(text: str) -> str:
    """The text with tabs and breaks as spaces, control characters and commands spelled out."""
    return harmless(text if text.isprintable() else "".join(map(_safe, text)))


def harmless(text: str) -> str:
    """The text without `##[name]` and `##vso[name]`, which CI services obey anywhere in a line."""
    return COMMAND.sub(r"#\\x23", text) if "##" in text else text


def safe_path(path: str) -> str:
    """The path, `safe`, and such that no line which begins with it is a command to a CI service."""
    text = safe(path)
    return f"./{text}" if text.lstrip().startswith(("::", "##[")) else text


def _safe(character: str) -> str:
    if character in "\t\r\n\u00a0\u202f":
        return " "
    if unicodedata.category(character) in _HIDDEN:
        code = ord(character)
        if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is no UTF-8
            code -= 0xDC00
        return f"\\x{code:02x}" if code < 256 else f"\\u{{{code:x}}}"
    return character


def width(text: str) -> int:
    """The columns that printable text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
