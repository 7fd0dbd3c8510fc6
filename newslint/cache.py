"""Keeps what came of articles by their content, so that a second run checks what is new only.

Under a digest of an article, of its path and of all else that decides (`cachekey`) lie what was
found in it and, apart from that, what it contributes to comparisons. They lie in signed segments in
`.newslint_cache` beside the config. Each run adds one, written beside and renamed, and reads all;
several processes at once do each other no harm. A folder that cannot be used costs time only.
"""

from __future__ import annotations

import os
import re
import time
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from hashlib import blake2b
from pathlib import Path
from zlib import crc32

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from newslint import cachekey, workers
from newslint.cachekey import content_digest
from newslint.checker import Checker, Result, read_file
from newslint.config import Settings
from newslint.corpus import words_of
from newslint.paths import leads_out, repository_of
from newslint.readers.decode import decode
from newslint.secret import key as user_key
from newslint.segments import DamagedError, Segment, Writer
from newslint.workers import NO_CONTENTS

FOLDER = ".newslint_cache"
VARIABLE = "NEWSLINT_CACHE_DIR"
LIMIT = 1 << 29
"""Bytes of all segments; the oldest go."""
SEGMENTS = 12
"""So many of one run's premises are read; more are merged."""
VERSIONS = 4
"""Of an article so many are kept when segments are merged."""
UNUSED = 30 * 86_400
"""Seconds after which a segment goes that no run has read."""
_DAY = 86_400
_NAME = re.compile(r"\.?[0-9a-f]{16}-[0-9a-f]{16}-[0-9a-f]{8}\.seg(\.part)?")
_RESULT, _RECORD = b"r", b"f"
_TAG = b"""Signature: 8a477f597d28d172789f06886806bc55
# What newslint keeps between runs. It can be deleted.
"""
_DAMAGED = "the cache in {} was damaged: what could not be read was dropped and worked out anew"


class _Kept(Struct, frozen=True, array_like=True, gc=False):
    until: date | None
    """The last day on which it holds; None where it does not end."""
    result: Result | None = None
    """Without copy and record."""
    sourced: bool = False
    """Whether the result has the copy."""
    record: bytes = b""


class Cache:
    """What is kept under the premises of a run. Where nothing can be kept it is empty."""

    def __init__(self, settings: Settings, folder: str | None = None) -> None:
        """`folder` is given from the working directory; None means the usual place."""
        self.notices: list[str] = []
        """What somebody should know: damage."""
        self._settings = settings
        self._premises, self._key = cachekey.premises(settings) or b"", user_key() or b""
        named = folder or os.environ.get(VARIABLE)
        self._folder = Path(settings.cwd, named) if named else settings.base / FOLDER
        self._usable = bool(self._premises and self._key) and _may_use(self._folder, settings.base)
        prefix = blake2b(self._premises, key=self._key, digest_size=8)
        self._prefix = prefix.hexdigest()
        """Only who has the key can give a segment its name."""
        self._segments = self._read_segments() if self._usable else []
        self._writer: Writer | None = None

    def each(
        self, paths: Sequence[str], settings: Settings, checker: Checker, jobs: int | None,
        only_facts: bool = False, contents: Mapping[str, bytes] = NO_CONTENTS,
    ) -> Iterator[Result]:  # fmt: skip
        """Checks articles as `workers.each` does, but for those that are known."""
        wanted = _RECORD if only_facts else _RESULT + _RECORD if checker.comparing else _RESULT
        known = self._known(paths, wanted, contents) if self._segments else frozenset()
        unknown = [path for path in paths if path not in known]
        fresh = workers.each(unknown, settings, checker, jobs, only_facts, contents)
        try:
            for path in paths:
                result = self._result(path, wanted, contents) if path in known else next(fresh)
                if result is None:  # changed or damaged since
                    result = checker.file(path, only_facts, contents.get(path))
                if path not in known:
                    self._keep(result, only_facts)
                yield result
        finally:
            self.save()

    def records(self, paths: Sequence[str], contents: Mapping[str, bytes]) -> dict[bytes, str]:
        """The names of records that are known, each with the path of its article."""
        if not self._segments:
            return {}
        found = {}
        for path in paths:
            data = _bytes(path, contents)
            name = _RECORD + self._name(path, content_digest(data)) if data is not None else b""
            if any(name in segment for segment in self._segments):
                found[name] = path
        return found

    def record(self, name: bytes) -> bytes | None:
        """A record by its name; None where it is none any more."""
        kept = self._read(name)
        return kept.record if kept else None

    def having(self, rule: str, word: int) -> Iterator[bytes]:
        """The names of records that say something of the word to the rule, old ones too."""
        for segment in self._segments:
            yield from segment.having(rule, word)

    def _name(self, path: str, digest: bytes) -> bytes:
        return cachekey.key(self._premises, self._settings, path, digest)

    def _known(
        self, paths: Sequence[str], wanted: bytes, contents: Mapping[str, bytes]
    ) -> frozenset[str]:
        found = []
        for path in paths:
            data = _bytes(path, contents)
            if data is None:
                continue
            name = self._name(path, content_digest(data))
            if all(
                any(bytes((sort,)) + name in segment for segment in self._segments)
                for sort in wanted
            ):
                found.append(path)
        return frozenset(found)

    def _result(self, path: str, wanted: bytes, contents: Mapping[str, bytes]) -> Result | None:
        data = _bytes(path, contents)
        if data is None:
            return None
        name = self._name(path, content_digest(data))
        said = self._read(_RECORD + name) if _RECORD in wanted else _Kept(None)
        if said is None or wanted == _RECORD:
            return said and Result(path, True, record=said.record)
        kept = self._read(_RESULT + name)
        if kept is None or kept.result is None:
            return None
        source = decode(data).text if kept.sourced or said.record else ""
        return replace(kept.result, source=source, record=said.record)

    def _read(self, name: bytes) -> _Kept | None:
        for segment in self._segments:
            if name not in segment:
                continue
            try:
                kept = _DECODER.decode(segment.entry(name))
            except (OSError, DamagedError, msgspec.DecodeError, UnicodeDecodeError):
                self._drop(segment.path)
                self._segments = [other for other in self._segments if other is not segment]
                return self._read(name)
            return kept if kept.until is None or date.today() <= kept.until else None
        return None

    def _keep(self, result: Result, only_facts: bool) -> None:
        """Remember a result, if it is sure to come out the same again."""
        if not self._usable or result.errors or not result.checked:
            return
        name, owner = self._name(result.path, result.digest), crc32(os.fsencode(result.path))
        until = min((one.until for one in result.own if one.until), default=None)
        try:
            bare = replace(result, source="", record=b"", digest=b"")
            entries = [] if only_facts else [(_RESULT, _Kept(until, bare, bool(result.source)))]
            if result.record:
                entries.append((_RECORD, _Kept(until, record=result.record)))
            encoded = [(sort + name, msgspec.msgpack.encode(kept)) for sort, kept in entries]
        except UnicodeEncodeError:  # half a character
            return
        words = words_of(result.record) if result.record else {}
        try:
            self._writer = self._writer or Writer(self._new_path(), self._key)
            for entry, content in encoded:
                if self._writer.size + len(content) < LIMIT // 2 and entry not in self._writer:
                    self._writer.add(entry, owner, content, words if entry[:1] == _RECORD else {})
        except OSError:
            self._give_up()

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
        except (OSError, DamagedError):
            writer.drop()

    def _give_up(self) -> None:
        if self._writer:
            self._writer.drop()
        self._writer, self._usable = None, False

    def _new_path(self) -> Path:
        with suppress(FileExistsError):
            self._folder.mkdir(parents=True)
            (self._folder / ".gitignore").write_bytes(b"*\n")
            (self._folder / "CACHEDIR.TAG").write_bytes(_TAG)
        return self._folder / f"{self._prefix}-{time.time_ns():016x}-{os.urandom(4).hex()}.seg"

    def _read_segments(self) -> list[Segment]:
        """The newest first."""
        found = []
        for path in sorted(_files(self._folder), reverse=True):
            if not path.name.startswith(self._prefix) or path.suffix != ".seg":
                continue
            try:
                segment = Segment(path, self._key)
                if time.time() - segment.written > _DAY:
                    os.utime(path)
                found.append(segment)
            except DamagedError:
                self._drop(path)
            except OSError:  # merged by another process, or not ours to read
                continue
        return found

    def _drop(self, path: Path) -> None:
        notice = _DAMAGED.format(os.path.relpath(self._folder, self._settings.cwd))
        if notice not in self.notices:
            self.notices.append(notice)
        with suppress(OSError):
            path.unlink()

    def _merge(self) -> None:
        """Make one of many small segments; a large one is left out until they outgrow it."""
        large = max(self._segments, key=lambda segment: segment.size)
        small = [segment for segment in self._segments if segment is not large]
        if sum(segment.size for segment in small) > large.size:
            small, large = self._segments, None
        writer, versions = Writer(self._new_path(), self._key), Counter[tuple[bytes, int]]()
        try:
            for segment in small:
                words = segment.words()
                for name in segment:
                    owner = segment.owner(name)
                    versions[name[:1], owner] += 1
                    if name not in writer and versions[name[:1], owner] <= VERSIONS:
                        writer.add(name, owner, segment.entry(name), words.get(name, {}))
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
        states = [(path.lstat(), path) for path in _files(self._folder)]
        for state, path in sorted(states, key=lambda one: -one[0].st_mtime):
            room -= state.st_size
            age = now - state.st_mtime
            if room < 0 or age > (UNUSED if path.suffix == ".seg" else _DAY):
                with suppress(OSError):
                    path.unlink()


_DECODER = msgspec.msgpack.Decoder(_Kept)


def _files(folder: Path) -> list[Path]:
    """The files of the cache, of all premises."""
    try:
        return [folder / name for name in os.listdir(folder) if _NAME.fullmatch(name)]
    except OSError:
        return []


def _may_use(folder: Path, base: Path) -> bool:
    """Whether a folder is where it seems to be: a pull request may bring a link along."""
    root = repository_of(base) or base
    inside = not os.path.relpath(os.path.abspath(folder), root).startswith(os.pardir)
    return not (inside and (folder.is_symlink() or leads_out(folder, root)))


def _bytes(path: str, contents: Mapping[str, bytes]) -> bytes | None:
    try:
        return contents[path] if path in contents else read_file(path)
    except OSError:
        return None
