"""Format `html`: one page, opened in a browser that may reach nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Repository, spawn
from hypothesis import given, settings
from hypothesis import strategies as st
from page_browser import CONTRAST, Open, visible

from newslint.article import Span
from newslint.checker import NewSuppression, Result
from newslint.errors import Error
from newslint.finding import Edit, Finding, Fix, Related
from newslint.reports import Look, html
from newslint.reports.html_text import GAP, Mark, marked, text
from newslint.run import Tally

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a small repository: two articles with findings, one without, one unreadable."""
    repo = Repository(tmp_path_factory.mktemp("desk") / "repo")
    repo.desk(
        "id: plain-use\noptions: {check: prefer, terms: {utilize: use}, safe: true}\n",
        "id: no-tk\nseverity: error\nwhy: Readers want facts.\noptions: {check: avoid, terms: [TK]}\n",
        "id: weak\nseverity: info\noptions: {check: avoid, terms: [very]}\n",
    )
    repo.write(
        "content/a.md",
        "---\ntitle: Ferry sold\n---\nThey utilize a very old ferry.\n\nThey utilize it.\n",
    )
    repo.write("content/b.md", "# Bridge closed\n\nIt is closed for TK weeks, very suddenly.\n")
    repo.write("content/clean.md", "# Calm\n\nAll is well.\n")
    repo.write("content/scan.md", b"%PDF-1.7")
    ran = repo.run("check", ".", "--format", "html")
    assert ran.code == 2
    return ran.out


def status(page: Any) -> str:
    return str(page.inner_text("#status"))


def count(page: Any, rule: str) -> str:
    return str(
        page.locator("label", has=page.locator(f"[value='{rule}']")).locator(".number").inner_text()
    )


def rendered(*results: Result, tally: Tally | None = None) -> str:
    tally = tally or Tally()
    return "".join(html.render(tally.count(iter(results)), tally, Look()))


def test_the_page_tells_all(opened: Open, report: str) -> None:
    page = opened(report)
    assert page.title() == "newslint: 1 error, 2 warnings, 2 info in 2 of 3 articles"
    assert page.inner_text("h1").lower() == page.title().removeprefix("newslint: ")
    assert "content/scan.md: a PDF document, not an article" in page.inner_text(".notice")
    assert page.locator("h3").all_text_contents() == ["Bridge closed", "Ferry sold"], (
        "gravest first"
    )
    assert status(page) == "All 5 findings in 2 articles"
    copy = page.locator(".copy").all_inner_texts()
    assert copy[0] == "It is closed for TK1 weeks, very2 suddenly."
    assert page.locator("mark").all_inner_texts() == ["TK", "very", "utilize", "very", "utilize"]
    note = visible(page)[2]
    assert note.startswith("1 Warning “utilize” is not how we say it Say it plainly.")
    assert "utilizeuse" in note.replace(" ", "")
    assert (page.inner_text("del >> nth=0"), page.inner_text("ins >> nth=0")) == ("utilize", "use")
    page.click(".clean summary")
    assert visible(page, ".clean li") == ["content/clean.md"]


def test_filters_by_severity(opened: Open, report: str) -> None:
    page = opened(report)
    page.uncheck("[value=info]")
    assert status(page) == "Showing 3 of 5 findings in 2 articles"
    assert len(visible(page)) == 3
    assert count(page, "weak") == "0"
    assert page.locator("mark:not(.off)").count() == 3, "words of a hidden finding are not marked"
    page.uncheck("[value=warning]")
    assert visible(page, "h3") == ["Bridge closed"]
    page.uncheck("[value=error]")
    assert status(page) == "No finding matches the filters."
    page.click("#show-all")
    assert status(page) == "All 5 findings in 2 articles"


def test_filters_by_rule(opened: Open, report: str) -> None:
    page = opened(report)
    page.check("[value=no-tk]")
    assert status(page) == "Showing 1 of 5 findings in 1 article"
    assert visible(page, "mark:not(.off)") == ["TK"]
    page.check("[value=plain-use]")
    assert status(page) == "Showing 3 of 5 findings in 2 articles"
    assert (count(page, "error"), count(page, "warning"), count(page, "info")) == ("1", "2", "0")


def test_search(opened: Open, report: str) -> None:
    page = opened(report)
    page.clock.install()
    for words, found in (
        ("utilize", 3),  # its paragraph, another finding of that, and the other paragraph
        ("UTILIZE   very", 2),
        ("bridge", 2),
        ("content/a.md", 3),
        ("weeks", 2),
        ("no-tk", 1),
        ("nowhere", 0),
    ):
        before = status(page)
        page.fill("#search", words)
        page.clock.run_for(200)  # it searches once typing pauses
        assert len(visible(page)) == found, words
        assert status(page) != before or found == 2


def test_sorts_by_path_and_back(opened: Open, report: str) -> None:
    page = opened(report)
    for order, first in (("path", "Ferry sold"), ("gravity", "Bridge closed")):
        page.select_option("#sort", order)
        assert page.locator("h3").first.text_content() == first


def test_folds_all_articles(opened: Open, report: str) -> None:
    page = opened(report)
    page.click("#fold")
    assert visible(page) == []
    page.click("#fold")
    assert len(visible(page)) == 5


def test_tells_why(opened: Open, report: str) -> None:
    page = opened(report)
    page.click(".why >> nth=0")
    assert page.inner_text(".reason").startswith("Readers want facts. Desk book")
    assert page.locator(".why").first.get_attribute("aria-expanded") == "true"
    page.click(".why >> nth=0")
    assert page.locator(".reason").count() == 0


def test_a_link_to_an_article_shows_it_in_spite_of_filters(opened: Open, report: str) -> None:
    page = opened(report, "#article-content-b-md", viewport={"width": 900, "height": 300})
    assert (
        page.locator("#article-content-b-md").evaluate("node => node.getBoundingClientRect().top")
        < 60
    )
    page.uncheck("[value=error]")
    page.uncheck("[value=info]")
    assert visible(page, "h3") == ["Ferry sold"]
    page.evaluate("location.hash = 'article-content-a-md'")
    page.evaluate("location.hash = 'article-content-b-md'")
    page.locator("h3", has_text="Bridge closed").wait_for()
    assert visible(page, "h3") == ["Bridge closed", "Ferry sold"]


def test_the_keyboard_reaches_and_works_the_filters(opened: Open, report: str) -> None:
    page = opened(report)
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "document.activeElement.value || document.activeElement.textContent.trim()"
            )
        )
        if reached[-1] == "warning":
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
            page.keyboard.press("Space")
    wanted = ["Skip to the findings", "", "gravity", "error", "warning", "info", "Show all"]
    assert reached[: len(wanted)] == wanted
    assert {"no-tk", "plain-use"} <= set(reached)
    assert status(page) == "Showing 3 of 5 findings in 2 articles"


def test_without_scripts_all_is_there(opened: Open, report: str) -> None:
    page = opened(report, java_script_enabled=False)
    assert len(visible(page)) == 5
    assert visible(page, "input, select, button") == []
    page.click(".by-rule summary")
    assert len(visible(page, ".by-rule li")) == 3
    page.click(".why >> nth=0")
    assert "#rule-no-tk" in page.url
    assert "Readers want facts." in page.inner_text("#rule-no-tk")


@pytest.mark.parametrize("scripts", [False, True])
def test_on_a_phone_the_first_article_is_near(opened: Open, scripts: bool) -> None:
    found = [finding("We utilize it.\n", "utilize", rule=f"rule-{n}") for n in range(60)]
    out = rendered(Result("a.md", True, tuple(found), source="We utilize it.\n"))
    page = opened(out, java_script_enabled=scripts, viewport={"width": 390, "height": 844})
    assert visible(page, ".by-rule li") == []
    assert page.locator(".sheet").bounding_box()["y"] < 1.2 * 844
    page.click(".by-rule summary")
    assert len(visible(page, ".by-rule li")) == 60


def test_new_suppressions_are_told_once(opened: Open) -> None:
    new = NewSuppression("a.md", 4, "plain-use", "his word")
    result = Result("a.md", True, notices=("not in English", new.notice), new_suppressions=(new,))
    page = opened(rendered(result))
    notices = visible(page, ".notice")
    assert [notice.count("plain-use") for notice in notices] == [1, 0]
    assert "not in English" in notices[1]


def test_landmarks_and_headings(opened: Open, report: str) -> None:
    page = opened(report)
    for selector in ("header", "main", "footer", "form[role=search]", "h1", "#status[role=status]"):
        assert page.locator(selector).count() == 1, selector
    levels = page.locator("h1, h2, h3").evaluate_all("all => all.map(node => +node.localName[1])")
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    unnamed = "all => all.filter(node => !node.labels?.length && !node.textContent.trim()).length"
    assert page.locator("input, select, button, a").evaluate_all(unnamed) == 0
    ids = page.locator("[id]").evaluate_all("all => all.map(node => node.id)")
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(opened: Open, report: str, scheme: str) -> None:
    page = opened(report, color_scheme=scheme)
    page.uncheck("[value=info]")
    page.check("[value=info]")
    assert page.evaluate(CONTRAST) == []
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    dark = sum(map(int, re.findall(r"\d+", paper)[:3])) < 150
    assert dark == (scheme == "dark")


def test_on_paper(opened: Open, report: str) -> None:
    page = opened(report, color_scheme="dark")
    page.uncheck("[value=info]")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(CONTRAST) == []
    assert visible(page, "form, button, .clean, .here") == []
    assert len(visible(page)) == 3, "what the filters leave is what is printed"
    assert len(page.pdf(format="A4")) > 1000


LONG = "Llanfairpwll" * 30


@pytest.mark.parametrize("width", [320, 768, 1600])
def test_nothing_is_wider_than_the_window(opened: Open, width: int) -> None:
    copy = f"{LONG} utilize {LONG}\n"
    found = finding(copy, "utilize", message=LONG, fix=Fix(LONG), path=f"{LONG}/a.md")
    about = finding(copy, LONG, whole_article=True, path=f"{LONG}/a.md")
    tally = Tally([Error(LONG, "crash", LONG)])
    page = opened(
        rendered(Result(f"{LONG}/a.md", True, (about, found), source=copy), tally=tally),
        viewport={"width": width, "height": 800},
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def finding(copy: str, words: str, **more: Any) -> Finding:
    start = copy.index(words)
    made = {
        "rule": "plain-use", "severity": "warning", "message": "say it plainly", "path": "a.md",
        "span": Span(start, start + len(words)), "text": words, "fix": Fix("Say it plainly."),
    }  # fmt: skip
    return Finding(**{**made, **more})


HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script><!--",
    "</style></title></textarea></p></details><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)> ' autofocus onfocus=alert(1) x='",
    '<a href="javascript:alert(1)">x</a> javascript:alert(1) data:text/html,<script>alert(1)</script>',
    "<iframe src=https://evil.example></iframe><link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'><base href=//evil.example>",
    "&lt;script&gt; &amp;quot; &#0; ]]> <![CDATA[",
    "\u202egnitirw\u202c \u2066x\u2069 \x00\x1b[31m \ud800 \ufeff \U000e0041",
]
ELEMENTS = "() => [...document.querySelectorAll('*')].map(n => n.localName + [...n.attributes].map(a => a.name))"


def hostile_report(*hostile: str) -> str:
    tally = Tally([Error(words, "crash", words) for words in hostile], hostile)
    tally.grown = list(hostile)
    tally.new_suppressions = [NewSuppression(words, 1, words, words) for words in hostile]
    results = [result for words in hostile for result in hostile_results(words)]
    return rendered(*results, tally=tally).encode("utf-8", "backslashreplace").decode()


def hostile_results(hostile: str) -> Iterator[Result]:
    copy = f"{hostile} words"
    place = Related(hostile, Span(0, 0), hostile, hostile, (1, 1, 1, 1))
    edits = (Edit(Span(0, len(copy)), hostile + " more"), Edit(Span(len(copy), len(copy)), hostile))
    found = finding(
        copy, copy, rule=hostile, message=hostile, path=hostile, fix=Fix(hostile, edits),
        related=(place,),
    )  # fmt: skip
    about = finding(copy, "words", whole_article=True)
    yield Result(hostile, True, (about, found), source=copy)
    yield Result(hostile + "x", True)


def test_hostile_copy_makes_no_element(opened: Open) -> None:
    shown = ("spanclass,title", "iclass,title")  # stand for characters that do not show
    page = opened(hostile_report(*HOSTILE))
    told = [each for each in page.evaluate(ELEMENTS) if each not in shown]
    assert len(told) > 30 * len(HOSTILE)
    links = "[...document.links].filter(a => !/^(https:|file:.*#)/.test(a.href)).length"
    assert page.evaluate(links) == 0
    page.click("#fold")
    page = opened(hostile_report(*(f"plain {n}" for n in range(len(HOSTILE)))))
    assert told == page.evaluate(ELEMENTS)


def test_controls_are_made_visible(opened: Open) -> None:
    page = opened(hostile_report("paid \u202ebill\u202c \u2067x"))
    body = page.evaluate("document.documentElement.innerHTML")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", body)
    assert page.inner_text("mark >> nth=0").startswith("paid U+202EbillU+202C U+2067x")
    assert page.locator(".control").first.get_attribute("title") == "right-to-left override"


@settings(max_examples=60)
@given(st.text("<>&\"'a \n/=\u202e\x00é😀\u200d\ufffc-!", max_size=30))
def test_any_copy_is_text(hostile: str) -> None:
    """And no character of it is lost."""
    out = text(hostile)
    assert not re.search(r"<(?!/?(span|i)\b)|[\u202e\x00\ufffc]", out)
    kept = re.sub(
        r'<span class="control" title="[^"]*">U\+([0-9A-F]+)</span>',
        lambda m: chr(int(m[1], 16)),
        out,
    )
    kept = re.sub(r"<i [^>]*>\[…\]</i>", "\ufffc", kept)
    for name, character in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("#x27", "'"), ("amp", "&")):
        kept = kept.replace(f"&{name};", character)
    assert kept == hostile


@settings(max_examples=200)
@given(
    st.integers(0, 60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)
)  # fmt: skip
def test_marks_cover_exactly_the_words(length: int, ranges: list[tuple[int, int]]) -> None:
    """Overlapping or empty, at either end: each number once, and its marks are its words."""
    words = "".join(chr(0x100 + n) for n in range(length))
    places = [(min(a, b, length), min(max(a, b), length)) for a, b in ranges]
    out = marked(words, [Mark(a, b, n, "info") for n, (a, b) in enumerate(places)])
    assert re.sub(r"<sup.*?</sup>|<[^>]*>", "", out) == words
    assert sorted(map(int, re.findall(r"<sup[^>]*>(\d+)<", out))) == list(range(len(places)))
    pieces = re.findall(r'<mark class="[^"]*" data-n="([^"]*)">([^<]*)</mark>', out)
    for number, (start, end) in enumerate(places):
        assert "".join(part for of, part in pieces if str(number) in of.split()) == words[start:end]


def test_of_a_long_passage_only_what_is_near_is_shown() -> None:
    words = "word " * 2000
    out = marked(words, [Mark(5000, 5004, 1, "info"), Mark(9995, 9999, 2, "info")])
    assert out.count(GAP) == 2
    assert out.startswith(GAP)
    assert len(out) < 1500
    whole = marked(words, [Mark(0, len(words), 1, "info")])
    assert len(whole) < 1000
    assert whole.count(GAP) == 1
    assert whole.count("<sup") == 1
    assert "…" not in marked("word " * 100, [Mark(5, 9, 1, "info")])


@pytest.mark.parametrize(
    ("words", "old", "new", "shown"),
    [
        ("They utilize it.", "utilize", "use", "<del>utilize</del><ins>use</ins>"),
        ("in order to win", "in order to", "to", "<del>in order to</del><ins>to</ins>"),
        ("a, b, and c.", "a, b, and c.", "a, b and c.", "a, <del>b,</del><ins>b</ins> and c."),
        ("a  b", "  ", " ", "a <del> </del>b"),
        ("so(x)y", "(x)", "", "so<del>(x)</del>y"),
    ],
)
def test_an_edit_is_shown_before_and_after(words: str, old: str, new: str, shown: str) -> None:
    at = words.index(old)
    fix = Fix("Mend it.", (Edit(Span(at, at + len(old)), new),), safe=True)
    out = rendered(Result("a.txt", True, (finding(words, old, fix=fix),), source=words))
    assert f'<p class="edit" dir="auto">{shown}</p>' in out


def test_articles_of_like_names_have_ids_of_their_own() -> None:
    copy = "They utilize it."
    paths = ["a/b.md", "a-b.md", "a b.md", "A/B.md", "a/b_2.md", "日本.md", "日本語.md"]
    results = [
        Result(path, True, (finding(copy, "utilize", path=path),), source=copy) for path in paths
    ]
    ids = re.findall(r' id="([^"]+)"', rendered(*results))
    assert len(set(ids)) == len(ids)


def test_a_clean_run(opened: Open, repo: Repository) -> None:
    repo.desk("id: plain-use\n")
    repo.write("a.md", "All is well.\n")
    page = opened(repo.run("check", ".", "--format", "html").out)
    assert page.inner_text("h1") == "No findings in 1 article"
    assert page.inner_text(".clear") == "Nothing to mend."
    assert visible(page, "input, select, button") == []


def test_a_run_that_cannot_begin_says_so(opened: Open, repo: Repository) -> None:
    repo.config("rules: [\n")
    page = opened(repo.run("check", ".", "--format", "html").out)
    assert page.inner_text("h1") == "No article checked"
    assert "newslint.yml, line 2: not valid YAML" in page.inner_text(".notice")


def test_an_archive_stays_small() -> None:
    """2,592 articles with four findings each."""
    copy = "# The council of Varnholm met\n\n" + "".join(
        f"Paragraph {n} says that they will utilize the ferry, the harbour master said on Tuesday "
        "after a meeting of more than four hours with the owners of the boats and the shops along "
        "the quay, and that nobody knows what it will cost the town in the end.\n\n"
        for n in range(4)
    )
    places = [match.start() for match in re.finditer("utilize", copy)]
    why = "“utilize” has a plainer form: “use”"
    results = (
        Result(path, True, tuple(
            finding(copy, "utilize", span=Span(at, at + 7), path=path, message=why) for at in places
        ), source=copy)
        for path in (f"content/news/2026/07/council-of-varnholm-met-{n:04}.md" for n in range(2592))
    )  # fmt: skip
    tally = Tally()
    size = sum(len(part.encode()) for part in html.render(tally.count(results), tally, Look()))
    assert tally.severities["warning"] == 4 * 2592
    assert size < 15_000_000


def test_the_page_loads_nothing_and_allows_nothing(report: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', report)
    assert policy
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert not re.search(
        r"""(src|href)\s*=\s*["'](?!#|data:,|https://)|@import|url\(""",
        report.split("<script>")[0],
    )
    assert len(re.findall(r"<script\b", report)) == 1
    assert " style=" not in report


def test_golden(repo: Repository, request: pytest.FixtureRequest) -> None:
    source = GOLDEN / "repository"
    for path in sorted(source.rglob("*")):
        if path.is_file():
            repo.write(path.relative_to(source).as_posix(), path.read_bytes())
    ran = repo.run("check", ".", "--format", "html")
    assert ran.code == 2
    kept = GOLDEN / "report.html"
    if request.config.getoption("--update-golden"):
        kept.write_text(ran.out, encoding="utf-8")
    assert ran.out == kept.read_text(encoding="utf-8")
    assert repo.run("check", ".", "--format", "html", "--jobs", "2").out == ran.out


def test_the_page_of_the_examples(opened: Open) -> None:
    ran = spawn("check", "--format", "html", cwd=ROOT / "examples")
    page = opened(ran.out)
    total = len(visible(page))
    assert total > 50
    assert page.evaluate(
        "[...document.querySelectorAll('a.why')].every(a => document.getElementById(a.hash.slice(1)))"
    )
    page.check("[value=placeholder]")
    assert 0 < len(visible(page)) < total
