"""The executor of one machine: shards in their order, each by all workers together.

A shard is written before the next one begins, so that whoever kills the run loses one at most.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from queue import SimpleQueue

import pyarrow as pa

from newslint.audit.guard import Guard
from newslint.audit.record import Record, batch_of
from newslint.audit.store import Store
from newslint.audit.task import Task

LEAST = 4
"""Articles in the smallest batch that a worker is given."""


def run(records: Iterator[Record], store: Store, task: Task, jobs: int) -> Iterator[int]:
    """Lint the records shard by shard into parts; yields how many articles each part has."""
    guards: SimpleQueue[Guard] = SimpleQueue()
    workers = [Guard(task.start, task.seconds) for _ in range(jobs)]
    for guard in workers:
        guards.put(guard)

    def lint(batch: pa.RecordBatch) -> pa.RecordBatch:
        guard = guards.get()
        try:
            return guard.lint(batch)
        finally:
            guards.put(guard)

    try:
        with ThreadPoolExecutor(jobs) as threads:
            number, shard = 0, list(islice(records, store.shard))
            while shard:
                if store.has(number):
                    done, following = len(shard), list(islice(records, store.shard))
                else:
                    begun = [threads.submit(lint, batch) for batch in _batches(shard, jobs)]
                    following = list(islice(records, store.shard))  # read while others lint
                    store.write(number, _rows(begun))
                    done = len(shard)
                yield done
                number, shard = number + 1, following
    finally:
        for guard in workers:
            guard.end()


def _rows(begun: Sequence[Future[pa.RecordBatch]]) -> pa.Table:
    return pa.Table.from_batches([future.result() for future in begun])


def _batches(shard: Sequence[Record], jobs: int) -> Iterator[pa.RecordBatch]:
    """Large ones first and small ones last, so that all workers are done at about one time."""
    at = 0
    while at < len(shard):
        size = max(LEAST, (len(shard) - at) // (2 * jobs))
        yield batch_of(shard[at : at + size])
        at += size
