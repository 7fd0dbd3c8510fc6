"""A block's text as an engine is to see it, with a map back to the block.

An engine knows nothing of marks without width, of odd spaces, of what stands for code or an image.
It is shown what a reader sees. The map is made of the same pieces as the text, so that it is exact
whatever is left out, put in or cut.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from re import Match
from typing import NamedTuple
from unicodedata import normalize

from newslint.article import OPAQUE, Origin
from newslint.language.sentences import sentences
from newslint.later import compiled_later

LONGEST = 4000
"""Code points of a passage: engines take more than in proportion for more."""
STAND_IN = "item"
"""What a sentence is shown with in the place of code, an address or an image."""

_ODD = compiled_later(
    r"(?P<gap>\s*[\ufffc\ud800-\udfff]+(?:\s*[\ufffc\ud800-\udfff]+)*\s*|\s*\S{100,}\s*)"
    r"|(?P<hidden>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff]+)"
    r"|(?P<accented>[^\W\d_][\u0300-\u036f]+)"
    r"|(?P<space>[^\S ]|[\x00-\x1f\x7f-\x9f])"
)
_PLAIN = compiled_later(r"[ -~‘’“”–—…À-ÖØ-öø-ÿ]*+")
"""Hardly any block has other characters, and those that have none need no closer look."""
_ENDED = compiled_later(r"(?:^|[.!?…:][\"”’')\]]*\s+)$")
_BEGINS = compiled_later(r"\s*(?:$|[\"“‘'(\[]*[A-Z\d])")
_APPENDED = compiled_later(r"[\w.,;:!?…\"”’')\]]$")
_BEHIND = compiled_later(r"\s|$|[.,;:!?…)\]\"”’]")


class Passage(NamedTuple):
    """A block's text, or a part of it that ends with a sentence, as an engine is to see it."""

    text: str
    origin: Origin
    """Maps offsets in `text` to those in the block's text."""
    gaps: bool = False
    """Whether something in a sentence has had to be left out."""


def passages(text: str, stand_in: str = STAND_IN) -> Iterator[Passage]:
    """What an engine is to see of a block's text, in order; nothing where there are no words.

    `stand_in` stands where code, an address or an image has a place in a sentence.
    """
    if len(text) <= LONGEST and _PLAIN.fullmatch(text) and not _ODD.search(text):
        yield Passage(text, Origin((0, len(text)), (0,), (len(text),)))
        return
    for start, end in _parts(text):
        passage = _passage(text, start, end, stand_in)
        if any(map(str.isalpha, passage.text)):
            yield passage


def near_gap(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` of a block holds, or is next to, what is no prose."""
    before, behind = text[:start].rstrip()[-1:], text[end:].lstrip()[:1]
    return OPAQUE in text[start:end] or OPAQUE in (before, behind)


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """The ranges that passages are made of: up to the end of a sentence, or else of a word."""
    start = 0
    ends = [end for _, end in sentences(text)] if len(text) > LONGEST else []
    while len(text) - start > LONGEST:
        last = bisect_right(ends, start + LONGEST) - 1
        end = ends[last] if last >= 0 else 0
        if end <= start:
            end = text.rfind(" ", start + 1, start + LONGEST) + 1 or start + LONGEST
        yield start, end
        start = end
    yield start, len(text)


def _passage(text: str, start: int, end: int, stand_in: str) -> Passage:
    begun = start + len(text[start:end]) - len(text[start:end].lstrip())
    chunks: list[str] = []
    at, starts, ends = [0], [begun], [begun]
    gaps = False

    def add(chunk: str, first: int, last: int) -> None:
        if chunk:
            chunks.append(chunk)
            at.append(at[-1] + len(chunk))
            starts.append(first)
            ends.append(last)

    done = begun
    for odd in _ODD.finditer(text, begun, end):
        add(text[done : odd.start()], done, odd.start())
        inside = odd.lastgroup == "gap" and _has_a_place(text, start, odd, end)
        gaps |= inside
        add(_instead(odd, stand_in if inside else "", end), *odd.span())
        done = odd.end()
    add(text[done:end], done, end)
    return Passage("".join(chunks), Origin(tuple(at), tuple(starts), tuple(ends)), gaps)


def _instead(odd: Match[str], stand_in: str, end: int) -> str:
    """What an engine sees in the place of something odd."""
    kind, found = odd.lastgroup, odd[0]
    if kind == "hidden":
        return ""
    if kind == "accented":
        return normalize("NFC", found)
    if kind == "space":
        return " "
    before, behind = found[0].isspace(), found[-1].isspace()
    if stand_in:
        return " " * before + stand_in + " " * behind
    return " " if (before or behind) and odd.end() < end else ""


def _has_a_place(text: str, start: int, gap: Match[str], end: int) -> bool:
    """Whether a sentence goes on around what is no prose.

    A picture stands between sentences, and the mark of a footnote hangs on a word.
    """
    first, last = gap.span()
    first += len(gap[0]) - len(gap[0].lstrip())
    last -= len(gap[0]) - len(gap[0].rstrip())
    before = text[max(start, first - 8) : first]
    if _APPENDED.search(before) and _BEHIND.match(text, last, end):
        return False
    return not (_ENDED.search(before) and _BEGINS.match(text, last, end))
