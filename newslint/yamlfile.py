"""Reads YAML so that words stay words and every error has a line.

All scalars come out as strings (`no`, `1:30` and `2024-01-02` are words in a term list); the
types of `Struct`s that they are converted to turn them into numbers and booleans. Duplicate
keys, anchors' aliases and nesting past `MAX_DEPTH` are refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path as FilePath
from typing import Any, TypeVar

import msgspec
import yaml

from newslint import persisted
from newslint.errors import Error, NewslintError, unknown
from newslint.later import compiled_later

MAX_DEPTH = 40
Path = tuple[str | int, ...]
T = TypeVar("T")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_AT = compiled_later(r" - at `(?:key in )?\$([^`]*)`$")
_STEP = compiled_later(r"\.([^.\[]+)|\[(\d+)\]")
_VALUE = compiled_later(r"^Invalid enum value '(.*)'$", re.DOTALL)
_TYPE = compiled_later(r"`\w+(?: \| \w+)*`")
_TYPES = {
    "object": "a mapping", "array": "a list", "str": "text", "int": "a whole number",
    "float": "a number", "bool": "true or false", "date": "a day like 2030-01-31",
    "null": "nothing",
}  # fmt: skip
"""What types are called in messages."""
_FIELD = compiled_later(r"unknown field `([^`]+)`")
_NESTED = ("options", "sections", "harper", "languagetool")
"""Keys whose mappings are laid over each other key by key."""
_UNCHECKED = 16_000
"""Characters; libyaml's composer survives what nesting so short a text can hold."""


class Yaml(msgspec.Struct, frozen=True):
    """A YAML document as plain data, and the place of every value."""

    data: Any
    places: dict[Path, tuple[int, int]]
    """Path of keys and indices -> (line, column), 1-based, of the key or the list item."""
    name: str
    code: str
    """The error code for mistakes in this file: `config` or `rule`."""

    def error(self, message: str, *path: str | int) -> NewslintError:
        """An error that points at `path`, or at the nearest thing above it that has a place."""
        while path and path not in self.places:
            path = path[:-1]
        line, column = self.places.get(path, (1, 1))
        return NewslintError(Error(self.name, self.code, message, line, column))


def read(path: FilePath, name: str, code: str) -> Yaml:
    """Read a file. Raises `OSError`, `UnicodeDecodeError`, or `NewslintError` as `load` does."""
    return load(path.read_bytes().decode("utf-8-sig"), name, code)


def read_own(path: FilePath, name: str, code: str) -> Yaml:
    """Read a file that newslint brings, which may be remembered from an earlier run.

    Such files are tested, so what is remembered has neither the places of values nor examples.
    """
    if not persisted.is_on():
        return read(path, name, code)

    def data() -> Any:
        found = read(path, name, code).data
        return {key: value for key, value in found.items() if key != "examples"}

    return Yaml(persisted.remember(persisted.file_key(path), data), {}, name, code)


def load(text: str, name: str, code: str) -> Yaml:
    """Parse one document. Raises `NewslintError` with the line of the mistake."""
    try:
        if len(text) > _UNCHECKED:
            _check_depth(text, name, code)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise NewslintError(
            Error(name, code, f"not valid YAML: {error.problem}", line, column)
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else "nested too deeply"
        raise NewslintError(Error(name, code, f"not valid YAML: {reason}", 1, 1)) from None
    result = Yaml(None, {}, name, code)
    data = None if node is None else _construct(node, (), result, set())
    return Yaml(data, result.places, name, code)


def _check_depth(text: str, name: str, code: str) -> None:
    """Refuse deep nesting before composing, where libyaml would run out of stack and crash."""
    depth = 0
    for event in yaml.parse(text, _Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            mark = event.start_mark
            place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            message = f"nested deeper than {MAX_DEPTH} levels"
            raise NewslintError(Error(name, code, message, *place))


def _construct(node: yaml.Node, path: Path, file: Yaml, seen: set[int]) -> Any:
    file.places.setdefault(path, (node.start_mark.line + 1, node.start_mark.column + 1))
    if id(node) in seen:
        raise file.error("YAML aliases are refused: write the value out", *path)
    seen.add(id(node))
    if len(path) > MAX_DEPTH:
        raise file.error(f"nested deeper than {MAX_DEPTH} levels", *path)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, file, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_construct(item, (*path, i), file, seen) for i, item in enumerate(node.value)]
    style = getattr(node, "style", None)
    return None if node.value == "" and not style else node.value


def _mapping(node: yaml.MappingNode, path: Path, file: Yaml, seen: set[int]) -> dict[str, Any]:
    mapping: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise file.error("a key must be a word", *path)
        place = (*path, str(key.value))
        file.places[place] = (key.start_mark.line + 1, key.start_mark.column + 1)
        if key.value in mapping:
            raise file.error(f'duplicate key "{key.value}"', *place)
        mapping[key.value] = _construct(value, place, file, seen)
    # A key with nothing behind it (`rules:` and only comments) is a key left out.
    return {key: value for key, value in mapping.items() if value is not None}


def convert(file: Yaml, type_: type[T], data: Any = msgspec.UNSET, at: Path = ()) -> T:
    """Turn the file's data (or `data`, which stands at path `at` in it) into a `Struct`.

    Raises `NewslintError` that names line, column, key and the nearest valid spelling.
    """
    try:
        return msgspec.convert(file.data if data is msgspec.UNSET else data, type_, strict=False)
    except msgspec.ValidationError as error:
        message, path = str(error), list(at)
        if found := _AT.search(message):
            message = message[: found.start()]
            steps = found[1].replace("[...]", "")  # values of a mapping, without their keys
            path += [int(i) if i else key for key, i in _STEP.findall(steps)]
        if field := _FIELD.search(message):
            path.append(field[1])
            message = unknown("key", field[1], _fields(type_, path[len(at) : -1]))
        elif value := _VALUE.search(message):
            message = unknown("value", value[1], _values(_type(type_, path[len(at) :])))
        raise file.error(_plain(message, path), *path) from None


def extend(
    base: Mapping[str, Any], changes: Mapping[str, Any], file: Yaml, at: Path
) -> dict[str, Any]:
    """`base` with `changes`: keys replace, `key+` adds, `key-` removes what must be there."""
    result = dict(base)
    for key, value in changes.items():
        if key.endswith("+"):
            result[key[:-1]] = _added(result.get(key[:-1]), value, file, (*at, key))
        elif key.endswith("-"):
            result[key[:-1]] = _removed(result.get(key[:-1]), value, file, (*at, key))
        elif key in _NESTED and isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = extend(result[key], value, file, (*at, key))
        else:
            result[key] = value
    return result


def _added(old: Any, new: Any, file: Yaml, at: Path) -> Any:
    if old is None:
        return new
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **new}
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *(item for item in new if item not in old)]
    raise file.error(f'"{at[-1]}" adds a list to a list or a mapping to a mapping', *at)


def _removed(old: Any, gone: Any, file: Yaml, at: Path) -> Any:
    absent = [item for item in gone or () if item not in (old or ())]
    if not isinstance(gone, list | dict) or not isinstance(old, list | dict) or absent:
        what = f'"{absent[0]}"' if absent else "that"
        raise file.error(f'"{at[-1]}": there is no {what} to remove', *at)
    if isinstance(old, dict):
        return {key: value for key, value in old.items() if key not in gone}
    return [item for item in old if item not in gone]


def _plain(message: str, path: list[str | int]) -> str:
    name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    message = message.replace("Object missing required field", "missing key")
    message = message.replace("Invalid RFC3339 encoded date", "Expected `date`")
    message = _TYPE.sub(_in_words, message).replace("`", '"')
    if message.startswith(("Expected", "Invalid", "unknown value")) and name:
        return f'"{name}": {message[0].lower()}{message[1:]}'
    return message


def _in_words(match: re.Match[str]) -> str:
    names = match[0].strip("`").split(" | ")
    if not _TYPES.keys() >= set(names):
        return match[0]
    return " or ".join(_TYPES[name] for name in names if len(names) == 1 or name != "null")


def _fields(type_: Any, path: Sequence[str | int]) -> list[str]:
    """The keys that a mapping at `path` inside `type_` may have, as far as types tell."""
    return [name for struct in _structs(_type(type_, path)) for name in _names(struct)]


def _type(type_: Any, path: Sequence[str | int]) -> Any:
    """What stands at `path` inside `type_`, or None where that cannot be told."""
    info: Any = msgspec.inspect.type_info(type_)
    for step in path:
        info = _step(info, step)
    return info


def _values(info: Any) -> list[str]:
    members = info.types if isinstance(info, msgspec.inspect.UnionType) else (info,)
    literals = (m.values for m in members if isinstance(m, msgspec.inspect.LiteralType))
    return [str(value) for values in literals for value in values]


def _names(struct: msgspec.inspect.StructType) -> list[str]:
    tag = [struct.tag_field] if struct.tag_field else []
    return [field.encode_name for field in struct.fields] + tag


def _structs(info: Any) -> list[msgspec.inspect.StructType]:
    if isinstance(info, msgspec.inspect.StructType):
        return [info]
    if isinstance(info, msgspec.inspect.UnionType):
        return [s for member in info.types for s in _structs(member)]
    return []


def _step(info: Any, step: str | int) -> Any:
    members = info.types if isinstance(info, msgspec.inspect.UnionType) else (info,)
    for member in members:
        if isinstance(member, msgspec.inspect.StructType):
            for field in member.fields:
                if field.encode_name == step:
                    return field.type
        elif isinstance(member, msgspec.inspect.DictType):
            return member.value_type
        elif isinstance(member, msgspec.inspect.ListType | msgspec.inspect.VarTupleType):
            return member.item_type
    return None
