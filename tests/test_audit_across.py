"""An archive compared with itself: what `check` says of the same files, bounded and in any order."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, Repository
from hypothesis import given, settings

from newslint import __version__, config, files, kinds, persisted, run
from newslint.article import Article, Span
from newslint.audit import across
from newslint.audit.across import others, parts
from newslint.audit.across.connected import connected
from newslint.audit.across.people import drafted
from newslint.audit.lint import lint_batch
from newslint.audit.record import Record, batch_of
from newslint.audit.sql import Duck, answer
from newslint.audit.task import Task
from newslint.checker import Checker
from newslint.config import Request
from newslint.kinds.contract import Clash, Comparison, Fact, Finder, Kind, Options, Scope, Voice
from newslint.lines import Lines
from newslint.matching import Needs
from newslint.reference import Reference

Row = dict[str, Any]
NEAR = "near-duplicate-article"
"""Is found in another way in an archive; see test_audit_copies.py."""


class Archive:
    """Articles audited, and their comparisons."""

    def __init__(self, folder: Path, scratch: Path, size: int = 3, shuffle: int = 0) -> None:
        """Of the articles in a folder; so many in a part, which are mixed by `shuffle`."""
        self.request = Request(cwd=str(folder))
        settled = config.settle(self.request)
        self.checker = Checker(settled, comparing=True)
        found = files.find([str(folder)], lambda path: config.wanted(settled, path)).paths
        self.paths = sorted(found)
        mixed = list(self.paths)
        random.Random(shuffle).shuffle(mixed)
        place = scratch / "parts"
        place.mkdir(parents=True)
        for number, at in enumerate(range(0, max(len(mixed), 1), size)):
            records = [_record(path) for path in mixed[at : at + size]]
            batch = lint_batch(batch_of(records), self.checker, lambda _: None)
            pq.write_table(pa.Table.from_batches([batch]), place / f"{number}.parquet")
        self.sql = Duck(f"{place}/*.parquet", scratch / "scratch")
        self.told = across.compare(self.sql, Task(self.request, 30))

    def rows(self, query: str) -> list[Row]:
        return [row for batch in self.sql.rows(query) for row in batch.to_pylist()]

    def table(self, name: str) -> list[Row]:
        return sorted(self.rows(f"SELECT * FROM {name}"), key=str)

    def found(self) -> Counter[tuple[object, ...]]:
        """Findings of rules that compare, as the audit tells them."""
        query = (
            "SELECT * FROM findings AS f WHERE NOT EXISTS (SELECT 1 FROM excused AS e"
            " WHERE e.source = f.source AND e.rule = f.rule AND e.begin_at = f.start"
            ' AND e.end_at = f."end") UNION ALL SELECT * FROM across_findings'
        )
        names = ("rule", "locator", "start", "end", "line", "column", "text", "severity",
                 "message", "fingerprint", "advice")  # fmt: skip
        return Counter(
            tuple(row[name] for name in names)
            for row in self.rows(query)
            if row["rule"] in self.checker.comparing_rules and row["rule"] != NEAR
        )

    def checked(self) -> Counter[tuple[object, ...]]:
        """The same, as `check` tells them."""
        found: Counter[tuple[object, ...]] = Counter()
        for result in run.check(self.paths, config.settle(self.request), self.checker, jobs=1):
            lines = Lines(result.source)
            for one in result.findings:
                if one.rule in self.checker.comparing_rules and one.rule != NEAR:
                    found[
                        one.rule, one.path, one.span.start, one.span.end,
                        *lines.place(one.span.start), one.text, one.severity, one.message,
                        one.fingerprint, one.fix.advice,
                    ] += 1  # fmt: skip
        return found


@pytest.fixture(autouse=True)
def _remembered(_plain: None) -> Iterator[None]:
    """What newslint's own rules say is read once for all tests."""
    persisted.switch_on(__version__)
    yield
    persisted.save()


def _record(path: str) -> Record:
    return Record(source=path, locator=path, content=Path(path).read_bytes())


@pytest.fixture
def archive(repo: Repository, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Audits the repository; the answers must be those of `check`."""

    def audited(**options: int) -> Archive:
        made = Archive(repo.root, tmp_path_factory.mktemp("audit"), **options)
        assert made.told.errors == []
        assert made.found() == made.checked()
        return made

    return audited


def rules(archive: Archive) -> Counter[str]:
    return Counter(str(key[0]) for key in archive.found().elements())


HEADLINE = "Harbour board weighs a second ferry to Lorn"
BODY = "The board met on Monday. It will meet again in June.\n"


def article(title: str, body: str = BODY, day: str = "") -> str:
    dated = f"date: {day}\n" if day else ""
    return f"---\ntitle: {title}\n{dated}---\n\n{body}"


def test_the_examples_are_told_as_check_tells_them(tmp_path: Path) -> None:
    archive = Archive(ROOT / "examples", tmp_path)
    assert archive.found() == archive.checked()
    assert {"inconsistent-title", "quote-drift"} <= set(rules(archive))


def test_headlines_that_stand_twice_or_differ_by_a_word(repo: Repository, archive: Any) -> None:
    repo.write("a.md", article(HEADLINE, day="2031-03-02"))
    repo.write("b.md", article(HEADLINE, day="2031-03-01"))
    repo.write("c.md", article(HEADLINE.replace("weighs", "considers")))
    repo.write("d.md", article("Council closes the old swimming bath for good"))
    told = archive()
    assert rules(told) == {"duplicate-headline": 3}
    members = [row for row in told.table("clusters") if row["kind"] == "headline"]
    assert {row["cluster"] for row in members} == {members[0]["cluster"]}
    roles = {Path(row["source"]).name: (row["role"], row["note"]) for row in members}
    assert roles["b.md"] == ("first", "")
    assert roles["a.md"] == ("copy", "")
    assert roles["c.md"][0] == "copy"
    assert roles["c.md"][1]
    assert {row["subject"] for row in members} == {HEADLINE}


def minister(status: str, day: str) -> str:
    title = f"{status}Fisheries Minister Bram Ostrey"
    return article(f"Lorn waits for the boat, day {day}", f"{title} spoke on the quay.\n", day)


def test_the_dated_order_of_a_career_is_no_conflict(repo: Repository, archive: Any) -> None:
    repo.write("a.md", minister("", "2029-05-01"))
    repo.write("b.md", minister("former ", "2032-05-01"))
    assert "inconsistent-title" not in rules(archive())


def test_a_title_after_it_ended_disagrees(repo: Repository, archive: Any) -> None:
    repo.write("a.md", minister("former ", "2029-05-01"))
    repo.write("b.md", minister("", "2032-05-01"))
    told = archive()
    assert rules(told)["inconsistent-title"] == 2
    members = [row for row in told.table("clusters") if row["kind"] == "title"]
    assert {row["role"] for row in members} == {"disagrees"}
    assert members[0]["subject"].startswith("Bram Ostrey, ")
    assert {row["note"] for row in members} == {
        "former: 1 article, 2029-05-01", "in office: 1 article, 2032-05-01",
    }  # fmt: skip


def test_few_that_disagree_with_many_are_the_ones_to_look_at(
    repo: Repository, archive: Any
) -> None:
    for number in range(1, 6):
        repo.write(f"a{number}.md", minister("former ", f"2029-05-0{number}"))
    repo.write("b.md", minister("", "2032-05-01"))
    told = archive()
    assert rules(told)["inconsistent-title"] == 1
    members = [row for row in told.table("clusters") if row["kind"] == "title"]
    assert Counter(row["role"] for row in members) == {"agrees": 5, "disagrees": 1}


def presidents(*said: tuple[str, str]) -> Iterator[tuple[str, str]]:
    for number, (title, day) in enumerate(said):
        yield (
            f"p{number:02}.md",
            article(f"News of day {number} from the palace", f"{title}.\n", day),
        )


@pytest.mark.parametrize("other", ["President Iva Korr spoke", "Nobody spoke"])
def test_another_holder_of_an_office_tells_that_copy_is_of_the_past(
    repo: Repository, archive: Any, other: str
) -> None:
    said = [(f"Former President Ada Brandt spoke at {place}", f"2031-0{n}-01")
            for n, place in enumerate(("Lorn", "Vell", "Tarn"), 1)]  # fmt: skip
    said += [("President Ada Brandt signed the act", "2031-06-10"), (other, "2031-06-20")]
    for name, text in presidents(*said):
        repo.write(name, text)
    assert rules(archive())["inconsistent-title"] == (0 if "Korr" in other else 1)


def test_spellings_of_a_name_with_their_counts(repo: Repository, archive: Any) -> None:
    for number in range(4):
        repo.write(
            f"a{number}.md", article(f"Report {number} on the quay", "Anna Kowallenz spoke.\n")
        )
    repo.write(
        "b.md", article("A last report on the quay", "Anna Kowalenz spoke. Kowalenz left.\n")
    )
    repo.write("c.md", article("An aside on the quay", "Anna Kowalenz came back again.\n"))
    told = archive()
    assert rules(told)["name-variant"] == 2
    notes = {row["note"] for row in told.table("clusters") if row["kind"] == "name"}
    assert notes == {"“Kowallenz”: 4 uses in 4 articles", "“Kowalenz”: 3 uses in 2 articles"}


@pytest.mark.parametrize("given", ["Paul", "Anna"])
def test_a_surname_that_others_bear_too_is_no_variant(
    repo: Repository, archive: Any, given: str
) -> None:
    for name, who in enumerate(("Anna Karsten", "Anna Karsden", "Anna Karsten", "Anna Karsden")):
        repo.write(f"a{name}.md", article(f"Report {name} on the quay", f"{who} spoke there.\n"))
    for name, who in enumerate((f"{given} Karsten", f"{given} Karsden") * 2):
        repo.write(f"b{name}.md", article(f"Letter {name} from the quay", f"{who} wrote it.\n"))
    archive()  # whatever it is: the same as check says


def quoted(words: str, day: str = "2031-04-01", who: str = "Bram Ostrey") -> str:
    body = f"“{words},” {who} said on the quay. The boats went out again.\n"
    return article(f"Talks go on, day {day} {len(words)}", body, day)


TOLD = "We came here to talk about boats and nets, and nobody in the room wanted to listen to us"


def test_a_quotation_that_drifted(repo: Repository, archive: Any) -> None:
    repo.write("a.md", quoted(TOLD))
    repo.write("b.md", quoted(TOLD.replace("and nobody", "but nobody"), "2031-04-03"))
    repo.write("c.md", quoted(TOLD, "2031-04-04"))
    told = archive()
    assert rules(told)["quote-drift"] == 3
    members = [row for row in told.table("clusters") if row["kind"] == "quotation"]
    assert Counter(row["role"] for row in members) == {"first": 1, "copy": 1, "variant": 1}
    assert {row["note"] for row in members} == {"said by Bram Ostrey"}


def test_a_turn_of_speech_that_many_share_is_no_quotation(repo: Repository, archive: Any) -> None:
    for number in range(16):
        words = TOLD.replace("boats", f"boats number{chr(97 + number)}")
        repo.write(f"a{number:02}.md", quoted(words, f"2031-04-{number + 1:02}"))
    archive()


def test_overrides_suppressions_and_ignores_hold(repo: Repository, archive: Any) -> None:
    repo.config(
        "overrides:\n"
        '  - {files: ["old/**"], rules: {duplicate-headline: {severity: info, message: "old: {match}"}}}\n'
        '  - {files: ["off/**"], rules: {duplicate-headline: off}}\n'
        "ignores: [{path: known.md, rule: duplicate-headline, reason: agreed}]\n"
    )
    for name in ("new.md", "old/a.md", "known.md", "off/a.md"):
        repo.write(name, article(HEADLINE))
    repo.write(
        "own.md",
        f"---\ntitle: {HEADLINE}\nnewslint: {{ignore: {{duplicate-headline: agreed}}}}\n---\n\n{BODY}",
    )
    told = archive()
    found = {(Path(str(key[1])).name, key[7], key[8]) for key in told.found()}
    assert ("a.md", "info", f"old: {HEADLINE}") in found
    assert rules(told)["duplicate-headline"] == 2
    changes = {row["source"]: row for row in told.table("changes")}
    assert changes[str(repo.root / "known.md")]["suppressed"] == 1
    assert changes[str(repo.root / "old/a.md")]["infos"] == 1
    assert str(repo.root / "off/a.md") not in changes


def test_what_is_found_within_an_article_is_not_said_again(repo: Repository, archive: Any) -> None:
    repo.write("a.md", article(HEADLINE, f"# {HEADLINE}\n\n{BODY}"))
    repo.write("b.md", article(HEADLINE))
    told = archive()
    assert Counter(row["rule"] for row in told.table("across_findings"))["duplicate-headline"] <= 2


WHO = ("Bram Ostrey", "Anna Kowallenz", "Anna Kowalenz", "Olaf Kowallenz")
HOW = ("Fisheries Minister ", "former Fisheries Minister ", "Former President ", "President ", "")
TOPICS = ("Harbour board weighs a second ferry to Lorn", "Harbour board considers a second ferry to Lorn",
          "Council closes the old swimming bath for good", "Council closes the swimming bath for good")  # fmt: skip
SAID = (TOLD, TOLD.replace("and nobody", "but nobody"), TOLD.replace("boats", "ships"))
ARTICLES = st.builds(
    lambda title, day, how, who, said: article(
        title, f"{how}{who} spoke on the quay. “{said},” {who} said.\n", day
    ),
    st.sampled_from(TOPICS),
    st.sampled_from(("", "2029-01-01", "2029-01-05", "2031-06-01")),
    st.sampled_from(HOW),
    st.sampled_from(WHO),
    st.sampled_from(SAID),
)


@settings(max_examples=5)
@given(copies=st.lists(ARTICLES, min_size=2, max_size=9))
def test_any_articles_are_told_as_check_tells_them(
    copies: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("any")
    repo = Repository(root)
    for number, text in enumerate(copies):
        repo.write(f"{number}.md", text)
    archive = Archive(root, tmp_path_factory.mktemp("audit"))
    assert archive.found() == archive.checked()


def test_the_order_of_the_parts_makes_no_difference(repo: Repository, archive: Any) -> None:
    for number in range(12):
        repo.write(
            f"{number}.md", quoted(SAID[number % 3], f"2031-04-{number + 1:02}", WHO[number % 4])
        )
    one, other = archive(size=2), archive(size=5, shuffle=7)
    for name in ("across_findings", "clusters", "excused", "changes"):
        assert one.table(name) == other.table(name)
        assert one.table("clusters")


def test_rows_of_a_dump_are_compared_by_field(tmp_path: Path) -> None:
    request = Request(cwd=str(tmp_path), isolated=True)
    checker = Checker(config.settle(request), comparing=True)
    said = f"“{TOLD},” Bram Ostrey said. The boats went out.".encode()
    records = [
        Record(source="d.jsonl", record=n, locator=f"d.jsonl:{n}", content=body, headline=HEADLINE)
        for n, body in ((9, said), (10, said.replace(b"and nobody", b"but nobody")))
    ]
    batch = lint_batch(batch_of(records), checker, lambda _: None)
    pq.write_table(pa.Table.from_batches([batch]), tmp_path / "0.parquet")
    sql = Duck(f"{tmp_path}/*.parquet", tmp_path / "scratch")
    across.compare(sql, Task(request, 30))
    query = "SELECT rule, record, field, start, text FROM across_findings ORDER BY rule, record"
    rows = [row for found in sql.rows(query) for row in found.to_pylist() if row["rule"] != NEAR]
    assert [(row["rule"], row["record"], row["field"]) for row in rows] == [
        ("duplicate-headline", 9, "headline"),
        ("duplicate-headline", 10, "headline"),
        ("quote-drift", 9, "body"),
        ("quote-drift", 10, "body"),
    ]
    assert [row["start"] for row in rows] == [0, 0, 1, 1]
    assert rows[0]["text"] == HEADLINE


def test_a_world_that_is_too_large_is_cut_and_told(
    repo: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MOST", 8)
    for number in range(9):
        repo.write(f"{number}.md", article(HEADLINE))
    archive = Archive(repo.root, tmp_path)
    assert any("were not compared" in notice for notice in archive.told.notices)
    assert 2 <= rules(archive)["duplicate-headline"] < 9


class Echo(Options, frozen=True, tag="echo"):
    """A word that several articles shout."""

    apart: bool = False


def shouted(article: Article) -> Iterator[Fact]:
    for match in re.finditer(r"\w+(?=!)", article.source):
        yield Fact(match[0].lower(), (match[0],), Span(*match.span()))


def echoes(voices: Sequence[Voice]) -> Iterable[Clash]:
    if any(fact.key == "bang" for voice in voices for fact in voice.facts):
        raise RuntimeError("no luck")
    for voice in voices:
        for fact in voice.facts:
            others = tuple((v, f, "") for v in voices for f in v.facts
                           if f.key == fact.key and v is not voice)  # fmt: skip
            if others:
                yield Clash(voice, fact, {"match": fact.values[0]}, others)


def excused(voices: Sequence[Voice]) -> Iterable[tuple[Voice, Fact]]:
    return ((voice, fact) for voice in voices for fact in voice.facts if fact.key == "hush")


def build(options: Echo, scope: Scope, reference: Reference) -> Finder:
    comparison = Comparison(
        shouted, echoes, shared_keys=True, keys_apart=options.apart, excused=excused
    )
    return Finder(lambda article, clues: (), Needs(), comparison)


@pytest.fixture
def echo(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setitem(kinds._plugins, "echo", Kind({"echo": Echo}, build, frozenset({"match"})))
    kinds.kind.cache_clear()
    across.rules.checker_of.cache_clear()

    def desk(apart: bool) -> None:
        options = f"options: {{check: echo, apart: {str(apart).lower()}}}"
        repo.desk(f'id: echo\nkind: echo\nmessage: "“{{match}}” again"\n{options}')

    yield desk
    kinds.kind.cache_clear()


@pytest.mark.parametrize("apart", [True, False])
def test_rules_of_a_newsrooms_own_kinds_compare(
    repo: Repository, archive: Any, echo: Any, apart: bool
) -> None:
    echo(apart)
    for number, text in enumerate(("Ho! Hey!", "ho! Ha!", "Hey! Hush!", "hush! Alone!")):
        repo.write(f"{number}.md", f"They cried {text}\n")
    told = archive()
    assert rules(told) == {"echo": 6}
    assert len(told.table("excused")) == 2


@pytest.mark.parametrize("apart", [True, False])
def test_a_rule_that_fails_is_told(
    repo: Repository, tmp_path: Path, echo: Any, apart: bool
) -> None:
    echo(apart)
    for number, text in enumerate(("Ho! Bang!", "ho! Bang!")):
        repo.write(f"{number}.md", f"They cried {text}\n")
    archive = Archive(repo.root, tmp_path)
    (error,) = archive.told.errors
    assert (error.code, error.message) == (
        "crash", 'rule "echo" failed to compare: RuntimeError: no luck',
    )  # fmt: skip
    assert rules(archive) == ({"echo": 2} if apart else {})


def test_a_rule_that_compares_all_at_once_has_a_bound(
    repo: Repository, tmp_path: Path, echo: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(others, "MOST", 3)
    echo(False)
    for number in range(4):
        repo.write(f"{number}.md", "They cried Ho!\n")
    archive = Archive(repo.root, tmp_path)
    (notice,) = archive.told.notices
    assert notice.startswith("echo: not compared: ")
    assert not rules(archive)


PAIRS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=40)


@settings(max_examples=8)
@given(pairs=PAIRS)
def test_what_chains_of_pairs_lead_to_is_one_group(
    pairs: list[tuple[int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    sql = _empty(tmp_path_factory.mktemp("sql"))
    values = ", ".join(f"('n{one:02}', 'n{other:02}')" for one, other in pairs) or "('a', 'a')"
    sql.table("pairs", f"SELECT * FROM (VALUES {values}) AS v(one, other)")
    connected(sql, "linked", "pairs")
    groups: dict[int, set[int]] = {}
    for one, other in pairs:
        if one != other:
            group = groups.get(one, {one}) | groups.get(other, {other})
            groups.update(dict.fromkeys(group, group))
    expected = {f"n{node:02}": f"n{min(group):02}" for node, group in groups.items()}
    found = [row for batch in sql.rows("SELECT * FROM linked") for row in batch.to_pylist()]
    assert {row["node"]: row["world"] for row in found} == expected
    assert len(found) == len(expected)


def test_a_long_chain_is_followed_to_its_end(tmp_path: Path) -> None:
    numbers = list(range(300))
    random.Random(1).shuffle(numbers)
    sql = _empty(tmp_path)
    values = ", ".join(f"({one}, {other})" for one, other in pairwise(numbers))
    sql.table("pairs", f"SELECT * FROM (VALUES {values}) AS v(one, other)")
    connected(sql, "linked", "pairs")
    found = answer(sql, "SELECT count(*) AS nodes, max(world) AS world FROM linked")
    assert found == [{"nodes": 300, "world": 0}]


@settings(max_examples=8)
@given(sizes=st.lists(st.integers(1, 9), min_size=1, max_size=12))
def test_each_group_is_judged_once_and_whole(
    sizes: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    sql = _empty(tmp_path_factory.mktemp("sql"))
    values = ", ".join(f"('g{n}', {k})" for n, size in enumerate(sizes) for k in range(size))
    sql.table("items", f"SELECT * FROM (VALUES {values}) AS v(name, item)")
    schema = pa.schema([("name", pa.string()), ("items", pa.int64())])
    parts.judge_parts(sql, "judged", "items", ("name",), _counted, schema)
    found = [row for batch in sql.rows("SELECT * FROM judged") for row in batch.to_pylist()]
    assert sorted((row["name"], row["items"]) for row in found) == sorted(
        (f"g{n}", size) for n, size in enumerate(sizes)
    )


def _counted(rows: list[Row]) -> list[Row]:
    assert sorted(row["item"] for row in rows) == list(range(len(rows)))
    return [{"name": rows[0]["name"], "items": len(rows)}]


def _empty(folder: Path) -> Duck:
    from newslint.audit.linted import LINTED

    pq.write_table(LINTED.empty_table(), folder / "empty.parquet")
    return Duck(f"{folder}/*.parquet", folder / "scratch")


def test_the_people_file_is_that_of_the_people_command(repo: Repository, archive: Any) -> None:
    for number, name in enumerate(("Bram Ostrey", "Anna Kowallenz", "Bram J. Ostrey", "Iva Korr")):
        text = f"Fisheries Minister {name} spoke. {name} left on Friday.\n"
        repo.write(f"{number}.md", article(f"Report {number} on the quay", text, "2031-04-01"))
    told = archive()
    ours = list(drafted(told.sql, told.checker.lexicons))
    theirs = repo.run("people", ".").out.splitlines()
    assert ours[1:] == theirs[1:]
    assert "name: Bram J. Ostrey" in "\n".join(ours)
    assert ours[0] == "# Drafted by “newslint audit” from 4 articles in English."


def test_a_draft_names_those_whom_most_articles_name(
    repo: Repository, archive: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(across.people, "MOST", 1)
    repo.write("a.md", article("One report on the quay", "Bram Ostrey spoke. Anna Korr left.\n"))
    repo.write(
        "b.md",
        article("Two reports on the quay", "Bram Ostrey spoke. Anna Korr left. Ostrey spoke.\n"),
    )
    told = archive()
    text = "\n".join(drafted(told.sql, told.checker.lexicons))
    assert "Bram Ostrey" in text
    assert "Anna Korr" not in text
    assert "2 people are named 2 times or more; these are the first 1." in text
