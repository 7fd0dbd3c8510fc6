"""A record as the article that rules see, and the way back from its places to the record.

A file is read as `check` reads it. A row becomes one text, headline first, then byline, then body;
places in it are told by field and offset within the field.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from newslint import readers
from newslint.article import Article, Span
from newslint.audit.record import Record
from newslint.lines import Lines


class Composed(Struct, frozen=True, dict=True):
    """An article, and where in its source each field of the record stands."""

    article: Article
    notices: tuple[str, ...] = ()
    fields: tuple[tuple[str, int, int], ...] = ()
    """Name, start and end; none where the source is the file."""

    def place(self, span: Span) -> dict[str, Any]:
        """The columns of `linted.PLACE`, the text left out."""
        name, begin = "", 0
        for field, start, end in self.fields:
            if start <= span.start <= end:
                name, begin = field, start
        lines = self.__dict__.setdefault("_lines", {})
        if name not in lines:
            end = next((e for f, _, e in self.fields if f == name), len(self.article.source))
            lines[name] = Lines(self.article.source[begin:end])
        line, column = lines[name].place(span.start - begin)
        return {
            "field": name, "start": span.start - begin, "end": span.end - begin,
            "line": line, "column": column,
        }  # fmt: skip


def composed(record: Record) -> Composed:
    """The article of a record. Raises `UndecodableError` where the bytes are no text."""
    if not record.record:
        read = readers.read(record.locator, record.content)
        return Composed(read.article, read.notices)
    body = record.content.decode("utf-8", "replace")
    top = f"{record.headline}\n\n" if record.headline else ""
    article = readers.read_source(record.locator, top + body, record.format or "text")
    fields = (("headline", 0, len(top)), ("body", len(top), len(top) + len(body)))
    return Composed(article, (), fields)
