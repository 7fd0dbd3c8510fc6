"""Whether an article says of itself that it sells: in its metadata, its folder or its headline."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct

from newslint.article import HEADLINE, Article, Field
from newslint.errors import NewslintError
from newslint.kinds.contract import check_patterns
from newslint.language import once_for
from newslint.language.lexicon import Lexicon, Lexicons
from newslint.lexicons import Changes
from newslint.matching import fold
from newslint.patterns import matches
from newslint.reference import Reference

LEXICON = "promotion"
"""The lexicon that knows the fields, labels and headlines."""
PATTERNS = ("disclosures", "unpaid", "shopping-headlines")
"""Its sections that hold patterns."""


def shelf(reference: Reference, changes: Changes) -> Lexicons:
    """The lexicons as a rule changes them. Raises `ValueError` for a change that cannot be made.

    The lexicon is read when an article first asks for it, unless there is a change to judge.
    """
    lexicons = reference.lexicons_with(changes)
    if changes:
        try:
            lexicon = lexicons[LEXICON]
        except NewslintError as error:
            raise ValueError(error.error.message) from None
        for patterns in lexicon.mapping("networks").values():
            check_patterns([patterns] if isinstance(patterns, str) else patterns)
        for section in PATTERNS:
            check_patterns(lexicon.phrases(section))
    return lexicons


class _Words(Struct, frozen=True, gc=False):
    sponsored_fields: frozenset[str]
    label_fields: frozenset[str]
    section_fields: frozenset[str]
    printed_fields: frozenset[str]
    disclosure_fields: frozenset[str]
    sponsored: frozenset[str]
    shopping: frozenset[str]
    no: frozenset[str]
    headlines: str


@cache
def _words(lexicon: Lexicon) -> _Words:
    def of(section: str) -> frozenset[str]:
        return frozenset(_plain(phrase) for phrase in lexicon.phrases(section))

    def fields(section: str) -> frozenset[str]:
        return frozenset(name.lower() for name in lexicon.phrases(section))

    return _Words(
        fields("sponsored-fields"),
        fields("label-fields"),
        fields("section-fields"),
        fields("printed-fields"),
        fields("disclosure-fields"),
        of("sponsored-labels"),
        of("shopping-labels"),
        of("no"),
        one_pattern(lexicon.phrases("shopping-headlines")),
    )


def one_pattern(patterns: Iterable[str]) -> str:
    """Patterns as alternatives, in any case; nothing where there are none."""
    joined = "|".join(patterns)
    return f"(?i:{joined})" if joined else ""


@once_for
def sponsored(article: Article, lexicon: Lexicon) -> Field | None:
    """The field of the metadata that says somebody paid for the article."""
    words = _words(lexicon)
    for name, field in article.meta.items():
        lower = name.lower()
        if lower in words.label_fields:
            if not words.sponsored.isdisjoint(_labels(field.value)):
                return field
        elif lower in words.sponsored_fields and not words.no.issuperset(_labels(field.value)):
            return field
    return None


@once_for
def sells(article: Article, lexicon: Lexicon) -> bool:
    """Whether readers may expect it to sell: it declares a sponsor, or is meant for shoppers."""
    words = _words(lexicon)
    if sponsored(article, lexicon) is not None:
        return True
    if not words.shopping.isdisjoint(map(_plain, article.path.split("/")[:-1])):
        return True
    labels = (
        label
        for name, field in article.meta.items()
        if name.lower() in words.section_fields
        for label in _labels(field.value)
    )
    return not words.shopping.isdisjoint(labels) or _headline_sells(article, words)


def discloses(article: Article, lexicon: Lexicon) -> bool:
    """Whether the metadata hold what tells readers who pays."""
    words = _words(lexicon)
    for name, field in article.meta.items():
        lower, labels = name.lower(), _labels(field.value)
        if lower in words.disclosure_fields and not words.no.issuperset(labels):
            return True
        if lower in words.printed_fields and not words.sponsored.isdisjoint(labels):
            return True
    return False


def _headline_sells(article: Article, words: _Words) -> bool:
    return bool(words.headlines) and any(
        block.kind == HEADLINE and matches(words.headlines, block.text, boundaries=False)
        for block in article.blocks
    )


def _labels(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [_plain("" if item is None else str(item)) for item in items]


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return " ".join(fold(text).replace("-", " ").replace("_", " ").split())
