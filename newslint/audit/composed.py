"""A record as the article that rules see, and the way back from its places to the record.

A file is read as `check` reads it, a web page for its main text, and a row is composed of its
fields: places in it are told by field, and by offset within the field.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from newslint import readers
from newslint.article import Article, Span
from newslint.audit import row
from newslint.audit.record import Record
from newslint.audit.row import Part
from newslint.audit.sources import naming
from newslint.lines import Lines

PAGE = "page"


class Composed(Struct, frozen=True, dict=True):
    """An article, and where in its text each field of the record stands."""

    article: Article
    notices: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    """In the order of the text; none where the text is that of the source."""

    def place(self, span: Span) -> dict[str, Any]:
        """The columns of `linted.PLACE`.

        What runs over the end of its field ends with it.
        """
        part = self._part(span.start)
        start = max(span.start, part.start)
        end = max(min(span.end, part.end), start)
        line, column = self._lines(part).place(start - part.start)
        return {
            "field": part.name, "start": start - part.start, "end": end - part.start,
            "line": line, "column": column, "text": self.article.source[start:end],
        }  # fmt: skip

    def _part(self, at: int) -> Part:
        """The field that a place stands in, or else the next one."""
        for part in self.parts:
            if at <= part.end:
                return part
        return self.parts[-1] if self.parts else Part("", 0, len(self.article.source))

    def _lines(self, part: Part) -> Lines:
        known: dict[str, Lines] = self.__dict__.setdefault("_known", {})
        if part.name not in known:
            known[part.name] = Lines(self.article.source[part.start : part.end])
        return known[part.name]


def composed(record: Record) -> Composed:
    """The article of a record. Raises `UndecodableError` where the bytes are no text."""
    path = path_of(record)
    if record.format == PAGE:
        from newslint.audit.page import read_page  # slow to import, and for web archives alone

        source = record.content.decode("utf-8", "replace")
        return Composed(*read_page(path, source))
    if is_file(record):
        read = readers.read(path, record.content, record.format)
        return Composed(read.article, read.notices)
    article, parts, notices = row.article_of(record, path)
    return Composed(article, notices, parts)


def is_file(record: Record) -> bool:
    """Whether the record is a file, alone or in an archive, and no row or page."""
    return not record.record and record.format != PAGE


def path_of(record: Record) -> str:
    """The path by which globs of the config know an article.

    Of a file in an archive its name there; of a row or page the path of its address, if it has one:
    the name of a dump says nothing about an article, not its date either.
    """
    if is_file(record):
        return _in_archive(record.source) or record.source
    return _path_of_address(record.url) if record.url else ""


def _in_archive(source: str) -> str:
    """What follows the name of an archive of files: the name of a file in it."""
    at = source.find("!")
    while at >= 0 and naming.kind_of(source[:at]) not in naming.ARCHIVES:
        at = source.find("!", at + 1)
    return source[at + 1 :] if at >= 0 else ""


def _path_of_address(url: str) -> str:
    try:
        return unquote(urlsplit(url).path).strip("/")
    except ValueError:
        return ""
