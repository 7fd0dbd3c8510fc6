"""The other commands: rules, explain, schema, config, init, and help."""

from __future__ import annotations

import json
import os
import re
import subprocess
from functools import cache
from typing import Any

import pytest
import yaml
from conftest import Repository, command, environment, spawn

from newslint import __version__, catalog, stylebooks
from newslint.cli import COMMANDS
from newslint.schema import config_schema
from newslint.schema import rule_schema as make_rule_schema
from newslint.stylebooks import Rules
from newslint.yamlfile import load

FILES = [
    p
    for book in stylebooks.shipped()
    for p in stylebooks.rule_files(stylebooks.shipped_root() / book)
]


rule_schema = cache(make_rule_schema)


@cache
def shipped() -> Rules:
    return catalog.shipped()


# Help and version


@pytest.mark.parametrize("args", [["--version"], ["--help"], ["-h"], []])
def test_help_and_version_exit_0(repo: Repository, args: list[str]) -> None:
    ran = repo.run(*args)
    assert ran.code == 0
    if args == ["--version"]:
        assert ran.out == f"newslint {__version__}\n"
    else:
        assert all(name in ran.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(repo: Repository, name: str) -> None:
    ran = repo.run(name, "--help")
    assert ran.code == 0
    assert COMMANDS[name] in " ".join(ran.out.split())
    assert "usage: newslint " + name in ran.out


@pytest.mark.parametrize(
    "args",
    [["nonsense"], ["chek", "a.md"], ["--nonsense"], ["explain"], ["schema"], ["schema", "x"]],
)
def test_a_wrong_command_line(repo: Repository, args: list[str]) -> None:
    ran = repo.run(*args)
    assert ran.code == 2
    assert ran.err
    assert ran.out == ""


def test_the_module_runs(repo: Repository) -> None:
    ran = spawn("--version", cwd=repo.root)
    assert (ran.code, ran.out, ran.err) == (0, f"newslint {__version__}\n", "")


# rules


def test_rules_lists_what_runs(repo: Repository) -> None:
    repo.desk(
        "id: plain-use\n",
        "id: no-tk\nseverity: error\n",
        "id: early\nstatus: preview\n",
        config="rules: {no-tk: off}\n",
    )
    ran = repo.run("rules")
    assert ran.code == 0
    assert [line.split()[:3] for line in ran.out.splitlines()] == [["on", "warning", "plain-use"]]
    ran = repo.run("rules", "--preview")
    assert [line.split()[2] for line in ran.out.splitlines()] == ["early", "plain-use"]


def test_rules_all_lists_what_is_off_as_well(repo: Repository) -> None:
    repo.desk("id: plain-use\n", "id: early\nstatus: preview\n")
    ran = repo.run("rules", "--all", "--format", "json")
    rows = {row["id"]: row for row in json.loads(ran.out)}
    assert rows.keys() == {path.stem for path in FILES} | {"plain-use", "early"}
    assert [name for name, row in rows.items() if row["enabled"]] == ["plain-use"]
    assert rows["plain-use"]["stylebook"] == "./desk"
    assert rows["vague-link"]["stylebook"] == "newsroom"


def test_rules_all_has_ids_once(repo: Repository) -> None:
    """Also where a newsroom's own rule has the id of a shipped one that is not on."""
    repo.desk("id: doubled-word\ntitle: Our own\n")
    rows = [
        row
        for row in json.loads(repo.run("rules", "--all", "--format", "json").out)
        if row["id"] == "doubled-word"
    ]
    assert [row["title"] for row in rows] == ["Our own"]


def test_rules_as_json_and_markdown(repo: Repository) -> None:
    repo.desk("id: plain-use\ntags: [a, b]\ntitle: One | two\n")
    (row,) = json.loads(repo.run("rules", "--format", "json").out)
    assert row == {
        "id": "plain-use",
        "title": "One | two",
        "severity": "warning",
        "kind": "terms",
        "stylebook": "./desk",
        "status": "stable",
        "tags": ["a", "b"],
        "enabled": True,
    }
    assert (
        "| `plain-use` | warning | One \\| two |" in repo.run("rules", "--format", "markdown").out
    )


def test_rules_with_a_broken_one(repo: Repository) -> None:
    repo.desk("id: plain-use\n", "id: b\nkind: x\n")
    ran = repo.run("rules")
    assert ran.code == 2
    assert "plain-use" in ran.out
    assert "desk/b.yml:2:1" in ran.err


def test_the_default_stylebook(repo: Repository) -> None:
    ran = repo.run("rules", "--format", "json")
    assert {row["stylebook"] for row in json.loads(ran.out)} == {"newsroom"}


# explain


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_rule_has_a_page(path: Any) -> None:
    data = load(path.read_text(encoding="utf-8"), path.name, "rule").data
    page = catalog.page(stylebooks.make_rule(shipped(), path.stem).rule, path.parent.name)
    assert page.startswith(f"# {path.stem}\n")
    words = " ".join(page.split())
    for key in ("title", "why"):
        assert " ".join(data[key].split()) in words
    assert data["source"]["url"] in page
    assert path.parent.name in page


def test_explain_a_shipped_rule(repo: Repository) -> None:
    """Also one of a stylebook that this run does not use."""
    for name, book in (("vague-link", "newsroom"), ("long-sentence", "readability")):
        ran = repo.run("explain", name)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out == catalog.page(stylebooks.make_rule(shipped(), name).rule, book)


def test_explain_shows_the_rule_as_it_runs_here(repo: Repository) -> None:
    repo.desk(
        "id: plain-use\naliases: [old-name]\n", config="rules: {plain-use: {severity: error}}\n"
    )
    ran = repo.run("explain", "plain-use")
    assert "**error**" in ran.out
    assert "`./desk`" in ran.out
    assert repo.run("explain", "old-name").out == ran.out


def test_explain_an_unknown_rule(repo: Repository) -> None:
    ran = repo.run("explain", "vague-lnk")
    assert ran.code == 2
    assert 'Did you mean "vague-link"?' in ran.err
    assert ran.out == ""


# schema


jsonschema = pytest.importorskip("jsonschema")


def schema_errors(schema: dict[str, Any], data: Any) -> list[str]:
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(data)]


class _Core(yaml.SafeLoader):
    """YAML 1.2 as editors read it, for they check files against the schema: `no` is a word."""

    yaml_implicit_resolvers = {  # noqa: RUF012 as its base has it
        first: [
            (tag, regexp) for tag, regexp in resolvers if not tag.endswith((":bool", ":timestamp"))
        ]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def typed(text: str) -> Any:
    return yaml.load(text, _Core)


@pytest.mark.parametrize("what", ["rule", "config"])
def test_the_schema_is_printed(repo: Repository, what: str) -> None:
    ran = repo.run("schema", what)
    assert (ran.code, ran.err) == (0, "")
    schema = json.loads(ran.out)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema == json.loads(json.dumps(rule_schema() if what == "rule" else config_schema()))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_rule_fits_the_schema(path: Any) -> None:
    assert schema_errors(rule_schema(), typed(path.read_text(encoding="utf-8"))) == []


RULE = """\
id: plain-use
kind: terms
title: x
severity: warning
message: x
fix: x
why: x
source: {title: x, url: "https://desk.example"}
scope: [headline]
quotations: true
options: {check: avoid, terms: [utilize], ignore-case: false, first: 2}
examples: {bad: ["[[utilize]]"], good: ["use"]}
"""


def test_a_rule_of_ones_own_fits_the_schema() -> None:
    assert schema_errors(rule_schema(), typed(RULE)) == []
    change = "id: plain-use\nextends: plain-use\ntags+: [a]\noptions: {terms+: [x], terms-: [y]}\n"
    assert schema_errors(rule_schema(), typed(change)) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("severity: warning", "severity: loud"),
        ("title: x", "titel: x"),
        ("kind: terms", "kind: term"),
        ("[headline]", "[headlin]"),
        ("quotations: true", "quotations: maybe"),
        ("check: avoid", "check: avoyd"),
        ("terms: [utilize]", "trems: [utilize]"),
        ("terms: [utilize]", "terms: 5"),
        ("why: x\n", ""),
        ("url:", "link:"),
        ("good:", "goood:"),
        ("id: plain-use\n", ""),
        ("first: 2", "first: many"),
    ],
)
def test_a_wrong_rule_does_not_fit(right: str, wrong: str) -> None:
    assert right in RULE
    assert schema_errors(rule_schema(), typed(RULE.replace(right, wrong)))


CONFIG = """\
extends: [newsroom, ./desk]
files: ["content/**"]
exclude: ["**/README.md"]
rules:
  relative-date: off
  time-style: warning
  plain-use: {severity: info, options: {terms+: [x]}}
overrides:
  - {files: ["opinion/**"], rules: {editorializing: off}}
  - {meta: {section: shopping, tags: [a, b]}, rules: {tracking-link: off}}
people: people.yml
corpus: ["content/**"]
words: words.txt
fail-on: error
max-warnings: 5
require-reason: true
preview: false
ignores: [{path: content/a.md, rule: placeholder, text: TK, reason: his word, until: 2026-12-31}]
"""


def test_a_full_config_fits_the_schema_and_is_read(repo: Repository) -> None:
    assert schema_errors(config_schema(), typed(CONFIG)) == []
    repo.rule("id: plain-use\n")
    repo.write("people.yml", "[]\n")
    repo.write("words.txt", "x\n")
    repo.config(CONFIG)
    ran = repo.run("config")
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("fail-on: error", "fail-on: loud"),
        ("files:", "flies:"),
        ("extends: [newsroom, ./desk]", "extends: 5"),
        ("time-style: warning", "time-style: loud"),
        ("{severity: info", "[severity, info"),
        ("rule: placeholder", "rul: placeholder"),
        ("max-warnings: 5", "max-warnings: few"),
        ("meta:", "mata:"),
    ],
)
def test_a_wrong_config_does_not_fit(right: str, wrong: str) -> None:
    text = CONFIG.replace(right, wrong)
    assert text != CONFIG
    if wrong.startswith("["):
        text = text.replace("options: {terms+: [x]}}", "x]")
    assert schema_errors(config_schema(), typed(text))


# config


def test_config_shows_where_each_value_comes_from(repo: Repository) -> None:
    repo.desk(
        "id: a\n",
        "id: b\n",
        "id: c\n",
        config=(
            "fail-on: warning\nrules:\n  a: error\noverrides:\n"
            "  - files: [opinion/**]\n    rules:\n      b: info\n"
        ),
    )
    out = repo.run("config").out
    assert "# config: newslint.yml" in out
    assert 'fail-on: "warning"  # newslint.yml:2' in out
    assert "# default" in next(line for line in out.splitlines() if line.startswith("exclude:"))
    rows = [line.split()[1:] for line in out.splitlines() if line.startswith("#   ")]
    assert rows == [
        ["error", "a", "newslint.yml:4"],
        ["warning", "b", "stylebook", "./desk"],
        ["warning", "c", "stylebook", "./desk"],
    ]


def test_config_for_an_article(repo: Repository) -> None:
    repo.desk(
        "id: a\n",
        "id: b\n",
        config=(
            "overrides:\n  - files: [opinion/**]\n    rules:\n      b: info\n"
            "  - meta: {section: sport}\n    rules: {a: off}\n"
        ),
    )
    repo.write("opinion/x.md", "---\nsection: sport\n---\nText.\n")
    ran = repo.run("config", "opinion/x.md")
    rows = [line.split()[1:] for line in ran.out.splitlines() if line.startswith("#   ")]
    assert rows == [["info", "b", "newslint.yml:5"]]
    ran = repo.run("config", "opinion/x.md", "--format", "json")
    document = json.loads(ran.out)
    assert (document["rules"], document["overrides"]) == ({"b": "info"}, [0, 1])
    assert document["config"]["extends"] == ["./desk"]


def test_config_without_a_config(repo: Repository) -> None:
    ran = repo.run("config")
    assert ran.code == 0
    assert "none found" in ran.out
    assert json.loads(repo.run("config", "--format", "json").out)["file"] is None


@pytest.mark.parametrize("args", [["gone.md"], ["--config", "gone.yml"], ["--select", "nonsense"]])
def test_config_that_cannot_be_shown(repo: Repository, args: list[str]) -> None:
    ran = repo.run("config", *args)
    assert ran.code == 2
    assert ran.err.startswith("newslint: error: ")


def test_config_with_mistakes(repo: Repository) -> None:
    repo.desk("id: a\n", config="rules: {b: off}\n")
    ran = repo.run("config")
    assert ran.code == 2
    assert "newslint.yml:2:9: unknown rule" in ran.err


def test_the_nearest_config_holds(repo: Repository) -> None:
    repo.desk("id: a\n", "id: b\n")
    repo.write("site/newslint.yml", "extends: [../desk]\nrules: {a: off}\n")
    repo.write("site/deep/x.md", "We utilize it.\n")
    assert repo.check("x.md", folder="site/deep").found == [("b", "utilize")]
    assert repo.check("site/deep/x.md").found == [("a", "utilize"), ("b", "utilize")]


@pytest.mark.parametrize("make", ["folder", "broken link"])
def test_a_config_that_is_no_file_is_not_passed_over(repo: Repository, make: str) -> None:
    path = repo.root / "newslint.yml"
    path.mkdir() if make == "folder" else path.symlink_to("nowhere.yml")
    ran = repo.run("config")
    assert ran.code == 2
    assert "newslint.yml" in ran.err


# init


@pytest.mark.parametrize(
    ("files", "config"),
    [
        (
            ["content/a.md", "content/b/c.md", "README.md"],
            {"files": ["content/**"], "exclude": ["**/README.md"]},
        ),
        (["_posts/2026-01-01-a.md"], {"files": ["_posts/**"]}),
        (["stories/a.html", "opinion/b.html", "x.txt"], {}),
        (["a.md", "b.md"], {}),
        ([], {}),
        (
            ["README.md", "CHANGELOG.md", "docs/a.md"],
            {"exclude": ["**/README.md", "**/CHANGELOG.md"]},
        ),
        (["odd {folder}/a.md", "odd {folder}/b.md"], {}),
        (['quo"ted/a.md', 'quo"ted/b.md'], {}),
        (["back\\slash/a.md"], {}),
        (["it's: #1/a.md"], {}),
        (["*star/a.md", "![x]/b.md"], {}),
    ],
)
def test_init_writes_a_config_that_fits(
    repo: Repository, files: list[str], config: dict[str, list[str]]
) -> None:
    for name in files:
        repo.write(name, "The the council met.\n")
    ran = repo.run("init")
    assert (ran.code, ran.err) == (0, "")
    data = load((repo.root / "newslint.yml").read_text(), "newslint.yml", "config").data
    assert data["extends"] == ["newsroom"]
    assert {key: data[key] for key in config} == config
    assert repo.run("config").code == 0
    assert [path.name for path in repo.root.iterdir() if path.name.startswith(".n")] == []
    if files:
        checked = [article["path"] for article in repo.check(".").document["articles"]]
        assert checked, "the articles that are there are checked"
        assert not set(checked) & {"README.md", "CHANGELOG.md"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("check --fixx", 'unknown flag "--fixx". Did you mean "--fix"?'),
        (
            "check --changd-since=main a.md",
            'flag "--changd-since". Did you mean "--changed-since"?',
        ),
        (
            "people . --min-mention 2 --isolatd",
            'unknown flag "--isolatd". Did you mean "--isolated"?',
        ),
        ("init --forc3", 'unknown flag "--forc3". Did you mean "--force"?'),
        ("check -z", 'unknown flag "-z"'),
        ("schema rule more", "unrecognized arguments: more"),
    ],
)
def test_an_unknown_flag(repo: Repository, arguments: str, said: str) -> None:
    ran = repo.run(*arguments.split())
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_init_keeps_what_is_there(repo: Repository) -> None:
    repo.config("extends: []\n")
    ran = repo.run("init")
    assert ran.code == 2
    assert "--force" in ran.err
    assert (repo.root / "newslint.yml").read_text() == "extends: []\n"
    assert repo.run("init", "--force").code == 0
    assert "newsroom" in (repo.root / "newslint.yml").read_text()


def test_init_says_that_it_cannot_write(repo: Repository) -> None:
    (repo.root / "newslint.yml").mkdir()
    ran = repo.run("init", "--force")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "newslint: error: newslint.yml: cannot be written: Is a directory\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["rules"], ["schema", "rule"], ["check"], ["people", "."]])
def test_a_full_disk_is_no_bug(repo: Repository, arguments: list[str]) -> None:
    repo.write("a.md", "They utilize it.\n")
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command(*arguments), cwd=repo.root, stdout=full, stderr=subprocess.PIPE,
            env=environment(), check=False,
        )  # fmt: skip
    expected = "newslint: error: the output cannot be written: No space left on device\n"
    assert (done.returncode, done.stderr.decode()) == (2, expected)


def test_the_comments_of_init_can_be_taken_away(repo: Repository) -> None:
    """What stands in the comments as an example is right as well."""
    repo.write("content/a.md", "Text.\n")
    repo.run("init")
    path = repo.root / "newslint.yml"
    lines = path.read_text().splitlines()
    bare = [
        line.replace("# ", "", 1)
        if line.lstrip("# ").startswith(
            ("-", "overrides:", "ignores:", "exclude:", "relative-date", "headline-length")
        )
        else line
        for line in lines
    ]
    path.write_text("\n".join(bare) + "\n")
    assert "overrides:\n" in path.read_text()
    ran = repo.run("config")
    assert (ran.code, ran.err) == (0, "")
