"""The flags of `newslint check`, which scripts rely on, in the groups that its help shows."""

from __future__ import annotations

import argparse

from newslint.baseline_file import NAME as BASELINE
from newslint.cli import engine_flags
from newslint.cli.common import add_config_arguments, jobs
from newslint.reports import FORMATS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """All of them, in the order of the help."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; - is stdin")
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help="default: text")
    add_config_arguments(parser)
    engine_flags.add_arguments(parser)
    _about_git(parser.add_argument_group("what has changed in git"))
    _about_the_baseline(
        parser.add_argument_group("the baseline: old findings that reports leave out")
    )
    _about_fixes(parser.add_argument_group("fixes"))
    _about_the_exit_code(parser.add_argument_group("exit code"))
    _about_the_run(parser.add_argument_group("the run"))
    _about_the_report(parser.add_argument_group("the report"))


def _about_git(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--changed-since", metavar="REF",
        help="check only articles that differ from where this branch left REF, and untracked ones",
    )  # fmt: skip
    group.add_argument(
        "--scope", choices=("lines", "file"),
        help="of changed articles report changed lines (default), or all: file",
    )  # fmt: skip
    group.add_argument(
        "--config-from", metavar="REF",
        help="take config, rules and baseline from REF, and heed only suppressions it has already",
    )  # fmt: skip


def _about_the_baseline(group: argparse._ArgumentGroup) -> None:
    modes = group.add_mutually_exclusive_group()
    modes.add_argument(
        "--write-baseline", action="store_true", help=f"note all findings as old in {BASELINE}"
    )
    modes.add_argument(
        "--prune-baseline", action="store_true", help="take out what matches no finding any more"
    )
    modes.add_argument("--no-baseline", action="store_true", help="report old findings as well")
    group.add_argument(
        "--ratchet", action="store_true",
        help="exit 1 where a rule of any severity has more findings than in the baseline",
    )  # fmt: skip


def _about_fixes(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--fix", action="store_true", help="mend what cannot change the meaning")
    group.add_argument(
        "--unsafe-fixes", action="store_true",
        help="with --fix, --fix-only or --diff: change words too; read what it did",
    )  # fmt: skip
    group.add_argument(
        "--fix-only", action="store_true", help="mend, and do not report what remains"
    )
    group.add_argument(
        "--diff", action="store_true",
        help="write nothing; print what --fix would change, and exit 1 if that is anything",
    )  # fmt: skip


def _about_the_exit_code(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--fail-on", choices=("error", "warning", "info", "never"), metavar="LEVEL",
        help="exit 1 on findings at or above error (default), warning or info; or never",
    )  # fmt: skip
    group.add_argument(
        "--max-warnings", type=int, metavar="N", help="exit 1 on more than N warnings"
    )
    group.add_argument("--exit-zero", action="store_true", help="exit 0 in spite of findings")


def _about_the_run(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--jobs", type=jobs, metavar="N", help="workers; 1 is one process")
    group.add_argument("--no-cache", action="store_true", help="read and check every file anew")
    group.add_argument(
        "--cache-dir", metavar="DIR",
        help="keep results there, not in .newslint_cache beside the config "
        "(also NEWSLINT_CACHE_DIR)",
    )  # fmt: skip
    group.add_argument("--no-corpus", action="store_true", help="compare no article with others")
    group.add_argument(
        "--corpus-only", action="store_true",
        help="compare articles only where the config names a corpus, and say so if it does not",
    )  # fmt: skip
    group.add_argument(
        "--stdin-filename", metavar="NAME", help="what the article on stdin is called"
    )
    group.add_argument("--watch", action="store_true", help="check again whenever a file changes")
    group.add_argument("--list-files", action="store_true", help="print what would be checked")


def _about_the_report(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--output", metavar="FORMAT=FILE", action="append", default=[],
        help="write a report to a file as well, like sarif=newslint.sarif; may be repeated",
    )  # fmt: skip
    group.add_argument("--statistics", action="store_true", help="counts by rule, not findings")
    group.add_argument("--quiet", "-q", action="store_true", help="no notices and no summary")
    group.add_argument("--color", choices=("auto", "always", "never"), default="auto")
