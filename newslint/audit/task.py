"""What a worker is to do: plain data, which processes and Spark send to where the work is done."""

from __future__ import annotations

from functools import partial

import pyarrow as pa
from msgspec import Struct

from newslint import __version__, config, engines, persisted
from newslint.audit.about import Given, folders_of
from newslint.audit.child import Lint
from newslint.audit.lint import Tick, lint_batch
from newslint.audit.trial import versions
from newslint.audit.trial.versions import Version
from newslint.checker import Checker
from newslint.config import Request, Settings


class Task(Struct, frozen=True):
    """The config of an audit as its workers settle it, and how long one article may take."""

    request: Request
    seconds: float
    server: engines.Running | None = None
    """The LanguageTool server that all workers ask, if there is one."""
    remembering: bool = False
    """Whether newslint's own files are kept between runs, as the command line does."""
    trial: Version | None = None
    """The only rule, where one is on trial."""
    sources: tuple[str, ...] = ()
    """As they were given."""

    def settings(self) -> Settings:
        """The config as it holds. Raises `NewslintError`."""
        if self.trial:
            return versions.settled(self.request, self.trial)
        return config.settle(self.request)

    def start(self) -> Lint:
        """What lints batches; called once in each worker. Raises `NewslintError`."""
        if self.remembering:
            persisted.switch_on(__version__)
        if self.server:
            engines.share(self.server)
        checker = Checker(self.settings(), comparing=True)
        return partial(_lint, checker, folders_of(self.sources))


def _lint(checker: Checker, given: Given, batch: pa.RecordBatch, tick: Tick) -> pa.RecordBatch:
    return lint_batch(batch, checker, tick, given)
