"""Dumps with one article a line: JSONL, also called NDJSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from newslint.audit.fields import FLAG, Fields
from newslint.audit.record import Record
from newslint.audit.sources.guess import SAMPLE, columns_of
from newslint.audit.sources.lines import Line, lines
from newslint.audit.sources.parts import Part
from newslint.audit.sources.rows import failed, lost, lost_part, of_row, parsed, too_long
from newslint.audit.sources.settling import Tell, settled
from newslint.audit.sources.values import looked_up

_HEAD = 8_000_000
"""Bytes of lines that are looked at for a guess, at most; one line may be longer."""


def of_jsonl(source: str, parts: Iterable[Part], asked: Fields, tell: Tell) -> Iterator[Record]:
    """One article a line; `record` is the line, counted from 1."""
    told = lines(parts)
    head, rows = _head(told)
    if head and head[0].data.lstrip().startswith(b"["):
        yield failed(source, "unreadable", f"a JSON list, not one article a line: {_FLATTEN}")
        return
    fields: Fields | Record = asked
    if rows:
        fields = settled(source, asked, known_in(rows), rows, tell, open_=True)
    if isinstance(fields, Record):
        yield fields
        return
    absent = {column for _, column in asked.columns} - {*known_in(rows)}
    for record, row in _rows(source, chain(head, told), fields):
        yield record
        if absent and row:
            absent -= {column for column in absent if looked_up(row, column) is not None}
    if absent and rows:
        names = ", ".join(sorted(absent))
        yield failed(source, "config", f"{FLAG}: no row has {names}")


_FLATTEN = "make lines of it with jq -c '.[]' FILE > FILE.jsonl"


def known_in(rows: Iterable[dict[str, Any]]) -> list[str]:
    """The columns of rows, in the order in which they are met."""
    return list(dict.fromkeys(column for row in rows for column in columns_of(row)))


def _head(told: Iterator[Line]) -> tuple[list[Line], list[dict[str, Any]]]:
    """The first lines, and the rows in them."""
    head: list[Line] = []
    rows: list[dict[str, Any]] = []
    size = 0
    for line in told:
        head.append(line)
        size += len(line.data)
        if line.data and isinstance(row := parsed(line.data), dict):
            rows.append(row)
        if len(rows) >= SAMPLE or size >= _HEAD:
            break
    return head, rows


def _rows(
    source: str, told: Iterable[Line], fields: Fields
) -> Iterator[tuple[Record, dict[str, Any] | None]]:
    number = 0
    for line in told:
        row = parsed(line.data) if line.data.strip() else ""
        if line.torn and isinstance(row, str) and not line.long:
            continue  # the end of a line that is told to be lost
        number += 1
        if line.lost is not None:
            yield lost_part(source, number, line.lost), None
        elif line.long:
            yield lost(source, number, too_long()), None
        elif isinstance(row, dict):
            yield of_row(source, number, row, fields), row
        elif row:
            yield lost(source, number, row), None
