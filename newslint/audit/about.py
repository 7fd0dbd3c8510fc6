"""What the table of articles says about one: who wrote it, when, and where it stood.

The fields of a row come first, then what the article says itself. The section of a file whose front
matter has none is a guess from its folder: `content/opinion/2024/a.md` is `opinion`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from newslint.article import BYLINE, HEADLINE, Article
from newslint.audit.record import Record
from newslint.language.dates import published
from newslint.language.lexicon import Lexicon
from newslint.later import compiled_later
from newslint.readers.lines import parse_byline

_AUTHORS = ("author", "authors", "byline", "bylines", "creator", "writer", "params.author")
_SECTIONS = (
    "section", "sections", "category", "categories", "channel", "desk", "vertical", "rubric",
    "department", "article:section", "params.section", "taxonomies.categories", "topic", "topics",
)  # fmt: skip
_STRUCTURE = frozenset(
    {"content", "contents", "posts", "_posts", "post", "drafts", "_drafts", "articles", "article"}
    | {"stories", "story", "src", "site", "source", "pages", "page", "archive", "archives", "data"}
    | {"docs", "www", "html", "public", "static", "en", "en-us", "en-gb", "markdown", "md", "txt"}
)
"""Folders that say nothing about what stands in them."""
_BUNDLES = ("index.", "_index.")
"""What a file is called whose folder is named after the article."""
_NUMBERED = compiled_later(r"[\d\W_]+.*")


def about(article: Article, record: Record, dates: Lexicon, is_file: bool) -> dict[str, Any]:
    """The columns `headline`, `byline`, `published` and `section`."""
    day = published(article, dates)
    return {
        "headline": record.headline or _first(article, HEADLINE),
        "byline": _names(record.byline or "") or _authors(article),
        "published": day.isoformat() if day else None,
        "section": record.section
        or _section(article)
        or (_folder(article.path) if is_file else None),
    }


def _first(article: Article, kind: str) -> str | None:
    return next((block.text for block in article.blocks if block.kind == kind), None)


def _authors(article: Article) -> str | None:
    """Who signs: by the metadata, or else by what the copy shows."""
    for key in _AUTHORS:
        if names := _each(value for value in _values(article, key) if "://" not in value):
            return names
    return _each(block.text for block in article.blocks if block.kind == BYLINE)


def _each(bylines: Iterable[str]) -> str | None:
    found = [names for byline in bylines if (names := _names(byline))]
    return ", ".join(dict.fromkeys(found)) or None


def _names(byline: str) -> str | None:
    """Who signs, without “By” and without what they are."""
    line = " ".join(byline.split())
    bare = line[3:] if line[:3].lower() == "by " else line
    if bare.lower() in ("", "by"):
        return None
    marked = f"By {bare}"
    return ", ".join(marked[start:end] for start, end in parse_byline(marked)) or bare


def _section(article: Article) -> str | None:
    """The first section, category or topic of the metadata."""
    return next((value for key in _SECTIONS for value in _values(article, key)), None)


def _values(article: Article, key: str) -> list[str]:
    field = article.meta.get(key)
    values = (
        () if field is None else field.value if isinstance(field.value, list) else (field.value,)
    )
    return [text for v in values if isinstance(v, str) and (text := " ".join(v.split()))]


def _folder(path: str) -> str | None:
    """The innermost folder that says what stands in it."""
    *folders, name = path.split("/")
    if name.startswith(_BUNDLES):
        folders = folders[:-1]
    telling = (f for f in reversed(folders) if f.lower() not in _STRUCTURE)
    return next((f for f in telling if f and not _NUMBERED.fullmatch(f)), None)
