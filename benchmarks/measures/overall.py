"""How much all of `newsroom` says on edited copy: 840 news stories written out as plain text."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from common import Row, linter, records

from newslint.readers import read_source

_WORD = re.compile(r"\w[\w'’-]*")
_REACH = {"warning and above": 1.5, "info": 5.0}


def written_out(record: dict[str, str]) -> str:
    """An article as a newsroom would send it: headline, byline, date, body."""
    headline, _, body = record["text"].partition("\n")
    first = re.split(r"[,;]", re.sub(r"(?i)^by\s+", "", (record["author"] or "").strip()))[0]
    named = re.fullmatch(r"[^\W\d_][^\d@/:]{3,60}", first.strip().rstrip("."))
    byline = f"By {first.strip().rstrip('.') if named else 'Staff Reporter'}"
    return f"{headline}\n\n{byline}\n\nPublished: {record['date']}\n\n{body.strip()}\n"


def rows(data: Path, half: str) -> list[Row]:
    checker, _ = linter(["newsroom"], preview=False)
    counts: Counter[str] = Counter()
    words = 0
    for record in records(data / "attribution" / "polnear_train.jsonl", half):
        article = read_source(f"{record['id']}.txt", written_out(record), "text")
        findings, errors = checker.check(article)
        for error in errors:
            raise SystemExit(f"{error.path}: {error.message}")
        words += sum(len(_WORD.findall(block.text)) for block in article.blocks)
        counts.update("info" if f.severity == "info" else "warning and above" for f in findings)
    found = []
    for group, reach in _REACH.items():
        rate = counts[group] / words * 1000
        measure = f"all of `newsroom` on edited copy, {group}: findings for 1,000 words"
        found.append(Row(measure, f"≤ {reach}", f"{rate:.2f}", rate <= reach))
    return found
