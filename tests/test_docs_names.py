"""What documents name exists, and what exists is documented: keys, options, kinds, scopes."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from test_docs import CODE, ROOT, WRITTEN, ids, prose, read, written

from newslint import config, kinds, stylebooks
from newslint.cli import COMMANDS
from newslint.errors import CODES
from newslint.kinds.context import Context
from newslint.kinds.contract import Options
from newslint.roster import Person
from newslint.rule import SCOPES, Rule


@cache
def names() -> set[str]:
    """Every hyphenated name that newslint itself knows."""
    found = set(stylebooks.shipped_ids()) | set(stylebooks.shipped()) | set(SCOPES) | set(CODES)
    found |= {field.encode_name for field in msgspec.structs.fields(Rule)}
    for struct in (config.Config, config.Override, config.Ignore, Person):
        found |= {field.encode_name for field in msgspec.structs.fields(struct)}
    for path in ROOT.glob("rules/lexicons/*.yml"):
        found |= yaml.load(read(path), Loader=yaml.BaseLoader)["sections"].keys()
    for name in kinds.names():
        kind = kinds.kind(name)
        found |= {name, *kind.checks, *kind.placeholders}
        for options in kind.checks.values():
            for field in msgspec.structs.fields(options):
                found.add(field.encode_name)
                found |= {str(choice) for choice in choices(field.type)}
    found |= yaml.safe_load(read(ROOT / "action.yml"))["inputs"].keys()
    found |= {hook["id"] for hook in yaml.safe_load(read(ROOT / ".pre-commit-hooks.yaml"))}
    return found | set(COMMANDS)


def choices(type_: Any) -> tuple[Any, ...]:
    info = msgspec.inspect.type_info(type_)
    return tuple(getattr(info, "values", ()))


OTHERS = {
    "desk-rules", "key-", "pre-commit", "newslint-ignore", "newslint-ignore-start",
    "newslint-ignore-end", "newslint-ignore-file", "spark-submit",
}  # fmt: skip
"""Hyphenated names that are no part of a rule or a config."""


@pytest.mark.parametrize("path", [p for p in WRITTEN if p.parent.name != "benchmarks"], ids=ids)
def test_hyphenated_names_are_known(path: Path) -> None:
    for code in CODE.findall(prose(path)):
        if re.fullmatch(r"[a-z]+(?:-[a-z]+)+", code):
            assert code in names() | OTHERS, f"{ids(path)} names {code}"


def section(kind: str) -> str:
    text = read(written("writing-rules.md"))
    match = re.search(rf"^### `{kind}`.*?(?=^##)", text, re.MULTILINE | re.DOTALL)
    assert match, f"no section on kind {kind}"
    return match[0]


def options_of(options: type[Options]) -> set[str]:
    shared = {field.encode_name for field in msgspec.structs.fields(Context)}
    own = {field.encode_name for field in msgspec.structs.fields(options)}
    return own - (shared - {"ignore-case"}) if issubclass(options, Context) else own


@pytest.mark.parametrize("name", kinds.names())
def test_every_kind_is_documented(name: str) -> None:
    text = section(name)
    for check, options in kinds.kind(name).checks.items():
        assert f"`{check}`" in text
        for option in options_of(options):
            assert re.search(rf"`{option}[`:]", text), f"{name}, {check}: {option}"
    for placeholder in kinds.kind(name).placeholders - set("123456789") - {"match", "prefer"}:
        assert f"`{{{placeholder}}}`" in text, f"{name}: {placeholder}"


@pytest.mark.parametrize("name", kinds.names())
def test_no_option_is_made_up(name: str) -> None:
    known = {name, *kinds.kind(name).checks}
    for options in kinds.kind(name).checks.values():
        for field in msgspec.structs.fields(options):
            known |= {field.encode_name, *map(str, choices(field.type))}
    introduced = re.findall(r"`([a-z-]+)`(?= \((?:required|default)|: )", section(name))
    assert set(introduced) <= known


def test_what_narrows_a_hit_is_documented() -> None:
    text = read(written("writing-rules.md"))
    shared = text[text.index("### Options that narrow") : text.index("### `terms`")]
    for field in msgspec.structs.fields(Context):
        assert re.search(rf"`{field.encode_name}[`:]", shared), field.encode_name


def test_every_key_and_scope_of_a_rule_is_documented() -> None:
    text = read(written("writing-rules.md"))
    keys = text[text.index("## Keys") : text.index("## Examples")]
    for field in msgspec.structs.fields(Rule):
        assert f"| `{field.encode_name}` |" in keys
    for scope in SCOPES:
        assert f"`{scope}`" in keys
        assert f"`{scope}`" in read(written("formats.md"))
