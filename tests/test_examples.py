"""Examples in rule files: all that are shipped hold, and the runner is able to fail."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import Repository

from newslint import catalog, examples, stylebooks
from newslint.examples import Bench, unmark
from newslint.lint import Linter
from newslint.rule import Example, Ready, Rule
from newslint.yamlfile import load

FILES = sorted(
    (
        path
        for book in stylebooks.shipped()
        for path in stylebooks.rule_files(stylebooks.shipped_root() / book)
    ),
    key=lambda path: path.stem,
)
IDS = [path.stem for path in FILES]


@cache
def rules() -> dict[str, Ready]:
    shipped = catalog.shipped()
    assert shipped.errors == ()
    return {name: stylebooks.make_rule(shipped, name) for name in shipped.data}


@cache
def bench() -> Bench:
    ready = rules()
    return Bench(Linter(list(ready.values())), {name: name for name in ready})


@pytest.mark.parametrize("id", IDS)
def test_the_examples_of_a_shipped_rule_hold(id: str) -> None:
    failures = list(examples.run(rules()[id], bench()))
    assert failures == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_rule_says_all_there_is_to_say(path: Path) -> None:
    data: dict[str, Any] = load(path.read_text(encoding="utf-8"), path.name, "rule").data
    for key in (
        "id",
        "kind",
        "title",
        "severity",
        "since",
        "message",
        "fix",
        "why",
        "source",
        "tags",
        "options",
    ):
        assert data.get(key), f"{key} is missing"
    rule = rules()[path.stem].rule
    assert rule.source.url.startswith("https://")
    assert rule.source.title.strip()
    assert len(rule.examples.bad) >= 2
    assert len(rule.examples.good) >= 3
    texts = [
        e.text if isinstance(e, Example) else e for e in (*rule.examples.bad, *rule.examples.good)
    ]
    assert len(set(texts)) == len(texts), "an example stands there twice"


def test_ids_are_unique_over_all_stylebooks() -> None:
    names = [name for path in FILES for name in (path.stem, *rules()[path.stem].rule.aliases)]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_the_newsroom_stylebook_is_no_pile_of_hints() -> None:
    ready = [rules()[path.stem].rule for path in FILES if path.parent.name == "newsroom"]
    hints = [rule.id for rule in ready if rule.severity == "info"]
    assert len(hints) * 3 <= len(ready), hints


def test_every_stylebook_loads_by_its_name() -> None:
    for book in stylebooks.shipped():
        loaded = stylebooks.load((book,), stylebooks.shipped_root())
        assert loaded.errors == ()
        assert loaded.data


# The runner can fail


def ready(bad: list[Any], good: list[str], **more: Any) -> Ready:
    """A rule on `utilize` with these examples."""
    options = {"check": "prefer", "terms": {"utilize": "use"}, **more}
    data = {
        "id": "plain-use",
        "kind": "terms",
        "title": "x",
        "severity": "warning",
        "message": "x",
        "fix": "x",
        "why": "x",
        "source": {"title": "x", "url": "https://desk.example"},
        "options": options,
        "examples": {"bad": bad, "good": good},
    }
    from newslint.rule import make

    return make(load("a: b", "desk/plain-use.yml", "rule"), data)


def failures(
    bad: list[Any], good: list[str], **more: Any
) -> list[tuple[tuple[str | int, ...], str]]:
    item = ready(bad, good, **more)
    alone = Bench(Linter([item]), {item.rule.id: item.rule.id})
    return [(failure.place, failure.message) for failure in examples.run(item, alone)]


BAD = ["They [[utilize]] it."]
GOOD = ["They use it."]


def test_examples_that_hold() -> None:
    assert failures(BAD, GOOD) == []
    assert failures([{"text": "They [[utilize]] it.", "fixed": "They use it."}], GOOD) == []
    assert failures(["[[utilize]] and\n\n# [[Utilize]]\n"], GOOD) == []
    assert failures(["A [[utilize]](https://a.example) link."], GOOD) == []
    assert failures([{"text": "<p>They [[utilize]] it.</p>", "format": "html"}], GOOD) == []
    assert failures(["\\[[x]] [[utilize]]"], GOOD) == []


@pytest.mark.parametrize(
    ("bad", "good", "more", "place", "said"),
    [
        (["They [[utilize it]]."], GOOD, {}, ("examples", "bad", 0), "not found: 'utilize it'"),
        (
            ["They [[utilize it]]."],
            GOOD,
            {},
            ("examples", "bad", 0),
            "found, but not marked: 'utilize'",
        ),
        (["[[They]] [[utilize]] it."], GOOD, {}, ("examples", "bad", 0), "not found: 'They'"),
        (["[[utilize]] utilize"], GOOD, {}, ("examples", "bad", 0), "found, but not marked"),
        (["They [[use]] it."], GOOD, {}, ("examples", "bad", 0), "not found: 'use'"),
        (["They utilize it."], GOOD, {}, ("examples", "bad", 0), "at least one [[mark]]"),
        ([*BAD, "They use it."], GOOD, {}, ("examples", "bad", 1), "at least one [[mark]]"),
        (
            BAD,
            [*GOOD, "They utilize it."],
            {},
            ("examples", "good", 1),
            "found, but not marked: 'utilize'",
        ),
        ([], GOOD, {}, ("examples",), "no bad example"),
        (BAD, [], {}, ("examples",), "no good example"),
        (
            [{"text": "They [[utilize]] it.", "fixed": "They employ it."}],
            GOOD,
            {},
            ("examples", "bad", 0),
            "the fix yields 'They use it.', not 'They employ it.'",
        ),
        (
            [{"text": "They [[utilize]] it.", "fixed": "They utilize it."}],
            GOOD,
            {"terms": {"utilize": "utilize"}},
            ("examples", "bad", 0),
            "still found after the fix",
        ),
        (
            [{"text": "They [[utilize]] it.", "fixed": "They utilizer it."}],
            GOOD,
            {"terms": {"utilize": "utilizer", "utilizer": "x"}},
            ("examples", "bad", 0),
            "still found after the fix",
        ),
        (
            [{"text": "They [[utilize]] it.", "fixed": "They use it."}],
            GOOD,
            {"terms": {"utilize": ["use", "employ"]}},
            ("examples", "bad", 0),
            "the fix yields",
        ),
        (["“They [[utilize]] it,” he said."], GOOD, {}, ("examples", "bad", 0), "not found"),
    ],
)
def test_planted_mistakes_are_found(
    bad: list[Any], good: list[str], more: dict[str, Any], place: tuple[str | int, ...], said: str
) -> None:
    assert any(where == place and said in message for where, message in failures(bad, good, **more))


def test_a_rule_that_crashes_fails_its_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("planted")

    monkeypatch.setattr("newslint.kinds.terms.keeps", fail)
    found = failures(BAD, ["They utilize it."])
    assert all(
        any(where == ("examples", sort, 0) and "planted" in said for where, said in found)
        for sort in ("bad", "good")
    )


@pytest.mark.parametrize(
    ("text", "plain", "spans"),
    [
        ("a [[b]] c", "a b c", [(2, 3)]),
        ("[[a]][[b]]", "ab", [(0, 1), (1, 2)]),
        ("[[a b]](c)", "[a b](c)", [(1, 4)]),
        ("[[a]] (c)", "a (c)", [(0, 1)]),
        ("\\[[a]]", "[[a]]", []),
        ("no marks", "no marks", []),
        ("[[two\nlines]]", "two\nlines", [(0, 9)]),
        ("😀[[é]]", "😀é", [(1, 2)]),
        ("[a](b) [[c]]", "[a](b) c", [(7, 8)]),
    ],
)
def test_unmark(text: str, plain: str, spans: list[tuple[int, int]]) -> None:
    marked = unmark(text)
    assert (marked.text, [tuple(span) for span in marked.spans]) == (plain, spans)


# `newslint test-rules`


def test_the_command_says_what_failed_and_where(repo: Repository) -> None:
    repo.desk(
        "id: plain-use\nexamples:\n  bad:\n    - 'They [[utilize]] it.'\n"
        "    - 'They [[use]] it.'\n  good:\n    - 'No.'\n"
    )
    ran = repo.run("test-rules")
    assert ran.code == 1
    assert "desk/plain-use.yml:5:" in ran.out
    assert "not found: 'use'" in ran.out
    assert ran.out.endswith("3 examples of 1 rule: 1 failure, 0 broken rules\n")


def test_the_command_is_content(repo: Repository) -> None:
    repo.desk("id: plain-use\nexamples: {bad: ['They [[utilize]] it.'], good: ['They use it.']}\n")
    for args in ([], ["desk"], ["./desk"], ["desk/"]):
        ran = repo.run("test-rules", *args)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == "2 examples of 1 rule: 0 failures, 0 broken rules\n"


def test_the_command_on_a_broken_rule(repo: Repository) -> None:
    repo.desk(
        "id: plain-use\nexamples: {bad: ['They [[utilize]] it.'], good: ['They use it.']}\n",
        "id: b\nkind: x\n",
    )
    ran = repo.run("test-rules")
    assert ran.code == 2
    assert "desk/b.yml:2:1" in ran.err
    assert "2 examples" in ran.out


def test_the_command_on_a_folder_that_is_not_there(repo: Repository) -> None:
    ran = repo.run("test-rules", "nowhere")
    assert ran.code == 2
    assert "nowhere" in ran.err


def test_a_folder_without_rules_is_no_success(repo: Repository) -> None:
    repo.write("bare/readme.txt", "x")
    assert repo.run("test-rules", "bare").code == 2


def test_changes_of_a_shipped_rule_are_tested_with_their_own_examples(repo: Repository) -> None:
    repo.config("extends: [newsroom, ./desk]\n")
    repo.write(
        "desk/vague-link.yml",
        "id: vague-link\nextends: vague-link\noptions: {terms+: [zork]}\n"
        "examples: {bad: ['A [[zork]](https://a.example/b).'], good: ['A zork.']}\n",
    )
    assert repo.run("test-rules", "desk").code == 0
    repo.write(
        "desk/vague-link.yml",
        "id: vague-link\nextends: vague-link\nexamples: {bad: ['[[zork]]'], good: ['A zork.']}\n",
    )
    assert repo.run("test-rules", "desk").code == 1


def test_a_shipped_stylebook_by_name(repo: Repository) -> None:
    ran = repo.run("test-rules", "readability")
    assert ran.code == 0
    assert "rules: 0 failures" in ran.out


def test_rules_are_structs_that_cannot_be_changed() -> None:
    rule: Rule = rules()[IDS[0]].rule
    with pytest.raises(AttributeError):
        rule.severity = "error"  # type: ignore[misc]


def test_an_example_may_be_for_one_engine_alone(repo: Repository) -> None:
    pytest.importorskip("harper")
    repo.desk("""
id: would-of
kind: grammar
options: {check: mistakes, harper: {rules: [ModalOf]}, languagetool: {rules: [MODAL_OF]}}
examples:
  bad:
    - {engine: harper, text: "The owner [[would of]] sold the mill."}
    - {engine: languagetool, text: "The owner would [[of]] sold the mill."}
  good: ["The owner would have sold the mill."]
""")
    ran = repo.run("test-rules", "./desk", "--engine", "harper")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "2 examples of 1 rule: 0 failures, 0 broken rules\n"
