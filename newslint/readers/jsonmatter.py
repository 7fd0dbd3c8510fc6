"""JSON front matter, scanned so that every key and value keeps its place."""

from __future__ import annotations

import json
from typing import Any

from newslint.article import Field, Span
from newslint.later import compiled_later
from newslint.readers.entries import MAX_DEPTH, Entries, Mapping, Refused, too_deep
from newslint.readers.scalars import DOUBLE, Scalar

_SPACE = compiled_later(r"[ \t\r\n]*")
_STRING = compiled_later(r'"(?:[^"\\\x00-\x1f]|\\.)*+"')
_WORD = compiled_later(r"[-+.\w]+")


def read_json(source: str, start: int) -> tuple[dict[str, Field], int]:
    """The fields of the object at `start`, and where it ends."""
    entries, end = read_object(source, start)
    return entries.fields, end


def read_object(source: str, start: int) -> tuple[Entries, int]:
    """The entries of the object at `start`, and where it ends."""
    scanner = _Scanner(source)
    end = scanner.object(start, "", 1)
    return scanner.entries, end


class _Scanner:
    """Reads one value after the other; strings and numbers are left to `json`."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.entries = Entries()

    def object(self, at: int, prefix: str, depth: int) -> int:
        if depth > MAX_DEPTH:
            raise too_deep(at)
        seen: set[str] = set()
        at = self.skip(at + 1)
        while self.source[at : at + 1] != "}":
            if seen:
                at = self.expect(",", at)
            name, end = self.string(at)
            if name in seen:
                raise Refused(f"the key “{name[:60]}” stands there twice", at)
            seen.add(name)
            key = Span(at + 1, end - 1)
            at = self.skip(self.value(self.expect(":", self.skip(end)), prefix + name, key, depth))
        return at + 1

    def value(self, at: int, name: str, key: Span, depth: int) -> int:
        first = self.source[at : at + 1]
        if first == "{":
            end = self.object(at, name + ".", depth + 1)
            self.entries.mappings[name] = Mapping(key, Span(at, end), True)
            return end
        if first == "[":
            return self.array(at, name, key, depth + 1)
        value, end, span = self.scalar(at)
        self.entries.fields[name] = Field(value, span, key)
        if isinstance(value, str):
            self.entries.strings[name] = [Scalar(span.start, span.end, DOUBLE, value)]
        return end

    def array(self, start: int, name: str, key: Span, depth: int) -> int:
        if depth > MAX_DEPTH:
            raise too_deep(start)
        values: list[Any] = []
        strings: list[Scalar] = []
        number = 0
        at = self.skip(start + 1)
        while self.source[at : at + 1] != "]":
            if number:
                at = self.expect(",", at)
            if self.source[at : at + 1] in ("{", "["):
                at = self.value(at, f"{name}.{number}", key, depth)
            else:
                value, at, span = self.scalar(at)
                values.append(value)
                if isinstance(value, str):
                    strings.append(Scalar(span.start, span.end, DOUBLE, value))
            number += 1
            at = self.skip(at)
        if values or not number:
            self.entries.fields[name] = Field(values, Span(start, at + 1), key)
            self.entries.strings[name] = strings
        return at + 1

    def scalar(self, at: int) -> tuple[Any, int, Span]:
        """A value that holds no other, where it ends, and its range without quotes."""
        if self.source[at : at + 1] == '"':
            text, end = self.string(at)
            return text, end, Span(at + 1, end - 1)
        word = _WORD.match(self.source, at)
        try:
            value = json.loads(word[0] if word else "")
        except ValueError:
            raise Refused("a value is missing or misspelt", at) from None
        end = word.end() if word else at
        return value, end, Span(at, end)

    def string(self, at: int) -> tuple[str, int]:
        match = _STRING.match(self.source, at)
        try:
            text = json.loads(match[0] if match else "")
        except ValueError:
            raise Refused("a string in quotation marks is expected", at) from None
        return text, match.end() if match else at

    def expect(self, mark: str, at: int) -> int:
        if self.source[at : at + 1] != mark:
            raise Refused(f"“{mark}” is expected", at)
        return self.skip(at + 1)

    def skip(self, at: int) -> int:
        match = _SPACE.match(self.source, at)
        return match.end() if match else at
