"""Suppressions: every form of them, what they cover, and what is said of those that do nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from conftest import Ran, Repository

USE = "id: plain-use\n"
HALL = "id: no-hall\noptions: {check: avoid, terms: [hall]}\n"
SIGNED = """
id: signed
kind: metadata
message: "No {field}"
options: {check: required, fields: [author]}
"""
UNUSED = """
id: unused-suppression
kind: suppression
message: "“{name}” suppresses nothing"
options: {check: unused}
"""
UNKNOWN = """
id: unknown-suppression
kind: suppression
message: "“{name}” names no rule"
options: {check: unknown}
"""
COPY = "We utilize the hall.\n"


@pytest.fixture
def desk(repo: Repository) -> Repository:
    repo.desk(USE, HALL, UNUSED, UNKNOWN)
    return repo


def suppressed(ran: Ran) -> int:
    count: int = ran.document["summary"]["suppressed"]
    return count


# In the front matter


@pytest.mark.parametrize(
    "front",
    [
        "newslint:\n  ignore:\n    plain-use: a term of the trade\n",
        "newslint: {ignore: {plain-use: his word}}\n",
        "newslint:\n  ignore: [plain-use]\n",
        "newslint:\n  ignore:\n    - plain-use\n",
        "newslint:\n  ignore: plain-use\n",
        "newslint:\n  ignore:\n    plain-use:\n",
    ],
)
def test_front_matter(desk: Repository, front: str) -> None:
    ran = desk.copy(f"---\ntitle: x\n{front}---\n{COPY}\nAnd utilize it.\n")
    assert (ran.found, suppressed(ran)) == ([("no-hall", "hall")], 2)


def test_front_matter_in_toml_and_json(desk: Repository) -> None:
    for front in (
        '+++\n[newslint.ignore]\nplain-use = "why"\n+++\n',
        '+++\nnewslint = {ignore = {plain-use = "why"}}\n+++\n',
        '{"newslint": {"ignore": {"plain-use": "why"}}}\n',
    ):
        assert desk.copy(f"{front}\n{COPY}").found == [("no-hall", "hall")], front


# Comments


def test_a_comment_covers_the_next_block_only(desk: Repository) -> None:
    ran = desk.copy(f"{COPY}\n<!-- newslint-ignore plain-use -- why -->\n\n{COPY}\n{COPY}")
    assert ran.found.count(("plain-use", "utilize")) == 2
    assert [f["start"]["line"] for f in ran.findings if f["rule"] == "plain-use"] == [1, 7]
    assert ran.found.count(("no-hall", "hall")) == 3


@pytest.mark.parametrize(
    ("block", "left"),
    [
        ("# We utilize it\n", 0),
        ("- utilize\n- utilize\n", 1),
        ("We utilize it and\nutilize it and\nutilize it.\n", 0),
        ("> “We utilize it.”\n", 0),
        ("![utilize](a.png)\n\nWe utilize it.\n", 1),
        ("| utilize | x |\n|---|---|\n| y | z |\n", 0),
    ],
)
def test_what_a_block_is(repo: Repository, block: str, left: int) -> None:
    repo.desk(
        "id: plain-use\nquotations: 'true'\n"
        "scope: [headline, subheading, paragraph, list-item, block-quote, table-cell, alt-text]\n"
    )
    comment = "Head.\n\n<!-- newslint-ignore plain-use -->\n\n"
    ran = repo.copy(comment + block)
    assert len(ran.found) == left, ran.found
    assert suppressed(ran) == len(repo.copy(block).found) - left


def test_several_rules_in_one_comment(desk: Repository) -> None:
    for names in ("plain-use, no-hall", "plain-use no-hall", "plain-use,no-hall"):
        assert desk.copy(f"<!-- newslint-ignore {names} -- why -->\n\n{COPY}").found == []


def test_a_comment_directly_above(desk: Repository) -> None:
    assert desk.copy(f"<!-- newslint-ignore plain-use -->\n{COPY}").found == [("no-hall", "hall")]


def test_two_comments_above_one_block(desk: Repository) -> None:
    both = "<!-- newslint-ignore plain-use -->\n<!-- newslint-ignore no-hall -->\n\n"
    assert desk.copy(both + COPY).found == []
    apart = "<!-- newslint-ignore plain-use -->\n\n<!-- newslint-ignore no-hall -->\n\n"
    assert desk.copy(apart + COPY).found == []


def test_start_and_end(desk: Repository) -> None:
    ran = desk.copy(
        f"{COPY}\n<!-- newslint-ignore-start plain-use -- lyrics -->\n\n{COPY}\n{COPY}\n"
        f"<!-- newslint-ignore-end plain-use -->\n\n{COPY}"
    )
    assert [f["start"]["line"] for f in ran.findings if f["rule"] == "plain-use"] == [1, 11]


@pytest.mark.parametrize(
    "end", ["<!-- newslint-ignore-end -->", "<!-- newslint-ignore-end -- so -->"]
)
def test_an_end_that_names_no_rule_ends_all(desk: Repository, end: str) -> None:
    begun = (
        "<!-- newslint-ignore-start plain-use -->\n\n<!-- newslint-ignore-start no-hall, zork -->"
    )
    ran = desk.copy(f"{begun}\n\n{COPY}\n{end}\n\n{COPY}\n{end}\n")
    found = [(f["rule"], f["start"]["line"]) for f in ran.findings]
    assert found == [
        ("unknown-suppression", 3),
        ("plain-use", 9),
        ("no-hall", 9),
        ("unknown-suppression", 11),
    ]


def test_start_without_end_holds_to_the_end(desk: Repository) -> None:
    ran = desk.copy(f"{COPY}\n<!-- newslint-ignore-start plain-use -->\n\n{COPY}\n{COPY}")
    assert [f["start"]["line"] for f in ran.findings if f["rule"] == "plain-use"] == [1]


def test_ranges_of_two_rules_cross(desk: Repository) -> None:
    ran = desk.copy(
        f"<!-- newslint-ignore-start plain-use -->\n\n{COPY}\n"
        f"<!-- newslint-ignore-start no-hall -->\n\n{COPY}\n"
        f"<!-- newslint-ignore-end plain-use -->\n\n{COPY}\n"
        f"<!-- newslint-ignore-end no-hall -->\n\n{COPY}"
    )
    assert [(f["rule"], f["start"]["line"]) for f in ran.findings] == [
        ("no-hall", 3),
        ("plain-use", 11),
        ("plain-use", 15),
        ("no-hall", 15),
    ]


def test_the_file(desk: Repository) -> None:
    ran = desk.copy(f"{COPY}\n{COPY}\n<!-- newslint-ignore-file plain-use -- why -->\n\n{COPY}")
    assert ran.found == [("no-hall", "hall")] * 3


def test_a_comment_within_a_paragraph_covers_nothing_and_says_so(desk: Repository) -> None:
    ran = desk.copy("They <!-- newslint-ignore plain-use --> utilize it.\n\nWe utilize it.\n")
    rules = [rule for rule, _ in ran.found]
    assert rules.count("plain-use") == 2
    assert rules.count("unused-suppression") == 1


@pytest.mark.parametrize(
    "comment",
    [
        "newslint-ignored plain-use",
        "newslint plain-use",
        "ignore plain-use",
        "see newslint-ignore plain-use",
        "newslint-ignore-next plain-use",
        "NEWSLINT-IGNORE plain-use",
    ],
)
def test_other_comments_are_no_suppressions(desk: Repository, comment: str) -> None:
    assert ("plain-use", "utilize") in desk.copy(f"<!-- {comment} -->\n\n{COPY}").found


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("a.md", "<!-- newslint-ignore plain-use -- why -->\n\nWe utilize it.\n\nWe utilize it.\n"),
        (
            "a.html",
            "<p>Well.</p>\n<!-- newslint-ignore plain-use -- why -->\n"
            "<p>We utilize it.</p>\n<p>We utilize it.</p>\n",
        ),
        (
            "a.txt",
            "The head\n\n<!-- newslint-ignore plain-use -- why -->\n"
            "\nWe utilize it.\n\nWe utilize it.\n",
        ),
    ],
)
def test_in_every_format(desk: Repository, name: str, copy: str) -> None:
    ran = desk.copy(copy, name=name)
    assert (ran.found, suppressed(ran)) == ([("plain-use", "utilize")], 1)
    assert ran.findings[0]["start"]["line"] > 3


@pytest.mark.parametrize("name", ["a.md", "a.html", "a.txt"])
def test_the_comment_is_no_copy(repo: Repository, name: str) -> None:
    """What stands in a suppression is never flagged itself."""
    repo.desk(USE)
    assert (
        repo.copy(
            "<!-- newslint-ignore plain-use -- they utilize it -->\n\nAll is well.\n", name=name
        ).found
        == []
    )


# Findings on the whole article


@pytest.mark.parametrize(
    ("copy", "left"),
    [
        ("<!-- newslint-ignore signed -->\n\n# Head\n\nText.\n", 1),
        ("<!-- newslint-ignore-start signed -->\n\n# Head\n\nText.\n", 1),
        ("<!-- newslint-ignore-file signed -->\n\n# Head\n\nText.\n", 0),
        ("# Head\n\nText.\n\n<!-- newslint-ignore-file signed -->\n", 0),
        ("---\nnewslint: {ignore: {signed: why}}\n---\n# Head\n\nText.\n", 0),
    ],
)
def test_what_a_finding_on_the_whole_article_yields_to(
    repo: Repository, copy: str, left: int
) -> None:
    repo.desk(SIGNED)
    assert len(repo.copy(copy).found) == left


def test_a_finding_on_the_whole_article_yields_to_the_config(repo: Repository) -> None:
    repo.desk(SIGNED, config="ignores: [{path: a.md, rule: signed}]\n")
    assert repo.copy("# Head\n\nText.\n").found == []


# In the config


@pytest.mark.parametrize(
    ("ignore", "left"),
    [
        ("path: a.md, rule: plain-use", 0),
        ("path: '*.md', rule: plain-use", 0),
        ("path: 'content/**', rule: plain-use", 2),
        ("path: b.md, rule: plain-use", 2),
        ("path: a.md, rule: no-hall", 2),
        ("path: a.md, rule: plain-use, text: utilize", 1),
        ("path: a.md, rule: plain-use, text: Utilize", 1),
        ("path: a.md, rule: plain-use, text: util", 2),
        ("path: a.md, rule: plain-use, until: 2999-12-31", 0),
        ("path: a.md, rule: plain-use, until: 2001-12-31", 2),
    ],
)
def test_ignores(repo: Repository, ignore: str, left: int) -> None:
    repo.desk(USE, HALL, config=f"ignores: [{{{ignore}, reason: why}}]\n")
    ran = repo.copy("Utilize it.\n\nThey utilize it.\n")
    assert ran.code == 0
    assert len(ran.found) == left
    assert suppressed(ran) == 2 - left


def test_the_last_day_of_an_ignore_is_in_it(repo: Repository) -> None:
    for days, left in ((-1, 1), (0, 0), (1, 0)):
        until = date.today() + timedelta(days)
        repo.desk(USE, config=f"ignores: [{{path: a.md, rule: plain-use, until: {until}}}]\n")
        assert len(repo.copy(COPY).found) == left


def test_a_text_over_a_line_break(repo: Repository) -> None:
    repo.desk(
        "id: in-order\noptions: {check: avoid, terms: [in order to]}\n",
        config="ignores: [{path: a.md, rule: in-order, text: in order to}]\n",
    )
    assert repo.copy("They met in\norder to vote.\n").found == []


# Those that do nothing


def judged(ran: Ran) -> list[tuple[str, str]]:
    return [(rule, text) for rule, text in ran.found if rule.endswith("-suppression")]


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- newslint-ignore plain-use -- why -->",
        "<!-- newslint-ignore-file plain-use -- why -->",
        "<!-- newslint-ignore-start plain-use -->",
        "<!-- newslint-ignore-end plain-use -->",
    ],
)
def test_unused(desk: Repository, comment: str) -> None:
    ran = desk.copy(f"{comment}\n\nAll is well.\n")
    assert ran.found == [("unused-suppression", comment)]
    assert ran.findings[0]["message"] == "“plain-use” suppresses nothing"


def test_unused_in_front_matter(desk: Repository) -> None:
    ran = desk.copy("---\nnewslint:\n  ignore:\n    plain-use: why\n---\nAll is well.\n")
    (finding,) = ran.findings
    assert (finding["rule"], finding["start"]["line"]) == ("unused-suppression", 4)


def test_one_of_two_is_unused(desk: Repository) -> None:
    ran = desk.copy("<!-- newslint-ignore plain-use no-hall -->\n\nWe utilize it.\n")
    assert [f["message"] for f in ran.findings] == ["“no-hall” suppresses nothing"]


def test_only_suppressions_of_rules_that_ran_are_unused(desk: Repository) -> None:
    copy = (
        "<!-- newslint-ignore plain-use -->\n\n"
        "<!-- newslint-ignore doubled-word -->\n\nAll is well.\n"
    )
    assert judged(desk.copy(copy, "--ignore", "plain-use")) == []
    assert len(judged(desk.copy(copy))) == 1, "doubled-word is shipped, but not on here"


def test_unused_depends_on_the_overrides(repo: Repository) -> None:
    repo.desk(USE, UNUSED, config='overrides: [{files: ["b.md"], rules: {plain-use: off}}]\n')
    copy = "<!-- newslint-ignore plain-use -->\n\nAll is well.\n"
    assert len(repo.copy(copy, name="a.md").found) == 1
    assert repo.copy(copy, name="b.md").found == []


@pytest.mark.parametrize(
    ("comment", "name"),
    [
        ("<!-- newslint-ignore plain-usee -- why -->", "plain-usee"),
        ("<!-- newslint-ignore -- why -->", "nothing"),
        ("<!-- newslint-ignore -->", "nothing"),
        ("<!-- newslint-ignore-file nonsense -->", "nonsense"),
        ("<!-- newslint-ignore * -->", "*"),
        ("<!-- newslint-ignore all -->", "all"),
    ],
)
def test_unknown(desk: Repository, comment: str, name: str) -> None:
    ran = desk.copy(f"{comment}\n\n{COPY}")
    assert sorted(ran.found) == [
        ("no-hall", "hall"),
        ("plain-use", "utilize"),
        ("unknown-suppression", comment),
    ]
    message = next(f["message"] for f in ran.findings if f["rule"] == "unknown-suppression")
    assert message == f"“{name}” names no rule"
    assert all(finding["fingerprint"] for finding in ran.findings)


def test_unknown_in_front_matter(desk: Repository) -> None:
    for front in ("{nonsense: why}", "[nonsense]", "nonsense"):
        ran = desk.copy(f"---\nnewslint:\n  ignore: {front}\n---\nAll is well.\n")
        assert [rule for rule, _ in ran.found] == ["unknown-suppression"]


def test_suppressions_are_judged_only_where_a_rule_says_so(repo: Repository) -> None:
    repo.desk(USE)
    assert repo.copy("<!-- newslint-ignore nonsense plain-use -->\n\nAll is well.\n").found == []


def test_a_judgement_can_be_off(desk: Repository) -> None:
    copy = "<!-- newslint-ignore plain-use -->\n\nAll is well.\n"
    assert desk.copy(copy, "--ignore", "unused-suppression").found == []
    desk.desk(config="rules: {unused-suppression: error}\n")
    assert desk.copy(copy).code == 1


def test_a_reason_may_hold_dashes(desk: Repository) -> None:
    ran = desk.copy(f"<!-- newslint-ignore plain-use -- a -- b - c -->\n\n{COPY}")
    assert ran.found == [("no-hall", "hall")]


def test_nothing_is_suppressed_by_what_stands_in_code_or_text(desk: Repository) -> None:
    for copy in (
        f"```\n<!-- newslint-ignore plain-use -->\n```\n\n{COPY}",
        f"`<!-- newslint-ignore plain-use -->`\n\n{COPY}",
        f"newslint-ignore plain-use\n\n{COPY}",
    ):
        assert ("plain-use", "utilize") in desk.copy(copy).found, copy


# Until a day

EXPIRED = """
id: expired-suppression
kind: suppression
message: "“{name}”{where} ended on {until}"
options: {check: expired}
"""
MALFORMED = """
id: malformed-suppression
kind: suppression
message: "“{name}”: {match}"
options: {check: malformed}
"""
WITHOUT_REASON = """
id: suppression-without-reason
kind: suppression
severity: error
message: "“{name}” has no reason"
options: {check: without-reason}
"""
FORMS = {
    "comment": "<!-- newslint-ignore plain-use until: {until} -- why -->\n\nWe utilize it.\n",
    "no colon": "<!-- newslint-ignore plain-use until {until} -- why -->\n\nWe utilize it.\n",
    "several": "<!-- newslint-ignore no-hall, plain-use, UNTIL: {until} -- why -->\n\n" + COPY,
    "no reason": "<!-- newslint-ignore plain-use until: {until} -->\n\nWe utilize it.\n",
    "at the end": "<!-- newslint-ignore plain-use -- his word, until {until} -->\n\nWe utilize it.\n",
    "in brackets": "<!-- newslint-ignore plain-use -- why (until: {until}). -->\n\nWe utilize it.\n",
    "only a date": "<!-- newslint-ignore plain-use -- until {until} -->\n\nWe utilize it.\n",
    "file": "We utilize it.\n\n<!-- newslint-ignore-file plain-use until: {until} -- why -->\n",
    "range": (
        "<!-- newslint-ignore-start plain-use until: {until} -- why -->\n\nWe utilize it.\n\n"
        "<!-- newslint-ignore-end plain-use -->\n"
    ),
    "end": (
        "<!-- newslint-ignore-start plain-use -- why -->\n\nWe utilize it.\n\n"
        "<!-- newslint-ignore-end plain-use until: {until} -->\n"
    ),
    "yaml": (
        "---\nnewslint:\n  ignore:\n    plain-use:\n      reason: why\n      until: {until}\n"
        "---\nWe utilize it.\n"
    ),
    "yaml in braces": (
        "---\nnewslint: {{ignore: {{plain-use: {{until: '{until}', reason: why}}}}}}\n"
        "---\nWe utilize it.\n"
    ),
    "yaml at the end": (
        "---\nnewslint:\n  ignore:\n    plain-use: why until {until}\n---\nWe utilize it.\n"
    ),
    "toml": (
        "+++\n[newslint.ignore]\nplain-use = {{reason = 'why', until = {until}}}\n"
        "+++\n\nWe utilize it.\n"
    ),
    "toml table": (
        "+++\n[newslint.ignore.plain-use]\nuntil = \"{until}\"\nreason = 'why'\n"
        "+++\n\nWe utilize it.\n"
    ),
    "json": (
        '{{"newslint": {{"ignore": {{"plain-use": {{"reason": "why", "until": "{until}"}}}}}}}}\n'
        "\nWe utilize it.\n"
    ),
}
"""Every form with a last day."""


@pytest.fixture
def strict(repo: Repository) -> Repository:
    repo.desk(USE, HALL, UNUSED, UNKNOWN, EXPIRED, MALFORMED, WITHOUT_REASON)
    return repo


@pytest.mark.parametrize("form", FORMS)
def test_the_last_day_is_in_it(strict: Repository, form: str) -> None:
    for days in (0, 1):
        copy = FORMS[form].format(until=date.today() + timedelta(days))
        assert strict.copy(copy).found == [], copy
    until = date.today() - timedelta(1)
    ran = strict.copy(FORMS[form].format(until=until))
    assert ("plain-use", "utilize") in ran.found
    judged = [f for f in ran.findings if f["rule"] == "expired-suppression"]
    assert {f["message"] for f in judged} <= {
        f"“plain-use” ended on {until}", f"“no-hall” ended on {until}"
    }  # fmt: skip
    assert judged
    assert all("plain-use" in f["text"] or f["text"] == "no-hall" for f in judged)
    assert suppressed(ran) == 0


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("until", ["2026-02-30", "31.12.2026", "2026-12"])
def test_a_day_that_cannot_be_read_does_not_hold(strict: Repository, form: str, until: str) -> None:
    ran = strict.copy(FORMS[form].format(until=until))
    rules = {rule for rule, _ in ran.found}
    if form == "toml":  # it cannot be read at all, and front-matter-syntax says so
        assert rules == {"plain-use"}
        return
    assert rules == {"plain-use", "malformed-suppression"} | ({"no-hall"} & rules)
    assert any(f"“{until}” is no date" in f["message"] for f in ran.findings)


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("until: tomorrow -- why", "“tomorrow” is no date"),
        ("until tomorrow -- why", "“tomorrow” is no date"),
        ("until: -- why", "no date follows “until”"),
        ("until -- why", "no date follows “until”"),
        ("until=2999-12-31 -- why", "“=2999-12-31” is no date"),
        ("until 2999-12-31 and longer -- why", "“2999-12-31 and longer” is no date"),
        ("until: 29991231 -- why", "“29991231” is no date"),
        ("until: 2999-W01-1 -- why", "“2999-W01-1” is no date"),
        ("until: ２９９９-12-31 -- why", "“２９９９-12-31” is no date"),
        ("-- why until: 5 pm", "“5 pm” is no date"),
        ("-- why until 2999/12/31", "“2999/12/31” is no date"),
        ("until: " + "9" * 200, "“" + "9" * 40 + "…” is no date"),
    ],
)
def test_what_is_no_date(strict: Repository, comment: str, said: str) -> None:
    ran = strict.copy(f"<!-- newslint-ignore plain-use {comment} -->\n\nWe utilize it.\n")
    assert [f["message"] for f in ran.findings if "malformed" in f["rule"]] == [
        f"“plain-use”: {said}"
    ]
    assert ("plain-use", "utilize") in ran.found


@pytest.mark.parametrize(
    "reason",
    [
        "the name of the country until 1991",
        "embargoed until the council votes",
        "it holds until we have a better word until then",
        "the season 2024-25, until 5 pm",
        "untiled",
    ],
)
def test_until_is_a_word_of_the_language_too(strict: Repository, reason: str) -> None:
    ran = strict.copy(f"<!-- newslint-ignore plain-use -- {reason} -->\n\nWe utilize it.\n")
    assert (ran.found, suppressed(ran)) == ([], 1)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{reason: why, untill: 2999-12-31}", "there is no key “untill”"),
        ("{reason: why, until: }", "no date follows “until”"),
        ("{reason: why, until: [2999-12-31]}", "is no date"),
        ("{reason: why, until: {a: b}}", "there is no key “until.a”"),
        ("false", "“false” is no reason"),
    ],
)
def test_front_matter_that_is_not_understood_does_not_hold(
    strict: Repository, entry: str, said: str
) -> None:
    ran = strict.copy(f"---\nnewslint: {{ignore: {{plain-use: {entry}}}}}\n---\nWe utilize it.\n")
    assert {rule for rule, _ in ran.found} == {"plain-use", "malformed-suppression"}
    assert said in next(f["message"] for f in ran.findings if "malformed" in f["rule"])


def test_the_key_is_where_the_finding_stands(strict: Repository) -> None:
    for front, line, column in (
        ("---\nnewslint:\n  ignore:\n    plain-use:\n      until: 2020-01-01\n---\n", 4, 5),
        ("---\nnewslint: {ignore: {plain-use: {until: 2020-01-01}}}\n---\n", 2, 21),
        ("+++\nnewslint = {ignore = {plain-use = {until = 2020-01-01}}}\n+++\n", 2, 23),
        ("+++\n[newslint]\nignore = {a = 'x', plain-use = {until = 2020-01-01}}\n+++\n", 3, 20),
        ('{"newslint": {"ignore": {"plain-use":\n{"until": "2020-01-01"}}}}\n', 1, 27),
    ):
        ran = strict.copy(front + "\nAll is well.\n")
        place = next(f["start"] for f in ran.findings if f["rule"] == "expired-suppression")
        assert (place["line"], place["column"]) == (line, column), front


def test_expired_ones_are_told_when_they_suppress_nothing_any_more(strict: Repository) -> None:
    ran = strict.copy("<!-- newslint-ignore plain-use until: 2020-01-01 -->\n\nAll is well.\n")
    assert [rule for rule, _ in ran.found] == ["expired-suppression"]
    ran = strict.copy(
        "<!-- newslint-ignore plain-use until: 2020-01-01 -->\n\nAll is well.\n",
        "--select", "expired-suppression",
    )  # fmt: skip
    assert len(ran.found) == 1


def test_an_ended_ignore_of_one_path_is_a_finding(repo: Repository) -> None:
    repo.desk(
        USE, EXPIRED,
        config="ignores: [{path: a.md, rule: plain-use, until: 2020-06-30, reason: why}]\n",
    )  # fmt: skip
    for copy, count in (("We utilize it.\n", 2), ("All is well.\n", 1)):
        ran = repo.copy(copy)
        assert len(ran.found) == count
        (judged,) = [f for f in ran.findings if f["rule"] == "expired-suppression"]
        assert judged["message"] == "“plain-use” in newslint.yml ended on 2020-06-30"
        assert judged["fix"]["edits"] == []
    assert repo.copy("We utilize it.\n", name="b.md").found == [("plain-use", "utilize")]


def test_an_ended_ignore_of_a_glob_is_a_notice(repo: Repository) -> None:
    repo.desk(
        USE, EXPIRED,
        config="ignores:\n  - {path: '*.md', rule: plain-use, until: 2020-06-30, reason: why}\n",
    )  # fmt: skip
    ran = repo.copy("All is well.\n")
    assert (ran.code, ran.found) == (0, [])
    said = "newslint.yml:3:5: the ignore of “plain-use” in “*.md” ended on 2020-06-30: remove it"
    assert said in ran.err
    assert repo.check("a.md", "--quiet").err == ""


# Reasons


@pytest.mark.parametrize(
    "copy",
    [
        "<!-- newslint-ignore plain-use -->\n\nWe utilize it.\n",
        "<!-- newslint-ignore plain-use -- -->\n\nWe utilize it.\n",
        "<!-- newslint-ignore plain-use -- … -->\n\nWe utilize it.\n",
        "<!-- newslint-ignore plain-use -- until 2999-12-31 -->\n\nWe utilize it.\n",
        "<!-- newslint-ignore-file plain-use -->\n\nWe utilize it.\n",
        "<!-- newslint-ignore-start plain-use -->\n\nWe utilize it.\n",
        "---\nnewslint: {ignore: plain-use}\n---\nWe utilize it.\n",
        "---\nnewslint: {ignore: [plain-use]}\n---\nWe utilize it.\n",
        "---\nnewslint: {ignore: {plain-use: }}\n---\nWe utilize it.\n",
        "---\nnewslint: {ignore: {plain-use: true}}\n---\nWe utilize it.\n",
        "---\nnewslint: {ignore: {plain-use: {until: 2999-12-31}}}\n---\nWe utilize it.\n",
    ],
)
def test_require_reason(strict: Repository, copy: str) -> None:
    assert strict.copy(copy).found == []
    strict.desk(config="require-reason: true\n")
    ran = strict.copy(copy)
    assert ran.code == 1, "the rule is an error"
    assert {rule for rule, _ in ran.found} == {"plain-use", "suppression-without-reason"}
    assert suppressed(ran) == 0


def test_with_a_reason(strict: Repository) -> None:
    strict.desk(config="require-reason: true\n")
    for copy in (
        "<!-- newslint-ignore plain-use -- 他の言葉 -->\n\nWe utilize it.\n",
        "<!-- newslint-ignore-start plain-use -->\n\nWe utilize it.\n\n"
        "<!-- newslint-ignore-end plain-use -- lyrics -->\n",
        "---\nnewslint: {ignore: {plain-use: why}}\n---\nWe utilize it.\n",
    ):
        assert strict.copy(copy).found == [], copy


def test_without_a_reason_none_holds_whatever_rules_run(strict: Repository) -> None:
    strict.desk(config="require-reason: true\nrules: {suppression-without-reason: off}\n")
    ran = strict.copy("<!-- newslint-ignore plain-use -->\n\nWe utilize it.\n")
    assert ran.found == [("plain-use", "utilize")]


def test_a_dash_is_no_reason_in_the_config(strict: Repository) -> None:
    strict.desk(
        config="require-reason: true\nignores: [{path: '*', rule: plain-use, reason: '-'}]\n"
    )
    ran = strict.copy("We utilize it.\n")
    assert (ran.code, ran.found) == (2, [("plain-use", "utilize")])
    assert 'missing key "reason"' in ran.document["errors"][0]["message"]


# Suppressions of what is said of suppressions


@pytest.mark.parametrize("rule", ["unused-suppression", "unknown-suppression", "no-hall"])
def test_what_is_said_of_suppressions_cannot_be_suppressed(strict: Repository, rule: str) -> None:
    ran = strict.copy(
        f"<!-- newslint-ignore-file {rule} -- why -->\n\n"
        "<!-- newslint-ignore plain-use nonsense -- why -->\n\nAll is well.\n"
    )
    assert sorted(ran.found) == [
        ("unknown-suppression", "nonsense"),
        ("unused-suppression", f"<!-- newslint-ignore-file {rule} -- why -->"),
        ("unused-suppression", "plain-use"),
    ]


# What cannot be called unused


def test_a_rule_that_passes_over_the_language_leaves_its_suppressions(strict: Repository) -> None:
    copy = "---\nlang: de\n---\n<!-- newslint-ignore plain-use -->\n\nAlles ist gut.\n"
    assert strict.copy(copy).found == []


def test_nothing_is_unused_where_metadata_could_not_be_read(strict: Repository) -> None:
    copy = "---\ntitle: a: b\n---\n<!-- newslint-ignore plain-use -->\n\nAll is well.\n"
    assert strict.copy(copy).found == []
    assert len(strict.copy(copy.replace("a: b", "a b")).found) == 1


# Across articles


def test_an_ended_suppression_lets_findings_across_articles_through(repo: Repository) -> None:
    repo.config("extends: []\ncorpus: ['*.md']\nrules: {duplicate-headline: on}\n")
    repo.write("b.md", "# The bridge opens after a long winter\n\nThe mayor came.\n")
    for days, count in ((-1, 1), (0, 0)):
        until = date.today() + timedelta(days)
        front = f"---\nnewslint: {{ignore: {{duplicate-headline: {{until: {until}}}}}}}\n---\n"
        repo.write("a.md", f"{front}# The bridge opens after a long winter\n\nIt was cold.\n")
        for _ in range(2):  # the second time from what is kept of the corpus
            assert len(repo.check("b.md").found) == count
            assert len(repo.check("a.md").found) == count


def test_a_suppression_in_the_corpus_ends_though_the_corpus_is_cached(
    repo: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    until = date.today()
    repo.config("extends: []\ncorpus: ['*.md']\nrules: {duplicate-headline: on}\n")
    front = f"---\nnewslint: {{ignore: {{duplicate-headline: {{until: {until}}}}}}}\n---\n"
    repo.write("a.md", f"{front}# The bridge opens after a long winter\n\nIt was cold.\n")
    repo.write("b.md", "# The bridge opens after a long winter\n\nThe mayor came.\n")
    assert repo.check("b.md").found == []

    class Tomorrow(date):
        @classmethod
        def today(cls) -> Tomorrow:
            return cls.fromordinal(until.toordinal() + 1)

    for module in ("checker", "cache.store"):
        monkeypatch.setattr(f"newslint.{module}.date", Tomorrow)
    assert len(repo.check("b.md", "--jobs", "1").found) == 1


@pytest.mark.parametrize("rest", [" until: 2027-02-31 -- a band", ""])
def test_what_somebody_meant_to_wave_on_is_not_mended_unseen(repo: Repository, rest: str) -> None:
    repo.config("extends: []\nrequire-reason: true\nrules: {doubled-word: on}\n")
    copy = f"<!-- newslint-ignore doubled-word{rest} -->\n\nThe mayor met the the on Monday.\n"
    for text, safe in ((copy, False), (copy.partition("\n\n")[2], True)):
        (finding,) = repo.copy(text).findings
        assert (finding["text"], finding["fix"]["safe"]) == ("the the", safe)
        assert finding["fix"]["edits"]
