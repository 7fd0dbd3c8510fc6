"""What a stranger's pull request may hold: copy, config and rules that mean harm."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from conftest import Repository, spawn

from newslint import formula, yamlfile

SECRET = "hunter2-the-secret"
COPY = "# Council votes\n\nThe council will utilize it.\n"


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the repository with things that nobody should read."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "secret.md").write_text(f"# {SECRET}\n\nThe council will utilize it.\n")
    (folder / "people.yml").write_text(f"name: {SECRET}\n")
    (folder / "plain-use.yml").write_text(f"{SECRET}: [\n")
    (folder / "newslint.yml").write_text("extends: []\n")
    return folder


# Paths in the config


@pytest.mark.parametrize(
    "line",
    [
        'extends: ["../outside"]',
        'extends: ["./desk/../../outside"]',
        "extends: [..]",
        "extends: [./link]",
        "extends: [deep/link]",
        "people: ../outside/people.yml",
        "people: link/people.yml",
        "words: ../outside/people.yml",
        'corpus: ["../outside/**"]',
        'corpus: ["link/**"]',
    ],
)
def test_no_path_leads_out(repo: Repository, outside: Path, line: str) -> None:
    (repo.root / "deep").mkdir()
    (repo.root / "link").symlink_to(outside)
    (repo.root / "deep/link").symlink_to(outside)
    repo.write("newslint.yml", f"# a comment\n{line}\n")
    ran = repo.copy(COPY)
    assert ran.code == 2
    (error,) = ran.document["errors"]
    assert (error["code"], error["line"]) == ("config", 2)
    assert "leads out of the repository" in error["message"]
    assert SECRET not in ran.out


def test_no_absolute_path_leads_out(repo: Repository, outside: Path) -> None:
    repo.config(f"extends: ['{outside}']\n")
    ran = repo.copy(COPY)
    assert ran.code == 2
    assert "leads out of the repository" in ran.out


def test_a_path_below_the_repository_may_lead_up_from_the_config(repo: Repository) -> None:
    repo.rule("id: plain-use\n")
    repo.write("site/newslint.yml", "extends: [../desk]\n")
    repo.write("site/a.md", COPY)
    assert repo.check("a.md", folder="site").found == [("plain-use", "utilize")]


def test_a_rule_file_that_is_a_link_out(repo: Repository, outside: Path) -> None:
    repo.desk("id: other\n")
    (repo.root / "desk/plain-use.yml").symlink_to(outside / "plain-use.yml")
    ran = repo.copy(COPY)
    assert (ran.code, ran.found) == (2, [("other", "utilize")])
    (error,) = ran.document["errors"]
    assert error["path"] == "desk/plain-use.yml"
    assert "leads out" in error["message"]


def test_a_config_that_is_a_link_out(repo: Repository, outside: Path) -> None:
    (repo.root / "newslint.yml").symlink_to(outside / "newslint.yml")
    ran = repo.copy(COPY)
    assert ran.code == 2
    assert "leads out" in ran.document["errors"][0]["message"]


def test_a_config_above_the_repository_is_not_met(repo: Repository, outside: Path) -> None:
    (repo.root.parent / "newslint.yml").write_text("extends: [no-such-book]\n")
    repo.write("a.md", COPY)
    assert repo.check("a.md").code == 0


# Articles that are links


@pytest.mark.parametrize("given", ["a.md", ".", "folder", "folder/secret.md"])
def test_no_article_is_read_through_a_link_out(repo: Repository, outside: Path, given: str) -> None:
    repo.desk("id: plain-use\n")
    if "folder" in given:
        (repo.root / "folder").symlink_to(outside)
    else:
        (repo.root / "a.md").symlink_to(outside / "secret.md")
    ran = repo.check(given)
    assert ran.code == 2
    assert ran.document["articles"] == []
    assert "leads out" in ran.document["errors"][0]["message"]
    assert SECRET not in ran.out


def test_a_walk_does_not_follow_folders_that_are_links(repo: Repository, outside: Path) -> None:
    repo.desk("id: plain-use\n")
    repo.write("a.md", COPY)
    (repo.root / "folder").symlink_to(outside)
    (repo.root / "loop").symlink_to(repo.root)
    ran = repo.check(".")
    assert [article["path"] for article in ran.document["articles"]] == ["a.md"]


def test_a_link_inside_the_repository_is_an_article(repo: Repository) -> None:
    repo.desk("id: plain-use\n")
    repo.write("b/b.md", COPY)
    (repo.root / "a.md").symlink_to("b/b.md")
    assert repo.check("a.md").found == [("plain-use", "utilize")]


# YAML that costs more than it weighs


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n"
    for a, b in zip("abcde", "bcdef", strict=True)
)


def test_a_bomb_in_the_config(repo: Repository) -> None:
    repo.config(BOMB)
    ran = repo.copy(COPY)
    assert ran.code == 2
    assert "aliases are refused" in ran.out


def test_a_bomb_in_a_rule(repo: Repository) -> None:
    repo.desk("id: plain-use\n")
    repo.write("desk/bomb.yml", "id: bomb\n" + BOMB)
    ran = repo.copy(COPY)
    assert (ran.code, ran.found) == (2, [("plain-use", "utilize")])
    assert "aliases are refused" in ran.out


def test_a_bomb_in_front_matter(repo: Repository) -> None:
    repo.desk("id: plain-use\n")
    ran = repo.copy(f"---\n{BOMB}---\n{COPY}")
    assert ran.found == [("plain-use", "utilize")]
    assert len(ran.out) < 10_000


DEEP = {
    "flow": "[" * 100_000,
    "flow with spaces": "[ " * 100_000,
    "mappings": "{a: " * 100_000,
    "dashes": "- " * 100_000,
    "questions": "? " * 100_000,
    "closed": "[ " * 50_000 + "] " * 50_000,
    "indented": "".join(f"{' ' * n}a:\n" for n in range(1500)),
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting(repo: Repository, name: str) -> None:
    """In a process of its own: this once ended in a segmentation fault."""
    repo.desk("id: plain-use\n")
    text = DEEP[name]
    repo.write(
        "desk/deep.yml", text if name in ("dashes", "indented", "questions") else f"x: {text}"
    )
    repo.write("a.md", f"---\nx: {text}\n---\n{COPY}" if len(text) else COPY)
    ran = spawn("check", "a.md", "--format", "json", cwd=repo.root)
    assert ran.code == 2, ran.err
    assert ran.found == [("plain-use", "utilize")]
    assert [error["path"] for error in ran.document["errors"]] == ["desk/deep.yml"]


def test_deep_nesting_in_the_config(repo: Repository) -> None:
    repo.config("rules: " + "[ " * 100_000)
    repo.write("a.md", COPY)
    ran = spawn("check", "a.md", cwd=repo.root)
    assert ran.code == 2
    assert ran.err.startswith("newslint: error: newslint.yml:")


@pytest.mark.parametrize("depth", [5, 30])
def test_nesting_that_people_write_is_read(depth: int) -> None:
    flow = yamlfile.load("a: " + "[" * depth + "]" * depth, "x.yml", "config")
    block = yamlfile.load(
        "".join(f"{' ' * n}a:\n" for n in range(depth)) + " " * depth + "b", "x", "config"
    )
    assert str(flow.data).count("[") == depth
    assert str(block.data).count("{") == depth


def test_a_long_list_is_not_deep() -> None:
    """However many brackets there are, only those inside each other count."""
    text = "a:\n" + "- [x, {y: z}]\n" * 3000
    assert len(yamlfile.load(text, "x.yml", "rule").data["a"]) == 3000


# What a terminal or a log takes for a command

CONTROL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp\u202c\u2066\u200f\u2028\x00"


@pytest.mark.parametrize("format", ["text", "concise"])
def test_control_characters_in_copy_are_spelled_out(repo: Repository, format: str) -> None:
    repo.desk(
        "id: plain-use\nkind: pattern\noptions: {check: match, patterns: ['utilize.{1,30}now']}\n",
        "id: heading\nkind: metadata\nmessage: '{value}'\n"
        "options: {check: allowed, fields: [title], values: [x]}\n",
    )
    ran = repo.run(
        "check",
        "-",
        "--format",
        format,
        "--stdin-filename",
        "a.md",
        input=f'---\ntitle: "\\e[31mred\\u202e"\n---\nThey utilize{CONTROL[:-1]} it now.\n',
    )
    assert "plain-use" in ran.out
    assert "heading" in ran.out
    _assert_harmless(ran.out + ran.err)


def _assert_harmless(text: str) -> None:
    assert not re.search(
        r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]", text
    )
    assert not re.search(r"^\s*(?:::|##\[)", text, re.MULTILINE)


@pytest.mark.parametrize(
    "name",
    [
        "a\x1b[31m.md",
        "a\u202e.md",
        "a\nb.md",
        "::error::x.md",
        "##[error]x.md",
        " ::add-mask::x.md",
    ],
)
@pytest.mark.parametrize("format", ["text", "concise"])
def test_no_path_is_a_command(repo: Repository, name: str, format: str) -> None:
    repo.desk("id: plain-use\n")
    repo.write(name, COPY)
    for given in (name, "."):
        ran = repo.run("check", given, "--format", format)
        assert "plain-use" in ran.out
        _assert_harmless(ran.out + ran.err)
    gone = repo.run("check", name.replace(".md", ".gone"), "--format", format)
    assert gone.code == 2
    _assert_harmless(gone.out + gone.err)


@pytest.mark.parametrize("format", ["text", "concise"])
def test_no_line_of_copy_is_a_workflow_command(repo: Repository, format: str) -> None:
    repo.desk("id: plain-use\nkind: pattern\noptions: {check: match, patterns: ['::.*utilize']}\n")
    ran = repo.run(
        "check",
        "-",
        "--format",
        format,
        input="::error file=x::boom utilize\n\n::set-env::utilize\n",
    )
    assert ran.out.count("plain-use ") + ran.out.count("plain-use\n") >= 2
    _assert_harmless(ran.out)


def test_a_rule_cannot_write_to_the_terminal(repo: Repository) -> None:
    repo.desk(r"""
id: plain-use
title: "\e[31mred\a"
message: "\e]0;owned\a {match}"
fix: "\u202ebackwards"
why: "\e[2J"
examples: {bad: ["\e[31mutilize"], good: ["[[use]]\e[0m"]}
""")
    repo.write("a.md", COPY)
    for args in (
        ["check", "a.md"],
        ["check", "a.md", "--format", "concise"],
        ["rules"],
        ["rules", "--format", "markdown"],
        ["explain", "plain-use"],
        ["test-rules"],
        ["config"],
    ):
        ran = repo.run(*args)
        assert "plain-use" in ran.out, args
        _assert_harmless(ran.out + ran.err)


def test_names_that_are_no_unicode(repo: Repository) -> None:
    """A file name in Latin-1 is checked and shown, in every format."""
    repo.desk("id: plain-use\n")
    path = os.fsencode(repo.root) + b"/caf\xe9.md"
    try:
        with open(path, "w") as file:
            file.write(COPY)
    except OSError:
        pytest.skip("this file system wants Unicode")
    for format in ("text", "concise", "json"):
        ran = repo.run("check", ".", "--format", format)
        assert ran.code == 0, ran
        assert "caf" in ran.out
        assert "plain-use" in ran.out
    assert json.loads(ran.out)["articles"][0]["path"].startswith("caf")


def test_lone_surrogates_in_metadata(repo: Repository) -> None:
    """JSON may hold half a character; a report must not break off over it."""
    repo.desk(
        "id: plain-use\nscope: [headline]\nmessage: '{match}'\nkind: pattern\n"
        "options: {check: match, patterns: ['utilize.*']}\n"
    )
    copy = '{"title": "utilize \\ud83d it"}\n\nThe council met.\n'
    for format in ("text", "concise", "json"):
        ran = repo.run("check", "-", "--stdin-filename", "a.md", "--format", format, input=copy)
        assert ran.code == 0, ran
        assert "plain-use" in ran.out
    json.loads(ran.out)


# Patterns and formulas that would run for ever


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(a*)*b", "(?:a?){50}a{50}x", "(.*)*x"])
def test_a_pattern_cannot_hang_the_run(repo: Repository, pattern: str) -> None:
    repo.desk(f"id: slow\nkind: pattern\noptions: {{check: match, patterns: ['{pattern}']}}\n")
    ran = repo.copy("a" * 50_000 + "!\n")
    assert ran.code == 0
    assert [error for error in ran.document["errors"] if error["code"] == "crash"] == []


@pytest.mark.parametrize(
    "options",
    [
        "except: ['(a+)+$']",
        "after: '(a+)+$'",
        "not-before: '(a|aa)+b'",
        "requires: '(a+)+$'",
        "unless: '(a*)*b'",
    ],
)
def test_no_option_can_hang_the_run(repo: Repository, options: str) -> None:
    repo.desk(f"id: slow\noptions: {{check: avoid, terms: [utilize], {options}}}\n")
    assert repo.copy("utilize " + "a" * 50_000 + "!\n\nWe utilize it.").code == 0


def test_a_pattern_that_is_too_large_is_refused(repo: Repository) -> None:
    repo.desk(
        "id: large\nkind: pattern\noptions: {check: match, patterns: ['((a{100}){100}){100}']}\n"
    )
    ran = repo.copy(COPY)
    assert ran.code == 2
    assert ran.document["errors"][0]["path"] == "desk/large.yml"


@pytest.mark.parametrize(
    "text",
    [
        "9**9**9",
        "words ** 2",
        "words.__class__",
        "__import__('os')",
        "open('x')",
        "a",
        "True",
        "words if words else 0",
        "lambda: 1",
        "[1][0]",
        "'x' * 9",
        "words // 2",
        "words % 2",
        "words << 9",
        "min()",
        "min(words, key=abs)",
        "max(*words)",
        "(words := 1)",
        "words; words",
        "1e999 * 0j",
        "...",
        "",
        "sqrt",
        "9" * 401,
        "(" * 150 + "1" + ")" * 150 + "(",
        "9" * 399,
        "-" * 500 + "1",
        "words and 1",
        "not words",
        "1 < 2",
        "`words`",
        "f'{words}'",
    ],
)
def test_a_formula_is_arithmetic_and_nothing_else(text: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        formula.parse(text, ("words", "long-words"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("words", 12),
        ("-words + 2 * 3", -6),
        ("(words - long-words) / 4", 2.5),
        ("+words", 12),
        ("min(words, 3, long-words)", 2),
        ("max(words, 3)", 12),
        ("sqrt(words + 4)", 4),
        ("0.39 * words / 2", 2.34),
        ("  words\n", 12),
    ],
)
def test_a_formula_counts(text: str, value: float) -> None:
    parsed = formula.parse(text, ("words", "long-words"))
    assert parsed({"words": 12, "long-words": 2}) == pytest.approx(value)


def test_a_formula_in_a_hostile_rule(repo: Repository) -> None:
    repo.desk(
        "id: boom\nkind: metric\nmessage: x\n"
        "options: {check: formula, formula: '9**9**9', max: 1}\n",
        "id: plain-use\n",
    )
    ran = repo.copy(COPY)
    assert (ran.code, ran.found) == (2, [("plain-use", "utilize")])


def test_many_findings_in_one_article_are_no_trap(repo: Repository) -> None:
    """Twenty thousand findings in as many paragraphs: linear, or this would take minutes."""
    repo.desk("id: plain-use\n")
    ran = repo.copy("They utilize it.\n\n" * 20_000)
    assert len(ran.findings) == 20_000


@pytest.mark.parametrize(
    ("options", "copy"),
    [
        ("except: [very utilize]", "They utilize it. " * 20_000),
        ("last: 5", "They utilize it.\n\n" * 20_000),
    ],
)
def test_what_narrows_many_hits_is_no_trap(repo: Repository, options: str, copy: str) -> None:
    """In one block, or in as many paragraphs: each hit must not look at all of it again."""
    repo.desk(f"id: plain-use\noptions: {{check: avoid, terms: [utilize], {options}}}\n")
    assert len(repo.copy(copy).findings) in (5, 20_000)


def test_many_comments_in_one_article_are_no_trap(repo: Repository) -> None:
    """Each covers the block below it; all names but one are unknown and looked up in vain."""
    repo.desk("id: plain-use\n")
    block = "<!-- newslint-ignore plain-use, {} -->\n\nThey utilize it.\n\n"
    ran = repo.copy("".join(block.format(f"plain-{n}") for n in range(5_000)))
    assert ran.findings == []


@pytest.mark.parametrize("unit", ['x="', "{% raw %}a{% endraw %} "])
def test_marks_and_tags_without_end_are_no_trap(repo: Repository, unit: str) -> None:
    repo.desk("id: plain-use\n")
    assert repo.copy(unit * 30_000).findings == []


# What errors say of files that are no articles


@pytest.mark.parametrize(
    "content",
    [
        f"AWS_SECRET={SECRET}\n",
        f"password: {SECRET}\n",
        f"-----BEGIN KEY-----\n{SECRET}\n-----END KEY-----\n",
        f"root:{SECRET}:0:0\n\tx: [\n",
        f"[default]\nkey = {SECRET}\n",
        f"- {SECRET}\n",
        f"'{SECRET}\n",
        f"x: *{SECRET}\n",
        f"x: !{SECRET} y\n",
        f"%{SECRET} y\n---\n",
        f"{{{SECRET}\n",
        f"extends: {SECRET}\n",
        f"max-warnings: {SECRET}\n",
        f"extends: [{SECRET}]\nextends: [{SECRET}]\n",
    ],
)
def test_errors_echo_no_line_of_a_file_that_is_no_article(repo: Repository, content: str) -> None:
    repo.write("secret.env", content)
    repo.write("a.md", COPY)
    for args in (["--config", "secret.env"], ["--config", "secret.env", "--format", "json"]):
        ran = repo.run("check", "a.md", *args)
        assert ran.code == 2
        assert SECRET not in ran.out + ran.err
    if "extends" not in content:
        repo.write("desk/x.yml", content)
        repo.config("extends: [./desk]\n")
        ran = repo.run("check", "a.md")
        assert ran.code == 2
        assert SECRET not in ran.out + ran.err


# Code from outside


def test_kinds_of_other_packages_are_never_named_by_a_config(repo: Repository) -> None:
    repo.config("kinds: [os]\n")
    ran = repo.copy(COPY)
    assert ran.code == 2
    assert ran.document["errors"][0]["message"].startswith('unknown key "kinds"')


def test_kinds_of_other_packages_load_only_when_named(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Entry:
        name = "acme"

        def load(self) -> object:
            asked.append(self.name)
            from newslint.kinds.terms import KIND

            return KIND

    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [Entry()])
    monkeypatch.setattr("newslint.kinds._plugins", {})
    repo.desk("id: plain-use\nkind: acme\n")
    unnamed = repo.copy(COPY)
    assert (unnamed.code, asked) == (2, [])
    assert 'unknown kind "acme"' in unnamed.document["errors"][0]["message"]
    named = repo.copy(COPY, "--kinds", "acme")
    assert (named.code, named.found, asked) == (0, [("plain-use", "utilize")], ["acme"])
    monkeypatch.setattr("newslint.kinds._plugins", {})
    monkeypatch.setenv("NEWSLINT_KINDS", "acme")
    assert repo.copy(COPY).found == [("plain-use", "utilize")]
    monkeypatch.setenv("NEWSLINT_KINDS", "acmee")
    wrong = repo.copy(COPY)
    assert wrong.code == 2
    assert 'Did you mean "acme"?' in wrong.document["errors"][0]["message"]


def test_front_matter_runs_no_code(repo: Repository) -> None:
    repo.desk("id: plain-use\n")
    marker = repo.root / "ran"
    tag = f"!!python/object/apply:os.mkdir ['{marker}']"
    repo.copy(f"---\ntitle: {tag}\n---\n{COPY}")
    repo.config(f"extends: {tag}\n")
    assert repo.copy(COPY).code == 2
    repo.desk("id: plain-use\n")
    repo.write("desk/evil.yml", f"id: evil\ntitle: {tag}\n")
    assert repo.copy(COPY).code == 2
    assert not marker.exists()
