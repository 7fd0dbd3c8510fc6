"""Who says what: sources, cues, contents, and the quotations that nobody speaks."""

from __future__ import annotations

import pytest
from conftest import Repository, within
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import readers
from newslint.article import Article
from newslint.language.attributions import Attribution, attributions, speakers
from newslint.language.quotations import quotations
from newslint.lexicons import changed
from newslint.reference import shipped

LEXICONS = shipped().lexicons
WORDS = "“It will not stand another year,”"


def article(copy: str) -> Article:
    return readers.read("a.md", copy.encode()).article


def source(read: Article, told: Attribution | None) -> str | None:
    return told.source.place.text(read) if told and told.source else None


def speaker(copy: str) -> str | None:
    read = article(copy)
    return source(read, speakers(read, LEXICONS)[0])


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        (f"{WORDS} Ada Lorne said.", "Ada Lorne"),
        (f"{WORDS} said Ada Lorne.", "Ada Lorne"),
        (f"{WORDS} she said on Monday.", "she"),
        (f"{WORDS} Lorne, who runs the ferry, told the board.", "Lorne"),
        (f"{WORDS} Ada Lorne, 44, of Tarrow, has often said.", "Ada Lorne"),
        (f"{WORDS} said a spokesman for the ferry firm.", "a spokesman for the ferry firm"),
        (f"{WORDS} according to the harbour board.", "the harbour board"),
        (f"{WORDS} deadpanned Vale.", "Vale"),
        (f"{WORDS} Vale harrumphed.", "Vale"),
        ("Ada Lorne said, “It will not stand another year.”", "Ada Lorne"),
        ("Ada Lorne: “It will not stand another year.”", "Ada Lorne"),
        ("“It will not stand another year” — Ada Lorne", "Ada Lorne"),
        ("“It will not stand another year.” (Ada Lorne)", "Ada Lorne"),
        ("Lorne called the pier “a danger to every boat.”", "Lorne"),
        ("The pier, Lorne told the board, is “a danger to every boat.”", "Lorne"),
        ("Vale left early, calling the pier “a danger to every boat.”", "Vale"),
        ("The sign says “keep off the pier at night.”", "The sign"),
        ("It was described by Vale as “a danger to every boat.”", "Vale"),
        ("Vale’s view is that it is “a danger to every boat.”", "Vale’s"),
        ("Vale shook his head. “It will not stand another year.”", "Vale"),
        ("“Will it stand?” Vale pressed. “For how long?”", "Vale"),
        ("Critics say it is “a danger to every boat.”", "Critics"),
        ("In 2019 the pier was called “a danger to every boat.”", None),
        ("The pier closed on Monday. “It will not stand another year,”.", None),
    ],
)
def test_speakers(copy: str, expected: str | None) -> None:
    assert speaker(copy) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("“The pier is old,” Ada Lorne said.", "Ada Lorne"),
        ("Ada Lorne spoke for an hour, saying:", "Ada Lorne"),
        ("Ada Lorne told the board that the pier was old.", "Ada Lorne"),
        ("Ada Lorne had one wish:", "Ada Lorne"),
        ("“The pier is old,” Ada Lorne said.\n\nShe paused.", "Ada Lorne"),
        ("The pier is old.", None),
    ],
)
def test_speakers_are_carried_over_paragraphs(before: str, expected: str | None) -> None:
    read = article(f"{before}\n\n“It will not stand another year.”")
    assert source(read, speakers(read, LEXICONS)[-1]) == expected


def test_a_line_behind_names_the_speaker() -> None:
    read = article("“It will not stand another year.”\n\n— Ada Lorne, the harbour master")
    assert source(read, speakers(read, LEXICONS)[0]) == "Ada Lorne"


def test_one_quotation_in_two_pieces_has_one_speaker() -> None:
    read = article("“It is old,” Lorne said, “and it will not stand.” Nobody spoke.")
    assert [source(read, told) for told in speakers(read, LEXICONS)] == ["Lorne", "Lorne"]


@pytest.mark.parametrize(
    ("copy", "cue", "who", "sort", "content"),
    [
        ("The board said the pier was old.", "said", "The board", "role", "the pier was old"),
        ("The pier was old, Ada Lorne said.", "said", "Ada Lorne", "named", "The pier was old"),
        ("According to a person close to the board, it is old.", "According to",
         "a person close to the board", "anonymous", "it is old"),
        ("Critics say that the pier is old.", "say", "Critics", "vague", "that the pier is old"),
        ("The survey found that it is old.", "found", "The survey", "role", "that it is old"),
    ],
)  # fmt: skip
def test_indirect_reports(copy: str, cue: str, who: str, sort: str, content: str) -> None:
    read = article(copy)
    [report] = attributions(read, LEXICONS).reports
    assert report.cue is not None
    assert report.source is not None
    assert report.cue.text(read) == cue
    assert report.source.place.text(read) == who
    assert report.source.sort == sort
    assert [part.text(read) for part in report.content] == [content]
    assert report.quotation is None


@pytest.mark.parametrize(
    "copy",
    [
        "The states of the north and the claims of the firm were the same.",
        "The pier was found by a boy in 1920.",
        "The estimated cost of the pier rose, adding to the debts of the town.",
        "He made notes and reports for the board.",
    ],
)
def test_nouns_and_passives_report_nothing(copy: str) -> None:
    assert attributions(article(copy), LEXICONS).reports == ()


def test_agentless_reports_have_no_source() -> None:
    read = article("It is believed that the pier is old.")
    [report] = attributions(read, LEXICONS).reports
    assert report.source is None
    assert report.cue is not None
    assert report.cue.text(read) == "It is believed"
    assert [part.text(read) for part in report.content] == ["that the pier is old"]


def test_pronouns_and_surnames_stand_for_a_name() -> None:
    read = article(
        "Ada Lorne, the harbour master, told the board that the pier was old.\n\n"
        "“It will not stand another year,” she said.\n\n“We are sorry,” Lorne added."
    )
    told = attributions(read, LEXICONS).speakers
    names = [one.source.resolved for one in told if one and one.source]
    assert [name.text(read) if name else None for name in names] == ["Ada Lorne", "Ada Lorne"]


def test_a_newsroom_adds_its_own_cues() -> None:
    copy = "Vale blurbled that the pier was old."
    assert attributions(article(copy), LEXICONS).reports == ()
    own = changed(LEXICONS, {"attribution": {"saying+": {"blurble": "blurbles, blurbled"}}})
    read = article(copy)
    [report] = attributions(read, own).reports
    assert source(read, report) == "Vale"


def test_a_second_rule_with_other_words(repo: Repository) -> None:
    repo.desk(
        "id: a\nkind: quotation\nmessage: x\nquotations: true\noptions: {check: unattributed}\n",
        "id: b\nkind: quotation\nmessage: x\nquotations: true\n"
        "options: {check: unattributed, min-words: 3, "
        "lexicons: {attribution: {saying+: {yodel: 'yodels, yodelled'}}}}\n",
    )
    found = repo.copy(
        "The pier shut. “All is lost.”\n\nThe inn shut as well. “It was the last one.”\n"
    )
    assert sorted(found.found) == [
        ("a", "“It was the last one.”"), ("b", "“All is lost.”"), ("b", "“It was the last one.”"),
    ]  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.sampled_from(
    ["“", "”", '"', "said", "Vale", "he", ",", ".", "who", "according to", "(", ")", "—", ":",
     "\n\n", "that", "’s", "the", "in", "calling", "\n\n> ", "🙂", "İ", "and", "?”", "told"]
), max_size=40))  # fmt: skip
def test_all_passages_lie_in_the_copy(pieces: list[str]) -> None:
    read = article(" ".join(pieces))
    found = attributions(read, LEXICONS)
    assert len(found.speakers) == len(quotations(read).joined)
    for report in found.reports:
        places = [*report.content, *([report.cue] if report.cue else [])]
        places += [report.source.place] if report.source else []
        for place in places:
            assert 0 <= place.start <= place.end <= len(read.blocks[place.block].text)


@pytest.mark.parametrize(
    "copy",
    [
        "said, " * 20_000, "“a b c d e f” " * 5_000, "Vale, " * 20_000, "(" * 30_000,
        "“All is lost again,” and\n\n" * 3_000, "who said " * 10_000, "Vale and " * 10_000,
    ],
)  # fmt: skip
def test_hostile_copy_takes_linear_time(copy: str) -> None:
    read = article(copy)
    with within(5):
        attributions(read, LEXICONS)
