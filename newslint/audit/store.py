"""The folder of an audit, and the parts that are written so far.

Everything is written beside, made safe on the disk and renamed: what is there is whole. A part that
is damaged all the same does not count, and is made again.
"""

from __future__ import annotations

import glob
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from msgspec.structs import replace

from newslint import atomic
from newslint.audit import lock, manifest, progress
from newslint.audit.linted import LINTED
from newslint.audit.manifest import Manifest
from newslint.errors import Error, NewslintError

PARTS = "parts"
SCRATCH = "scratch"
WRITING = ".writing"
TABLES = ("articles.parquet", "findings.parquet", "facts.parquet", "clusters.parquet")
PEOPLE = "people.yml"
REPORT = ("report.html", "report.md")
RULES = "rules.json"
"""What an audit leaves in its folder, beside the manifest and how far it is."""


class Found(NamedTuple):
    """What is there already."""

    articles: int
    failed: int
    """Of them those that could not be checked."""


class Store:
    """Where the parts of one audit lie."""

    def __init__(self, folder: Path, known: Manifest) -> None:
        self.folder = folder
        self.manifest = known

    @property
    def parts(self) -> str:
        """A glob for all parts, in the order of their names."""
        return os.path.join(glob.escape(str(self.folder)), PARTS, "*.parquet")

    @property
    def scratch(self) -> Path:
        """A place for what is of use during the run only."""
        return self.folder / SCRATCH

    def all_found(self) -> Found | None:
        """All parts, where an earlier run has linted everything and none is damaged since."""
        if self.manifest.parts is None:
            return None
        articles = failed = 0
        for number in range(self.manifest.parts):
            part = self.found(number)
            if part is None:
                return None
            articles, failed = articles + part.articles, failed + part.failed
        return Found(articles, failed)

    def found(self, number: int, articles: int | None = None) -> Found | None:
        """A part that is there and whole, with so many articles where that is known."""
        try:
            with pq.ParquetFile(self._path(number), page_checksum_verification=True) as part:
                rows = part.read()
        except (OSError, pa.ArrowException):
            return None
        if rows.num_rows != (articles or rows.num_rows) or not rows.schema.equals(LINTED):
            return None
        checked = sum(chunk.true_count for chunk in rows.column("checked").chunks)
        return Found(rows.num_rows, rows.num_rows - checked)

    def write(self, number: int, rows: pa.Table) -> None:
        """Write a part."""
        path = self._path(number)
        beside = path.with_suffix(WRITING)
        pq.write_table(rows.combine_chunks(), beside, compression="zstd", write_page_checksum=True)
        atomic.put(beside, path)

    def linted(self, parts: int) -> None:
        """Note that all articles are linted, and drop parts beyond theirs."""
        for path in (self.folder / PARTS).glob("*.parquet"):
            if path >= self._path(parts):
                path.unlink()
        self._note(replace(self.manifest, parts=parts))

    def missing(self) -> str:
        """A table that should be there once all is done, and is not; else nothing."""
        return next((name for name in (*TABLES, PEOPLE) if not (self.folder / name).is_file()), "")

    def finish(
        self, articles: int, failed: dict[str, int], notices: Sequence[str], errors: Sequence[Error]
    ) -> None:
        """Note that all is done and what came of it, and drop what was of use until then."""
        told = {"notices": tuple(notices), "errors": tuple(errors)}
        self._note(replace(self.manifest, done=True, articles=articles, failed=failed, **told))
        _drop(self.folder / PARTS)
        _drop(self.scratch)

    def _note(self, news: Manifest) -> None:
        manifest.save(self.folder, news)
        self.manifest = news

    def _path(self, number: int) -> Path:
        return self.folder / PARTS / f"{number:07}.parquet"


@contextmanager
def opened(folder: Path, new: Manifest, resume: bool, overwrite: bool) -> Iterator[Store]:
    """The store in a folder, which no other run may use meanwhile.

    Raises `NewslintError` where another audit lies there, or something that is none.
    """
    manifest.read(folder)
    _must_be_named(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with lock.held(folder):
        known = manifest.read(folder)
        if known and not overwrite:
            _must_go_on(folder, known, new, resume)
        else:
            _clear(folder)
            manifest.save(folder, new)
            known = new
        _drop(folder / SCRATCH)
        if known.done:
            _drop(folder / PARTS)
        elif not (folder / PARTS).is_dir() or (folder / PARTS).is_symlink():
            _drop(folder / PARTS)
            (folder / PARTS).mkdir()
        _drop_unfinished(folder)
        yield Store(folder, known)


def _must_be_named(folder: Path) -> None:
    """Raise `NewslintError` for a name that DuckDB cannot find files by."""
    name = str(folder)
    is_text = name.isascii() or name == name.encode("utf-8", "replace").decode()
    if not is_text or (os.sep == "/" and "\\" in name):
        message = "has a backslash or bytes that are no UTF-8 in its name: name another folder"
        raise NewslintError(Error(name, "config", message))


def _must_go_on(folder: Path, known: Manifest, new: Manifest, resume: bool) -> None:
    """Raise `NewslintError` unless this is an audit to be carried on."""
    if differing := list(manifest.differences(known, new)):
        what = f"holds another audit ({'; '.join(differing)})"
        remedy = "name another folder, or replace it with --overwrite"
    elif not resume:
        what = "holds this audit already" if known.done else "holds this audit, unfinished"
        carried_on = "" if known.done else "--resume carries it on, "
        remedy = f"{carried_on}--overwrite begins anew"
    else:
        return
    raise NewslintError(Error(str(folder), "config", f"{what}: {remedy}"))


def _clear(folder: Path) -> None:
    """Drop what an audit has left, and nothing else; its manifest is still to be replaced."""
    _drop(folder / PARTS)
    _drop(folder / SCRATCH)
    for name in (*TABLES, PEOPLE, *REPORT, RULES, progress.NAME):
        (folder / name).unlink(missing_ok=True)


def _drop_unfinished(folder: Path) -> None:
    """Remove files that a run was writing when it was killed."""
    of_atomic = (f".{name}.*" for name in (PEOPLE, *REPORT, RULES))
    for pattern in (f"*{WRITING}", f"{PARTS}/*{WRITING}", *of_atomic):
        for beside in folder.glob(pattern):
            beside.unlink()


def _drop(place: Path) -> None:
    """Remove a folder of the run's own; of a link the link."""
    if place.is_symlink():
        place.unlink()
    elif place.exists():
        shutil.rmtree(place)
