"""`--fix` and its sisters: what is mended, what is left alone, and what becomes of the files."""

from __future__ import annotations

import codecs
import io
import os
import stat
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest import mock

import pytest
from conftest import Repository

from newslint import fix, fixed_files, fixing, stylebooks
from newslint.article import Span
from newslint.checker import Result
from newslint.cli import main
from newslint.errors import Error
from newslint.examples import unmark
from newslint.finding import Edit, Finding, Fix
from newslint.fix import proof
from newslint.fix.guard import guarded
from newslint.lint import Linter
from newslint.readers import read_source
from newslint.rule import Example

SPELLING = """
id: our-spelling
options: {check: prefer, safe: true, terms: {colour: color, colours: colors, centre: center, grey: gray}}
"""
WORDS = """
id: plain-words
options:
  check: prefer
  terms:
    utilize: use
    utilization: use
    in order to: to
    assistance: help
    additional: more
    optimum: best
    very: ""
    individuals: people
    help people: serve people
"""
ADVICE = """
id: no-cliches
options: {check: avoid, terms: [at the end of the day]}
"""


def fixed(repo: Repository, text: str, *args: str, name: str = "a.md") -> str:
    """An article as all fixes leave it."""
    path = repo.write(name, text)
    repo.run("check", "--fix", "--unsafe-fixes", *args, name)
    return path.read_bytes().decode()


# --- what is applied ---------------------------------------------------------------------------


def test_fix_makes_safe_fixes_and_counts_what_remains(repo: Repository) -> None:
    repo.desk(SPELLING, WORDS, ADVICE)
    path = repo.write("a.md", "They utilize a colour, at the end of the day. The grey is new.\n")
    ran = repo.run("check", "--fix", "--fail-on", "warning", "a.md")
    assert path.read_text() == "They utilize a color, at the end of the day. The gray is new.\n"
    assert ran.code == 1
    assert "Fixed 2 findings in 1 article:\n  a.md: our-spelling ×2\n" in ran.out
    assert "Checked 1 article: 0 errors, 2 warnings, 0 info." in ran.out
    assert "1 fixable with --fix --unsafe-fixes." in ran.out
    assert "colour" not in ran.out


def test_unsafe_fixes_change_words_and_leave_advice_alone(repo: Repository) -> None:
    repo.desk(SPELLING, WORDS, ADVICE)
    path = repo.write("a.md", "They utilize a colour, at the end of the day.\n")
    ran = repo.run("check", "--fix", "--unsafe-fixes", "--fail-on", "warning", "a.md")
    assert path.read_text() == "They use a color, at the end of the day.\n"
    assert ran.code == 1
    assert "Fixed 2 findings" in ran.out
    assert "fixable" not in ran.out


def test_everything_fixed_exits_0_and_a_second_run_changes_nothing(repo: Repository) -> None:
    repo.desk(SPELLING)
    path = repo.write("a.md", "A colour and a grey.\n")
    assert repo.run("check", "--fix", "--fail-on", "warning").code == 0
    before = path.stat()
    ran = repo.run("check", "--fix", "--fail-on", "warning")
    assert (ran.code, path.stat()) == (0, before)
    assert "Fixed" not in ran.out


def test_the_summary_tells_what_could_be_fixed(repo: Repository) -> None:
    repo.desk(SPELLING, WORDS)
    repo.write("a.md", "They utilize a colour and a grey.\n")
    ran = repo.run("check", "a.md")
    assert ran.out.endswith("[*] 2 fixable with --fix, 1 more with --fix --unsafe-fixes.\n")
    assert ran.out.count("= fix [*]: Say it plainly.") == 2
    concise = repo.run("check", "--format", "concise", "a.md").out.splitlines()
    assert [line.endswith("[*]") for line in concise[:3]] == [False, True, True]
    assert "fixable" not in repo.run("check", "--quiet", "a.md").out


def test_json_reports_the_fixed_article(repo: Repository) -> None:
    repo.desk(SPELLING, WORDS)
    ran = repo.copy("A colour: they utilize it.\n", "--fix")
    (finding,) = ran.findings
    assert (finding["text"], finding["start"]["offset"]) == ("utilize", 14)
    assert ran.document["summary"]["fixable"] == 1
    assert "Fixed 1 finding in 1 article" in ran.err


def test_unsafe_fixes_alone_are_a_mistake(repo: Repository) -> None:
    repo.desk(SPELLING)
    path = repo.write("a.md", "A colour.\n")
    ran = repo.run("check", "--unsafe-fixes", "a.md")
    assert ran.code == 2
    assert "add --fix, --fix-only or --diff" in ran.err
    assert path.read_text() == "A colour.\n"


def test_suppressed_findings_are_not_fixed(repo: Repository) -> None:
    repo.desk(SPELLING)
    text = "<!-- newslint-ignore our-spelling -- his word -->\nA colour.\n\nA grey.\n"
    assert fixed(repo, text) == text.replace("grey", "gray")


def test_baselined_findings_are_not_fixed(repo: Repository) -> None:
    repo.desk(SPELLING)
    path = repo.write("a.md", "A colour.\n")
    repo.run("check", "--write-baseline")
    path.write_text("A colour.\n\nA grey.\n")
    repo.run("check", "--fix")
    assert path.read_text() == "A colour.\n\nA gray.\n"


# --- rounds ------------------------------------------------------------------------------------


def test_a_fix_that_makes_another_possible(repo: Repository) -> None:
    repo.desk(WORDS)
    assert fixed(repo, "It is in assistance people.\n") == "It is in serve people.\n"


def test_of_overlapping_fixes_the_first_wins_and_the_run_repeats(repo: Repository) -> None:
    repo.desk(
        "id: one\noptions: {check: prefer, terms: {big red: large red}}",
        "id: two\noptions: {check: prefer, terms: {red barn: crimson shed}}",
    )
    ran = repo.copy("A big red barn.\n", "--fix", "--unsafe-fixes")
    assert (repo.root / "a.md").read_text() == "A large crimson shed.\n"
    assert "Fixed 2 findings" in ran.err


def test_edits_on_neighbouring_words_wait_for_each_other() -> None:
    source = "a big red barn and a hut"
    findings = [_finding(source, word) for word in ("big", "red", "hut")]
    assert [f.text for f in fix.compatible(source, findings)] == ["big", "hut"]


def _finding(source: str, word: str) -> Finding:
    at = source.index(word)
    span = Span(at, at + len(word))
    edits = (Edit(span, word.upper()),)
    return Finding("r", "info", "m", "a.md", span, word, Fix("a", edits))


def test_rules_that_undo_each_other_are_left_out_and_named(repo: Repository) -> None:
    repo.desk(
        "id: reds\noptions: {check: prefer, safe: true, terms: {scarlet: crimson}}",
        "id: more-reds\noptions: {check: prefer, safe: true, terms: {crimson: scarlet}}",
        SPELLING,
    )
    wild = repo.write("a.md", "A crimson colour.\n")
    tame = repo.write("b.md", "A colour.\n")
    ran = repo.run("check", "--fix")
    assert wild.read_text() == "A crimson color.\n"
    assert tame.read_text() == "A color.\n"
    assert ran.code == 2
    assert "a.md: the fixes of more-reds and reds do not settle" in ran.err
    assert "Fixed 2 findings in 2 articles" in ran.out
    again = repo.run("check", "--fix")
    assert (again.code, wild.read_text()) == (2, "A crimson color.\n")


def test_a_circle_of_rules_is_left_out_whole(repo: Repository) -> None:
    circle = {"red": "blue", "blue": "green", "green": "red"}
    rules = [
        f"id: to-{new}\noptions: {{check: prefer, safe: true, terms: {{{old}: {new}}}}}"
        for old, new in circle.items()
    ]
    repo.desk(*rules)
    path = repo.write("a.md", "A red boat left the harbour on Monday.\n")
    for _ in range(2):
        ran = repo.run("check", "--fix")
        assert "the fixes of to-blue and to-green and to-red do not settle" in ran.err
        assert path.read_text() == "A red boat left the harbour on Monday.\n"


def test_a_word_that_grows_without_end_stops_at_the_bound(repo: Repository) -> None:
    repo.desk("id: more\noptions: {check: prefer, safe: true, terms: {many: many and many}}")
    path = repo.write("a.md", "The town has many of the boats.\n")
    ran = repo.run("check", "--fix")
    assert ran.code == 2
    assert "the fixes of more do not settle" in ran.err
    assert path.read_text() == "The town has many of the boats.\n"


def test_any_number_of_workers_makes_the_same_bytes(repo: Repository) -> None:
    repo.desk(SPELLING, WORDS)
    made = []
    for jobs in ("1", "3"):
        for number in range(60):
            repo.write(f"{number:02}.md", f"{number} colours: they utilize {number} greys.\n")
        ran = repo.run("check", "--fix", "--unsafe-fixes", "--jobs", jobs)
        made.append((ran.out, [p.read_bytes() for p in sorted(repo.root.glob("*.md"))]))
    assert made[0] == made[1]
    assert made[0][1][7] == b"7 colors: they use 7 greys.\n"


# --- --diff and --fix-only ---------------------------------------------------------------------


def test_diff_writes_nothing_and_can_be_applied(repo: Repository) -> None:
    repo.desk(SPELLING)
    text = "A colour.\n\nThe end of it"
    path = repo.write("content/a.md", text)
    ran = repo.run("check", "--diff")
    assert (ran.code, path.read_text()) == (1, text)
    assert "Would fix 1 finding in 1 article" in ran.err
    assert ran.out == (
        "--- a/content/a.md\n+++ b/content/a.md\n@@ -1,3 +1,3 @@\n-A colour.\n+A color.\n \n"
        " The end of it\n\\ No newline at end of file\n"
    )
    subprocess.run(["git", "apply"], cwd=repo.root, input=ran.out.encode(), check=True)
    assert path.read_text() == text.replace("colour", "color")


def test_diff_of_files_with_odd_names(repo: Repository) -> None:
    """git takes it, and names them as git does."""
    repo.desk(SPELLING)
    names = {
        "./g/h.md": "a/g/h.md",
        "a b.md": "a/a b.md\t",
        "bé.md": '"a/b\\303\\251.md"',
        os.fsdecode(b"bad\xff.md"): '"a/bad\\377.md"',
        "c:d.md": "a/c:d.md",
        "e\nf\t g.md": '"a/e\\nf\\t g.md"\t',
        'q"\\.md': '"a/q\\"\\\\.md"',
    }
    for name in names:
        repo.write(name, "A colour.\n")
    ran = repo.run("check", "--diff", *names)
    heads = [line[4:] for line in ran.out.split("\n") if line.startswith("--- ")]
    assert sorted(heads) == sorted(names.values())
    subprocess.run(["git", "apply"], cwd=repo.root, input=ran.out.encode(), check=True)
    assert {(repo.root / name).read_text() for name in names} == {"A color.\n"}


@pytest.mark.parametrize("format", ["text", "concise"])
def test_a_name_that_is_no_utf8_is_shown_as_in_the_baseline(repo: Repository, format: str) -> None:
    repo.desk(SPELLING)
    repo.write(os.fsdecode(b"bad\xff.md"), "A colour.\n")
    assert "bad\\xff.md:1:3" in repo.run("check", "--format", format).out
    repo.run("check", "--write-baseline")
    assert "\nbad\\xff.md\t" in (repo.root / "newslint-baseline.txt").read_text()


def test_diff_has_each_file_once_under_its_real_name(repo: Repository) -> None:
    repo.desk(SPELLING)
    path = repo.write("content/t.md", "A colour.\n")
    (repo.root / "content/a.md").symlink_to("t.md")
    (repo.root / "linked").symlink_to("content")
    ran = repo.run("check", "--diff", "content/a.md", str(path), "linked/t.md")
    assert ran.out.count("\n--- ") + ran.out.startswith("--- ") == 1
    assert "Would fix 1 finding in 1 article" in ran.err
    subprocess.run(["git", "apply"], cwd=repo.root, input=ran.out.encode(), check=True)
    assert path.read_text() == "A color.\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "cp1252"])
def test_diff_says_what_it_cannot_carry(repo: Repository, encoding: str) -> None:
    repo.desk(SPELLING)
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    other = repo.write("a.md", mark + "A colour of the café.\n".encode(encoding))
    repo.write("b.md", codecs.BOM_UTF8 + "A colour of the café.\r\n".encode())
    ran = repo.run("check", "--diff")
    assert ran.code == 1
    assert "a.md: is not UTF-8" in ran.err
    assert "Would fix 2 findings in 2 articles" in ran.err
    before = other.read_bytes()
    subprocess.run(["git", "apply"], cwd=repo.root, input=ran.out.encode(), check=True)
    assert other.read_bytes() == before
    assert (repo.root / "b.md").read_bytes().decode() == "\ufeffA color of the café.\r\n"


@pytest.mark.parametrize(
    ("text", "code"), [("A color.\n", 0), ("", 0), (b"\x00\x01\x02 colour", 2), (None, 2)]
)
def test_exit_codes_of_diff(repo: Repository, text: str | bytes | None, code: int) -> None:
    repo.desk(SPELLING)
    if text is not None:
        repo.write("a.md", text)
    ran = repo.run("check", "--diff", "a.md")
    assert (ran.code, ran.out) == (code, "")


def test_diff_of_hostile_copy_on_a_ci_service_holds_no_command(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.desk(SPELLING)
    repo.write("a.md", "::error::boo\n##[error]boo\n\x1b[31mA colour.\n")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    lines = repo.run("check", "--diff", "a.md").out.splitlines()
    assert " \\x3a:error::boo" in lines
    assert not any("##[" in line for line in lines)
    assert "+\\x1b[31mA color." in lines


def test_diff_takes_the_place_of_reports(repo: Repository) -> None:
    ran = repo.run("check", "--diff", "--output", "json=out.json")
    assert ran.code == 2
    assert "there is no report with --diff" in ran.err


def test_fix_only_reports_nothing_of_what_remains(repo: Repository) -> None:
    repo.desk(SPELLING, WORDS)
    path = repo.write("a.md", "They utilize a colour.\n")
    ran = repo.run("check", "--fix-only", "--fail-on", "info")
    assert (ran.code, path.read_text()) == (0, "They utilize a color.\n")
    assert ran.out == "Fixed 1 finding in 1 article:\n  a.md: our-spelling\nChecked 1 article.\n"
    repo.write("b.md", b"\x00\x01")
    assert repo.run("check", "--fix-only").code == 2


def test_ctrl_c_amid_the_writing_tells_how_far_it_has_come(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.desk(SPELLING)
    for number in range(5):
        repo.write(f"{number}.md", "A colour.\n")
    write = fixed_files.write

    def interrupted(path: str, before: bytes, after: bytes) -> Error | None:
        if path == "3.md":
            raise KeyboardInterrupt
        return write(path, before, after)

    monkeypatch.setattr(fixed_files, "write", interrupted)
    ran = repo.run("check", "--fix")
    assert (ran.code, ran.out) == (130, "")
    assert ran.err == "newslint: stopped: 3 of 5 articles are mended\n"
    assert [p.read_text() for p in sorted(repo.root.glob("*.md"))] == [
        *["A color.\n"] * 3, *["A colour.\n"] * 2,
    ]  # fmt: skip


# --- stdin -------------------------------------------------------------------------------------


def test_stdin_comes_out_fixed_and_findings_go_to_stderr(repo: Repository) -> None:
    repo.desk(SPELLING, WORDS)
    text = "They utilize a colour.\r\nThe end"
    ran = repo.run("check", "--fix", "-", "--stdin-filename", "a.md", input=text)
    assert ran.out == text.replace("colour", "color")
    assert "a.md:1:6 warning plain-words" in ran.err
    clean = "They see a color.\n"
    assert repo.run("check", "--fix", "-", "--stdin-filename", "a.md", input=clean).out == clean


def test_stdin_with_diff(repo: Repository) -> None:
    repo.desk(SPELLING)
    ran = repo.run("check", "--diff", "-", "--stdin-filename", "a.md", input="A colour.\n")
    assert ran.code == 1
    assert "-A colour.\n+A color.\n" in ran.out


@pytest.mark.parametrize("flags", [["--fix"], ["--fix-only"], ["--fix", "-q"]])
@pytest.mark.parametrize("format", ["text", "json"])
def test_stdin_that_the_config_leaves_out_comes_out_as_it_was(
    repo: Repository, flags: list[str], format: str
) -> None:
    repo.desk(SPELLING, config='files: ["content/**"]\n')
    text = "# A\n\nA colour, 🐟.\r\n"
    name = ["--stdin-filename", "other/a.md", "--format", format]
    ran = repo.run("check", "-", *flags, *name, input=text)
    assert (ran.code, ran.out) == (0, text)
    assert ("left out" in ran.err) == ("-q" not in flags)


@pytest.mark.parametrize(
    ("args", "config"),
    [
        (["-"], "not: [a config"),
        (["-"], "no-such-key: 1\n"),
        (["-", "b.md"], ""),
        (["-", "--changed-since", "main"], ""),
        (["-", "--select", "no-such-rule"], ""),
    ],
)
@pytest.mark.parametrize("format", ["text", "json"])
def test_where_stdin_is_not_read_nothing_comes_out(
    repo: Repository, args: list[str], config: str, format: str
) -> None:
    """An editor must not take a report of errors for the article."""
    repo.desk(SPELLING)
    repo.write("newslint.yml", config or "extends: [./desk]\n")
    ran = repo.run("check", *args, "--fix", "--format", format, input="A colour.\n")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err


def test_stdin_comes_out_as_it_was_where_newslint_fails(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("planted")

    repo.desk(SPELLING)
    monkeypatch.setattr("newslint.fixing.rounds", fail)
    text = b"A colour.\n"
    process_out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    monkeypatch.setattr("sys.stdout", process_out)
    monkeypatch.chdir(repo.root)
    assert main(["check", "-", "--fix"]) == 2
    assert process_out.buffer.getvalue() == text  # type: ignore[attr-defined]


def test_stdin_that_is_no_text_comes_out_as_it_was(repo: Repository) -> None:
    repo.desk(SPELLING)
    ran = repo.run("check", "--fix", "-", "--stdin-filename", "a.md", input=b"colour \x00\x01")
    assert (ran.code, ran.out) == (2, "colour \x00\x01")


# --- files -------------------------------------------------------------------------------------

ENCODINGS = {
    "utf-8": b"",
    "utf-8-bom": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "cp1252": b"",
    "mac_roman": b"",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "mixed"])
def test_files_keep_encoding_mark_and_line_ends(repo: Repository, encoding: str, ends: str) -> None:
    repo.desk(SPELLING)
    text = "The café’s colour is naïve – so what?\n\nZoë’s colour too, and crème brûlée.\nEnd\n"
    text = text.replace("\n", "\r\n", 1) if ends == "mixed" else text.replace("\n", ends)

    def content(text: str) -> bytes:
        return ENCODINGS[encoding] + text.encode(encoding.removesuffix("-bom"))

    path = repo.write("a.md", content(text))
    assert repo.run("check", "--fix", "--quiet").code == 0
    assert path.read_bytes() == content(text.replace("colour", "color"))


def test_what_the_encoding_cannot_hold_is_not_fixed(repo: Repository) -> None:
    repo.desk("id: signs\noptions: {check: prefer, safe: true, terms: {is not: ≠, an: one}}")
    content = "The café is not naïve, and the crème brûlée is cold.\n".encode("cp1252")
    path = repo.write("a.md", content)
    ran = repo.run("check", "--fix")
    assert ran.code == 2
    assert "not fixed: “≠” (U+2260) has no place in windows-1252: save the file as UTF-8" in ran.err
    assert path.read_bytes() == content


def test_line_breaks_of_an_edit_become_those_of_its_line() -> None:
    source = "one\r\ntwo\nthree"
    edits = [Edit(Span(0, 3), "a\nb"), Edit(Span(5, 8), "c\nd"), Edit(Span(9, 14), "e\nf")]
    assert fix.apply(source, edits) == "a\r\nb\r\nc\nd\ne\r\nf"


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_files_keep_their_permissions(repo: Repository, mode: int) -> None:
    repo.desk(SPELLING)
    path = repo.write("a.md", "A colour.\n")
    path.chmod(mode)
    repo.run("check", "--fix")
    assert path.read_text() == "A color.\n"
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert sorted(p.name for p in repo.root.glob("*.md*")) == ["a.md"]


def test_a_link_within_the_repository_stays_and_its_target_is_fixed(repo: Repository) -> None:
    repo.desk(SPELLING)
    target = repo.write("store/a.md", "A colour.\n")
    link = repo.root / "b.md"
    link.symlink_to("store/a.md")
    assert repo.run("check", "--fix", "b.md").code == 0
    assert link.is_symlink()
    assert target.read_text() == "A color.\n"
    target.write_text("A grey.\n")
    assert repo.run("check", "--fix", "b.md", "store").code == 0
    assert target.read_text() == "A gray.\n"


def test_nothing_is_written_through_a_link_that_leads_out(repo: Repository, tmp_path: Path) -> None:
    repo.desk(SPELLING)
    outside = tmp_path / "outside.md"
    outside.write_text("A colour.\n")
    (repo.root / "b.md").symlink_to(outside)
    assert repo.run("check", "--fix", "b.md").code == 2
    error = fixed_files.write(str(repo.root / "b.md"), b"A colour.\n", b"A color.\n")
    assert error is not None
    assert "leads out of the repository" in error.message
    assert outside.read_text() == "A colour.\n"


def test_a_file_that_has_changed_meanwhile_is_not_overwritten(repo: Repository) -> None:
    path = repo.write("a.md", "A newer colour.\n")
    error = fixed_files.write(str(path), b"A colour.\n", b"A color.\n")
    assert error is not None
    assert "has changed since newslint read it" in error.message
    assert path.read_text() == "A newer colour.\n"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_file_is_not_replaced(repo: Repository) -> None:
    repo.desk(SPELLING)
    path = repo.write("a.md", "A colour.\n")
    path.chmod(0o444)
    ran = repo.run("check", "--fix")
    assert ran.code == 2
    assert "it is read-only" in ran.err


def test_odd_file_names(repo: Repository) -> None:
    repo.desk(SPELLING)
    names = ["a b:c.md", "naïve ☃.md", os.fsdecode(b"bad\xff.md")]
    for name in names:
        repo.write(name, "A colour.\n")
    ran = repo.run("check", "--fix")
    assert ran.code == 0
    assert all((repo.root / name).read_text() == "A color.\n" for name in names)


# --- what no fix may touch ---------------------------------------------------------------------

LEFT_ALONE = [
    "“We utilize it,” he said.",
    'He said: "We utilize it."',
    "> We utilize it.",
    "An “utilize” that never closes, and they utilize it.\n\nA “stray mark: they utilize it.",
    "See [it](https://a.example/utilize-centre) and `utilize` and https://a.example/grey/colour.",
    "Write to colour@press.example, #grey, @centre or colour.example.",
    'The {{< utilize colour >}} and <span class="colour">it</span>.',
    "Grey said so. Grey, 54, left.",
    "Tom Grey spoke. Grey left.\n\nGrey came back.",
    "The Centre for Grey Seals opened. Centre officials smiled.",
    "They met at the Grey Centre on Monday.",
    "She read *The colour of money* at night.",
    "The non-individuals came.",
    "It kept the individuals’ data.",
    "Set $colour here.",
    "We utilize it! pic.twitter.com/Ab1",
    "We utilize it! — Ada Krull (@adakrull) May 3",
    "It is very very old.",
    "```\nutilize the colour\n```",
    "# Grey Centre Opens Its Doors\n\nThe hall opened.",
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_no_fix_touches(repo: Repository, text: str) -> None:
    repo.desk(SPELLING, WORDS)
    expected = text.replace("and they utilize it.\n", "and they use it.\n") + "\n"
    if "never closes" not in text:
        expected = text + "\n"
    assert fixed(repo, text + "\n") == expected


def test_a_finding_that_must_not_be_fixed_keeps_its_advice(repo: Repository) -> None:
    repo.desk(SPELLING)
    ran = repo.copy("The Centre opened.\n")
    (finding,) = ran.findings
    assert finding["fix"] == {"advice": "Say it plainly.", "safe": False, "edits": []}


UNSEEN = ["\x08", "\x1b", "\x9b", "\u200b", "\u202e", "\u2028", "\r"]


@pytest.mark.parametrize("mark", UNSEEN)
def test_no_fix_brings_in_what_nobody_sees(mark: str) -> None:
    article = read_source("a.md", "It has no plans.\n")
    span = Span(10, 15)
    assert guarded(article, [Edit(span, "plan")]) == (Edit(span, "plan"),)
    assert guarded(article, [Edit(span, "ten\u00a0plans")]) != ()
    assert guarded(article, [Edit(span, f"pl{mark}an")]) == ()


FIXED = {
    "Utilize it.": "Use it.",
    "THEY UTILIZE IT.": "THEY USE IT.",
    "# Council Utilizes It\n": "# Council Utilizes It\n",
    "# The Town May Utilize New Tools\n": "# The Town May Use New Tools\n",
    "In order to win, they left.": "To win, they left.",
    "# In Order To Win It\n": "# To Win It\n",
    "It is an additional boat.": "It is a more boat.",
    "It is a utilization plan.": "It is a use plan.",
    "They need a optimum plan.": "They need a best plan.",
    "It is a very old boat.": "It is an old boat.",
    "A very old boat came.": "An old boat came.",
    "It was a very honest man.": "It was an honest man.",
    "It was a very UK thing.": "It was a very UK thing.",
    "Very few came.": "Few came.",
    "They use more additional boats.": "They use more additional boats.",
    "The boat (very) was old.": "The boat (very) was old.",
    "The boat was very.": "The boat was very.",
    "Grey paint is a colour.": "Gray paint is a color.",
    "The grey-green sea and the dark-grey sky.": "The gray-green sea and the dark-gray sky.",
    "---\ntitle: They utilize grey\n---\nText.": "---\ntitle: They use gray\n---\nText.",
}


@pytest.mark.parametrize("text", FIXED)
def test_the_words_around_a_fix_stay_right(repo: Repository, text: str) -> None:
    repo.desk(SPELLING, WORDS)
    assert fixed(repo, text + "\n") == FIXED[text] + "\n"


def test_the_point_of_an_abbreviation_is_not_left_in_a_heading(repo: Repository) -> None:
    repo.desk(
        "id: hours\nkind: pattern\noptions:\n"
        "  {check: match, safe: true, patterns: ['(9 a\\.m)\\.'], group: 1, replace: 9am}",
    )
    headings = "# Doors open at 9 a.m.\n\n## The 9 a.m. Show\n\n"
    assert fixed(repo, f"{headings}Doors open at 9 a.m.\n") == f"{headings}Doors open at 9am.\n"


# --- what rules may say about their edits --------------------------------------------------------


def test_what_is_left_by_hand_is_flagged(repo: Repository) -> None:
    repo.desk(
        "id: words\noptions: {check: prefer, terms: {began: began to}, by-hand: ['had began']}",
        "id: marks\nkind: pattern\noptions:\n"
        "  {check: match, patterns: [';;|;,'], boundaries: none, replace: ';', by-hand: [';,']}",
    )
    text = "It began, and it had began;; so; it went;, it seems.\n"
    assert fixed(repo, text) == "It began to, and it had began; so; it went;, it seems.\n"
    assert repo.check("a.md").found[-2:] == [("words", "began"), ("marks", ";,")]


def test_what_is_certain_is_replaced_all_the_same(repo: Repository) -> None:
    repo.desk(
        "id: words\noptions: {check: prefer, terms: {began: began to}, by-hand: ['\\w+ began'], "
        "certain: ['It began']}",
        "id: marks\nkind: pattern\noptions:\n"
        "  {check: match, patterns: [';'], boundaries: none, replace: ',', by-hand: [';'], "
        "certain: ['; so']}",
    )
    text = "It began, and they began; and; so it went.\n"
    assert fixed(repo, text) == "It began to, and they began; and, so it went.\n"


def test_single_edits_of_a_safe_rule_may_be_unsafe(repo: Repository) -> None:
    repo.desk(
        "id: words\noptions: {check: prefer, safe: true, terms: {began: began to}, "
        "unsafe: ['had began']}",
        "id: marks\nkind: pattern\noptions: {check: match, safe: true, patterns: [';;'], "
        "boundaries: none, replace: ';', unsafe: ['war;;']}",
    )
    text = "It began, and it had began;; so;; no war;; though.\n"
    repo.write("a.md", text)
    repo.run("check", "--fix", "a.md")
    assert (repo.root / "a.md").read_text() == (
        "It began to, and it had began; so; no war;; though.\n"
    )
    assert fixed(repo, text) == "It began to, and it had began to; so; no war; though.\n"


def test_a_replacement_for_each_pattern(repo: Repository) -> None:
    repo.desk(
        "id: dates\nkind: pattern\noptions:\n"
        "  {check: match, patterns: ['(\\d+)th', '(\\d+)st of (\\w+)'], replace: ['$1', '$2 $1']}"
    )
    assert fixed(repo, "On the 4th and the 1st of May.\n") == "On the 4 and the May 1.\n"
    repo.desk("id: dates\nkind: pattern\noptions: {check: match, patterns: [a, b], replace: [c]}")
    assert "one text for all patterns, or one for each" in repo.run("check").err


def test_doubled_words_are_safe_to_mend_where_the_rule_is_certain(repo: Repository) -> None:
    repo.desk("id: twice\nkind: repetition\noptions: {check: adjacent, certain: [the]}")
    path = repo.write("a.md", "The the first first lady saw the the boat.\n")
    repo.run("check", "--fix")
    assert path.read_text() == "The first first lady saw the boat.\n"
    repo.run("check", "--fix", "--unsafe-fixes")
    assert path.read_text() == "The first lady saw the boat.\n"


def test_forms_are_written_as_the_rule_says(repo: Repository) -> None:
    repo.desk("""
id: hours
kind: consistency
options:
  check: forms
  edit: true
  forms: {p.m.: ['\\d+ ?([ap]\\.m\\.)'], pm: ['\\d+ ?([ap]m)']}
  write: {p.m.: {am: " a.m.", pm: " p.m."}, pm: {am: am, pm: pm}}
""")
    text = "At 7 a.m. and 8 p.m. it opens, and at 9pm it closes at 10 pm."
    assert fixed(repo, text) == "At 7 a.m. and 8 p.m. it opens, and at 9 p.m. it closes at 10 p.m."
    text = "At 7am, 9am or 8pm, or at 10 p.m. on Monday, and at 11 p.m."
    assert fixed(repo, text) == "At 7am, 9am or 8pm, or at 10 pm on Monday, and at 11 pm."
    text = "At 7am, 9am or 8pm. At 10 p.m. The end."
    assert fixed(repo, text) == text, "whether “p.m.” ends the sentence is not certain"


def test_only_changed_articles_are_checked_again() -> None:
    asked: list[list[str]] = []

    def each(paths: Sequence[str], *_: object, **__: object) -> Iterator[Result]:
        asked.append(list(paths))
        return (Result(path, True, suppressed=len(asked)) for path in paths)

    again = fixing.OnlyAnew(each)
    paths = ["a.md", "b.md", "c.md"]
    for contents in (
        {},
        {"b.md": b"x"},
        {"b.md": b"y", "c.md": b"x"},
        {"b.md": b"y", "c.md": b"x"},
    ):
        results = list(again(paths, mock.Mock(), mock.Mock(), None, contents=contents))
        assert [result.path for result in results] == paths
    assert asked == [paths, ["b.md"], ["b.md", "c.md"], []]
    assert [result.suppressed for result in results] == [1, 3, 3]


@pytest.mark.parametrize("book", stylebooks.shipped())
def test_every_shipped_rule_with_edits_shows_what_they_make(book: str) -> None:
    loaded = stylebooks.load([book], Path.cwd())
    for name in loaded.definitions:
        ready = stylebooks.make_rule(loaded, name)
        bad = [Example(e) if isinstance(e, str) else e for e in ready.rule.examples.bad]
        articles = (read_source("a", unmark(e.text).text, e.format) for e in bad)
        edits = any(f.fix.edits for article in articles for f in Linter([ready]).check(article)[0])
        assert not edits or any(e.fixed is not None for e in bad), name


def test_edits_that_would_change_more_than_their_words_are_not_made() -> None:
    source = "one boat\n\ntwo boats\n\nthe three boats\n"
    bad = [_edit(source, "two", "# two"), _edit(source, "one", "[one](x)")]
    good = _edit(source, "three", "four")
    assert proof.proved("a.md", source, [*bad, good]) == ([good], source.replace("three", "four"))
    source = "\n\n".join(f"word{number} ends" for number in range(200))
    many = [_edit(source, f"word{number} ", "# x ") for number in range(200)]
    with pytest.raises(proof.UnprovenError):
        proof.proved("a.md", source, many)


def _edit(source: str, old: str, new: str) -> Finding:
    at = source.index(old)
    span = Span(at, at + len(old))
    return Finding("r", "info", "m", "a.md", span, old, Fix("a", (Edit(span, new),)))
