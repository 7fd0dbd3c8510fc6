"""Kind `attribution`: claims without a person, vague and nameless sources, bold headings."""

from __future__ import annotations

import pytest
from conftest import Ran, Repository

MESSAGE = "message: x\n"


def ran(repo: Repository, options: str, copy: str, more: str = "") -> Ran:
    """One rule of the desk on one article."""
    repo.desk(f"id: a\nkind: attribution\n{MESSAGE}{more}options: {{{options}}}\n")
    found = repo.copy(copy)
    assert found.code == 0, found.out
    return found


def hits(repo: Repository, options: str, copy: str) -> list[str]:
    return [text for _, text in ran(repo, options, copy).found]


def both(repo: Repository, first: str, second: str, copy: str) -> list[tuple[str, str]]:
    """Two rules of one check with words of their own, in one run."""
    repo.desk(
        f"id: a\nkind: attribution\n{MESSAGE}options: {{{first}}}\n",
        f"id: b\nkind: attribution\n{MESSAGE}options: {{{second}}}\n",
    )
    return sorted(repo.copy(copy).found)


FEELING = "check: agentless, feelings: [zeal, gloom], prevails: ['lasts?', 'is growing']"


def test_two_rules_with_other_words(repo: Repository) -> None:
    assert both(
        repo, FEELING, "check: agentless, patterns: ['it is zorked that']",
        "Zeal lasts in Corley. It is zorked that the pier will go.\n",
    ) == [("a", "Zeal lasts"), ("b", "It is zorked that")]  # fmt: skip
    assert both(
        repo, "check: vague, sources: [sages], cues: [muse]",
        "check: vague, sources: [wags], pronouns: [few], cues: [quip], noun-cues: [quipped]",
        "Sages muse a lot.\n\nWags quipped, few quip, few quipped.\n",
    ) == [("a", "Sages muse"), ("b", "Wags quipped")]  # fmt: skip
    assert both(
        repo, "check: anonymous, patterns: [a hooded man]",
        "check: anonymous, patterns: [somebody in the know]",
        "A hooded man spoke. Somebody in the know spoke.\n",
    ) == [("a", "A hooded man"), ("b", "Somebody in the know")]  # fmt: skip
    copy = "# Vale stole forty horses\n\nRoe gossips that Vale stole forty horses.\n"
    assert both(
        repo, "check: overstated, cues: [gossips]", "check: overstated, cues: [murmurs]", copy
    ) == [("a", "Vale stole forty horses")]


@pytest.mark.parametrize(
    ("more", "copy", "found"),
    [
        ("", "Zeal lasts.", ["Zeal lasts"]),
        ("", "The zealot lasts. Zeal. Lasts. Zeal for it lasts.", []),
        ("between: '(?:for|of) [a-z ]{2,20}?'", "Zeal for the pier lasts.", ["Zeal for the pier lasts"]),
        ("degrees: [deep, quiet], determiners: [a]", "A deep, quiet gloom is growing.", ["quiet gloom is growing"]),
        ("degrees: [deep, quiet], determiners: [a]", "A deep quiet gloom lasts.", ["A deep quiet gloom lasts"]),
        ("leads: ['there is']", "There is gloom.", ["There is gloom"]),
        ("stirs: [amid], degrees: [deep]", "Amid gloom they met, amid deep gloom.", ["amid deep gloom"]),
        ("after: ['[.,]', over]", "Zeal lasts hours. Gloom lasts over it.", ["Gloom lasts"]),
        ("owners: ['[Hh]er', '\\pL+[’]s']", "Her zeal lasts. Roe’s gloom lasts. Zeal lasts.", ["Zeal lasts"]),
        ("holders: ['among \\pL+']", "Zeal lasts among anglers.", []),
        ("holders: ['among \\pL+'], nobody: [some]", "Zeal lasts among some.", ["Zeal lasts"]),
        ("speakers: [said], neighbours: 0", "Zeal lasts. Roe said so.", ["Zeal lasts"]),
        ("speakers: [said]", "Zeal lasts. Roe said so.", ["Zeal lasts"]),
        ("speakers: [said]", "Zeal lasts. “It does,” Roe said.", []),
        ("speakers: [said]", "Zeal lasts. Roe said that his zeal grows.", []),
        ("speakers: [said]", "Zeal lasts.\n\nRoe said that his zeal grows.\n", []),
        ("speakers: [said], common: [zeal]", "Zeal lasts. Roe said zeal.", ["Zeal lasts"]),
        ("speakers: [said]", "Roe said that zeal grows. Zeal lasts.", []),
        ("speakers: [said]", "Roe said that zeal grows.\n\nZeal lasts.\n", ["Zeal lasts"]),
        ("except: [poll]", "Zeal lasts, a poll found.", []),
        ("patterns: ['(it )?is zorked']", "Nothing is zorked, but it is zorked.", ["it is zorked"]),
    ],
)  # fmt: skip
def test_agentless(repo: Repository, more: str, copy: str, found: list[str]) -> None:
    options = FEELING + (f", {more}" if more else "")
    assert hits(repo, options, f"{copy}\n") == found


def test_claims_in_quotations_are_somebody_s(repo: Repository) -> None:
    assert hits(repo, FEELING, "“Zeal lasts,” the sign reads, and gloom lasts.\n") == [
        "gloom lasts"
    ]


def test_a_link_is_a_source(repo: Repository) -> None:
    assert hits(repo, FEELING, "Zeal lasts, [a study found](https://x.example/a).\n") == []


VAGUE = "check: vague, sources: [sages], pronouns: [few], cues: [muse], noun-cues: [mused]"


@pytest.mark.parametrize(
    ("more", "copy", "found"),
    [
        ("", "Sages muse. Few muse. Few mused. Sages mused.", ["Sages muse"]),
        ("auxiliaries: [have]", "Few have mused.", ["Few have mused"]),
        ("adverbs: [often]", "Sages often muse.", ["Sages often muse"]),
        ("joints: [of]", "Sages of the old school muse.", ["Sages of the old school muse"]),
        ("joints: [of]", "Sages of the Corley school muse.", []),
        ("joints: [of]", "Sages of it, they say, muse.", []),
        ("joints: [of], owners: [her]", "Sages of her town muse.", []),
        ("joints: [of], modifiers: [the]", "Sages of the muse.", []),
        ("leads: [according to]", "It will end, according to sages.", ["according to sages"]),
        ("leads: [according to]", "It will end, according to sages who write.", []),
        ("modifiers: [old, some]", "Some old sages muse.", ["Some old sages muse"]),
        ("not-before: [her]", "Her sages muse. Roe sages muse. Then poor sages muse.", ["sages muse"]),
        ("named: ['like \\p{Lu}\\pL+']", "Sages like Roe, all muse. Sages muse, like Roe.", []),
        ("answers: ['Roe says']", "Sages muse. It rains. It pours. Roe says so.", []),
        ("answers: ['Roe says'], sentences: 2", "Sages muse. It rains. It pours. Roe says so.", ["Sages muse"]),
        ("except: [poll]", "Sages muse in a poll.", []),
    ],
)  # fmt: skip
def test_vague(repo: Repository, more: str, copy: str, found: list[str]) -> None:
    options = VAGUE + (f", {more}" if more else "")
    assert hits(repo, options, f"{copy}\n") == found


def test_vague_sources_of_one_paragraph_are_one_finding(repo: Repository) -> None:
    [first, second] = ran(repo, VAGUE, "Sages muse and few muse.\n\nFew muse.\n").findings
    assert (first["text"], second["text"]) == ("Sages muse", "Few muse")
    assert [place["text"] for place in first["related"]] == ["few muse"]


ANONYMOUS = "check: anonymous, patterns: [an unnamed \\pL+, '(a man )?in a hood']"


@pytest.mark.parametrize(
    ("more", "copy", "found"),
    [
        ("", "An unnamed clerk spoke.", ["An unnamed clerk"]),
        ("", "They met in a hood, a man in a hood.", ["a man in a hood"]),
        ("reasons: [for fear of]", "An unnamed clerk spoke. He hid for fear of Vale.", []),
        ("reasons: [for fear of], neighbours: 0", "An unnamed clerk spoke. He hid for fear of Vale.", ["An unnamed clerk"]),
        ("reasons: [for fear of]", "An unnamed clerk hid for fear of Vale.\n\nThey met.\n\nThey ate.\n\nAn unnamed clerk left.", []),
    ],
)  # fmt: skip
def test_anonymous(repo: Repository, more: str, copy: str, found: list[str]) -> None:
    options = ANONYMOUS + (f", {more}" if more else "")
    assert hits(repo, options, f"{copy}\n") == found


def test_anonymous_sources_are_one_finding_an_article(repo: Repository) -> None:
    [finding] = ran(repo, ANONYMOUS, "An unnamed clerk.\n\nAn unnamed aide.\n").findings
    assert finding["text"] == "An unnamed clerk"
    assert [place["text"] for place in finding["related"]] == ["An unnamed aide"]


OVER = (
    "check: overstated, cues: [claims, reputedly], adverbs: [reputedly], common: [the, of, exceed]"
)


@pytest.mark.parametrize(
    ("more", "heading", "body", "found"),
    [
        ("", "Vale stole forty horses", "Roe claims that Vale stole forty horses.", True),
        ("", "Vale stole forty horses", "Vale stole forty horses, Roe claims.", True),
        ("", "Vale stole forty horses", "Vale reputedly stole forty horses in May.", True),
        ("", "Vale stole forty horses", "Vale stole forty horses. Roe claims some.", False),
        ("", "Vale stole forty horses", "Roe claims that Vale rode forty goats.", False),
        ("", "Losses exceed 40", "Roe claims that losses exceed 40.", True),
        ("", "Losses exceed 40", "Roe claims that losses exceed 50.", False),
        ("", "Losses exceed 1,400", "Roe claims that losses exceed 1400.", True),
        ("", "“Vale stole forty horses”", "Roe claims that Vale stole forty horses.", False),
        ("hedges: [says]", "Vale stole forty horses, says Roe", "Roe claims Vale stole forty horses, Roe says.", False),
        ("overlap: 0.5", "Vale stole forty brown horses", "Roe claims that Vale stole forty goats.", True),
        ("least: 5", "Vale stole forty horses", "Roe claims that Vale stole forty horses.", False),
        ("most: 3", "Vale stole forty horses", "Roe claims that Vale stole forty horses.", False),
        ("except: [court]", "Vale stole forty horses", "The court claims that Vale stole forty horses.", False),
    ],
)  # fmt: skip
def test_overstated(repo: Repository, more: str, heading: str, body: str, found: bool) -> None:
    options = OVER + (f", {more}" if more else "")
    for mark in ("#", "# Of late\n\n##"):
        copy = f"{mark} {heading}\n\n{body}\n"
        assert hits(repo, options, copy) == ([heading] if found else [])


def test_a_subheading_answers_for_its_own_part(repo: Repository) -> None:
    claim = "Roe claims that Vale stole forty horses."
    copy = f"# Of late\n\n## Vale stole forty horses\n\nIt rained.\n\n## Later\n\n{claim}\n"
    assert hits(repo, OVER, copy) == []


def test_the_claim_is_related(repo: Repository) -> None:
    copy = "# Vale stole forty horses\n\nIn May Roe claims that Vale stole forty horses.\n"
    [finding] = ran(repo, OVER, copy).findings
    assert finding["related"][0]["text"] == "claims that Vale stole forty horses."


@pytest.mark.parametrize(
    "options",
    [
        "check: agentless", "check: agentless, feelings: [zeal]",
        "check: agentless, patterns: ['(']", "check: vague, sources: [x], cues: [y], named: ['(']",
        "check: anonymous, patterns: ['(']", "check: overstated, cues: [x], hedges: ['(']",
        "check: vague, cues: [x]", "check: overstated", "check: anonymous", "check: nothing",
    ],
)  # fmt: skip
def test_options_that_make_no_sense(repo: Repository, options: str) -> None:
    repo.desk(f"id: a\nkind: attribution\n{MESSAGE}options: {{{options}}}\n")
    assert repo.copy("Text.\n").code == 2


@pytest.mark.parametrize("copy", ["", "\n", "# \n\n## \n", "zeal", "- \n- sages\n", "few\n\nfew"])
def test_odd_articles(repo: Repository, copy: str) -> None:
    for options in (FEELING, VAGUE, ANONYMOUS, OVER):
        repo.desk(f"id: a\nkind: attribution\n{MESSAGE}options: {{{options}}}\n")
        assert repo.copy(copy).code in (0, 2)
        assert "crash" not in repo.copy(copy).out


def test_the_shipped_rules_read_one_article(repo: Repository) -> None:
    repo.config("extends: [newsroom]\n")
    names = "unattributed-claim,vague-attribution,anonymous-source,heading-overstates"
    copy = (
        "# Storm losses reach $40 million\n\n"
        "The insurer estimates that storm losses have reached $40 million.\n\n"
        "Unease is spreading about the dam. Many fear that it will break.\n\n"
        "The mayor will resign, according to two people briefed on the talks.\n"
    )
    assert repo.copy(copy, "--select", names).found == [
        ("heading-overstates", "Storm losses reach $40 million"),
        ("unattributed-claim", "Unease is spreading"),
        ("vague-attribution", "Many fear"),
        ("anonymous-source", "two people briefed on the talks"),
    ]
