"""`newslint trial`: what a rule hits in an archive, how often and where, and what an edit changes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran, Repository
from gitrepo import git

pytest.importorskip("duckdb", reason="comes with the extra audit")

RULE = """
id: plain-use
kind: terms
title: Say use
severity: warning
message: “{match}” is not how we say it
fix: Say use.
why: Readers.
source: {title: Desk book, url: "https://desk.example/book"}
options: {check: avoid, terms: [utilize]}
quotations: true
examples:
  bad: ["They [[utilize]] it."]
  good: ["They use it.", "It is utilitarian.", "Use is what counts."]
"""


def article(year: int, section: str, copy: str) -> str:
    return f"---\ntitle: Talks\ndate: {year}-03-02\nsection: {section}\n---\n{copy}\n"


@pytest.fixture
def archive(repo: Repository) -> Repository:
    """Two years, two sections, a hit in a quotation, an article without one."""
    repo.write("plain-use.yml", RULE.lstrip())
    repo.write(
        "news/a.md", article(2024, "world", "They utilize the pier. They utilize the ferry.")
    )
    repo.write("news/b.md", article(2025, "world", "“We utilize the pier,” Ilva Kowalenz said."))
    repo.write(
        "news/c.md", article(2025, "sport", "The team did utilise the break and utilize it.")
    )
    repo.write("news/d.md", article(2025, "sport", "Nothing happened in Pellmouth."))
    return repo


def tried(repo: Repository, *args: str) -> dict[str, Any]:
    ran = repo.run("trial", *args, "news", "--format", "json", "--jobs", "1")
    assert ran.code == 0, (ran.out, ran.err)
    return ran.document


def texts(sample: dict[str, Any]) -> list[str]:
    return [hit["text"] for hit in sample["hits"]]


def test_hits_are_counted_by_words_years_sections_and_wording(archive: Repository) -> None:
    found = tried(archive, "plain-use.yml")
    assert (found["articles"], found["hits"], found["articles_hit"]) == (4, 4, 3)
    assert found["quoted"] == 1
    assert found["rate"] == pytest.approx(1000 * 4 / found["words"], abs=1e-6)
    assert found["narration_rate"] == pytest.approx(1000 * 3 / found["narration"], abs=1e-6)
    assert found["narration"] == found["words"] - 4  # “We utilize the pier,”
    years = {part["name"]: (part["articles"], part["hits"]) for part in found["years"]["shown"]}
    assert years == {"2025": (3, 2), "2024": (1, 2)}
    sections = {part["name"]: part["hits"] for part in found["sections"]["shown"]}
    assert sections == {"world": 3, "sport": 1}
    assert found["wordings"]["shown"] == [{"text": "utilize", "hits": 4, "articles": 3}]
    assert len(found["samples"]["hits"]) == found["samples"]["total"] == 4


def test_words_are_those_of_narration_and_quotation(archive: Repository) -> None:
    found = tried(archive, "plain-use.yml")
    copy = [len(text.split()) for text in ("They utilize the pier. They utilize the ferry.",
            "“We utilize the pier,” Ilva Kowalenz said.", "Nothing happened in Pellmouth.",
            "The team did utilise the break and utilize it.")]  # fmt: skip
    assert found["words"] == sum(copy) + 4  # and the headlines


def test_a_few_samples_are_of_many_years_and_sections(archive: Repository) -> None:
    for number in range(30):
        archive.write(f"news/more{number}.md", article(2024, "world", "They utilize the pier."))
    found = tried(archive, "plain-use.yml", "--samples", "3")
    assert found["samples"]["total"] == 34
    assert {(hit["published"][:4], hit["section"]) for hit in found["samples"]["hits"]} == {
        ("2024", "world"), ("2025", "world"), ("2025", "sport"),
    }  # fmt: skip
    assert found == tried(archive, "plain-use.yml", "--samples", "3")
    shown = archive.run("trial", "plain-use.yml", "news", "--samples", "3", "--jobs", "1").out
    assert "Samples: 3 of 34, --samples N shows more" in shown


def test_a_seed_draws_others(archive: Repository) -> None:
    for number in range(30):
        archive.write(f"news/more{number}.md", article(2024, "world", "They utilize the pier."))
    drawn = {
        str(tried(archive, "plain-use.yml", "--samples", "2", "--seed", seed)["samples"])
        for seed in ("0", "1", "2", "3")
    }
    assert len(drawn) > 1


def test_the_report_for_people(archive: Repository) -> None:
    ran = archive.run("trial", "plain-use.yml", "news", "--jobs", "1")
    assert ran.code == 0
    first, counts, quoted, *_ = ran.out.splitlines()
    assert first == "plain-use warning: Say use"
    assert counts.startswith("4 hits in 3 of 4 articles: ")
    assert quoted == "  in quotations: 1 (25%)"
    assert "2025 · world\n  news/b.md:6:5 (quoted)\n    “We [utilize] the pier,” Ilva" in ran.out


def test_markdown_calls_nobody_and_runs_nothing(archive: Repository) -> None:
    hostile = "@desk said <img src=x> utilize ![i](http://x.example/i.png) | #1 ::error::x"
    archive.write("news/e.md", article(2023, "<b>|", hostile))
    out = archive.run("trial", "plain-use.yml", "news", "--format", "markdown", "--jobs", "1").out
    assert out.startswith("## plain-use\n\nSay use\n\n**5 hits in 4 of 5 articles: ")
    assert "@desk" not in out
    assert "<img" not in out
    assert "&lt;b&gt;\\|" in out
    text = archive.run("trial", "plain-use.yml", "news", "--jobs", "1").out
    assert not [line for line in text.splitlines() if line.startswith("::")]


def test_a_config_has_a_say_but_not_on_whether_the_rule_runs(archive: Repository) -> None:
    archive.config(
        "rules: {plain-use: off}\n"
        "overrides:\n  - {meta: {section: sport}, rules: {plain-use: off}}\n"
        "ignores:\n  - {path: news/b.md, rule: plain-use, reason: his word}\n"
    )
    archive.write("desk/plain-use.yml", RULE.lstrip())
    archive.config((archive.root / "newslint.yml").read_text() + "extends: [newsroom, ./desk]\n")
    found = tried(archive, "desk/plain-use.yml")
    assert {hit["locator"] for hit in found["samples"]["hits"]} == {"news/a.md"}
    assert found["suppressed"] == 1


def test_against_a_file_under_another_name(archive: Repository) -> None:
    archive.write("old.yml", RULE.lstrip().replace("[utilize]", "[utilise, the pier]"))
    against = tried(archive, "plain-use.yml", "--against", "old.yml")["against"]
    assert texts(against["gained"]) == ["utilize"] * 4
    assert sorted(texts(against["lost"])) == ["the pier", "the pier", "utilise"]
    assert (against["hits"], against["same"], against["changed"]["total"]) == (3, 0, 0)


def test_against_a_version_with_another_message_or_a_longer_hit(archive: Repository) -> None:
    archive.write(
        "old.yml",
        RULE.lstrip().replace("is not how", "was never how").replace("[utilize]", "[utilize the]"),
    )
    against = tried(archive, "plain-use.yml", "--against", "old.yml")["against"]
    assert against["changed"]["total"] == 3
    assert texts(against["gained"]) == ["utilize"]  # “utilize it”
    assert against["lost"]["total"] == 0
    hit = against["changed"]["hits"][0]
    assert hit["message"] == "“utilize” is not how we say it"
    assert hit["was"] == "“utilize the” was never how we say it"


def test_against_a_commit(archive: Repository) -> None:
    import shutil

    shutil.rmtree(archive.root / ".git")
    git(archive.root, "init", "-q", "-b", "main")
    archive.write("desk/lexicons/dates.yml", "id: dates\nextends: dates\nsections: {}\n")
    archive.write(
        "desk/plain-use.yml", RULE.lstrip().replace("terms: [utilize]", "terms: [utilise]")
    )
    git(archive.root, "add", ".")
    git(archive.root, "commit", "-q", "-m", "as it was")
    archive.write(
        "desk/plain-use.yml", RULE.lstrip().replace("terms: [utilize]", "terms: [utilize, utilise]")
    )
    archive.config("extends: [./desk]\n")
    against = tried(archive, "desk/plain-use.yml", "--against", "HEAD")["against"]
    assert against["name"] == "HEAD:desk/plain-use.yml"
    assert (against["same"], against["gained"]["total"], against["lost"]["total"]) == (1, 4, 0)


def test_against_the_rule_in_force(archive: Repository) -> None:
    archive.write("news/e.md", article(2024, "world", "The the rain fell. It was was late."))
    archive.write(
        "doubled-word.yml", "id: doubled-word\nextends: doubled-word\nscope: [headline]\n"
    )
    against = tried(archive, "doubled-word.yml", "--against", "doubled-word")["against"]
    assert against["name"] == "doubled-word, which is in force"
    assert against["lost"]["total"] == 2


def test_a_rule_that_compares_articles(archive: Repository) -> None:
    archive.write(
        "ran-twice.yml",
        "id: ran-twice\nextends: duplicate-headline\nmessage: it ran twice\naliases: []\n",
    )
    for name, headline in (("x", "Harbour wall falls again"), ("y", "Harbour wall falls again")):
        archive.write(f"news/{name}.md", f"---\ntitle: {headline}\n---\nThe wall fell.\n")
    found = tried(archive, "ran-twice.yml")
    assert found["across"] >= 2
    assert {"news/x.md", "news/y.md"} <= {hit["locator"] for hit in found["samples"]["hits"]}


def test_lexicons_beside_the_rule_count(archive: Repository) -> None:
    archive.write("draft/plain-use.yml", RULE.lstrip())
    lexicon = "id: dates\nextends: dates\nsections: {no-such+: [Monday]}\n"
    archive.write("draft/lexicons/dates.yml", lexicon)
    ran = archive.run("trial", "draft/plain-use.yml", "news")
    assert ran.code == 2
    assert 'lexicons/dates.yml:3:12: unknown section of lexicon "dates" "no-such"' in ran.err


def test_rows_are_tried_too(archive: Repository) -> None:
    rows = [{"headline": "We utilize", "body": "They utilize it.", "published": "2020-01-02"}]
    archive.write("dump.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    ran = archive.run("trial", "plain-use.yml", "dump.jsonl", "--format", "json", "--jobs", "1")
    assert ran.code == 0, ran.err
    assert [(hit["locator"], hit["field"]) for hit in ran.document["samples"]["hits"]] == [
        ("dump.jsonl:1", "body"), ("dump.jsonl:1", "headline"),
    ]  # fmt: skip


def test_an_example_that_does_not_hold_is_told_and_the_trial_goes_on(archive: Repository) -> None:
    archive.write("plain-use.yml", RULE.lstrip().replace("They use it.", "They utilize it."))
    ran = archive.run("trial", "plain-use.yml", "news", "--jobs", "1")
    assert ran.code == 1
    assert "an example does not hold: plain-use.yml:13:10: found, but not marked" in ran.err
    assert "4 hits" in ran.out


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("id: plain-use\nkind: termz\n", "plain-use.yml:"),
        ("id: [", "plain-use.yml:2:1: not valid YAML"),
        ("id: other\nkind: terms\n", "plain-use.yml:1:1: the id is"),
        ("id: plain-use\nextends: nobody\n", 'plain-use.yml:2:1: unknown rule "nobody"'),
        (RULE.lstrip().replace("avoid", "avoided"), "plain-use.yml:9:11: unknown check"),
    ],
)
def test_a_broken_rule_is_told_with_its_line(archive: Repository, rule: str, told: str) -> None:
    archive.write("plain-use.yml", rule)
    ran = archive.run("trial", "plain-use.yml", "news")
    assert ran.code == 2
    assert ran.err.startswith(f"newslint: error: {told}"), ran.err
    assert ran.out == ""
    ran = archive.run("trial", "plain-use.yml", "news", "--format", "json")
    (error,) = ran.document["errors"]
    assert (ran.code, error["path"]) == (2, "plain-use.yml")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("nowhere.yml", "news"), "nowhere.yml: there is no such rule file"),
        (("plain-use.yml", "news", "--against", "no-such"), "git"),
        (
            ("plain-use.yml", "news", "--against", "gone.yml"),
            "gone.yml: there is no such rule file",
        ),
        (("plain-use.yml", "news", "--samples", "many"), "--samples"),
    ],
)
def test_mistakes_on_the_command_line(
    archive: Repository, args: tuple[str, ...], told: str
) -> None:
    ran = archive.run("trial", *args)
    assert ran.code == 2
    assert told in ran.err


def test_what_cannot_be_read_is_told_and_costs_itself(archive: Repository) -> None:
    archive.write("news/bad.md", b"\xff\xfe\x00\x00\x01\x02\x03" * 50)
    ran = archive.run("trial", "plain-use.yml", "news", "missing.md", "--jobs", "1")
    assert ran.code == 2
    assert "news/bad.md: " in ran.err
    assert "missing.md: there is no such file or folder" in ran.err
    assert ran.out.startswith("plain-use warning: Say use\n4 hits in 3 of 4 articles")


def test_nothing_stays_behind(archive: Repository, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = sorted(archive.root.rglob("*"))
    tried(archive, "plain-use.yml")
    assert sorted(archive.root.rglob("*")) == before
    assert not list(tmp_path.glob("newslint-*"))


def test_rules_about_suppressions_are_refused(archive: Repository) -> None:
    archive.write("unused-suppression.yml", "id: unused-suppression\nextends: unused-suppression\n")
    ran: Ran = archive.run("trial", "unused-suppression.yml", "news")
    assert ran.code == 2
    assert "try it with newslint check" in ran.err
