"""Where front matter takes one more entry under `newslint: {ignore: …}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from newslint.article import Span
from newslint.finding import Edit
from newslint.readers import frontmatter

MAX_LENGTH = 100_000
"""Code points; longer front matter is left alone."""

_YAML = re.compile(r"\s*---[ \t]*\r?\n(?P<keys>.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.S | re.M)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\r?\n(?P<keys>.*?)^\+\+\+[ \t]*\r?$", re.S | re.M)
_TABLE = re.compile(r"^\[newslint\.ignore\][ \t]*\r?\n", re.M)


def end(source: str) -> int:
    """Where the body begins."""
    return frontmatter.read(source).body


def entries(source: str, rule: str, reason: str) -> Iterator[tuple[Edit, ...]]:
    """Edits that might do, none where there is no front matter of a form that is known."""
    if match := _YAML.match(source, 0, MAX_LENGTH):
        start, keys = match.start("keys"), match["keys"]
        try:
            root = yaml.compose(keys, Loader=yaml.SafeLoader)
        except yaml.YAMLError:
            return
        at, to, text = _in_yaml(root, keys, f"{rule}: {reason}")
        yield (Edit(Span(start + at, start + to), text),)
    elif match := _TOML.match(source, 0, MAX_LENGTH):
        entry = f'{rule} = "{reason}"'
        if table := _TABLE.search(source, match.start("keys"), match.end("keys")):
            at, text = table.end(), entry + "\n"
        else:
            at, text = match.end("keys"), f"\n[newslint.ignore]\n{entry}\n"
        yield (Edit(Span(at, at), text),)


def _in_yaml(root: yaml.Node | None, keys: str, entry: str) -> tuple[int, int, str]:
    """What to replace with what: from, to, text."""
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return len(keys), len(keys), f"newslint:\n  ignore:\n    {entry}\n"
    newslint = _value(root, "newslint")
    if newslint is None:
        return len(keys), len(keys), f"newslint:\n  ignore:\n    {entry}\n"
    if not isinstance(newslint, yaml.MappingNode):
        return _replaced(newslint, f"{{ignore: {{{entry}}}}}")
    ignore = _value(newslint, "ignore")
    if ignore is None:
        return _added(newslint, f"ignore: {{{entry}}}")
    if isinstance(ignore, yaml.MappingNode):
        return _added(ignore, entry)
    listed = ignore.value if isinstance(ignore, yaml.SequenceNode) else [ignore]
    known = [f'{node.value}: ""' for node in listed if node.value]
    return _replaced(ignore, "{" + ", ".join([*known, entry]) + "}")


def _value(mapping: yaml.MappingNode, key: str) -> yaml.Node | None:
    found: list[yaml.Node] = [value for name, value in mapping.value if name.value == key]
    return found[0] if found else None


def _added(mapping: yaml.MappingNode, entry: str) -> tuple[int, int, str]:
    """As the first entry of a mapping."""
    if mapping.flow_style:
        at = mapping.start_mark.index + 1
        return at, at, entry + (", " if mapping.value else "")
    first = mapping.value[0][0].start_mark
    return first.index, first.index, f"{entry}\n{' ' * first.column}"


def _replaced(node: yaml.Node, text: str) -> tuple[int, int, str]:
    start, to = node.start_mark.index, node.end_mark.index
    if start == to:  # nothing stands there: “ignore:” at the end of its line
        return start, to, " " + text
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        return start, to, text + "\n"
    return start, to, text
