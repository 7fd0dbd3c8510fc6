"""Rule files and config as people write them: what is read, what is refused, and how it is said."""

from __future__ import annotations

import pytest
from conftest import Repository

from newslint import yamlfile
from newslint.errors import NewslintError

COPY = "# Votes\n\nWe utilize it.\n"


def only_error(repo: Repository, copy: str = COPY) -> str:
    """`path:line:column: message` of the one mistake, as a person sees it."""
    repo.write("a.md", copy)
    ran = repo.run("check", "a.md")
    assert ran.code == 2
    (line,) = ran.err.splitlines()
    return line.removeprefix("newslint: error: ")


# Words stay words


WORDS = (
    "no",
    "on",
    "off",
    "yes",
    "y",
    "1:30",
    "2024-01-02",
    "0x1F",
    "1e3",
    "null",
    "~x",
    "True",
    "007",
    "1_000",
    ".5",
)


@pytest.mark.parametrize("word", WORDS)
def test_a_word_in_a_list_is_that_word(repo: Repository, word: str) -> None:
    repo.desk(
        f"id: w\noptions: {{check: avoid, terms: [{word}], ignore-case: false, boundaries: none}}\n"
    )
    assert repo.copy(f"The clerk wrote {word} there.\n").found == [("w", word)]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_as_a_key_is_that_word(repo: Repository, word: str) -> None:
    repo.desk(
        f"id: w\noptions:\n  check: prefer\n  ignore-case: false\n"
        f"  boundaries: none\n  terms:\n    {word}: 12:00\n"
    )
    (finding,) = repo.copy(f"The clerk wrote {word} there.\n").findings
    assert finding["text"] == word
    assert [edit["text"] for edit in finding["fix"]["edits"]] == ["12:00"]


def test_numbers_and_truth_are_read_where_they_are_meant(repo: Repository) -> None:
    repo.desk("id: w\noptions: {check: avoid, terms: [Use], ignore-case: 'false', first: '1'}\n")
    assert repo.copy("Use it.\n\nUse it.\n").found == [("w", "Use")]
    repo.desk("id: w\noptions: {check: avoid, terms: [Use], ignore-case: maybe}\n")
    assert "ignore-case" in only_error(repo)


def test_off_without_quotes_is_off(repo: Repository) -> None:
    repo.desk("id: w\n", config="rules: {w: off}\n")
    assert repo.copy(COPY).found == []


# Mistakes, with their place and the nearest right spelling


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("id: w\ntitle: x\ntitle: y\n", '3:1: duplicate key "title"'),
        ("id: w\noptions: {check: avoid, terms: [a], terms: [b]}\n", '2:37: duplicate key "terms"'),
        ("id: w\ntags: &t [a]\naliases: *t\n", "3:1: YAML aliases are refused"),
        ("id: w\ntitel: x\n", '2:1: unknown key "titel". Did you mean "title"?'),
        ("id: w\nkind: term\n", '2:1: unknown kind "term". Did you mean "terms"?'),
        (
            "id: w\noptions: {check: avoyd, terms: [a]}\n",
            '2:11: unknown check "avoyd". Did you mean "avoid"?',
        ),
        (
            "id: w\noptions: {check: avoid, trems: [a]}\n",
            '2:25: unknown key "trems". Did you mean "terms"?',
        ),
        (
            "id: w\noptions: {check: avoid, terms: [a], ignorecase: true}\n",
            '2:37: unknown key "ignorecase". Did you mean "ignore-case"?',
        ),
        (
            "id: w\nscope: [headline, paragraf]\n",
            '2:19: unknown scope "paragraf". Did you mean "paragraph"?',
        ),
        (
            "id: w\nmessage: say {prefers}\n",
            '2:1: unknown placeholder "prefers". Did you mean "prefer"?',
        ),
        ("id: w\nfix: say {mach}\n", '2:1: unknown placeholder "mach". Did you mean "match"?'),
        ("id: w\nseverity: fatal\n", '2:1: "severity": '),
        ("id: w\nstatus: beta\n", '2:1: "status": '),
        ("id: w\nlanguage: de\n", '2:1: "language": '),
        ("id: w\nquotations: maybe\n", '2:1: "quotations": '),
        ("id: w\nscope: headline\n", '2:1: "scope": '),
        ("id: w\nsource: {title: x}\n", "2:1: "),
        ("id: w\noptions: {check: avoid}\n", '2:1: missing key "terms"'),
        ("id: w\noptions: {check: avoid, terms: []}\n", "2:1: "),
        ("id: w\noptions: {check: avoid, terms: ['']}\n", "2:1: "),
        ("id: w\noptions: {check: avoid, terms: [a], where: middle}\n", '2:37: "where": '),
        ("id: w\noptions: {check: avoid, terms: [a], first: 0}\n", "2:1: "),
        ("id: w\noptions: {check: avoid, terms: [a], first: many}\n", '2:37: "first": '),
        ("id: w\noptions: {check: avoid, terms: [a], before: '('}\n", "2:1: "),
        ("id: w\nkind: pattern\noptions: {check: match, patterns: ['(?=x)']}\n", "3:1: "),
        ("id: w\nkind: pattern\noptions: {check: match, patterns: ['(a)\\1']}\n", "3:1: "),
        ("id: w\nkind: pattern\noptions: {check: match, patterns: [a], group: 1}\n", "3:1: "),
        ("id: w\nkind: pattern\noptions: {check: match, patterns: [a], replace: $1}\n", "3:1: "),
        ("id: w\nkind: consistency\noptions: {check: forms, forms: {a: [a]}}\n", "3:1: "),
        ("id: w\nkind: metric\nmessage: x\noptions: {check: limit, measure: words}\n", "4:1: "),
        (
            "id: w\nkind: metric\nmessage: x\noptions: {check: limit, measure: word, max: 1}\n",
            '4:25: "measure": ',
        ),
        ("id: w\nkind: metadata\nmessage: x\noptions: {check: allowed, fields: [a]}\n", "4:1: "),
    ],
)
def test_a_mistake_is_said_with_its_place(repo: Repository, rule: str, said: str) -> None:
    message_given = "message:" in rule or "kind:" not in rule
    repo.desk(rule if message_given else rule + "message: x\n")
    error = only_error(repo)
    assert error.startswith(f"desk/w.yml:{said}"), error


def test_lookaround_is_refused_with_a_remedy(repo: Repository) -> None:
    repo.desk("id: w\nkind: pattern\noptions: {check: match, patterns: ['(?<!x)y']}\n")
    assert "not-before" in only_error(repo)


@pytest.mark.parametrize("key", ["kind", "title", "severity", "message", "fix", "why", "source"])
def test_a_missing_key_is_named(repo: Repository, key: str) -> None:
    repo.desk("id: w\n")
    path = repo.root / "desk/w.yml"
    path.write_text("".join(line for line in path.open() if not line.startswith(f"{key}:")))
    assert only_error(repo).endswith(f'missing key "{key}"')


@pytest.mark.parametrize("id", ["Not-Kebab", "two words", "under_score", "-dash", "dash-", "[a]"])
def test_an_id_is_kebab_case(repo: Repository, id: str) -> None:
    repo.desk("id: other\n")
    repo.rule(f"id: {id}\n", id="w")
    assert only_error(repo).startswith('desk/w.yml:1:1: "id" must be kebab-case')


def test_the_id_is_the_name_of_the_file(repo: Repository) -> None:
    repo.desk("id: other\n")
    repo.rule("id: one-thing\n", id="another-thing")
    error = only_error(repo)
    assert error.startswith("desk/another-thing.yml:1:1: ")
    assert "one-thing" in error


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "just words\n", "a: b\n"])
def test_a_file_that_is_no_rule(repo: Repository, text: str) -> None:
    repo.desk("id: other\n")
    repo.write("desk/w.yml", text)
    assert only_error(repo).startswith("desk/w.yml:1:1: ")


def test_a_rule_that_is_not_utf_8(repo: Repository) -> None:
    repo.desk("id: other\n")
    repo.write("desk/w.yml", "id: w # café\n".encode("latin-1"))
    assert "UTF-8" in only_error(repo)


def test_several_mistakes_are_all_said(repo: Repository) -> None:
    repo.desk(
        "id: a\ntitel: x\n", "id: b\nkind: term\n", "id: c\n", config="rules: {cc: off, d: on}\n"
    )
    repo.write("a.md", COPY)
    ran = repo.check("a.md")
    assert ran.found == [("c", "utilize")]
    assert len(ran.document["errors"]) == 4


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("overides: []\n", 'newslint.yml:2:1: unknown key "overides". Did you mean "overrides"?'),
        (
            "overrides:\n  - {file: [x]}\n",
            'newslint.yml:3:6: unknown key "file". Did you mean "files"?',
        ),
        ("overrides:\n  - {files: x}\n", 'newslint.yml:3:6: "files": '),
        (
            "ignores:\n  - {path: x, rule: w, unti: 2020-01-01}\n",
            'newslint.yml:3:24: unknown key "unti". Did you mean "until"?',
        ),
        ("ignores:\n  - {path: x, rule: w, until: soon}\n", 'newslint.yml:3:24: "until": '),
        ("ignores:\n  - {rule: w}\n", 'newslint.yml:3:5: missing key "path"'),
        (
            "require-reason: true\nignores:\n  - {path: x, rule: w}\n",
            'newslint.yml:4:5: missing key "reason"',
        ),
        ("max-warnings: few\n", 'newslint.yml:2:1: "max-warnings": '),
        ("rules:\n  w: loud\n", 'newslint.yml:3:3: unknown level "loud"'),
        (
            "rules:\n  w: {sverity: error}\n",
            'newslint.yml:3:7: unknown key "sverity". Did you mean "severity"?',
        ),
        ("rules:\n  w: {options: {trems: [a]}}\n", 'newslint.yml:3:17: unknown key "trems"'),
        (
            "rules:\n  w: {options: {terms-: [gone]}}\n",
            'newslint.yml:3:17: "terms-": there is no "gone" to remove',
        ),
        ("rules:\n  w: {id: x}\n", 'newslint.yml:3:7: "id" of a rule cannot be changed here'),
        ("rules:\n  w: {kind: x}\n", 'newslint.yml:3:7: "kind" of a rule cannot be changed here'),
        ("rules: [w]\n", 'newslint.yml:2:1: "rules": '),
        ("extends: [./desk]\n", 'newslint.yml:2:1: duplicate key "extends"'),
    ],
)
def test_a_mistake_in_the_config(repo: Repository, config: str, said: str) -> None:
    repo.desk("id: w\n", config=config)
    assert only_error(repo).startswith(said)


# A rule that changes another


def test_keys_replace_add_and_remove(repo: Repository) -> None:
    repo.desk("id: w\ntags: [a]\noptions: {check: avoid, terms: [one, two]}\n")
    repo.config("extends: [./desk, ./more]\n")
    repo.write(
        "more/w.yml",
        "id: w\nextends: w\nseverity: error\ntags+: [b]\n"
        "options: {terms+: [three], terms-: [two], ignore-case: false}\n",
    )
    ran = repo.copy("One one two three.\n")
    assert (ran.code, ran.found) == (1, [("w", "one"), ("w", "three")])
    assert repo.copy("One one two three.\n", "--select", "tag:a").found == ran.found
    assert repo.copy("One one two three.\n", "--select", "tag:b").found == ran.found


def test_mappings_are_added_to_and_removed_from(repo: Repository) -> None:
    repo.desk("id: w\noptions: {check: prefer, terms: {one: 1, two: 2}}\n")
    repo.config("extends: [./desk, ./more]\n")
    repo.write("more/w.yml", "id: w\nextends: w\noptions: {terms+: {three: 3}, terms-: [two]}\n")
    assert repo.copy("It is one two three.\n").found == [("w", "one"), ("w", "three")]


def test_a_shipped_rule_is_extended(repo: Repository) -> None:
    repo.config("extends: [newsroom, ./desk]\n")
    repo.write(
        "desk/vague-link.yml",
        "id: vague-link\nextends: vague-link\nseverity: error\noptions: {terms+: [zzyx]}\n",
    )
    ran = repo.copy("We [zzyx](https://a.example/b) it.\n", "--select", "vague-link")
    assert (ran.code, ran.found) == (1, [("vague-link", "zzyx")])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("options: {terms-: [three]}", '3:11: "terms-": there is no "three" to remove'),
        ("tags-: [x]", '3:1: "tags-": there is no "x" to remove'),
        ("options: {nothing-: [x]}", '3:11: "nothing-": there is no "x" to remove'),
        ("options: {terms+: {a: b}}", '3:11: "terms+" adds a list to a list'),
        ("title+: [x]", '3:1: "title+" adds a list to a list'),
    ],
)
def test_what_cannot_be_added_or_removed(repo: Repository, change: str, said: str) -> None:
    repo.desk("id: w\noptions: {check: avoid, terms: [one, two]}\n")
    repo.config("extends: [./desk, ./more]\n")
    repo.write("more/w.yml", f"id: w\nextends: w\n{change}\n")
    assert only_error(repo).startswith(f"more/w.yml:{said}")


def test_a_second_rule_of_an_id_names_both_files(repo: Repository) -> None:
    repo.desk("id: w\n")
    repo.config("extends: [./desk, ./more]\n")
    repo.rule("id: w\noptions: {check: avoid, terms: [other]}\n", folder="more")
    error = only_error(repo)
    assert error.startswith("more/w.yml:1:1: ")
    assert "desk/w.yml" in error
    assert "extends: w" in error
    assert repo.check("a.md").found == [("w", "utilize")], "the first one still runs"


def test_extending_what_is_not_there(repo: Repository) -> None:
    repo.desk("id: plain-use\n")
    repo.write("desk/w.yml", "id: w\nextends: plain-usee\n")
    error = only_error(repo)
    assert error.startswith('desk/w.yml:2:1: unknown rule "plain-usee". Did you mean "plain-use"?')


def test_one_rule_built_on_another(repo: Repository) -> None:
    repo.desk("id: plain-use\n")
    repo.write("desk/z.yml", "id: z\nextends: plain-use\noptions: {terms: [hall]}\n")
    assert repo.copy("We utilize the hall.\n").found == [("plain-use", "utilize"), ("z", "hall")]


# Aliases of old ids


@pytest.fixture
def renamed(repo: Repository) -> Repository:
    repo.desk(
        "id: new-name\naliases: [old-name, older-name]\n",
        "id: other\noptions: {check: avoid, terms: [hall]}\n",
    )
    return repo


BOTH = "We utilize the hall.\n"


def test_an_alias_selects_and_ignores(renamed: Repository) -> None:
    assert renamed.copy(BOTH, "--select", "old-name").found == [("new-name", "utilize")]
    assert renamed.copy(BOTH, "--ignore", "older-name").found == [("other", "hall")]


def test_an_alias_suppresses(renamed: Repository) -> None:
    for copy in (
        f"<!-- newslint-ignore old-name -- why -->\n\n{BOTH}",
        f"---\nnewslint:\n  ignore:\n    old-name: why\n---\n{BOTH}",
    ):
        assert renamed.copy(copy).found == [("other", "hall")]


def test_an_alias_in_the_config(renamed: Repository) -> None:
    for config, code, found in (
        ("rules: {old-name: off}\n", 0, [("other", "hall")]),
        ("rules: {old-name: error}\n", 1, [("new-name", "utilize"), ("other", "hall")]),
        ('overrides: [{files: ["*.md"], rules: {old-name: off}}]\n', 0, [("other", "hall")]),
        ("ignores: [{path: a.md, rule: old-name}]\n", 0, [("other", "hall")]),
    ):
        renamed.desk(config=config)
        ran = renamed.copy(BOTH)
        assert (ran.code, ran.found) == (code, found), config


# Status, severity, options, overrides


@pytest.mark.parametrize(
    ("config", "args", "runs"),
    [
        ("", [], False),
        ("", ["--preview"], True),
        ("preview: true\n", [], True),
        ("", ["--select", "early"], True),
        ("", ["--select", "tag:t"], False),
        ("", ["--select", "tag:t", "--preview"], True),
        ("rules: {early: off}\n", ["--preview"], False),
        ("", ["--preview", "--ignore", "early"], False),
    ],
)
def test_preview(repo: Repository, config: str, args: list[str], runs: bool) -> None:
    repo.desk("id: early\nstatus: preview\ntags: [t]\n", config=config)
    assert bool(repo.copy(COPY, *args).found) == runs


@pytest.mark.parametrize(
    ("config", "args", "runs"),
    [("", [], False), ("rules: {late: warning}\n", [], True), ("", ["--select", "late"], True)],
)
def test_deprecated(repo: Repository, config: str, args: list[str], runs: bool) -> None:
    repo.desk("id: late\nstatus: deprecated\n", config=config)
    assert bool(repo.copy(COPY, *args).found) == runs


def test_severity_and_options_in_the_config(repo: Repository) -> None:
    repo.desk("id: w\n", config="rules:\n  w: {severity: error, options: {terms+: [hall]}}\n")
    ran = repo.copy("We utilize the hall.\n")
    assert (ran.code, ran.found) == (1, [("w", "utilize"), ("w", "hall")])
    repo.desk(config="rules: {w: info}\n")
    assert [f["severity"] for f in repo.copy(COPY).findings] == ["info"]


OVERRIDES = """\
overrides:
  - {files: ["opinion/**", "!opinion/news.md"], rules: {w: off}}
  - {meta: {section: shopping}, rules: {w: error}}
  - {meta: {section: [sport, leisure]}, files: ["b/**"], rules: {w: {options: {terms: [hall]}}}}
"""


@pytest.mark.parametrize(
    ("name", "section", "found"),
    [
        ("a.md", "", [("utilize", "warning")]),
        ("opinion/a.md", "", []),
        ("opinion/deep/a.md", "", []),
        ("opinion/news.md", "", [("utilize", "warning")]),
        ("a.md", "Shopping", [("utilize", "error")]),
        ("opinion/a.md", "shopping", [("utilize", "error")]),
        ("b/a.md", "sport", [("hall", "warning")]),
        ("b/a.md", "[leisure, x]", [("hall", "warning")]),
        ("c/a.md", "sport", [("utilize", "warning")]),
        ("b/a.md", "politics", [("utilize", "warning")]),
    ],
)
def test_overrides(repo: Repository, name: str, section: str, found: list[tuple[str, str]]) -> None:
    repo.desk("id: w\n", config=OVERRIDES)
    meta = f"---\nsection: {section}\n---\n" if section else ""
    findings = repo.copy(f"{meta}We utilize the hall.\n", name=name).findings
    assert [(f["text"], f["severity"]) for f in findings] == found


def test_overrides_hold_from_a_folder_below(repo: Repository) -> None:
    repo.desk("id: w\n", config=OVERRIDES)
    repo.write("opinion/a.md", COPY)
    repo.write("a.md", COPY)
    (repo.root / "other").mkdir()
    assert repo.check("a.md", folder="opinion").found == []
    assert repo.check("../opinion/a.md", folder="other").found == []
    assert repo.check("../a.md", folder="opinion").found == [("w", "utilize")]
    assert repo.check(str(repo.root / "opinion/a.md"), folder="other").found == []


def test_a_mistake_in_an_override_is_said_where_it_holds(repo: Repository) -> None:
    repo.desk(
        "id: w\n",
        "id: v\n",
        config='overrides:\n  - {files: ["b/**"], rules: {w: {options: {x: 1}}}}\n',
    )
    repo.write("b/a.md", COPY)
    ran = repo.check("b")
    assert (ran.code, ran.found) == (2, [("v", "utilize")])
    assert ran.document["errors"][0]["line"] == 3


# Selecting


@pytest.mark.parametrize(
    ("args", "found"),
    [
        (["--select", "a"], {"a"}),
        (["--select", "a,b"], {"a", "b"}),
        (["--select", "a", "--select", "b"], {"a", "b"}),
        (["--select", "tag:law"], {"a", "c"}),
        (["--select", "tag:law", "--ignore", "a"], {"c"}),
        (["--select", "tag:law,b"], {"a", "b", "c"}),
        (["--ignore", "tag:law"], {"b"}),
        (["--ignore", "a, b"], {"c"}),
        ([], {"a", "b", "c"}),
    ],
)
def test_select(repo: Repository, args: list[str], found: set[str]) -> None:
    repo.desk("id: a\ntags: [law, x]\n", "id: b\n", "id: c\ntags: [law]\n")
    assert {rule for rule, _ in repo.copy(COPY, *args).found} == found


def test_select_names_any_shipped_rule_and_beats_off(repo: Repository) -> None:
    repo.desk("id: w\n", config="rules: {w: off}\n")
    assert repo.copy(COPY, "--select", "w").found == [("w", "utilize")]
    ran = repo.copy("The the council met.\n", "--select", "doubled-word")
    assert [rule for rule, _ in ran.found] == ["doubled-word"]


def test_select_keeps_options_and_severity_of_the_config(repo: Repository) -> None:
    repo.desk("id: w\n", config="rules: {w: {severity: error, options: {terms: [hall]}}}\n")
    ran = repo.copy("We utilize the hall.\n", "--select", "w")
    assert (ran.code, ran.found) == (1, [("w", "hall")])


def test_the_config_can_switch_on_a_shipped_rule_of_another_stylebook(repo: Repository) -> None:
    repo.desk("id: w\n", config="rules: {doubled-word: on}\n")
    found = repo.copy("We utilize the the hall.\n").found
    assert [rule for rule, _ in found] == ["w", "doubled-word"]


def test_isolated_uses_no_config(repo: Repository) -> None:
    repo.desk("id: w\n")
    ran = repo.copy("We utilize the the hall.\n", "--isolated")
    assert "doubled-word" in {rule for rule, _ in ran.found}
    assert "w" not in {rule for rule, _ in ran.found}


# The YAML reader by itself


def test_comments_only_are_an_empty_config(repo: Repository) -> None:
    repo.config("# nothing yet\n")
    assert repo.copy(COPY).code == 0


def test_a_key_with_nothing_behind_it_is_left_out(repo: Repository) -> None:
    repo.desk("id: w\n", config="rules:\n  # w: off\nignores:\n")
    assert repo.copy(COPY).found == [("w", "utilize")]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n---\nb: 2\n",
        "a: 1\n...\nb: 2\n",
        "? [a]\n: b\n",
        "a: b: c\n",
        "\ta: b\n",
        "a: \x01\n",
    ],
)
def test_yaml_that_is_refused(text: str) -> None:
    with pytest.raises(NewslintError):
        yamlfile.load(text, "x.yml", "rule")


def test_a_byte_order_mark_is_passed_over(repo: Repository) -> None:
    repo.desk("id: w\n")
    path = repo.root / "newslint.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert repo.copy(COPY).found == [("w", "utilize")]
