"""`newslint facts`: the fact-checker's worksheet of each article."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence

from newslint import config, files, readers
from newslint.checker import read_file
from newslint.cli.common import add_config_arguments, complain, request_of, say, terminal_width
from newslint.errors import Error, NewslintError
from newslint.language.lexicon import Lexicons
from newslint.readers.decode import UndecodableError
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
            _write(render(iter(()), [error.error], 0))
        else:
            complain([error.error])
        return 2
    found = files.find(arguments.paths, lambda path: config.wanted(settings, path))
    errors = [*settings.errors, *found.errors]
    sheets = _sheets(found.paths, settings.reference.lexicons, errors)
    _write(render(sheets, errors, terminal_width()))
    for notice in found.notices:
        say(safe(notice))
    if arguments.format != "json":
        complain(errors)
    return 2 if errors else 0


def _sheets(paths: Sequence[str], lexicons: Lexicons, errors: list[Error]) -> Iterator[Worksheet]:
    """A worksheet for each article that can be read; what goes wrong is added to the errors."""
    for path in paths:
        try:
            article = readers.read(path, read_file(path)).article
            sheet = worksheet(article, lexicons)
        except UndecodableError as error:
            errors.append(Error(path, error.code, error.message))
        except OSError as error:
            errors.append(Error(path, "unreadable", error.strerror or str(error)))
        except Exception as error:  # one bad article must not stop the rest
            message = f"newslint failed on this file: {type(error).__name__}: {error}"
            errors.append(Error(path, "crash", message))
        else:
            if article.language != "en":
                say(safe(f"{path}: not in English: much of what it says is not seen"))
            yield sheet


def _write(chunks: Iterator[str]) -> None:
    """Write a report. A reader that goes away is no crash: the run ends with its true exit code."""
    open_ = True
    for chunk in chunks:
        if open_:
            try:
                sys.stdout.write(chunk)
                sys.stdout.flush()
            except BrokenPipeError:
                open_ = False
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
