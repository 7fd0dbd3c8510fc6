"""What stands around a claim: its sentence and the neighbours, over the edges of paragraphs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from newslint.article import BLOCK_QUOTE, CAPTION, LIST_ITEM, PARAGRAPH, Article
from newslint.language import once
from newslint.language.passage import Passage
from newslint.language.sentences import Range, sentences

RUNNING = frozenset({PARAGRAPH, BLOCK_QUOTE, LIST_ITEM})
"""Blocks in which the story goes on from one to the next."""

LONGEST = 1500
"""Code points of a sentence, on each side of an offset, that are looked at."""


@once
def _known(article: Article) -> dict[int, list[Range]]:
    """The sentences of the blocks that were asked for so far."""
    return {}


def block_sentences(article: Article, index: int) -> list[Range]:
    """The sentences of one block."""
    known = _known(article)
    if index not in known:
        known[index] = sentences(article.blocks[index].text)
    return known[index]


def sentence_at(article: Article, index: int, offset: int) -> tuple[int, Range]:
    """The number and range of the sentence at an offset of a block, or the one before it.

    Of what runs on for longer than any sentence only the part around the offset.
    """
    ranges = block_sentences(article, index)
    number = max(bisect_right(ranges, (offset, len(article.blocks[index].text))) - 1, 0)
    start, end = ranges[number] if ranges else (0, len(article.blocks[index].text))
    return number, (max(start, offset - LONGEST), min(end, offset + LONGEST))


def around(article: Article, index: int, offset: int, before: int, after: int) -> list[Passage]:
    """The sentence at an offset, `before` sentences before it and `after` sentences after it.

    Captions are stepped over; a heading ends the walk.
    """
    number, (start, end) = sentence_at(article, index, offset)
    here = [Passage(index, start, end)]
    return [*_walk(article, index, number, -before), *here, *_walk(article, index, number, after)]


def linked(article: Article, place: Passage) -> bool:
    """Whether a link stands there: whoever follows it finds the source."""
    if not article.links:
        return False
    span, starts = place.span(article), _link_starts(article)
    return bisect_left(starts, span.start) < bisect_left(starts, span.end)


@once
def _link_starts(article: Article) -> list[int]:
    """Where the words of links begin in the source."""
    return sorted(link.text_span.start for link in article.links if link.text)


def _walk(article: Article, index: int, number: int, count: int) -> list[Passage]:
    """So many sentences on from one, backwards where the count is negative; in reading order."""
    step = 1 if count > 0 else -1
    found: list[Passage] = []
    while len(found) < abs(count):
        number += step
        ranges = block_sentences(article, index)
        if not 0 <= number < len(ranges):
            index += step
            while 0 <= index < len(article.blocks) and article.blocks[index].kind == CAPTION:
                index += step
            if not 0 <= index < len(article.blocks) or article.blocks[index].kind not in RUNNING:
                break
            number = -1 if step > 0 else len(block_sentences(article, index))
            continue
        start, end = ranges[number]
        found.append(Passage(index, start, min(end, start + LONGEST)))
    return found[::step]
