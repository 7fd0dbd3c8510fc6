"""What an article contributes to comparisons: plain data, small, and kept as bytes.

It holds facts for each rule that compares articles, the places they stand at, the words they are
found by, and what the article suppresses.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping
from zlib import crc32

import msgspec
from msgspec import Struct

from newslint.article import Article, Span
from newslint.engines import EngineError
from newslint.errors import Error
from newslint.fingerprint import Identities
from newslint.kinds.contract import Comparison, Fact
from newslint.lines import Lines
from newslint.lint import Linter
from newslint.suppress.forms import Suppression

_EVERYWHERE = 1 << 62
"""Behind the end of every article."""


class Place(Struct, frozen=True, array_like=True, gc=False):
    """All that a report says of a place when its article is not at hand."""

    text: str
    start: tuple[int, int]
    """Line and column, 1-based."""
    end: tuple[int, int]
    identity: str
    """A digest of the words and the sentence around them."""


class Said(Struct, frozen=True, array_like=True, gc=False):
    """What one article says to one rule, without the places: they are seldom needed."""

    facts: tuple[Fact, ...]


class Contribution(Said, frozen=True, array_like=True, gc=False):
    """What one article says to one rule."""

    places: tuple[Place, ...]
    """One for each place at which facts stand, in the order in which they name them first."""

    def place_of(self) -> dict[Span, Place]:
        """The places by their span."""
        spans = dict.fromkeys(fact.span for fact in self.facts)
        return dict(zip(spans, self.places, strict=True))


class Record(Struct, frozen=True, array_like=True, gc=False):
    """What one article says to all rules that compare articles."""

    published: str
    contributions: dict[str, msgspec.Raw]
    """By rule: an encoded `Contribution`."""
    suppressions: tuple[tuple[str, int, int, bool], ...]
    """Rule, range of the source, and whether it holds for the whole article."""
    words: dict[str, bytes] = {}
    """By rule: the numbers of the words by which the facts are found, as an array."""


def covers(start: int, end: int, whole: bool) -> tuple[int, int]:
    """The range that a record's suppression holds for: at least one place, or the whole article."""
    return (0, _EVERYWHERE) if whole else (start, max(end, start + 1))


def record(
    article: Article, linter: Linter, published: str, suppressions: Iterable[Suppression],
    names: Mapping[str, str],
) -> tuple[bytes, list[Error]]:  # fmt: skip
    """The article's contribution to the rules of the linter, encoded; and what failed.

    `suppressions` are those of the article for these rules, `names` the id of each known name.
    """
    lines, identity = Lines(article.source), Identities(article)
    contributions: dict[str, msgspec.Raw] = {}
    words: dict[str, bytes] = {}
    errors: list[Error] = []
    for ready in linter.comparing(article):
        assert ready.finder.comparison is not None
        try:
            facts = tuple(ready.finder.comparison.facts(article))
            spans = dict.fromkeys(fact.span for fact in facts)
            places = tuple(_place(article, span, lines, identity) for span in spans)
            encoded = _encode(Contribution(facts, places))
            found_by = _words(facts, ready.finder.comparison)
        except EngineError as error:
            errors.append(error.error(article.path, ready.rule.id))
            continue
        except Exception as error:  # one bad rule must not stop the rest
            reason = f'rule "{ready.rule.id}" failed here: {type(error).__name__}: {error}'
            errors.append(Error(article.path, "crash", reason))
            continue
        if facts:
            contributions[ready.rule.id] = msgspec.Raw(encoded)
            words[ready.rule.id] = found_by.tobytes()
    waved = tuple((names[s.rule], s.covers.start, s.covers.end, s.whole) for s in suppressions)
    return _encode(Record(published, contributions, waved, words)), errors


_encode = msgspec.msgpack.encode


def _words(facts: Iterable[Fact], comparison: Comparison) -> array[int]:
    found = {number_of(fact.key) for fact in facts if fact.key}
    if comparison.near is not None:
        found |= {number_of(word) for fact in facts for word in comparison.near(fact)}
    return array("I", sorted(found))


def number_of(word: str) -> int:
    """A number that stands for a word. Two words may have one, and are then taken for alike."""
    return crc32(word.encode("utf-8", "replace"))


def words_of(record: bytes) -> dict[str, array[int]]:
    """By rule: the numbers of the words by which what an article says is found."""
    words = msgspec.msgpack.decode(record, type=Record).words
    return {rule: array("I", of_rule) for rule, of_rule in words.items()}


def _place(article: Article, span: Span, lines: Lines, identity: Callable[[Span], str]) -> Place:
    text = article.source[span.start : span.end]
    return Place(text, lines.place(span.start), lines.place(span.end), identity(span))
