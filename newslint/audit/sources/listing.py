"""The files that sources name, one by one: articles, dumps, archives."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from msgspec import structs

from newslint import config, files, globs
from newslint.audit.fields import Fields
from newslint.audit.sources import naming
from newslint.audit.sources.settling import Tell, silent
from newslint.audit.spark.cluster import is_remote
from newslint.config import Settings
from newslint.errors import Error

READS = (
    "newslint reads .md, .markdown, .html, .htm and .txt files, and dumps: .jsonl, .csv, .tsv, "
    ".parquet and .warc, also packed (.gz, .zst); a .zip or .tar is read when it is named"
)


class Listed(NamedTuple):
    """A file to be read, or what is wrong with it."""

    path: str
    """As given, or as found below a given folder; joined with `/`."""
    walked: bool = False
    """It was found below a folder, and not named: it need not hold an article."""
    error: Error | None = None


def listed(
    paths: Sequence[str], settings: Settings | None, tell: Tell = silent
) -> Iterator[Listed]:
    """The files of all sources, by the names of the sources and then as a walk meets them.

    A file stands for itself where it is named, and is passed over in a folder above it. Without
    settings nothing is left out.
    """
    given = {os.path.normpath(path): path for path in sorted(files.resolved(paths), reverse=True)}
    for path in sorted(given.values()):
        if os.path.isdir(path) and not os.path.islink(path.rstrip(os.sep)):
            yield from _below(path, frozenset(given) - {os.path.normpath(path)}, settings, tell)
        else:
            yield from _named(path, settings, tell)


def identity(paths: Sequence[str], fields: Fields = Fields()) -> str:  # noqa: B008
    """A digest of sources: the names, sizes and times of change of all files in them."""
    digest = blake2b(str(fields).encode("utf-8", "replace"), digest_size=16)
    for item in listed(paths, None):
        digest.update(os.fsencode(item.path) + b"\0" + _stamp(item).encode() + b"\0")
    return digest.hexdigest()


def _stamp(item: Listed) -> str:
    try:
        status = os.stat(item.path)
    except (OSError, ValueError) as error:
        return type(error).__name__
    return f"{status.st_size} {status.st_mtime_ns}"


def _named(path: str, settings: Settings | None, tell: Tell) -> Iterator[Listed]:
    """A file that is named; what the config says articles are holds for articles."""
    dump = naming.taken(path) and naming.kind_of(path) != naming.ARTICLE
    found = files.find([path], lambda name: dump or is_wanted(name, settings))
    yield from (Listed(error.path, error=_remedied(path, error)) for error in found.errors)
    yield from map(Listed, found.paths)
    for notice in found.notices:
        tell(path, notice)


def _remedied(path: str, error: Error) -> Error:
    if is_remote(path) and not os.path.lexists(path):
        return structs.replace(error, message="is a URL, which an audit with --engine spark reads")
    return error


def _below(
    folder: str, given: frozenset[str], settings: Settings | None, tell: Tell
) -> Iterator[Listed]:
    """What a walk takes up: articles, as `check` does, and dumps."""
    nothing, left_out, others = True, 0, False

    def elsewhere(path: str) -> bool:
        nonlocal others
        named = bool(given) and os.path.normpath(path) in given
        others = others or named
        return named

    def takes(path: str) -> bool:
        return not elsewhere(path) and naming.taken(path)

    for item in files.below(folder, takes, lambda path: not elsewhere(path)):
        if isinstance(item, Error):
            yield Listed(item.path, True, item)
        elif is_wanted(item, settings):
            yield Listed(item, True)
        else:
            left_out += 1
            continue
        nothing = False
    if nothing and left_out:
        tell(folder, "all files in it are left out by files or exclude in the config")
    elif nothing and not others:
        yield Listed(folder, error=Error(folder, "no-articles", f"no article here: {READS}"))


def is_wanted(path: str, settings: Settings | None) -> bool:
    """What the config says; what it says articles are does not hold for dumps."""
    if settings is None or naming.kind_of(path) == naming.ARTICLE:
        return settings is None or config.wanted(settings, path)
    excluded = settings.config.exclude
    return not (excluded and globs.matches(excluded, config.relative(settings, path)))
