"""The way to a page, printed with the article: breadcrumbs, labels of sections, words of menus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from newslint.article import HEADLINE, LINK_LINE, PARAGRAPH, STANDFIRST, Article, Block
from newslint.kinds.contract import Finder, Hit, Options, Scope, check_patterns
from newslint.kinds.phrases import EDGE, SHORT, begins, by_first_word, short_lines
from newslint.matching import Clues, Needs, fold
from newslint.patterns import matches

_LABELLED = (PARAGRAPH, LINK_LINE, STANDFIRST)
_WORD = re.compile(r"[^\W_]+(?:['’&-][^\W_]+)*")


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
    for line in short_lines(article):
        said = line.text in lines or begins(starts, line.text)
        if said or _looks_like_it(options, labels, article.blocks[line.block].text):
            found.add(line.block)
    for index in sorted(found):
        block = article.blocks[index]
        if scope.allows(article, index, 0, len(block.text)):
            yield Hit(block.source_span, {"match": block.text.strip()})


def _looks_like_it(options: Navigation, labels: frozenset[str], text: str) -> bool:
    if any(mark in text for mark in options.separators) and _is_trail(options, labels, text):
        return True
    short = len(text) <= options.longest and any(map(str.isdigit, text))
    return short and any(matches(f"(?i:{pattern})", text) for pattern in options.patterns)


def _is_trail(options: Navigation, labels: frozenset[str], text: str) -> bool:
    """Whether it is a breadcrumb: short steps in a row, of which the first is a label."""
    for mark in options.separators:
        steps = [step.strip() for step in text.split(mark)]
        steps = steps[1:] if not steps[0] else steps
        if len(steps) > 1 and fold(steps[0]).strip(EDGE) in labels:
            words = [_WORD.findall(step) for step in steps]
            return text[-1] not in ".!?" and all(
                1 <= len(step) <= options.words and not step[0][0].islower() for step in words
            )
    return False


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
