"""The flags of commands that ask an engine about grammar and spelling."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, Any

from newslint.engines import NAMES, SECONDS
from newslint.engines.choosing import PUBLIC_API, SERVER, VARIABLE

if TYPE_CHECKING:
    from newslint.checker import Checker


SECONDS_IN_EDITOR = 5.0
"""Somebody waits there, and the config's limit is for runs that nobody watches."""


def add_arguments(
    parser: argparse.ArgumentParser, seconds: float | None = None, flag: str = "--engine"
) -> None:
    """`--engine`, `--engine-timeout`, and which LanguageTool server is asked.

    `seconds` is the time for an article without the flag, where the config has no say in it; `flag`
    is what `--engine` is called where that means something else.
    """
    group = parser.add_argument_group("the engine of rules about grammar and spelling")
    group.add_argument(
        flag, dest="engine", choices=NAMES, help="which one; else the config says, or harper"
    )
    group.add_argument(
        "--engine-timeout", type=_seconds, metavar="SECONDS", default=seconds,
        help=f"how long it may take for one article (default {seconds or SECONDS:g})",
    )  # fmt: skip
    group.add_argument(
        SERVER, metavar="URL",
        help="ask this server of LanguageTool and start none, which sends it all copy "
        f"(also {VARIABLE}, where LanguageTool is the engine)",
    )  # fmt: skip
    group.add_argument(
        PUBLIC_API, action="store_true",
        help="ask the public service of LanguageTool's makers, which sends all copy there",
    )  # fmt: skip


def _seconds(text: str) -> float:
    if not text.isdigit() or not 1 <= int(text) <= 3600:
        raise argparse.ArgumentTypeError("a number from 1 to 3600")
    return float(text)


IDLE = "no rule of this run asks an engine: add “grammar” to “extends”, or select such a rule"


def notices(arguments: argparse.Namespace, checker: Checker) -> list[str]:
    """Of what the engine does, or that flags name one that no rule asks."""
    given = arguments.engine or arguments.languagetool_server or arguments.languagetool_public_api
    return [IDLE] if given and not checker.asks_engine else checker.notices


def of(arguments: argparse.Namespace) -> dict[str, Any]:
    """The fields of a `Request` that the flags fill; none for a command without these flags.

    A flag that says where to ask also says whom. The variable only says where LanguageTool is
    asked, if nobody wants another engine.
    """
    if not hasattr(arguments, "engine"):
        return {}
    server = arguments.languagetool_server
    public_api = arguments.languagetool_public_api
    engine = arguments.engine or ("languagetool" if server or public_api else None)
    if server is None:
        server = "" if engine == "harper" else os.environ.get(VARIABLE, "")
    return {
        "engine": engine,
        "languagetool_server": server,
        "languagetool_public_api": public_api,
        "engine_timeout": arguments.engine_timeout,
    }
