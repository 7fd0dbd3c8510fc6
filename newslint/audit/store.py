"""The folder of an audit: its manifest, and the parts that are written so far.

Everything is written beside and renamed: what is there is whole.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct

from newslint import atomic
from newslint.errors import Error, NewslintError

MANIFEST = "manifest.json"
PARTS = "parts"


class Manifest(Struct, frozen=True):
    """What an audit rests on: with another input, config or version it is another audit."""

    newslint: str
    input: str
    """A digest of the sources: names, sizes and times of change."""
    premises: str
    """A digest of rules, config and code."""
    shard: int
    """Articles in a part."""
    done: bool = False


class Store:
    """Where the parts of one audit lie."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder = folder
        self.shard = manifest.shard
        self.manifest = manifest

    @property
    def parts(self) -> str:
        """A glob for all parts, in the order of their names."""
        return str(self.folder / PARTS / "*.parquet")

    def has(self, number: int) -> bool:
        """Whether a part is there."""
        return self._path(number).exists()

    def write(self, number: int, rows: pa.Table) -> None:
        """Write a part."""
        path = self._path(number)
        beside = path.with_suffix(".writing")
        pq.write_table(rows, beside, compression="zstd")
        os.replace(beside, path)

    def finish(self) -> None:
        """Note that all is done."""
        self.manifest = msgspec.structs.replace(self.manifest, done=True)
        _save(self.folder, self.manifest)

    def _path(self, number: int) -> Path:
        return self.folder / PARTS / f"{number:07}.parquet"


def opened(folder: Path, manifest: Manifest, resume: bool, overwrite: bool) -> Store:
    """The store in a folder. Raises `NewslintError` where another audit lies there."""
    path = folder / MANIFEST
    if path.exists() and not overwrite:
        known = msgspec.json.decode(path.read_bytes(), type=Manifest)
        same = msgspec.structs.replace(manifest, shard=known.shard, done=known.done) == known
        if not resume or not same:
            what = "an audit" if same else "an audit of another input or configuration"
            remedy = "--resume goes on with it" if same else "name another folder, or --overwrite"
            raise NewslintError(Error(str(folder), "config", f"holds {what}: {remedy}"))
        return Store(folder, known)
    (folder / PARTS).mkdir(parents=True, exist_ok=True)
    for part in (folder / PARTS).iterdir():
        part.unlink()
    _save(folder, manifest)
    return Store(folder, manifest)


def _save(folder: Path, manifest: Manifest) -> None:
    atomic.write(folder / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=2))
