"""Kind `metadata`: what an article must carry besides its prose."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from newslint.article import HEADLINE, SUBHEADING, Article, Block, Field, Span
from newslint.kinds.contract import Finder, Hit, Kind, Options, Scope, check_patterns
from newslint.matching import Clues, Needs, occurs
from newslint.patterns import compile_pattern, matches
from newslint.reference import Reference

FRONT_MATTER = "front-matter-syntax"
"""The code of the problem that a reader reports for front matter it cannot read."""


class Required(Options, frozen=True, tag="required", kw_only=True):
    """Any one of these fields, blocks, patterns or path patterns must be there."""

    fields: tuple[str, ...]
    blocks: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()

    def check(self) -> None:
        check_patterns((*self.patterns, *self.paths))

    @property
    def hollow(self) -> frozenset[str]:
        """Values that say nothing."""
        return _lower(self.placeholders)


class Allowed(Options, frozen=True, tag="allowed", kw_only=True):
    """A field's value must be one of these, or match one of these patterns."""

    fields: tuple[str, ...]
    values: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    def check(self) -> None:
        if not (self.values or self.patterns):
            raise ValueError('give "values", "patterns" or both')
        check_patterns(self.patterns)


class AltText(Options, frozen=True, tag="alt-text"):
    """Every image has alternative text."""


class EmptyHeading(Options, frozen=True, tag="empty-heading"):
    """Every heading has text, and something below it."""


class FrontMatter(Options, frozen=True, tag="front-matter"):
    """The front matter can be read."""


@cache
def _lower(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


def build(options: Options, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    return Finder(partial(_FINDERS[type(options)], options, scope), Needs())


def unreadable(article: Article) -> bool:
    """Whether the metadata is there but could not be read, so that nothing can be said of it."""
    return any(problem.code == FRONT_MATTER for problem in article.problems)


def _required(options: Required, scope: Scope, article: Article, _: Clues) -> Iterator[Hit]:
    if unreadable(article) or not article.blocks:
        return
    hollow = options.hollow
    for name in options.fields:
        if (found := article.meta.get(name)) and _filled(found.value, hollow):
            return
    if any(b.kind in options.blocks and b.text.lower() not in hollow for b in article.blocks):
        return
    if any(matches(pattern, article.path, boundaries=False) for pattern in options.paths):
        return
    if any(occurs(article, pattern) for pattern in options.patterns):
        return
    yield Hit(article.anchor(), {"field": options.fields[0], "value": ""}, whole_article=True)


def _filled(value: Any, hollow: frozenset[str]) -> bool:
    if isinstance(value, list):
        return any(_filled(item, hollow) for item in value)
    if value is None or isinstance(value, bool):
        return False
    text = str(value).strip()
    return bool(text) and text.lower() not in hollow


def _allowed(options: Allowed, scope: Scope, article: Article, _: Clues) -> Iterator[Hit]:
    for name in options.fields:
        if (field := article.meta.get(name)) is not None:
            for value in field.value if isinstance(field.value, list) else [field.value]:
                if value is not None and not _fits(options, str(value)):
                    yield Hit(_visible(field), {"field": name, "value": str(value)})


def _fits(options: Allowed, value: str) -> bool:
    return value in options.values or any(
        compile_pattern(pattern).fullmatch(value.encode()) for pattern in options.patterns
    )


def _visible(field: Field) -> Span:
    return field.span if field.span.end > field.span.start else field.key


def _alt_text(options: AltText, scope: Scope, article: Article, _: Clues) -> Iterator[Hit]:
    for image in article.images:
        if not (image.alt or "").strip() and not image.decorative:
            yield Hit(image.span, {"field": "alt", "value": image.url})


def _empty_heading(
    options: EmptyHeading, scope: Scope, article: Article, _: Clues
) -> Iterator[Hit]:
    headings = [block for block in article.blocks if block.kind in (HEADLINE, SUBHEADING)]
    inside = [block for block in headings if block.level]
    for number, block in enumerate(inside):
        following = inside[number + 1] if number + 1 < len(inside) else None
        if not block.text or (block.kind == SUBHEADING and _bare(article, block, following)):
            yield Hit(block.source_span, {"field": "heading", "value": block.text})


def _bare(article: Article, block: Block, following: Block | None) -> bool:
    """Nothing at all stands between the heading and the next one of its level or above."""
    if following is not None and following.level > block.level:
        return False
    end = following.source_span.start if following else len(article.source)
    between = article.source[block.source_span.end : end]
    if article.format == "html":
        return False
    return not between.strip(" \t\r\n#=-*_")


def _front_matter(options: FrontMatter, scope: Scope, article: Article, _: Clues) -> Iterator[Hit]:
    for problem in article.problems:
        if problem.code == FRONT_MATTER:
            yield Hit(problem.span, {"field": "front matter", "value": problem.message})


_FINDERS: dict[type[Options], Any] = {
    Required: _required,
    Allowed: _allowed,
    AltText: _alt_text,
    EmptyHeading: _empty_heading,
    FrontMatter: _front_matter,
}

KIND = Kind(
    checks={
        "required": Required,
        "allowed": Allowed,
        "alt-text": AltText,
        "empty-heading": EmptyHeading,
        "front-matter": FrontMatter,
    },
    build=build,
    placeholders=frozenset({"field", "value"}),
)
