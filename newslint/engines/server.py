"""A LanguageTool server of newslint's own: one for all workers, started when it is first needed.

Between newslint and the server stands `keeper.py`, which ends the server when newslint is gone.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import socket
import subprocess
import sys
from contextlib import suppress
from threading import Lock

from newslint.engines import EngineError, Running, jars, keeper

GONE = "newslint's own LanguageTool server has died twice and was not started again"
LOST = "newslint's own LanguageTool server is gone, and so is what would start it again"
RESTARTED = "newslint: LanguageTool was started again ({}) and asked anew about what it had in work"
_OLD_JAVA = "UnsupportedClassVersionError"
_LAST = 5.0
"""Seconds for the keeper to end."""

_NOTHING = Running()
_state = _NOTHING
_keeper: subprocess.Popen[bytes] | None = None
_lock = Lock()


def started() -> str:
    """The address of the server, which is started if need be. Raises `EngineError`.

    What went wrong goes wrong again until `renew` or `stop`.
    """
    global _state
    with _lock:
        if _state == _NOTHING:
            try:
                _state = _start(jars.command())
            except EngineError as error:
                _state = Running(failure=error.message)
            except OSError as error:
                _state = Running(failure=f"LanguageTool cannot be started: {error}")
    if _state.failure:
        raise EngineError(_state.failure, _state.everywhere)
    return f"http://{keeper.HOST}:{_state.port}"


def restarted() -> str:
    """The address of a server that was lost, once it is there again.

    Raises `EngineError` when it has died for good.
    """
    global _state
    if not _state.failure and (fate := _fate(_state.keeper)) != b"back":
        _state = Running(failure=GONE if fate == b"gone" else LOST, everywhere=False)
    return started()


def _fate(port: int) -> bytes:
    """What the keeper says of the server; nothing if it is gone itself."""
    seconds = keeper.START + 2 * keeper.PATIENCE
    with suppress(OSError), socket.create_connection((keeper.HOST, port), seconds) as line:
        return line.makefile("rb").read()
    return b""


def renew() -> None:
    """Forget a server that did not start, or has died for good: `started` tries again.

    Workers may have found out, so the keeper is asked.
    """
    known = _state
    if known != _NOTHING and (known.failure or _fate(known.keeper) != b"back"):
        stop()


def stop() -> None:
    """End the server. Says how often it had to be started again."""
    global _state, _keeper
    with _lock:
        ending, _keeper, _state = _keeper, None, _NOTHING
    for news in _end(ending) if ending else ():
        if news.get("back"):
            logging.getLogger(__name__).warning(RESTARTED.format(news["died"]))


def state() -> Running:
    """What is known of the server, for a worker to `take`."""
    return _state


def take(known: Running) -> None:
    """Ask the server that another process has started."""
    global _state
    _state = known


def _start(command: list[str]) -> Running:
    """A server and its keeper. Raises `EngineError`."""
    global _keeper
    program = [sys.executable, "-I", "-S", str(keeper.__file__), *command]
    begun = subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for newslint alone
    )  # fmt: skip
    assert begun.stdout is not None
    try:
        news = json.loads(begun.stdout.readline() or b'{"failed": "its keeper was killed"}')
    except BaseException:  # Ctrl-C, most of all
        _end(begun)
        raise
    if why := news.get("failed"):
        _end(begun)
        raise EngineError(_advice(why, command), everywhere=True)
    _keeper = begun
    return Running(news["port"], news["keeper"])


def _advice(why: str, command: list[str]) -> str:
    if _OLD_JAVA in why:
        return f"{command[0]} is too old: LanguageTool needs Java 17 or newer"
    jar = command[command.index("-cp") + 1]
    return f"LanguageTool, which is to run {jar}, does not start: {why}; {jars.ELSEWHERE}"


def _end(ending: subprocess.Popen[bytes]) -> list[dict[str, object]]:
    """End a keeper, which ends the server, and return what it had to say."""
    assert ending.stdin is not None
    assert ending.stdout is not None
    ending.stdin.close()
    try:
        ending.wait(_LAST)
    except BaseException as error:  # Ctrl-C again
        ending.kill()
        if not isinstance(error, subprocess.TimeoutExpired):
            raise
    with ending.stdout:
        return [json.loads(line) for line in ending.stdout]


def _forget() -> None:
    """In a forked process: the server is its parent's, and ends with the parent alone."""
    global _keeper, _lock
    _lock = Lock()
    if _keeper:
        for pipe in (_keeper.stdin, _keeper.stdout):
            if pipe:
                pipe.close()
        _keeper.returncode = 0  # nothing to wait for
        _keeper = None


atexit.register(stop)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
