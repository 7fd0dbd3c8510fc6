"""What a worker is to do: plain data, which processes and Spark send to where the work is done."""

from __future__ import annotations

from functools import partial

import pyarrow as pa
from msgspec import Struct

from newslint import config
from newslint.audit.guard import Lint
from newslint.audit.lint import Tick, lint_batch
from newslint.checker import Checker
from newslint.config import Request


class Task(Struct, frozen=True):
    """The config of an audit as its workers settle it, and how long one article may take."""

    request: Request
    seconds: float = 30.0

    def start(self) -> Lint:
        """What lints batches; called once in each worker."""
        checker = Checker(config.settle(self.request), comparing=True)
        return partial(_lint, checker)


def _lint(checker: Checker, batch: pa.RecordBatch, tick: Tick) -> pa.RecordBatch:
    return lint_batch(batch, checker, tick)
