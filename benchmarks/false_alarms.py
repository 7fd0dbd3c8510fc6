"""Count findings on edited copy: `python benchmarks/false_alarms.py [--stylebook NAME]`.

Two sets of the labelled data (`NEWSLINT_DATA`): the 2,592 Markdown articles of `repos/`, as
committed, and the 840 news stories of PolNeAR as plain text, with the byline and the date that the
data name. `--show RULE` prints findings of one rule with what stands around them, for reading.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from common import data, linter, table
from measures.overall import written_out
from msgspec import Struct, field

from newslint import readers, stylebooks
from newslint.article import Article
from newslint.finding import Finding
from newslint.lint import Linter

LIMIT = 0.1
"""Findings for 1,000 words that a rule of `newsroom` may make on `repos/`, unless it is `info`."""
SETS = ("repos", "PolNeAR")
_WORD = re.compile(r"\w[\w'’-]*")


class Counted(Struct):
    """The findings in one set of articles, by rule."""

    articles: int = 0
    words: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    files: dict[str, set[str]] = field(default_factory=dict)
    """By rule: the articles with a finding."""
    shown: list[str] = field(default_factory=list)

    def rate(self, number: int) -> str:
        return f"{number / max(self.words, 1) * 1000:.3f}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stylebook", default="newsroom", choices=stylebooks.shipped())
    parser.add_argument("--show", metavar="RULE")
    parser.add_argument("--count", type=int, default=50, help="findings to show (default 50)")
    options = parser.parse_args(arguments)
    folder = data()
    if folder is None:
        return 0
    checker, rules = linter([options.stylebook], preview=options.show is not None)
    with tempfile.TemporaryDirectory() as scratch:
        stories = polnear(folder, Path(scratch))
        sets = (sorted((folder / "repos").rglob("*.md")), stories)
        counts = [_count(paths, checker, options.show) for paths in sets]
    if options.show:
        for name, counted in zip(SETS, counts, strict=True):
            random.Random(0).shuffle(counted.shown)
            print(f"{name}: {len(counted.shown)}", *counted.shown[: options.count], sep="\n")
        return 0
    severities = {name: ready.rule.severity for name, ready in rules.items()}
    exempt = {name for name, ready in rules.items() if ready.rule.kind == "metadata"}
    report(options.stylebook, severities, exempt, counts)
    return 0


def polnear(folder: Path, scratch: Path) -> list[Path]:
    """Write the news stories as plain text, headline first, then byline and date."""
    paths = []
    with (folder / "attribution" / "polnear_train.jsonl").open(encoding="utf-8") as lines:
        for number, record in enumerate(map(json.loads, lines)):
            path = scratch / f"{number:03}.txt"
            path.write_text(written_out(record), encoding="utf-8")
            paths.append(path)
    return paths


def _count(paths: list[Path], checker: Linter, wanted: str | None) -> Counted:
    counted = Counted()
    for path in paths:
        article = readers.read(str(path), path.read_bytes()).article
        findings, errors = checker.check(article)
        for error in errors:
            raise SystemExit(f"{path.name}: {error.message}")
        counted.articles += 1
        counted.words += sum(len(_WORD.findall(block.text)) for block in article.blocks)
        for finding in findings:
            counted.rules[finding.rule] += 1
            counted.files.setdefault(finding.rule, set()).add(article.path)
        counted.shown += _excerpts(article, findings, wanted)
    return counted


def _excerpts(article: Article, findings: list[Finding], wanted: str | None) -> Iterator[str]:
    for finding in findings:
        if finding.rule == wanted:
            start, end = finding.span
            around = (article.source[max(0, start - 80) : start], article.source[end : end + 60])
            before, after = (" ".join(part.split()) for part in around)
            line = article.source.count("\n", 0, start) + 1
            yield f"{Path(article.path).name}:{line}  {before} ⟦{finding.text}⟧ {after}"


def report(
    stylebook: str, severities: Mapping[str, str], exempt: set[str], counts: list[Counted]
) -> None:
    """Print the table, the rules with most findings first."""
    repos, stories = counts
    print(f"### Findings of `{stylebook}`\n")
    for name, counted in zip(SETS, counts, strict=True):
        total = counted.rules.total()
        read = f"{counted.articles:,} articles, {counted.words:,} words"
        print(f"- {name}: {read}, {total:,} findings ({counted.rate(total)} for 1,000 words)")
    print()
    rows = []
    for rule in sorted(severities, key=lambda r: (-repos.rules[r], -stories.rules[r], r)):
        number, other = repos.rules[rule], stories.rules[rule]
        over = number / max(repos.words, 1) * 1000 > LIMIT
        judged = over and severities[rule] != "info" and rule not in exempt
        rows.append((
            f"`{rule}`", severities[rule], number, repos.rate(number),
            len(repos.files.get(rule, ())), other, stories.rate(other),
            "**over**" if judged else "",
        ))  # fmt: skip
    heads = ("rule", "severity", "repos", "per 1,000 words", "articles", "PolNeAR",
             "per 1,000 words", f"limit {LIMIT}")  # fmt: skip
    table(heads, rows)


if __name__ == "__main__":
    raise SystemExit(main())
