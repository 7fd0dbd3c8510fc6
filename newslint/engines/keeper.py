"""Holds newslint's LanguageTool server: restarts it once, and ends it when newslint is gone.

A program of its own with nothing but the standard library: `python -I -S keeper.py COMMAND…`,
where `{port}` in the command stands for the port that the server shall listen on.

stdin ends when newslint is gone, for whatever reason; nothing ever comes through it. To stdout go
lines of JSON: `port` and `keeper` when the server is ready, or why it is `failed`; later why it
`died`, and whether it is `back`. Who has lost the server connects to the port `keeper` and reads
`back` as soon as it is there again, or `gone`.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic

HOST = "127.0.0.1"
START = 120.0
"""Seconds until a server that starts must have checked its first text."""
EVERY = 1.0
"""Seconds between two looks at the server's health."""
PATIENCE = 6.0
"""Seconds for its answer, of which it may miss one."""
RESTARTS = 1
PORTS = 3
"""How many ports to try where others are faster to take them."""
OK = 200
_DYING = 0.5
"""Seconds from the last answer that a process that ends might give to its end."""
_SAID = 40
"""Lines of the server that are kept until it is ready."""

_TEXT = b"language=en-US&text=The+council+met."
HEALTH = b"GET /v2/healthcheck HTTP/1.0\r\n\r\n"
FIRST = (
    b"POST /v2/check HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: %d\r\n\r\n%b" % (len(_TEXT), _TEXT)
)
"""A text to check: it makes the server load its dictionaries, which takes longer than its start."""


class _ReleasedError(Exception):
    """Newslint is gone."""


class Keeper:
    """One server and what is known of it."""

    def __init__(self, command: Sequence[str], tell: Callable[..., None]) -> None:
        self._command = command
        self._tell = tell
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0
        self._reserved: socket.socket | None = None
        """It keeps the port from being given to others while the server is down."""
        self._released = threading.Event()
        self._look = threading.Event()
        """Somebody has lost the server and wants to know."""
        self._up = threading.Event()
        self._gone = threading.Event()

    def run(self) -> None:
        """Keep the server until newslint is gone."""
        questions = socket.create_server((HOST, 0))
        threading.Thread(target=self._answer, args=(questions,), daemon=True).start()
        if why := self._start_somewhere():
            self._tell(failed=why)
            return
        self._tell(port=self._port, keeper=questions.getsockname()[1])
        for restarts_left in range(RESTARTS, -1, -1):
            why = self._watch()
            back = bool(restarts_left) and not self._start()
            self._tell(died=why, back=back)
            if not back:
                break
        self._gone.set()
        self._kill()
        self._released.wait()

    def release(self) -> None:
        """End the server: newslint is gone."""
        with self._lock:
            self._released.set()
        self._kill()
        self._look.set()

    def _start_somewhere(self) -> str:
        """Start the server on a free port. Returns why it is not there."""
        why = ""
        for _ in range(PORTS):
            self._port, self._reserved = _free_port()
            why = self._start()
            if "BindException" not in why:
                break
        return why

    def _start(self) -> str:
        """Start the server, and wait until it has checked a text. Returns why it is not there."""
        command = [part.replace("{port}", str(self._port)) for part in self._command]
        with self._lock:
            if self._released.is_set():
                raise _ReleasedError
            process = self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE, preexec_fn=_dies_with_this(),
            )  # fmt: skip
        said: deque[str] = deque(maxlen=_SAID)
        drain = threading.Thread(target=_drain, args=(process, said, self._up), daemon=True)
        drain.start()
        until = monotonic() + START
        while process.poll() is None:
            if (answer := status(self._port, FIRST, START)) == OK:
                self._up.set()
                return ""
            if self._released.wait(0.1):
                raise _ReleasedError
            if answer or monotonic() > until:
                self._kill()
                return f"it answered with status {answer}" if answer else "it did not answer"
        drain.join(EVERY)
        return _reason(said) or _end_of(process)

    def _watch(self) -> str:
        """Wait until the server is dead, or as good as dead. Returns why."""
        process = self._process
        assert process is not None
        while True:
            self._look.wait(EVERY)
            self._look.clear()
            if self._released.is_set():
                raise _ReleasedError
            if process.poll() is None and any(
                status(self._port, HEALTH, PATIENCE) == OK for _ in range(2)
            ):
                continue
            self._up.clear()
            why = _end_of(process)
            self._kill()
            return why

    def _kill(self) -> None:
        with self._lock:
            if self._process:
                self._process.kill()
                self._process.wait()

    def _answer(self, questions: socket.socket) -> None:
        while True:
            connection, _ = questions.accept()
            threading.Thread(target=self._reply, args=(connection,), daemon=True).start()

    def _reply(self, connection: socket.socket) -> None:
        """Say what has become of the server, when that is certain."""
        with connection:
            while not self._gone.is_set():
                if self._up.is_set() and status(self._port, HEALTH, PATIENCE) == OK:
                    break
                self._look.set()
                self._gone.wait(0.1)
            connection.sendall(b"gone" if self._gone.is_set() else b"back")


def status(port: int, request: bytes, seconds: float) -> int:
    """The status of a server's answer; 0 where there is none in time."""
    try:
        with socket.create_connection((HOST, port), seconds) as connection:
            connection.sendall(request)
            with connection.makefile("rb") as answer:
                parts = answer.readline().split()
                answer.read()
            return int(parts[1])
    except (OSError, IndexError, ValueError):
        return 0


def _free_port() -> tuple[int, socket.socket | None]:
    """A port that nobody else is given, and what reserves it where that can be done."""
    reserving = socket.socket()
    if sys.platform == "linux":  # two may share an address where neither listens when they take it
        reserving.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    reserving.bind((HOST, 0))
    port: int = reserving.getsockname()[1]
    if sys.platform == "linux":
        return port, reserving
    reserving.close()
    return port, None


def _dies_with_this() -> Callable[[], object] | None:
    """What makes a new process die with this one, where that can be done."""
    if sys.platform != "linux":
        return None
    import ctypes

    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _drain(process: subprocess.Popen[bytes], said: deque[str], ready: threading.Event) -> None:
    """Read what the server says, and forget it once it is ready: copy may stand in it."""
    assert process.stderr is not None
    for line in process.stderr:
        if not ready.is_set():
            said.append(line.decode(errors="replace").strip())
    process.stderr.close()


def _reason(said: Sequence[str]) -> str:
    """The words that tell why Java has ended."""
    telling = [s for s in said if s and not s.startswith(("at ", "... ", "Picked up "))]
    causes = [s for s in telling if s.startswith("Caused by: ")]
    return causes[-1].removeprefix("Caused by: ") if causes else " ".join(telling[:2])


def _end_of(process: subprocess.Popen[bytes]) -> str:
    """What has become of a server that is dead, or as good as dead."""
    try:
        code = process.wait(_DYING)
    except subprocess.TimeoutExpired:
        return "it did not answer any more"
    return f"it was killed by signal {-code}" if code < 0 else f"it ended with code {code}"


def _tell(**news: object) -> None:
    with suppress(OSError):  # newslint is gone, which stdin will tell
        os.write(1, f"{json.dumps(news)}\n".encode())


def main(command: Sequence[str]) -> None:
    """Keep the server that this command starts."""
    keeper = Keeper(command, _tell)

    def wait() -> None:
        while os.read(0, 1):
            pass
        keeper.release()

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    threading.Thread(target=wait, daemon=True).start()
    try:
        keeper.run()
    except _ReleasedError:
        pass
    finally:
        keeper.release()


if __name__ == "__main__":
    main(sys.argv[1:])
