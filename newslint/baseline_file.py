"""The file of a baseline: one finding a line, sorted, for git to merge and people to read.

A line holds path, rule, fingerprint and the first words of the finding, with tabs between them.
Paths start from the folder of the file. In paths and words, what is not plain to read (control
characters, bytes that are no UTF-8, a backslash, `#` at the start) is written as bytes: `\\x09`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from newslint.errors import Error, NewslintError
from newslint.later import compiled_later

NAME = "newslint-baseline.txt"
HEADER = """\
# Old findings that newslint leaves out of its reports: path, rule, fingerprint, first words.
# newslint check --prune-baseline takes out what has been mended, and clears up merge conflicts.
# With this line in .gitattributes there are none: newslint-baseline.txt merge=union
"""

Key = tuple[str, str]
"""Rule and fingerprint of a finding."""
Entries = dict[str, dict[Key, str]]
"""By path: the findings that are known there, with their first words."""

_LINE = compiled_later(r"([^\t]+)\t([a-z0-9-]+)\t([0-9a-f]{20})(?:\t([^\t]*))?")
_ESCAPED = compiled_later(rb"\\x([0-9a-f]{2})")
_MARKER = compiled_later(r"(?:<{7}|\|{7}|={7}|>{7})(?: .*)?")
_CONFLICT = "left by a merge conflict: keep the lines of both sides and delete this one"
_GARBAGE = "no line of a baseline: delete it"
_HEALED = ", or let --prune-baseline do so"


def read(path: Path, shown: str, names: Mapping[str, str]) -> tuple[Entries, list[Error]]:
    """What the file holds, and an error for each line that is none of its own.

    `shown` is what errors call the file; `names` gives the id of a rule by any name it has had.
    Raises `NewslintError` for what cannot be read at all.
    """
    entries: Entries = {}
    bad: list[Error] = []
    match, known = _LINE.fullmatch, names.get
    of_path: dict[Key, str] = {}
    last = None
    for number, line in enumerate(_lines(path, shown), 1):
        found = match(line)
        if found is None or line[0] == "#":
            if line.strip() and line[0] != "#":
                bad.append(Error(shown, "config", _reason(line), number))
            continue
        name, rule, fingerprint, words = found.groups()
        if name != last:
            last, of_path = name, entries.setdefault(unescaped(name), {})
        of_path[known(rule, rule), fingerprint] = words or ""
    return entries, bad


def write(path: Path, entries: Entries, shown: str) -> None:
    """Write the file beside and rename it. Raises `NewslintError` where that cannot be done."""
    from newslint import atomic  # not needed by runs that only read

    lines = sorted(
        f"{escaped(name)}\t{rule}\t{fingerprint}\t{words}\n"
        for name, of_path in entries.items()
        for (rule, fingerprint), words in of_path.items()
    )
    try:
        real = path.resolve()  # a link that stays inside the repository is kept
        mode = real.stat().st_mode & 0o777 if real.exists() else None
        atomic.write(real, (HEADER + "".join(lines)).encode("utf-8", "surrogateescape"), mode)
    except (OSError, RuntimeError) as failure:  # RuntimeError: a link to itself
        reason = getattr(failure, "strerror", None) or str(failure)
        raise NewslintError(Error(shown, "config", f"cannot be written: {reason}")) from None


def escaped(text: str) -> str:
    """The text with all that could break a line, or hide in it, written as bytes."""
    if text.isascii() and text.isprintable() and "\\" not in text and text[:1] != "#":
        return text
    return "".join(
        char if char.isprintable() and char != "\\" and (char != "#" or at) else _bytes(char)
        for at, char in enumerate(text)
    )


def _bytes(char: str) -> str:
    # Half a character: a byte of a name that is no UTF-8, or (on Windows) truly half of one.
    errors = "surrogateescape" if "\udc80" <= char <= "\udcff" else "surrogatepass"
    return "".join(f"\\x{byte:02x}" for byte in char.encode("utf-8", errors))


def unescaped(name: str) -> str:
    """What `escaped` made it from."""
    if "\\" not in name:
        return name
    data = name.encode("utf-8", "surrogateescape")
    data = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), data)
    return data.decode("utf-8", "surrogateescape")


def _lines(path: Path, shown: str) -> Iterator[str]:
    try:
        data = path.read_bytes()
    except OSError as failure:
        reason = failure.strerror or str(failure)
        raise NewslintError(Error(shown, "config", f"cannot be read: {reason}")) from None
    if b"\0" in data:
        raise NewslintError(Error(shown, "config", "is not UTF-8: save it as UTF-8"))
    text = data.decode("utf-8-sig", "surrogateescape")
    return (line.removesuffix("\r") for line in text.split("\n"))


def _reason(line: str) -> str:
    return (_CONFLICT if _MARKER.fullmatch(line) else _GARBAGE) + _HEALED
