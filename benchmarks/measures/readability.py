"""Readability: grades against counts by hand and against textstat, and findings that were read.

1. The Flesch-Kincaid grade of twenty paragraphs that were counted by hand (`tests/hand_counts.py`).
2. The same grade beside the one that textstat gives for the same paragraphs of PolNeAR, quotations
   included, and how many sentences and words each sees there.
3. What four grades of an article cost, once the dictionary is there.
4. Findings of `passive-voice` and `nominal-style` in PolNeAR and `repos/` that were read one by
   one; they were tuned on the same articles.
"""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

import textstat
from common import Row, records

from newslint.article import PARAGRAPH, Article
from newslint.kinds.contract import Scope
from newslint.kinds.metric.measures import Measured
from newslint.kinds.metric.pieces import pieces
from newslint.readers import read_source

GRADE = "reading-grade"
GRADES = (GRADE, "reading-ease", "gunning-fog", "dale-chall")
LEAST = 100
"""Words; a shorter article has no grade."""
ROOT = Path(__file__).parent.parent.parent
VERDICTS = ROOT / "benchmarks" / "data" / "read-readability.jsonl"
PRECISION = 0.8


def rows(data: Path, half: str) -> list[Row]:
    """The rows of the table."""
    articles = [
        read_source("article.txt", record["text"])
        for record in records(data / "attribution" / "polnear_train.jsonl", half)
    ]
    worst = max(_by_hand())
    return [
        Row("Flesch-Kincaid grade, farthest from a count by hand (20 paragraphs)",
            "≤ 0.3", f"{worst:.2f}", worst <= 0.3),
        *_beside_textstat(articles),
        _cost(articles),
        *_read(),
    ]  # fmt: skip


def _by_hand() -> Iterator[float]:
    spec = importlib.util.spec_from_file_location("counts", ROOT / "tests" / "hand_counts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for paragraph in module.PARAGRAPHS:
        counted = [counts for _, counts in paragraph if counts]
        words, syllables = sum(map(len, counted)), sum(int(n) for n in "".join(counted))
        grade = 0.39 * words / len(counted) + 11.8 * syllables / words - 15.59
        text = " ".join(sentence for sentence, _ in paragraph)
        yield abs(_measured(read_source("article.txt", text), "false")[GRADE] - grade)


def _measured(article: Article, quoted: str) -> Measured:
    scope = Scope(frozenset({PARAGRAPH}), quoted)
    return Measured(article, next(pieces("article", scope, article)), quoted)


def _beside_textstat(articles: list[Article]) -> Iterator[Row]:
    apart: list[float] = []
    sentences, words = Counter[str](), Counter[str]()
    for article in articles:
        measured = _measured(article, "true")
        if len(measured.sample.words) < LEAST:
            continue
        text = "\n".join(b.text for b in article.blocks if b.kind == PARAGRAPH)
        apart.append(measured[GRADE] - textstat.flesch_kincaid_grade(text))
        sentences += Counter(ours=measured.sample.sentences, theirs=textstat.sentence_count(text))
        words += Counter(ours=len(measured.sample.words), theirs=textstat.lexicon_count(text))
    far = sum(abs(one) > 1 for one in apart) / len(apart)
    yield Row(f"grade minus textstat's, mean / articles more than 1 apart ({len(apart)})",
              "", f"{sum(apart) / len(apart):+.2f} / {far:.0%}", True)  # fmt: skip
    yield Row("sentences / words that count, of those that textstat sees", "",
              f"{sentences['ours'] / sentences['theirs']:.1%} / "
              f"{words['ours'] / words['theirs']:.1%}", True)  # fmt: skip


def _cost(articles: list[Article]) -> Row:
    long = [read_source(one.path, one.source) for one in articles]
    begin = process_time()
    for article in long:
        measured = _measured(article, "false")
        if len(measured.sample.words) >= LEAST:
            for name in GRADES:
                measured[name]
    each = (process_time() - begin) / len(long)
    return Row("four grades of an article, CPU ms", "", f"{1000 * each:.1f}", True)


def _read() -> Iterator[Row]:
    verdicts: dict[str, Counter[str]] = {}
    for line in VERDICTS.read_text(encoding="utf-8").splitlines():
        record: dict[str, Any] = json.loads(line)
        verdicts.setdefault(record["rule"], Counter())[record["verdict"]] += 1
    for rule, counts in sorted(verdicts.items()):
        total = counts.total()
        right, fair = counts["right"] / total, (total - counts["noise"]) / total
        yield Row(f"`{rule}`: findings read, right / right or arguable ({total})",
                  "≥ 80 %", f"{right:.0%} / {fair:.0%}", right >= PRECISION)  # fmt: skip
