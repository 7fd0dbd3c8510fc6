"""Folders of articles, and single ones: what `check` would read."""

from __future__ import annotations

from collections.abc import Iterator

from newslint import config, files
from newslint.audit.record import Record
from newslint.checker import read_file
from newslint.config import Settings


def of_files(path: str, settings: Settings) -> Iterator[Record]:
    """The articles at or below a path, in the order of their paths."""
    found = files.find([path], lambda name: config.wanted(settings, name))
    for error in found.errors:
        yield Record(source=error.path, locator=error.path, code=error.code, message=error.message)
    for name in found.paths:
        try:
            yield Record(source=name, locator=name, content=read_file(name))
        except OSError as error:
            message = error.strerror or str(error)
            yield Record(source=name, locator=name, code="unreadable", message=message)
