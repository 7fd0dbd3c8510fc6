"""Spelling: what is said of edited copy beside the raw engine, and misspellings planted in it.

On 300 edited articles; those with the other ids were tuned on. One misspelling is planted in each:
a word of the 2,000 most frequent ones of five letters and more, in narration, gets one letter left
out, put in, replaced or swapped with the next, so that the engine does not know what results.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from string import ascii_lowercase
from typing import Any, NamedTuple

from common import Row, records, rules
from flagged import shared

from measures.overall import written_out
from newslint.article import PARAGRAPH, Article
from newslint.engines import Choice, EngineError, engine, together
from newslint.engines.answers import answers
from newslint.language.quotations import narration
from newslint.lint import Linter
from newslint.readers import read_source
from newslint.rule import Ready

ARTICLES = 300
RATE, SHARE, FOUND = 0.3, 0.03, 0.9
RULE = "spelling"
COMMON = 2000
_PATIENCE = 600.0
"""Seconds for an article: it is not speed that is measured here, and the machine may be busy."""
_TRIES = 20
_WORD = re.compile(r"(?<![\w'’@#/.-])[a-z]{5,}(?![\w'’@/-]|\.\w)")


class Planted(NamedTuple):
    """A copy with one word misspelt."""

    text: str
    start: int
    word: str
    """As it was."""
    form: str


def rows(data: Path, half: str) -> Iterator[Row]:
    """The lines of the table."""
    counts = Counter(word for text in texts(data, "all").values() for word in _WORD.findall(text))
    common = frozenset(word for word, _ in counts.most_common(COMMON))
    copies = texts(data, half)
    for choice in choices():
        try:
            yield from _rows_of(choice, copies, common)
        except EngineError as error:
            yield Row(f"spelling with {choice.name}", "", f"not run: {error.message}", False)


def texts(data: Path, half: str) -> dict[str, str]:
    """The articles of a half as they were written out, by id and in its order."""
    found = {
        str(record["id"]): written_out(record)
        for record in records(data / "attribution" / "polnear_train.jsonl")
    }
    names = sorted(found)
    chosen = {"quote": names[:ARTICLES], "tune": names[ARTICLES:], "all": names}[half]
    return {name: found[name] for name in chosen}


def choices() -> tuple[Choice, ...]:
    """The engines to be measured."""
    server = os.environ.get("NEWSLINT_LANGUAGETOOL_SERVER", "")
    return (
        Choice("harper", seconds=_PATIENCE),
        Choice("languagetool", server=server, seconds=_PATIENCE),
    )


def _rows_of(choice: Choice, copies: dict[str, str], common: frozenset[str]) -> Iterator[Row]:
    ready = asking(choice)
    check, choice = Linter([ready]), _asked(ready, choice)
    raw = said = words = 0
    for name, text in copies.items():
        article = _read(name, text)
        raw += len(answers(article, choice))
        said += len(_findings(check, article))
        words += sum(len(block.text.split()) for block in article.blocks)
    planted = list(planted_in(copies, common, choice))
    found = sum(any(one.start in _starts(f) for f in _findings(check, _read("a", one.text)))
                for one in planted)  # fmt: skip
    what = f"`spelling` with {choice.name}"
    rate, share, hit = said / words * 1000, said / max(raw, 1), found / max(len(planted), 1)
    yield Row(
        f"{what}, {len(copies)} articles: findings for 1,000 words (the raw engine: "
        f"{raw / words * 1000:.1f})", "≤ 0.3", f"{rate:.3f}", rate <= RATE,
    )  # fmt: skip
    yield Row(f"{what}: share of the raw engine's", "≤ 3 %", f"{share:.2%}", share <= SHARE)
    measure = f"{what}: {len(planted)} planted misspellings of common words found"
    yield Row(measure, "≥ 90 %", f"{hit:.1%}", bool(planted) and hit >= FOUND)


def asking(choice: Choice) -> Ready:
    """The rule, ready to ask an engine."""
    return shared([one for one in rules(["grammar"]) if one.rule.id == RULE], choice)[0]


def _asked(ready: Ready, choice: Choice) -> Choice:
    return together(choice, [ready.finder.asked] if ready.finder.asked else [])


def _read(name: str, text: str) -> Article:
    return read_source(f"{name}.txt", text, "text")


def _findings(check: Linter, article: Article) -> Sequence[Any]:
    findings, errors = check.check(article)
    for error in errors:
        raise EngineError(error.message)
    return findings


def _starts(finding: Any) -> set[int]:
    return {finding.span.start, *(place.span.start for place in finding.related)}


def planted_in(copies: dict[str, str], common: frozenset[str], choice: Choice) -> Iterator[Planted]:
    """One copy of each article that has a common word in narration."""
    for name, text in copies.items():
        chance = random.Random(name)
        places = list(_places(_read(name, text), common))
        for _ in range(_TRIES if places else 0):
            word, start = chance.choice(places)
            form = misspelt(word, chance)
            if form != word and engine(choice).check([form], choice.seconds)[0]:
                yield Planted(text[:start] + form + text[start + len(word) :], start, word, form)
                break


def _places(article: Article, common: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Common words in narration, with the place of each in the source."""
    for number, block in enumerate(article.blocks):
        for start, end in narration(article, number) if block.kind == PARAGRAPH else ():
            for match in _WORD.finditer(block.text, start, end):
                if match[0] in common:
                    yield match[0], block.span(*match.span()).start


def misspelt(word: str, chance: random.Random) -> str:
    """The word with one letter wrong; now and then that is the word itself."""
    at, letter = chance.randrange(len(word)), chance.choice(ascii_lowercase)
    ways = (
        partial(_with, word, at, at + 1, ""),
        partial(_with, word, at, at, letter),
        partial(_with, word, at, at + 1, letter),
        partial(_with, word, at, at + 2, word[at : at + 2][::-1]),
    )
    return chance.choice(ways)()


def _with(word: str, start: int, end: int, instead: str) -> str:
    return word[:start] + instead + word[end:]
