"""Names: surnames respelt in real copy, and what the rules on spelling say of copy as it is.

Respelt is one later bare surname, in narration, of somebody who has a full name in a running
sentence, says something, and is called by the surname alone twice or more after that; no label and
no room of newslint has a say in who is chosen. Headlines get the same, or another given name.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from common import Row, records, rules

from measures.overall import written_out
from newslint.article import Article, Span
from newslint.finding import Finding
from newslint.language.quotations import narration
from newslint.lint import Linter
from newslint.readers import read_source

ARTICLES = 200
REACH, PRECISION, RATE = 0.9, 0.85, 0.05
RULES = ("name-variant", "headline-name-mismatch")
VERDICTS = Path(__file__).parent.parent / "data" / "read-names.jsonl"
"""All findings of the rules on the 840 articles, read one by one; so no sample was drawn."""
ANOTHER = ("Walter", "Peter")
"""Given names, the second for those who have the first."""
_FULL = re.compile(r"(?<=[a-z,] )([A-Z][a-z]{2,}) ((?:Mc|O[’'])?[A-Z][a-z]{3,})\b")
_CUES = "said|says|told|added|wrote|argued|noted|called|asked"
_CAPITAL_BEHIND = re.compile(r"[ -][A-Z]")
_CAPITAL_BEFORE = re.compile(r"[A-Z][\w.’'-]*[ -]$")

Found = tuple[str, str, int]
"""Article, rule, offset in the article written out."""


class Planted(NamedTuple):
    """A copy with one name respelled: the text, where the word stands, how it was changed."""

    text: str
    start: int
    end: int
    sort: str


def rows(data: Path, half: str) -> list[Row]:
    """The lines of the table."""
    stories = list(records(data / "attribution" / "polnear_train.jsonl", half))
    return [_respelt(stories), _headlines(stories), *_read(stories)]


def _linter(*names: str) -> Linter:
    return Linter([ready for ready in rules(["newsroom"]) if ready.rule.id in names])


def _respelt(stories: list[dict[str, Any]]) -> Row:
    check = _linter("name-variant")
    found = tried = 0
    for planted in planted_in(stories, ARTICLES):
        tried += 1
        article = read_source("a.txt", planted.text, "text")
        found += any(covers(one, planted) for one in check.check(article)[0])
    share = found / max(tried, 1)
    measure = f"a surname respelt once (doubled, i/y, k/c, dropped), in {tried} articles: found"
    return Row(measure, "≥ 90 %", f"{share:.1%}", tried > 0 and share >= REACH)


def planted_in(stories: list[dict[str, Any]], most: int) -> Iterator[Planted]:
    """Copies of the stories, a surname respelt in each that has a person for it."""
    for record in stories:
        planted = plant(written_out(record), random.Random(str(record["id"])))
        if planted is not None and most > 0:
            most -= 1
            yield planted


def _headlines(stories: list[dict[str, Any]]) -> Row:
    check = _linter("headline-name-mismatch")
    found = tried = 0
    for record in stories:
        for copy in changed_headlines(written_out(record), random.Random(str(record["id"]))):
            tried += 1
            found += bool(check.check(read_source("a.txt", copy, "text"))[0])
    share = found / max(tried, 1)
    measure = f"{tried} headlines with a surname respelt or another given name: found"
    return Row(measure, "≥ 90 %", f"{share:.1%}", tried > 0 and share >= REACH)


def changed_headlines(text: str, chance: random.Random) -> Iterator[str]:
    """The copy with the headline's name of somebody in the story respelt, and renamed."""
    headline, _, body = text.partition("\n")
    for match in _FULL.finditer(body):
        given, surname = match[1], match[2]
        in_headline = re.search(rf"\b{surname}\b", headline)
        if not in_headline or not re.search(rf"\b{surname} (?:{_CUES})\b", body):
            continue
        _, wrong = respelled(surname, text, chance)
        if wrong:
            start, end = in_headline.span()
            yield f"{headline[:start]}{wrong}{headline[end:]}\n{body}"
        if f"{given} {surname}" in headline:
            other = ANOTHER[given == ANOTHER[0]]
            changed = headline.replace(f"{given} {surname}", f"{other} {surname}")
            yield f"{changed}\n{body}"
        return


def findings(stories: list[dict[str, Any]]) -> Iterator[tuple[Found, Finding]]:
    """What the rules find in the copy as it is."""
    check = _linter(*RULES)
    for record in stories:
        article = read_source("a.txt", written_out(record), "text")
        for finding in check.check(article)[0]:
            yield (str(record["id"]), finding.rule, finding.span.start), finding


def _read(stories: list[dict[str, Any]]) -> Iterator[Row]:
    found = [key for key, _ in findings(stories)]
    words = sum(len(str(record["text"]).split()) for record in stories)
    rate = len(found) / max(words, 1) * 1000
    both = "`name-variant` and `headline-name-mismatch` on PolNeAR"
    yield Row(f"{both}: findings for 1,000 words", "≤ 0.05", f"{rate:.3f}", rate <= RATE)
    with VERDICTS.open(encoding="utf-8") as lines:
        known = {(one["article"], one["rule"], one["start"]): one["verdict"]
                 for one in map(json.loads, lines)}  # fmt: skip
    verdicts = [known[key] for key in found if key in known]
    right = verdicts.count("right") / max(len(verdicts), 1)
    measure = f"{both}: precision of {len(verdicts)} findings read, of {len(found)}"
    yield Row(measure, "≥ 85 %", f"{right:.1%}", bool(verdicts) and right >= PRECISION)


def plant(text: str, chance: random.Random) -> Planted | None:
    """Respell one later bare surname of somebody whom the copy names in full.

    A person is who has a full name in a running sentence, says something, and is then called by
    the surname alone twice or more.
    """
    article = read_source("a.txt", text, "text")
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
    """How it was changed (one letter doubled, i/y, k/c, or dropped), and the word then."""
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
