"""The baseline: what a team has put up with, what it has not, and the file between them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import Ran, Repository
from gitrepo import GitRepository, git
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import baseline_file
from newslint.baseline_file import NAME, Entries

PLAIN = "id: plain-use\n"
WARNING = "id: plain-begin\noptions: {check: avoid, terms: [commence]}\n"
INFO = "id: plain-help\nseverity: info\noptions: {check: avoid, terms: [facilitate]}\n"
ERROR = "id: plain-end\nseverity: error\noptions: {check: avoid, terms: [terminate]}\n"
BYLINE = """\
id: no-byline
kind: metadata
language: any
message: Nobody has signed this
options: {check: required, fields: [author]}
"""
OLD = "---\ntitle: Bridge talks\n---\n\nThe councils utilize two rooms. They meet on Mondays.\n"


@pytest.fixture
def desk(repo: Repository) -> Repository:
    """A desk with rules of every severity."""
    repo.desk(PLAIN, WARNING, INFO, ERROR)
    return repo


def write(repo: Repository, *args: str) -> Ran:
    """Write the baseline; it must succeed."""
    ran = repo.check("--write-baseline", *args)
    assert ran.code == 0, ran.err
    return ran


def lines(repo: Repository, name: str = NAME) -> list[list[str]]:
    """The fields of each entry of the file."""
    text = (repo.root / name).read_bytes().decode()
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def held(repo: Repository) -> list[tuple[str, str]]:
    """Path and rule of each entry."""
    return [(line[0], line[1]) for line in lines(repo)]


# Writing


def test_old_findings_leave_the_report_and_are_counted(desk: Repository) -> None:
    desk.write("a.md", "They utilize it. They terminate it. They facilitate it.\n")
    assert desk.check().code == 1
    written = write(desk)
    assert f"{NAME} holds 3 findings of 1 article" in written.err
    assert f"“{NAME} merge=union” in .gitattributes" in written.err
    assert written.findings == []
    assert "gitattributes" not in desk.check("--write-baseline").err
    ran = desk.check()
    assert (ran.code, ran.findings, ran.document["summary"]["baselined"]) == (0, [], 3)
    assert ran.document["summary"]["error"] == 0
    assert "3 in the baseline" in desk.run("check").out


def test_no_baseline_switches_it_off(desk: Repository) -> None:
    desk.write("a.md", "They terminate it.\n")
    write(desk)
    ran = desk.check("--no-baseline")
    assert (ran.code, ran.found) == (1, [("plain-end", "terminate")])
    assert ran.document["summary"]["baselined"] == 0


def test_the_file_is_sorted_and_holds_one_finding_a_line(desk: Repository) -> None:
    desk.write("b.md", "They utilize it.\n\nThey facilitate it.\n")
    desk.write("a/c.md", "They utilize it and utilize it.\n")
    write(desk)
    rows = lines(desk)
    assert [row[:2] for row in rows] == [
        ["a/c.md", "plain-use"],
        ["a/c.md", "plain-use"],
        ["b.md", "plain-help"],
        ["b.md", "plain-use"],
    ]
    assert rows == sorted(rows)
    assert [row[3] for row in rows] == ["utilize", "utilize", "facilitate", "utilize"]
    before = (desk.root / NAME).read_bytes()
    write(desk)
    assert (desk.root / NAME).read_bytes() == before


def test_it_lies_beside_the_config_and_holds_from_any_folder(desk: Repository) -> None:
    desk.write("news/a.md", "They utilize it.\n")
    desk.run("check", "--write-baseline", "a.md", folder="news")
    assert held(desk) == [("news/a.md", "plain-use")]
    assert desk.check(folder="news").findings == []
    assert desk.check("news").findings == []
    assert desk.check(str(desk.root / "news" / "a.md")).findings == []
    there = desk.check("--config", "../newslint.yml", "a.md", folder="news")
    assert (there.findings, there.document["summary"]["baselined"]) == ([], 1)


def test_without_a_config_it_lies_in_the_working_directory(repo: Repository) -> None:
    repo.write("news/a.md", "They met the the mayor.\n")
    repo.run("check", "--write-baseline", "--select", "doubled-word", folder="news")
    assert [row[0] for row in lines(repo, f"news/{NAME}")] == ["a.md"]
    assert repo.check("--select", "doubled-word", folder="news").findings == []
    assert len(repo.check("--select", "doubled-word").findings) == 1


def test_articles_outside_the_folder_of_the_config_are_held_too(repo: Repository) -> None:
    repo.rule(PLAIN, folder="site/desk")
    repo.write("site/newslint.yml", "extends: [./desk]\n")
    repo.write("news/a.md", "They utilize it.\n")
    repo.run("check", "--write-baseline", "../news", folder="site")
    assert lines(repo, f"site/{NAME}")[0][0] == "../news/a.md"
    assert repo.check("--config", "site/newslint.yml", "news").findings == []


def test_the_file_is_no_article(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    write(desk)
    ran = desk.check()
    assert [article["path"] for article in ran.document["articles"]] == ["a.md"]
    assert desk.check("a.md", NAME).document["summary"]["articles"] == 1
    assert desk.run("check", NAME).code == 0


def test_an_unreadable_file_keeps_its_entries_and_the_run_exits_2(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    desk.write("b.md", "They utilize it.\n")
    write(desk)
    desk.write("a.md", b"\0\1\2 not text")
    desk.write("b.md", "They utilize it. They facilitate it.\n")
    ran = desk.check("--write-baseline")
    assert ran.code == 2
    assert held(desk) == [("a.md", "plain-use"), ("b.md", "plain-help"), ("b.md", "plain-use")]


def test_writing_for_part_of_the_files_keeps_the_rest(desk: Repository) -> None:
    for name in ("a.md", "b.md"):
        desk.write(name, "They utilize it.\n")
    write(desk)
    for name in ("a.md", "b.md"):
        desk.write(name, "They facilitate it.\n")
    write(desk, "b.md")
    assert held(desk) == [("a.md", "plain-use"), ("b.md", "plain-help")]


def test_writing_with_a_selection_keeps_what_other_rules_have(desk: Repository) -> None:
    desk.write("a.md", "They utilize it and facilitate it.\n")
    write(desk)
    desk.write("a.md", "They use it and help it. They commence.\n")
    write(desk, "--select", "plain-use,plain-begin")
    assert held(desk) == [("a.md", "plain-begin"), ("a.md", "plain-help")]


def test_nothing_to_note_makes_an_empty_baseline(desk: Repository) -> None:
    desk.write("a.md", "They use it.\n")
    write(desk)
    assert lines(desk) == []
    assert desk.check("--ratchet").code == 0


@pytest.mark.parametrize("flag", ["--write-baseline", "--prune-baseline"])
@pytest.mark.parametrize("format", ["text", "json"])
def test_where_no_article_was_checked_the_file_stays(
    desk: Repository, flag: str, format: str
) -> None:
    desk.write("a.md", "They utilize it.\n")
    write(desk)
    before = (desk.root / NAME).read_bytes()
    desk.config('extends: [./desk]\nfiles: ["nothing/**"]\n')
    ran = desk.run("check", flag, "--format", format)
    assert ran.code == 2
    assert "left as it is, since no article was checked" in (
        ran.err if format == "text" else ran.out
    )
    assert (desk.root / NAME).read_bytes() == before


def test_an_empty_folder_gets_no_baseline(desk: Repository) -> None:
    ran = desk.run("check", "--write-baseline")
    assert ran.code == 2
    assert not (desk.root / NAME).exists()


def test_pruning_tells_what_has_moved(desk: Repository) -> None:
    desk.write("a.md", "They utilize it and facilitate it. They terminate.\n\nThey commence.\n")
    desk.write("b.md", "They utilize it.\n")
    write(desk)
    (desk.root / "a.md").rename(desk.root / "c.md")
    ran = desk.run("check", "--prune-baseline")
    assert "0 entries removed, 4 moved; " in ran.err
    assert "0 entries removed; " in desk.run("check", "--prune-baseline").err
    desk.write("d.md", (desk.root / "c.md").read_text().replace("commence", "begin"))
    (desk.root / "c.md").unlink()
    assert "1 entry removed, 3 moved; " in desk.run("check", "--prune-baseline").err


def test_suppressed_findings_are_not_written(desk: Repository) -> None:
    desk.write("a.md", "<!-- newslint-ignore plain-use -- his word -->\n\nThey utilize it.\n")
    write(desk)
    assert lines(desk) == []


def test_a_folder_that_cannot_be_written_to_is_an_error(
    desk: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write("a.md", "They utilize it.\n")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("newslint.atomic.write", refuse)
    ran = desk.run("check", "--write-baseline")
    assert ran.code == 2
    assert f"{NAME}: cannot be written: Permission denied" in ran.err


# What a fingerprint survives


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(OLD.replace("---\n\n", "---\n\n\n\nA first paragraph.\n\n"), id="moved"),
        pytest.param(OLD.replace(" two rooms", "\ntwo\nrooms"), id="reflowed"),
        pytest.param(OLD.replace("\n", "\r\n"), id="crlf"),
        pytest.param(OLD.replace("title:", "desk: city\ntitle:"), id="front matter"),
        pytest.param(OLD.replace("on Mondays", "in the evening"), id="next sentence"),
        pytest.param(OLD.replace("The councils", "Snow fell. The councils"), id="sentence before"),
        pytest.param(OLD.replace("The councils", "- The councils"), id="into a list"),
        pytest.param(OLD.replace("utilize", "**utilize**"), id="emphasis"),
        pytest.param("\ufeff" + OLD, id="byte order mark"),
        pytest.param(OLD.replace("Bridge talks", "Talks on a bridge"), id="headline"),
    ],
)
def test_what_does_not_touch_the_sentence_brings_nothing_back(desk: Repository, new: str) -> None:
    desk.write("a.md", OLD)
    write(desk)
    desk.write("a.md", new)
    ran = desk.check()
    assert (ran.findings, ran.document["summary"]["baselined"]) == ([], 1)
    assert "match" not in ran.err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            "> The ferry came at six, and they commence\n> service soon.\n",
            "> The ferry came at\n> six, and they\n> commence service\n> soon.\n",
            id="block quote",
        ),
        pytest.param(
            "- The ferry stopped, so they put into effect the plan.\n- Tea.\n",
            "- Tea.\n- The ferry stopped, so they put\n  into\n  effect the plan.\n",
            id="list item",
        ),
        pytest.param(
            "> - The ferry stopped, so they put into effect the plan.\n",
            "> - The ferry stopped, so they put\n>   into effect\n>   the plan.\n",
            id="list in a block quote",
        ),
    ],
)
def test_a_finding_over_a_line_break_is_known_by_its_words(
    repo: Repository, old: str, new: str
) -> None:
    rule = "id: short\nscope: [paragraph, list-item, block-quote]\nquotations: true\n"
    rule += "options: {check: avoid, terms: [commence service, put into effect]}\n"
    repo.desk(rule)
    repo.write("a.md", old)
    assert len(repo.check().findings) == 1
    write(repo)
    repo.write("a.md", new)
    ran = repo.check()
    assert (ran.findings, ran.document["summary"]["baselined"]) == ([], 1)


def test_html_reflowed_around_its_tags(repo: Repository) -> None:
    repo.desk("id: short\noptions: {check: avoid, terms: [put into effect]}\n")
    repo.write("a.html", "<p>They <b>put into</b> effect the plan.</p>")
    write(repo)
    new = "<div>\n  <p>\n    They <b>put\n    into</b>\n    effect the plan.\n  </p>\n</div>\n"
    repo.write("a.html", new)
    assert repo.check().document["summary"]["baselined"] == 1


def test_findings_about_the_whole_article_survive_a_new_headline(repo: Repository) -> None:
    repo.desk(BYLINE)
    repo.write("a.md", OLD)
    write(repo)
    repo.write("a.md", OLD.replace("Bridge talks", "Talks on a bridge"))
    assert repo.check().document["summary"]["baselined"] == 1


def test_a_rule_that_speaks_of_the_first_place_is_known_at_the_next(repo: Repository) -> None:
    rule = "id: acronym\nkind: conditional\n"
    rule += "options: {check: requires, if: '\\b([A-Z]{3})\\b', then: '\\(([A-Z]{3})\\)'}\n"
    repo.desk(rule)
    one, two = "The QRV met on Monday.", "Later the QRV went home."
    repo.write("a.md", f"{one}\n\n{two}\n")
    write(repo)
    repo.write("a.md", f"{two}\n\n{one}\n")
    assert repo.check().findings == []
    repo.write("a.md", f"{two}\n\nThe XYW met on Monday.\n")
    assert [text for _, text in repo.check().found] == ["QRV", "XYW"]


def test_a_conflict_of_two_places_is_known_from_either_side(repo: Repository) -> None:
    rule = "id: forms\nkind: consistency\nmessage: two forms\n"
    rule += "options: {check: forms, forms: {adviser: [adviser], advisor: [advisor]}}\n"
    repo.desk(rule)
    one, two = "An adviser came.", "An advisor went."
    repo.write("a.md", f"{one}\n\n{two}\n")
    assert repo.check().found == [("forms", "advisor")]
    write(repo)
    repo.write("a.md", f"{two}\n\n{one}\n")
    assert repo.check().findings == []


# What it does not hide


def test_a_new_finding_of_an_old_rule_is_reported(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    write(desk)
    desk.write("a.md", "They utilize it.\n\nWe utilize this.\n")
    assert [f["start"]["line"] for f in desk.check().findings] == [3]


def test_mending_one_and_adding_another_is_caught(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n\nYou may go.\n")
    write(desk)
    desk.write("a.md", "They use it.\n\nYou may utilize it.\n")
    assert [f["start"]["line"] for f in desk.check().findings] == [3]


def test_one_more_of_the_same_sentence_is_caught(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n\nThey utilize it.\n")
    write(desk)
    desk.write("a.md", "They utilize it.\n\n" * 3)
    assert len(desk.check().findings) == 1
    desk.write("a.md", "They utilize it.\n")
    assert desk.check().findings == []


def test_the_same_words_in_another_article_are_new(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    write(desk)
    desk.write("b.md", "They utilize it.\n")
    assert [f["rule"] for f in desk.check().findings] == ["plain-use"]


# Renamed files


def test_a_renamed_file_takes_its_baseline_along(repo: Repository) -> None:
    repo.desk(PLAIN, BYLINE)
    repo.write("a.md", OLD)
    write(repo)
    (repo.root / "news").mkdir()
    (repo.root / "a.md").rename(repo.root / "news" / "b.md")
    ran = repo.check()
    assert (ran.findings, ran.document["summary"]["baselined"]) == ([], 2)
    assert "match" not in ran.err
    pruned = repo.check("--prune-baseline")
    assert "0 entries removed" in pruned.err
    assert held(repo) == [("news/b.md", "no-byline"), ("news/b.md", "plain-use")]


def test_a_file_that_is_still_there_gives_nothing_away(desk: Repository) -> None:
    desk.write("a.md", OLD)
    write(desk)
    desk.write("b.md", OLD)
    desk.write("a.md", "They use it.\n")
    assert len(desk.check().findings) == 1


def test_only_one_file_takes_over_from_another(desk: Repository) -> None:
    desk.write("a.md", OLD)
    write(desk)
    (desk.root / "a.md").unlink()
    desk.write("b.md", OLD)
    desk.write("c.md", OLD)
    ran = desk.check()
    assert [a["path"] for a in ran.document["articles"] if a["findings"]] == ["c.md"]


def test_a_new_article_does_not_inherit_from_one_that_was_deleted(repo: Repository) -> None:
    repo.desk(BYLINE)
    repo.write("a.md", OLD)
    write(repo)
    (repo.root / "a.md").unlink()
    repo.write("b.md", "---\ntitle: Quite another thing\n---\n\nSnow fell.\n")
    assert [f["rule"] for f in repo.check().findings] == ["no-byline"]


# What matches nothing any more


def test_stale_entries_are_told_and_pruned(desk: Repository) -> None:
    desk.write("a.md", "They utilize it. They facilitate it.\n")
    desk.write("b.md", "They utilize it.\n")
    write(desk)
    desk.write("a.md", "They facilitate it.\n")
    ran = desk.check()
    assert ran.code == 0
    assert f"1 entry of {NAME} matches nothing any more; --prune-baseline removes it" in ran.err
    desk.write("b.md", "They use it. They commence.\n")
    assert f"2 entries of {NAME} match nothing any more; --prune-baseline" in desk.check().err
    pruned = desk.check("--prune-baseline")
    assert "2 entries removed" in pruned.err
    assert pruned.found == [("plain-begin", "commence")]
    assert held(desk) == [("a.md", "plain-help")]
    assert "match" not in desk.check().err


@pytest.mark.parametrize(
    ("config", "args"),
    [
        ("", ["--select", "plain-help"]),
        ("", ["--ignore", "plain-use"]),
        ("", ["b.md"]),
        ("rules: {plain-use: off}\n", []),
        ("overrides: [{files: [a.md], rules: {plain-use: off}}]\n", []),
    ],
)
def test_what_did_not_run_is_not_called_stale(
    desk: Repository, config: str, args: list[str]
) -> None:
    desk.write("a.md", "They utilize it.\n")
    desk.write("b.md", "They met.\n")
    write(desk)
    desk.write("a.md", "They use it.\n")
    desk.desk(config=config)
    assert "match" not in desk.check(*args).err
    desk.check("--prune-baseline", *args)
    assert held(desk) == [("a.md", "plain-use")]
    desk.desk()
    assert "1 entry" in desk.check().err


def test_an_article_in_another_language_keeps_the_entries_of_english_rules(
    desk: Repository,
) -> None:
    desk.write("a.md", OLD)
    write(desk)
    desk.write("a.md", OLD.replace("title:", "lang: fr\ntitle:").replace("utilize", "use"))
    desk.check("--prune-baseline")
    assert held(desk) == [("a.md", "plain-use")]


def test_a_crash_of_a_rule_makes_nothing_stale(
    desk: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write("a.md", "They utilize it.\n")
    write(desk)

    def crash(*_: object) -> None:
        raise ValueError("odd")

    monkeypatch.setattr("newslint.kinds.terms.article_allows", crash)
    assert desk.check("--prune-baseline", "--no-cache").code == 2
    assert held(desk) == [("a.md", "plain-use")]


def test_entries_of_files_that_are_gone_or_left_out_go(desk: Repository) -> None:
    for name in ("a.md", "b.md", "c.md"):
        desk.write(name, f"They utilize {name[0]}.\n")
    write(desk)
    (desk.root / "a.md").unlink()
    desk.desk(config="exclude: [b.md]\n")
    assert f"2 entries of {NAME} match nothing any more" in desk.check().err
    desk.check("--prune-baseline", "c.md")
    assert held(desk) == [("c.md", "plain-use")]


def test_files_that_are_gone_are_not_told_by_a_run_that_sees_few(desk: Repository) -> None:
    for name in ("a.md", "b.md", "c.md"):
        desk.write(name, f"They utilize {name[0]}.\n")
    write(desk)
    (desk.root / "a.md").unlink()
    assert "match" not in desk.check("c.md").err


def test_an_entry_outlives_a_new_name_of_its_rule(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    write(desk)
    desk.desk("id: plain-words\naliases: [plain-use]\n")
    ran = desk.check()
    assert (ran.findings, ran.document["summary"]["baselined"]) == ([], 1)
    assert "match" not in ran.err
    desk.check("--prune-baseline")
    assert held(desk) == [("a.md", "plain-words")]


def test_entries_of_a_rule_that_is_no_more_are_stale(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    write(desk)
    desk.desk(INFO)
    assert "1 entry" in desk.check().err


def compared(repo: Repository, config: str = "") -> None:
    """Two articles of one headline, and the one finding in each in the baseline."""
    repo.config(f"rules: {{missing-byline: off, missing-date: off}}\n{config}")
    for name in ("a.md", "b.md"):
        repo.write(name, f"---\ntitle: Council votes on the new bridge\n---\n\nText of {name}.\n")
    assert len(repo.check().findings) == 2
    write(repo)


def test_comparisons_are_judged_when_all_are_there(repo: Repository) -> None:
    compared(repo)
    assert repo.check().findings == []
    assert "match" not in repo.check("a.md").err
    repo.check("--prune-baseline", "a.md")
    assert len(lines(repo)) == 2
    repo.write("b.md", "---\ntitle: Snow falls on Tuesday\n---\n\nText.\n")
    assert "2 entries" in repo.check().err


def test_a_corpus_is_enough_to_judge_comparisons(repo: Repository) -> None:
    compared(repo, "corpus: ['*.md']\n")
    assert repo.check("a.md").findings == []
    repo.write("b.md", "---\ntitle: Snow falls on Tuesday\n---\n\nText.\n")
    assert "1 entry" in repo.check("a.md").err
    repo.write("b.md", b"\0\1")
    assert "1 entry" not in repo.check("a.md").err


# The ratchet


@pytest.mark.parametrize(
    ("new", "code", "told"),
    [
        ("They utilize it.", 0, []),
        ("They use it.", 0, []),
        ("We utilize it.", 0, []),
        ("They utilize it. We utilize it.", 1, ["plain-use: 2 findings, 1 in the baseline"]),
        ("They commence it.", 1, ["plain-begin: 1 finding, 0 in the baseline"]),
        (
            "They facilitate it, utilize it and utilize it.",
            1,
            [
                "plain-help: 1 finding, 0 in the baseline",
                "plain-use: 2 findings, 1 in the baseline",
            ],
        ),
    ],
)
def test_ratchet(desk: Repository, new: str, code: int, told: list[str]) -> None:
    desk.write("a.md", "They utilize it.\n")
    desk.write("b.md", "They utilize it. They commence it.\n")
    write(desk)
    desk.write("a.md", new + "\n")
    ran = desk.check("--ratchet", "--quiet", "a.md")
    assert ran.code == code
    assert [line for line in ran.err.splitlines() if "findings" in line or "finding," in line] == [
        f"newslint: {line}" for line in told
    ]
    assert desk.check("--ratchet", "--exit-zero", "a.md").code == 0


def test_ratchet_counts_over_all_checked_articles(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    desk.write("b.md", "They met.\n")
    write(desk)
    desk.write("a.md", "They use it.\n")
    desk.write("b.md", "They utilize it.\n")
    ran = desk.check("--ratchet")
    assert (ran.code, ran.found) == (0, [("plain-use", "utilize")])
    assert desk.check("--ratchet", "b.md").code == 1


def test_ratchet_leaves_errors_to_fail_on(desk: Repository) -> None:
    desk.write("a.md", "They terminate it.\n")
    write(desk)
    desk.write("a.md", "We terminate it.\n")
    assert desk.check("--ratchet").code == 1
    assert desk.check("--ratchet", "--fail-on", "never").code == 0


@pytest.mark.parametrize("flag", ["--ratchet", "--prune-baseline"])
def test_without_a_baseline_the_flags_say_how_to_get_one(desk: Repository, flag: str) -> None:
    desk.write("a.md", "They utilize it.\n")
    ran = desk.run("check", flag)
    assert ran.code == 2
    assert f"{NAME}: there is no baseline for {flag}: newslint check --write-baseline" in ran.err
    assert not (desk.root / NAME).exists()


@pytest.mark.parametrize(
    "args",
    [
        ["--ratchet", "--no-baseline"],
        ["--ratchet", "--write-baseline"],
        ["--write-baseline", "--prune-baseline"],
        ["--write-baseline", "--no-baseline"],
        ["--write-baseline", "--diff"],
        ["--write-baseline", "-"],
    ],
)
def test_flags_that_contradict_each_other(desk: Repository, args: list[str]) -> None:
    desk.write("a.md", "They utilize it.\n")
    assert desk.run("check", *args, input="They utilize it.").code == 2
    assert not (desk.root / NAME).exists()


# Other ways in


def test_stdin_is_checked_against_the_baseline_of_its_name(desk: Repository) -> None:
    desk.write("news/a.md", "They utilize it.\n")
    desk.write("b.md", "They utilize it.\n")
    write(desk)
    copy = "They utilize it. We utilize it.\n"
    ran = desk.check("-", "--stdin-filename", "news/a.md", input=copy)
    assert (len(ran.findings), ran.document["summary"]["baselined"]) == (1, 1)


def test_old_findings_are_not_fixed_and_what_is_left_is_judged_once(repo: Repository) -> None:
    rule = "id: plain-use\nfix: Say use.\nstatus: stable\n"
    rule += "options: {check: prefer, terms: {utilize: use}}\n"
    repo.desk(rule)
    repo.write("a.md", "They utilize it.\n")
    write(repo)
    path = repo.write("a.md", "They utilize it.\n\nWe utilize this.\n")
    ran = repo.check("--fix", "--unsafe-fixes")
    assert path.read_text() == "They utilize it.\n\nWe use this.\n"
    assert (ran.findings, ran.document["summary"]["baselined"]) == ([], 1)


def test_workers_and_the_order_of_paths_change_nothing(desk: Repository) -> None:
    for number in range(60):
        desk.write(f"{number:02}.md", f"They utilize {number}. They facilitate it.\n")
    write(desk, "--jobs", "2")
    first = (desk.root / NAME).read_bytes()
    names = [f"{number:02}.md" for number in reversed(range(60))]
    write(desk, "--jobs", "1", *names)
    assert (desk.root / NAME).read_bytes() == first
    assert desk.check("--jobs", "2").document["summary"]["baselined"] == 120


# The file


ODD = [
    "a b.md",
    "#c.md",
    "d\te.md",
    "f\ng.md",
    "h\\x09.md",
    "é\u202e“.md",
    "<<<<<<< i.md",
    "j:k.md",
]


def test_odd_names_have_lines_of_their_own(desk: Repository) -> None:
    names = [os.fsencode(name) for name in ODD] + [b"caf\xe9.md"]
    for name in names:
        with open(os.path.join(os.fsencode(desk.root), name), "wb") as file:
            file.write(b"They utilize it.\n")
    write(desk)
    assert len(lines(desk)) == len(names)
    ran = desk.check()
    assert (ran.code, ran.findings) == (0, [])
    assert ran.document["summary"]["baselined"] == len(names)
    assert "match" not in ran.err


@given(st.text(st.characters(codec=None, max_codepoint=0x2FFFF, exclude_categories=["Cs"])))
def test_an_escaped_name_is_one_plain_line_and_comes_back(name: str) -> None:
    line = baseline_file.escaped(name)
    assert line.isprintable()
    assert not line.startswith("#")
    assert baseline_file.unescaped(line) == name


@settings(max_examples=30)
@given(
    st.dictionaries(
        st.text(min_size=1).filter(lambda name: "\0" not in name and name.isprintable()),
        st.dictionaries(
            st.tuples(
                st.sampled_from(["one-rule", "other"]), st.sampled_from(["0" * 20, "f" * 20])
            ),
            st.sampled_from(["", "some words"]),
            min_size=1,
        ),
        max_size=5,
    )
)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, entries: Entries
) -> None:
    path = tmp_path_factory.getbasetemp() / NAME
    baseline_file.write(path, entries, NAME)
    assert baseline_file.read(path, NAME, {}) == (entries, [])
    body = [line for line in path.read_text().splitlines(keepends=True) if line[0] != "#"]
    assert body == sorted(body)


def test_bad_lines_are_errors_and_the_good_ones_hold(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    desk.write("b.md", "They terminate it.\n")
    write(desk)
    path = desk.root / NAME
    head, one, two = path.read_text().rpartition("b.md\t")
    path.write_text(f"{head}<<<<<<< HEAD\n{one}{two}=======\nwhat is this\n>>>>>>> fix-it\n")
    ran = desk.check()
    assert (ran.code, ran.findings) == (2, [])
    errors = ran.document["errors"]
    assert [error["line"] for error in errors] == [5, 7, 8, 9]
    assert {(error["path"], error["code"]) for error in errors} == {(NAME, "config")}
    assert "merge conflict" in errors[0]["message"]
    assert "delete" in errors[2]["message"]
    pruned = desk.check("--prune-baseline")
    assert (pruned.code, pruned.findings) == (0, [])
    assert "4 lines left out" in pruned.err
    assert (desk.check().code, len(lines(desk))) == (0, 2)


def test_many_bad_lines_are_summed_up(desk: Repository) -> None:
    desk.write("a.md", "They met.\n")
    desk.write(NAME, "garbage\n" * 50)
    ran = desk.check()
    assert ran.code == 2
    assert len(ran.document["errors"]) == 11
    assert "40 more lines" in ran.document["errors"][-1]["message"]


def test_a_byte_that_is_no_utf_8_costs_its_line_alone(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    write(desk)
    path = desk.root / NAME
    path.write_bytes(path.read_bytes() + b"caf\xe9 and more\n")
    ran = desk.check()
    assert (ran.code, ran.findings) == (2, [])
    assert ran.document["errors"][0]["line"] == 5


def test_line_ends_order_and_repeats_do_not_matter(desk: Repository) -> None:
    desk.write("a.md", "They utilize it. They terminate it.\n")
    write(desk)
    path = desk.root / NAME
    rows = path.read_text().splitlines()
    path.write_text("\ufeff" + "\r\n".join([*reversed(rows), *rows, "", ""]), newline="")
    ran = desk.check()
    assert (ran.code, ran.findings, ran.err) == (0, [], "")


def test_a_file_of_another_encoding_is_never_written_over(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    write(desk)
    path = desk.root / NAME
    path.write_bytes(path.read_text().encode("utf-16"))
    before = path.read_bytes()
    for flag in ("--prune-baseline", "--write-baseline", "--ratchet"):
        ran = desk.run("check", flag)
        assert ran.code == 2
        assert f"{NAME}: is not UTF-8: save it as UTF-8" in ran.err
    assert path.read_bytes() == before


def test_a_folder_in_its_place_is_an_error(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    (desk.root / NAME).mkdir()
    ran = desk.run("check")
    assert ran.code == 2
    assert f"{NAME}: cannot be read" in ran.err


def test_a_link_that_leads_out_is_neither_read_nor_written(
    desk: Repository, tmp_path: Path
) -> None:
    desk.write("a.md", "They utilize it.\n")
    outside = tmp_path / "outside.txt"
    outside.write_text("mine\n")
    (desk.root / NAME).symlink_to(outside)
    for flags in ([], ["--write-baseline"], ["--prune-baseline"]):
        ran = desk.run("check", *flags)
        assert ran.code == 2
        assert "a symbolic link that leads out of the repository" in ran.err
    assert outside.read_text() == "mine\n"
    assert (desk.root / NAME).is_symlink()


def test_a_link_within_the_repository_stays_one(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    desk.write("ci/known.txt", baseline_file.HEADER)
    (desk.root / NAME).symlink_to("ci/known.txt")
    write(desk, "a.md")
    assert (desk.root / NAME).is_symlink()
    assert "plain-use" in (desk.root / "ci" / "known.txt").read_text()


def test_hostile_words_cannot_break_a_line(desk: Repository) -> None:
    desk.desk("id: odd\nkind: pattern\noptions: {check: match, patterns: ['(?s)wild.*tame']}\n")
    desk.write("a.md", "Snow: wild \u202e\x1b[31m \t\\x09 \u2028 # tame fell.\n")
    write(desk)
    ((path, rule, _, words),) = lines(desk)
    assert (path, rule) == ("a.md", "odd")
    assert words.isprintable()
    assert "wild" in words
    assert desk.check().findings == []


# git


@pytest.fixture
def team(tmp_path: Path) -> GitRepository:
    """A repository with a baseline of six articles on `main`."""
    repo = GitRepository(tmp_path / "team")
    repo.desk(PLAIN, INFO)
    for name in "abcdef":
        repo.write(f"{name}.md", f"They utilize {name}.\n\nThey facilitate {name}.\n")
    repo.run("check", "--write-baseline")
    commit(repo, "baseline")
    return repo


def commit(repo: GitRepository, message: str) -> None:
    repo.git("add", "-A")
    repo.git("commit", "-q", "-m", message)


def mended(repo: GitRepository, branch: str, name: str) -> None:
    """A branch off `main` that mends an article and prunes."""
    repo.git("checkout", "-q", "-b", branch, "main")
    repo.write(f"{name}.md", f"They use {name}.\n\nThey facilitate {name}.\n")
    repo.run("check", "--prune-baseline")
    commit(repo, branch)


def test_branches_that_mend_and_prune_merge_cleanly(team: GitRepository) -> None:
    mended(team, "one", "b")
    mended(team, "two", "e")
    team.git("merge", "-q", "-m", "both", "one")
    assert [name for name, rule in held(team) if rule == "plain-use"] == [
        "a.md", "c.md", "d.md", "f.md",
    ]  # fmt: skip
    ran = team.check()
    assert (ran.findings, "match" in ran.err) == ([], False)


def test_neighbouring_lines_merge_with_the_union_driver(team: GitRepository) -> None:
    team.git("checkout", "-q", "main")
    team.write(".gitattributes", f"{NAME} merge=union\n")
    team.desk(PLAIN)
    team.run("check", "--write-baseline", "--select", "plain-use,plain-help")
    (team.root / NAME).write_text(
        "".join(x for x in (team.root / NAME).read_text().splitlines(True) if "plain-help" not in x)
    )
    commit(team, "one rule only")
    mended(team, "one", "c")
    mended(team, "two", "d")
    team.git("merge", "-q", "-m", "both", "one")
    ran = team.check()
    assert (ran.code, ran.findings) == (0, [])
    team.check("--prune-baseline")
    assert [name for name, _ in held(team)] == ["a.md", "b.md", "e.md", "f.md"]


def test_a_conflict_is_cleared_up_by_pruning(team: GitRepository) -> None:
    git(team.root, "checkout", "-q", "main")
    team.write("a.md", "They use a.\n\nThey facilitate a.\n")
    team.run("check", "--prune-baseline")
    commit(team, "mends a use")
    git(team.root, "checkout", "-q", "-b", "other", "HEAD~1")
    team.write("a.md", "They utilize a.\n\nThey help a.\n")
    team.run("check", "--prune-baseline")
    commit(team, "mends a help")
    with pytest.raises(AssertionError):
        git(team.root, "merge", "-q", "-m", "both", "main")
    assert "<<<<<<<" in (team.root / NAME).read_text()
    team.write("a.md", "They use a.\n\nThey help a.\n")
    assert team.check().code == 2
    assert team.check("--prune-baseline").code == 0
    assert [name for name, _ in held(team)] == [f"{n}.md" for n in "bcdef" for _ in range(2)]


def test_with_changed_lines_old_findings_stay_quiet(team: GitRepository) -> None:
    git(team.root, "checkout", "-q", "-b", "work")
    team.write("a.md", "Today they utilize a.\n\nThey facilitate a.\n\nWe utilize it.\n")
    ran = team.check("--changed-since", "main", "--scope", "file")
    assert [f["start"]["line"] for f in ran.findings] == [1, 5]
    assert ran.document["summary"]["baselined"] == 1
