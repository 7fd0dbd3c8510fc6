"""What must stand around a hit: the options that `terms` and `pattern` share."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Literal

from msgspec import field

from newslint.article import PARAGRAPH, Article
from newslint.kinds.contract import Options, Scope, check_patterns
from newslint.language import once
from newslint.matching import occurs, prose
from newslint.patterns import empty, find, flagged, matches, whole_words

WINDOW = 400
"""Code points on each side of a hit in which `before`, `after` and their opposites are sought."""

_EDGE = " \t\n.,;:!?…–—-•*()[]{}“”\"'‘’«»\ufffc"


class Context(Options, frozen=True):
    """Options that narrow a hit. All patterns are RE2."""

    before: str | None = None
    after: str | None = None
    not_before: str | None = None
    not_after: str | None = None
    except_: tuple[str, ...] = field(name="except", default=())
    where: Literal["any", "start", "end", "whole"] = "any"
    first: int | None = None
    last: int | None = None
    requires: str | None = None
    unless: str | None = None
    boundaries: Literal["word", "none"] = "word"

    ignore_case: bool = False

    def check(self) -> None:
        single = (self.before, self.after, self.not_before, self.not_after)
        check_patterns((*single, *self.except_, self.requires, self.unless), self.ignore_case)
        if any(count is not None and count < 1 for count in (self.first, self.last)):
            raise ValueError('"first" and "last" count paragraphs from 1')


class Replacing(Context, frozen=True):
    """Options of checks that can replace a hit."""

    safe: bool = False
    by_hand: tuple[str, ...] = ()
    """RE2: what overlaps one of these is flagged and not replaced."""
    certain: tuple[str, ...] = ()
    """RE2: what overlaps one of these is replaced all the same."""
    unsafe: tuple[str, ...] = ()
    """RE2: where the rule is safe, what overlaps one of these is not replaced unseen."""
    keep_case: bool = True

    def check(self) -> None:
        super().check()
        check_patterns((*self.by_hand, *self.certain, *self.unsafe), self.ignore_case)


def left_by_hand(options: Replacing, article: Article, index: int, start: int, end: int) -> bool:
    """Whether the hit `text[start:end]` in block `index` is not to be replaced."""
    by_hand, certain = (
        overlaps_any(
            article, (flagged(p, options.ignore_case) for p in patterns), index, start, end
        )
        for patterns in (options.by_hand, options.certain)
    )
    return by_hand and not certain


def doubtful(options: Replacing, article: Article, index: int, start: int, end: int) -> bool:
    """Whether replacing the hit `text[start:end]` in block `index` wants a reader."""
    patterns = (flagged(pattern, options.ignore_case) for pattern in options.unsafe)
    return overlaps_any(article, patterns, index, start, end)


def article_allows(options: Context, article: Article) -> bool:
    """Whether `requires` and `unless` let the rule run on this article at all."""
    for pattern, wanted in ((options.requires, True), (options.unless, False)):
        if pattern is None:
            continue
        if occurs(article, flagged(pattern, options.ignore_case)) != wanted:
            return False
    return True


def keeps(
    options: Context, scope: Scope, article: Article, index: int, start: int, end: int
) -> bool:
    """Whether the hit `text[start:end]` in block `index` passes all that narrows it."""
    text = prose(article).blocks[index].text
    if options.boundaries == "word" and not whole_words(text, start, end):
        return False
    spared = (flagged(pattern, options.ignore_case) for pattern in options.except_)
    return (
        scope.allows(article, index, start, end)
        and _placed(options.where, text, start, end)
        and _in_paragraphs(options, article, index)
        and _surrounded(options, text, start, end)
        and not overlaps_any(article, spared, index, start, end)
    )


def _placed(where: str, text: str, start: int, end: int) -> bool:
    if where in ("start", "whole") and text[:start].strip(_EDGE):
        return False
    return not (where in ("end", "whole") and text[end:].strip(_EDGE))


def _in_paragraphs(options: Context, article: Article, index: int) -> bool:
    if options.first is None and options.last is None:
        return True
    indices = _paragraphs(article)
    number = bisect_left(indices, index)
    if number == len(indices) or indices[number] != index:
        return False
    early = options.first is not None and number < options.first
    return early or (options.last is not None and number >= len(indices) - options.last)


@once
def _paragraphs(article: Article) -> list[int]:
    """The indices of the paragraphs."""
    return [index for index, block in enumerate(article.blocks) if block.kind == PARAGRAPH]


def _surrounded(options: Context, text: str, start: int, end: int) -> bool:
    left = text[max(0, start - WINDOW) : start].rstrip()
    right = text[end : end + WINDOW].lstrip()
    for pattern, side, ends, wanted in (
        (options.before, left, True, True),
        (options.not_before, left, True, False),
        (options.after, right, False, True),
        (options.not_after, right, False, False),
    ):
        if pattern is not None:
            found = _touches(flagged(pattern, options.ignore_case), side, ends)
            if found != wanted:
                return False
    return True


def _touches(pattern: str, side: str, ends: bool) -> bool:
    """Whether the pattern stands at the end of the left side, or the start of the right one."""
    anchored = f"(?:{pattern})$" if ends else f"^(?:{pattern})"
    return matches(anchored, side) or (not side and empty(anchored))


def overlaps_any(
    article: Article, patterns: Iterable[str], index: int, start: int, end: int
) -> bool:
    """Whether `text[start:end]` of block `index` overlaps a match of one of the patterns."""
    known = _known(article)
    for pattern in patterns:
        ranges = known.get((index, pattern))
        if ranges is None:
            found = find(pattern, prose(article).blocks[index].text)
            ranges = known[index, pattern] = [(match.start, match.end) for match in found]
        before = bisect_left(ranges, (end, 0)) - 1
        if before >= 0 and ranges[before][1] > start:
            return True
    return False


@once
def _known(article: Article) -> dict[tuple[int, str], list[tuple[int, int]]]:
    """What `overlaps_any` has found so far, for a block may hold many hits: sorted, disjoint."""
    return {}
