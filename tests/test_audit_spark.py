"""Spark says the same as this machine, article for article."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Repository, spawn

from newslint.audit.spark import cluster, engine, listing, session

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
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One Spark for all tests here; what it can import has a kind that poisons."""
    site = tmp_path_factory.mktemp("site")
    (site / "poison.py").write_text(POISON)
    about = site / "poison-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: poison\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[newslint.kinds]\npoison = poison:KIND\n")
    before = os.environ.get("PYTHONPATH", "")
    root = str(Path(session.__file__).parents[3])
    os.environ["PYTHONPATH"] = os.pathsep.join([root, str(site), before])
    sys.path.insert(0, str(site))
    try:
        with session.session(MASTER, site / "spark.log"):
            yield
    finally:
        sys.path.remove(str(site))
        os.environ["PYTHONPATH"] = before


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table, in an order of their own."""
    found = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return sorted(found, key=repr)


def audited(repo: Repository, out: str, *more: str) -> Path:
    """Audit with Spark."""
    ran = repo.run("audit", *more, "--out", out, "--engine", "spark", "--no-report")
    assert ran.code in (0, 2), ran.err
    return repo.root / out


def archive(repo: Repository) -> list[str]:
    """A few articles in each of the ways in which an archive lies."""
    repo.desk("id: plain-use\n", config="exclude: ['news/draft/**']\n")
    for name in ("a b", "c[1]", "d%20e", "_index", "é", "draft/x"):
        repo.write(f"news/{name}.md", f"---\ntitle: Of {name}\n---\nThey utilize {name}.\n")
    repo.write("news/broken.md", b"\xff\xfe\x00\xd8 utilize")
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


def test_the_same_rows(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = archive(repo)
    ran = repo.run("audit", *sources, "--out", "here", "--no-report")
    assert ran.code == 2, ran.err
    monkeypatch.setattr(listing, "LARGE", 500)  # so that Spark splits what it can
    there = audited(repo, "there", *sources)
    for name in TABLES:
        assert rows(there, name) == rows(repo.root / "here", name), name
    assert len(rows(there, "findings")) > 200
    assert sorted(path.name for path in there.iterdir()) == sorted(
        path.name for path in (repo.root / "here").iterdir()
    )


def test_a_poisoned_article_costs_itself_only(repo: Repository) -> None:
    repo.desk("id: plain-use\n", "id: taste\nkind: poison\nmessage: No\noptions: {check: taste}\n")
    for number in range(30):
        repo.write(f"news/{number:02}.md", f"They utilize {number}.\n")
    for word in ("deadly", "endless", "odd"):
        repo.write(f"news/{word}.md", f"They utilize what is {word}.\n")
    out = audited(repo, "out", "news", "--kinds", "poison", "--article-timeout", "1")
    articles = {row["source"]: row for row in rows(out, "articles")}
    wrong = {name: row["message"] for name, row in articles.items() if row["code"]}
    assert (len(articles), {row["source"] for row in rows(out, "findings")} - set(wrong)) == (
        33,
        {f"news/{number:02}.md" for number in range(30)},
    )
    assert sorted(wrong) == ["news/deadly.md", "news/endless.md", "news/odd.md"]
    assert "died" in wrong["news/deadly.md"]
    assert "longer than 1 second" in wrong["news/endless.md"]
    assert "odd" in wrong["news/odd.md"]


def test_what_is_not_there_is_a_row_and_exit_code_2(repo: Repository) -> None:
    repo.write("a.md", "They met.\n")
    ran = repo.run(
        "audit", "a.md", "gone.md", "file:///gone/b", "--out", "out", "--engine", "spark"
    )
    assert ran.code == 2
    articles = {row["source"]: row["code"] for row in rows(repo.root / "out", "articles")}
    assert articles == {"a.md": "", "gone.md": "unreadable", "file:///gone/b": "unreadable"}


def test_urls_are_read_by_spark(repo: Repository) -> None:
    sources = archive(repo)
    there = repo.root.as_uri()
    urls = [f"{there}/{name}" for name in sources]
    out = audited(repo, "out", *urls)
    here = audited(repo, "here", *sources)
    skipped = "_index"  # Spark passes over such names
    ours = [row for row in rows(here, "articles") if skipped not in row["source"]]
    theirs = [row for row in rows(out, "articles") if skipped not in row["source"]]
    assert [row["headline"] for row in theirs] == [row["headline"] for row in ours]
    found = {row["locator"]: row["message"] for row in rows(out, "articles") if row["code"]}
    assert f"{there.replace('///', '/')}/news/_index.md" in found


def test_the_config_travels(repo: Repository, tmp_path: Path) -> None:
    """Executors have neither the folder nor the config of whoever starts the audit."""
    from newslint import config
    from newslint.audit.record import Record, batch_of
    from newslint.audit.spark.shipped import shipped
    from newslint.audit.task import Task
    from newslint.config import Request

    repo.desk("id: plain-use\n", config="words: words.txt\nrules: {plain-use: error}\n")
    repo.write("words.txt", "Zorvex\n")
    settings = config.settle(Request(cwd=str(repo.root)))
    sent = shipped(Task(settings.request), settings)
    shutil.rmtree(repo.root)
    lint = sent.start()
    article = Record(source="a.md", locator="a.md", content=b"They utilize it.\n")
    row = lint(batch_of([article]), lambda _: None).to_pylist()[0]
    assert [(f["rule"], f["severity"]) for f in row["findings"]] == [("plain-use", "error")]


def test_a_killed_run_goes_on_with_the_waves_that_are_left(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.desk("id: plain-use\n")
    for number in range(9):
        repo.write(f"news/{number}.md", f"They utilize {number}.\n")
    monkeypatch.setattr(listing, "WAVE_FILES", 3)
    written = engine.Engine._linted
    waves: list[str] = []

    def interrupted(self: engine.Engine, records: Any, lint: Any, place: str) -> None:
        if len(waves) == 2:
            waves.append("killed")
            raise KeyboardInterrupt
        waves.append(place)
        written(self, records, lint, place)

    monkeypatch.setattr(engine.Engine, "_linted", interrupted)
    stopped = repo.run("audit", "news", "--out", "out", "--engine", "spark", "--no-report")
    assert (stopped.code, len(waves)) == (130, 3)
    audited(repo, "out", "news", "--resume")
    assert len(waves) == 4
    assert [row["source"] for row in rows(repo.root / "out", "findings")] == [
        f"news/{number}.md" for number in range(9)
    ]


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


def test_what_is_said_of_spark_without_it(repo: Repository) -> None:
    repo.write("a.md", "They met.\n")
    ran = repo.run("audit", "a.md", "--out", "out", "--master", "local")
    assert (ran.code, "add --engine spark" in ran.err) == (2, True)
    assert cluster.Cluster().master is None
