"""What a run ends with: 0 clean, 1 findings, 2 something could not be checked, 130 on Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import psutil
import pytest
from conftest import PATIENCE, Ran, Repository, command, environment, spawn

from newslint.kinds import terms

CLEAN = "# Council votes\n\nThe council met.\n"
WARNED = "# Council votes\n\nThe council will utilize it.\n"
GRAVE = "# Council votes\n\nThe council met TK people.\n"

WARNING = "id: plain-use\n"
ERROR = "id: no-tk\nseverity: error\noptions: {check: avoid, terms: [TK], ignore-case: false}\n"
INFO = "id: a-hint\nseverity: info\noptions: {check: avoid, terms: [hint]}\n"


@pytest.fixture
def desk(repo: Repository) -> Repository:
    repo.desk(WARNING, ERROR, INFO)
    repo.write("clean.md", CLEAN)
    repo.write("warned.md", WARNED)
    repo.write("grave.md", GRAVE)
    repo.write("info.md", "# A hint\n\nThe council met.\n")
    return repo


class Case(NamedTuple):
    args: str
    code: int
    said: str = ""
    """Must stand on stderr (text) and in the errors (JSON)."""
    config: str = ""
    files: dict[str, str | bytes] = {}  # noqa: RUF012 never changed
    error: str = ""
    """The code of the one error in the JSON document."""


TABLE = {
    "clean": Case("clean.md", 0),
    "warnings only": Case("warned.md", 0),
    "error": Case("grave.md", 1),
    "everything": Case(".", 1),
    "fail-on warning": Case("warned.md --fail-on warning", 1),
    "fail-on warning, info only": Case("info.md --fail-on warning", 0),
    "fail-on info": Case("info.md --fail-on info", 1),
    "fail-on info, clean": Case("clean.md --fail-on info", 0),
    "fail-on never": Case("grave.md --fail-on never", 0),
    "fail-on in the config": Case("warned.md", 1, config="fail-on: warning\n"),
    "the flag beats the config": Case("warned.md --fail-on error", 0, config="fail-on: warning\n"),
    "bad level": Case("clean.md --fail-on loud", 2),
    "max-warnings kept": Case("warned.md --max-warnings 1", 0),
    "max-warnings broken": Case("warned.md --max-warnings 0", 1),
    "max-warnings in the config": Case("warned.md", 1, config="max-warnings: 0\n"),
    "max-warnings counts with fail-on never": Case("warned.md --fail-on never --max-warnings 0", 1),
    "exit-zero hides 1": Case("grave.md --exit-zero", 0),
    "exit-zero and too many warnings": Case("warned.md --max-warnings 0 --exit-zero", 0),
    "exit-zero never hides 2": Case("gone.md --exit-zero", 2, "no such file", error="unreadable"),
    "fail-on never does not hide 2": Case(
        "gone.md --fail-on never", 2, "gone.md", error="unreadable"
    ),
    "missing path": Case("gone.md", 2, "gone.md: there is no such file", error="unreadable"),
    "missing folder": Case("gone/", 2, "gone/", error="unreadable"),
    "missing beside good": Case("clean.md gone.md", 2, "gone.md", error="unreadable"),
    "folder without articles": Case(
        "bare", 2, "bare: no article here", files={"bare/a.png": "x"}, error="no-articles"
    ),
    "binary": Case("b.md", 2, "b.md: ", files={"b.md": b"\x89PNG\r\n\x1a\n\0\0"}, error="not-text"),
    "NUL bytes": Case("b.md", 2, "b.md: ", files={"b.md": b"\0\1\2\3gdbm" * 50}, error="not-text"),
    "empty file": Case("e.md", 0, files={"e.md": ""}),
    "a single line of 20 MB": Case(
        "big.md", 2, "big.md: ", files={"big.md": b"word " * 4_000_000}, error="unreadable"
    ),
    "config that is no YAML": Case(
        "clean.md", 2, "newslint.yml:3:1: not valid YAML", config="rules: [\n", error="config"
    ),
    "config that is a list": Case(
        "clean.md --config l.yml", 2, "l.yml:1:1", files={"l.yml": "- a\n"}, error="config"
    ),
    "unknown config key": Case(
        "clean.md",
        2,
        'newslint.yml:2:1: unknown key "fail-onn". Did you mean "fail-on"?',
        config="fail-onn: error\n",
        error="config",
    ),
    "bad value in the config": Case(
        "clean.md", 2, "newslint.yml:2:1: ", config="fail-on: loud\n", error="config"
    ),
    "unknown stylebook": Case(
        "clean.md --config c.yml",
        2,
        'Did you mean "newsroom"?',
        files={"c.yml": "extends: [newsrom]\n"},
        error="config",
    ),
    "unknown rule in --select": Case(
        "clean.md --select plain-usee",
        2,
        'unknown rule "plain-usee". Did you mean "plain-use"?',
        error="config",
    ),
    "unknown rule in --ignore": Case(
        "clean.md --ignore no-tkk",
        2,
        'unknown rule "no-tkk". Did you mean "no-tk"?',
        error="config",
    ),
    "unknown tag": Case("clean.md --select tag:lawe", 2, 'unknown tag "lawe"', error="config"),
    "unknown rule in rules": Case(
        "grave.md",
        2,
        'newslint.yml:3:3: unknown rule "plain-usee". Did you mean "plain-use"?',
        config="rules:\n  plain-usee: off\n",
        error="config",
    ),
    "unknown rule in overrides": Case(
        "grave.md",
        2,
        'newslint.yml:3:30: unknown rule "no-tkk"',
        config='overrides:\n  - {files: ["x"], rules: {  no-tkk: off}}\n',
        error="config",
    ),
    "unknown rule in ignores": Case(
        "grave.md",
        2,
        'newslint.yml:3:18: unknown rule "no-tkk"',
        config="ignores:\n  - {path: x.md, rule: no-tkk}\n",
        error="config",
    ),
    "unknown level": Case(
        "grave.md",
        2,
        'newslint.yml:3:3: unknown level "fatal"',
        config="rules:\n  no-tk: fatal\n",
        error="config",
    ),
    "config path missing": Case("clean.md --config no.yml", 2, "no.yml: ", error="config"),
    "config path is a folder": Case("clean.md --config desk", 2, "desk: ", error="config"),
    "all excluded": Case("clean.md warned.md", 0, config='exclude: ["*.md"]\n'),
    "stdin mixed with paths": Case("- clean.md", 2, "cannot be mixed", error="unreadable"),
    "bad --jobs": Case("clean.md --jobs 0", 2),
    "unknown format": Case("clean.md --format yaml", 2),
    "unknown flag": Case("clean.md --florble", 2),
    "a value that is misspelt": Case(
        "clean.md",
        2,
        '"fail-on": unknown value "erorr". Did you mean "error"?',
        config="fail-on: erorr\n",
        error="config",
    ),
    "a day that is none": Case(
        "clean.md",
        2,
        'newslint.yml:2:34: "until": expected a day like 2030-01-31',
        config="ignores: [{path: a, rule: no-tk, until: soon}]\n",
        error="config",
    ),
    "a word for true": Case(
        "clean.md",
        2,
        '"require-reason": expected true or false, got text',
        config="require-reason: ja\n",
        error="config",
    ),
    "a word for a number": Case(
        "clean.md",
        2,
        '"max-warnings": expected a whole number, got text',
        config="max-warnings: few\n",
        error="config",
    ),
    "a word for a list": Case(
        "clean.md",
        2,
        '"files": expected a list, got text',
        config="files: content\n",
        error="config",
    ),
    "a list for a mapping": Case(
        "clean.md", 2, "expected a mapping, got a list", config="rules: []\n", error="config"
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_table(desk: Repository, name: str) -> None:
    case = TABLE[name]
    for path, content in case.files.items():
        desk.write(path, content)
    if case.config:
        desk.desk(config=case.config)
    ran = desk.run("check", *case.args.split())
    assert ran.code == case.code, ran
    assert case.said in ran.err
    if case.error:
        document = desk.check(*case.args.split())
        assert document.code == case.code
        assert [error["code"] for error in document.document["errors"]] == [case.error]


def test_findings_beside_an_error(desk: Repository) -> None:
    ran = desk.check("grave.md", "gone.md")
    assert (ran.code, ran.found) == (2, [("no-tk", "TK")])
    assert [error["path"] for error in ran.document["errors"]] == ["gone.md"]


def test_everything_excluded_is_said(desk: Repository) -> None:
    desk.desk(config='files: ["content/**"]\n')
    ran = desk.run("check", "clean.md", "warned.md")
    assert ran.code == 0
    assert "all 2 given files are left out" in ran.err


def test_an_empty_file_is_said(desk: Repository) -> None:
    desk.write("e.md", "")
    ran = desk.run("check", "e.md")
    assert "e.md: empty" in ran.err
    assert "Checked 1 article" in ran.out


@pytest.mark.parametrize("make", [Path.mkdir, lambda path: path.symlink_to("nowhere.md")])
def test_a_file_that_cannot_be_read(desk: Repository, make: Callable[[Path], None]) -> None:
    """A folder called like an article, or a link to nothing: never passed over in silence."""
    make(desk.root / "x.md")
    ran = desk.check("x.md", "grave.md")
    assert ran.code == 2
    assert [error["path"] for error in ran.document["errors"]] == ["x.md"]
    assert ran.found == [("no-tk", "TK")]


def test_a_broken_link_met_in_a_walk(desk: Repository) -> None:
    (desk.root / "x.md").symlink_to("nowhere.md")
    ran = desk.check(".")
    assert ran.code == 2
    assert [error["path"] for error in ran.document["errors"]] == ["x.md"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(desk: Repository) -> None:
    desk.write("shut.md", CLEAN).chmod(0)
    ran = desk.check("shut.md")
    assert ran.code == 2
    assert [error["code"] for error in ran.document["errors"]] == ["unreadable"]


def test_a_file_that_goes_away_before_it_is_read(
    desk: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat = os.stat

    def refuse(path: str, **more: object) -> os.stat_result:
        if path == "clean.md":
            raise PermissionError(13, "Permission denied", path)
        return stat(path, **more)

    monkeypatch.setattr("newslint.checker.os.stat", refuse)
    ran = desk.check("clean.md")
    assert ran.code == 2
    assert ran.document["errors"][0]["message"] == "Permission denied"


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ("id: broken\nkind: terms\n", 1),
        ("id: broken\nkind: [\n", 3),
        ("id: broken\nseverity: loud\n", 2),
        ("id: broken\nkind: pattern\noptions: {check: match, patterns: ['(']}\n", 3),
    ],
)
def test_a_broken_rule_costs_itself_only(desk: Repository, broken: str, line: int) -> None:
    if "severity" in broken or "pattern" in broken:
        desk.rule(broken)
    else:
        desk.write("desk/broken.yml", broken)
    ran = desk.check("grave.md")
    assert (ran.code, ran.found) == (2, [("no-tk", "TK")])
    (error,) = ran.document["errors"]
    assert (error["code"], error["path"]) == ("rule", "desk/broken.yml")
    assert error["line"] == line


def test_a_rule_that_fails_as_it_runs(desk: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    find = terms._find

    def fail(options, *rest):
        if "TK" in options.terms:
            raise ZeroDivisionError("planted")
        return find(options, *rest)

    monkeypatch.setattr(terms, "_find", fail)
    desk.write("both.md", "# Votes\n\nWe utilize TK.\n")
    ran = desk.check("both.md", "warned.md")
    assert ran.code == 2
    assert ran.found == [("plain-use", "utilize"), ("plain-use", "utilize")]
    (error,) = ran.document["errors"]
    assert (error["code"], error["path"]) == ("crash", "both.md")
    assert "no-tk" in error["message"]
    assert "planted" in error["message"]


def test_an_article_that_a_reader_fails_on(
    desk: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newslint import readers

    read = readers.read

    def fail(path: str, data: bytes) -> readers.Read:
        if path == "clean.md":
            raise RecursionError("planted")
        return read(path, data)

    monkeypatch.setattr(readers, "read", fail)
    ran = desk.check("clean.md", "grave.md")
    assert (ran.code, ran.found) == (2, [("no-tk", "TK")])
    assert [(e["code"], e["path"]) for e in ran.document["errors"]] == [("crash", "clean.md")]
    assert ran.document["summary"]["failed"] == 1


def test_stdin(desk: Repository) -> None:
    ran = desk.check("-", input=GRAVE)
    assert (ran.code, ran.found) == (1, [("no-tk", "TK")])
    assert [article["path"] for article in ran.document["articles"]] == ["-"]


def test_stdin_with_a_name(desk: Repository) -> None:
    desk.desk(config='overrides:\n  - {files: ["opinion/**"], rules: {no-tk: off}}\n')
    ran = desk.check("-", "--stdin-filename", "opinion/a.html", input="<p>We met TK of them.</p>")
    assert (ran.code, ran.found) == (0, [])
    assert [article["path"] for article in ran.document["articles"]] == ["opinion/a.html"]
    ran = desk.check("-", "--stdin-filename", "news/a.html", input="<p title='TK'>We met.</p>")
    assert (ran.code, ran.found) == (0, []), "read as HTML, whose attributes are no copy"


def test_stdin_that_is_no_text(desk: Repository) -> None:
    ran = desk.check("-", input=b"%PDF-1.7\0\0\0")
    assert ran.code == 2
    assert ran.document["errors"][0]["code"] == "not-text"


@pytest.mark.parametrize("format", ["text", "concise", "json"])
@pytest.mark.parametrize(("path", "code"), [("grave.md", 1), ("clean.md", 0), ("gone.md", 2)])
def test_a_closed_pipe_is_no_crash(desk: Repository, format: str, path: str, code: int) -> None:
    desk.write("grave.md", GRAVE + "\nThey met TK.\n" * 3000)
    process = subprocess.Popen(
        command("check", path, "--format", format),
        cwd=desk.root,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait(timeout=PATIENCE) == code, said
    assert "Broken" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ("--ratchet --no-baseline", "--ratchet: compares with the baseline as it is"),
        ("--ratchet --write-baseline", "leave out --write-baseline"),
        ("--ratchet --diff", "leave out --diff"),
        ("--scope file", "--scope: says what to report of changed articles: add --changed-since"),
        ("--scope lines", "add --changed-since"),
        (
            "--diff --format concise",
            "--diff: prints a diff in place of a report: leave out --format",
        ),
        ("--diff --statistics", "leave out --statistics"),
        ("--diff --prune-baseline", "--diff: writes nothing: leave out --prune-baseline"),
        ("--unsafe-fixes", "--unsafe-fixes: says which fixes to make: add --fix, --fix-only or"),
        ("--list-files --fix", "--list-files: checks nothing: leave out --fix"),
        ("--list-files --format concise", "leave out --format"),
        ("- --prune-baseline", "a baseline needs the name of the article: --stdin-filename"),
    ],
)
def test_flags_that_cannot_be_meant_are_told_at_once(
    desk: Repository, flags: str, said: str
) -> None:
    desk.write("newslint-baseline.txt", "")
    paths = [] if "-" in flags.split() else ["grave.md"]
    ran = desk.run("check", *paths, *flags.split(), input=GRAVE)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert ran.err.count("\n") == 1


def test_flags_that_cannot_be_meant_are_told_in_the_report(desk: Repository) -> None:
    ran = desk.check("--diff", "grave.md")
    assert ran.code == 2
    assert [error["path"] for error in ran.document["errors"]] == ["--diff"]


def test_ctrl_c_while_stdin_is_read(desk: Repository) -> None:
    process = subprocess.Popen(
        command("check", "-"), cwd=desk.root, env=environment(),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(b"x" * 200_000)  # more than a pipe holds: newslint is reading by now
    process.stdin.flush()
    for _ in range(30):  # Python loses a signal that comes between two of its reads
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=2)
            break
        except subprocess.TimeoutExpired:
            continue
    assert process.returncode == 130
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()


def test_ctrl_c_while_workers_run(desk: Repository) -> None:
    for number in range(1500):
        desk.write(f"{number}.md", WARNED * 20)
    process = subprocess.Popen(
        command("check", ".", "--jobs", "2", "--no-corpus", "--format", "concise"), cwd=desk.root,
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline()  # the run is under way, and far from done
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, said
    assert b"Traceback" not in said


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_workers_do_not_outlive_a_run_that_is_killed(desk: Repository, how: int) -> None:
    for number in range(1500):
        desk.write(f"{number}.md", WARNED * 20)
    process = subprocess.Popen(
        command("check", ".", "--jobs", "2", "--no-corpus", "--format", "concise"), cwd=desk.root,
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline()  # the run is under way, and far from done
    workers = psutil.Process(process.pid).children()
    assert workers
    process.send_signal(how)
    process.communicate(timeout=PATIENCE)
    assert psutil.wait_procs(workers, 10)[1] == []


PLANTED = """
import atexit, os, signal, sys

def interrupt(*_):
    os.kill(os.getpid(), signal.SIGINT)

class Lost:
    def __del__(self):
        interrupt()

class Loading:
    def find_spec(self, name, *_):
        if name == "newslint.cli":
            interrupt()

def before(module, name, act):
    function = getattr(module, name)
    def planted(*args, **more):
        act()
        return function(*args, **more)
    setattr(module, name, planted)

from newslint import {modules}
{plant}
from newslint.__main__ import start
raise SystemExit(start())
"""


@pytest.mark.parametrize(
    ("plant", "code"),
    [
        pytest.param("sys.meta_path.insert(0, Loading())", 130, id="while modules load"),
        pytest.param("before(checker, 'read_file', interrupt)", 130, id="amid the run"),
        pytest.param("before(checker, 'read_file', Lost)", 130, id="where Python loses it"),
        pytest.param(
            "before(checker, 'read_file', interrupt); before(os, '_exit', interrupt)",
            130,
            id="twice",
        ),
        pytest.param("atexit.register(interrupt)", 1, id="when all is done"),
    ],
)
def test_ctrl_c_at_any_time_is_no_traceback(desk: Repository, plant: str, code: int) -> None:
    modules = "checker" if "checker" in plant else "__version__"
    done = subprocess.run(
        [sys.executable, "-c", PLANTED.format(modules=modules, plant=plant), "check", "grave.md"],
        cwd=desk.root, env=environment(), capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (code, b"")


def test_a_named_pipe_is_no_article(desk: Repository) -> None:
    os.mkfifo(desk.root / "m.md")
    ran = desk.check("m.md", "clean.md")
    assert ran.code == 2
    assert [error["code"] for error in ran.document["errors"]] == ["unreadable"]
    assert [article["path"] for article in ran.document["articles"]] == ["clean.md"]


def test_a_real_process_ends_with_the_same_codes(desk: Repository) -> None:
    ran: Ran = spawn("check", "grave.md", "warned.md", cwd=desk.root)
    assert ran.code == 1
    assert ran.out.endswith("Checked 2 articles: 1 error, 1 warning, 0 info.\n")
    assert spawn("check", "gone.md", cwd=desk.root).code == 2


def test_an_unforeseen_failure_is_no_traceback(
    desk: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from newslint.cli import main

    def fail(*_: object) -> None:
        raise AttributeError("planted")

    monkeypatch.setattr("newslint.files.find", fail)
    monkeypatch.chdir(desk.root)
    assert main(["check", "clean.md"]) == 2
    said = capsys.readouterr().err
    assert "planted" in said
    assert "Traceback" not in said
