"""An audit that was stopped goes on, and ends as if nothing had happened."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import PATIENCE, Ran, Repository, environment

from newslint.audit import lock, processes, store, tables
from newslint.audit.store import TABLES

ARTICLES = 38
SHARD = 7
SCRIPT = f"""
import sys
from newslint.audit import processes
from newslint.__main__ import start
if __name__ == "__main__":
    processes.SHARD = {SHARD}
    sys.exit(start())
"""
"""`newslint`, with shards so small that a few articles make many."""


@pytest.fixture
def archive(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Articles of which some compare with each other, and one that is no text."""
    monkeypatch.setattr(processes, "SHARD", SHARD)
    repo.desk("id: plain-use\n", config="")
    for number in range(ARTICLES - 1):
        text = f"# Harbour day {number // 2}\n\nThey utilize pier {number} and utilize it again.\n"
        repo.write(f"news/{number:03}.md", text)
    repo.write("news/zz.md", b"\xff\xfe\x00\xd8")
    return repo


def audit(repo: Repository, *more: str, out: str = "out", source: str = "news") -> Ran:
    return repo.run("audit", source, "--out", out, "--no-report", "--jobs", "1", *more)


def files(folder: Path) -> dict[str, bytes]:
    """What an audit leaves, but for how it went."""
    went = ("progress.json", "newslint-audit.json", lock.NAME)
    kept = (path for path in folder.iterdir() if path.name not in went)
    return {path.name: path.read_bytes() for path in kept}


def parts(repo: Repository) -> list[Path]:
    return sorted((repo.root / "out" / store.PARTS).glob("*"))


def stopped(repo: Repository, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """An audit that Ctrl-C ends in the middle of linting, or when tables are written."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        if where == "tables":
            patched.setattr(tables, "failures", interrupt)
        else:
            write = store.Store.write
            patched.setattr(
                store.Store, "write",
                lambda self, number, rows: interrupt() if number == 4 else write(self, number, rows),
            )  # fmt: skip
        assert audit(repo).code == 130
    assert len(parts(repo)) == (4 if where == "linting" else -(-ARTICLES // SHARD))


@pytest.mark.parametrize("where", ["linting", "tables"])
def test_what_was_stopped_ends_with_the_same_bytes(
    archive: Repository, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    assert audit(archive, out="whole").code == 2
    stopped(archive, monkeypatch, where)
    for beside in ("articles.writing", ".report.html.k2x_9a1b", ".people.yml.abc"):
        (archive.root / "out" / beside).write_text("half")
    (archive.root / "out/parts/0000004.writing").write_text("half")
    assert audit(archive, "--resume").code == 2
    assert files(archive.root / "out") == files(archive.root / "whole")
    left = {path.name for path in (archive.root / "out").iterdir()}
    assert {*TABLES, "newslint-audit.json"} <= left
    assert not left & {store.PARTS, store.SCRATCH, "articles.writing"}
    assert not [name for name in left if name.startswith(".")]


def test_only_what_is_missing_or_damaged_is_linted_again(
    archive: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit(archive, out="whole")
    stopped(archive, monkeypatch, "tables")
    first, second, third, *_ = parts(archive)
    first.write_bytes(first.read_bytes()[:-200])
    data = bytearray(second.read_bytes())
    data[len(data) // 3] ^= 0xFF
    second.write_bytes(data)
    third.unlink()
    written: list[int] = []
    write = store.Store.write

    def told(self: store.Store, number: int, rows: object) -> None:
        written.append(number)
        write(self, number, rows)

    monkeypatch.setattr(store.Store, "write", told)
    assert audit(archive, "--resume").code == 2
    assert written == [0, 1, 2]
    assert files(archive.root / "out") == files(archive.root / "whole")


def test_bytes_do_not_depend_on_workers_and_the_order_of_sources(archive: Repository) -> None:
    archive.write("more/x.md", "# More\n\nThey utilize it.\n")
    every = []
    for jobs, sources in (("1", ("news", "more")), ("3", ("more", "news", "news"))):
        archive.run("audit", *sources, "--out", f"o{jobs}", "--no-report", "--jobs", jobs)
        every.append(files(archive.root / f"o{jobs}"))
    assert every[0] == every[1]
    assert len(every[0]["findings.parquet"]) > 1000


def test_a_finished_audit_has_nothing_left_to_do(archive: Repository) -> None:
    assert audit(archive).code == 2
    before = files(archive.root / "out")
    ran = audit(archive, "--resume")
    assert (ran.code, files(archive.root / "out")) == (2, before)
    assert "nothing was to be done" in ran.out
    again = archive.run("audit", "news", "--out", "out", "--resume")  # now with a report
    assert again.code == 2
    assert (archive.root / "out/report.html").is_file()
    (archive.root / "out/facts.parquet").unlink()
    ran = audit(archive, "--resume")
    assert (ran.code, "facts.parquet is gone: --overwrite" in ran.err) == (2, True)


def test_another_audit_is_not_carried_on(
    archive: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped(archive, monkeypatch, "linting")
    kept = files_below(archive.root / "out")
    assert "unfinished: --resume carries it on" in refused(archive)
    assert "its sources are news" in refused(archive, "--resume", source="news/001.md")
    assert "--fields was not given" in refused(archive, "--resume", "--fields", "body=b")
    archive.desk("id: plain-use\n", "id: other-use\n")
    assert "rules or config have changed" in refused(archive, "--resume")
    archive.desk("id: plain-use\n")
    assert files_below(archive.root / "out") == kept
    archive.write("news/000.md", "# Changed\n\nThey use it, and much longer than before.\n")
    assert "files of its sources have changed" in refused(archive, "--resume")
    assert audit(archive, "--overwrite").code == 2


def refused(repo: Repository, *more: str, source: str = "news") -> str:
    ran = audit(repo, *more, source=source)
    assert ran.code == 2
    assert ran.err.count("\n") == 1, ran.err
    return ran.err


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "progress.json"
    }


def test_a_folder_that_is_no_audit_is_never_touched(archive: Repository) -> None:
    archive.write("site/manifest.json", '{"name": "app"}')
    archive.write("web/newslint-audit.json", '{"name": "app"}')
    archive.write("file", "text")
    for out in ("site", "web", "file"):
        before = (archive.root / out).stat().st_mtime_ns
        ran = audit(archive, "--overwrite", out=out)
        assert (ran.code, "is no audit: name another folder" in ran.err) == (2, True)
        assert (archive.root / out).stat().st_mtime_ns == before
    (archive.root / "empty").mkdir()
    assert audit(archive, out="empty").code == 2


def test_overwriting_spares_what_no_audit_has_left(archive: Repository, tmp_path: Path) -> None:
    audit(archive)
    out = archive.root / "out"
    (out / "notes.txt").write_text("of the desk")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "0000000.parquet").write_text("of somebody else")
    (out / store.PARTS).symlink_to(elsewhere)
    assert audit(archive, "--overwrite").code == 2
    assert (out / "notes.txt").read_text() == "of the desk"
    assert [path.read_text() for path in elsewhere.iterdir()] == ["of somebody else"]


def test_two_runs_never_share_a_folder(archive: Repository) -> None:
    (archive.root / "out").mkdir()
    with lock.held(archive.root / "out"):
        ran = audit(archive)
    assert (ran.code, "another run is at work" in ran.err) == (2, True)
    assert audit(archive).code == 2


def test_how_far_it_is_can_be_read(archive: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped(archive, monkeypatch, "linting")
    state = json.loads((archive.root / "out/progress.json").read_bytes())
    assert (state["phase"], state["articles"]) == ("stopped", 5 * SHARD)
    audit(archive, "--resume")
    state = json.loads((archive.root / "out/progress.json").read_bytes())
    assert (state["phase"], state["articles"], state["errors"]) == ("done", ARTICLES, 1)
    assert state["pid"] == os.getpid()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_killed_from_outside(archive: Repository, tmp_path: Path, how: signal.Signals) -> None:
    script = tmp_path / "started.py"
    script.write_text(SCRIPT)
    call = [sys.executable, str(script), "audit", "news", "--out", "out", "--jobs", "2"]
    process = subprocess.Popen(
        call, cwd=archive.root, env=environment(), stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + PATIENCE
    while not parts(archive) and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(how)
    _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == (130 if how == signal.SIGINT else -how)
    assert "Traceback" not in said
    done = subprocess.run(
        [*call, "--resume"], cwd=archive.root, env=environment(), timeout=PATIENCE,
        capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (2, "")
    archive.run("audit", "news", "--out", "whole/out", "--jobs", "1")
    assert files(archive.root / "out") == files(archive.root / "whole/out")
