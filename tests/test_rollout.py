"""docs/rollout.md, walked from the first step to the last in a repository with old articles."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Ran
from gitrepo import GitRepository

PAGE = (ROOT / "docs" / "rollout.md").read_text(encoding="utf-8")
OLD = """---
title: Ferry sails again
author: Ines Okafor
date: 2024-03-0{day}
---
The ferry sails again, the harbour office said on Friday. Police caught the arsonist who set fire to the mill.

It was the the first of its kind.
"""
COMMANDS = [
    "newslint init",
    "newslint check --exit-zero --statistics",
    "newslint check --exit-zero --select guilt-before-verdict,doubled-word",
    "newslint check --changed-since origin/main",
    "newslint check --changed-since origin/main --fix",
    "newslint check --write-baseline",
    "newslint check",
    "newslint check --ratchet",
    "newslint check --prune-baseline",
    "newslint check --changed-since origin/main --scope file",
]


def shown() -> Iterator[str]:
    """The commands of the page, in its order."""
    for block in re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL):
        for line in block.splitlines():
            if command := line.partition("#")[0].strip():
                yield command


@pytest.fixture
def repo(tmp_path: Path) -> GitRepository:
    """Old articles, each with one finding that is a warning and one that is a slip."""
    repo = GitRepository(tmp_path / "repo")
    for day in range(1, 7):
        repo.write(f"content/{day}.md", OLD.format(day=day))
    repo.commit()
    return repo


def do(repo: GitRepository, command: str) -> Ran:
    words = shlex.split(command)
    assert words.pop(0) == "newslint"
    return repo.run(*words)


def merged(repo: GitRepository) -> None:
    """All that there is becomes what `origin/main` holds."""
    commit = repo.commit()
    repo.git("update-ref", "refs/remotes/origin/main", commit)


def test_the_page_shows_what_is_walked_here() -> None:
    assert list(shown()) == COMMANDS


def test_from_looking_to_strict(repo: GitRepository) -> None:
    steps = iter(COMMANDS)
    assert do(repo, next(steps)).code == 0
    assert (repo.root / "newslint.yml").exists()
    ran = do(repo, next(steps))
    assert (ran.code, bool(re.search(r"\b6\b.*doubled-word", ran.out))) == (0, True), ran.out
    ran = do(repo, next(steps))
    assert (ran.code, ran.out.count("guilt-before-verdict")) == (0, 12), ran.out

    # changed lines; the slip is made an error here, so that it can fail
    text = (repo.root / "newslint.yml").read_text()
    assert "\nfail-on: error\n" in text
    repo.config(text.replace("\nrules:\n", "\nrules:\n  doubled-word: error\n"))
    merged(repo)
    repo.write("content/1.md", OLD.format(day=1).replace("Friday", "Monday"))
    ran = do(repo, COMMANDS[3])
    assert (ran.code, ran.out.count("error doubled-word")) == (0, 0)
    repo.write("content/2.md", OLD.format(day=2) + "\nIt was the the last.\n")
    ran = do(repo, next(steps))
    assert (ran.code, ran.out.count("error doubled-word")) == (1, 1)
    ran = do(repo, next(steps))
    assert (ran.code, (repo.root / "content/2.md").read_text().count("the the")) == (0, 1)
    merged(repo)

    # ratchet
    assert do(repo, "newslint check").code == 1
    assert do(repo, next(steps)).code == 0
    assert (repo.root / "newslint-baseline.txt").exists()
    merged(repo)
    assert do(repo, next(steps)).code == 0
    assert do(repo, ratchet := next(steps)).code == 0
    repo.write("content/7.md", OLD.format(day=7))
    assert do(repo, ratchet).code == 1
    (repo.root / "content/7.md").unlink()
    repo.run("check", "--no-baseline", "--select", "doubled-word", "--fix")
    assert "the the" not in (repo.root / "content/3.md").read_text()
    assert "newslint-baseline" in do(repo, "newslint check").err  # what is gone, is told
    assert do(repo, next(steps)).code == 0
    assert "doubled-word" not in (repo.root / "newslint-baseline.txt").read_text()

    # strict
    (repo.root / "newslint-baseline.txt").unlink()
    strict = next(block for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL))
    repo.config(text.replace("fail-on: error\n", strict))
    merged(repo)
    assert do(repo, next(steps)).code == 0
    repo.write("content/1.md", (repo.root / "content/1.md").read_text() + "\nIt was fine.\n")
    assert do(repo, COMMANDS[-1]).code == 1
    assert do(repo, COMMANDS[3]).code == 0
