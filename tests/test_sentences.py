"""Sentences and words of news copy."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.article import PARAGRAPH, Article, Block, Origin
from newslint.language import once
from newslint.language.sentences import article_sentences, sentences, words

PASSAGES = Path(__file__).parents[1] / "benchmarks" / "data" / "sentences.jsonl"


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "passage",
    [
        "The U.S. President met Gen. Ada Lund.|He left.",
        "They signed it in the U.S.|The treaty runs for ten years.",
        "Doors open at 5 p.m. on Tuesday.|Entry is free.",
        "The session ran to 5 p.m.|The council met again at 8 p.m. Friday.",
        "Crews came at 6 a.m.|Mayor Ito thanked them.",
        "She ranks No. 10 in the list.|Her sister ranks No. 4.",
        "The answer was no.|Ten members left.",
        "J. Marsh and George W. Dell wrote it.|K.T. Rowe sang.",
        "It chose plan B.|Nobody objected.",
        "The bridge cost $2.5 million.|It is 1.2 miles long.",
        "St. Orla and Mt. Fenn were cut off.|Dr. J. Marsh flew in.",
        "It was named on Jan. 6 in Marsh v. Dell.|The state lost.",
        "Acme Inc. said so.|Acme Inc. Chief Ida Poe agreed.",
        "She moved to Acme Inc.|The pay was better.",
        "Bring food, e.g. bread.|Vale et al. found none.",
        "He waited … and left.|Nobody saw him...|The door was open.",
        "“I thought … I knew him,” she said.",
        "“We won,” he said.|“It took years.”|The crowd sang.",
        "“Why?” he asked.|“Why now?” Dell asked.|“Why us?”",
        "“Stop!”|The van drove on.",
        "The rule (it is old!) stands.|(It dates from 1950.)|It may go.",
        "See USA.gov or halden.example.|Yahoo! Inc. has closed.",
        "The vote was void.1|A second is planned.[2]|It will be held in May.¹|All may vote.",
        "HALDEN, Ill. (AP) — A barn burned.|Sen. Rae Poe, D-Ill., came.",
        "iPhone sales fell.|iPhone makers sighed.",
        "1. Wash the rice.|Cook it.",
        "Council approves bridge",
        "￼ said so.|￼ denied it.",
        "The end.  lower case goes on",
        "Mr.\u00a0Dell left.|Ms.\u00a0Poe stayed.",
    ],
)
def test_sentences(passage: str) -> None:
    parts = passage.split("|")
    assert cut(" ".join(parts)) == parts


def test_passages_of_the_benchmark() -> None:
    records = [json.loads(line) for line in PASSAGES.read_text(encoding="utf-8").splitlines()]
    assert len(records) >= 150
    right = sum(cut(" ".join(r["sentences"])) == r["sentences"] for r in records)
    assert right / len(records) >= 0.95


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S.-led force, 1,000 strong", ["The", "U.S.-led", "force", "1,000", "strong"]),
        ("don't or don’t: the workers’ pay", ["don't", "or", "don’t", "the", "workers", "pay"]),
        ("At 5 p.m. on USA.gov", ["At", "5", "p.m.", "on", "USA.gov"]),
        ("A Ph.D. costs $2.5 million.", ["A", "Ph.D.", "costs", "2.5", "million"]),
        ("well-known – AT&T ￼ cafe\u0301s", ["well-known", "AT&T", "cafe\u0301s"]),
        ("He said.Then snake_case", ["He", "said", "Then", "snake", "case"]),
        ("… — “”", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in words(text)] == expected


COPY = st.lists(
    st.sampled_from(
        ["U.S.", "The", "Dr.", "end.", "“Why?”", "he", "(no.)", "...", "…", "5", "p.m.", "No.",
         "J.", " ", "  ", "\t", "\u00a0", "”", "'", "￼", "[2]", "é", "!", "-"]
    ),
    max_size=40,
).map("".join) | st.text(max_size=60)  # fmt: skip


@settings(max_examples=300)
@given(COPY)
def test_sentences_hold_every_character_but_white_space(text: str) -> None:
    ranges = sentences(text)
    kept = "".join("".join(text[s:e].split()) for s, e in ranges)
    assert kept == "".join(text.split())
    assert all(text[s:e] == text[s:e].strip() != "" for s, e in ranges)
    assert all(e <= s for (_, e), (s, _) in pairwise(ranges))


@settings(max_examples=150)
@given(COPY)
def test_words_are_sorted_and_hold_every_letter(text: str) -> None:
    ranges = words(text)
    assert all(e <= s for (_, e), (s, _) in pairwise(ranges))
    covered = {i for s, e in ranges for i in range(s, e)}
    assert all(i in covered for i, c in enumerate(text) if c.isalnum())


@pytest.mark.parametrize("unit", [".", ". ", "Mr. ", "Mr.\t", "(a.) A ", "A. ", "x!” Al "])
def test_long_copy_takes_linear_time(unit: str) -> None:
    text = unit * 30_000
    assert sum(end - start for start, end in sentences(text)) <= len(text)


def block(text: str) -> Block:
    return Block(PARAGRAPH, text, Origin((0, len(text)), (0,), (len(text),)))


def test_sentences_never_run_across_blocks() -> None:
    article = Article("a.md", "", "markdown", (block("One two"), block(""), block("Three. Four")))
    assert article_sentences(article) == (((0, 7),), (), ((0, 6), (7, 11)))


def test_once_works_out_a_result_a_single_time_for_each_article() -> None:
    calls = []

    @once
    def room(article: Article) -> None:
        calls.append(article.path)

    first, second = Article("a.md", "", "markdown"), Article("b.md", "", "markdown")
    for article in (first, second, first):
        assert room(article) is None
    assert calls == ["a.md", "b.md"]
    assert len(first.memo) == 1
