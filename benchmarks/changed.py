"""Does a run on what has changed read only that? `python benchmarks/changed.py [--rounds 7]`.

`repos/digitalgov` becomes a git repository, three of its articles are changed in a branch, and
`--changed-since` is compared with a run on these three by name: what is opened, how long it takes.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from common import Cell, data, markdown_files, table

CHANGED = 3
MOST = 2.0
"""How much longer a run may take that finds out by itself what has changed."""
OPENED = re.compile(r'open(?:at)?\(.*?"([^"]*\.md)".*= \d+$')
WHO = ("-c", "user.name=Ada Lorne", "-c", "user.email=ada@tribune.example", "-c", "gc.auto=0")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args(arguments)
    folder = data()
    if folder is None:
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "repo"
        shutil.copytree(folder / "repos" / "digitalgov", root, ignore=_not_git)
        names = _branched(root)
        return 0 if _measured(root, names, options.rounds) else 1


def _not_git(_: str, names: list[str]) -> list[str]:
    return [name for name in names if name == ".git"]


def _branched(root: Path) -> list[str]:
    """Commit everything, then change some articles in a branch."""
    for step in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "All")):
        _git(root, *step)
    _git(root, "switch", "-q", "-c", "desk-work")
    files = markdown_files(root)
    chosen = files[:: len(files) // CHANGED][:CHANGED]
    for path in chosen:
        with path.open("a", encoding="utf-8") as file:
            file.write("\nThey they met on Friday.\n")
    _git(root, "commit", "-q", "-a", "-m", "Three")
    print(f"{len(files):,} articles, {CHANGED} of them changed\n")
    return [path.relative_to(root).as_posix() for path in chosen]


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", *WHO, *arguments], cwd=root, check=True, stdout=subprocess.DEVNULL)


def _measured(root: Path, names: Sequence[str], rounds: int) -> bool:
    since = ["--changed-since", "main"]
    calls = {
        "the three, by name": list(names),
        "--changed-since main": since,
        "--changed-since main --scope file": [*since, "--scope", "file"],
        "--changed-since main --config-from main": [*since, "--config-from", "main"],
        "everything": ["."],
    }
    times: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(rounds + 1):
        for name, arguments in calls.items():
            if name != "everything" or turn <= 1:
                times[name].append(_timed(root, arguments))
    opened = {name: _opened(root, arguments) for name, arguments in calls.items()}
    base = median(times["the three, by name"][1:])
    rows: list[list[Cell]] = []
    for name, taken in times.items():
        middle = median(taken[1:])
        ratio = f"{middle / base:.2f}"
        rows.append([name, len(opened[name]), f"{middle:.3f}", ratio])
    table(["check", "articles opened", "seconds", "× by name"], rows)
    held = set(opened["--changed-since main"]) == set(names)
    quick = median(times["--changed-since main"][1:]) <= MOST * base
    print(f"only the changed articles are opened: {held}; at most {MOST} × the time: {quick}")
    return held and quick


def _command(arguments: Sequence[str]) -> list[str]:
    flags = ["--exit-zero", "--quiet", "--no-cache", "--jobs", "1"]
    return [sys.executable, "-P", "-m", "newslint", "check", *flags, *arguments]


def _timed(root: Path, arguments: Sequence[str]) -> float:
    before = perf_counter()
    subprocess.run(_command(arguments), cwd=root, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - before


def _opened(root: Path, arguments: Sequence[str]) -> list[str]:
    """The articles that newslint and git open: the kernel tells, or Python where strace is not."""
    if shutil.which("strace") is None:
        return _opened_by_python(root, arguments)
    log = root.parent / "opened"
    trace = ["strace", "-f", "-qq", "-e", "trace=open,openat", "-o", str(log)]
    subprocess.run([*trace, *_command(arguments)], cwd=root, check=True, stdout=subprocess.DEVNULL)
    found = map(OPENED.search, log.read_text(errors="replace").splitlines())
    return sorted({os.path.relpath(root / match[1], root) for match in found if match})


def _opened_by_python(root: Path, arguments: Sequence[str]) -> list[str]:
    code = (
        "import sys\nfrom newslint.cli import main\nopened = set()\n"
        "sys.addaudithook(lambda event, args: event == 'open' and opened.add(str(args[0])))\n"
        f"main({_command(arguments)[4:]!r})\n"
        "found = sorted(name for name in opened if name.endswith('.md'))\n"
        "print(*found, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=root, check=True, capture_output=True, text=True
    )
    return [os.path.relpath(root / name, root) for name in done.stderr.split("\n") if name]


if __name__ == "__main__":
    sys.exit(main())
