"""The engine Harper: what it is asked, where its answers lie, and what it survives."""

from __future__ import annotations

import re
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import pytest
from conftest import ROOT, Repository
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import catalog
from newslint.engines import Asked, Choice, EngineError, Match, harper, must_have
from newslint.engines.portions import GAP, LONGEST, portions
from newslint.errors import Error

pytest.importorskip("harper")

FEW = Asked(frozenset({"ModalOf", "ThenThan", "SpellCheck", "MissingTo", "ItsPossessive"}))
ODD = "aé’'\"“—-.,:@/1２\t\n\0\u200d\u0301\u202e\ufffc\ufeffשع漢😀𝒜🏳️‍🌈 "


def check(*texts: str, asked: Asked = FEW, seconds: float = 30.0) -> list[list[Match]]:
    return harper.engine(Choice(asked=asked)).check(texts, seconds)


def found(text: str, asked: Asked = FEW) -> list[tuple[str, str, tuple[str, ...]]]:
    """Of each match the rule, the words, and what should stand there."""
    (matches,) = check(text, asked=asked)
    return [(m.rule, text[m.start : m.end], m.suggestions) for m in matches]


def test_a_match_says_which_rule_where_and_what_instead() -> None:
    text = "The mayor could of gone. The weir is longer then the old one."
    (could, then), none = check(text, "The mill stands.")
    assert (could.rule, text[could.start : could.end]) == ("ModalOf", "could of")
    assert "could have" in could.suggestions
    assert (then.rule, text[then.start : then.end]) == ("ThenThan", "then")
    assert then.category == "Grammar and Agreement"
    assert "`" not in could.message + then.message
    assert none == []


def test_what_nobody_asks_for_is_not_run() -> None:
    assert found("He could of gone to the goverment.", Asked(frozenset({"ThenThan"}))) == []


def test_nothing_is_written_where_reports_stand(capfd: pytest.CaptureFixture[str]) -> None:
    everything = Asked(frozenset(harper.groups()))
    assert found("We are looking forward to meet the mayor. The the weir leak.", everything)
    assert capfd.readouterr().out == ""


def test_a_word_to_insert_is_told_with_the_word_before_it() -> None:
    assert found("The council wants sell it.") == [("MissingTo", "wants", ("wants to",))]


def test_curly_apostrophes_are_read_and_written() -> None:
    assert found("The town sold it’s mill.") == [("ItsPossessive", "it’s", ("its",))]
    asked = Asked(frozenset({"ItsContraction"}))
    assert (
        found("The mayor’s plan failed, but its not as simple as that.", asked)[0][2][0] == "it’s"
    )
    assert (
        found("The mayor's plan failed, but its not as simple as that.", asked)[0][2][0] == "it's"
    )


def test_capitals_of_the_copy_are_not_taken_over_letter_by_letter() -> None:
    asked = Asked(frozenset({"Worldwide", "Nobody"}))
    assert found("The World Wide Fund met.", asked) == [("Worldwide", "World Wide", ("Worldwide",))]
    assert found("The NO BODY sign fell.", asked) == [("Nobody", "NO BODY", ("NOBODY",))]


def test_one_spot_is_reported_once_and_grammar_speaks_first() -> None:
    asked = Asked(frozenset({"OpenCompounds", "SplitWords", "SpellCheck"}))
    assert [words for _, words, _ in found("They paid alot for the mill.", asked)] == ["alot"]
    assert found("They paid alot for it.", asked)[0][0] != harper.SPELLING


def test_no_sentence_runs_from_one_passage_into_the_next() -> None:
    assert check("The mayor could", "of course go.") == [[], []]


def test_groups_can_be_asked_for_and_rules_of_them_left_out() -> None:
    group = harper.groups()["ThenThan"]
    text = "The weir is longer then the old one."
    assert "ThenThan" in {rule for rule, _, _ in found(text, Asked(categories=frozenset({group})))}
    without = Asked(categories=frozenset({group}), without=frozenset({"ThenThan"}))
    assert "ThenThan" not in {rule for rule, _, _ in found(text, without)}


def test_an_unknown_rule_is_named_with_the_one_that_was_meant() -> None:
    with pytest.raises(EngineError, match=r'"ThenThann". Did you mean "ThenThan"\?') as error:
        must_have(Choice(), Asked(frozenset({"ThenThann"})))
    assert error.value.error("a.md", "own") == Error(
        "", "rule", f'rule "own" asks in vain: {error.value}'
    )
    with pytest.raises(EngineError, match='unknown Harper group "Nothing"'):
        must_have(Choice(), Asked(categories=frozenset({"Nothing"})))


def test_a_rule_that_asks_in_vain_costs_itself_alone(repo: Repository) -> None:
    options = "options: {check: mistakes, harper: {rules: [ThenThann]}}"
    repo.desk(f"id: own\nkind: grammar\n{options}\n", config="rules: {grammar-agreement: on}\n")
    ran = repo.copy("The council met. He have voted.\n")
    assert ran.code == 2
    assert [rule for rule, _ in ran.found] == ["grammar-agreement"]
    assert [error["code"] for error in ran.document["errors"]] == ["rule"]
    assert 'rule "own" asks in vain: unknown Harper rule' in ran.document["errors"][0]["message"]


def test_without_harper_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "harper", None)
    harper.groups.cache_clear()
    with pytest.raises(EngineError, match=r"pip install 'newslint\[harper\]'") as error:
        harper.engine(Choice(asked=FEW))
    assert error.value.everywhere


@pytest.mark.parametrize(
    ("dialect", "wrong"), [("en-US", "colour"), ("en-GB", "color"), ("en-AU", "color")]
)
def test_words_are_spelled_as_the_dialect_does(dialect: Any, wrong: str) -> None:
    engine = harper.engine(Choice(dialect=dialect, asked=FEW))
    text = "The colour and the color of the mill."
    (matches,) = engine.check([text], 30)
    assert [text[m.start : m.end] for m in matches] == [wrong]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(ODD, max_size=30), min_size=1, max_size=4), st.integers(0, 3))
def test_offsets_are_code_points_whatever_stands_around(odd: list[str], at: int) -> None:
    wrong = "The mayor could of gone to the goverment."
    texts = [f"{one.strip()}\n\n{wrong}" if number == at else one for number, one in enumerate(odd)]
    matches = check(*texts)
    assert len(matches) == len(texts)
    for text, ones in zip(texts, matches, strict=True):
        assert all(0 <= m.start < m.end <= len(text) for m in ones)
        assert all(a.end <= b.start for a, b in pairwise(ones))
    if at < len(texts):
        words = [texts[at][m.start : m.end] for m in matches[at]]
        assert words[-2:] == ["could of", "goverment"]


@given(st.lists(st.integers(0, LONGEST * 2), max_size=20))
def test_every_passage_lies_in_one_portion_at_its_place(lengths: list[int]) -> None:
    passages = [chr(ord("a") + n) * length for n, length in enumerate(lengths)]
    numbers = []
    for portion in portions(passages):
        assert len(portion.starts) == 2 or len(portion.text) <= LONGEST + len(GAP)
        for at, start in enumerate(portion.starts[:-1]):
            passage = passages[portion.first + at]
            numbers.append(portion.first + at)
            assert portion.text[start : start + len(passage)] == passage
            assert portion.place(start, start + len(passage)) == (portion.first + at, start)
            assert portion.place(start, start + len(passage) + len(GAP)) is None
    assert numbers == list(range(len(passages)))


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "😀" * 1000, "'" * 1000, "(" * 500 + ")" * 500, "\0" * 1000, "a-" * 999]
)
def test_hostile_text_costs_seconds_at_most(text: str) -> None:
    ((*_, last),) = check(f"{text}\n\nHe could of gone.")
    assert last.rule == "ModalOf"


def test_time_is_kept() -> None:
    with pytest.raises(EngineError, match="Harper took more than") as error:
        check(*[f"The mayor of town {n} met the council. " * 90 for n in range(50)], seconds=0.001)
    assert not error.value.everywhere


def test_threads_may_share_it() -> None:
    engine = harper.engine(Choice(asked=FEW))
    texts = [f"The mayor of ward {n} could of gone." for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda text: engine.check([text], 30), texts))
    assert [[m.rule for m in one] for (one,) in answers] == [["ModalOf"]] * len(texts)


def test_a_panic_in_harper_is_an_error_of_that_article(monkeypatch: pytest.MonkeyPatch) -> None:
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})

    class Broken:
        def organized_lints(self, *_: object, **__: object) -> None:
            raise panic("index out of bounds")

    engine = harper.engine(Choice(asked=FEW))
    working = engine._linter()
    engine._own.linter = Broken()
    with pytest.raises(EngineError, match="Harper failed on this article") as error:
        engine.check(["He could of gone."], 30)
    assert not error.value.everywhere
    assert engine._linter() is not working
    assert engine.check(["He could of gone."], 30)[0][0].rule == "ModalOf"


DESK = """\
id: desk-grammar
kind: grammar
title: A mistake
severity: error
message: "{match}: {says}"
fix: "{suggestions} ({engine-rule})"
why: It is one.
source: {title: ours, url: "https://paper.example/style"}
options:
  check: mistakes
"""
COPY = """\
# The weir

They was right. She strode to the weir, where he beat the clock.

“They was wrong,” the mayor said.

> They was loud.

They could `of` gone, and [it](https://mill.example/they-was) could **of** gone too.
"""


def test_a_rule_of_the_newsroom_asks_for_what_it_wants(repo: Repository) -> None:
    repo.desk(DESK + "  harper: {rules: [PronounInflectionBe, PronounVerbAgreement, ModalOf]}\n")
    repo.write("a.md", COPY)
    ran = repo.run("check", "a.md", "--format", "json")
    texts = [text for _, text in ran.found]
    assert texts == ["was", "strode", "beat", "could **of"]
    assert ran.findings[0]["fix"]["advice"].endswith("“were” (PronounInflectionBe)")
    assert [bool(f["fix"]["edits"]) for f in ran.findings] == [True, False, True, False]
    assert not any(f["fix"]["safe"] for f in ran.findings)


def test_a_rule_leaves_out_what_it_excepts_and_what_the_engine_does_not_know(
    repo: Repository,
) -> None:
    repo.desk(
        DESK + "  harper:\n    rules: [PronounVerbAgreement, ModalOf]\n"
        "    suggesting: true\n    except: ['he beat', 'could of gone']\n"
    )
    repo.write("a.md", COPY)
    assert repo.run("check", "a.md", "--format", "json").findings == []


def test_a_bad_exception_is_told_with_its_place(repo: Repository) -> None:
    repo.desk(DESK + "  harper: {rules: [ModalOf], except: ['(of']}\n")
    repo.write("a.md", COPY)
    ran = repo.run("check", "a.md")
    assert ran.code == 2
    assert "(of" in ran.err


def named() -> dict[str, list[str]]:
    """The rules of Harper, each with the shipped rules that take it over."""
    found: dict[str, list[str]] = {}
    for id, definition in catalog.shipped().definitions.items():
        options = definition.data.get("options", {})
        if definition.data["kind"] == "grammar":
            for name in options.get("harper", {}).get("rules", ()):
                found.setdefault(name, []).append(id)
    return found | {harper.SPELLING: ["spelling"]}


def left_out() -> tuple[set[str], set[str]]:
    """Groups and rules of Harper that the documentation says are left out."""
    page = (ROOT / "docs" / "grammar.md").read_text(encoding="utf-8")
    section = page.split("## What is left out of Harper")[1].split("\n## ")[0]
    cells = [line.split("|")[3] for line in section.splitlines() if line.startswith("| ")][1:]
    names = re.findall(r"`([^`]+)`", " ".join(cells))
    groups = set(harper.groups().values())
    assert len(names) == len(set(names)), "a rule is left out twice"
    return {name for name in names if name in groups}, {n for n in names if n not in groups}


def test_every_rule_of_harper_is_taken_over_once_or_left_out_with_a_reason() -> None:
    taken, (groups, rules) = named(), left_out()
    known = harper.groups()
    assert {name: ids for name, ids in taken.items() if len(ids) > 1} == {}
    assert sorted((taken.keys() | rules) - known.keys()) == [], "Harper has no such rules"
    assert sorted(taken.keys() & rules) == [], "taken over and left out"
    covered = rules | {name for name, group in known.items() if group in groups}
    assert sorted(known.keys() - taken.keys() - covered) == [], "nobody has judged these"
