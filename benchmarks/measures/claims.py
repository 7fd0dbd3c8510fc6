"""Claims that nobody stands behind, on edited copy; loaded words, by the experts of BABE."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from common import Row, records

from measures.overall import written_out
from newslint import stylebooks
from newslint.lint import Linter
from newslint.readers import read_source

CLAIMS = ("unattributed-claim", "vague-attribution")
RATE, PRECISION = 0.8, 0.75
BIASED, RECALL = 0.8, 0.15
VERDICTS = Path(__file__).parent.parent / "data" / "read-claims.jsonl"
"""All findings of the two rules on the 840 articles, read one by one; so no sample was drawn. The
words of the rules were changed after a first reading of both halves."""

Found = tuple[str, str, int]
"""Article, rule, offset in the article written out."""


def rows(data: Path, half: str) -> list[Row]:
    """The lines of the table."""
    stories = list(records(data / "attribution" / "polnear_train.jsonl", half))
    return [*_claims(stories), _editorializing(data, half)]


def findings(stories: list[dict[str, Any]]) -> Iterator[tuple[Found, str]]:
    """What the rules on claims find, and the words that they find."""
    check = _linter(CLAIMS)
    for record in stories:
        article = read_source("a.txt", written_out(record), "text")
        for finding in check.check(article)[0]:
            yield (str(record["id"]), finding.rule, finding.span.start), finding.text


def _claims(stories: list[dict[str, Any]]) -> Iterator[Row]:
    found = [key for key, _ in findings(stories)]
    words = sum(len(str(record["text"]).split()) for record in stories)
    rate = len(found) / max(words, 1) * 1000
    both = "`unattributed-claim` and `vague-attribution` on PolNeAR"
    yield Row(f"{both}: findings for 1,000 words", "≤ 0.8", f"{rate:.2f}", rate <= RATE)
    known = _verdicts()
    verdicts = [known[key] for key in found if key in known]
    read = max(len(verdicts), 1)
    kept, arguable = 1 - verdicts.count("noise") / read, verdicts.count("arguable") / read
    figure = f"{kept:.1%} (of which {arguable:.1%} arguable)"
    measure = f"{both}: precision of {len(verdicts)} findings read, of {len(found)}"
    yield Row(measure, "≥ 75 %", figure, bool(verdicts) and kept >= PRECISION)


def _verdicts() -> dict[Found, str]:
    with VERDICTS.open(encoding="utf-8") as lines:
        return {
            (one["article"], one["rule"], one["start"]): one["verdict"]
            for one in map(json.loads, lines)
        }


def _editorializing(data: Path, half: str) -> Row:
    check = _linter(("editorializing",))
    flagged = right = biased = 0
    for record in records(data / "subjectivity" / "babe_train.jsonl", half):
        found = check.check(read_source("a.txt", f"{record['text']}\n", "text"))[0]
        is_biased = record["label_bias"] == "Biased"
        biased += is_biased
        flagged += bool(found)
        right += bool(found) and is_biased
    precision, recall = right / max(flagged, 1), right / max(biased, 1)
    return Row(
        "`editorializing` on BABE: precision against “biased” / recall",
        "≥ 80 % / ≥ 15 %",
        f"{precision:.1%} / {recall:.1%}",
        precision >= BIASED and recall >= RECALL,
    )


def _linter(names: tuple[str, ...]) -> Linter:
    shipped = stylebooks.load(["newsroom"], Path.cwd())
    return Linter([stylebooks.make_rule(shipped, name) for name in names])
