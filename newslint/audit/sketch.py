"""The MinHash of an article's copy, by which near-copies find each other.

A sketch has two halves, each a signature of runs of five words. The first half is of the body as
readers see it: by it near-copies are found. The second is of the source that the body stands in,
with addresses, markup and code for words: what differs in most of those is no copy of a file.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import sqrt
from operator import eq

from rensa import RMinHash

from newslint.article import (
    BLOCK_QUOTE,
    LIST_ITEM,
    PARAGRAPH,
    SUBHEADING,
    TABLE_CELL,
    Article,
)
from newslint.kinds.duplicate.words import MARKS, plain

PERMUTATIONS = 256
"""Numbers of a signature, of 16 bits: what two have in common by chance is next to nothing."""
WORDS = 5
"""Words of a run."""
LEAST = 20
"""Words below which there is no sketch, whatever a rule asks for."""
CERTAIN = 3
"""Standard errors beyond which there is no doubt of an estimate."""
_SEED = 20261122
_HALF = 2 * PERMUTATIONS
_BODY = frozenset({SUBHEADING, PARAGRAPH, LIST_ITEM, BLOCK_QUOTE, TABLE_CELL})
_APART = bytes.maketrans(MARKS, b" " * len(MARKS))


def sketch(article: Article) -> bytes | None:
    """The sketch, two bytes a permutation in each half; None where the body has too few words."""
    blocks = [block for block in article.blocks if block.kind in _BODY]
    words = plain("\n".join([block.text for block in blocks])).split()
    if len(words) < LEAST:
        return None
    spans = [block.source_span for block in blocks]
    source = article.source[min(spans).start : max(span.end for span in spans)]
    written = source.lower().encode("utf-8", "replace").translate(_APART).split()
    return _signature(words) + _signature(written)


def _signature(words: list[bytes]) -> bytes:
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    minhash.update(list(map(b" ".join, zip(*(words[n:] for n in range(WORDS)), strict=False))))
    halves = array("H", array("I", minhash.digest()).tobytes())
    return halves[::2].tobytes()


def numbers(sketch: bytes) -> memoryview:
    """The numbers of the half of a sketch that is of the body."""
    return memoryview(sketch)[:_HALF].cast("H")


def share(one: bytes, other: bytes) -> float:
    """The share of runs that two bodies have in common, of all that either has; estimated."""
    return _agreeing(numbers(one), numbers(other))


def share_as_written(one: bytes, other: bytes) -> float:
    """The same of the sources in which the bodies stand."""
    return _agreeing(memoryview(one)[_HALF:].cast("H"), memoryview(other)[_HALF:].cast("H"))


def _agreeing(one: Sequence[int], other: Sequence[int]) -> float:
    agreeing: int = sum(map(eq, one, other))
    return agreeing / PERMUTATIONS


def doubt(share: float) -> float:
    """The standard error of an estimate where the true share is this one."""
    return sqrt(share * (1 - share) / PERMUTATIONS)
