"""What every kind of rule is made of: options with a check, a place to look, hits.

A kind is a module with one `Struct` of options for each of its checks and a function that turns
options and a `Scope` into a `Finder`. `kinds/__init__.py` holds the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct

from newslint.article import (
    CAPTION,
    HEADLINE,
    LIST_ITEM,
    PARAGRAPH,
    STANDFIRST,
    SUBHEADING,
    TABLE_CELL,
    Article,
    Block,
    Span,
)
from newslint.engines import Asked
from newslint.finding import Edit
from newslint.language.quotations import in_quotation
from newslint.matching import Clues, Needs, prose
from newslint.patterns import compile_pattern, flagged
from newslint.reference import Reference

PROSE = (HEADLINE, STANDFIRST, SUBHEADING, PARAGRAPH, LIST_ITEM, CAPTION, TABLE_CELL)
"""The blocks that a rule without `scope` sees."""


class Options(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", tag_field="check"):
    """Base of all options: kebab-case keys, unknown ones are errors, `check` tells them apart."""

    def check(self) -> None:
        """Raise `patterns.PatternError` or `ValueError` for options that make no sense.

        Shipped rules, whose examples are tests, are not asked at every start.
        """


class Informed(Options, frozen=True):
    """Base of options whose check asks a language room: the words it knows can be changed."""

    lexicons: dict[str, dict[str, Any]] = {}
    """By lexicon and section; `section+` adds to it, `section-` removes from it."""


def check_patterns(patterns: Iterable[str | None], ignore_case: bool = False) -> None:
    """Raise `PatternError` for the first pattern that cannot be used."""
    for pattern in patterns:
        if pattern is not None:
            compile_pattern(flagged(pattern, ignore_case))


class Hit(NamedTuple):
    """One place that a check objects to."""

    span: Span
    values: dict[str, str]
    """For the placeholders of the message."""
    edits: tuple[Edit, ...] = ()
    related: tuple[tuple[Span, str], ...] = ()
    """Other places in this article, with a word on each."""
    whole_article: bool = False
    again: tuple[Span, ...] = ()
    """Places that might have carried the hit as well, and that nobody needs to be shown."""
    proper: bool = False
    """The edits are about words that have capitals anyway (months, titles, names), or about none:
    they need not be kept from names."""
    doubtful: bool = False
    """The edits want a reader, though those of the rule are safe."""


class Scope(Struct, frozen=True):
    """The part of an article that a rule looks at."""

    kinds: frozenset[str] = frozenset(PROSE)
    quotations: str = "false"
    """`false`: narration only; `true`: both; `only`: quotations only."""

    def blocks(self, article: Article) -> Iterator[tuple[int, Block]]:
        """The blocks in scope, with their index in `matching.prose(article).blocks`."""
        text = prose(article)
        for index in sorted(i for kind in self.kinds for i in text.by_kind.get(kind, ())):
            yield index, text.blocks[index]

    def allows(self, article: Article, index: int, start: int, end: int) -> bool:
        """Whether `text[start:end]` of block `index` is in scope."""
        if prose(article).blocks[index].kind not in self.kinds:
            return False
        if self.quotations == "true" or index >= len(article.blocks):
            return True
        return in_quotation(article, index, start, end) == (self.quotations == "only")


class Fact(Struct, frozen=True, array_like=True, gc=False):
    """What an article contributes to a comparison across articles. Plain data: it is kept."""

    key: str
    """Facts of one key have to do with each other: a person's name, say."""
    values: tuple[str, ...]
    """What the check makes of it."""
    span: Span
    """Where it stands in the source of its article."""


class Voice(Struct, frozen=True, gc=False):
    """The facts of one article, for one rule."""

    path: str
    published: str
    """The article's own date, `YYYY-MM-DD`, or nothing."""
    facts: Sequence[Fact]


class Clash(NamedTuple):
    """One place that a comparison objects to."""

    voice: Voice
    fact: Fact
    values: Mapping[str, str]
    """For the placeholders of the message; never a path or a count of other articles."""
    related: tuple[tuple[Voice, Fact, str], ...] = ()
    """Places in other articles, with a word on each; the nearest matter first."""


class Comparison(NamedTuple):
    """The part of a rule that looks at several articles together."""

    facts: Callable[[Article], Iterable[Fact]]
    compare: Callable[[Sequence[Voice]], Iterable[Clash]]
    """Given all articles, ordered by path. Clashes in articles that were not asked for are dropped,
    as are those where the rule has found something within the article already."""
    shared_keys: bool = False
    """True where a fact matters only if another article has one of the same key."""
    whole_article: bool = False
    """Clashes are about articles and not about the words they stand on."""
    near: Callable[[Fact], Iterable[str]] | None = None
    """Words by which, and by its key if that is not empty, other articles find a fact. What has
    no word in common with an article, nor with one that has, makes no difference to its clashes.
    None: every article may."""
    excused: Callable[[Sequence[Voice]], Iterable[tuple[Voice, Fact]]] | None = None
    """Given what `compare` is given: the places at which the rule has found something within the
    article that other articles show to be right."""
    keys_apart: bool = False
    """True where facts of different keys never matter to each other: an archive that is too large
    to be compared as a whole can be compared key by key."""
    kindred: Callable[[Sequence[Voice]], Iterable[tuple[int, int]]] | None = None
    """Given facts of one key, each in a voice of its own and no two of them alike: the numbers of
    those that may clash. What no chain of such pairs leads to makes no difference to a clash."""


def key_alone(_: Fact) -> tuple[str, ...]:
    """For `Comparison.near`: a fact is found by its key and nothing else."""
    return ()


def nothing(_: Sequence[Voice]) -> Iterable[Clash]:
    """For `Comparison.compare`: other articles only take findings away."""
    return ()


class Finder(NamedTuple):
    """A rule ready to run."""

    find: Callable[[Article, Clues], Iterable[Hit]]
    """Given the article and what was found of `needs` in it."""
    needs: Needs
    comparison: Comparison | None = None
    asked: Asked | None = None
    """What it wants an engine to look for; the rules of a run share one reading by the engine."""


class Kind(NamedTuple):
    """One row of the table of kinds."""

    checks: dict[str, type[Options]]
    build: Callable[[Options, Scope, Reference], Finder]
    """Given options that have passed their `check`."""
    placeholders: frozenset[str]
    """What messages may name; digits stand for groups."""
    asks: bool = False
    """Whether its rules may ask an engine."""


def slice_edit(article: Article, block: Block, start: int, end: int, text: str) -> tuple[Edit, ...]:
    """An edit of `block.text[start:end]`, or none where markup lies inside it."""
    span = block.span(start, end)
    if article.source[span.start : span.end] != block.text[start:end]:
        return ()
    return (Edit(span, text),)
