"""newslint from Python."""

from __future__ import annotations

import pytest
from conftest import Repository

import newslint
from newslint.config import Request
from newslint.errors import NewslintError

COPY = "# Pier closes\n\nThe pier in in Tarrow closed.\n"


def test_a_text() -> None:
    result = newslint.check_text(COPY, "a.md", Request(isolated=True, select=("doubled-word",)))
    assert [(f.rule, f.text) for f in result.findings] == [("doubled-word", "in in")]
    assert result.checked
    assert isinstance(result.findings[0], newslint.Finding)


def test_paths(repo: Repository) -> None:
    repo.write("a.md", COPY)
    repo.write("b.md", COPY.replace("in in", "in"))
    request = Request(cwd=str(repo.root), isolated=True, select=("doubled-word",))
    results, errors = newslint.check_paths([str(repo.root), str(repo.root / "no.md")], request)
    assert [len(result.findings) for result in results] == [1, 0]
    assert [error.code for error in errors] == ["unreadable"]


def test_a_config_that_cannot_be_used() -> None:
    with pytest.raises(NewslintError, match="Did you mean"):
        newslint.check_text(COPY, "a.md", Request(isolated=True, select=("doubled-wrod",)))


def test_no_such_name() -> None:
    with pytest.raises(AttributeError):
        newslint.check_everything  # noqa: B018
