"""Peak memory of an audit's processes together, at two sizes of archive.

`python benchmarks/audit_memory.py [--sizes 10000 100000] [--jobs N]`; needs `NEWSLINT_DATA` and
Linux. What counts is PSS: pages that processes share count once.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

from common import data, markdown_files, table
from copies import varied_copies
from measure import proportional, session_of

EVERY = 0.2
"""Seconds between two looks."""
MOST = 1.1
"""How much more the larger archive may take."""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs=2, default=[10_000, 100_000])
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    labelled = data()
    if labelled is None:
        return 0
    rows, peaks = [], []
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        for size in asked.sizes:
            archive = varied_copies(
                home / f"archive{size}", markdown_files(labelled / "repos"), size
            )
            phases = _peaks(home, archive, asked.jobs)
            peaks.append(max(phases.values()))
            rows += [(f"{size:,}", phase, f"{peak >> 20:,}") for phase, peak in phases.items()]
    table(("articles", "phase", "peak PSS of all processes (MB)"), rows)
    print(f"growth: {peaks[1] / peaks[0] - 1:+.1%} (at most {MOST - 1:+.0%})")
    return 0 if peaks[1] <= MOST * peaks[0] else 1


def _peaks(home: Path, archive: Path, jobs: int) -> dict[str, int]:
    """Bytes, by phase of the run."""
    out = home / f"out-{archive.name}"
    run = subprocess.Popen(
        [sys.executable, "-m", "newslint", "audit", archive.name, "--out", out.name,
         "--jobs", str(jobs)],
        cwd=home, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    peaks: dict[str, int] = defaultdict(int)
    while run.poll() is None:
        phase = _phase(out)
        peaks[phase] = max(peaks[phase], sum(map(proportional, session_of(run.pid))))
        time.sleep(EVERY)
    if run.returncode not in (0, 2):
        raise SystemExit(f"newslint audit ended with {run.returncode}")
    return dict(peaks)


def _phase(out: Path) -> str:
    with suppress(OSError, ValueError):
        return str(json.loads((out / "progress.json").read_bytes())["phase"])
    return "starting"


if __name__ == "__main__":
    sys.exit(main())
