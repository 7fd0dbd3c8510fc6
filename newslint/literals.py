"""Which literal texts must occur for a pattern to match: what the prefilter looks for.

A small reader of RE2 syntax that may always answer "cannot tell" (None), never wrongly.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from newslint import persisted

LIMIT = 24
"""Alternatives that are kept apart; more of them are not worth looking for."""

ENOUGH = 4
"""Letters; a literal so long is rare enough, and the rest of its sequence is not looked at."""

_COMMON = " ,.:;'\"-"
"""Characters at the ends of a literal that tell nothing: they stand in all copy."""

_TOKEN = re.compile(
    r"""(?P<text>[^\\\[(){}.^$*+?|]+(?![*+?{])|[^\\\[(){}.^$*+?|])
    |(?P<open>\((?:\?(?:P?<\w+>|[imsU]*(?:-[imsU]+)?:))?(?!\?))
    |(?P<flags>\(\?[imsU]+\))
    |(?P<repeat>(?:[*+?]|\{\d+(?:,\d*)?\})\??)
    |(?P<class>\[\^?\]?(?:[^\]\\\[]|\\.|\[(?!:))*\])
    |(?P<code>\\x(?:\{[0-9A-Fa-f]+\}|[0-9A-Fa-f]{2}))
    |(?P<any>\.|\\[dDwWsS]|\\[pP](?:\{[^}]*\}|.))
    |(?P<edge>[\^$]|\\[bB])
    |(?P<escape>\\[^A-Za-z0-9])
    |(?P<bar>\|)
    |(?P<close>\))
    |(?P<unknown>[\s\S])""",
    re.VERBOSE,
)
_MEMBER = re.compile(r"\\x\{([0-9A-Fa-f]+)\}|\\([^A-Za-z0-9])|(\\.)|([\s\S])")

Texts = frozenset[str]
Token = tuple[str, str]


class Piece(NamedTuple):
    """What is known of a part of a pattern."""

    exact: Texts | None
    """All texts that it matches, where they are few."""
    needed: Texts | None
    """One of these occurs in whatever it matches."""


_ANYTHING = Piece(None, None)
_EMPTY = frozenset({""})


@lru_cache(maxsize=8192)
def required(pattern: str) -> Texts | None:
    """Texts of which at least one occurs, case aside, wherever the pattern matches; or None."""
    texts = persisted.remember(f"literals:{pattern}", lambda: _plain(_required(pattern)))
    return None if texts is None else frozenset(texts)


def _plain(texts: Texts | None) -> list[str] | None:
    return None if texts is None else sorted(texts)


def _required(pattern: str) -> Texts | None:
    tokens = [(found.lastgroup or "", found[0]) for found in _TOKEN.finditer(pattern)]
    if any(kind == "unknown" for kind, _ in tokens):
        return None
    tokens.reverse()  # the next token is the last one, ready to pop
    try:
        piece = _alternatives(tokens)
    except (IndexError, RecursionError):
        return None
    return None if tokens else _best(*piece)


def _best(*candidates: Texts | None) -> Texts | None:
    """Of several sets of which each is needed, the one that will be met least."""
    found: Texts | None = None
    rank = (0, 0, 0)
    for texts in candidates:
        if texts and texts is not _EMPTY:
            telling = min([len(text.strip(_COMMON)) for text in texts])
            new = (telling, len(min(texts, key=len)), -len(texts))
            if new[1] and new > rank:
                found, rank = texts, new
    return found


def _alternatives(tokens: list[Token]) -> Piece:
    first = _sequence(tokens)
    if not tokens or tokens[-1][0] != "bar":
        return first
    pieces = [first]
    while tokens and tokens[-1][0] == "bar":
        tokens.pop()
        pieces.append(_sequence(tokens))
    if all(piece.exact is not None for piece in pieces):
        union: Texts = frozenset().union(*[piece.exact or () for piece in pieces])
        return Piece(union, None) if len(union) <= LIMIT else Piece(None, _best(union))
    best = [_best(*piece) for piece in pieces]
    if any(texts is None for texts in best):
        return _ANYTHING
    return Piece(None, frozenset().union(*[texts or () for texts in best]))


def _sequence(tokens: list[Token]) -> Piece:
    current: Texts = _EMPTY
    needed: Texts | None = None
    whole = True
    while tokens and tokens[-1][0] not in ("bar", "close"):
        exact, inner = _repeated(tokens)
        if exact is _EMPTY:
            continue
        if exact is None or len(exact) * len(current) > LIMIT:
            whole = False
            needed = _best(needed, current, inner)
            if needed and len(min(needed, key=len)) >= ENOUGH:
                _skip(tokens)
                return Piece(None, needed)
            current = exact or _EMPTY
        elif current is _EMPTY:
            current = exact
        else:
            current = frozenset([a + b for a in current for b in exact])
    return Piece(current, needed) if whole else Piece(None, _best(needed, current))


def _skip(tokens: list[Token]) -> None:
    """Leave out the rest of a sequence."""
    depth = 0
    while tokens and (depth or tokens[-1][0] not in ("bar", "close")):
        kind = tokens.pop()[0]
        depth += (kind == "open") - (kind == "close")


def _repeated(tokens: list[Token]) -> Piece:
    piece = _atom(tokens)
    while tokens and tokens[-1][0] == "repeat":
        mark = tokens.pop()[1]
        least = int(re.findall(r"\d+", mark)[0]) if mark[0] == "{" else mark[0] == "+"
        if least:
            again = _product(piece.exact, least)
            piece = Piece(None, _best(*piece, again))
        elif mark[0] == "?" and piece.exact is not None and len(piece.exact) < LIMIT:
            piece = Piece(piece.exact | _EMPTY, None)
        else:
            piece = _ANYTHING
    return piece


def _product(texts: Texts | None, times: int) -> Texts | None:
    """The texts one after another, so many times, where that gives few."""
    if texts is None or len(texts) ** min(times, 9) > LIMIT:
        return None
    found = _EMPTY
    for _ in range(min(times, 9)):
        found = frozenset([a + b for a in found for b in texts])
    return found


def _atom(tokens: list[Token]) -> Piece:
    kind, text = tokens.pop()
    if kind == "text":
        return Piece(frozenset((text,)), None)
    if kind == "open":
        piece = _alternatives(tokens)
        if tokens.pop()[0] != "close":
            raise IndexError
        return piece
    if kind == "escape":
        return Piece(frozenset((text[1:],)), None)
    if kind == "class":
        return Piece(_members(text), None)
    if kind == "code":
        return Piece(frozenset((chr(int(text[2:].strip("{}"), 16)),)), None)
    if kind in ("edge", "flags"):
        return Piece(_EMPTY, None)
    if kind == "any":
        return _ANYTHING
    raise IndexError


@lru_cache(maxsize=1024)
def _members(text: str) -> Texts | None:
    """The characters of a class in brackets, where they are few; else None."""
    if text[1] == "^":
        return None
    characters: list[str] = []
    for code, escaped, unknown, plain in _MEMBER.findall(text[1:-1]):
        if unknown:
            return None
        characters.append(
            chr(int(code, 16)) if code else "\0-" if plain == "-" else escaped or plain
        )
    members: set[str] = set()
    for number, character in enumerate(characters):
        if character == "\0-" and 0 < number < len(characters) - 1:
            low, high = ord(characters[number - 1][-1]), ord(characters[number + 1][-1])
            if high - low > LIMIT:
                return None
            members.update(map(chr, range(low, high + 1)))
        else:
            members.add(character[-1])
    return frozenset(members) if len(members) <= LIMIT else None
