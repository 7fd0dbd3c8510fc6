"""Kind `conditional`: where one thing stands, another must stand too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Literal

from msgspec import field

from newslint.article import BLOCK_KINDS, Article
from newslint.kinds.contract import Finder, Hit, Kind, Options, Scope, check_patterns
from newslint.later import compiled_later
from newslint.matching import Clues, Needs, occurs, prose, search
from newslint.patterns import Match, compile_pattern, flagged
from newslint.reference import Reference

_WORD = compiled_later(r"[^\W\d_][\w'’]*")


class Requires(Options, frozen=True, tag="requires", kw_only=True):
    """If `if` occurs, so must `then`, with the same text in group 1 where both have one."""

    if_: str = field(name="if")
    then: str
    order: Literal["anywhere", "before"] = "anywhere"
    except_: tuple[str, ...] = field(name="except", default=())
    first_only: bool = True
    initials: tuple[str, ...] | None = None
    """Words that may be passed over where words in a row have the letters as initials."""
    ignore_case: bool = False

    def check(self) -> None:
        check_patterns((self.if_, self.then), self.ignore_case)
        check_patterns(self.except_, self.ignore_case)


def build(options: Requires, scope: Scope, _: Reference) -> Finder:
    """A finder for one rule."""
    condition = flagged(options.if_, options.ignore_case)
    then = flagged(options.then, options.ignore_case)
    alternatives = "|".join(f"(?:{pattern})" for pattern in options.except_)
    spared = flagged(alternatives, options.ignore_case) if alternatives else ""
    find_ = partial(_find, options, scope, condition, then, spared)
    return Finder(find_, Needs(patterns=(condition,)))


def _find(
    options: Requires, scope: Scope, condition: str, then: str, spared: str,
    article: Article, _: Clues,
) -> Iterator[Hit]:  # fmt: skip
    paired = min(compile_pattern(condition).groups, compile_pattern(then).groups) > 0
    met = _met(then, paired, article)
    initials = None if options.initials is None else _initials(article, options.initials)
    blocks = prose(article).blocks
    for key, uses in _uses(scope, condition, spared, paired, article).items():
        if initials and key.lower() in initials and _spelled_out(article, key, options.initials):
            continue
        first, *later = [(index, match.start, match.end) for index, match in uses]
        again = tuple(blocks[index].span(start, end) for index, start, end in later)
        place = met.get(key)
        for index, start, end in [first] if options.first_only else [first, *later]:
            before = place is not None and place <= (index, end)
            if place is None or (options.order == "before" and not before):
                values = {"match": blocks[index].text[start:end], "1": key}
                yield Hit(
                    blocks[index].span(start, end), values,
                    again=again if options.first_only else (),
                )  # fmt: skip


def _uses(
    scope: Scope, condition: str, spared: str, paired: bool, article: Article
) -> dict[str, list[tuple[int, Match]]]:
    """By the text of group 1: where it stands, in the order of the article."""
    uses: dict[str, list[tuple[int, Match]]] = {}
    for index, match in search(article, condition, scope.kinds):
        key = _key(match, prose(article).blocks[index].text, paired)
        if (paired and not key) or not scope.allows(article, index, match.start, match.end):
            continue
        if spared and compile_pattern(spared).fullmatch(key.encode()):
            continue
        uses.setdefault(key, []).append((index, match))
    return uses


def _initials(article: Article, small: tuple[str, ...]) -> str:
    """The initials of all words in a row, and once more without those of the small words."""
    words = _WORD.findall(prose(article).copy.folded)
    long = [word for word in words if word not in small]
    return "".join([word[0] for word in words] + ["\n"] + [word[0] for word in long])


def _spelled_out(article: Article, letters: str, small: tuple[str, ...] | None) -> bool:
    """Whether words with these initials stand in a row: Federal Election Commission, FEC."""
    if not letters.isalpha():
        return False
    passed = "|".join(map(re.escape, small or ())) or "-"
    words = rf"(?:[ -](?:(?:{passed}) )*)".join(rf"{letter}[\pL'’]*" for letter in letters.upper())
    return occurs(article, f"(?i:{words})")


def _met(then: str, paired: bool, article: Article) -> dict[str, tuple[int, int]]:
    """Where each text of group 1 is met first by `then`, in any block, quotations included."""
    met: dict[str, tuple[int, int]] = {}
    blocks = prose(article).blocks
    for index, match in search(article, then, BLOCK_KINDS):
        met.setdefault(_key(match, blocks[index].text, paired), (index, match.start))
    return met


def _key(match: Match, text: str, paired: bool) -> str:
    start, end = match.groups[1] if paired else (0, 0)
    return text[start:end] if start >= 0 else ""


KIND = Kind(
    checks={"requires": Requires},
    build=build,  # type: ignore[arg-type]
    placeholders=frozenset({"match", "1"}),
)
