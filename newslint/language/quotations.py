"""Direct speech: what stands in quotation marks or in a block quote.

Marks are paired block by block. A quotation that runs over paragraphs opens with a mark in each of
them and closes in the last. A mark that finds no partner never reaches beyond its own block, unless
the next paragraph carries the quotation on. Offsets are 0-based code points into a block's text.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from msgspec import Struct

from newslint.article import ALT_TEXT, BLOCK_QUOTE, CAPTION, PARAGRAPH, STANDFIRST, Article, Block
from newslint.language import once
from newslint.language.marks import CLOSE, OPEN, Pairs, pair_marks

Range = tuple[int, int]
_FARTHEST = 8  # Blocks that one quotation without repeated marks may run over.
_RUNNING = (PARAGRAPH, BLOCK_QUOTE)
_BETWEEN = (CAPTION, ALT_TEXT)
"""A picture between two paragraphs does not end the quotation that runs over both."""


class Part(NamedTuple):
    """The part of a quotation that stands in one block, marks included."""

    block: int
    start: int
    end: int
    opening: int = 0
    """Length of the opening mark at `start`; 0 where there is none."""
    closing: int = 0
    """Length of the closing mark before `end`; 0 where the quotation runs on or never closes."""

    @property
    def inner(self) -> Range:
        """The words without the marks."""
        return self.start + self.opening, max(self.end - self.closing, self.start + self.opening)


class Quotation(Struct, frozen=True, gc=False):
    """One quotation, with a part for each paragraph that it runs over."""

    parts: tuple[Part, ...]


class Stray(NamedTuple):
    """A mark without a partner."""

    block: int
    start: int
    end: int
    opens: bool
    """True where it opens a quotation that never closes, False where it closes none."""


class Quotations(Struct, frozen=True):
    """The quotations of one article."""

    ranges: tuple[tuple[Range, ...], ...]
    """For each block the ranges of direct speech, marks included: sorted and disjoint."""
    joined: tuple[Quotation, ...]
    """In reading order."""
    unbalanced: tuple[Stray, ...]
    """In reading order."""


@once
def quotations(article: Article) -> Quotations:
    """What is quoted in the article, block by block."""
    pairs = [pair_marks(block.text) for block in article.blocks]
    ranges: list[tuple[Range, ...]] = []
    joined: list[list[Part]] = []
    strays: list[Stray] = []
    running: list[Part] | None = None
    for index, block in enumerate(article.blocks):
        found = pairs[index]
        whole = block.kind == BLOCK_QUOTE or block.inside == BLOCK_QUOTE
        if found is None and not whole:
            ranges.append(())
            running = running if block.kind in _BETWEEN else None
            continue
        onward = found is not None and _carried_on(article.blocks, pairs, index)
        parts = _whole(index, block.text, found) if whole else _parts(index, found, onward)
        ranges.append(tuple((part.start, part.end) for part in parts))
        continued = None if block.kind in _BETWEEN else running
        if found is not None:
            strays += _strays(index, found, continued is not None, onward)
        if continued is None and parts and whole and _follows_quote(article.blocks, index):
            continued = joined[-1]
        if continued is not None:
            continued += parts[:1]
            parts = parts[1:]
        joined += [[part] for part in parts]
        if block.kind not in _BETWEEN:
            last = joined[-1] if joined and (parts or continued is None) else continued
            running = last if onward else None
    if strays:
        strays = _without_partner(article.blocks, pairs, strays)
    return Quotations(
        tuple(ranges), tuple(Quotation(tuple(group)) for group in joined), tuple(strays)
    )


def in_quotation(article: Article, block_index: int, start: int, end: int) -> bool:
    """Whether `text[start:end]` of a block overlaps a quotation."""
    ranges = quotations(article).ranges[block_index]
    if not ranges:
        return False
    before = bisect_right(ranges, (start, end)) - 1
    if before >= 0 and ranges[before][1] > start:
        return True
    return before + 1 < len(ranges) and ranges[before + 1][0] < end


def narration(article: Article, block_index: int) -> list[Range]:
    """The ranges of a block's text that are the outlet's own words."""
    kept, offset = [], 0
    for start, end in quotations(article).ranges[block_index]:
        if offset < start:
            kept.append((offset, start))
        offset = end
    if offset < len(article.blocks[block_index].text):
        kept.append((offset, len(article.blocks[block_index].text)))
    return kept


def _carried_on(blocks: tuple[Block, ...], pairs: list[Pairs | None], index: int) -> bool:
    """Whether the next paragraph carries on the quotation that this block leaves open."""
    here = pairs[index]
    if here is None or not (here.runs_on or here.maybe) or blocks[index].kind not in _RUNNING:
        return False
    after = index + 1
    while after < len(blocks) and blocks[after].kind in _BETWEEN:
        after += 1
    there = pairs[after] if after < len(blocks) else None
    if there is None or blocks[index].kind != blocks[after].kind:
        return False
    if here.maybe:
        return _opens_single(blocks[after].text, there)
    return there.opens or there.headless


def _opens_single(text: str, pairs: Pairs) -> bool:
    return text[0] == "‘" and (pairs.opens or (pairs.maybe is not None and pairs.maybe.start == 0))


def _parts(index: int, found: Pairs | None, onward: bool) -> list[Part]:
    if found is None:
        return []
    quoted = [*found.quoted, found.maybe] if found.maybe and onward else found.quoted
    return [Part(index, *item) for item in quoted]


def _whole(index: int, text: str, found: Pairs | None) -> list[Part]:
    """A block quote is one quotation, whether or not it has marks of its own."""
    marks = found.quoted if found else []
    opening = marks[0].opening if marks and marks[0].start == 0 else 0
    closing = marks[-1].closing if marks and marks[-1].end == len(text) else 0
    return [Part(index, 0, len(text), opening, closing)]


def _follows_quote(blocks: tuple[Block, ...], index: int) -> bool:
    before = blocks[index - 1] if index else None
    return before is not None and BLOCK_QUOTE in (before.kind, before.inside)


def _strays(index: int, found: Pairs, running: bool, onward: bool) -> list[Stray]:
    """The marks without a partner, but for those whose partner stands in another paragraph."""
    marks = found.strays
    closer = next((mark for mark in marks if mark.role == CLOSE), None) if running else None
    if closer is not None:
        marks = [mark for mark in marks if mark is not closer]
    if found.runs_on and onward:
        marks = marks[:-1]
    return [Stray(index, mark.start, mark.end, mark.role == OPEN) for mark in marks]


def _without_partner(
    blocks: tuple[Block, ...], pairs: list[Pairs | None], strays: list[Stray]
) -> list[Stray]:
    """The strays, but for two that hold several blocks between them, and for cut-off teasers."""
    kept: list[Stray] = []
    for stray in strays:
        opener = kept[-1] if kept else None
        if opener and opener.opens and not stray.opens and _hold(blocks, pairs, opener, stray):
            kept.pop()
        elif not (stray.opens and _cut_off(blocks[stray.block])):
            kept.append(stray)
    return kept


def _hold(
    blocks: tuple[Block, ...], pairs: list[Pairs | None], opener: Stray, closer: Stray
) -> bool:
    """Whether one quotation runs from `opener` to `closer`, over a list for instance."""
    if not 0 < closer.block - opener.block <= _FARTHEST:
        return False
    rest = blocks[closer.block].text[closer.end :]
    if opener.start == 0 and not rest.strip(" .,"):
        return True
    first, last = pairs[opener.block], pairs[closer.block]
    return (
        first is not None and first.runs_on and last is not None and last.headless
        and not any(pairs[opener.block + 1 : closer.block])
    )  # fmt: skip


def _cut_off(block: Block) -> bool:
    """Whether a standfirst is the beginning of the copy, cut off in the middle of a sentence."""
    return block.kind == STANDFIRST and block.text[-1:].isalnum()
