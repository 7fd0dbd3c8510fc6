"""The flags of commands that read archives: how rows are read, and by how many workers."""

from __future__ import annotations

import argparse
import os

from newslint.cli.common import jobs

TIMEOUT = 30.0
"""Seconds for one article."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--fields`, `--jobs`, `--article-timeout`, `--quiet`."""
    group = parser.add_argument_group("the archive")
    group.add_argument(
        "--fields", default="", metavar="FIELD=COLUMN,…",
        help="what the columns of rows are, like headline=title,body=text,published=date; "
        "else a guess, which is shown",
    )  # fmt: skip
    group.add_argument(
        "--jobs", type=jobs, metavar="N", default=os.cpu_count() or 1,
        help="workers (default: one for each processor)",
    )  # fmt: skip
    group.add_argument(
        "--article-timeout", type=_seconds, metavar="SECONDS", default=TIMEOUT,
        help=f"give up an article after this time (default {TIMEOUT:g})",
    )  # fmt: skip
    group.add_argument("--quiet", "-q", action="store_true", help="no progress and no notices")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError("a number from 0.1 to 86400")
    return seconds
