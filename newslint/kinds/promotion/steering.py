"""A story that tells one buying public what to do, in the outlet's own words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from newslint.article import Article
from newslint.kinds.contract import Finder, Hit, Options, Scope, check_patterns
from newslint.kinds.phrases import Place, in_sentence, sentence_at
from newslint.matching import Clues, Needs, fold, prose
from newslint.patterns import Match, find, occurs_in, whole_words
from newslint.reference import Reference

_WINDOW = 200
"""Code points before and after an audience in which its advice is sought."""


class Steering(Options, frozen=True, tag="steering", kw_only=True):
    """Advice to an audience, where nobody is named who gives it: one finding for a sentence."""

    audiences: tuple[str, ...]
    """Who is advised: buying publics, not the public at large."""
    advice: tuple[str, ...]
    """RE2: what follows the audience, a duty and a deed; in any case."""
    clause: str | None = None
    """RE2: what may stand between the audience and the advice."""
    before: tuple[str, ...] = ()
    """RE2: what makes advice of the audience that follows it; in any case."""
    except_sentence: tuple[str, ...] = ()
    """RE2: a sentence that one of these occurs in is somebody's advice, or a law's."""

    def check(self) -> None:
        check_patterns(
            (*self.advice, *self.before, *self.except_sentence, self.clause), ignore_case=True
        )
        if not all(audience.strip() for audience in self.audiences):
            raise ValueError("an empty audience stands everywhere")


class _Patterns(NamedTuple):
    after: str
    before: str


def steering(options: Steering, scope: Scope, _: Reference) -> Finder:
    """A finder for advice to a buying public."""
    terms = tuple(fold(" ".join(audience.split())) for audience in options.audiences)
    clause = f"(?:{options.clause})?" if options.clause else ""
    after = f"(?i:^{clause},?\\s+(?:{'|'.join(options.advice)}))" if options.advice else ""
    before = f"(?i:(?:{'|'.join(options.before)})\\s*$)" if options.before else ""
    patterns = _Patterns(after, before)
    return Finder(partial(_find, options, scope, patterns), Needs(terms=terms))


def _find(
    options: Steering, scope: Scope, patterns: _Patterns, article: Article, clues: Clues
) -> Iterator[Hit]:
    reached = (-1, 0)
    for hit in sorted(clues.terms, key=lambda hit: (hit.block, hit.start, -hit.end)):
        text = prose(article).blocks[hit.block].text
        if (hit.block, hit.start) < reached or not whole_words(text, hit.start, hit.end):
            continue
        found = _advised(patterns, text, hit.start, hit.end)
        if found is None or not scope.allows(article, hit.block, *found):
            continue
        place = Place(hit.block, *found)
        if in_sentence(article, place, options.except_sentence):
            continue
        reached = (hit.block, max(sentence_at(article, place)[1], found[1]))
        values = {"match": text[found[0] : found[1]], "audience": text[hit.start : hit.end]}
        yield Hit(article.blocks[hit.block].span(*found), values)


def _advised(patterns: _Patterns, text: str, start: int, end: int) -> tuple[int, int] | None:
    """The range from the audience to the end of the advice, or the other way round."""
    match = _first(patterns.after, text[end : end + _WINDOW])
    if match is not None:
        return start, end + match.end
    left = max(0, start - _WINDOW)
    match = _first(patterns.before, text[left:start])
    return None if match is None else (left + match.start, end)


def _first(pattern: str, text: str) -> Match | None:
    data = text.encode("utf-8", "replace")
    if not pattern or not occurs_in(pattern, data):
        return None
    return next(find(pattern, text, encoded=data), None)
