"""The executor of a Spark cluster: wave by wave, each a job that reads, lints and writes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from newslint.audit.fields import Fields
from newslint.audit.linted import LINTED
from newslint.audit.processes import Step
from newslint.audit.sources.settling import Tell
from newslint.audit.spark import executing, listing, reading
from newslint.audit.spark.cluster import Cluster, is_remote
from newslint.audit.spark.listing import Wave
from newslint.audit.spark.places import Files, literal
from newslint.audit.spark.session import brief, check_executors, session
from newslint.audit.spark.shipped import shipped
from newslint.audit.spark.sql import Spark, spark_schema
from newslint.audit.store import PARTS, SCRATCH
from newslint.audit.task import Task
from newslint.config import Settings
from newslint.errors import Error, NewslintError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

LOG = "spark.log"
"""What Spark says where it runs, in the folder of the audit."""
WAVE = 64_000_000
"""Bytes of input that each core of the cluster has in a wave, about."""
FEW = 4_000_000
"""Bytes of parts below which comparisons are held in memory: unpacked they take many times as much,
and Java has 1 GB where nobody says otherwise."""
PIECES = 4
"""Pieces of a wave for each core, so that all are done at about one time."""


@contextmanager
def begun(cluster: Cluster, folder: Path) -> Iterator[Engine]:
    """An engine for an audit in a folder of this machine. Raises `NewslintError`."""
    log = folder / LOG
    with session(cluster.master, log) as running:
        check_executors(running)
        made = Engine(running, _reached(cluster.parts or str(folder)))
        yield made
        if cluster.parts:  # what lies in the folder of the audit goes when it is finished
            made.tidy()
    log.unlink(missing_ok=True)  # of use where something went wrong


class Engine:
    """Lints by the executors of a session, and keeps parts in a folder that they reach."""

    def __init__(self, running: SparkSession, folder: str) -> None:
        """`folder` is a URL."""
        self._session = running
        self._files = Files(running)
        self._folder = folder.rstrip("/")
        self._cores = max(running.sparkContext.defaultParallelism, 1)
        self._waves: list[str] = []

    def run(
        self, paths: Sequence[str], settings: Settings, task: Task, fields: Fields, tell: Tell
    ) -> Iterator[Step]:
        """Lint all sources into parts, wave by wave. Raises `NewslintError`."""
        sent = shipped(self._bare(task), settings)
        found = listing.items(paths, settings, self._files, tell)
        for wave in listing.waves(found, WAVE * self._cores):
            place = f"{self._folder}/{PARTS}/{wave.name}"
            self._waves.append(place)
            before = self._files.exists(f"{place}/_SUCCESS")
            if not before:
                self._write(wave, place, partial(executing.lint, sent), fields)
            yield self._counted(place, not before)

    def _bare(self, task: Task) -> Task:
        """Without what is of this machine only, where the executors are elsewhere."""
        local = str(self._session.sparkContext.master).startswith("local")
        return task if local else replace(task, server=None, remembering=False)

    def _write(self, wave: Wave, place: str, lint: Any, fields: Fields) -> None:
        try:
            self._linted(reading.records(self._session, wave, fields), lint, place)
        except Exception as failure:
            if wave.kind in listing.SPLIT.values():
                # What Spark cannot read, newslint's own readers may, or say where it ends.
                self._write(wave.unsplit, place, lint, fields)
            elif isinstance(failure, NewslintError):
                raise
            else:
                message = f"Spark gave up: {brief(failure)}"
                raise NewslintError(Error("", "crash", message)) from None

    def _linted(self, records: DataFrame, lint: Any, place: str) -> None:
        from pyspark.sql import Observation, functions

        spread = records.repartition(self._cores * PIECES)
        linted, here = spread.mapInArrow(lint, spark_schema(LINTED)), Observation()
        counted = linted.observe(here, functions.count(functions.lit(1)).alias("articles"))
        counted.write.mode("overwrite").parquet(place)
        if (there := self._counted(place).articles) != here.get["articles"]:
            message = (
                f"the executors wrote {here.get['articles']:,} articles to {place}, and there are"
                f" {there:,}: name a folder that all of them reach with --parts"
            )
            raise NewslintError(Error(self._folder, "config", message))

    def _counted(self, place: str, linted: bool = True) -> Step:
        """What a wave has come to, counted in what is there."""
        rows = self._session.read.schema(spark_schema(LINTED)).parquet(literal(place))
        query = "count(*) AS articles", "count_if(NOT checked) AS failed"
        articles, failed = rows.selectExpr(*query).collect()[0]
        return Step(articles, failed, linted)

    def sql(self) -> Spark:
        """SQL over the parts of the waves that have been run."""
        few = sum(map(self._files.size, self._waves)) < FEW
        return Spark(self._session, self._waves, f"{self._folder}/{SCRATCH}", few)

    def tidy(self) -> None:
        """Drop what is of no use to an audit that is done."""
        for name in (PARTS, SCRATCH):
            self._files.drop(f"{self._folder}/{name}")


def _reached(folder: str) -> str:
    """The folder as Spark is told it."""
    return folder if is_remote(folder) else f"file:{os.path.abspath(folder)}"
