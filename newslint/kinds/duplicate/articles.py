"""Check `article`: two articles that are nearly the same, word for word.

An article's sketch holds the smallest hashes of some of its runs of about five words. Which runs
are taken is told by how they begin, so two articles take the same ones where they read alike, and
the share of hashes that their sketches have in common tells the share of runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from math import sqrt
from struct import calcsize, pack, unpack
from typing import NamedTuple
from zlib import crc32

from newslint.article import Article
from newslint.kinds.contract import Clash, Comparison, Fact, Options, Voice
from newslint.kinds.duplicate.headlines import SHOWN, neighbours
from newslint.kinds.duplicate.titles import headline
from newslint.kinds.duplicate.words import plain_copy
from newslint.later import compiled_later

SKETCH = 64
"""Hashes of a sketch."""
_RUN = compiled_later(rb" (?=((?:[cs]|[\xc3-\xf4][\xb0-\xb3]).{28}))")
"""A run that is taken: about one in eight in English, and some in every script."""
_RUN_IN_ASCII = compiled_later(rb" (?=([cs].{28}))")
"""The same, where there is nothing else."""
_WORD = "nearly the same copy"
"""Said of the other article."""
_LEAST = 6
"""Hashes below which a sketch tells nothing."""
_PROBES, _KEYS = 8, 4
"""Of an article's smallest hashes so many are counted, and the rarest of them looked up."""


class NearDuplicate(Options, frozen=True, tag="article"):
    """An article that is nearly the same as another one."""

    threshold: float = 0.8
    """Share of runs of about five words in common, of all that either has."""
    words: int = 100
    """The least that an article must have to be compared."""

    def check(self) -> None:
        if not 0.5 <= self.threshold <= 1:
            raise ValueError('"threshold" is a share between 0.5 and 1')


class _Entry(NamedTuple):
    voice: Voice
    fact: Fact
    sketch: tuple[int, ...]
    """Ascending."""


def comparison(options: NearDuplicate) -> Comparison:
    """What tells articles that are nearly the same."""
    return Comparison(
        partial(_facts, options), partial(_compare, options.threshold), whole_article=True,
        near=_probes,
    )  # fmt: skip


def _probes(fact: Fact) -> list[str]:
    """The hashes that are looked up; which of them are rare, other articles tell."""
    size = 2 * calcsize("<I")
    probes = fact.values[0][: _PROBES * size]
    return [probes[at : at + size] for at in range(0, len(probes), size)]


def _facts(options: NearDuplicate, article: Article) -> Iterator[Fact]:
    copy = plain_copy(article)
    if copy.count(b" ") <= options.words:
        return
    run = _RUN_IN_ASCII if copy.isascii() else _RUN
    hashes = sorted(set(map(crc32, run.findall(copy))))[:SKETCH]
    if len(hashes) >= _LEAST:
        top = headline(article)
        sketch = pack(f"<{len(hashes)}I", *hashes).hex()
        yield Fact("", (sketch, top[1].text if top else ""), article.anchor())


def _compare(threshold: float, voices: Sequence[Voice]) -> Iterator[Clash]:
    entries = [_entry(voice) for voice in voices]
    partners: dict[int, dict[int, float]] = {}
    for one, other in _pairs(entries):
        share = _share(entries[one].sketch, entries[other].sketch, threshold)
        if share:
            partners.setdefault(one, {})[other] = share
            partners.setdefault(other, {})[one] = share
    for number, found in sorted(partners.items()):
        here = entries[number]
        nearest = sorted(found, key=lambda n: (-found[n], n))
        title = entries[nearest[0]].fact.values[1]
        values = {"match": here.fact.values[1], "other": title}
        related = tuple((entries[n].voice, entries[n].fact, _WORD) for n in nearest[:SHOWN])
        yield Clash(here.voice, here.fact, values, related)


def _entry(voice: Voice) -> _Entry:
    fact = voice.facts[0]
    packed = bytes.fromhex(fact.values[0])
    return _Entry(voice, fact, unpack(f"<{len(packed) // 4}I", packed))


def _pairs(entries: Sequence[_Entry]) -> Iterator[tuple[int, int]]:
    """Articles that share one of their rarest hashes: what every article has tells nothing."""
    counts = Counter(number for entry in entries for number in entry.sketch[:_PROBES])
    having: dict[int, list[int]] = {}
    for index, entry in enumerate(entries):
        shared = [number for number in entry.sketch[:_PROBES] if counts[number] > 1]
        for number in sorted(shared, key=lambda number: (counts[number], number))[:_KEYS]:
            having.setdefault(number, []).append(index)
    seen: set[tuple[int, int]] = set()
    for members in having.values():
        for pair in neighbours(members):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _share(one: Sequence[int], other: Sequence[int], threshold: float) -> float:
    """The share of runs in common, or 0 where it is below the threshold beyond doubt.

    A share of so few hashes has a standard error, and what is at the threshold shall be found.
    """
    smallest = sorted({*one, *other})[: max(len(one), len(other))]
    both = {*one} & {*other}
    share = sum(number in both for number in smallest) / len(smallest)
    doubt = sqrt(threshold * (1 - threshold) / len(smallest))
    return share if share >= threshold - doubt else 0.0
