"""Installs the tools that newslint is measured beside, at pinned versions, into `.bench/`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".bench"
PYPI = {"proselint": "0.16.0", "codespell": "2.4.3"}
NPM = {"write-good": "1.0.8"}
ARGUMENTS = {"proselint": ("check",)}
"""What stands between the name of a tool and the files."""


def installed() -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """By tool: how to call it; and why others are missing."""
    found: dict[str, tuple[str, ...]] = {}
    missing = []
    for tool, version in (*PYPI.items(), *NPM.items()):
        program = _npm(tool, version) if tool in NPM else _pypi(tool, version)
        if program is None:
            missing.append(f"{tool} {version}: could not be installed ({_needs(tool)})")
        else:
            found[tool] = (str(program), *ARGUMENTS.get(tool, ()))
    return found, missing


def version(tool: str) -> str:
    """The pinned version of a peer."""
    return {**PYPI, **NPM}[tool]


def _pypi(tool: str, version: str) -> Path | None:
    home = CACHE / "venv"
    program = home / "bin" / tool
    mark = home / f"{tool}-{version}"
    if not mark.exists():
        if not (home / "bin" / "python").exists() and not _ran(sys.executable, "-m", "venv", home):
            return None
        if not _ran(home / "bin" / "python", "-m", "pip", "install", "-q", f"{tool}=={version}"):
            return None
        mark.touch()
    return program


def _npm(tool: str, version: str) -> Path | None:
    home = CACHE / "npm"
    program = home / "node_modules" / ".bin" / tool
    mark = home / f"{tool}-{version}"
    if not mark.exists():
        npm = shutil.which("npm")
        home.mkdir(parents=True, exist_ok=True)
        quiet = ("--silent", "--no-fund", "--no-audit")
        if npm is None or not _ran(npm, "install", *quiet, "--prefix", home, f"{tool}@{version}"):
            return None
        mark.touch()
    return program


def _ran(*command: str | Path) -> bool:
    return subprocess.run([str(part) for part in command], check=False).returncode == 0


def _needs(tool: str) -> str:
    if tool in PYPI:
        return "pip failed"
    return "npm failed" if shutil.which("npm") else "npm is not installed"
