"""Suppressions that do nothing are taken out again, and nothing else is."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

import pytest
from conftest import Repository
from hypothesis import given, settings
from hypothesis import strategies as st
from test_suppressions import EXPIRED, HALL, UNKNOWN, UNUSED, USE

from newslint import config, fix
from newslint.article import Article
from newslint.checker import Checker, Result
from newslint.config import Request
from newslint.readers import read_source


@pytest.fixture
def desk(repo: Repository) -> Repository:
    repo.desk(USE, HALL, UNUSED, UNKNOWN, EXPIRED)
    return repo


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Checker:
    """A desk to check texts at without a process or a file."""
    repo = Repository(tmp_path_factory.mktemp("desk") / "repo")
    repo.desk(USE, HALL, UNUSED, UNKNOWN, EXPIRED)
    return Checker(config.settle(Request(cwd=str(repo.root))))


IGNORE = "<!-- newslint-ignore plain-use -->"


def comment(rules: str, form: str = "", rest: str = "") -> str:
    return f"<!-- newslint-ignore{form} {rules}{rest} -->"


START, END = comment("plain-use", "-start"), comment("plain-use", "-end")
BARE, HALLS = "<!-- newslint-ignore-end -->", comment("no-hall", "-start")
BOTH = comment("plain-use, no-hall")
OLD = comment("plain-use", rest=" until: 2020-01-01 -- why")

CASES = [
    # Lines of their own
    (f"One.\n\n{IGNORE}\n\nTwo.\n", "One.\n\nTwo.\n"),
    (f"One.\n\n{OLD}\n\nWe utilize it.\n", "One.\n\nWe utilize it.\n"),
    (f"One.\n\n{IGNORE}\nTwo.\n", "One.\n\nTwo.\n"),
    (f"One.\n{IGNORE}\n\nTwo.\n", "One.\n\nTwo.\n"),
    (f"One.\n{IGNORE}\nTwo.\n", "One.\n\nTwo.\n"),
    (f"{IGNORE}\n\nOne.\n", "One.\n"),
    (f"One.\n\n{IGNORE}\n", "One.\n"),
    (f"One.\n\n{IGNORE}", "One.\n"),
    (f"One.\n\n{IGNORE}\n\n{IGNORE}\n\n{IGNORE}\n\nTwo.\n", "One.\n\nTwo.\n"),
    (f"One.\n\n{IGNORE}\n{IGNORE}\n{IGNORE}\n\nTwo.\n", "One.\n\nTwo.\n"),
    (f"One.\n{IGNORE}\n{IGNORE}\n{IGNORE}\nTwo.\n", "One.\n\nTwo.\n"),
    (f"One.\n\n\n{IGNORE}\n\n\nTwo.\n", "One.\n\n\n\nTwo.\n"),
    ("One.\n\n<!--\nnewslint-ignore plain-use\n-- why\n-->\n\nTwo.\n", "One.\n\nTwo.\n"),
    (f"One.\r\n\r\n{IGNORE}\r\n\r\nTwo.\r\n", "One.\r\n\r\nTwo.\r\n"),
    (f"One.\r\n{IGNORE}\r\nTwo.\r\n", "One.\r\n\r\nTwo.\r\n"),
    (f"“One” 😀.\n\n{IGNORE}\n\nTwo ünd.\n", "“One” 😀.\n\nTwo ünd.\n"),
    # In lists and quotations
    (f"- one\n- two\n  {IGNORE}\n- three\n", "- one\n- two\n- three\n"),
    (f"- one\n\n  {IGNORE}\n\n  more\n", "- one\n\n  more\n"),
    (f"> One.\n>\n> {IGNORE}\n>\n> Two.\n", "> One.\n>\n> Two.\n"),
    (f"> One.\n> {IGNORE}\n> Two.\n", "> One.\n>\n> Two.\n"),
    # Within a line
    (f"One {IGNORE} two.\n", "One two.\n"),
    (f"One {START}two{END} three.\n", "One two three.\n"),
    # Several rules
    (f"{BOTH}\n\nWe utilize it.\n", f"{IGNORE}\n\nWe utilize it.\n"),
    (f"{BOTH}\n\nThe hall.\n", f"{comment('no-hall')}\n\nThe hall.\n"),
    (f"One.\n\n{BOTH}\n\nTwo.\n", "One.\n\nTwo.\n"),
    (
        f"{comment('plain-use zork,no-hall', rest=' -- why')}\n\nOne.\n",
        f"{comment('zork', rest=' -- why')}\n\nOne.\n",
    ),
    (
        f"{comment('plain-use, plain-use, no-hall')}\n\nThe hall.\n",
        f"{comment('no-hall')}\n\nThe hall.\n",
    ),
    # Ranges
    (f"{START}\n\nOne.\n\n{END}\n\nTwo.\n", "One.\n\nTwo.\n"),
    (f"{START}\n\nOne.\n", "One.\n"),
    (f"One.\n\n{END}\n\nTwo.\n", "One.\n\nTwo.\n"),
    (
        f"{START}\n\nOne.\n\n{START}\n\nTwo.\n\n{END}\n\nWe utilize it.\n",
        "One.\n\nTwo.\n\nWe utilize it.\n",
    ),
    (
        "<!-- newslint-ignore-start plain-use, no-hall -->\n\nThe hall.\n\n"
        "<!-- newslint-ignore-end plain-use, no-hall -->\n",
        "<!-- newslint-ignore-start no-hall -->\n\nThe hall.\n\n"
        "<!-- newslint-ignore-end no-hall -->\n",
    ),
    (
        "<!-- newslint-ignore-start plain-use, no-hall -->\n\nThe hall.\n\n"
        "<!-- newslint-ignore-end plain-use -->\n\n<!-- newslint-ignore-end no-hall -->\n",
        "<!-- newslint-ignore-start no-hall -->\n\nThe hall.\n\n"
        "<!-- newslint-ignore-end no-hall -->\n",
    ),
    (f"{START}\n\nOne.\n\n{BARE}\n\nTwo.\n", "One.\n\nTwo.\n"),
    (f"One.\n{START}\n> {START}\n\n", "One.\n\n"),
    (f"> One.\n> {START}\n> {END}\n> Two.\n", "> One.\n>\n> Two.\n"),
    (f"> One.\n> {START}\n\n> {END}\n> Two.\n", "> One.\n\n> Two.\n"),
    (f"One {START} > {END} two.\n", "One > two.\n"),
    (
        f"{START}\n\n{HALLS}\n\nOne.\n\n{BARE}\n\nWe utilize the hall.\n",
        "One.\n\nWe utilize the hall.\n",
    ),
    (
        f"{START}\n\n{HALLS}\n\nThe hall.\n\n{BARE}\n\nWe utilize the hall.\n",
        f"{HALLS}\n\nThe hall.\n\n{BARE}\n\nWe utilize the hall.\n",
    ),
    (
        f"{comment('plain-use, no-hall', '-start')}\n\nThe hall.\n\n{BARE}\n\nWe utilize it.\n",
        f"{HALLS}\n\nThe hall.\n\n{BARE}\n\nWe utilize it.\n",
    ),
    (
        f"{comment('plain-use', '-start', ' until: 2020-01-01')}\n\nOne.\n\n{BARE}\n\nTwo.\n",
        "One.\n\nTwo.\n",
    ),
    # Front matter
    ("---\ntitle: x\nnewslint:\n  ignore:\n    plain-use: why\n---\nA.\n", "---\ntitle: x\n---\nA.\n"),
    (
        "---\nnewslint:\n  ignore:\n    plain-use: why\n    no-hall: why\ntitle: x\n---\nThe hall.\n",
        "---\nnewslint:\n  ignore:\n    no-hall: why\ntitle: x\n---\nThe hall.\n",
    ),
    (
        "---\nnewslint:\n  ignore:\n    plain-use:\n      reason: |\n        why\n        not\n"
        "      until: 2020-01-01 # then\n    no-hall: why\n---\nThe hall.\n",
        "---\nnewslint:\n  ignore:\n    no-hall: why\n---\nThe hall.\n",
    ),
    (
        "---\nnewslint: {ignore: {plain-use: why, no-hall: w}, more: 1}\n---\nThe hall.\n",
        "---\nnewslint: {ignore: {no-hall: w}, more: 1}\n---\nThe hall.\n",
    ),
    (
        "---\nnewslint: {ignore: {no-hall: w, 'plain-use': {until: 2020-01-01}}}\n---\nThe hall.\n",
        "---\nnewslint: {ignore: {no-hall: w}}\n---\nThe hall.\n",
    ),
    ("---\nnewslint: {ignore: {plain-use: w}, more: 1}\n---\nA.\n", "---\nnewslint: {more: 1}\n---\nA.\n"),
    ("---\nt: x\nnewslint: {ignore: [plain-use]}\n---\nA.\n", "---\nt: x\n---\nA.\n"),
    ("---\nt: x\nnewslint: {ignore: plain-use} # c\n---\nA.\n", "---\nt: x\n---\nA.\n"),
    (
        "---\nt: x\nnewslint: {ignore: [plain-use, \"no-hall\"]}\n---\nThe hall.\n",
        "---\nt: x\nnewslint: {ignore: [\"no-hall\"]}\n---\nThe hall.\n",
    ),
    (
        "---\nt: x\nnewslint:\n  ignore:\n    - no-hall\n    - plain-use\n---\nThe hall.\n",
        "---\nt: x\nnewslint:\n  ignore:\n    - no-hall\n---\nThe hall.\n",
    ),
    ("+++\nt = 'x'\n\n[newslint.ignore]\nplain-use = 'w'\n+++\n\nA.\n", "+++\nt = 'x'\n+++\n\nA.\n"),
    (
        "+++\n[newslint.ignore]\nplain-use = 'w'\nno-hall = \"w\"\n\n[params]\na = 1\n+++\n\nThe hall.\n",
        "+++\n[newslint.ignore]\nno-hall = \"w\"\n\n[params]\na = 1\n+++\n\nThe hall.\n",
    ),
    (
        "+++\nnewslint = {ignore = {no-hall = 'w', plain-use = {until = 2020-01-01}}}\n+++\n\nThe hall.\n",
        "+++\nnewslint = {ignore = {no-hall = 'w'}}\n+++\n\nThe hall.\n",
    ),
    (
        '{\n  "t": "x",\n  "newslint": {"ignore": {"plain-use": "w"}}\n}\n\nA.\n',
        '{\n  "t": "x"\n}\n\nA.\n',
    ),
    (
        '{"newslint": {"ignore": {"plain-use": "w", "no-hall": "w"}}, "t": 1}\n\nThe hall.\n',
        '{"newslint": {"ignore": {"no-hall": "w"}}, "t": 1}\n\nThe hall.\n',
    ),
    # Where it is not certain
    (f"{IGNORE}\n---\ntitle: x\n---\nOne.\n", None),
    (f"<div>\n{IGNORE}\n*one*\n</div>\n", None),
    (f"- one\n  {IGNORE}\n  more\n", None),
    (f"- one\n\n{IGNORE}\n\n      code\n", "- one\n\n      code\n"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), CASES)
def test_fix(desk: Repository, before: str, after: str | None) -> None:
    path = desk.write("a.md", before)
    desk.run("check", "a.md", "--fix")
    fixed = path.read_bytes().decode()
    assert fixed == (before if after is None else after)
    desk.run("check", "a.md", "--fix")
    assert path.read_bytes().decode() == fixed


def test_where_it_is_not_certain_there_is_advice(desk: Repository) -> None:
    ran = desk.copy(f"<div>\n{IGNORE}\n*one*\n</div>\n\n{IGNORE}\n\nTwo.\n")
    assert [(bool(f["fix"]["edits"]), f["fix"]["safe"]) for f in ran.findings] == [
        (False, False),
        (True, True),
    ]


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("a.html", f"<p>One</p>\n{IGNORE}\n<p>Two</p>\n", "<p>One</p>\n<p>Two</p>\n"),
        ("a.html", f"<p>One</p>{IGNORE}<p>Two</p>\n", "<p>One</p><p>Two</p>\n"),
        ("a.html", f"<p>One\n{START}\ntwo\n{END}\nthree</p>\n", "<p>One\ntwo\nthree</p>\n"),
        ("a.html", f"<pre>\na\n\n{IGNORE}\n\nb\n</pre>\n", "<pre>\na\n\nb\n</pre>\n"),
        ("a.txt", f"Head\n\n{IGNORE}\n\nOne.\n", "Head\n\nOne.\n"),
        ("a.txt", f"Head\n\nOne.\n{IGNORE}\nTwo.\n", "Head\n\nOne.\n\nTwo.\n"),
        ("a.txt", f"Head\n\nOne.\n\n{START}{IGNORE}\n\nTwo.\n", "Head\n\nOne.\n\nTwo.\n"),
    ],
)
def test_fix_in_other_formats(desk: Repository, name: str, before: str, after: str) -> None:
    path = desk.write(name, before)
    desk.run("check", name, "--fix")
    assert path.read_text() == after


def test_the_config_is_not_rewritten(repo: Repository) -> None:
    text = "extends: [./desk]\nignores: [{path: a.md, rule: plain-use, reason: why}]\n"
    repo.desk(USE, UNUSED, config=text.partition("\n")[2])
    ran = repo.copy("All is well.\n", "--fix")
    assert [f["fix"]["edits"] for f in ran.findings] == [[]]
    assert (repo.root / "newslint.yml").read_text() == text


def test_what_was_not_judged_is_not_taken_out(desk: Repository) -> None:
    copy = f"{comment('plain-use, no-hall')}\n\nAll is well.\n"
    desk.copy(copy, "--fix", "--ignore", "plain-use")
    assert (desk.root / "a.md").read_text() == f"{IGNORE}\n\nAll is well.\n"


# Whatever the copy


PIECES = {
    "md": [
        "One council met.\n", "We utilize it.\n", "The hall is *here*.\n", "# Head\n", "- item\n",
        "- utilize\n  more\n", "1. one\n", "> A quote.\n", "> - in it\n", "\n", "\n", "    code\n",
        "```\nx\n```\n", "<div>\n", "</div>\n", "<p>The hall</p>\n", "---\n", "| a | b |\n|---|---|\n",
        "[a]: http://x.example\n", "![hall](a.png)\n", "  indented\n", "{{< short >}}\n", "Setext\n===\n",
        "+++\n", "title: x\n", "“Quoted,” she said.\n", "Line  \n", "[^1]: note\n", "\t\ttab\n",
    ],
    "html": [
        "<p>One council met.</p>\n", "<p>We utilize\n", "it.</p>\n", "<h1>Head</h1>\n", "<ul><li>hall\n",
        "</li></ul>\n", "<pre>\n", "</pre>\n", "text alone\n", "<blockquote>\n", "</blockquote>\n", "\n",
        "<br>\n", "<script>\n", "</script>\n", "<p>a <b>b</b>", " c</p>\n", "<head>\n", "<title>x</title>\n",
    ],
    "txt": [
        "A headline\n", "By Ada Lorne\n", "CORLEY, May 3 — The hall\n", "One council met and we utilize\n",
        "it.\n", "\n", "\n", "* item\n", "___\n", "“Quoted,” she said.\n", "   indented\n", "Subheading\n",
        "Source: a book\n", "A line that is as long as lines are when an agency wraps its copy at some\n",
    ],
}  # fmt: skip
COMMENTS = [
    IGNORE, BOTH, OLD, comment("no-hall"), comment("no-hall", "-file"), START, END,
    comment("plain-use, no-hall", "-start"), comment("no-hall plain-use", "-end"),
    BARE, HALLS, comment("zork, plain-use"), comment("plain-use", "-file", " until: 2020-01-01"), "<!-- another -->",
]  # fmt: skip


def pieces(suffix: str) -> st.SearchStrategy[str]:
    """Copy that may make little sense, with comments on lines of their own and within lines."""
    plain = st.sampled_from(PIECES[suffix])
    alone = st.sampled_from(COMMENTS).map(lambda c: c + "\n")
    around = st.sampled_from(["", "\n", "  ", "> ", "- "])
    spaced = st.tuples(around, alone, st.sampled_from(["", "\n"])).map("".join)
    inline = st.tuples(st.sampled_from(COMMENTS), plain).map("".join)
    return st.lists(st.one_of(plain, plain, alone, spaced, inline), max_size=14).map("".join)


ARTICLES = st.sampled_from(sorted(PIECES)).flatmap(
    lambda suffix: st.tuples(st.just(f"a.{suffix}"), pieces(suffix))
)


def look(article: Article) -> object:
    """What readers see of an article."""
    return (
        [(block.kind, block.text, block.level, block.inside) for block in article.blocks],
        [(link.url, link.text) for link in article.links],
        [key for key in article.meta if not key.startswith("newslint")],
        article.language,
    )


def checked(checker: Checker, name: str, source: str) -> Result:
    result = checker.content(name, source.encode())
    assert not result.errors
    return result


def others(result: Result) -> Counter[tuple[str, str]]:
    found = (
        f for f in result.findings if f.rule not in ("unused-suppression", "expired-suppression")
    )
    return Counter((finding.rule, finding.text) for finding in found)


def made(source: str, findings: Iterable[object]) -> str:
    return fix.apply(source, [edit for f in findings for edit in f.fix.edits])  # type: ignore[attr-defined]


@given(ARTICLES, st.randoms(use_true_random=False))
@settings(max_examples=120)
def test_nothing_else_changes(
    checker: Checker, article: tuple[str, str], chance: random.Random
) -> None:
    name, source = article
    first = checked(checker, name, source)
    fixable = [f for f in first.findings if f.fix.edits and f.rule.endswith("suppression")]
    assert all(finding.fix.safe for finding in fixable)
    before = look(read_source(name, source))
    everything = made(source, fix.compatible(source, fixable))
    alone = [made(source, [finding]) for finding in fixable]
    some = made(source, fix.compatible(source, [f for f in fixable if chance.random() < 0.5]))
    for text in (everything, some, *alone):
        assert look(read_source(name, text)) == before
        after = checked(checker, name, text)
        unknown = {"unknown-suppression"}
        assert {k for k in others(after) if k[0] not in unknown} == {
            k for k in others(first) if k[0] not in unknown
        }
        assert after.suppressed == first.suppressed
    for _ in range(12):
        result = checked(checker, name, everything)
        left = [f for f in result.findings if f.fix.edits and f.rule.endswith("suppression")]
        if not left:
            break
        everything = made(everything, fix.compatible(everything, left))
    else:
        pytest.fail("it does not settle")
    assert "\n\n\n" in source or "\n\n\n" not in everything


def test_the_pieces_have_fixes(checker: Checker) -> None:
    """The property above would hold for a fixer that never fixes."""
    chance, fixed, judged = random.Random(3), 0, 0
    for number in range(150):
        suffix = sorted(PIECES)[number % 3]
        copy = [chance.choice([*PIECES[suffix], *(f"{c}\n" for c in COMMENTS)]) for _ in range(8)]
        found = checked(checker, f"a.{suffix}", "".join(copy)).findings
        ours = [f for f in found if f.rule in ("unused-suppression", "expired-suppression")]
        judged += len(ours)
        fixed += sum(bool(finding.fix.edits) for finding in ours)
    assert fixed > 0.8 * judged > 100


@pytest.mark.parametrize(
    "copy",
    [
        f"{IGNORE}\n\nThe mayor spoke in the council on Monday.\n\n",
        f"{START}\n\nThe mayor spoke in the council on Monday.\n\n{END}\n\n",
        f"<div>\n{IGNORE}\n*The mayor spoke in the council.*\n</div>\n\n",
    ],
)
def test_many_take_no_longer_than_they_are(checker: Checker, copy: str) -> None:
    result = checked(checker, "a.md", copy * 3000)
    assert len(result.findings) == 3000
    assert not checked(checker, "a.md", "<!-- newslint-ignore" + " " * 200_000 + "x -->").errors
