"""`newslint get-languagetool`: the engine LanguageTool fetched, which no check does by itself."""

from __future__ import annotations

import argparse

from newslint.cli.common import complain, say
from newslint.engines import EngineError, jars


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(_: argparse.Namespace) -> int:
    """Fetch it, unless it is here; return the exit code."""
    try:
        fetched = jars.fetch()
    except EngineError as error:
        complain([error.error("", "")])
        return 2
    say("LanguageTool was fetched" if fetched else "LanguageTool is here already")
    return 0
