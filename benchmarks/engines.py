"""What engines find and what asking them costs: `python benchmarks/engines.py [--only PART]`.

Prints, for Harper and for LanguageTool, misspellings found and made up beside the raw engine, how
many findings of grammar were right, whether positions hold, and what newslint adds to Harper's own
time. LanguageTool is the server that `NEWSLINT_LANGUAGETOOL_SERVER` names, else newslint's own; it
is slow, so positions are looked at in one file of `--sample`. `--show 100` prints findings of
grammar for reading and does nothing else. Exits 1 where a reach is missed.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import engine_overhead
import positions
from common import data, markdown_files, table
from measure import Command, interleaved
from measures import grammar, spelling
from speed import newslint

from newslint.engines import NAMES

PARTS = ("words", "positions", "overhead", "workers")
ARTICLES = {"harper": 120, "languagetool": 60}
"""Checked by one worker and by two; the fewest that newslint starts workers for is 50."""
SERVER = "NEWSLINT_LANGUAGETOOL_SERVER"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--engine", choices=NAMES, help="for --show")
    parser.add_argument("--show", type=int, metavar="N", help="so many findings of grammar")
    parser.add_argument("--half", choices=("quote", "tune", "all"), default="quote")
    parser.add_argument("--sample", type=int, default=20, help="positions with LanguageTool")
    options = parser.parse_args(arguments)
    folder = data()
    if folder is None:
        return 0
    if options.show:
        for name in (options.engine,) if options.engine else NAMES:
            grammar.show(folder, options.half, name, options.show)
        return 0
    parts = {
        "words": lambda: _words(folder, options.half),
        "positions": lambda: _positions(options.sample),
        "overhead": lambda: engine_overhead.main([]),
        "workers": lambda: _workers(folder),
    }
    codes = [part() for name, part in parts.items() if options.only in (None, name)]
    return max(codes)


def _words(folder: Path, half: str) -> int:
    rows = [*spelling.rows(folder, half), *grammar.rows(folder, half)]
    print(f"### Words (half of the data: {half})\n")
    table(
        ("measure", "reach", "figure", "held"),
        [(r.measure, r.reach, r.figure, "yes" if r.held else "**no**") for r in rows],
    )
    return int(not all(row.held for row in rows))


def _positions(sample: int) -> int:
    code = positions.main(["--grammar"])
    if server := os.environ.get(SERVER):
        given = ["--engine", "languagetool", "--server", server, "--sample", str(sample)]
        code |= positions.main(["--grammar", *given])
    return code


def _workers(folder: Path) -> int:
    rows = []
    for name, articles in ARTICLES.items():
        if name == "languagetool" and not os.environ.get(SERVER):
            continue
        paths = [str(path) for path in markdown_files(folder / "repos" / "18f", articles)]
        call = newslint(
            "check", *paths, "--isolated", "--select", "tag:grammar", "--engine", name,
            "--no-cache", "--no-corpus", "--exit-zero", "--engine-timeout", "600",
        )  # fmt: skip
        costs = interleaved(
            {jobs: Command(((*call, "--jobs", jobs),), folder, (0,)) for jobs in ("1", "2")}, 3
        )
        one, two = costs["1"], costs["2"]
        rows.append((name, articles, f"{one.wall:.1f}", f"{two.wall:.1f}",
                     f"{two.wall / one.wall:.2f}", f"{one.cpu:.1f}", f"{two.cpu:.1f}"))  # fmt: skip
    print("### One worker and two\n")
    table(("engine", "articles", "1: s", "2: s", "2 : 1", "1: CPU s", "2: CPU s"), rows)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
