"""Does a baseline hold? `python benchmarks/baseline.py [--edits 500] [--plants 100] [--seed 1]`.

In a copy of `repos/digitalgov` (`NEWSLINT_DATA`) a baseline is written; then articles that have
findings are edited at random, and no old finding may come back. What may not change is the text
that findings stand on or refer to; all else is moved, wrapped, renamed, replaced or taken out.

An edit can truly make a finding: a paragraph that has lost its neighbour, a section that now stands
before the one that explains it. So findings are counted by article and rule, with no look at
fingerprints: where a rule has more to say than before the edits, so many may be reported; each one
beyond that came back.

Then defects are planted, one an article, half of them in place of a paragraph that holds an old
finding of the same rule. All that newslint sees there without a baseline must be reported.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from common import data, table
from markdown_edits import IN_PLACE, Edit, Keeps, taken_apart, with_paragraph

from newslint import baseline_file, stylebooks
from newslint.baseline_file import NAME, Entries

Finding = dict[str, Any]
Found = dict[str, list[Finding]]
"""By path: the findings of a run."""

MANY = 200_000
PLANTS = {
    "doubled-word": "The council voted on the the plan for Hollow Lane.",
    "exclamation": "The crowd of Lower Marsh cheered all night!!",
    "space-before-punctuation": "The mayor of Aldbrook , who is tall, left early.",
    "double-punctuation": "The report of Oakham,, which is long, was read.",
    "placeholder": "[Insert the name of the harbour master here] spoke at noon.",
    "impossible-date": "The fair of Milbury opened on February 30, 2021.",
    "weekday-date-mismatch": "The fair of Selby opened on Tuesday, March 4, 2021.",
    "percent-arithmetic": "A ticket to Ferrow rose from $10 to $20, an increase of 50 percent.",
    "tracking-link": "A map of Eastmoor is [on the site](https://maps.example/?utm_source=mail).",
    "vague-link": "To read more of Corby Hill, [click here](https://corby.example/).",
    "chatbot-residue": "As an AI language model, I cannot visit Westerdale.",
    "mojibake": "The cafÃ© in Brenham opened at nine.",
    "invisible-character": "The hall in Dun\u200bmore was full.",
    "embargo-left-in": "EMBARGOED UNTIL 9 a.m. Friday: the new plan for Ashford.",
    "a-an": "They saved a elephant from the barn in Marlow.",
    "house-promotion": "Subscribe to our newsletter for more about Kingsmere.",
    "timezone-season": "The meeting in Skelby is at 10 a.m. EST on July 4, 2023.",
    "missing-alt-text": "![](https://img.example/pier-of-saltby.jpg)",
    "staging-link": "See [the plan for Thornby](http://localhost:3000/thornby/).",
}
"""By rule: a paragraph that it has a word on."""


class Planted(NamedTuple):
    """A defect, and whether it took the place of an old one."""

    path: str
    rule: str
    instead: bool


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--plants", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--show", action="store_true", help="print what is reported after the edits"
    )
    options = parser.parse_args(arguments)
    folder = data()
    if folder is None:
        return 0
    rows, held = [], True
    for books in (["newsroom"], sorted(stylebooks.shipped())):
        with tempfile.TemporaryDirectory() as scratch:
            root = Path(scratch) / "repo"
            shutil.copytree(folder / "repos" / "digitalgov", root)
            (root / ".git").mkdir()
            (root / "newslint.yml").write_text(f"extends: [{', '.join(books)}]\n")
            row, good = _measured(root, books, options)
            rows.append(row)
            held &= good
    heads = [
        "stylebooks",
        "in the baseline",
        "edits",
        "came back",
        "truly new",
        "planted",
        "reported",
    ]
    table(heads, rows)
    _speed()
    return 0 if held else 1


def _measured(
    root: Path, books: list[str], options: argparse.Namespace
) -> tuple[list[str | int], bool]:
    random = Random(options.seed)
    before = _run(root, "--no-baseline")
    _run(root, "--write-baseline")
    entries = sum(line[:1] != "#" for line in (root / NAME).read_text().splitlines())
    done, moved = _edited(root, before, random, options.edits)
    after, reported = _run(root, "--no-baseline"), _run(root)
    back = _came_back(before, after, reported, moved)
    new = sum(map(len, reported.values())) - sum(back.values())
    if options.show:
        print(dict(done), dict(back), *_lines(reported), sep="\n")
    planted = _plant(root, after, random, options.plants)
    seen, told = _run(root, "--no-baseline"), _run(root)
    visible = [one for one in planted if _finds(seen[one.path], one.rule)]
    missed = [one for one in visible if not _finds(told[one.path], one.rule)]
    if options.show:
        print(sum(one.instead for one in planted), "in place of an old one; missed:", *missed)
    name = "all" if len(books) > 1 else books[0]
    count = len(visible) - len(missed)
    row: list[str | int] = [name, entries, sum(done.values()), sum(back.values()), new]
    return [*row, len(visible), count], not back and not missed


def _run(root: Path, *flags: str) -> Found:
    command = [sys.executable, "-m", "newslint", "check", "--format", "json", "--no-cache", *flags]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    document = json.loads(done.stdout)
    return {article["path"]: article["findings"] for article in document["articles"]}


def _edited(
    root: Path, found: Found, random: Random, wanted: int
) -> tuple[Counter[str], dict[str, str]]:
    """Make so many edits; how many of each kind, and the new path of each file that was renamed."""
    done: Counter[str] = Counter()
    moved: dict[str, str] = {}
    busy = sorted(path for path in found if found[path])
    kinds: list[Edit | str] = [*IN_PLACE, "rename", "crlf"]
    while (count := sum(done.values())) < wanted:
        path, kind = random.choice(busy), kinds[count % len(kinds)]
        file = root / moved.get(path, path)
        if kind == "rename":
            new = file.with_name(f"moved-{count}-{file.stem[:60]}.md")
            file.rename(new)
            moved[path] = new.relative_to(root).as_posix()
        elif not _changed(file, kind, _keeper(found[path]), random):
            continue
        done[kind if isinstance(kind, str) else kind.__name__] += 1
    return done, moved


def _changed(file: Path, kind: Edit | str, keeps: Keeps, random: Random) -> bool:
    text = _read(file)
    if isinstance(kind, str):
        new: str | None = text.replace("\r\n", "\n").replace("\n", "\r\n")
    else:
        copy = kind(taken_apart(text.replace("\r\n", "\n")), keeps, random)
        new = copy.text.replace("\n", "\r\n" if "\r\n" in text else "\n") if copy else None
    if new is None or new == text:
        return False
    _write(file, new)
    return True


def _read(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "surrogateescape")


def _write(file: Path, text: str) -> None:
    file.write_bytes(text.encode("utf-8", "surrogateescape"))


def _keeper(findings: list[Finding]) -> Keeps:
    """Whether a text holds words that a finding stands on or refers to."""
    words = {_folded(place["text"]) for f in findings for place in (f, *f["related"])} - {""}

    def keeps(text: str) -> bool:
        return any(word in _folded(text) or _folded(text) in word for word in words)

    return keeps


def _folded(text: str) -> str:
    return " ".join(text.split())


def _came_back(before: Found, after: Found, reported: Found, moved: dict[str, str]) -> Counter[str]:
    """By rule: findings that are reported beyond those that the edits have made."""
    back: Counter[str] = Counter()
    for old, findings in before.items():
        path = moved.get(old, old)
        was, now, told = (
            Counter(finding["rule"] for finding in some)
            for some in (findings, after[path], reported[path])
        )
        for rule, count in told.items():
            back[rule] += max(0, count - max(0, now[rule] - was[rule]))
    return +back


def _plant(root: Path, found: Found, random: Random, wanted: int) -> list[Planted]:
    """Plant so many defects, one an article, where possible every other one for an old one."""
    planted: list[Planted] = []
    paths = sorted(found)
    random.shuffle(paths)
    olds = [(p, f) for p in paths for f in found[p] if f["rule"] in PLANTS and f["text"].strip()]
    instead = iter([(path, f["rule"], f["text"]) for path, f in olds])
    anywhere = iter([(path, random.choice(sorted(PLANTS)), None) for path in paths])
    taken: set[str] = set()
    while len(planted) < wanted:
        source = instead if len(planted) % 2 else anywhere
        path, rule, old = next(source, None) or next(anywhere)
        copy = taken_apart(_read(root / path).replace("\r\n", "\n"))
        changed = None if path in taken else with_paragraph(copy, PLANTS[rule], old, random)
        if changed:
            taken.add(path)
            _write(root / path, changed.text)
            planted.append(Planted(path, rule, old is not None))
    return planted


def _finds(findings: list[Finding], rule: str) -> bool:
    """Whether the rule has found something in what was planted for it."""
    return any(f["rule"] == rule and f["text"] in PLANTS[rule] for f in findings)


def _lines(reported: Found) -> Iterator[str]:
    for path, findings in reported.items():
        for f in findings:
            yield f"{path}:{f['start']['line']}: {f['rule']} {f['text'][:60]!r}"


def _speed() -> None:
    """How long it takes to read a long baseline."""
    random = Random(0)
    entries: Entries = {
        f"content/news/2020/{n:05}-the-name-of-an-article.md": {
            (f"rule-{random.randrange(60)}", f"{random.getrandbits(80):020x}"): "some words"
            for _ in range(10)
        }
        for n in range(MANY // 10)
    }
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / NAME
        baseline_file.write(path, entries, NAME)
        took = []
        for _ in range(5):
            start = time.process_time()
            baseline_file.read(path, NAME, {})
            took.append(time.process_time() - start)
    print(f"Reading a baseline of {MANY:,} findings: {sorted(took)[2]:.2f} s of CPU time.")


if __name__ == "__main__":
    sys.exit(main())
