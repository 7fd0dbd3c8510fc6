"""What newslint costs around Harper: `python benchmarks/engine_overhead.py [--sample N]`.

Checks the articles of `repos/18f` (`NEWSLINT_DATA`) with all rules of the stylebook `grammar`, one
process, no cache, and compares the CPU time of the whole command with (a) that of Harper's own
calls within it and (b) a bare script: the same texts from one file to one linter with the same
rules. Exits 1 where newslint adds more than a fifth to (a).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any, ClassVar

from common import data, markdown_files, rules, table

MOST = 0.20
"""Of Harper's own time, newslint's share around it."""
CHILD = "--child"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, help="so many articles, evenly spread")
    options = parser.parse_args(arguments)
    folder = data()
    if folder is None:
        return 0
    paths = [str(path) for path in markdown_files(folder / "repos" / "18f", options.sample)]
    with tempfile.TemporaryDirectory() as place:
        texts = Path(place) / "texts.json"
        names = [one.rule.id for one in rules(["grammar"]) if one.rule.kind == "grammar"]
        within = _child("command", json.dumps(paths), ",".join(names), str(texts))
        bare = _child("bare", str(texts))
    inside, around = within["harper"], within["whole"] - within["harper"]
    print(f"### Around Harper, over {len(paths)} articles of `repos/18f`\n")
    table(("CPU seconds", "whole", "in Harper", "around it", "overhead"), [
        ("newslint check", *_cells(within["whole"], inside)),
        ("a bare script with the same texts", *_cells(bare["whole"], bare["harper"])),
        ("newslint check : bare script", f"{within['whole'] / bare['whole']:.2f}", "", "", ""),
    ])  # fmt: skip
    return int(around > MOST * inside)


def _cells(whole: float, inside: float) -> tuple[str, ...]:
    around = whole - inside
    return f"{whole:.1f}", f"{inside:.1f}", f"{around:.2f}", f"{around / inside:.1%}"


def _child(*arguments: str) -> dict[str, float]:
    """What a process of its own says of its time."""
    call = [sys.executable, __file__, CHILD, *arguments]
    ran = subprocess.run(call, stdout=subprocess.PIPE, check=True, text=True)
    said: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return said


class Timed:
    """A linter of Harper's, with a watch on its calls."""

    spent = 0.0
    texts: ClassVar[list[str]] = []
    wanted: ClassVar[set[str]] = set()

    def __init__(self, make: Callable[..., Any], arguments: tuple[object, ...]) -> None:
        self._linter = Timed.watched(make, *arguments)

    def __getattr__(self, name: str) -> Any:
        return partial(Timed.watched, getattr(self._linter, name))

    def set_lint_config(self, config: dict[str, bool]) -> None:
        Timed.wanted.update(name for name, on in config.items() if on)
        Timed.watched(self._linter.set_lint_config, config)

    def organized_lints(self, text: str, **options: Any) -> Any:
        Timed.texts.append(text)
        return Timed.watched(self._linter.organized_lints, text, **options)

    @staticmethod
    def watched(call: Callable[..., Any], *arguments: object, **options: object) -> Any:
        begin = process_time()
        try:
            return call(*arguments, **options)
        finally:
            Timed.spent += process_time() - begin


def _command(paths: str, rules: str, texts: str) -> None:
    """`newslint check` with a watch on the calls of Harper."""
    import harper

    from newslint.cli import main as newslint  # only once the clock runs

    make = harper.Linter
    harper.Linter = lambda *arguments: Timed(make, arguments)
    flags = [
        "--engine",
        "harper",
        "--isolated",
        "--select",
        rules,
        "--no-cache",
        "--no-corpus",
        "--jobs",
        "1",
    ]
    newslint(["check", *json.loads(paths), *flags, "--exit-zero", "--format", "jsonl"])
    whole = process_time()
    Path(texts).write_text(json.dumps([sorted(Timed.wanted), Timed.texts]))
    print(json.dumps({"whole": whole, "harper": Timed.spent}))


def _bare(texts: str) -> None:
    """What anybody would write who has the texts already."""
    import harper

    wanted, portions = json.loads(Path(texts).read_text())
    begin = process_time()
    linter = harper.Linter(harper.Dialect.AMERICAN)
    linter.set_lint_config({name: name in wanted for name in linter.get_default_lint_config()})
    for text in portions:
        linter.organized_lints(text, language="plaintext", dedup=False)
    now = process_time()
    print(json.dumps({"whole": now, "harper": now - begin}))


if __name__ == "__main__":
    if sys.argv[1:2] == [CHILD]:
        {"command": _command, "bare": _bare}[sys.argv[2]](*sys.argv[3:])
    else:
        raise SystemExit(main())
