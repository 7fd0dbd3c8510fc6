"""What stands in a column: as text, as a date, as a format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from newslint.later import compiled_later

_SURROGATE = compiled_later("[\ud800-\udfff]")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_NAMED = ("name", "full_name", "fullName", "title", "value", "text")
"""Keys under which a mapping says its name: `{"author": {"name": "Ada Reed"}}`."""
_FORMATS = {
    "html": "html", "text/html": "html", "htm": "html", "xhtml": "html",
    "markdown": "markdown", "md": "markdown", "text/markdown": "markdown",
    "text": "text", "txt": "text", "plain": "text", "text/plain": "text", "plaintext": "text",
}  # fmt: skip
_LONG_DIGITS = re.compile(r"\s*-?\d{9,19}(?:\.\d+)?\s*")
_MISSING = object()


def looked_up(row: Mapping[str, Any], column: str) -> Any:
    """The value of a column, or of a key within one (`meta.title`); None where there is none."""
    value = row.get(column, _MISSING)
    if value is not _MISSING:
        return value
    value = row
    for part in column.split("."):
        if isinstance(value, (list, tuple)):
            value = [item.get(part) for item in value if isinstance(item, Mapping)]
        elif isinstance(value, Mapping):
            value = value.get(part)
        else:
            return None
    return value


def clean(text: str) -> str:
    """The text with U+FFFD for half characters, which cannot be written down."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def prose(value: Any, between: str) -> tuple[str, str]:
    """A value as text, the items of a list joined; and what is wrong with it, if anything.

    Half a character becomes U+FFFD, so that offsets stay those of the value.
    """
    if value is None:
        return "", ""
    if isinstance(value, str):
        return clean(value), ""
    if isinstance(value, (bytes, bytearray)):
        try:
            return bytes(value).decode("utf-8-sig"), ""
        except UnicodeDecodeError as error:
            return "", f"is not UTF-8 from byte {error.start} on"
    if isinstance(value, Mapping):
        named = (value[key] for key in _NAMED if isinstance(value.get(key), str))
        found = next(named, None)
        return (prose(found, between)[0], "") if found else ("", "holds a mapping, not text")
    if isinstance(value, (list, tuple)):
        parts = [prose(item, between) for item in value]
        problem = next((problem for _, problem in parts if problem), "")
        return between.join(text for text, _ in parts if text), problem
    return str(value), ""


def formatted(value: Any) -> str:
    """`markdown`, `html` or `text`; empty where the value is none that is known."""
    bare = value.partition(";")[0].strip().lower() if isinstance(value, str) else ""
    return _FORMATS.get(bare, "")


def dated(value: Any) -> str | None:
    """A date as ISO 8601 where the value is no text: a timestamp, a day, a number of an epoch.

    Times with a zone are told in UTC. Text is left as it is, but for a number of an epoch in it.
    """
    if isinstance(value, datetime):
        aware = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        return aware.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return _of_epoch(value) or str(value)
    text = prose(value, ", ")[0].strip()
    if _LONG_DIGITS.fullmatch(text):
        return _of_epoch(float(text)) or text
    return text or None


def _of_epoch(number: float) -> str | None:
    """The time so many seconds (or milli-, micro-, nanoseconds) after the beginning of 1970."""
    if 1600_01_01 <= number <= 2199_12_31 and number == int(number):
        return None  # a day as written: 20240301
    for unit in (1, 1e3, 1e6, 1e9):
        if abs(number) < 1e11 * unit and abs(number) >= 1e8 * (unit > 1):
            try:
                when = _EPOCH + timedelta(seconds=number / unit)
            except (OverflowError, ValueError):
                return None
            return when.replace(tzinfo=None).isoformat(timespec="seconds")
    return None
