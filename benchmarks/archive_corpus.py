"""Makes an archive to measure with, out of real articles, with defects planted in it.

    archive_corpus.py make --articles 100000 --out DIR [--seed 1] [--as jsonl]

DIR gets `articles/`, `articles.jsonl` or `articles.parquet`, and `planted.json`: for each defect
the locators that an audit of it, started in DIR, must name.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from archive_words import FIRST_NAMES, Corpus, corpus, invented, tables
from common import data

HEADLINES, COPIES, TITLES = 1_000, 500, 200
"""Planted in 100,000 articles."""
BEGIN, DAYS = date(2005, 1, 3), 7_300
SECTIONS = ("city", "business", "culture", "opinion", "politics", "science", "sports", "travel")
OFFICES = (
    "Harbour", "Forestry", "Railway", "Heritage", "Fisheries", "Housing", "Energy", "Transport",
    "Culture", "Finance", "Interior", "Justice",
)  # fmt: skip
SAYING = (
    "{who} said the plan would be read again before the summer.",
    "The new hall was opened by {who}, who stayed for an hour.",
    "{who} told the committee that the road would cost more than planned.",
    "A letter from {who} reached the council on its last working day.",
    "The farmers asked {who} for a longer season.",
    "{who} visited the school and answered questions.",
)
LEAST = 250
"""Words of a body that is printed again with a few changes."""


class Story:
    """An article in the making."""

    def __init__(self, number: int, headline: str, body: str, day: date, byline: str) -> None:
        self.number = number
        self.headline = headline
        self.body = body
        self.day = day
        self.byline = byline
        self.section = SECTIONS[number * 7 % len(SECTIONS)]

    @property
    def name(self) -> str:
        """Its path as a file."""
        return f"articles/{self.section}/{self.day.year}/{self.number:07}.md"

    def row(self) -> dict[str, Any]:
        """It as a row of a dump."""
        return {
            "headline": self.headline, "byline": self.byline, "published": self.day.isoformat(),
            "section": self.section, "url": f"https://paper.example/{self.number:07}",
            "body": self.body,
        }  # fmt: skip

    def markdown(self) -> str:
        """It as a file."""
        title = json.dumps(self.headline, ensure_ascii=False)
        top = f"title: {title}\nauthor: {self.byline}\ndate: {self.day}\nsection: {self.section}\n"
        return f"---\n{top}---\n\n{self.body}\n"


class Maker:
    """Makes stories by number, always the same ones."""

    def __init__(self, source: Corpus, count: int, seed: int) -> None:
        chance = random.Random(f"{seed} stories")
        self.count = count
        self.chance = chance
        self._source = source
        self._tables = tables(source, -(-count // len(source.bases)), seed)
        self._places = invented(chance, 2 * count)
        self._days = [chance.randrange(DAYS) for _ in range(count)]
        authors = invented(chance, 300)
        self._authors = [f"{chance.choice(FIRST_NAMES)} {name}" for name in authors]

    def story(self, number: int, of: int | None = None) -> Story:
        """A story; `of` is the number of another one whose copy it shall have."""
        again, index = divmod(number if of is None else of, len(self._source.bases))
        base, table = self._source.bases[index], self._tables[again]
        day = BEGIN + timedelta(self._days[number])
        years = BEGIN.year + (self._days[number if of is None else of]) // 365 - base.year
        body = table.changed(base.body, years)
        return Story(
            number, self.headline(number), body, day, self._authors[number % len(self._authors)]
        )

    def headline(self, number: int) -> str:
        """A headline that no other story has, nor nearly."""
        again, index = divmod(number, len(self._source.bases))
        title = self._tables[again].changed(self._source.bases[index].title, 0)
        return f"{title} at {self._places[2 * number]} {self._places[2 * number + 1]}"

    def redate(self, number: int, day: int) -> None:
        """Give a story another date: so many days after the first one."""
        self._days[number] = day


Change = Callable[[Story], None]


class Plants:
    """What is changed in which story, and what an audit must say of it."""

    def __init__(self, maker: Maker) -> None:
        self.maker = maker
        self.changes: dict[int, Change] = {}
        self.copies: dict[int, int] = {}
        self.expected: dict[str, list[list[int]]] = {"headlines": [], "copies": [], "titles": []}
        self._free = list(range(maker.count))
        maker.chance.shuffle(self._free)

    def headlines(self, count: int) -> None:
        """Headlines that run twice."""
        for at in range(count):
            one, other = self._free.pop(), self._free.pop()
            same = self.maker.headline(one)
            self.changes[other] = _headed(same.title() if at % 4 == 3 else same)
            self.expected["headlines"].append([one, other])

    def near_copies(self, count: int) -> None:
        """Copy that runs again: as it was, with a word changed here and there, or with an end."""
        while len(self.expected["copies"]) < count:
            one, other = self._free.pop(), self._free.pop()
            if len(self.maker.story(one).body.split()) >= LEAST:
                at = len(self.expected["copies"])
                self.copies[other] = one
                self.changes[other] = (_as_it_is, _reworded, _with_an_end)[at % 3]
                self.expected["copies"].append([one, other])

    def titles(self, count: int) -> None:
        """Ministers, those who were, and those who still are when others say they were."""
        chance = self.maker.chance
        for family in invented(random.Random("ministers"), count):
            name = f"{chance.choice(FIRST_NAMES)} {family}"
            office = f"{chance.choice(OFFICES)} Minister"
            left = chance.randrange(1000, DAYS - 1000)
            former = chance.randrange(1, 4)
            days = [left - chance.randrange(30, 900)]
            days += sorted(left + chance.randrange(30, 400) for _ in range(former))
            days += [days[-1] + chance.randrange(30, 500)]
            forms = [office, *[f"former {office}"] * former, office]
            for day, form in zip(days, forms, strict=True):
                number = self._free.pop()
                self.maker.redate(number, day)
                self.changes[number] = _saying(chance.choice(SAYING), f"{form} {name}")
            self.expected["titles"].append([number])

    def stories(self) -> Iterator[Story]:
        """All stories, as they are to be written."""
        for number in range(self.maker.count):
            story = self.maker.story(number, self.copies.get(number))
            if number in self.changes:
                self.changes[number](story)
            yield story


def _headed(headline: str) -> Change:
    def change(story: Story) -> None:
        story.headline = headline

    return change


def _as_it_is(story: Story) -> None:
    story.body = f"{story.body}\n"


def _reworded(story: Story) -> None:
    words = story.body.split(" ")
    for at in range(60, len(words), 120):
        words[at] = f"{words[at]} indeed"
    story.body = " ".join(words)


def _with_an_end(story: Story) -> None:
    story.body += "\n\nThis story was brought up to date in the evening.\n"


def _saying(sentence: str, who: str) -> Change:
    def change(story: Story) -> None:
        said = sentence.format(who=who)
        story.body = f"{said[0].upper()}{said[1:]}\n\n{story.body}"

    return change


def make(count: int, out: Path, seed: int, form: str, folder: Path, planted: int = 0) -> None:
    """Write an archive and what is planted in it: as much as in one of `planted` articles."""
    plants = Plants(Maker(corpus(folder / "repos"), count, seed))
    plants.headlines(HEADLINES * (planted or count) // 100_000)
    plants.near_copies(COPIES * (planted or count) // 100_000)
    plants.titles(TITLES * (planted or count) // 100_000)
    out.mkdir(parents=True, exist_ok=True)
    names = {"folder": _folder, "jsonl": _jsonl, "parquet": _parquet}[form](plants.stories(), out)
    expected = {
        kind: [[names[number] for number in group] for group in groups]
        for kind, groups in plants.expected.items()
    }
    (out / "planted.json").write_text(json.dumps(expected, indent=1) + "\n", encoding="utf-8")


def _folder(stories: Iterator[Story], out: Path) -> list[str]:
    names, made = [], set()
    for story in stories:
        path = out / story.name
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_text(story.markdown(), encoding="utf-8")
        names.append(story.name)
    return names


def _jsonl(stories: Iterator[Story], out: Path) -> list[str]:
    names = []
    with (out / "articles.jsonl").open("w", encoding="utf-8") as lines:
        for number, story in enumerate(stories, 1):
            lines.write(json.dumps(story.row(), ensure_ascii=False) + "\n")
            names.append(f"articles.jsonl:{number}")
    return names


def _parquet(stories: Iterator[Story], out: Path) -> list[str]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    names: list[str] = []
    columns = ("headline", "byline", "published", "section", "url", "body")
    schema = pa.schema([(name, pa.string()) for name in columns])
    with pq.ParquetWriter(out / "articles.parquet", schema, compression="zstd") as writer:
        rows = []
        for number, story in enumerate(stories, 1):
            rows.append(story.row())
            names.append(f"articles.parquet:{number}")
            if len(rows) == 2_000:
                writer.write_table(pa.Table.from_pylist(rows, schema=schema))
                rows = []
        writer.write_table(pa.Table.from_pylist(rows, schema=schema))
    return names


def main() -> None:
    parser = argparse.ArgumentParser(description="make an archive to measure with")
    make_it = parser.add_subparsers(required=True).add_parser("make")
    make_it.add_argument("--articles", type=int, default=100_000)
    make_it.add_argument("--out", type=Path, required=True)
    make_it.add_argument("--seed", type=int, default=1)
    make_it.add_argument(
        "--as", dest="form", choices=("folder", "jsonl", "parquet"), default="folder"
    )
    make_it.add_argument("--planted", type=int, default=0, metavar="N", help="as in N articles")
    given = parser.parse_args()
    folder = data()
    if folder is None:
        sys.exit(2)
    make(given.articles, given.out, given.seed, given.form, folder, given.planted)


if __name__ == "__main__":
    main()
