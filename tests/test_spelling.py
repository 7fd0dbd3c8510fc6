"""Spelling: what is misspelt, and all the unknown words that are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Ran, Repository
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.language.quotations import in_quotation
from newslint.language.spelling import one_edit_apart
from newslint.lint import Linter
from newslint.readers import read_source
from newslint.reference import shipped
from newslint.rule import make
from newslint.stylebooks import load

pytest.importorskip("harper")

BASE = "extends: [grammar]\n"


@pytest.fixture
def desk(repo: Repository) -> Repository:
    repo.config(BASE)
    return repo


def copy(repo: Repository, text: str, *args: str, name: str = "a.md") -> Ran:
    return repo.copy(text, "--select", "spelling", *args, name=name)


def words(ran: Ran) -> list[str]:
    assert ran.code in (0, 1), ran.err
    return [finding["text"] for finding in ran.findings]


def test_a_misspelt_word_is_found_once_with_all_its_places(desk: Repository) -> None:
    text = "The goverment met. A goverment that waits is no goverment at all.\n"
    [finding] = copy(desk, text).findings
    assert finding["message"] == "“goverment” is not in the dictionary"
    assert finding["fix"]["advice"] == "Read it again: perhaps “government”."
    assert [place["message"] for place in finding["related"]] == ["“goverment” again"] * 2
    assert [edit["text"] for edit in finding["fix"]["edits"]] == ["government"] * 3
    assert not finding["fix"]["safe"]


def test_a_sentence_full_of_slips_is_english_still(desk: Repository) -> None:
    text = "Teh goverment anounced seperate rules.\n"
    assert words(copy(desk, text)) == ["goverment", "anounced", "seperate"]


def test_only_words_are_suggested_and_the_usual_one_is_put_in(desk: Repository) -> None:
    text = "He is geting there. Nobody layed it down. Todays ferry is late. They met on wensday.\n"
    found = {one["text"]: one["fix"] for one in copy(desk, text).findings}
    assert {word: fix["advice"] for word, fix in found.items()} == {
        "geting": "Read it again: perhaps “getting”.",
        "layed": "Read it again: perhaps “laid”.",
        "Todays": "Read it again: perhaps “today's”.",
        "wensday": "Read it again: perhaps “Wednesday”.",
    }
    edits = [fix["edits"][0]["text"] for fix in found.values()]
    assert edits == ["getting", "laid", "Today's", "Wednesday"]


def test_of_several_words_that_may_be_meant_none_is_put_in(desk: Repository) -> None:
    [finding] = copy(desk, "The mayor wished to sould a word.\n").findings
    assert finding["text"] == "sould"
    assert finding["fix"]["edits"] == []
    assert "“should”" in finding["fix"]["advice"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Goverment is slow, the miller said.", "Goverment"),
        ("The court heard Presidnet Moll. Nobody else spoke.", "Presidnet"),
        ("The miller didnt come.", "didnt"),
        ("He gave teh key away.", "teh"),
        ("It was a well-knonw ferry.", "knonw"),
        ("It was a well-buildnig ferry.", "buildnig"),
        ("The clerks dont know it.", "dont"),
        ("They refered to the weir.", "refered"),
        ("It was the begining of it.", "begining"),
        ("The commitee met.", "commitee"),
        ("One more occurance of it.", "occurance"),
        ("They met on Wensday at noon.", "Wensday"),
        ("The weir was *wonderfull indeed*, they heard, and seperate.", "seperate"),
    ],
)
def test_what_is_misspelt(desk: Repository, text: str, found: str | None) -> None:
    assert words(copy(desk, text + "\n")) == ([found] if found else [])


@pytest.mark.parametrize(
    "text",
    [
        "Rustan Umerow met Kowalczyk in Grelland. Umerow’s men waited.",
        "The village of Riverr is small. Riverr has one inn.",
        "Markett opened its gates on Monday.\n\nThe fair at Markett lasts a week.",
        "James B. Comeyy spoke. Comeyy was late.",
        "The EU and the UNHCRs met the NATO-led force at 5pm for $5bn.",
        "A post by @goverment on goverment.example was read.",
        "Write to desk@recieve.example or see #seperate.",
        "Chapter XVIII follows, and XLII after it.",
        "Superdelegates in neighbouring Moll analysed the colour of a programme.",
        "An un-senatorial, bluster-free, de-escalating mayor refought a megadeal.",
        "Hmmm, said the mayor, and readin’ was all she did.",
        "The mayor said *das Wasser vergeht* and *stroom* to them.",
        "Der Fluss ist heute wieder sehr hoch und niemand kann ueber die Bruecke gehen.",
        "They held that the ropewalk, the ropewalks and the fishwives were theirs.",
        "The weir benefitted, and focussing on it was useable for choosey cobles.",
        "The cafe had a façade, an exposé and a fiancée.",
    ],
)
def test_what_is_no_misspelling(desk: Repository, text: str) -> None:
    assert words(copy(desk, text + "\n")) == []


def test_what_is_quoted_is_the_speakers(desk: Repository) -> None:
    text = (
        "“The goverment is slow,” the miller said.\n\n> The goverment is slow.\n\n"
        'He wrote `recieve` and "teh seperate" things.\n\n“It is teh end,\n\n“and teh begining.”\n'
    )
    assert words(copy(desk, text)) == []


def test_a_headline_in_capitals_tells_nothing(desk: Repository) -> None:
    text = "# Goverment Shuts The Weir For Good\n\nThe goverment shut it.\n"
    [finding] = copy(desk, text).findings
    assert (finding["text"], finding["start"]["line"]) == ("goverment", 3)


def test_a_newsroom_says_what_is_right(desk: Repository) -> None:
    text = "The goverment met the presidnt. It seperates them, says the wonderfull one.\n"
    assert words(copy(desk, text)) == ["goverment", "presidnt", "seperates", "wonderfull"]
    desk.write("words.txt", "goverment\nSeperate  # a brand\n")
    desk.write("people.yml", "- name: Ada Presidnt\n")
    desk.config(
        BASE + "words: words.txt\npeople: people.yml\n"
        "lexicons: {spelling: {known+: [wonderfull]}}\n"
    )
    assert words(copy(desk, text)) == []


def test_a_newsroom_says_what_is_wrong(desk: Repository) -> None:
    desk.config(
        BASE + "lexicons: {spelling: {misspelt+: {portansel: Port Ansel, harbr: harbour}}}\n"
    )
    text = "The harbr of portansel is old.\n"
    found = {one["text"]: one["fix"]["edits"] for one in copy(desk, text).findings}
    assert {word: [edit["text"] for edit in edits] for word, edits in found.items()} == {
        "harbr": ["harbour"],
        "portansel": ["Port Ansel"],
    }
    assert words(copy(desk, "They met in Portansel.\n")) == ["Portansel"]


def test_metadata_tells_names(desk: Repository) -> None:
    head = "---\ntitle: A day\ntags: [weirr]\nauthor: ann seperate\n---\n"
    assert words(copy(desk, head + "The weirr and the seperate mill.\n")) == []
    assert words(copy(desk, "The seperate mill.\n")) == ["seperate"]


def test_a_word_used_often_is_a_term_unless_a_common_one_is_near(desk: Repository) -> None:
    term = "The palimsest is old. A palimsest needs ink. No palimsest burns.\n"
    assert words(copy(desk, term)) == []
    assert words(copy(desk, term[:47])) == ["palimsest"]
    assert words(copy(desk, "The goverment. A goverment. No goverment.\n")) == ["goverment"]


def test_british_words_are_no_misspellings_anywhere(desk: Repository) -> None:
    text = (
        "The theatre in the harbour was organised by travellers. The labor theater analyzed it.\n"
    )
    assert words(copy(desk, text)) == []


def test_options_are_the_rules(desk: Repository) -> None:
    text = "The goverment rode a subtram and a ferrylike thing.\n"
    desk.config(BASE + "rules: {spelling: {options: {harper: {rules: []}}}}\n")
    assert words(copy(desk, text)) == []
    desk.config(BASE + "rules: {spelling: {options: {jargon: 1}}}\n")
    ran = copy(desk, text)
    assert ran.code == 2
    assert "jargon" in ran.document["errors"][0]["message"]


FORM = "The rhododendrn is near. Each rhododendrn counts.\n"


def test_what_many_articles_write_is_a_word(desk: Repository) -> None:
    for name in "abc":
        desk.write(f"{name}.md", FORM)
    desk.write("d.md", "The goverment met. The rhododendrn is near.\n")
    ran = desk.check("a.md", "b.md", "--select", "spelling")
    assert {finding["text"] for finding in ran.findings} == {"rhododendrn"}
    ran = desk.check("a.md", "b.md", "c.md", "d.md", "--select", "spelling")
    assert [finding["text"] for finding in ran.findings] == ["goverment"]
    desk.config(BASE + "corpus: ['*.md']\n")
    assert words(desk.check("d.md", "--select", "spelling")) == ["goverment"]
    ran = desk.check("d.md", "--select", "spelling", "--no-corpus")
    assert sorted(words(ran)) == ["goverment", "rhododendrn"]


def test_a_known_misspelling_stays_one_in_many_articles(desk: Repository) -> None:
    names = [f"{name}.md" for name in "abcde"]
    for name in names:
        desk.write(name, "The goverment met. A government must.\n")
    ran = desk.check(*names, "--select", "spelling")
    assert words(ran) == ["goverment"] * 5


def test_what_is_taken_away_is_so_in_any_order_and_from_the_cache(desk: Repository) -> None:
    names = [f"{name}.md" for name in "abcd"]
    for name in names:
        desk.write(name, FORM + f"They seperate {name}.\n")
    first = desk.check(*names, "--select", "spelling")
    for args in (names[::-1], names, [*names, "--jobs", "2"], [*names, "--no-cache"]):
        assert desk.check(*args, "--select", "spelling").findings == first.findings
    assert words(first) == ["seperate"] * 4


def test_a_suppression_is_not_called_unused_for_what_others_excuse(desk: Repository) -> None:
    for name in "abc":
        desk.write(f"{name}.md", "<!-- newslint-ignore spelling -- our word -->\n\n" + FORM)
    ran = desk.check("a.md", "b.md", "c.md")
    assert "spelling" not in {finding["rule"] for finding in ran.findings}
    assert not any("unused" in finding["message"] for finding in ran.findings)


LETTERS = st.text("abcde", max_size=6)


@given(LETTERS, LETTERS)
def test_one_edit_is_one_edit(one: str, other: str) -> None:
    def edits(word: str) -> set[str]:
        cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
        left_out = {a + b[1:] for a, b in cuts if b}
        swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
        replaced = {a + c + b[1:] for a, b in cuts if b for c in "abcde"}
        put_in = {a + c + b for a, b in cuts for c in "abcde"}
        return (left_out | swapped | replaced | put_in) - {word}

    assert one_edit_apart(one, other) == (other in edits(one))


PIECES = st.lists(
    st.sampled_from(
        [
            "The goverment met.", "“We recieve it,” she said.", "*seperate* ways", "&amp;", "é",
            "[teh weir](https://a.example/goverment)", "`teh`", "> The goverment is slow.", "\n\n",
            "\n", "Goverment paid.", "‘teh end’", "“It is teh end", "😀", "\r\n", "<b>begin</b>ing",
            "**tomorow**", "wich\u00a0means", "He didnt.", "becau&shy;se", "a seperate- thing",
        ]
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(PIECES)
def test_findings_stand_on_their_words_and_never_in_a_quotation(pieces: list[str]) -> None:
    loaded = load(["grammar"], Path.cwd())
    rule = make(
        loaded.definitions["spelling"].file, dict(loaded.data["spelling"]), (), trusted=True,
        reference=shipped(),
    )  # fmt: skip
    source = " ".join(pieces)
    article = read_source("a.md", source, "markdown")
    findings, errors = Linter([rule]).check(article)
    assert not errors
    for finding in findings:
        for place in (finding, *finding.related):
            assert place.text == source[place.span.start : place.span.end]
            assert place.text.lower().isalpha() or place.text in ("didnt", "begin</b>ing")
            [(number, start)] = [
                (number, block.origin.offset(place.span.start))
                for number, block in enumerate(article.blocks)
                if block.source_span.start <= place.span.start < block.source_span.end
            ]
            assert not in_quotation(article, number, start, start + 1)
