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

from newslint.article import Origin
from newslint.language.sentences import sentences
from newslint.later import compiled_later

LONGEST = 4000
"""Code points of a passage: engines take more than in proportion for more."""
STAND_IN = "item"
"""What a sentence is shown with in the place of code, an address or an image."""

Range = tuple[int, int]

_PLAIN = compiled_later(r"(?:[!-~‘’“”–—…À-ÖØ-öø-ÿ]{1,99}+(?: +|$))++")
"""Most blocks have no other characters, and those need no closer look."""
_ODD = compiled_later(
    r"(?P<gap>\s*[\ufffc\ud800-\udfff]+(?:\s*[\ufffc\ud800-\udfff]+)*\s*|(?:\s+|^)\S{100,}\s*)"
    r"|(?P<hidden>[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0e\ufe0f\ufeff]+)"
    r"|(?P<accented>[^\W\d_][\u0300-\u036f]+)"
    r"|(?P<space>[^\S ]|[\x00-\x1f\x7f-\x9f])"
)
_ENDED = compiled_later(r"[.!?…:][\"”’')\]]*\s+$")
_BEGINS = compiled_later(r"\s*(?:$|[\"“‘'(\[]*[A-Z\d])")
_HANGS_ON = compiled_later(r"[\w.,;:!?…\"”’')\]]$")
_BEHIND = compiled_later(r"\s|$|[.,;:!?…)\]\"”’]")


class Passage(NamedTuple):
    """A block's text, or a part of it that ends with a sentence, as an engine is to see it."""

    text: str
    origin: Origin
    """Maps offsets in `text` to those in the block's text."""
    gaps: tuple[Range, ...] = ()
    """Where in the block's text a sentence holds what is no prose, white space around it too."""
    without: Passage | None = None
    """Where there are such: the same with nothing in their place."""

    def near_gap(self, start: int, end: int) -> bool:
        """Whether a range of the block's text holds, or is next to, what is no prose."""
        return any(start <= last and first <= end for first, last in self.gaps)


def passages(text: str) -> Iterator[Passage]:
    """What an engine is to see of a block's text, in order; nothing where there are no words."""
    if len(text) <= LONGEST and _PLAIN.fullmatch(text):
        if text.lower() != text.upper():
            yield Passage(text, Origin((0, len(text)), (0,), (len(text),)))
        return
    for start, end in _parts(text):
        without = _shown(text[start:end], start, "")
        if any(map(str.isalpha, without.text)):
            passage = _shown(text[start:end], start, STAND_IN) if without.gaps else without
            yield passage._replace(without=without if without.gaps else None)


def _parts(text: str) -> Iterator[Range]:
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


def _shown(text: str, base: int, stand_in: str) -> Passage:
    """A part of a block's text that begins at `base` there, with `stand_in` in its gaps."""
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    chunks: list[str] = []
    at, starts, ends = [0], [], []
    gaps = []

    def add(chunk: str, first: int, last: int) -> None:
        if chunk:
            chunks.append(chunk)
            at.append(at[-1] + len(chunk))
            starts.append(base + first)
            ends.append(base + last)

    for odd in _ODD.finditer(text, begin, end):
        first, last = odd.span()
        add(text[begin:first], begin, first)
        if odd.lastgroup != "gap":
            add(_instead(odd), first, last)
        elif _in_a_sentence(text, odd):
            gaps.append((base + first, base + last))
            add(_spaced(odd[0], stand_in), first, last)
        else:
            add(_spaced(odd[0], "") if chunks and last < end else "", first, last)
        begin = last
    add(text[begin:end], begin, end)
    return Passage("".join(chunks), Origin(tuple(at), tuple(starts), tuple(ends)), tuple(gaps))


def _instead(odd: Match[str]) -> str:
    """What an engine sees in the place of an odd character."""
    if odd.lastgroup == "accented":
        return normalize("NFC", odd[0])
    return "" if odd.lastgroup == "hidden" else " "


def _spaced(gap: str, stand_in: str) -> str:
    """What stands in for a gap, with white space where the gap has it."""
    before, behind = gap[0].isspace(), gap[-1].isspace()
    if not stand_in:
        return " " * (before or behind)
    return " " * before + stand_in + " " * behind


def _in_a_sentence(text: str, gap: Match[str]) -> bool:
    """Whether a sentence goes on around what is no prose.

    A picture stands between sentences, and the mark of a footnote hangs on a word.
    """
    first = gap.end() - len(gap[0].lstrip())
    last = gap.start() + len(gap[0].rstrip())
    before = text[max(0, first - 8) : first]
    if _HANGS_ON.search(before) and _BEHIND.match(text, last):
        return False
    return not ((not before.strip() or _ENDED.search(before)) and _BEGINS.match(text, last))
