"""Kill an audit with `kill -9` at random moments, carry it on, and compare what it leaves.

`python benchmarks/audit_kills.py [--articles N] [--kills N] [--seed N] [--jobs N]`; needs
`NEWSLINT_DATA`. An undisturbed audit comes first. The moments are spread over the whole run: most
of them over the linting, the last ones over comparing, writing and reporting. Whatever was begun
must be gone after a kill, and no kill may cost more than one shard.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from common import data, markdown_files, table
from copies import varied_copies

from newslint.audit.processes import SHARD
from newslint.audit.progress import PHASES
from newslint.files import AUDIT

PASSING = ("progress.json", "lock", AUDIT)
"""What says how a run went, and when."""


LATER = ("comparing", "comparing", "writing", "reporting")
"""The phases in which the last kills fall."""
LOOK = 0.01
"""Seconds between two looks at how far a run is."""


class Moment(NamedTuple):
    """When a run is to be killed: so many seconds after it has come so far."""

    phase: str
    articles: int
    seconds: float


class Killed(NamedTuple):
    """One run that was killed."""

    after: float
    """Seconds."""
    phase: str
    before: int
    """Articles in whole parts when it began."""
    done: int
    """Articles that it had linted when it was killed, those of earlier runs among them."""
    kept: int
    """Articles in whole parts after it."""
    left: int
    """Processes that outlived it."""

    @property
    def redone(self) -> int:
        """Articles whose work is lost."""
        return max(self.done - self.kept, 0)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=6)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    labelled = data()
    if labelled is None:
        return 0
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        varied_copies(home / "archive", markdown_files(labelled / "repos"), asked.articles)
        return _measured(home, asked)


def _measured(home: Path, asked: argparse.Namespace) -> int:
    began = time.monotonic()
    (home / "whole").mkdir()
    (home / "torn").mkdir()
    _run(home / "whole", asked.jobs).wait()
    seconds = time.monotonic() - began
    kills = [
        _killed(home / "torn", asked.jobs, moment)
        for moment in _moments(random.Random(asked.seed), asked.articles, asked.kills)
    ]
    code = _run(home / "torn", asked.jobs).wait()
    same = _files(home / "torn/out") == _files(home / "whole/out")
    _print(kills, seconds, same)
    most = max(kill.redone for kill in kills)
    good = same and code == 0 and most <= SHARD and not any(kill.left for kill in kills)
    return 0 if good else 1


def _moments(chance: random.Random, articles: int, kills: int) -> list[Moment]:
    """In the order of the run."""
    later = LATER[: max(kills - 1, 0)]
    numbers = sorted(chance.randrange(articles) for _ in range(kills - len(later)))
    linting = [Moment("linting", number, chance.uniform(0, 2)) for number in numbers]
    return linting + [Moment(phase, 0, chance.uniform(0, 0.3)) for phase in later]


def _print(kills: list[Killed], seconds: float, same: bool) -> None:
    print(f"undisturbed: {seconds:.0f} s; {len(kills)} kills\n")
    heads = ("after (s)", "phase", "parts before", "linted", "parts kept", "redone", "left running")
    table(heads, [
        (f"{k.after:.1f}", k.phase, k.before, k.done, k.kept, k.redone, k.left) for k in kills
    ])  # fmt: skip
    print(f"final files identical: {'yes' if same else 'NO'}")


def _run(home: Path, jobs: int) -> subprocess.Popen[bytes]:
    call = [sys.executable, "-m", "newslint", "audit", "../archive", "--out", "out", "--resume"]
    return subprocess.Popen(
        [*call, "--jobs", str(jobs)], cwd=home, stdout=subprocess.DEVNULL, start_new_session=True
    )


def _killed(home: Path, jobs: int, moment: Moment) -> Killed:
    before = _articles_in_parts(home / "out")
    began = time.monotonic()
    run = _run(home, jobs)
    while run.poll() is None and not _reached(moment, *_progress(home / "out", run.pid)):
        time.sleep(LOOK)
    time.sleep(moment.seconds)
    after = time.monotonic() - began
    run.send_signal(signal.SIGKILL)
    run.wait()
    phase, done = _progress(home / "out", run.pid)
    time.sleep(1.0)  # what was begun sees that the run is gone
    return Killed(after, phase, before, done, _articles_in_parts(home / "out"), _left_of(run.pid))


def _reached(moment: Moment, phase: str, articles: int) -> bool:
    """Whether a run is there, or beyond."""
    at, wanted = PHASES.index(phase), PHASES.index(moment.phase)
    return at > wanted or (at == wanted and articles >= moment.articles)


def _progress(folder: Path, process: int) -> tuple[str, int]:
    try:
        state = json.loads((folder / "progress.json").read_bytes())
    except FileNotFoundError:
        return PHASES[0], 0
    return (state["phase"], state["articles"]) if state["pid"] == process else (PHASES[0], 0)


def _articles_in_parts(folder: Path) -> int:
    import pyarrow.parquet as pq

    if (folder / AUDIT).exists() and (known := json.loads((folder / AUDIT).read_bytes()))["done"]:
        return int(known["articles"])
    parts = (folder / "parts").glob("*.parquet")
    return sum(pq.read_metadata(part).num_rows for part in parts)


def _left_of(session: int) -> int:
    """Processes of the session that still run."""
    left = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, its_session, *_ = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        left += int(its_session) == session and state != "Z"
    return left


def _files(folder: Path) -> dict[str, bytes]:
    kept = (path for path in folder.iterdir() if path.is_file() and path.name not in PASSING)
    return {path.name: path.read_bytes() for path in kept}


if __name__ == "__main__":
    sys.exit(main())
