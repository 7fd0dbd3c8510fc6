"""Which numbers of an article may be told of one thing: cheap questions to the folded text.

Most numbers of most articles have no partner. They are left out here, before any is read as a
figure; what is left is judged by all that is told of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from newslint.article import Article
from newslint.kinds.figures.told import Telling
from newslint.language.counted import Words
from newslint.language.lexicon import Lexicon
from newslint.language.figures import spots
from newslint.matching import Area, prose

_MOST = 400
"""Numbers that are looked at."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_LONG = re.compile(r"[^\W\d_]{4,}")
_BEHIND, _BEFORE, _AROUND = 40, 26, 90
_SIGNS, _OWNED = "$£€¥₹", ("'s", "’s", "its", "their", "his", "her")
_MONEY = "$"
_SHARED = 2
"""Long words that both surroundings have, where nothing says that the later is definite."""


def likely(article: Article, lexicon: Lexicon, words: Words, telling: Telling) -> frozenset[int]:
    """Where numbers begin in the joined text that may have a partner."""
    every = spots(article, lexicon)[:_MOST]
    area = prose(article).copy
    if len(every) < 2:
        return frozenset()
    keys: dict[str, list[int]] = {}
    for at in every:
        for key in _keys(words, telling, area.folded, at):
            keys.setdefault(key, []).append(at)
    found: set[int] = set()
    for key, places in keys.items():
        if len(places) > 1 and _may_agree(telling, area, key, places):
            found.update(places)
    return frozenset(found)


def _keys(words: Words, telling: Telling, folded: str, at: int) -> set[str]:
    """What a number may count, by the plurals and events behind and right before it."""
    behind, before = folded[at : at + _BEHIND], folded[max(0, at - _BEFORE) : at]
    hyphen = "-" in behind[:10]
    money = before[-1:] in _SIGNS or any(sign in behind[:20] for sign in ("euro", "dollar"))
    keys = {_MONEY} if money and before else set()
    for word in _WORD.findall(behind)[:6]:
        event = telling.events.get(word)
        if event:
            keys.add(f"!{event}")
        elif hyphen and word in words.units:
            keys.add(f"-{words.units[word]}")
        elif word in words.units:
            keys.add(f"-{words.units[word]}")
        elif word not in words.passed and (hyphen or word[-1] == "s" or word in words.plurals):
            keys.add(word.removesuffix("s"))
    for word in _WORD.findall(before)[-3:]:
        event = telling.events.get(word)
        if event:
            keys.add(f"!{event}")
    if before.endswith(" of "):
        keys.add(before[:-4].rpartition(" ")[2])
    return keys


def _may_agree(telling: Telling, area: Area, key: str, places: Sequence[int]) -> bool:
    """Whether two numbers of a key differ, and one is definite or both have words in common."""
    folded = area.folded
    if len({folded[at : at + 5] for at in places}) < 2:
        return False
    if key[0] == "-" and not any("-" in folded[at : at + 14] for at in places):
        return False  # “six years”, “ten years”
    if any(_is_definite(telling, folded, at) for at in places[1:]):
        return True
    seen: list[set[str]] = []
    for at in places[:12]:
        around = {w[:5] for w in _LONG.findall(folded[max(0, at - _AROUND) : at + _AROUND])}
        if any(len(around & other) > _SHARED for other in seen):
            return True
        seen.append(around)
    return False


def _is_definite(telling: Telling, folded: str, at: int) -> bool:
    bare = folded[max(0, at - 24) : at].rstrip("$£€¥₹ ").split(" ")[-3:]
    return any(word in telling.definite or word.endswith(_OWNED) for word in bare)
