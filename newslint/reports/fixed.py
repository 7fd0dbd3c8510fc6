"""What fixing has done, or would do: how much, in which files, and as a diff."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping

from newslint.readers.decode import decode
from newslint.reports.terminal import safe, safe_path
from newslint.reports.wording import plural

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


def diff(path: str, before: bytes, after: bytes, *, exact: bool) -> Iterator[str]:
    """A unified diff of one file as text, such as `git apply` takes.

    Where it is not read by a program it need not be `exact`: then control characters are spelled
    out, and no line is a command to the service that shows it.
    """
    from difflib import unified_diff  # needed here only

    old, new, name = _lines(before), _lines(after), _name(path)
    for line in unified_diff(old, new, f"a/{name}", f"b/{name}"):
        body = line.removesuffix("\n")
        yield f"{body if exact else _harmless(body)}\n"
        if not line.endswith("\n"):
            yield "\\ No newline at end of file\n"


def _name(path: str) -> str:
    """The path as git writes it: a tab tells where a name with spaces ends."""
    name = safe(os.path.normpath(path).replace(os.sep, "/").lstrip("/"))
    return f"{name}\t" if " " in name else name


def _lines(data: bytes) -> list[str]:
    """The lines of a file, with what ends them; as git does, a lone carriage return ends none."""
    parts = decode(data).text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _harmless(line: str) -> str:
    shown = safe(line[1:].rstrip("\r"))
    if shown.lstrip().startswith("::"):  # a command to GitHub, whatever space stands before it
        shown = shown.replace(":", "\\x3a", 1)
    return line[:1] + shown
