"""Rows of the view `said` as the voices that comparisons of rules hear, and the way back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pyarrow as pa

from newslint.article import Span
from newslint.kinds.contract import Fact, Voice

Row = dict[str, Any]
_APART = 1 << 40
"""Between the offsets of two fields of a record: more than any field is long."""


class Heard(NamedTuple):
    """What some articles say to a rule."""

    voices: list[Voice]
    """In the order of source and record."""
    rows: dict[tuple[str, Span, str], Row]
    """By `placed`."""


def heard(said: Iterable[Row]) -> Heard:
    """The voices in some rows of `said`, which may come in any order."""
    found = {place(row): row for row in said}
    rows = [found[key] for key in sorted(found)]
    fields = sorted({row["field"] for row in rows})
    begins = {field: number * _APART for number, field in enumerate(fields)}
    facts: dict[str, list[Fact]] = {}
    published: dict[str, str] = {}
    by_place: dict[tuple[str, Span, str], Row] = {}
    for row in rows:
        begin = begins[row["field"]]
        span = Span(begin + row["begin_at"], begin + row["end_at"])
        fact = Fact(row["key"], tuple(row["said"]), span)
        facts.setdefault(row["locator"], []).append(fact)
        published[row["locator"]] = row["published"] or ""
        by_place[row["locator"], span, row["key"]] = row
    return Heard([Voice(name, published[name], said) for name, said in facts.items()], by_place)


def placed(voice: Voice, fact: Fact) -> tuple[str, Span, str]:
    """What tells the row of a fact."""
    return voice.path, fact.span, fact.key


def each_alone(said: Iterable[Row]) -> list[Voice]:
    """Each of some rows of `said` as a voice of its own, in the order of source and record."""
    return [
        Voice(
            row["locator"], row["published"] or "",
            (Fact(row["key"], tuple(row["said"]), Span(row["begin_at"], row["end_at"])),),
        )
        for row in sorted(said, key=place)
    ]  # fmt: skip


def place(row: Row) -> tuple[str, int, int]:
    """What tells one fact of a rule from all others."""
    return row["source"], row["record"], row["number"]


def table_of(rows: Iterable[Row], schema: pa.Schema) -> pa.Table:
    """Rows as a table; what a row does not have is null."""
    return pa.Table.from_pylist(list(rows), schema=schema)
