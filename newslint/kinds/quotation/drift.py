"""Kind `quotation`, check `drift`: one quotation, printed twice in different words.

Quotations are taken sentence by sentence. Sentences that have three words in a row in common meet
in a bucket; only those are compared, so that thousands of articles take no longer than their sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from msgspec import Struct

from newslint.article import BLOCK_QUOTE, LIST_ITEM, PARAGRAPH, Article
from newslint.kinds.attribution.words import anywhere, following, stands
from newslint.kinds.contract import (
    Comparison,
    Fact,
    Finder,
    Hit,
    Scope,
    Voice,
    key_alone,
)
from newslint.kinds.quotation.wordings import CROWD, EDIT, WORD, Drift, compare
from newslint.language import once_for
from newslint.language.attributions import NAMED, Source, asked
from newslint.language.lexicon import Lexicons
from newslint.language.quotations import quotations
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, fold
from newslint.reference import Reference

KEYS = 6
"""Shingles of a sentence by which it is found."""
_STOP = compiled_later(r"[.!?][\"”’')]*\s+(?=[\"“‘'(]*[A-Z])")
_NAME = compiled_later(r"[A-Z][\w.'’-]+(?: (?:[A-Z]|d[aeiu]|v[ao]n|al|bin)[\w.'’-]*)*")
_RUNNING = (PARAGRAPH, LIST_ITEM, BLOCK_QUOTE)
_SHORT = 40  # Code points of a paragraph that may be no more than a time of day.


class _Rule(Struct, frozen=True, eq=False):
    """What the rule asks of every article."""

    options: Drift
    scope: Scope
    lexicons: Lexicons
    refrain: str
    moments: str


class _Sentence(NamedTuple):
    """A quoted sentence, and where it stands."""

    quotation: int
    block: int
    start: int
    end: int
    words: tuple[str, ...]


def drift(options: Drift, scope: Scope, reference: Reference) -> Finder:
    """A finder for one rule."""
    rule = _Rule(
        options, scope, reference.lexicons_with(options.lexicons),
        anywhere(options.refrain, "i"), following(tuple(f"(?:{one})$" for one in options.moments)),
    )  # fmt: skip
    comparison = Comparison(partial(_facts, rule), partial(compare, options), near=key_alone)
    return Finder(partial(_find, rule), Needs(), comparison)


@once_for
def _sentences(article: Article, rule: _Rule) -> list[_Sentence]:
    """The quoted sentences that are long enough."""
    least, same = rule.options.min_words, rule.options.same
    found = []
    for number, quotation in enumerate(quotations(article).joined):
        for part in quotation.parts:
            block = article.blocks[part.block]
            begin, stop = part.inner
            if block.kind not in rule.scope.kinds or block.text.count(" ", begin, stop) + 1 < least:
                continue
            ends = [match.end() for match in _STOP.finditer(block.text, begin, stop)]
            for start, end in pairwise((begin, *ends, stop)):
                words = _words(same, block.text[start:end])
                if len(words) >= least:
                    end -= end - start - len(block.text[start:end].rstrip())
                    found.append(_Sentence(number, part.block, start, end, words))
    return found


def _words(same: Mapping[str, str], text: str) -> tuple[str, ...]:
    words = WORD.findall(fold(text))
    if "[" in text or "…" in text or ".." in text or ". ." in text:
        words = [word if word[0].isalnum() else EDIT for word in words]
    if not same.keys().isdisjoint(words):
        words = " ".join([same.get(word, word) for word in words]).split()
    return tuple(words)


@lru_cache(maxsize=64)
def _keys(words: tuple[str, ...]) -> list[str]:
    """The longest of all words in a row: rare ones, and in every article the same."""
    shingles = {f"{a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)}
    return sorted(sorted(shingles), key=len, reverse=True)[:KEYS]


def _facts(rule: _Rule, article: Article) -> Iterator[Fact]:
    """A fact for each key of each quoted sentence; the first one says who, what and where."""
    found = _sentences(article, rule)
    if not found:
        return
    told = asked(article, rule.lexicons)
    for sentence in found:
        block = article.blocks[sentence.block]
        where = sentence.block if block.kind in _RUNNING else -1
        name = _name(article, told.source(sentence.quotation))
        speaker = fold(name).split()[-1].removesuffix("'s") if name else ""
        if stands(rule.refrain, block.text):
            continue
        copy = block.text[sentence.start : sentence.end]
        values: tuple[str, ...] = (speaker, " ".join(sentence.words), str(where), copy, name)
        span = block.span(sentence.start, sentence.end)
        for key in _keys(sentence.words):
            yield Fact(key, values, span)
            values = ()


def _name(article: Article, source: Source | None) -> str:
    """Who speaks, or nothing where that is not told by name."""
    if source is None or source.sort != NAMED:
        return ""
    name = _NAME.search(source.place.text(article))
    return " ".join(name[0].split()) if name else ""


def _may_drift(found: list[_Sentence]) -> bool:
    """A cheap look: whether two sentences of one article have enough in common."""
    keyed: dict[str, list[int]] = {}
    met: set[tuple[int, int]] = set()
    for number, sentence in enumerate(found):
        for key in _keys(sentence.words):
            others = keyed.setdefault(key, [])
            for other in others:
                if found[other].words != sentence.words:
                    if (other, number) in met:
                        return True
                    met.add((other, number))
            if len(others) < CROWD:
                others.append(number)
    return False


def _find(rule: _Rule, article: Article, _: Clues) -> Iterator[Hit]:
    found = _sentences(article, rule)
    if len(found) < 2 or not _may_drift(found):
        return
    seen = set()
    voice = Voice("", "", tuple(_facts(rule, article)))
    for clash in compare(rule.options, [voice], within=True):
        earlier = [
            fact for _, fact, _ in clash.related
            if fact.span < clash.fact.span and not _moved_on(rule, article, fact, clash.fact)
        ]  # fmt: skip
        if earlier and clash.fact.span not in seen:
            seen.add(clash.fact.span)
            related = tuple((fact.span, "in other words here") for fact in earlier)
            yield Hit(clash.fact.span, dict(clash.values), related=related)


def _moved_on(rule: _Rule, article: Article, earlier: Fact, later: Fact) -> bool:
    """Whether another item of a running story begins between two places of an article."""
    first, last = (int(fact.values[2]) for fact in (earlier, later))
    between = article.blocks[first:last] if first >= 0 else ()
    return any(stands(rule.moments, block.text) for block in between if len(block.text) < _SHORT)
