"""What the checks of `sourcing` share: outlets by name, agency lines, the length of the copy."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from newslint.article import BYLINE, DATELINE, LIST_ITEM, PARAGRAPH, STANDFIRST, Article
from newslint.language import once, once_for
from newslint.language.attributions import NAMED, Source
from newslint.language.lexicon import Lexicon
from newslint.language.passage import Passage
from newslint.matching import prose
from newslint.patterns import whole_words

_COPY = (STANDFIRST, PARAGRAPH, LIST_ITEM)
_OPENING = 90
"""Code points at the head of the copy in which a dateline names its agency."""


@once
def length(article: Article) -> int:
    """Words of running copy, about."""
    return sum(block.text.count(" ") + 1 for block in article.blocks if block.kind in _COPY)


@once_for
def outlets(article: Article, lexicon: Lexicon) -> tuple[Passage, ...]:
    """Where agencies and outlets are named; `lexicon` is the one called `sources`."""
    area = prose(article).copy
    found = []
    for _, start, end in _automaton(lexicon).find_matches_as_indexes(area.joined):
        if whole_words(area.joined, start, end):
            block, base = area.place(start)
            found.append(Passage(block, start - base, end - base))
    return tuple(found)


@cache
def _automaton(lexicon: Lexicon) -> AhoCorasick:
    names = (*lexicon.phrases("agencies"), *lexicon.phrases("outlets"))
    return AhoCorasick(
        list(dict.fromkeys(names)),
        matchkind=MatchKind.LeftmostLongest,
        implementation=Implementation.DFA,
    )


def surname(article: Article, source: Source) -> str:
    """The last word of a named speaker; nothing where the words are no name: “he”, “I”, “some”."""
    words = (source.resolved or source.place).text(article).split()
    if source.sort != NAMED or not words or len(words[-1]) < 2 or not words[-1][0].isupper():
        return ""
    return words[-1].rstrip(",.")


def agency_lines(article: Article, lexicon: Lexicon) -> Iterator[Passage]:
    """Agencies named by byline, date line or the opening of the copy: “CORLEY (Reuters) –”."""
    agencies = frozenset(lexicon.phrases("agencies"))
    first = next((i for i, b in enumerate(article.blocks) if b.kind == PARAGRAPH), -1)
    for place in outlets(article, lexicon):
        block = article.blocks[place.block]
        if place.text(article) not in agencies:
            continue
        if block.kind in (BYLINE, DATELINE):
            yield place
        elif place.block == first and place.end < _OPENING:
            before, after = block.text[: place.start], block.text[place.end : place.end + 4]
            if before.rstrip().endswith("(") or after.lstrip(" )")[:1] in ("-", "–", "—"):
                yield place
