"""Near-copies in an archive: what is found, what is not, what clusters hold, what is told."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Repository
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.audit.across import copies, stars
from newslint.audit.across.copies import Bounds, near_copies, rows_of
from newslint.audit.lint import row_of
from newslint.audit.linted import LINTED
from newslint.audit.record import Record
from newslint.audit.sketch import CERTAIN, LEAST, PERMUTATIONS, doubt, share, sketch
from newslint.audit.sql import Duck
from newslint.checker import Checker
from newslint.config import Request, settle
from newslint.readers import read_source

RULE = "near-duplicate-article"
VOCABULARY = [
    f"{onset}{vowel}{end}{more}"
    for onset in ("br", "cl", "d", "fl", "gr", "h", "k", "m", "pl", "st")
    for vowel in "aeiou"
    for end in ("ck", "lt", "nd", "rm", "st")
    for more in ("", "er", "ing")
]


def prose(seed: object, words: int = 200) -> list[str]:
    chance = random.Random(f"prose {seed}")
    return [chance.choice(VOCABULARY) for _ in range(words)]


def reworded(words: list[str], changes: int, seed: object = 0) -> list[str]:
    """The words with some of them exchanged, far from each other."""
    made, step = list(words), len(words) // changes
    for at in range(changes):
        made[at * step + step // 2] = f"other{seed}x{at}"
    return made


def jaccard(one: list[str], other: list[str]) -> float:
    a, b = ({tuple(words[n : n + 5]) for n in range(len(words) - 4)} for words in (one, other))
    return len(a & b) / len(a | b)


def paragraphs(words: list[str]) -> str:
    lines = [words[at : at + 40] for at in range(0, len(words), 40)]
    return "\n\n".join(" ".join(line).capitalize() + "." for line in lines)


def article(words: list[str], title: str, day: str = "", more: str = "") -> str:
    date = f"date: {day}\n" if day else ""
    return f"---\ntitle: {title}\n{date}{more}---\n\n{paragraphs(words)}\n"


class Archive:
    """The tables of near-copies of what lies in a repository."""

    def __init__(
        self, repo: Repository, shards: int = 1, select: tuple[str, ...] = (),
        bounds: Bounds = Bounds(),  # noqa: B008
    ) -> None:  # fmt: skip
        checker = Checker(settle(Request(str(repo.root), select=select)), comparing=True)
        names = sorted(path.name for path in repo.root.glob("*.md"))
        folder = repo.root.parent / f"parts{shards}"
        folder.mkdir(exist_ok=True)
        for shard in range(shards):
            rows = [row_of(_record(repo, name), checker) for name in names[shard::shards]]
            table = pa.Table.from_pylist(rows, schema=LINTED)
            pq.write_table(table, folder / f"{shards - shard}.parquet")
        self.sql = Duck(str(folder / "*.parquet"), repo.root.parent / "scratch")
        self.made = near_copies(self.sql, checker, bounds)
        self.notices = self.made.notices
        self.findings = self._rows(self.made.findings)
        self.members = self._rows(self.made.clusters)
        self.suppressed = {row["source"] for row in self._rows(self.made.suppressed)}

    def _rows(self, tables: Iterable[str]) -> list[dict[str, Any]]:
        batches = (batch for name in tables for batch in self.sql.rows(f"SELECT * FROM {name}"))
        rows = [row for batch in batches for row in batch.to_pylist()]
        return sorted(rows, key=lambda row: (row.get("cluster", ""), row["source"]))

    @property
    def clusters(self) -> list[list[str]]:
        found = defaultdict(list)
        for row in self.members:
            found[row["cluster"]].append(row["source"])
        return sorted(found.values())

    @property
    def flagged(self) -> list[str]:
        return sorted(row["source"] for row in self.findings)


def _record(repo: Repository, name: str) -> Record:
    return Record(source=name, locator=name, content=(repo.root / name).read_bytes())


def drawn(text: str, form: str = "markdown") -> bytes:
    made = sketch(read_source("a.md", text, form))
    assert made is not None
    return made


# --- the sketch


def test_headline_markup_and_marks_make_no_other_copy() -> None:
    words = prose(1)
    one = drawn(article(words, "One headline"))
    other = drawn(
        "# Another\n\nBy Ilse Brandt\n\n" + paragraphs(words).replace(".", " — *indeed*,")
    )
    plain = drawn("# Another\n\n" + paragraphs(words).replace(".", "!"))
    assert share(one, plain) == 1
    assert 0.5 < share(one, other) < 1


def test_a_short_body_has_no_sketch() -> None:
    assert (
        sketch(read_source("a.md", article(prose(1, LEAST - 1), "A headline"), "markdown")) is None
    )
    assert sketch(read_source("a.md", article(prose(1, LEAST), "A headline"), "markdown"))
    assert sketch(read_source("a.md", "", "markdown")) is None
    assert sketch(read_source("a.md", "# Only a headline\n", "markdown")) is None


@settings(max_examples=25, deadline=None)
@given(changes=st.integers(1, 40), seed=st.integers(0, 10**6))
def test_the_estimate_is_as_near_as_it_claims(changes: int, seed: int) -> None:
    words = prose(seed, 400)
    other = reworded(words, changes, seed)
    true = jaccard(words, other)
    one, two = (drawn(paragraphs(copy)) for copy in (words, other))
    assert abs(share(one, two) - true) <= 5 * doubt(min(true, 1 - 1 / PERMUTATIONS)) + 0.01


def test_letters_of_every_script_count() -> None:
    words = [f"слово{number}" for number in range(60)]
    same, other = drawn(" ".join(words), "text"), drawn(" ".join(reversed(words)), "text")
    assert share(same, drawn(" ".join(words).upper(), "text")) < 1  # case of ASCII alone is folded
    assert share(same, other) < 0.1


@pytest.mark.parametrize("threshold", [0.5, 0.6, 0.75, 0.8, 0.95])
def test_buckets_are_so_wide_that_pairs_at_the_threshold_meet(threshold: float) -> None:
    rows = rows_of(threshold)
    bands = PERMUTATIONS // rows
    assert 1 - (1 - threshold**rows) ** bands >= copies.FOUND
    assert rows > 1


# --- pairs


def test_what_is_printed_again_is_found_by_its_copy(repo: Repository) -> None:
    words = prose(1)
    repo.write("new.md", article(reworded(words, 3), "The second headline", "2021-05-04"))
    repo.write("old.md", article(words, "The first headline", "2012-01-31"))
    repo.write("else.md", article(prose(2), "The first headline", "2011-01-31"))
    found = Archive(repo)
    assert found.clusters == [["new.md", "old.md"]]
    new, old = found.members
    assert (old["role"], old["score"], old["published"]) == ("first", 1.0, "2012-01-31")
    assert (new["role"], new["subject"]) == ("copy", "The first headline")
    assert abs(new["score"] - jaccard(words, reworded(words, 3))) < 0.1
    assert f"{int(100 * new['score'])} %" in new["note"]
    assert found.flagged == ["new.md", "old.md"]
    assert found.notices == []


def test_findings_are_those_of_check(repo: Repository) -> None:
    words = prose(1)
    repo.write("a.md", article(words, "The first headline", "2012-01-31"))
    repo.write("b.md", article(reworded(words, 2), "The “second” <headline>"))
    repo.write("c.md", article(reworded(words, 3, "c"), "The third headline"))
    repo.config(f"rules: {{{RULE}: error}}\n")
    told = {
        (one["path"], found["message"], found["severity"], found["text"], found["fingerprint"],
         found["start"]["offset"], found["end"]["offset"], found["start"]["line"],
         found["start"]["column"], found["fix"]["advice"])
        for one in repo.check("--select", RULE, ".").document["articles"]
        for found in one["findings"]
    }  # fmt: skip
    found = Archive(repo, select=(RULE,)).findings
    columns = ("source", "message", "severity", "text", "fingerprint", "start", "end", "line",
               "column", "advice")  # fmt: skip
    assert {tuple(row[name] for name in columns) for row in found} == told
    assert len(told) == 3
    assert all(row["across"] and row["rule"] == RULE for row in found)


def test_what_shares_less_than_half_is_never_found(repo: Repository) -> None:
    words = prose(1, 400)
    for changes in (40, 50, 60, 70):
        other = reworded(words, changes, changes)
        assert jaccard(words, other) < 0.5
        repo.write(f"{changes}.md", article(other, f"Headline {changes}"))
    repo.write("a.md", article(words, "Headline"))
    assert Archive(repo).clusters == []


def test_the_same_words_under_quite_another_source_are_no_copy(repo: Repository) -> None:
    words = prose(1)
    linked = " ".join(
        f"[{word}](https://paper.example/{number}/{word}{number}?from=list{number})"
        for number, word in enumerate(words)
    )
    repo.write("a.md", article(words, "A headline"))
    repo.write("b.md", f"# A list\n\n{linked}\n")
    assert Archive(repo).clusters == []


def test_threshold_and_words_of_the_rule_hold(repo: Repository) -> None:
    words = prose(1, 150)
    repo.write("a.md", article(words, "Headline one"))
    repo.write("b.md", article(reworded(words, 7), "Headline two"))  # about 0.62 in common
    assert Archive(repo).clusters == []
    repo.config(f"rules: {{{RULE}: {{options: {{threshold: 0.6}}}}}}\n")
    assert Archive(repo).clusters == [["a.md", "b.md"]]
    repo.config(f"rules: {{{RULE}: {{options: {{threshold: 0.6, words: 200}}}}}}\n")
    assert Archive(repo).clusters == []
    repo.config(f"rules: {{{RULE}: off}}\n")
    assert Archive(repo).made == ([], [], [], [])


def test_overrides_hold_for_their_articles(repo: Repository) -> None:
    for name in ("a.md", "b.md", "c.md"):
        repo.write(name, article(prose(1), f"Headline of {name}"))
    repo.config(
        "overrides:\n"
        f"  - {{files: [b.md], rules: {{{RULE}: info}}}}\n"
        f"  - {{files: [c.md], rules: {{{RULE}: off}}}}\n"
    )
    found = Archive(repo)
    assert {row["source"]: row["severity"] for row in found.findings} == {
        "a.md": "warning",
        "b.md": "info",
    }
    assert found.clusters == [["a.md", "b.md"]]


def test_a_suppression_of_either_side_holds(repo: Repository) -> None:
    waved = f"newslint: {{ignore: {{{RULE}: a reprint}}}}\n"
    repo.write("a.md", article(prose(1), "Headline one", more=waved))
    repo.write("b.md", article(prose(1), "Headline two"))
    repo.write("c.md", article(prose(2), "Headline three", more=waved))
    repo.write("d.md", article(prose(2), "Headline four"))
    repo.write("e.md", article(prose(2), "Headline five"))
    found = Archive(repo)
    assert found.flagged == ["d.md", "e.md"]
    assert found.suppressed == {"a.md", "b.md", "c.md"}
    assert found.clusters == [["a.md", "b.md"], ["c.md", "d.md", "e.md"]]


def test_a_second_rule_compares_by_its_own_threshold(repo: Repository) -> None:
    common = "kind: duplicate\nlanguage: any\nseverity: info\nmessage: “{other}”\n"
    repo.desk(
        f"id: strict-copies\n{common}options: {{check: article, threshold: 0.95}}",
        f"id: loose-copies\n{common}options: {{check: article, threshold: 0.6}}",
    )
    words = prose(1)
    repo.write("a.md", article(words, "Headline one"))
    repo.write("b.md", article(words, "Headline two"))
    waved = "newslint: {ignore: {loose-copies: an excerpt}}\n"
    repo.write("c.md", article(reworded(words, 6), "Headline three", more=waved))
    found = Archive(repo)
    assert found.suppressed == {"c.md"}
    by_rule = sorted((row["rule"], row["source"]) for row in found.findings)
    assert by_rule == [
        ("loose-copies", "a.md"), ("loose-copies", "b.md"),
        ("strict-copies", "a.md"), ("strict-copies", "b.md"),
    ]  # fmt: skip


# --- clusters


def test_a_chain_makes_clusters_in_which_all_are_alike(repo: Repository) -> None:
    texts = {"a0.md": prose(1, 300)}
    for number in range(1, 8):
        words = list(texts[f"a{number - 1}.md"])
        words[(number - 1) * 36 : (number - 1) * 36 + 24] = prose(f"new {number}", 24)
        texts[f"a{number}.md"] = words
    for name, words in texts.items():
        repo.write(name, article(words, f"Headline of {name}"))
    found = Archive(repo)
    for cluster in found.clusters:
        assert all(jaccard(texts[a], texts[b]) > 0.5 for a in cluster for b in cluster)
    for one, other in pairwise(texts):
        assert jaccard(texts[one], texts[other]) > 0.8
        assert any({one, other} <= set(cluster) for cluster in found.clusters)
    assert len(found.clusters) > 1


def test_a_bucket_of_thousands_is_cut_and_told(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge, compared = copies._alike, list[int]()

    def counting(least: float, pairs: pa.Table) -> pa.Table:
        compared.append(pairs.num_rows)
        return judge(least, pairs)

    monkeypatch.setattr(copies, "_alike", counting)
    for number in range(30):
        repo.write(f"{number:02}.md", article(prose(1), f"Table {number}"))
    repo.write("else.md", article(prose(2), "Another"))
    found = Archive(repo, bounds=Bounds(slice=8))
    assert len(found.flagged) == 30
    assert 0 < sum(compared) <= 30 * 8
    assert [notice for notice in found.notices if "30 articles" in notice and "8" in notice]
    assert {name for cluster in found.clusters for name in cluster} == set(found.flagged)


def test_a_cluster_of_thousands_is_cut_and_told(repo: Repository) -> None:
    for number in range(12):
        repo.write(f"{number:02}.md", article(prose(1), f"Table {number}"))
    found = Archive(repo, bounds=Bounds(members=5))
    assert found.clusters == [[f"{number:02}.md" for number in range(5)]]
    assert len(found.flagged) == 12
    assert any("1 clusters have more than 5 articles" in notice for notice in found.notices)


def test_neither_order_nor_shards_matter(repo: Repository) -> None:
    for number in range(24):
        words = reworded(prose(number % 6), 2, number)
        repo.write(f"{number:02}.md", article(words, f"Headline {number}", "2020-02-02"))
    one, other = Archive(repo, 1), Archive(repo, 5)
    assert one.members == other.members
    assert one.findings == other.findings
    assert len(one.clusters) == 6


links = st.sets(st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda p: p[0] < p[1]))


def graph(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


@given(pairs=links, unlike=links)
def test_every_link_is_in_a_star_and_every_star_has_a_centre(
    pairs: set[tuple[int, int]], unlike: set[tuple[int, int]]
) -> None:
    near = graph(pairs)
    made = list(stars.stars(near, lambda one, other: (one, other) not in unlike))
    for one, other in pairs:
        assert any({one, other} <= set(star) for star in made)
    for star in made:
        assert star == sorted(set(star))
        centres = [c for c in star if set(star) <= near[c] | {c}]
        assert centres
        first = star[0]
        assert any(
            all(n in (first, c) or first == c or (first, n) not in unlike for n in star)
            for c in centres
        )


def test_certainty_leaves_no_room_for_pairs_under_half() -> None:
    assert stars.LEAST + CERTAIN * doubt(stars.LEAST) < 0.6
    assert doubt(0.8) < 0.026
