"""newslint from Python: a text or some paths in, results out."""

from __future__ import annotations

import os
from collections.abc import Sequence

from newslint import config, files, run
from newslint.config import Request
from newslint.errors import Error, NewslintError
from newslint.run import Result


def check_text(text: str, path: str = "article.md", request: Request | None = None) -> Result:
    """Check one article given as text; its format is that of the path's suffix.

    The config is that of the working directory, unless the request says otherwise. Raises
    `NewslintError` where the config cannot be used.
    """
    checker = _checker(request)[1]
    return checker.content(path, text.encode("utf-8", "surrogatepass"))


def check_paths(
    paths: Sequence[str], request: Request | None = None, jobs: int | None = None
) -> tuple[list[Result], list[Error]]:
    """Check files and folders: one result an article, in the order of the paths, and the errors.

    Raises `NewslintError` where the config cannot be used.
    """
    settings, checker = _checker(request)
    found = files.find(paths, lambda path: config.wanted(settings, path))
    results = list(run.check(found.paths, settings, checker, jobs))
    errors = [*found.errors, *(error for result in results for error in result.errors)]
    return results, list(dict.fromkeys(errors))


def _checker(request: Request | None) -> tuple[config.Settings, run.Checker]:
    settings = config.settle(request or Request(cwd=os.getcwd()))
    checker = run.Checker(settings)
    if errors := [*settings.errors, *checker.errors]:
        raise NewslintError(errors[0])
    return settings, checker
