"""What the benchmarks share: the labelled data, the rules to run, Markdown tables."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from newslint import stylebooks
from newslint.lint import Linter
from newslint.reference import shipped
from newslint.rule import Ready
from newslint.ruleset import sharing
from newslint.stylebooks import make_rule

Cell = str | int | float


class Row(NamedTuple):
    """One line of the table of accuracy."""

    measure: str
    reach: str
    figure: str
    held: bool


def records(path: Path, half: str = "all") -> Iterator[dict[str, Any]]:
    """The records of a JSONL file, those of one half (`tune`, `quote`) or `all`; told by `id`."""
    with path.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            if half in ("all", half_of(str(record["id"]))):
                yield record


def half_of(id: str) -> str:
    """Which half of the data an article belongs to."""
    return ("tune", "quote")[crc32(id.encode()) % 2]


def data() -> Path | None:
    """The folder of labelled data, or None, with a word on it, where there is none."""
    folder = os.environ.get("NEWSLINT_DATA")
    if not folder:
        print("NEWSLINT_DATA is not set: skipped\n")
        return None
    if not Path(folder).is_dir():
        print("NEWSLINT_DATA names no folder: skipped\n")
        return None
    return Path(folder).resolve()


def markdown_files(folder: Path, sample: int | None = None) -> list[Path]:
    """The Markdown files below a folder, sorted; `sample` of them, evenly spread, where given."""
    paths = sorted(folder.rglob("*.md"))
    return paths[:: max(1, len(paths) // sample)][:sample] if sample else paths


def rules(names: Sequence[str], preview: bool = True) -> list[Ready]:
    """The rules of some shipped stylebooks, ready to run."""
    loaded = stylebooks.load(names, Path.cwd())
    for error in loaded.errors:
        raise SystemExit(f"{error.path}: {error.message}")
    ready = [make_rule(loaded, name) for name in sorted(loaded.definitions)]
    wanted = {"stable", "preview"} if preview else {"stable"}
    return [one for one in ready if one.rule.status in wanted]


def linter(names: Sequence[str], preview: bool = True) -> tuple[Linter, dict[str, Ready]]:
    """A linter of some shipped stylebooks, and its rules by id."""
    ready = sharing(rules(names, preview), shipped())
    return Linter(ready), {r.rule.id: r for r in ready}


def table(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Print a Markdown table; all columns but the first are right-aligned."""
    print(f"| {' | '.join(heads)} |")
    print("|---|" + "---:|" * (len(heads) - 1))
    for row in rows:
        print(f"| {' | '.join(map(_shown, row))} |")
    print()


def _shown(cell: Cell) -> str:
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
