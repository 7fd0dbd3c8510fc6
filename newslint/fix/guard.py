"""What edits must leave alone: quotations, names, addresses, code, markup, and the grammar around.

Every finding's edits pass here once, so reports, editors and `--fix` all get the same ones. A
finding whose edits do not pass keeps its advice.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from newslint.article import LIST_ITEM, PARAGRAPH, STANDFIRST, Article, Block, Span
from newslint.finding import Edit
from newslint.fix.seams import Swap, article_before, fits
from newslint.language import once, once_for
from newslint.language.name_words import in_name
from newslint.language.quotations import in_quotation, quotations
from newslint.later import compiled_later
from newslint.ranges import Ranges
from newslint.reference import shipped

HTML = "html"
_GLUE = frozenset("@#/\\_=&+~^$")
"""Beside a word these make it part of an address, a handle, a path, a variable or a formula."""
_SYNTAX = frozenset('<>&*_[]`\\|{}#~"“”„«»')
"""What an edit may not bring into the copy: markup, and marks of quotation."""
_SPACES = frozenset("\t\n\u00a0\u2009\u202f")
"""What it may bring though nobody sees it; control characters and the like it may not."""
_PLAIN = compiled_later(r"(?:[\w ,.%$£€–—()’-]|(?<=\d):(?=\d))*")
"""What front matter of every format can take without quoting."""
_AFTER = compiled_later(r",[ \u00a0]\d|[ \u00a0]([^\W\d_]+)")
_POST = compiled_later(r"\bpic\.twitter\.com/|\bt\.co/\w|<tweet\b|[—–-] ?[^()\n]{2,60}\(@\w+\)")
"""What tells that a block is a post on a network, quoted without marks."""
_SENTENCES = frozenset((PARAGRAPH, STANDFIRST, LIST_ITEM))
_TAG_NAME = compiled_later(r"</?[A-Za-z!]")
_NEAR = 200
"""Code points on each side of an edit that tell whether it fits in."""
_DEEPEST = 64
"""Blocks that may begin between the start of a block and an edit in it: captions, alt texts."""
_TAG = 2000
"""Code points before a place in which the tag that it stands in would begin."""


class Place(NamedTuple):
    """Where an edit stands in its block."""

    number: int
    """In `article.blocks`."""
    block: Block
    swap: Swap


def guarded(
    article: Article, edits: Sequence[Edit], *, safe: bool = False, proper: bool = False
) -> tuple[Edit, ...]:
    """The edits, with “a” or “an” before them mended where need be; none where one may not be made.

    `safe` edits are made unseen, so what may be a name counts as one; `proper` ones are about words
    with capitals (a month, a title) and are not looked at for names.
    """
    found: list[Edit] = []
    for edit in edits:
        place = _place(article, edit.span, edit.text)
        if place is None or not _may_stand(article, edit, place):
            return ()
        if not proper and (_is_name(article, place, safe) or (not safe and _in_compound(place))):
            return ()
        before = article_before(*_near(place))
        if before is False:
            return ()
        found.append(edit)
        if isinstance(before, Swap):
            start = place.swap.start - min(place.swap.start, _NEAR)
            span = place.block.span(start + before.start, start + before.end)
            if _place(article, span, before.new) is None:
                return ()
            found.append(Edit(span, before.new))
    return tuple(sorted(set(found), key=lambda edit: edit.span))


def _near(place: Place) -> tuple[str, Swap]:
    """The words around an edit, for a block may be long and hold many."""
    start, end, new = place.swap
    first = max(0, start - _NEAR)
    return place.block.text[first : end + _NEAR], Swap(start - first, end - first, new)


def _place(article: Article, span: Span, new: str) -> Place | None:
    """The innermost block that has these very characters; None where there is none."""
    blocks, starts, reach = _blocks(article)
    last, found = bisect_right(starts, span.start) - 1, None
    for number in range(last, max(last - _DEEPEST, -1), -1):
        if reach[number] < span.end:
            break
        index, block = blocks[number]
        if block.source_span.end < span.end:
            continue
        start = block.origin.offset(span.start)
        end = start + span.end - span.start
        same = block.text[start:end] == article.source[span.start : span.end]
        if same and block.span(start, end) == span:
            place = Place(index, block, Swap(start, end, new))
            if found is None or len(block.text) < len(found.block.text):
                found = place
    return found


@once
def _blocks(article: Article) -> tuple[list[tuple[int, Block]], list[int], list[int]]:
    """The blocks by their place in the source, where they begin, and how far they reach."""
    order = sorted(enumerate(article.blocks), key=lambda item: item[1].source_span)
    spans = [block.source_span for _, block in order]
    return order, [span.start for span in spans], list(accumulate((s.end for s in spans), max))


def _may_stand(article: Article, edit: Edit, place: Place) -> bool:
    """Whether an edit is made in prose, outside quotations, and leaves prose behind."""
    index, block, swap = place
    old = block.text[swap.start : swap.end]
    if in_quotation(article, index, swap.start, swap.end) or index in _unbalanced(article):
        return False
    if _is_post(article, index):
        return False
    if any(_is_strange(character) and character not in old for character in swap.new):
        return False
    if not swap.new and _between_syntax(article.source, edit.span):
        return False
    if _glued(block.text, swap) or _in_tag(article.source, edit.span.start):
        return False
    if _in_metadata(article, edit.span) and (
        article.format == HTML or not _PLAIN.fullmatch(swap.new)
    ):
        return False
    return fits(*_near(place), prose=block.kind in _SENTENCES)


def _is_strange(character: str) -> bool:
    return character in _SYNTAX or not (character.isprintable() or character in _SPACES)


@once_for
def _is_post(article: Article, index: int) -> bool:
    """Whether a block is somebody’s post on a network."""
    return _POST.search(article.blocks[index].text) is not None


def _between_syntax(source: str, span: Span) -> bool:
    """Whether marks that stand apart would come together: `**` and `**`, say."""
    before, after = source[max(0, span.start - 1) : span.start], source[span.end : span.end + 1]
    return before in _SYNTAX and after in _SYNTAX


@once
def _unbalanced(article: Article) -> frozenset[int]:
    """The blocks in which it is not certain what is quoted."""
    return frozenset(stray.block for stray in quotations(article).unbalanced)


def _glued(text: str, swap: Swap) -> bool:
    """Whether words stand in an address, a handle, a path or the like."""
    if not any(map(str.isalpha, text[swap.start : swap.end])):
        return False
    before, after = text[max(0, swap.start - 2) : swap.start], text[swap.end : swap.end + 2]
    if before[-1:] in _GLUE or after[:1] in _GLUE:
        return True
    host = before[-1:] == "." and before[:-1].isalnum()
    return host or (after[:1] == "." and after[1:].isalnum())


def _in_tag(source: str, start: int) -> bool:
    """Whether a place lies between “<” and “>”."""
    begun = source.rfind("<", max(0, start - _TAG), start)
    return (
        begun > source.rfind(">", max(0, start - _TAG), start)
        and _TAG_NAME.match(source, begun) is not None
    )


def _in_metadata(article: Article, span: Span) -> bool:
    return _metadata(article).innermost(*span) is not None


@once
def _metadata(article: Article) -> Ranges:
    """Where metadata values stand."""
    return Ranges(field.span for field in article.meta.values())


def _in_compound(place: Place) -> bool:
    """Whether a hyphen ties the words to others: “non-individuals”."""
    text, (start, end, _) = place.block.text, place.swap
    return text[max(0, start - 1) : start] == "-" or text[end : end + 1] == "-"


def _speaks(place: Place) -> bool:
    """Whether one word with a capital is followed by what people do, or by an age.

    The word is no plural: “Organisers said”.
    """
    text, (start, end, _) = place.block.text, place.swap
    if not text[start : start + 1].isupper() or " " in text[start:end] or text[end - 1] == "s":
        return False
    after = _AFTER.match(text, end)
    return after is not None and (after[1] is None or after[1] in _saying())


@cache
def _saying() -> frozenset[str]:
    """The verbs of saying in all their forms."""
    verbs = shipped().lexicons["attribution"].mapping("saying")
    return frozenset(form for forms in verbs.values() for form in str(forms).split(", "))


def _is_name(article: Article, place: Place, sure: bool) -> bool:
    index, block, swap = place
    touched = block.text[swap.start : swap.end] + swap.new
    if not any(map(str.isalpha, touched)):
        return False
    return in_name(article, index, swap.start, swap.end, sure) or _speaks(place)
