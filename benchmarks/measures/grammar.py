"""Grammar: what the rules of an engine say of edited copy, and findings of them that were read.

On the 300 edited articles that `spelling` is measured on. `benchmarks/engines.py --show 100` prints
findings for reading; verdicts on them (`right`, `arguable`, `noise`) stand in
`benchmarks/data/read-grammar.jsonl`.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from common import Row, rules
from flagged import shared

from measures.spelling import RULE, choices, texts
from newslint.article import Article
from newslint.engines import Choice, EngineError, Name
from newslint.finding import Finding
from newslint.lint import Linter
from newslint.readers import read_source

PRECISION = 0.7
VERDICTS = Path(__file__).parent.parent / "data" / "read-grammar.jsonl"
AROUND = 80
"""Code points that are shown on both sides of a finding."""


class Said(NamedTuple):
    """A finding in an article."""

    article: Article
    finding: Finding

    @property
    def key(self) -> tuple[str, str, int]:
        """What a verdict on it is known by."""
        return self.article.path, self.finding.rule, self.finding.span.start

    def __str__(self) -> str:
        (start, end), source = self.finding.span, self.article.source
        before, behind = source[max(0, start - AROUND) : start], source[end : end + AROUND]
        place = " ".join(f"{before}[[{source[start:end]}]]{behind}".split())
        record = {"article": self.article.path, "rule": self.finding.rule, "start": start}
        return f"{json.dumps(record)}\n    {place}\n    {self.finding.message}"


def rows(data: Path, half: str) -> Iterator[Row]:
    """The lines of the table."""
    verdicts = _verdicts()
    for choice in choices():
        what = f"rules of grammar with {choice.name}"
        try:
            said, words = findings(data, half, choice)
        except EngineError as error:
            yield Row(what, "", f"not run: {error.message}", False)
            continue
        yield Row(f"{what}: findings for 1,000 words", "", f"{len(said) / words * 1000:.3f}", True)
        read = Counter(verdicts.get((choice.name, *one.key), "unread") for one in said)
        judged = read["right"] + read["arguable"] + read["noise"]
        if judged:
            right, fair = read["right"] / judged, 1 - read["noise"] / judged
            yield Row(f"{what}: right / right or arguable ({judged} read, {read['unread']} not)",
                      "≥ 70 %", f"{right:.0%} / {fair:.0%}", right >= PRECISION)  # fmt: skip


def findings(data: Path, half: str, choice: Choice) -> tuple[list[Said], int]:
    """What all rules of engines but that of spelling say, and of how many words."""
    ready = [one for one in rules(["grammar"]) if one.finder.asked is not None]
    check = Linter(shared([one for one in ready if one.rule.id != RULE], choice))
    said, words = [], 0
    for name, text in texts(data, half).items():
        article = read_source(name, text, "text")
        found, errors = check.check(article)
        for error in errors:
            raise EngineError(error.message)
        said += [Said(article, finding) for finding in found]
        words += sum(len(block.text.split()) for block in article.blocks)
    return said, words


def show(data: Path, half: str, name: Name, count: int) -> None:
    """Print findings of an engine in their sentences, for reading."""
    choice = next(one for one in choices() if one.name == name)
    said, _ = findings(data, half, choice)
    chosen = random.Random(0).sample(said, min(len(said), count))
    print(*sorted(chosen, key=lambda one: one.key), sep="\n")


def _verdicts() -> dict[tuple[str, str, str, int], str]:
    lines = VERDICTS.read_text(encoding="utf-8").splitlines() if VERDICTS.is_file() else []
    return {
        (one["engine"], one["article"], one["rule"], one["start"]): one["verdict"]
        for one in map(json.loads, lines)
    }
