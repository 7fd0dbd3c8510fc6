"""Reports for machines: each valid, each saying the same, whatever the copy holds."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT, Repository
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from report_readers import READERS, Told, at, commands, strict_json

from newslint import fix
from newslint.article import Span
from newslint.checker import Result
from newslint.errors import CODES, Error
from newslint.finding import Edit, Finding, Fix, Related
from newslint.reports import FORMATS, Look
from newslint.rule import Rule, Source
from newslint.rulebook import Known, web_address
from newslint.run import Tally

MACHINES = sorted(READERS)
USE = "id: plain-use\noptions: {check: prefer, terms: {utilize: use}, safe: true}\n"
TK = "id: no-tk\nseverity: error\noptions: {check: avoid, terms: [TK]}\n"
WEAK = "id: weak\nseverity: info\noptions: {check: avoid, terms: [very]}\n"
SPELL = """
id: one-spelling
kind: consistency
message: "“{form}” here, “{other}” before"
options: {check: forms, forms: {adviser: [advisers?], advisor: [advisors?]}}
"""
SIGNED = """
id: signed
kind: metadata
severity: info
message: "No {field}"
options: {check: required, fields: [author]}
"""


@pytest.fixture
def desk(repo: Repository) -> Repository:
    repo.desk(USE, TK, WEAK, SPELL)
    return repo


def told(ran: Any, format: str) -> list[Told]:
    return READERS[format](ran.out)


def places(document: dict[str, Any]) -> set[tuple[str, int, str, str]]:
    """Path, line, rule and severity of all findings, and of the errors, as format `json` has it."""
    found = {
        (article["path"], finding["start"]["line"], finding["rule"], finding["severity"])
        for article in document["articles"]
        for finding in article["findings"]
    }
    return found | {(e["path"] or ".", 0, e["code"], "broken") for e in document["errors"]}


@pytest.mark.parametrize("format", MACHINES)
def test_every_format_tells_all_findings_and_errors(desk: Repository, format: str) -> None:
    desk.write("a.md", "# A\n\nThe adviser will utilize TK.\n\nA very old advisor & friend.\n")
    desk.write("b & c/ü 100%, x:y.md", "Ça: they utilize 日本 TK.\r\n\r\nutilize\r\n")
    desk.write("clean.md", "All is well.\n")
    desk.write("scan.md", b"%PDF-1.7\0")
    args = ("a.md", "b & c", "clean.md", "scan.md", "gone.md")
    ran = desk.run("check", *args, "--format", format)
    document = desk.check(*args)
    assert (ran.code, document.code) == (2, 2)
    found = told(ran, format)
    lines = {(t.path, 0 if t.severity == "broken" else t.line, t.name, t.severity) for t in found}
    assert lines == places(document.document)
    assert len(lines) == 9
    assert len(found) == len(document.findings) + len(document.document["errors"])
    if format not in ("gitlab", "junit"):  # which have lines only
        columns = {(t.line, t.column) for t in found if t.path == "a.md"}
        assert columns == {(3, 18), (3, 26), (5, 3), (5, 12)}


@pytest.mark.parametrize("format", MACHINES)
@pytest.mark.parametrize(
    ("before", "line", "column", "byte"),
    [
        ("They ", 1, 6, 6),
        ("😀 Ça, naïve 日本 café: ", 1, 22, 32),
        ("e\u0301e\u0301 ", 1, 6, 8),
        ("First.\r\n\r\nÉ ", 3, 3, 4),
        ("First.\r\rÉ ", 3, 3, 4),
        ("First.\n\nÉ ", 3, 3, 4),
        ("A\tb\t", 1, 5, 5),
        ("A\u2028line: ", 1, 9, 11),
        ("A 👩\u200d👩\u200d👧 ", 1, 9, 22),
    ],
)
def test_places(
    desk: Repository, format: str, before: str, line: int, column: int, byte: int
) -> None:
    desk.write("a.txt", f"{before}utilize it.\n".encode())
    (found,) = told(desk.run("check", "a.txt", "--format", format), format)
    assert found[:4] == ("a.txt", line, "plain-use", "warning")
    assert found.column in {"rdjson": (byte,), "gitlab": (0,), "junit": (0,)}.get(format, (column,))


def test_reviewdog_counts_a_byte_order_mark(desk: Repository) -> None:
    desk.write("a.txt", b"\xef\xbb\xbfThey utilize it.\n\nThey utilize it.\n")
    found = told(desk.run("check", "a.txt", "--format", "rdjson"), "rdjson")
    assert [(t.line, t.column) for t in found] == [(1, 9), (3, 6)]
    found = told(desk.run("check", "a.txt", "--format", "sarif"), "sarif")
    assert [(t.line, t.column) for t in found] == [(1, 6), (3, 6)]


@pytest.mark.parametrize("format", MACHINES)
def test_a_finding_over_lines(desk: Repository, format: str) -> None:
    desk.desk("id: in-order\noptions: {check: prefer, terms: {in order to: to}}\n")
    desk.write("a.md", "They met in\r\n  order to vote.\r\n")
    (found,) = told(desk.run("check", "a.md", "--format", format), format)
    assert found[:3] == ("a.md", 1, "in-order")
    if format in ("sarif", "jsonl"):
        assert found.end == (2, 11)


@pytest.mark.parametrize("format", MACHINES)
def test_a_finding_on_an_empty_article(format: str) -> None:
    tally = Tally()
    made = [many("signed", "info", 1)]
    (found,) = READERS[format]("".join(FORMATS[format](tally.count(iter(made)), tally, Look())))
    assert found[:4] == ("a.md", 1, "signed", "info")
    assert found.column in (0, 1)


@pytest.mark.parametrize("format", MACHINES)
def test_nothing_found_and_nothing_checked(desk: Repository, format: str) -> None:
    desk.write("a.md", "All is well.\n")
    for args in (("a.md",), ("a.md", "--quiet"), ("a.md", "--statistics")):
        ran = desk.run("check", *args, "--format", format)
        assert (ran.code, told(ran, format), ran.err) == (0, [], "")
    desk.desk(config="exclude: ['**']\n")
    ran = desk.run("check", "a.md", "--format", format)
    assert (ran.code, told(ran, format)) == (0, [])


@pytest.mark.parametrize("format", MACHINES)
@pytest.mark.parametrize(
    ("args", "config", "code", "line"),
    [
        (["a.md", "--select", "nonsense"], "", "config", 0),
        (["a.md", "--config", "gone.yml"], "", "config", 0),
        (["a.md", "--output", "nonsense=x"], "", "config", 0),
        (["a.md"], "rules:\n  - [\n", "config", 3),
        (["a.md"], "extends: [nonsense]\n", "config", 1),
        (["gone.md"], "", "unreadable", 0),
        (["-", "a.md"], "", "unreadable", 0),
    ],
)
def test_a_broken_run_has_a_valid_report(
    desk: Repository, format: str, args: list[str], config: str, code: str, line: int
) -> None:
    desk.write("a.md", "They utilize TK.\n")
    if config:
        desk.config(config)
    ran = desk.run("check", *args, "--format", format)
    assert ran.code == 2
    (found,) = told(ran, format)
    assert (found.name, found.severity) == (code, "broken")
    assert found.message
    if format not in ("junit",):
        assert found.line == line or (found.line, line) == (1, 0)


@pytest.mark.parametrize("format", MACHINES)
@pytest.mark.parametrize(
    ("copy", "args", "code"),
    [
        ("All is well.\n", (), 0),
        ("They utilize it.\n", (), 0),
        ("They utilize it.\n", ("--fail-on", "warning"), 1),
        ("They utilize it.\n", ("--max-warnings", "0"), 1),
        ("TK\n", (), 1),
        ("TK\n", ("--exit-zero",), 0),
        ("TK\n", ("gone.md",), 2),
    ],
)
def test_exit_codes_do_not_depend_on_the_format(
    desk: Repository, format: str, copy: str, args: tuple[str, ...], code: int
) -> None:
    desk.write("a.md", copy)
    assert desk.run("check", "a.md", *args, "--format", format).code == code


def test_messages_say_what_to_do(desk: Repository) -> None:
    desk.write("a.md", "They utilize it.\n")
    for format in set(MACHINES) - {"junit", "jsonl"}:
        (found,) = told(desk.run("check", "a.md", "--format", format), format)
        assert found.message == "“utilize” is not how we say it. Say it plainly.", format


def test_workers_change_nothing(desk: Repository) -> None:
    for number in range(60):
        desk.write(f"content/{number:02}.md", "They utilize TK.\n\n" * (number % 4))
    for format in MACHINES:
        one = desk.run("check", "content", "--format", format, "--jobs", "1")
        assert desk.run("check", "content", "--format", format, "--jobs", "2") == one


@pytest.mark.parametrize("format", ["sarif", "github", "gitlab"])
def test_paths_start_at_the_top_of_the_repository(desk: Repository, format: str) -> None:
    desk.write("content/a.md", "They utilize it.\n")
    desk.write("newslint.yml", "extends: [./desk]\n")
    for args, folder in (
        (("a.md",), "content"),
        (("./a.md",), "content"),
        (("../content/a.md",), "content"),
        ((str(desk.root / "content" / "a.md"),), "content"),
        (("./content/a.md",), "."),
    ):
        ran = desk.run("check", *args, "--format", format, folder=folder)
        assert [t.path for t in told(ran, format)] == ["content/a.md"]


@pytest.mark.parametrize("format", ["junit", "checkstyle", "rdjson", "jsonl"])
def test_other_paths_are_as_given(desk: Repository, format: str) -> None:
    desk.write("content/a.md", "They utilize it.\n")
    ran = desk.run("check", "../content/a.md", "--format", format, folder="content")
    assert [t.path for t in told(ran, format)] == ["../content/a.md"]


@pytest.mark.parametrize("format", MACHINES)
def test_odd_file_names(desk: Repository, format: str) -> None:
    """Names that are no Unicode among them; a `.gitignore` and `files` are asked about each."""
    names = [
        b"caf\xe9.md",
        b"a:b,c%0A=d.md",
        b"new\nline.md",
        "\u202ertl \U0001f389.md".encode(),
    ]
    for name in names:
        with open(os.fsencode(desk.root / "desk") + b"/" + name, "wb") as file:
            file.write(b"They utilize it.\n")
    desk.write(".gitignore", "*.tmp\n")
    desk.desk(config="files: ['**/*.md']\n")
    ran = desk.run("check", "desk", "--format", format)
    assert ran.code == 0
    paths = {t.path for t in told(ran, format)}
    assert len(paths) == 4
    assert "desk/a:b,c%0A=d.md" in paths
    assert "desk/\u202ertl \U0001f389.md" in paths
    assert ("desk/caf\udce9.md" in paths) == (format in ("sarif", "jsonl"))


@pytest.mark.parametrize("format", MACHINES)
def test_stdin(desk: Repository, format: str) -> None:
    ran = desk.run("check", "-", "--format", format, input="They utilize it.\n")
    assert [t.path for t in told(ran, format)] == ["-"]
    args = ("check", "-", "--stdin-filename", "x/y.md", "--format", format)
    assert [t.path for t in told(desk.run(*args, input="utilize\n"), format)] == ["x/y.md"]


def test_a_path_out_of_the_repository(desk: Repository) -> None:
    outside = desk.root.parent / "out side.md"
    outside.write_text("They utilize it.\n")
    for format in MACHINES:
        ran = desk.run("check", "../out side.md", "--format", format)
        (found,) = told(ran, format)
        assert found.path == (str(outside) if format == "sarif" else "../out side.md")


# Hostile copy


NASTY = [
    "\x00", "\x1b[31m", "\x07", "]]>", "<![CDATA[", "--%0A::error::x", "::error::x\n", "\r\n::stop",
    "##[error]", "%", "%25", "%0A", "\ud800", "\udfff", "\u2028", "\u2029", "\x85", "\ufeff", "\uffff",
    "&amp;", "<b a='\"'>", "{0}", "{{", "}", "[x](1)", "](", "@someone", "![x](y)", "\\", '"', "\U0010ffff",
    "a,b:c=d", "-", "…", "e\u0301",
]  # fmt: skip
hostile = st.lists(st.sampled_from(NASTY) | st.text(max_size=5), max_size=6).map("".join)
unicode = hostile.map(lambda text: text.encode("utf-8", "replace").decode())
"""What a file in UTF-8 can hold."""
said = hostile.map(lambda text: f"x{text}")


@st.composite
def results(
    draw: st.DrawFn,
    paths: st.SearchStrategy[str] = said,
    copy: st.SearchStrategy[str] = hostile,
) -> Result:
    """An article with findings at any place, saying anything, with edits and related places."""
    path, source = draw(paths), draw(copy)
    offsets = st.integers(0, len(source))
    spans = st.tuples(offsets, offsets).map(lambda pair: Span(min(pair), max(pair)))
    findings = []
    for number in range(draw(st.integers(0, 3))):
        span = draw(spans)
        related = Related(path, draw(spans), draw(hostile), draw(hostile))
        elsewhere = Related(draw(said), Span(0, 3), draw(hostile), draw(hostile), (2, 1, 2, 4))
        findings.append(
            Finding(
                draw(st.sampled_from(["one-rule", "other-rule"])),
                draw(st.sampled_from(["error", "warning", "info"])),
                draw(said),
                path,
                span,
                source[span.start : span.end],
                Fix(draw(said), tuple(draw(edits(source, copy)))),
                draw(st.sampled_from([(), (related,), (related, elsewhere)])),
                fingerprint=str(number % 2),
            )
        )
    return Result(path, True, tuple(findings), source=source, marked=draw(st.booleans()))


@st.composite
def edits(draw: st.DrawFn, source: str, copy: st.SearchStrategy[str]) -> list[Edit]:
    """Up to three edits that do not overlap."""
    points = sorted(draw(st.lists(st.integers(0, len(source)), max_size=6, unique=True)))
    pairs = zip(points[::2], points[1::2], strict=False)
    return [Edit(Span(*pair), draw(copy)) for pair in pairs]


errors = st.builds(Error, said, st.sampled_from(CODES), said, st.integers(0, 9), st.integers(0, 9))
rules = st.builds(
    Rule,
    id=st.just("one-rule"),
    kind=st.just("terms"),
    severity=st.just("info"),
    title=said,
    message=said,
    fix=said,
    why=said,
    source=st.builds(Source, title=said, url=hostile.map(lambda text: f"https://a.example/{text}")),
    tags=st.tuples(said),
)
QUICK = settings(max_examples=40, suppress_health_check=list(HealthCheck))


def rendered(format: str, made: list[Result], wrong: list[Error], about: Rule) -> str:
    tally = Tally(wrong)
    known = Known(about, web_address(about.source.url))
    rules = {"one-rule": known, "other-rule": known}
    look = Look(cwd="/repo/content", top="/repo", rules=lambda: rules)
    text = "".join(FORMATS[format](tally.count(iter(made)), tally, look))
    text.encode()
    return text


@pytest.mark.hypothesis
@pytest.mark.parametrize("format", MACHINES)
def test_no_copy_breaks_a_report(format: str) -> None:
    # Validating against the schema of SARIF takes its time.
    @settings(QUICK, max_examples=12 if format == "sarif" else 40)
    @given(st.lists(results(), max_size=2), st.lists(errors, max_size=2), rules)
    def holds(made: list[Result], wrong: list[Error], about: Rule) -> None:
        found = READERS[format](rendered(format, made, wrong, about))
        expected = [(f.rule, f.severity) for result in made for f in result.findings]
        expected += [(error.code, "broken") for error in dict.fromkeys(wrong)]
        assert sorted((t.name, t.severity) for t in found) == sorted(expected)

    holds()


@QUICK
@given(results(st.just("a.md"), unicode), rules)
def test_suggestions_for_reviewdog_are_newslints_own_fixes(result: Result, about: Rule) -> None:
    """Applied to the bytes of the file by line and byte, they yield what newslint would write."""
    data = b"\xef\xbb\xbf" * result.marked + result.source.encode()
    report = strict_json(rendered("rdjson", [result], [], about))
    for finding, diagnostic in zip(result.findings, report["diagnostics"], strict=True):
        place = diagnostic["location"]["range"]
        for key, offset in zip(("start", "end"), finding.span, strict=True):
            before = data[: at(data, place[key])]
            assert before.decode("utf-8-sig") == result.source[:offset]
        assert len(diagnostic.get("suggestions", [])) == bool(finding.fix.edits)
        for suggestion in diagnostic.get("suggestions", []):
            start, end = (at(data, suggestion["range"][key]) for key in ("start", "end"))
            fixed = data[:start] + suggestion["text"].encode() + data[end:]
            assert fixed.decode("utf-8-sig") == fix.apply(result.source, finding.fix.edits)


@pytest.mark.parametrize("format", sorted(FORMATS))
def test_no_copy_commands_a_ci_service(repo: Repository, format: str) -> None:
    """GitHub obeys `##[name]` anywhere in a line, and `::name::` at its start; Azure `##vso[name]`."""
    repo.desk(
        "id: a\noptions: {check: avoid, terms: [avoid]}\n",
        "id: b\nkind: pattern\noptions: {check: match, patterns: ['.stop-\\w+', '#.vso.[a-z.]+']}\n",
    )
    copy = "We avoid ##[stop-commands]x and ##vso[task.x]y.\n\n::stop-commands::x avoid ##[debug]\n"
    repo.write("a.txt", copy)
    repo.write("##[debug]b.txt", copy)
    ran = repo.run("check", ".", "--format", format)
    assert "avoid" in ran.out
    for line in (ran.out + ran.err).splitlines():
        if re.match(r"::(error|warning|notice) ", line):
            continue  # newslint's own, which is not searched for more
        assert not re.search(r"##([A-Za-z]*)\[", line), line
        assert not re.match(r"\s*::[a-z-]+(?: .*)?::", line), line


def test_the_documents_name_every_format() -> None:
    page = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == set(FORMATS)
    for format in MACHINES:
        assert f"\n## {format}\n" in page


# One format each


def test_sarif_rules_are_explained(repo: Repository) -> None:
    repo.config("extends: [newsroom, ./desk]\nrules: {plain-use: error}\n")
    repo.rule(USE)
    repo.write("a.md", "# Talks\n\nThey they utilize it.\n")
    ran = repo.run("check", "a.md", "--format", "sarif", "--select", "doubled-word,plain-use")
    READERS["sarif"](ran.out)
    rules = json.loads(ran.out)["runs"][0]["tool"]["driver"]["rules"]
    shipped, own = rules
    assert shipped["id"] == "doubled-word"
    page = "https://github.com/newslint/newslint/blob/main/docs/rules/doubled-word.md"
    assert shipped["helpUri"] == page
    assert own["helpUri"] == "https://desk.example/book"
    assert own["defaultConfiguration"] == {"level": "error"}
    assert own["shortDescription"]["text"] == "A rule of the desk"
    assert "Readers." in own["help"]["text"]
    assert "<https://desk.example/book>" in own["help"]["markdown"]


def test_a_rule_that_an_override_turns_on_is_explained(repo: Repository) -> None:
    repo.desk(
        USE,
        config="rules: {plain-use: off}\noverrides: [{files: [b.md], rules: {plain-use: info}}]\n",
    )
    repo.write("b.md", "They utilize it.\n")
    ran = repo.run("check", "b.md", "--format", "sarif")
    (rule,) = json.loads(ran.out)["runs"][0]["tool"]["driver"]["rules"]
    assert rule["fullDescription"]["text"] == "Readers."


def test_an_extended_shipped_rule_keeps_its_page(repo: Repository) -> None:
    repo.config("extends: [newsroom, ./desk]\n")
    repo.write(
        "desk/doubled-word.yml", "id: doubled-word\nextends: doubled-word\nseverity: error\n"
    )
    repo.write("a.md", "# Talks\n\nThey they met.\n")
    ran = repo.run("check", "a.md", "--format", "rdjson", "--select", "doubled-word")
    (diagnostic,) = json.loads(ran.out)["diagnostics"]
    assert diagnostic["code"]["url"].endswith("/docs/rules/doubled-word.md")


def test_an_address_that_is_none_is_left_out(repo: Repository) -> None:
    repo.desk(USE + 'source: {title: "On <b>paper", url: "page 3"}\n')
    repo.write("a.md", "They utilize it.\n")
    for format in ("sarif", "rdjson"):
        ran = repo.run("check", "a.md", "--format", format)
        assert READERS[format](ran.out)
        assert "page 3" not in ran.out


def test_sarif_fixes_and_related_places(desk: Repository) -> None:
    desk.write("a.md", "The adviser will utilize it.\n\nThe advisor left.\n")
    results = json.loads(desk.run("check", "a.md", "--format", "sarif").out)["runs"][0]["results"]
    use, spelling = results
    (change,) = use["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "a.md", "uriBaseId": "%SRCROOT%"}
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 18, "endLine": 1, "endColumn": 25},
            "insertedContent": {"text": "use"},
        }
    ]
    (related,) = spelling["relatedLocations"]
    assert related["physicalLocation"]["region"]["startColumn"] == 5
    assert related["message"]["text"]


def many(rule: str, severity: str, count: int, path: str = "a.md") -> Result:
    findings = tuple(
        Finding(
            rule, severity, f"no {n}", path, Span(0, 0), "", Fix("Mend it."), fingerprint=str(n)
        )
        for n in range(count)
    )
    return Result(path, True, findings)


def test_the_largest_sarif_log_says_what_it_leaves_out() -> None:
    tally, look = Tally(), Look()
    made = [many("a-rule", "warning", 24_999), many("b-rule", "info", 3), many("c-rule", "info", 5)]
    text = "".join(FORMATS["sarif"](tally.count(iter(made)), tally, look))
    (run,) = json.loads(text)["runs"]
    assert len(run["results"]) == 25_000
    assert tally.severities["info"] == 8
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["level"] == "warning"
    assert note["message"]["text"].startswith("7 more findings are left out")
    assert run["invocations"][0]["executionSuccessful"]


def test_notices_stand_in_a_sarif_log(desk: Repository) -> None:
    desk.write("latin.md", "# Talks\n\nThey met in the café, “they” said.\n".encode("cp1252"))
    (run,) = json.loads(desk.run("check", "latin.md", "--format", "sarif").out)["runs"]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["level"] == "note"
    assert "1252" in note["message"]["text"]


@pytest.mark.parametrize(
    ("counts", "shown", "more"),
    [
        ((0, 0, 0, 0), (0, 0, 0), 0),
        ((0, 10, 10, 10), (10, 10, 10), 0),
        ((0, 11, 0, 0), (10, 0, 1), 1),
        ((0, 0, 0, 11), (0, 0, 10), 2),
        ((3, 10, 4, 10), (10, 4, 10), 4),
        ((12, 5, 0, 0), (10, 0, 1), 7),
    ],
)
def test_github_takes_ten_of_a_level(
    counts: tuple[int, int, int, int], shown: tuple[int, int, int], more: int
) -> None:
    tally = Tally(Error(f"{n}.md", "unreadable", "gone") for n in range(counts[0]))
    levels = zip(("error", "warning", "info"), counts[1:], strict=True)
    made = [many("a-rule", severity, count, f"{severity}.md") for severity, count in levels]
    found = commands("".join(FORMATS["github"](tally.count(iter(made)), tally, Look())))
    names = [command.name for command in found]
    assert names == sorted(names, key=["error", "warning", "notice"].index)
    assert tuple(names.count(name) for name in ("error", "warning", "notice")) == shown
    titles = [command.properties.get("title") for command in found[: min(counts[0], 10)]]
    assert titles == ["not checked: unreadable"] * min(counts[0], 10)
    if more:
        assert found[-1].data.startswith(f"{more} more finding")


def test_github_gets_columns_on_one_line_only(desk: Repository) -> None:
    desk.desk("id: in-order\noptions: {check: prefer, terms: {in order to: to}}\n")
    desk.write("a.md", "They met in\norder to vote in order to go.\n")
    first, second = commands(desk.run("check", "a.md", "--format", "github").out)
    assert first.properties.keys() == {"file", "line", "endLine", "title"}
    assert (first.properties["line"], first.properties["endLine"]) == ("1", "2")
    assert (second.properties["col"], second.properties["endColumn"]) == ("15", "26")


def test_gitlab_fingerprints_survive_moved_lines(desk: Repository) -> None:
    def prints(copy: str) -> list[str]:
        desk.write("a.md", copy)
        out = desk.run("check", "a.md", "--format", "gitlab").out
        return [entry["fingerprint"] for entry in json.loads(out)]

    first = prints("They utilize it. They utilize it.\n")
    assert len(set(first)) == 2
    assert prints("# New\n\nAll is well.\n\nThey utilize it. They utilize it.\n") == first


def test_gitlab_tells_equal_fingerprints_apart() -> None:
    twice = Result("a.md", True, (*many("a", "info", 1).findings, *many("a", "info", 1).findings))
    tally = Tally()
    text = "".join(FORMATS["gitlab"](tally.count(iter([twice])), tally, Look()))
    assert len(READERS["gitlab"](text)) == 2


def test_junit_has_a_test_for_a_clean_article(desk: Repository) -> None:
    desk.write("a.md", "They utilize it, they utilize it.\n")
    desk.write("b.md", "All is well.\n")
    out = desk.run("check", ".", "--format", "junit").out
    READERS["junit"](out)
    assert '<testcase name="no findings" classname="b.md"/>' in out
    assert 'name="plain-use 2"' in out
    assert "a.md:1:6: warning: “utilize” is not how we say it. Say it plainly." in out


def test_checkstyle_lists_clean_articles(desk: Repository) -> None:
    desk.write("b.md", "All is well.\n")
    assert '<file name="b.md">' in desk.run("check", "b.md", "--format", "checkstyle").out


def test_jsonl_is_json_line_by_line(desk: Repository) -> None:
    desk.write("a.md", "The adviser will utilize it.\n\nThe advisor left.\n")
    document = desk.check("a.md", "gone.md").document
    lines = desk.run("check", "a.md", "gone.md", "--format", "jsonl").out.splitlines()
    *findings, error, summary = map(json.loads, lines)
    path = {"type": "finding", "path": "a.md"}
    assert findings == [{**path, **f} for f in document["articles"][0]["findings"]]
    assert error == {"type": "error", **document["errors"][0]}
    head = {"type": "summary", "version": 1, "newslint": document["newslint"]}
    assert summary == {**head, **document["summary"]}


def test_reports_are_written_as_the_run_goes_on() -> None:
    """Formats that can be written finding by finding do not wait for the last article."""

    def endless() -> Iterator[Result]:
        while True:
            yield many("a-rule", "error", 1)

    for format in ("sarif", "gitlab", "junit", "checkstyle", "rdjson", "jsonl"):
        chunks = FORMATS[format](endless(), Tally(), Look())
        assert any("a-rule" in next(chunks) for _ in range(5)), format
