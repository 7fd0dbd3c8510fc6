"""`newslint people`: drafts a people file from articles."""

from __future__ import annotations

import argparse

from newslint import config, files
from newslint.article import Article
from newslint.cli.common import (
    add_config_arguments,
    complain,
    made_of_each,
    request_of,
    say,
    write,
)
from newslint.draft import Draft
from newslint.errors import NewslintError
from newslint.reports.terminal import safe


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which articles, and how often somebody must be named."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders")
    parser.add_argument(
        "--min-mentions", type=_count, default=2, metavar="N",
        help="leave out whom all articles together name less often (default 2)",
    )  # fmt: skip
    add_config_arguments(parser)


def _count(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError("a number from 1 on")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Print the draft; 2 when an article could not be read."""
    try:
        settings = config.settle(request_of(arguments))
    except NewslintError as error:
        complain([error.error])
        return 2
    found = files.find(arguments.paths, lambda path: config.wanted(settings, path))
    draft = Draft(settings.reference.lexicons)
    errors = [*settings.errors, *found.errors]

    def add(article: Article) -> None:
        if article.language == "en":
            draft.add(article)
        else:
            say(safe(f"{article.path}: not in English: left out"))

    for _ in made_of_each(found.paths, add, errors):
        pass
    write(safe(line) + "\n" for line in draft.lines(arguments.min_mentions))
    for notice in found.notices:
        say(safe(notice))
    complain(errors)
    return 2 if errors else 0
