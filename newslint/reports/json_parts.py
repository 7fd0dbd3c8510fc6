"""What all documents in JSON are made of."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from newslint.errors import Error
from newslint.lines import Lines
from newslint.reports.terminal import COMMAND

Json = dict[str, Any]


def dump(value: object) -> str:
    """The value on one line."""
    try:
        return _harmless(msgspec.json.encode(value).decode())
    except UnicodeEncodeError:  # half a character: a file name that is no Unicode, say
        return _harmless(json.dumps(msgspec.to_builtins(value)))


def dump_strict(value: object) -> str:
    """The value on one line, half characters replaced: for readers that take Unicode only."""
    try:
        return _harmless(msgspec.json.encode(value).decode())
    except UnicodeEncodeError:
        text = json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
        return _harmless(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _harmless(document: str) -> str:
    """The same document, which CI services do not take for a command where it is printed."""
    return COMMAND.sub(r"#\\u0023", document) if "##" in document else document


def place(offset: int, lines: Lines) -> Json:
    """Line and column, 1-based, and offset, 0-based, all in code points."""
    line, column = lines.place(offset)
    return {"line": line, "column": column, "offset": offset}


def error_data(error: Error) -> Json:
    """What could not be checked; `line` is null where no line is to blame."""
    return {
        "path": error.path,
        "line": error.line or None,
        "code": error.code,
        "message": error.message,
    }
