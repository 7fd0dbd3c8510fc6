"""A folder of signed segments: read as one, added to, and kept small.

Each run adds a segment, written beside and renamed, so that several processes at once do each other
no harm; a folder that cannot be used costs time only.
"""

from __future__ import annotations

import os
import time
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from newslint.cache.segments import DamagedError, Segment, Writer
from newslint.later import compiled_later

LIMIT = 1 << 29
"""Bytes of all segments; the oldest go."""
SEGMENTS = 12
"""So many with one prefix are read; more are merged."""
VERSIONS = 4
"""Of one owner and sort so many entries are kept when segments are merged."""
UNUSED = 30 * 86_400
"""Seconds after which a segment goes that no run has read."""
_DAY = 86_400
_NAME = compiled_later(r"\.?[0-9a-f]{16}-[0-9a-f]{16}-[0-9a-f]{8}\.seg(\.part)?")
_TAG = b"""Signature: 8a477f597d28d172789f06886806bc55
# What newslint keeps between runs. It can be deleted.
"""
_LABELS = {".gitignore": b"*\n", "CACHEDIR.TAG": _TAG}
"""Files that keep git and backups away."""


def is_shared(folder: Path) -> bool:
    """Whether something lies in a folder that is none of a store's."""
    try:
        return not all(name in _LABELS or _NAME.fullmatch(name) for name in os.listdir(folder))
    except OSError:
        return False


class Store:
    """The segments in a folder whose names begin with a prefix of 16 hexadecimal digits.

    The first byte of an entry's name is its sort.
    """

    def __init__(self, folder: Path, prefix: str, key: bytes) -> None:
        self.damaged = False
        """Whether something was dropped because it was not as it was written."""
        self.failure = ""
        """Why nothing could be kept, if nothing could."""
        self._folder = folder
        self._prefix = prefix
        self._key = key
        self._segments = list(self._read())  # the newest first
        self._writer: Writer | None = None
        self._closed = False
        self._today = date.today().toordinal()

    def _read(self) -> Iterator[Segment]:
        for path in sorted(_files(self._folder), reverse=True):
            if not path.name.startswith(self._prefix) or path.suffix != ".seg":
                continue
            try:
                segment = Segment(path, self._key)
                if time.time() - segment.written > _DAY:
                    os.utime(path)
                yield segment
            except DamagedError:
                self._drop(path)
            except OSError:  # merged by another process, or not ours to read
                continue

    def __bool__(self) -> bool:
        return bool(self._segments)

    def __contains__(self, name: bytes) -> bool:
        return self._holding(name) is not None

    def _holding(self, name: bytes) -> Segment | None:
        """The newest segment with an entry that holds today."""
        for segment in self._segments:
            entry = segment.entries.get(name)
            if entry is not None and (not entry.until or entry.until >= self._today):
                return segment
        return None

    def get(self, name: bytes) -> bytes | None:
        """What is kept under a name."""
        while segment := self._holding(name):
            try:
                return segment.content(name)
            except (OSError, DamagedError):
                self._segments.remove(segment)
                self._drop(segment.path)
        return None

    def having(self, index: str, word: int) -> Iterator[bytes]:
        """The names of the entries that are found by a word."""
        for segment in self._segments:
            yield from segment.having(index, word)

    def add(
        self, name: bytes, content: bytes, owner: int, until: date | None,
        words: Mapping[str, array[int]],
    ) -> None:  # fmt: skip
        """Keep an entry, as long as there is room and the folder lets itself be written to.

        Of several of one `owner` the newest stay. It holds `until` that day, if one is named, and
        `words` are those by which it is found, by index.
        """
        if self._closed:
            return
        try:
            self._writer = self._writer or Writer(self._new_path(), self._key)
            if self._writer.size + len(content) < LIMIT // 2 and name not in self._writer:
                last = until.toordinal() if until else 0
                self._writer.add(name, content, owner, last, words)
        except OSError as error:
            self._closed, self.failure = True, _reason(error)
            if self._writer:
                self._writer.drop()
            self._writer = None

    def save(self) -> None:
        """Put what is new where other runs find it."""
        writer, self._writer = self._writer, None
        if writer is None:
            return
        try:
            self._segments.insert(0, writer.finish())
            if len(self._segments) > SEGMENTS:
                self._merge()
            self._prune()
        except (OSError, DamagedError) as error:
            self.failure = _reason(error)
            writer.drop()

    def _new_path(self) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        for name, content in _LABELS.items():
            if not os.path.lexists(self._folder / name):
                (self._folder / name).write_bytes(content)
        return self._folder / f"{self._prefix}-{time.time_ns():016x}-{os.urandom(4).hex()}.seg"

    def _drop(self, path: Path) -> None:
        self.damaged = True
        with suppress(OSError):
            path.unlink()

    def _merge(self) -> None:
        """Make one of many small segments; a large one is left out until they outgrow it."""
        large: Segment | None = max(self._segments, key=lambda segment: segment.size)
        small = [segment for segment in self._segments if segment is not large]
        if large and sum(segment.size for segment in small) > large.size:
            small, large = self._segments, None
        writer = Writer(self._new_path(), self._key)
        try:
            _copy(small, writer)
            merged = writer.finish()
        except BaseException:
            writer.drop()
            raise
        for segment in small:
            segment.close()
            with suppress(OSError):
                segment.path.unlink()
        self._segments = [merged, *([large] if large else [])]

    def _prune(self) -> None:
        """Take out what nobody has used for long, and the oldest of what is too much."""
        room, now = LIMIT, time.time()
        states = []
        for path in _files(self._folder):
            with suppress(OSError):
                states.append((path.lstat(), path))
        for state, path in sorted(states, key=lambda one: -one[0].st_mtime):
            room -= state.st_size
            age = now - state.st_mtime
            if room < 0 or age > (UNUSED if path.suffix == ".seg" else _DAY):
                with suppress(OSError):
                    path.unlink()


def _copy(segments: list[Segment], writer: Writer) -> None:
    """Write the entries of some segments, the newest first, without versions that are old."""
    versions: Counter[tuple[bytes, int]] = Counter()
    for segment in segments:
        words = segment.words()
        for name, (_, _, owner, until) in segment.entries.items():
            if name not in writer and versions[name[:1], owner] < VERSIONS:
                writer.add(name, segment.content(name), owner, until, words.get(name, {}))
                versions[name[:1], owner] += 1


def _reason(error: Exception) -> str:
    if isinstance(error, FileExistsError):
        return "it is no folder"
    return getattr(error, "strerror", None) or str(error)


def _files(folder: Path) -> list[Path]:
    """The files of the store, whatever their prefix."""
    try:
        return [folder / name for name in os.listdir(folder) if _NAME.fullmatch(name)]
    except OSError:
        return []
