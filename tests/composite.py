"""Runs a composite action as GitHub's runner does, as far as newslint's own action needs it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import yaml

EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)


class Ran(NamedTuple):
    """What came of an action."""

    code: int
    """The exit code of the step that failed, else 0."""
    log: str
    outputs: dict[str, str]
    summary: str
    used: list[dict[str, Any]]
    """The steps that use other actions: name and `with`. They are not run."""


def evaluate(expression: str, context: dict[str, Any]) -> Any:
    """The value of an expression: names with dots, texts, and one `==` or `!=`."""
    text = expression.strip()
    for operator in ("==", "!="):
        if operator in text:
            left, right = (evaluate(part, context) for part in text.split(operator))
            return (left == right) == (operator == "==")
    if text.startswith("'"):
        return text[1:-1]
    value: Any = context
    for name in text.split("."):
        value = value.get(name, "") if isinstance(value, dict) else ""
    return value


def filled(text: Any, context: dict[str, Any]) -> str:
    """A text with its expressions replaced by what they come to."""
    return EXPRESSION.sub(lambda match: str(evaluate(match[1], context)), str(text))


def run_action(
    action: Path, workspace: Path, temp: Path, inputs: dict[str, str], github: dict[str, Any],
    env: dict[str, str], given: dict[str, dict[str, str]] | None = None,
) -> Ran:  # fmt: skip
    """Run the steps one after another; those in `given` are not run: it holds their outputs."""
    data = yaml.safe_load(action.read_text(encoding="utf-8"))
    assert data["runs"]["using"] == "composite"
    assert inputs.keys() <= data["inputs"].keys(), "an input that there is none of"
    defaults = {name: str(entry.get("default", "")) for name, entry in data["inputs"].items()}
    steps: dict[str, Any] = {}
    context = {"inputs": defaults | inputs, "github": github, "steps": steps}
    code, log, summary, used = 0, "", temp / "summary.md", []
    summary.touch()
    for number, step in enumerate(data["runs"]["steps"]):
        if "if" in step and evaluate(EXPRESSION.sub(r"\1", step["if"]), context) is False:
            continue
        if "uses" in step:
            entries = {key: filled(value, context) for key, value in step["with"].items()}
            used.append({"uses": step["uses"], "with": entries})
            continue
        if step.get("id") in (given or {}):
            steps[step["id"]] = {"outputs": (given or {})[step["id"]]}
            continue
        output = temp / f"output-{number}"
        output.touch()
        done = _bash(step, workspace, temp, context, {
            **env, **_defaults(github, action.parent, workspace, temp),
            "GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(summary),
        })  # fmt: skip
        log += done.stdout
        if "id" in step:
            lines = output.read_text().splitlines()
            found = dict(line.split("=", 1) for line in lines if line)
            steps[step["id"]] = {"outputs": found}
        if done.returncode:
            code = done.returncode
            break
    outputs = {name: filled(entry["value"], context) for name, entry in data["outputs"].items()}
    return Ran(code, log, outputs, summary.read_text(encoding="utf-8"), used)


def _bash(
    step: dict[str, Any], workspace: Path, temp: Path, context: dict[str, Any], env: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    assert step["shell"] == "bash"
    assert "${{" not in step["run"], "an expression in a script: anything could stand there"
    script = temp / "step.sh"
    script.write_text(step["run"], encoding="utf-8")
    own = {name: filled(value, context) for name, value in step.get("env", {}).items()}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
        cwd=workspace / filled(step.get("working-directory", "."), context),
        env=env | own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
    )  # fmt: skip


def _defaults(github: dict[str, Any], action: Path, workspace: Path, temp: Path) -> dict[str, str]:
    """The variables that every step has."""
    names = {"event_name": "EVENT_NAME", "sha": "SHA", "ref_name": "REF_NAME"}
    return {
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": str(action),
        "GITHUB_WORKSPACE": str(workspace),
        "RUNNER_TEMP": str(temp),
        **{f"GITHUB_{variable}": str(github.get(name, "")) for name, variable in names.items()},
        "PATH": os.environ["PATH"],
        "HOME": str(temp),
    }
