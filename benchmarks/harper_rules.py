"""How often each rule of Harper speaks on edited copy: `python benchmarks/harper_rules.py`.

For whoever judges the rules of a new Harper. Nearly each finding in edited copy is a false alarm,
and what it costs to run a rule is the same whether or not it finds anything. The sets of articles
are those of `false_alarms.py`. `--all` runs the rules as well that newslint leaves out, without
what its rule files except; `--show RULE` prints findings of one rule in their sentences.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from common import data, rules, table
from false_alarms import SETS, polnear

from newslint import readers
from newslint.article import Article
from newslint.engines import Asked, Choice, harper
from newslint.engines.answers import answers
from newslint.kinds.contract import Scope
from newslint.matching import Clues
from newslint.reference import shipped
from newslint.rule import Ready
from newslint.ruleset import sharing

Found = tuple[str, str, str, str]
"""The rule of Harper, that of newslint, the place in its sentence, what might stand there."""
AROUND = 60


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true", help="rules that newslint leaves out, too")
    parser.add_argument("--show", metavar="RULE", help="a rule of Harper, or `every`")
    parser.add_argument("--count", type=int, default=50, help="findings to show (default 50)")
    parser.add_argument("--first", type=int, help="only so many articles of each set")
    parser.add_argument("--after", type=int, default=0, help="only articles after so many")
    options = parser.parse_args(arguments)
    folder = data()
    if folder is None:
        return 0
    ready = _asking_together()
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    shown: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        sets = (sorted((folder / "repos").rglob("*.md")), polnear(folder, Path(scratch)))
        for number, paths in enumerate(sets):
            for path in paths[options.after :][: options.first]:
                for name, rule, place, instead in _found(path, ready, options.all):
                    counts[name, rule][number] += 1
                    if options.show in (name, "every"):
                        shown.append(f"{name} ({SETS[number]}): {place} -> {instead}")
    if options.show:
        print(*random.Random(0).sample(shown, min(len(shown), options.count)), sep="\n")
    rows = sorted(counts.items(), key=lambda row: (-sum(row[1]), row[0]))
    table(["rule of Harper", "rule of newslint", *SETS], [(*names, *n) for names, n in rows])
    return 0


def _asking_together() -> list[Ready]:
    """The rules that take over some of Harper's, with one reading of an article for all."""
    ready = [one for one in rules(["grammar"]) if one.rule.options["check"] == "mistakes"]
    return sharing([one for one in ready if one.finder.asked], shipped())


def _found(path: Path, ready: Sequence[Ready], everything: bool) -> Iterator[Found]:
    article = readers.read(path.name, path.read_bytes()).article
    if article.language == "en":
        yield from _answered(article) if everything else _reported(article, ready)


def _reported(article: Article, ready: Sequence[Ready]) -> Iterator[Found]:
    """What newslint reports."""
    for one in ready:
        for hit in one.finder.find(article, Clues()):
            start, end = hit.span
            instead = hit.values["suggestions"]
            yield hit.values["engine-rule"], one.rule.id, _in(article.source, start, end), instead


def _answered(article: Article) -> Iterator[Found]:
    """What Harper says."""
    choice = Choice(seconds=600, asked=Asked(frozenset(harper.groups()) - {harper.SPELLING}))
    for answer in answers(article, choice):
        match, text = answer.match, article.blocks[answer.block].text
        if Scope().allows(article, answer.block, match.start, match.end):
            place = _in(text, match.start, match.end)
            yield match.rule, "", place, ", ".join(match.suggestions[:3])


def _in(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return " ".join(f"{before}[[{text[start:end]}]]{after}".split())


if __name__ == "__main__":
    raise SystemExit(main())
