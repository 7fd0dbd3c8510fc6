"""Search queries pasted into sentences, and words piled up for a search engine."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from newslint.article import Article, Span
from newslint.kinds.contract import Finder, Hit, Scope
from newslint.kinds.phrases import Phrases, Place, places
from newslint.kinds.promotion.asked import Asked, query_after
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, TermHit, fold, prose
from newslint.patterns import whole_words
from newslint.reference import Reference

_REACH = 60
"""Code points after a name in which a topic is sought."""
_WORD = compiled_later(r"[^\s]+")
_LEAST = 3
"""Words that a query has."""
_STOPS = ".,;:!?…”’)\"'"


class Queries(Phrases, frozen=True, tag="queries"):
    """A query without quotation marks, and names piled up without a word that joins them."""

    leads: tuple[str, ...] = ()
    """Words after which a query may stand that only its own words give away: searching."""
    links: tuple[str, ...] = ()
    """Words that may stand between those and the query: for."""
    questions: tuple[str, ...] = ()
    """Words that may stand before an auxiliary in a query: why."""
    auxiliaries: tuple[str, ...] = ()
    """Words with which a question begins: is, can."""
    subjects: tuple[str, ...] = ()
    """Words that follow them in a question, and in no clause: it, you."""
    tails: tuple[str, ...] = ()
    """Words of queries: live, tickets. Three of them make one, or one and a name in small letters
    or a year."""
    pairs: tuple[str, ...] = ()
    """Two words that make one: near me."""
    dated: tuple[str, ...] = ()
    """Words after which a year stands in any sentence: in, since."""
    joints: tuple[str, ...] = ()
    """Words that no such query has before what gives it away, unless it is a question: the."""
    stops: tuple[str, ...] = ()
    """Words with which the sentence goes on after a query: the finding ends before them."""
    names: tuple[str, ...] = ()
    """Names that stand beside each other in a query."""
    places: tuple[str, ...] = ()
    """More names, which give a query away in small letters only."""
    topics: tuple[str, ...] = ()
    """Words that follow them. Two names and a topic make a pile."""
    news: tuple[str, ...] = ()
    """Topics of which one may end a pile that begins with a single name and has three words."""
    piles: int = 2
    """Piles in an article from which on they are flagged, all in one finding."""
    word: str = "another one"
    """Said of the other piles."""


class _Words(NamedTuple):
    names: frozenset[str]
    topics: frozenset[str]
    news: frozenset[str]


def queries(options: Queries, scope: Scope, _: Reference) -> Finder:
    """A finder for search queries in copy."""
    own = options.needs()
    names = tuple(map(fold, options.names))
    topics = frozenset(map(fold, (*options.topics, *options.news)))
    words = _Words(frozenset(names), topics, frozenset(map(fold, options.news)))
    leads = tuple(map(fold, options.leads))
    needs = Needs((*own.terms, *names, *leads), own.patterns, own.anyway)
    return Finder(partial(_find, options, scope, words, _asked(options)), needs)


def _asked(options: Queries) -> Asked:
    lists = (
        options.links, options.questions, options.auxiliaries, options.subjects,
        (*options.names, *options.places), options.tails, options.pairs, options.dated,
        options.joints, options.stops,
    )  # fmt: skip
    return Asked(*(frozenset(map(fold, words)) for words in lists))


def _find(
    options: Queries, scope: Scope, words: _Words, asked: Asked, article: Article, clues: Clues
) -> Iterator[Hit]:
    own = len(options.phrases) + len(options.cues)
    leads = own + len(options.names)
    own_clues = Clues(tuple(hit for hit in clues.terms if hit.term < own), clues.patterns)
    found = [
        _without_rest(article, place, asked.stops)
        for place in places(options, scope, article, own_clues)
    ]
    found += _after_leads(scope, asked, article, [hit for hit in clues.terms if hit.term >= leads])
    reached = (-1, 0)
    for place in sorted(found):
        if (place.block, place.start) >= reached:
            reached = (place.block, place.end)
            yield _hit(article, place)
    named = Clues(tuple(hit for hit in clues.terms if own <= hit.term < leads), ())
    piles = list(_piles(scope, words, article, named))
    if len(piles) >= options.piles:
        *others, last = piles
        spans = [article.blocks[pile.block].span(pile.start, pile.end) for pile in others]
        yield _hit(article, last, tuple((span, options.word) for span in spans))


def _hit(article: Article, place: Place, related: tuple[tuple[Span, str], ...] = ()) -> Hit:
    block = article.blocks[place.block]
    values = {"match": block.text[place.start : place.end]}
    return Hit(block.span(place.start, place.end), values, related=related)


def _without_rest(article: Article, place: Place, stops: frozenset[str]) -> Place:
    """The query without the words with which the sentence goes on, or with half a word."""
    text = article.blocks[place.block].text
    end = place.end
    for number, word in enumerate(_WORD.finditer(text, place.start, place.end)):
        if number >= _LEAST and fold(word[0]) in stops:
            return place._replace(end=len(text[: word.start()].rstrip()))
        end = word.end() if whole_words(text, word.start(), word.end()) else end
    return place._replace(end=end)


def _after_leads(
    scope: Scope, asked: Asked, article: Article, leads: list[TermHit]
) -> Iterator[Place]:
    """Queries behind words of searching and asking."""
    for hit in leads:
        text = prose(article).blocks[hit.block].text
        found = query_after(asked, text, hit.end)
        if found and whole_words(text, hit.start, hit.end) and scope.allows(
            article, hit.block, *found
        ):  # fmt: skip
            yield Place(hit.block, *found)


def _piles(scope: Scope, words: _Words, article: Article, clues: Clues) -> Iterator[Place]:
    """Names in a row and the topics after them, with nothing but spaces between."""
    reached = (-1, 0)
    for block, start in sorted((hit.block, hit.start) for hit in clues.terms):
        if (block, start) < reached:
            continue
        text = prose(article).blocks[block].text
        if whole_words(text, start, start):
            end = _pile_end(words, text, start)
            if end and scope.allows(article, block, start, end):
                reached = (block, end)
                yield Place(block, start, end)


def _pile_end(words: _Words, text: str, start: int) -> int:
    """Where a pile that begins at `start` ends; 0 where there is none."""
    end, names, topics = start, 0, 0
    for word in text[start : start + _REACH].split(" "):
        bare = word.rstrip(_STOPS)
        folded = fold(bare)
        if folded in words.topics and names:
            topics += 1
        elif folded in words.names and not topics and bare[:1].isupper():
            names += 1
        else:
            break
        end += len(bare) + (end > start)
        if bare != word:
            break
    whole = whole_words(text, start, end)
    if whole and topics and (names > 1 or (topics > 1 and _ends_in(words.news, text[:end]))):
        return end
    return 0


def _ends_in(words: frozenset[str], text: str) -> bool:
    return fold(text[-_REACH:].rsplit(" ", 1)[-1]) in words
