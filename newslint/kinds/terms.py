"""Kind `terms`: words and phrases to avoid, or to replace."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from newslint.article import Article
from newslint.finding import Edit
from newslint.kinds.context import Context, article_allows, keeps, overlaps_any
from newslint.kinds.contract import Finder, Hit, Kind, Scope, check_patterns, slice_edit
from newslint.language.name_words import beside_capitals, full_of_capitals
from newslint.matching import Clues, Needs, TermHit, fold, prose
from newslint.patterns import flagged
from newslint.reference import Reference

_LONG = 4
"""Letters of a word that has a capital in a heading where all longer words have one."""


class _Terms(Context, frozen=True):
    ignore_case: bool = True
    terms: tuple[str, ...] | dict[str, str | tuple[str, ...]] = ()

    def check(self) -> None:
        super().check()
        if not self.terms:
            raise ValueError('"terms": name at least one word or phrase')
        if any(not term.strip() for term in self.terms):
            raise ValueError('"terms": an empty term matches everywhere')


class Avoid(_Terms, frozen=True, tag="avoid", kw_only=True):
    """Words and phrases that should not stand in copy."""

    terms: tuple[str, ...]


class Prefer(_Terms, frozen=True, tag="prefer", kw_only=True):
    """Words and phrases that have a better form; an empty replacement deletes."""

    terms: dict[str, str | tuple[str, ...]]
    safe: bool = False
    by_hand: tuple[str, ...] = ()
    """RE2: what overlaps one of these is flagged and not replaced."""
    keep_case: bool = True

    def check(self) -> None:
        super().check()
        check_patterns(self.by_hand, self.ignore_case)


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
        edits: tuple[Edit, ...] = ()
        term = terms[hit.term]
        if choices is not None and len(choices) == 1 and not _by_hand(options, article, hit):
            edits = _replace(article, hit, term, choices[0], options)
        proper = any(map(str.isupper, term))
        if proper and not getattr(options, "safe", False):  # a word, and no style of writing names
            beside = beside_capitals(article, index, start, end)
            edits = () if beside else edits
        yield Hit(block.span(start, end), values, edits, proper=proper)


def _by_hand(options: Avoid | Prefer, article: Article, hit: TermHit) -> bool:
    patterns = options.by_hand if isinstance(options, Prefer) else ()
    left = (flagged(pattern, options.ignore_case) for pattern in patterns)
    return overlaps_any(article, left, hit.block, hit.start, hit.end)


def _replace(
    article: Article, hit: TermHit, term: str, new: str, options: Avoid | Prefer
) -> tuple[Edit, ...]:
    block, start, end = prose(article).blocks[hit.block], hit.start, hit.end
    text = block.text
    if new:
        old = text[start:end]
        if getattr(options, "keep_case", True) and old != term:
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
