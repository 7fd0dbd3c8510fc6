"""People and their titles: planted changes of title, all articles together, findings read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from common import Row, half_of, records

from measures.overall import written_out
from newslint import stylebooks
from newslint.article import PARAGRAPH, Article
from newslint.kinds.contract import Comparison, Voice
from newslint.language.names import folded
from newslint.language.people import Mention, people
from newslint.lint import Linter
from newslint.matching import Clues
from newslint.readers import read_source
from newslint.reference import shipped
from newslint.rule import Ready
from newslint.stylebooks import make_rule

ARTICLES = 200
RULES = ("inconsistent-title", "repeated-full-title", "surname-before-full-name")
READ = Path(__file__).parents[1] / "data" / "read-people.jsonl"
"""What was found when findings were read: a sample of each rule, `random.Random(1)`."""


class Holder(NamedTuple):
    """An office holder as an article names him for the first time with a title."""

    title: str
    name: str


def rows(data: Path, half: str) -> list[Row]:
    """The lines of the table. What is read or counted on all articles together knows no halves."""
    stories = list(records(data / "attribution" / "polnear_train.jsonl"))
    articles = [_article(story) for story in stories]
    ready = rules_of(RULES)
    mine = [
        (story, article)
        for story, article in zip(stories, articles, strict=True)
        if half in ("all", half_of(str(story["id"])))
    ]
    return [
        *_planted(data, mine, Linter([ready["inconsistent-title"]])),
        _together(stories, articles, ready["inconsistent-title"]),
        *_read(articles, ready),
    ]


def rules_of(names: tuple[str, ...]) -> dict[str, Ready]:
    """Shipped rules, ready to run, by id."""
    loaded = stylebooks.load(["newsroom"], Path.cwd())
    return {name: make_rule(loaded, name) for name in names}


def _planted(
    data: Path, stories: list[tuple[dict[str, Any], Article]], checker: Linter
) -> list[Row]:
    """“Former Sen. Jane Roe left the room.” at the end of an article about Sen. Jane Roe."""
    terms = _terms(data / "people" / "office_holders.jsonl")
    tried = found = wrong = 0
    for story, article in stories:
        holder = _holder(article, terms, str(story["date"]))
        if holder is None or tried == ARTICLES:
            continue
        tried += 1
        for before in ("Former ", ""):
            text = f"{written_out(story)}\n{before}{holder.title} {holder.name} left the room.\n"
            findings, _ = checker.check(read_source("a.txt", text, "text"))
            hit = any(holder.name in finding.message for finding in findings)
            found += hit and bool(before)
            wrong += hit and not before
    share, alarms = found / max(tried, 1), wrong / max(tried, 1)
    return [
        Row(f"a second mention with “former”, in {tried} articles on office holders: found",
            "≥ 90 %", f"{share:.1%}", share >= 0.9),
        Row("the same with the right title: flagged", "≤ 3 %", f"{alarms:.1%}", alarms <= 0.03),
    ]  # fmt: skip


def _terms(path: Path) -> dict[str, list[tuple[str, str]]]:
    """Full name, folded, -> the terms of office that person served."""
    terms: dict[str, list[tuple[str, str]]] = {}
    for person in records(path):
        names = person.get("names") or {}
        known = {person.get("name"), names.get("official_full"), names.get("wikipedia")}
        for first in ("first", "nickname"):
            if names.get(first) and names.get("last"):
                known.add(f"{names[first]} {names['last']}")
        served = [(role.get("start") or "", role.get("end") or "9999") for role in person["roles"]]
        for name in filter(None, known):
            terms.setdefault(folded(name), []).extend(served)
    return terms


def _holder(article: Article, terms: dict[str, list[tuple[str, str]]], day: str) -> Holder | None:
    """The first office holder whom the article names in full with a title of office."""
    for mention in people(article, shipped().lexicons["titles"]).mentions:
        if not (mention.full and mention.title and _plain(article, mention)):
            continue
        name = mention.name.text(article)
        if any(start <= day <= end for start, end in terms.get(folded(name), ())):
            return Holder(mention.title.text(article), name)
    return None


def _plain(article: Article, mention: Mention) -> bool:
    """Whether the title stands before the name, in narration and without a qualifier."""
    return (
        mention.sort == "office" and mention.qualifier is None and mention.status == "now"
        and not mention.quoted and article.blocks[mention.name.block].kind == PARAGRAPH
        and mention.title is not None and mention.title.end < mention.name.start
    )  # fmt: skip


def _together(stories: list[dict[str, Any]], articles: list[Article], rule: Ready) -> Row:
    """`inconsistent-title` on all articles at once."""
    comparison = rule.finder.comparison
    assert isinstance(comparison, Comparison)
    own = [article for article in articles if list(rule.finder.find(article, Clues()))]
    inside = sum(len(list(rule.finder.find(article, Clues()))) for article in own)
    voices = [
        Voice(article.path, str(story["date"]), tuple(comparison.facts(article)))
        for story, article in zip(stories, articles, strict=True)
    ]
    paths = {article.path for article in own}
    across = [clash for clash in comparison.compare(voices) if clash.voice.path not in paths]
    number = inside + len(across)
    measure = f"`inconsistent-title` across {len(articles)} articles together: findings"
    return Row(measure, "≤ 5", str(number), number <= 5)


def _read(articles: list[Article], ready: dict[str, Ready]) -> Iterator[Row]:
    """Precision of what was read, where it is still found."""
    verdicts = [json.loads(line) for line in READ.read_text("utf-8").splitlines()]
    by_path = {Path(article.path).stem: article for article in articles}
    for name in RULES:
        mine = [verdict for verdict in verdicts if verdict["rule"] == name]
        spans = {
            story: {hit.span.start for hit in ready[name].finder.find(by_path[story], Clues())}
            for story in {v["article"] for v in mine}
        }
        still = [v["verdict"] for v in mine if v["start"] in spans[v["article"]]]
        right = still.count("right")
        share = right / max(len(still), 1)
        yield Row(f"`{name}`: precision of {len(still)} findings read", "≥ 85 %",
                  f"{share:.0%}", not still or share >= 0.85)  # fmt: skip


def _article(story: dict[str, Any]) -> Article:
    return read_source(f"{story['id']}.txt", written_out(story), "text")
