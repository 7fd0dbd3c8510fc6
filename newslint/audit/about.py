"""What the table of articles says about one: who wrote it, when, and where it stood.

The fields of a row come first, then what the article says itself. The section of a file whose front
matter has none is a guess from the folders between it and the one that was given:
`content/opinion/2024/a.md` in `content` is `opinion`.
"""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import basename, dirname, normpath, split
from typing import Any

from newslint.article import BYLINE, HEADLINE, Article
from newslint.audit.record import Record
from newslint.language.dates import published
from newslint.language.lexicon import Lexicon
from newslint.later import compiled_later
from newslint.readers.lines import parse_byline

Given = frozenset[str]
"""The sources of an audit, by `folders_of`: what the folders above them are called says nothing."""
_AUTHORS = ("author", "authors", "byline", "bylines", "creator", "writer", "params.author")
_NOBODY = ("", "by", "none", "null", "nan", "n/a")
"""What dumps write where there is no byline, among it names that programs have for nothing."""
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
_NUMBERED = compiled_later(r"(?:\d+(?![^\W_])|[\W_]).*")
"""`2024`, `03-march`, `_wip`; but `18f` is a name."""


def about(
    article: Article, record: Record, dates: Lexicon, is_file: bool, given: Given = frozenset()
) -> dict[str, Any]:
    """The columns `headline`, `byline`, `published` and `section`."""
    day = published(article, dates)
    return {
        "headline": record.headline or _first(article, HEADLINE),
        "byline": _names(record.byline or "") or _authors(article),
        "published": day.isoformat() if day else None,
        "section": record.section
        or _section(article)
        or (_folder(article.path, given) if is_file else None),
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
    if bare.lower() in _NOBODY:
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


def folders_of(sources: Iterable[str]) -> Given:
    """Sources as `about` compares them with the folders that an article is in."""
    return frozenset(normpath(source) for source in sources)


def _folder(path: str, given: Given) -> str | None:
    """The innermost folder that says what stands in it, of those below the one that was given."""
    folder, name = split(normpath(path))
    if name.startswith(_BUNDLES) and folder not in given:
        folder = dirname(folder)
    while folder not in given and (name := basename(folder)):
        if name.lower() not in _STRUCTURE and not _NUMBERED.fullmatch(name):
            return name
        folder = dirname(folder)
    return None
