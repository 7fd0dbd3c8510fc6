"""What fixing has done, or would do: how much, in which files, and as a diff."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping

from newslint.reports.terminal import safe, safe_path
from newslint.reports.wording import plural

_ESCAPES = dict(zip('"\\\a\b\t\n\v\f\r', '"\\abtnvfr', strict=True))
Rules = Mapping[str, Counter[str]]
"""By path: how many findings of each rule are mended."""


def told(verb: str, rules: Rules) -> Iterator[str]:
    """“Fixed 3 findings in 2 articles:” and a line for each of them."""
    yield count(verb, rules) + ":\n"
    for path, counts in rules.items():
        names = (name if n == 1 else f"{name} ×{n}" for name, n in sorted(counts.items()))
        yield f"  {safe_path(path)}: {', '.join(names)}\n"


def count(verb: str, rules: Rules) -> str:
    """“Fixed 3 findings in 2 articles”"""
    findings, articles = sum(map(Counter.total, rules.values())), len(rules)
    return f"{verb} {plural(findings, 'finding')} in {plural(articles, 'article')}"


def diff(name: str, before: bytes, after: bytes, *, exact: bool) -> Iterator[str]:
    """A unified diff of one file of UTF-8 as text, such as `git apply` takes.

    Where it is not read by a program it need not be `exact`: then control characters are spelled
    out, and no line is a command to the service that shows it.
    """
    from difflib import unified_diff  # needed here only

    old, new = _lines(before), _lines(after)
    for line in unified_diff(old, new, _quoted(f"a/{name}"), _quoted(f"b/{name}")):
        body = line.removesuffix("\n")
        yield f"{body if exact else _harmless(body)}\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"


def is_utf8(data: bytes) -> bool:
    """Whether a diff can hold the file: it is one text, and a text has one encoding."""
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False


def _quoted(name: str) -> str:
    """The name as git writes it: in quotes, as bytes, unless it is plain ASCII.

    A tab tells where a name with spaces ends.
    """
    end = "\t" if " " in name else ""
    if name.isascii() and name.isprintable() and not {'"', "\\"} & set(name):
        return name + end
    return f'"{"".join(map(_escaped, os.fsencode(name)))}"{end}'


def _escaped(byte: int) -> str:
    character = chr(byte)
    if character in _ESCAPES:
        return f"\\{_ESCAPES[character]}"
    return character if " " <= character <= "~" else f"\\{byte:03o}"


def _lines(data: bytes) -> list[str]:
    """The lines of a file, with what ends them; as git does, a lone carriage return ends none."""
    parts = data.decode().split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _harmless(line: str) -> str:
    shown = safe(line[1:].rstrip("\r"))
    if shown.lstrip().startswith("::"):  # a command to GitHub, whatever space stands before it
        shown = shown.replace(":", "\\x3a", 1)
    return line[:1] + shown
