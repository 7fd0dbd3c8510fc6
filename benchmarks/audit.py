"""What an audit of an archive costs and finds: `audit.py [--only rate,planted] [--keep DIR]`.

The archives are made by `archive_corpus.py` of real articles. One audit of `--articles` serves
several rows. Rates are of whole runs: start, articles, comparisons, tables and report.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import archive_corpus
from common import Row, data, table
from measure import Command, Cost, run

RULES = {
    "headlines": ("duplicate-headline", "duplicate headlines"),
    "copies": ("near-duplicate-article", "near-copies"),
    "titles": ("inconsistent-title", "outdated titles"),
}
"""What is planted: the rule that must find it, and its name."""
SEED = 1


class Bench(NamedTuple):
    """What is measured on."""

    data: Path
    scratch: Path
    articles: int
    beside: int
    """Articles for one worker, and for the two that it is compared with."""
    small: int
    """Articles of the archive whose memory the large one's is compared with."""
    spark: int
    kills: int
    poison: int


class Audit(NamedTuple):
    """An audit that has been made."""

    cost: Cost
    archive: Path
    out: Path


@cache
def archive(bench: Bench, articles: int) -> Path:
    """The folder of an archive with so many articles; one that is kept there is used again."""
    folder = bench.scratch / f"archive-{articles}"
    if not (folder / "planted.json").exists():
        archive_corpus.make(articles, folder, SEED, "folder", bench.data)
    return folder


@cache
def audited(bench: Bench, articles: int, jobs: int = 2) -> Audit:
    """An audit of that archive with these workers."""
    folder = archive(bench, articles)
    out = folder / f"out-{jobs}"
    arguments = ("articles", "--isolated", "--jobs", str(jobs), "--out", str(out), "--overwrite")
    cost = run(Command((_newslint("audit", *arguments, "--quiet"),), folder, (0, 2)), pss=True)
    return Audit(cost, folder, out)


def _newslint(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "newslint", *arguments)


@cache
def checked(bench: Bench, articles: int) -> Cost:
    """What `check` costs on the same archive, with two workers."""
    call = _newslint("check", "articles", "--isolated", "--no-cache", "--jobs", "2")
    return run(Command((call,), archive(bench, articles), (0, 1)))


def rate(bench: Bench) -> Iterator[Row]:
    """How fast two workers are beside one, and beside `check`."""
    count = bench.beside
    two, one = audited(bench, count).cost, audited(bench, count, 1).cost
    ratio = one.wall / two.wall
    yield Row(
        f"rate of two workers : one, {count:,} articles", "≥ 1.7",
        f"{ratio:.2f} ({_rates(count, two, one)})", ratio >= 1.7,
    )  # fmt: skip
    count = bench.articles
    two, check = audited(bench, count).cost, checked(bench, count)
    share = check.wall / two.wall
    yield Row(
        f"rate : that of `check`, two workers each, {count:,} articles", "≥ 85 %",
        f"{share:.0%} ({_rates(count, two, check)})", share >= 0.85,
    )  # fmt: skip


def _rates(count: int, ours: Cost, other: Cost) -> str:
    """What both make of an archive."""
    rates = " : ".join(f"{count / cost.wall:,.0f}" for cost in (ours, other))
    cpu = " : ".join(f"{cost.cpu / count * 1000:.2f}" for cost in (ours, other))
    return f"{rates} articles/s; CPU {cpu} ms each"


def memory(bench: Bench) -> Iterator[Row]:
    """How peak memory grows with the archive."""
    small, large = (audited(bench, n).cost.peak for n in (bench.small, bench.articles))
    growth = large / small - 1
    yield Row(
        f"peak memory (PSS) of all, {bench.small:,} and {bench.articles:,} articles: growth",
        "< 10 %", f"{growth:+.1%} ({small / 2**20:,.0f} and {large / 2**20:,.0f} MB)", growth < 0.1,
    )  # fmt: skip


def planted(bench: Bench) -> Iterator[Row]:
    """Whether what was planted is found, each time at all places."""
    done = audited(bench, bench.articles)
    flagged: dict[str, set[str]] = {}
    for rule, locator in _query(done.out, "rule, locator FROM '{}/findings.parquet' WHERE across"):
        flagged.setdefault(rule, set()).add(locator)
    expected = json.loads((done.archive / "planted.json").read_text(encoding="utf-8"))
    for kind, groups in expected.items():
        rule, what = RULES[kind]
        found = sum(flagged.get(rule, set()).issuperset(group) for group in groups)
        yield Row(
            f"planted in {bench.articles:,} articles: {len(groups):,} {what}, found", "≥ 99 %",
            f"{found / max(len(groups), 1):.1%}", found >= 0.99 * len(groups),
        )  # fmt: skip
        _show(kind, [group for group in groups if not flagged.get(rule, set()).issuperset(group)])


def _show(kind: str, missed: list[list[str]]) -> None:
    for group in missed[:20]:
        print(f"missed: {kind}: {', '.join(group)}", file=sys.stderr)


def gov_pairs(bench: Bench) -> Iterator[Row]:
    """Which of the pairs of real articles that are labelled are in one cluster."""
    out = bench.scratch / "out-pairs"
    arguments = ("repos", "--isolated", "--out", str(out), "--overwrite", "--quiet", "--no-report")
    run(Command((_newslint("audit", *arguments),), bench.data, (0, 2)))
    clusters: dict[str, set[str]] = {}
    copies = "cluster, locator FROM '{}/clusters.parquet' WHERE kind = 'copy'"
    for cluster, locator in _query(out, copies):
        clusters.setdefault(locator, set()).add(cluster)
    alike: list[bool] = []
    apart: list[bool] = []
    for line in (bench.data / "near_duplicates" / "gov_pairs.jsonl").open(encoding="utf-8"):
        pair = json.loads(line)
        one, other = (f"repos/{pair[key].removeprefix('md_')}" for key in "ab")
        together = not clusters.get(one, set()).isdisjoint(clusters.get(other, set()))
        if pair["jaccard5"] >= 0.8:
            alike.append(together)
        elif pair["jaccard5"] < 0.5:
            apart.append(together)
    found = sum(alike) / len(alike)
    yield Row(
        f"`gov_pairs`: {len(alike)} pairs with Jaccard 0.8 and more, in one cluster", "≥ 95 %",
        f"{found:.1%}", found >= 0.95,
    )  # fmt: skip
    yield Row(
        f"`gov_pairs`: {len(apart)} pairs under 0.5, in one cluster", "0",
        str(sum(apart)), not any(apart),
    )  # fmt: skip


def _query(out: Path, query: str) -> list[tuple[Any, ...]]:
    import duckdb

    place = str(out).replace("'", "''")
    return duckdb.connect().execute(f"SELECT {query.format(place)}").fetchall()


def kills(bench: Bench) -> Iterator[Row]:
    """Whether a killed audit goes on to the same end."""
    held = _program("audit_kills", "--articles", str(bench.kills))
    yield Row(
        f"`kill -9` at ten moments, then `--resume`, {bench.kills:,} articles",
        "same files, one shard each", _as_told(held), held,
    )  # fmt: skip


def poison(bench: Bench) -> Iterator[Row]:
    """Whether a poisoned article costs itself alone."""
    held = _program("audit_poison", "--articles", str(bench.poison))
    yield Row(
        f"one poisoned article in {bench.poison:,}", "the others linted, one error row",
        _as_told(held), held,
    )  # fmt: skip


def spark(bench: Bench) -> Iterator[Row]:
    """Whether Spark says the same."""
    held = _program("audit_spark", "--articles", str(bench.spark))
    yield Row(
        f"Spark against processes, {bench.spark:,} articles", "identical rows",
        _as_told(held), held,
    )  # fmt: skip


def _program(name: str, *arguments: str) -> bool:
    """Run a measure that prints a table of its own, and tell whether all in it held."""
    sys.stdout.flush()
    program = str(Path(__file__).with_name(f"{name}.py"))
    return subprocess.run((sys.executable, program, *arguments), check=False).returncode == 0


def _as_told(held: bool) -> str:
    return "held, as the table above tells" if held else "not held, as the table above tells"


def page(bench: Bench) -> Iterator[Row]:
    """How the report opens."""
    import audit_page

    report = audited(bench, bench.articles).out / "report.html"
    opened = audit_page.opened(report)
    seconds, of = opened["seconds to open"], f"`report.html`, {bench.articles:,} articles"
    size = f"{report.stat().st_size / 1e6:.1f} MB"
    yield Row(f"{of}: opens in, Chromium", "< 3 s", f"{seconds:.2f} s ({size})", seconds < 3)
    for name in ("requests", "complaints"):
        yield Row(f"{of}: {name}", "0", f"{opened[name]:.0f}", not opened[name])


ROWS = {
    "rate": rate, "memory": memory, "kills": kills, "gov_pairs": gov_pairs, "planted": planted,
    "spark": spark, "poison": poison, "page": page,
}  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """1 where something is out of reach, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", metavar="ROWS", help=f"some of: {', '.join(ROWS)}")
    parser.add_argument("--articles", type=int, default=100_000, metavar="N")
    parser.add_argument("--beside", type=int, default=25_000, metavar="N", help="for one worker")
    parser.add_argument("--small", type=int, default=10_000, metavar="N", help="for memory")
    parser.add_argument("--spark", type=int, default=5_000, metavar="N")
    parser.add_argument("--kills", type=int, default=10_000, metavar="N")
    parser.add_argument("--poison", type=int, default=10_000, metavar="N")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep archives and audits there")
    options = parser.parse_args(arguments)
    names = options.only.split(",") if options.only else list(ROWS)
    if unknown := set(names) - set(ROWS):
        parser.error(f"no such rows: {', '.join(sorted(unknown))}")
    folder = data()
    if folder is None:
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        place = (options.keep or Path(scratch)).resolve()
        place.mkdir(parents=True, exist_ok=True)
        bench = Bench(
            folder, place, options.articles, min(options.beside, options.articles), options.small,
            options.spark, options.kills, options.poison,
        )  # fmt: skip
        rows = [row for name in names for row in ROWS[name](bench)]
    print("### An archive\n")
    table(
        ("measure", "reach", "figure", "held"),
        [(r.measure, r.reach, r.figure, "yes" if r.held else "**no**") for r in rows],
    )
    return int(not all(row.held for row in rows))


if __name__ == "__main__":
    sys.exit(main())
