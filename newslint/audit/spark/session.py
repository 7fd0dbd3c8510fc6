"""A Spark session that is quiet, and whose executors have newslint."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Any

import pyarrow as pa

import newslint
from newslint.errors import Error, NewslintError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA = 17
"""The least version that Spark 4 runs on."""
RECORDS = 256
"""Articles in a batch that a worker is given, at most."""
_NAMED = "--engine spark"
_PACKED = "docs/archives.md says how to send them a packed environment with --archives"

ALWAYS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": str(RECORDS),
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",  # as DuckDB has them
    "spark.sql.files.ignoreCorruptFiles": "false",  # what cannot be read is to be said
    "spark.sql.files.ignoreMissingFiles": "false",
}
SHORT = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java that starts soon: here it has little to do beside Python, and few processors."""
ON_THIS_MACHINE = {
    "spark.driver.extraJavaOptions": SHORT,
    "spark.executor.extraJavaOptions": SHORT,
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "8",  # of a few processors, not of a cluster
}


def error(message: str) -> NewslintError:
    """An error about Spark itself."""
    return NewslintError(Error(_NAMED, "config", message))


@contextmanager
def session(master: str | None, log: Path) -> Iterator[SparkSession]:
    """The session that runs already, else one that ends when this does.

    Without a master, what `spark-submit` or Spark's own config says holds, else all cores of this
    machine. What Spark says meanwhile goes to the file `log`, unless `spark-submit` began it.
    Raises `NewslintError`.
    """
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    with _interruptible():
        begun = _started(master, log)
    try:
        yield begun
    finally:
        with suppress(Exception):  # the Java side may be gone already
            begun.stop()


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C goes on to be what it is: Spark's own handler asks Java first, amid another question.

    What its Python libraries log is about Java that is gone, and nothing that a user can mend.
    """
    logging.getLogger().addHandler(logging.NullHandler())
    before = signal.getsignal(signal.SIGINT)
    yield
    if current_thread() is main_thread():
        signal.signal(signal.SIGINT, before)


def _started(master: str | None, log: Path) -> SparkSession:
    from pyspark.sql import SparkSession

    if (master or "").startswith("sc://"):
        raise error("Spark Connect (sc://) is not supported: name the master, or use spark-submit")
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    if not submitted:
        _check_java()
        _choose_python(master or "")
    builder = SparkSession.builder.appName("newslint audit")
    for key, value in _settings(master, submitted).items():
        builder = builder.config(key, value)
    try:
        with _stderr_to(None if submitted else log):
            begun = builder.getOrCreate()
    except Exception as failure:
        raise error(f"Spark did not start: {brief(failure)} ({log} has more)") from None
    begun.sparkContext.setLogLevel("ERROR")
    return begun


def _settings(master: str | None, submitted: bool) -> dict[str, str]:
    chosen = dict(ALWAYS)
    if submitted:
        return chosen
    chosen["spark.ui.showConsoleProgress"] = "false"
    if master:
        chosen["spark.master"] = master
    if (master or "local").startswith("local"):
        chosen.update(ON_THIS_MACHINE)
    if (master or "").startswith("local-cluster") and _own_python():
        # Its executors are processes of their own, in folders of their own.
        chosen["spark.executorEnv.PYTHONPATH"] = str(Path(newslint.__file__).parent.parent)
    return chosen


def _choose_python(master: str) -> None:
    """Spark takes the `python3` of PATH for its workers unless it is told."""
    if master == "local" or master.startswith("local["):
        os.environ["PYSPARK_PYTHON"] = sys.executable
    elif not master or master.startswith("local-cluster"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)


def _own_python() -> bool:
    return os.environ.get("PYSPARK_PYTHON") == sys.executable


def _check_java() -> None:
    home = os.environ.get("JAVA_HOME")
    found = os.path.join(home, "bin", "java") if home else shutil.which("java")
    if not found or not os.path.exists(found):
        where = f"JAVA_HOME={home} holds none" if home else "none is on PATH"
        raise error(f"Spark needs Java {JAVA} or newer, and {where}: install a JRE (openjdk-17)")
    version = _java_version(Path(os.path.realpath(found)).parent.parent / "release")
    if version and version < JAVA:
        raise error(f"Spark needs Java {JAVA} or newer, and {found} is {version}: set JAVA_HOME")


def _java_version(release: Path) -> int:
    """The major version that the file `release` of a Java installation tells; 0 if none."""
    lines = release.read_text("utf-8", "replace").splitlines() if release.is_file() else []
    given = next((line for line in lines if line.startswith("JAVA_VERSION=")), "")
    numbers = given.partition("=")[2].strip('"').split(".")
    major = numbers[1] if numbers[0] == "1" and len(numbers) > 1 else numbers[0]
    return int(major) if major.isdigit() else 0


@contextmanager
def _stderr_to(log: Path | None) -> Iterator[None]:
    """The processes that are started here write their errors to a file."""
    if log is None:
        yield
        return
    log.parent.mkdir(parents=True, exist_ok=True)
    kept, file = os.dup(2), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(file, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(file)


def check_executors(session: SparkSession) -> None:
    """Raise `NewslintError` where the executors have not this newslint."""
    here = [newslint.__version__, _python()]
    slots = max(session.sparkContext.defaultParallelism, 1)
    asked = session.range(0, slots, 1, slots).mapInArrow(
        _versions, "newslint string, python string"
    )
    try:
        found = {tuple(row) for row in asked.distinct().collect()}
    except Exception as failure:
        reason = brief(failure)
        raise error(f"the executors cannot run newslint: {reason}; {_PACKED}") from None
    for version, python in sorted(found - {tuple(here)}):
        there = f"newslint {version} on Python {python}"
        raise error(f"the executors have {there}, not {' on Python '.join(here)}; {_PACKED}")


def _python() -> str:
    return ".".join(map(str, sys.version_info[:2]))


def _versions(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    from newslint.audit import guard, lint  # noqa: F401  # what is missing is to fail here

    for _ in batches:
        row = {"newslint": newslint.__version__, "at": _python()}
        yield pa.RecordBatch.from_pylist([row])


def brief(failure: Any) -> str:
    """The line of an error of Spark or Python that says what is wrong."""
    lines = [line.strip() for line in str(failure).splitlines() if line.strip()]
    telling = [line for line in lines if "Error:" in line or "Exception:" in line]
    return (telling or lines or [type(failure).__name__])[-1 if telling else 0][:300]
