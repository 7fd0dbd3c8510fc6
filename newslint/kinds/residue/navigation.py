"""The way to a page, printed with the article: breadcrumbs, labels of sections, words of menus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, partial

from newslint.article import HEADLINE, LINK_LINE, PARAGRAPH, STANDFIRST, Article, Block, Span
from newslint.kinds.contract import Finder, Hit, Options, Scope, check_patterns
from newslint.kinds.phrases import (
    EDGE,
    SHORT,
    Line,
    Place,
    begins,
    by_first_word,
    deliberate,
    short_lines,
)
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, fold
from newslint.patterns import matches

_LABELLED = (PARAGRAPH, LINK_LINE, STANDFIRST)
_TITLED = 3
"""Steps of a breadcrumb that was taken for the headline."""
_WORD = compiled_later(r"[^\W_]+(?:['’&-][^\W_]+)*")


class Navigation(Options, frozen=True, tag="navigation", kw_only=True):
    """Lines that are no copy but the way to it."""

    lines: tuple[str, ...]
    """What such a line says, and nothing else."""
    starts: tuple[str, ...] = ()
    """What such a line begins with."""
    patterns: tuple[str, ...] = ()
    """What a short line looks like; in any case."""
    labels: tuple[str, ...] = ()
    """Names of sections: a line above the copy that says nothing else is one."""
    separators: tuple[str, ...] = ()
    """What stands between the steps of a breadcrumb, the first of which is a label."""
    longest: int = 30
    """Characters of a line that a pattern is tried on."""
    words: int = 5
    """Words of a step, and of a label above the headline."""
    menu: int = 4
    """Short lines in a row, half of them labels, that make a menu."""
    top: int = 4
    """Blocks among which a label is looked for."""

    def check(self) -> None:
        check_patterns(self.patterns, ignore_case=True)
        if any(not mark.strip() for mark in self.separators):
            raise ValueError("an empty separator stands everywhere")


def navigation(options: Navigation, scope: Scope) -> Finder:
    """A finder for lines of navigation."""
    lines = frozenset(fold(line).strip(EDGE) for line in options.lines)
    labels = frozenset(fold(label).strip(EDGE) for label in options.labels)
    starts = by_first_word(options.starts)
    return Finder(partial(_find, options, scope, lines, labels, starts), Needs())


def _find(
    options: Navigation, scope: Scope, lines: frozenset[str], labels: frozenset[str],
    starts: dict[str, tuple[str, ...]], article: Article, _: Clues,
) -> Iterator[Hit]:  # fmt: skip
    found = set(_labels(options, scope, labels, article))
    short: list[Line] = []
    for line in short_lines(article):
        text = article.blocks[line.block].text
        if article.blocks[line.block].kind == HEADLINE:
            if _is_trail(options, labels, text, _TITLED):
                found.add(line.block)
            continue
        said = line.text in lines or (line.first in starts and begins(starts, line))
        if said or _looks_like_it(options, labels, line, text):
            found.add(line.block)
        if len(text) <= options.longest:
            short.append(line)
    ranges = [(index, index) for index in found]
    if 2 * sum(line.text in labels for line in short) >= options.menu:
        ranges += _menus(options, labels, article, short)
    reached = -1
    for first, last in sorted(ranges, key=lambda ends: (ends[0], -ends[1])):
        blocks = article.blocks[first : last + 1]
        place = Place(first, 0, len(blocks[0].text))
        if first > reached and scope.allows(article, *place) and not deliberate(article, place):
            reached = last
            span = Span(blocks[0].source_span.start, blocks[-1].source_span.end)
            yield Hit(span, {"match": ", ".join(block.text.strip() for block in blocks)})


def _menus(
    options: Navigation, labels: frozenset[str], article: Article, lines: list[Line]
) -> Iterator[tuple[int, int]]:
    """The first and the last block of each run of short lines that is a menu."""
    runs: list[list[Line]] = [[]]
    for line in lines:
        words = article.blocks[line.block].text.split()
        titled = 1 <= len(words) <= options.words and words[-1][-1].isalnum()
        if not titled or (runs[-1] and runs[-1][-1].block != line.block - 1):
            runs.append([])
        if titled:
            runs[-1].append(line)
    for run in runs:
        named = [line for line in run if line.text in labels]
        if len(run) >= options.menu and 2 * len(named) >= len(run):
            yield run[0].block, run[-1].block


def _looks_like_it(options: Navigation, labels: frozenset[str], line: Line, text: str) -> bool:
    if line.text[-1:].isdigit() and len(text) <= options.longest:
        return any(matches(f"(?i:{pattern})", text) for pattern in options.patterns)
    separator = _separator(options.separators)
    return separator.search(text) is not None and _is_trail(options, labels, text)


@cache
def _separator(marks: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, marks)) or r"(?!)")


def _is_trail(options: Navigation, labels: frozenset[str], text: str, least: int = 2) -> bool:
    """Whether it is a breadcrumb: short steps in a row, of which the first is a label."""
    for mark in options.separators:
        steps = [step.strip() for step in text.split(mark)]
        steps = steps[1:] if not steps[0] else steps
        if len(steps) >= least and _is_section(labels, steps[0]):
            words = [_WORD.findall(step) for step in steps]
            return text[-1] not in ".!?" and all(
                1 <= len(step) <= options.words and not step[0][0].islower() for step in words
            )
    return False


def _is_section(labels: frozenset[str], step: str) -> bool:
    """Whether a step names a section, or several in one: “Tech News”."""
    whole = fold(step).strip(EDGE)
    return whole in labels or all(word in labels for word in whole.split(" "))


def _labels(
    options: Navigation, scope: Scope, labels: frozenset[str], article: Article
) -> Iterator[int]:
    """Blocks at the top that say what section it is: any above the headline, or only labels."""
    top = article.blocks[: options.top]
    headlines = [index for index, block in enumerate(top) if block.kind == HEADLINE]
    for index, block in enumerate(top):
        if len(block.text) > SHORT:
            break
        if block.kind in scope.kinds and _is_label(options, labels, block):
            words = [fold(word) for word in _WORD.findall(block.text)]
            above = bool(headlines) and index < headlines[0] and block.kind == LINK_LINE
            if above or (bool(headlines) and all(word in labels for word in words)):
                yield index


def _is_label(options: Navigation, labels: frozenset[str], block: Block) -> bool:
    words = _WORD.findall(block.text)
    return (
        block.kind in _LABELLED
        and 1 <= len(words) <= options.words
        and all(word[0].isupper() or fold(word) in labels for word in words)
        and block.text.strip()[-1:].isalnum()
    )
