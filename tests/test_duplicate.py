"""Kind `duplicate`: headlines, passages and articles that are printed twice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import pytest
from conftest import ROOT, Repository
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import stylebooks
from newslint.article import Article
from newslint.kinds.contract import Clash, Comparison, Voice
from newslint.kinds.duplicate.articles import SKETCH
from newslint.kinds.duplicate.titles import difference, words_of
from newslint.lint import Linter
from newslint.readers import read_source
from newslint.stylebooks import make_rule

LOADED = stylebooks.load(["newsroom"], ROOT)
NAMES = ("duplicate-headline", "repeated-passage", "near-duplicate-article")
RULES = {name: make_rule(LOADED, name) for name in NAMES}
BODY = " ".join(
    f"The {chr(97 + a)}ermits {chr(97 + b)}arried crates past wharf{a}x{b} since six{b}y{a} ferries "
    f"and scow{a}q{b} wardens counted {a * b} sails in bay{b}z{a}."
    for a in range(6)
    for b in range(5)
)


def article(text: str, path: str = "a.md") -> Article:
    return read_source(path, text, "markdown" if path.endswith(".md") else "text")


def found(rule: str, text: str, path: str = "a.md") -> list[str]:
    findings, errors = Linter([RULES[rule]]).check(article(text, path))
    assert not errors
    return [finding.text for finding in findings]


def clashes(rule: str, texts: Sequence[str]) -> list[Clash]:
    comparison = RULES[rule].finder.comparison
    assert comparison is not None
    return compared(comparison, [article(text, f"{n}.md") for n, text in enumerate(texts)])


def compared(comparison: Comparison, articles: Sequence[Article]) -> list[Clash]:
    said = [Voice(one.path, "", tuple(comparison.facts(one))) for one in articles]
    return list(comparison.compare([voice for voice in said if voice.facts]))


def same(one: str, other: str, body: str = "It rained.") -> bool:
    pair = clashes("duplicate-headline", [f"# {one}\n\n{body}\n", f"# {other}\n\n{body}\n"])
    assert len(pair) in (0, 2)
    return bool(pair)


# Headlines across articles


@pytest.mark.parametrize(
    "other",
    [
        "Council sells old harbour crane to museum",
        "COUNCIL SELLS OLD HARBOUR CRANE TO MUSEUM",
        "Council Sells Old Harbour Crane to Museum | Corley Courier",
        "Council sells old harbour crane to museum - The Post",
        "Council sells old harbour crane to museum — penwick.example",
        "Council finally sells old harbour crane to museum",
        "Council sells harbour crane to museum",
        "Council sells rusty harbour crane to museum",
        "“Council sells old harbour crane to museum”",
    ],
)
def test_one_headline_over_two_articles(other: str) -> None:
    assert same("Council sells old harbour crane to museum", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Markets close lower on Monday as miners fall", "Markets close lower on Tuesday as miners fall"),
        ("Ferry sinks off Dorsham with 12 aboard", "Ferry sinks off Dorsham with 14 aboard"),
        ("Ferry sinks off Dorsham with two aboard", "Ferry sinks off Dorsham with ten aboard"),
        ("Board meets in March on pier plan", "Board meets in April on pier plan"),
        ("Police in Dorsham look for missing boy", "Police in Ankley look for missing boy"),
        ("Council will close the village pool", "Council will not close the village pool"),
        ("Shares in ferry firm rise after sale", "Shares in ferry firm fall after sale"),
        ("Letters to the editor", "Letters to the Editor"),
        ("Your morning briefing", "Your morning briefing"),
        ("Rain again", "Rain again"),
        ("The pier column: mending your nets", "The pier column: choosing your nets"),
        ("Council sells old crane to museum", "Museum to sell the old crane of the council"),
    ],
)  # fmt: skip
def test_two_stories(one: str, other: str) -> None:
    assert not same(one, other)


def test_the_copy_tells_names_from_words_in_title_case() -> None:
    one, other = "Fans of Marlow Praise New Stand", "Fans of Tarrant Praise New Stand"
    assert same(one, other)
    assert not same(one, other, "The fans of Marlow and those of Tarrant met.")
    one, other = "Fans of Rivals Praise New Stand", "Fans of Hosts Praise New Stand"
    assert same(one, other, "The fans of rivals and those of hosts met.")


def test_each_article_of_a_family_has_its_finding_whatever_the_order() -> None:
    texts = [f"# Council sells old harbour crane to museum\n\nNote {n}.\n" for n in range(40)]
    hits = clashes("duplicate-headline", texts)
    assert {hit.voice.path for hit in hits} == {f"{n}.md" for n in range(40)}


def test_what_two_headlines_have_in_common_does_not_hang_on_the_order() -> None:
    headlines = (
        "old harbour crane sold",
        "An old harbour crane sold",
        "The old harbour crane sold",
    )
    for order in permutations(headlines):
        hits = clashes("duplicate-headline", [f"# {text}\n" for text in order])
        assert sorted(hit.values["match"] for hit in hits) == sorted(headlines)
        assert all("differs by one word" in hit.values["problem"] for hit in hits)


# Headlines in one article


def test_the_headline_printed_again() -> None:
    text = "Board drops pier plan again\n\nBoard drops pier plan again\n\nIt was the third vote.\n"
    assert found("duplicate-headline", text, "a.txt") == ["Board drops pier plan again"]


@pytest.mark.parametrize(
    "below",
    [
        "## Why the board dropped the plan",
        "The board dropped its plan for a longer pier, members said.",
        "![Board drops pier plan](a.png)",
        "- Board drops pier plan",
    ],
)
def test_what_stands_below_a_headline(below: str) -> None:
    assert not found("duplicate-headline", f"# Board drops pier plan\n\n{below}\n\nIt rained.\n")


@pytest.mark.parametrize(
    "text", ["", "# \n", "It rained.\n", "# \n\n# \n", "- x\n", "# 北京\n\n# 北京\n"]
)
def test_odd_articles(text: str) -> None:
    for rule in RULES:
        assert not found(rule, text)
        if RULES[rule].finder.comparison:
            assert not clashes(rule, [text, text])


# Passages


def test_a_figure_told_again_and_again() -> None:
    text = "# Finds\n\n" + "\n\n".join(
        f"{start} divers found 1,400 coins under the pier." for start in ("Two", "The", "Later,")
    )
    assert found("repeated-passage", text) == ["divers found 1,400 coins under the pier"]
    assert not found("repeated-passage", "\n\n".join(text.split("\n\n")[:-1]))


@pytest.mark.parametrize(
    "paragraph",
    [
        "“Divers found 1,400 coins under the pier,” she said on day {}.",
        "> Divers found 1,400 coins under the pier {}.",
        "- Divers found 1,400 coins on dive {}",
        "The Coastal Homes Act came up in meeting {}.",
        "Section 1420 of the code came up in meeting {}.",
        "In 2019 visitors came, and group {} left.",
    ],
)
def test_what_may_be_said_again(paragraph: str) -> None:
    text = "# Finds\n\n" + "\n\n".join(paragraph.format(n) for n in "abcd")
    assert not found("repeated-passage", text)


def test_a_clause_that_stands_twice() -> None:
    clause = "the harbour master had asked three times for a new winch and a longer chain"
    text = f"# Winch\n\nOn Monday {clause}.\n\nOn Friday, {clause}, Rowe said.\n"
    assert not found("repeated-passage", text)  # not the same from one mark to the next
    text = f"# Winch\n\nIt rained; {clause}.\n\nOn Friday, {clause}, Rowe said.\n"
    assert found("repeated-passage", text) == [clause]
    assert not found("repeated-passage", text.replace(clause, f"“{clause}”"))
    assert not found("repeated-passage", text.replace(clause, f"[{clause}](https://a.example)"))


def test_more_passages_than_are_shown_are_announced() -> None:
    clauses = [f"the {word} pilot steered the boats past the rocks by night" for word in "abcde"]
    text = "# Pilots\n\n" + "\n\n".join(
        f"{clause.capitalize()}." for clause in clauses + clauses[::-1]
    )
    findings, _ = Linter([RULES["repeated-passage"]]).check(article(text))
    assert len(findings) == 3
    assert findings[-1].message.endswith("and 2 more like it")


def test_a_paragraph_that_stands_twice_is_one_passage() -> None:
    told = (
        "The harbour master had asked three times for a new winch, and the board had put him off "
        "each time without a word. The chain that held the ferry was older than the ferry itself."
    )
    text = f"# Winch\n\n{told}\n\nIt rained.\n\n{told}\n"
    sentence = told.split(". ")[0]
    assert found("repeated-passage", text) == [sentence]


ITEM = "The pilots' union counts 1,400 boats that went out without a pilot since the spring."


def test_items_of_a_live_file_stand_alone() -> None:
    times = ("4:15 p.m.", "3:40 p.m.", "noon", "9:05 a.m.")
    items = [f"{time}\n\nBoat {n} is in the harbour now.\n\n{ITEM}" for n, time in enumerate(times)]
    text = "# The Latest: pilots on strike\n\n" + "\n\n".join(items)
    assert not found("repeated-passage", text)
    assert found("repeated-passage", text.replace(times[1], "Later"), "a.md") == [ITEM[:-1]]
    twice = f"# The Latest\n\n8:05\n\n{ITEM}\n\n7:30\n\nIt rained.\n\n7:10\n\n{ITEM}\n"
    assert found("repeated-passage", twice) == [ITEM[:-1]]  # filed twice


def test_a_summary_may_say_what_the_copy_says() -> None:
    text = f"# Pilots\n\nAt a glance\n\n{ITEM}\n\nIn full\n\nIt rained.\n\n{ITEM}\n"
    assert not found("repeated-passage", text)
    assert found("repeated-passage", text.replace("At a glance", "On Monday")) == [ITEM[:-1]]


# Articles


def test_nearly_the_same_article() -> None:
    edited = BODY.replace("past", "over", 1)
    hits = clashes("near-duplicate-article", [f"# One\n\n{BODY}", f"# Two\n\n{edited}"])
    assert [(hit.voice.path, hit.values["other"]) for hit in hits] == [
        ("0.md", "Two"),
        ("1.md", "One"),
    ]


def test_articles_that_share_less_than_the_threshold() -> None:
    words = BODY.split()
    half = " ".join(words[: len(words) // 2])
    assert not clashes("near-duplicate-article", [BODY, half])
    assert not clashes("near-duplicate-article", ["It rained twice.", "It rained twice."])


def test_what_all_articles_have_tells_nothing() -> None:
    footer = " ".join(
        f"Harbour notices number {n} concerns mooring, fishing and parking." for n in range(30)
    )
    texts = [
        f"# Story {n}\n\n" + " ".join(f"Village{n} story{n}x{i} crane{n} reached" for i in range(200)) + f"\n\n{footer}"
        for n in range(30)
    ]  # fmt: skip
    twins = [*texts, texts[7].replace("reached", "touched", 1)]
    assert {hit.voice.path for hit in clashes("near-duplicate-article", twins)} == {"7.md", "30.md"}


def test_a_sketch_is_small() -> None:
    comparison = RULES["near-duplicate-article"].finder.comparison
    assert comparison is not None
    (fact,) = comparison.facts(article("# Long\n\n" + " ".join(f"walking{n} seventh on" for n in range(9999)) + BODY * 9))  # fmt: skip
    assert len(fact.values[0]) <= 8 * SKETCH


# Any text


@settings(max_examples=60)
@given(st.text("aB c.,é’'\"“”-|1 2\n#", max_size=120))
def test_any_text(text: str) -> None:
    for path in ("a.md", "a.txt"):
        one = article(text, path)
        findings, errors = Linter(list(RULES.values())).check(one)
        assert not errors
        for finding in findings:
            assert text[finding.span.start : finding.span.end] == finding.text
        for ready in RULES.values():
            if ready.finder.comparison:
                list(ready.finder.comparison.facts(one))


@given(st.lists(st.sampled_from("abc"), max_size=6), st.lists(st.sampled_from("abc"), max_size=6))
def test_what_is_left_of_two_headlines(one: list[str], other: list[str]) -> None:
    at, left, right = difference(one, other)
    assert one == [*one[:at], *left, *one[at + len(left) :]]
    assert [*one[:at], *right, *one[at + len(left) :]] == other


def test_words_have_no_case_marks_or_possessives() -> None:
    assert words_of("The U.S.’s “Harbour-master’s” aide said: DON’T!") == (
        "the", "us", "harbourmaster", "aide", "said", "dont",
    )  # fmt: skip


# Rules of a newsroom's own, with other words


TWIN = """
id: twin
kind: duplicate
message: "{match}: {problem}"
options: {check: headline, telling: [rot], separators: ["/"], words: 3, routine: [Lage von heute]}
"""
TOLD = """
id: told
kind: duplicate
message: "{match} in {count} places"
options: {check: passage, numbers: [drei], negations: [nicht], times: 2, most: 1}
"""
COPY = """
id: copy
kind: duplicate
message: "as {other}"
options: {check: article, threshold: 0.9, words: 20}
"""


def test_other_rules_of_this_kind_run_beside_the_shipped_ones(repo: Repository) -> None:
    repo.desk(TWIN, TOLD, COPY)
    repo.config("extends: [newsroom, ./desk]\n")
    repo.write(
        "a.md",
        f"# Zug kommt heute\n\nEr kam nicht pünktlich nach Hause. {BODY}\n\nEr kam nicht pünktlich nach Hause zurück.\n",
    )
    repo.write("b.md", f"# Zug kommt heute / Bote\n\nEs regnet. {BODY}\n")
    repo.write("c.md", "# Zug kommt rot heute\n\nEs regnet.\n\nZug kommt rot heute\n")
    repo.write("d.md", "# Lage von heute\n\nEs regnet.\n")
    repo.write("e.md", "# Lage von heute\n\nEs regnet.\n")
    names = ("twin", "told", "copy", *NAMES)
    ran = repo.check("--select", ",".join(names), *(f"{name}.md" for name in "abcde"))
    assert ran.code == 1
    found = [
        (article["path"], finding["rule"], finding["text"])
        for article in ran.document["articles"]
        for finding in article["findings"]
    ]
    assert ("a.md", "told", "kam nicht pünktlich nach Hause") in {
        (p, r, t[3:]) for p, r, t in found
    }
    assert {(p, r) for p, r, _ in found} >= {
        ("a.md", "twin"), ("b.md", "twin"), ("c.md", "twin"), ("a.md", "copy"), ("b.md", "copy"),
        ("c.md", "duplicate-headline"), ("a.md", "near-duplicate-article"),
    }  # fmt: skip
    assert not {p for p, _, _ in found} & {"d.md", "e.md"}
