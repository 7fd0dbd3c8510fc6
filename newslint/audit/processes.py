"""The executor of one machine: shards in their order, each by all workers together.

A shard is written before the next one begins, so that whoever kills the run loses one at most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import SimpleQueue
from typing import NamedTuple

import pyarrow as pa

from newslint.audit.guard import Guard
from newslint.audit.record import Record, batch_of, cut
from newslint.audit.store import Store
from newslint.audit.task import Task
from newslint.errors import Error, NewslintError

SHARD = 500
"""Articles in a shard, at most."""
SHARD_BYTES = 16_000_000
"""Of copy; a shard whose articles are large has fewer."""
LEAST = 4
"""Articles in the smallest batch that a worker is given, where they are of usual size."""
Rows = Future[pa.RecordBatch]
"""What will come of a batch."""


class Step(NamedTuple):
    """What has been done since the last step."""

    articles: int
    errors: int
    """Of them those that could not be checked."""
    linted: bool
    """In this run, and not in an earlier one that this one carries on."""


def run(records: Iterator[Record], store: Store, task: Task, jobs: int) -> Iterator[Step]:
    """Lint the records shard by shard into parts, and yield what is done batch by batch.

    Raises `NewslintError` where there are none, and where the workers cannot start.
    """
    if found := store.all_found():
        yield Step(*found, False)
        return
    with _workers(task, jobs) as begin:
        shards = cut(records, SHARD, SHARD_BYTES)
        number, shard = 0, next(shards, None)
        while shard:
            if rows := store.found(number, len(shard)):
                yield Step(*rows, False)
                shard = next(shards, None)
            else:
                begun = list(map(begin, _batches(shard, jobs)))
                shard = next(shards, None)  # read while others lint
                done = []
                for future in begun:
                    done.append(future.result())
                    yield _step(done[-1])
                store.write(number, pa.Table.from_batches(done))
            number += 1
        if not number:
            raise NewslintError(Error("", "no-articles", "there is no article in these sources"))
        store.linted(number)


@contextmanager
def _workers(task: Task, jobs: int) -> Iterator[Callable[[pa.RecordBatch], Rows]]:
    """What has a batch linted by the next worker that is idle."""
    guards = [Guard(task.start, task.seconds) for _ in range(jobs)]
    idle: SimpleQueue[Guard] = SimpleQueue()
    for guard in guards:
        idle.put(guard)

    def lint(batch: pa.RecordBatch) -> pa.RecordBatch:
        guard = idle.get()
        try:
            return guard.lint(batch)
        finally:
            idle.put(guard)

    threads = ThreadPoolExecutor(jobs)
    try:
        yield lambda batch: threads.submit(lint, batch)
    finally:
        for guard in guards:
            guard.end()
        threads.shutdown(cancel_futures=True)


def _step(rows: pa.RecordBatch) -> Step:
    return Step(rows.num_rows, rows.num_rows - rows.column("checked").true_count, True)


def _batches(shard: Sequence[Record], jobs: int) -> Iterator[pa.RecordBatch]:
    """Large ones first and small ones last, so that all workers are done at about one time."""
    left = sum(map(_weight, shard))
    least = left * LEAST / len(shard)
    batch, size = list[Record](), 0
    for record in shard:
        batch.append(record)
        size += _weight(record)
        if size >= max(left / (2 * jobs), least):
            yield batch_of(batch)
            left -= size
            batch, size = [], 0
    if batch:
        yield batch_of(batch)


def _weight(record: Record) -> int:
    """About what it costs to lint a record, beside others."""
    return 500 + len(record.content)
