"""Kind `repetition`: the same word twice in a row."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from operator import eq

from msgspec import field

from newslint.article import OPAQUE, Article
from newslint.finding import Edit
from newslint.kinds.context import overlaps_any
from newslint.kinds.contract import Finder, Hit, Kind, Options, Scope, check_patterns, slice_edit
from newslint.matching import Clues, Needs, fold, prose
from newslint.patterns import flagged, whole_words
from newslint.reference import Reference

_MARKS = "“”«»‹›–—…" + OPAQUE
_SPACED = bytes.maketrans(string.punctuation.encode(), b" " * len(string.punctuation))


class Adjacent(Options, frozen=True, tag="adjacent"):
    """A word that stands twice in a row."""

    ignore: tuple[str, ...] = ()
    ignore_case: bool = True
    across: str = " "
    certain: tuple[str, ...] = ()
    """Words that nobody doubles on purpose: to delete one of the two is safe."""
    except_: tuple[str, ...] = field(name="except", default=())

    def check(self) -> None:
        check_patterns(self.except_, self.ignore_case)


def build(options: Adjacent, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    flags = re.IGNORECASE if options.ignore_case else 0
    # A back reference is not RE2, but to a run of letters it costs no more than linear time.
    pattern = rf"([^\W\d_]++)({re.escape(options.across)}++)\1\b"
    doubled = re.compile(rf"\b{pattern}", flags)
    ignored = frozenset(word.lower() for word in options.ignore)
    certain = frozenset(word.lower() for word in options.certain)
    return Finder(partial(_find, options, scope, doubled, ignored, certain), Needs())


def _find(
    options: Adjacent, scope: Scope, doubled: re.Pattern[str], ignored: frozenset[str],
    certain: frozenset[str], article: Article, _: Clues,
) -> Iterator[Hit]:  # fmt: skip
    copy, across = prose(article).copy, fold(options.across)
    pairs = [
        pair
        for word in _repeated(copy.folded, options.across) - ignored
        for pair in (word + across + word, word + across + across[-1:])
    ]
    if not pairs:
        return
    spared = [flagged(pattern, options.ignore_case) for pattern in options.except_]
    for index, block in scope.blocks(article):
        text = block.text
        start = copy.starts[index] if index < len(copy.starts) else -1
        folded = fold(text) if start < 0 else copy.folded[start : start + len(text)]
        if not any(pair in folded for pair in pairs):
            continue
        for match in doubled.finditer(text):
            start, end = match.span()
            if match[1].lower() in ignored or not whole_words(text, start, end):
                continue
            if overlaps_any(article, spared, index, start, end):
                continue
            if not scope.allows(article, index, start, end):
                continue
            edits: tuple[Edit, ...] = slice_edit(article, block, start, end, match[1])
            values = {"match": match[0], "word": match[1], "prefer": f"“{match[1]}”"}
            yield Hit(
                block.span(start, end),
                values,
                edits,
                proper=True,
                doubtful=match[1].lower() not in certain,
            )


def _repeated(folded: str, across: str) -> set[str]:
    """The words that stand twice in a row: at a fraction of what the expression costs."""
    for mark in across if folded.isascii() else across + _MARKS:
        folded = folded.replace(mark, " ")
    words = folded.encode("utf-8", "replace").translate(_SPACED).split()
    if not any(map(eq, words, words[1:])):
        return set()
    again = {word for word, following in pairwise(words) if word == following}
    return {word.decode() for word in again if not word.isdigit()}


KIND = Kind(
    checks={"adjacent": Adjacent},
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset({"match", "word", "prefer"}),
)
