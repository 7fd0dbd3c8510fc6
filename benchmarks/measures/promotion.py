"""Promotion and residue: flagged in what is copy, found in what surrounds it.

Each page of `promotion/paragraphs_train.jsonl` is laid out as one article in plain text: its title,
then its paragraphs in their order, with a blank line between. A paragraph counts as flagged where
a finding of the ten rules, or one of its related places, overlaps it.

What the paragraphs are was read: `read-promotion.jsonl` holds, by paragraph, `promotion`,
`residue`, `teaser` (an offer of another story that only its place gives away), `other` (captions,
credits, datelines, comments of readers) or `copy`. `tune` are those that the rules were made with:
all of the one half that two extractors took for copy, and a hundred of the other; `quote` are a
hundred boilerplate and a hundred content paragraphs that were drawn afterwards (`drawn`), and every
content paragraph that is flagged. The labels are a machine's: menus stand among its content.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from common import Row, half_of, records

from newslint import stylebooks
from newslint.lint import Linter
from newslint.readers import read_source
from newslint.stylebooks import make_rule

Paragraph = dict[str, Any]

RULES = (
    "affiliate-block", "affiliate-link", "missing-disclosure", "house-promotion",
    "audience-steering", "keyword-stuffing", "advertorial-voice", "related-links",
    "navigation-residue", "embed-residue",
)  # fmt: skip
READ = Path(__file__).parent.parent / "data" / "read-promotion.jsonl"
SEED = 3
SAMPLE = 100
"""Paragraphs read of each label and half."""
SURE = 2
"""Extractors that must have taken a paragraph for copy before it is worth reading."""
CONTENT, BOILERPLATE = "content", "boilerplate"
COUNTED = ("promotion", "residue")


def rows(data: Path, half: str) -> list[Row]:
    """The lines of the table."""
    laid = pages(data, half)
    flagged = {name for title, page in laid for name in flagged_in(title, page)}
    content = [p["id"] for _, page in laid for p in page if p["label"] == CONTENT]
    read = list(map(json.loads, READ.open(encoding="utf-8")))
    wrong = {line["id"] for line in read if line["verdict"] in COUNTED}
    around = wrong & {p["id"] for _, page in laid for p in page} - set(content)
    if half != "all":
        around &= {line["id"] for line in read if line["read"] == half}
    found = len(around & flagged)
    struck = [name for name in content if name in flagged]
    false = sum(name not in wrong for name in struck)
    return [
        Row(
            "paragraphs of copy flagged as promotion or residue",
            "≤ 0.3 %",
            f"{false / max(len(content), 1):.2%} ({false} of {len(content):,}; "
            f"{len(struck) - false} more were read and are menus, buttons, stray tweets)",
            false <= 0.003 * len(content),
        ),
        Row(
            "paragraphs around the copy, read as promotion or residue, found",
            "≥ 70 %",
            f"{found / max(len(around), 1):.0%} ({found} of {len(around)})",
            found >= 0.7 * len(around) > 0,
        ),
    ]


def pages(data: Path, half: str) -> list[tuple[str, list[Paragraph]]]:
    """Title and paragraphs of each page of a half."""
    titles = {page["id"]: page["title"] for page in records(data / "html/bodies_train.jsonl")}
    found: dict[str, list[Paragraph]] = {}
    for paragraph in records(data / "promotion/paragraphs_train.jsonl"):
        if half in ("all", half_of(paragraph["article"])):
            found.setdefault(paragraph["article"], []).append(paragraph)
    return [(titles[article], page) for article, page in found.items()]


def drawn(data: Path, label: str) -> list[Paragraph]:
    """The paragraphs of a label that were read for the figures, in the order of the draw."""
    known = [
        paragraph
        for _, page in pages(data, "quote")
        for paragraph in page
        if paragraph["label"] == label and paragraph["n_extractors"] >= SURE
    ]
    first = random.Random(SEED).sample(known, SAMPLE)
    if label == CONTENT:
        return first
    random.Random(SEED).shuffle(known)
    return [paragraph for paragraph in known if paragraph not in first][:SAMPLE]


def flagged_in(title: str, page: list[Paragraph]) -> Iterator[str]:
    """The ids of the paragraphs that a finding, or one of its related places, overlaps."""
    source, starts = " ".join(title.split()), []
    for paragraph in page:
        source += "\n\n"
        starts.append(len(source))
        source += " ".join(paragraph["text"].split())
    findings, _ = _linter().check(read_source("page.txt", source, "text"))
    spans = [span for f in findings for span in (f.span, *(r.span for r in f.related))]
    ends = [*(start - 2 for start in starts[1:]), len(source)]
    for paragraph, start, end in zip(page, starts, ends, strict=True):
        if any(span.start < end and start < span.end for span in spans):
            yield paragraph["id"]


@cache
def _linter() -> Linter:
    loaded = stylebooks.load(["newsroom"], Path.cwd())
    return Linter([make_rule(loaded, rule) for rule in RULES])
