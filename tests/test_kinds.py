"""Every kind and check: its words come from the rule, and each option does what the docs say."""

from __future__ import annotations

from typing import Any

import kinds_of_news
import pytest
from conftest import Ran, Repository
from kinds_of_news import Pair

from newslint import kinds

MESSAGE = "message: x\n"

PAIRS: dict[tuple[str, str], Pair] = {
    ("terms", "avoid"): Pair(
        "{check: avoid, terms: [zork]}",
        "{check: avoid, terms: [blen da]}",
        "The zork met a blen da.\n",
        [("a", "zork"), ("b", "blen da")],
    ),
    ("terms", "prefer"): Pair(
        "{check: prefer, terms: {zork: hall}}",
        "{check: prefer, terms: {blenda: [x, y]}}",
        "The zork met a blenda.\n",
        [("a", "zork"), ("b", "blenda")],
    ),
    ("pattern", "match"): Pair(
        "{check: match, patterns: ['zo+rk']}",
        "{check: match, patterns: ['\\d{4}-x', 'ble.da']}",
        "The zooork met 1234-x and blenda.\n",
        [("a", "zooork"), ("b", "1234-x"), ("b", "blenda")],
    ),
    ("consistency", "forms"): Pair(
        "{check: forms, forms: {zork: [zork], sork: [sork]}}",
        "{check: forms, forms: {one: ['bl[ae]nda'], two: [plenda]}}",
        "A zork, a blanda, a sork, a blenda and a plenda.\n",
        [("a", "sork"), ("b", "plenda")],
    ),
    ("occurrence", "at-most"): Pair(
        "{check: at-most, patterns: [zork], max: 1}",
        "{check: at-most, patterns: [blenda], max: 2}",
        "The zork and zork met a blenda, a blenda.\n",
        [("a", "zork")],
    ),
    ("occurrence", "at-least"): Pair(
        "{check: at-least, patterns: [zork], min: 2}",
        "{check: at-least, patterns: [blenda]}",
        "The zork met a blenda.\n",
        [("a", "The zork met a blenda.")],
    ),
    ("occurrence", "in-sentence"): Pair(
        "{check: in-sentence, patterns: ['zork {acts}'], sets: {acts: [ran, fell]}}",
        "{check: in-sentence, several: ['{who}'], sets: {who: [blenda, plenda]}}",
        "It rained. A zork fell. A blenda met a plenda. A blenda met a blenda.\n",
        [("a", "A zork fell."), ("b", "A blenda met a plenda.")],
    ),
    ("repetition", "adjacent"): Pair(
        "{check: adjacent, ignore: [zork]}",
        "{check: adjacent, ignore: [blenda]}",
        "The zork zork met a blenda blenda.\n",
        [("a", "blenda blenda"), ("b", "zork zork")],
    ),
    ("conditional", "requires"): Pair(
        "{check: requires, if: '([A-Z]{3})', then: '\\(([A-Z]{3})\\)'}",
        "{check: requires, if: zork, then: blenda}",
        "The ABC and the XYZ (ABC) met a zork.\n",
        [("a", "XYZ"), ("b", "zork")],
    ),
    ("capitalization", "title-case"): Pair(
        "{check: title-case, small-words: [of]}",
        "{check: title-case, exceptions: [zork, met, of, it], threshold: 1}",
        "# The zork met of it\n\nText.\n",
        [("a", "The zork met of it")],
        "scope: [headline]\n",
    ),
    ("capitalization", "sentence-case"): Pair(
        "{check: sentence-case}",
        "{check: sentence-case, exceptions: [Zork, Blenda], threshold: 0.7}",
        "# The Zork Met Blenda\n\nText.\n",
        [("a", "The Zork Met Blenda")],
        "scope: [headline]\n",
    ),
    ("capitalization", "upper-case"): Pair(
        "{check: upper-case}",
        "{check: upper-case, exceptions: [zork, met], threshold: 0.9}",
        "# THE zork met\n\nText.\n",
        [("a", "THE zork met")],
        "scope: [headline]\n",
    ),
    ("capitalization", "lower-case"): Pair(
        "{check: lower-case}",
        "{check: lower-case, exceptions: [The, Zork]}",
        "# The Zork met\n\nText.\n",
        [("a", "The Zork met")],
        "scope: [headline]\n",
    ),
    ("metric", "limit"): Pair(
        "{check: limit, measure: words, max: 3}",
        "{check: limit, measure: characters, min: 40}",
        "The zork met now.\n",
        [("a", "The zork met now."), ("b", "The zork met now.")],
    ),
    ("metric", "formula"): Pair(
        "{check: formula, formula: words * 2, max: 7}",
        "{check: formula, formula: characters / words, min: 9}",
        "The zork met now.\n",
        [("a", "The zork met now."), ("b", "The zork met now.")],
    ),
    ("metadata", "required"): Pair(
        "{check: required, fields: [zork]}",
        "{check: required, fields: [blenda, title]}",
        "---\ntitle: Talks\n---\nText.\n",
        [("a", "Talks")],
    ),
    ("metadata", "allowed"): Pair(
        "{check: allowed, fields: [section], values: [zork]}",
        "{check: allowed, fields: [tags], patterns: ['[a-z]+']}",
        "---\nsection: blenda\ntags: [ok, NOT]\n---\nText.\n",
        [("a", "blenda"), ("b", "[ok, NOT]")],
    ),
    **kinds_of_news.NEWS,
}

WITHOUT_WORDS = {
    ("metadata", "alt-text"): ("![](a.png)\n\nText.\n", "![](a.png)"),
    ("metadata", "empty-heading"): ("# Head\n\nText.\n\n## One\n\n## Two\n\nText.\n", "One"),
    ("metadata", "front-matter"): ("---\ntitle: a: b\n---\nText.\n", "title: a: b"),
    ("suppression", "unused"): (
        "<!-- newslint-ignore a -->\n\nText.\n",
        "<!-- newslint-ignore a -->",
    ),
    ("suppression", "unknown"): (
        "<!-- newslint-ignore zork -->\n\nText.\n",
        "<!-- newslint-ignore zork -->",
    ),
    ("suppression", "expired"): (
        "<!-- newslint-ignore a until: 2020-01-31 -->\n\nText.\n",
        "<!-- newslint-ignore a until: 2020-01-31 -->",
    ),
    ("suppression", "malformed"): (
        "<!-- newslint-ignore a until: 2020-01-32 -->\n\nText.\n",
        "<!-- newslint-ignore a until: 2020-01-32 -->",
    ),
    ("suppression", "without-reason"): (
        "<!-- newslint-ignore a -->\n\nText.\n",
        "<!-- newslint-ignore a -->",
    ),
    **kinds_of_news.WITHOUT_WORDS,
}
"""Checks that take no words: an article and what is found in it."""


def test_every_check_is_tested() -> None:
    checks = {(name, check) for name in kinds.names() for check in kinds.kind(name).checks}
    assert checks == PAIRS.keys() | WITHOUT_WORDS.keys()


@pytest.mark.parametrize(("kind", "check"), PAIRS)
def test_a_second_rule_with_other_words_works_beside_the_first(
    repo: Repository, kind: str, check: str
) -> None:
    pair = PAIRS[kind, check]
    rules = [
        f"id: {id}\nkind: {kind}\n{MESSAGE}{pair.extra}options: {options}\n"
        for id, options in (("a", pair.first), ("b", pair.second))
    ]
    for name, text in pair.beside.items():
        repo.write(name, text)
    config = "people: people.yml\n" if "people.yml" in pair.beside else ""
    articles = [name for name in pair.beside if name.endswith(".md")]
    repo.desk(*rules, config=config)
    ran = repo.copy(pair.copy, *articles)
    assert ran.code == 0, ran.err + ran.out
    assert sorted(ran.found) == pair.found
    for id, rule in zip("ab", rules, strict=True):
        repo.desk(rule, config=config)
        alone = repo.copy(pair.copy, *articles)
        assert sorted(alone.found) == [hit for hit in pair.found if hit[0] == id]


@pytest.mark.parametrize(("kind", "check"), WITHOUT_WORDS)
def test_checks_without_words(repo: Repository, kind: str, check: str) -> None:
    copy, text = WITHOUT_WORDS[kind, check]
    config = "require-reason: true\n" if check == "without-reason" else ""
    repo.desk(f"id: a\nkind: {kind}\n{MESSAGE}options: {{check: {check}}}\n", config=config)
    assert repo.copy(copy).found == [("a", text)]
    assert repo.copy("---\ntitle: Head\n---\nWe met: “all is well.”\n").found == []


def hits(repo: Repository, kind: str, options: str, copy: str, more: str = "") -> list[str]:
    """What one rule finds."""
    return [text for _, text in ran_with(repo, kind, options, copy, more).found]


def ran_with(repo: Repository, kind: str, options: str, copy: str, more: str = "") -> Ran:
    message = "" if "message" in more else MESSAGE
    repo.desk(f"id: a\nkind: {kind}\n{message}{more}options: {{{options}}}\n")
    ran = repo.copy(copy)
    assert ran.code == 0, ran.out
    return ran


def edited(repo: Repository, kind: str, options: str, copy: str) -> str:
    """The copy with the edits of one rule made."""
    for finding in reversed(ran_with(repo, kind, options, copy).findings):
        for edit in reversed(finding["fix"]["edits"]):
            copy = copy[: edit["start"]] + edit["text"] + copy[edit["end"] :]
    return copy


# terms, and the options that narrow a hit


@pytest.mark.parametrize(
    ("term", "copy", "found"),
    [
        ("an", "Erdoğan met an envoy.", ["an"]),
        ("cat", "concatenate the cat, cats; cat-like: cat", ["cat", "cat", "cat"]),
        ("it", "it's its it’s it", ["it"]),
        ("its", "it's", []),
        ("don't", "They don’t and don't.", ["don’t", "don't"]),
        ("don’t", "They don’t and don't.", ["don’t", "don't"]),
        ("cafe", "cafe\u0301 cafe", ["cafe"]),
        ("café", "café CAFÉ cafés", ["café", "CAFÉ"]),
        ("12", "12 of 121 in 2012, 12.", ["12", "12"]),
        ("a b", "They wrote a b and a\nb here.", ["a b", "a\nb"]),
        ("x_y", "x_y x_yz", ["x_y"]),
        ("c++", "c++ and c++.", ["c++", "c++"]),
        ("U.S.", "The U.S. and the UXS", ["U.S."]),
        ("ı", "ı I i", ["ı"]),
        ("boss", "the boss' desk, the *boss* said", ["boss", "boss"]),
        ("New York", "In New\u00a0York and new york", ["New\u00a0York", "new york"]),
        ("😀", "Yes 😀 they said", ["😀"]),
        ("日本", "In 日本 and 日本人", ["日本"]),
    ],
)
def test_word_boundaries(repo: Repository, term: str, copy: str, found: list[str]) -> None:
    for kind, options in (
        (
            "terms",
            f"check: avoid, terms: [{term!r}]"
            if "'" not in term
            else f'check: avoid, terms: ["{term}"]',
        ),
    ):
        assert hits(repo, kind, options, f"{copy}\n") == found


def test_boundaries_none(repo: Repository) -> None:
    assert hits(
        repo, "terms", "check: avoid, terms: [cat], boundaries: none", "concatenate cats\n"
    ) == ["cat", "cat"]
    assert hits(
        repo, "pattern", "check: match, patterns: [cat], boundaries: none", "concatenate cats\n"
    ) == ["cat", "cat"]


@pytest.mark.parametrize(
    ("pattern", "copy", "found"),
    [
        ("an", "Erdoğan met an envoy.", ["an"]),
        ("it", "it's its it’s it", ["it"]),
        ("it|it's", "it's it", ["it's", "it"]),
        ("can|cannot", "They cannot.", ["cannot"]),
        ("\\\\pL+", "Erdoğan met", ["Erdoğan", "met"]),
        ("cafe", "cafe\u0301 cafe", ["cafe"]),
        ("^The", "The the The", ["The"]),
        ("now[.]$", "It is now. It is now.", ["now."]),
        ("a.b", "They wrote a\nb there", ["a\nb"]),
    ],
)
def test_word_boundaries_of_patterns(
    repo: Repository, pattern: str, copy: str, found: list[str]
) -> None:
    assert hits(repo, "pattern", f'check: match, patterns: ["{pattern}"]', f"{copy}\n") == found


TERM = "check: avoid, terms: [zork]"
NARROW = [
    ("before: the", "the zork, a zork, the  zork, the\n", ["zork", "zork"]),
    ("before: the", "bathe zork", []),
    ("before: '[.]'", "Yes. Zork", ["Zork"]),
    ("before: '^'", "Zork met zork", ["Zork"]),
    ("after: met", "zork met, zork meets, zork, met", ["zork"]),
    ("after: '$'", "zork met zork", ["zork"]),
    ("not-before: the", "the zork, a zork", ["zork"]),
    ("not-before: '^'", "Zork met zork", ["zork"]),
    ("not-after: met", "zork met, zork meets", ["zork"]),
    ("before: THE", "the zork", ["zork"]),
    ("before: THE, ignore-case: false", "the zork, THE zork", ["zork"]),
    ("except: [grand zork, 'zork\\d']", "the grand zork, a zork", ["zork"]),
    ("except: [zork of Blen]", "A zork of blen, a zork of blends", ["zork"]),
    ("where: start", "“Zork met zork. Zork", ["Zork"]),
    ("where: end", "Zork met “zork.”", ["zork"]),
    ("where: whole", "Zork met zork.\n\n*Zork!*", ["Zork"]),
    ("where: any", "Zork met zork", ["Zork", "zork"]),
    ("ignore-case: false", "Zork met zork", ["zork"]),
    ("first: 1", "zork 1\n\nzork 2\n\nzork 3", ["zork"]),
    ("last: 1", "Zork 1\n\nzork 2\n\nZORK 3", ["ZORK"]),
    ("first: 1, last: 1", "Zork 1\n\nzork 2\n\nZORK 3", ["Zork", "ZORK"]),
    ("first: 1", "- zork\n\nZork 1\n\nzork 2", ["Zork"]),
    ("requires: council", "The zork met.\n\nThe Council met.", ["zork"]),
    ("requires: council", "The zork met.\n\nThe councillors met.", []),
    ("unless: council", "The zork met.\n\nThe Council met.", []),
    ("unless: council", "The zork met.\n\nThe councillors met.", ["zork"]),
    ("before: the, after: met", "the zork, zork met, the zork met", ["zork"]),
]


@pytest.mark.parametrize(("options", "copy", "found"), NARROW)
def test_options_that_narrow_a_hit(
    repo: Repository, options: str, copy: str, found: list[str]
) -> None:
    assert hits(repo, "terms", f"{TERM}, {options}", f"{copy}\n", "quotations: 'true'\n") == found
    case = "" if "ignore-case" in options else ", ignore-case: true"
    pattern = f"check: match, patterns: [zork]{case}, {options}"
    assert hits(repo, "pattern", pattern, f"{copy}\n", "quotations: 'true'\n") == found


def test_the_longest_term_wins(repo: Repository) -> None:
    terms = "check: avoid, terms: [very, very unique, unique]"
    assert hits(repo, "terms", terms, "It is very unique, very old, unique.\n") == [
        "very unique",
        "very",
        "unique",
    ]
    across = "check: avoid, terms: [zork met, met a blenda]"
    assert hits(repo, "terms", across, "The zork met a blenda; they met a blenda.\n") == [
        "zork met",
        "met a blenda",
    ]


def test_a_longer_term_that_is_dropped_leaves_the_shorter_one(repo: Repository) -> None:
    terms = "check: avoid, terms: [very, very un]"
    assert hits(repo, "terms", terms, "It is very unique.\n") == ["very"]


def test_terms_do_not_reach_over_blocks(repo: Repository) -> None:
    assert (
        hits(
            repo, "terms", "check: avoid, terms: [zork met]", "The zork\n\nmet.\n\n- zork\n- met\n"
        )
        == []
    )


@pytest.mark.parametrize(
    ("terms", "copy", "result"),
    [
        ("{utilize: use}", "They utilize it. Utilize it.", "They use it. Use it."),
        ("{utilize: use}", "UTILIZE IT NOW", "USE IT NOW"),
        ("{on: about}", "ON it", "ABOUT it"),
        ("{dog: cat}", "Dog days", "Cat days"),
        ("{per cent: '%'}", "5 per cent of it", "5 % of it"),
        ("{e-mail: email}", "E-mail it", "Email it"),
        ("{very: ''}", "It is very late.", "It is late."),
        ("{very: ''}", "Very late it is.", "Late it is."),
        ("{very: ''}", "It is late, very.", "It is late, very."),
        ("{very: ''}", "Very", "Very"),
        ("{utilize: [use, employ]}", "They utilize it.", "They utilize it."),
        ("{utilize: use}", "They **utilize** it.", "They **use** it."),
        ("{in order to: to}", "We met in\norder to vote.", "We met in\norder to vote."),
        ("{New York: Nyork}", "In New York now", "In Nyork now"),
    ],
)
def test_prefer_keeps_the_case(repo: Repository, terms: str, copy: str, result: str) -> None:
    options = f"check: prefer, terms: {terms}"
    fixed = edited(repo, "terms", options, copy)
    assert fixed == result or (copy == "We met in\norder to vote." and fixed == "We met to vote.")


def test_prefer_without_keeping_the_case(repo: Repository) -> None:
    assert edited(repo, "terms", "check: prefer, terms: {ebay: eBay}", "Ebay ebay") == "EBay eBay"
    options = "check: prefer, keep-case: false, terms: {ebay: eBay}"
    assert edited(repo, "terms", options, "Ebay ebay") == "eBay eBay"


def test_no_edit_where_markup_lies_inside(repo: Repository) -> None:
    (finding,) = ran_with(
        repo, "terms", "check: prefer, terms: {zork met: y}", "A zo*rk* met.\n"
    ).findings
    assert (finding["text"], finding["fix"]["edits"]) == ("zo*rk* met", [])


def test_safe_is_what_the_rule_says(repo: Repository) -> None:
    for safe, wanted in (("true", True), ("false", False)):
        options = f"check: prefer, safe: {safe}, terms: {{zork: hall}}"
        assert ran_with(repo, "terms", options, "A zork.\n").findings[0]["fix"]["safe"] is wanted
    two = "check: prefer, safe: true, terms: {zork: [hall, house]}"
    assert ran_with(repo, "terms", two, "A zork.\n").findings[0]["fix"]["safe"] is False


def test_placeholders_of_terms(repo: Repository) -> None:
    ran = ran_with(
        repo,
        "terms",
        "check: prefer, terms: {zork: [hall, house]}",
        "A Zork\n",
        "message: '{match} to {prefer}'\nfix: 'Write {prefer}.'\n",
    )
    (finding,) = ran.findings
    assert finding["message"] == "Zork to “hall” or “house”"
    assert finding["fix"]["advice"] == "Write “hall” or “house”."


def test_scope_and_quotations(repo: Repository) -> None:
    copy = (
        "# zork head\n\nA zork and “a zork here,” they said.\n\n"
        "> A zork\n\n- zork\n\n![zork](a.png)\n\n[a zork](b/zork)\n"
    )

    def lines(more: str) -> list[int]:
        return [f["start"]["line"] for f in ran_with(repo, "terms", TERM, copy, more).findings]

    assert lines("") == [1, 3, 7, 11]
    assert lines("quotations: 'true'\n") == [1, 3, 3, 7, 11]
    assert lines("quotations: only\n") == [3]
    assert lines("scope: [headline]\n") == [1]
    assert lines("scope: [block-quote]\n") == []
    assert lines("scope: [block-quote]\nquotations: 'true'\n") == [5]
    assert lines("scope: [alt-text]\n") == [9]
    assert lines("scope: [link-text]\n") == [11]
    assert lines("scope: [link-url]\n") == [11]


# pattern


def test_group_and_replace(repo: Repository) -> None:
    options = "check: match, patterns: ['(zo)(rk)'], group: 2, boundaries: none"
    assert hits(repo, "pattern", options, "A zork.\n") == ["rk"]
    options = "check: match, patterns: ['(\\d+) (zork)s?'], replace: '$2: ${1}0'"
    assert edited(repo, "pattern", options, "We met 5 zorks.\n") == "We met zork: 50.\n"
    options = "check: match, patterns: ['(a)?zork'], replace: '$1b'"
    assert edited(repo, "pattern", options, "We met zork.\n") == "We met b.\n"


def test_replace_keeps_the_case_unless_told(repo: Repository) -> None:
    options = "check: match, patterns: ['[Zz]ork'], replace: hall"
    assert edited(repo, "pattern", options, "Zork, zork.\n") == "Hall, hall.\n"
    assert (
        edited(repo, "pattern", f"{options}, keep-case: false", "Zork, zork.\n") == "hall, hall.\n"
    )


def test_a_group_that_took_no_part_is_no_hit(repo: Repository) -> None:
    options = "check: match, patterns: ['zork( of \\w+)?'], group: 1"
    assert hits(repo, "pattern", options, "A zork, a zork of Blen.\n") == [" of Blen"]


def test_placeholders_of_patterns(repo: Repository) -> None:
    ran = ran_with(
        repo,
        "pattern",
        "check: match, patterns: ['(\\w+) (zork)(x)?'], replace: '$2'",
        "The zork.\n",
        "message: '{match}|{1}|{2}|{3}|{prefer}'\n",
    )
    assert ran.findings[0]["message"] == "The zork|The|zork||“Zork”"


def test_overlapping_patterns_are_one_hit(repo: Repository) -> None:
    options = "check: match, patterns: ['zork', 'zork met', 'met now']"
    assert hits(repo, "pattern", options, "A zork met now.\n") == ["zork met"]


def test_opaque_objects(repo: Repository) -> None:
    options = "check: match, patterns: ['see \ufffc'], boundaries: none"
    assert hits(repo, "pattern", options, "They see `code` and see it.\n") == ["see `code`"]


# consistency


FORMS = (
    "check: forms, forms: {adviser: ['[Aa]dvisers?'], "
    "advisor: ['[Aa]dvisors?'], consigliere: [consigliere]}"
)


def test_the_first_departure_carries_the_finding(repo: Repository) -> None:
    copy = "An advisor.\n\nAn advisor.\n\nAn adviser.\n\nA consigliere.\n\nAn adviser.\n"
    ran = ran_with(
        repo,
        "consistency",
        FORMS,
        copy,
        "message: '{match}|{form}|{other}|{count}|{other-count}|{prefer}'\n",
    )
    (finding,) = ran.findings
    assert finding["start"]["line"] == 5
    assert finding["message"] == "adviser|adviser|advisor|2|2|advisor"
    assert [(r["text"], r["start"]["line"]) for r in finding["related"]] == [
        ("advisor", 1),
        ("consigliere", 7),
    ]


def test_the_form_used_most_is_preferred(repo: Repository) -> None:
    ran = ran_with(
        repo, "consistency", FORMS, "An advisor, an adviser, an adviser.\n", "message: '{prefer}'\n"
    )
    assert [(f["text"], f["message"]) for f in ran.findings] == [("adviser", "adviser")]


def test_consistency_is_quiet_where_there_is_one_form(repo: Repository) -> None:
    for copy in (
        "An advisor, an advisor, Advisors.\n",
        "No word of it.\n",
        "An adviser “an advisor,” he said.\n",
    ):
        assert hits(repo, "consistency", FORMS, copy) == []
    assert hits(
        repo, "consistency", FORMS, "An adviser “an advisor,” he said.\n", "quotations: 'true'\n"
    ) == ["advisor"]


def test_consistency_edits(repo: Repository) -> None:
    options = f"{FORMS}, edit: true"
    assert (
        edited(repo, "consistency", options, "An advisor, advisor and adviser.\n")
        == "An advisor, advisor and advisor.\n"
    )
    assert (
        edited(repo, "consistency", FORMS, "An advisor and adviser.\n")
        == "An advisor and adviser.\n"
    )


def test_consistency_except(repo: Repository) -> None:
    options = f"{FORMS}, except: [Advisor Magazine]"
    assert hits(repo, "consistency", options, "An adviser of Advisor Magazine.\n") == []


# occurrence


@pytest.mark.parametrize(
    ("per", "copy", "found"),
    [
        ("article", "zork zork\n\nzork zork", [(3, "zork", 2)]),
        ("block", "zork zork\n\nzork zork", []),
        ("block", "zork zork zork\n\nzork zork zork zork", [(1, "zork", 2), (3, "zork", 2)]),
        ("sentence", "A zork, a zork. A zork. A zork.", []),
        ("sentence", "A zork. A zork, zork, zork.", [(1, "zork", 2)]),
    ],
)
def test_at_most(repo: Repository, per: str, copy: str, found: list[tuple[int, str, int]]) -> None:
    options = f"check: at-most, patterns: [zork], max: 2, per: {per}"
    ran = ran_with(repo, "occurrence", options, copy + "\n")
    assert [(f["start"]["line"], f["text"], len(f["related"])) for f in ran.findings] == found


def test_at_most_counts_all_patterns_and_narration_only(repo: Repository) -> None:
    options = "check: at-most, patterns: [zork, blenda], max: 1, ignore-case: true"
    ran = ran_with(
        repo,
        "occurrence",
        options,
        "Zork and “zork,” he said. A BLENDA.\n",
        "message: '{match} {count} {limit}'\n",
    )
    assert [f["message"] for f in ran.findings] == ["BLENDA 2 1"]


def test_at_most_none(repo: Repository) -> None:
    assert hits(
        repo, "occurrence", "check: at-most, patterns: [zork], max: 0", "A zork, a zork.\n"
    ) == ["zork"]


def test_at_least(repo: Repository) -> None:
    article = "check: at-least, patterns: [zork], min: 2"
    ran = ran_with(
        repo, "occurrence", article, "# Head\n\nA zork.\n", "message: '{count} {limit}'\n"
    )
    assert [(f["text"], f["message"]) for f in ran.findings] == [("Head", "1 2")]
    assert hits(repo, "occurrence", article, "# Head zork\n\nA zork.\n") == []
    block = "check: at-least, patterns: [zork], per: block"
    assert hits(
        repo, "occurrence", block, "A zork.\n\nNone.\n\n- None.\n", "scope: [paragraph]\n"
    ) == ["None."]


# repetition


@pytest.mark.parametrize(
    ("options", "copy", "found"),
    [
        ("", "The the council met met.", ["The the", "met met"]),
        ("", "They met\nmet there.", ["met\nmet"]),
        ("", "They met\r\nmet there.", ["met\r\nmet"]),
        ("", "They met *met* there.", ["met *met"]),
        ("", "They met. Met there. A met, met.", []),
        ("", "that's that, bathe the, 20 20, theme the", []),
        ("", "the the's", []),
        ("", "Ärger ärger", ["Ärger ärger"]),
        ("ignore: [that]", "That that met met", ["met met"]),
        ("ignore-case: false", "The the council met met", ["met met"]),
        ("except: ['met met']", "The the met met", ["The the"]),
        ("across: ', '", "met, met the the", ["met, met"]),
        ("", "First met\n\nmet then", []),
    ],
)
def test_adjacent(repo: Repository, options: str, copy: str, found: list[str]) -> None:
    full = "check: adjacent" + (f", {options}" if options else "")
    assert hits(repo, "repetition", full, f"{copy}\n") == found


def test_the_edit_keeps_one_of_two(repo: Repository) -> None:
    assert (
        edited(repo, "repetition", "check: adjacent", "The the council met met.\n")
        == "The council met.\n"
    )


# conditional


ACRONYM = "check: requires, if: '\\b([A-Z]{3})\\b', then: '\\(([A-Z]{3})\\)'"


@pytest.mark.parametrize(
    ("options", "copy", "found"),
    [
        ("", "The ABC met. The Big Council (ABC) met.", []),
        ("order: before", "The ABC met. The Big Council (ABC) met.", ["ABC"]),
        ("order: before", "The Big Council (ABC) met. The ABC met.", []),
        ("order: before", "The ABC met.\n\nThe Big Council (ABC) met.", ["ABC"]),
        ("", "The ABC met XYZ and ABC (DEF).", ["ABC", "XYZ"]),
        ("first-only: false", "The ABC met ABC.", ["ABC", "ABC"]),
        ("except: [ABC, 'X.Z']", "The ABC met XYZ and DEF.", ["DEF"]),
        ("except: [AB]", "The ABC met.", ["ABC"]),
        ("", "“The Big Council (ABC),” he said of the ABC.", []),
    ],
)
def test_requires(repo: Repository, options: str, copy: str, found: list[str]) -> None:
    full = ACRONYM + (f", {options}" if options else "")
    assert hits(repo, "conditional", full, f"{copy}\n") == found


def test_requires_without_groups(repo: Repository) -> None:
    options = "check: requires, if: zork, then: '(?i)blenda', order: before"
    assert hits(repo, "conditional", options, "A zork, a zork and a Blenda.\n") == ["zork"]
    assert hits(repo, "conditional", options, "A Blenda, a zork.\n") == []
    ignoring = "check: requires, if: ZORK, then: BLENDA, ignore-case: true"
    assert hits(repo, "conditional", ignoring, "A zork and a blenda.\n") == []


# capitalization


@pytest.mark.parametrize(
    ("check", "headline", "prefer"),
    [
        (
            "title-case, small-words: [of, the]",
            "The council of the north",
            "The Council of the North",
        ),
        ("title-case, small-words: [of]", "The Council of the North", None),
        ("title-case, small-words: [of]", "of Mice", "Of Mice"),
        ("sentence-case", "The Council Votes on the Bridge", "The council votes on the bridge"),
        ("sentence-case", "The council votes on the Bridge", None),
        (
            "sentence-case, exceptions: [Varnholm]",
            "Varnholm Votes on Its Old bridge",
            "Varnholm votes on its old bridge",
        ),
        ("sentence-case, threshold: 1", "NATO and iPhone Meet G7", "NATO and iPhone meet G7"),
        ("upper-case, threshold: 1", "NATO meets", "NATO MEETS"),
        ("lower-case, threshold: 1", "All is Well", "all is well"),
        ("title-case, threshold: 0", "all lower", None),
        ("title-case", "Ärger über Öl", "Ärger Über Öl"),
        ("title-case", "state-of-the-art bridge’s end", None),
    ],
)
def test_case(repo: Repository, check: str, headline: str, prefer: str | None) -> None:
    ran = ran_with(
        repo,
        "capitalization",
        f"check: {check}",
        f"# {headline}\n\nText.\n",
        "message: '{match}>{prefer}'\nscope: [headline]\n",
    )
    said = [f["message"] for f in ran.findings]
    if headline.startswith("state-of"):
        assert len(said) == 1
        return
    assert said == ([] if prefer is None else [f"{headline}>“{prefer}”"])


# metric


@pytest.mark.parametrize(
    ("options", "copy", "values"),
    [
        ("measure: words, max: 3", "One two three.\n\nOne two three four.", ["4"]),
        ("measure: words, max: 0", "It’s a state-of-the-art 5.", ["4"]),
        ("measure: characters, max: 0", "Ça va 😀", ["7"]),
        ("measure: sentences, max: 1", "We met. We left. We slept.", ["3"]),
        ("measure: words, of: sentence, max: 2", "We met. We met again. So.", ["3"]),
        ("measure: words, of: article, max: 0", "# One two\n\nThree.\n\n- Four\n\n> Five", ["4"]),
        ("measure: words, of: article, min: 9", "One two.", ["2"]),
        ("measure: paragraphs, of: article, max: 0", "# H\n\nOne.\n\nTwo.\n\n- x", ["2"]),
        ("measure: headings, of: article, max: 0", "# H\n\nOne.\n\n## A\n\nTwo.", ["1"]),
        ("measure: list-items, of: article, max: 0", "- a\n- b\n\nOne.", ["2"]),
        ("measure: links, of: article, max: 0", "[a](b) and <https://c.example>.", ["2"]),
        ("measure: images, of: article, max: 0", "![a](b.png)\n\nOne.", ["1"]),
        ("measure: syllables, max: 0", "A table of music.", ["6"]),
        ("measure: long-words, max: 0", "An understanding council.", ["1"]),
        ("measure: words, max: 5, min: 2", "One.\n\nOne two three.", ["1"]),
        ("measure: words, max: 1", "They `x y z`.", []),
    ],
)
def test_limit(repo: Repository, options: str, copy: str, values: list[str]) -> None:
    ran = ran_with(repo, "metric", f"check: limit, {options}", f"{copy}\n", "message: '{value}'\n")
    assert [f["message"] for f in ran.findings] == values


def test_placeholders_of_metrics(repo: Repository) -> None:
    more = "message: '{measure}: {value} of {limit}'\n"
    ran = ran_with(
        repo, "metric", "check: limit, measure: words, max: 2.5", "One two three.\n", more
    )
    assert [f["message"] for f in ran.findings] == ["words: 3 of 2.5"]


@pytest.mark.parametrize(
    ("formula", "of", "found"),
    [
        ("words / sentences", "article", ["3.667"]),
        ("long-words / words * 100", "article", []),
        ("max(words, 20) - min(1, 2)", "article", ["19"]),
        ("0.5 * words", "block", ["4"]),
        ("paragraphs * 9", "article", ["18"]),
        ("words / links", "article", []),
        ("sqrt(0 - words)", "article", []),
    ],
)
def test_formula(repo: Repository, formula: str, of: str, found: list[str]) -> None:
    """A formula without a result (a division by no link at all) says nothing."""
    copy = "One two three. One two three four five.\n\nWe met now.\n"
    options = f"check: formula, formula: '{formula}', of: {of}, max: 3"
    ran = ran_with(repo, "metric", options, copy, "message: '{value}'\n")
    assert [f["message"] for f in ran.findings] == found


def test_only_an_article_has_paragraphs(repo: Repository) -> None:
    repo.desk(
        "id: a\nkind: metric\nmessage: x\noptions: {check: limit, measure: paragraphs, max: 1}\n"
    )
    ran = repo.copy("Text.\n")
    assert ran.code == 2
    assert "only an article has paragraphs" in ran.out


# metadata


REQUIRED = (
    "check: required, fields: [author, authors], blocks: [byline], "
    "patterns: ['By \\pL+'], placeholders: [TBC, Admin]"
)


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        ("---\ntitle: T\nauthor: Ada\n---\nText.\n", []),
        ("---\ntitle: T\nauthors: [Ada, Ben]\n---\nText.\n", []),
        ("---\ntitle: T\nauthors: [TBC, Ben]\n---\nText.\n", []),
        ("---\ntitle: T\nauthor: tbc\n---\nText.\n", ["T"]),
        ("---\ntitle: T\nauthor:\n---\nText.\n", ["T"]),
        ("---\ntitle: T\nauthor: ''\n---\nText.\n", ["T"]),
        ("---\ntitle: T\nauthor: []\n---\nText.\n", ["T"]),
        ("---\ntitle: T\nauthor: false\n---\nText.\n", ["T"]),
        ("---\ntitle: T\n---\nText. By Ada it was.\n", []),
        ("# T\n\nText.\n", ["T"]),
        ("Text.\n", ["Text."]),
        ("---\ntitle: a: b\n---\nText.\n", []),
        ("", []),
    ],
)
def test_required(repo: Repository, copy: str, found: list[str]) -> None:
    """Where the front matter cannot be read nothing is said of what it might hold."""
    assert hits(repo, "metadata", REQUIRED, copy) == found


def test_required_blocks(repo: Repository) -> None:
    repo.desk(f"id: a\nkind: metadata\nmessage: x\noptions: {{{REQUIRED}}}\n")
    assert (
        repo.copy(
            "The council votes on a bridge\n\nBy Ada Lorne\n\nThe council met.\n", name="a.txt"
        ).found
        == []
    )


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("news", []),
        ("News", ["News"]),
        ("opinion-2", []),
        ("x opinion-2", ["x opinion-2"]),
        ("", []),
        ("5", []),
        ("[news, sport]", ["[news, sport]"]),
    ],
)
def test_allowed(repo: Repository, value: str, found: list[str]) -> None:
    options = "check: allowed, fields: [section], values: [news, '5'], patterns: ['opinion-\\d']"
    assert hits(repo, "metadata", options, f"---\nsection: {value}\n---\nText.\n") == found


def test_allowed_says_nothing_where_the_field_is_missing(repo: Repository) -> None:
    assert hits(repo, "metadata", "check: allowed, fields: [section], values: [x]", "Text.\n") == []


@pytest.mark.parametrize(
    ("name", "copy", "count"),
    [
        ("a.md", "![A bridge](a.png) ![](b.png) ![ ](c.png)\n", 2),
        ("a.html", '<p><img src="a.png" alt="A bridge"><img src="b.png"></p>\n', 1),
        ("a.html", '<p>x <img src="b.png" alt=""></p>\n', 0),
    ],
)
def test_alt_text(repo: Repository, name: str, copy: str, count: int) -> None:
    repo.desk("id: a\nkind: metadata\nmessage: x\noptions: {check: alt-text}\n")
    assert len(repo.copy(copy, name=name).found) == count


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        ("# H\n\n## One\n\nText.\n\n## Two\n", ["Two"]),
        ("# H\n\n## One\n\n### Sub\n\nText.\n", []),
        ("# H\n\n## One\n\n### Sub\n\n## Two\n\nText.\n", ["Sub"]),
        ("# H\n\n## One\n\n![a](b.png)\n\n## Two\n\nText.\n", []),
        ("# H\n\n## One\n\nText.\n", []),
    ],
)
def test_empty_heading(repo: Repository, copy: str, found: list[str]) -> None:
    assert hits(repo, "metadata", "check: empty-heading", copy) == found


# quotation


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        ("He said “we met.", ["“"]),
        ("He said we met.” Then he left.", ["”"]),
        ("He said “we met.”", []),
        ("“We met.\n\n“We left,” he said.", []),
        ("The 5'9\" man met the boys' team.", []),
    ],
)
def test_unbalanced(repo: Repository, copy: str, found: list[str]) -> None:
    assert hits(repo, "quotation", "check: unbalanced", f"{copy}\n") == found


# Languages


def test_rules_of_one_language_pass_over_another(repo: Repository) -> None:
    repo.desk("id: en\n", "id: any\nlanguage: any\n")
    german = "---\nlang: de\n---\nDer Rat will utilize sagen.\n"
    ran = repo.copy(german)
    assert ran.found == [("any", "utilize")]
    assert "not in English" in ran.err
    assert [rule for rule, _ in repo.copy("They utilize it.\n").found] == ["any", "en"]


def test_findings_are_values_that_can_be_compared(repo: Repository) -> None:
    """The same article twice gives the same findings: nothing is kept from one to the next."""
    repo.desk(
        *(f"id: r{n}\nkind: terms\noptions: {{check: avoid, terms: [zork{n}]}}\n" for n in range(9))
    )
    text = " ".join(f"zork{n}" for n in range(9)) + "\n"
    first: list[dict[str, Any]] = repo.copy(text).findings
    assert len(first) == 9
    assert repo.copy(text).findings == first


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("pattern", "{check: match, patterns: [(a)], group: -1}"),
        ("occurrence", "{check: at-most, patterns: [a], max: -1}"),
        ("metric", "{check: limit, measure: words, max: .nan}"),
        ("metric", "{check: limit, measure: words, min: nan}"),
        ("metric", "{check: limit, measure: words, max: inf}"),
    ],
)
def test_numbers_that_would_silence_a_rule_are_refused(
    repo: Repository, kind: str, options: str
) -> None:
    repo.desk(f"id: odd-number\nkind: {kind}\noptions: {options}\n")
    assert repo.copy("A word here.\n").code == 2
