"""One article in many that raises, hangs or kills its worker: the others are linted as ever.

`python benchmarks/audit_poison.py [--articles N] [--timeout SECONDS] [--engine spark] [DEED …]`;
needs `NEWSLINT_DATA`. The deeds stand in `DEEDS`; without any named all are done.
The poison is a kind of a newsroom's own, loaded as such kinds are; it is on in all runs and acts on
one word. Each run is compared, finding for finding, with one of an archive that lacks the word.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
from common import data, markdown_files, table
from copies import varied_copies

POISON = """
import ctypes, os, signal, time
from newslint.kinds.contract import Finder, Kind, Options
from newslint.matching import Needs

def spin():
    while True:
        pass

DEEDS = {
    "raises": lambda: 1 / 0,
    "spins": spin,
    "sums": lambda: sum(iter(int, 1)),
    "sleeps": lambda: time.sleep(86400),
    "holds": lambda: ctypes.PyDLL(None).sleep(86400),
    "exits": lambda: os._exit(0),
    "dies": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "faults": lambda: ctypes.string_at(0),
    "stops": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    "grows": lambda: [bytes(1 << 28) for _ in range(1 << 10)],
}

class Taste(Options, frozen=True, tag="taste"):
    pass

def build(options, scope, reference):
    def find(article, clues):
        for deed, act in DEEDS.items():
            if f"zorkpoison {deed}" in article.source:
                act()
        return ()
    return Finder(find, Needs(patterns=(r"\\w",)))

KIND = Kind({"taste": Taste}, build, frozenset())
"""
RULE = """\
id: poisoned
kind: poison
title: Poison
severity: warning
since: "0.1"
message: "poison"
fix: Take it out.
why: To see what it does.
source: {title: Nowhere, url: "https://example.org/"}
options: {check: taste}
examples: {bad: ["Poison."], good: ["None."]}
"""
DEEDS = ("raises", "spins", "sums", "sleeps", "holds", "exits", "dies", "faults", "stops", "grows")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--timeout", type=float, default=10.0)
    parser.add_argument("--engine", choices=("processes", "spark"), default="processes")
    parser.add_argument("--master", default="local[2,4]", help="of Spark")
    parser.add_argument("deeds", nargs="*", metavar="DEED")
    asked = parser.parse_args()
    labelled = data()
    if labelled is None:
        return 0
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        varied_copies(home / "archive", markdown_files(labelled / "repos"), asked.articles)
        _prepare(home)
        engine = ["--engine", "spark", "--master", asked.master] * (asked.engine == "spark")
        more = ["--article-timeout", str(asked.timeout), *engine]
        return _measured(home, asked.deeds or DEEDS, more)


def _prepare(home: Path) -> None:
    (home / "site/poison-1.0.dist-info").mkdir(parents=True)
    (home / "site/poison.py").write_text(POISON)
    about = home / "site/poison-1.0.dist-info"
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: poison\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[newslint.kinds]\npoison = poison:KIND\n")
    (home / "desk").mkdir()
    (home / "desk/poisoned.yml").write_text(RULE)
    (home / "newslint.yml").write_text("extends: [newsroom, ./desk]\n")


def _measured(home: Path, deeds: Sequence[str], more: Sequence[str]) -> int:
    victim = sorted((home / "archive").rglob("*.md"))[-1].parent / "poisoned.md"
    _plant(victim, "nothing")
    seconds = _audit(home, more)
    healthy = _found(home, victim)
    rows, good = [("nothing", f"{seconds:.0f}", *_counts(home), "–")], True
    for deed in deeds:
        _plant(victim, deed)
        seconds = _audit(home, more)
        linted, failed = _counts(home)
        same = _found(home, victim) == healthy
        print(f"{deed}: {failed} error row, {seconds:.0f} s", file=sys.stderr)
        rows.append((deed, f"{seconds:.0f}", linted, failed, "yes" if same else "NO"))
        good = good and same and failed == 1
    table(("poison", "seconds", "linted", "error rows", "findings of the others as ever"), rows)
    return 0 if good else 1


def _plant(victim: Path, deed: str) -> None:
    victim.write_text(f"# A jar of ink\n\nThe label said zorkpoison {deed} and no more.\n")


def _audit(home: Path, more: Sequence[str]) -> float:
    call = [
        sys.executable, "-m", "newslint", "audit", "archive", "--out", "out", "--overwrite",
        "--no-report", "--kinds", "poison", *more,
    ]  # fmt: skip
    path = os.pathsep.join([str(home / "site"), os.environ.get("PYTHONPATH", "")])
    began = time.monotonic()
    done = subprocess.run(
        call, cwd=home, env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.DEVNULL,
        check=False,
    )  # fmt: skip
    if done.returncode not in (0, 2):
        raise SystemExit(f"newslint audit ended with {done.returncode}")
    return time.monotonic() - began


def _counts(home: Path) -> tuple[int, int]:
    """Articles that were linted, and those that were not."""
    codes = pq.read_table(home / "out/articles.parquet", columns=["code"])["code"]
    failed: int = pc.sum(pc.not_equal(codes, "")).as_py()
    return len(codes) - failed, failed


def _found(home: Path, victim: Path) -> object:
    """The findings of all others."""
    findings = pq.read_table(home / "out/findings.parquet")
    source = victim.relative_to(home).as_posix()
    return findings.filter(pc.not_equal(findings["source"], source)).to_pylist()


if __name__ == "__main__":
    sys.exit(main())
