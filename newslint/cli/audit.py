"""`newslint audit`: an archive in, tables and a report out."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from newslint import config
from newslint.checker import Checker
from newslint.cli.common import add_config_arguments, complain, request_of, say
from newslint.errors import NewslintError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to audit and where the tables go."""
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="folders and dumps")
    parser.add_argument("--out", required=True, metavar="DIR", help="the folder of the audit")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--resume", action="store_true", help="carry on an unfinished audit")
    parser.add_argument("--overwrite", action="store_true", help="begin anew in the same folder")
    add_config_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Audit, and return 0; 2 when something could not be read."""
    from newslint.audit import run as auditing

    try:
        settings = config.settle(request_of(arguments))
        checker = Checker(settings, comparing=True)
        done = 0
        for done in auditing.audit(  # noqa: B007
            arguments.sources, settings, checker, Path(arguments.out), arguments.jobs,
            arguments.resume, arguments.overwrite,
        ):  # fmt: skip
            pass
        say(f"{done:,} articles")
    except NewslintError as error:
        complain([error.error])
        return 2
    return 0
