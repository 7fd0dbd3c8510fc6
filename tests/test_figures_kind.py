"""Kind `figures`: what each check finds, what it leaves alone, and that its words are the rule's."""

from __future__ import annotations

import pytest
from conftest import Repository, within

SHIPPED = "headline-figure-mismatch,percent-arithmetic,count-mismatch,age-mismatch,conflicting-figures,figure-relabelled"
FILLER = (
    "The mayor asked people to look in on their neighbors and to leave the roads to the crews. " * 8
)


def found(repo: Repository, text: str, rule: str = SHIPPED) -> list[tuple[str, str]]:
    repo.write("newslint.yml", "extends: [newsroom]\n")
    return repo.copy(text, "--isolated", "--no-corpus", "--select", rule).found


def one(repo: Repository, rule: str, text: str) -> list[str]:
    return [match for _, match in found(repo, text, rule)]


# headline-figure


@pytest.mark.parametrize(
    ("headline", "body", "matches"),
    [
        ("Storm cuts power to 40,000 homes", "Some 14,000 homes went dark.", ["40,000"]),
        ("Storm cuts power to 14,000 homes", "Some 14,000 homes went dark.", []),
        ("Storm cuts power to 14,000 homes", "In all 14,021 homes went dark.", []),
        (
            "Storm cuts power to 14,000 homes",
            "9,000 homes here and 5,000 homes there went dark.",
            [],
        ),
        ("Harbor to cost $3 billion", "It will cost $3.5 billion.", ["$3 billion"]),
        ("Harbor to cost $3bn", "It will cost three billion dollars.", []),
        ("Bread up 20%", "Bread went up by a fifth, 20 percent.", []),
        ("Bread up 20%", "Bread costs $6 after $5 last year.", []),
        ("Bread up 30%", "Bread costs 20 percent more.", ["30%"]),
        ("Bread up 30 percent", "Bread costs 20 percent more.", ["30 percent"]),
        ("Bread up 30%", "The old table says it:\n\n    bread 30 %\n\nIt is dear.", []),
        ("More than 100 boats sink", "The gale sank 112 boats.", []),
        ("More than 100 boats sink", "The gale sank 412 boats.", ["100"]),
        ("Nearly 500 boats sink", "The gale sank 487 boats.", []),
        ("A decade on, 25 boats are back", "After 10 years 25 boats are back.", []),
        ("Four boats sink", "Some of them sank.", []),
        ("Four boats sink", "The gale sank six boats.", ["Four"]),
        ("Gale kills 12", "The gale killed 14 people.", ["12"]),
        ("9 tips for sailors", "Reef early.", []),
        ("In 2016 the boats sank at 4:50", "They sank long ago.", []),
    ],
)
def test_headline_figure(repo: Repository, headline: str, body: str, matches: list[str]) -> None:
    text = f"# {headline}\n\n{body} {FILLER}\n"
    assert one(repo, "headline-figure-mismatch", text) == matches


def test_short_copy_is_not_held_against_its_headline(repo: Repository) -> None:
    assert one(repo, "headline-figure-mismatch", "# 40,000 homes dark\n\nSee the video.\n") == []


# percent


@pytest.mark.parametrize(
    ("copy", "matches"),
    [
        ("Fares rose 25 percent from $2 to $3.", ["25 percent"]),
        ("Fares rose 50 percent from $2 to $3.", []),
        ("Fares rose 10 percent from 1.2 million to 1.3 million.", []),
        ("Fares fell 50 percent from $2 to $3.", ["50 percent"]),
        ("Fares rose 2 percent, from 10 percent to 12 percent.", []),
        ("Fares rose more than 40 percent from $2 to $3.", []),
        ("Fares rose about a third from $2 to $3, and 9 percent of riders left.", []),
        ("The town counted 30 foxes, up 50% from 20 a year earlier.", []),
        ("The town counted 30 foxes, up 80% from 20 a year earlier.", ["80%"]),
        ("Fares nearly doubled from $2 to $3.60.", []),
        ("Fares doubled from $2 to $7.", ["doubled"]),
        ("The number of foxes halved from 90 to 44.", []),
        ("She said: “Fares rose 25 percent from $2 to $3.”", []),
    ],
)
def test_percent(repo: Repository, copy: str, matches: list[str]) -> None:
    assert one(repo, "percent-arithmetic", copy + "\n") == matches


# count


@pytest.mark.parametrize(
    ("copy", "matches"),
    [
        ("Police held three men: Aaron Roe and Peter Marl.", ["three"]),
        ("Police held two men: Aaron Roe and Peter Marl.", []),
        ("Police held three men: Aaron Roe, Peter Marl, and Tom Dane.", []),
        ("Police held three men, Aaron Roe and Peter Marl, on Monday.", ["three"]),
        ("Police held three men, including Aaron Roe and Peter Marl.", []),
        ("Police held three men: Aaron Roe, 34, Peter Marl, 36, and Tom Dane, 40.", []),
        ("Three rivers — the Tarrow and the Leet — rose.", ["Three"]),
        ("It met three demands: pay; leave; and a say in the matter.", []),
        ("It met four demands: pay; leave; and a say in the matter.", ["four"]),
        ("They asked two questions: Who came, who left and why?", []),
        ("Set two goals:\n\n- mend it\n- sell it\n  - soon\n  - well\n", []),
        ("Set three goals:\n\n- mend it\n- sell it\n  - soon\n  - well\n", ["three"]),
        ("Set three goals:\n\n1. mend it\n2. sell it\n3. rest\n", []),
        ("It has two boats:\n\n- two for mail\n- two for sheep\n- a spare\n", []),
        ("It has two boats:\n\n- one for mail\n- the old one\n- a spare\n", ["two"]),
    ],
)
def test_count(repo: Repository, copy: str, matches: list[str]) -> None:
    assert one(repo, "count-mismatch", copy + "\n") == matches


# age


@pytest.mark.parametrize(
    ("copy", "matches"),
    [
        ("Jane Roe, 34, left. The 36-year-old Roe came back.", ["36"]),
        ("Jane Roe, 34, left. The 34-year-old Roe came back.", []),
        ("Jane Roe, 34, left. Ann Roe, 36, came back.", []),
        ("Jane Roe (34) left. Roe, aged 43, came back.", ["43"]),
        ("Jane Roe, 34, left. Roe, then 19, had come by boat.", []),
        ("A 29-year-old Tarrow man left. A 31-year-old Tarrow woman stayed.", []),
    ],
)
def test_age(repo: Repository, copy: str, matches: list[str]) -> None:
    assert one(repo, "age-mismatch", copy + "\n") == matches


# conflict


@pytest.mark.parametrize(
    ("headline", "lead", "later", "matches"),
    [
        ("Rebels free dozens of sailors", "They came home.", "Hundreds of sailors slept at home.",
         ["Hundreds of sailors"]),
        ("Rebels free dozens of sailors", "They came home.", "“Hundreds of sailors came,” he said.", []),
        ("Rebels free dozens of sailors", "They came home.", "Hundreds of old sailors cheered.", []),
        ("Gale kills 12", "A gale killed 12 people.", "The gale, which killed 14, is over.", ["14"]),
        ("Gale kills 12", "A gale killed 12 people.", "A gale in Leet killed 14 people.", []),
        ("Gale kills 12", "A gale killed 12 people, police said.",
         "The gale killed 14 people, the mayor said.", ["14 people"]),
        ("Gale hits", "A gale killed 12 people, police said.",
         "The gale killed 14 people, the mayor said.", []),
        ("Mill to cut 1,200 jobs", "The mill cuts jobs.", "The 1,500 jobs are the last.", ["1,500 jobs"]),
        ("Mill to cut 1,200 jobs", "The mill cuts jobs.", "It has 1,500 jobs left.", []),
        ("Ultimatum", "He set a 50-day deadline.", "The 60-day deadline ends soon.", ["60-day"]),
        ("Ultimatum", "He set a 50-day deadline.", "A 60-day deadline was set in May.", []),
        ("Vote", "The town has 12 judges.", "Three of the 12 judges left.", []),
        ("Vote", "The town has 12 judges.", "The 15 judges meet.", ["15 judges"]),
        ("Vote", "The town has 12 judges.", "All 15 judges meet.", []),
        ("Vote", "The town has 12 judges.", "Three judges came. The 15 judges meet.", []),
    ],
)  # fmt: skip
def test_conflict(
    repo: Repository, headline: str, lead: str, later: str, matches: list[str]
) -> None:
    text = f"# {headline}\n\n{lead}\n\nThe night was long.\n\n{later}\n"
    assert one(repo, "conflicting-figures", text) == matches


def test_the_later_place_carries_the_finding(repo: Repository) -> None:
    repo.write("newslint.yml", "extends: [newsroom]\n")
    text = (
        "# Gale kills 12\n\nA gale killed 12 people.\n\nIt is over.\n\nThe gale killed 14 people.\n"
    )
    (finding,) = repo.copy(text, "--isolated", "--select", "conflicting-figures").findings
    assert finding["start"]["line"] == 7
    assert finding["related"][0]["text"] == "12"
    assert finding["fix"]["advice"]


# relabelled


@pytest.mark.parametrize(
    ("first", "second", "matches"),
    [
        ("The gale drove 1,400 goats from the valley.", "It drove 1,400 horses from the valley.",
         ["1,400 horses"]),
        ("The gale drove 1,400 goats from the valley.", "The town has 1,400 horses.", []),
        ("The mill dismissed 230 workers in May.", "The mill dismissed the 230 employees in May.", []),
        ("The gale drove 12 goats from the valley.", "It drove 12 horses from the valley.", []),
        ("The gale drove 1,400 goats from the valley.", "It drove 1,400 Leetmen from the valley.", []),
        ("They suspended 1,400 accounts in May.", "They made 1,400 suspensions in May.", []),
    ],
)  # fmt: skip
def test_relabelled(repo: Repository, first: str, second: str, matches: list[str]) -> None:
    assert one(repo, "figure-relabelled", f"{first}\n\n{second}\n") == matches


# Every check again, with the words of another rule in the same run


SECOND = {
    "headline-figure": (
        "{check: headline-figure, passing: [thing], least-words: 3}",
        "{check: headline-figure, passing: [boat], least-words: 3}",
        "# 40 boats\n\nThe boats are in the harbor again.\n",
        [("a", "40")],
    ),
    "percent": (
        "{check: percent, percent: [percent], from: [from], to: [to], rises: [rose], falls: [fell],"
        " times: {}}",
        "{check: percent, percent: [percent], from: [from], to: [to], rises: [wuxed], falls: [fell],"
        " times: {}}",
        "It rose 5 percent from 10 to 20.\n\nIt wuxed 6 percent from 10 to 20.\n",
        [("a", "5 percent"), ("b", "6 percent")],
    ),
    "count": (
        "{check: count, listed: [way], open: [zork]}",
        "{check: count, listed: [way], open: [blenda]}",
        "Three men: Al Roe and Bo Marl.\n\nFour men: Al Zork and Bo Marl.\n",
        [("a", "Three"), ("b", "Four"), ("b", "Three")],
    ),
    "age": (
        "{check: age, old: [-year-old]}",
        "{check: age, old: [-winter-old]}",
        "Jane Roe, 34, left. The 36-year-old Roe came.\n\nAnn Dane, 34, left. The 36-winter-old Dane"
        " came.\n",
        [("a", "36"), ("b", "36")],
    ),
    "conflict": (
        "{check: conflict, rough: [dozens, hundreds], events: {}, apart: [zork], definite: [the]}",
        "{check: conflict, rough: [dozens, hundreds], events: {}, apart: [blenda], definite: [the]}",
        "# Dozens of sailors home\n\nHundreds of sailors met a zork.\n",
        [("b", "Hundreds of sailors")],
    ),
    "relabelled": (
        "{check: relabelled, apart: [zork]}",
        "{check: relabelled, least: 5000}",
        "The gale drove 1,400 goats from the valley.\n\nThe gale drove 1,400 horses from the valley."
        "\n\nThe dam cost Leet 7,500 trees.\n\nThe dam cost Leet 7,500 zork stones.\n",
        [("a", "1,400 horses"), ("b", "7,500 zork stones")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("check", SECOND)
def test_a_second_rule_with_other_words_works_beside_the_first(
    repo: Repository, check: str
) -> None:
    first, second, copy, wanted = SECOND[check]
    repo.desk(
        *(
            f"id: {id}\nkind: figures\nmessage: x\noptions: {options}\n"
            for id, options in (("a", first), ("b", second))
        )
    )
    ran = repo.copy(copy)
    assert sorted(ran.found) == wanted, ran.err


def test_a_rule_may_change_the_lexicon(repo: Repository) -> None:
    repo.desk(
        "id: a\nkind: figures\nmessage: x\noptions: {check: headline-figure, passing: [],"
        ' least-words: 3, lexicons: {figures: {numbers+: {umpteen: "99"}}}}\n'
    )
    assert repo.copy("# Umpteen boats\n\nThe boats are in the harbor.\n").found == [
        ("a", "Umpteen")
    ]


@pytest.mark.parametrize(
    "copy",
    ["", "# 40\n", "12", "# Hundreds of men\n", "three:", "Jane Roe, 34", "from 0 to 0, up 5 percent.",
     "# 0 boats\n\n0 percent up from 0 to 1.\n", "three men: ,,, and\n", "a million million million."],
)  # fmt: skip
def test_odd_copy(repo: Repository, copy: str) -> None:
    found(repo, copy)


@pytest.mark.parametrize(
    "piece",
    ["12 boats: A B, ", "# 40 boats\n\n", "1,400 goats and 1,400 horses ", "Jane Roe, 34, ",
     "hundreds of boats killed 12. ", "rose 5 percent from 2 to 3. ", "three men — A B and C D, "],
)  # fmt: skip
def test_hostile_copy_takes_linear_time(repo: Repository, piece: str) -> None:
    with within(20):
        found(repo, "# 40 boats killed\n\n" + piece * 4000)
