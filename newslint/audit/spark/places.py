"""Files where Spark finds them: HDFS and object stores by URL, and this machine's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_MAGIC = re.compile(r"([\[\]{}*?\\])")


class Remote(NamedTuple):
    """A file."""

    url: str
    size: int
    """Bytes."""
    changed: int
    """When, in milliseconds since 1970."""
    folder: str | None
    """The folder below which it was found; None where it was itself named."""

    @property
    def name(self) -> str:
        """Its path below the folder."""
        return self.url.removeprefix(f"{self.folder}/")


def literal(path: str) -> str:
    """The path as Spark must be told it: what would be a pattern there is escaped."""
    return _MAGIC.sub(r"\\\1", path)


class Files:
    """The file systems that a session reaches, through Spark's own clients for them."""

    def __init__(self, session: SparkSession) -> None:
        self._java: Any = session.sparkContext._jvm
        self._config = session.sparkContext._jsc.hadoopConfiguration()

    def below(self, url: str) -> Iterator[Remote]:
        """The files that a URL names, itself, below it or as a pattern, in order of names."""
        path = self._path(url)
        system = path.getFileSystem(self._config)
        found: dict[str, Remote] = {}
        for place in [path] if system.exists(path) else self._matching(system, path):
            folder = None if system.getFileStatus(place).isFile() else place
            qualified = folder and system.makeQualified(folder).toString()
            listing = system.listFiles(place, True)
            while listing.hasNext():
                status = listing.next()
                name, size = status.getPath().toString(), status.getLen()
                found[name] = Remote(name, size, status.getModificationTime(), qualified)
        yield from (found[name] for name in sorted(found))

    def exists(self, url: str) -> bool:
        """Whether anything is there."""
        path = self._path(url)
        return bool(path.getFileSystem(self._config).exists(path))

    def size(self, url: str) -> int:
        """The bytes of all files below a folder."""
        path = self._path(url)
        return int(path.getFileSystem(self._config).getContentSummary(path).getLength())

    def drop(self, url: str) -> None:
        """Remove a file or a folder, if it is there."""
        path = self._path(url)
        path.getFileSystem(self._config).delete(path, True)

    def _path(self, url: str) -> Any:
        return self._java.org.apache.hadoop.fs.Path(url)

    def _matching(self, system: Any, pattern: Any) -> list[Any]:
        return [status.getPath() for status in system.globStatus(pattern) or ()]
