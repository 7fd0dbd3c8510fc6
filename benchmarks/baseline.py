"""Does a baseline hold? `python benchmarks/baseline.py [--edits 500] [--seed 1]`.

In a copy of `repos/digitalgov` a baseline is written, articles are edited at random without a
change of the sentences that findings stand on, and no old finding may come back. Then defects are
planted, and all of them must be reported.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from common import data, table
from markdown_edits import IN_PLACE, Edit, Keeps, taken_apart

from newslint import stylebooks
from newslint.baseline_file import NAME

Finding = dict[str, Any]
Found = dict[str, list[Finding]]
"""By path: the findings of a run."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="print what came back")
    options = parser.parse_args(arguments)
    folder = data()
    if folder is None:
        return 0
    held = True
    for books in (sorted(stylebooks.shipped()),):
        with tempfile.TemporaryDirectory() as scratch:
            root = Path(scratch) / "repo"
            shutil.copytree(folder / "repos" / "digitalgov", root)
            (root / ".git").mkdir()
            (root / "newslint.yml").write_text(f"extends: [{', '.join(books)}]\n")
            held &= _measured(root, books, options)
    return 0 if held else 1


def _measured(root: Path, books: list[str], options: argparse.Namespace) -> bool:
    random = Random(options.seed)
    before = _run(root, "--no-baseline")
    _run(root, "--write-baseline")
    entries = sum(line[:1] != "#" for line in (root / NAME).read_text().splitlines())
    done, moved = _edited(root, before, random, options.edits)
    after, reported = _run(root, "--no-baseline"), _run(root)
    back = _came_back(before, after, reported, moved)
    print(f"{' '.join(books)}: {entries:,} findings in the baseline")
    print(dict(done))
    print("came back", sum(back.values()), back.most_common(20), "truly new", sum(map(len, reported.values())))
    if options.show:
        for path, findings in reported.items():
            for f in findings:
                print(path, f["rule"], f["start"]["line"], repr(f["text"][:80]), f["message"][:80])
    return not back


def _run(root: Path, *flags: str) -> Found:
    command = [sys.executable, "-m", "newslint", "check", "--format", "json", *flags]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    document = json.loads(done.stdout)
    return {article["path"]: article["findings"] for article in document["articles"]}


def _edited(root: Path, found: Found, random: Random, wanted: int) -> tuple[Counter[str], dict[str, str]]:
    """Make so many edits; how many of each kind, and the new path of each file that was renamed."""
    done: Counter[str] = Counter()
    moved: dict[str, str] = {}
    now = {path: path for path in found}
    busy = sorted(path for path in found if found[path])
    kinds: list[Edit | str] = [*IN_PLACE, "rename", "crlf"]
    while sum(done.values()) < wanted:
        path = random.choice(busy)
        kind = kinds[sum(done.values()) % len(kinds)]
        file = root / now[path]
        if kind == "rename":
            new = file.with_name(f"moved-{sum(done.values())}-{file.name[:60]}.md")
            file.rename(new)
            now[path] = moved[path] = new.relative_to(root).as_posix()
        elif not _changed(file, kind, _keeper(found[path]), random):
            continue
        done[kind if isinstance(kind, str) else kind.__name__] += 1
    return done, moved


def _changed(file: Path, kind: Edit | str, keeps: Keeps, random: Random) -> bool:
    text = file.read_bytes().decode("utf-8", "surrogateescape")
    if isinstance(kind, str):
        new: str | None = text.replace("\r\n", "\n").replace("\n", "\r\n")
    else:
        ending = "\r\n" if "\r\n" in text else "\n"
        copy = kind(taken_apart(text.replace("\r\n", "\n")), keeps, random)
        new = copy.text.replace("\n", ending) if copy else None
    if new is None or new == text:
        return False
    file.write_bytes(new.encode("utf-8", "surrogateescape"))
    return True


def _keeper(findings: list[Finding]) -> Keeps:
    """Whether a text holds words that a finding stands on or refers to."""
    words = {_folded(place["text"]) for f in findings for place in (f, *f["related"])} - {""}

    def keeps(text: str) -> bool:
        return any(word in _folded(text) or _folded(text) in word for word in words)

    return keeps


def _folded(text: str) -> str:
    return " ".join(text.split())


def _came_back(before: Found, after: Found, reported: Found, moved: dict[str, str]) -> Counter[str]:
    """By rule: findings that were there before and are reported, counted and not compared.

    Where a rule now has more to say on an article than before, so many may be reported.
    """
    back: Counter[str] = Counter()
    for old, findings in before.items():
        path = moved.get(old, old)
        was, is_, told = (
            Counter(finding["rule"] for finding in some)
            for some in (findings, after[path], reported[path])
        )
        for rule, count in told.items():
            back[rule] += max(0, count - max(0, is_[rule] - was[rule]))
    return +back


if __name__ == "__main__":
    sys.exit(main())
