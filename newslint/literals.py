"""Which literal texts must occur for a pattern to match: what the prefilter looks for.

A small reader of RE2 syntax that may always answer "cannot tell" (None), never wrongly.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from newslint import persisted
from newslint.later import compiled_later

LIMIT = 32
"""Alternatives that are kept apart; more of them are not worth looking for."""

CLAUSES = 2
"""Sets of literals that are looked for, of all that a pattern requires."""

KEPT = 4
"""Sets that are kept while a pattern is read."""

RARE = 3
"""Letters; a literal that is shorter stands in all copy."""

TELLING = 4
"""Letters; a second set with a shorter literal in it adds little."""

_COMMON = " ,.:;'\"-"
"""Characters at the ends of a literal that tell nothing: they stand in all copy."""

_TOKEN = compiled_later(
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
_MEMBER = compiled_later(r"\\x\{([0-9A-Fa-f]+)\}|\\([^A-Za-z0-9])|(\\.)|([\s\S])")

Texts = frozenset[str]
Clauses = tuple[Texts, ...]
"""Of each of these sets one text is needed: the most telling set first."""
Token = tuple[str, str]


class Piece(NamedTuple):
    """What is known of a part of a pattern."""

    exact: Texts | None
    """All texts that it matches, where they are few."""
    needed: Clauses
    """Of each, one occurs in whatever it matches."""


_ANYTHING = Piece(None, ())
_EMPTY = frozenset({""})


@lru_cache(maxsize=8192)
def required(pattern: str) -> Clauses:
    """Sets of texts: of each at least one occurs, case aside, wherever the pattern matches.

    Texts that stand in all copy are not worth looking for, nor are sets that hold one.
    """
    clauses = persisted.remember(f"clauses:{pattern}", lambda: _plain(_required(pattern)))
    return tuple([frozenset(texts) for texts in clauses])


def _plain(clauses: Clauses) -> list[list[str]]:
    return [sorted(texts) for texts in clauses]


def _required(pattern: str) -> Clauses:
    tokens = [(found.lastgroup or "", found[0]) for found in _TOKEN.finditer(pattern)]
    if any(kind == "unknown" for kind, _ in tokens):
        return ()
    tokens.reverse()  # the next token is the last one, ready to pop
    try:
        piece = _alternatives(tokens)
    except (IndexError, RecursionError):
        return ()
    if tokens:
        return ()
    clauses = [texts for texts in _needs(piece) if not any(map(_common, texts))]
    others = [texts for texts in clauses[1:] if _rank(texts)[0] >= TELLING]
    return (*clauses[:1], *others[: CLAUSES - 1])


def _needs(piece: Piece) -> Clauses:
    """What a part needs, be it known exactly or not."""
    return piece.needed if piece.exact is None else _best(piece.exact)


def _best(*candidates: Texts) -> Clauses:
    """Of several sets of which each is needed, those that will be met least."""
    ranked = [(_rank(texts), texts) for texts in candidates if texts and "" not in texts]
    ranked.sort(key=lambda entry: entry[0], reverse=True)
    best: list[Texts] = []
    for _, texts in ranked:
        if not any(_implied(texts, other) for other in best):
            best.append(texts)
    return tuple(best[:KEPT])


def _rank(texts: Texts) -> tuple[int, int, int]:
    return min(map(_telling, texts)), len(min(texts, key=len)), -len(texts)


def _common(text: str) -> bool:
    """Whether a literal is so common that looking for it costs more than it saves."""
    bare = text.strip(_COMMON)
    return _telling(text) < RARE and bare.isalnum() if bare else len(text.strip()) < 2


def _telling(text: str) -> int:
    """How much a literal tells: its length, and more where it holds a capital or a rare mark."""
    bare = text.strip(_COMMON)
    plain = not bare or bare.islower() or bare.isdigit()
    return len(bare) + (0 if plain else min(len(bare), 2))


def _implied(texts: Texts, other: Texts) -> bool:
    """Whether a text of the first set stands in each of the other set."""
    return all(any(text in longer for text in texts) for longer in other)


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
        return Piece(union, ()) if len(union) <= LIMIT else Piece(None, _best(union))
    needs = [_needs(piece) for piece in pieces]
    if not all(needs):
        return _ANYTHING
    unions = [
        frozenset[str]().union(*[clauses[min(rank, len(clauses) - 1)] for clauses in needs])
        for rank in range(max(map(len, needs)))
    ]
    return Piece(None, _best(*unions))


def _sequence(tokens: list[Token]) -> Piece:
    current: Texts = _EMPTY
    needed: list[Texts] = []
    whole = True
    while tokens and tokens[-1][0] not in ("bar", "close"):
        exact, inner = _repeated(tokens)
        if exact is _EMPTY:
            continue
        if exact is None or len(exact) * len(current) > LIMIT:
            whole = False
            needed += [current, *inner]
            current = exact or _EMPTY
        elif current is _EMPTY:
            current = exact
        else:
            current = frozenset([a + b for a in current for b in exact])
    return Piece(current, ()) if whole else Piece(None, _best(*needed, current))


def _repeated(tokens: list[Token]) -> Piece:
    piece = _atom(tokens)
    while tokens and tokens[-1][0] == "repeat":
        mark = tokens.pop()[1]
        least = int(re.findall(r"\d+", mark)[0]) if mark[0] == "{" else mark[0] == "+"
        if least:
            again = _product(piece.exact, least)
            piece = Piece(None, _best(*piece.needed, *again))
        elif mark[0] == "?" and piece.exact is not None and len(piece.exact) < LIMIT:
            piece = Piece(piece.exact | _EMPTY, ())
        else:
            piece = _ANYTHING
    return piece


def _product(texts: Texts | None, times: int) -> Clauses:
    """The texts one after another, so many times, where that gives few; else the texts."""
    if texts is None:
        return ()
    if len(texts) ** min(times, 9) > LIMIT:
        return (texts,)
    found = _EMPTY
    for _ in range(min(times, 9)):
        found = frozenset([a + b for a in found for b in texts])
    return (found,)


def _atom(tokens: list[Token]) -> Piece:
    kind, text = tokens.pop()
    if kind == "text":
        return Piece(frozenset((text,)), ())
    if kind == "open":
        piece = _alternatives(tokens)
        if tokens.pop()[0] != "close":
            raise IndexError
        return piece
    if kind == "escape":
        return Piece(frozenset((text[1:],)), ())
    if kind == "class":
        return Piece(_members(text), ())
    if kind == "code":
        return Piece(frozenset((chr(int(text[2:].strip("{}"), 16)),)), ())
    if kind in ("edge", "flags"):
        return Piece(_EMPTY, ())
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
