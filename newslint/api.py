"""newslint from Python: a text or some paths in, results out."""

from __future__ import annotations

import os
from collections.abc import Sequence

from newslint import cache, config, files, run
from newslint.checker import Checker, Result
from newslint.config import Request
from newslint.errors import Error, NewslintError


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

    The articles are compared with each other and with the corpus that the config names; a baseline
    is not asked. Raises `NewslintError` where the config cannot be used.
    """
    settings, checker = _checker(request)
    found = files.find(paths, lambda path: config.wanted(settings, path))
    every = list(run.check(found.paths, settings, checker, jobs, cache.opened(settings, checker)))
    errors = [*found.errors, *(error for result in every for error in result.errors)]
    given = set(found.paths)
    return [result for result in every if result.path in given], list(dict.fromkeys(errors))


def _checker(request: Request | None) -> tuple[config.Settings, Checker]:
    settings = config.settle(request or Request(cwd=os.getcwd()))
    checker = Checker(settings, comparing=True)
    if errors := [*settings.errors, *checker.errors]:
        raise NewslintError(errors[0])
    return settings, checker
