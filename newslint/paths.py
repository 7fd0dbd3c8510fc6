"""Where files may lie: inside the repository, after symbolic links are resolved."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path


@cache
def repository_of(folder: Path) -> Path | None:
    """The nearest folder at or above `folder` that holds `.git`, or None."""
    for candidate in (folder, *folder.parents):
        if (candidate / ".git").exists():
            return candidate
    return None


def upwards(folder: Path, top: Path) -> Iterator[Path]:
    """The folder and those above it, the nearest first, as far as `top`."""
    for above in (folder, *folder.parents):
        yield above
        if above == top:
            return


def top_of(folder: Path) -> Path:
    """The repository that a folder lies in, or the folder itself where it lies in none."""
    return repository_of(folder) or folder


def leads_out(path: Path, root: Path) -> bool:
    """Whether `path`, with all symbolic links resolved, lies outside `root`."""
    real, base = os.path.realpath(path), os.path.realpath(root)
    try:
        return os.path.commonpath([real, base]) != base
    except ValueError:  # another drive
        return True


def unicode(path: str) -> str:
    """The path with question marks for what is no Unicode: for code that takes nothing else."""
    return path.encode("utf-8", "replace").decode()


@cache
def shipped_root() -> Path:
    """The folder of the shipped stylebooks: in the wheel inside the package, else `rules/`."""
    inside = Path(__file__).parent / "stylebooks"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "rules"
