"""Dumps with one article a line: JSONL."""

from __future__ import annotations

import json
from collections.abc import Iterator

from newslint.audit.record import Record


def of_jsonl(path: str) -> Iterator[Record]:
    """One article a line."""
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            row = json.loads(line)
            yield Record(
                source=path, record=number, locator=f"{path}:{number}",
                content=(row.get("body") or row.get("text") or "").encode(),
                headline=row.get("headline") or row.get("title"),
            )  # fmt: skip
