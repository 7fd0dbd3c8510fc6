"""Which numbers of an article may be told of one thing: cheap questions to the folded text.

Most numbers of most articles have no partner. They are left out here, before any is read as a
figure; what is left is judged by all that is told of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from newslint.article import Article
from newslint.kinds.figures.told import Telling
from newslint.language.counted import Words
from newslint.language.figures import spots
from newslint.language.lexicon import Lexicon
from newslint.later import compiled_later
from newslint.matching import prose

_MOST = 400
"""Numbers that are looked at."""
_WORD = compiled_later(r"[^\W\d_]{3,}")
_BEHIND, _BEFORE, _FARTHEST = 46, 60, 40
_SIGNS = frozenset("$£€¥₹")
_OWNED, _ITS = ("'s", "’s", "s’"), frozenset(("its", "their"))


def likely(
    article: Article, lexicon: Lexicon, words: Words, telling: Telling, events: Sequence[int]
) -> frozenset[int]:
    """Where numbers begin in the joined text that may have a partner.

    `events` are the offsets, ascending, of words that say what befell those who are counted.
    """
    every = spots(article, lexicon)[:_MOST]
    found: set[int] = set()
    if len(every) < 2:
        return frozenset()
    folded = prose(article).copy.folded
    groups: dict[str, list[int]] = {}
    for at in every:
        before = folded[max(0, at - 30) : at].rstrip("$£€¥₹").split()[-4:]
        if before[-1:] == ["of"] and len(before) > 1:
            groups.setdefault(before[-2], []).append(at)
        apposed = len(before) > 2 and before[-2][-1] == ","
        if before[-1:] and before[-1] in telling.several:
            continue
        for word in before if apposed else before[-2:]:
            if word in telling.definite or word in _ITS or word.endswith(_OWNED):
                partners = _partners(words, folded, every, at, before if apposed else [])
                found.update((at, *partners) if partners else ())
                break
    for same in (*groups.values(), _beside(every, events)):
        found.update(same if len(same) > 1 else ())
    return frozenset(found)


def _partners(
    words: Words, folded: str, every: Sequence[int], at: int, before: Sequence[str]
) -> list[int]:
    """The other numbers that have near them what the one at an offset counts or describes."""
    behind = folded[at : at + _BEHIND]
    described = "-" in behind[:10] or folded[at - 1 : at] in _SIGNS
    keys = [
        " " + word.removesuffix("s") for word in _WORD.findall(behind)[: 6 if described else 3]
        if word not in words.passed and word not in words.no_nouns
    ]  # fmt: skip
    keys += [" " + word.strip(",") for word in before if len(word) > 4 and word not in words.passed]
    back = _BEFORE if described or before else 0
    return [
        other for other in every if folded[other : other + 4] != behind[:4]
        and any(key in folded[max(0, other - back) : other + _BEHIND] for key in keys)
    ]  # fmt: skip


def _beside(every: Sequence[int], events: Sequence[int]) -> list[int]:
    """The numbers that stand near an event."""
    found: list[int] = []
    for at in every if events else ():
        near = bisect_left(events, at - _FARTHEST)
        if near < len(events) and events[near] < at + _FARTHEST:
            found.append(at)
    return found
