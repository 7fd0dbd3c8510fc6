"""Kind `residue`: link lines without links, navigation, words of buttons and embedded posts."""

from __future__ import annotations

import pytest
from conftest import Repository, within

from newslint.readers import read_source

BODY = "The ferry to Tarrow stopped on Monday after a storm, and it will be mended in May."
TITLES = "Council votes to mend wall", "Ferry fares rise again"
LINKS = "check: link-lines, lines: [zorks, zork too], short: [zorks from], titled: ['blend:']"
WAY = (
    "check: navigation, lines: [zork up], starts: ['zorked:'], labels: [zorks, plums, news], "
    "separators: ['>', '|'], patterns: ['^\\d+ zo \\d+$']"
)
LINES = "check: lines, fills: [zork this], starts: [zork below], patterns: ['zork\\.pic/\\w+'], row: [zork, plum]"
SCOPE = "scope: [standfirst, subheading, paragraph, list-item, caption, link-line]\n"


def found(
    repo: Repository, options: str, *lines: str, name: str = "a.txt", top: str = ""
) -> list[str]:
    """What a rule with these options finds in lines below a story."""
    repo.desk(f"id: a\nkind: residue\nmessage: x\n{SCOPE}options: {{{options}}}\n")
    head = "Ferry to Tarrow stops after a storm" if name.endswith("txt") else "# Ferry stops"
    copy = "\n\n".join([*([top] if top else []), head, BODY, *lines, ""])
    ran = repo.copy(copy, name=name)
    assert ran.code == 0, ran.out + ran.err
    return [text for _, text in ran.found]


@pytest.mark.parametrize(
    ("line", "flagged"),
    [
        (f"Zorks: {TITLES[0]}", True),
        (f"Zorks – {TITLES[0]}", True),
        (f"[ZORK TOO: {TITLES[0]}]", True),
        (f"ZORKS {TITLES[0]}", True),
        (f"Zorks {TITLES[0]}", False),
        (f"Blend: {TITLES[0]}", True),
        ("Zorks from Tarrow: Council votes to mend wall", True),
        ("Zorks from the north came to Tarrow and stayed there.", False),
        ("Zorks: they came from the north.", False),
        ("Zorks: 30 of them", True),
        ("Zorks: https://zork.example/wall", False),
        ("All zorks: a list", False),
        ("Zorkses: a list", False),
        ("Zorks", True),
    ],
)
def test_lines_that_offer_a_story(repo: Repository, line: str, flagged: bool) -> None:
    more = "It was built in 1950, and mended twice since then by the council of the town."
    assert found(repo, LINKS, line, more) == ([line] if flagged else [])


def test_a_list_without_links_is_one_finding(repo: Repository) -> None:
    repo.desk(f"id: a\nkind: residue\nmessage: '{{match}}'\n{SCOPE}options: {{{LINKS}}}\n")
    items = "\n".join(f"- {title}" for title in TITLES)
    finding = repo.copy(f"Ferry stops\n\n{BODY}\n\nZorks:\n{items}\n", name="a.txt").findings[0]
    assert (finding["text"], finding["message"]) == ("Zorks:", "Zorks")
    assert [place["text"] for place in finding["related"]] == list(TITLES)


@pytest.mark.parametrize(
    ("line", "flagged"),
    [
        (f"Zorks: {TITLES[0]}", True),
        (f"Zorks: [{TITLES[0]}](https://a.example)", False),
        (f"## Zorks\n\n- [{TITLES[0]}](https://a.example)", False),
        (f"## Zorks\n\n- {TITLES[0]}\n- {TITLES[1]}", True),
        ("## Zorks\n\nThey came from the north, and they stayed for a year.", False),
        ("Zorks:\n\nThey came from the north, and they stayed for a year.", False),
    ],
)
def test_links_that_work_are_left_alone(repo: Repository, line: str, flagged: bool) -> None:
    assert bool(found(repo, LINKS, line, name="a.md")) == flagged
    if "](" in line and "##" not in line:
        assert found(repo, f"{LINKS}, linked: true", line, name="a.md")


@pytest.mark.parametrize(
    ("line", "flagged"),
    [
        ("Zork up", True),
        ("» ZORK UP «", True),
        ("Zork up the hill", False),
        ("Zorked: Ferries, Storms", True),
        ("3 zo 14", True),
        ("Zorks > Plums > Harbours of the north", True),
        ("Zorks | Plums", True),
        ("Zorks > plums is what the banner of the fans says.", False),
        ("Storm > Plums", False),
    ],
)
def test_navigation(repo: Repository, line: str, flagged: bool) -> None:
    assert found(repo, WAY, line, BODY) == ([line] if flagged else [])


def test_labels_above_the_copy(repo: Repository) -> None:
    assert found(repo, WAY, top="News Harbours") == ["News Harbours"]
    assert found(repo, WAY, "News Plums", BODY) == []
    assert found(repo, WAY, name="a.md") == []
    head = "---\ntitle: Ferry stops\n---\n\nNews Plums\n\n"
    repo.write("b.md", f"{head}{BODY}\n")
    assert [text for _, text in repo.check("b.md").found] == ["News Plums"]


def test_a_menu_is_one_finding(repo: Repository) -> None:
    menu = ["Zorks", "Harbour shop", "Plums", "News"]
    assert found(repo, WAY, *menu) == ["\n\n".join(menu)]
    assert found(repo, f"{WAY}, menu: 5", BODY, BODY, BODY, *menu) == []
    assert (
        found(repo, WAY, BODY, BODY, BODY, "Zorks", "Harbour shop", "Old wall", "North pier") == []
    )
    assert found(repo, WAY, *(f"- {line}" for line in menu), name="a.md") == []


@pytest.mark.parametrize(
    ("line", "flagged"),
    [
        ("Zork this", "Zork this"),
        ("12 ZORK THIS!", "12 ZORK THIS!"),
        ("Zork this loaf", ""),
        ("Zork below: the story goes on", "Zork below: the story goes on"),
        ("It fell zork.pic/a1b2 today.", "zork.pic/a1b2"),
        ("Zork Plum", "Zork Plum"),
        ("Zork", ""),
        ("Zork plums", ""),
        ("“Zork this”", ""),
    ],
)
def test_lines_of_buttons(repo: Repository, line: str, flagged: str) -> None:
    assert found(repo, LINES, line, BODY) == ([flagged] if flagged else [])


def test_what_markup_shows_to_be_meant_is_left_alone(repo: Repository) -> None:
    for line in ("## Zork this", "- Zork this\n- Zork that", "[Zork this](https://a.example)"):
        assert found(repo, LINES, line, BODY, name="a.md") == []
    assert found(repo, LINES, "Zork this", BODY, name="a.md") == ["Zork this"]
    assert found(repo, LINES, "> Zork this", BODY, name="a.md") == []


def test_what_the_page_around_html_says_is_left_alone(repo: Repository) -> None:
    copy = f"<h1>Ferry stops</h1><p>{BODY}</p>"
    for line, flagged in (
        ("<p>Zork this</p>", True),
        ("<p style='color:red'><b>Zork this</b></p>", True),
        ("<p class='button'>Zork this</p>", False),
        ("<div role='button'><span>Zork this</span></div>", False),
        ("<figure><figcaption>Zork below the wall</figcaption></figure>", False),
        ("<p class='copy'>Zork below: the story goes on</p>", True),
    ):
        repo.desk(f"id: a\nkind: residue\nmessage: x\n{SCOPE}options: {{{LINES}}}\n")
        ran = repo.copy(f"{copy}{line}<p>{BODY}</p>", name="a.html")
        assert bool(ran.found) == flagged, line


def test_a_post_that_tags_enclose_is_meant(repo: Repository) -> None:
    post = "It fell zork.pic/a1b2 today."
    assert found(repo, LINES, f"<post by='a'>{post}</post>", BODY) == []
    assert found(repo, LINES, f"<post by='a'>{post}<post/>", BODY) == []
    assert found(repo, LINES, f"<post by='a'>{post}", BODY) == ["zork.pic/a1b2"]


SECOND = {
    LINKS: "check: link-lines, lines: [plum too]",
    WAY: "check: navigation, lines: [plum up]",
    LINES: "check: lines, fills: [plum this]",
}


@pytest.mark.parametrize("first", SECOND)
def test_a_second_rule_has_words_of_its_own(repo: Repository, first: str) -> None:
    rules = [
        f"id: {id}\nkind: residue\nmessage: x\n{SCOPE}options: {{{options}}}\n"
        for id, options in (("a", first), ("b", SECOND[first]))
    ]
    repo.desk(*rules)
    lines = [f"{word} {end}" for word in ("Zork", "Plum") for end in ("too: A Title", "up", "this")]
    ran = repo.copy("\n\n".join(["# Ferry stops", BODY, *lines, ""]))
    assert [(rule, text.split()[0]) for rule, text in ran.found] == [("a", "Zork"), ("b", "Plum")]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("check: lines", "fills"),
        ("check: link-lines, lines: ['']", "empty phrase"),
        ("check: navigation, lines: [x], separators: [' ']", "empty separator"),
        ("check: navigation, lines: [x], patterns: ['(']", "missing )"),
    ],
)
def test_options_that_make_no_sense(repo: Repository, options: str, said: str) -> None:
    repo.desk(f"id: a\nkind: residue\nmessage: x\noptions: {{{options}}}\n")
    ran = repo.copy("A lamp.\n")
    assert ran.code == 2
    assert said in ran.out + ran.err


@pytest.mark.parametrize(
    "copy", ["", "\n", "# \n", "- \n", "Zorks:", "Zork this", "> \n", "🎄\n\n🎄"]
)
def test_odd_articles(repo: Repository, copy: str) -> None:
    for options in SECOND:
        repo.desk(f"id: a\nkind: residue\nmessage: x\n{SCOPE}options: {{{options}}}\n")
        for name in ("a.md", "a.txt", "a.html"):
            assert repo.copy(copy, name=name).code in (0, 2)


def test_hostile_copy_is_read_in_time(repo: Repository) -> None:
    for copy in (
        "Zorks: A Title\n\n" * 4000,
        "News\n\n" * 8000,
        "Zork this\n\n" * 4000,
        "zork " * 50000,
    ):
        with within(30):
            for options in SECOND:
                found(repo, options, copy)


def test_positions_hold_through_markup(repo: Repository) -> None:
    copy = f"# Ferry\n\n{BODY}\n\n**Zorks:** *Council* votes to mend wall\n"
    repo.desk(f"id: a\nkind: residue\nmessage: x\n{SCOPE}options: {{{LINKS}}}\n")
    finding = repo.copy(copy).findings[0]
    start, end = finding["start"]["offset"], finding["end"]["offset"]
    assert finding["text"] == copy[start:end] == "Zorks:** *Council* votes to mend wall"
    assert read_source("a.md", copy, "markdown").blocks[-1].text.startswith("Zorks: Council")
