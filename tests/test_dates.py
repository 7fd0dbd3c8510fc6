"""The room of dates: the article's own date, and every expression of time in its copy."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.language.dates import Moment, moments, published
from newslint.language.dates.relative import days
from newslint.language.dates.zones import is_summer, seasonal, sunday
from newslint.readers import read_source
from newslint.reference import shipped

DATES = shipped().lexicons["dates"]
MARKDOWN = "---\n{}\n---\n# Quay closed\n\nThe quay is closed.\n"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("date: 2025-07-23", date(2025, 7, 23)),
        ("date: 2025-07-23 16:50:00 -0700", date(2025, 7, 23)),
        ('publishDate: "2025-07-23T23:59:00Z"', date(2025, 7, 23)),
        ("date: July 23, 2025 – 4:50 PM PST", date(2025, 7, 23)),
        ("published: 23 July 2025", date(2025, 7, 23)),
        ("date: Wed, 23 Jul 2025 16:50:00 GMT", date(2025, 7, 23)),
        ("pubDate: Sept. 3rd, 2024", date(2024, 9, 3)),
        ("date: 20250723", date(2025, 7, 23)),
        ("date: 7/23/2025", date(2025, 7, 23)),
        ("date: 23.07.2025", date(2025, 7, 23)),
        ("date: 4/5/2025", None),
        ("date: 2025-02-31", None),
        ("date: 0001-01-01T00:00:00Z", None),
        ("date: TBD", None),
        ("date: true", None),
        ("date:", None),
        ("date: []", None),
        ("date: TBD\nupdated: 2025-07-24", date(2025, 7, 24)),
        ("lastmod: 2025-07-29\ndate: 2025-07-23", date(2025, 7, 23)),
    ],
)
def test_the_own_date_from_metadata(fields: str, expected: date | None) -> None:
    article = read_source("a.md", MARKDOWN.format(fields))
    assert published(article, DATES) == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.txt", "Quay closed\nPublished: July 3, 2025\n\nThe quay.\n", date(2025, 7, 3)),
        ("a.txt", "Quay closed\n3 July 2025\n\nThe quay.\n", date(2025, 7, 3)),
        ("a.html", '<h1>Quay</h1><time datetime="2025-07-03">x</time><p>A.</p>', date(2025, 7, 3)),
        ("2014-08-25-quay.md", "# Quay\n\nClosed.\n", date(2014, 8, 25)),
        ("news/2014/08/25/quay.md", "# Quay\n\nClosed.\n", date(2014, 8, 25)),
        ("news/2014-13-45-quay.md", "# Quay\n\nClosed.\n", None),
        ("2014-08-25-quay.md", "---\ndate: 2015-01-02\n---\nA.\n", date(2015, 1, 2)),
        ("a.md", "", None),
        ("a.md", "The quay closed on July 3, 2025.\n", None),
    ],
)
def test_the_own_date_from_date_lines_and_paths(
    path: str, text: str, expected: date | None
) -> None:
    assert published(read_source(path, text), DATES) == expected


def read(copy: str, own: str = "2025-07-23") -> list[tuple[str, Moment]]:
    """Each moment of a paragraph with its words."""
    article = read_source("a.md", f"---\ndate: {own}\n---\n{copy}\n")
    return [(moment.place.text(article), moment) for moment in moments(article, DATES)]


@pytest.mark.parametrize(
    ("copy", "words", "first", "last"),
    [
        ("It closed on July 3, 2024.", "July 3, 2024", "2024-07-03", "2024-07-03"),
        ("It closed on 3 July 2024.", "3 July 2024", "2024-07-03", "2024-07-03"),
        ("It closed on the 3rd of July, 2024.", "3rd of July, 2024", "2024-07-03", "2024-07-03"),
        ("It closed on Sept. 3.", "Sept. 3", "2025-09-03", "2025-09-03"),
        ("It was shut July 3-5, 2024.", "July 3-5, 2024", "2024-07-03", "2024-07-05"),
        ("It was shut from 3 to 5 July.", "3 to 5 July", "2025-07-03", "2025-07-05"),
        ("It closed in May 2024.", "May 2024", "2024-05-01", "2024-05-31"),
        ("It closed in February 2024.", "February 2024", "2024-02-01", "2024-02-29"),
        ("It has been shut since May.", "May", "2025-05-01", "2025-05-31"),
        ("It closed in 2016.", "2016", "2016-01-01", "2016-12-31"),
        ("It closed on 2024-07-03.", "2024-07-03", "2024-07-03", "2024-07-03"),
        ("It closed on 7/23/2024.", "7/23/2024", "2024-07-23", "2024-07-23"),
        ("It closed yesterday.", "yesterday", "2025-07-22", "2025-07-22"),
        ("It closed last week.", "last week", "2025-07-14", "2025-07-20"),
        ("It closed on Tuesday.", "Tuesday", "2025-07-22", "2025-07-29"),
        ("It closed on Tuesday, July 22.", "Tuesday, July 22", "2025-07-22", "2025-07-22"),
        ("It closed on July 22 (Tuesday).", "July 22 (Tuesday)", "2025-07-22", "2025-07-22"),
    ],
)
def test_what_an_expression_means(copy: str, words: str, first: str, last: str) -> None:
    [(text, moment)] = read(copy)
    assert (text, str(moment.first), str(moment.last)) == (words, first, last)


def test_a_date_without_a_year_is_the_nearest_one() -> None:
    assert [m.first for _, m in read("It closed on Dec. 30.", "2025-01-04")] == [date(2024, 12, 30)]
    assert [m.first for _, m in read("It closed on Jan. 4.", "2025-12-30")] == [date(2026, 1, 4)]


@pytest.mark.parametrize(
    "copy",
    [
        "We may 5 times out of six.",
        "They march 10 miles.",
        "May I help?",
        "In June 31 people came.",
        "In June 31 percent came.",
        "The Augustinians, the Mayor, Octavia and Janet met.",
        "Example.org/2016/02/31/ and v1.2.2016.4 are no dates.",
        "Some 1,016 came, and 2016 more.",
    ],
)
def test_what_is_no_date(copy: str) -> None:
    assert [text for text, moment in read(copy) if moment.sort in ("date", "year")] == []


@pytest.mark.parametrize(
    ("copy", "words", "zone"),
    [
        ("At 4:50 PM PST it closed.", "4:50 PM PST", "PST"),
        ("At 4.50 p.m. (EDT) it closed.", "4.50 p.m. (EDT)", "EDT"),
        ("At 16:50 CET it closed.", "16:50 CET", "CET"),
        ("At 1650 GMT it closed.", "1650 GMT", "GMT"),
        ("At noon EST it closed.", "noon EST", "EST"),
        ("At 8pm Eastern Daylight Time it closed.", "8pm Eastern Daylight Time",
         "Eastern Daylight Time"),
        ("At 8 a.m. it closed.", "8 a.m.", ""),
    ],
)  # fmt: skip
def test_times_and_zones(copy: str, words: str, zone: str) -> None:
    [(text, moment)] = read(copy)
    assert (text, moment.sort, moment.zone) == (words, "time", zone)


def test_weekdays_beside_dates() -> None:
    [(text, moment)] = read("It is shut Saturday and Sunday, Aug. 2 and 3.")
    assert (text, moment.weekday) == ("Saturday and Sunday, Aug. 2 and 3", 5)
    assert [m.weekday for _, m in read("It is open Monday through Friday, July 23.")] == [
        0,
        4,
        None,
    ]


@pytest.mark.parametrize(
    ("zone", "day", "summer"),
    [
        ("pst", date(2025, 7, 23), True),
        ("pst", date(2025, 1, 23), False),
        ("est", date(2025, 3, 8), False),
        ("est", date(2025, 3, 9), None),
        ("est", date(2025, 3, 10), True),
        ("est", date(2006, 3, 20), False),
        ("cest", date(2025, 3, 29), False),
        ("cet", date(2025, 3, 31), True),
        ("aedt", date(2025, 1, 10), True),
        ("aest", date(2025, 7, 10), False),
        ("est", date(1950, 7, 1), None),
    ],
)
def test_when_the_clock_of_summer_holds(zone: str, day: date, summer: bool | None) -> None:
    assert is_summer(seasonal(DATES)[zone], day) is summer


def test_sundays() -> None:
    assert sunday(2025, 3, 2) == date(2025, 3, 9)
    assert sunday(2025, 10, -1) == date(2025, 10, 26)
    assert sunday(2025, 12, -1) == date(2025, 12, 28)
    assert sunday(2024, 9, 1) == date(2024, 9, 1)


_PIECES = st.sampled_from(
    ["May", "July", " ", "3", "31", "2025", ",", "Tuesday", "(", ")", "-", "–", "of", "PST", "p.m.",
     "4:50", "\n\n", "’", "é", "İ", "today", "/", ".", "19", "in", "\u00a0", "last week", "0000"]
)  # fmt: skip


@settings(max_examples=300)
@given(
    st.lists(_PIECES, max_size=30).map("".join), st.sampled_from(["2025-01-01", "x", "1600-01-01"])
)
def test_every_moment_stands_in_its_block_and_none_overlap(copy: str, own: str) -> None:
    article = read_source("a.md", f"---\ndate: {own}\n---\n# H\n\n{copy}\n")
    reach = (-1, 0)
    for moment in moments(article, DATES):
        block, start, end = moment.place
        assert 0 <= start < end <= len(article.blocks[block].text)
        assert (block, start) >= reach
        reach = (block, end)
        assert (moment.first is None) == (moment.last is None)
        assert moment.first is None or moment.last is None or moment.first <= moment.last


@pytest.mark.parametrize(
    "piece", ["May 3, ", "4 PM PST ", "in 2016,", "Tuesday, ", "2016-01-", "1/"]
)
def test_long_copy_takes_no_longer_than_its_length(piece: str) -> None:
    article = read_source("a.md", f"---\ndate: 2025-07-23\n---\n{piece * 20000}\n")
    assert len(moments(article, DATES)) <= 20000


@pytest.mark.parametrize(
    ("meaning", "first", "last"),
    [
        ("-1", "2025-03-30", "2025-03-30"),
        ("-7 0", "2025-03-24", "2025-03-31"),
        ("week 0", "2025-03-31", "2025-04-06"),
        ("week -1", "2025-03-24", "2025-03-30"),
        ("month -1", "2025-02-01", "2025-02-28"),
        ("month 1", "2025-04-01", "2025-04-30"),
        ("month 0 past", "2025-03-01", "2025-03-31"),
        ("year -1", "2024-01-01", "2024-12-31"),
        ("year 0 rest", "2025-03-31", "2025-12-31"),
    ],
)
def test_days_from_the_article_s_own(meaning: str, first: str, last: str) -> None:
    found = days(date(2025, 3, 31), meaning.split())
    assert tuple(day.isoformat() for day in found) == (first, last)
