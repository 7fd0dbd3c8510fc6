"""Does Spark say the same as this machine? `python benchmarks/audit_spark.py [--articles 5000]`.

Real articles with changed words, in a folder, JSONL (plain and gzip), Parquet and WARC, are audited
by processes, by Spark `local[2,4]` and by Spark `local-cluster[2,1,1024]`, whose executors are
processes of their own. Dumps are split into pieces of `--piece` bytes, far smaller than they would
be, so that many executors read one file. Every table must have the same rows.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from common import Cell, data, markdown_files, table

MASTERS = ("local[2,4]", "local-cluster[2,1,1024]")
TABLES = ("articles", "findings", "facts", "clusters")
SHARES = {"folder": 0.3, "plain.jsonl": 0.25, "packed.jsonl.gz": 0.1, "rows.parquet": 0.25}
"""Of the articles; the rest are pages of a web archive."""
_WORD = re.compile(r"\b[a-z]{4,}\b")
_RUN = """
import sys
from newslint.audit.spark import listing
from newslint.cli import main
listing.LARGE = int(sys.argv[1])
sys.exit(main(sys.argv[2:]))
"""


class Piece(NamedTuple):
    """One article of the corpus."""

    number: int
    title: str
    day: str
    text: str


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
    pieces = list(_pieces(folder, count))
    at = 0
    for name, share in SHARES.items():
        taken, at = pieces[at : at + int(share * count)], at + int(share * count)
        _WRITERS[name](target / name, taken)
    _web_archive(target / "crawl.warc.gz", pieces[at:])


def _pieces(folder: Path, count: int) -> Iterator[Piece]:
    """Articles with a few words of others in place of their own, the same in each run."""
    chance = random.Random(6)
    files = markdown_files(folder / "repos")
    texts = [path.read_text("utf-8", "replace") for path in files[:count]]
    words = sorted({word for text in texts[:300] for word in _WORD.findall(text)})
    for number in range(count):
        text = texts[number % len(texts)]
        if number >= len(texts):
            text = _WORD.sub(lambda m: _other(chance, words, m[0]), text)
        title = re.search(r"^title: *['\"]?(.+?)['\"]? *$", text, re.MULTILINE)
        day = f"{2003 + number % 20}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        yield Piece(number, title[1] if title else f"Report {number}", day, text)


def _other(chance: random.Random, words: Sequence[str], word: str) -> str:
    return chance.choice(words) if chance.random() < 0.3 else word


def _folder(target: Path, pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        path = target / f"{piece.day[:4]}" / f"{piece.number:06}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(piece.text, "utf-8")


def _row(piece: Piece) -> dict[str, str]:
    body = piece.text.split("---", 2)[-1]
    return {"headline": piece.title, "date": piece.day, "author": "Ada Lorne", "body": body}


def _jsonl(target: Path, pieces: Sequence[Piece]) -> None:
    lines = (json.dumps(_row(piece), ensure_ascii=False) + "\n" for piece in pieces)
    data = "".join(lines).encode() + b'{"headline": "torn", "body": \n\n'
    target.write_bytes(gzip.compress(data) if target.suffix == ".gz" else data)


def _parquet(target: Path, pieces: Sequence[Piece]) -> None:
    rows = pa.Table.from_pylist([_row(piece) for piece in pieces])
    pq.write_table(rows, target, row_group_size=100)


def _web_archive(target: Path, pieces: Sequence[Piece]) -> None:
    with target.open("wb") as file:
        for piece in pieces:
            body = piece.text.split("---", 2)[-1]
            paragraphs = "".join(f"<p>{html.escape(part)}</p>\n" for part in body.split("\n\n"))
            page = f"<html><head><title>{html.escape(piece.title)}</title></head><body><article>"
            page += f"<h1>{html.escape(piece.title)}</h1>{paragraphs}</article></body></html>"
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
