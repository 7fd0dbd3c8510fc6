"""YAML front matter, read node by node so that every key and value keeps its place."""

from __future__ import annotations

import re
from typing import Any

import yaml

from newslint.article import Span
from newslint.readers.entries import MAX_DEPTH, Entry, Refused, too_deep
from newslint.readers.scalars import DOUBLE, PLAIN, SINGLE, Scalar

_Fastest: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Fastest):  # type: ignore[misc]
    """Leaves plain words as they stand: `_meaning` says what they mean."""

    yaml_implicit_resolvers: dict[str, Any] = {}


_NESTED = re.compile(rf"(?:[-?][ \t]+){{3}}|\n[ \t]{{{MAX_DEPTH}}}")
"""Without such a passage blocks cannot be nested too deeply: each level takes a column."""
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}|0x[0-9a-fA-F]{1,16}|0o[0-7]{1,20}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def read_yaml(source: str, start: int, stop: int) -> dict[str, Entry]:
    """The entries of `source[start:stop]`, keys of nested mappings joined with dots."""
    text = source[start:stop]
    if text.count("[") + text.count("{") > MAX_DEPTH or _NESTED.search(text):
        _check_depth(text, start)
    try:
        root = yaml.compose(text, _Loader)
    except yaml.YAMLError as error:
        raise _refusal(error, start) from None
    except RecursionError:
        raise too_deep(start) from None
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise Refused("it is no list of keys and values", start)
    entries: dict[str, Entry] = {}
    _Walk(text, start, entries).mapping(root, "", 1)
    return entries


class _Walk:
    """Flattens nodes into entries."""

    def __init__(self, text: str, base: int, entries: dict[str, Entry]) -> None:
        self.text = text
        self.base = base
        self.entries = entries
        self.seen: set[int] = set()

    def mapping(self, node: yaml.MappingNode, prefix: str, depth: int) -> None:
        names = set()
        for key, value in node.value:
            at = self.base + key.start_mark.index
            if not isinstance(key, yaml.ScalarNode):
                raise Refused("a key is no plain word", at)
            if key.value in names:
                raise Refused(f"the key “{key.value[:60]}” stands there twice", at)
            names.add(key.value)
            self.fresh(key)
            span = Span(at, self.base + key.end_mark.index)
            self.value(value, prefix + key.value, span, depth)

    def value(self, node: yaml.Node, name: str, key: Span, depth: int) -> None:
        self.fresh(node)
        if isinstance(node, yaml.ScalarNode):
            scalar, value = self.scalar(node)
            scalars = (scalar,) if isinstance(value, str) else ()
            self.entries[name] = Entry(key, value, Span(scalar.start, scalar.end), scalars)
            return
        start = self.base + node.start_mark.index
        if depth >= MAX_DEPTH:
            raise too_deep(start)
        if isinstance(node, yaml.MappingNode) and node.value:
            self.mapping(node, name + ".", depth + 1)
        elif isinstance(node, yaml.SequenceNode):
            self.sequence(node, name, key, depth)
        else:
            self.entries[name] = Entry(key, None, self.trimmed(node), ())

    def sequence(self, node: yaml.SequenceNode, name: str, key: Span, depth: int) -> None:
        values, scalars = [], []
        for number, item in enumerate(node.value):
            if isinstance(item, yaml.ScalarNode):
                self.fresh(item)
                scalar, value = self.scalar(item)
                values.append(value)
                if isinstance(value, str):
                    scalars.append(scalar)
            else:
                self.value(item, f"{name}.{number}", key, depth + 1)
        if values or not node.value:
            self.entries[name] = Entry(key, values, self.trimmed(node), tuple(scalars))

    def scalar(self, node: yaml.ScalarNode) -> tuple[Scalar, Any]:
        start, end = self.base + node.start_mark.index, self.base + node.end_mark.index
        style = node.style or PLAIN
        if style in (SINGLE, DOUBLE):
            return Scalar(start + 1, end - 1, style, node.value), node.value
        if style == PLAIN:
            return Scalar(start, end, style, node.value), _meaning(node.value)
        return Scalar(*self.trimmed(node), style, node.value), node.value

    def trimmed(self, node: yaml.Node) -> Span:
        """The range of a node without the line ends that the parser counts in."""
        start, end = node.start_mark.index, node.end_mark.index
        end = start + len(self.text[start:end].rstrip())
        return Span(self.base + start, self.base + end)

    def fresh(self, node: yaml.Node) -> None:
        """An alias makes one node appear twice, and a few of them can stand for millions."""
        if id(node) in self.seen:
            raise Refused("aliases are not allowed", _first_alias(self.text, self.base))
        self.seen.add(id(node))


def _meaning(word: str) -> Any:
    """What a plain word means in YAML's core schema; dates stay words."""
    if word in _WORDS:
        return _WORDS[word]
    if word[0] in "0123456789+-.":
        if _INTEGER.fullmatch(word):
            return int(word, 0 if word[1:2] in ("x", "o") else 10)
        if _FLOAT.fullmatch(word):
            return float(word)
    return word


def _first_alias(text: str, base: int) -> int:
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.AliasEvent):
            return base + int(event.start_mark.index)
    return base


def _check_depth(text: str, base: int) -> None:
    """Refuse before composing, which recurses."""
    depth = 0
    try:
        for event in yaml.parse(text, _Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                raise too_deep(base + int(event.start_mark.index))
    except yaml.YAMLError as error:
        raise _refusal(error, base) from None


def _refusal(error: yaml.YAMLError, base: int) -> Refused:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = mark.index if mark else getattr(error, "position", None) or 0
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "bad syntax"
    if reason == "found character that cannot start any token":
        reason = "a tab or another character that no value can begin with"
    return Refused(str(reason), base + at)
