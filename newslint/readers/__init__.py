"""Bytes to article: decode them, choose the reader, and say what a report should mention."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from newslint.article import Article
from newslint.later import compiled_later
from newslint.readers import language_guess
from newslint.readers.decode import MAX_BYTES, Decoded, UndecodableError, decode

__all__ = [
    "MAX_BYTES",
    "SUFFIXES",
    "Decoded",
    "Read",
    "UndecodableError",
    "decode",
    "format_of",
    "read",
    "read_source",
]

MARKDOWN, HTML, TEXT = "markdown", "html", "text"
SUFFIXES = {".md": MARKDOWN, ".markdown": MARKDOWN, ".html": HTML, ".htm": HTML, ".txt": TEXT}
"""What is an article, and its format; in any case."""

EMPTY = "empty"
"""The notice about a file without a character of copy."""

_SNIFFED = 1000
_TAG = compiled_later(r"<(?:!doctype|!--|/?[a-z][a-z0-9-]*[\s/>])", re.IGNORECASE)
_FRONT_MATTER = compiled_later(r"(?:---|\+\+\+)[ \t]*\r?\n|\{\s*\"")
_MARKDOWN = compiled_later(
    r"^(?:#{1,6}[ \t]+\S|!?\[[^\]\n]+\]\([^)\n]+\))|\w\]\([^)\s]+\)", re.MULTILINE
)
_LANGUAGE_KEYS = frozenset(("lang", "language", "locale", "inlanguage", "og:locale"))


_LANGUAGE = compiled_later(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)")


class Read(Struct, frozen=True):
    """An article as read, and what the person who runs newslint should know about its file."""

    article: Article
    notices: tuple[str, ...] = ()
    """In words, without the path: a legacy encoding, `empty`."""


def format_of(path: str) -> str | None:
    """`markdown`, `html` or `text` by the suffix; None where it is no article's."""
    dot = path.rfind(".")
    return SUFFIXES.get(path[dot:].lower()) if dot > path.rfind("/") else None


def read(path: str, data: bytes, format: str | None = None) -> Read:
    """The article in a file; raises `UndecodableError` where the bytes are no text.

    The format is the one given, else that of the suffix, else told from the text.
    """
    decoded = decode(data)
    notices = (decoded.notice,) if decoded.notice else ()
    if not decoded.text or decoded.text.isspace():
        article = Article(path, decoded.text, format or format_of(path) or TEXT)
        return Read(article, (*notices, EMPTY))
    return Read(read_source(path, decoded.text, format), notices)


def read_source(path: str, source: str, format: str | None = None) -> Article:
    """The article in a text; the format is as for `read`."""
    article = _reader(format or format_of(path) or _sniff(source))(path, source)
    if article.language != language_guess.ENGLISH:
        return article
    language = _declared_language(article) or language_guess.guess(article.blocks)
    return article if language == article.language else replace(article, language=language)


def _reader(format: str) -> Callable[[str, str], Article]:
    if format == MARKDOWN:
        from newslint.readers.markdown import read_markdown

        return read_markdown
    if format == HTML:
        from newslint.readers.html import read_html

        return read_html
    from newslint.readers.text import read_text

    return read_text


def _sniff(source: str) -> str:
    head = source[:_SNIFFED].lstrip()
    if _TAG.match(head) and not head.startswith("<!-- newslint"):
        return HTML
    if _FRONT_MATTER.match(head) or _MARKDOWN.search(head):
        return MARKDOWN
    return TEXT


def _declared_language(article: Article) -> str | None:
    """The ISO 639 code of the first metadata value that names a language: `es` for `es-MX`."""
    for key, field in article.meta.items():
        if key.lower() in _LANGUAGE_KEYS and isinstance(field.value, str):
            match = _LANGUAGE.match(field.value)
            if match:
                return match[1].lower()
    return None
