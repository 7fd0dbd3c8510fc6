"""A task that brings its config along: executors cannot read the files of whoever started it."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from newslint import inputs
from newslint.audit.child import Lint
from newslint.audit.task import Task
from newslint.config import Settings
from newslint.paths import top_of


class Shipped(Struct, frozen=True):
    """A task, and the files that its config consists of."""

    task: Task
    files: tuple[tuple[str, bytes], ...]
    """Absolute paths where the audit was started, and what lies there: the config first, if any."""
    top: str
    """The repository there, out of which no path of the config may lead."""
    configured: bool

    def start(self) -> Lint:
        """What lints batches, as `Task.start`; needs nothing of the machine it comes from."""
        with TemporaryDirectory(prefix="newslint-") as made:
            folder = os.path.realpath(made)
            for name, data in (*self.files, (f"{self.top}/.git/HEAD", b"")):
                path = Path(folder + name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            request = replace(
                self.task.request,
                config=folder + self.files[0][0] if self.configured else None,
                isolated=not self.configured,
                stand_in=(os.sep, folder),
            )
            return replace(self.task, request=request).start()


def shipped(task: Task, settings: Settings) -> Shipped:
    """The task with all files that its settings come from."""
    cwd = os.path.realpath(settings.request.cwd)
    request = replace(task.request, cwd=cwd)
    config = next((path for path in inputs.configs(request) if path.is_file()), None)
    named = [path for path in inputs.of(settings) if path.is_file() and path != config]
    paths = ([config] if config else []) + named
    files = tuple((os.path.abspath(cwd / path), path.read_bytes()) for path in paths)
    top = os.path.abspath(top_of(settings.home))
    return Shipped(replace(task, request=request), files, top, config is not None)
