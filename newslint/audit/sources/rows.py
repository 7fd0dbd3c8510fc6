"""One row of a dump as a record: the same whoever reads the row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from newslint.audit.fields import Fields
from newslint.audit.record import Record
from newslint.audit.sources.parts import Lost
from newslint.audit.sources.values import clean, dated, formatted, looked_up, prose
from newslint.readers.decode import MAX_BYTES, too_large

LONGEST_LINE = 4 * MAX_BYTES
"""Bytes; a row that is larger is told and left out, so that memory stays bounded."""
_SHORT = ("headline", "byline", "section", "url")


def of_row(source: str, number: int, row: Mapping[str, Any], fields: Fields) -> Record:
    """The record of a row, from its columns.

    `number` is the 1-based row of the source (the line of JSONL; of CSV the rows below the
    header), `fields` are settled (`settling`). Never raises.
    """
    found = {field: looked_up(row, column) for field, column in fields.columns}
    body, problem = prose(found.get("body"), "\n\n")
    if problem:
        return lost(source, number, f'column "{fields.column("body")}" {problem}')
    content = body.encode()
    if len(content) > MAX_BYTES:
        return lost(source, number, too_large(len(content), "body"))
    return Record(
        source=source, record=number, locator=f"{source}:{number}", content=content,
        format=formatted(found.get("format")),
        published=(dated(found["published"]) or "") if "published" in found else None,
        **{field: prose(found[field], ", ")[0].strip() for field in _SHORT if field in found},
    )  # fmt: skip


def of_line(source: str, number: int, line: bytes, fields: Fields) -> Record | None:
    """The record of a line of JSONL; None for a blank one. Never raises."""
    if not line.strip():
        return None
    row = parsed(line)
    if isinstance(row, str):
        return lost(source, number, row)
    return of_row(source, number, row, fields)


def parsed(line: bytes) -> dict[str, Any] | str:
    """The row of a line of JSON, or what is wrong with it."""
    if len(line) > LONGEST_LINE:
        return too_long()
    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        try:  # which takes NaN, and half characters
            row = json.loads(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            return f"is not UTF-8: byte {error.start + 1} of the line does not fit"
        except RecursionError:
            return "is no JSON that can be read: nested too deeply"
        except ValueError as error:
            return f"is no JSON: {_wrong(error)}"
    return row if isinstance(row, dict) else "is no JSON object: one article a line is needed"


def lost(source: str, number: int, message: str) -> Record:
    """The record of a row that could not be read."""
    return Record(
        source=source, record=number, locator=f"{source}:{number}", code="unreadable",
        message=clean(message),
    )  # fmt: skip


def lost_part(source: str, number: int, part: Lost) -> Record:
    """The record that stands for the rows in a stretch that is lost; its locator has the offset."""
    return Record(
        source=source, record=number, locator=f"{source}@{part.at}", code="unreadable",
        message=part.message,
    )  # fmt: skip


def failed(source: str, code: str, message: str) -> Record:
    """The record of a source that could not be read."""
    return Record(source=source, locator=source, code=code, message=clean(message))


def _wrong(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1}"
    return "a number is too long"


def too_long() -> str:
    """What to say of a row of more than `LONGEST_LINE` bytes."""
    return f"is longer than {LONGEST_LINE / 1e6:.0f} MB, which no article is"
