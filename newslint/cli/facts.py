"""`newslint facts`: the fact-checker's worksheet of each article."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from newslint import config, files
from newslint.article import Article
from newslint.cli.common import (
    add_config_arguments,
    complain,
    made_of_each,
    request_of,
    say,
    terminal_width,
    write,
)
from newslint.errors import Error, NewslintError
from newslint.reports import worksheet_json, worksheet_markdown, worksheet_text
from newslint.reports.terminal import safe
from newslint.worksheet import Worksheet, worksheet

FORMATS: dict[str, Callable[[Iterator[Worksheet], list[Error], int], Iterator[str]]] = {
    "text": worksheet_text.render,
    "markdown": worksheet_markdown.render,
    "json": worksheet_json.render,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which articles, and in which form."""
    parser.add_argument("paths", nargs="+", metavar="PATH", help="files and folders")
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help="default: text")
    add_config_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the worksheets; 2 when an article could not be read."""
    render = FORMATS[arguments.format]
    try:
        settings = config.settle(request_of(arguments))
    except NewslintError as error:
        if arguments.format == "json":
            write(render(iter(()), [error.error], 0))
        else:
            complain([error.error])
        return 2
    found = files.find(arguments.paths, lambda path: config.wanted(settings, path))
    errors = [*settings.errors, *found.errors]

    def sheet(article: Article) -> Worksheet:
        if article.language != "en":
            say(safe(f"{article.path}: not in English: much of what it says is not seen"))
        return worksheet(article, settings.reference.lexicons)

    write(render(made_of_each(found.paths, sheet, errors), errors, terminal_width()))
    for notice in found.notices:
        say(safe(notice))
    if arguments.format != "json":
        complain(errors)
    return 2 if errors else 0
