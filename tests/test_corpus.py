"""Articles compared with each other: who carries the finding, what it rests on, what is kept."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

import pytest
from conftest import Ran, Repository

from newslint import kinds
from newslint.article import Article, Span
from newslint.kinds.contract import (
    Clash,
    Comparison,
    Fact,
    Finder,
    Kind,
    Options,
    Scope,
    Voice,
)
from newslint.matching import Needs
from newslint.reference import Reference


class Echo(Options, frozen=True, tag="echo"):
    """A word that several articles shout."""

    shout: str = "!"


def facts(options: Echo, article: Article) -> Iterator[Fact]:
    for match in re.finditer(rf"\w+(?={re.escape(options.shout)})", article.source):
        if match[0] == "crash":
            raise RuntimeError("no luck")
        yield Fact(match[0].lower(), (match[0],), Span(*match.span()))


def compare(voices: Sequence[Voice]) -> Iterable[Clash]:
    if any(fact.key == "bang" for voice in voices for fact in voice.facts):
        raise RuntimeError("no luck")
    keys = sorted({fact.key for voice in voices for fact in voice.facts})
    for key in keys:
        places = [(v, f) for v in voices for f in v.facts if f.key == key]
        for voice, fact in places:
            others = tuple((v, f, f"on {v.published}") for v, f in places if v is not voice)
            if others:
                yield Clash(voice, fact, {"match": fact.values[0]}, others)


def build(options: Echo, scope: Scope, reference: Reference) -> Finder:
    comparison = Comparison(lambda a: facts(options, a), compare, shared_keys=True)
    return Finder(lambda article, clues: (), Needs(), comparison)


ECHO = """
id: echo
kind: echo
message: "“{match}” is shouted elsewhere too"
options: {check: echo}
"""


@pytest.fixture
def desk(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    monkeypatch.setitem(kinds._plugins, "echo", Kind({"echo": Echo}, build, frozenset({"match"})))
    kinds.kind.cache_clear()
    repo.desk(ECHO)
    yield repo
    kinds.kind.cache_clear()


def places(ran: Ran) -> list[tuple[str, str]]:
    return [(a["path"], f["text"]) for a in ran.document["articles"] for f in a["findings"]]


def test_each_article_carries_its_own_and_names_the_other(desk: Repository) -> None:
    desk.write("a.md", "---\ndate: 2031-05-02\n---\nHo!\n")
    desk.write("b.md", "Let it be\n\nSo ho! they said.\n")
    ran = desk.check("a.md", "b.md")
    assert places(ran) == [("a.md", "Ho"), ("b.md", "ho")]
    first, second = ran.findings
    (related,) = first["related"]
    assert (related["path"], related["text"]) == ("b.md", "ho")
    assert related["start"] == {"line": 3, "column": 4, "offset": 14}
    assert related["end"] == {"line": 3, "column": 6, "offset": 16}
    assert second["related"][0]["message"] == "on 2031-05-02"
    assert "b.md" not in first["message"]
    assert second["fix"]["edits"] == []


def test_the_text_report_names_the_other_place(desk: Repository) -> None:
    desk.write("a.md", "Ho!\n")
    desk.write("b.md", "x\n\nho!\n")
    assert "see b.md:3:1: ho" in desk.run("check", "a.md", "b.md").out


def test_one_article_alone_clashes_with_nothing(desk: Repository) -> None:
    assert desk.copy("Ho! Ho!\n").findings == []


def test_no_corpus_compares_nothing(desk: Repository) -> None:
    desk.write("a.md", "Ho!\n")
    desk.write("b.md", "Ho!\n")
    assert desk.check("--no-corpus").findings == []


def test_corpus_only_says_that_there_is_none(desk: Repository) -> None:
    desk.write("a.md", "Ho!\n")
    desk.write("b.md", "Ho!\n")
    ran = desk.check("--corpus-only")
    assert ran.findings == []
    assert "corpus:" in ran.err
    desk.desk(config='corpus: ["*.md"]\n')
    ran = desk.check("--corpus-only", "a.md")
    assert places(ran) == [("a.md", "Ho")]
    assert "corpus:" not in ran.err


def test_only_what_was_asked_for_gets_findings(desk: Repository) -> None:
    desk.desk(config='corpus: ["old/**"]\n')
    desk.write("new.md", "Ho!\n")
    desk.write("old/one.md", "Ho!\n")
    desk.write("old/two.md", "Ho!\n")
    ran = desk.check("new.md")
    assert [a["path"] for a in ran.document["articles"]] == ["new.md"]
    assert [r["path"] for r in ran.findings[0]["related"]] == ["old/one.md", "old/two.md"]
    ran = desk.check("old/one.md", folder=".")
    assert places(ran) == [("old/one.md", "Ho")]


def test_an_article_is_not_compared_with_itself(desk: Repository) -> None:
    desk.desk(config='corpus: ["**/*.md"]\n')
    desk.write("news/a.md", "Ho!\n")
    assert desk.check("a.md", folder="news").findings == []
    assert desk.check("./a.md", folder="news").findings == []
    desk.write("news/b.md", "Ho!\n")
    assert places(desk.check("a.md", folder="news")) == [("a.md", "Ho")]


def test_what_stdin_brings_counts_and_not_the_old_copy(desk: Repository) -> None:
    desk.desk(config='corpus: ["*.md"]\n')
    desk.write("a.md", "Ho!\n")
    desk.write("b.md", "Hey!\n")
    ran = desk.check("-", "--stdin-filename", "a.md", input="Hey!\n")
    assert places(ran) == [("a.md", "Hey")]
    assert desk.check("-", "--stdin-filename", "b.md", input="Hey!\n").findings == []


@pytest.mark.parametrize("order", list(itertools.permutations(["a.md", "b.md", "c.md"]))[:4])
def test_neither_order_nor_workers_change_a_byte(desk: Repository, order: tuple[str, ...]) -> None:
    for name, text in (("a.md", "Ho! Hey!\n"), ("b.md", "hey!\n"), ("c.md", "HO! ho!\n")):
        desk.write(name, text)
    assert desk.check(*order).out == desk.check("a.md", "b.md", "c.md", "--jobs", "2").out


@pytest.mark.parametrize("side", ["a.md", "b.md"])
@pytest.mark.parametrize(
    "form",
    [
        "---\nnewslint: {ignore: {echo: a refrain}}\n---\nHo!\n",
        "<!-- newslint-ignore echo -- a refrain -->\n\nHo!\n",
        "<!-- newslint-ignore-file echo -- a refrain -->\n\nHo!\n",
    ],
)
def test_a_suppression_on_either_side_holds(desk: Repository, side: str, form: str) -> None:
    for name in ("a.md", "b.md"):
        desk.write(name, form if name == side else "Ho!\n")
    ran = desk.check("a.md", "b.md")
    assert ran.findings == []
    assert ran.document["summary"]["suppressed"] == 2


def test_a_suppression_elsewhere_does_not_hold(desk: Repository) -> None:
    desk.write("a.md", "<!-- newslint-ignore echo -- x -->\n\nHey there.\n\nHo!\n")
    desk.write("b.md", "Ho!\n")
    desk.write("c.md", "---\nnewslint: {ignore: {echo: a refrain}}\n---\nHo!\n")
    ran = desk.check("a.md", "b.md", "c.md")
    assert places(ran) == [("a.md", "Ho"), ("b.md", "Ho")]
    assert [r["path"] for r in ran.findings[0]["related"]] == ["b.md"]


def test_the_config_waves_on_either_side(desk: Repository) -> None:
    desk.write("a.md", "Ho!\n")
    desk.write("b.md", "Ho!\n")
    ignores = "ignores: [{path: b.md, rule: echo, text: %s, reason: x}]\n"
    desk.desk(config=ignores % "Ho")
    assert desk.check("a.md", "b.md").findings == []
    desk.desk(config=ignores % "Hey")
    assert len(desk.check("a.md", "b.md").findings) == 2


def test_another_article_changes_no_fingerprint(desk: Repository) -> None:
    desk.write("a.md", "Ho! says the reeve.\n")
    desk.write("b.md", "Ho!\n")
    before = desk.check("a.md", "b.md").findings[0]
    desk.write("c.md", "Ho!\n")
    after = desk.check("a.md", "b.md", "c.md").findings[0]
    assert before["fingerprint"] == after["fingerprint"]
    assert before["message"] == after["message"]


def test_an_unreadable_article_changes_only_its_own_lines(desk: Repository) -> None:
    desk.write("a.md", "Ho!\n")
    desk.write("b.md", "Ho!\n")
    desk.write("c.md", b"\0\xff\xfe\0\0\0")
    ran = desk.check("a.md", "b.md", "c.md")
    assert ran.code == 2
    assert places(ran) == [("a.md", "Ho"), ("b.md", "Ho")]
    assert [error["path"] for error in ran.document["errors"]] == ["c.md"]


def test_an_unreadable_article_of_the_corpus_is_told(desk: Repository) -> None:
    desk.desk(config='corpus: ["old/**"]\n')
    desk.write("a.md", "Ho!\n")
    desk.write("old/b.md", "Ho!\n")
    desk.write("old/c.md", b"\0\xff\xfe\0\0\0")
    ran = desk.check("a.md")
    assert ran.code == 2
    assert places(ran) == [("a.md", "Ho")]
    (error,) = ran.document["errors"]
    assert error["path"] == "old/c.md"
    assert "not compared with" in error["message"]


def test_a_corpus_that_is_not_there_is_an_error(desk: Repository) -> None:
    desk.desk(config='corpus: ["gone/**"]\n')
    ran = desk.copy("Ho!\n")
    assert ran.code == 2
    assert "gone" in ran.document["errors"][0]["path"]


def test_a_rule_that_fails_on_one_article_costs_that_one(desk: Repository) -> None:
    desk.write("a.md", "Ho!\n")
    desk.write("b.md", "Ho!\n")
    desk.write("c.md", "Ho! crash!\n")
    ran = desk.check("a.md", "b.md", "c.md")
    assert ran.code == 2
    assert places(ran) == [("a.md", "Ho"), ("b.md", "Ho")]
    assert [(e["path"], e["code"]) for e in ran.document["errors"]] == [("c.md", "crash")]


def test_a_rule_that_fails_to_compare_costs_itself(desk: Repository) -> None:
    desk.rule("id: plain-use\n")
    desk.write("a.md", "We utilize it. Bang!\n")
    desk.write("b.md", "Bang!\n")
    ran = desk.check("a.md", "b.md")
    assert ran.code == 2
    assert places(ran) == [("a.md", "utilize")]
    (error,) = ran.document["errors"]
    assert error["code"] == "crash"
    assert "echo" in error["message"]


def test_a_rule_that_is_off_there_says_nothing_there(desk: Repository) -> None:
    desk.desk(config="overrides: [{files: [b.md], rules: {echo: off}}]\n")
    desk.write("a.md", "Ho!\n")
    desk.write("b.md", "Ho!\n")
    desk.write("c.md", "Ho!\n")
    assert places(desk.check()) == [("a.md", "Ho"), ("c.md", "Ho")]


def test_severity_is_that_of_the_article(desk: Repository) -> None:
    desk.desk(config="overrides: [{files: [b.md], rules: {echo: info}}]\n")
    desk.write("a.md", "Ho!\n")
    desk.write("b.md", "Ho!\n")
    assert [f["severity"] for f in desk.check().findings] == ["warning", "info"]


def test_a_rule_that_an_override_turns_on(desk: Repository) -> None:
    files = "files: [a.md, b.md], rules: {echo: info}"
    desk.desk(config=f"rules: {{echo: off}}\noverrides: [{{{files}}}]\n")
    for name in ("a.md", "b.md", "c.md"):
        desk.write(name, "Ho!\n")
    found = desk.check()
    assert places(found) == [("a.md", "Ho"), ("b.md", "Ho")]
    assert {f["severity"] for f in found.findings} == {"info"}
