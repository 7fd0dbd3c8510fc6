"""Duplicates: headlines with one change planted over another article, and articles printed twice.

A changed headline is put over the same copy at another path. The word that is dropped or swapped is
one that the copy has in small letters, so that it is no name; a word put in is drawn from the copy.
A name is a word that the copy has with a capital within a sentence, and never in small letters.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

from common import Row, records

from newslint import stylebooks
from newslint.article import HEADLINE, Article
from newslint.kinds.contract import Clash, Comparison, Voice
from newslint.lint import Linter
from newslint.readers import read, read_source
from newslint.stylebooks import make_rule

ARTICLES = 300
_WORD = re.compile(r"\b[a-z]{4,}\b")
_NAME = re.compile(r"(?<=[a-z] )[A-Z][a-z]{2,}\b")
_NEXT = str.maketrans("0123456789", "1234567890")
Change = Callable[[list[str], list[str], random.Random], list[str] | None]


def rows(data: Path, half: str) -> list[Row]:
    """The lines on repeated headlines and near-duplicate articles."""
    headline, article = map(_comparison, ("duplicate-headline", "near-duplicate-article"))
    return [
        *_planted(data, half, headline), *_pairs(data, half, headline), _copies(data, article),
        _passages(data, half),
    ]  # fmt: skip


def _comparison(rule: str) -> Comparison:
    comparison = make_rule(_loaded(), rule).finder.comparison
    assert comparison is not None
    return comparison


@cache
def _loaded() -> stylebooks.Rules:
    return stylebooks.load(["newsroom"], Path.cwd())


def clashes(comparison: Comparison, articles: list[Article]) -> list[Clash]:
    """What a comparison finds in some articles."""
    said = ((article.path, tuple(comparison.facts(article))) for article in articles)
    voices = [Voice(path, "", facts) for path, facts in sorted(said) if facts]
    return list(comparison.compare(voices))


def _planted(data: Path, half: str, comparison: Comparison) -> Iterator[Row]:
    stories = list(records(data / "attribution" / "polnear_train.jsonl", half))[:ARTICLES]
    found, parts = _changed(stories, SAME, _WORD, comparison)
    yield Row(
        f"headlines repeated with one change ({len(found):,} in {len(stories)} articles), found",
        "≥ 95 %", f"{_share(found)} ({parts})", sum(found) >= 0.95 * len(found),
    )  # fmt: skip
    flagged, parts = _changed(stories, OTHER, _NAME, comparison)
    yield Row(
        f"headlines with a name or a number changed ({len(flagged):,}), flagged",
        "≤ 3 %", f"{_share(flagged)} ({parts})", sum(flagged) <= 0.03 * len(flagged),
    )  # fmt: skip


def _changed(
    stories: list[dict[str, Any]], changes: dict[str, Change], material: re.Pattern[str],
    comparison: Comparison,
) -> tuple[list[bool], str]:  # fmt: skip
    """For each change of each headline whether it is found, and the shares by change, in words."""
    found: dict[str, list[bool]] = {}
    for story in stories:
        title, _, body = str(story["text"]).partition("\n")
        words, small = title.split(), set(_WORD.findall(body))
        usual = [w for w in material.findall(body) if w.islower() or w.lower() not in small]
        for name, change in changes.items():
            chance = random.Random(crc32(f"{story['id']} {name}".encode()))
            changed = change(words, usual, chance) if usual else None
            if changed is not None:
                pair = [_story(f"{n}.md", w, body) for n, w in enumerate((words, changed))]
                found.setdefault(name, []).append(bool(clashes(comparison, pair)))
    parts = ", ".join(f"{name} {_share(hits)}" for name, hits in found.items())
    return [hit for hits in found.values() for hit in hits], parts


def _story(path: str, words: list[str], body: str) -> Article:
    return read_source(path, f"# {' '.join(words)}\n\n{body}", "markdown")


def _share(hits: list[bool]) -> str:
    return f"{sum(hits) / max(len(hits), 1):.1%}"


def _ordinary(words: list[str], usual: list[str], chance: random.Random) -> int | None:
    """The place of a word of the headline that the copy has in small letters."""
    known = set(usual)
    places = [at for at, word in enumerate(words) if word.isalpha() and word.lower() in known]
    return chance.choice(places) if places else None


def _drop(words: list[str], usual: list[str], chance: random.Random) -> list[str] | None:
    at = _ordinary(words, usual, chance)
    return None if at is None else words[:at] + words[at + 1 :]


def _add(words: list[str], usual: list[str], chance: random.Random) -> list[str]:
    at = chance.randrange(1, len(words) + 1)
    return [*words[:at], chance.choice(usual), *words[at:]]


def _swap(words: list[str], usual: list[str], chance: random.Random) -> list[str] | None:
    at = _ordinary(words, usual, chance)
    if at is None:
        return None
    word = chance.choice([word for word in usual if word != words[at].lower()])
    return [*words[:at], word.title() if words[at][0].isupper() else word, *words[at + 1 :]]


def _rename(words: list[str], names: list[str], chance: random.Random) -> list[str] | None:
    at = [n for n, word in enumerate(words) if word.strip(".,:;'’") in names]
    if not at:
        return None
    place = chance.choice(at)
    others = sorted({name for name in names if name not in words[place]})
    return [*words[:place], chance.choice(others), *words[place + 1 :]] if others else None


def _recount(words: list[str], *_: object) -> list[str] | None:
    changed = [word.translate(_NEXT) for word in words]
    return changed if changed != words else None


SAME: dict[str, Change] = {
    "verbatim": lambda words, *_: words,
    "re-cased": lambda words, _, chance: chance.choice((str.upper, str.lower, str.title))(
        " ".join(words)
    ).split(),
    "suffix": lambda words, _, chance: [
        *words, *chance.choice(("| Corley Courier", "- The Post", "— Penwick Daily News")).split()
    ],
    "added": _add,
    "dropped": _drop,
    "swapped": _swap,
}  # fmt: skip
OTHER: dict[str, Change] = {"name": _rename, "number": _recount}


def _pairs(data: Path, half: str, comparison: Comparison) -> Iterator[Row]:
    flagged: dict[str, list[bool]] = {"under 3": [], "from 3 to 4.4": []}
    for pair in records(data / "headlines" / "pairs_train.jsonl", half):
        band = "under 3" if pair["score"] < 3 else "from 3 to 4.4"
        if pair["score"] <= 4.4:
            articles = [_story(f"{side}.md", pair[side].split(), "Copy.") for side in ("a", "b")]
            flagged[band].append(bool(clashes(comparison, articles)))
    for (band, hits), most in zip(flagged.items(), (0.01, 0.03), strict=True):
        yield Row(
            f"STS pairs {band} ({len(hits)}), flagged", f"≤ {most:.0%}", _share(hits),
            sum(hits) <= most * len(hits),
        )  # fmt: skip


def _copies(data: Path, comparison: Comparison) -> Row:
    """All pairs: nothing was tuned on them one by one, and they are few."""
    with (data / "near_duplicates" / "gov_pairs.jsonl").open(encoding="utf-8") as lines:
        pairs = [pair for pair in map(json.loads, lines) if pair["jaccard5"] >= 0.8]
    found = [
        bool(clashes(comparison, [_untitled(data, pair[side]) for side in ("a", "b")]))
        for pair in pairs
    ]
    return Row(
        f"near-duplicate articles, Jaccard 0.8 and more, titles removed ({len(found)}), found",
        "≥ 95 %", _share(found), sum(found) >= 0.95 * len(found),
    )  # fmt: skip


def _passages(data: Path, half: str) -> Row:
    checker = Linter([make_rule(_loaded(), "repeated-passage")])
    count = words = 0
    for story in records(data / "attribution" / "polnear_train.jsonl", half):
        text = str(story["text"])
        words += len(text.split())
        count += len(checker.check(read_source(f"{story['id']}.txt", text, "text"))[0])
    rate = count / max(words, 1) * 1000
    return Row(
        f"`repeated-passage` on PolNeAR: findings ({count}) for 1,000 words",
        "≤ 0.1", f"{rate:.3f}", rate <= 0.1,
    )  # fmt: skip


def _untitled(data: Path, path: str) -> Article:
    from msgspec.structs import replace

    file = data / "repos" / path.removeprefix("md_")
    article = read(path, file.read_bytes()).article
    assert article is not None
    blocks = tuple(block for block in article.blocks if block.kind != HEADLINE)
    return replace(article, blocks=blocks, memo={})
