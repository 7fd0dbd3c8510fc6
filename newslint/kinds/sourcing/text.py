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
from newslint.later import compiled_later
from newslint.matching import prose
from newslint.patterns import whole_words

_COPY = (STANDFIRST, PARAGRAPH, LIST_ITEM)
_BEFORE = compiled_later(r"\b[Tt]he ((?:[A-ZÀ-Þ][\w.’'-]* ){1,3})$")
_AFTER = compiled_later(r" [A-ZÀ-Þ][\w.’'-]+(?: [A-ZÀ-Þ][\w.’'-]+){0,3}")
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
    names, known, mastheads = _automaton(lexicon)
    found = []
    for number, start, end in names.find_matches_as_indexes(area.joined):
        if not whole_words(area.joined, start, end):
            continue
        block, base = area.place(start)
        text, begin, stop = article.blocks[block].text, start - base, end - base
        if number >= mastheads:
            begin = _name_begins(text, begin)
        elif number >= known:
            begin, stop = stop + 1, _name_ends(text, stop)
        if begin < stop:
            found.append(Passage(block, begin, stop))
    return tuple(found)


def _name_begins(text: str, start: int) -> int:
    """Where the name begins that a masthead at `start` ends: “the Corley Gazette”.

    Its end where it is none: at least one more word with a capital and “the” belong to it.
    """
    match = _BEFORE.search(text, max(0, start - _OPENING), start)
    return match.start(1) if match else len(text)


def _name_ends(text: str, start: int) -> int:
    """Where the name ends that follows such a word as “daily”; 0 where none does."""
    match = _AFTER.match(text, start)
    return match.end() if match else 0


@cache
def _automaton(lexicon: Lexicon) -> tuple[AhoCorasick, int, int]:
    """Finds names, words before names and mastheads; and the numbers at which those begin."""
    names = list(dict.fromkeys((*lexicon.phrases("agencies"), *lexicon.phrases("outlets"))))
    words, mastheads = lexicon.phrases("media"), lexicon.phrases("mastheads")
    finder = AhoCorasick(
        [*names, *words, *mastheads],
        matchkind=MatchKind.LeftmostLongest,
        implementation=Implementation.DFA,
    )
    return finder, len(names), len(names) + len(words)


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
