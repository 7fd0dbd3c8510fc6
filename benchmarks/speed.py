"""Measure speed and memory: `python benchmarks/speed.py [--rounds N] [--sample N] [PART ...]`.

Parts: throughput, parse, cold, rules, memory (all, where none is named). All need `NEWSLINT_DATA`.
Every comparison runs its contestants in turn on the same files, in one run, and takes medians.
CPU time stands beside wall time: on a busy machine the two drift apart.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

import peers
from common import data, markdown_files, table
from copies import silent_rules, varied_copies
from measure import Command, Cost, interleaved

from newslint import __version__, config, readers
from newslint.checker import Checker
from newslint.config import Request

ONE, TWO = "newslint, 1 worker", "newslint, 2 workers"
CHECKED = (0, 1)
ARGUMENTS_LIMIT = 1_000_000
"""Characters of paths in one call, well below what Linux takes."""


class Target(NamedTuple):
    """A figure to reach, and what was reached by wall time and by CPU time (or memory)."""

    what: str
    wanted: float
    at_most: bool
    wall: float | None
    cpu: float | None = None

    def row(self) -> tuple[str, ...]:
        sign = "≤" if self.at_most else "≥"
        by = self.wall if self.wall is not None else self.cpu
        held = by is not None and (by <= self.wanted if self.at_most else by >= self.wanted)
        shown = [f"{x:.2f}" if x is not None else "–" for x in (self.wall, self.cpu)]
        return (self.what, f"{sign} {self.wanted:.2f}", *shown, "yes" if held else "**no**")


def newslint(*arguments: str) -> tuple[str, ...]:
    """How a shell would call newslint: by its script where there is one."""
    script = Path(sys.executable).with_name("newslint")
    call = (str(script),) if script.exists() else (sys.executable, "-m", "newslint")
    return (*call, *arguments)


def over(call: tuple[str, ...], files: list[Path], accepted: tuple[int, ...] = ()) -> Command:
    """A tool started as few times as its argument list allows."""
    calls: list[tuple[str, ...]] = []
    batch: list[str] = []
    for name in map(str, files):
        if batch and sum(map(len, batch)) + len(name) > ARGUMENTS_LIMIT:
            calls.append((*call, *batch))
            batch = []
        batch.append(name)
    return Command((*calls, (*call, *batch)), peers.ROOT, accepted)


def throughput(files: list[Path], rounds: int) -> list[Target]:
    """Articles a second and peak memory, newslint beside its peers."""
    found, missing = peers.installed()
    check = newslint("check", "--isolated", "--no-cache")
    commands = {
        ONE: over((*check, "--jobs", "1"), files, CHECKED),
        TWO: over((*check, "--jobs", "2"), files, CHECKED),
    }
    for tool, call in found.items():
        accepted = CHECKED if tool == "proselint" else ()
        commands[f"{tool} {peers.version(tool)}"] = over(call, files, accepted)
    costs = interleaved(commands, rounds, progress)
    base = costs.get(f"proselint {peers.version('proselint')}")
    print(f"### Throughput\n\n{len(files):,} articles, {rounds} rounds, medians, start included.\n")
    heads = ("tool", "articles/s", "× proselint", "CPU ms/article", "× proselint (CPU)", "peak MB")
    table(heads, [_speed_row(name, cost, base, len(files)) for name, cost in costs.items()])
    for reason in missing:
        print(f"{reason}\n")
    workers = Target("two workers : one", 1.7, False, costs[ONE].wall / costs[TWO].wall)
    if base is None:
        return [workers]
    times = Target(
        "articles/s, one worker : proselint", 5, False,
        base.wall / costs[ONE].wall, base.cpu / costs[ONE].cpu,
    )  # fmt: skip
    return [times, workers]


def _speed_row(name: str, cost: Cost, base: Cost | None, count: int) -> tuple[str, ...]:
    wall = f"{base.wall / cost.wall:.2f}" if base else "–"
    cpu = f"{base.cpu / cost.cpu:.2f}" if base else "–"
    speed, each = f"{count / cost.wall:,.0f}", f"{cost.cpu / count * 1000:.2f}"
    return name, speed, wall, each, cpu, f"{cost.peak / 1e6:.0f}" if cost.peak else "–"


def parse(files: list[Path], rounds: int) -> list[Target]:
    """Parse and position map alone, as a share of all that newslint does for an article."""
    content = [(str(path), path.read_bytes()) for path in files]
    checker = Checker(config.settle(Request(isolated=True)))

    def read() -> None:
        for path, source in content:
            readers.read(path, source)

    def check() -> None:
        for path, source in content:
            checker.content(path, source)

    reading, checking = _in_turn(read, check, rounds)
    print(f"### Where the time goes\n\n{len(files):,} articles, {rounds} rounds, CPU time, in one "
          "process, start and report left out.\n")  # fmt: skip
    each = 1000 / len(files)
    heads = ("what", "CPU ms/article", "share")
    rows = [
        ("parse and position map", f"{reading * each:.3f}", f"{reading / checking:.0%}"),
        ("rules", f"{(checking - reading) * each:.3f}", f"{1 - reading / checking:.0%}"),
        ("whole article", f"{checking * each:.3f}", "100%"),
    ]
    table(heads, rows)
    return [Target("parse and map : whole article", 1 / 3, True, None, reading / checking)]


Work = Callable[[], None]


def _in_turn(one: Work, other: Work, rounds: int) -> tuple[float, float]:
    """Median CPU seconds of two functions run in turn, after one warm run of each."""
    one()
    other()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for function, seconds in zip((one, other), times, strict=True):
            begin = time.process_time()
            function()
            seconds.append(time.process_time() - begin)
    return median(times[0]), median(times[1])


def cold(files: list[Path], rounds: int) -> list[Target]:
    """One article of middling length, the whole process from start to end."""
    found, _ = peers.installed()
    article = sorted(files, key=lambda path: path.stat().st_size)[len(files) // 2]
    commands = {"newslint": over(newslint("check", "--isolated"), [article], CHECKED)}
    if "proselint" in found:
        commands["proselint"] = over(found["proselint"], [article], CHECKED)
    interleaved(commands, 1)  # fills the caches of the disk and of compiled modules
    rounds = max(10, rounds)
    costs = interleaved(commands, rounds)
    print(f"### One article, cold\n\n{article.stat().st_size:,} bytes, {rounds} rounds in turn.\n")
    rows = [(n, f"{c.wall * 1000:.0f}", f"{c.cpu * 1000:.0f}") for n, c in costs.items()]
    table(("tool", "ms", "CPU ms"), rows)
    if "proselint" not in costs:
        return []
    ours, theirs = costs["newslint"], costs["proselint"]
    what = "one article cold : proselint"
    return [Target(what, 2, True, ours.wall / theirs.wall, ours.cpu / theirs.cpu)]


def rules(files: list[Path], rounds: int) -> list[Target]:
    """What 5,000 rules that never fire cost beside 100, without any other rule."""
    few, many = 100, 5000
    content = [(str(path), path.read_bytes()) for path in files]
    with tempfile.TemporaryDirectory() as folder:
        configs = {n: str(silent_rules(Path(folder) / str(n), n)) for n in (few, many)}
        checkers = {n: Checker(config.settle(Request(config=configs[n]))) for n in (few, many)}

        def checking(count: int) -> Callable[[], None]:
            def check() -> None:
                for path, source in content:
                    if checkers[count].content(path, source).findings:
                        raise SystemExit(f"a silent rule spoke in {path}")

            return check

        inside = _in_turn(checking(few), checking(many), rounds)
        commands = {
            str(n): over(newslint("check", "--jobs", "1", "--config", configs[n]), files, CHECKED)
            for n in (few, many)
        }
        whole = interleaved(commands, rounds, progress)
    print(f"### Silent rules\n\n{len(files):,} articles, {rounds} rounds. Each rule avoids three "
          "terms that never occur; no other rule runs.\n")  # fmt: skip
    each = 1000 / len(files)
    table(
        ("rules", "CPU ms/article, rules loaded", "whole run, s", "whole run, CPU s"),
        [
            (n, f"{seconds * each:.3f}", f"{whole[str(n)].wall:.2f}", f"{whole[str(n)].cpu:.2f}")
            for n, seconds in zip((few, many), inside, strict=True)
        ],
    )
    return [Target("5,000 silent rules : 100, article", 1.3, True, None, inside[1] / inside[0])]


def memory(files: list[Path], sizes: tuple[int, int]) -> list[Target]:
    """Peak memory over many articles beside that over a tenth of them."""
    rows, targets = [], []
    with tempfile.TemporaryDirectory() as folder:
        small, large = (varied_copies(Path(folder) / str(n), files, n) for n in sizes)
        for name, jobs in (("1 worker", ("--jobs", "1")), ("default", ())):
            call = newslint("check", "--isolated", "--no-cache", *jobs)
            commands = {
                str(n): Command(((*call, str(where)),), peers.ROOT, CHECKED)
                for n, where in zip(sizes, (small, large), strict=True)
            }
            costs = [*interleaved(commands, 1, progress).values()]
            for count, cost in zip(sizes, costs, strict=True):
                measures = (f"{cost.peak / 1e6:.0f}", f"{cost.wall:.1f}", f"{cost.cpu:.1f}")
                rows.append((f"{name}, {count:,} articles", *measures))
            if costs[0].peak:
                what = f"peak memory {sizes[1]:,} : {sizes[0]:,}, {name}"
                targets.append(Target(what, 1.25, True, None, costs[1].peak / costs[0].peak))
    print("### Memory\n\nThe articles with other words in each copy; one run each, resident memory "
          "summed over all processes.\n")  # fmt: skip
    table(("run", "peak MB", "s", "CPU s"), rows)
    return targets


def progress(line: str) -> None:
    """Tell a person at a terminal how far the run is."""
    if sys.stderr.isatty():
        print(f"  {line}", file=sys.stderr)


PARTS = ("throughput", "parse", "cold", "rules", "memory")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", choices=[*PARTS, []], default=[])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sample", type=int, help="articles, for a quick look; default: all")
    options = parser.parse_args(arguments)
    folder = data()
    if folder is None:
        return 0
    files = markdown_files(folder / "repos" / "digitalgov", options.sample)
    print(f"newslint {__version__}, Python {sys.version.split()[0]}\n")
    sizes = (len(files) // 10, len(files)) if options.sample else (2_000, 20_000)
    parts: dict[str, Callable[[], list[Target]]] = {
        "throughput": lambda: throughput(files, options.rounds),
        "parse": lambda: parse(files, options.rounds),
        "cold": lambda: cold(files, options.rounds * 4),
        "rules": lambda: rules(files, options.rounds),
        "memory": lambda: memory(files, sizes),
    }
    reached = [target for name in options.parts or PARTS for target in parts[name]()]
    print("### Targets\n")
    heads = ("target", "wanted", "reached (wall)", "reached (CPU, memory)", "held")
    table(heads, [target.row() for target in reached])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
