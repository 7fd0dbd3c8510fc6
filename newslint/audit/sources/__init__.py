"""Where the articles of an archive lie: folders, dumps, web archives, archives of files.

Each module yields `Record`s in an order that depends on the input alone, reads as it goes and never
raises for what it finds: what cannot be read becomes a record with an error.

    listing     the files that sources name
    reading     one file, whatever it is (naming)
    parts       its bytes, unpacked; what is damaged is told (lines: as lines)
    jsonl, table (cells), parquet, warc (framing), tape and zipped (member)
                what is in it
    settling    which column of a dump is what (guess)
    rows        one row as a record (values)
    garbled     what damage makes of packed rows, within bounds
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from newslint.audit.fields import Fields
from newslint.audit.record import Record
from newslint.audit.sources import naming
from newslint.audit.sources.listing import Listed, identity, listed
from newslint.audit.sources.member import printable
from newslint.audit.sources.reading import EMPTY, records_in
from newslint.audit.sources.rows import failed
from newslint.audit.sources.settling import Tell, silent
from newslint.config import Settings

__all__ = [
    "Listed", "guesses", "identity", "listed", "records", "records_in", "records_of", "regular",
]  # fmt: skip

LOOKED_INTO = 1000
"""Dumps of which the columns are told before all else."""


def regular(path: str) -> BinaryIO:
    """A file of this machine, to be read. Raises `OSError`."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError(0, "is no regular file")
    return open(path, "rb")


Opened = Callable[[str], BinaryIO]
"""Opens a file, given its path; may raise `OSError`."""


def records(
    paths: Sequence[str], settings: Settings, fields: Fields = Fields(), tell: Tell = silent  # noqa: B008
) -> Iterator[Record]:  # fmt: skip
    """The records of all sources.

    `fields` are what `--fields` says; without any each dump's columns are guessed, which `tell`
    hears once for all dumps with the same columns.
    """
    tell = _once(tell)
    for item in listed(paths, settings, tell):
        yield from records_of(item, fields, tell)


def records_of(
    item: Listed, fields: Fields, tell: Tell = silent, opened: Opened = regular
) -> Iterator[Record]:
    """The records of one file, which is opened only where nothing is wrong with it."""
    source = printable(item.path)
    if item.error is not None:
        yield failed(source, item.error.code, item.error.message)
        return
    try:
        with opened(item.path) as stream:
            for record in records_in(source, stream, fields, tell):
                if item.walked and _need_not_be(record):
                    tell(source, f"passed over: {record.message}")
                else:
                    yield record
    except OSError as error:
        yield failed(source, "unreadable", error.strerror or str(error))


def guesses(paths: Sequence[str], settings: Settings, fields: Fields) -> list[tuple[str, str]]:
    """What to tell of the columns of dumps before they are read: sources and words.

    Where many dumps have the same columns, the first is told. Archives of files are told about when
    they are read.
    """
    told: list[tuple[str, str]] = []
    tell = _once(lambda source, words: told.append((source, words)))
    dumps = (item for item in listed(paths, settings) if _has_columns(item))
    for item in islice(dumps, LOOKED_INTO):
        reading = records_of(item, fields, tell)
        next(reading, None)
        reading.close()  # type: ignore[attr-defined]
    if (more := sum(1 for _ in dumps)) > 0:
        told.append(("", f"the columns of {more:,} more dumps are told when they are read"))
    return told


def _has_columns(item: Listed) -> bool:
    kind = naming.kind_of(item.path)
    return item.error is None and kind in (naming.JSONL, naming.CSV, naming.TSV, naming.PARQUET)


def _need_not_be(record: Record) -> bool:
    """Whether a file that is not named may do without articles: CMSs keep tables of their own."""
    is_table = naming.kind_of(record.source) in (naming.CSV, naming.TSV)
    return record.code == "no-articles" and (is_table or record.message == EMPTY)


def _once(tell: Tell) -> Tell:
    """Tells the same words of one source only."""
    heard: set[int] = set()

    def hear(source: str, words: str) -> None:
        if hash(words) not in heard:
            heard.add(hash(words))
            tell(source, words)

    return hear
