"""`newslint people`: a people file that an editor can start from."""

from __future__ import annotations

from conftest import Repository

from newslint import roster

FIRST = """---
date: 2025-01-05
---

# Quay opened

Harbour Minister Olena Marchenko opened the quay. Marchenko praised Mayor Tobias Reyland.
President Vera Holt of Freeland, once a captain, stayed away.
"""
SECOND = """---
date: 2025-03-09
---

# Quay closed

Former Harbour Minister Olena Marchencko closed the quay. Sen. Tobias Reyland wept.
"""


def draft(repo: Repository, *args: str) -> str:
    repo.write("a.md", FIRST)
    repo.write("b.md", SECOND)
    ran = repo.run("people", "a.md", "b.md", *args)
    assert ran.code == 0
    return ran.out


def test_the_draft_is_a_people_file(repo: Repository) -> None:
    olena, tobias = roster.read(draft(repo), "people.yml").people
    assert olena.name in ("Olena Marchenko", "Olena Marchencko")
    assert set(olena.names) == {"Olena Marchenko", "Olena Marchencko"}
    assert tobias.name == "Tobias Reyland"
    assert {role.title for role in tobias.roles} == {"Mayor", "Senator"}


def test_counts_and_days_stand_beside_each_name(repo: Repository) -> None:
    out = draft(repo)
    assert "# Drafted by “newslint people” from 2 articles." in out
    assert "# 3 mentions in 2 articles, 2025-01-05 to 2025-03-09" in out
    assert "Senator  # 1 time, 2025-03-09" in out
    assert "as a former one 1 time, 2025-03-09" in out


def test_capitals_of_a_headline_say_nothing_of_an_office(repo: Repository) -> None:
    repo.write("a.md", "# Olena Kerr Finally Endorses House Speaker Paul Rennick\n\nHe won.\n")
    (drafted,) = [
        person
        for person in roster.read(
            repo.run("people", "a.md", "--min-mentions", "1").out, "people.yml"
        ).people
        if person.name == "Paul Rennick"
    ]
    assert [(role.title, role.of) for role in drafted.roles] == [("House Speaker", "")]


def test_most_mentioned_first_and_rare_ones_on_request(repo: Repository) -> None:
    assert "Vera Holt" not in draft(repo)
    everybody = roster.read(draft(repo, "--min-mentions", "1"), "people.yml").people
    assert [person.name for person in everybody][1:] == ["Tobias Reyland", "Vera Holt"]
    assert roster.read(draft(repo, "--min-mentions", "9"), "people.yml").people == ()


def test_the_order_of_paths_changes_nothing(repo: Repository) -> None:
    out = draft(repo)
    assert repo.run("people", "b.md", "a.md").out == out
    assert repo.run("people", ".").out == out


def test_the_draft_can_be_used_at_once(repo: Repository) -> None:
    repo.write("people.yml", draft(repo))
    repo.config("extends: [newsroom]\npeople: people.yml\n")
    assert repo.check("a.md", "--select", "name-variant", "--no-corpus").code == 0


def test_what_cannot_be_read_is_said(repo: Repository) -> None:
    repo.write("a.md", FIRST)
    repo.write("x.md", b"\x00\x01\x02\x03" * 50)
    ran = repo.run("people", "a.md", "x.md", "gone.md")
    assert ran.code == 2
    assert "Olena Marchenko" in ran.out
    assert "x.md" in ran.err
    assert "gone.md: there is no such file or folder" in ran.err


def test_no_path_and_no_number_are_mistakes(repo: Repository) -> None:
    assert repo.run("people").code == 2
    assert repo.run("people", ".", "--min-mentions", "0").code == 2
    assert repo.run("people", ".", "--config", "none.yml").code == 2
