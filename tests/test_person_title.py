"""Kind `person-title`: titles that conflict, are outdated, or come again and again."""

from __future__ import annotations

import pytest
from conftest import Ran, Repository
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import Span
from newslint.kinds.contract import Fact, Voice
from newslint.kinds.person_title.across import compare
from newslint.kinds.person_title.told import Settings

ORDER = (
    "order: [elect, acting, now, former], conflicts: [[now, former], [now, acting], [now, elect]]"
)
TITLES = f"""
id: titles
kind: person-title
message: "{{match}} / {{other}} / {{name}}"
options: {{check: inconsistent-title, {ORDER}}}
"""
GAFFERS = """
id: gaffers
kind: person-title
message: "{match} / {other}"
options:
  check: inconsistent-title
  order: [now, gone]
  conflicts: [[now, gone]]
  lexicons: {titles: {offices+: {gaffer: [gaff.]}, qualifiers+: {bygone: gone}}}
"""
OUTDATED = """
id: outdated
kind: person-title
message: "{match} / {name} / {other}"
options: {check: outdated-title}
"""
AGAIN = """
id: again
kind: person-title
message: "{match} / {count}"
scope: [paragraph, list-item]
options: {check: repeated-full-title, min-repeats: 2}
"""
EARLY = """
id: early
kind: person-title
message: "{match} / {other}"
scope: [paragraph, list-item]
options: {check: surname-before-full-name, acts: [was, spoke], not-before: [the]}
"""
LATER = "Nobody in the hall knew what to make of it. "
PEOPLE = """
- name: Ilse Brandt
  also-known-as: [Ilsa Brandt]
  roles:
    - {title: Harbour Minister, of: Umbria, from: 2021-05-04, until: 2024-11-30}
    - {title: Mayor, from: 2025-01-01}
"""


def dated(day: str, text: str) -> str:
    return f"---\ndate: {day}\n---\n\n{text}\n"


def titles(repo: Repository, text: str) -> list[tuple[str, str]]:
    repo.desk(TITLES)
    return repo.copy(text).found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sen. Jane Roe came. Former Senator Jane Roe left.", "Former Senator"),
        ("Former Sen. Jane Roe came. Sen. Roe left.", "Sen."),
        ("Acting Mayor Jane Roe came. Jane Roe, the mayor of Corley, left.", "mayor"),
        ("Governor-elect Jane Roe came. Gov. Jane Roe left.", "Gov."),
        ("The dock is the work of Defence Minister Jane Roe. Former Defense Minister Roe left.",
         "Former Defense Minister"),
    ],
)  # fmt: skip
def test_two_titles_in_one_article(repo: Repository, text: str, found: str) -> None:
    assert titles(repo, text) == [("titles", found)]


@pytest.mark.parametrize(
    "text",
    [
        "Sen. Jane Roe came. Former Senator Karl Vogt left.",
        "Sen. Jane Roe came. Former Mayor Jane Roe left.",
        "Sen. Jane Roe resigned on Monday. Former Senator Jane Roe left.",
        "The king dismissed Harbour Minister Jane Roe. The former harbour minister, Jane Roe, left.",
        "Sen. Jane Roe came. She stepped down at noon. Former Sen. Jane Roe left.",
        "Former Sen. Jane Roe came. “I like Sen. Jane Roe,” a clerk said.",
        "Former Sen. Jane Roe came. It was built under President Karl Vogt and then-Sen. Jane Roe.",
        "Former Gov. Jane Roe came. It is a work of Gov. Jane Roe’s administration.",
        "Former Gov. Jane Roe came. In 1998, Gov. Jane Roe was cheered.",
        "Gov. Jane Roe came. Little will change once former Gov. Jane Roe sits at home.",
        "Texas Gov. Jane Roe came. Former Ohio Gov. Jane Roe left.",
        "Former prosecutor and Mayor Jane Roe came. Former Mayor Jane Roe left.",
    ],
)
def test_no_conflict(repo: Repository, text: str) -> None:
    assert titles(repo, dated("2024-03-01", text)) == []


def test_the_later_place_carries_the_finding(repo: Repository) -> None:
    repo.desk(TITLES)
    found = repo.copy("Former Sen. Jane Roe came.\n\nSen. Jane Roe left.\n").findings
    assert [(f["text"], [r["text"] for r in f["related"]]) for f in found] == [
        ("Sen.", ["Former Sen."])
    ]
    assert found[0]["message"] == "Sen. / Former Sen. Jane Roe / Jane Roe"


def test_a_second_rule_with_other_words(repo: Repository) -> None:
    repo.desk(TITLES, GAFFERS)
    text = (
        "Gaff. Jorrit Plenn came. Bygone gaffer Jorrit Plenn left. "
        "Sen. Jane Roe came. Former Sen. Jane Roe left.\n"
    )
    assert repo.copy(text).found == [("gaffers", "Bygone gaffer"), ("titles", "Former Sen.")]


OFFICE = "The quay was opened by Harbour Minister Ilse Brandt."
FORMER = "The quay was opened by former Harbour Minister Ilse Brandt."
TEXTS = {"office": OFFICE, "former": FORMER}
WORDS = {"office": "Harbour Minister", "former": "former Harbour Minister"}


def together(repo: Repository, *articles: tuple[str, str]) -> Ran:
    names = []
    for number, (status, day) in enumerate(articles):
        name = f"{number}.md"
        text = TEXTS[status]
        repo.write(name, dated(day, text) if day else text + "\n")
        names.append(name)
    return repo.check(*names)


@pytest.mark.parametrize(
    ("articles", "clash"),
    [
        ((("office", "2024-03-01"), ("former", "2024-06-01")), False),
        ((("office", "2024-03-01"), ("former", "2024-03-08")), True),
        ((("office", "2024-03-01"), ("former", "2024-03-09")), False),
        ((("former", "2024-03-01"), ("office", "2024-06-01")), True),
        ((("former", "2024-03-01"), ("office", "")), True),
        ((("former", ""), ("office", "")), True),
        ((("former", "2024-03-01"), ("former", "")), False),
    ],
)
def test_dates_that_explain(
    repo: Repository, articles: tuple[tuple[str, str], ...], clash: bool
) -> None:
    repo.desk(TITLES)
    ran = together(repo, *articles)
    expected = [("titles", WORDS[status]) for status, _ in articles] if clash else []
    assert ran.found == expected
    for finding in ran.findings:
        assert len(finding["related"]) == 1
        assert ".md" not in finding["message"]


def test_one_odd_article_against_many(repo: Repository) -> None:
    repo.desk(TITLES)
    many = [("former", f"2024-03-0{day}") for day in range(1, 6)]
    found = together(repo, *many, ("office", "2024-03-04")).found
    assert found == [("titles", "Harbour Minister")]


def test_a_people_file_that_explains_both(repo: Repository) -> None:
    repo.desk(TITLES, OUTDATED, config="people: people.yml\n")
    repo.write("people.yml", PEOPLE)
    assert together(repo, ("office", "2024-11-30"), ("former", "2024-12-03")).found == []


@pytest.mark.parametrize(
    ("text", "day", "found"),
    [
        (OFFICE, "2025-02-01", "Harbour Minister"),
        (OFFICE, "2021-05-03", "Harbour Minister"),
        (OFFICE, "2021-05-04", ""),
        (FORMER, "2024-11-30", "former Harbour Minister"),
        (FORMER, "2024-12-01", ""),
        (OFFICE, "", ""),
        (FORMER, "", ""),
        ("In March 2025 the quay was opened by Harbour Minister Ilsa Brandt.", "",
         "Harbour Minister"),
        ("The quay was opened by Mayor Ilse Brandt.", "2024-12-31", "Mayor"),
        ("The quay was opened by Bishop Ilse Brandt.", "2024-12-31", ""),
        ("The quay was opened by Etruria’s Harbour Minister Ilse Brandt.", "2025-02-01", ""),
        ("“The quay was opened by Harbour Minister Ilse Brandt,” he said.", "2025-02-01", ""),
        ("In 2022, the quay was opened by Harbour Minister Ilse Brandt.", "2025-02-01", ""),
        ("The quay was opened by Harbour Minister Brandt.", "2025-02-01", "Harbour Minister"),
    ],
)  # fmt: skip
def test_titles_against_the_people_file(repo: Repository, text: str, day: str, found: str) -> None:
    repo.desk(OUTDATED, config="people: people.yml\n")
    repo.write("people.yml", PEOPLE)
    ran = repo.copy(dated(day, text) if day else text + "\n")
    assert ran.found == ([("outdated", found)] if found else [])


def test_without_a_people_file_nothing_is_outdated(repo: Repository) -> None:
    repo.desk(OUTDATED)
    assert repo.copy(dated("2030-01-01", OFFICE)).found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mayor Jane Roe came.\n\nMayor Jane Roe left.\n", ["Mayor Jane Roe"]),
        ("Mayor Jane Roe came.\n\nRoe saw. Mayor Jane Roe left. Mayor Jane Roe slept.\n",
         ["Mayor Jane Roe"]),
        ("Mayor Jane Roe came.\n\nMayor Roe left. Jane Roe slept.\n", []),
        ("Mayor Jane Roe came.\n\n“Mayor Jane Roe left,” a clerk said.\n", []),
        ("Mayor Jane Roe came.\n\n## Mayor Jane Roe leaves\n\nRoe left.\n", []),
        ("Mayor Jane Roe came.\n\n- Mayor Jane Roe\n- Sen. Karl Vogt\n", []),
        ("Mr. Karl Vogt came.\n\nMr. Karl Vogt left.\n", []),
        ("Mayor Jane Roe came.\n\n9:30 a.m.\n\nMayor Jane Roe left.\n", []),
        ("Mayor Jane Roe came.\n\n" + LATER * 120 + "\n\nMayor Jane Roe left.\n", []),
    ],
)  # fmt: skip
def test_full_titles_again(repo: Repository, text: str, found: list[str]) -> None:
    repo.desk(AGAIN)
    assert repo.copy(text).found == [("again", one) for one in found]


def test_so_many_repeats(repo: Repository) -> None:
    text = "Mayor Jane Roe came.\n\n" + "She saw. Mayor Jane Roe left.\n\n" * 2
    repo.desk(AGAIN)
    assert [f["message"] for f in repo.copy(text).findings] == ["Mayor Jane Roe / 3"]
    repo.desk(AGAIN.replace("min-repeats: 2", "min-repeats: 4"))
    assert repo.copy(text).found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (LATER * 3 + "It was Roe.\n\nMayor Jane Roe left.\n", ["Roe"]),
        (LATER * 3 + "Then Roe spoke.\n\nJane Roe left.\n", ["Roe"]),
        (LATER * 3 + "It was Mayor Roe.\n\nMayor Jane Roe left.\n", []),
        (LATER * 3 + "It was the Roe foundation.\n\nMayor Jane Roe left.\n", []),
        (LATER * 3 + "It was Roe money.\n\nMayor Jane Roe left.\n", []),
        (LATER * 3 + "“It was Roe.”\n\nMayor Jane Roe left.\n", []),
        (LATER * 3 + "It was Roe.\n\nMayor Jane Roe met Sen. Karl Roe.\n", []),
        (LATER * 3 + "It was Roe.\n\nBetsy Roe met Mayor Jane Roe.\n", []),
        ("# Roe was late\n\nMayor Jane Roe left. Roe was late.\n", []),
        (LATER * 3 + "\n\nWhy Roe was late\n\nMayor Jane Roe left.\n", []),
    ],
)
def test_surnames_that_come_too_early(repo: Repository, text: str, found: list[str]) -> None:
    repo.desk(EARLY)
    assert repo.copy(text).found == [("early", one) for one in found]


def test_conflicts_between_statuses_nobody_ordered(repo: Repository) -> None:
    repo.desk(TITLES.replace("[now, elect]]", "[now, gone]]"))
    ran = repo.copy("Sen. Jane Roe came.\n")
    assert ran.code == 2
    assert '"gone" in "conflicts" is missing in "order"' in ran.document["errors"][0]["message"]


STATUSES = st.sampled_from(["now", "former", "acting"])
DAYS = st.sampled_from(["", "2024-03-01", "2024-03-05", "2024-05-01", "rubbish"])
TOLD = st.lists(st.tuples(STATUSES, DAYS, st.sampled_from(["", "ohio", "texas"])), max_size=9)


@given(TOLD)
def test_clashes_name_other_articles_and_never_their_own(told: list[tuple[str, str, str]]) -> None:
    settings = Settings(
        ("acting", "now", "former"),
        frozenset({("now", "former"), ("former", "now"), ("now", "acting"), ("acting", "now")}),
        7, 3, frozenset({"mayor"}),
    )  # fmt: skip
    voices = [
        Voice(f"{n}.md", day, (Fact("jane roe\tmayor", ("Jane Roe", status, of, status, ""),
                                    Span(0, 1)),))
        for n, (status, day, of) in enumerate(told)
    ]  # fmt: skip
    for clash in compare(voices, settings):
        assert all(voice.path != clash.voice.path for voice, _, _ in clash.related)
        assert 1 <= len(clash.related) <= 6


def test_long_copy_is_read_in_time(repo: Repository) -> None:
    repo.desk(TITLES, AGAIN, EARLY)
    text = "Sen. Jane Roe met former Sen. Karl Vogt and Roe. " * 3_000
    assert repo.copy(text).code in (0, 1)


APART = """
id: helms
kind: person-title
message: "{match} / {other} / {title}"
options:
  check: inconsistent-title
  order: [now, former]
  conflicts: [[now, former]]
  lexicons: {titles: {offices+: {helm: []}, apart+: {of a boat: [helm, bishop]}}}
"""


@pytest.mark.parametrize(
    ("copy", "texts"),
    [
        ("Finance Minister Olga Wend spoke. Interior Minister Olga Wend left.",
         ["Interior Minister"]),
        ("Sen. Paul Kroll spoke. Rep. Kroll left.", ["Rep."]),
        ("Olga Wend, the chief executive, spoke. Wend, the deputy defence minister, left.", []),
        ("Minister of Defence Olga Wend spoke. Wend, the deputy defence minister, left.",
         ["deputy defence minister"]),
        ("Mayor Olga Wend was named governor. Gov. Olga Wend left.", []),
        ("Mayor Olga Wend, who doubles as police chief, spoke. Police Chief Olga Wend left.", []),
        ("Mayor Olga Wend spoke. In 2009 Police Chief Olga Wend had left.", []),
        ("Mayor Olga Wend spoke. “Police Chief Olga Wend left,” he said.", []),
        ("Mayor Olga Wend spoke. Former Police Chief Olga Wend left.", []),
        ("Sen. Olga Wend spoke. Wend, chairman of the board, left.", []),
        ("Mayor Olga Wend spoke. Mayor Nora Wend heard it, and so did Gov. Wend.", []),
    ],
)  # fmt: skip
def test_two_offices_at_once(repo: Repository, copy: str, texts: list[str]) -> None:
    repo.desk(TITLES)
    article = f"---\ndate: 2025-03-10\n---\n\n{copy}\n"
    assert [found["text"] for found in repo.copy(article).findings] == texts


def test_offices_apart_are_a_newsroom_s_own(repo: Repository) -> None:
    repo.desk(TITLES, APART)
    ran = repo.copy("Helm Olga Wend spoke. Bishop Olga Wend left.\n")
    assert [(found["rule"], found["text"]) for found in ran.findings] == [("helms", "Bishop")]


@pytest.mark.parametrize(("day", "count"), [("2025-03-12", 2), ("", 2), ("2025-05-12", 0)])
def test_two_offices_in_two_articles(day: str, count: int) -> None:
    groups = {"mayor": frozenset({"a"}), "judge": frozenset({"a"})}
    settings = Settings(("now", "former"), frozenset(), 7, 3, frozenset(), groups)
    voices = [
        Voice(f"{office}.md", date, (Fact("olga wend\t\t", ("Olga Wend", office, "", office, ""),
                                          Span(0, 1)),))
        for office, date in (("mayor", "2025-03-10"), ("judge", day))
    ]  # fmt: skip
    assert len(list(compare(voices, settings))) == count
