"""Lexicons: shipped ones are sound, a newsroom's own and the config change them, mistakes are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Repository

from newslint import yamlfile
from newslint.reference import shipped

FILES = sorted((ROOT / "rules" / "lexicons").glob("*.yml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_lexicon_says_what_it_is(path: Path) -> None:
    data: dict[str, Any] = yamlfile.read(path, path.name, "rule").data
    assert data["id"] == path.stem
    assert data["title"].strip()
    assert data["source"]["title"].strip()
    assert data["source"]["url"].startswith("https://")
    assert data["sections"]
    for name, section in data["sections"].items():
        assert section, name
        phrases = list(section)
        assert len(set(phrases)) == len(phrases), f"{name} has a phrase twice"
        assert all(phrase.strip() == phrase for phrase in phrases), name


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_lexicon_is_read(path: Path) -> None:
    lexicon = shipped().lexicons[path.stem]
    for section in lexicon.sections:
        assert lexicon.phrases(section)
    assert lexicon.phrases("no such section") == ()


def rule_option(lexicons: str) -> str:
    return f"rules: {{impossible-date: {{options: {{lexicons: {{{lexicons}}}}}}}}}"


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("lexicons: {titels: {offices+: [reeve]}}", 'Did you mean "titles"?'),
        ("lexicons: {titles: {ofices+: [reeve]}}", 'Did you mean "offices"?'),
        ("lexicons: {titles: {offices-: [no such office]}}", 'no "no such office" to remove'),
        ("lexicons: {dates: {months: May}}", "a section is a list of phrases"),
        ("lexicons: {dates: {months: [[May]]}}", '"months": expected text'),
        ("lexicons: {dates: {months: {May: {a: b}}}}", '"months": expected'),
        (rule_option("datez: {months: [May]}"), 'Did you mean "dates"?'),
        (rule_option("dates: {monts: [May]}"), 'Did you mean "months"?'),
        (rule_option("../../dates: {months: [May]}"), 'unknown lexicon "../../dates"'),
    ],
)
def test_a_mistake_in_the_config_is_told_with_its_line(
    repo: Repository, config: str, said: str
) -> None:
    repo.config(config + "\n")
    ran = repo.copy("The hall met.\n")
    assert ran.code == 2
    (error,) = ran.document["errors"]
    assert (error["path"], error["line"]) == ("newslint.yml", 1)
    assert said in error["message"]


def test_a_stylebook_brings_its_own(repo: Repository) -> None:
    repo.desk("id: plain-use\n")
    repo.write(
        "desk/lexicons/titles.yml", "id: titles\nextends: titles\nsections: {offices+: [reeve]}\n"
    )
    assert repo.copy("We met.\n").code == 0
    repo.write("desk/lexicons/titles.yml", "id: titles\nsections: {offices: [reeve]}\n")
    ran = repo.copy("We met.\n")
    assert ran.code == 2
    assert "extends: titles" in ran.document["errors"][0]["message"]


def test_a_rule_changes_words_for_itself_alone(repo: Repository) -> None:
    repo.config(
        "rules: {inconsistent-title: {options: {lexicons: {titles: {offices+: [zorkmaster]}}}}}\n"
    )
    text = "Zorkmaster Jane Roe spoke.\n\nFormer Zorkmaster Jane Roe left.\n"
    assert repo.copy(text, "--select", "inconsistent-title").found == [
        ("inconsistent-title", "Former Zorkmaster")
    ]
    repo.config("")
    assert repo.copy(text, "--select", "inconsistent-title").found == []


def test_the_config_changes_words_for_all_rules(repo: Repository) -> None:
    repo.config("lexicons: {titles: {offices+: [zorkmaster]}}\n")
    text = "Zorkmaster Jane Roe spoke.\n\nFormer Zorkmaster Jane Roe left.\n"
    assert len(repo.copy(text, "--select", "inconsistent-title").found) == 1


def test_a_mistake_in_a_rule_s_words_is_told(repo: Repository) -> None:
    repo.config("rules: {inconsistent-title: {options: {lexicons: {titles: {ofices+: [x]}}}}}\n")
    ran = repo.copy("We met.\n")
    assert ran.code == 2
    assert 'Did you mean "offices"?' in ran.document["errors"][0]["message"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id: own\nextends: titles\nsections: {offices+: [caf\xe9]}\n", "is not UTF-8"),
        (b"- offices\n", "a lexicon is a mapping"),
        (b"", "a lexicon is a mapping"),
        (b"id: own\nextends: [titles]\n", '"extends": expected text'),
        (b"id: own\nextends: titles\nsections: [reeve]\n", '"sections": expected a mapping'),
        (b"id: own\nextends: titles\nsections: {offices: reeve}\n", "a section is a list"),
        (b"id: own\nextends: titles\nsection: {}\n", 'Did you mean "sections"?'),
    ],
)
def test_a_broken_one_of_a_newsroom_is_named(repo: Repository, content: bytes, said: str) -> None:
    repo.desk()
    folder = repo.root / "desk" / "lexicons"
    folder.mkdir(parents=True)
    (folder / "own.yml").write_bytes(content)
    ran = repo.copy("The hall met.\n")
    assert ran.code == 2
    (error,) = ran.document["errors"]
    assert error["path"] == "desk/lexicons/own.yml"
    assert said in error["message"]


@pytest.mark.parametrize("target", ["/", "nowhere.yml"])
def test_a_link_out_or_to_nowhere_is_an_error(repo: Repository, target: str) -> None:
    repo.desk()
    folder = repo.root / "desk" / "lexicons"
    folder.mkdir(parents=True)
    (folder / "own.yml").symlink_to(target)
    ran = repo.copy("The hall met.\n")
    assert ran.code == 2
    assert [error["path"] for error in ran.document["errors"]] == ["desk/lexicons/own.yml"]
