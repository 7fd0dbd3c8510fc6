"""`newslint check --watch`, as somebody who keeps a terminal open sees it."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import PATIENCE, ROOT, Repository, command, environment, spawn

WAITING = "watching for changes; Ctrl-C stops\n"
USE = "id: plain-use\n"


class Watch:
    """A running watch: what it has printed, and what it prints next."""

    def __init__(self, process: subprocess.Popen[bytes], streams: list[int]) -> None:
        self.process = process
        self._streams = streams
        self.shown = ""

    def until(self, seen: Callable[[str], bool]) -> str:
        """What it prints from here on, once that is so."""
        begun, deadline = len(self.shown), time.monotonic() + PATIENCE
        while not seen(self.shown[begun:]):
            assert time.monotonic() < deadline, self.shown[begun:]
            ready, _, _ = select.select(self._streams, [], [], 0.1)
            for stream in ready:
                self.shown += os.read(stream, 65536).decode().replace("\r\n", "\n")
        return self.shown[begun:]

    def says(self, expected: str = "Checked ") -> str:
        """What it prints until a report says so and the watch goes on."""
        return self.until(lambda text: expected in text and WAITING in text)


@contextmanager
def watching(*arguments: str, cwd: Path, terminal: bool = False) -> Iterator[Watch]:
    ours, theirs = pty.openpty() if terminal else os.pipe()
    errors = os.pipe()
    process = subprocess.Popen(
        command("check", "--watch", *arguments),
        cwd=cwd,
        env=environment(TERM="xterm"),
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=errors[1],
        start_new_session=True,
    )
    os.close(theirs)
    os.close(errors[1])
    try:
        yield Watch(process, [ours, errors[0]])
    finally:
        process.kill()
        process.wait()
        os.close(ours)
        os.close(errors[0])


@pytest.fixture
def desk(repo: Repository) -> Repository:
    repo.desk(USE)
    repo.write("news/a.md", "They utilize it.\n")
    return repo


def test_it_checks_again_what_has_changed(desk: Repository) -> None:
    with watching("--format", "concise", cwd=desk.root) as watch:
        watch.says("news/a.md:1:6: warning plain-use")
        desk.write("news/a.md", "They use it.\n")
        watch.says("no findings")
        desk.write("news/b.md", "We utilize it.\n")
        watch.says("news/b.md:1:4")
        (desk.root / "news/b.md").unlink()
        watch.says("Checked 1 article: no findings")
        desk.rule("id: plain-use\noptions: {check: avoid, terms: [use]}\n")
        watch.says("news/a.md:1:6")
        desk.config("extends: [./desk]\nrules: {plain-use: error}\n")
        watch.says("news/a.md:1:6: error")
        assert watch.shown.count("newslint: checking again\n") >= 5
        watch.process.send_signal(signal.SIGINT)
        assert watch.process.wait(PATIENCE) == 130
        assert "\033" not in watch.shown
        assert "Traceback" not in watch.shown


def test_a_broken_config_does_not_end_it(desk: Repository) -> None:
    with watching(cwd=desk.root) as watch:
        watch.says()
        desk.config("extends: [./desk\n")
        watch.says("newslint.yml:2:1: not valid YAML")
        desk.write("news/a.md", "They utilize it again.\n")
        watch.says("not valid YAML")
        desk.config("extends: [./desk]\npeople: people.yml\n")
        desk.write("people.yml", "nonsense\n")
        watch.says("people.yml")
        desk.write("people.yml", "[]\n")
        watch.says("plain-use")
        (desk.root / "newslint.yml").unlink()
        watch.says("Checked")


def test_names_that_are_not_utf_8_do_not_end_it(desk: Repository) -> None:
    (desk.root / os.fsdecode(b"news/b\xff.md")).write_text("We utilize it.\n")
    with watching("--format", "concise", cwd=desk.root) as watch:
        watch.says("Checked 2 articles: 0 errors, 2 warnings")
        desk.write("news/a.md", "They use it.\n")
        watch.says("Checked 2 articles: 0 errors, 1 warning,")
        (desk.root / os.fsdecode(b"news/b\xff.md")).write_text("We do use it.\n")
        watch.says("no findings")
        desk.rule("id: plain-use\noptions: {check: avoid, terms: [use]}\n")
        watch.says("news/a.md:1:6")
        assert watch.shown.count("not UTF-8: the system cannot watch, so newslint looks at") == 1
        watch.process.send_signal(signal.SIGINT)
        assert watch.process.wait(PATIENCE) == 130


def test_the_corpus_is_watched_too(desk: Repository) -> None:
    desk.config("extends: [newsroom]\n")
    desk.write("news/a.md", "Harbour Minister Bram Ostrey spoke on Monday. The council met.\n")
    desk.write("old/b.md", "Bram Ostrey spoke on Monday. The council met.\n")
    only = ("--select", "inconsistent-title", "--format", "concise")
    with watching("news", *only, cwd=desk.root) as watch:
        watch.says("no findings")
        desk.config("corpus: [old/**]\n")
        watch.says("no findings")
        desk.write("old/b.md", "Former Harbour Minister Bram Ostrey spoke. The council met.\n")
        watch.says("news/a.md:1:1")


def test_what_does_not_matter(desk: Repository) -> None:
    desk.write(".gitignore", "public/\n")
    with watching("--format", "concise", cwd=desk.root) as watch:
        watch.says()
        for name in (
            "public/a.md",
            ".cache/a.md",
            "node_modules/a.md",
            "news/a.py",
            "news/.a.md.swp",
        ):
            desk.write(name, "They utilize it.\n")
        with pytest.raises(AssertionError):
            _within(1.0, watch)
        desk.write("news/a.md", "All is well.\n")
        watch.says("no findings")


def _within(seconds: float, watch: Watch) -> None:
    deadline = time.monotonic() + seconds

    def seen(text: str) -> bool:
        assert time.monotonic() < deadline
        return bool(text)

    watch.until(seen)


def test_one_file_that_an_editor_puts_another_in_place_of(desk: Repository) -> None:
    desk.write("news/b.md", "They utilize it.\n")
    with watching("news/a.md", "--format", "concise", cwd=desk.root) as watch:
        watch.says("Checked 1 article")
        os.replace(desk.write("news/a.md~", "Now they do utilize it.\n"), desk.root / "news/a.md")
        watch.says("news/a.md:1:13")
        (desk.root / "news/a.md").unlink()
        watch.says("there is no such file")
        desk.write("news/a.md", "They use it.\n")
        watch.says("no findings")


def test_a_terminal_is_wiped(desk: Repository) -> None:
    with watching(cwd=desk.root, terminal=True) as watch:
        assert watch.says().startswith("\033[2J\033[3J\033[H")
        desk.write("news/a.md", "They use it.\n")
        watch.says("\033[2J\033[3J\033[H")


def test_the_exit_code_of_a_closed_terminal_is_no_traceback(desk: Repository) -> None:
    with watching("--no-cache", cwd=desk.root) as watch:
        watch.says()
        watch.process.terminate()
        assert watch.process.wait(PATIENCE) == -signal.SIGTERM


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--fix"], "--fix does not go with it"),
        (["--fix-only"], "--fix-only does not go with it"),
        (["--diff"], "--diff does not go with it"),
        (["--write-baseline"], "--write-baseline does not go with it"),
        (["--prune-baseline"], "--prune-baseline does not go with it"),
        (["--output", "json=out.json"], "--output does not go with it"),
        (["--list-files"], "--list-files does not go with it"),
        (["--config-from", "HEAD"], "--config-from does not go with it"),
        (["--format", "json"], "--format is text or concise"),
        (["-"], "stdin (-) cannot change"),
        (["nowhere.md"], "nowhere.md: there is no such file or folder"),
    ],
)
def test_what_does_not_go_together(desk: Repository, arguments: list[str], reason: str) -> None:
    ran = desk.run("check", "--watch", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert reason in ran.err


def test_without_the_library(desk: Repository, tmp_path: Path) -> None:
    (tmp_path / "watchfiles.py").write_text("raise ModuleNotFoundError(name='watchfiles')\n")
    ran = spawn("check", "--watch", cwd=desk.root, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    assert (ran.code, ran.out) == (2, "")
    assert "pip install 'newslint[watch]'" in ran.err
