"""The GitHub Action and the GitLab template, run on clones of a remote with a pull request."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from composite import Ran, run_action
from conftest import ROOT, environment
from gitrepo import WHO, GitRepository, git

import newslint

ACTION = ROOT / "action.yml"
TEMPLATE = ROOT / "ci" / "gitlab.yml"
BAD = "They utilize it."
FINE = "They use it."
ANNOTATION = re.compile(
    r"^::(error|warning|notice) .*?file=([^,]*).*?line=(\d+).*?title=([^,:]*)", re.M
)


class Remote:
    """A bare repository as a forge keeps it, with a pull request from `desk-work` into `main`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bare = folder / "remote.git"
        git(folder, "init", "-q", "--bare", "-b", "main", "remote.git")
        self.repo = GitRepository(folder / "author")
        self.repo.git("remote", "add", "origin", str(self.bare))

    def push(self, branch: str) -> str:
        """Commit and push; the name of the commit."""
        commit = self.repo.commit()
        self.repo.git("push", "-q", "-f", "origin", f"HEAD:{branch}")
        return commit

    def merge(self) -> str:
        """The commit that GitHub makes for the pull request: main with the branch merged."""
        self.repo.git("switch", "-q", "--detach", "main")
        self.repo.git("merge", "-q", "--no-ff", "-m", "Merge", "desk-work")
        commit = self.repo.git("rev-parse", "HEAD")
        self.repo.git("push", "-q", "-f", "origin", "HEAD:refs/pull/1/merge")
        self.repo.git("switch", "-q", "desk-work")
        return commit

    def checkout(self, ref: str, *options: str) -> Path:
        """A clone with that ref checked out, as `actions/checkout` leaves it."""
        workspace = self.folder / "work" / "paper"
        shutil.rmtree(workspace, ignore_errors=True)
        workspace.mkdir(parents=True)
        git(workspace, "init", "-q")
        git(workspace, "remote", "add", "origin", f"file://{self.bare}")
        branches = () if "--depth=1" in options else ("+refs/heads/*:refs/remotes/origin/*",)
        git(workspace, "fetch", "-q", *options, "origin", f"+{ref}:refs/remotes/ours", *branches)
        git(workspace, "checkout", "-q", "--detach", "refs/remotes/ours")
        return workspace


@pytest.fixture
def remote(tmp_path: Path) -> Remote:
    """`main` has a config with one rule, on the word `utilize`, and an old article that breaks it."""
    remote = Remote(tmp_path)
    remote.repo.desk("id: plain-use\nseverity: error", config="files: ['content/**']\n")
    remote.repo.write("content/old.md", f"{BAD}\n")
    remote.repo.write("README.md", f"{BAD}\n")
    remote.push("main")
    remote.repo.git("switch", "-q", "-c", "desk-work")
    return remote


def bin_folder(folder: Path) -> Path:
    """What the action's first step leaves: a Python, and the newslint of this checkout."""
    made = folder / "bin"
    made.mkdir(exist_ok=True)
    (made / "python").unlink(missing_ok=True)
    (made / "python").symlink_to(sys.executable)
    script = f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -P -m newslint "$@"\n'
    (made / "newslint").write_text(script)
    (made / "newslint").chmod(0o755)
    return made


def act(
    remote: Remote, workspace: Path, event: dict[str, Any], name: str = "pull_request",
    **inputs: str,
) -> Ran:  # fmt: skip
    """Run the action's steps, but for the installation."""
    temp = remote.folder / "temp"
    temp.mkdir(exist_ok=True)
    (temp / "summary.md").unlink(missing_ok=True)
    github = {
        "event_name": name,
        "sha": git(workspace, "rev-parse", "HEAD"),
        "ref_name": event.get("ref_name", ""),
        "event": {"repository": {"default_branch": "main"}, **event},
    }
    env = {"XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"], "LANG": "C.UTF-8"}
    given = {"install": {"bin": str(bin_folder(remote.folder))}}
    named = {key.replace("_", "-"): value for key, value in inputs.items()}
    return run_action(ACTION, workspace, temp, named, github, env, given)


def pull(remote: Remote, **inputs: str) -> Ran:
    """The action on the pull request as it stands."""
    base = git(remote.bare, "rev-parse", "main")
    remote.push("desk-work")
    remote.merge()
    workspace = remote.checkout("refs/pull/1/merge")
    return act(remote, workspace, {"pull_request": {"base": {"sha": base}}}, **inputs)


def annotations(ran: Ran) -> list[tuple[str, str, int, str]]:
    """(level, file, line, rule) of all annotations that have a file."""
    return [
        (level, file, int(line), rule) for level, file, line, rule in ANNOTATION.findall(ran.log)
    ]


# The action


def test_the_action_is_one_by_the_published_schema() -> None:
    schemas = pytest.importorskip("check_jsonschema", reason="it comes with the dev extra")
    folder = Path(schemas.__file__).parent / "builtin_schemas" / "vendor"
    import jsonschema

    for name, path in (("github-actions", ACTION), ("gitlab-ci", TEMPLATE)):
        schema = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        jsonschema.Draft7Validator(schema).validate(data)


def test_no_script_holds_an_expression_and_all_are_strict() -> None:
    steps = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["runs"]["steps"]
    scripts = [step["run"] for step in steps if "run" in step]
    assert len(scripts) == 2
    for script in scripts:
        assert "${{" not in script
        assert script.startswith("set -euo pipefail\n")


def test_a_pull_request_is_checked_where_it_changes_articles(remote: Remote) -> None:
    remote.repo.write("content/new.md", f"{FINE}\n\n{BAD}\n")
    ran = pull(remote)
    assert annotations(ran) == [("error", "content/new.md", 3, "plain-use")]
    assert ran.code == 1
    assert {key: ran.outputs[key] for key in ("findings", "errors", "warnings", "exit-code")} == {
        "findings": "1", "errors": "1", "warnings": "0", "exit-code": "1",
    }  # fmt: skip
    report = json.loads(Path(ran.outputs["json"]).read_text())
    assert [article["path"] for article in report["articles"]] == ["content/new.md"]
    assert "plain-use" in ran.summary
    assert ran.used == [{"uses": "actions/setup-python@v6", "with": {"python-version": "3.13"}}]


def test_a_clean_pull_request_passes(remote: Remote) -> None:
    remote.repo.write("content/new.md", f"{FINE}\n")
    ran = pull(remote, python_version="")
    assert (ran.code, ran.outputs["findings"], ran.outputs["exit-code"]) == (0, "0", "0")
    assert ran.used == []


def test_a_pull_request_without_articles_passes(remote: Remote) -> None:
    remote.repo.write("style.css", "p {}\n")
    ran = pull(remote)
    assert (ran.code, annotations(ran)) == (0, [])
    assert "nothing to check" in ran.log


def test_what_main_has_got_meanwhile_is_not_held_against_the_branch(remote: Remote) -> None:
    remote.repo.write("content/new.md", f"{FINE}\n")
    remote.repo.commit()
    remote.repo.git("switch", "-q", "main")
    old_base = git(remote.bare, "rev-parse", "main")
    remote.repo.write("content/others.md", f"{BAD}\n")
    remote.push("main")
    remote.repo.git("switch", "-q", "desk-work")
    remote.push("desk-work")
    remote.merge()
    event = {"pull_request": {"base": {"sha": old_base}}}
    ran = act(remote, remote.checkout("refs/pull/1/merge"), event)
    assert (ran.code, annotations(ran)) == (0, [])
    ran = act(remote, remote.checkout("refs/heads/desk-work"), event)  # the head itself
    assert (ran.code, annotations(ran)) == (0, [])


def test_a_shallow_checkout_is_told_the_remedy(remote: Remote) -> None:
    remote.repo.write("content/new.md", f"{BAD}\n")
    base = git(remote.bare, "rev-parse", "main")
    remote.push("desk-work")
    remote.merge()
    workspace = remote.checkout("refs/pull/1/merge", "--depth=1")
    ran = act(remote, workspace, {"pull_request": {"base": {"sha": base}}})
    assert (ran.code, ran.outputs["exit-code"]) == (2, "2")
    assert "fetch-depth: 0 in actions/checkout" in ran.log


@pytest.mark.parametrize(
    ("inputs", "found"),
    [
        ({"changed_since": "all"}, {"content/old.md", "content/new.md", "content/a b/x.md"}),
        ({"scope": "file", "paths": "content/new.md"}, {"content/new.md"}),
        ({"paths": "content/a b\ncontent/new.md\n"}, {"content/new.md", "content/a b/x.md"}),
        ({"args": "--ignore\nplain-use"}, set()),
        ({"changed_since": "HEAD"}, set()),
        ({"working_directory": "content/a b"}, {"content/a b/x.md"}),
    ],
)
def test_inputs(remote: Remote, inputs: dict[str, str], found: set[str]) -> None:
    remote.repo.write("content/new.md", f"{BAD}\n")
    remote.repo.write("content/a b/x.md", f"{BAD}\n")
    ran = pull(remote, **inputs)
    assert {file for _, file, _, _ in annotations(ran)} == found
    assert ran.code == bool(found)


def test_reports_and_levels(remote: Remote) -> None:
    remote.repo.write("content/new.md", f"{BAD}\n")
    ran = pull(remote, output="sarif=out/newslint.sarif\nhtml=newslint.html\n", fail_on="never")
    assert (ran.code, ran.outputs["errors"]) == (0, "1")
    sarif = Path(ran.outputs["sarif"])
    assert sarif.parts[-3:] == ("paper", "out", "newslint.sarif")
    assert len(json.loads(sarif.read_text())["runs"][0]["results"]) == 1
    assert (sarif.parent.parent / "newslint.html").exists()


def test_inputs_are_never_run(remote: Remote) -> None:
    remote.repo.write("content/new.md", f"{FINE}\n")
    base = remote.push("desk-work")
    workspace = remote.checkout("refs/heads/desk-work")
    text = "$(touch pwned) `touch pwned` '; touch pwned; \"; touch pwned;\ntouch pwned"
    for name in ("paths", "config_from", "changed_since", "scope", "fail_on", "output", "args"):
        event = {"pull_request": {"base": {"sha": base}}}
        assert act(remote, workspace, event, **{name: text}).code == 2, name
    event = {"pull_request": {"base": {"sha": text}}}
    assert act(remote, workspace, event).code == 2
    assert not list(remote.folder.rglob("pwned"))


@pytest.mark.parametrize("name", ["pull_request_target", "workflow_run", "issue_comment"])
def test_events_with_secrets_are_refused(remote: Remote, name: str) -> None:
    remote.repo.write("content/new.md", f"{FINE}\n")
    remote.push("desk-work")
    workspace = remote.checkout("refs/heads/desk-work")
    ran = act(remote, workspace, {}, name)
    assert ran.code == 2
    assert "use pull_request" in ran.log


def test_a_push_is_checked_against_what_was_there_before(remote: Remote) -> None:
    before = remote.repo.git("rev-parse", "HEAD")
    remote.repo.write("content/new.md", f"{BAD}\n")
    remote.push("desk-work")
    workspace = remote.checkout("refs/heads/desk-work")
    found = [("error", "content/new.md", 1, "plain-use")]
    event = {"before": before, "ref_name": "desk-work"}
    assert annotations(act(remote, workspace, event, "push")) == found
    event = {"before": "0" * 40, "ref_name": "desk-work"}  # a new branch
    assert annotations(act(remote, workspace, event, "push")) == found
    event = {"before": "0" * 40, "ref_name": "main"}  # no telling: everything
    assert len(annotations(act(remote, workspace, event, "push"))) == 2
    remote.repo.config("extends: [./desk]\nrules: {plain-use: off}\n")
    remote.push("desk-work")  # whoever may push has the say
    ran = act(remote, remote.checkout("refs/heads/desk-work"), {"before": before}, "push")
    assert ran.code == 0


def test_a_merge_queue_is_as_strict_as_a_pull_request(remote: Remote) -> None:
    base = git(remote.bare, "rev-parse", "main")
    remote.repo.write("content/new.md", f"{BAD}\n")
    remote.repo.config("rules: {plain-use: off}\n")
    remote.push("desk-work")
    remote.merge()
    event = {"merge_group": {"base_sha": base}}
    ran = act(remote, remote.checkout("refs/pull/1/merge"), event, "merge_group")
    assert (ran.code, len(annotations(ran))) == (1, 1)


def test_on_a_schedule_everything_is_checked(remote: Remote) -> None:
    ran = act(remote, remote.checkout("refs/heads/main"), {}, "schedule")
    assert annotations(ran) == [("error", "content/old.md", 1, "plain-use")]


def hostile(repo: GitRepository, folder: Path) -> None:
    """All that a pull request can do to slip something past."""
    repo.config("extends: [./desk]\nrules: {plain-use: off}\nfail-on: never\nexclude: ['**']\n")
    repo.rule("id: plain-use\nseverity: error\noptions: {check: avoid, terms: [zzz]}")
    repo.write("content/newslint.yml", "rules: {plain-use: off}\n")
    repo.write("content/new.md", f"<!-- newslint-ignore-file plain-use -- trust me -->\n\n{BAD}\n")
    repo.write("content/::error::x.md", f"{BAD}\n")
    repo.write("content/hidden.md", f"{BAD}\n")
    repo.write(".gitignore", "content/hidden.md\n")
    repo.git("add", "-f", "content/hidden.md")
    repo.write(".gitattributes", "*.md -diff filter=lfs\n")
    repo.write("newslint-baseline.txt", "content/new.md\tplain-use\t" + "0" * 20 + "\tutilize\n")
    for name in ("newslint", "pip", "yaml", "msgspec", "json", "site", "sitecustomize"):
        repo.write(f"{name}.py", f"open({str(folder / 'pwned')!r}, 'w')\n")
    repo.write("git", f"#!/bin/sh\ntouch {folder / 'pwned'}\n").chmod(0o755)


def test_a_hostile_pull_request_fails_all_the_same(remote: Remote) -> None:
    hostile(remote.repo, remote.folder)
    ran = pull(remote)
    assert ran.code == 1
    found = [("content/%3A%3Aerror%3A%3Ax.md", 1), ("content/hidden.md", 1), ("content/new.md", 3)]
    assert [(file, line) for _, file, line, _ in annotations(ran)] == found
    assert "content/new.md: line 1: this suppression of “plain-use” is new" in ran.log
    assert "trust me" in ran.summary
    assert not any(line.startswith("::error::") for line in ran.log.splitlines())
    assert not (remote.folder / "pwned").exists()
    (remote.repo.root / "newslint.yml").unlink()
    (remote.repo.root / "newslint.yml").symlink_to("/etc/hostname")
    assert pull(remote).code == 1


def test_a_folder_that_looks_like_a_repository_is_not_asked(remote: Remote) -> None:
    """A pull request may fill the folder that the action runs in."""
    remote.repo.write("content/new.md", f"{BAD}\n")
    remote.repo.git("clone", "-q", "--bare", ".", "bare")
    for name in ("HEAD", "config", "objects", "refs"):
        (remote.repo.root / "bare" / name).rename(remote.repo.root / "content" / name)
    shutil.rmtree(remote.repo.root / "bare")
    remote.repo.write("content/refs/heads/main", remote.repo.git("rev-parse", "main"))
    ran = pull(remote, working_directory="content")
    assert ran.code > 1
    assert "content/new.md" not in ran.log


def test_head_may_be_given_the_say(remote: Remote) -> None:
    remote.repo.write("content/new.md", f"{BAD}\n")
    remote.repo.config("extends: [./desk]\nrules: {plain-use: off}\n")
    assert pull(remote, config_from="head").code == 0
    assert pull(remote, config_from="origin/main").code == 1


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The action as GitHub downloads it: this source tree."""
    folder = tmp_path_factory.mktemp("action")
    for name in ("action.yml", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    for name in ("newslint", "rules"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    return folder


def test_the_action_installs_itself_and_runs(remote: Remote, source: Path) -> None:
    """From a fresh checkout to a finding, with a pull request that lays traps for Python.

    One rule asks an engine, which an input brings along.
    """
    probe = (sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--retries", "0")
    target = ("--timeout", "20", "-d", remote.folder / "probe", "pathspec")
    if subprocess.run((*probe, *target), check=False, capture_output=True).returncode:
        pytest.skip("pip reaches no package index")
    hostile(remote.repo, remote.folder)
    remote.repo.write("content/slip.md", "The council met. He have voted for the weir.\n")
    base = git(remote.bare, "rev-parse", "main")
    remote.push("desk-work")
    remote.merge()
    workspace, temp = remote.checkout("refs/pull/1/merge"), remote.folder / "temp"
    temp.mkdir()
    github = {"event_name": "pull_request", "sha": git(workspace, "rev-parse", "HEAD")}
    github["event"] = {"pull_request": {"base": {"sha": base}}}
    env = {key: value for key, value in os.environ.items() if key.startswith(("PIP_", "SSL_"))}
    inputs = {"extras": "harper", "args": "--select=plain-use,grammar-agreement"}
    ran = run_action(source / "action.yml", workspace, temp, inputs, github, env)
    rules = sorted(rule for *_, rule in annotations(ran))
    assert (ran.code, rules) == (1, ["grammar-agreement", *["plain-use"] * 3]), ran.log
    assert not (remote.folder / "pwned").exists()
    for refused in (
        {"version": "--index-url=evil"},
        {"extras": "harper]; touch pwned; ["},
        {"extras": "harper", "version": "git+https://forge.example/newslint"},
    ):
        ran = run_action(source / "action.yml", workspace, temp, refused, github, env)
        assert ran.code == 2
        assert "::error::" in ran.log


# What the documents show


def shown(page: Path, word: str) -> dict[str, Any]:
    """The block of YAML with that word in it."""
    blocks = re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    [block] = [block for block in blocks if word in block]
    data: dict[str, Any] = yaml.load(block, yaml.BaseLoader)  # on stays on
    return data


PAGES = [ROOT / "README.md", ROOT / "docs" / "rollout.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_workflow_in_the_documents_works(remote: Remote, page: Path) -> None:
    workflow = shown(page, "newslint/newslint@")
    schemas = pytest.importorskip("check_jsonschema", reason="it comes with the dev extra")
    import jsonschema

    folder = Path(schemas.__file__).parent / "builtin_schemas" / "vendor"
    schema = json.loads((folder / "github-workflows.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator(schema).validate(workflow)
    assert workflow["on"] == "pull_request"
    assert workflow["permissions"] == {"contents": "read"}
    checkout, action = workflow["jobs"]["articles"]["steps"]
    assert checkout["with"]["fetch-depth"] == "0"
    assert action["uses"] == f"newslint/newslint@v{newslint.__version__}"
    remote.repo.write("content/new.md", f"{BAD}\n")
    ran = pull(remote, **action["with"])
    assert annotations(ran) == [("error", "content/new.md", 1, "plain-use")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_include_in_the_documents_works(remote: Remote, page: Path) -> None:
    shown_job = shown(page, "include:")
    [include] = shown_job["include"]
    assert include["remote"].endswith(f"/v{newslint.__version__}/ci/gitlab.yml")
    base = git(remote.bare, "rev-parse", "main")
    remote.repo.write("content/new.md", f"{BAD}\n")
    remote.push("desk-work")
    workspace = remote.checkout("refs/heads/desk-work")
    variables = shown_job["newslint"]["variables"]
    done = gitlab(remote, workspace, CI_MERGE_REQUEST_DIFF_BASE_SHA=base, **variables)
    assert (done.returncode, "content/new.md:1:6 error plain-use" in done.stdout) == (1, True)


def test_no_document_leads_to_a_workflow_with_secrets() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for block in re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            assert "pull_request_target" not in block, page


# The template for GitLab


def gitlab(remote: Remote, workspace: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """The script of the template's job, as a runner puts it together, but for the installation."""
    job = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))["newslint"]
    lines = [line for line in job["script"] if "venv" not in line or "check" in line]
    assert len(job["script"]) - len(lines) == 3
    venv = f"venv={remote.folder}\n"
    bin_folder(remote.folder)
    env = environment(**job["variables"] | variables, CI_PROJECT_DIR=str(workspace))
    env = {key: value for key, value in env.items() if not key.startswith("GITHUB_")}
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", venv + "\n".join(lines)],
        cwd=workspace, env=env | WHO, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        check=False,
    )  # fmt: skip


def test_the_template_installs_the_version_it_belongs_to() -> None:
    job = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))["newslint"]
    assert job["variables"]["NEWSLINT_PACKAGE"] == f"newslint=={newslint.__version__}"
    assert job["variables"]["GIT_DEPTH"] == "0"


def test_a_merge_request_is_checked_where_it_changes_articles(remote: Remote) -> None:
    base = git(remote.bare, "rev-parse", "main")
    hostile(remote.repo, remote.folder)
    remote.push("desk-work")
    workspace = remote.checkout("refs/heads/desk-work")
    done = gitlab(remote, workspace, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.returncode == 1, done.stdout
    report = json.loads((workspace / "gl-code-quality-report.json").read_text())
    assert [entry["location"]["path"] for entry in report] == [
        "content/::error::x.md", "content/hidden.md", "content/new.md",
    ]  # fmt: skip
    assert "this suppression of “plain-use” is new" in done.stdout
    remote.merge()
    workspace = remote.checkout("refs/pull/1/merge")
    ours = git(workspace, "rev-parse", "HEAD^1")
    done = gitlab(
        remote, workspace, CI_MERGE_REQUEST_DIFF_BASE_SHA=base,
        CI_MERGE_REQUEST_TARGET_BRANCH_SHA=ours, NEWSLINT_ARGS="--fail-on never --quiet",
        NEWSLINT_PATHS="content README.md",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_a_job_without_a_merge_request_does_not_pass_by_accident(remote: Remote) -> None:
    done = gitlab(remote, remote.checkout("refs/heads/main"), CI_MERGE_REQUEST_DIFF_BASE_SHA="")
    assert done.returncode == 2
    assert 'git knows no commit ""' in done.stdout
