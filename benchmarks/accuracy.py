"""How right newslint is: `python benchmarks/accuracy.py [--half tune] [--only FIELD]`.

Prints one table of measures on the labelled data (`NEWSLINT_DATA`). The training files are split
once more: rules were tuned on one half of the articles and the figures are those of the other.
"""

from __future__ import annotations

import argparse
from importlib import import_module

from common import Row, data, table

FIELDS = (
    "attribution", "claims", "promotion", "duplicates", "people", "names", "figures", "dates",
    "readability", "spelling", "overall",
)  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("quote", "tune", "all"), default="quote")
    parser.add_argument("--only", choices=FIELDS)
    options = parser.parse_args(arguments)
    folder = data()
    if folder is None:
        return 0
    rows: list[Row] = []
    for field in (options.only,) if options.only else FIELDS:
        rows += import_module(f"measures.{field}").rows(folder, options.half)
    print(f"### Accuracy (half of the data: {options.half})\n")
    table(
        ("measure", "reach", "figure", "held"),
        [(r.measure, r.reach, r.figure, "yes" if r.held else "**no**") for r in rows],
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
