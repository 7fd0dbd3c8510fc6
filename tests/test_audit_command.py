"""`newslint audit` as a command: flags, exit codes, what is said at the end, what it refuses."""

from __future__ import annotations

import errno
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PATIENCE, Repository, command, environment

pytest.importorskip("duckdb", reason="comes with the extra audit")


@pytest.fixture
def archive(repo: Repository) -> Repository:
    repo.desk("id: plain-use\n")
    repo.write("news/a.md", "---\ntitle: Talks\n---\nThey utilize the pier.\n")
    repo.write("news/b.md", "---\ntitle: More talks\n---\nThey use the pier.\n")
    return repo


def test_what_was_done_is_said_in_a_few_lines(archive: Repository) -> None:
    ran = archive.run("audit", "news", "--out", "out", "--jobs", "1")
    assert (ran.code, ran.err) == (0, "")
    first, *_, files, show = ran.out.splitlines()
    assert first == "2 articles, 11 words: 1 warning in 1 article"
    assert files.startswith("In out: articles.parquet, clusters.parquet, facts.parquet, ")
    assert show == "newslint audit show out"


def test_findings_fail_nothing_and_unread_things_do(archive: Repository) -> None:
    archive.write("news/c.md", b"\x00\x01\x02" * 50)
    ran = archive.run("audit", "news", "gone", "--out", "out", "--jobs", "1")
    assert ran.code == 2
    assert "2 records could not be checked:" in ran.out
    assert "  gone: there is no such file or folder" in ran.out
    assert "  news/c.md: " in ran.out


def test_hostile_names_do_not_reach_the_terminal(archive: Repository) -> None:
    archive.write("news/\x1b[31m.md", b"\x00\x01\x02" * 50)
    ran = archive.run("audit", "news", "--out", "out", "--jobs", "1")
    assert "\x1b" not in ran.out + ran.err


def test_without_a_report(archive: Repository) -> None:
    archive.run("audit", "news", "--out", "out", "--jobs", "1", "--no-report")
    assert (archive.root / "out" / "articles.parquet").exists()
    assert not (archive.root / "out" / "report.html").exists()


def test_an_audit_is_carried_on_refused_or_begun_anew(archive: Repository) -> None:
    arguments = ("audit", "news", "--out", "out", "--jobs", "1")
    assert archive.run(*arguments).code == 0
    again = archive.run(*arguments)
    assert again.code == 2
    assert again.err == "newslint: error: out: holds this audit already: --overwrite begins anew\n"
    resumed = archive.run(*arguments, "--resume")
    assert resumed.code == 0
    assert resumed.out.startswith("out holds this audit already")
    archive.write("news/c.md", "They utilize it.\n")
    other = archive.run(*arguments, "--resume")
    assert other.code == 2
    assert "--overwrite" in other.err
    assert "3 articles" in archive.run(*arguments, "--overwrite").out


def test_a_folder_that_is_no_audit_is_left_alone(archive: Repository) -> None:
    before = archive.write("mine/notes.txt", "My notes.").read_bytes()
    for more in ((), ("--overwrite",), ("--resume",)):
        ran = archive.run("audit", "news", "--out", "mine", *more)
        assert ran.code == 2
        assert ran.err.startswith("newslint: error: mine: ")
    assert (archive.root / "mine" / "notes.txt").read_bytes() == before
    assert len(list((archive.root / "mine").iterdir())) == 1


def test_an_audit_within_its_source_is_not_read(archive: Repository) -> None:
    arguments = ("audit", ".", "--out", "news/audit", "--jobs", "1", "--ignore", "plain-use")
    first = archive.run(*arguments)
    assert first.out.startswith("2 articles, ")
    assert (archive.root / "news/audit/report.md").exists()
    assert archive.run(*arguments, "--overwrite").out.splitlines()[0] == first.out.splitlines()[0]
    checked = archive.run("check", "--list-files")
    assert sorted(checked.out.split()) == ["news/a.md", "news/b.md"]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("news",), "--out: name the folder"),
        (("news", "--out", "out", "--master", "local[2]"), "--master: is about Spark"),
        (("news", "--out", "out", "--fields", "boddy=text"), 'Did you mean "body"?'),
        (("news", "--out", "out", "--select", "no-such"), 'unknown rule "no-such"'),
        (("news", "--out", "out", "--jobs", "0"), "a number from 1 to 256"),
        (("news", "--out", "out", "--article-timeout", "0"), "a number from 0.1 to 86400"),
        (("news", "--out", "out", "--resume", "--overwrite"), "not allowed with"),
        (("news", "--out", "out", "--rule", "x"), "is for newslint audit show"),
        (("news", "--outt", "out"), 'Did you mean "--out"?'),
        (("show",), "newslint audit show DIR"),
        (("show", "news"), "news: holds no"),
        (("show", "nowhere"), "nowhere"),
    ],
)
def test_mistakes_on_the_command_line(
    archive: Repository, args: tuple[str, ...], told: str
) -> None:
    ran = archive.run("audit", *args)
    assert ran.code == 2
    assert told in ran.err, ran.err
    assert not (archive.root / "out").exists()


def test_names_of_all_kinds_are_sources_and_folders_of_audits(archive: Repository) -> None:
    names = [
        "o'brien.jsonl",
        '[x]*?".jsonl',
        "a%20b.jsonl",
        "a\nb.jsonl",
        os.fsdecode(b"\xff.jsonl"),
    ]
    for name in names:
        archive.write(name, '{"headline": "Talks go on", "body": "They use the pier."}\n')
    for out in ("o'ut [x]*?.parquet", "{x}%20"):
        ran = archive.run("audit", *names, "--out", out, "--jobs", "1")
        assert (ran.code, ran.out.splitlines()[0][:11]) == (0, "5 articles,"), ran.err
        again = archive.run("audit", *names, "--out", out, "--jobs", "1", "--resume")
        assert (again.code, "nothing was to be done" in again.out) == (0, True)
        assert archive.run("audit", "show", out).code == 0


@pytest.mark.parametrize("out", ["back\\slash", os.fsdecode(b"\xff")])
def test_a_folder_that_duckdb_cannot_name_is_refused(archive: Repository, out: str) -> None:
    ran = archive.run("audit", "news", "--out", out, "--jobs", "1")
    assert (ran.code, ran.out) == (2, "")
    assert "name another folder" in ran.err
    assert not (archive.root / out).exists()


def test_a_url_without_spark_says_what_reads_it(archive: Repository) -> None:
    ran = archive.run("audit", "s3a://paper/dumps", "--out", "out", "--jobs", "1")
    assert (ran.code, "--engine spark" in ran.out) == (2, True)


def test_a_folder_called_show_is_a_source_where_out_is_given(archive: Repository) -> None:
    archive.write("show/a.md", "# Talks\n\nThey talked.\n")
    assert archive.run("audit", "show", "--out", "out", "--jobs", "1").out.startswith("1 article, ")


def test_show(archive: Repository) -> None:
    archive.run("audit", "news", "--out", "out", "--jobs", "1")
    ran = archive.run("audit", "show", "out")
    assert ran.code == 0, ran.err
    assert "plain-use" in ran.out
    assert json.loads(archive.run("audit", "show", "out", "--format", "json").out)


def test_a_broken_config_or_rule_is_told(archive: Repository) -> None:
    archive.rule("id: broken\nkind: termz\n")
    ran = archive.run("audit", "news", "--out", "out", "--jobs", "1")
    assert ran.code == 2
    assert 'desk/broken.yml:2:1: unknown kind "termz"' in ran.err
    assert "1 warning" in ran.out  # by the other rule


# --- without the extra


@pytest.mark.parametrize(
    ("blocked", "args", "told"),
    [
        ("duckdb", ("audit", "a.md", "--out", "out"), 'pip install "newslint[audit]"'),
        ("pyarrow", ("audit", "a.md", "--out", "out"), 'pip install "newslint[audit]"'),
        ("pyarrow", ("audit", "show", "out"), 'pip install "newslint[audit]"'),
        ("rensa", ("trial", "r.yml", "a.md"), 'pip install "newslint[audit]"'),
        (
            "pyspark", ("audit", "a.md", "--out", "out", "--engine", "spark"),
            'pip install "newslint[spark]"',
        ),
        ("pyarrow", ("audit", "--help"), ""),
        ("pyarrow", ("trial", "--help"), ""),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_with_the_command_that_brings_it(
    tmp_path: Path, blocked: str, args: tuple[str, ...], told: str
) -> None:
    (tmp_path / "a.md").write_text("# Talks\n\nThey talked.\n", encoding="utf-8")
    (tmp_path / "r.yml").write_text("id: r\n", encoding="utf-8")
    code = (
        f"import sys\nsys.modules[{blocked!r}] = None\n"
        "class Gone:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.split('.')[0] == {blocked!r}:\n"
        f"            raise ModuleNotFoundError('gone', name={blocked!r})\n"
        f"del sys.modules[{blocked!r}]\nsys.meta_path.insert(0, Gone())\n"
        f"from newslint.cli import main\nsys.exit(main({list(args)!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(), capture_output=True,
        text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == (2 if told else 0), done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists() or blocked == "pyspark"


def test_ctrl_c_ends_an_audit_at_once(archive: Repository) -> None:
    import signal
    import time

    for number in range(300):
        archive.write(f"news/{number}.md", f"# Talks {number}\n\nThey utilize it.\n" * 20)
    running = subprocess.Popen(
        command("audit", "news", "--out", "out", "--jobs", "2"), cwd=archive.root,
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    began = time.monotonic()
    while not (archive.root / "out/progress.json").exists():
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=PATIENCE)
    assert running.returncode == 130
    assert told == "newslint: stopped; the same command with --resume goes on from here\n"
    assert archive.run("audit", "news", "--out", "out", "--resume", "--jobs", "2").code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="file descriptors of POSIX")
@pytest.mark.parametrize("listener", ["none", "gone"])
def test_an_audit_runs_whoever_listens_on_stderr(archive: Repository, listener: str) -> None:
    archive.write("dump.jsonl", '{"headline": "Talks go on", "body": "They use the pier."}\n')
    line = shlex.join(command("audit", "dump.jsonl", "--out", "out", "--jobs", "1"))
    script = f"exec {'2>&-' if listener == 'none' else '2> >(exit); sleep 0.3'}; {line}"
    done = subprocess.run(
        ["bash", "-c", script], cwd=archive.root, env=environment(), capture_output=True,
        text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert (done.returncode, done.stdout[:10]) == (0, "1 article,")


@pytest.mark.parametrize("where", ["newslint.audit.tables.write", "newslint.audit.report.write"])
def test_a_full_disk_says_what_goes_on(
    archive: Repository, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    arguments = ("audit", "news", "--out", "out", "--jobs", "1")
    with monkeypatch.context() as patch:
        patch.setattr(where, full)
        for ran in (archive.run(*arguments), archive.run(*arguments, "--resume")):
            assert ran.code == 2
            assert "out: No space left on device: when that is mended, --resume" in ran.err
    assert archive.run(*arguments, "--resume").code == 0


@pytest.mark.parametrize("where", ["newslint.audit.tables.write", "newslint.audit.report.write"])
def test_ctrl_c_while_duckdb_is_at_work_is_ctrl_c(
    archive: Repository, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def stopped(*_: object) -> None:
        raise RuntimeError("Query interrupted")  # as DuckDB puts it

    monkeypatch.setattr(where, stopped)
    ran = archive.run("audit", "news", "--out", "out", "--jobs", "1")
    assert (ran.code, "--resume goes on from here" in ran.err) == (130, True)


class TestMemory:
    def test_too_little_is_refused_with_the_least(self, repo: Repository) -> None:
        repo.write("a.md", "# A\n\nText.\n")
        result = repo.run("audit", "a.md", "--out", "out", "--memory", "20")
        assert result.code == 2
        assert "a number of megabytes from 200 on" in result.err
