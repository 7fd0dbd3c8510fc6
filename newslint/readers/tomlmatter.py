"""TOML front matter: `tomllib` says what it means, a scanner where each value stands."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from newslint.article import Field, Span
from newslint.later import compiled_later
from newslint.readers.entries import MAX_DEPTH, Entries, Mapping, Refused, too_deep
from newslint.readers.scalars import DOUBLE, RAW, Scalar, reads_as_meant

_TOKEN = compiled_later(
    r'(?P<long>"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}|\'\'\'(?:[^\']|\'(?!\'\'))*+\'{3,5})'
    r'|(?P<short>"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\')'
    r"|(?P<comment>#[^\n]*)|(?P<open>[\[{])|(?P<close>[\]}])|(?P<line>\n)|(?P<rest>[^\"'#\[\]{}\n]+)|.",
    re.DOTALL,
)
_KEY_PART = r"(?:[A-Za-z0-9_-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
_KEYS = rf"(?P<key>{_KEY_PART}(?:[ \t]*\.[ \t]*{_KEY_PART})*)"
_KEY = compiled_later(rf"[ \t]*{_KEYS}[ \t]*=[ \t]*")
_TABLE = compiled_later(rf"[ \t]*(?P<open>\[\[?)[ \t]*{_KEYS}")
_PART = compiled_later(_KEY_PART)
_BARE = compiled_later(r"[^,}\n]*")
"""A value within braces that is neither a string nor holds others."""
_SPACE = compiled_later(r"[ \t\r\n]*")
_LINE_IN_ERROR = compiled_later(r" \(at line (\d+), column \d+\)| \(at end of document\)")


class _Place:
    """Where a value was found: its key, its range, and the strings in it."""

    __slots__ = ("key", "scalars", "span")

    def __init__(self, key: Span, span: Span, scalars: list[Scalar]) -> None:
        self.key = key
        self.span = span
        self.scalars = scalars


def read_toml(source: str, start: int, stop: int) -> Entries:
    """The entries of `source[start:stop]`."""
    text = source[start:stop]
    if text.count("[") + text.count("{") > MAX_DEPTH and _depth(text) > MAX_DEPTH:
        raise too_deep(start)
    try:
        values = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise _refusal(str(error), source, start, stop) from None
    except RecursionError:
        raise too_deep(start) from None
    entries = Entries()
    places = _places(source, start, stop, entries.mappings)
    for name, value in _flat(values, ""):
        place = places.get(name)
        if place is None or not _agrees(source, place, value):
            whole = Span(start, stop)
            entries.fields[name] = Field(_plain(value), whole, whole)
            continue
        entries.fields[name] = Field(_said(source, place, value), place.span, place.key)
        if place.scalars:
            entries.strings[name] = place.scalars
    return entries


def _flat(values: dict[str, Any], prefix: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in values.items():
        name = prefix + key
        if isinstance(value, dict):
            found += _flat(value, name + ".")
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            for number, item in enumerate(value):
                inner = item if isinstance(item, dict) else {"": item}
                found += _flat(inner, f"{name}.{number}.")
        else:
            found.append((name, value))
    return found


def _places(source: str, start: int, stop: int, mappings: dict[str, Mapping]) -> dict[str, _Place]:
    """Where the scanner finds values, by name; it adds the tables to `mappings`."""
    found: dict[str, _Place] = {}
    counts: dict[str, int] = {}
    prefix = ""
    at = start
    while at < stop:
        table = _TABLE.match(source, at, stop)
        key = None if table else _KEY.match(source, at, stop)
        if table:
            prefix = _name(table["key"]) + "."
            if table["open"] == "[[":
                number = counts.get(prefix, 0)
                counts[prefix] = number + 1
                prefix += f"{number}."
            header = Span(*table.span("key"))
            mappings[prefix[:-1]] = Mapping(header, header, False)
        if key:
            end, scalars = _value(source, key.end(), stop)
            at = _keep(source, key, (end, scalars), prefix, found, mappings)
        line_end = source.find("\n", at, stop)
        at = stop if line_end < 0 else line_end + 1
    return found


def _keep(
    source: str, key: re.Match[str], value: tuple[int, list[Scalar]], prefix: str,
    found: dict[str, _Place], mappings: dict[str, Mapping],
) -> int:  # fmt: skip
    """Note a value under its name, and those within its braces; gives the end of the value."""
    start, (end, scalars) = key.end(), value
    place = _Place(Span(*key.span("key")), Span(start, end), scalars)
    if len(scalars) == 1 and scalars[0].end >= end - 3 and source[start] in "\"'":
        place.span = Span(scalars[0].start, scalars[0].end)
    name = prefix + _name(key["key"])
    found[name] = place
    if source.startswith("{", start):
        mappings[name] = Mapping(place.key, Span(start, end), True)
        at = start + 1
        while inner := _KEY.match(source, _skip(source, at), end):
            within = _value_within(source, inner.end(), end)
            at = _skip(source, _keep(source, inner, within, name + ".", found, mappings))
            if not source.startswith(",", at):
                break
            at += 1
    return end


def _value_within(source: str, at: int, stop: int) -> tuple[int, list[Scalar]]:
    """The same as `_value` within braces, where a comma ends a value."""
    token = _TOKEN.match(source, at, stop)
    kind = token.lastgroup if token else None
    if token and kind in ("short", "long"):
        return token.end(), [_string(token[0], at)]
    if kind == "open":
        return _value(source, at, stop, closed=True)
    bare = _BARE.match(source, at, stop)
    return (at + len(bare[0].rstrip()) if bare else at), []


def _skip(source: str, at: int) -> int:
    space = _SPACE.match(source, at)
    return space.end() if space else at


def _value(source: str, at: int, stop: int, closed: bool = False) -> tuple[int, list[Scalar]]:
    """Where the value that begins at `at` ends, and the strings in it.

    A `closed` value ends with the bracket that closes its first one.
    """
    depth, end = 0, at
    scalars: list[Scalar] = []
    while at < stop and (token := _TOKEN.match(source, at, stop)):
        kind = token.lastgroup
        if (kind == "line" and not depth) or (kind == "comment" and not depth):
            break
        if kind in ("short", "long"):
            scalars.append(_string(token[0], at))
        depth += (kind == "open") - (kind == "close")
        at = token.end()
        if closed and not depth:
            return at, scalars
        if kind not in ("line", "comment"):
            end = at - (len(token[0]) - len(token[0].rstrip()))
    return end, scalars


def _string(raw: str, at: int) -> Scalar:
    width = 3 if raw[:3] in ('"""', "'''") else 1
    style = DOUBLE if raw[0] == '"' else RAW
    return Scalar(at + width, at + len(raw) - width, style, "")


def _agrees(source: str, place: _Place, value: Any) -> bool:
    """Whether the scanner found what `tomllib` read; the strings learn their values here."""
    values = value if isinstance(value, list) else [value]
    strings = [item for item in values if isinstance(item, str)]
    if len(strings) != len(place.scalars):
        return False
    place.scalars = [
        Scalar(scalar.start, scalar.end, scalar.style, string)
        for scalar, string in zip(place.scalars, strings, strict=True)
    ]
    return all(reads_as_meant(source, scalar) for scalar in place.scalars)


def _said(source: str, place: _Place, value: Any) -> Any:
    """Dates stay words."""
    if isinstance(value, (str, int, float, list)):
        return _plain(value)
    return source[place.span.start : place.span.end]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, (str, int, float)) else str(value)


def _name(key: str) -> str:
    return ".".join(part.strip("\"'") for part in _PART.findall(key))


def _depth(text: str) -> int:
    depth = deepest = 0
    for token in _TOKEN.finditer(text):
        depth += (token.lastgroup == "open") - (token.lastgroup == "close")
        deepest = max(deepest, depth)
    return deepest


def _refusal(message: str, source: str, start: int, stop: int) -> Refused:
    place = _LINE_IN_ERROR.search(message)
    at = stop - 1
    if place and place[1]:
        at = start
        for _ in range(int(place[1]) - 1):
            at = source.find("\n", at) + 1
    reason = _LINE_IN_ERROR.sub("", message)
    return Refused(reason[:1].lower() + reason[1:], max(at, start))
