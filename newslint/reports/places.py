"""Places as reports for machines give them: lines, columns, paths from the top of a repository."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from typing import NamedTuple

from newslint.article import Span
from newslint.checker import Result
from newslint.errors import Error
from newslint.finding import Related
from newslint.lines import Lines
from newslint.reports.contract import Look

NOWHERE = "."
"""The path of an error that is about no file: a flag, say."""


class Range(NamedTuple):
    """From a line and column to another, 1-based, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def range_of(span: Span, lines: Lines) -> Range:
    """The range of a span, columns in code points."""
    return Range(*lines.place(span.start), *lines.place(span.end))


def range_of_related(related: Related, lines: Lines) -> Range:
    """The range of a related place, in this article (`lines`) or in another one."""
    return Range(*related.lines) if related.lines else range_of(related.span, lines)


def in_bytes(span: Span, result: Result, lines: Lines) -> Range:
    """The range of a span, columns in the bytes of the file: a byte order mark counts."""
    return Range(*_in_bytes(span.start, result, lines), *_in_bytes(span.end, result, lines))


def _in_bytes(offset: int, result: Result, lines: Lines) -> tuple[int, int]:
    line, column = lines.place(offset)
    if not result.source.isascii():
        before = result.source[offset - column + 1 : offset]
        column = len(before.encode("utf-8", "surrogatepass")) + 1
    return line, column + (len(BOM_UTF8) if result.marked and line == 1 else 0)


def path_of(error: Error) -> str:
    """The file that an error is about."""
    return error.path or NOWHERE


def from_top(path: str, look: Look) -> str | None:
    """The path from the top of the repository, joined with `/`; None where it leads out of it."""
    if path == "-":  # stdin without a name is no file
        return path
    full = absolute(path, look)
    below = _below(full, look.top)
    if below is None:  # given by another way, through a symbolic link
        folder, name = os.path.split(full)
        below = _below(os.path.join(os.path.realpath(folder), name), look.top)
    return below


def absolute(path: str, look: Look) -> str:
    """The whole path, without dots."""
    return os.path.normpath(os.path.join(look.cwd, path))


def _below(full: str, top: str) -> str | None:
    path = os.path.relpath(full, top or os.curdir)
    return None if path.split(os.sep)[0] == os.pardir else path.replace(os.sep, "/")
