"""Kind `terms`: words and phrases to avoid, or to replace."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from newslint.article import Article
from newslint.finding import Edit
from newslint.kinds.context import (
    Context,
    Replacing,
    article_allows,
    doubtful,
    keeps,
    left_by_hand,
)
from newslint.kinds.contract import Finder, Hit, Kind, Scope, slice_edit
from newslint.language.name_words import beside_capitals, full_of_capitals
from newslint.matching import Clues, Needs, TermHit, fold, prose
from newslint.reference import Reference

_LONG = 4
"""Letters of a word that has a capital in a heading where all longer words have one."""


class Avoid(Context, frozen=True, tag="avoid", kw_only=True):
    """Words and phrases that should not stand in copy."""

    ignore_case: bool = True
    terms: tuple[str, ...]

    def check(self) -> None:
        super().check()
        _check_terms(self.terms)


class Prefer(Replacing, frozen=True, tag="prefer", kw_only=True):
    """Words and phrases that have a better form; an empty replacement deletes."""

    ignore_case: bool = True
    terms: dict[str, str | tuple[str, ...]]

    def check(self) -> None:
        super().check()
        _check_terms(self.terms)


def _check_terms(terms: Collection[str]) -> None:
    if not terms:
        raise ValueError('"terms": name at least one word or phrase')
    if any(not term.strip() for term in terms):
        raise ValueError('"terms": an empty term matches everywhere')


def build(options: Avoid | Prefer, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    terms = tuple(options.terms)
    prefer = options.terms if isinstance(options, Prefer) else {}
    replacements = tuple(_alternatives(prefer.get(term)) for term in terms)
    find = partial(_find, options, scope, terms, replacements)
    return Finder(find, Needs(terms=tuple(fold(" ".join(term.split())) for term in terms)))


def _alternatives(preferred: str | tuple[str, ...] | None) -> tuple[str, ...] | None:
    return (preferred,) if isinstance(preferred, str) else preferred


def _find(
    options: Avoid | Prefer, scope: Scope, terms: tuple[str, ...],
    replacements: tuple[tuple[str, ...] | None, ...], article: Article, clues: Clues,
) -> Iterator[Hit]:  # fmt: skip
    if not article_allows(options, article):
        return
    blocks = prose(article).blocks
    reached = (-1, 0)
    for hit in sorted(clues.terms, key=lambda hit: (hit.block, hit.start, -hit.end)):
        index, start, end = hit.block, hit.start, hit.end
        if (index, start) < reached:
            continue
        block = blocks[index]
        found = block.text[start:end]
        if not options.ignore_case and found.replace("’", "'") != terms[hit.term].replace("’", "'"):
            continue
        if not keeps(options, scope, article, index, start, end):
            continue
        reached = (index, end)
        choices = replacements[hit.term]
        values = {"match": found, "prefer": " or ".join(f"“{c}”" for c in choices or ())}
        flag = Hit(block.span(start, end), values, proper=any(map(str.isupper, terms[hit.term])))
        if isinstance(options, Prefer) and choices is not None and len(choices) == 1:
            flag = _mended(options, article, flag, hit, (terms[hit.term], choices[0]))
        yield flag


def _mended(
    options: Prefer, article: Article, flag: Hit, hit: TermHit, pair: tuple[str, str]
) -> Hit:
    """The flag with the edit that puts the second of the pair for the first, if one may."""
    index, start, end = hit.block, hit.start, hit.end
    if left_by_hand(options, article, index, start, end):
        return flag
    # a word, and no style of writing names
    if flag.proper and not options.safe and beside_capitals(article, index, start, end):
        return flag
    edits = _replace(article, hit, *pair, options)
    return flag._replace(edits=edits, doubtful=doubtful(options, article, index, start, end))


def _replace(
    article: Article, hit: TermHit, term: str, new: str, options: Prefer
) -> tuple[Edit, ...]:
    block, start, end = prose(article).blocks[hit.block], hit.start, hit.end
    text = block.text
    if new:
        old = text[start:end]
        if options.keep_case and old != term:
            new = keep_case(old, new, titled=full_of_capitals(article, hit.block))
        return slice_edit(article, block, start, end, new)
    if end < len(text) and text[end] == " ":  # a deleted word takes its space with it
        end += 1
        if text[start].isupper() and end < len(text):
            end += 1
            return slice_edit(article, block, start, end, text[end - 1].upper())
    elif start and text[start - 1] == " ":
        start -= 1
    return slice_edit(article, block, start, end, "")


def keep_case(old: str, new: str, titled: bool = False) -> str:
    """`new` in the case of `old`: all capitals, a leading capital, or as it is.

    Several Words With Capitals, or one in a `titled` heading, give a capital to each longer word.
    """
    letters = [c for c in old if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters) and any(c.islower() for c in new):
        return new.upper()
    if not old[:1].isupper() or not new[:1].islower():
        return new
    long = [word for word in old.split() if len(word) >= _LONG]
    if titled or (len(long) > 1 and all(word[0].isupper() for word in long)):
        words = new.split(" ")
        new = " ".join(w[:1].upper() + w[1:] if len(w) >= _LONG else w for w in words)
    return new[:1].upper() + new[1:]


KIND = Kind(
    checks={"avoid": Avoid, "prefer": Prefer},
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset({"match", "prefer"}),
)
