"""Keeps what came of articles by their content, so that a second run checks what is new only.

Under a digest of an article, of its path and of all else that decides (`cache/key.py`) lie what was
found in it and, apart from that, what it contributes to comparisons: in `.newslint_cache` beside
the config, signed with a key that the user alone has.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from zlib import crc32

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from newslint import workers
from newslint.cache import key as cachekey
from newslint.cache import secret
from newslint.cache.store import Store, is_shared
from newslint.checker import Checker, Result, digest_of, read_file
from newslint.config import Settings
from newslint.engines import EngineError
from newslint.paths import leads_out, top_of
from newslint.readers.decode import decode
from newslint.workers import NO_CONTENTS

FOLDER = ".newslint_cache"
VARIABLE = "NEWSLINT_CACHE_DIR"
RESULT, RECORD = b"r", b"f"
"""Sorts of entries."""
SUBFOLDER = "newslint"
"""In a folder that holds other things too."""
UNUSED = "nothing is kept in the folder “{}”: {}"
DAMAGED = "the cache was damaged: what could not be read has been worked out anew"


class _Kept(Struct, frozen=True, array_like=True, gc=False):
    result: Result
    """Without copy and record."""
    sourced: bool
    """Whether it has the copy, all the same."""


class _UnusableError(Exception):
    """Why there can be no cache."""


@functools.cache
def _decoder() -> msgspec.msgpack.Decoder[_Kept]:
    return msgspec.msgpack.Decoder(_Kept)  # slow to make, and a first run needs none


class Cache:
    """What is kept under the premises of a run."""

    def __init__(
        self, settings: Settings, store: Store, premises: bytes, place: str | None
    ) -> None:
        self._settings = settings
        self._place = place
        """The folder as the user named it, who wants to know if it is of no use."""
        self._store = store
        self._premises = premises

    @property
    def notices(self) -> tuple[str, ...]:
        """What the user should know of the cache."""
        notices = [DAMAGED] if self._store.damaged else []
        if self._store.failure and self._place:
            notices.append(UNUSED.format(self._place, self._store.failure))
        return tuple(notices)

    def each(
        self, paths: Sequence[str], settings: Settings, checker: Checker, jobs: int | None,
        only_facts: bool = False, contents: Mapping[str, bytes] = NO_CONTENTS,
    ) -> Iterator[Result]:  # fmt: skip
        """Checks articles as `workers.each` does, but for those that are known."""
        sorts = (RECORD,) if only_facts else (RESULT, RECORD)[: 1 + checker.comparing]
        known = self._known(paths, sorts, contents) if self._store else frozenset()
        unknown = [path for path in paths if path not in known]
        fresh = workers.each(unknown, settings, checker, jobs, only_facts, contents)
        try:
            for path in paths:
                result = self._result(path, sorts, contents) if path in known else next(fresh)
                if result is None:  # it has changed a moment ago, or is damaged
                    result = checker.file(path, only_facts, contents.get(path))
                if result.digest:
                    self._keep(result, sorts)
                yield result
            yield from fresh  # none is left: this ends the workers
        finally:
            self._store.save()

    def records(self, paths: Sequence[str], contents: Mapping[str, bytes]) -> dict[bytes, str]:
        """The names of records that are known, each with the path of its article."""
        found = {}
        for path in paths if self._store else ():
            name = self._name(path, contents)
            if name and RECORD + name in self._store:
                found[RECORD + name] = path
        return found

    def record(self, name: bytes) -> bytes | None:
        """A record by its name; None where it is none any more."""
        return self._store.get(name)

    def holds(self, names: Iterable[bytes]) -> bool:
        """Whether all these records are still there."""
        return all(name in self._store for name in names)

    def having(self, rule: str, word: int) -> Iterator[bytes]:
        """The names of records that say something of a word to a rule, old ones too."""
        return self._store.having(rule, word)

    def _known(
        self, paths: Sequence[str], sorts: Sequence[bytes], contents: Mapping[str, bytes]
    ) -> frozenset[str]:
        found = []
        for path in paths:
            name = self._name(path, contents)
            if name and all(sort + name in self._store for sort in sorts):
                found.append(path)
        return frozenset(found)

    def _result(
        self, path: str, sorts: Sequence[bytes], contents: Mapping[str, bytes]
    ) -> Result | None:
        """What is kept of an article, put together as the checker does."""
        data = _bytes(path, contents)
        if data is None:
            return None
        name = cachekey.key(self._premises, self._settings, path, digest_of(data))
        record = self._store.get(RECORD + name) if RECORD in sorts else b""
        if record is None or RESULT not in sorts:
            return None if record is None else Result(path, True, record=record)
        encoded = self._store.get(RESULT + name)
        if encoded is None:
            return None
        kept = _decoder().decode(encoded)
        source = decode(data).text if kept.sourced or record else ""
        return replace(kept.result, source=source, record=record)

    def _name(self, path: str, contents: Mapping[str, bytes]) -> bytes:
        """The article as it stands now; empty where it cannot be read."""
        data = _bytes(path, contents)
        if data is None:
            return b""
        return cachekey.key(self._premises, self._settings, path, digest_of(data))

    def _keep(self, result: Result, sorts: Sequence[bytes]) -> None:
        """Remember a result, if the same would come out again."""
        if result.errors or not result.checked:
            return
        name = cachekey.key(self._premises, self._settings, result.path, result.digest)
        bare = replace(result, source="", record=b"", digest=b"")
        try:
            kept = msgspec.msgpack.encode(_Kept(bare, bool(result.source)))
        except UnicodeEncodeError:  # half a character
            return
        until = min((one.until for one in result.own if one.until), default=None)
        owner = crc32(os.fsencode(result.path))
        if RESULT in sorts:
            self._store.add(RESULT + name, kept, owner, until, {})
        if RECORD in sorts:
            from newslint.records import words_of  # not needed where nothing is compared

            words = words_of(result.record)
            self._store.add(RECORD + name, result.record, owner, until, words)


def _nobody(_: str) -> None:
    """Takes a notice that nobody wants."""


def opened(
    settings: Settings, checker: Checker, folder: str | None = None,
    tell: Callable[[str], None] = _nobody,
) -> Cache | None:  # fmt: skip
    """The cache of a run, in `folder` or the usual place; None where there can be none.

    `tell` gets a notice where the user has named a folder that is of no use.
    """
    named = folder if folder is not None else os.environ.get(VARIABLE) or None
    try:
        return _opened(settings, checker, named)
    except _UnusableError as error:
        if named is not None:
            tell(UNUSED.format(named, error))
        return None


def _opened(settings: Settings, checker: Checker, named: str | None) -> Cache:
    if named == "":
        raise _UnusableError("it has no name")
    try:
        premises, key = cachekey.premises(settings, checker.asks_engine), secret.key()
    except EngineError as error:  # it has its say where articles are checked
        raise _UnusableError(error.message) from None
    except (OSError, UnicodeEncodeError) as error:  # half a character in a rule, say
        raise _UnusableError(str(error)) from None
    if key is None:
        raise _UnusableError(f"there is no place for the user's key; {secret.VARIABLE} can be one")
    if premises is None:
        raise _UnusableError("the code of a kind cannot be read")
    place = Path(settings.cwd, named) if named else settings.base / FOLDER
    if named and is_shared(place):
        place /= SUBFOLDER
        if is_shared(place):
            raise _UnusableError(f"in it and in its subfolder {SUBFOLDER} lie other things")
    if not _is_where_it_seems(place, settings.base):
        raise _UnusableError("it is, or lies below, a symbolic link that a pull request can bring")
    prefix = blake2b(premises, key=key, digest_size=8).hexdigest()  # nobody else can know it
    return Cache(settings, Store(place, prefix, key), premises, named)


def _is_where_it_seems(folder: Path, base: Path) -> bool:
    """False for a link, or below a link, of a repository: a pull request can bring one along."""
    root = top_of(base)
    inside = not os.path.relpath(os.path.abspath(folder), root).startswith(os.pardir)
    return not (inside and (os.path.islink(folder) or leads_out(folder, root)))


def _bytes(path: str, contents: Mapping[str, bytes]) -> bytes | None:
    try:
        return contents[path] if path in contents else read_file(path)
    except OSError:
        return None
