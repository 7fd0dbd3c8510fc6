"""`newslint lsp`: the language server, for editors."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys

from newslint.cli import engine_flags
from newslint.cli.common import add_config_arguments, request_of, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which rules."""
    add_config_arguments(parser)
    engine_flags.add_arguments(parser, engine_flags.SECONDS_IN_EDITOR)
    parser.add_argument("--stdio", action="store_true", help="as it is anyway: editors ask for it")


def run(arguments: argparse.Namespace) -> int:
    """Serve one editor over stdin and stdout; 2 where the library that it needs is missing."""
    try:
        from newslint.lsp.server import serve
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.split(".")[0] not in ("pygls", "lsprotocol"):
            raise
        say("error: the language server needs pygls: pip install 'newslint[lsp]'")
        return 2
    if sys.stdin.isatty():
        say("this is for editors, which speak to it; docs/editors.md says how to set one up")
    logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    if not os.environ.get("NEWSLINT_TRACEBACK"):
        logging.disable(logging.CRITICAL)  # the editor is told what matters
    signal.signal(signal.SIGINT, lambda *_: os._exit(130))  # the reader waits for the editor
    # Whatever else is printed must not get among the messages.
    stdout = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    code = serve(request_of(arguments), sys.stdin.buffer, stdout, lambda: os._exit(1))
    os._exit(code)  # a comparison with the corpus may go on, for which nobody waits
