"""Kind `capitalization`: the case of headlines and headings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from newslint.article import Article
from newslint.kinds.contract import Finder, Hit, Kind, Options, Scope, slice_edit
from newslint.language.sentences import words
from newslint.matching import Clues, Needs
from newslint.reference import Reference

Word = tuple[int, int]


class _Case(Options, frozen=True):
    exceptions: tuple[str, ...] = ()
    small_words: tuple[str, ...] = ()
    threshold: float = 0.8

    def check(self) -> None:
        if not 0 <= self.threshold <= 1:
            raise ValueError('"threshold": a share from 0 to 1')


class TitleCase(_Case, frozen=True, tag="title-case"):
    """Every Word but the Small Ones Begins With a Capital."""


class SentenceCase(_Case, frozen=True, tag="sentence-case"):
    """Only the first word and names begin with a capital."""


class UpperCase(_Case, frozen=True, tag="upper-case"):
    """ALL CAPITALS."""


class LowerCase(_Case, frozen=True, tag="lower-case"):
    """no capitals."""


def build(options: _Case, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    exceptions = {word.lower(): word for word in options.exceptions}
    small = frozenset(word.lower() for word in options.small_words)
    case = partial(_CASES[type(options)], small)
    return Finder(partial(_find, options, scope, exceptions, case), Needs())


def _find(
    options: _Case, scope: Scope, exceptions: dict[str, str],
    case: Callable[[str, int, int], str], article: Article, _: Clues,
) -> Iterator[Hit]:  # fmt: skip
    for index, block in scope.blocks(article):
        text, ranges = block.text, words(block.text)
        if not ranges or not scope.allows(article, index, 0, len(text)):
            continue
        wanted = [
            exceptions.get(text[s:e].lower())
            or _keep_name(text[s:e], case(text[s:e], n, len(ranges)))
            for n, (s, e) in enumerate(ranges)
        ]
        right = sum(text[s:e] == word for (s, e), word in zip(ranges, wanted, strict=True))
        if right < options.threshold * len(ranges):
            prefer = _rewritten(text, ranges, wanted)
            edits = slice_edit(article, block, 0, len(text), prefer)
            values = {"match": text, "prefer": f"“{prefer}”"}
            yield Hit(block.span(0, len(text)), values, edits)


def _keep_name(word: str, wanted: str) -> str:
    """Words with capitals inside, or digits (iPhone, NATO, G7), keep their own case."""
    inner = any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word)
    return word if inner and wanted != word.upper() else wanted


def _rewritten(text: str, ranges: list[Word], wanted: list[str]) -> str:
    parts, offset = [], 0
    for (start, end), word in zip(ranges, wanted, strict=True):
        parts += [text[offset:start], word]
        offset = end
    return "".join([*parts, text[offset:]])


def _title(small: frozenset[str], word: str, number: int, count: int) -> str:
    if word.lower() in small and 0 < number < count - 1:
        return word.lower()
    return word[:1].upper() + word[1:]


def _sentence(_: frozenset[str], word: str, number: int, __: int) -> str:
    return word[:1].upper() + word[1:] if number == 0 else word.lower()


def _upper(_: frozenset[str], word: str, __: int, ___: int) -> str:
    return word.upper()


def _lower(_: frozenset[str], word: str, __: int, ___: int) -> str:
    return word.lower()


_CASES = {TitleCase: _title, SentenceCase: _sentence, UpperCase: _upper, LowerCase: _lower}

KIND = Kind(
    checks={
        "title-case": TitleCase,
        "sentence-case": SentenceCase,
        "upper-case": UpperCase,
        "lower-case": LowerCase,
    },
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset({"match", "prefer"}),
)
