"""Kind `quotation`: words in marks, edited quotations, quotations in two wordings."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from conftest import Ran, Repository
from hypothesis import given
from hypothesis import strategies as st

from newslint.catalog import shipped
from newslint.kinds.contract import Comparison, Voice
from newslint.readers import read_source
from newslint.stylebooks import make_rule

MESSAGE = 'message: "{match}"\n'


def ran(repo: Repository, options: str, copy: str, more: str = "") -> Ran:
    message = "" if "message" in more else MESSAGE
    repo.desk(f"id: a\nkind: quotation\n{message}{more}options: {{{options}}}\n")
    found = repo.copy(copy)
    assert found.code == 0, found.out
    return found


def hits(repo: Repository, options: str, copy: str, more: str = "") -> list[str]:
    return [text for _, text in ran(repo, options, copy, more).found]


def test_two_rules_with_other_words(repo: Repository) -> None:
    rule = "id: {}\nkind: quotation\nmessage: x\nquotations: 'true'\noptions: {{{}}}\n"
    repo.desk(
        rule.format("a", "check: scare, most: 1, introduced: [zork]"),
        rule.format("b", "check: scare, most: 1, introduced: [blend]"),
        rule.format("c", "check: fragment, least: 2, openers: [upon], plain: [whales]"),
        rule.format("d", "check: fragment, least: 2, openers: [amid], plain: [whales]"),
        rule.format("e", "check: edited"),
        rule.format("f", "check: edited, except: [zork]"),
    )
    copy = (
        "The zork “mast” fell.\n\nThey rowed “amid whales,” home.\n\n"
        "“The [zork] sank … at dawn,” Roe wrote.\n"
    )
    assert repo.copy(copy).found == [
        ("b", "“mast”"),
        ("d", "“amid whales,”"),
        ("e", "[zork]"),
    ]


LONG = "It rained all day and all night, and nobody slept."


@pytest.mark.parametrize(
    ("more", "copy", "found"),
    [
        ("", "The “mast” fell.", ["“mast”"]),
        ("", "The “Mast” fell. The “m4st” fell. The “old mast” fell.", []),
        ("most: 2", "The “old mast” fell.", ["“old mast”"]),
        ("", "“mast” is what fell.", []),
        ("", "The “mast” fell.\n\nThe “mast” rose.\n", []),
        ("", "The “mast” and “keel” fell.", []),
        ("apart: 1", "The “mast” and “keel” fell.", ["“mast”"]),
        ("except: [mast]", "The “mast” fell.", []),
        ("introduced: [so-called]", "The so-called “mast” fell.", []),
        ("explained: ['[(].*', ', or']", "The “mast” (a tree) fell, a “boom,” or spar, too.", []),
        ("speakers: [said]", "The “mast” fell, Roe said. Then it rained.", []),
        ("speakers: [said]", "The “mast” fell. Roe said so.", ["“mast”"]),
        ("speakers: [zork]", f"The zork “mast” fell. {LONG} The “boom” broke.", ["“boom”"]),
        ("", f"Roe vowed to “scrap” it. {LONG} Roe carved a “mast” of oak.", ["“mast”"]),
        ("", "Roe complained that the “mast” fell.", []),
        ("", "The “report” on the mast fell.", ["“report”"]),
        ("introduced: [to]", "Roe went to “fall” there.", []),
        ("introduced: [to], always: [went to]", "Roe went to “fall” there.", ["“fall”"]),
        ("", "The “mast” fell.\n\n“The old mast is down,” Roe said.", []),
        ("", "The “old-mast” fell.", ["“old-mast”"]),
        ("hyphened: false", "The “old-mast” fell.", []),
        ("", "Roe: The “mast” fell.", []),
        ("lexicons: {attribution: {saying-: [vow]}}", "Roe vowed to “scrap” it.", ["“scrap”"]),
    ],
)
def test_scare(repo: Repository, more: str, copy: str, found: list[str]) -> None:
    options = "check: scare, most: 1" if "most" not in more else "check: scare"
    options += f", {more}" if more else ""
    assert hits(repo, options, f"{copy}\n", "quotations: 'true'\n") == found


def test_one_finding_an_article(repo: Repository) -> None:
    copy = "The “mast” fell.\n\nThe “keel” broke.\n"
    [finding] = ran(repo, "check: scare, most: 1", copy).findings
    assert finding["text"] == "“mast”"
    assert [place["text"] for place in finding["related"]] == ["“keel”"]


FRAGMENT = (
    "check: fragment, least: 2, openers: [in, not], naming: [in], plain: [old, ready], "
    "clauses: [we], speakers: [percent]"
)


@pytest.mark.parametrize(
    ("copy", "found"),
    [
        ("She will speak “in Corley.”", ["“in Corley.”"]),
        ("She is “not ready” to go.", ["“not ready”"]),
        ("She is “ready” to go, “quite ready” now.", []),
        ("She was “in old Corley” today.", ["“in old Corley”"]),
        ("She was “not Corley” today.", []),
        ("She was “in rotten Corley” today.", []),
        ("For ten percent she is “not ready” to go.", []),
        ("She is “not ready” to go. “I am not ready now,” she said.", []),
        ("She said “not we” today.", []),
        ("“Not ready,” she said.", []),
    ],
)
def test_fragment(repo: Repository, copy: str, found: list[str]) -> None:
    assert hits(repo, FRAGMENT, f"{copy}\n") == found


@pytest.mark.parametrize(
    ("more", "copy", "found"),
    [
        ("", "“The [oak] pier … fell,” she wrote.", ["[oak]"]),
        ("", "“I saw Jonas [Roe] and [Ada] Lorne … fell,” she wrote.", []),
        ("", "“So Dr. [Roe] and, so it seems, [Lorne] … fell,” she wrote.", ["[Lorne]"]),
        ("", "“The pier fell. … It rose … again,” she wrote.", []),
        ("", "“The [oak](x.md) pier … fell,” she wrote.", []),
        ("", "“The [oak] pier … fell.", []),
        ("templates: ['your .*']", "“The [your pier] … [fell] down,” she wrote.", []),
        ("", "“The [oak] pier fell,” she wrote.", []),
        ("", "“… the oak pier … fell …” she wrote.", []),
        ("", "The [oak] pier … fell.", []),
        ("edits: 1", "“The [oak] pier fell,” she wrote.", ["[oak]"]),
        ("edits: 3", "“The [oak] pier … fell,” she wrote.", []),
        ("except: [sic]", "“The [sic] pier … fell,” she wrote.", []),
        ("", "“The pier . . . of [oak] fell,” she wrote.", [". . ."]),
    ],
)
def test_edited(repo: Repository, more: str, copy: str, found: list[str]) -> None:
    options = "check: edited" + (f", {more}" if more else "")
    assert hits(repo, options, f"{copy}\n", "quotations: 'true'\n") == found


def test_edits_far_apart_are_related(repo: Repository) -> None:
    copy = f"“The [oak] pier {'stood and stood ' * 4}… and fell,” she wrote.\n"
    more = "quotations: 'true'\nmessage: '{match}, {count}'\n"
    [finding] = ran(repo, "check: edited", copy, more).findings
    assert (finding["text"], finding["message"]) == ("[oak]", "[oak], …, 2")
    assert [place["text"] for place in finding["related"]] == ["…"]


SAID = "“We will never let anybody take this pier away from the town,” said Ada Lorne.\n\n"
AGAIN = "“We will not let anybody take this pier away from the town,” said Ada Lorne.\n\n"
BETWEEN = "It rained.\n\nIt snowed.\n\nThey met.\n\n"


@pytest.mark.parametrize(
    ("options", "copy", "message"),
    [
        ("", SAID + BETWEEN + AGAIN, "will not let|will never let|lorne"),
        ("", SAID + BETWEEN + SAID, None),
        ("", SAID + AGAIN, None),
        ("apart: 0", SAID + AGAIN, "will not let|will never let|lorne"),
        ("min-words: 20", SAID + BETWEEN + AGAIN, None),
        ("alike: 0.95", SAID + BETWEEN + AGAIN, None),
        ("same: {never: not}", SAID + BETWEEN + AGAIN, None),
        ("", SAID + BETWEEN + AGAIN.replace("Ada Lorne", "Jonas Vale"), None),
        ("", SAID + BETWEEN + AGAIN.replace("will not", "will … not"), None),
        ("moments: ['noon[.]']", SAID + "Noon.\n\n" + BETWEEN + AGAIN, None),
        ("moments: ['noon[.]']", SAID + BETWEEN + AGAIN + "Noon.\n", "will not let|will never let|lorne"),
        ("refrain: [once more]", SAID + BETWEEN + AGAIN.replace("Lorne.", "Lorne once more."), None),
        ("same: {we: we}", SAID + BETWEEN + AGAIN.replace("will not let", "WILL, not, let"), "WILL, not, let|will never let|lorne"),
        ("change: 1", SAID + BETWEEN + AGAIN.replace("not", "not ever again"), None),
        ("", SAID + BETWEEN + AGAIN.replace("said Ada Lorne", "it read"), None),
        ("unknown: 10", SAID + BETWEEN + AGAIN.replace("said Ada Lorne", "it read"), "will not let|will never let|"),
    ],
)  # fmt: skip
def test_drift(repo: Repository, options: str, copy: str, message: str | None) -> None:
    options = "check: drift" + (f", {options}" if options else "")
    more = "quotations: 'true'\nmessage: '{match}|{other}|{speaker}'\n"
    found = ran(repo, options, copy, more).findings
    assert [one["message"] for one in found] == ([message] if message else [])


@cache
def drift() -> Comparison:
    comparison = make_rule(shipped(), "quote-drift").finder.comparison
    assert comparison is not None
    return comparison


def voice(path: str, text: str) -> Voice:
    return Voice(path, "", tuple(drift().facts(read_source(path, text, "markdown"))))


def test_drift_in_two_articles() -> None:
    voices = [voice("a.md", SAID), voice("b.md", "It rained.\n\n" + AGAIN)]
    first, second = drift().compare(voices)
    assert (first.voice.path, second.voice.path) == ("a.md", "b.md")
    assert first.values["match"] == "will never let"
    assert first.values["other"] == "will not let"
    assert first.related[0][0].path == "b.md"
    assert SAID[slice(*first.fact.span)] == SAID[1 : SAID.index("”")]


@pytest.mark.parametrize(
    ("days", "more", "found"),
    [(5, "", 2), (40, "", 0), (5, "now and for ever ", 0), (5, "now ", 2)],
)
def test_drift_in_two_articles_needs_the_same_days(days: int, more: str, found: int) -> None:
    again = AGAIN.replace("not let", f"not {more}let")
    facts = [tuple(drift().facts(read_source("a.md", text, "markdown"))) for text in (SAID, again)]
    voices = [
        Voice("a.md", "2031-05-01", facts[0]),
        Voice("b.md", str(date(2031, 5, 1) + timedelta(days)), facts[1]),
    ]
    assert len(list(drift().compare(voices))) == found


def test_what_one_article_has_is_no_matter_of_another() -> None:
    voices = [voice("a.md", SAID + BETWEEN + AGAIN), voice("b.md", "It rained.\n")]
    assert list(drift().compare(voices)) == []


def test_every_article_with_either_wording_carries_its_own() -> None:
    first, second = SAID, AGAIN
    texts = {"a.md": first, "b.md": first, "c.md": second, "d.md": second}
    clashes = list(drift().compare([voice(name, text) for name, text in texts.items()]))
    assert [clash.voice.path for clash in clashes] == ["a.md", "b.md", "c.md", "d.md"]
    assert [other.path for other, *_ in clashes[1].related] == ["c.md", "d.md"]


def test_an_old_article_with_the_same_words_hides_nothing() -> None:
    texts = [
        ("a.md", "2019-01-01", SAID),
        ("b.md", "2025-03-02", SAID),
        ("c.md", "2025-03-03", AGAIN),
    ]
    voices = [Voice(path, day, voice(path, text).facts) for path, day, text in texts]
    clashes = list(drift().compare(voices))
    assert [clash.voice.path for clash in clashes] == ["b.md", "c.md"]


def test_the_same_words_in_many_articles_are_no_drift() -> None:
    assert list(drift().compare([voice(f"{n}.md", SAID) for n in range(30)])) == []


@given(st.permutations(["a.md", "b.md", "c.md"]))
def test_drift_does_not_depend_on_what_stands_where(names: list[str]) -> None:
    texts = dict(zip(names, (SAID, AGAIN, "“The pier is old,” said Roe.\n"), strict=True))
    clashes = drift().compare([voice(name, texts[name]) for name in sorted(texts)])
    assert {clash.voice.path for clash in clashes} == set(names[:2])


@given(st.text("ab “”\"'[]….\n", max_size=60))
def test_spans_lie_in_the_copy(text: str) -> None:
    article = read_source("a.md", text, "markdown")
    for fact in drift().facts(article):
        assert 0 <= fact.span.start < fact.span.end <= len(text)


@pytest.mark.parametrize(
    "options",
    [
        "check: scare, least: 0", "check: scare, least: 3, most: 2", "check: scare, always: ['(']",
        "check: fragment", "check: edited, edits: 0", "check: edited, except: ['(']",
        "check: drift, min-words: 1", "check: drift, alike: 2",
    ],
)  # fmt: skip
def test_options_that_make_no_sense(repo: Repository, options: str) -> None:
    repo.desk(f"id: a\nkind: quotation\nmessage: x\noptions: {{{options}}}\n")
    assert repo.copy("Text.\n").code == 2
