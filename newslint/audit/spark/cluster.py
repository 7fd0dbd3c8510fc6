"""Which Spark is to do the work, and what only Spark can reach."""

from __future__ import annotations

import re

from msgspec import Struct

_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:/")


class Cluster(Struct, frozen=True):
    """A Spark, and a folder that all its executors reach."""

    master: str | None = None
    """Its URL; without one, as Spark's own config says."""
    parts: str | None = None
    """A URL, or a path that they all have; without one the folder of the audit."""


def is_remote(path: str) -> bool:
    """Whether a path is a URL, like `s3a://bucket/news`."""
    return _URL.match(path) is not None
