"""The `newslint` command, and `python -m newslint`: a process that ends quietly at Ctrl-C.

Nothing is imported here that Python has not loaded already, for that takes time, in which Ctrl-C
would show a traceback.
"""

from __future__ import annotations

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

PATIENCE = 1.0
"""Seconds for putting things in order; after them a second Ctrl-C ends the run at once."""
INTERRUPTED = 130
_asked_at: float | None = None


def start() -> int:
    """Run the command line and return its exit code; after Ctrl-C, end the process with 130."""
    try:
        import signal

        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _stop)
            sys.unraisablehook = _unraisable
        try:
            from newslint.cli import main

            code = main()
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done but Python's own end
    except KeyboardInterrupt:
        _end()
    if code == INTERRUPTED:
        _end()
    return code


def _stop(*_: object) -> None:
    """Raise `KeyboardInterrupt` once, so that nothing disturbs those who handle it."""
    global _asked_at
    now = time.monotonic()
    if _asked_at is None:
        _asked_at = now
        raise KeyboardInterrupt
    if now > _asked_at + PATIENCE:
        _end()


def _unraisable(told: sys.UnraisableHookArgs) -> None:
    """End where Python would print that it has lost the interrupt, and go on."""
    if issubclass(told.exc_type, KeyboardInterrupt):
        _end()
    sys.__unraisablehook__(told)


def _end() -> NoReturn:
    """End at once: an orderly end may wait for ever on a lock that a worker holds."""
    from contextlib import suppress

    if "multiprocessing" in sys.modules:
        from multiprocessing import active_children

        for worker in active_children():
            worker.kill()
    with suppress(AttributeError, OSError, ValueError):  # it may be closed, or its reader gone
        sys.stdout.flush()
    os._exit(INTERRUPTED)


if __name__ == "__main__":
    raise SystemExit(start())
