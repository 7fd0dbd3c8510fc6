"""What a pull request may try to get past `--changed-since BASE --config-from BASE`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import Ran
from gitrepo import GitRepository

BAD = "They utilize it."
FINE = "They use it."
IGNORE = "<!-- newslint-ignore plain-use -- {} -->"
REST = "".join(f"Line {n} of the story stands as it stood.\n\n" for n in range(9))
DUPLICATE = "# Larnham council votes to keep the island ferry\n\nIt voted.\n"


@pytest.fixture
def repo(tmp_path: Path) -> GitRepository:
    """A repository whose config runs one rule, on the word `utilize`, on what is in `content`."""
    repo = GitRepository(tmp_path / "repo")
    repo.desk("id: plain-use\nseverity: error", config="files: ['content/**']\n")
    return repo


def gate(repo: GitRepository, *args: str) -> Ran:
    args = args or ("content",)
    return repo.check("--changed-since", "main", "--config-from", "main", *args)


def places(ran: Ran) -> list[tuple[str, int]]:
    """(path, line) of all findings."""
    return [
        (article["path"].removeprefix("content/"), finding["start"]["line"])
        for article in ran.document["articles"]
        for finding in article["findings"]
    ]


def submodule(repo: GitRepository, name: str, text: str) -> GitRepository:
    """Another repository with one article, and it as a submodule at a path."""
    other = GitRepository(repo.root.parent / Path(name).name)
    other.write("a.md", text)
    other.commit()
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other.root), name)
    inside = GitRepository.__new__(GitRepository)
    inside.root = repo.root / name
    return inside


# Repositories in the repository


@pytest.mark.parametrize("ignoring", ["none", "all"])
def test_what_a_changed_submodule_holds_is_new(repo: GitRepository, ignoring: str) -> None:
    inside = submodule(repo, "content/sub", f"{BAD}\n")
    repo.branch()
    assert (gate(repo).code, gate(repo).document["articles"]) == (0, [])
    repo.git("config", "-f", ".gitmodules", "submodule.content/sub.ignore", ignoring)
    inside.write("b.md", f"{BAD}\n")
    assert places(gate(repo)) == [("sub/a.md", 1), ("sub/b.md", 1)]  # not yet committed
    inside.commit()
    repo.commit()
    for given in ("content", ".", "content/sub"):
        ran = gate(repo, given)
        assert (ran.code, places(ran)) == (1, [("sub/a.md", 1), ("sub/b.md", 1)])
    assert places(gate(repo, "content/sub/b.md")) == [("sub/b.md", 1)]
    assert "content/sub is a repository of its own" in gate(repo).err


def test_what_a_nested_repository_holds_is_new_unless_ignored(repo: GitRepository) -> None:
    repo.branch()
    nested = GitRepository(repo.root / "content" / "nested")
    nested.write("a.md", f"{BAD}\n")
    assert places(gate(repo)) == [("nested/a.md", 1)]
    nested.commit()
    assert places(gate(repo)) == [("nested/a.md", 1)]
    repo.write(".gitignore", "nested/\n")
    assert places(gate(repo)) == []


def test_a_changed_submodule_without_articles_disturbs_nobody(repo: GitRepository) -> None:
    inside = submodule(repo, "themes/plain", "A theme.\n")
    repo.branch()
    inside.write("a.md", f"{BAD}\n")
    inside.commit()
    repo.commit()
    ran = gate(repo, ".")
    assert (ran.code, ran.findings) == (0, [])
    assert "repository of its own" not in ran.err
    (repo.root / "themes/plain/.git").write_text("gitdir: nowhere\n")
    assert (gate(repo, ".").code, gate(repo, ".").findings) == (0, [])
    shutil.rmtree(repo.root / "themes/plain")
    (repo.root / "themes/plain").mkdir()
    assert gate(repo, ".").code == 0


def test_a_broken_submodule_counts_as_changed(repo: GitRepository) -> None:
    inside = submodule(repo, "content/sub", f"{BAD}\n")
    repo.branch()
    inside.write(".git", "gitdir: nowhere\n")
    ran = gate(repo)
    assert (ran.code, places(ran)) == (1, [("sub/a.md", 1)])


def test_a_file_where_a_submodule_was(repo: GitRepository) -> None:
    submodule(repo, "content/a.md", f"{FINE}\n")
    repo.branch()
    repo.git("rm", "-q", "-f", "content/a.md")
    repo.write("content/a.md", f"{BAD}\n")
    repo.commit()
    assert places(gate(repo)) == [("a.md", 1)]


def test_a_folder_that_looks_like_a_repository_is_not_asked(repo: GitRepository) -> None:
    repo.write("content/old.md", f"{FINE}\n")
    repo.branch()
    repo.write("content/a.md", f"{BAD}\n")
    repo.git("clone", "-q", "--bare", ".", "bare")
    for name in ("HEAD", "config", "objects", "refs", "packed-refs"):
        (repo.root / "bare" / name).rename(repo.root / "content" / name)
    repo.git("config", "-f", "content/config", "core.bare", "false")
    repo.git("config", "-f", "content/config", "core.worktree", str(repo.root / "content"))
    ran = repo.check("--changed-since", "main", "--config-from", "main", folder="content")
    assert ran.code == 2
    assert "bare repository" in ran.document["errors"][0]["message"]
    assert places(gate(repo)) == [("a.md", 1)]


# What git does not see


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
def test_a_file_that_git_is_told_not_to_look_at(repo: GitRepository, flag: str) -> None:
    for name in ("a", "b", "gone"):
        repo.write(f"content/{name}.md", f"{BAD}\n")
    repo.branch()
    for name in ("a", "b", "gone"):
        repo.git("update-index", flag, f"content/{name}.md")
    repo.write("content/a.md", f"{BAD}\n\n{BAD}\n")
    (repo.root / "content/gone.md").unlink()
    ran = gate(repo)
    assert (ran.code, places(ran)) == (1, [("a.md", 3)])


def test_a_link_to_an_article_changes_with_it(repo: GitRepository) -> None:
    repo.write("drafts/a.md", f"{FINE}\n")
    (repo.root / "content").mkdir()
    (repo.root / "content/a.md").symlink_to("../drafts/a.md")
    repo.branch()
    repo.write("drafts/a.md", f"{FINE}\n\n{BAD}\n")
    repo.commit()
    assert places(gate(repo)) == [("a.md", 3)]


def test_a_gitignore_hides_nothing_that_articles_are_compared_with(repo: GitRepository) -> None:
    repo.config("corpus: ['content/**']\nrules: {duplicate-headline: error}\n")
    repo.write("content/old.md", DUPLICATE)
    repo.branch()
    repo.write("content/new.md", DUPLICATE)
    repo.write(".gitignore", "content/old.md\n")
    repo.commit()
    ran = gate(repo, "content", "--select", "duplicate-headline")
    assert places(ran) == [("new.md", 1)]


def test_of_several_points_where_a_branch_left_none_is_picked_by_chance(
    repo: GitRepository,
) -> None:
    repo.write("content/a.md", f"{BAD}\n\n{REST}")
    repo.commit()
    repo.git("switch", "-q", "-c", "feature")
    repo.write("content/f.md", f"{FINE}\n")
    repo.commit()
    repo.git("switch", "-q", "main")
    repo.write("content/a.md", f"{FINE}\n\n{REST}")
    mended = repo.commit()
    repo.git("merge", "-q", "--no-edit", "feature")
    repo.git("switch", "-q", "-c", "desk-work", mended)
    repo.git("merge", "-q", "--no-edit", "feature")
    repo.write("content/a.md", f"{BAD}\n\n{REST}")
    repo.commit()
    assert len(repo.git("merge-base", "--all", "main", "HEAD").split()) == 2
    ran = gate(repo)
    assert (ran.code, places(ran)) == (1, [("a.md", 1)])


# What was not copy before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("drafts/a.md", "content/a.md"),  # which the config leaves out
        ("content/.a.md", "content/a.md"),
        ("content/a.rst", "content/a.md"),
        ("content/a.md", "content/a.html"),
        ("content/a.html", "content/a.txt"),
    ],
)
def test_what_was_no_such_article_before_is_new(
    repo: GitRepository, before: str, after: str
) -> None:
    repo.write(before, f"{BAD}\n\n{REST}")
    repo.branch()
    (repo.root / "content").mkdir(exist_ok=True)
    repo.git("mv", before, after)
    repo.commit()
    assert places(gate(repo)) == [(after.removeprefix("content/"), 1)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{REST}```\n{BAD}\n```\n", f"{REST}{BAD}\n"),
        (f"{REST}<!--\n{BAD}\n-->\n", f"{REST}{BAD}\n"),
        (f"{REST}<!--\n\n{BAD}\n\n-->\n\n{FINE}\n", f"{REST}\n\n{BAD}\n\n\n{FINE}\n"),
        (f"---\ntitle: A\nlang: fr\n---\n{BAD}\n", f"---\ntitle: A\n---\n{BAD}\n"),
    ],
)
def test_lines_that_were_no_copy_before_are_new(
    repo: GitRepository, before: str, after: str
) -> None:
    repo.desk("id: plain-use\nseverity: error\nlanguage: en", config="files: ['content/**']\n")
    repo.write("content/a.md", before)
    repo.branch()
    assert gate(repo).findings == []
    repo.write("content/a.md", after)
    repo.commit()
    assert len(gate(repo).findings) == 1


def test_a_suppression_that_comes_from_what_nobody_checked_is_new(repo: GitRepository) -> None:
    text = f"{IGNORE.format('a draft')}\n{BAD}\n\n{REST}"
    repo.write("drafts/a.md", text)
    repo.write("content/b.md", text)
    repo.branch()
    repo.git("mv", "drafts/a.md", "content/a.md")
    repo.git("mv", "content/b.md", "content/c.md")
    repo.commit()
    ran = gate(repo)
    assert places(ran) == [("a.md", 2)]
    assert "a.md: line 1: this suppression" in ran.err


def test_a_block_quote_that_becomes_narration_is_new(repo: GitRepository) -> None:
    repo.write("content/a.html", f"<blockquote>\n<p>{BAD}</p>\n</blockquote>\n<p>{FINE}</p>\n")
    repo.branch()
    assert repo.check("content").findings == []
    repo.write("content/a.html", f"<p>{BAD}</p>\n<p>{FINE}</p>\n")
    assert places(gate(repo)) == [("a.html", 1)]


def test_what_git_lfs_keeps_elsewhere_is_no_article(repo: GitRepository) -> None:
    repo.branch()
    repo.write(".gitattributes", "*.md filter=lfs\n")
    repo.write(
        "content/a.md",
        f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 17\n",
    )
    ran = gate(repo)
    [error] = ran.document["errors"]
    assert (ran.code, error["code"]) == (2, "not-text")
    assert "git lfs pull" in error["message"]


# Twins


def test_a_copy_of_a_sentence_that_the_baseline_knows(repo: GitRepository) -> None:
    repo.write("content/a.md", f"{REST}{BAD}\n")
    repo.run("check", "--write-baseline")
    repo.branch()
    assert gate(repo).code == 0
    repo.write("content/a.md", f"{BAD}\n\n{REST}{BAD}\n")
    repo.commit()
    assert (gate(repo).code, len(gate(repo).findings)) == (1, 1)
    [finding] = gate(repo).findings
    assert finding["start"]["line"] == 1
    repo.write("content/a.md", f"{BAD}\n\n{REST}")  # moved
    assert gate(repo).code == 0
    repo.write("content/a.md", f"They *util*ize it.\n\n{REST}{BAD}\n")  # the same in other dress
    assert places(gate(repo)) == [("a.md", 1)]


def test_a_copy_of_a_sentence_that_the_commit_waves_on(repo: GitRepository) -> None:
    waved = f"{IGNORE.format('a statute')}\n{BAD}\n\n"
    repo.write("content/a.md", f"{REST}{waved}")
    repo.branch()
    assert gate(repo).code == 0
    repo.write("content/a.md", f"{waved}{REST}{waved}")
    repo.commit()
    assert (gate(repo).code, len(gate(repo).findings)) == (1, 1)
    repo.write("content/a.md", f"{waved}{REST}")
    assert gate(repo).code == 0
