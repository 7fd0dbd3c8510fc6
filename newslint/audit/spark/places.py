"""Files where Spark finds them: HDFS and object stores by URL, and this machine's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_MAGIC = re.compile(r"([\[\]{}*?\\])")


class Listed(NamedTuple):
    """A file."""

    url: str
    size: int
    """Bytes."""
    changed: int
    """When, in milliseconds since 1970."""


def is_remote(path: str) -> bool:
    """Whether a path is a URL, like `s3a://bucket/news`."""
    return _URL.match(path) is not None


def literal(path: str) -> str:
    """The path as Spark must be told it: what would be a pattern there is escaped."""
    return _MAGIC.sub(r"\\\1", path)


class Files:
    """The file systems that a session reaches, through Spark's own clients for them."""

    def __init__(self, session: SparkSession) -> None:
        self._java: Any = session.sparkContext._jvm
        self._config = session.sparkContext._jsc.hadoopConfiguration()

    def below(self, url: str) -> Iterator[Listed]:
        """The files that a URL names, itself, below it or as a pattern, in order of names."""
        path = self._path(url)
        system = path.getFileSystem(self._config)
        matched = [path] if system.exists(path) else self._matching(system, path)
        found: dict[str, Listed] = {}
        for place in matched:
            listing = system.listFiles(place, True)
            while listing.hasNext():
                status = listing.next()
                name = status.getPath().toString()
                found[name] = Listed(name, status.getLen(), status.getModificationTime())
        yield from (found[name] for name in sorted(found))

    def read(self, url: str) -> bytes | None:
        """A small file; None where there is none."""
        path = self._path(url)
        system = path.getFileSystem(self._config)
        if not system.exists(path):
            return None
        stream = system.open(path)
        try:
            return bytes(self._java.org.apache.commons.io.IOUtils.toByteArray(stream))
        finally:
            stream.close()

    def write(self, url: str, data: bytes) -> None:
        """Write a small file; a reader sees it whole or not at all where the store sees to that."""
        beside, path = self._path(f"{url}.writing"), self._path(url)
        system = path.getFileSystem(self._config)
        stream = system.create(beside, True)
        stream.write(data)
        stream.close()
        system.delete(path, False)
        system.rename(beside, path)

    def exists(self, url: str) -> bool:
        """Whether anything is there."""
        path = self._path(url)
        return bool(path.getFileSystem(self._config).exists(path))

    def drop(self, url: str) -> None:
        """Remove a file or a folder, if it is there."""
        path = self._path(url)
        path.getFileSystem(self._config).delete(path, True)

    def _path(self, url: str) -> Any:
        return self._java.org.apache.hadoop.fs.Path(url)

    def _matching(self, system: Any, pattern: Any) -> list[Any]:
        return [status.getPath() for status in system.globStatus(pattern) or ()]
