"""YAML front matter, read node by node so that every key and value keeps its place."""

from __future__ import annotations

from typing import Any

import yaml

from newslint.article import Field, Span
from newslint.later import compiled_later
from newslint.readers.entries import MAX_DEPTH, Entries, Mapping, Refused, too_deep
from newslint.readers.scalars import DOUBLE, PLAIN, SINGLE, Scalar

_Fastest: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Fastest):  # type: ignore[misc]
    """Leaves words as they stand, without tags: `_meaning` says what they mean."""

    def resolve(self, *_: Any) -> str:
        return ""

    def descend_resolver(self, *_: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


_LEVELS = ("[", "{", "- ", "-\t", "? ", "?\t")
"""What can begin a level of nesting within a line; any other level takes a column."""
_DEEP = "\n" + " " * MAX_DEPTH
_PROPERTIES = compiled_later(r"(?:[!&]\S*\s+)*")
"""A tag (`!!str`) or an anchor before a value."""
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_INTEGER = compiled_later(r"[-+]?[0-9]{1,18}|0x[0-9a-fA-F]{1,16}|0o[0-7]{1,20}")
_FLOAT = compiled_later(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def read_yaml(source: str, start: int, stop: int) -> Entries:
    """The entries of `source[start:stop]`."""
    text = source[start:stop]
    if sum(map(text.count, _LEVELS)) > MAX_DEPTH or _DEEP in text:
        _check_depth(text, start)
    try:
        root = yaml.compose(text, _Loader)
    except yaml.YAMLError as error:
        raise _refusal(error, start) from None
    except RecursionError:
        raise too_deep(start) from None
    entries = Entries()
    if root is None:
        return entries
    if not isinstance(root, yaml.MappingNode):
        raise Refused("it is no list of keys and values", start)
    if "*" in text and "&" in text:
        _refuse_aliases(text, start)
    _Walk(text, start, entries).mapping(root, "", 1)
    return entries


class _Walk:
    """Flattens nodes into entries."""

    def __init__(self, text: str, base: int, entries: Entries) -> None:
        self.text = text
        self.base = base
        self.fields = entries.fields
        self.strings = entries.strings
        self.mappings = entries.mappings

    def mapping(self, node: yaml.MappingNode, prefix: str, depth: int) -> None:
        base = self.base
        names = set()
        for key, value in node.value:
            at = base + key.start_mark.index
            if not isinstance(key, yaml.ScalarNode):
                raise Refused("a key is no plain word", at)
            name = key.value
            if name in names:
                raise Refused(f"the key “{name[:60]}” stands there twice", at)
            names.add(name)
            span = Span(at, base + key.end_mark.index)
            if isinstance(value, yaml.ScalarNode):
                self.scalar(value, prefix + name, span)
            else:
                self.collection(value, prefix + name, span, depth + 1)

    def scalar(self, node: yaml.ScalarNode, name: str, key: Span) -> None:
        scalar = self.string(node)
        value = _meaning(node.value) if scalar.style == PLAIN else node.value
        self.fields[name] = Field(value, Span(scalar.start, scalar.end), key)
        if value.__class__ is str:
            self.strings[name] = [scalar]

    def collection(self, node: yaml.Node, name: str, key: Span, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise too_deep(self.base + node.start_mark.index)
        if isinstance(node, yaml.SequenceNode):
            self.sequence(node, name, key, depth)
        elif isinstance(node, yaml.MappingNode) and node.value:
            flow = bool(node.flow_style)
            self.mappings[name] = Mapping(key, self.trimmed(node) if flow else key, flow)
            self.mapping(node, name + ".", depth)
        else:
            self.fields[name] = Field(None, self.trimmed(node), key)

    def sequence(self, node: yaml.SequenceNode, name: str, key: Span, depth: int) -> None:
        values: list[Any] = []
        strings = self.strings.setdefault(name, [])
        for number, item in enumerate(node.value):
            if not isinstance(item, yaml.ScalarNode):
                self.collection(item, f"{name}.{number}", key, depth + 1)
                continue
            scalar = self.string(item)
            values.append(_meaning(item.value) if scalar.style == PLAIN else item.value)
            strings.append(scalar)
        if values or not node.value:
            self.fields[name] = Field(values, self.trimmed(node), key)

    def string(self, node: yaml.ScalarNode) -> Scalar:
        at = node.start_mark.index
        if self.text.startswith(("!", "&"), at):
            properties = _PROPERTIES.match(self.text, at)
            at = properties.end() if properties else at
        start, end = self.base + at, self.base + node.end_mark.index
        style = node.style or PLAIN
        if style in (SINGLE, DOUBLE):
            return Scalar(start + 1, end - 1, style, node.value)
        if style != PLAIN:
            end = start + len(self.text[at : node.end_mark.index].rstrip())
        return Scalar(start, end, style, node.value)

    def trimmed(self, node: yaml.Node) -> Span:
        """The range of a node without the line ends that the parser counts in."""
        start, end = node.start_mark.index, node.end_mark.index
        end = start + len(self.text[start:end].rstrip())
        return Span(self.base + start, self.base + end)


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


def _refuse_aliases(text: str, base: int) -> None:
    """A few aliases can stand for millions of values."""
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.AliasEvent):
            raise Refused("aliases are not allowed", base + _index(event))


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
                raise too_deep(base + _index(event))
    except yaml.YAMLError as error:
        raise _refusal(error, base) from None


def _index(event: yaml.Event) -> int:
    return event.start_mark.index if event.start_mark else 0


def _refusal(error: yaml.YAMLError, base: int) -> Refused:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    at = mark.index if mark else getattr(error, "position", None) or 0
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "bad syntax"
    if reason == "found character that cannot start any token":
        reason = "a tab or another character that no value can begin with"
    return Refused(str(reason), base + at)
