"""An audit from its sources to its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from newslint import __version__
from newslint.audit import processes, store, tables
from newslint.audit.sources import records
from newslint.audit.sql import Duck
from newslint.audit.task import Task
from newslint.cache.key import premises
from newslint.checker import Checker
from newslint.config import Settings

SHARD = 500
"""Articles."""


def audit(
    paths: Sequence[str], settings: Settings, checker: Checker, folder: Path, jobs: int,
    resume: bool = False, overwrite: bool = False,
) -> Iterator[int]:  # fmt: skip
    """Audit the sources into a folder; yields how many articles are done, again and again."""
    rests_on = premises(settings, checker.asks_engine) or b""
    manifest = store.Manifest(__version__, "", rests_on.hex(), SHARD)
    kept = store.opened(folder, manifest, resume, overwrite)
    done = 0
    for count in processes.run(records(paths, settings), kept, Task(settings.request), jobs):
        done += count
        yield done
    tables.write(Duck(kept.parts, folder / "scratch"), folder)
    kept.finish()
