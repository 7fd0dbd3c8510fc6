"""Kind `name-variant`, and the check of `figures` that holds headlines against the story."""

from __future__ import annotations

import pytest
from conftest import Ran, Repository
from hypothesis import given
from hypothesis import strategies as st

from newslint import readers
from newslint.language.capitals import places_of
from newslint.language.spelling import index, respellings, speller

OPTIONS = "check: spelling, alike: {y: i, ck: k, c: k}, endings: [s, n, i]"
RULE = f"""
id: one-spelling
kind: name-variant
message: "{{match}} / {{other}} {{where}}"
quotations: "true"
options: {{{OPTIONS}}}
"""
PLACES = """
id: one-place
kind: name-variant
message: "{match} / {other} {where}"
options: {check: spelling, alike: {zz: z}, endings: [], places: {Gorvik: [Gorwick], Plenn: [Blenn]}}
"""
HEADS = """
id: head
kind: figures
message: "{match} / {other}"
scope: [headline, standfirst, caption]
options: {check: headline-name, alike: {y: i, c: k}, endings: [s], body: 20, ambiguous: [Grant], credits: [by]}
"""
BODY = "Captain Olena Marchenko left port. Marchenko radioed twice. Then {} was silent.\n"
FILLING = (
    "The board met for three hours and voted on the bridge, the ferry, the lake and the road. "
)


@pytest.fixture
def desk(repo: Repository) -> Repository:
    repo.desk(RULE)
    return repo


def messages(ran: Ran) -> list[str]:
    return [finding["message"] for finding in ran.findings]


@pytest.mark.parametrize(
    "wrong", ["Marchenkko", "Marchencko", "Marchenco", "Marcenko", "Marchneko", "Márchenko"]
)
def test_a_surname_respelt_is_found_where_it_departs(desk: Repository, wrong: str) -> None:
    assert desk.copy(BODY.format(wrong)).found == [("one-spelling", wrong)]


@pytest.mark.parametrize(
    "other",
    [
        "Marchenkos", "Marchenkoni", "Boris", "Marc", "the Marchenkko Fund", "Ellen Marchenkko",
        "@Marchenkko", "x.example/Marchenkko", "Marchenkko [sic]", "marchenkko and Marchenkko",
        "Marsh",
    ],
)  # fmt: skip
def test_another_name_or_word_is_none(repo: Repository, other: str) -> None:
    repo.desk(RULE.replace("endings:", "marks: ['[sic]'], endings:"))
    assert repo.copy(BODY.format(other)).found == []


def test_one_who_is_named_in_full_is_another_person(desk: Repository) -> None:
    copy = "Nurse Marta Brown left. Surgeon Ellen Browne stayed. Browne and Brown agree.\n"
    assert desk.copy(copy).found == []


def test_the_same_given_name_makes_one_person(desk: Repository) -> None:
    copy = "Nurse Marta Browne left. The ward saw Marta Brown come back.\n"
    assert desk.copy(copy).found == [("one-spelling", "Brown")]


def test_a_given_name_in_two_spellings(desk: Repository) -> None:
    copy = "Nurse Phillip Garrow left. The ward saw Philip Garrow come back. Pete Hall met Peter Hall.\n"
    assert desk.copy(copy).found == [("one-spelling", "Philip")]


def test_diacritics_lost(desk: Repository) -> None:
    copy = "The ferry to Kžubol was late. Nobody in Kzubol knew. A résumé is a resume.\n"
    assert desk.copy(copy).found == [("one-spelling", "Kzubol")]


def test_an_edit_only_where_four_of_five_uses_agree(desk: Repository) -> None:
    few = desk.copy(BODY.format("Marchenkko")).findings[0]
    assert few["fix"]["edits"] == []
    many = desk.copy(BODY.format("Marchenko and Marchenko saw Marchenkko, who")).findings[0]
    start, end = many["start"]["offset"], many["end"]["offset"]
    assert many["fix"]["edits"] == [{"start": start, "end": end, "text": "Marchenko"}]
    assert not many["fix"]["safe"]
    assert [place["text"] for place in many["related"]] == ["Marchenko"]


def test_a_quotation_is_looked_at_and_never_edited(desk: Repository) -> None:
    copy = BODY.format("Marchenko, Marchenko and Marchenko") + "\n“Ask Marchenkko,” he said.\n"
    finding = desk.copy(copy).findings[0]
    assert (finding["text"], finding["fix"]["edits"]) == ("Marchenkko", [])


def test_the_people_file_decides(desk: Repository) -> None:
    desk.desk(config="people: people.yml\n")
    desk.write("people.yml", "- name: Olena Marchencko\n  also-known-as: [Olena Marchenko]\n")
    ran = desk.copy(BODY.format("Marchenko"))
    assert messages(ran) == ["Marchenko / Marchencko in the people file"]
    assert [edit["text"] for edit in ran.findings[0]["fix"]["edits"]] == ["Marchencko"] * 3
    assert desk.copy(BODY.replace("Marchenko", "Marchencko").format("he")).found == []
    assert desk.copy("Nurse Vera Marchenko left. Marchenko waved.\n").found == []


def test_a_title_of_the_people_file_tells_who_is_meant(desk: Repository) -> None:
    desk.desk(config="people: people.yml\n")
    desk.write("people.yml", "- name: Olena Marchenko\n  roles: [{title: President}]\n")
    assert desk.copy("The vote failed. President Marchenkko left.\n").found == [
        ("one-spelling", "Marchenkko")
    ]
    assert desk.copy("The vote failed. Mayor Marchenkko left.\n").found == []


def test_the_list_of_words_decides(desk: Repository) -> None:
    desk.desk(config="words: words.txt\n")
    desk.write("words.txt", "Marchenkko\n")
    ran = desk.copy(BODY.format("Marchenkko"))
    assert messages(ran) == ["Marchenko / Marchenkko in the list of words"]


def test_places_and_a_second_rule_in_one_run(repo: Repository) -> None:
    repo.desk(RULE, PLACES)
    copy = "The train from Gorvik was late. Nobody in Gorwick knew. The Blenn Road is long.\n"
    assert repo.copy(copy + "\n" + BODY.format("Marchencco")).found == [
        ("one-place", "Gorwick"), ("one-spelling", "Marchencco"),
    ]  # fmt: skip


def test_articles_are_compared(desk: Repository) -> None:
    desk.write("a.md", "---\ndate: 2025-01-05\n---\n\n" + BODY.format("Marchenko"))
    desk.write("b.md", "Captain Olena Marchencko left port.\n")
    desk.write("c.md", "Nurse Olena Marchencko left port.\n")
    ran = desk.check("a.md", "b.md")
    assert messages(ran) == ["Marchencko / Marchenko in other articles"]
    assert ran.findings[0]["related"][0]["path"] == "a.md"
    assert ran.findings[0]["fix"]["edits"] == []
    assert desk.check("b.md").found == []
    assert desk.check("a.md", "c.md").found == []
    assert desk.check("b.md", "a.md").out == ran.out


def test_where_no_spelling_leads_each_article_names_the_other(desk: Repository) -> None:
    desk.write("a.md", "Captain Olena Marchenko left port.\n")
    desk.write("b.md", "Captain Olena Marchencko left port.\n")
    assert messages(desk.check("a.md", "b.md")) == [
        "Marchenko / Marchencko in other articles", "Marchencko / Marchenko in other articles",
    ]  # fmt: skip


def test_the_oldest_use_with_most_of_all_uses_is_named(desk: Repository) -> None:
    body = BODY.format("Marchenko") + "\nMarchenko slept. Later on Marchenko woke.\n"
    desk.write("a.md", "---\ndate: 2025-01-05\n---\n\n" + body)
    desk.write("b.md", "---\ndate: 2025-01-06\n---\n\nCaptain Olena Marchencko left port.\n")
    (finding,) = desk.check("a.md", "b.md").findings
    assert finding["text"] == "Marchencko"
    assert "Marchenko" in finding["message"]
    assert finding["fix"]["edits"] == [], "a name is not put right from other articles"


@pytest.mark.parametrize(
    ("headline", "found"),
    [
        ("Marchencko leaves port", [("head", "Marchencko")]),
        ("Marchenko leaves port", []),
        ("MARCHENKO LEAVES PORT", []),
        ("The Marchenkos leave port", []),
        ("Ellen Marchenko leaves port", [("head", "Ellen Marchenko")]),
        ("Olena Marchenko leaves port", []),
        ("Walter Abernathy leaves port", [("head", "Walter Abernathy")]),
        ("Grant Denied To Port", []),
        ("Marsh land for sale", []),
        ("Leaves port. Photo by Ellen Marchenko", []),
        ("Leaves port. Ellen Marchenko/Coast Pictures", []),
    ],
)
def test_names_above_a_story(repo: Repository, headline: str, found: list[tuple[str, str]]) -> None:
    repo.desk(HEADS)
    assert repo.copy(f"# {headline}\n\n{BODY.format('she')}\n{FILLING * 2}\n").found == found


def test_a_headline_is_mended_where_the_story_is_sure(repo: Repository) -> None:
    repo.desk(HEADS)
    sure = repo.copy(f"# Marchencko leaves port\n\n{BODY.format('she')}").findings[0]
    assert [edit["text"] for edit in sure["fix"]["edits"]] == ["Marchenko"]
    assert [place["message"] for place in sure["related"]] == ["in the body"]
    once = repo.copy("# Marchencko leaves port\n\nCaptain Olena Marchenko left.\n").findings[0]
    assert once["fix"]["edits"] == []


def test_a_short_story_need_not_name_everybody(repo: Repository) -> None:
    repo.desk(HEADS.replace("body: 20", "body: 200"))
    assert repo.copy(f"# Walter Abernathy leaves port\n\n{BODY.format('she')}").found == []


@pytest.mark.parametrize("copy", ["", "# \n", "#\n\nMarchenko", "![]()\n", "“”\n", "’s Ž\n"])
def test_odd_articles_are_no_trouble(repo: Repository, copy: str) -> None:
    repo.desk(RULE, PLACES, HEADS)
    assert repo.copy(copy + " ").code in (0, 2)
    assert "crash" not in repo.copy(copy + " ").out


@given(st.lists(st.text("ABkcyi é’", max_size=8), max_size=8), st.text("kcyi", min_size=1))
def test_words_are_placed_where_they_stand(words: list[str], phrase: str) -> None:
    article = readers.read_source("a.txt", " ".join([*words, phrase]))
    for place in places_of(article, phrase):
        assert place.text(article) == phrase
        span = place.span(article)
        assert article.source[span.start : span.end] == phrase


@given(st.lists(st.text("abkc", min_size=1, max_size=6)), st.lists(st.text("abkc", min_size=1)))
def test_respellings_are_never_the_name_itself(names: list[str], words: list[str]) -> None:
    spell = speller((("c", "k"),))
    for name, word in respellings(index(names, spell), words):
        assert name in names
        assert word in words
        assert name != word
        assert abs(len(spell.normal(name)) - len(spell.normal(word))) <= 2


ALONG = """
id: along
kind: name-variant
message: "{match} / {other}"
options: {check: spelling, alike: {tz: ts}, endings: [s], place-before: [along]}
"""


@pytest.mark.parametrize(
    ("copy", "texts"),
    [
        ("It runs along Donetzk. Mayor Jane Roe went along Donetsk.", ["Donetsk"]),
        ("Mayor Jane Roe saw the Grelland Sea. Greland Sea mud is cold.", ["Greland"]),
        ("Mayor Jane Roe drove along Corland. Corlland Steel paid.", []),
        ("Founder Gwen Harden spoke. Harden left. Gwenn Harden stayed.", ["Gwenn"]),
        ("Mayor Mohamed Amar Kolo spoke. Later Mohammed Amar Kolo left.", ["Mohammed"]),
        ("Mayor Eric Harden spoke. Later Erica Harden left.", []),
        ("Mayor Tobias Reiland spoke. Reyland left. Reyland came back.", ["Reiland"]),
    ],
)
def test_places_and_given_names(repo: Repository, copy: str, texts: list[str]) -> None:
    repo.desk(RULE.replace("k, c: k}", "k, c: k, tz: ts}"), ALONG)
    found = {one["text"] for one in repo.copy(copy + "\n").findings}
    assert found == set(texts)


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("Captain Rodrigo Arba Faces Questions", "Rodrigo Arba"),
        ("The ship that Rodrigo Kern led is lost", "Rodrigo Kern"),
        ("Judge frees two as Kovalsky trial stalls", "Kovalsky"),
        ("What Rodrigo Says, and Why", ""),
        ("Judge frees two as Kovalskas cheer", ""),
    ],
)
def test_another_surname_in_the_headline(repo: Repository, head: str, text: str) -> None:
    repo.desk(HEADS)
    body = "Captain Rodrigo Arva was on the bridge. Arva left. Marta Kovalska said nothing."
    found = [one["text"] for one in repo.copy(f"# {head}\n\n{body}\n").findings]
    assert found == ([text] if text else [])


OFTEN = "The bank Weltbrook paid. Staff at Weltbrook sang, and Weltbrook closed. "


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        (OFTEN + "Nobody at Welbrook minded.", ["Welbrook"]),
        (OFTEN + "Nobody at Welbrook minded, and no one left Welbrook early.", []),
        (OFTEN + "Nobody at Welbrook Mills minded.", []),
        (OFTEN + "Welbrook did not mind.", []),
        (OFTEN + "A Weltbrooker at the welbrook minded, like Weltbrooks before him.", []),
        ("She saw Weltbrook and then Welbrook.", []),
        ("The phones of Kyvistar were dead.", ["Kyvistar"]),
        ("The phones of Kyivstar were dead, and those of Kyivstars too.", []),
        ("The phones of Kyvistar Mobile were dead.", []),
    ],
)
def test_a_name_of_anything_with_one_letter_wrong(
    repo: Repository, copy: str, found: list[str]
) -> None:
    repo.desk(RULE.replace("endings: [", "endings: [er, "), config="words: words.txt\n")
    repo.write("words.txt", "Kyivstar\n")
    assert [one["text"] for one in repo.copy(copy + "\n").findings] == found
