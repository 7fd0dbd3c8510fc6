"""The command line: one module a command, imported only when it is called."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Iterable
from importlib import import_module

from newslint import __version__

GC_THRESHOLD = 50_000
"""Objects between two collections: rules and articles make many, and hardly a cycle."""

COMMANDS = {
    "check": "check articles and report findings",
    "rules": "list the rules",
    "explain": "explain a rule: why it is there, examples, options",
    "test-rules": "check rules against the examples in their files",
    "schema": "print the JSON Schema of rule files or of newslint.yml",
    "config": "print the config that holds here, with the origin of each value",
    "facts": "print what a fact-checker must verify in articles",
    "audit": "audit an archive: tables and a report of millions of articles",
    "trial": "try a rule on an archive before it ships: what it hits, how often, where",
    "people": "draft a people file from articles, for an editor to confirm",
    "lsp": "serve an editor: the Language Server Protocol over stdin and stdout",
    "get-languagetool": "fetch the engine LanguageTool, 250 MB, for --engine languagetool",
    "init": "write a newslint.yml that fits this repository",
}


def main(argv: list[str] | None = None) -> int:
    """Run a command and return its exit code: 0 clean, 1 findings, 2 trouble, 130 on Ctrl-C."""
    arguments = sys.argv[1:] if argv is None else argv
    gc.set_threshold(GC_THRESHOLD, 20, 20)
    if sys.stdout is None:  # closed by whoever wants the exit code only
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader went away, which is its right
        _leave_stdout()
        return 0
    except OSError as error:  # a full disk, say
        if os.environ.get("NEWSLINT_TRACEBACK"):
            raise
        _leave_stdout()
        place = error.filename or "the output cannot be written"
        print(f"newslint: error: {place}: {error.strerror or error}", file=sys.stderr)
        return 2
    except Exception as error:  # nobody should see a traceback who did not ask for it
        if os.environ.get("NEWSLINT_TRACEBACK"):
            raise
        print(f"newslint: error: {type(error).__name__}: {error}", file=sys.stderr)
        print("newslint: this is a bug; NEWSLINT_TRACEBACK=1 shows where", file=sys.stderr)
        return 2


def _leave_stdout() -> None:
    """Send what is still to be written nowhere, if it cannot be written where it belongs."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(arguments: list[str]) -> int:
    command = arguments[0] if arguments else ""
    if command and command not in COMMANDS and not command.startswith("-"):
        return _unknown("command", command, COMMANDS)
    if command not in COMMANDS:
        _parser().parse_args(arguments)  # help, version, or an error with exit code 2
        _parser().print_help()
        return 2 if arguments else 0
    module = import_module(f"newslint.cli.{command.replace('-', '_')}")
    parser = argparse.ArgumentParser(prog=f"newslint {command}", description=COMMANDS[command])
    module.add_arguments(parser)
    understood, others = parser.parse_known_args(arguments[1:])
    for other in others:
        if other.startswith("-"):
            flags = re.findall("--[a-z-]+", parser.format_usage())
            return _unknown("flag", other.partition("=")[0], flags)
    if others:
        parser.error(f"unrecognized arguments: {' '.join(others)}")
    try:
        code: int = module.run(understood)
    finally:
        if engines := sys.modules.get("newslint.engines"):
            engines.end()
    return code


def _unknown(what: str, name: str, valid: Iterable[str]) -> int:
    from newslint.errors import unknown  # needed for mistakes only

    print(f"newslint: error: {unknown(what, name, valid)}", file=sys.stderr)
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newslint",
        description="An editorial linter for news articles.",
        epilog="“newslint COMMAND --help” tells more about a command.",
    )
    parser.add_argument("--version", action="version", version=f"newslint {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    for name, text in COMMANDS.items():
        commands.add_parser(name, help=text)
    return parser
