"""`--changed-since`: the articles and the lines that a branch has changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Ran, Repository, environment, spawn
from gitrepo import GitRepository, git
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.linediff import new_lines
from newslint.lines import split

BAD = "They utilize it."
FINE = "They use it."
BYLINE = """
id: byline
kind: metadata
severity: error
message: no byline
options: {check: required, fields: [byline]}
"""


@pytest.fixture
def repo(tmp_path: Path) -> GitRepository:
    """A repository whose config runs one rule, on the word `utilize`."""
    repo = GitRepository(tmp_path / "repo")
    repo.desk("id: plain-use\nseverity: error")
    return repo


def places(ran: Ran) -> list[tuple[str, int]]:
    """(path, line) of all findings."""
    return [
        (article["path"], finding["start"]["line"])
        for article in ran.document["articles"]
        for finding in article["findings"]
    ]


def checked(ran: Ran) -> list[str]:
    return [article["path"] for article in ran.document["articles"]]


def since(repo: GitRepository, *args: str, folder: str = ".") -> Ran:
    return repo.check("--changed-since", "main", *args, folder=folder)


def test_only_changed_lines_of_changed_articles_count(repo: GitRepository) -> None:
    repo.write("old.md", f"{BAD}\n")
    repo.write("a.md", f"{BAD}\n\n{FINE}\n\n{BAD}\n")
    repo.branch()
    repo.write("a.md", f"{BAD}\n\n{FINE}\n\n{FINE} {BAD}\n")
    ran = since(repo)
    assert (ran.code, checked(ran), places(ran)) == (1, ["a.md"], [("a.md", 5)])
    assert places(since(repo, "--scope", "file")) == [("a.md", 1), ("a.md", 5)]
    repo.commit()
    assert places(since(repo)) == [("a.md", 5)]


def test_committed_staged_unstaged_and_untracked_changes_count_alike(repo: GitRepository) -> None:
    for name in ("committed", "staged", "unstaged", "still"):
        repo.write(f"{name}.md", f"{BAD}\n")
    repo.write(".gitignore", "ignored.md\n")
    repo.branch()
    repo.write("committed.md", f"{BAD}\n\n{BAD}\n")
    repo.commit()
    repo.write("staged.md", f"{BAD}\n\n{BAD}\n")
    repo.git("add", "-A")
    repo.write("unstaged.md", f"{BAD}\n\n{BAD}\n")
    repo.write("untracked.md", f"{BAD}\n")
    repo.write("ignored.md", f"{BAD}\n")
    assert places(since(repo)) == [
        ("committed.md", 3), ("staged.md", 3), ("unstaged.md", 3), ("untracked.md", 1),
    ]  # fmt: skip
    assert since(repo, "--list-files", "--format", "text").out.split() == [
        "committed.md", "staged.md", "unstaged.md", "untracked.md",
    ]  # fmt: skip


def test_what_the_other_branch_has_changed_since_is_no_change_of_this_one(
    repo: GitRepository,
) -> None:
    repo.write("a.md", f"{FINE}\n")
    repo.write("b.md", f"{BAD}\n")
    repo.branch()
    repo.write("a.md", f"{BAD}\n")
    repo.commit()
    repo.git("switch", "-q", "main")
    repo.write("b.md", f"{FINE}\n")
    repo.commit()
    repo.git("switch", "-q", "desk-work")
    assert places(since(repo)) == [("a.md", 1)]


def test_a_moved_article_brings_its_earlier_version_along(repo: GitRepository) -> None:
    body = "".join(f"Line {n} of the story stands as it stood.\n\n" for n in range(9))
    repo.write("a.md", f"{BAD}\n\n{body}")
    repo.write("b.md", f"{BAD}\n\n{FINE}\n\n{body.replace('story', 'tale')}")
    repo.branch()
    (repo.root / "new").mkdir()
    repo.git("mv", "a.md", "new/a.md")
    repo.git("mv", "b.md", "new/b.md")
    repo.write("new/b.md", f"{BAD}\n\n{BAD}\n\n{body.replace('story', 'tale')}")
    assert places(since(repo)) == [("new/b.md", 3)]
    repo.commit()
    ran = since(repo)
    assert (checked(ran), places(ran)) == (["new/a.md", "new/b.md"], [("new/b.md", 3)])


def test_only_new_slips_are_mended(repo: GitRepository) -> None:
    repo.config("extends: [newsroom]\n")
    repo.write("a.md", "They they met.\n\nIt rained.\n")
    repo.branch()
    repo.write("a.md", "They they met.\n\nIt rained.  It it rained.\n\nIt was was over.\n")
    select = ("--select", "doubled-word")
    ran = since(repo, *select, "--fix")
    assert (repo.root / "a.md").read_text() == (
        "They they met.\n\nIt rained.  It rained.\n\nIt was over.\n"
    )
    assert ran.findings == []


def test_nothing_changed_is_no_failure_and_is_said(repo: GitRepository) -> None:
    repo.write("a.md", f"{BAD}\n")
    repo.branch()
    ran = since(repo)
    assert (ran.code, checked(ran)) == (0, [])
    assert "no article here has changed since main" in ran.err


def test_deleted_articles_are_skipped(repo: GitRepository) -> None:
    repo.write("a.md", f"{BAD}\n")
    repo.branch()
    repo.commit("a.md")
    ran = since(repo)
    assert (ran.code, checked(ran)) == (0, [])


def test_an_article_that_git_takes_for_binary_does_not_slip_through(repo: GitRepository) -> None:
    repo.write(".gitattributes", "*.md -diff\n")
    repo.write("wide.md", f"{BAD}\n\n{FINE}\n".encode("utf-16"))
    repo.branch()
    repo.write("wide.md", f"{BAD}\n\n{FINE}\n\u0a0a\n\n{BAD}\n".encode("utf-16"))
    repo.write("nul.md", b"PK\x03\x04\0\0")
    ran = since(repo)
    assert (ran.code, places(ran)) == (2, [("wide.md", 6)])
    assert [error["code"] for error in ran.document["errors"]] == ["not-text"]


def test_given_paths_and_the_config_still_choose(repo: GitRepository) -> None:
    repo.desk(config="files: ['**/*.md']\nexclude: ['drafts/**']\n")
    repo.branch()
    for name in ("in/a.md", "in/b.txt", "out/a.md", "in/.hid.md", "in/node_modules/x.md"):
        repo.write(name, f"{BAD}\n")
    repo.write("drafts/a.md", f"{BAD}\n")
    assert checked(since(repo, "in")) == ["in/a.md"]
    assert checked(since(repo, "in/", "./out")) == ["./out/a.md", "in/a.md"]
    assert checked(since(repo, "out/*.md")) == ["out/a.md"]
    assert checked(since(repo, "../in", ".", folder="out")) == ["../in/a.md", "a.md"]
    assert checked(since(repo)) == ["in/a.md", "out/a.md"]
    ran = since(repo, "drafts")
    assert (ran.code, checked(ran)) == (0, [])
    assert since(repo, "nowhere.md").code == 2
    (repo.root / "link").symlink_to("in")
    assert checked(since(repo, "link")) == ["link/a.md"]


def test_a_path_outside_the_repository_is_refused(repo: GitRepository, tmp_path: Path) -> None:
    repo.branch()
    Repository(tmp_path / "other").write("a.md", f"{BAD}\n")
    ran = since(repo, "../other/a.md")
    assert ran.code == 2
    assert "lies outside" in ran.err or "lies outside" in ran.out


def test_a_link_that_leads_out_is_an_error(repo: GitRepository, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(BAD)
    repo.write("here.txt", f"{BAD}\n")
    repo.branch()
    (repo.root / "out.md").symlink_to(tmp_path / "secret.txt")
    (repo.root / "in.md").symlink_to("here.txt")
    (repo.root / "secret.md").symlink_to(".git/config")
    repo.commit()
    for ran in (since(repo), repo.check("."), repo.check("out.md", "secret.md")):
        assert [error["path"] for error in ran.document["errors"]] == ["out.md", "secret.md"]
    ran = since(repo)
    assert (ran.code, places(ran)) == (2, [("in.md", 1)])
    assert "leads out of the repository" in ran.document["errors"][0]["message"]


def test_findings_on_the_whole_article_stay(repo: GitRepository) -> None:
    repo.write("a.md", "# Council meets\n\nThe council met.\n")
    repo.desk("id: plain-use", BYLINE)
    repo.branch()
    assert since(repo).findings == []
    repo.git("mv", "a.md", "b.md")
    assert (checked(since(repo)), since(repo).findings) == (["b.md"], [])  # it has only moved
    repo.write("b.md", "# Council meets\n\nThe council met.\n\nIt rose.\n")
    assert [finding["rule"] for finding in since(repo).findings] == ["byline"]
    repo.write("b.md", "# Council meets\n")
    assert [finding["rule"] for finding in since(repo, "--scope", "lines").findings] == ["byline"]


def test_a_finding_counts_where_the_place_it_conflicts_with_is_new(repo: GitRepository) -> None:
    repo.desk(
        "id: one-form\nkind: consistency\nmessage: “{match}” here\n"
        "options: {check: forms, forms: {one: [adviser], other: [advisor]}}"
    )
    repo.write("a.md", "One adviser came.\n\nThe council met.\n\nOne advisor went.\n")
    repo.branch()
    repo.write("a.md", "An adviser came.\n\nThe council met.\n\nOne advisor went.\n")
    [finding] = since(repo).findings
    assert finding["start"]["line"] == 5
    repo.write("a.md", "One adviser came.\n\nThe council sat.\n\nOne advisor went.\n")
    assert since(repo).findings == []


def test_words_that_come_together_when_a_line_between_them_goes_are_new(
    repo: GitRepository,
) -> None:
    repo.desk("id: plain-use\noptions: {check: avoid, terms: [make use]}")
    repo.write("a.md", "They make\nno\nuse of it.\n")
    repo.branch()
    repo.write("a.md", "They make\nuse of it.\n")
    assert places(since(repo)) == [("a.md", 1)]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_breaks_of_any_kind_keep_lines_apart(repo: GitRepository, ending: str) -> None:
    lines = [BAD, "", FINE, "", BAD, "", FINE]
    repo.write("a.md", ending.join(lines))
    repo.branch()
    lines[6] = BAD
    repo.write("a.md", ending.join(lines))
    assert places(since(repo)) == [("a.md", 7)]


def test_new_line_breaks_and_encodings_make_no_line_new(repo: GitRepository) -> None:
    repo.write("a.md", f"{BAD}\n\n{FINE}\n")
    repo.branch()
    repo.write("a.md", f"\ufeff{BAD}\r\n\r\n{FINE}\r\n\r\nCafé: {BAD}")
    assert places(since(repo)) == [("a.md", 5)]
    repo.write("a.md", f"{BAD}\n\n{FINE}\n\nCafé: {BAD}\n".encode("utf-16"))
    assert places(since(repo)) == [("a.md", 5)]


@pytest.mark.parametrize(
    "name", [b"with space.md", b'quo"te.md', b"a\nb.md", b"\xe9t\xe9.md", b"\xc3\xa9.md", b"-x.md"]
)
def test_any_file_name(repo: GitRepository, name: bytes) -> None:
    path = os.path.join(os.fsencode(repo.root), name)
    for text in (f"{BAD}\n", f"{BAD}\n\n{BAD}\n"):
        with open(path, "w") as file:
            file.write(text)
        if text == f"{BAD}\n":
            repo.branch()
    ran = since(repo)
    assert (ran.code, [line for _, line in places(ran)]) == (1, [3])


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("nowhere", 'git knows no commit "nowhere"; is it spelt right, and fetched?'),
        ("--output=pwned", 'git knows no commit "--output=pwned"'),
        ("-h", 'git knows no commit "-h"'),
        ("", 'git knows no commit ""'),
        ("main..HEAD", "git knows no commit"),
        ("a\nb", "git knows no commit"),
        ("main:newslint.yml", "git knows no commit"),
        ("0" * 40, "git knows no commit"),
    ],
)
def test_an_unknown_ref_is_an_error(repo: GitRepository, ref: str, said: str) -> None:
    repo.write("a.md", f"{BAD}\n")
    repo.branch()
    ran = repo.run("check", f"--changed-since={ref}")
    assert ran.code == 2
    assert said in ran.err
    assert not (repo.root / "pwned").exists()
    document = repo.check(f"--changed-since={ref}").document
    assert [error["code"] for error in document["errors"]] == ["config"]


def test_a_branch_that_only_the_remote_has_is_suggested(
    repo: GitRepository, tmp_path: Path
) -> None:
    repo.branch()
    git(tmp_path, "clone", "-q", repo.root, "clone")
    clone = Repository.__new__(Repository)
    clone.root = tmp_path / "clone"
    ran = clone.run("check", "--changed-since", "main")
    assert ran.code == 2
    assert 'Did you mean "origin/main"?' in ran.err


def test_a_shallow_clone_is_told_how_to_fetch_more(repo: GitRepository, tmp_path: Path) -> None:
    repo.write("a.md", f"{FINE}\n")
    repo.branch()
    repo.write("b.md", f"{BAD}\n")
    repo.commit()
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repo.root}", "clone")
    clone = Repository.__new__(Repository)
    clone.root = tmp_path / "clone"
    remedy = "fetch more history: git fetch --unshallow, or fetch-depth: 0 in actions/checkout"
    ran = clone.run("check", "--changed-since", "main")
    assert ran.code == 2
    assert remedy in ran.err
    assert "A branch comes by: git fetch origin main:refs/remotes/origin/main" in ran.err
    git(clone.root, "fetch", "-q", "--depth=1", "origin", "main:main")
    ran = clone.run("check", "--changed-since", "main")
    assert ran.code == 2
    assert "a shallow clone" in ran.err
    assert remedy in ran.err
    git(clone.root, "fetch", "-q", "--unshallow", "origin", "main", "desk-work")
    assert places(clone.check("--changed-since", "main")) == [("b.md", 1)]


def test_a_partial_clone_fetches_nothing_and_is_told_what_does(
    repo: GitRepository, tmp_path: Path
) -> None:
    repo.write("a.md", f"{BAD}\n")
    repo.git("config", "uploadpack.allowFilter", "true")
    repo.branch()
    repo.write("a.md", f"{BAD}\n\n{BAD}\n")
    repo.commit()
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{repo.root}", "clone")
    clone = Repository.__new__(Repository)
    clone.root = tmp_path / "clone"
    ran = clone.check("--changed-since", "origin/main")
    [error] = ran.document["errors"]
    assert (ran.code, error["path"], len(ran.findings)) == (2, "a.md", 2)
    assert "this clone is partial and newslint fetches nothing" in error["message"]
    git(clone.root, "diff", "origin/main")
    assert places(clone.check("--changed-since", "origin/main")) == [("a.md", 3)]


def test_histories_without_a_common_commit(repo: GitRepository) -> None:
    repo.write("a.md", f"{BAD}\n")
    repo.commit()
    repo.git("switch", "-q", "--orphan", "other")
    repo.write("a.md", f"{BAD}\n")
    repo.commit()
    ran = repo.run("check", "--changed-since", "main", "a.md")
    assert ran.code == 2
    assert '"main" and HEAD share no commit' in ran.err


def test_without_git_there_is_nothing_to_compare_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repo: GitRepository
) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "a.md").write_text(BAD)
    ran = spawn("check", "--changed-since", "main", cwd=plain)
    assert ran.code == 2
    assert "no git working tree here" in ran.err
    monkeypatch.setenv("PATH", "")
    ran = repo.run("check", "--changed-since", "main")
    assert ran.code == 2
    assert "git is not installed" in ran.err


def test_stdin_is_refused(repo: GitRepository) -> None:
    repo.branch()
    ran = repo.run("check", "--changed-since", "main", "-", input=BAD)
    assert ran.code == 2
    assert "stdin (-)" in ran.err


HOSTILE = """
[core]
    quotePath = true
    fsmonitor = {program}
    excludesFile = {ignore}
    attributesFile = {attributes}
    pager = {program}
[color]
    ui = always
[diff]
    noprefix = true
    mnemonicPrefix = true
    external = {program}
    renames = false
    orderFile = /nowhere
    relative = true
    autoRefreshIndex = false
    ignoreSubmodules = none
    wsErrorHighlight = all
[diff "upper"]
    textconv = {program}
    command = {program}
"""


def test_the_users_git_has_no_say(
    repo: GitRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    program.chmod(0o755)
    (tmp_path / "ignore").write_text("*.md\n")
    (tmp_path / "attributes").write_text("*.md diff=upper\n")
    repo.write(".gitattributes", "*.md diff=upper\n")
    repo.write("sub/é a.md", f"{BAD}\n\n{FINE}\n\n" + "It stands.\n\n" * 9)
    repo.write("sub/same.md", f"{BAD}\n")
    repo.branch()
    repo.git("mv", "sub/é a.md", "sub/é b.md")
    repo.write("sub/é b.md", f"{BAD}\n\n{BAD}\n\n" + "It stands.\n\n" * 9)
    repo.write("sub/new.md", f"{BAD}\n")
    os.utime(repo.root / "sub/same.md", (1, 1))
    config = HOSTILE.format(
        program=program, ignore=tmp_path / "ignore", attributes=tmp_path / "attributes"
    )
    (tmp_path / "gitconfig").write_text(config)
    for name, value in {
        "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"),
        "GIT_DIR": "/nowhere",
        "GIT_WORK_TREE": "/nowhere",
        "GIT_INDEX_FILE": "/nowhere/index",
        "GIT_EXTERNAL_DIFF": str(program),
        "GIT_DIFF_OPTS": "-u9",
        "GIT_PREFIX": "content/",
    }.items():
        monkeypatch.setenv(name, value)
    found = places(since(repo, "--scope", "file", folder="sub"))
    assert found == [("new.md", 1), ("é b.md", 1), ("é b.md", 3)]
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "gitconfig").rename(tmp_path / ".gitconfig")
    assert places(since(repo, folder="sub")) == [("new.md", 1), ("é b.md", 3)]
    assert not (tmp_path / "ran").exists()


def test_a_program_called_git_in_the_repository_is_not_run(
    repo: GitRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.branch()
    repo.write("git", "#!/bin/sh\ntouch ran\n").chmod(0o755)
    monkeypatch.setenv("PATH", "." + os.pathsep + os.environ["PATH"])
    assert since(repo).code == 0
    assert not (repo.root / "ran").exists()


def test_in_a_worktree(repo: GitRepository, tmp_path: Path) -> None:
    repo.write("a.md", f"{BAD}\n")
    repo.branch()
    repo.git("worktree", "add", "-q", "-b", "other", tmp_path / "tree")
    tree = Repository.__new__(Repository)
    tree.root = tmp_path / "tree"
    tree.write("a.md", f"{BAD}\n\n{BAD}\n")
    assert places(tree.check("--changed-since", "main")) == [("a.md", 3)]


def test_changed_articles_are_compared_with_the_whole_corpus(repo: GitRepository) -> None:
    repo.config("corpus: ['**/*.md']\n")
    story = "# Larnham council votes to keep the island ferry\n\nIt voted on Tuesday.\n"
    repo.write("old.md", story)
    repo.write("other.md", "# Rowing club meets\n\nNobody came.\n")
    repo.branch()
    repo.write("new.md", story)
    ran = since(repo, "--select", "duplicate-headline")
    assert (checked(ran), places(ran)) == (["new.md"], [("new.md", 1)])


def test_workers_change_nothing(repo: GitRepository) -> None:
    for number in range(60):
        repo.write(f"{number:02}.md", f"{BAD}\n")
    repo.branch()
    for number in range(60):
        repo.write(f"{number:02}.md", f"{BAD}\n\n{FINE}\n\n{BAD}\n")
    one = since(repo, "--jobs", "1")
    assert places(one) == [(f"{number:02}.md", 5) for number in range(60)]
    assert since(repo, "--jobs", "3").out == one.out


def test_only_changed_articles_are_opened(repo: GitRepository) -> None:
    for number in range(30):
        repo.write(f"{number:02}.md", f"{BAD}\n")
    repo.branch()
    repo.write("07.md", f"{BAD} {BAD}\n")
    code = (
        "import sys\nfrom newslint.cli import main\nopened = []\n"
        "sys.addaudithook(lambda event, args: event == 'open' and opened.append(args[0]))\n"
        "main(['check', '--changed-since', 'main', '--quiet', '--format', 'concise'])\n"
        "print([name for name in opened if str(name).endswith('.md')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=repo.root, env=environment(), capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "['07.md']"


lines = st.lists(st.sampled_from(["a", "b", "c", "", "d e"]), max_size=14)


@given(lines, lines)
@settings(max_examples=300)
def test_lines_that_are_not_new_are_the_old_ones_in_their_order(
    old: list[str], new: list[str]
) -> None:
    """What is left without the new lines is a part of the old text, and where text went is told."""
    ranges = new_lines("\n".join(old), "\n".join(new))
    fresh = {number for first, last in ranges for number in range(first, last + 1)}
    kept = [line for n, line in enumerate(split("\n".join(new)), 1) if n not in fresh]
    rest = iter(split("\n".join(old)))
    assert all(line in rest for line in kept)
    assert bool(ranges) == (old != new and "\n".join(old) != "\n".join(new))


@given(st.lists(st.integers(), unique=True, max_size=30), st.data())
@settings(max_examples=200)
def test_a_line_put_in_is_the_only_new_one(old: list[int], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(old)))
    text = [str(line) for line in old] or [""]
    changed = [*text[:at], "put in", *text[at:]]
    assert new_lines("\n".join(text), "\r\n".join(changed)) == [(min(at, len(text)) + 1,) * 2]


def test_hostile_texts_take_no_time() -> None:
    """Half a million lines that are hard to tell apart: seconds, not hours."""
    old = "\n".join(str(n * n % 997) for n in range(250_000))
    new = "\n".join(str(n * 7 % 991) for n in range(250_000))
    assert new_lines(old, new)
    rising, falling = ("\n".join(map(str, r)) for r in (range(200_000), range(200_000, 0, -1)))
    assert new_lines(rising, falling)
