"""Where the articles of an archive lie: folders, dumps, web archives, archives of files.

Each module yields `Record`s in an order that depends on the input alone, reads as it goes and never
raises for what it finds: what cannot be read becomes a record with an error.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from newslint.audit.record import Record
from newslint.audit.sources.folder import of_files
from newslint.audit.sources.rows import of_jsonl
from newslint.config import Settings


def records(paths: Sequence[str], settings: Settings) -> Iterator[Record]:
    """The records of all sources, in the order of their names."""
    for path in sorted(set(paths)):
        if os.path.basename(path).endswith((".jsonl", ".ndjson")):
            yield from of_jsonl(path)
        else:
            yield from of_files(path, settings)
