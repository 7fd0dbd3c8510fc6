"""Kind `dates`: its checks find what they name, and a second rule brings words of its own."""

from __future__ import annotations

import pytest
from conftest import Ran, Repository, within

SEASON = "check: season"
AFTER = (
    "check: after-publication, verbs: ['closed on', 'was \\w+ on'], unless: [will, 'planned #'], "
    "notes: [added]"
)


def ran(repo: Repository, options: str, copy: str, own: str = "2025-07-23", more: str = "") -> Ran:
    repo.desk(f"id: a\nkind: dates\nmessage: x\n{more}options: {{{options}}}\n")
    head = f"---\ndate: {own}\n---\n" if own else ""
    result = repo.copy(f"{head}{copy}\n")
    assert result.code == 0, result.out + result.err
    return result


def hits(repo: Repository, options: str, copy: str, own: str = "2025-07-23") -> list[str]:
    return [text for _, text in ran(repo, options, copy, own).found]


@pytest.mark.parametrize(
    ("copy", "own", "found"),
    [
        ("It closed at 4 p.m. EST.", "2025-07-23", ["4 p.m. EST"]),
        ("It closed at 4 p.m. EDT.", "2025-07-23", []),
        ("It closed at 4 p.m. ET.", "2025-07-23", []),
        ("It closed at 4 p.m. EDT.", "2025-01-23", ["4 p.m. EDT"]),
        ("It closed at 4 p.m. BST.", "2025-01-23", ["4 p.m. BST"]),
        ("It closed at 4 p.m. BST in Dhaka.", "2025-01-23", []),
        ("In London it closed at 4 p.m. GMT.", "2025-07-23", ["4 p.m. GMT"]),
        ("In London it closed at 1600 GMT.", "2025-07-23", []),
        ("In Oslo it closed at 4 p.m. GMT.", "2025-07-23", []),
        ("It closed at 16:00 CET.", "2025-07-23", ["16:00 CET"]),
        ("It closes at 4 p.m. EST on January 12, 2026.", "2025-07-23", []),
        ("It closes at 4 p.m. EDT on January 12, 2026.", "2025-07-23", ["4 p.m. EDT"]),
        ("It closes at 4 p.m. EST on July 12.", "", ["4 p.m. EST"]),
        ("It closes at 4 p.m. EST.", "", []),
        ("It closed in Phoenix at 4 p.m. MST.", "2025-07-23", []),
        ("It closed in Denver at 4 p.m. MST.", "2025-07-23", ["4 p.m. MST"]),
        ("It closes at 4 p.m. EST.", "2025-03-06", []),
        ("It closed on Thursday at 4 p.m. EDT.", "2025-02-26", ["4 p.m. EDT"]),
        ("The clock shows EST.", "2025-07-23", []),
    ],
)
def test_zones_and_seasons(repo: Repository, copy: str, own: str, found: list[str]) -> None:
    assert hits(repo, SEASON, copy, own) == found


def test_the_edit_names_the_right_zone(repo: Repository) -> None:
    [finding] = ran(repo, SEASON, "It closed at 4 p.m. Pacific Standard Time.").findings
    assert finding["fix"]["edits"][0]["text"] == "Pacific Daylight Time"
    [finding] = ran(repo, SEASON, "It closed at 4 p.m. PST.").findings
    assert finding["fix"]["edits"][0]["text"] == "PDT"
    assert not finding["fix"]["safe"]


@pytest.mark.parametrize(
    ("name", "copy", "found"),
    [
        ("a.md", "---\ndate: July 23, 2025 4:50 PM PST\n---\n# H\n\nA.\n", ["4:50 PM PST"]),
        ("a.md", "---\ndate: July 23, 2025 4:50 PM PDT\n---\n# H\n\nA.\n", []),
        ("a.md", "---\ndate: 2025-07-23T16:50:00Z\n---\n# H\n\nA.\n", []),
        ("a.md", "---\ndate: July 23, 2025 4 PM MST\n---\n# Fire in Phoenix\n\nA.\n", []),
        ("a.txt", "H\nPublished: July 23, 2025 4:50 PM PST\n\nA b c.\n", ["4:50 PM PST"]),
        (
            "a.html",
            "<h1>H</h1><p class=date>July 23, 2025 4:50 PM PST</p><p>A.</p>",
            ["4:50 PM PST"],
        ),
    ],
)
def test_date_lines_and_metadata(repo: Repository, name: str, copy: str, found: list[str]) -> None:
    scope = "scope: [dateline, paragraph]\n"
    repo.desk(f"id: a\nkind: dates\nmessage: x\n{scope}options: {{check: season}}\n")
    assert [text for _, text in repo.copy(copy, name=name).found] == found


def test_the_margin_of_a_time_without_a_date(repo: Repository) -> None:
    assert hits(repo, SEASON, "It closes at 4 p.m. EST.", "2025-03-14") == []
    assert hits(repo, f"{SEASON}, margin: 3", "It closes at 4 p.m. EST.", "2025-03-14") != []


@pytest.mark.parametrize(
    ("copy", "own", "found"),
    [
        ("It closed on Tuesday, July 23, 2025.", "", ["Tuesday, July 23, 2025"]),
        ("It closed on Wednesday, July 23, 2025.", "", []),
        ("It closed on Tues. 23 July 2025.", "", ["Tues. 23 July 2025"]),
        ("It closes on Monday, July 29.", "2025-07-23", ["Monday, July 29"]),
        ("It closes on Monday, July 29.", "", []),
        ("It closes on Monday, November 29.", "2025-07-23", []),
        ("In 1975 it closed on Monday, July 29.", "2025-07-23", []),
        ("“It closed Tuesday, July 23, 2025,” he said.", "", []),
        ("It is open Monday to Friday, July 28, 2025.", "", []),
    ],
)
def test_weekdays(repo: Repository, copy: str, own: str, found: list[str]) -> None:
    assert hits(repo, "check: weekday", copy, own) == found


def test_how_near_a_date_without_a_year_must_be(repo: Repository) -> None:
    copy = "It closes on Monday, September 29, and on Tuesday, July 29; then on Friday, July 30."
    assert hits(repo, "check: weekday, near: 7", copy) == ["Friday, July 30"]
    assert hits(repo, "check: weekday, near: 3", copy) == []


def test_impossible_dates_and_times(repo: Repository) -> None:
    copy = "It closed on June 31, at 11:75 p.m., on 30 February, and on Feb. 29, 2023."
    expected = ["June 31", "11:75 p.m.", "30 February", "Feb. 29, 2023"]
    assert hits(repo, "check: impossible", copy) == expected
    copy = "It closed at 13:45 pm, at 15 p.m., at 25:10 GMT."
    assert hits(repo, "check: impossible", copy) == ["13:45 pm", "15 p.m.", "25:10 GMT"]
    copy = "Waves of 12.75 pm and 75 pm, tolls of $13 pm, at 0:30 a.m., at 24:00 GMT."
    assert hits(repo, "check: impossible", copy) == []
    copy = "It closed on June 30, at 11:45 p.m., on 28 February, and on Feb. 29, 2024."
    assert hits(repo, "check: impossible", copy) == []


def test_dates_of_the_metadata_are_dates(repo: Repository) -> None:
    copy = "---\ndate: 2025-02-31\n---\n# H\n\nA.\n"
    scope = "scope: [dateline, paragraph]\n"
    repo.desk(f"id: a\nkind: dates\nmessage: x\n{scope}options: {{check: impossible}}\n")
    assert repo.copy(copy).found == [("a", "2025-02-31")]
    assert repo.copy(copy.replace("31", "28")).found == []


def test_timelines(repo: Repository) -> None:
    same = "- May 2025: a\n- May 2025: b\n- May 2025: c\n"
    [finding] = ran(repo, "check: timeline", same).findings
    assert finding["text"] == "May 2025"
    assert finding["start"]["line"] == 5
    assert [other["start"]["line"] for other in finding["related"]] == [4, 6]
    assert hits(repo, "check: timeline", same.replace("2025: c", "2026: c")) == []
    assert hits(repo, "check: timeline, least: 4", same) == []
    assert hits(repo, "check: timeline, share: 0.6", same + "- June 2025: d\n") == ["May 2025"]
    assert hits(repo, "check: timeline, share: 0.8", same + "- June 2025: d\n") == []


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        ("The quay closed on July 30.", ["July 30"]),
        ("The quay was shut on August 3, 2025.", ["August 3, 2025"]),
        ("The quay closed on July 20.", []),
        ("The quay closed on July 24.", []),
        ("The quay closed on January 30.", []),
        ("The quay closed on December 30.", []),
        ("The quay closed on December 30, 2025.", ["December 30, 2025"]),
        ("The quay will be closed on July 30.", []),
        ("The quay was planned on July 30.", ["July 30"]),  # `#` stands for the date: “planned #”
        ("What was planned July 30 is off.", []),
        ("Added, for those who ask: the quay closed on July 30.", []),
        ("What he added: the quay closed on July 30.", []),
        ("It was added that the quay closed on July 30.", ["July 30"]),
    ],
)
def test_what_is_told_as_past(repo: Repository, copy: str, found: list[str]) -> None:
    assert hits(repo, AFTER, copy) == found


def test_grace_and_window(repo: Repository) -> None:
    assert hits(repo, f"{AFTER}, grace: 0", "The quay closed on July 24.") == ["July 24"]
    assert hits(repo, f"{AFTER}, grace: 9", "The quay closed on July 30.") == []
    assert hits(repo, f"{AFTER}, window: 5", "The quay closed on July 30.") == []
    assert hits(repo, f"{AFTER}, openings: [', it sank']", "On July 30, it sank.") == ["July 30"]


def test_a_second_rule_with_other_words(repo: Repository) -> None:
    own = (
        "{check: season, lexicons: {dates: {standard-time+: {XST: XDT}, "
        "clock-changes+: {XST: Europe}, months+: {Brumaire: [Brum]}}}}"
    )
    repo.desk(
        "id: a\nkind: dates\nmessage: x\noptions: {check: season}\n",
        f"id: b\nkind: dates\nmessage: x\noptions: {own}\n",
        "id: c\nkind: dates\nmessage: x\noptions: {check: after-publication, verbs: [glorbed on]}\n",
        "id: d\nkind: dates\nmessage: x\noptions: {check: after-publication, verbs: [sank on]}\n",
    )
    copy = (
        "---\ndate: 2025-07-23\n---\nAt 4 p.m. XST it glorbed on July 30.\n\nIt sank on July 29.\n"
    )
    found = repo.copy(copy).found
    assert found == [("b", "4 p.m. XST"), ("c", "July 30"), ("d", "July 29")]


@pytest.mark.parametrize(
    "options",
    ["check: season", "check: weekday", "check: impossible", "check: timeline", AFTER],
)
@pytest.mark.parametrize(
    "piece", ["closed on July 30 at 4 PM PST ", "Monday, July 30, 2025 ", "- May 2025: x\n", "("]
)
def test_hostile_copy_is_soon_read(repo: Repository, options: str, piece: str) -> None:
    with within(20):
        ran(repo, options, piece * 4000)


@pytest.mark.parametrize(
    "options", ["check: timeline, least: 1", "check: after-publication, verbs: ['(']"]
)
def test_options_that_make_no_sense(repo: Repository, options: str) -> None:
    repo.desk(f"id: a\nkind: dates\nmessage: x\noptions: {{{options}}}\n")
    assert repo.copy("A.\n").code == 2
