"""The real LanguageTool: what it is asked, and that its rules are those that newslint names."""

from __future__ import annotations

import random
import re
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import pytest
from conftest import ROOT, languagetool_jars
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from newslint import catalog, examples, stylebooks
from newslint.engines import Asked, Choice, Dialect, Match, together
from newslint.engines.languagetool import CATEGORIES, LanguageTool
from newslint.examples import Bench
from newslint.lint import Linter
from newslint.reference import shipped

pytestmark = pytest.mark.languagetool

DIALECTS = ("en-US", "en-GB")
OTHERS = {"MORFOLOGIK_RULE_EN_CA", "MORFOLOGIK_RULE_EN_AU"}
"""All that Canada and Australia add; to look there as well would take twice as long."""


class Known(NamedTuple):
    """A rule of LanguageTool's."""

    id: str
    category: str
    off: bool
    """It runs only where somebody asks for it, or for more than is usual."""
    wide: bool
    """It looks at all sentences of a text together."""

    def is_taken_by(self, section: dict[str, list[str]]) -> bool:
        """Whether a rule of newslint takes it over."""
        of_category = self.category in section["categories"]
        return self.id in section["rules"] or (of_category and self.id not in section["without"])


@cache
def known() -> tuple[Known, ...]:
    """All rules of LanguageTool's for English."""
    command = [
        "java",
        "-cp",
        f"{languagetool_jars()}/*",
        str(ROOT / "tests/languagetool/Rules.java"),
    ]
    done = subprocess.run(
        [*command, *DIALECTS], capture_output=True, text=True, timeout=300, check=True
    )
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    others = [Known(id, "TYPOS", off=False, wide=False) for id in OTHERS]
    return (*others, *(Known(*names, off == "true", wide == "true") for *names, off, wide in rows))


@cache
def sections() -> dict[str, dict[str, list[str]]]:
    """What each shipped rule takes over from LanguageTool."""
    found = {}
    for id, definition in catalog.shipped().definitions.items():
        if definition.data["kind"] == "grammar":
            section: dict[str, Any] = definition.data["options"].get("languagetool", {})
            found[id] = {key: section.get(key, []) for key in ("rules", "categories", "without")}
    return found


def left_out() -> set[str]:
    """Categories and rules that the documentation says are left out."""
    page = (ROOT / "docs" / "grammar.md").read_text(encoding="utf-8")
    section = page.split("## What is left out of LanguageTool")[1].split("\n## ")[0]
    names = re.findall(r"`([A-Z][A-Z\d_-]+)`", section)
    assert len(names) == len(set(names)), "a rule is left out twice"
    return set(names)


def test_every_name_is_one_of_languagetools() -> None:
    rules, categories = {rule.id for rule in known()}, {rule.category for rule in known()}
    for id, section in sections().items():
        assert sorted({*section["rules"], *section["without"]} - rules) == [], id
        assert sorted(set(section["categories"]) - categories) == [], id
    assert sorted(left_out() - rules - categories) == []
    assert categories == CATEGORIES


def test_a_rule_is_left_out_of_categories_that_are_taken_over() -> None:
    of = {rule.id: rule.category for rule in known()}
    for id, section in sections().items():
        assert {of[rule] for rule in section["without"]} <= set(section["categories"]), id
        assert not {of[rule] for rule in section["rules"]} & set(section["categories"]), id


def test_every_rule_is_taken_over_once_or_left_out_with_a_reason() -> None:
    out = left_out()
    takers: dict[Known, list[str]] = defaultdict(list)
    for rule in set(known()):
        for id, section in sections().items():
            if rule.is_taken_by(section):
                takers[rule].append(id)
    assert {rule.id: ids for rule, ids in takers.items() if len(ids) > 1} == {}
    assert sorted(rule.id for rule in takers if rule.id in out) == [], "taken over and left out"
    open_ = {rule for rule in known() if not rule.off and not {rule.id, rule.category} & out}
    assert sorted(rule.id for rule in open_ - takers.keys()) == [], "nobody has judged these"


def test_no_rule_that_looks_at_several_sentences_together_is_taken_over() -> None:
    """What an engine says of a paragraph is remembered, whatever stood around it."""
    wide = {rule for rule in known() if rule.wide}
    assert {"UPPERCASE_SENTENCE_START", "EN_UNPAIRED_BRACKETS"} <= {rule.id for rule in wide}
    for id, section in sections().items():
        named = {rule.id for rule in wide if rule.id in section["rules"]}
        assert named | {r.id for r in wide if not r.off and r.is_taken_by(section)} == set(), id


def bench(server: str, dialect: Dialect = "en-US") -> tuple[Bench, list[Any]]:
    """The shipped rules of grammar, made to ask a server."""
    rules = catalog.shipped()
    choice = Choice("languagetool", dialect, server, 60)
    shelf = replace(shipped(), engine=choice)
    ready = [stylebooks.make_rule(rules, id, shelf) for id in sorted(sections())]
    names = {name: name for name in rules.data}
    return Bench(Linter(ready), names, choice), ready


def test_the_examples_of_shipped_rules_hold(languagetool_server: str) -> None:
    bench_, ready = bench(languagetool_server)
    for rule in ready:
        assert list(examples.run(rule, bench_)) == []


def check(server: str, asked: Asked, *texts: str) -> list[list[Match]]:
    """What LanguageTool says."""
    return LanguageTool(Choice("languagetool", "en-US", server, 60, asked)).check(texts, 60)


def rules(found: Sequence[Match]) -> list[str]:
    return [match.rule for match in found]


HE_HAVE = "He have voted for a apple for the whistle blower."


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(frozenset({"HE_VERB_AGR"})), ["HE_VERB_AGR"]),
        (Asked(categories=frozenset({"MISC"})), ["EN_A_VS_AN", "EN_COMPOUNDS_WHISTLE_BLOWER"]),
        (
            Asked(frozenset({"HE_VERB_AGR"}), frozenset({"MISC"})),
            ["HE_VERB_AGR", "EN_A_VS_AN", "EN_COMPOUNDS_WHISTLE_BLOWER"],
        ),
        (
            Asked(categories=frozenset({"MISC"}), without=frozenset({"EN_A_VS_AN"})),
            ["EN_COMPOUNDS_WHISTLE_BLOWER"],
        ),
        (
            Asked(frozenset({"HE_VERB_AGR"}), frozenset({"MISC"}), frozenset({"EN_COMPOUNDS"})),
            ["HE_VERB_AGR", "EN_A_VS_AN"],
        ),
    ],
)
def test_what_nobody_asks_for_is_not_run(
    languagetool_server: str, asked: Asked, expected: list[str]
) -> None:
    (found,) = check(languagetool_server, asked, HE_HAVE)
    assert rules(found) == expected


def test_no_sentence_runs_across_paragraphs(languagetool_server: str) -> None:
    asked = Asked(frozenset({"ENGLISH_WORD_REPEAT_RULE", "MD_BASEFORM"}))
    texts = ("The council could", "Went the the", "The mayor")
    assert [rules(found) for found in check(languagetool_server, asked, *texts)] == [
        [], ["ENGLISH_WORD_REPEAT_RULE"], [],
    ]  # fmt: skip


TRICKY = [
    "Our colleagues at the mill.", "The fair opens at 11:30 a.m.", "Q&A.", "A", "The weir (and", "mill).",
    "“He could of gone", "to the mill.”", "The council vote on", "Tuesday was a tie.", "The the",
    "the weir", "The council met.", "The council voted.", "The council left.", "It’s late, it's true.",
    "organise", "organize", "1.", "It is longer then", "the old one.", "No. 5", "e.g.", "goverment",
]  # fmt: skip


def test_what_it_says_of_a_paragraph_does_not_depend_on_others(languagetool_server: str) -> None:
    _, ready = bench(languagetool_server)
    asked = together(Choice(), [rule.finder.asked for rule in ready if rule.finder.asked]).asked
    alone = {text: check(languagetool_server, asked, text)[0] for text in TRICKY}
    assert any(alone.values())
    shuffled = [random.Random(seed).sample(TRICKY, len(TRICKY)) for seed in range(8)]
    for texts in (TRICKY, *shuffled):
        assert check(languagetool_server, asked, *texts) == [alone[text] for text in texts]


ODD = "aé’'\"“—-.,:1２\t\n\r\0\u00ad\u200b\u200d\u0301\u2028\u202e\ufffc\ufeffשع漢😀𝒜🏳️‍🌈 "


@settings(max_examples=40)
@given(odd=st.lists(st.text(ODD, max_size=30), min_size=1, max_size=4), at=st.integers(0, 3))
def test_positions_hold_whatever_stands_around(
    languagetool_server: str, odd: list[str], at: int
) -> None:
    texts = [f"{one}\n\nHe have voted." if number == at else one for number, one in enumerate(odd)]
    found = check(languagetool_server, Asked(frozenset({"HE_VERB_AGR"})), *texts)
    words = [text[m.start : m.end] for text, its in zip(texts, found, strict=True) for m in its]
    assert words == ["have"] * (at < len(texts))
