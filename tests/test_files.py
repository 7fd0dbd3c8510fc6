"""Which files a run checks."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Repository

from newslint import files

COPY = "All is well.\n"


@pytest.fixture
def desk(repo: Repository) -> Repository:
    repo.desk("id: plain-use\n")
    return repo


def plant(repo: Repository, *names: str) -> None:
    for name in names:
        repo.write(name, COPY)


def checked(repo: Repository, *given: str, folder: str = ".") -> list[str]:
    ran = repo.check(*given, folder=folder)
    assert ran.code == 0, ran.out
    return [article["path"] for article in ran.document["articles"]]


def test_a_folder_is_walked_for_articles(desk: Repository) -> None:
    plant(desk, "a.md", "b.markdown", "c.html", "d.htm", "e.txt", "F.MD", "g.Html", "x/y/z.md")
    plant(desk, "n.json", "n.yml", "n", "n.md.bak", "n.mdx", "n.rst", "md", "x.md.d/y.png")
    names = ["F.MD", "a.md", "b.markdown", "c.html", "d.htm", "e.txt", "g.Html", "x/y/z.md"]
    assert checked(desk, ".") == names
    assert checked(desk) == names, "no path is the current folder"
    assert checked(desk, "x") == ["x/y/z.md"]


def test_hidden_files_and_folders_are_left_out(desk: Repository) -> None:
    plant(
        desk,
        "a.md",
        ".b.md",
        ".c/d.md",
        "x/.d/e.md",
        ".git/f.md",
        "node_modules/g.md",
        "x/node_modules/h/i.md",
        "__pycache__/j.md",
    )
    assert checked(desk, ".") == ["a.md"]


def test_what_is_given_by_name_is_checked(desk: Repository) -> None:
    plant(desk, ".b.md", "notes", "n.rst", ".c/d.md")
    assert checked(desk, ".b.md", "notes", "n.rst", ".c") == [".b.md", ".c/d.md", "n.rst", "notes"]


def test_duplicates_are_checked_once(desk: Repository) -> None:
    plant(desk, "x/a.md", "x/b.md")
    assert checked(desk, "x/a.md", "x", "x/a.md", "x/") == ["x/a.md", "x/b.md"]


@pytest.mark.parametrize(
    "given",
    [["x/a.md", "./x/a.md"], ["x", "./x/a.md"], ["x//a.md", "x/a.md"], ["x/../x/a.md", "x/a.md"]],
)
def test_one_file_under_two_names_is_checked_once(desk: Repository, given: list[str]) -> None:
    plant(desk, "x/a.md")
    assert len(checked(desk, *given)) == 1


def test_paths_are_in_order(desk: Repository) -> None:
    plant(desk, "b/a.md", "a.md", "b.md", "a/z.md", "a-b.md", "B.md")
    assert checked(desk, "b.md", ".") == sorted(checked(desk, "."))


# .gitignore


@pytest.mark.parametrize(
    ("ignored", "left"),
    [
        ({".gitignore": "a.md\n"}, ["b.md", "x/b.md", "x/y/b.md"]),
        ({".gitignore": "/a.md\n"}, ["b.md", "x/a.md", "x/b.md", "x/y/a.md", "x/y/b.md"]),
        ({".gitignore": "x/\n"}, ["a.md", "b.md"]),
        ({".gitignore": "y/\n"}, ["a.md", "b.md", "x/a.md", "x/b.md"]),
        ({".gitignore": "*.md\n!b.md\n"}, ["b.md", "x/b.md", "x/y/b.md"]),
        ({".gitignore": "x/\n!x/a.md\n"}, ["a.md", "b.md"]),
        ({".gitignore": "x/*\n!x/a.md\n"}, ["a.md", "b.md", "x/a.md"]),
        ({".gitignore": "**/y/*.md\n"}, ["a.md", "b.md", "x/a.md", "x/b.md"]),
        (
            {".gitignore": "# a.md\n\n \n"},
            ["a.md", "b.md", "x/a.md", "x/b.md", "x/y/a.md", "x/y/b.md"],
        ),
        ({"x/.gitignore": "a.md\n"}, ["a.md", "b.md", "x/b.md", "x/y/b.md"]),
        ({"x/.gitignore": "/a.md\n"}, ["a.md", "b.md", "x/b.md", "x/y/a.md", "x/y/b.md"]),
        (
            {".gitignore": "a.md\n", "x/.gitignore": "!a.md\n"},
            ["b.md", "x/a.md", "x/b.md", "x/y/a.md", "x/y/b.md"],
        ),
        (
            {".gitignore": "a.md\n", "x/y/.gitignore": "!a.md\n"},
            ["b.md", "x/b.md", "x/y/a.md", "x/y/b.md"],
        ),
        (
            {".gitignore": "x/y\n", "x/y/.gitignore": "!a.md\n"},
            ["a.md", "b.md", "x/a.md", "x/b.md"],
        ),
        ({".git/info/exclude": "a.md\n"}, ["b.md", "x/b.md", "x/y/b.md"]),
        (
            {".git/info/exclude": "a.md\n", ".gitignore": "!/a.md\n"},
            ["a.md", "b.md", "x/b.md", "x/y/b.md"],
        ),
        ({".git/info/exclude": "!a.md\n", ".gitignore": "a.md\n"}, ["b.md", "x/b.md", "x/y/b.md"]),
        (
            {".git/info/exclude": "a.md\n", "x/.gitignore": "!a.md\n"},
            ["b.md", "x/a.md", "x/b.md", "x/y/a.md", "x/y/b.md"],
        ),
    ],
)
def test_gitignore(desk: Repository, ignored: dict[str, str], left: list[str]) -> None:
    plant(desk, "a.md", "b.md", "x/a.md", "x/b.md", "x/y/a.md", "x/y/b.md")
    for name, text in ignored.items():
        desk.write(name, text)
    assert checked(desk, ".") == left
    below = [path.removeprefix("x/") for path in left if path.startswith("x/")]
    if below:
        assert checked(desk, ".", folder="x") == below, "wherever newslint is run"
        assert checked(desk, "x") == [f"x/{path}" for path in below]


def test_a_folder_that_git_ignores_is_not_entered(
    desk: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(desk, "a.md", "build/b.md", "build/deep/c.md")
    desk.write(".gitignore", "build/\n")
    entered: list[str] = []
    walk = files.os.walk

    def watched(*args: object, **kwargs: object):
        for where, folders, names in walk(*args, **kwargs):  # type: ignore[call-overload]
            entered.append(Path(where).name)
            yield where, folders, names

    monkeypatch.setattr(files.os, "walk", watched)
    assert checked(desk, ".") == ["a.md"]
    assert "build" not in entered
    assert "deep" not in entered


def test_a_file_that_git_ignores_is_checked_when_it_is_named(desk: Repository) -> None:
    plant(desk, "a.md")
    desk.write(".gitignore", "a.md\n")
    assert checked(desk, "a.md") == ["a.md"]


def test_without_git_nothing_is_ignored(tmp_path: Path, desk: Repository) -> None:
    folder = tmp_path / "loose"
    folder.mkdir()
    (folder / ".gitignore").write_text("a.md\n")
    (folder / "a.md").write_text(COPY)
    assert [p.rsplit("/", 1)[1] for p in checked(desk, str(folder))] == ["a.md"]


# files and exclude of the config


@pytest.mark.parametrize(
    ("config", "left"),
    [
        ('files: ["content/**"]', ["content/a.md", "content/x/b.md"]),
        ('files: ["content/*.md"]', ["content/a.md"]),
        ("files: [content/]", ["content/a.md", "content/x/b.md"]),
        ('exclude: ["**/b.md"]', ["README.md", "content/a.md"]),
        ('exclude: ["README.md"]', ["content/a.md", "content/x/b.md"]),
        ('files: ["content/**"]\nexclude: [x/]', ["content/a.md"]),
        (
            'files: ["*.md"]\nexclude: ["content/**", "!content/a.md"]',
            ["README.md", "content/a.md"],
        ),
        ('files: ["nowhere/**"]', []),
    ],
)
def test_files_and_exclude(desk: Repository, config: str, left: list[str]) -> None:
    plant(desk, "README.md", "content/a.md", "content/x/b.md")
    desk.desk(config=config + "\n")
    assert checked(desk, ".") == left
    assert checked(desk, "README.md", "content/a.md", "content/x/b.md") == left, (
        "given files obey it too"
    )
    below = [path.removeprefix("content/") for path in left if path.startswith("content/")]
    assert checked(desk, ".", folder="content") == below
    assert checked(desk, "../content/a.md", "../content/x/b.md", folder="content") == [
        f"../content/{path}" for path in below
    ]
    whole = str(desk.root / "content")
    assert checked(desk, whole, folder="content") == [f"{whole}/{path}" for path in below]


def test_an_error_is_not_hidden_by_exclude(desk: Repository) -> None:
    plant(desk, "a.md")
    desk.desk(config='exclude: ["*.md"]\n')
    assert desk.check("a.md", "gone.md").code == 2


def test_list_files(desk: Repository) -> None:
    plant(desk, "a.md", "b/c.txt", "d.png")
    ran = desk.run("check", ".", "--list-files")
    assert (ran.code, ran.out) == (0, "a.md\nb/c.txt\n")
    ran = desk.run("check", "a.md", "gone.md", "--list-files")
    assert (ran.code, ran.out) == (2, "a.md\n")
    assert "gone.md" in ran.err


def test_an_empty_folder_beside_a_full_one_is_said(desk: Repository) -> None:
    plant(desk, "a/a.md")
    (desk.root / "b").mkdir()
    ran = desk.check("a", "b")
    assert ran.code == 2
    assert [(e["path"], e["code"]) for e in ran.document["errors"]] == [("b", "no-articles")]
    assert len(ran.document["articles"]) == 1
