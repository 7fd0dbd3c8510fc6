"""Check `in-sentence` of kind `occurrence`: sentences in which something stands, or too much of it.

The finding is the sentence, for that is what has to be written anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from msgspec import field

from newslint.article import Article
from newslint.kinds.context import overlaps_any
from newslint.kinds.contract import Finder, Hit, Options, Scope, check_patterns
from newslint.kinds.phrases import Place, sentence_at, without_edges
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, fold, search
from newslint.patterns import flagged

_SET = compiled_later(r"\{([a-z][a-z-]*)\}")
MOST_NAMED = 6
"""Hits in a message."""


class InSentence(Options, frozen=True, tag="in-sentence", kw_only=True):
    """A sentence with something in it that is enough, or with several things that are not."""

    patterns: tuple[str, ...] = ()
    """RE2: one hit is enough. Where a pattern has a group, the message names the first one."""
    several: tuple[str, ...] = ()
    """RE2: so many hits are needed as `least` says, different ones (in their first group)."""
    least: int = 2
    except_: tuple[str, ...] = field(name="except", default=())
    """RE2: hits that overlap one of these do not count."""
    sets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Alternatives, RE2 as well: `{name}` stands for them in a pattern."""
    ignore_case: bool = False

    def check(self) -> None:
        if not (self.patterns or self.several):
            raise ValueError('give "patterns", "several" or both')
        if self.least < 2:
            raise ValueError('"least": a number from 2')
        check_patterns(self.ready(self.all_patterns), self.ignore_case)

    @property
    def all_patterns(self) -> tuple[str, ...]:
        """Those of all three options."""
        return (*self.patterns, *self.several, *self.except_)

    def ready(self, patterns: Iterable[str]) -> tuple[str, ...]:
        """The patterns with the sets in them. Raises `ValueError` for a set that is not there."""
        found = {name: f"(?:{'|'.join(words)})" for name, words in self.sets.items()}
        names = {name for pattern in patterns for name in _SET.findall(pattern)}
        if missing := sorted(names - found.keys()):
            raise ValueError(f'there is no set "{missing[0]}" in "sets"')
        filled = (_SET.sub(lambda match: found[match[1]], pattern) for pattern in patterns)
        return tuple(flagged(pattern, self.ignore_case) for pattern in filled)


class _Found(NamedTuple):
    place: Place
    key: str
    """Hits that have it in common count once."""
    enough: bool


class _Patterns(NamedTuple):
    enough: frozenset[str]
    spared: tuple[str, ...]


def build(options: InSentence, scope: Scope) -> Finder:
    """A finder for one rule."""
    enough, several = options.ready(options.patterns), options.ready(options.several)
    patterns = _Patterns(frozenset(enough), options.ready(options.except_))
    find = partial(_find, patterns, scope, options.least)
    return Finder(find, Needs(patterns=(*enough, *several)))


def _find(
    patterns: _Patterns, scope: Scope, least: int, article: Article, clues: Clues
) -> Iterator[Hit]:
    by_sentence: dict[tuple[int, int, int], list[_Found]] = {}
    for found in _found(patterns, scope, article, clues):
        key = (found.place.block, *sentence_at(article, found.place))
        by_sentence.setdefault(key, []).append(found)
    for (index, start, end), hits in sorted(by_sentence.items()):
        if any(hit.enough for hit in hits) or len({hit.key for hit in hits}) >= least:
            yield _hit(article, index, start, end, hits)


def _found(patterns: _Patterns, scope: Scope, article: Article, clues: Clues) -> Iterator[_Found]:
    blocks = article.blocks
    for pattern in clues.patterns:
        enough = pattern in patterns.enough
        for index, (start, end, groups) in search(article, pattern, scope.kinds):
            if index >= len(blocks):  # a link's words, which stand in a block already
                continue
            if not scope.allows(article, index, start, end):
                continue
            if not overlaps_any(article, patterns.spared, index, start, end):
                first, last = next((g for g in groups[1:] if g[0] >= 0), (start, end))
                place = Place(index, first, last) if enough else Place(index, start, end)
                yield _Found(place, fold(blocks[index].text[first:last]), enough)


def _hit(article: Article, index: int, start: int, end: int, hits: list[_Found]) -> Hit:
    block = article.blocks[index]
    start, end = without_edges(block.text, start, end)
    named = list(dict.fromkeys(f"“{block.text[first:last]}”" for first, last in _apart(hits)))
    values = {"match": _listed(named), "count": str(len(named))}
    return Hit(block.span(start, end), values)


def _apart(hits: list[_Found]) -> Iterator[tuple[int, int]]:
    """Where the hits stand, in reading order; of those that begin alike the one that is enough."""
    reached = -1
    for start, _, end in sorted((h.place.start, not h.enough, h.place.end) for h in hits):
        if start >= reached:
            reached = end
            yield start, end


def _listed(named: list[str]) -> str:
    """“a”, “b” and “c”; of many the first ones, and how many more there are."""
    shown = named if len(named) <= MOST_NAMED else named[: MOST_NAMED - 1]
    rest = [f"{len(named) - len(shown)} more"] if len(shown) < len(named) else []
    *others, last = [*shown, *rest]
    return f"{', '.join(others)} and {last}" if others else last
