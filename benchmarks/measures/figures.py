"""Figures: wrong ones put into real copy, and findings that were read one by one."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from common import Row, half_of, records

from measures.overall import written_out
from newslint import stylebooks
from newslint.lint import Linter
from newslint.readers import read, read_source
from newslint.stylebooks import make_rule

ARTICLES = 200
SEED = 20251122
READ = Path(__file__).parents[1] / "data" / "read-figures.jsonl"
"""What was found when findings were read: all of the 840 articles and the 2,592 of `repos/`."""
RULES = (
    "conflicting-figures", "figure-relabelled", "headline-figure-mismatch", "percent-arithmetic",
    "count-mismatch", "age-mismatch",
)  # fmt: skip
_VOLUME = {"warning": 0.15, "info": 0.1}
_FIGURE = re.compile(
    r"(?<![\w$.,/-])(?<!Rule )(\d{2,3}(?:,\d{3})*)(?=( percent| [a-z]+s\b| people\b))"
)
_EXACT = re.compile(
    r"(?<= )(?<!than )(?<!least )(?<!to )(?<!about )(?<!nearly )(\d{2,3}(?:,\d{3})*) ([a-z]{4,}s)\b"
)
_MEASURES = frozenset(
    ("years", "months", "weeks", "days", "hours", "minutes", "seconds", "miles", "times", "points")
)
_REACH = {
    "conflicting-figures": 0.5, "figure-relabelled": 0.7, "headline-figure-mismatch": 0.85,
}  # fmt: skip
_SENTENCE = re.compile(r"[A-Z][^.!?\n“”\"]{30,140}\.(?=\s)")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,} [A-Z][a-z]{3,}\b")
_WORDS = ("", "", "two", "three", "four", "five", "six")
_CHANGES = (
    "Fees rose {p} percent from ${a} to ${b}, the ledger shows.",
    "The number of boats climbed from {a} to {b}, up {p} percent, in a single season.",
    "Output grew {p}% to {b} tons from {a} tons.",
    "The port counted {b} ships, up {p} percent from {a} a year earlier.",
    "Membership fell from {b} to {a}, a drop of {q} percent.",
    "The budget was cut {q} percent, from ${b} million to ${a} million.",
)
_LISTS = (
    "The board named {n} members: {items}.",
    "{N} speakers took part — {items} — and the hall was full.",
    "He thanked {n} colleagues, {items}, and left the stage.",
)


class Planted(NamedTuple):
    """A copy with a defect, and one without it."""

    wrong: str
    right: str


Plant = Callable[[str, random.Random], Planted | None]


def rows(data: Path, half: str) -> list[Row]:
    """The lines of the table."""
    stories = list(records(data / "attribution" / "polnear_train.jsonl", half))
    loaded = stylebooks.load(["newsroom"], Path.cwd())
    ready = {name: make_rule(loaded, name) for name in RULES}
    found: list[Row] = []
    for rule, name, plant in (
        ("headline-figure-mismatch", "a sentence as headline, its figure changed", _headline),
        ("percent-arithmetic", "a sentence with a wrong percentage put in", _percent),
        ("count-mismatch", "a counted list of names put in, one name dropped", _list),
        ("conflicting-figures", "a figure of the top told again with another number", _later),
        ("figure-relabelled", "a sentence told again with another noun", _relabelled),
    ):  # fmt: skip
        found += _planted(stories, Linter([ready[rule]]), rule, name, plant)
    return [*found, *_as_it_is(data, stories, [ready[name] for name in RULES], half)]


def _planted(
    stories: list[dict[str, Any]], checker: Linter, rule: str, name: str, plant: Plant
) -> Iterator[Row]:
    found = flagged = tried = 0
    for story in stories:
        planted = plant(written_out(story), random.Random(f"{SEED} {story['id']}"))
        if planted is None or tried == ARTICLES:
            continue
        tried += 1
        before = _count(checker, written_out(story))
        found += _count(checker, planted.wrong) > before
        flagged += _count(checker, planted.right) > before
    reach = _REACH.get(rule, 0.9)
    share, false = found / max(tried, 1), flagged / max(tried, 1)
    yield Row(
        f"`{rule}`: {name}, in {tried} articles, found / flagged when right",
        f"≥ {reach:.0%} / ≤ 3 %", f"{share:.1%} / {false:.1%}", share >= reach and false <= 0.03,
    )  # fmt: skip


def _count(checker: Linter, text: str) -> int:
    findings, errors = checker.check(read_source("a.txt", text, "text"))
    for error in errors:
        raise SystemExit(error.message)
    return len(findings)


# Plants


def _headline(text: str, chance: random.Random) -> Planted | None:
    _, _, rest = text.partition("\n")
    body = rest.split("\n\n", 3)[-1]
    sentences = [m[0] for m in _SENTENCE.finditer(body) if _FIGURE.search(m[0])]
    if not sentences:
        return None
    sentence = chance.choice(sentences).rstrip(".")
    figure = _FIGURE.search(sentence)
    assert figure is not None
    other = _other(figure[1], body, chance)
    changed = sentence[: figure.start(1)] + other + sentence[figure.end(1) :]
    return Planted(f"{changed}\n{rest}", f"{sentence}\n{rest}")


def _other(written: str, text: str, chance: random.Random) -> str:
    """Another number of that size that the text has not got."""
    value = int(written.replace(",", ""))
    for _ in range(50):
        other = f"{int(value * chance.choice((0.4, 0.6, 1.5, 1.8))) + chance.randint(1, 9):,}"
        if other not in text:
            return other
    return f"{value * 7 + 1:,}"


def _percent(text: str, chance: random.Random) -> Planted | None:
    before = chance.randrange(40, 400)
    after = int(before * chance.choice((1.2, 1.35, 1.5, 1.8)))
    rise, fall = (after - before) / before * 100, (after - before) / after * 100
    off = chance.choice((-8, 7, 12, 25))
    template = chance.choice(_CHANGES)
    sentences = [
        template.format(a=before, b=after, p=round(rise) + error, q=round(fall) + error)
        for error in (off, 0)
    ]
    return Planted(*(f"{text}\n{sentence}\n" for sentence in sentences))


def _list(text: str, chance: random.Random) -> Planted | None:
    names = sorted(set(_NAME.findall(text)))
    if len(names) < 6:
        return None
    size = chance.randint(3, 5)
    items = chance.sample(names, size)
    template = chance.choice(_LISTS)
    texts = []
    for listed in (items[:-1], items):
        joined = f"{', '.join(listed[:-1])} and {listed[-1]}"
        word = _WORDS[size]
        texts.append(template.format(n=word, N=word.capitalize(), items=joined))
    return Planted(*(f"{text}\n{sentence}\n" for sentence in texts))


def _later(text: str, chance: random.Random) -> Planted | None:
    """The same words at the end once more, with the figure kept and with another one."""
    paragraphs = text.split("\n\n")
    top = "\n".join([paragraphs[0], *paragraphs[3:5]])
    figure = next((m for m in _EXACT.finditer(top) if m[2] not in _MEASURES), None)
    if figure is None or len(paragraphs) < 7:
        return None
    other = _other(figure[1], text, chance)
    wrong, right = (f"The {n} {figure[2]} are back in the news." for n in (other, figure[1]))
    return Planted(f"{text}\n{wrong}\n", f"{text}\n{right}\n")


def _relabelled(text: str, chance: random.Random) -> Planted | None:
    """A sentence of the copy once more at the end, with the figure kept and the noun changed."""
    body = text.split("\n\n", 3)[-1]
    for match in _SENTENCE.finditer(body):
        figure = _EXACT.search(match[0])
        if figure and figure[2] not in _MEASURES and int(figure[1].replace(",", "")) >= 100:
            start, end = figure.span(2)
            noun = chance.choice(("tractors", "goldsmiths", "lighthouses"))
            wrong = match[0][:start] + noun + match[0][end:]
            return Planted(f"{text}\n{wrong}\n", f"{text}\n{match[0]}\n")
    return None


# Copy as it is


def _as_it_is(
    data: Path, stories: list[dict[str, Any]], ready: list[Any], half: str
) -> Iterator[Row]:
    checker = Linter(ready)
    severity = {one.rule.id: str(one.rule.severity) for one in ready}
    counts = dict.fromkeys(_VOLUME, 0)
    words = 0
    now: dict[tuple[str, str, int], int] = {}
    for story in stories:
        text = written_out(story)
        words += len(text.split())
        for finding in checker.check(read_source("a.txt", text, "text"))[0]:
            counts[severity[finding.rule]] += 1
            now[str(story["id"]), finding.rule, finding.span.start] = len(finding.text)
    for level, reach in _VOLUME.items():
        rate = counts[level] / max(words, 1) * 1000
        yield Row(
            f"rules on figures, {level}: findings for 1,000 words", f"≤ {reach}", f"{rate:.3f}",
            rate <= reach,
        )  # fmt: skip
    for path in sorted((data / "repos").rglob("*.md")):
        article = read(path.name, path.read_bytes()).article
        for finding in checker.check(article)[0]:
            name = str(path.relative_to(data / "repos"))
            now[name, finding.rule, finding.span.start] = len(finding.text)
    yield _precision(now, half)


def _precision(now: dict[tuple[str, str, int], int], half: str) -> Row:
    """Of the findings that were read and are still made."""
    read = [json.loads(line) for line in READ.read_text("utf-8").splitlines()]
    verdicts = {
        (v["article"], v["rule"], v["start"]): v["verdict"] for v in read
        if v["set"] == "repos" or half in ("all", half_of(v["article"]))
    }  # fmt: skip
    judged = [verdicts[key] for key in now if key in verdicts]
    right = judged.count("right") + judged.count("arguable")
    share = right / len(judged) if judged else 1.0
    unread = sum(key not in verdicts for key in now)
    return Row(
        f"rules on figures: {len(judged)} findings read ({unread} not), right or arguable",
        "≥ 85 %", f"{share:.1%}", share >= 0.85 and not unread,
    )  # fmt: skip
