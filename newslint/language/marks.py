"""Pairs the quotation marks of one block.

Double marks are paired with a stack, so that an opening mark without a partner cannot hide the
pairs after it. Single marks count only where they stand outside double ones and a closing one is
found; any other single mark is an apostrophe. Offsets are code points into the block's text.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from newslint.later import compiled_later

_DOUBLE = compiled_later('["“”„‟«»‹›]')
_TYPED = compiled_later("''|’’|‘‘|``|[\"“”„‟«»‹›]")
_SINGLE_OPEN = compiled_later(r"[‘'](?<![^\s(\[{—–“\"«].)(?=[^\s'’‘.,;:!?)\]])")
_SINGLE_CLOSE = compiled_later(r"['’](?<!\s.)(?![^\W_])")
_POSSESSIVE = compiled_later(r"(?:.[sS]|in)['’]\s[^\W_]")
_CODE = compiled_later(r"=(?:[\"”“]|\w+\()")
_ELISION = compiled_later(
    r"(?:\d0s|em|til|tis|twas|cause|cos|bout|round|nuff|n|neath)\b", re.IGNORECASE
)
_BEFORE_OPEN = frozenset(
    " \t\u00a0\n([{<=—–-/‘'“\"«`\u2009\u200a\u202f\u200b\u200e\u200f\u202a\u202b\u202c\ufeff"
)
_AFTER_CLOSE = frozenset(" \t\u00a0\u2009\u200a\u202f\n.,;:!?)]}>…—–-/’'”\"»")
_DASHES = frozenset("—–-/=‘'“\"")
_NOT_AFTER_OPEN = frozenset(" \t\u00a0\n.,;:!?)]}>")
_NOT_BEFORE_CLOSE = frozenset(" \t\u00a0\n([{")

OPEN, CLOSE, EITHER = 1, 2, 3
_DEEPEST = 8  # Quotations are never nested deeper; it keeps hostile copy linear.
_CURLY, _STRAIGHT, _GUILLEMET, _ANGLE = range(4)
_SORTS = {
    "“": (OPEN, _CURLY), "„": (OPEN, _CURLY), "‟": (OPEN, _CURLY), "”": (CLOSE, _CURLY),
    '"': (EITHER, _STRAIGHT), "''": (EITHER, _STRAIGHT), "’’": (CLOSE, _STRAIGHT),
    "``": (OPEN, _STRAIGHT), "‘‘": (OPEN, _STRAIGHT), "«": (OPEN, _GUILLEMET),
    "»": (CLOSE, _GUILLEMET), "‹": (OPEN, _ANGLE), "›": (CLOSE, _ANGLE),
}  # fmt: skip


class Mark(NamedTuple):
    """A quotation mark: where it stands, what it does, and which sort it is."""

    start: int
    end: int
    role: int
    sort: int


class Quoted(NamedTuple):
    """A quoted range, marks included, and the lengths of its marks (0 for a missing one)."""

    start: int
    end: int
    opening: int
    closing: int


class Pairs(NamedTuple):
    """The quotation marks of one block, paired."""

    quoted: list[Quoted]
    """Sorted, disjoint, outermost only."""
    strays: list[Mark]
    """Marks without a partner, in order; `role` is what the mark was meant to do."""
    opens: bool
    """The block begins with an opening mark."""
    headless: bool
    """The first range closes without having been opened; its mark is the first stray."""
    runs_on: bool
    """The last range is opened and not closed; its mark is the last stray."""
    maybe: Quoted | None
    """From a single opening mark without a partner to the end: a quotation only if it runs on."""


def pair_marks(text: str) -> Pairs | None:
    """The quoted ranges of a block and its stray marks, or None where it has no marks at all."""
    quoted: list[Quoted] = []
    strays: list[Mark] = []
    headless = runs_on = False
    if "''" in text or "``" in text or "’’" in text or "‘‘" in text:
        places = [match.span() for match in _TYPED.finditer(text)]
    elif text.isascii() and '"' not in text:
        places = []
    else:
        places = [match.span() for match in _DOUBLE.finditer(text)]
    if _alternate(text, places):
        ends = iter(places)
        quoted = [Quoted(start, next(ends)[1], 1, 1) for start, _ in ends]
    elif places:
        marks = [_mark(text, start, end) for start, end in places]
        quoted, strays, headless, runs_on = _doubles(text, marks)
    maybe = None
    if "‘" in text or "'" in text:
        quoted, maybe = _singles(text, quoted)
    if not quoted and not strays and maybe is None:
        return None
    opens = bool(quoted) and quoted[0].opening > 0 and not text[: quoted[0].start].strip("([ …")
    return Pairs(quoted, strays, opens, headless, runs_on, maybe)


def _alternate(text: str, places: list[tuple[int, int]]) -> bool:
    """Whether one-character marks open and close in turn, as in nearly all copy."""
    half, odd = divmod(len(places), 2)
    if odd:
        return False
    marks = "".join([text[start:end] for start, end in places])
    if marks == "“”" * half:
        return True
    if marks != '""' * half:
        return False
    return [_role(text, start, end) for start, end in places] == [OPEN, CLOSE] * half


def _mark(text: str, start: int, end: int) -> Mark:
    """A double mark, its role told by its neighbours where the mark itself does not tell."""
    role, sort = _SORTS[text[start:end]]
    return Mark(start, end, _role(text, start, end) if role == EITHER else role, sort)


def _role(text: str, start: int, end: int) -> int:
    """What a straight mark does, as far as its neighbours tell."""
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    opens = before in _BEFORE_OPEN and after not in _NOT_AFTER_OPEN
    closes = after in _AFTER_CLOSE and before not in _NOT_BEFORE_CLOSE
    return EITHER if opens == closes else OPEN if opens else CLOSE


def _doubles(text: str, marks: list[Mark]) -> tuple[list[Quoted], list[Mark], bool, bool]:
    """Pair the double marks; returns ranges, strays, whether headless, whether running on."""
    stack: list[Mark] = []
    unclosed: list[Mark] = []
    pairs: list[tuple[Mark, Mark]] = []
    strays: list[Mark] = []
    for index, mark in enumerate(marks):
        role = mark.role
        if role != OPEN and _is_inches(text, marks, index, stack):
            continue
        if role == EITHER:
            role = CLOSE if stack else OPEN
        elif mark.sort == _CURLY and _wrong_way(text, mark, stack):
            if not stack or text[stack[-1].start] != "„":
                strays.append(mark)
            role = OPEN + CLOSE - role
        if role == OPEN:
            if stack and stack[-1].end == mark.start and stack[-1].sort == mark.sort:
                mark = stack.pop()._replace(end=mark.end)
            stack.append(mark)
            if len(stack) > _DEEPEST:
                unclosed.append(stack.pop(0))
        elif not _close(mark, stack, pairs, strays):
            strays.append(mark._replace(role=CLOSE))
    unclosed += stack
    strays += [mark._replace(role=OPEN) for mark in unclosed if mark.sort < _GUILLEMET]
    quoted, headless, runs_on = _outermost(text, pairs, unclosed, strays)
    strays = sorted(mark for mark in strays if mark.sort < _GUILLEMET)
    return quoted, [] if strays and _CODE.search(text) else strays, headless, runs_on


def _close(
    mark: Mark, stack: list[Mark], pairs: list[tuple[Mark, Mark]], strays: list[Mark]
) -> bool:
    """Close the innermost open mark of the same sort, else of the other double sort."""
    depth = _depth(mark, stack)
    if depth < 0:
        if pairs and pairs[-1][1].end == mark.start and pairs[-1][1].sort == mark.sort:
            pairs[-1] = (pairs[-1][0], pairs[-1][1]._replace(end=mark.end))
            return True
        return False
    strays += [opened._replace(role=OPEN) for opened in stack[depth + 1 :]]
    pairs.append((stack[depth], mark))
    del stack[depth:]
    return True


def _depth(mark: Mark, stack: list[Mark]) -> int:
    """Where in the stack the mark's partner stands, or -1."""
    fallback = -1
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].sort == mark.sort:
            return depth
        if fallback < 0 and stack[depth].sort < _GUILLEMET and mark.sort < _GUILLEMET:
            fallback = depth
    return fallback


def _is_inches(text: str, marks: list[Mark], index: int, stack: list[Mark]) -> bool:
    """Whether a closing mark after a digit stands for inches and not for an end of speech."""
    mark = marks[index]
    if mark.start == 0 or not text[mark.start - 1].isdigit() or mark.sort >= _GUILLEMET:
        return False
    if not stack:
        return True
    if index + 1 == len(marks):
        return False
    following = marks[index + 1]
    return following.role == CLOSE and not text[following.start - 1].isdigit()


def _wrong_way(text: str, mark: Mark, stack: list[Mark]) -> bool:
    """Whether a curly mark does the opposite of what it looks like: ”We won,” or “We won,“."""
    before, after = text[mark.start - 1 : mark.start] or " ", text[mark.end : mark.end + 1] or " "
    if mark.role == CLOSE:
        return not stack and before in _BEFORE_OPEN and before not in _DASHES and after.isalnum()
    return bool(stack) and not before.isspace() and after in " .,;:!?)]" and before not in "([—–-"


def _outermost(
    text: str, pairs: list[tuple[Mark, Mark]], unclosed: list[Mark], strays: list[Mark]
) -> tuple[list[Quoted], bool, bool]:
    """The outermost ranges, with those that lack an end or a beginning."""
    found = [Quoted(a.start, b.end, a.end - a.start, b.end - b.start) for a, b in pairs]
    found += [Quoted(m.start, 0, m.end - m.start, 0) for m in unclosed if m.sort < _GUILLEMET]
    found.sort()
    closers = [mark for mark in strays if mark.role == CLOSE and mark.sort < _GUILLEMET]
    headless = bool(closers) and (not found or closers[0].start < found[0].start)
    quoted = []
    if headless:
        quoted.append(Quoted(0, closers[0].end, 0, closers[0].end - closers[0].start))
    runs_on = False
    for index, (start, end, opening, closing) in enumerate(found):
        if quoted and start < quoted[-1].end:
            continue
        if not closing:
            runs_on = _lasts(text, found, index)
            end = (
                len(text) if runs_on else start + len(text[start : found[index + 1].start].rstrip())
            )
        quoted.append(Quoted(start, end, opening, closing))
    return quoted, headless, runs_on


def _lasts(text: str, found: list[Quoted], index: int) -> bool:
    """Whether all that follows an unclosed mark stands inside it: nothing, or the other sort."""
    straight = text[found[index].start] in "\"'`"
    later = (found[number] for number in range(index + 1, len(found)))
    return all(q.closing and (text[q.start] in "\"'`") != straight for q in later)


def _singles(text: str, doubles: list[Quoted]) -> tuple[list[Quoted], Quoted | None]:
    """Add what stands in single marks outside double ones; a range may hold double ones."""
    quoted: list[Quoted] = []
    done = offset = 0
    while match := _SINGLE_OPEN.search(text, offset):
        start, offset = match.span()
        while done < len(doubles) and doubles[done].end <= start:
            quoted.append(doubles[done])
            done += 1
        if done < len(doubles) and doubles[done].start <= start:
            offset = doubles[done].end
        elif not _ELISION.match(text, offset):
            end = _single_close(text, offset, doubles, done)
            if end:
                quoted.append(Quoted(start, end, 1, 1))
                offset = end
                while done < len(doubles) and doubles[done].start < end:
                    done += 1
            elif text[start] == "‘" and done == len(doubles):
                return quoted, Quoted(start, len(text), 1, 0)
    return quoted + doubles[done:], None


def _single_close(text: str, offset: int, doubles: list[Quoted], done: int) -> int:
    """The end of the mark that closes a single quotation opened before `offset`, or 0.

    A plural possessive (the workers’ rights) closes one only where no better mark follows.
    """
    following = _SINGLE_OPEN.search(text, offset)
    fallback = 0
    for match in _SINGLE_CLOSE.finditer(
        text, offset, following.start() if following else len(text)
    ):
        at, end = match.span()
        while done < len(doubles) and doubles[done].end <= at:
            done += 1
        if done < len(doubles) and doubles[done].start < at:
            continue
        if not _POSSESSIVE.match(text, at - 2):
            return end
        fallback = fallback or end
    return fallback
