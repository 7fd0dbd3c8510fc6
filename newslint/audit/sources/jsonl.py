"""Dumps with one article a line: JSONL, also called NDJSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from newslint.audit.fields import Fields
from newslint.audit.record import Record
from newslint.audit.sources.choice import Tell, settled
from newslint.audit.sources.guess import SAMPLE, columns_of
from newslint.audit.sources.lines import Line, lines
from newslint.audit.sources.parts import Part
from newslint.audit.sources.rows import lost, lost_part, of_row, parsed, too_long

_HEAD = 4_000_000
"""Bytes of lines that are looked at for a guess, at most."""


def of_jsonl(source: str, parts: Iterable[Part], asked: Fields, tell: Tell) -> Iterator[Record]:
    """One article a line; `record` is the line, counted from 1."""
    told = lines(parts)
    head: list[Line] = []
    rows: list[dict[str, Any]] = []
    size = 0
    while len(rows) < SAMPLE and size < _HEAD and (line := next(told, None)):
        head.append(line)
        size += len(line.data)
        if line.data.strip() and isinstance(row := parsed(line.data), dict):
            rows.append(row)
    fields = settled(source, asked, known_in(rows), rows, tell) if rows else Fields()
    number = 0
    for line in chain(head, told):
        ...


def known_in(rows: Iterable[dict[str, Any]]) -> list[str]:
    """The columns of rows, in the order in which they are met."""
    return list(dict.fromkeys(column for row in rows for column in columns_of(row)))
