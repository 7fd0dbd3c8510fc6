"""The pre-commit hook as a user meets it: installed by pre-commit, run on a real git repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

pytest.importorskip("pre_commit", reason="pre-commit comes with the dev extra")

ROOT = Path(__file__).resolve().parent.parent
SHIPPED = (
    "newslint", "rules", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE",
    ".pre-commit-hooks.yaml",
)  # fmt: skip
MOST_ARGUMENTS = 2**17
"""Bytes of file names that pre-commit passes to one call of a hook, at most."""
FINDING = re.compile(r"^content/.+:\d+:\d+ (?:error|warning|info) .+$", re.MULTILINE)


def run(*command: str | Path, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    hidden = ("GIT_", "PRE_COMMIT", "NEWSLINT_")
    env = {key: value for key, value in os.environ.items() if not key.startswith(hidden)}
    env |= {"PRE_COMMIT_HOME": str(home), "NO_COLOR": "1", "PYTHONPATH": ""}
    env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    return subprocess.run(
        list(map(str, command)), cwd=cwd, env=env, capture_output=True, text=True, check=False
    )


def pre_commit(*arguments: str | Path, cwd: Path, home: Path) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "pre_commit", *arguments, cwd=cwd, home=home)


def commit(folder: Path) -> str:
    """Make the folder a git repository with one commit, and return the commit's name."""
    who = ("-c", "user.name=Ada Lorne", "-c", "user.email=ada@tribune.example")
    for arguments in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "All")):
        done = run("git", *arguments, cwd=folder, home=folder)
        assert done.returncode == 0, done.stderr
    return run("git", "rev-parse", "HEAD", cwd=folder, home=folder).stdout.strip()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps what it installs; skips where pip has nothing to install from."""
    folder = tmp_path_factory.mktemp("pre-commit")
    # the smallest of what pre-commit's environment needs
    pip = (sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--retries", "0")
    done = run(*pip, "--timeout", "20", "-d", folder / "probe", "pathspec", cwd=folder, home=folder)
    if done.returncode:
        pytest.skip(f"pip reaches no package index: {done.stderr.strip()[-200:]}")
    return folder


@pytest.fixture(scope="module")
def hook(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """newslint's repository as committed at its present state, and the commit."""
    folder = tmp_path_factory.mktemp("newslint")
    for name in SHIPPED:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    return folder, commit(folder)


def ask(folder: Path, hook: tuple[Path, str], name: str) -> None:
    """Let the repository in that folder run this hook, in the environment that all tests share."""
    repository = {"repo": str(hook[0]), "rev": hook[1], "hooks": [{"id": name, "verbose": True}]}
    place = folder / ".pre-commit-config.yaml"
    place.write_text(yaml.safe_dump({"repos": [repository]}), encoding="utf-8")


def newsroom(folder: Path, count: int, name_length: int) -> None:
    """A repository of articles, each with a finding, whose paths are long."""
    below = folder / "content" / ("d" * name_length)
    below.mkdir(parents=True)
    for number in range(count):
        name = f"{number:04}".ljust(name_length, "a")
        (below / f"{name}.md").write_text(
            f"---\ntitle: Trip {number} of the ferry\nauthor: Ada Lorne\ndate: 2025-05-02\n---\n\n"
            f"The ferry has sailed {number} times and and it will sail again.\n",
            encoding="utf-8",
        )
    (below / "broken.md").write_text("# The vote is on [DATE]\n\nBy Ada Lorne\n", encoding="utf-8")
    (folder / "README.md").write_text("The the articles of the Tribune.\n", encoding="utf-8")


def test_the_manifest_is_valid(tmp_path: Path) -> None:
    manifest = ROOT / ".pre-commit-hooks.yaml"
    done = pre_commit("validate-manifest", manifest, cwd=tmp_path, home=tmp_path)
    assert done.returncode == 0, done.stdout


def test_over_many_files_the_hook_finds_what_check_finds(
    tmp_path: Path, home: Path, hook: tuple[Path, str]
) -> None:
    newsroom(tmp_path, 330, 200)
    paths = [str(p.relative_to(tmp_path)) for p in (tmp_path / "content").rglob("*.md")]
    assert sum(len(path) + 1 for path in paths) > MOST_ARGUMENTS
    ask(tmp_path, hook, "newslint")
    commit(tmp_path)
    (tmp_path / "newslint.yml").write_text('files: ["content/**"]\n', encoding="utf-8")

    done = pre_commit("run", "--all-files", cwd=tmp_path, home=home)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Failed" in done.stdout
    assert len(re.findall(r"^Checked ", done.stdout, re.MULTILINE)) > 1, "pre-commit did not split"

    whole = (sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
             "from newslint.cli import main; sys.exit(main(sys.argv[1:]))")  # fmt: skip
    check = run(*whole, "check", "content", cwd=tmp_path, home=home)
    assert check.returncode == 1, check.stderr
    expected = sorted(FINDING.findall(check.stdout))
    assert len(expected) > 330
    assert sorted(FINDING.findall(done.stdout)) == expected


def test_the_fixing_hook_mends_and_fails_until_nothing_is_left_to_mend(
    tmp_path: Path, home: Path, hook: tuple[Path, str]
) -> None:
    newsroom(tmp_path, 2, 8)
    folder = tmp_path / "content" / "dddddddd"
    (folder / "broken.md").unlink()
    (tmp_path / "newslint.yml").write_text('files: ["content/**"]\n', encoding="utf-8")
    ask(tmp_path, hook, "newslint-fix")
    commit(tmp_path)
    done = pre_commit("run", "--all-files", cwd=tmp_path, home=home)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "files were modified by this hook" in done.stdout
    assert "Fixed 2 findings in 2 articles" in done.stdout
    for number, path in enumerate(sorted(folder.iterdir())):
        expected = f"The ferry has sailed {number} times and it will sail again."
        assert expected in path.read_text(encoding="utf-8")
    assert "The the" in (tmp_path / "README.md").read_text(encoding="utf-8")

    run("git", "add", "-A", cwd=tmp_path, home=home)
    done = pre_commit("run", "--all-files", cwd=tmp_path, home=home)
    assert done.returncode == 0, done.stdout + done.stderr


def readme_config() -> dict[str, Any]:
    """The pre-commit config that the README shows."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n(repos:.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 1
    config: dict[str, Any] = yaml.safe_load(blocks[0])
    return config


def test_the_config_in_the_readme_works(tmp_path: Path, home: Path, hook: tuple[Path, str]) -> None:
    newsroom(tmp_path, 1, 8)
    (tmp_path / "content" / "dddddddd" / "broken.md").unlink()
    config = readme_config()
    repository = config["repos"][0]
    assert repository["rev"] == "v0.1.0"
    repository["repo"], repository["rev"] = str(hook[0]), hook[1]
    fixes, checks = repository["hooks"]
    assert (fixes["id"], checks["id"]) == ("newslint-fix", "newslint")
    place = tmp_path / ".pre-commit-config.yaml"
    place.write_text(yaml.safe_dump(config), encoding="utf-8")
    article = tmp_path / "content" / "a.md"
    article.write_text(
        "---\ntitle: Tide times\nauthor: Ada Lorne\ndate: 2025-05-02\n---\n\n"
        "The tide comes in in the morning, an useful hour.\n",
        encoding="utf-8",
    )
    commit(tmp_path)

    done = pre_commit("run", "--all-files", cwd=tmp_path, home=home)
    assert done.returncode == 1, "what was mended has to be looked at and added"
    assert "files were modified by this hook" in done.stdout
    assert "Fixed 1 finding in 1 article" in done.stdout
    told = FINDING.findall(done.stdout)
    assert len(told) == len(set(told)), "each is told once"
    assert not [line for line in told if "dddddddd" in line], "what was mended is not reported"
    assert "content/a.md" in done.stdout, "a warning is shown"
    assert "README.md" not in done.stdout
    done = pre_commit("run", "--all-files", cwd=tmp_path, home=home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(FINDING.findall(done.stdout)) == 1, "a warning passes, and is shown"

    repository["hooks"] = [checks | {"args": ["--fail-on", "warning"], "verbose": False}]
    place.write_text(yaml.safe_dump(config), encoding="utf-8")
    done = pre_commit("run", "--all-files", cwd=tmp_path, home=home)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "a-an" in done.stdout
