"""Kind `promotion`: products, paid links and their disclosure, pitches, steering, queries."""

from __future__ import annotations

import pytest
from conftest import ROOT, Repository, within

from newslint.readers import read_source

PRODUCTS = (
    "check: products, products: [zork, storm zork], imperatives: [blend], address: [thou, thy], "
    "praise: [sturdy], fills: [buy zorks], patterns: ['(\\d+ crowns) off'], cues: [off], "
    "except-sentence: [guard]"
)
LEAD = "# Ferry stops\n\nThe ferry to Tarrow stopped on Monday, and it will be mended in May.\n\n"
CHEAP = "[lamp](https://pays.example/x?zork=1)"
PAYS = "lexicons: {promotion: {networks: {Zorknet: ['[?&](zork=\\w+)'], Blenda: ['//blenda\\.example']}"


def hits(
    repo: Repository, options: str, copy: str, more: str = "", name: str = "a.md"
) -> list[str]:
    """What a rule with these options finds."""
    repo.desk(f"id: a\nkind: promotion\nmessage: x\n{more}options: {{{options}}}\n")
    ran = repo.copy(copy, name=name)
    assert ran.code == 0, ran.out + ran.err
    return [text for _, text in ran.found]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Zorks – Blend thy soup on any hill.", []),  # the plural is a word of its own
        (  # but at the foot of the copy it looks like a shelf in a shop
            "Storm Zorks – Blend thy soup on any hill.",
            ["Storm Zorks – Blend thy soup on any hill."],
        ),
        ("Storm Zork – Blend thy soup on any hill.", ["Storm Zork – Blend thy soup on any hill."]),
        ("Acorn Storm Zork: Blend thy soup.", ["Acorn Storm Zork: Blend thy soup."]),
        ("Zork — Blend with a sturdy arm.", ["Zork — Blend with a sturdy arm."]),
        (
            "Zork | A sturdy arm for thee and thy soup.",
            ["Zork | A sturdy arm for thee and thy soup."],
        ),
        ("Zork – The council bought 40 of them.", []),
        ("The old zork – Blend thy soup with it.", []),
        ("Zork – Blend thy soup, the guard said.", []),
        ("“Zork – Blend thy soup on any hill.”", []),
        ("Zork-like soup is what the inn blends for thy sake, a sturdy one.", []),
        ("Buy zorks!", ["Buy zorks!"]),
        ("The hall will buy zorks today.", []),
        ("Lamps are 30 crowns off.", ["30 crowns"]),
        ("“Lamps are 30 crowns off,” she said.", []),
        ("Lamps are 30 crowns off, the guard said.", []),
    ],
)
def test_products(repo: Repository, line: str, found: list[str]) -> None:
    assert hits(repo, PRODUCTS, f"{LEAD}{line}\n") == found


def test_a_weaker_line_counts_beside_a_product_line_only(repo: Repository) -> None:
    strong, weak = "Zork – Blend thy soup.", "Red Zork – Blend on any hill."
    assert hits(repo, PRODUCTS, f"{LEAD}{strong}\n\n{weak}\n") == [strong, weak]
    assert hits(repo, PRODUCTS, f"{LEAD}{weak}\n") == []
    assert hits(repo, f"{PRODUCTS}, signs: 2", f"{LEAD}{weak}\n") == [weak]


def test_advice_that_speaks_to_the_reader_is_no_product_line(repo: Repository) -> None:
    advice = "Keep thy door shut, and thou shalt be dry when thy roof leaks.\n\n"
    line = "Zork – Blend thy soup."
    assert hits(repo, PRODUCTS, f"{LEAD}{advice}{line}\n") == []
    assert hits(repo, f"{PRODUCTS}, addressed: 0.9", f"{LEAD}{advice}{line}\n") == [line]
    assert hits(repo, PRODUCTS, f"{LEAD}{advice}Zork – Blend thy soup, thou sturdy one.\n") != []


@pytest.mark.parametrize(
    "head",
    [
        "---\nsection: Shopping\n---\n\n",
        "---\nsponsored: true\n---\n\n",
        "---\nsponsor: Acorn Mills\n---\n\n",
        "---\ncategories: [News, Gift-Guides]\n---\n\n",
        "---\ntags: [sponsored content]\n---\n\n",
        "# Gift guide: six lamps\n\n",
    ],
)
def test_what_declares_that_it_sells_may_sell(repo: Repository, head: str) -> None:
    line = "Zork – Blend thy soup.\n"
    assert hits(repo, PRODUCTS, head + line) == []
    assert hits(repo, PRODUCTS, line, name="content/deals/a.md") == []


@pytest.mark.parametrize(
    "head",
    [
        "---\nsponsored: false\n---\n\n",
        "---\nsponsor: ''\n---\n\n",
        "---\ntags: [shopping]\n---\n\n",
    ],
)
def test_what_does_not_declare_it_may_not(repo: Repository, head: str) -> None:
    assert hits(repo, PRODUCTS, f"{head}Zork – Blend thy soup.\n") != []


def test_affiliate_links(repo: Repository) -> None:
    copy = f"A {CHEAP}, a [tent](https://blenda.example/t) and a [map](https://c.example/zork=1).\n"
    links = f"check: affiliate-link, {PAYS}}}}}"
    assert hits(repo, links, copy) == ["zork=1", "blenda.example"]
    assert hits(repo, links, f"---\nsection: shopping\n---\n\n{copy}") == []
    assert hits(repo, f"{PAYS}, unpaid: ['//blenda']}}}}, check: affiliate-link", copy) == [
        "zork=1"
    ]
    assert hits(repo, "check: affiliate-link", "See [it](https://amzn.to/3x).\n") == ["amzn.to"]


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        (f"A {CHEAP} and a {CHEAP}.\n", ["lamp"]),
        (f"We are bribed.\n\nA {CHEAP}.\n", []),
        (f"A {CHEAP}.\n\nWe are bribed.\n", ["lamp"]),
        (f"A {CHEAP} (we are bribed).\n", []),
        (f"---\ndisclosure: yes\n---\n\nA {CHEAP}.\n", []),
        (f"---\ndisclosure: no\n---\n\nA {CHEAP}.\n", ["lamp"]),
        ("---\nsponsored: Acorn\n---\n\nA lamp.\n", ["Acorn"]),
        ("---\nsponsored: Acorn\n---\n\nWe are bribed.\n\nA lamp.\n", []),
        ("---\nkicker: Sponsored\n---\n\nA lamp.\n", []),
        ("---\nsection: Shopping\n---\n\nA lamp.\n", []),
        ("A [lamp](https://free.example/).\n", []),
        ("", []),
    ],
)
def test_missing_disclosure(repo: Repository, copy: str, found: list[str]) -> None:
    options = f"check: disclosure, {PAYS}, disclosures: ['we are bribed']}}}}"
    assert hits(repo, options, copy) == found


def test_the_count_of_paid_links_is_named(repo: Repository) -> None:
    repo.desk(
        "id: a\nkind: promotion\nmessage: '{links} ({count})'\n"
        f"options: {{check: disclosure, {PAYS}}}}}}}\n"
    )
    finding = repo.copy(f"A {CHEAP} and a {CHEAP} and a {CHEAP}.\n").findings[0]
    assert finding["message"] == "3 affiliate links (3)"
    assert [place["text"] for place in finding["related"]] == ["lamp", "lamp"]


def test_pitch(repo: Repository) -> None:
    options = "check: pitch, phrases: [zork it], starts: [hail], except-sentence: [guard]"
    copy = "Zork it now. Zork it, the guard said. “Zork it,” said Al.\n\nHail the lamp\n"
    assert hits(repo, options, copy) == ["Zork it", "Hail the lamp"]
    declared = f"---\nsponsored: Acorn\n---\n\n{copy}"
    assert hits(repo, options, declared) == []
    assert hits(repo, f"{options}, declared: true", declared) == ["Zork it", "Hail the lamp"]


def test_steering(repo: Repository) -> None:
    options = (
        "check: steering, audiences: [zorkers, red zorkers], advice: ['should (?:blend|buy)'], "
        "clause: '\\s+who [^.]{0,40}?', before: ['time for'], except-sentence: [guard]"
    )
    copy = (
        "Zorkers should blend soup, and zorkers should buy. Red zorkers who sing should buy lamps. "
        "Zorkers should blend, the guard said. Zorkers sing. It is time for zorkers.\n"
    )
    assert hits(repo, options, copy) == [
        "Zorkers should blend", "Red zorkers who sing should buy", "time for zorkers",
    ]  # fmt: skip


def test_queries(repo: Repository) -> None:
    options = (
        "check: queries, patterns: ['such as (zork [^.]+)'], stops: [sings], names: [Varland, Orr], "
        "topics: [war, talks], news: [tidings]"
    )
    copy = "He knows things such as zork will Orr win sings well.\n"
    assert hits(repo, options, copy) == ["zork will Orr win"]
    piles = "The Varland Orr war. The Varland, Orr war. The Varland-Orr talks. Varland war.\n\n"
    assert hits(repo, options, piles) == []
    assert hits(repo, f"{options}, piles: 1", piles) == ["Varland Orr war"]
    assert hits(repo, options, f"{piles}An Orr Varland talks. Orr war tidings.\n") == [
        "Orr war tidings"
    ]


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        ("They zork for varland map gloom.", ["varland map gloom"]),
        ("They zork Varland map gloom.", []),
        ("They zork the map of varland gloom.", []),
        ("They zork is it safe to swim here sings he.", ["is it safe to swim here"]),
        ("They zork is that safe to swim here.", []),
        ("They zork big tin pots 2031 gloom.", ["big tin pots 2031 gloom"]),
        ("They zork big tin pots in 2031 gloom.", []),
        ("They zork tin shops by me.", ["tin shops by me"]),
        ("They zork, varland map gloom.", []),
        ("They zork varland", []),
    ],
)
def test_queries_after_leads(repo: Repository, copy: str, found: list[str]) -> None:
    options = (
        "check: queries, leads: [zork], links: [for], auxiliaries: [is], subjects: [it], stops: [sings], "
        "places: [varland], tails: [map, gloom], dated: [in], joints: [the], pairs: [by me]"
    )
    assert hits(repo, options, f"{copy}\n") == found


SECOND = {
    PRODUCTS: "check: products, products: [plum], imperatives: [nab], address: [you], praise: []",
    f"check: affiliate-link, {PAYS}}}}}": "check: affiliate-link, lexicons: {promotion: {networks: "
    "{Plum: ['//(plum)\\.example']}}}",
    "check: pitch, phrases: [zork it]": "check: pitch, phrases: [plum it]",
    "check: steering, audiences: [zorkers], advice: [should]": "check: steering, audiences: [plummers], "
    "advice: [shall]",
    "check: queries, phrases: [zork near]": "check: queries, phrases: [plum near]",
}


@pytest.mark.parametrize("first", SECOND)
def test_a_second_rule_has_words_of_its_own(repo: Repository, first: str) -> None:
    rules = [
        f"id: {id}\nkind: promotion\nmessage: x\noptions: {{{options}}}\n"
        for id, options in (("a", first), ("b", SECOND[first]))
    ]
    repo.desk(*rules)
    copy = (
        f"{LEAD}Zork – Blend thy soup.\n\nPlum – Nab one for you.\n\nA {CHEAP}, a "
        "[pie](https://plum.example/).\n\nZork it. Plum it. Zorkers should. Plummers shall. "
        "Zork near. Plum near.\n"
    )
    found = repo.copy(copy).found
    assert {rule for rule, _ in found} == {"a", "b"}
    words = {rule: " ".join(text.lower() for name, text in found if name == rule) for rule in "ab"}
    assert "plum" not in words["a"]
    assert "zork" not in words["b"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("check: pitch", "phrases"),
        ("check: pitch, phrases: [' ']", "empty phrase"),
        ("check: pitch, patterns: ['(']", "missing )"),
        ("check: steering, audiences: [' '], advice: [x]", "empty audience"),
        ("check: affiliate-link, lexicons: {promotion: {nets: {}}}", "networks"),
    ],
)
def test_options_that_make_no_sense(repo: Repository, options: str, said: str) -> None:
    repo.desk(f"id: a\nkind: promotion\nmessage: x\noptions: {{{options}}}\n")
    ran = repo.copy("A lamp.\n")
    assert ran.code == 2
    assert said in ran.out + ran.err


def test_no_pattern_of_the_shipped_rules_is_tried_on_every_article() -> None:
    from newslint import stylebooks
    from newslint.literals import required
    from newslint.stylebooks import make_rule

    loaded = stylebooks.load(["newsroom"], ROOT)
    for name in sorted(loaded.definitions):
        ready = make_rule(loaded, name)
        if ready.rule.kind in ("promotion", "residue"):
            assert all(required(pattern) for pattern in ready.finder.needs.patterns), name


def test_hostile_copy_is_read_in_time(repo: Repository) -> None:
    for copy in (
        f"A {CHEAP} " * 4000,
        "Zork – Blend thy soup.\n\n" * 4000,
        "zorkers should blend " * 8000,
        "Varland Orr war " * 8000,
        "lamps 30 crowns off " * 8000,
    ):
        with within(30):
            for options in SECOND:
                hits(repo, options, copy)


def test_positions_hold_through_markup(repo: Repository) -> None:
    copy = f"{LEAD}**Storm Zork** – Blend *thy* soup.\n"
    found = hits(repo, PRODUCTS, copy)
    assert found == ["Storm Zork** – Blend *thy* soup."]
    assert read_source("a.md", copy, "markdown").blocks[-1].text == "Storm Zork – Blend thy soup."
