"""Spark says the same as this machine, article for article."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, Repository, spawn

from newslint import config
from newslint.audit.fields import Fields
from newslint.audit.record import Record, batch_of
from newslint.audit.sources.settling import silent
from newslint.audit.spark import engine, listing, session
from newslint.audit.spark.shipped import shipped
from newslint.audit.spark.sql import Spark
from newslint.audit.sql import answer
from newslint.audit.task import Task
from newslint.config import Request

if shutil.which("java") is None:
    pytest.skip("Spark needs Java, and none is on PATH", allow_module_level=True)

MASTER = "local[2,4]"
TABLES = ("articles", "findings", "facts", "clusters")
POISON = """
import os, time
from newslint.kinds.contract import Finder, Kind, Options
from newslint.matching import Needs

class Taste(Options, frozen=True, tag="taste"):
    pass

def build(options, scope, reference):
    def find(article, clues):
        if "deadly" in article.source:
            os.kill(os.getpid(), 9)
        while "endless" in article.source:
            time.sleep(0.1)
        if "odd" in article.source:
            raise RuntimeError("odd")
        return ()
    return Finder(find, Needs(patterns=(r"\\w",)))

KIND = Kind({"taste": Taste}, build, frozenset())
"""


@pytest.fixture(scope="module", autouse=True)
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """One Spark for all tests here; what it can import has a kind that poisons."""
    site = tmp_path_factory.mktemp("site")
    (site / "poison.py").write_text(POISON)
    about = site / "poison-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: poison\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[newslint.kinds]\npoison = poison:KIND\n")
    before = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(site), before])
    sys.path.insert(0, str(site))
    try:
        with session.session(MASTER, site / "spark.log") as begun:
            yield begun
    finally:
        sys.path.remove(str(site))
        os.environ["PYTHONPATH"] = before


@pytest.fixture
def lint(
    repo: Repository, running: Any, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[dict[str, Any]]]:
    """Lint sources by Spark; yields the rows of the parts, ordered by locator."""
    monkeypatch.chdir(repo.root)

    def linted(*sources: str) -> list[dict[str, Any]]:
        settings = config.settle(Request(cwd=str(repo.root)))
        executor = engine.Engine(running, f"file:{repo.root}/out")
        for _ in executor.run(sources, settings, Task(settings.request, 30), Fields(), silent):
            pass
        found = pq.read_table(repo.root / "out" / "parts").to_pylist()
        return sorted(found, key=lambda row: str(row["locator"]))

    return linted


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table, in an order of their own."""
    found = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return sorted(found, key=repr)


def archive(repo: Repository) -> list[str]:
    """A few articles in each of the ways in which an archive lies."""
    for name in ("a b", "c[1]", "d%20e", "_index", "é", "draft/x"):
        repo.write(f"news/{name}.md", f"---\ntitle: Of {name}\n---\nThey utilize {name}.\n")
    repo.write("news/broken.md", b"\x00\x01\x02\x03 utilize")
    lines = [
        json.dumps({"title": f"Day {n}", "body": f"They utilize day {n} twice,\nand utilize it."})
        for n in range(60)
    ]
    lines[20:20] = ["", "no json", '{"title": "No body"}']
    text = "\r\n".join(lines).encode()
    repo.write("plain.jsonl", text)
    repo.write("packed.jsonl.gz", gzip.compress(text))
    table = pa.table({"title": [f"Row {n}" for n in range(50)], "text": ["We utilize it."] * 50})
    pq.write_table(table, repo.root / "rows.parquet", row_group_size=10)
    return ["news", "plain.jsonl", "packed.jsonl.gz", "rows.parquet"]


def test_the_same_rows_whatever_is_wrong_with_some_articles(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    taste = "id: taste\nkind: poison\nmessage: No\noptions: {check: taste}\n"
    repo.desk("id: plain-use\n", taste, config="exclude: ['news/draft/**']\n")
    for word in ("deadly", "endless", "odd"):
        repo.write(f"poisoned/{word}.md", f"They utilize what is {word}.\n")
    sources = [*archive(repo), "poisoned", "gone.md"]
    more = ("--kinds", "poison", "--article-timeout", "1", "--no-report")
    here = repo.run("audit", *sources, "--out", "here", *more)
    monkeypatch.setattr(listing, "LARGE", 500)  # so that Spark splits what it can
    there = repo.run("audit", *sources, "--out", "there", "--engine", "spark", *more)
    assert (here.code, there.code) == (2, 2), there.err
    for name in TABLES:
        assert rows(repo.root / "there", name) == rows(repo.root / "here", name), name
    articles = rows(repo.root / "there", "articles")
    wrong = {row["source"]: row["message"] for row in articles if row["code"]}
    assert "died" in wrong["poisoned/deadly.md"]
    assert "longer than 1 second" in wrong["poisoned/endless.md"]
    assert "odd" in wrong["poisoned/odd.md"]
    assert "no such file" in wrong["gone.md"]
    assert len(rows(repo.root / "there", "findings")) > 200
    names = [{path.name for path in (repo.root / out).iterdir()} for out in ("here", "there")]
    assert names[0] == names[1]


def test_urls_are_read_by_spark(
    repo: Repository, lint: Callable[..., list[dict[str, Any]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.desk("id: plain-use\n", config="exclude: ['**/draft/**']\n")
    sources = archive(repo)
    here = lint(*sources)
    shutil.rmtree(repo.root / "out")
    monkeypatch.setattr(listing, "LARGE", 500)
    there = lint(*(f"file://{repo.root}/{name}" for name in sources))
    told = {row["locator"].removeprefix(f"file:{repo.root}/"): row for row in there}
    assert list(told) == [row["locator"] for row in here]
    assert "begin with “_”" in told.pop("news/_index.md")["message"]
    for row in here:
        other = told.get(row["locator"], row)
        same = ("record", "headline", "words", "checked", "findings", "code")
        assert {name: other[name] for name in same} == {name: row[name] for name in same}


def test_a_killed_run_goes_on_with_the_waves_that_are_left(
    repo: Repository,
    running: Any,
    lint: Callable[..., list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    repo.desk("id: plain-use\n")
    for number in range(6):
        repo.write(f"news/{number}.md", f"They utilize {number}.\n")
    monkeypatch.setattr(listing, "WAVE_FILES", 3)
    written, waves = engine.Engine._linted, list[str]()

    def interrupted(self: engine.Engine, records: Any, lint: Any, place: str) -> None:
        waves.append(place)
        if len(waves) == 2:
            raise KeyboardInterrupt
        written(self, records, lint, place)

    monkeypatch.setattr(engine.Engine, "_linted", interrupted)
    with pytest.raises(KeyboardInterrupt):
        lint("news")
    assert [row["source"] for row in lint("news")] == [f"news/{number}.md" for number in range(6)]
    assert len(waves) == 3
    assert waves[1] == waves[2] != waves[0]
    parts = [waves[0], waves[1]]
    large = Spark(running, parts, f"file:{repo.root}/out/scratch")
    large.table("known", "SELECT source, word FROM articles CROSS JOIN (SELECT 1 AS word) AS w")
    large.table("known", "SELECT source, word + 1 AS word FROM known")  # of itself
    found = answer(large, "SELECT source, word FROM known ORDER BY source")
    assert found == [{"source": f"news/{number}.md", "word": 2} for number in range(6)]


def test_the_config_travels(repo: Repository) -> None:
    """Executors have neither the folder nor the config of whoever starts the audit."""
    repo.desk("id: plain-use\n", config="words: words.txt\nrules: {plain-use: error}\n")
    repo.write("words.txt", "Zorvex\n")
    settings = config.settle(Request(cwd=str(repo.root)))
    sent = shipped(Task(settings.request, 30), settings)
    shutil.rmtree(repo.root)
    article = Record(source="a.md", locator="a.md", content=b"They utilize it.\n")
    row = sent.start()(batch_of([article]), lambda _: None).to_pylist()[0]
    assert [(f["rule"], f["severity"]) for f in row["findings"]] == [("plain-use", "error")]


def test_waves_are_cut_by_size_and_kind() -> None:
    found = [listing.Item(f"{n}.md", 40) for n in range(5)]
    found.insert(2, listing.Item("big.jsonl", listing.LARGE))
    cut = [(wave.kind, [item.source for item in wave.items]) for wave in listing.waves(found, 100)]
    assert cut == [
        ("lines", ["big.jsonl"]),
        ("here", ["0.md", "1.md", "2.md"]),
        ("here", ["3.md", "4.md"]),
    ]


def test_a_file_that_is_too_large_for_spark_is_told_with_the_remedy() -> None:
    large = listing.Item("s3a://paper/dump.jsonl.gz", listing.LARGEST + 1)
    assert "JSONL (not packed) or Parquet" in listing.checked(large).message
    assert not listing.checked(large._replace(source="s3a://paper/dump.jsonl")).code


@pytest.mark.parametrize(
    ("java", "message"),
    [("", "JAVA_HOME={home} holds none: install"), ("11.0.2", "is 11: set JAVA_HOME")],
)
def test_without_java_that_spark_runs_on(repo: Repository, java: str, message: str) -> None:
    home = repo.root / "jdk"
    repo.write("a.md", "They met.\n")
    if java:
        repo.write("jdk/bin/java", "")
        repo.write("jdk/release", f'JAVA_VERSION="{java}"\n')
    ran = spawn(
        "audit", "a.md", "--out", "out", "--engine", "spark", cwd=repo.root, JAVA_HOME=str(home)
    )
    assert ran.code == 2
    assert message.format(home=home) in ran.err


def test_a_master_is_for_spark(repo: Repository) -> None:
    repo.write("a.md", "They met.\n")
    ran = repo.run("audit", "a.md", "--out", "out", "--master", "local")
    assert (ran.code, "add --engine spark" in ran.err) == (2, True)
