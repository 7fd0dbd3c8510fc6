"""The command line: one module a command, imported only when it is called."""

from __future__ import annotations

import argparse
import gc
import os
import sys
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
    "people": "draft a people file from articles, for an editor to confirm",
    "lsp": "serve an editor: the Language Server Protocol over stdin and stdout",
    "init": "write a newslint.yml that fits this repository",
}


def main(argv: list[str] | None = None) -> int:
    """Run a command and return its exit code: 0 clean, 1 findings, 2 trouble, 130 on Ctrl-C."""
    arguments = sys.argv[1:] if argv is None else argv
    gc.set_threshold(GC_THRESHOLD, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        _stop_workers()
        return 130
    except BrokenPipeError:  # the reader went away, which is its right
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # nobody should see a traceback who did not ask for it
        if os.environ.get("NEWSLINT_TRACEBACK"):
            raise
        print(f"newslint: error: {type(error).__name__}: {error}", file=sys.stderr)
        print("newslint: this is a bug; NEWSLINT_TRACEBACK=1 shows where", file=sys.stderr)
        return 2


def _stop_workers() -> None:
    """End at once where workers run: an orderly end may wait for ever on a lock they hold."""
    if "multiprocessing" not in sys.modules:
        return
    from multiprocessing import active_children

    if workers := active_children():
        for worker in workers:
            worker.kill()
        os._exit(130)


def _run(arguments: list[str]) -> int:
    command = arguments[0] if arguments else ""
    if command and command not in COMMANDS and not command.startswith("-"):
        from newslint.errors import unknown  # --help and --version do without

        print(f"newslint: error: {unknown('command', command, COMMANDS)}", file=sys.stderr)
        return 2
    if command not in COMMANDS:
        _parser().parse_args(arguments)  # help, version, or an error with exit code 2
        _parser().print_help()
        return 2 if arguments else 0
    module = import_module(f"newslint.cli.{command.replace('-', '_')}")
    parser = argparse.ArgumentParser(prog=f"newslint {command}", description=COMMANDS[command])
    module.add_arguments(parser)
    code: int = module.run(parser.parse_args(arguments[1:]))
    return code


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
