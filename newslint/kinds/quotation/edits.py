"""Kind `quotation`, check `edited`: quotations with words put in and words left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from msgspec import field

from newslint.article import Article
from newslint.kinds.contract import Finder, Hit, Options, Scope, check_patterns
from newslint.language.passage import Passage
from newslint.language.quotations import Quotation, quotations
from newslint.matching import Clues, Needs, prose
from newslint.patterns import flagged, matches
from newslint.reference import Reference

_EDIT = re.compile(r"\[[^\[\]]{1,80}\]|…|\.{3,4}|\.(?:\s\.){2,3}")
_EDGES = " \t\n\u00a0\"'“”‘’«».…"
_NEAR = 40
"""Code points between two edits that one finding spans."""


class Edited(Options, frozen=True, tag="edited", kw_only=True):
    """A quotation that was edited more than once: words in brackets, words left out."""

    edits: int = 2
    """Edits from which on a quotation is flagged."""
    except_: tuple[str, ...] = field(name="except", default=())
    """Patterns of words in brackets that change nothing: sic."""

    def check(self) -> None:
        check_patterns(self.except_)
        if self.edits < 1:
            raise ValueError('"edits": a number from 1')


def edited(options: Edited, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    return Finder(partial(_find, options, scope), Needs())


def _find(options: Edited, scope: Scope, article: Article, _: Clues) -> Iterator[Hit]:
    copy = prose(article).copy.joined
    if "[" not in copy and copy.count("…") + copy.count("..") + copy.count(". .") < options.edits:
        return
    for quotation in quotations(article).joined:
        found = list(_edits(options, scope, article, quotation))
        if len(found) < options.edits:
            continue
        head, *others = found
        while others and others[0].block == head.block and others[0].start - head.end <= _NEAR:
            head = head._replace(end=others.pop(0).end)
        related = tuple((other.span(article), "edited here as well") for other in others)
        values = {"match": head.text(article), "count": str(len(found))}
        yield Hit(head.span(article), values, related=related)


def _edits(
    options: Edited, scope: Scope, article: Article, quotation: Quotation
) -> Iterator[Passage]:
    """Where the quotation was edited; dots at its ends only cut it off."""
    for part in quotation.parts:
        block = article.blocks[part.block]
        if block.kind not in scope.kinds:
            continue
        start, end = part.inner
        words = block.text[start:end]
        if "[" not in words and "…" not in words and ".." not in words and ". ." not in words:
            continue
        start += len(words) - len(words.lstrip(_EDGES))
        end -= len(words) - len(words.rstrip(_EDGES))
        for match in _EDIT.finditer(block.text, start, max(start, end)):
            inside = match[0].strip("[]")
            if match[0][0] == "[" and any(
                matches(flagged(f"^(?:{pattern})$", True), inside) for pattern in options.except_
            ):
                continue
            yield Passage(part.block, *match.span())
