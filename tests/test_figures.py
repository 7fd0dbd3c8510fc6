"""The room of figures: amounts, approximations, units, what is counted, and what is no figure."""

from __future__ import annotations

from itertools import pairwise
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import Article
from newslint.language.figures import Figure, figures, source_of
from newslint.language.numbers import amounts, says, spots
from newslint.readers import read_source
from newslint.reference import shipped

LEXICON = shipped().lexicons["figures"]


def article_of(text: str) -> Article:
    return read_source("a.md", text, "markdown")


def read(text: str) -> list[Figure]:
    return list(figures(article_of(text), LEXICON))


def amount(text: str) -> list[tuple[float, float]]:
    return [(figure.low, figure.high) for figure in read(text)]


@pytest.mark.parametrize(
    ("copy", "bounds"),
    [
        ("They sold 250 boats.", (250, 250)),
        ("They sold 1,200 boats.", (1200, 1200)),
        ("They sold two million boats.", (2e6, 2e6)),
        ("They sold 1.5 million boats.", (1.5e6, 1.5e6)),
        ("They sold twenty-five boats.", (25, 25)),
        ("They sold two hundred and fifty-three boats.", (253, 253)),
        ("They sold a dozen boats.", (12, 12)),
        ("They sold one million two hundred thousand boats.", (1.2e6, 1.2e6)),
        ("They sold half a million boats.", (5e5, 5e5)),
        ("It cost $3bn.", (3e9, 3e9)),
        ("It cost €40k.", (40e3, 40e3)),
        ("They sold 10 to 12 boats.", (10, 12)),
        ("They sold 10-12 boats.", (10, 12)),
        ("They sold between 10 and 12 boats.", (10, 12)),
        ("It cost $2 million to $3 million.", (2e6, 3e6)),
        ("They sold more than 1,200 boats.", (1200, inf)),
        ("They sold at least a dozen boats.", (12, inf)),
        ("They sold 1,200 or more boats.", (1200, inf)),
        ("They sold 1,200-plus boats.", (1200, inf)),
        ("They sold up to 40 boats.", (0, 40)),
        ("They sold as many as 40 boats.", (0, 40)),
        ("They sold fewer than 40 boats.", (0, 40)),
        ("They sold nearly 40 boats.", (32, 40)),
    ],
)
def test_amounts(copy: str, bounds: tuple[float, float]) -> None:
    assert amount(copy) == [pytest.approx(bounds)]


def test_rough_sizes_do_not_meet() -> None:
    sizes = [read(f"They sold {word} of boats.")[0] for word in ("dozens", "hundreds", "thousands")]
    assert all(size.vague and size.counted == "boat" for size in sizes)
    assert [one.high < two.low for one, two in pairwise(sizes)] == [True, True]


@pytest.mark.parametrize(
    ("copy", "unit"),
    [
        ("It rose 12 percent.", "percent"),
        ("It rose 12 per cent.", "percent"),
        ("It rose 12%.", "percent"),
        ("It rose 12 percentage points.", "percentage point"),
        ("It cost $12.", "$"),
        ("It cost 12 dollars.", "$"),
        ("It cost £12 million.", "£"),
        ("It is 12 km long.", "km"),
        ("It is 12km long.", "km"),
        ("It is 12 square miles wide.", "square mile"),
        ("A 50-day deadline began.", "day"),
        ("A 34-year-old teacher found it.", "old"),
    ],
)
def test_units(copy: str, unit: str) -> None:
    assert [figure.unit for figure in read(copy)] == [unit]


@pytest.mark.parametrize(
    ("copy", "noun", "counted"),
    [
        ("They freed 250 prisoners of war.", "prisoners", "prisoner"),
        ("They freed hundreds of captured soldiers.", "captured soldiers", "soldier"),
        ("About 12 young people came.", "young people", "person"),
        ("They closed 14 city bakeries.", "city bakeries", "bakery"),
        ("They lost five of their boats.", "boats", "boat"),
        ("The fire killed 12.", "", ""),
        ("The fire left 12 dead in Tarrow.", "", ""),
        ("A 50-day deadline began.", "", ""),
    ],
)
def test_what_is_counted(copy: str, noun: str, counted: str) -> None:
    article = article_of(copy)
    (figure,) = figures(article, LEXICON)
    assert (figure.noun.text(article) if figure.noun else "") == noun
    assert figure.counted == counted


@pytest.mark.parametrize(
    "copy",
    [
        "It began in 2016.", "On July 23 it began.", "On 23 July it began.", "They met at 4:50.",
        "They met at 5 p.m. sharp.", "Call 555-0134 now.", "Section 230 holds.",
        "A Boeing 747 landed.", "They won 3-1.", "The vote was 52-48.", "The 23rd boat sank.",
        "In the 1990s it sank.", "He lives at 1600 Tarrow Avenue.", "They met on 9/11.",
        "It is No. 1 again.", "An F-35 crashed.", "Version 4 is out.", "See chapter 12.",
        "Super Bowl 50 began.", "The 7-Eleven closed.", "It is part two of the series.",
    ],
)  # fmt: skip
def test_what_is_no_figure(copy: str) -> None:
    assert read(copy) == []


def test_two_numbers_joined_by_and_are_two() -> None:
    assert [f.value for f in read("She was between the ages of eighteen and twenty.")] == [18, 20]


def test_list_numbers_are_no_figures() -> None:
    assert [f.value for f in read("12. Mend the 40 boats.\n")] == [40]


def test_a_part_and_its_whole_are_told() -> None:
    parts = read("Three of the 12 people left, and 30 boats sank.")
    assert [figure.part for figure in parts] == [True, True, False]


def test_the_whole_holds_all_words() -> None:
    article = article_of("# Storm\n\nMore than 1,200 wooden boats sank.\n")
    (figure,) = figures(article, LEXICON)
    assert figure.whole.text(article) == "More than 1,200 wooden boats"
    assert figure.number.text(article) == "1,200"
    assert figure.approximation == "above"
    assert article.blocks[figure.number.block].kind == "paragraph"


def test_every_amount_is_seen_by_those_who_ask_whether_it_occurs() -> None:
    folded = "in 2016 3-1 wins on may 5, forty of them in a decade"
    found = amounts(folded, spots(folded, LEXICON), LEXICON)
    assert {2016.0, 3.0, 1.0, 5.0, 40.0} <= found
    assert says(folded, 10, LEXICON)
    assert not says(folded, 11, LEXICON)


def test_other_words_for_numbers() -> None:
    more = {"figures": {"numbers+": {"umpteen": "99"}, "vague+": {"oodles": "500 900"}}}
    lexicon = shipped().lexicons_with(more)["figures"]
    found = figures(article_of("They sold umpteen boats and oodles of nets."), lexicon)
    assert [(figure.low, figure.counted) for figure in found] == [(99, "boat"), (500, "net")]


def test_who_gives_a_figure() -> None:
    article = article_of("The storm sank 40 boats, and nobody said so.\n")
    (figure,) = figures(article, LEXICON)
    assert source_of(article, figure, shipped().lexicons) is None


@given(st.text(alphabet="0123456789,.$%-– aehiklmnoprstuvy\n“”éſİ", max_size=120))
def test_places_lie_in_their_blocks(text: str) -> None:
    article = article_of(text)
    for figure in figures(article, LEXICON):
        block = article.blocks[figure.number.block].text
        whole, number = figure.whole, figure.number
        assert 0 <= whole.start <= number.start < number.end <= whole.end <= len(block)
        assert figure.low <= figure.high
        if figure.noun and figure.head:
            assert number.end <= figure.noun.start <= figure.head.start < figure.head.end
            assert figure.head.end == figure.noun.end <= whole.end


def test_hostile_copy_is_read_in_linear_time() -> None:
    assert len(read("12 boats, " * 20000)) <= 1000
    assert read("two hundred thousand " * 20000)
    assert read("$" * 50000 + "1,2" * 50000) is not None
