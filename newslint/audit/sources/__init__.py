"""Where the articles of an archive lie: folders, dumps, web archives, archives of files.

Each module yields `Record`s in an order that depends on the input alone, reads as it goes and never
raises for what it finds: what cannot be read becomes a record with an error.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from newslint.audit.fields import Fields
from newslint.audit.record import Record
from newslint.audit.sources.folder import of_files
from newslint.audit.sources.rows import of_line
from newslint.config import Settings


def records(paths: Sequence[str], settings: Settings, fields: Fields = Fields()) -> Iterator[Record]:
    """The records of all sources, in the order of their names."""
    for path in sorted(set(paths)):
        if os.path.basename(path).endswith((".jsonl", ".ndjson")):
            with open(path, "rb") as stream:
                yield from records_in(path, stream, fields)
        else:
            yield from of_files(path, settings)


def records_in(source: str, stream: BinaryIO, fields: Fields) -> Iterator[Record]:
    """The records of one file that somebody has opened; its name tells what it is."""
    for number, line in enumerate(stream, 1):
        record = of_line(source, number, line, fields)
        if record is not None:
            yield record
