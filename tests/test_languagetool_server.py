"""Newslint's own LanguageTool server, the real one: its life in a run, and what ends it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep
from typing import Any

import psutil
import pytest
from conftest import ROOT, Ran, Repository, command, environment, spawn

from newslint.engines import jars, server

real = pytest.mark.languagetool
ARTICLES = 60
CONFIG = "extends: [grammar]\nrules: {doubled-word: on}\n"
PATIENCE = 120


def until(met: Callable[[], Any], process: subprocess.Popen[bytes]) -> Any:
    """What `met` returns as soon as it is something, while a run goes on."""
    while not (value := met()):
        assert process.poll() is None, "the run is over"
        sleep(0.05)
    return value


def are_gone(processes: list[psutil.Process]) -> bool:
    """Whether none of them runs any more, after a moment to end in."""
    return not psutil.wait_procs(processes, 10)[1]


class Run:
    """A run of newslint over all articles, with two workers."""

    def __init__(self, repo: Repository, *args: str) -> None:
        self.process = subprocess.Popen(
            command("check", "--engine", "languagetool", "--format", "json", "--jobs", "2",
                    "--no-cache", "content", *args),
            cwd=repo.root, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip

    def under(self) -> list[psutil.Process]:
        """All processes of the run, itself included."""
        itself = psutil.Process(self.process.pid)
        return [itself, *itself.children(recursive=True)]

    def java(self) -> list[psutil.Process]:
        """The server."""
        return [p for p in self.under() if words(p)[:1] == [shutil.which("java")]]

    def workers(self) -> list[psutil.Process]:
        """They are there when the server is."""
        itself = psutil.Process(self.process.pid)
        return [p for p in itself.children() if "keeper.py" not in " ".join(words(p))]

    def ready(self) -> psutil.Process:
        """The server, as soon as workers are about to ask it."""
        until(lambda: self.java() and self.workers(), self.process)
        (java,) = self.java()
        return java

    def end(self) -> Ran:
        out, err = self.process.communicate(timeout=PATIENCE)
        ran = Ran(self.process.returncode, out.decode(), err.decode())
        assert "Traceback" not in ran.err
        return ran


def words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.fixture
def desk(repo: Repository) -> Repository:
    """A repository with many articles, each with a slip for LanguageTool and one for newslint."""
    repo.config(CONFIG)
    write(repo, ARTICLES)
    return repo


def write(repo: Repository, articles: int) -> None:
    for number in range(articles):
        copy = f"Ferry {number} left late. He have seen the the weir {number} times.\n"
        repo.write(f"content/{number:02}.md", copy)


@pytest.fixture
def run(desk: Repository) -> Iterator[Callable[..., Run]]:
    """Starts a run; nothing of it outlives the test."""
    every: list[Run] = []

    def start(*args: str) -> Run:
        every.append(Run(desk, *args))
        return every[-1]

    yield start
    for one in every:
        one.process.kill()
        one.process.communicate()


Start = Callable[..., Run]


def found(ran: Ran) -> dict[str, int]:
    """How many findings there are of each rule."""
    rules = [rule for rule, _ in ran.found]
    return {rule: rules.count(rule) for rule in sorted(set(rules))}


BOTH = {"doubled-word": ARTICLES, "grammar-agreement": ARTICLES}


@real
def test_one_server_for_all_workers_that_listens_to_this_machine_alone(run: Start) -> None:
    going = run()
    java = going.ready()
    listening = [c.laddr.ip for c in java.net_connections("tcp") if c.status == "LISTEN"]
    assert [ip.removeprefix("::ffff:") for ip in listening] == ["127.0.0.1"]
    every = going.under()
    ran = going.end()
    assert (ran.code, found(ran), ran.err) == (0, BOTH, "")
    assert are_gone(every)


@real
def test_runs_at_once_do_not_meet_and_whatever_ends_one_ends_all_of_it(
    desk: Repository, run: Start
) -> None:
    write(desk, 50 * ARTICLES)  # none of the runs may be done before its turn to be ended
    endings = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)
    runs = [run() for _ in endings]
    ports = {words(going.ready())[words(going.ready()).index("--port") + 1] for going in runs}
    assert len(ports) == len(runs)
    for going, ending in zip(runs, endings, strict=True):
        every = going.under()
        assert len(every) >= 4, "newslint, a keeper, Java, workers"
        going.process.send_signal(ending)
        ran = going.end()
        assert ran.code == (130 if ending == signal.SIGINT else -ending)
        assert ran.err == ""
        assert are_gone(every), f"after signal {ending}"


@real
def test_ctrl_c_while_the_server_starts_ends_it(run: Start) -> None:
    going = run()
    until(going.java, going.process)
    every = going.under()
    going.process.send_signal(signal.SIGINT)
    ran = going.end()
    assert (ran.code, ran.err) == (130, "")
    assert are_gone(every)


@real
def test_a_server_that_is_killed_is_started_again_and_nothing_is_lost(run: Start) -> None:
    going = run()
    going.ready().kill()
    ran = going.end()
    assert (ran.code, found(ran), ran.document["errors"]) == (0, BOTH, [])
    assert ran.err == server.RESTARTED.format("it was killed by signal 9") + "\n"


@real
def test_a_server_that_stops_answering_is_started_again_and_nothing_is_lost(run: Start) -> None:
    going = run("--engine-timeout", "120")
    stopped = going.ready()
    stopped.suspend()
    ran = going.end()
    assert (ran.code, found(ran), ran.document["errors"]) == (0, BOTH, [])
    assert "it did not answer any more" in ran.err
    assert are_gone([stopped])


@real
def test_a_server_that_dies_twice_is_given_up_and_the_articles_are_named(run: Start) -> None:
    going = run()
    first = going.ready()
    first.kill()
    (second,) = until(lambda: [p for p in going.java() if p != first], going.process)
    second.kill()
    ran = going.end()
    assert ran.code == 2
    errors = ran.document["errors"]
    checked = {
        article["path"]
        for article in ran.document["articles"]
        if "grammar-agreement" in [finding["rule"] for finding in article["findings"]]
    }
    assert {e["path"] for e in errors} | checked == {f"content/{n:02}.md" for n in range(ARTICLES)}
    assert {(e["code"], e["message"]) for e in errors} == {("engine", server.GONE)}
    assert found(ran)["doubled-word"] == ARTICLES


@real
def test_the_server_reads_copy_the_same_way_whatever_the_locale(desk: Repository) -> None:
    desk.write("content/00.md", "“Örebro” — 🛶 said so. He have left.\n")
    ran = spawn("check", "--engine", "languagetool", "content/00.md", "--format", "json",
                cwd=desk.root, LC_ALL="C")  # fmt: skip
    assert ran.found == [("grammar-agreement", "have")]
    assert ran.err == ""


def said(desk: Repository, **env: str) -> str:
    """The one error of a run in which LanguageTool is not there at all."""
    ran = spawn("check", "--engine", "languagetool", "--format", "json", "--jobs", "2", "--no-cache",
                "content", cwd=desk.root, **env)  # fmt: skip
    assert ran.code == 2
    assert found(ran) == {"doubled-word": ARTICLES}, "other findings are kept"
    (error,) = ran.document["errors"]
    assert (error["path"], error["code"]) == ("", "engine")
    message: str = error["message"]
    return message


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder for a `PATH` with nothing else on it."""
    folder = tmp_path / "tools"
    folder.mkdir()
    return folder


def script(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{text}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def jar(tmp_path: Path) -> Path:
    """A folder with something that is called as LanguageTool's jar is."""
    folder = tmp_path / "jars"
    folder.mkdir()
    (folder / "languagetool-server.jar").write_bytes(b"no jar")
    return folder


def test_without_java_it_says_what_to_install(desk: Repository, tools: Path) -> None:
    assert said(desk, PATH=str(tools)) == jars.NO_JAVA


def test_without_the_library_it_says_what_to_install(
    desk: Repository, tmp_path: Path, tools: Path
) -> None:
    script(tools, "java", "exit 1")
    (tmp_path / "language_tool_python.py").write_text("raise ModuleNotFoundError('no')\n")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    assert said(desk, PATH=str(tools), PYTHONPATH=path) == jars.MISSING


def test_java_that_is_too_old(desk: Repository, tools: Path, jar: Path) -> None:
    pytest.importorskip("language_tool_python")
    old = "java.lang.UnsupportedClassVersionError: org/languagetool/server/HTTPServer has been"
    script(tools, "java", f"echo 'Error: LinkageError\n\t{old}' >&2; exit 1")
    message = said(desk, PATH=str(tools), LTP_JAR_DIR_PATH=str(jar))
    assert message == f"{tools}/java is too old: LanguageTool needs Java 17 or newer"


def test_a_folder_without_the_jar(desk: Repository, tools: Path, tmp_path: Path) -> None:
    pytest.importorskip("language_tool_python")
    script(tools, "java", "exit 1")
    message = said(desk, PATH=str(tools), LTP_JAR_DIR_PATH=str(tmp_path / "nowhere"))
    assert message.startswith(f"LanguageTool JAR not found in {tmp_path}/nowhere (named by LTP_JAR")
    ran = spawn("get-languagetool", cwd=desk.root, PATH=str(tools), LTP_JAR_DIR_PATH=str(tmp_path))
    assert ran.code == 2
    assert f"LanguageTool JAR not found in {tmp_path} (named by LTP_JAR" in ran.err


def test_a_folder_that_cannot_be(desk: Repository, tools: Path, tmp_path: Path) -> None:
    pytest.importorskip("language_tool_python")
    script(tools, "java", "exit 1")
    (tmp_path / "file").touch()
    env = {"PATH": str(tools), "LTP_JAR_DIR_PATH": "", "LTP_PATH": str(tmp_path / "file")}
    message = said(desk, **env)
    assert message.startswith(f"LanguageTool can be neither found nor fetched: {tmp_path}/file: ")
    assert spawn("get-languagetool", cwd=desk.root, **env).err == f"newslint: error: {message}\n"


def test_a_download_that_broke_off(desk: Repository, tools: Path, tmp_path: Path) -> None:
    pytest.importorskip("language_tool_python")
    script(tools, "java", "exit 1")
    download_lt = pytest.importorskip("language_tool_python.download_lt")
    folder = tmp_path / f"LanguageTool-{download_lt.LTP_DOWNLOAD_VERSION}"
    folder.mkdir()
    env = {"PATH": str(tools), "LTP_JAR_DIR_PATH": "", "LTP_PATH": str(tmp_path)}
    ran = spawn("get-languagetool", cwd=desk.root, **env)
    assert ran.code == 2
    assert f"not found in {folder}: delete the folder, and have “newslint get-" in ran.err


def test_a_download_that_fails(desk: Repository, tools: Path, tmp_path: Path) -> None:
    pytest.importorskip("language_tool_python")
    script(tools, "java", "echo 'openjdk version \"17.0.1\" 2021-10-19' >&2")
    env = {
        "PATH": str(tools),
        "LTP_JAR_DIR_PATH": "",
        "LTP_PATH": str(tmp_path / "downloads"),
        "LTP_DOWNLOAD_HOST_NEW_RELEASES": "http://127.0.0.1:9/",
    }
    assert said(desk, **env) == jars.NOT_HERE  # a check fetches nothing
    ran = spawn("get-languagetool", cwd=desk.root, **env)
    assert ran.code == 2
    assert ran.err.startswith("newslint: error: LanguageTool cannot be fetched: 127.0.0.1: ")
    assert "HTTP" not in ran.err


@pytest.mark.skipif(not shutil.which("java"), reason="needs Java")
def test_a_jar_that_is_none(desk: Repository, jar: Path) -> None:
    pytest.importorskip("language_tool_python")
    message = said(desk, LTP_JAR_DIR_PATH=str(jar))
    assert message.startswith(f"LanguageTool, which is to run {jar}/languagetool-server.jar, does")
    assert "org.languagetool.server.HTTPServer" in message


def test_identity_tells_one_languagetool_from_another(
    jar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(jars.FOLDER, str(jar))
    before = jars.identity()
    assert jars.identity() == before
    (jar / "spelling.txt").write_text("weirkeeper\n")
    assert jars.identity() != before
    monkeypatch.setenv(jars.FOLDER, "")
    monkeypatch.setenv(jars.DOWNLOADS, str(jar))
    with_words = jars.identity()
    (jar / "spelling.txt").unlink()
    assert jars.identity() != with_words


def test_a_file_of_the_repository_is_not_run_in_place_of_a_library(
    desk: Repository, jar: Path, tools: Path
) -> None:
    """Neither by newslint nor by the keeper, which starts in the repository."""
    pytest.importorskip("language_tool_python")
    script(tools, "java", "exit 1")
    for name in ("json", "socket", "subprocess", "ctypes", "sitecustomize"):
        desk.write(f"{name}.py", "open('run.txt', 'w').close()\n")
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "newslint", "check", "--engine", "languagetool",
         "content/00.md"],
        cwd=desk.root, capture_output=True, timeout=PATIENCE, check=False,
        env=environment(PATH=str(tools), LTP_JAR_DIR_PATH=str(jar)),
    )  # fmt: skip
    assert ran.returncode == 2
    assert not (desk.root / "run.txt").exists()
