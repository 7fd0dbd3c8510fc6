"""The page of an audit of 100,000 articles: how long it takes to make and to open, and its size.

    python benchmarks/audit_page.py DIR

DIR is a finished audit of any size. Its rows are multiplied, under other names, over other years,
until there are enough articles, and the report of these tables is opened in headless Chromium,
which is told apart: requests, complaints of the script, and the time until the page is laid out.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import duckdb

from newslint.audit import report

ARTICLES, OPENINGS = 100_000, 5
TABLES = ("articles", "findings", "clusters")
NEW = {
    "source": "concat('copy', n, '/', source)",
    "locator": "concat('copy', n, '/', locator)",
    "published": "CAST(CAST(published AS DATE) - to_days(CAST(23 * n AS INT)) AS DATE)::VARCHAR",
    "byline": "concat(byline, ' ', n % 9)",
    "cluster": "concat(cluster, '-', n)",
}
"""What is another value in the copy number `n` of a row."""
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu"]
REACH = {"seconds to open": 3.0, "megabytes": 3.0, "requests": 0, "complaints": 0}


def main() -> int:
    """Print the measures; 1 where one is out of reach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("audit", type=Path, metavar="DIR")
    parser.add_argument("--articles", type=int, default=ARTICLES, metavar="N")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measured(arguments.audit, Path(folder), arguments.articles)
    print("| measure | figure | reach |\n|---|---:|---:|")
    for name, figure in found.items():
        reach = f"≤ {REACH[name]:g}" if name in REACH else ""
        print(f"| {name} | {figure:,.2f} | {reach} |".replace(".00 ", " "))
    return int(any(found[name] > most for name, most in REACH.items()))


def measured(audit: Path, folder: Path, articles: int) -> dict[str, float]:
    """Make the tables and the page, and open it."""
    counts = multiply(audit, folder, articles)
    with ProcessPoolExecutor(1, get_context("spawn")) as alone:
        made, memory = alone.submit(make, folder).result()
    page = folder / report.PAGE
    return {
        **counts,
        "seconds to make": made,
        "peak memory of it, megabytes": memory,
        "megabytes": page.stat().st_size / 1e6,
        **opened(page),
    }


def make(folder: Path) -> tuple[float, float]:
    """Write the report in this process: seconds, and megabytes at most."""
    begun = time.perf_counter()
    report.write(folder)
    made = time.perf_counter() - begun
    # Not of getrusage, which counts what the process was before it became this one.
    told = Path("/proc/self/status").read_text(encoding="utf-8")
    return made, int(told.partition("VmHWM:")[2].split()[0]) / 1024


def multiply(audit: Path, folder: Path, articles: int) -> dict[str, float]:
    """Write the tables of so many articles at least, and tell how many rows they have."""
    connection = duckdb.connect()

    def count(table: Path) -> int:
        return int(connection.sql(f"SELECT count(*) FROM '{table}'").fetchall()[0][0])

    times = -(-articles // max(count(audit / "articles.parquet"), 1))
    for name in TABLES:
        table = audit / f"{name}.parquet"
        columns = {row[0] for row in connection.sql(f"DESCRIBE FROM '{table}'").fetchall()}
        new = ", ".join(f"{NEW[name]} AS {name}" for name in sorted(NEW) if name in columns)
        query = f"SELECT * REPLACE ({new}) FROM '{table}', range({times}) AS copies(n)"
        place = folder / table.name
        connection.execute(f"COPY ({query}) TO '{place}' (FORMAT parquet)")
    for kept in ("rules.json", "newslint-audit.json"):
        shutil.copy(audit / kept, folder / kept)
    return {name: count(folder / f"{name}.parquet") for name in TABLES}


def opened(page: Path) -> dict[str, float]:
    """Open the page a few times, each time as if it had never been seen."""
    from playwright.sync_api import sync_playwright

    seconds, told = [], {"requests": 0.0, "complaints": 0.0}
    with sync_playwright() as driver:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        for _ in range(OPENINGS):
            context = browser.new_context(viewport={"width": 1400, "height": 1000})
            tab = context.new_page()
            tab.on(
                "request", lambda request: _count(told, "requests", request.url != page.as_uri())
            )
            tab.on("console", lambda _: _count(told, "complaints", True))
            tab.on("pageerror", lambda _: _count(told, "complaints", True))
            begun = time.perf_counter()
            tab.goto(page.as_uri())
            tab.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
            seconds.append(time.perf_counter() - begun)
            context.close()
        browser.close()
    return {"seconds to open": statistics.median(seconds), **told}


def _count(told: dict[str, Any], name: str, counts: bool) -> None:
    told[name] += counts


if __name__ == "__main__":
    sys.exit(main())
