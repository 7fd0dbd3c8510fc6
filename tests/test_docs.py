"""The documents are true: fresh pages, links that lead somewhere, commands and keys that exist."""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
import yaml

from newslint import config, stylebooks
from newslint.cli import COMMANDS, main
from newslint.errors import CODES
from newslint.ruleset import rules_for

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
WRITTEN = sorted(
    path
    for pattern in ("*.md", "docs/*.md", "examples/*.md", "benchmarks/*.md")
    for path in ROOT.glob(pattern)
    if path.parent != ROOT or path.stem.isupper()
)
"""The documents that people write, and the index of rules."""
PAGES = sorted((DOCS / "rules").glob("*.md"))

_FENCE = re.compile(r"^( *)(`{3,})(\w*)\n(.*?)^\1\2$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")
_FLAG = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(path: Path, language: str) -> list[str]:
    """The fenced blocks of a language, without the indentation of a list they stand in."""
    found = []
    for indent, _, name, text in _FENCE.findall(read(path)):
        if name == language:
            found.append(re.sub(f"^{indent}", "", text, flags=re.MULTILINE))
    return found


def prose(path: Path) -> str:
    return _FENCE.sub("", read(path))


def written(name: str) -> Path:
    return DOCS / name


def ids(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- generated pages


def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_on_rules_are_fresh() -> None:
    wanted = generate().pages()
    there = {path.relative_to(DOCS).as_posix() for path in [DOCS / "rules.md", *PAGES]}
    stale = [name for name, text in wanted.items() if name in there and read(DOCS / name) != text]
    missing, gone = wanted.keys() - there, there - wanted.keys()
    assert [*stale, *sorted(missing), *sorted(gone)] == [], "run `make docs`"


def test_pages_hold_no_invisible_character() -> None:
    assert [ids(path) for path in PAGES if not read(path).replace("\n", "").isprintable()] == []


def test_every_stylebook_is_described() -> None:
    assert set(generate().STYLEBOOKS) == set(stylebooks.shipped())
    for path in (ROOT / "README.md", written("configuration.md")):
        for name in stylebooks.shipped():
            assert f"`{name}`" in read(path)


def test_generating_removes_pages_of_rules_that_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = generate()
    monkeypatch.setattr(module, "DOCS", tmp_path)
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "no-such-rule.md").write_text("# no-such-rule\n", encoding="utf-8")
    module.main()
    first = {path.name: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")}
    assert "no-such-rule.md" not in first
    module.main()
    assert first == {path.name: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")}


# --- links


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", [*WRITTEN, written("rules.md")], ids=ids)
def test_links_lead_somewhere(path: Path) -> None:
    assert dead_links(path) == []


def test_links_of_the_pages_on_rules_lead_somewhere() -> None:
    assert [link for path in PAGES for link in dead_links(path)] == []


def dead_links(path: Path) -> list[str]:
    dead = []
    for target in _LINK.findall(CODE.sub("", prose(path))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        place = (path.parent / name).resolve() if name else path
        if not place.exists() or (anchor and anchor not in anchors(place)):
            dead.append(f"{ids(path)}: {target}")
    return dead


# --- commands and flags


@cache
def flags(command: str) -> frozenset[str]:
    parser = argparse.ArgumentParser()
    import_module(f"newslint.cli.{command.replace('-', '_')}").add_arguments(parser)
    return frozenset(flag for action in parser._actions for flag in action.option_strings)


def shell_lines(path: Path) -> Iterator[str]:
    for text in blocks(path, "bash"):
        for line in text.splitlines():
            yield from filter(None, (part.strip() for part in line.split("#")[0].split("&&")))
    for text in blocks(path, "yaml"):
        for line in re.findall(r"^\s*- run: (.+)$", text, re.MULTILINE):
            yield from (part.strip() for part in line.split("&&"))


def newslint_lines(path: Path) -> Iterator[list[str]]:
    """Every use of newslint in shell blocks and in inline code, as words."""
    inline = [code for code in CODE.findall(prose(path)) if code.startswith("newslint ")]
    for line in (*shell_lines(path), *inline):
        words = shlex.split(line.replace("[", "").replace("]", "").replace("…", ""))
        while words and "=" in words[0]:
            words = words[1:]
        if words and words[0].split("/")[-1] == "newslint":
            yield words[1:]


@pytest.mark.parametrize("path", WRITTEN, ids=ids)
def test_commands_and_flags_exist(path: Path) -> None:
    for words in newslint_lines(path):
        if words[0].startswith("--"):
            assert words == ["--version"]
            continue
        assert words[0] in COMMANDS, words
        unknown = {word for word in words if word.startswith("--")} - flags(words[0])
        assert not unknown, words
        if words[0] == "explain" and words[1].islower():
            assert words[1] in stylebooks.shipped_ids(), words


@pytest.mark.parametrize("path", WRITTEN, ids=ids)
def test_make_targets_and_scripts_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", read(ROOT / "Makefile"), re.MULTILINE))
    lines = [*shell_lines(path), *CODE.findall(prose(path))]
    for line in lines:
        words = line.split()
        if words[:1] == ["make"] and len(words) > 1:
            assert words[1] in targets, line
        for word in words:
            if re.fullmatch(r"(?:tests|benchmarks|docs|\.ci)/[\w./-]+", word):
                assert (ROOT / word).exists(), line


@pytest.mark.parametrize("path", [p for p in WRITTEN if p.parent.name != "benchmarks"], ids=ids)
def test_flags_in_the_text_exist(path: Path) -> None:
    known = {flag for command in COMMANDS for flag in flags(command)} | {"--version"}
    for code in CODE.findall(prose(path)):
        if not code.startswith(("mypy", "hx ", "<!--")):
            assert set(_FLAG.findall(code)) <= known, code


def test_every_flag_is_documented() -> None:
    text = read(written("configuration.md"))
    for command in COMMANDS:
        assert f"newslint {command}" in text
        for flag in flags(command) - {"-h", "--help"}:
            assert re.search(rf"`{flag}[ `]", text), f"{command} {flag}"


def test_every_config_key_is_documented_with_its_default() -> None:
    rows = dict(re.findall(r"^\| (`[^|]+`) \| ([^|]+) \|", read(written("configuration.md")), re.M))
    keys = " ".join(rows)
    for field in msgspec.structs.fields(config.Config):
        assert f"`{field.encode_name}`" in keys
    assert rows["`fail-on`"].strip() == f"`{config.Config().fail_on}`"
    for code in CODES:
        assert f"`{code}`" in read(written("configuration.md"))


# --- what YAML blocks say


def yaml_blocks() -> Iterator[tuple[Path, str, Any]]:
    for path in WRITTEN:
        for text in blocks(path, "yaml"):
            yield path, text, yaml.safe_load(text)


def test_configs_in_the_documents_are_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    (tmp_path / "desk-rules").mkdir()
    (tmp_path / "people.yml").write_text("[]\n", encoding="utf-8")
    (tmp_path / "words.txt").write_text("", encoding="utf-8")
    keys = {field.encode_name for field in msgspec.structs.fields(config.Config)}
    tried = 0
    for path, text, data in yaml_blocks():
        if isinstance(data, dict) and data.keys() <= keys:
            (tmp_path / "newslint.yml").write_text(text, encoding="utf-8")
            settings = config.settle(config.Request(cwd=str(tmp_path)))
            _, errors = rules_for(settings, tuple(range(len(settings.config.overrides))))
            assert not settings.errors, (ids(path), text)
            assert not errors, (ids(path), text)
            tried += 1
    assert tried >= 4


def test_rules_in_the_documents_pass_their_own_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "desk-rules"
    tried = 0
    for path, text, data in yaml_blocks():
        if isinstance(data, dict) and "id" in data:
            folder.mkdir(exist_ok=True)
            shipped = data["id"] in stylebooks.shipped_ids() and "extends" not in data
            name = f"{data['id']}-x" if shipped else data["id"]
            rule = text.replace(f"id: {data['id']}", f"id: {name}", 1)
            (folder / f"{name}.yml").write_text(rule, encoding="utf-8")
            assert main(["test-rules", "desk-rules"]) == 0, (ids(path), capsys.readouterr())
            (folder / f"{name}.yml").unlink()
            tried += 1
    assert tried >= 3


def test_suppressions_in_the_documents_name_rules() -> None:
    for path, _, data in yaml_blocks():
        ours = data.get("newslint") if isinstance(data, dict) else None
        if isinstance(ours, dict) and "ignore" in ours:
            assert ours["ignore"].keys() <= stylebooks.shipped_ids(), ids(path)
    for path in WRITTEN:
        for name in re.findall(r"<!-- newslint-ignore(?:-\w+)? ([a-z-]+)", read(path)):
            assert name in stylebooks.shipped_ids(), ids(path)


# --- output that documents show


def test_the_output_in_the_readme_is_real(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT / "examples")
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["facts", "content"]) == 0
    printed = read(ROOT / "examples" / "expected.txt") + capsys.readouterr().out
    for shown in blocks(ROOT / "README.md", "text"):
        assert shown in printed


def test_the_json_in_the_documents_is_real() -> None:
    (shown,) = blocks(written("configuration.md"), "json")
    expected = json.loads(shown)
    article = expected["articles"][0]
    command = [sys.executable, "-m", "newslint", "check", "--format", "json", "--select"]
    command += [article["findings"][0]["rule"], article["path"]]
    env = {"PYTHONPATH": str(ROOT), "PATH": ""}
    run = subprocess.run(
        command, cwd=ROOT / "examples", env=env, capture_output=True, check=True, text=True
    )
    found = json.loads(run.stdout)
    for finding in found["articles"][0]["findings"]:
        assert len(finding.pop("fingerprint")) >= 16
        finding["fingerprint"] = "…"
    assert found == expected


@pytest.mark.parametrize("name", [*sorted(stylebooks.shipped_ids())[::12], "invisible-character"])
def test_explain_prints_what_the_page_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["explain", name]) == 0
    assert read(DOCS / "rules" / f"{name}.md").startswith(capsys.readouterr().out)


def test_the_architecture_names_every_room_once() -> None:
    package = ROOT / "newslint"
    rooms = {path.name for path in package.glob("*.py")} - {"__init__.py"}
    rooms |= {f"{path.parent.name}/" for path in package.glob("*/__init__.py")}
    rows = re.findall(r"^\| (`.*?) \|", read(DOCS / "architecture.md"), re.MULTILINE)
    named = [name for row in rows for name in CODE.findall(row)]
    assert sorted(named) == sorted({*rooms, "rules/"})
