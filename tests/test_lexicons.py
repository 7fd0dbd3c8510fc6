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


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("lexicons: {titels: {offices+: [reeve]}}", 'Did you mean "titles"?'),
        ("lexicons: {titles: {ofices+: [reeve]}}", 'Did you mean "offices"?'),
        ("lexicons: {titles: {offices-: [no such office]}}", 'no "no such office" to remove'),
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
