"""What the cache saves: `python benchmarks/cached.py [--rounds 5] [--sample N]`.

All articles of `repos/` become one repository. Measured are a first and a second run over them, and
one changed article by itself beside the same with all others as its corpus. All four take turns;
each round empties the cache for the first run and changes the one article. Each kind of run must
say what it says without a cache.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from common import data, table
from measure import Command, Cost, run
from speed import CHECKED, newslint, progress

FIRST, SECOND = "first run over all", "second run over all"
ALONE, COMPARED = "one changed article alone", "the same, with all as corpus"
WANTED = ((SECOND, FIRST, 1 / 5), (COMPARED, ALONE, 2.0))
NO_CACHE = ("--no-cache",)
CONFIG = 'corpus: ["content/**"]\n'


def main(arguments: list[str] | None = None) -> int:
    """0, or 1 where a figure is not reached or a report differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sample", type=int, help="articles, for a quick look; default: all")
    options = parser.parse_args(arguments)
    folder = data()
    if folder is None:
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        articles = _repository(root, folder / "repos", options.sample)
        article = articles[len(articles) // 2]
        costs = _measured(root, article, options.rounds)
        print(f"{len(articles):,} articles, {options.rounds} rounds in turn, medians. The one "
              f"article has {article.stat().st_size:,} bytes.\n")  # fmt: skip
        _print(costs)
        same = all(
            _says_the_same(root, args) for args in (("content",), (str(article.relative_to(root)),))
        )
    print(f"With and without a cache: {'the same report' if same else 'ANOTHER REPORT'}.\n")
    reached = all(_ratio(costs, one, other) <= most for one, other, most in WANTED)
    return 0 if same and reached else 1


def _repository(root: Path, source: Path, sample: int | None) -> list[Path]:
    """The articles below `root/content`, with a config beside; by size."""
    (root / ".git").mkdir()
    (root / "newslint.yml").write_text(CONFIG)
    found = sorted(source.rglob("*.md"))
    for path in found[:: max(1, len(found) // sample)][:sample] if sample else found:
        target = root / "content" / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return sorted((root / "content").rglob("*.md"), key=lambda path: path.stat().st_size)


def _measured(root: Path, article: Path, rounds: int) -> dict[str, list[Cost]]:
    name = str(article.relative_to(root))
    commands = {
        FIRST: newslint("check", "content"),
        SECOND: newslint("check", "content"),
        ALONE: newslint("check", "--no-corpus", name),
        COMPARED: newslint("check", name),
    }
    costs: dict[str, list[Cost]] = {what: [] for what in commands}
    copy = article.read_bytes()
    run(Command((commands[ALONE],), root, CHECKED))  # what newslint remembers of its own rules
    for number in range(rounds):
        for what, call in commands.items():
            if what == FIRST:
                shutil.rmtree(root / ".newslint_cache", ignore_errors=True)
            if what == ALONE:
                article.write_bytes(copy + b"\nThe talks went on for %d days.\n" % (number + 2))
            costs[what].append(run(Command((call,), root, CHECKED)))
            progress(f"{what}: {costs[what][-1].wall:.2f} s")
            if what == ALONE:  # the run with the corpus shall not find the article known
                article.write_bytes(copy + b"\nThe talks went on for %d weeks.\n" % (number + 2))
    return costs


def _print(costs: dict[str, list[Cost]]) -> None:
    rows = [
        (what, f"{median(c.wall for c in found):.3f}", f"{median(c.cpu for c in found):.3f}")
        for what, found in costs.items()
    ]
    table(("run", "s", "CPU s"), rows)
    table(
        ("of", "to", "wanted", "reached (wall)", "reached (CPU)"),
        [
            (
                one, other, f"≤ {most:.2f}", f"{_ratio(costs, one, other):.2f}",
                f"{_ratio(costs, one, other, cpu=True):.2f}",
            )
            for one, other, most in WANTED
        ],
    )  # fmt: skip


def _ratio(costs: dict[str, list[Cost]], one: str, other: str, cpu: bool = False) -> float:
    """The median of the ratios of each round: what slows the machine slows both."""
    pairs = zip(costs[one], costs[other], strict=True)
    return median(a.cpu / b.cpu if cpu else a.wall / b.wall for a, b in pairs)


def _says_the_same(root: Path, paths: tuple[str, ...]) -> bool:
    calls = [newslint("check", "--format", "json", *flags, *paths) for flags in ((), NO_CACHE)]
    reports = [subprocess.run(c, cwd=root, capture_output=True, check=False) for c in calls]
    return len({(report.returncode, report.stdout) for report in reports}) == 1


if __name__ == "__main__":
    sys.exit(main())
