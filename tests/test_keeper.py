"""The keeper of a server: holds it, restarts it once, and leaves nothing behind.

The server here is a small one in Python; `test_languagetool_server.py` has the real one.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psutil
import pytest
from conftest import PATIENCE

from newslint.engines import EngineError, Running, jars, keeper, server

SERVER = """\
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *_):
        pass

HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@pytest.fixture
def program(tmp_path: Path) -> list[str]:
    """A command that starts a server."""
    (tmp_path / "server.py").write_text(SERVER)
    return [sys.executable, "-S", str(tmp_path / "server.py"), "{port}"]


def until(met: Callable[[], Any]) -> Any:
    """What `met` returns as soon as it is something."""
    end = monotonic() + PATIENCE
    while not (value := met()):
        assert monotonic() < end, "it has not come about"
        sleep(0.02)
    return value


def is_gone(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def answers(port: int) -> bool:
    return keeper.status(port, keeper.HEALTH, 5) == keeper.OK


def fate(port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), 30) as line:
        return line.makefile("rb").read()


class Kept:
    """A keeper in a process of its own, as newslint starts it."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(keeper.__file__), *command],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip

    def news(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        told: dict[str, Any] = json.loads(self.process.stdout.readline())
        return told

    def server(self) -> psutil.Process:
        """The server as it runs now."""
        held: list[psutil.Process] = until(psutil.Process(self.process.pid).children)
        return held[0]

    def release(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()


@pytest.fixture
def keep() -> Iterator[Callable[[list[str]], Kept]]:
    """Starts a keeper, and ends it with the test."""
    every: list[Kept] = []

    def start(command: list[str]) -> Kept:
        every.append(Kept(command))
        return every[-1]

    yield start
    for kept in every:
        kept.release()
        kept.process.wait(PATIENCE)
        assert kept.process.stdout is not None
        kept.process.stdout.close()


Keep = Callable[[list[str]], Kept]


def test_it_ends_the_server_when_newslint_is_gone(keep: Keep, program: list[str]) -> None:
    kept = keep(program)
    port = kept.news()["port"]
    running = kept.server()
    assert answers(port)
    kept.release()
    assert kept.process.wait(PATIENCE) == 0
    assert is_gone(running)


def test_it_ends_the_server_when_newslint_is_gone_before_that_is_up(keep: Keep) -> None:
    kept = keep([sys.executable, "-c", "import time; time.sleep(60)", "{port}"])
    running = kept.server()
    kept.release()
    assert kept.process.wait(PATIENCE) == 0
    assert is_gone(running)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_it_does_not_outlive_its_keeper(keep: Keep, program: list[str], how: int) -> None:
    kept = keep(program)
    kept.news()
    running = kept.server()
    kept.process.send_signal(how)
    kept.process.wait(PATIENCE)
    until(lambda: is_gone(running))


def test_ctrl_c_is_not_for_it(keep: Keep, program: list[str]) -> None:
    kept = keep(program)
    told = kept.news()
    kept.process.send_signal(signal.SIGINT)
    assert fate(told["keeper"]) == b"back"
    assert answers(told["port"])
    assert kept.process.poll() is None


def test_it_restarts_the_server_once_and_then_says_that_it_is_gone(
    keep: Keep, program: list[str]
) -> None:
    kept = keep(program)
    told = kept.news()
    first = kept.server()
    first.kill()
    assert fate(told["keeper"]) == b"back"
    assert answers(told["port"])
    assert kept.news() == {"died": "it was killed by signal 9", "back": True}
    second = kept.server()
    assert second != first
    second.kill()
    assert fate(told["keeper"]) == b"gone"
    assert kept.news()["back"] is False
    assert not answers(told["port"])
    assert fate(told["keeper"]) == b"gone", "whoever comes later is told at once"


def test_who_asks_while_the_server_is_well_is_told_so(keep: Keep, program: list[str]) -> None:
    assert fate(keep(program).news()["keeper"]) == b"back"


def test_a_server_that_answers_no_more_is_restarted(
    program: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "PATIENCE", 0.3)
    monkeypatch.setattr(keeper, "EVERY", 0.1)
    told: list[dict[str, Any]] = []
    held = keeper.Keeper(program, lambda **news: told.append(news))
    before = set(psutil.Process().children())
    runner = threading.Thread(target=_quietly, args=(held.run,))
    runner.start()
    try:
        until(lambda: told)
        (stopped,) = set(psutil.Process().children()) - before
        stopped.suspend()
        until(lambda: len(told) > 1)
        assert told[1] == {"died": "it did not answer any more", "back": True}
        assert is_gone(stopped)
        assert answers(told[0]["port"])
    finally:
        held.release()
        runner.join(PATIENCE)


def _quietly(run: Callable[[], None]) -> None:
    with suppress(keeper._ReleasedError):
        run()


def test_a_server_that_cannot_start_tells_why(keep: Keep, tmp_path: Path) -> None:
    said = (
        "Picked up JAVA_TOOL_OPTIONS: -Dx\\nException in thread \"main\" java.lang.Error\\n"
        "\\tat a.B.c(B.java:1)\\nCaused by: java.lang.IllegalStateException: no dictionary\\n"
        "\\tat a.B.d(B.java:2)\\n\\t... 7 more"
    )  # fmt: skip
    kept = keep([sys.executable, "-c", f"raise SystemExit('''{said}''')", "{port}"])
    assert kept.news() == {"failed": "java.lang.IllegalStateException: no dictionary"}
    assert kept.process.wait(PATIENCE) == 0


def test_a_server_that_ends_without_a_word_tells_its_code(keep: Keep) -> None:
    assert keep([sys.executable, "-c", "raise SystemExit(3)"]).news() == {
        "failed": "it ended with code 3"
    }


def test_a_port_that_others_took_meanwhile_is_given_up_for_another(
    keep: Keep, program: list[str], tmp_path: Path
) -> None:
    taken = tmp_path / "taken"
    (tmp_path / "server.py").write_text(
        f"import pathlib, sys\ntaken = pathlib.Path({str(taken)!r})\n"
        "if not taken.exists():\n    taken.write_text(sys.argv[1])\n"
        "    raise SystemExit('Caused by: java.net.BindException: Address already in use')\n"
        + SERVER
    )
    port = keep(program).news()["port"]
    assert port != int(taken.read_text())
    assert answers(port)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere two cannot share an address")
def test_nobody_else_is_given_the_port_before_the_server_listens(
    keep: Keep, tmp_path: Path
) -> None:
    note = tmp_path / "port"
    wait = f"import sys, time\nopen({str(note)!r}, 'w').write(sys.argv[1])\ntime.sleep(60)"
    keep([sys.executable, "-c", wait, "{port}"])
    port = int(until(lambda: note.exists() and note.read_text()))
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))


@pytest.fixture
def small(program: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """For `server` the small server is LanguageTool."""
    monkeypatch.setattr(jars, "command", lambda: program)
    yield
    server.stop()


@pytest.mark.usefixtures("small")
def test_one_server_serves_a_run() -> None:
    before = set(psutil.Process().children())
    address = server.started()
    assert server.started() == server.restarted() == address
    (held,) = set(psutil.Process().children()) - before
    (running,) = held.children()
    server.stop()
    assert is_gone(held)
    assert is_gone(running)
    server.stop()


@pytest.mark.usefixtures("small")
def test_a_worker_asks_the_server_of_its_parent_and_does_not_hold_it() -> None:
    address = server.started()
    reading, writing = os.pipe()
    if not (worker := os.fork()):
        os.write(writing, server.started().encode())
        server.stop()
        signal.pause()
    try:
        assert os.read(reading, 100).decode() == address
        assert answers(int(address.rpartition(":")[2]))
        begun = monotonic()
        server.stop()
        assert monotonic() < begun + server._LAST
    finally:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        os.close(reading)
        os.close(writing)


@pytest.mark.usefixtures("small")
def test_a_worker_that_is_not_forked_is_told_of_the_server() -> None:
    address = server.started()
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        assert pool.submit(asked_elsewhere, server.state()).result() == address
    assert answers(int(address.rpartition(":")[2]))


def asked_elsewhere(known: Running) -> str:
    server.take(known)
    return server.started()


@pytest.mark.usefixtures("small")
def test_what_went_wrong_goes_wrong_at_once_until_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def command() -> list[str]:
        calls.append(1)
        raise EngineError("no Java here", everywhere=True)

    monkeypatch.setattr(jars, "command", command)
    for _ in range(3):
        with pytest.raises(EngineError, match="no Java here") as caught:
            server.started()
        assert caught.value.everywhere
    assert len(calls) == 1
    server.stop()
    with pytest.raises(EngineError):
        server.started()
    assert len(calls) == 2
    server.renew()
    with pytest.raises(EngineError):
        server.started()
    assert len(calls) == 3


@pytest.mark.usefixtures("small")
def test_a_server_that_died_twice_fails_every_article_at_once() -> None:
    server.started()
    held = psutil.Process().children()[-1]
    held.children()[0].kill()
    server.restarted()
    held.children()[0].kill()
    for ask in (server.restarted, server.started, server.restarted):
        with pytest.raises(EngineError, match="died twice") as caught:
            ask()
        assert not caught.value.everywhere


@pytest.mark.usefixtures("small")
def test_a_later_run_starts_another_server_in_place_of_a_dead_one() -> None:
    before = set(psutil.Process().children())
    first = server.started()
    (held,) = set(psutil.Process().children()) - before
    server.renew()
    assert server.started() == first, "it is well"
    for _ in range(2):
        held.children()[0].kill()
        told = fate(server.state().keeper)  # asked by a worker, say
    assert told == b"gone"
    server.renew()
    assert answers(int(server.started().rpartition(":")[2]))
    assert is_gone(held)


@pytest.mark.usefixtures("small")
def test_a_server_is_given_up_without_its_keeper() -> None:
    server.started()
    psutil.Process().children()[-1].kill()
    with pytest.raises(EngineError, match="is gone, and so is"):
        server.restarted()
