"""Formats `text` and `concise`: what people read."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from conftest import Repository, spawn
from report_readers import READERS

from newslint.reports.terminal import width

GOLDEN = Path(__file__).parent / "golden"
LONG = "The council met on Tuesday and talked about the harbour for hours. " * 8


@pytest.fixture
def desk(repo: Repository) -> Repository:
    repo.desk(
        "id: plain-use\n", "id: no-tk\nseverity: error\noptions: {check: avoid, terms: [TK]}\n"
    )
    return repo


def excerpt(out: str) -> tuple[str, str]:
    """The line of copy in a report of one finding, and the line with the carets."""
    lines = out.splitlines()
    number = next(n for n, line in enumerate(lines) if re.match(r" +\d+ \| ", line))
    return lines[number], lines[number + 1]


def assert_carets(out: str, marked: str, room: int = 100) -> str:
    """The carets stand below the marked words, and the line fits the terminal."""
    copy, carets = excerpt(out)
    start = carets.index("^")
    assert set(carets[start:]) == {"^"}
    assert marked in copy
    assert width(copy[: copy.index(marked)]) == start
    assert width(marked) == len(carets) - start
    assert width(copy) <= room
    return copy


@pytest.mark.parametrize("before", [0, 1, 8])
@pytest.mark.parametrize("after", [0, 1, 8])
@pytest.mark.parametrize("columns", [60, 80, 100, 200])
def test_long_lines_are_cut_around_the_words(
    desk: Repository, monkeypatch: pytest.MonkeyPatch, before: int, after: int, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    text = LONG * before + "They utilize it. " + LONG * after
    desk.write("a.md", text)
    copy = assert_carets(desk.run("check", "a.md").out, "utilize", columns)
    shown = copy.split(" | ", 1)[1]
    assert ("…" in shown.split("utilize")[0]) == (before > 0)
    assert ("…" in shown.split("utilize")[1]) == (
        len("They utilize it." + LONG * after) > columns and after > 0
    )


def test_a_line_that_fits_is_whole(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    assert excerpt(desk.run("check", "a.md").out) == (
        "    1 | They utilize it.",
        "      |      ^^^^^^^",
    )


@pytest.mark.parametrize(
    "before", ["日本語の新聞 ", "\t\t", "e\u0301e\u0301 ", "a\tb ", "\u00a0 ", "ｗｉｄｅ "]
)
def test_carets_stand_below_the_words(desk: Repository, before: str) -> None:
    desk.write("a.txt", f"The paper wrote {before}utilize it.\n")
    assert_carets(desk.run("check", "a.txt").out, "utilize")


def test_carets_below_wide_words(repo: Repository) -> None:
    repo.desk("id: wide\noptions: {check: avoid, terms: [日本]}\n")
    repo.write("a.md", "In 日本 it rained.\n")
    _, carets = excerpt(repo.run("check", "a.md").out)
    assert carets.count("^") == 4


def test_a_long_passage_is_cut(repo: Repository) -> None:
    repo.desk("id: long\nkind: pattern\noptions: {check: match, patterns: ['The.*hours']}\n")
    repo.write("a.md", LONG * 3)
    out = repo.run("check", "a.md").out
    copy, carets = excerpt(out)
    assert len(copy) <= 100
    assert carets.count("^") >= 20
    assert "…" in copy


def test_a_passage_over_two_lines_is_underlined_on_the_first(repo: Repository) -> None:
    repo.desk("id: in-order\noptions: {check: avoid, terms: [in order to]}\n")
    repo.write("a.md", "They met in\norder to vote.\n")
    assert excerpt(repo.run("check", "a.md").out) == ("    1 | They met in", "      |          ^^")


def test_several_rules_on_one_place_are_shown_once(repo: Repository) -> None:
    repo.desk(
        "id: b-rule\nmessage: one\n",
        "id: a-rule\nseverity: error\nmessage: two\n",
        "id: c-rule\nmessage: three\noptions: {check: avoid, terms: [hall]}\n",
    )
    repo.write("a.md", "They utilize the hall.\n")
    out = repo.run("check", "a.md").out
    assert out.count("a.md:1:6") == 1
    assert "a.md:1:6 error a-rule, b-rule\n" in out
    assert out.count("They utilize the hall.") == 2, "once for each place"
    assert "a-rule: two" in out
    assert "b-rule: one" in out
    assert "= three" in out


@pytest.mark.parametrize(
    ("files", "summary"),
    [
        ({"a.md": "All well.\n"}, "Checked 1 article: no findings."),
        ({"a.md": "All well.\n", "b.md": "Well.\n"}, "Checked 2 articles: no findings."),
        ({"a.md": "TK utilize\n"}, "Checked 1 article: 1 error, 1 warning, 0 info."),
        (
            {"a.md": "TK, TK: utilize, utilize\n"},
            "Checked 1 article: 2 errors, 2 warnings, 0 info.",
        ),
        (
            {"a.md": "<!-- newslint-ignore no-tk -- his word -->\n\nTK\n"},
            "Checked 1 article: no findings. 1 suppressed.",
        ),
        (
            {"a.md": "Well.\n", "b.md": "%PDF-1.7"},
            "Checked 1 article: no findings. 1 file could not be checked.",
        ),
    ],
)
@pytest.mark.parametrize("format", ["text", "concise"])
def test_the_summary(desk: Repository, files: dict[str, str], summary: str, format: str) -> None:
    for name, text in files.items():
        desk.write(name, text)
    out = desk.run("check", ".", "--format", format).out
    assert out.endswith(summary + "\n")
    assert "Checked" not in desk.run("check", ".", "--quiet", "--format", format).out


def test_what_could_not_be_checked_is_counted_however_it_failed(
    desk: Repository, tmp_path: Path
) -> None:
    (tmp_path / "secret.md").write_text("Not for all.\n")
    (desk.root / "out.md").symlink_to(tmp_path / "secret.md")
    desk.write("scan.md", "%PDF-1.7")
    desk.write("a.md", "Well.\n")
    ran = desk.run("check", ".", "gone.md")
    assert ran.err.count("error: ") == 3
    assert ran.out == "Checked 1 article: no findings. 3 files could not be checked.\n"


def test_a_thousand_has_a_comma(desk: Repository) -> None:
    desk.write("a.md", "They utilize it. " * 1234)
    assert "1,234 warnings" in desk.run("check", "a.md", "--format", "concise").out


def test_statistics(desk: Repository) -> None:
    desk.write("a.md", "TK utilize utilize\n")
    desk.write("b.md", "utilize\n")
    ran = desk.run("check", ".", "--statistics")
    assert ran.out == "3\tplain-use\n1\tno-tk\nChecked 2 articles: 1 error, 3 warnings, 0 info.\n"
    assert ran.code == 1
    assert desk.run("check", ".", "-q", "--statistics").out == "3\tplain-use\n1\tno-tk\n"


def test_quiet_keeps_findings_and_errors(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    desk.write("e.md", "")
    ran = desk.run("check", "a.md", "e.md", "gone.md", "-q")
    assert "plain-use" in ran.out
    assert "gone.md" in ran.err
    assert "empty" not in ran.err
    assert "empty" in desk.run("check", "e.md").err


def test_concise_is_a_line_a_finding(desk: Repository) -> None:
    desk.write("a.md", "# Head\n\nThey utilize TK.\n")
    assert desk.run("check", "a.md", "--format", "concise", "-q").out == (
        "a.md:3:6: warning plain-use “utilize” is not how we say it\n"
        "a.md:3:14: error no-tk “TK” is not how we say it\n"
    )


def test_related_places_are_shown(repo: Repository) -> None:
    repo.desk(
        "id: often\nkind: occurrence\nmessage: x\n"
        "options: {check: at-most, patterns: [very], max: 1}\n"
    )
    repo.write("a.md", "It is very good.\n\nIt is very late.\n")
    assert "see line 1:7: very" in repo.run("check", "a.md").out


COLORED = "\x1b["


@pytest.mark.parametrize(
    ("flags", "env", "colored"),
    [
        ([], {}, False),  # stdout is no terminal here
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": ""}, False),
        ([], {"FORCE_COLOR": ""}, False),
    ],
)
def test_colours(
    desk: Repository,
    monkeypatch: pytest.MonkeyPatch,
    flags: list[str],
    env: dict[str, str],
    colored: bool,
) -> None:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    desk.write("a.md", "They utilize it.\n")
    for format in ("text", "concise"):
        out = desk.run("check", "a.md", "--format", format, *flags).out
        assert (COLORED in out) == colored
        plain = desk.run("check", "a.md", "--format", format, "--color", "never").out
        assert re.sub(r"\x1b\[[\d;]*m", "", out) == plain
    assert COLORED not in desk.check("a.md", *flags).out


def test_json_never_has_colours(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    assert COLORED not in desk.check("a.md", "--color", "always").out


def test_the_report_is_utf_8_whatever_the_locale(desk: Repository) -> None:
    desk.write("a.md", "Ça: “they” utilize it.\n")
    ran = spawn(
        "check", "a.md", cwd=desk.root, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0"
    )
    assert ran.code == 0
    assert "Ça: “they” utilize it." in ran.out


@pytest.mark.parametrize("format", ["text", "concise", "json", *READERS])
def test_golden(repo: Repository, request: pytest.FixtureRequest, format: str) -> None:
    """The whole report of a small repository; `pytest --update-golden` writes it anew."""
    source = GOLDEN / "repository"
    for path in sorted(source.rglob("*")):
        if path.is_file():
            repo.write(path.relative_to(source).as_posix(), path.read_bytes())
    ran = repo.run("check", ".", "--format", format)
    assert ran.code == 2
    report = f"{ran.out}--- stderr\n{ran.err}"
    kept = GOLDEN / f"report.{format}"
    if request.config.getoption("--update-golden"):
        kept.write_text(report, encoding="utf-8")
    assert report == kept.read_text(encoding="utf-8")


def test_golden_reports_hold_no_path_of_this_machine() -> None:
    for path in GOLDEN.glob("report.*"):
        assert os.sep + "tmp" not in path.read_text(encoding="utf-8")
