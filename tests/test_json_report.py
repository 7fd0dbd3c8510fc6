"""Format `json`: the contract with scripts, key by key."""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import Repository

from newslint import __version__

DOCUMENT = {"version": int, "newslint": str, "articles": list, "errors": list, "summary": dict}
ARTICLE = {"path": str, "findings": list}
FINDING = {
    "rule": str,
    "severity": str,
    "message": str,
    "text": str,
    "start": dict,
    "end": dict,
    "fix": dict,
    "related": list,
    "fingerprint": str,
}
PLACE = {"line": int, "column": int, "offset": int}
FIX = {"advice": str, "safe": bool, "edits": list}
EDIT = {"start": int, "end": int, "text": str}
RELATED = {"path": str, "text": str, "start": dict, "end": dict, "message": str}
ERROR = {"path": str, "line": int | None, "code": str, "message": str}
SUMMARY = dict.fromkeys(
    ("articles", "failed", "error", "warning", "info", "fixable", "suppressed", "baselined"), int
)
CODES = {"unreadable", "not-text", "config", "rule", "no-articles", "engine", "crash"}

USE = "id: plain-use\noptions: {check: prefer, terms: {utilize: use}, safe: true}\n"
SPELL = """
id: one-spelling
kind: consistency
severity: error
message: "“{form}” here, “{other}” before"
options: {check: forms, forms: {adviser: [advisers?], advisor: [advisors?]}}
"""
BYLINE = """
id: signed
kind: metadata
severity: info
message: "No {field}"
options: {check: required, fields: [author]}
"""
COPY = "# Talks\n\nAn adviser will utilize it.\n\nThe advisor met the adviser.\n"


@pytest.fixture
def desk(repo: Repository) -> Repository:
    repo.desk(USE, SPELL, BYLINE)
    return repo


def shaped(value: dict[str, Any], keys: dict[str, Any]) -> dict[str, Any]:
    """The mapping, which has exactly these keys in this order with values of these types."""
    assert list(value) == list(keys)
    for key, type_ in keys.items():
        assert isinstance(value[key], type_), key
        assert type_ is not int or not isinstance(value[key], bool), key
    return value


def assert_contract(document: dict[str, Any], sources: dict[str, str]) -> None:
    """Everything in the document is as the design says, and its numbers agree with each other."""
    shaped(document, DOCUMENT)
    assert (document["version"], document["newslint"]) == (1, __version__)
    paths = [article["path"] for article in document["articles"]]
    assert paths == sorted(paths)
    assert len(set(paths)) == len(paths)
    findings = []
    for article in document["articles"]:
        shaped(article, ARTICLE)
        source = sources[article["path"]]
        for finding in article["findings"]:
            assert_finding(finding, source, sources)
            findings.append(finding)
        starts = [f["start"]["offset"] for f in article["findings"]]
        assert starts == sorted(starts)
        prints = [f["fingerprint"] for f in article["findings"]]
        assert len(set(prints)) == len(prints), "each finding of an article has its own"
    for error in document["errors"]:
        assert shaped(error, ERROR)["code"] in CODES
    summary = shaped(document["summary"], SUMMARY)
    assert summary["articles"] == len(paths)
    for severity in ("error", "warning", "info"):
        assert summary[severity] == sum(f["severity"] == severity for f in findings)
    assert summary["fixable"] == sum(bool(f["fix"]["edits"]) for f in findings)


def assert_finding(finding: dict[str, Any], source: str, sources: dict[str, str]) -> None:
    shaped(finding, FINDING)
    assert finding["severity"] in ("error", "warning", "info")
    assert finding["fingerprint"]
    assert finding["message"]
    assert_place(finding, source)
    fix = shaped(finding["fix"], FIX)
    assert fix["advice"]
    assert not (fix["safe"] and not fix["edits"])
    for edit in fix["edits"]:
        shaped(edit, EDIT)
        assert 0 <= edit["start"] <= edit["end"] <= len(source)
    assert len(finding["related"]) <= 5
    for related in finding["related"]:
        assert_place(shaped(related, RELATED), sources[related["path"]])


def assert_place(value: dict[str, Any], source: str) -> None:
    """Offsets, lines and columns say the same, and the text is what stands there."""
    start, end = shaped(value["start"], PLACE), shaped(value["end"], PLACE)
    assert value["text"] == source[start["offset"] : end["offset"]]
    for place in (start, end):
        before = source[: place["offset"]].replace("\r\n", "\0\n").replace("\r", "\n")
        assert place["line"] == before.count("\n") + 1
        assert place["column"] == len(before) - (before.rfind("\n") + 1) + 1


def test_the_whole_contract(desk: Repository) -> None:
    sources = {
        "a.md": COPY,
        "b/b.txt": "All is well with the harbour.\n",
        "c.md": "# X\n\nThey utilize it.\n",
    }
    for path, text in sources.items():
        desk.write(path, text)
    desk.write("bad.md", b"%PDF-1.7\0")
    ran = desk.check("c.md", "b", "a.md", "gone.md", "bad.md")
    assert ran.code == 2
    document = ran.document
    assert_contract(document, sources)
    assert [article["path"] for article in document["articles"]] == ["a.md", "b/b.txt", "c.md"]
    assert document["summary"] == {
        "articles": 3,
        "failed": 2,
        "error": 1,
        "warning": 2,
        "info": 3,
        "fixable": 2,
        "suppressed": 0,
        "baselined": 0,
    }
    assert {(e["path"], e["code"], e["line"]) for e in document["errors"]} == {
        ("gone.md", "unreadable", None),
        ("bad.md", "not-text", None),
    }


def test_one_finding_in_full(desk: Repository) -> None:
    (finding,) = [f for f in desk.copy(COPY).findings if f["rule"] == "one-spelling"]
    finding.pop("fingerprint")
    assert finding == {
        "rule": "one-spelling",
        "severity": "error",
        "message": "“advisor” here, “adviser” before",
        "text": "advisor",
        "start": {"line": 5, "column": 5, "offset": 42},
        "end": {"line": 5, "column": 12, "offset": 49},
        "fix": {"advice": "Say it plainly.", "safe": False, "edits": []},
        "related": [
            {
                "path": "a.md",
                "text": "adviser",
                "start": {"line": 3, "column": 4, "offset": 12},
                "end": {"line": 3, "column": 11, "offset": 19},
                "message": "“adviser”, 2 in all",
            }
        ],
    }


def test_a_fix_with_edits(desk: Repository) -> None:
    (finding,) = [f for f in desk.copy(COPY).findings if f["rule"] == "plain-use"]
    assert finding["fix"] == {
        "advice": "Say it plainly.",
        "safe": True,
        "edits": [{"start": 25, "end": 32, "text": "use"}],
    }


def test_a_finding_on_the_whole_article_stands_on_the_headline(desk: Repository) -> None:
    def place(copy: str) -> tuple[str, int, int]:
        (finding,) = [f for f in desk.copy(copy).findings if f["rule"] == "signed"]
        return finding["text"], finding["start"]["line"], finding["start"]["column"]

    assert place(COPY) == ("Talks", 1, 3)
    assert place("\nThe council met.\n") == ("The council met.", 2, 1)
    assert place("---\ntitle: Talks\n---\nThe council met.\n") == ("Talks", 2, 8)


@pytest.mark.parametrize(
    ("before", "line", "column"),
    [
        ("Ça va, naïve 日本 😀 café: they ", 1, 30),
        ("e\u0301e\u0301 they ", 1, 11),
        ("First.\n\nThen they ", 3, 11),
        ("First.\r\n\r\nThen they ", 3, 11),
        ("First\r\nline they ", 2, 11),
        ("First.\r\rThen they ", 3, 11),
        ("A line\u2028is no line: they ", 1, 25),
        ("&amp; they ", 1, 12),
        ("A [link](https://a.example/%20) they ", 1, 38),
    ],
)
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_places_count_code_points(
    desk: Repository, before: str, line: int, column: int, bom: bytes
) -> None:
    """Columns and offsets count code points after a byte order mark; CR LF is two of them."""
    source = f"{before}utilize it.\n"
    desk.write("a.md", bom + source.encode())
    ran = desk.check("a.md", "--select", "plain-use")
    assert_contract(ran.document, {"a.md": source})
    (finding,) = ran.findings
    assert finding["text"] == "utilize"
    assert finding["start"] == {"line": line, "column": column, "offset": len(before)}
    assert finding["end"] == {"line": line, "column": column + 7, "offset": len(before) + 7}
    assert finding["fix"]["edits"] == [
        {"start": len(before), "end": len(before) + 7, "text": "use"}
    ]


def test_utf_16_counts_code_points_too(desk: Repository) -> None:
    source = "😀 They utilize it.\n"
    desk.write("a.md", source.encode("utf-16"))
    ran = desk.check("a.md", "--select", "plain-use")
    assert_contract(ran.document, {"a.md": source})
    assert ran.findings[0]["start"]["offset"] == 7


def test_a_finding_over_a_line_break_keeps_it_in_its_text(desk: Repository) -> None:
    desk.desk("id: in-order\noptions: {check: prefer, terms: {in order to: to}}\n")
    source = "They met in\r\n  order to vote.\n"
    ran = desk.copy(source)
    assert_contract(ran.document, {"a.md": source})
    assert ran.found == [("in-order", "in\r\n  order to")]
    assert ran.findings[0]["end"] == {"line": 2, "column": 11, "offset": 23}
    assert "\n" not in ran.findings[0]["message"]


def test_more_than_five_related_places_are_announced(repo: Repository) -> None:
    repo.desk(
        "id: often\nkind: occurrence\nmessage: x\n"
        "options: {check: at-most, patterns: [very], max: 7}\n"
    )
    (finding,) = repo.copy("It is " + "very " * 9 + "late.\n").findings
    assert len(finding["related"]) == 5
    assert "2 more" in finding["message"]


def test_article_paths_are_as_given(desk: Repository) -> None:
    desk.write("b/a.md", COPY)
    paths = [
        desk.check(given).document["articles"][0]["path"]
        for given in ("b", "b/", "b/a.md", "./b/a.md", ".")
    ]
    assert paths == ["b/a.md", "b/a.md", "b/a.md", "./b/a.md", "b/a.md"]


@pytest.mark.parametrize(
    ("args", "config"),
    [
        (["a.md", "--select", "nonsense"], ""),
        (["a.md", "--config", "gone.yml"], ""),
        (["a.md"], "rules: [\n"),
        (["a.md"], "florble: 1\n"),
        (["a.md"], "extends: [nonsense]\n"),
        (["gone.md"], ""),
        (["-", "a.md"], ""),
        ([".git"], ""),
    ],
)
def test_there_is_a_document_on_exit_2(desk: Repository, args: list[str], config: str) -> None:
    desk.write("a.md", COPY)
    if config:
        desk.config(config)
    ran = desk.check(*args)
    assert ran.code == 2
    assert_contract(ran.document, {"a.md": COPY})
    assert ran.document["errors"]
    assert ran.document["articles"] == []
    assert ran.err == ""


def test_a_config_mistake_carries_its_line(desk: Repository) -> None:
    desk.desk(config="rules:\n  nonsense: off\n")
    (error,) = desk.copy(COPY).document["errors"]
    assert (error["path"], error["line"], error["code"]) == ("newslint.yml", 3, "config")


def test_a_rule_mistake_carries_its_file_and_line(desk: Repository) -> None:
    desk.rule("id: bad\nseverity: fatal\n")
    (error,) = desk.copy(COPY).document["errors"]
    assert (error["path"], error["line"], error["code"]) == ("desk/bad.yml", 2, "rule")


def test_notices_go_to_stderr(desk: Repository) -> None:
    desk.write("latin.md", "# Talks\n\nThey met in the café, “they” said.\n".encode("cp1252"))
    ran = desk.check("latin.md")
    assert ran.code == 0
    assert "latin.md: " in ran.err
    assert "1252" in ran.err
    assert "1252" not in ran.out


# Same bytes in, same bytes out


@pytest.fixture
def many(desk: Repository) -> Repository:
    for number in range(70):
        lines = [
            f"Paragraph {n} has an advis{'eo'[n % 2]}r who will utilize it."
            for n in range(number % 7)
        ]
        desk.write(f"content/{number:02}.md", f"# Story {number}\n\n" + "\n\n".join(lines) + "\n")
    desk.write("content/bad.md", b"\0\1\2\3\4" * 99)
    return desk


def test_workers_and_the_order_of_paths_change_nothing(many: Repository) -> None:
    alone = many.check("content", "--jobs", "1")
    assert alone.code == 2
    assert len(alone.document["articles"]) == 70
    assert len(alone.findings) > 150
    for jobs in ("2", "4"):
        assert many.check("content", "--jobs", jobs) == alone
    names = [f"content/{number:02}.md" for number in range(70)] + ["content/bad.md"]
    shuffled = [names[number * 31 % 71] for number in range(71)]
    assert many.check(*shuffled, *names[:5]) == alone
    assert many.check("content", "content/03.md", "--jobs", "3") == alone


def test_text_reports_are_the_same_as_well(many: Repository) -> None:
    for format in ("text", "concise"):
        one = many.run("check", "content", "--format", format, "--jobs", "1")
        assert many.run("check", "content", "--format", format, "--jobs", "2") == one


def test_workers_use_the_same_config(many: Repository) -> None:
    """A worker settles the config anew: from the same folder, with the same flags."""
    many.config("extends: [../desk]\n")
    many.write("content/newslint.yml", "extends: [../desk]\nrules: {one-spelling: off}\n")
    many.write("content/desk/empty.txt", "")
    one = many.check(".", "--ignore", "signed", "--jobs", "1", folder="content")
    two = many.check(".", "--ignore", "signed", "--jobs", "2", folder="content")
    assert one == two
    assert {rule for rule, _ in one.found} == {"plain-use"}


def test_a_worker_that_dies_costs_its_file_only(
    many: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    from newslint import readers

    read = readers.read

    def die(path: str, data: bytes) -> readers.Read:
        if path == "content/42.md":
            os._exit(9)
        return read(path, data)

    monkeypatch.setattr(readers, "read", die)
    ran = many.check("content", "--jobs", "2")
    assert ran.code == 2
    assert [(e["path"], e["code"]) for e in ran.document["errors"]] == [
        ("content/42.md", "crash"),
        ("content/bad.md", "not-text"),
    ]
    assert len(ran.document["articles"]) == 69


# Fingerprints


def prints(repo: Repository, copy: str) -> dict[str, str]:
    return {f["fingerprint"]: f["text"] for f in repo.copy(copy, "--select", "plain-use").findings}


def test_fingerprints_survive_what_does_not_touch_them(desk: Repository) -> None:
    first = prints(desk, "# Talks\n\nThe council will utilize the hall next year.\n")
    assert len(first) == 1
    moved = (
        "# A new headline\n\nA new paragraph.\n\nThe council will\nutilize the  hall next year.\n"
    )
    assert prints(desk, moved) == first
    assert (
        prints(desk, "# Talks\n\nThe council will utilize the old hall next year.\n").keys()
        != first.keys()
    )


def test_fingerprints_of_repeated_sentences_differ(desk: Repository) -> None:
    assert (
        len(
            prints(
                desk, "They utilize it.\n\nThey utilize it.\n\nThey utilize it and utilize it.\n"
            )
        )
        == 4
    )


def test_the_document_is_utf_8_json(desk: Repository) -> None:
    ran = desk.copy("Ça: they utilize “it” 😀.\n")
    assert json.loads(ran.out.encode()) == ran.document
    assert "\\u" not in ran.out
