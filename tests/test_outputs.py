"""`--output FORMAT=FILE`, and the summary of a step in GitHub Actions."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PATIENCE, Repository, command, environment, spawn
from report_readers import READERS, commands

from newslint.reports import FORMATS


@pytest.fixture
def desk(repo: Repository) -> Repository:
    repo.desk(
        "id: plain-use\n", "id: no-tk\nseverity: error\noptions: {check: avoid, terms: [TK]}\n"
    )
    repo.write("a.md", "They utilize it.\n")
    repo.write("b.md", "TK percent.\n")
    return repo


def test_a_file_holds_what_stdout_would(desk: Repository) -> None:
    """In every format, all at once; stdout has the report for people."""
    flags = [f"--output={format}=out/{format}" for format in FORMATS]
    ran = desk.run("check", "a.md", "b.md", "gone.md", *flags)
    plain = desk.run("check", "a.md", "b.md", "gone.md")
    assert ran == plain
    for format in FORMATS:
        alone = desk.run("check", "a.md", "b.md", "gone.md", "--format", format)
        assert (desk.root / "out" / format).read_text(encoding="utf-8") == alone.out, format
        assert alone.code == ran.code == 2
    assert sorted(path.name for path in (desk.root / "out").iterdir()) == sorted(FORMATS)


def test_stdout_may_have_another_format(desk: Repository) -> None:
    ran = desk.check("a.md", "--output", "sarif=a.sarif")
    assert [finding["rule"] for finding in ran.findings] == ["plain-use"]
    assert READERS["sarif"]((desk.root / "a.sarif").read_text())


def test_workers_change_nothing(desk: Repository) -> None:
    for number in range(60):
        desk.write(f"content/{number:02}.md", "They utilize TK.\n\n" * (number % 4))
    args = ("check", "content", "--output", "json=x.json", "--output", "junit=x.xml", "--jobs")
    one = desk.run(*args, "1")
    first = [(desk.root / name).read_bytes() for name in ("x.json", "x.xml")]
    assert desk.run(*args, "2") == one
    assert [(desk.root / name).read_bytes() for name in ("x.json", "x.xml")] == first


def test_colours_and_the_terminal_stay_out_of_files(desk: Repository) -> None:
    flags = ("--color", "always", "--output", "text=wide.txt")
    ran = desk.run("check", "a.md", *flags)
    assert "\x1b[" in ran.out
    assert "\x1b" not in (desk.root / "wide.txt").read_text()


def test_paths_start_at_the_working_directory(desk: Repository) -> None:
    desk.write("content/c.md", "They utilize it.\n")
    desk.run("check", "c.md", "--output", "json=../x/y/out.json", folder="content")
    assert json.loads((desk.root / "x/y/out.json").read_text())["summary"]["articles"] == 1


def test_an_old_report_is_replaced_whole(desk: Repository) -> None:
    path = desk.write("out.json", "x" * 100_000)
    desk.run("check", "a.md", "--output", "json=out.json")
    assert json.loads(path.read_text())["summary"]["articles"] == 1
    assert os.stat(path).st_mode & 0o777 == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("sarif", "is not FORMAT=FILE"),
        ("=x", 'unknown format ""'),
        ("sarif=", "is not FORMAT=FILE"),
        ("sarfi=out", 'unknown format "sarfi". Did you mean "sarif"?'),
        ("sarif=-", "“--format sarif” writes to stdout"),
        ("json=content", "there is something else than a file"),
        ("json=a.md/out.json", "cannot be written"),
        ("text=a.md", "is to be checked"),
        ("text=./content/../a.md", "is to be checked"),
        ("json=/dev/null", "there is something else than a file"),
        ("json=link.json", "there is something else than a file"),
        ("json=away/out.json", "a symbolic link leads out of the repository"),
    ],
)
def test_what_cannot_be_written_is_said_before_the_run(
    desk: Repository, value: str, message: str
) -> None:
    desk.write("content/c.md", "They utilize it.\n")
    outside = desk.root.parent / "outside"
    outside.mkdir()
    (outside / "kept.json").write_text("kept")
    (desk.root / "link.json").symlink_to(outside / "kept.json")
    (desk.root / "away").symlink_to(outside)
    ran = desk.run("check", "a.md", "--output", value)
    assert ran.code == 2
    assert message in ran.err
    assert "--output" in ran.err
    assert ran.out == ""
    assert [path.name for path in outside.iterdir()] == ["kept.json"]
    assert (outside / "kept.json").read_text() == "kept"
    assert (desk.root / "a.md").read_text() == "They utilize it.\n"


@pytest.mark.parametrize("flag", ["--diff", "--list-files"])
def test_there_is_no_report_of_what_is_no_check(desk: Repository, flag: str) -> None:
    ran = desk.run("check", "a.md", flag, "--output", "json=out.json")
    assert (ran.code, f"there is no report with {flag}" in ran.err) == (2, True)
    assert not (desk.root / "out.json").exists()


def test_a_file_named_twice(desk: Repository) -> None:
    (desk.root / "same").symlink_to(".")
    for other in ("out", "./out", "x/../out", "same/out"):
        ran = desk.run("check", "a.md", "--output", "json=out", "--output", f"sarif={other}")
        assert (ran.code, "named twice" in ran.err) == (2, True), other
        assert not (desk.root / "out").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_is_not_writable(desk: Repository) -> None:
    (desk.root / "locked").mkdir(mode=0o500)
    ran = desk.run("check", "a.md", "--output", "json=locked/out.json")
    assert (ran.code, "not writable" in ran.err) == (2, True)


def test_a_report_that_fails_at_the_end(desk: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are written, the finished parts go, and the run exits 2."""
    from newslint import atomic

    def full(source: str, target: Path) -> None:
        if str(target).endswith("full.json"):
            raise OSError(28, "No space left on device")
        replace(source, target)

    replace = os.replace
    monkeypatch.setattr(atomic.os, "replace", full)
    flags = ("--output", "json=full.json", "--output", "jsonl=fine.jsonl")
    ran = desk.run("check", "a.md", *flags, "--no-cache")
    assert ran.code == 2
    assert "utilize" in ran.out
    assert "full.json: this report cannot be written: No space left" in ran.err
    assert READERS["jsonl"]((desk.root / "fine.jsonl").read_text())
    assert not [path for path in desk.root.iterdir() if "full.json" in path.name]


def test_a_broken_run_leaves_valid_reports(desk: Repository) -> None:
    desk.config("extends: [nonsense]\n")
    flags = [f"--output={format}=out/{format}" for format in FORMATS]
    ran = desk.run("check", "a.md", *flags)
    assert (ran.code, ran.out) == (2, "")
    for format, read in READERS.items():
        (found,) = read((desk.root / "out" / format).read_text())
        assert (found.path, found.name) == ("newslint.yml", "config")


def test_a_report_among_the_articles_is_no_article(desk: Repository) -> None:
    """A second run does not check the report of the first."""
    args = ("check", ".", "--output", "markdown=report.md", "--output", "html=./site/report.html")
    first = desk.run(*args)
    reports = [(desk.root / name).read_bytes() for name in ("report.md", "site/report.html")]
    assert desk.run(*args) == first
    assert [
        (desk.root / name).read_bytes() for name in ("report.md", "site/report.html")
    ] == reports


def test_a_reader_that_goes_away_costs_no_file(desk: Repository) -> None:
    for number in range(600):
        desk.write(f"content/{number:04}.md", "They utilize it, and utilize it.\n")
    with subprocess.Popen(
        command("check", "content", "--output", "jsonl=out.jsonl", "--jobs", "1"),
        cwd=desk.root,
        env=environment(),
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(PATIENCE) == 0
    assert len(READERS["jsonl"]((desk.root / "out.jsonl").read_text())) == 1200


# The summary of a step


@pytest.fixture
def summary(desk: Repository, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = desk.root.parent / "summary.md"
    path.write_text("# Before\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    return path


def test_the_summary_of_a_step(desk: Repository, summary: Path) -> None:
    ran = desk.run("check", "a.md", "b.md", "--format", "github")
    assert len(commands(ran.out)) == 2
    text = summary.read_text()
    assert text.startswith("# Before\n")
    assert "utilize" in text
    assert "plain-use" in text


def test_other_formats_write_no_summary(desk: Repository, summary: Path) -> None:
    desk.run("check", "a.md")
    desk.run("check", "a.md", "--output", "github=out.txt")
    assert summary.read_text() == "# Before\n"


@pytest.mark.parametrize(
    ("room", "paths", "told"),
    [
        (100, ["a.md"], "1 more finding in 1 article"),
        (100, ["a.md", *(f"gone-{n}.md" for n in range(9))], "is left out here"),
        (9, ["a.md"], ""),
    ],
)
def test_a_summary_is_never_too_long(
    desk: Repository, summary: Path, room: int, paths: list[str], told: str
) -> None:
    """GitHub would drop all of it."""
    before = "x" * ((1 << 20) - room)
    summary.write_text(before)
    desk.run("check", *paths, "--format", "github")
    text = summary.read_text()
    assert len(text.encode()) <= 1 << 20
    assert told in text.removeprefix(before)
    assert bool(told) == (text != before)


def test_a_summary_that_cannot_be_written(
    desk: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(desk.root))
    ran = desk.run("check", "a.md", "--format", "github")
    assert ran.code == 2
    assert "the summary of the step cannot be written" in ran.err


def test_a_broken_run_has_a_summary(desk: Repository, summary: Path) -> None:
    desk.config("extends: [nonsense]\n")
    assert desk.run("check", "a.md", "--format", "github").code == 2
    assert "nonsense" in summary.read_text()


def test_most_runs_import_nothing_for_it(desk: Repository) -> None:
    code = "import sys; from newslint.cli import main; main(['check', 'a.md']); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=desk.root, env=environment(), capture_output=True, text=True, timeout=PATIENCE, check=True,
    )  # fmt: skip
    loaded = set(done.stdout.split())
    assert "newslint.reports.text" in loaded
    unwanted = {"sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "jsonl"}
    assert not {f"newslint.reports.{name}" for name in unwanted} & loaded
    assert "newslint.rulebook" not in loaded


def test_the_locale_has_no_say(desk: Repository) -> None:
    desk.write("ü.md", "Ça: “they” utilize it.\n")
    args = ("check", "ü.md", "--output", "checkstyle=out.xml")
    ran = spawn(*args, cwd=desk.root, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ran.code == 0
    assert READERS["checkstyle"]((desk.root / "out.xml").read_text(encoding="utf-8"))
