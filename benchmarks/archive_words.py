"""Real articles with other words: each of many copies reads like news and like no other copy.

A table maps words to words. Frequent words stay, so that sentences keep their build; others are
swapped for words of the same length and ending; names become invented ones, the same ones
throughout. Markup, addresses and code stay as they are.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newslint.article import HEADLINE
from newslint.language.dates import published
from newslint.readers import read
from newslint.reference import shipped

FREQUENT = 400
"""So many of the commonest words stay."""
_PIECES = re.compile(
    r"(https?://\S+|<[^>]*>|\{\{.*?\}\}|\{%.*?%\}|`[^`]*`|\]\([^)\s]*\)"
    r"|\b(?:19|20)\d\d\b|\b[A-Z]?[a-z]{3,}\b)"
)
_WORD = re.compile(r"[A-Z]?[a-z]{3,}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FRONT = re.compile(r"---\r?\n.*?\n---\r?\n", re.DOTALL)
_CALENDAR = (
    "January February March April June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
)
_FIRST = (
    "Adam Agnes Alan Alice Amir Anna Anton Beth Boris Brian Carla Carol Clara Daniel David Diana "
    "Dora Edgar Elena Emil Emma Erik Eva Felix Fiona Frank Gina Greta Hanna Harold Helen Henry "
    "Ida Igor Ilse Irene Ivan Jack James Jane Jason Julia Karen Karl Kevin Laura Lena Leo Lina "
    "Lisa Louis Lucy Maria Mark Martin Mary Max Mia Michael Mona Nadia Nina Nora Olga Oscar Otto "
    "Paul Peter Rachel Rita Robert Rosa Ruth Sam Sandra Sara Simon Sofia Steven Susan Thomas Tim "
    "Tina Vera Victor Walter Wendy"
)
FIRST_NAMES = _FIRST.split()
_ONSETS = "b br d dr f fl g gr h k kl l m n p pr r s st t tr v w"
_VOWELS = "a e i o u"
_ENDS = "ck ld ll m n nd nt r rd rk rn rt sk ss st t"


class Base(NamedTuple):
    """A real article, taken apart."""

    title: list[str]
    body: list[str]
    """Words that may change, and what stands between them."""
    year: int


class Corpus(NamedTuple):
    """Real articles, and the words of all of them."""

    bases: list[Base]
    usual: list[str]
    """Words in small letters that may be swapped."""
    names: list[str]


def corpus(folder: Path) -> Corpus:
    """The articles below a folder; of those that have much in common only the first."""
    bases: list[Base] = []
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for title, body, year in _distinct(_articles(folder)):
        bases.append(Base(_PIECES.split(title), _PIECES.split(body), year))
        words = [piece for piece in bases[-1].body[1::2] if _WORD.fullmatch(piece)]
        small.update(word for word in words if word.islower())
        large.update(word for word in words if not word.islower())
    frequent = {word for word, _ in small.most_common(FREQUENT)}
    usual = sorted(word for word in small if small[word] > 1 and word not in frequent)
    names = sorted(
        word for word in large if word.lower() not in small and word not in _CALENDAR.split()
    )
    return Corpus(bases, usual, names)


def _articles(folder: Path) -> Iterator[tuple[str, str, int]]:
    for path in sorted(folder.rglob("*.md")):
        article = read(path.name, path.read_bytes()).article
        title = next((b.text for b in article.blocks if b.kind == HEADLINE), "")
        day = published(article, shipped().lexicons["dates"])
        front = _FRONT.match(article.source)
        body = article.source[front.end() if front else 0 :].strip()
        if title and body and day:
            yield " ".join(title.split()), body, day.year


def _distinct(
    articles: Iterable[tuple[str, str, int]],
) -> Iterator[tuple[str, str, int]]:
    seen: set[int] = set()
    for title, body, year in articles:
        words = body.lower().split()
        runs = {hash(run) for run in zip(*(words[n:] for n in range(4)), strict=False)}
        if 4 * len(runs & seen) <= len(runs):
            yield title, body, year
        seen |= runs


class Table(NamedTuple):
    """What words become in one copy."""

    words: dict[str, str]

    def changed(self, pieces: list[str], years: int) -> str:
        """The text with other words, its years moved on."""
        get = self.words.get
        made = [get(piece, piece) for piece in pieces]
        for at in range(1, len(made), 2):
            if made[at][0] in "12" and _YEAR.fullmatch(made[at]):
                made[at] = str(int(made[at]) + years)
        return "".join(made)


def tables(corpus: Corpus, count: int, seed: int) -> list[Table]:
    """Tables, no two of which agree on much."""
    alike: dict[tuple[int, str], list[str]] = {}
    for word in corpus.usual:
        alike.setdefault((len(word), word[-2:]), []).append(word)
    first = set(FIRST_NAMES)
    made = []
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        words = {}
        for same in alike.values():
            for word, other in zip(same, chance.sample(same, len(same)), strict=True):
                words[word] = other
                words[word.capitalize()] = other.capitalize()
        names = iter(invented(chance, len(corpus.names)))
        for name in corpus.names:
            words[name] = chance.choice(FIRST_NAMES) if name in first else next(names)
        made.append(Table(words))
    return made


def invented(chance: random.Random, count: int) -> list[str]:
    """Names of places and families that nobody has, no two alike."""
    found: dict[str, None] = {}
    parts = [part.split() for part in (_ONSETS, _VOWELS, _ONSETS, _VOWELS, _ENDS)]
    while len(found) < count:
        found["".join(chance.choice(part) for part in parts).capitalize()] = None
    return list(found)
