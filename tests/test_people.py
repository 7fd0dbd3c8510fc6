"""People: mentions with title, qualifier and of-what; one person over all references."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.article import (
    BYLINE,
    HEADLINE,
    PARAGRAPH,
    Article,
    Block,
    Origin,
)
from newslint.language.lexicon import Lexicon
from newslint.language.names import identity
from newslint.language.passage import Passage
from newslint.language.people import Mention, People, people
from newslint.reference import shipped

Piece = str | tuple[str, str]


def article(*texts: Piece) -> Article:
    blocks, offset = [], 0
    for item in texts:
        kind, text = (PARAGRAPH, item) if isinstance(item, str) else item
        end = offset + len(text)
        blocks.append(Block(kind, text, Origin((0, len(text)), (offset,), (end,))))
        offset = end + 2
    return Article("a.md", "\n\n".join(b.text for b in blocks), "markdown", tuple(blocks))


def read(*texts: Piece) -> tuple[Article, People]:
    one = article(*texts)
    return one, people(one, shipped().lexicons["titles"])


def only(text: str) -> tuple[Article, Mention]:
    one, found = read(text)
    assert len(found.mentions) == 1, [mention.whole.text(one) for mention in found.mentions]
    return one, found.mentions[0]


def words(one: Article, place: Passage | None) -> str:
    return place.text(one) if place else ""


@pytest.mark.parametrize(
    ("text", "qualifier", "title", "of", "name", "status"),
    [
        ("We met former Defense Minister Rustem Umerov.",
         "former", "Defense Minister", "", "Rustem Umerov", "former"),
        ("Ukraine’s former defense minister Rustem Umerov spoke.",
         "former", "defense minister", "Ukraine’s", "Rustem Umerov", "former"),
        ("Umbrian President Karl Vogt spoke.", "", "President", "Umbrian", "Karl Vogt", "now"),
        ("It was former Florida Gov. Karl Vogt.", "former", "Gov.", "Florida", "Karl Vogt", "former"),
        ("It was former Fla. Gov. Karl Vogt.", "former", "Gov.", "Fla.", "Karl Vogt", "former"),
        ("Then-Sen. Jane Roe spoke.", "Then-", "Sen.", "", "Jane Roe", "then"),
        ("The ex-president Jane Roe spoke.", "ex-", "president", "", "Jane Roe", "former"),
        ("President-elect Jane Roe spoke.", "", "President-elect", "", "Jane Roe", "elect"),
        ("Acting Secretary of Defense Jane Roe left.",
         "Acting", "Secretary of Defense", "", "Jane Roe", "acting"),
        ("The former water board chairman Jane Roe left.",
         "former", "chairman", "", "Jane Roe", "former"),
        ("Jane Roe, the mayor of Corley, spoke.", "", "mayor", "of Corley", "Jane Roe", "now"),
        ("Jane Roe, then the defence minister, spoke.",
         "then", "defence minister", "", "Jane Roe", "then"),
        ("The former mayor of Corley, Jane Roe, spoke.",
         "former", "mayor", "of Corley", "Jane Roe", "former"),
        ("Umbria’s chief of staff, Jane Roe, spoke.",
         "", "chief of staff", "Umbria’s", "Jane Roe", "now"),
        ("Minister for Harbours Jane Roe spoke.", "", "Minister for Harbours", "", "Jane Roe", "now"),
        ("It was Lt. Gen. Jane Roe.", "", "Lt. Gen.", "", "Jane Roe", "now"),
        ("A ruling by New York Mayor Jane Roe.", "", "Mayor", "New York", "Jane Roe", "now"),
    ],
)  # fmt: skip
def test_a_mention_in_its_parts(
    text: str, qualifier: str, title: str, of: str, name: str, status: str
) -> None:
    one, mention = only(text)
    found = tuple(
        words(one, place) for place in (mention.qualifier, mention.title, mention.of, mention.name)
    )
    assert (*found, mention.status) == (qualifier, title, of, name, status)


@pytest.mark.parametrize(
    "texts",
    [
        ("Sen. Jane Roe", "Senator Jane Roe"),
        ("Defence Minister Jane Roe", "minister of defense Jane Roe"),
        ("Harbour Minister Jane Roe", "Minister for Harbours Jane Roe"),
        ("Gov. Jane Roe", "then-governor Jane Roe"),
        ("chief executive Jane Roe", "CEO Jane Roe"),
        ("Jane Roe, the mayor of Corley,", "Corley Mayor Jane Roe"),
    ],
)
def test_one_office_in_other_words(texts: tuple[str, str]) -> None:
    offices = {only(f"It was {text} who spoke.")[1].office for text in texts}
    assert len(offices) == 1


def test_a_party_belongs_to_the_whole() -> None:
    one, mention = only("It was Sen. Jane Roe (D-Ohio) who spoke.")
    assert words(one, mention.whole) == "Sen. Jane Roe (D-Ohio)"


def test_one_person_over_all_references() -> None:
    one, found = read(
        (HEADLINE, "Zelensky Meets Dock Workers"),
        "President Volodymyr Zelensky spoke. “Mr. Zelensky was late,” a clerk said.",
        "Zelensky’s aide Karl Vogt left. President Zelenskyy followed.",
    )
    names = [[found.mentions[i].name.text(one) for i in p.mentions] for p in found.persons]
    assert names == [
        ["Zelensky", "Volodymyr Zelensky", "Zelensky", "Zelensky", "Zelenskyy"], ["Karl Vogt"],
    ]  # fmt: skip
    assert [mention.quoted for mention in found.mentions].count(True) == 1
    assert found.persons[0].name == "Volodymyr Zelensky"


def test_who_speaks_elsewhere_is_a_person_whatever_the_given_name() -> None:
    _, found = read("Oreld Vaskin ran the ferry.", "“It sank,” Vaskin said.")
    assert [person.name for person in found.persons] == ["Oreld Vaskin"]
    _, found = read("Oreld Vaskin ran the ferry.", "It sank. Vaskin is far.")
    assert not found.persons
    _, found = read("Oreld Vaskin ran the ferry.", "The Vaskin said so.")
    assert not found.persons


def test_two_persons_of_one_surname_are_kept_apart() -> None:
    one, found = read(
        "Former President Karl Vogt spoke. Sen. Anna Vogt listened, and Senator Vogt left."
    )
    names = [[found.mentions[i].whole.text(one) for i in p.mentions] for p in found.persons]
    assert names == [["Former President Karl Vogt"], ["Sen. Anna Vogt", "Senator Vogt"]]


def test_a_surname_of_two_that_nothing_tells_apart_is_nobody_s() -> None:
    _, found = read("Vogt was late. Sen. Karl Vogt and Gov. Anna Vogt were not.")
    assert [len(person.mentions) for person in found.persons] == [1, 1]


def test_father_and_son_are_two() -> None:
    _, found = read("President George H. Vogt spoke. President George W. Vogt did not.")
    assert len(found.persons) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The University of Corley opened on Monday. Wall Street was calm.",
        "The General Services Administration met the White House in New York.",
        "In April Thomas Street was closed. The Supreme Court of Ohio sat.",
        "The Jordan Valley and Hong Kong are far away. So is St. Paul.",
        "General Motors said so. The Chief Information Officer Council met.",
        "Prime Minister’s Questions were loud. The Secretary of State was late.",
        "At 18F. We ask. Travis CI runs tests.",
    ],
)
def test_places_and_organisations_are_no_persons(text: str) -> None:
    one, found = read(text)
    assert [mention.whole.text(one) for mention in found.mentions] == []


def test_a_surname_inside_another_name_or_an_address_is_no_mention() -> None:
    one, found = read(
        "Karl Vogt spoke. Vogt Tower, Vogt & Sons and k.Vogt@corley.example are others. Vogt left."
    )
    assert [mention.name.start for mention in found.mentions] == [0, one.source.rindex("Vogt")]


def test_a_byline_is_not_read() -> None:
    _, found = read((BYLINE, "By Jane Roe"), "Mayor Karl Vogt spoke.")
    assert [person.name for person in found.persons] == ["Karl Vogt"]


def test_the_words_are_those_of_the_lexicon() -> None:
    base = shipped().lexicons["titles"]
    sections = {**base.sections, "offices": {"gaffer": ["gaff."]}, "given-names": {}}
    own = Lexicon("titles", sections)
    one = article("Gaff. Jorrit Plenn met Mayor Jane Roe.")
    found = people(one, own)
    assert [(m.whole.text(one), m.office) for m in found.mentions] == [
        ("Gaff. Jorrit Plenn", "gaffer")
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zelensky", "Zelenskyy"), ("Zelensky", "Zelenskiy"), ("Erdoğan", "Erdogan"),
        ("Nicolas", "Nikolas"), ("Al-Assad", "al Assad"), ("O’Malley", "O'Maley"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_have_one_identity(one: str, other: str) -> None:
    assert identity(one) == identity(other)


@pytest.mark.parametrize(("one", "other"), [("Vogt", "Voss"), ("Marta", "Martin")])
def test_other_names_have_another_identity(one: str, other: str) -> None:
    assert identity(one) != identity(other)


PIECES = st.sampled_from(
    ["President", "former", "Jane", "Roe", "Karl", "Vogt", ",", ".", "the", "mayor", "of", "Corley",
     "’s", "“", "”", "Sen.", "ex-", "-elect", "(D-Ohio)", "said", "\u00a0", "\ufffc", "van", "al-",
     "Ž", "Secretary", "Defense", "and", "\u0130"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.lists(PIECES, max_size=25).map(" ".join), max_size=4))
def test_places_lie_in_their_blocks(texts: list[str]) -> None:
    one, found = read(*texts)
    for mention in found.mentions:
        size = len(one.blocks[mention.name.block].text)
        places = (mention.whole, mention.name, mention.title, mention.qualifier, mention.of)
        for place in filter(None, places):
            assert place.block == mention.name.block
            assert 0 <= place.start < place.end <= size
        assert mention.whole.start <= mention.name.start
        assert mention.name.end <= mention.whole.end
    listed = sorted(index for person in found.persons for index in person.mentions)
    assert listed == list(range(len(found.mentions)))


def test_an_article_without_anything() -> None:
    assert read()[1] == People((), ())
    assert read("", "")[1] == People((), ())


def test_long_runs_of_capitals_are_read_quickly() -> None:
    _, found = read("Jane Roe " * 20_000, "President " * 20_000, "Jane, the " * 20_000)
    assert len(found.persons) <= 2
