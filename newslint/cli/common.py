"""What commands share: flags about rules and config, reading, writing, saying what went wrong."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TextIO, TypeVar

from newslint.article import Article
from newslint.cli import engine_flags
from newslint.config import Request
from newslint.errors import Error

Made = TypeVar("Made")


def add_config_arguments(parser: argparse.ArgumentParser, choosing: bool = True) -> None:
    """`--config`, `--isolated`, `--kinds`; with `choosing` `--select`, `--ignore`, `--preview`."""
    group = parser.add_argument_group("rules and config")
    group.add_argument(
        "--config", metavar="FILE", help="use this config, not the nearest newslint.yml"
    )
    group.add_argument("--isolated", action="store_true", help="use no config file")
    if choosing:
        _add_choice(group)
    group.add_argument(
        "--kinds", metavar="NAMES", default=os.environ.get("NEWSLINT_KINDS", ""),
        help="load these kinds of rules from installed packages (also NEWSLINT_KINDS)",
    )  # fmt: skip


def _add_choice(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--select", metavar="RULES", action="append", default=[],
        help="run only these rules: ids and tag:NAME, separated by commas",
    )  # fmt: skip
    group.add_argument(
        "--ignore", metavar="RULES", action="append", default=[],
        help="do not run these rules: ids and tag:NAME, separated by commas",
    )  # fmt: skip
    group.add_argument("--preview", action="store_true", help="run rules in preview as well")


def request_of(arguments: argparse.Namespace) -> Request:
    """The flags as plain data. Loads the kinds of other packages that are asked for."""
    kinds = tuple(split([arguments.kinds]))
    return Request(
        cwd=os.getcwd(),
        config=arguments.config,
        isolated=arguments.isolated,
        select=tuple(split(arguments.select)),
        ignore=tuple(split(arguments.ignore)),
        preview=arguments.preview,
        kinds=kinds,
        **engine_flags.of(arguments),
    )


def jobs(text: str) -> int:
    """The type of `--jobs`."""
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError("a number from 1 to 256")
    return int(text)


def split(values: Iterable[str]) -> list[str]:
    """Comma-separated names, from however many flags."""
    return [name.strip() for value in values for name in value.split(",") if name.strip()]


def wants_color(choice: str, stream: TextIO) -> bool:
    """`always`, `never`, or `auto`: NO_COLOR, then FORCE_COLOR, then whether it is a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def terminal_width() -> int:
    """The columns of the terminal, of `COLUMNS`, or 100."""
    if os.environ.get("COLUMNS", "").isdigit():
        return int(os.environ["COLUMNS"])
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 100


def made_of_each(
    paths: Iterable[str], make: Callable[[Article], Made], errors: list[Error]
) -> Iterator[Made]:
    """What `make` makes of each article that can be read; what goes wrong joins the errors."""
    from newslint import readers
    from newslint.checker import read_file
    from newslint.readers.decode import UndecodableError

    for path in paths:
        try:
            made = make(readers.read(path, read_file(path)).article)
        except UndecodableError as error:
            errors.append(Error(path, error.code, error.message))
        except OSError as error:
            errors.append(Error(path, "unreadable", error.strerror or str(error)))
        except Exception as error:  # one bad article must not stop the rest
            message = f"newslint failed on this file: {type(error).__name__}: {error}"
            errors.append(Error(path, "crash", message))
        else:
            yield made


def write(chunks: Iterable[str]) -> None:
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


def say(message: str) -> None:
    """A notice on stderr."""
    try:
        print(f"newslint: {message}", file=sys.stderr)
    except BrokenPipeError:  # nobody listens, and the work is to be done all the same
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def complain(errors: Iterable[Error]) -> None:
    """Errors on stderr, one a line."""
    from newslint.reports.terminal import safe

    for error in errors:
        say(f"error: {safe(str(error))}")
