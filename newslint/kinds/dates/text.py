"""What the checks of `dates` share: days as messages write them, the sentence of a place."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from newslint.article import DATELINE, Article, Block, Field, Origin
from newslint.language import once, once_for
from newslint.language.dates.own import read_date
from newslint.language.dates.words import words
from newslint.language.lexicon import Lexicon
from newslint.language.sentences import Range, sentences

_HEAD = 4
"""Blocks at the head of an article that tell of what place it is."""


def written(lexicon: Lexicon, day: date) -> str:
    """ "July 23, 2025"."""
    return f"{words(lexicon).month_names[day.month - 1]} {day.day}, {day.year}"


def weekday(lexicon: Lexicon, day: date) -> str:
    """ "Wednesday"."""
    return words(lexicon).weekday_names[day.weekday()]


@once
def _ranges(_: Article) -> dict[int, list[Range]]:
    """The sentences of blocks, by index, as far as they have been asked for."""
    return {}


def sentence_at(article: Article, block: int, offset: int) -> Range:
    """The sentence that an offset of a block stands in; an empty range where there is none."""
    text, known = article.blocks[block].text, _ranges(article)
    if block not in known:
        known[block] = sentences(text)
    ranges = known[block]
    number = bisect_right(ranges, (offset, len(text))) - 1
    return ranges[number] if number >= 0 and offset < ranges[number][1] else (offset, offset)


@once_for
def date_fields(article: Article, lexicon: Lexicon) -> tuple[Article, ...]:
    """Each date of the metadata that says more than a day, as the date line of a short article."""
    if article.format == "text":  # they are date lines already
        return ()
    found = []
    for name in article.meta.keys() & words(lexicon).field_names:
        field = article.meta[name]
        if not isinstance(field.value, str) or not _telling(field, lexicon):
            continue
        if any(block.source_span == field.span for block in article.blocks):
            continue
        place = Origin((0, len(field.value)), (field.span.start,), (field.span.end,))
        blocks = (Block(DATELINE, field.value, place), *article.blocks[:_HEAD])
        found.append(Article(article.path, article.source, article.format, blocks, article.meta))
    return tuple(sorted(found, key=lambda line: line.blocks[0].source_span))


def _telling(field: Field, lexicon: Lexicon) -> bool:
    """Whether a date may name a weekday or a zone, or cannot be read."""
    text = field.value.rstrip(" )")
    if field.span.end - field.span.start != len(field.value) or not text:
        return False
    if text[-1].isalpha():
        return len(text) < 3 or text[-2].isalpha()
    return text[0].isalpha() or (text[0].isdigit() and read_date(text, words(lexicon)) is None)
