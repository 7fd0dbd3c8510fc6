"""Rows of packed data that make no sense, which may be the work of one damaged byte.

What a codec makes of damaged data is noise up to the end of the member, thousands of rows of it
perhaps. They are no thousands of mistakes: the first are told, and the others counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from newslint.audit.record import Record
from newslint.reports.wording import plural

TOLD = 20
"""Rows of one file, the first that cannot be read."""


def bounded(found: Iterable[Record]) -> Iterator[Record]:
    """The records of a packed dump; of the rows that cannot be read one for all but the first.

    It comes last, and stands where the last of them stood. What a codec knows to be lost has the
    offset and is always told.
    """
    told = more = 0
    last: Record | None = None
    for record in found:
        if not (record.code == "unreadable" and _is_row(record)):
            yield record
        elif told < TOLD:
            told += 1
            yield record
        else:
            last, more = record, more + 1
    if last is not None and more == 1:
        yield last
    elif last is not None:
        words = f"and {plural(more - 1, 'row')} before it could not be read either"
        yield msgspec.structs.replace(last, message=f"{last.message}; {words}")


def _is_row(record: Record) -> bool:
    return record.locator == f"{record.source}:{record.record}"
