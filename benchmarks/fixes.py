"""Random fixes of real articles: what must not change does not, and a second run is empty.

    fixes.py [--runs 10000] [--seed 1] [--show 10] [--sample N [--unsafe]]

A run takes an article, a handful of rules or whole stylebooks, the safe fixes or all, and a form of
the file (line ends, byte order mark, encoding). With `--sample` it prints fixes as sentences before
and after instead, for reading.
"""

from __future__ import annotations

import argparse
import codecs
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from common import data, markdown_files, rules, table
from regions import scan

from newslint import fix, fixing, readers
from newslint.article import Article
from newslint.checker import Result
from newslint.finding import Edit, Finding, order
from newslint.fixing import ROUNDS, Fixed
from newslint.language.people import people
from newslint.lint import Linter
from newslint.readers.decode import UndecodableError, decode
from newslint.reference import shipped
from newslint.reports.fixed import diff
from newslint.rule import Ready

BOOKS = ("newsroom", "us-style", "uk-style", "plain-words", "sensitive", "readability")
LINTERS = 150
"""Sets of rules; making one takes longer than a run."""
FORMS = ("utf-8",) * 4 + ("utf-8-sig", "utf-16", "utf-16-be", "cp1252", "mac_roman")
BREAKS = ("\n",) * 3 + ("\r\n", "\r\n", "\r", "mixed")
_QUOTED = re.compile(r"“[^“”]*”|\"[^\"\n]*\"")
_FRONT = re.compile(r"\A(---|\+\+\+)[ \t]*\n.*?^\1[ \t]*$", re.DOTALL | re.MULTILINE)
_SLIPS = ("a-an", "doubled-word", "missing-space", "double-punctuation", "space-before-punctuation")
_NAMING = frozenset(("name-variant", "headline-name-mismatch"))


class Run(NamedTuple):
    """One article in one form, under one set of rules."""

    path: str
    content: bytes
    linter: Linter
    unsafe: bool


def check(run: Run, contents: Mapping[str, bytes]) -> Iterator[Result]:
    """What `run.check` yields, for one article."""
    article = readers.read(run.path, contents[run.path]).article
    findings, errors = run.linter.check(article)
    ordered = tuple(sorted(findings, key=order))
    yield Result(run.path, True, ordered, errors=tuple(errors), source=article.source)


def fixed(run: Run) -> Fixed:
    """The article fixed until nothing changes."""
    given = {run.path: run.content}
    return fixing.rounds(lambda now: check(run, now), given, run.unsafe)


def violations(run: Run, outcome: Fixed, slips: Linter) -> Iterator[str]:
    """The properties that do not hold."""
    change = outcome.changes.get(run.path)
    if change is None:
        return
    before, after = (readers.read(run.path, d).article for d in (run.content, change.after))
    if [b.kind for b in before.blocks] != [b.kind for b in after.blocks]:
        yield "blocks"
    if after.problems and not before.problems:
        yield "parses"
    if _quoted(before.source) != _quoted(after.source):
        yield "quotations"
    if _syntax(before.source) != _syntax(after.source):
        yield "addresses, code, tags"
    if not _NAMING & change.rules.keys() and _names(before, before) != _names(before, after):
        yield "names"
    counts = [Counter(f.rule for f in slips.check(a)[0]) for a in (before, after)]
    yield from (f"slip: {rule}" for rule in _SLIPS if counts[1][rule] > counts[0][rule])
    if breaks(run.content) != breaks(change.after):
        yield "line ends"
    again = fixed(run._replace(content=change.after))
    if again.changes or again.errors != outcome.errors:
        yield "second run is empty"


def _quoted(source: str) -> list[str]:
    """What stands in quotation marks, told by a plain pattern, below the front matter."""
    return _QUOTED.findall(_FRONT.sub("", _one_break(source), count=1))


def _syntax(source: str) -> list[str]:
    """Code, addresses, tags and templates, told by plain patterns."""
    text = _one_break(source)
    return [text[region.start : region.end] for region in scan(text, False)]


def _one_break(source: str) -> str:
    return re.sub(r"\r\n?", "\n", source)  # all that the patterns know


def outside(run: Run) -> bool:
    """Whether one round changes nothing but what its edits cover, in the text and in the bytes."""
    result = next(check(run, {run.path: run.content}))
    findings = fix.compatible(result.source, fix.applicable(result.findings, run.unsafe))
    edits = sorted({edit for finding in findings for edit in finding.fix.edits}, key=_start)
    text, at, shift = fix.apply(result.source, edits), 0, 0
    for edit in edits:
        kept = result.source[at : edit.span.start]
        if text[at + shift : edit.span.start + shift] != kept:
            return False
        at = edit.span.end
        shift += len(edit.text) - (edit.span.end - edit.span.start)
    return text[at + shift :] == result.source[at:]


def _start(edit: Edit) -> int:
    return edit.span.start


def _names(named: Article, article: Article) -> Counter[str]:
    """How often the full name of each person in one article stands in the other."""
    found = people(named, shipped().lexicons["titles"]).persons
    names = {f"{person.given} {person.surname}" for person in found if person.given}
    return Counter({name: article.source.count(name) for name in names})


def breaks(content: bytes) -> list[str]:
    """The line ends of a file in their order."""
    return re.findall(r"\r\n|\r|\n", decode(content).text)


def in_form(text: str, chance: random.Random) -> bytes:
    """The text as a file in some encoding, with some line ends."""
    ends = chance.choice(BREAKS)
    text = re.sub(
        "\r\n|\r|\n",
        lambda _: chance.choice(("\n", "\r\n")) if ends == "mixed" else ends,
        text,
    )
    name = chance.choice(FORMS)
    try:
        content = text.encode(name)
        content = codecs.BOM_UTF16_BE + content if name == "utf-16-be" else content
        return content if decode(content).text == text else text.encode()
    except (UnicodeEncodeError, UndecodableError):
        return text.encode()


def some_rules(ready: dict[str, list[Ready]], chance: random.Random) -> list[Ready]:
    """A few rules, or whole stylebooks; American and British style seldom together."""
    books = chance.sample(BOOKS, chance.randint(2, 5))
    if "us-style" in books and "uk-style" in books and chance.random() < 0.9:
        books.remove(chance.choice(("us-style", "uk-style")))
    found = [one for book in books for one in ready[book]]
    return chance.sample(found, max(1, len(found) // 3)) if chance.random() < 0.4 else found


def measure(paths: list[Path], runs: int, seed: int, show: int) -> int:
    """Make the runs and print the figures; 1 where a property did not hold."""
    chance = random.Random(seed)
    ready = {book: rules([book]) for book in BOOKS}
    slips = Linter([one for one in ready["newsroom"] if one.rule.id in _SLIPS])
    linters = [Linter(some_rules(ready, chance)) for _ in range(LINTERS)]
    counts: Counter[str] = Counter()
    broken: Counter[str] = Counter()
    seen: set[Path] = set()
    for number in range(runs):
        path = chance.choice(paths)
        text = decode(path.read_bytes()).text
        run = Run("a.md", in_form(text, chance), chance.choice(linters), chance.random() < 0.7)
        outcome = fixed(run)
        seen.add(path)
        counts["changed"] += bool(outcome.changes)
        counts["fixes"] += sum(c.rules.total() for c in outcome.changes.values())
        counts["unsettled"] += sum(error.code == "rule" for error in outcome.errors)
        counts["not encodable"] += sum(error.code != "rule" for error in outcome.errors)
        counts["most rounds"] = max(
            counts["most rounds"], *(c.rounds for c in outcome.changes.values()), 0
        )
        wrong = [*violations(run, outcome, slips), *([] if outside(run) else ["outside the edits"])]
        broken.update(wrong)
        if wrong and sum(broken.values()) <= show:
            print(f"{path} run {number}: {', '.join(wrong)}", file=sys.stderr)
            _explain(run, outcome)
    table(
        ("fix runs", "figure"),
        [
            ("runs", runs), ("articles", len(seen)),
            ("runs that changed something", counts["changed"]),
            ("fixes made", counts["fixes"]), (f"most rounds, of {ROUNDS}", counts["most rounds"]),
            ("rules left out that undo each other", counts["unsettled"]),
            ("left alone: no place in the encoding", counts["not encodable"]),
            *((f"violations: {what}", n) for what, n in sorted(broken.items())),
            ("violations", sum(broken.values())),
        ],
    )  # fmt: skip
    return 1 if broken else 0


def _explain(run: Run, outcome: Fixed) -> None:
    for change in outcome.changes.values():
        sys.stderr.writelines(diff(run.path, run.content, change.after, exact=False))


def sample(
    paths: list[Path], count: int, unsafe: bool, books: list[str], only: list[str], seed: int
) -> None:
    """Print fixes for reading, at most three of a kind: the sentence before and after."""
    chance = random.Random(seed)
    linter = Linter(rules(books))
    seen: Counter[str] = Counter()
    chance.shuffle(paths)
    for path in paths:
        content = path.read_bytes()
        name = "a.md" if path.suffix == ".md" else "a.txt"
        result = next(check(Run(name, content, linter, unsafe), {name: content}))
        for finding in fix.applicable(result.findings, unsafe):
            keys = finding.rule, f"{finding.rule} {path}", finding.text.lower()
            if finding.fix.safe == unsafe or (only and finding.rule not in only):
                continue
            if not only and any(seen[key] >= n for key, n in zip(keys, (12, 2, 3), strict=True)):
                continue
            if count == 0:
                return
            seen.update(keys)
            count -= 1
            print(f"{finding.rule} {path.name}\n  - {_around(result.source, finding, False)}")
            print(f"  + {_around(result.source, finding, True)}")


def _around(source: str, finding: Finding, after: bool) -> str:
    edits = sorted(finding.fix.edits, key=_start)[:6]
    start = max(0, edits[0].span.start - 90)
    end = edits[-1].span.end + 90
    text, at = "", start
    for edit in edits:
        new = edit.text if after else source[edit.span.start : edit.span.end]
        text += f"{source[at : edit.span.start]}⟦{new}⟧"
        at = edit.span.end
    return " ".join((text + source[at:end]).split())


def main(arguments: Sequence[str] | None = None) -> int:
    """0, or 1 where a property did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=10, help="violations to show")
    parser.add_argument("--sample", type=int, help="print so many fixes instead")
    parser.add_argument("--unsafe", action="store_true", help="of the sample: unsafe fixes")
    parser.add_argument("--books", default="newsroom,us-style,plain-words,sensitive")
    parser.add_argument("--rules", help="of the sample: only these")
    parser.add_argument("--more", type=Path, help="a folder of plain text to sample from as well")
    options = parser.parse_args(arguments)
    folder = data()
    if folder is None:
        return 0
    paths = markdown_files(folder / "repos")
    if options.more:
        paths += sorted(options.more.glob("*.txt"))
    if not options.sample:
        return measure(paths, options.runs, options.seed, options.show)
    only = options.rules.split(",") if options.rules else []
    books = options.books.split(",")
    sample(paths, options.sample, options.unsafe, books, only, options.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
