"""Which Spark is to do the work."""

from __future__ import annotations

from msgspec import Struct


class Cluster(Struct, frozen=True):
    """A Spark, and a folder that all its executors reach."""

    master: str | None = None
    """Its URL; without one, as Spark's own config says."""
    parts: str | None = None
    """A URL, or a path that they all have; without one the folder of the audit."""
