"""What the checks of `dates` share: days as messages write them, the sentence of a place."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from newslint.article import Article
from newslint.language.dates_words import words
from newslint.language.lexicon import Lexicon
from newslint.language.sentences import Range, article_sentences


def written(lexicon: Lexicon, day: date) -> str:
    """ "July 23, 2025"."""
    return f"{words(lexicon).month_names[day.month - 1]} {day.day}, {day.year}"


def weekday(lexicon: Lexicon, day: date) -> str:
    """ "Wednesday"."""
    return words(lexicon).weekday_names[day.weekday()]


def sentence_at(article: Article, block: int, offset: int) -> Range:
    """The sentence that an offset of a block stands in; an empty range where there is none."""
    ranges = article_sentences(article)[block]
    number = bisect_right(ranges, (offset, len(article.blocks[block].text))) - 1
    return ranges[number] if number >= 0 and offset < ranges[number][1] else (offset, offset)
