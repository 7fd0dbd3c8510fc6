"""Kind `quotation`, check `edited`: quotations with words put in and words left out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import field

from newslint.article import BLOCK_QUOTE, Article, Block
from newslint.kinds.contract import Finder, Hit, Options, Scope, check_patterns
from newslint.language.passage import Passage
from newslint.language.quotations import Quotation, quotations
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, prose
from newslint.patterns import flagged, matches
from newslint.reference import Reference

_EDIT = compiled_later(r"\[[^\[\]]{1,80}\]|…|\.{3,4}|\.(?:\s\.){2,3}")
_EDGES = " \t\n\u00a0\"'“”‘’«».…"
_FULL = compiled_later(r"[.!?…]\s*$")
_NAME = compiled_later(r"(?:^|.* )[A-Z][\w.'’-]*")
_CALLED = compiled_later(r"[\w,] (?:[A-Z][\w'’-]+|[A-Z][a-z]{0,2}\.) $")
"""A capitalised word, or an abbreviated title, that does not begin its sentence."""
_NEAR = 40
"""Code points on each side of an edit that tell whether it changes anything."""


class Edited(Options, frozen=True, tag="edited", kw_only=True):
    """A quotation that was edited more than once: words in brackets, words left out."""

    edits: int = 2
    """Edits from which on a quotation is flagged."""
    except_: tuple[str, ...] = field(name="except", default=())
    """Patterns of words in brackets that change nothing: sic."""
    templates: tuple[str, ...] = ()
    """Patterns of words in brackets that readers are to replace, which makes all of it a form:
    your name."""

    def check(self) -> None:
        check_patterns((*self.except_, *self.templates))
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
        if not _closed(article, quotation):
            continue
        found = list(_edits(options, scope, article, quotation))
        if len(found) < options.edits or any(
            _says(options.templates, edit.text(article)[1:-1]) for edit in found
        ):
            continue
        head, *others = found
        related = tuple((other.span(article), "edited here as well") for other in others)
        named = ", ".join(dict.fromkeys(edit.text(article) for edit in found))
        values = {"match": named, "count": str(len(found))}
        yield Hit(head.span(article), values, related=related)


def _closed(article: Article, quotation: Quotation) -> bool:
    """Whether it is known where the quotation ends: who never closes it may quote less."""
    last = quotation.parts[-1]
    return bool(last.closing) or BLOCK_QUOTE in _kinds(article.blocks[last.block])


def _kinds(block: Block) -> tuple[str, str]:
    return block.kind, block.inside


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
            if not _changes_nothing(options, block.text, *match.span()):
                yield Passage(part.block, *match.span())


def _changes_nothing(options: Edited, text: str, start: int, end: int) -> bool:
    """A bracket that completes a name or stands for no words, an ellipsis between sentences."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if text[start] != "[":
        follows = after.lstrip(_EDGES)[:1]
        stopped = end - start == 4 or _FULL.search(before) or after[:1] == "."
        return bool(stopped) and follows.isupper()
    inside = text[start + 1 : end - 1]
    if after[:1] == "(" or _says(options.except_, inside):
        return True
    completes = after[:1] == " " and after[1:2].isupper() and inside[-2:-1] not in ("'", "’")
    return bool(_NAME.fullmatch(inside)) and (completes or bool(_CALLED.search(before)))


def _says(patterns: tuple[str, ...], inside: str) -> bool:
    return any(matches(flagged(f"^(?:{pattern})$", True), inside) for pattern in patterns)
