"""The people file: what it holds, and what is said of mistakes in it."""

from __future__ import annotations

from datetime import date

import pytest

from newslint.errors import NewslintError
from newslint.roster import Roster, holds, read

TEXT = """
- name: Ayşe Doğan
  also-known-as: [A. Dogan-Reyland]
  roles:
    - title: Harbour Minister
      of: Marlow Bay
      from: 2023-09-06
      until: 2025-07-17
    - {title: Mayor, from: 2025-07-18}
- name: Tobias Reyland
"""


def test_all_of_it_is_read() -> None:
    ayse, tobias = read(TEXT, "people.yml").people
    assert ayse.names == ("Ayşe Doğan", "A. Dogan-Reyland")
    assert (ayse.roles[0].title, ayse.roles[0].of) == ("Harbour Minister", "Marlow Bay")
    assert (ayse.roles[0].from_, ayse.roles[0].until) == (date(2023, 9, 6), date(2025, 7, 17))
    assert tobias.roles == ()
    assert read("", "people.yml") == read("# nobody yet\n", "people.yml") == Roster()


def test_people_are_found_by_any_name() -> None:
    roster = read(TEXT, "people.yml")
    for name in ("Ayşe Doğan", "ayse dogan", "A. Dogan-Reyland", "A Dogan Reyland"):
        assert roster.find(name) is roster.people[0]
    assert roster.find("Dogan") is roster.find("") is None
    assert roster.of_surname("Doğan") == roster.people[:1]
    assert roster.of_surname("reyland") == roster.people
    assert roster.of_surname("Tobias") == ()


def test_a_role_is_held_on_its_first_and_last_day() -> None:
    minister, mayor = read(TEXT, "people.yml").people[0].roles
    days = [date(2023, 9, 5), date(2023, 9, 6), date(2025, 7, 17), date(2025, 7, 18)]
    assert [holds(minister, day) for day in days] == [False, True, True, False]
    assert [holds(mayor, day) for day in days] == [False, False, False, True]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("people: []", "1:1: a people file is a list"),
        ("- Ayşe Doğan", "1:3: an entry begins with `name:`"),
        ("- name: A B\n  role: []", '2:3: unknown key "role". Did you mean "roles"?'),
        ("- also-known-as: [A B]", '1:3: missing key "name"'),
        ('- name: " "', "1:3: a name cannot be empty"),
        ("- name: A B\n  also-known-as: A", '2:3: "also-known-as": expected a list'),
        ('- name: A B\n  also-known-as: ["-"]', "2:19: a name cannot be empty"),
        ("- name: A B\n  also-known-as: [C, C]", '2:22: "C" is there twice'),
        ("- name: A B\n- name: C\n  also-known-as: [Á B]", '3:19: "Á B" stands for "A B" already'),
        ("- name: A B\n- name: a b", '2:3: "a b" stands for "A B" already'),
        ("- name: A B\n  roles:\n  - of: X", '3:5: missing key "title"'),
        ("- name: A B\n  roles:\n  - title: ''", '3:5: "title" cannot be empty'),
        ("- name: A B\n  roles:\n  - title: X\n    from: 2024", '4:5: "from": a day is written'),
        ("- name: A B\n  roles:\n  - title: X\n    until: 2024-02-30", '4:5: "until": a day is'),
        (
            "- name: A B\n  roles:\n  - {title: X, from: 2024-02-02, until: 2024-02-01}",
            '3:34: "until" (2024-02-01) is before "from" (2024-02-02)',
        ),
        ("- name: A B\n  name: C", '2:3: duplicate key "name"'),
    ],
)
def test_mistakes_are_named_with_their_place(text: str, message: str) -> None:
    with pytest.raises(NewslintError) as caught:
        read(text, "people.yml")
    assert str(caught.value).startswith(f"people.yml:{message}")
