"""Names: surnames respelled in real copy, and what the rules on spelling say of copy as it is."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from common import Row, linter_of, records

from newslint import readers
from newslint.article import Article, Span
from newslint.finding import Finding
from newslint.language.quotations import narration

ARTICLES = 200
RULES = ("name-variant", "headline-name-mismatch")
_FULL = re.compile(r"(?<=[a-z,] )([A-Z][a-z]{2,}) ((?:Mc|O[’'])?[A-Z][a-z]{3,})\b")
_CUES = "said|says|told|added|wrote|argued|noted|called|asked"
_CAPITAL_BEHIND = re.compile(r"[ -][A-Z]")
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w.’'-]*[ -]$")


class Planted(NamedTuple):
    """A copy with one name respelled: the text, where the word stands, how it was changed."""

    text: str
    start: int
    end: int
    sort: str


def rows(data: Path, half: str) -> list[Row]:
    """The lines of the table."""
    stories = list(records(data / "attribution" / "polnear_train.jsonl", half))
    return [_respelled(stories)]


def _respelled(stories: list[dict[str, Any]]) -> Row:
    check = linter_of(["name-variant"])
    found = tried = 0
    for planted in planted_in(stories, ARTICLES):
        tried += 1
        article = readers.read_source("a.txt", planted.text)
        found += any(covers(one, planted) for one in check.check(article)[0])
    share = found / max(tried, 1)
    return Row(
        f"a surname respelled once, in {tried} articles: found", "≥ 90 %",
        f"{share:.1%}", tried > 0 and share >= 0.9,
    )  # fmt: skip


def planted_in(stories: list[dict[str, Any]], most: int) -> Iterator[Planted]:
    """Copies of the stories, a surname respelled in each that has a person for it."""
    for record in stories:
        planted = plant(copy_of(record), random.Random(str(record["id"])))
        if planted is not None and most > 0:
            most -= 1
            yield planted


def copy_of(record: dict[str, Any]) -> str:
    """The story as plain text: headline, byline, date, body."""
    headline, _, body = str(record["text"]).partition("\n")
    return f"{headline}\n\nBy Staff Reporter\n\nPublished: {record['date']}\n\n{body.strip()}\n"


def plant(text: str, chance: random.Random) -> Planted | None:
    """Respell one later bare surname of somebody whom the copy names in full.

    A person is who has a full name in a running sentence, says something, and is then called by
    the surname alone twice or more.
    """
    article = readers.read_source("a.txt", text)
    for match in _FULL.finditer(text):
        surname = match[2]
        if not re.search(rf"\b{surname} (?:{_CUES})\b", text):
            continue
        bare = [at for at in _bare(text, surname) if at > match.end()]
        told = [at for at in bare if _narrated(article, at, len(surname))]
        if len(bare) < 2 or not told:
            continue
        at = chance.choice(told)
        sort, wrong = respelled(surname, text, chance)
        if wrong:
            changed = text[:at] + wrong + text[at + len(surname) :]
            return Planted(changed, at, at + len(wrong), sort)
    return None


def _bare(text: str, surname: str) -> Iterator[int]:
    for match in re.finditer(rf"(?<![\w@#-]){surname}\b", text):
        before, behind = text[: match.start()][-25:], text[match.end() :]
        if not _CAPITAL_BEHIND.match(behind) and not _CAPITAL_BEFORE.search(before):
            yield match.start()


def _narrated(article: Article, at: int, size: int) -> bool:
    for index, block in enumerate(article.blocks):
        span = block.source_span
        if block.kind == "paragraph" and span.start <= at < span.end:
            offset = block.origin.offset(at)
            return any(a <= offset and offset + size <= b for a, b in narration(article, index))
    return False


def respelled(surname: str, text: str, chance: random.Random) -> tuple[str, str]:
    """How it was changed, and the surname with one letter doubled, swapped (i/y, k/c) or dropped."""
    ways = {
        "doubled": {surname[:i] + surname[i - 1] + surname[i:] for i in range(2, len(surname) + 1)},
        "i/y": _swapped(surname, {"i": "y", "y": "i"}),
        "k/c": _swapped(surname, {"k": "c", "c": "k", "K": "C", "C": "K"}),
        "dropped": {surname[:i] + surname[i + 1 :] for i in range(1, len(surname))},
    }
    for sort in chance.sample(sorted(ways), len(ways)):
        fresh = sorted(word for word in ways[sort] if not re.search(rf"(?i)\b{word}\b", text))
        if fresh:
            return sort, chance.choice(fresh)
    return "", ""


def _swapped(word: str, letters: dict[str, str]) -> set[str]:
    return {
        word[:i] + letters[letter] + word[i + 1 :]
        for i, letter in enumerate(word)
        if letter in letters
    }


def covers(finding: Finding, planted: Planted) -> bool:
    """Whether a finding stands on the planted word, or names it as a related place."""
    spans = [finding.span, *(place.span for place in finding.related)]
    return Span(planted.start, planted.end) in spans
