"""What there is to read, and the waves in which it is read.

Paths of this machine are listed here, as for a run without Spark; URLs by Spark's own clients.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from newslint.audit.sources import Listed, listed, naming
from newslint.audit.sources.listing import READS, is_wanted
from newslint.audit.sources.naming import suffixes
from newslint.audit.sources.settling import Tell
from newslint.audit.spark.cluster import is_remote
from newslint.audit.spark.places import Files
from newslint.config import Settings
from newslint.files import SKIPPED_FOLDERS

LARGE = 64_000_000
"""Bytes from which on a dump that can be split is read by many at once."""
LARGEST = 2_000_000_000
"""Bytes of a file that Spark can hand over as it is."""
WAVE_FILES = 20_000
SPLIT = {naming.JSONL: "lines", naming.PARQUET: "rows"}
"""How Spark reads a large file."""


class Item(NamedTuple):
    """A file, or what is wrong with it."""

    source: str
    """As given, or as found below a given folder; of what is not here its URL."""
    size: int = 0
    changed: int = 0
    walked: bool = False
    """It was found below a folder, and not named."""
    code: str = ""
    message: str = ""

    @property
    def kind(self) -> str:
        """How it is read: `here` by the executors themselves, `whole`, `lines` or `rows`."""
        hidden = os.path.basename(self.source).startswith(("_", "."))  # Spark passes over those
        if self.size >= LARGE and not hidden and not self.code and not suffixes(self.source)[1]:
            return SPLIT.get(naming.kind_of(self.source), self.unsplit)
        return self.unsplit

    @property
    def unsplit(self) -> str:
        """How it is read by one executor."""
        return "whole" if is_remote(self.source) and not self.code else "here"


class Wave(NamedTuple):
    """Files that are read, linted and written together."""

    kind: str
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        """Another one for other files."""
        digest = blake2b(repr(self.items).encode("utf-8", "replace"), digest_size=12)
        return f"wave-{digest.hexdigest()}"

    @property
    def unsplit(self) -> Wave:
        """The same, each file by one executor."""
        return Wave(self.items[0].unsplit, self.items)


def items(paths: Sequence[str], settings: Settings, remote: Files, tell: Tell) -> Iterator[Item]:
    """The files of all sources, in the order of their names."""
    local = [path for path in paths if not is_remote(path)]
    for found in listed(local, settings, tell):
        if found.error:
            yield Item(found.path, code=found.error.code, message=found.error.message)
        else:
            yield _item_here(found)
    for url in sorted(set(paths) - set(local)):
        yield from _below(url, settings, remote)


def _item_here(found: Listed) -> Item:
    try:
        status = os.stat(found.path)
    except OSError:
        return Item(found.path)  # whoever reads it says what is wrong
    return Item(found.path, status.st_size, status.st_mtime_ns, found.walked)


def _below(url: str, settings: Settings, remote: Files) -> Iterator[Item]:
    """The files at a URL: itself, or what a walk of a folder would take up, or those it matches."""
    read = 0
    for file in remote.below(url):
        named = file.folder is None
        if named or (_is_taken(file.name) and is_wanted(file.url, settings)):
            read += 1
            yield checked(Item(file.url, file.size, file.changed, walked=not named))
    if not read:
        yield Item(url, code="unreadable", message=f"there is no such file, or no article: {READS}")


def _is_taken(name: str) -> bool:
    """Whether a walk takes up a file at this path below the folder it starts from."""
    parts = name.split("/")
    hidden = any(part.startswith(".") for part in parts)
    return naming.taken(name) and not hidden and SKIPPED_FOLDERS.isdisjoint(parts[:-1])


def checked(item: Item) -> Item:
    """The item, or why Spark cannot read it."""
    if os.path.basename(item.source).startswith("_"):
        message = "Spark passes over files whose names begin with “_”: rename it"
        return item._replace(code="unreadable", message=message)
    if item.kind == "whole" and item.size > LARGEST:
        message = (
            f"{item.size / 1e9:.1f} GB: Spark reads such a file in one piece, up to 2 GB. Split it,"
            " or make JSONL (not packed) or Parquet of it, which Spark splits by itself"
        )
        return item._replace(code="unreadable", message=message)
    return item


def waves(found: Iterable[Item], most: int) -> Iterator[Wave]:
    """Files together up to so many bytes; a large dump by itself."""
    waiting: dict[str, list[Item]] = {}
    sizes: Counter[str] = Counter()
    for item in found:
        kind = item.kind
        waiting.setdefault(kind, []).append(item)
        sizes[kind] += item.size
        full = sizes[kind] >= most or len(waiting[kind]) >= WAVE_FILES
        if full or kind in SPLIT.values():
            del sizes[kind]
            yield Wave(kind, tuple(waiting.pop(kind)))
    for kind, kept in waiting.items():
        yield Wave(kind, tuple(kept))
