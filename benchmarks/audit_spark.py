"""Does Spark say the same as this machine? `python benchmarks/audit_spark.py [--articles 5000]`.

Real articles with changed words and planted defects, in a folder, JSONL (plain and gzip), Parquet
and WARC, are audited by processes, by Spark `local[2,4]` and by Spark `local-cluster[2,1,1024]`,
whose executors are processes of their own. Dumps are split into pieces of `--piece` bytes, far
smaller than they would be, so that many executors read one file; and on the cluster comparisons are
made as they are in an archive that no memory holds. Every table must have the same rows.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

import pyarrow as pa
import pyarrow.parquet as pq
from archive_corpus import Maker, Plants, Story
from archive_words import corpus, invented
from common import Cell, data, table

MASTERS = ("local[2,4]", "local-cluster[2,1,1024]")
TABLES = ("articles", "findings", "facts", "clusters")
SHARES = {"folder": 0.3, "plain.jsonl": 0.25, "packed.jsonl.gz": 0.1, "rows.parquet": 0.25}
"""Of the articles; the rest are pages of a web archive."""
_RUN = """
import sys
from newslint.audit.spark import engine, listing
from newslint.cli import main
listing.LARGE = int(sys.argv[1])
if "--master" in sys.argv and sys.argv[sys.argv.index("--master") + 1].startswith("local-cluster"):
    engine.FEW = 0
sys.exit(main(sys.argv[2:]))
"""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--piece", type=int, default=400_000)
    parser.add_argument("--masters", nargs="*", default=MASTERS)
    parser.add_argument("--keep", metavar="DIR", help="leave corpus and tables there")
    options = parser.parse_args(arguments)
    folder = data()
    if folder is None:
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(options.keep or scratch).resolve()
        (root / "in").mkdir(parents=True, exist_ok=True)
        _corpus(folder, root / "in", options.articles)
        return 0 if _compared(root, options.masters, options.piece) else 1


def _compared(root: Path, masters: Sequence[str], piece: int) -> bool:
    lines: list[list[Cell]] = []
    lines.append(["processes", _audited(root, "here", piece), *_counts(root / "here"), ""])
    same = True
    for number, master in enumerate(masters):
        out = f"spark-{number}"
        seconds = _audited(root, out, piece, "--engine", "spark", "--master", master)
        differing = [name for name in TABLES if _differ(root / "here", root / out, name)]
        same &= not differing
        told = f"other {', '.join(differing)}" if differing else "the same rows"
        lines.append([master, seconds, *_counts(root / out), told])
    table(["", "seconds", *TABLES, "beside processes"], lines)
    kinds = Counter(pq.read_table(root / "here" / "clusters.parquet")["kind"].to_pylist())
    print("\nRows of clusters:", ", ".join(f"{kinds[kind]:,} {kind}" for kind in sorted(kinds)))
    return same


def _audited(root: Path, name: str, piece: int, *more: str) -> str:
    """Audit the corpus from another folder than the config's, and tell how long it took."""
    settings = f"--conf spark.sql.files.maxPartitionBytes={piece} pyspark-shell"
    environment = {**os.environ, "PYSPARK_SUBMIT_ARGS": settings}
    sources = sorted(path.name for path in (root / "in").iterdir() if path.suffix != ".yml")
    command = [sys.executable, "-c", _RUN, str(piece), "audit", *sources, "--out", f"../{name}"]
    begun = perf_counter()
    done = subprocess.run(
        [*command, "--overwrite", "--no-report", "--quiet", *more],
        cwd=root / "in", env=environment, check=False,
    )  # fmt: skip
    if done.returncode not in (0, 2):
        raise SystemExit(f"{name}: exit code {done.returncode}")
    return f"{perf_counter() - begun:.0f}"


def _counts(folder: Path) -> list[Cell]:
    return [pq.read_metadata(folder / f"{name}.parquet").num_rows for name in TABLES]


def _differ(one: Path, other: Path, name: str) -> bool:
    """Whether the sorted rows of a table differ; the first difference is shown."""
    ours, theirs = (_rows(folder / f"{name}.parquet") for folder in (one, other))
    if ours == theirs:
        return False
    only = [sorted(set(a) - set(b))[:2] for a, b in ((ours, theirs), (theirs, ours))]
    print(f"{name}: {only}"[:2000])
    return True


def _rows(path: Path) -> list[str]:
    found: pa.Table = pq.read_table(path)
    return sorted(repr(tuple(row.values())) for row in found.to_pylist())


def _corpus(folder: Path, target: Path, count: int) -> None:
    pieces = list(_stories(folder, count))
    at = 0
    for name, share in SHARES.items():
        taken, at = pieces[at : at + int(share * count)], at + int(share * count)
        _WRITERS[name](target / name, taken)
    _web_archive(target / "crawl.warc.gz", pieces[at:])


def _stories(folder: Path, count: int) -> Iterator[Story]:
    """Stories in which headlines, copies, titles, names and quotations are planted."""
    plants = Plants(Maker(corpus(folder / "repos"), count, 6))
    plants.headlines(count // 20)
    plants.near_copies(count // 40)
    plants.titles(count // 100)
    places = invented(random.Random("places"), count)
    for story in plants.stories():
        if story.number % 10 < 2:  # two that differ in one letter, and in one word
            other, place = story.number % 10, places[story.number // 10]
            name, never = f"{place}{'k' * other}ko", ("never", "not")[other]
            story.body += (
                f"\n\nCaptain Olena {name} left port at dawn. {name} called twice that day, and"
                f" {name} was heard once more at noon.\n\n"
                f"“The harbour of {place} shall {never} be closed to the fishing boats of this"
                f" coast,” said Mara Lindqvist.\n"
            )
        yield story


def _folder(target: Path, pieces: Sequence[Story]) -> None:
    for piece in pieces:
        path = target / piece.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(piece.markdown(), "utf-8")


def _jsonl(target: Path, pieces: Sequence[Story]) -> None:
    lines = (json.dumps(piece.row(), ensure_ascii=False) + "\n" for piece in pieces)
    data = "".join(lines).encode() + b'{"headline": "torn", "body": \n\n'
    target.write_bytes(gzip.compress(data) if target.suffix == ".gz" else data)


def _parquet(target: Path, pieces: Sequence[Story]) -> None:
    rows = pa.Table.from_pylist([piece.row() for piece in pieces])
    pq.write_table(rows, target, row_group_size=100)


def _web_archive(target: Path, pieces: Sequence[Story]) -> None:
    with target.open("wb") as file:
        for piece in pieces:
            body = piece.body
            paragraphs = "".join(f"<p>{html.escape(part)}</p>\n" for part in body.split("\n\n"))
            page = f"<html><head><title>{html.escape(piece.headline)}</title></head><body><article>"
            page += f"<h1>{html.escape(piece.headline)}</h1>{paragraphs}</article></body></html>"
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            answer += page.encode()
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\n"
                f"WARC-Target-URI: https://tribune.example/{piece.number}\r\n"
                f"WARC-Date: {piece.day}T08:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{piece.number:012}>\r\n"
                "Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(answer)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + answer + b"\r\n\r\n"))


_WRITERS = {
    "folder": _folder, "plain.jsonl": _jsonl, "packed.jsonl.gz": _jsonl, "rows.parquet": _parquet,
}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
