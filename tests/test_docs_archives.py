"""docs/archives.md is true: every column of every table, every key, every question."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from conftest import Repository
from test_docs import blocks, read, written

duckdb = pytest.importorskip("duckdb", reason="comes with the extra audit")
pq = pytest.importorskip("pyarrow.parquet", reason="comes with the extra audit")

PAGE = written("archives.md")
TABLES = ("articles", "findings", "facts", "clusters")


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `audit` is an audit of a few articles."""
    repo = Repository(tmp_path_factory.mktemp("docs") / "repo")
    for name in ("a", "b"):
        repo.write(
            f"news/{name}.md",
            f"---\ntitle: Harbour wall falls again\nauthor: Ada Lorne\ndate: 2024-0{len(name)}-03\n"
            "section: news\n---\nThe the wall fell.\n",
        )
    repo.write("news/c.md", b"\x00\x01\x02" * 100)
    ran = repo.run("audit", "news", "--out", "audit", "--jobs", "1")
    assert ran.code == 2, ran.err
    return repo.root


def columns(table: str) -> list[tuple[str, str]]:
    """What the page says of the columns of a table, each with its type."""
    text = read(PAGE)
    section = text[text.index(f"### {table}.parquet") :]
    section = section[: section.index("\n## ") if "\n### " not in section[4:] else None]
    section = re.split(r"\n##+ ", section)[0]
    return re.findall(r"^\| `(\w+)` \| ([\w<>]+) \|", section, re.MULTILINE)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_documented_with_its_type(audit: Path, table: str) -> None:
    schema = pq.read_schema(audit / "audit" / f"{table}.parquet")
    there = [(field.name, re.sub(r"<\w+: ", "<", str(field.type))) for field in schema]
    assert columns(table) == there


def test_every_key_of_the_progress_file_is_documented(audit: Path) -> None:
    there = msgspec.json.decode((audit / "audit" / "progress.json").read_bytes())
    text = read(PAGE)
    section = text[text.index("`progress.json` says") : text.index("## What could not be read")]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(there)


def test_every_file_is_documented(audit: Path) -> None:
    section = read(PAGE)[read(PAGE).index("## What it leaves") :]
    section = section[: section.index("###")]
    named = set(re.findall(r"^\| `([\w.-]+)` \|", section, re.MULTILINE))
    there = {path.name for path in (audit / "audit").iterdir()}
    assert there - {"lock"} <= named, there - named


@pytest.mark.parametrize("question", blocks(PAGE, "sql"))
def test_the_questions_can_be_asked(
    audit: Path, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    monkeypatch.chdir(audit)
    answer = duckdb.sql(question)
    assert "headline" not in answer.columns or answer.fetchall()
