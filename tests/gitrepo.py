"""A real git repository for tests, which no configuration of the machine has a say in."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from conftest import Repository

WHO = {
    "GIT_AUTHOR_NAME": "Ada Lorne",
    "GIT_AUTHOR_EMAIL": "ada@tribune.example",
    "GIT_COMMITTER_NAME": "Ada Lorne",
    "GIT_COMMITTER_EMAIL": "ada@tribune.example",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


def git(folder: Path, *arguments: str | bytes | Path) -> str:
    """Run git and return what it says on stdout."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=env | WHO, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode("utf-8", "replace").strip()


class GitRepository(Repository):
    """A repository whose branch `main` is what a branch of changes is compared with."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str | bytes | Path) -> str:
        """Run git at the top."""
        return git(self.root, *arguments)

    def commit(self, *removed: str) -> str:
        """Commit all that is there, and return the name of the commit."""
        for name in removed:
            self.git("rm", "-q", name)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "All")
        return self.git("rev-parse", "HEAD")

    def branch(self, name: str = "desk-work") -> None:
        """Commit all, and go on in a branch."""
        self.commit()
        self.git("switch", "-q", "-c", name)
