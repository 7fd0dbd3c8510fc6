"""`--config-from`: a pull request is hostile until merged."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Ran, Repository
from gitrepo import GitRepository, git

BAD = "They utilize it."
FINE = "They use it."
IGNORE = "<!-- newslint-ignore plain-use -- {} -->"
RULE = "id: plain-use\nseverity: error"


@pytest.fixture
def repo(tmp_path: Path) -> GitRepository:
    """A repository whose config runs one rule, on the word `utilize`."""
    repo = GitRepository(tmp_path / "repo")
    repo.desk(RULE)
    return repo


def trusting(repo: GitRepository, *args: str, folder: str = ".") -> Ran:
    return repo.check("--config-from", "main", *args, folder=folder)


def lines(ran: Ran) -> list[tuple[str, int]]:
    """(rule, line) of all findings."""
    return [(finding["rule"], finding["start"]["line"]) for finding in ran.findings]


def errors(ran: Ran) -> list[str]:
    return [error["message"] for error in ran.document["errors"]]


# Config, rules and what they name


def test_a_config_that_the_branch_edits_changes_nothing(repo: GitRepository) -> None:
    repo.branch()
    repo.write("a.md", f"{BAD}\n")
    repo.config("extends: [./desk]\nrules: {plain-use: off}\nexclude: ['*.md']\nfail-on: never\n")
    assert repo.check("a.md").code == 0
    ran = trusting(repo)
    assert (ran.code, ran.found) == (1, [("plain-use", "utilize")])
    repo.config("not: [a config")
    assert trusting(repo).code == 1
    (repo.root / "newslint.yml").unlink()
    (repo.root / "newslint.yml").symlink_to("/etc/hostname")
    assert trusting(repo).code == 1
    (repo.root / "newslint.yml").unlink()
    assert trusting(repo).code == 1


def test_a_config_nearer_by_changes_nothing(repo: GitRepository) -> None:
    repo.branch()
    repo.write("content/a.md", f"{BAD}\n")
    repo.write("content/newslint.yml", "rules: {plain-use: off}\n")
    ran = trusting(repo, folder="content")
    assert (ran.code, ran.found) == (1, [("plain-use", "utilize")])


def test_globs_count_from_the_real_folder(repo: GitRepository) -> None:
    repo.desk(
        config="files: ['content/**']\nexclude: ['content/old/**']\n"
        "overrides: [{files: ['content/opinion/**'], rules: {plain-use: off}}]\n"
        "ignores: [{path: 'content/b.md', rule: plain-use, reason: his word}]\n"
    )
    repo.branch()
    for name in ("a", "b", "old/a", "opinion/a"):
        repo.write(f"content/{name}.md", f"{BAD}\n")
    repo.write("README.md", f"{BAD}\n")
    ran = trusting(repo, ".")
    assert [(a["path"], len(a["findings"])) for a in ran.document["articles"]] == [
        ("content/a.md", 1), ("content/b.md", 0), ("content/opinion/a.md", 0),
    ]  # fmt: skip
    assert trusting(repo, "a.md", folder="content").code == 1


def test_own_rules_lexicons_people_and_words_are_those_of_the_commit(repo: GitRepository) -> None:
    repo.config(
        "extends: [newsroom, ./desk/rules]\npeople: data/people.yml\nwords: data/words.txt\n"
    )
    repo.rule(RULE, folder="desk/rules")
    repo.write("data/people.yml", "- name: Ines Okafor\n  roles: [{title: mayor}]\n")
    repo.write("data/words.txt", "Larnham\n")
    lexicon = "desk/rules/lexicons/titles.yml"
    repo.write(lexicon, "id: titles\nextends: titles\nsections: {offices+: [reeve]}\n")
    repo.write("a.md", f"{BAD}\n")
    repo.branch()
    select = ("--select", "plain-use", "a.md")
    before = repo.check(*select).findings
    assert [finding["text"] for finding in before] == ["utilize"]
    broken = {
        "desk/rules/plain-use.yml": "id: plain-use\n",
        lexicon: "id: titles\nextends: titels\n",
        "data/people.yml": "- nonsense\n",
        "data/words.txt": b"\xff\xfe",
    }
    for name, content in broken.items():
        repo.write(name, content)
    ran = trusting(repo, *select)
    assert (errors(ran), ran.findings) == ([], before)
    for name, content in broken.items():  # each is read where it is the commit's
        repo.git("switch", "-q", "-f", "main")
        repo.write(name, content)
        repo.commit()
        repo.git("checkout", "-q", "HEAD~1", "--", ".")
        assert trusting(repo, *select).code == 2, name
        repo.git("reset", "-q", "--hard", "HEAD~1")


def test_the_baseline_is_that_of_the_commit(repo: GitRepository) -> None:
    repo.write("a.md", f"{BAD}\n")
    repo.run("check", "--write-baseline")
    repo.branch()
    assert trusting(repo).code == 0
    repo.write("a.md", f"{BAD}\n\nWe utilize that.\n")
    repo.run("check", "--write-baseline")
    assert repo.check().code == 0
    ran = trusting(repo)
    assert (ran.code, lines(ran)) == (1, [("plain-use", 3)])
    assert ran.document["summary"]["baselined"] == 1
    ran = repo.run("check", "--config-from", "main", "--write-baseline")
    assert ran.code == 2
    assert "leave out --config-from" in ran.err


def test_without_a_config_there_the_defaults_hold_and_that_is_said(tmp_path: Path) -> None:
    repo = GitRepository(tmp_path / "repo")
    repo.branch()
    repo.desk(RULE)
    repo.write("a.md", f"{BAD} They they went.\n")
    ran = trusting(repo, "--select", "doubled-word", "a.md")
    assert ran.found == [("doubled-word", "They they")]
    assert "there is no newslint.yml in main: newslint's own defaults hold" in ran.err
    assert "defaults hold" not in trusting(repo, "--isolated", "a.md").err


def test_a_config_that_is_named_comes_from_the_commit_too(repo: GitRepository) -> None:
    repo.write("ci/strict.yml", "extends: [../desk]\n")
    repo.branch()
    repo.write("a.md", f"{BAD}\n")
    repo.write("ci/strict.yml", "rules: {plain-use: off}\n")
    ran = trusting(repo, "--config", "ci/strict.yml", "a.md")
    assert (ran.code, ran.found) == (1, [("plain-use", "utilize")])
    repo.git("switch", "-q", "main")
    repo.write("strict.yml", "extends: [./desk]\n")
    repo.commit()
    assert trusting(repo, "--config", "strict.yml", "a.md").code == 1
    for name in ("new.yml", "/etc/passwd", "../strict.yml"):
        ran = trusting(repo, "--config", name, "a.md")
        assert ran.code == 2
        assert "no such config file in main" in errors(ran)[0]


def test_mistakes_in_the_commit_name_the_file_where_it_would_lie(repo: GitRepository) -> None:
    repo.config("extends: [./desk]\nruels: {}\n")
    repo.branch()
    repo.write("sub/a.md", f"{BAD}\n")
    ran = repo.run("check", "--config-from", "main", "sub")
    assert (ran.code, "newslint.yml:2:1" in ran.err) == (2, True)
    ran = repo.run("check", "--config-from", "main", "a.md", folder="sub")
    assert f"{repo.root}/newslint.yml:2:1" in ran.err


def test_rules_may_lie_at_the_top(repo: GitRepository) -> None:
    repo.config("extends: [./]\nfiles: ['*.md']\n")
    repo.write("plain-use.yml", (repo.root / "desk/plain-use.yml").read_text())
    repo.commit()
    repo.branch()
    repo.write("a.md", f"{BAD}\n")
    assert (
        errors(repo.check("a.md")) == errors(trusting(repo, "a.md")) != []
    )  # newslint.yml is no rule
    repo.git("switch", "-q", "main")
    repo.config("extends: [./sub/..]\n")
    repo.commit()
    assert "leads out" in errors(trusting(repo, "a.md"))[0]


def test_links_in_the_commit_are_followed_inside_it_only(
    repo: GitRepository, tmp_path: Path
) -> None:
    (tmp_path / "outside.yml").write_text("- name: Ines Okafor\n")
    repo.write("real/people.yml", "- name: Ines Okafor\n")
    repo.write("shared/plain-use.yml", (repo.root / "desk/plain-use.yml").read_text())
    (repo.root / "desk/plain-use.yml").unlink()
    (repo.root / "desk/plain-use.yml").symlink_to("../shared/plain-use.yml")
    (repo.root / "data").symlink_to("real")
    repo.config("extends: [./desk]\npeople: data/people.yml\n")
    repo.branch()
    repo.write("shared/plain-use.yml", "nonsense")
    repo.write("a.md", f"{BAD}\n")
    ran = trusting(repo, "a.md")
    assert (errors(ran), len(ran.findings)) == ([], 1)
    repo.git("switch", "-q", "-f", "main")
    for target in ("../../outside.yml", str(tmp_path / "outside.yml"), "people.yml"):
        (repo.root / "real/people.yml").unlink()
        (repo.root / "real/people.yml").symlink_to(target)
        repo.commit()
        ran = trusting(repo, "a.md")
        assert (ran.code, "leads out" in errors(ran)[0]) == (2, True)


@pytest.mark.parametrize("ref", ["nowhere", "--help", ""])
def test_an_unknown_ref_is_an_error(repo: GitRepository, ref: str) -> None:
    repo.branch()
    ran = repo.run("check", f"--config-from={ref}")
    assert (ran.code, f'git knows no commit "{ref}"' in ran.err) == (2, True)


def test_a_gitignore_does_not_hide_what_is_committed(repo: GitRepository) -> None:
    repo.write("content/old.md", f"{FINE}\n")
    repo.branch()
    repo.write(".gitignore", "content/new.md\n")
    repo.write("content/new.md", f"{BAD}\n")
    repo.git("add", "-f", "content/new.md")
    repo.commit()
    repo.write("content/gone.md", f"{BAD}\n")
    repo.commit()
    (repo.root / "content/gone.md").unlink()
    assert repo.check().code == 0
    ran = trusting(repo)
    assert [article["path"] for article in ran.document["articles"]] == [
        "content/new.md", "content/old.md",
    ]  # fmt: skip
    assert ran.code == 1


def test_what_is_kept_from_an_earlier_run_is_held_to_the_commit_too(repo: GitRepository) -> None:
    repo.branch()
    repo.write("a.md", f"{IGNORE.format('statute')}\n{BAD}\n")
    assert repo.check().code == 0
    first, second = trusting(repo), trusting(repo)
    assert (first.code, first) == (1, second)
    assert trusting(repo, "--no-cache") == first
    assert repo.check().code == 0


# Suppressions


def test_new_suppressions_do_not_count_and_are_listed(repo: GitRepository) -> None:
    repo.branch()
    repo.write(
        "a.md",
        "---\ntitle: Talks\nnewslint: {ignore: {plain-use: my word}}\n---\n"
        f"{BAD}\n\n{IGNORE.format('statute')}\n{BAD}\n",
    )
    assert repo.check().code == 0
    ran = trusting(repo)
    assert (ran.code, lines(ran)) == (1, [("plain-use", 5), ("plain-use", 8)])
    assert ran.document["summary"]["suppressed"] == 0
    said = "a.md: line {}: this suppression of “plain-use” is new and counts once it is merged"
    assert said.format(3) in ran.err
    assert said.format(7) in ran.err


@pytest.mark.parametrize(
    "form",
    [
        "<!-- newslint-ignore-file plain-use -- why -->\n\n{bad}\n",
        "<!-- newslint-ignore-start plain-use -->\n\n{bad}\n\n<!-- newslint-ignore-end plain-use -->\n",
        "<!-- newslint-ignore plain-use -->\n{bad}\n",
    ],
)
def test_every_form_of_suppression_is_held_to_the_commit(repo: GitRepository, form: str) -> None:
    repo.write("old.md", form.format(bad=BAD))
    repo.branch()
    repo.write("new.md", form.format(bad=BAD))
    ran = trusting(repo)
    assert [(a["path"], len(a["findings"])) for a in ran.document["articles"]] == [
        ("new.md", 1), ("old.md", 0),
    ]  # fmt: skip
    assert ran.document["summary"]["suppressed"] == 1
    assert "old.md" not in ran.err


def test_what_the_commit_waves_on_stays_waved_on_when_it_moves(repo: GitRepository) -> None:
    rest = "".join(f"Line {n} of the story stands.\n\n" for n in range(9))
    repo.write("a.md", f"{rest}{IGNORE.format('statute')}\n{BAD}\n")
    repo.branch()
    (repo.root / "new").mkdir()
    repo.git("mv", "a.md", "new/b.md")
    repo.write("new/b.md", f"It rained.\n\n{rest}{IGNORE.format('a statute')}\nIt rose. {BAD}\n")
    ran = trusting(repo)
    assert (ran.code, ran.findings, ran.err) == (0, [], "")


def test_a_suppression_does_not_grow(repo: GitRepository) -> None:
    repo.write("a.md", f"{IGNORE.format('statute')}\n{BAD}\n\nIt rained.\n")
    repo.branch()
    repo.write("a.md", f"{IGNORE.format('statute')}\n{BAD} We utilize them.\n\nIt rained.\n")
    ran = trusting(repo)
    assert (lines(ran), ran.document["summary"]["suppressed"]) == ([("plain-use", 2)], 1)
    assert "a.md: line 1: this suppression" in ran.err


def test_a_suppression_for_the_whole_article_covers_what_is_added(repo: GitRepository) -> None:
    repo.write("a.md", "<!-- newslint-ignore-file plain-use -- a glossary -->\n\nIt rained.\n")
    repo.branch()
    repo.write("a.md", f"<!-- newslint-ignore-file plain-use -- a glossary -->\n\n{BAD}\n")
    ran = trusting(repo)
    assert (ran.code, ran.err) == (0, "")


def test_a_suppression_that_the_branch_takes_away_is_gone(repo: GitRepository) -> None:
    repo.write("a.md", f"{IGNORE.format('statute')}\n{BAD}\n")
    repo.branch()
    repo.write("a.md", f"{BAD}\n")
    assert lines(trusting(repo)) == [("plain-use", 1)]


SAFE = RULE + "\noptions: {check: prefer, safe: true, terms: {utilize: use}}"
FORMS = (
    "<!-- newslint-ignore plain-use -- the statute -->\n{bad}\n",
    "<!-- newslint-ignore-file plain-use -- a glossary -->\n\n{bad}\n",
    "---\nnewslint: {{ignore: {{plain-use: my word}}}}\n---\n{bad}\n",
)


@pytest.mark.parametrize("form", FORMS)
def test_fix_leaves_what_the_branch_suppresses_and_its_suppression(
    repo: GitRepository, form: str
) -> None:
    repo.desk(SAFE)
    repo.config("extends: [./desk, newsroom]\n")
    repo.branch()
    text = form.format(bad=BAD)
    path = repo.write("a.md", text)
    select = ("--select", "plain-use,unused-suppression")
    ran = trusting(repo, "--fix", *select, "a.md")
    assert (ran.code, ran.found, path.read_text()) == (1, [("plain-use", "utilize")], text)
    assert trusting(repo, "--fix", "--unsafe-fixes", *select, "a.md").findings == []
    assert FINE in path.read_text()


def test_fix_mends_what_the_branch_does_not_suppress(repo: GitRepository) -> None:
    repo.desk(SAFE)
    repo.branch()
    path = repo.write("a.md", f"{FORMS[0].format(bad=BAD)}\n{BAD}\n")
    assert len(trusting(repo, "--fix", "a.md").findings) == 1
    assert path.read_text() == f"{FORMS[0].format(bad=BAD)}\n{FINE}\n"


def test_fix_does_not_take_out_a_suppression_that_does_not_count_yet(repo: GitRepository) -> None:
    repo.config("extends: [./desk, newsroom]\n")
    old = FORMS[1].format(bad=FINE)
    path = repo.write("a.md", old)
    repo.branch()
    select = ("--select", "plain-use,unused-suppression")
    new = FORMS[0].format(bad="It rained.")
    path.write_text(f"{old}\n{new}")
    ran = trusting(repo, "--fix", *select, "a.md")
    assert [rule for rule, _ in ran.found] == ["unused-suppression"]
    assert path.read_text() == f"{FINE}\n\n{new}", "the old one goes"


def test_a_later_end_is_listed(repo: GitRepository) -> None:
    comment = "<!-- newslint-ignore-file plain-use until: {} -- why -->\n\n"
    repo.write("a.md", comment.format("2999-01-31") + f"{BAD}\n")
    repo.write("b.md", comment.format("2001-01-31") + f"{BAD}\n")
    repo.branch()
    ran = trusting(repo, "a.md")
    assert (ran.code, ran.err) == (0, "")
    repo.write("a.md", comment.format("3999-01-31") + f"{BAD}\n")
    repo.write("b.md", comment.format("3999-01-31") + f"{BAD}\n")
    ran = trusting(repo, "--select", "plain-use", "a.md", "b.md")
    assert [finding["text"] for finding in ran.findings] == ["utilize"]  # b.md: it was over
    assert "a.md: line 1: this suppression" in ran.err
    assert "b.md: line 1: this suppression" in ran.err


ENDING = {
    "block": "<!-- newslint-ignore plain-use {until} -- {reason} -->\n{bad}\n",
    "range": "<!-- newslint-ignore-start plain-use {until} -- {reason} -->\n\n{bad}\n\n"
    "<!-- newslint-ignore-end plain-use -->\n",
    "file": "<!-- newslint-ignore-file plain-use {until} -- {reason} -->\n\n{bad}\n",
    "matter": "---\nnewslint: {{ignore: {{plain-use: {{reason: {reason}{until}}}}}}}\n---\n{bad}\n",
}


@pytest.mark.parametrize("form", ENDING)
def test_another_end_is_listed_in_every_form_and_another_reason_is_not(
    repo: GitRepository, form: str
) -> None:
    def text(day: str, reason: str = "why", bad: str = BAD) -> str:
        until = f"{', ' if form == 'matter' else ''}until: {day}" if day else ""
        return ENDING[form].format(until=until, reason=reason, bad=bad)

    repo.write("a.md", text("2999-01-31"))
    repo.branch()
    for same in (text("2999-01-31", "another one"), f"It rained.\n\n{text('2999-01-31')}"):
        if form != "matter" or same.startswith("---"):
            repo.write("a.md", same)
            ran = trusting(repo, "a.md")
            assert (ran.code, ran.findings, ran.err) == (0, [], "")
    for day in ("3999-01-31", "2999-02-01", "2998-01-31", ""):
        repo.write("a.md", text(day))
        ran = trusting(repo, "a.md")
        assert (ran.code, ran.findings) == (0, [])
        assert "this suppression of “plain-use” is new" in ran.err


def test_a_wider_range_covers_nothing_more(repo: GitRepository) -> None:
    start, end = (f"<!-- newslint-ignore-{word} plain-use -->" for word in ("start", "end"))
    more = "We utilize that.\n\n"
    repo.write("a.md", f"{more}{start}\n\n{BAD}\n\n{end}\n")
    repo.branch()
    repo.write("a.md", f"{start}\n\n{more}{BAD}\n\n{end}\n")
    ran = trusting(repo, "a.md")
    assert lines(ran) == [("plain-use", 3)]
    assert "a.md: line 1: this suppression" in ran.err


def test_one_more_suppression_that_covers_nothing_is_listed(repo: GitRepository) -> None:
    comment = IGNORE.format("statute")
    repo.write("a.md", f"{comment}\n{BAD}\n\nIt rained.\n")
    repo.branch()
    repo.write("a.md", f"{comment}\n{BAD}\n\n{IGNORE.format('later')}\nIt rained.\n")
    ran = trusting(repo, "--fail-on", "error")
    assert "a.md: line 4: this suppression" in ran.err
    assert "line 1:" not in ran.err


def test_a_suppression_of_a_comparison_is_held_to_the_commit_too(repo: GitRepository) -> None:
    story = "# Larnham council votes to keep the island ferry\n\n{}It voted.\n"
    file = "<!-- newslint-ignore-file duplicate-headline -- a rewrite -->\n\n"
    repo.config("extends: [newsroom]\ncorpus: ['*.md']\n")
    repo.write("a.md", story.format(""))
    repo.write("waved.md", "# Rowing club meets on the island shore\n\n" + file + "Fine.\n")
    repo.write("other.md", "# Rowing club meets on the island shore\n\nFine.\n")
    repo.branch()
    select = ("--select", "duplicate-headline")
    assert [a["path"] for a in trusting(repo, *select).document["articles"] if a["findings"]] == [
        "a.md"
    ][:0]
    repo.write("b.md", story.format(file))
    assert repo.check(*select).findings == []
    ran = trusting(repo, *select)
    assert [a["path"] for a in ran.document["articles"] if a["findings"]] == ["a.md", "b.md"]
    assert "b.md: line 3: this suppression" in ran.err
    repo.write("a.md", story.format(file))
    assert len(trusting(repo, *select, "b.md").findings) == 1  # nor that of an article not checked


def test_stdin_is_held_to_the_version_of_its_name(repo: GitRepository) -> None:
    text = f"{IGNORE.format('statute')}\n{BAD}\n"
    repo.write("a.md", text)
    repo.branch()
    for name, findings in (("a.md", 0), ("b.md", 1)):
        ran = repo.check("--config-from", "main", "-", "--stdin-filename", name, input=text)
        assert len(ran.findings) == findings


def test_what_a_partial_clone_lacks_is_an_error(repo: GitRepository, tmp_path: Path) -> None:
    comment = IGNORE.format("statute")
    repo.write("a.md", f"{comment}\n{BAD}\n")
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.branch()
    repo.write("a.md", f"It rained.\n\n{comment}\n{BAD}\n")
    repo.commit()
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{repo.root}", "clone")
    clone = Repository.__new__(Repository)
    clone.root = tmp_path / "clone"
    ran = clone.check("--config-from", "origin/main")
    assert (ran.code, len(ran.findings)) == (2, 1)
    assert "this clone is partial" in errors(ran)[0]
    git(clone.root, "diff", "origin/main")
    assert clone.check("--config-from", "origin/main").code == 0


def test_with_changed_lines_only(repo: GitRepository) -> None:
    repo.write("a.md", f"{BAD}\n\n{IGNORE.format('statute')}\n{BAD}\n")
    repo.branch()
    repo.config("rules: {plain-use: off}\n")
    repo.write(
        "a.md", f"{BAD}\n\n{IGNORE.format('statute')}\n{BAD}\n\n{IGNORE.format('!')}\n{BAD}\n"
    )
    ran = trusting(repo, "--changed-since", "main")
    assert lines(ran) == [("plain-use", 7)]
    ran = trusting(repo, "--changed-since", "main", "--jobs", "2", "--scope", "file")
    assert lines(ran) == [("plain-use", 1), ("plain-use", 7)]
