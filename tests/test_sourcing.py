"""Kind `sourcing`: copy without a source, from second hand, and of one source only."""

from __future__ import annotations

import pytest
from conftest import Repository, within

FILL = " ".join(["The boats lie in the harbour and the gulls have taken the decks."] * 20)
SAID = (
    "Ana Orlu said that the town could not wait. {0}\n\n“We cannot wait much longer than that,” said "
    "Piet Vance.\n\n“There is no more money for it now,” said Ana Orlu."
)
MISSING = "check: missing, evidence: [according to], venues: ['at a hearing', 'told \\w+']"
SECOND = "check: secondhand, before: [according to], after: [reported], own: [told this paper]"
SINGLE = "check: single, pronouns: [she, he]"


def hits(repo: Repository, options: str, copy: str, scope: str = "") -> list[str]:
    repo.desk(f"id: a\nkind: sourcing\nmessage: x\n{scope}options: {{{options}}}\n")
    ran = repo.copy(copy)
    assert ran.code == 0, ran.out + ran.err
    return [text for _, text in ran.found]


def story(more: str = "", head: str = "") -> str:
    return f"{head}# Ferry stays\n\n{FILL}\n\n{SAID.format(more)}\n\n{FILL}\n"


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        (story(), ["Ferry stays"]),
        (story("According to the log it was late."), []),
        (story("The [log](https://a.example/log) is open."), []),
        (story("Reuters was there."), []),
        (story("So Ana Orlu said at a hearing that it was late."), []),
        (story("It was heard at a hearing of the court."), ["Ferry stays"]),
        (story(head="---\nauthor: Ada Lorne\n---\n"), []),
        (f"# Ferry stays\n\n{SAID.format('')}\n", []),
        (f"# Ferry stays\n\n{FILL}\n", ["Ferry stays"]),
        ("", []),
    ],
)
def test_missing_source(repo: Repository, copy: str, found: list[str]) -> None:
    assert hits(repo, MISSING, copy) == found


def test_the_thresholds_of_missing_source(repo: Repository) -> None:
    assert hits(repo, f"{MISSING}, min-words: 5000", story()) == []
    assert hits(repo, f"{MISSING}, min-statements: 40", story()) == []
    signed = story(head="---\nauthor: Ada Lorne\n---\n")
    assert hits(repo, f"{MISSING}, signed: true", signed) == ["Ferry stays"]


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        ("# H\n\nIt sank.\n\nSource: CNN – It sank\n", ["Source: CNN"]),
        ("# H\n\nIt sank.\n\nSource: The Guardian\n", ["Source: The Guardian"]),
        ("# H\n\nIt sank.\n\nSource: Corley council\n", []),
        ("# H\n\nIt sank.\n\nSource: CNN, Corley council\n", []),
        ("# H\n\nIt sank.\n\nSources: CNN, The Guardian and the BBC\n", ["Sources: CNN"]),
        ("# H\n\nIt sank.\n\nSources: CNN, Reuters and Corley council\n", []),
        ("# H\n\nIt sank, according to Reuters.\n", ["Reuters"]),
        ("# H\n\nThe BBC reported that it sank.\n", ["BBC"]),
        ("# H\n\nThe BBC sank.\n", []),
        ("# H\n\nThe BBC reported that it sank. Ana Orlu told this paper so.\n", []),
        ("# H\n\nThe BBC [reported](https://bbc.example/1) that it sank.\n", []),
        ("# H\n\nCORLEY (Reuters) – It sank, according to the BBC.\n", []),
        ("# H\n\nThe BBC reported that it sank.\n\n“It is gone,” said Ana Orlu.\n", []),
        ("# H\n\nThe ABBC reported that it sank.\n", []),
        ("# H\n\nThe Corley Gazette reported that it sank.\n", ["Corley Gazette"]),
        ("# H\n\nIt sank, the daily Nordposten reported.\n", ["Nordposten"]),
        ("# H\n\nThe daily paper reported that it sank. Gazette reported so.\n", []),
    ],
)
def test_secondhand_source(repo: Repository, copy: str, found: list[str]) -> None:
    scope = "scope: [paragraph, source-line]\n"
    assert hits(repo, SECOND, copy, scope) == found


ONE = story().replace("Piet Vance", "Ana Orlu")
AGENCY = ONE.replace("Ana Orlu said", "Ana Orlu, head of the agency, said", 1) + (
    "\nThe boats are full, the agency said.\n"
)


@pytest.mark.parametrize(
    ("options", "copy", "found"),
    [
        (f"{SINGLE}, min-reports: 3", ONE, ["Ana Orlu"]),
        (f"{SINGLE}, min-reports: 3", story(), []),
        (f"{SINGLE}, min-reports: 9", ONE, []),
        (f"{SINGLE}, min-reports: 3", AGENCY, ["Ana Orlu"]),
        (f"{SINGLE}, min-reports: 3", AGENCY.replace("agency said", "union said"), []),
        (f"{SINGLE}, min-reports: 3, min-words: 5000", ONE, []),
        (
            f"{SINGLE}, min-reports: 3",
            ONE.replace("The boats", "The [b](https://a.example)", 1),
            [],
        ),
        (f"{SINGLE}, min-reports: 3", ONE.replace("The boats", "The BBC boats", 1), []),
        (f"{SINGLE}, min-reports: 3", f"{ONE}\n“Nobody is named for these few words.”\n", []),
    ],
)
def test_single_source(repo: Repository, options: str, copy: str, found: list[str]) -> None:
    assert hits(repo, options, copy) == found


def test_a_second_rule_with_other_words(repo: Repository) -> None:
    own = "check: secondhand, before: [], after: [glorbed], lexicons: {sources: {outlets+: [Zork Day]}}"
    other = "check: missing, evidence: [zork], venues: [zork], min-statements: 1"
    repo.desk(
        f"id: a\nkind: sourcing\nmessage: x\noptions: {{{SECOND}}}\n",
        f"id: b\nkind: sourcing\nmessage: x\noptions: {{{own}}}\n",
        f"id: c\nkind: sourcing\nmessage: x\noptions: {{{MISSING}}}\n",
        f"id: d\nkind: sourcing\nmessage: x\noptions: {{{other}}}\n",
    )
    assert repo.copy("# H\n\nZork Day glorbed that it sank.\n").found == [("b", "Zork Day")]
    assert repo.copy("# H\n\nZork Day reported that it sank.\n").found == []
    assert repo.copy(story("The zork sank.")).found == [("c", "Ferry stays")]
    assert repo.copy(story("According to her it sank.")).found == [("d", "Ferry stays")]


@pytest.mark.parametrize("options", [MISSING, SECOND, SINGLE])
@pytest.mark.parametrize(
    "piece", ["The BBC reported it. ", "“It sank,” said Ana Orlu. ", "Source: "]
)
def test_hostile_copy_is_soon_read(repo: Repository, options: str, piece: str) -> None:
    with within(20):
        hits(repo, options, f"# H\n\n{piece * 800}\n")
