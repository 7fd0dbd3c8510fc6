"""What newslint says about the articles in `examples/`, word by word.

`pytest tests/test_golden_examples.py --update-golden` writes the expected reports again.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from conftest import ROOT, Ran, spawn

EXAMPLES = ROOT / "examples"


def newslint(*arguments: str) -> Ran:
    return spawn(*arguments, cwd=EXAMPLES, NO_COLOR="1")


@cache
def report() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(newslint("check", "--format", "json").out)
    return document


def findings(path: str = "") -> list[dict[str, Any]]:
    return [
        finding
        for article in report()["articles"]
        if article["path"].endswith(path)
        for finding in article["findings"]
    ]


@pytest.mark.parametrize(("format", "name"), [("text", "expected.txt"), ("json", "expected.json")])
def test_the_report_is_the_expected_one(
    format: str, name: str, request: pytest.FixtureRequest
) -> None:
    ran = newslint("check", "--format", format)
    assert ran.code == 1, ran.err
    report = ran.out
    golden = EXAMPLES / name
    if request.config.getoption("--update-golden"):
        golden.write_text(report, encoding="utf-8", newline="\n")
    assert report == golden.read_text(encoding="utf-8"), (
        "if this is what newslint should say, write it with --update-golden"
    )


def test_the_demo_passes_and_the_gate_does_not() -> None:
    demo = newslint("check", "--exit-zero")
    assert (demo.code, demo.err) == (0, "")
    assert newslint("check").code == 1
    assert report()["errors"] == []


def test_every_rule_of_newsroom_is_at_work() -> None:
    rules = {path.stem for path in (ROOT / "rules" / "newsroom").glob("*.yml")}
    silent = rules - {finding["rule"] for finding in findings()}
    assert not silent, f"no article in examples/content shows {', '.join(sorted(silent))}"


def test_the_own_rules_are_at_work() -> None:
    own = {path.stem for path in (EXAMPLES / "desk-rules").glob("*.yml")}
    assert own <= {finding["rule"] for finding in findings()}
    night = [f for f in findings() if f["rule"] == "relative-date" and "night" in f["text"]]
    assert [finding["severity"] for finding in night] == ["warning"]
    run = newslint("test-rules", "desk-rules")
    assert run.code == 0, run.out


def test_all_three_formats_have_findings_and_clean_articles() -> None:
    for suffix in (".md", ".html", ".txt"):
        articles = [a for a in report()["articles"] if a["path"].endswith(suffix)]
        assert {bool(article["findings"]) for article in articles} == {True, False}


def test_overrides_and_suppressions_hold() -> None:
    column = "opinion/leave-the-pier-alone.md"
    assert findings(column) == []
    isolated = newslint("check", "--isolated", "--format", "json", f"content/{column}")
    found = {finding["rule"] for finding in isolated.findings}
    assert found == {"editorializing", "exclamation"}
    assert report()["summary"]["suppressed"] >= 4


def test_every_finding_quotes_its_place() -> None:
    for article in report()["articles"]:
        source = (EXAMPLES / article["path"]).read_bytes().decode()
        for finding in article["findings"]:
            start, end = finding["start"]["offset"], finding["end"]["offset"]
            assert source[start:end] == finding["text"]


def test_workers_change_nothing() -> None:
    alone, together = (newslint("check", "--jobs", jobs).out for jobs in ("1", "2"))
    assert alone == together
