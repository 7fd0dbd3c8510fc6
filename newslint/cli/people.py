"""`newslint people`: drafts a people file from articles."""

from __future__ import annotations

import argparse
import sys

from newslint import config, files, readers
from newslint.checker import read_file
from newslint.cli.common import add_config_arguments, complain, request_of, say
from newslint.draft import Draft
from newslint.errors import Error, NewslintError
from newslint.readers.decode import UndecodableError
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
    for path in found.paths:
        try:
            article = readers.read(path, read_file(path)).article
            if article.language == "en":
                draft.add(article)
            else:
                say(safe(f"{path}: not in English: left out"))
        except UndecodableError as error:
            errors.append(Error(path, error.code, error.message))
        except OSError as error:
            errors.append(Error(path, "unreadable", error.strerror or str(error)))
        except Exception as error:  # one bad article must not stop the rest
            message = f"newslint failed on this file: {type(error).__name__}: {error}"
            errors.append(Error(path, "crash", message))
    for line in draft.lines(arguments.min_mentions):
        sys.stdout.write(safe(line) + "\n")
    for notice in found.notices:
        say(safe(notice))
    complain(errors)
    return 2 if errors else 0
