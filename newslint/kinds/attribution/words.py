"""What the checks of kind `attribution` look for on either side of a word."""

from __future__ import annotations

from newslint.matching import fold
from newslint.patterns import Match, find, occurs_in

REACH = 120
"""Code points on each side of a word in which other words that go with it are sought."""

_BEGINS, _ENDS = r"(?:^|[^\w\x{c0}-\x{24f}])", r"(?:\z|[^\w\x{c0}-\x{24f}])"
# Latin letters only: RE2 takes ten times as long to compile what knows all scripts.


def folded(words: tuple[str, ...]) -> frozenset[str]:
    """The words as a set, as `fold` leaves them."""
    return frozenset(map(fold, words))


def back_over(text: str, start: int, words: frozenset[str]) -> int:
    """`start` moved back over all words of a set that stand directly before it."""
    while start > 1 and text[start - 1] == " ":
        begin = text.rfind(" ", max(0, start - REACH), start - 1) + 1
        if fold(text[begin : start - 1]) not in words:
            break
        start = begin
    return start


def stands(pattern: str, text: str) -> bool:
    """Whether a pattern of `ending` or `following` is met; quicker than to ask where."""
    return bool(pattern) and occurs_in(pattern, text.encode("utf-8", "replace"))


def first(pattern: str, text: str) -> Match | None:
    """The first hit of such a pattern; group 1 is what it is about."""
    if not stands(pattern, text):
        return None
    return next(find(pattern, text, False), None)


def ending(alternatives: tuple[str, ...], flag: str = "i") -> str:
    """A pattern for one of several at the end of a text; empty where there are none."""
    return rf"(?{flag}:{_BEGINS}({'|'.join(alternatives)})\s*\z)" if alternatives else ""


def following(alternatives: tuple[str, ...], between: str = "") -> str:
    """A pattern for one of several at the start of a text, perhaps after what is `between`."""
    gap = rf"(?:\s+(?:{between}))?\s+" if between else r"\s*"
    return rf"(?i:^({gap}(?:{'|'.join(alternatives)})){_ENDS})" if alternatives else ""


def anywhere(alternatives: tuple[str, ...], flag: str = "-i") -> str:
    """A pattern for one of several in a text."""
    body = "|".join(alternatives)
    return rf"(?{flag}:{_BEGINS}({body}){_ENDS})" if alternatives else ""
