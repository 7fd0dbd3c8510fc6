"""`newslint rules`: the rules of this run, or all that are shipped."""

from __future__ import annotations

import argparse

import msgspec

from newslint import catalog, config
from newslint.cli.common import add_config_arguments, complain, request_of
from newslint.errors import NewslintError
from newslint.reports.terminal import safe


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to list and how."""
    parser.add_argument("--all", action="store_true", help="also shipped rules that are not on")
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text")
    add_config_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the list; 2 when a rule or the config is broken."""
    try:
        settings = config.settle(request_of(arguments))
    except NewslintError as error:
        complain([error.error])
        return 2
    entries, errors = catalog.entries(settings, arguments.all)
    if arguments.format == "json":
        print(msgspec.json.format(msgspec.json.encode(entries)).decode())
    elif arguments.format == "markdown":
        print("\n".join(map(safe, catalog.table(entries).split("\n"))), end="")
    else:
        for entry in entries:
            mark = "on " if entry.enabled else "off"
            print(f"{mark} {entry.severity:<7} {entry.id:<24} {safe(entry.title)}")
    complain([*settings.errors, *errors])
    return 2 if settings.errors or errors else 0
