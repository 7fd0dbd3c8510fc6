"""Fixtures: a small repository, and newslint run in it as the command line runs it."""

from __future__ import annotations

import importlib
import io
import json
import os
import pkgutil
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import hypothesis
import pytest
from page_browser import browser, opened  # noqa: F401 - fixtures

import newslint as package
from newslint.cli import main
from newslint.engines import EngineError

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0
"""Seconds that a test waits for what must come; it waits so long only where nothing comes."""

hypothesis.settings.register_profile(
    "fuzz", hypothesis.settings.get_profile("default"), deadline=None, print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)  # fmt: skip
hypothesis.settings.register_profile(
    "steady", hypothesis.settings.get_profile("fuzz"), derandomize=True, database=None
)
hypothesis.settings.load_profile("steady")  # --hypothesis-profile has the last word


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the reports that tests compare with"
    )


def pytest_configure() -> None:
    """Make runs alike, however they are started.

    Ctrl-C comes through to what tests start, though a shell's background job has it switched off.
    And as Hypothesis takes some of its examples from the modules that are loaded, all are.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if jars := languagetool_jars():
        os.environ["LTP_JAR_DIR_PATH"] = str(jars.absolute())
    for module in pkgutil.walk_packages(package.__path__, "newslint."):
        if not module.name.endswith("__main__"):
            with suppress(ImportError):  # an extra is not installed
                importlib.import_module(module.name)


def languagetool_jars() -> Path | None:
    """The folder with the jars of LanguageTool, or None where `make languagetool` has not run."""
    folder = Path(os.environ.get("LTP_JAR_DIR_PATH") or ROOT / ".languagetool")
    return folder if (folder / "languagetool-server.jar").is_file() else None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without LanguageTool the tests marked so are skipped."""
    if item.get_closest_marker("languagetool") and languagetool_jars() is None:
        pytest.skip("run `make languagetool` (needs Maven and Java 17)")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which tests of the real LanguageTool were left out, and why."""
    reports = [r for r in terminalreporter.getreports("skipped") if r.when != "collect"]
    skipped = [r.longrepr[2] for r in reports if "languagetool" in r.keywords]
    for reason, number in Counter(skipped).items():
        tests = f"{number} LanguageTool {'test' if number == 1 else 'tests'} skipped"
        terminalreporter.write_line(f"{tests}: {reason.removeprefix('Skipped: ')}", yellow=True)


class Ran(NamedTuple):
    """What came of a run of the command line."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document on stdout."""
        document: dict[str, Any] = json.loads(self.out)
        return document

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings of all articles in a JSON document."""
        return [f for article in self.document["articles"] for f in article["findings"]]

    @property
    def found(self) -> list[tuple[str, str]]:
        """(rule, text) of all findings in a JSON document."""
        return [(finding["rule"], finding["text"]) for finding in self.findings]


class Repository:
    """A folder with `.git` in it, in which newslint is run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / ".git").mkdir(parents=True)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file below the root, with its folders."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def config(self, text: str) -> None:
        """Write `newslint.yml`."""
        self.write("newslint.yml", text)

    def rule(self, text: str, *, folder: str = "desk", id: str | None = None) -> None:
        """Write a rule of the stylebook `./desk`, with the keys that it does not care about."""
        lines = text.strip("\n").split("\n")
        name = id or next(line[3:].strip() for line in lines if line.startswith("id:"))
        given = {line.split(":")[0] for line in lines if line and line[0].isalpha()}
        filled = (
            []
            if given & {"extends"}
            else [f"{k}: {v}" for k, v in DEFAULTS.items() if k not in given]
        )
        self.write(f"{folder}/{name}.yml", "\n".join([*lines, *filled]) + "\n")

    def desk(self, *rules: str, config: str = "") -> None:
        """A config that runs these rules of the newsroom's own and nothing else.

        Without rules those that are there stay.
        """
        if rules:
            shutil.rmtree(self.root / "desk", ignore_errors=True)
        self.config("extends: [./desk]\n" + config)
        (self.root / "desk").mkdir(exist_ok=True)
        for rule in rules:
            self.rule(rule)

    def run(self, *args: str, input: str | bytes = "", folder: str = ".") -> Ran:
        """Run newslint in this process."""
        return run(*args, cwd=self.root / folder, input=input)

    def check(self, *args: str, input: str | bytes = "", folder: str = ".") -> Ran:
        """`newslint check --format json`."""
        return self.run("check", "--format", "json", *args, input=input, folder=folder)

    def copy(self, text: str, *args: str, name: str = "a.md") -> Ran:
        """Check one article."""
        self.write(name, text)
        return self.check(name, *args)


DEFAULTS = {
    "kind": "terms",
    "title": "A rule of the desk",
    "severity": "warning",
    "message": "“{match}” is not how we say it",
    "fix": "Say it plainly.",
    "why": "Readers.",
    "source": '{title: Desk book, url: "https://desk.example/book"}',
    "options": "{check: avoid, terms: [utilize]}",
}
"""A rule on the word `utilize`, for what a test leaves out."""


def run(*args: str, cwd: Path, input: str | bytes = "") -> Ran:
    """Call `main` with captured streams. No run may ever show a traceback."""
    data = input if isinstance(input, bytes) else input.encode()
    streams = {
        "stdin": io.TextIOWrapper(io.BytesIO(data)),
        "stdout": io.TextIOWrapper(io.BytesIO(), "utf-8"),
        "stderr": io.TextIOWrapper(io.BytesIO(), "utf-8"),
    }
    with _inside(cwd), mock.patch.multiple(sys, **streams):
        try:
            code = main(list(args))
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
    shown = []
    for name in ("stdout", "stderr"):
        streams[name].flush()
        shown.append(streams[name].buffer.getvalue().decode())  # type: ignore[attr-defined]
    ran = Ran(code, *shown)
    assert "Traceback" not in ran.err, ran.err
    assert "this is a bug" not in ran.err, ran.err
    return ran


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def command(*args: str) -> list[str]:
    """The command line that runs newslint in a process of its own."""
    return [sys.executable, "-m", "newslint", *args]


def environment(**more: str) -> dict[str, str]:
    """The environment of such a process: the package of this checkout, nothing that colours."""
    kept = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    return {**kept, "PYTHONPATH": str(ROOT), "COLUMNS": "100", **more}


def spawn(*args: str, cwd: Path, input: str = "", **env: str) -> Ran:
    """Run newslint in a process of its own."""
    done = subprocess.run(
        command(*args),
        cwd=cwd,
        input=input.encode(),
        capture_output=True,
        timeout=PATIENCE,
        env=environment(**env),
        check=False,
    )
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in ran.err, ran.err
    return ran


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is done inside takes this process no longer, however busy the machine is."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < seconds


@pytest.fixture(scope="session")
def cache_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder of caches for all tests."""
    return tmp_path_factory.mktemp("caches")


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch, cache_home: Path) -> None:
    """Nothing in the environment of whoever runs the tests has a say."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))
    monkeypatch.setattr("newslint.persisted._path", None)
    for name in (
        "NO_COLOR",
        "FORCE_COLOR",
        "NEWSLINT_KINDS",
        "NEWSLINT_TRACEBACK",
        "GITHUB_STEP_SUMMARY",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    """A repository with nothing in it."""
    return Repository(tmp_path / "repo")


@pytest.fixture
def newslint() -> Callable[..., Ran]:
    """Run the command line in this process: `newslint(*args, cwd=…, input=…)`."""
    return run


@pytest.fixture(scope="session")
def languagetool_server() -> Iterator[str]:
    """The address of a real LanguageTool, set up as newslint's own is."""
    from newslint.engines import jars
    from newslint.engines.wire import ask

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    started = subprocess.Popen(
        [part.replace("{port}", str(port)) for part in jars.command()],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(600):
            with suppress(EngineError, TimeoutError):
                ask(address, "/v2/info", None, 5, "LanguageTool")
                break
            assert started.poll() is None, "LanguageTool ended at once"
            time.sleep(0.1)
        yield address
    finally:
        started.kill()
        started.wait()
