"""What people read of an audit: the page in a browser, report.md, the terminal."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from audit_tables import written
from conftest import Repository
from hypothesis import given
from hypothesis import strategies as st
from page_browser import CONTRAST, Open, visible

from newslint.audit import report
from newslint.audit.report import charts, groups, periods, samples
from newslint.audit.report.differences import differing
from newslint.audit.report.figures import Group, Rule
from newslint.audit.report.terminal import show
from newslint.errors import NewslintError

DESK = (
    "id: plain-use\ntitle: Plain words\noptions: {check: prefer, terms: {utilize: use}}\n",
    "id: no-tk\nseverity: error\nwhy: Readers want facts.\noptions: {check: avoid, terms: [TK]}\n",
    "id: weak\nseverity: info\noptions: {check: avoid, terms: [very]}\n",
    'id: twice\nkind: duplicate\nmessage: again\nseverity: error\noptions: {check: headline, telling: [monday], separators: ["/"], words: 3}\n',
)
FERRY = "---\ntitle: {title}\ndate: {date}\nauthor: {author}\nsection: {section}\n---\n{copy}\n"


def article(title: str, copy: str, day: str = "2019-03-02", author: str = "Ada Quill") -> str:
    return FERRY.format(title=title, copy=copy, date=day, author=author, section="Harbour")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The audit of five articles: one without findings, one without a date, one unreadable."""
    repo = Repository(tmp_path_factory.mktemp("archive") / "repo")
    repo.desk(*DESK)
    for name, text in {
        "a": article(
            "Old ferry sold to Harwick", "They utilize a very old ferry. They utilize it."
        ),
        "b": article("Bridge closed", "Closed for TK weeks.", "2021-11-30", "Ben Inkwell"),
        "c": article("Old ferry sold to Harwick", "The ferry is sold, once more.", "2021-12-24"),
        "d": "# Calm\n\nAll is well.\n",
    }.items():
        repo.write(f"content/{name}.md", text)
    repo.write("content/scan.md", b"%PDF-1.7")
    ran = repo.run("audit", "content", "--out", "out", "--jobs", "1")
    assert ran.code == 2, ran.err
    return repo.root / "out"


@pytest.fixture(scope="module")
def page(archive: Path) -> str:
    return (archive / "report.html").read_text(encoding="utf-8")


def made(folder: Path, *tables: Any) -> str:
    """The page of tables that a test has thought of."""
    report.write(written(folder, *tables))
    return (folder / "report.html").read_text(encoding="utf-8")


def status(page: Any) -> str:
    return str(page.inner_text("#status")).split(". ")[0]


def test_the_page_tells_what_was_audited(opened: Open, page: str) -> None:
    tab = opened(page)
    assert tab.inner_text("h1") == "3 errors, 2 warnings, 1 info in 3 of 4 articles"
    about = tab.inner_text("#audited")
    assert "March 2019 to December 2021; 1 without a date" in about
    assert "1 could not be checked" in about
    assert "scan.md: a PDF document, not an article" in about
    assert visible(tab, ".totals li")[0].startswith("3 errors")


def rows(tab: Any, part: str) -> list[list[str]]:
    told = tab.locator(f"#{part} > .wide tbody tr").all()
    return [[c.strip() for c in row.locator("th, td").all_inner_texts() if c] for row in told]


def test_numbers_by_year_section_and_author(opened: Open, page: str) -> None:
    tab = opened(page)
    assert [row[:2] + row[3:6] for row in rows(tab, "time")] == [
        ["2019", "1", "1", "2", "1"],
        ["2021", "2", "2", "0", "0"],
        ["no date", "1", "0", "0", "0"],
    ]
    assert [row[:2] for row in rows(tab, "by-section")] == [["Harbour", "3"], ["none", "1"]]
    assert [row[0] for row in rows(tab, "by-author")] == ["Ada Quill", "Ben Inkwell", "none"]
    assert [row[:3] for row in rows(tab, "by-rule-table")] == [
        ["A rule of the desk twice", "error", "2"],
        ["A rule of the desk no-tk", "error", "1"],
        ["Plain words plain-use", "warning", "2"],
        ["A rule of the desk weak", "info", "1"],
    ] or rows(tab, "by-rule-table")
    assert tab.locator("#time .chart").count() == 8
    told = tab.locator("#time .chart.error title").first.text_content()
    assert told.startswith("March 2019: 1 article")


def test_an_article_by_several_counts_for_each(opened: Open, tmp_path: Path) -> None:
    signed = ("Ada Quill, Ben Inkwell", "Ada Quill", None)
    places = [{"locator": f"{n}.md", "byline": byline} for n, byline in enumerate(signed)]
    tab = opened(made(tmp_path, places, [found("0.md", "x"), found("1.md", "x")]))
    assert [row[:2] for row in rows(tab, "by-author")] == [
        ["Ada Quill", "2"], ["Ben Inkwell", "1"], ["none", "1"],
    ]  # fmt: skip
    tab.select_option("#author", "Ben Inkwell")
    assert status(tab).startswith("Showing 2 of")


def found(locator: str, rule: str, **more: Any) -> dict[str, Any]:
    """A warning in an article."""
    return {"locator": locator, "rule": rule, "severity": "warning", "text": "word",
            "fingerprint": f"{locator}{rule}", "message": f"“word” is {rule}", **more}  # fmt: skip


def test_what_articles_tell_together_makes_none_to_look_at_first(tmp_path: Path) -> None:
    places = [{"locator": name, "headline": name.upper()} for name in ("a.md", "b.md", "c.md")]
    findings = [
        found("a.md", "twice", severity="error", across=True),
        found("b.md", "twice", severity="error", across=True),
        found("b.md", "own"),
        found("c.md", "own", severity="error"),
    ]
    made(tmp_path, places, findings)
    told = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert re.findall(r"^- \*\*(\w)\.MD.*: (.*) \(", told, re.MULTILINE) == [
        ("C", "1 error"), ("B", "1 error, 1 warning"),
    ]  # fmt: skip


def test_an_example_is_told_as_a_reader_sees_it(opened: Open, tmp_path: Path) -> None:
    findings = [
        found("a.md", "x", text="now</a>!", shown="now!", before="Sign up ", after=" Hurry."),
        found("a.md", "y", text="stg.harbour.example", shown="", before="the site", after=" is up"),
    ]
    tab = opened(made(tmp_path, [{"locator": "a.md"}], findings), "#rule-x")
    assert visible(tab, "#rule-x .copy") == ["Sign up now! Hurry."]
    told = tab.locator("#rule-y .copy").text_content()
    assert told.split() == ["the", "site", "stg.harbour.example", "is", "up"]


def test_only_words_drift_and_what_is_like_is_rounded_down(opened: Open, tmp_path: Path) -> None:
    shared = {"rule": "r", "cluster": "1", "subject": "We sail"}
    clusters = [
        {**shared, "locator": "a.md", "kind": "quotation", "text": "We\nsail  at ten"},
        {**shared, "locator": "b.md", "kind": "quotation", "role": "variant",
         "text": "We sail at noon", "note": "said by Ada Quill"},
        {**shared, "locator": "a.md", "kind": "copy", "role": "first", "score": 1.0},
        {**shared, "locator": "b.md", "kind": "copy", "role": "copy", "score": 0.9961},
    ]  # fmt: skip
    tab = opened(made(tmp_path, [{"locator": "a.md"}, {"locator": "b.md"}], [], clusters))
    assert visible(tab, "#across-quotation mark") == ["noon"]
    assert visible(tab, "#across-quotation .note-of") == ["said by Ada Quill"]
    assert visible(tab, "#across-copy .score") == ["99 % in common"]


def test_each_rule_with_its_reason_and_examples(opened: Open, page: str) -> None:
    tab = opened(page, "#rule-no-tk")
    assert visible(tab, "#rule-no-tk .copy") == ["Closed for TK weeks."]
    assert visible(tab, "#rule-no-tk mark") == ["TK"]
    shown = tab.inner_text("#rule-no-tk")
    assert "Readers want facts." in shown
    assert "Ben Inkwell" in shown
    assert "b.md, line" in shown


def test_articles_to_look_at_first_and_those_compared(opened: Open, page: str) -> None:
    tab = opened(page)
    first = tab.locator("#worst h3").all_inner_texts()
    assert set(first) == {"Old ferry sold to Harwick", "Bridge closed"}
    tab.click("#worst summary >> nth=0")
    assert tab.locator("#worst .group >> nth=0").locator(".item").first.is_visible()
    assert visible(tab, "#across-headline h3") == ["Old ferry sold to Harwick"]
    assert [day[:10] for day in visible(tab, "#across-headline li")] == ["2019-03-02", "2021-12-24"]


def test_search_and_filters(opened: Open, page: str) -> None:
    tab = opened(page)
    tab.clock.install()
    everything = status(tab)
    assert everything.endswith("examples")
    tab.fill("#search", "“utilize” ADA")
    tab.clock.run_for(200)
    assert len(visible(tab, "#examples .item")) == 2
    assert visible(tab, "#across-headline") == []
    tab.click("#show-all")
    tab.clock.run_for(10)
    assert status(tab) == everything
    tab.select_option("#author", "Ben Inkwell")
    assert set(visible(tab, "#examples .item .author")) == {"Ben Inkwell"}
    tab.select_option("#author", "")
    tab.select_option("#year", "2019")
    tab.select_option("#rule", "weak")
    assert visible(tab, "#examples mark") == ["very"]
    tab.uncheck("[value=info]")
    assert status(tab) == "Nothing on this page matches."


def test_a_table_is_sorted_by_what_one_clicks(opened: Open, page: str) -> None:
    tab = opened(page)
    first = "#by-author tbody th >> nth=0"
    for name in ("Ada Quill", "none"):
        tab.click("#by-author thead button >> text=Author")
        assert tab.inner_text(first) == name
    assert tab.get_attribute("#by-author thead th >> nth=0", "aria-sort") == "descending"
    tab.click("#by-author thead button >> text=Errors")
    assert "none" not in tab.inner_text(first)


def test_the_keyboard_reaches_and_works_everything(opened: Open, page: str) -> None:
    tab = opened(page)
    reached = []
    for _ in range(25):
        tab.keyboard.press("Tab")
        reached.append(
            tab.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
        )
        if reached[-1] == "rule":
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert tab.evaluate(outline) in ("solid", "auto")
            tab.keyboard.type("no-tk")
    assert reached[0] == "Skip to the report"
    assert [name for name in reached if name in ("search", "rule", "section", "author", "year")]
    assert len(visible(tab, "#examples .item")) == 1
    tab.keyboard.press("Home")
    assert len(set(reached)) > 15, "the focus moves on"


def test_without_scripts_all_is_there(opened: Open, page: str) -> None:
    tab = opened(page, java_script_enabled=False)
    assert visible(tab, "input, select, button") == []
    tab.click("#rule-no-tk summary")
    assert visible(tab, "#rule-no-tk mark") == ["TK"]


def test_on_paper(opened: Open, page: str) -> None:
    tab = opened(page, color_scheme="dark")
    tab.emulate_media(media="print")
    assert visible(tab, "form, nav, input, select, button, .skip") == []
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert visible(tab, "#rule-no-tk mark") == ["TK"], "nothing is folded"
    assert visible(tab, "#by-author thead th")[0] == "Author"
    assert tab.evaluate(CONTRAST) == []
    tab.evaluate("dispatchEvent(new Event('afterprint'))")
    assert tab.locator("details[open]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(opened: Open, page: str, scheme: str) -> None:
    tab = opened(page, color_scheme=scheme)
    tab.click("#fold")
    assert tab.evaluate(CONTRAST) == []


def test_landmarks_headings_and_names(opened: Open, page: str) -> None:
    tab = opened(page)
    for selector in ("header", "main", "footer", "nav", "form[role=search]", "h1", "#status"):
        assert tab.locator(selector).count() == 1, selector
    levels = tab.locator("h1, h2, h3").evaluate_all("all => all.map(node => +node.localName[1])")
    assert all(below <= above + 1 for above, below in pairwise(levels[1:]))
    unnamed = "all => all.filter(node => !node.labels?.length && !node.textContent.trim()).length"
    assert tab.locator("input, select, button, a").evaluate_all(unnamed) == 0
    ids = tab.locator("[id]").evaluate_all("all => all.map(node => node.id)")
    assert len(set(ids)) == len(ids)
    for link in tab.locator("nav a").evaluate_all("all => all.map(node => node.hash)"):
        assert tab.locator(link).count() == 1


LONG = "Llanfairpwll" * 30


@pytest.mark.parametrize("width", [320, 1600])
def test_nothing_is_wider_than_the_window(opened: Open, tmp_path: Path, width: int) -> None:
    place = {"locator": f"{LONG}.md", "headline": LONG, "published": "2020-02-02"}
    found = {**place, "rule": "long", "severity": "error", "message": LONG, "text": LONG}
    cluster = {**place, "kind": "quotation", "cluster": "1", "subject": LONG, "text": LONG}
    tables = ([{**place, "byline": LONG, "section": LONG}], [found], [cluster])
    tab = opened(made(tmp_path, *tables), viewport={"width": width, "height": 800})
    tab.click("#fold")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


HOSTILE = [
    "<script>alert(1)</script>",
    "</script></style></title></select><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)> ' autofocus onfocus=alert(1) x='",
    "javascript:alert(1)",
    "\u202egnitirw\u202c \x00\x1b[31m @everyone #12 ![x](https://evil.example/y.png) | a |",
]


def hostile(folder: Path) -> Path:
    articles, findings, clusters = [], [], []
    for words in HOSTILE:
        place = {"locator": words, "headline": words, "published": "2020-02-02", "url": words}
        articles.append({**place, "byline": words, "section": words, "notices": [words]})
        articles.append(
            {"locator": words + "x", "checked": False, "code": "crash", "message": words}
        )
        shown = {"text": words, "before": words, "after": words, "message": words, "advice": words}
        findings.append({**place, **shown, "rule": words, "severity": "error"})
        clusters += [
            {**place, "text": words + n, "kind": kind, "cluster": words, "subject": words,
             "note": words, "rule": words, "role": "variant"}
            for kind in groups.KINDS for n in "12"
        ]  # fmt: skip
    return written(folder, articles, findings, clusters)


def test_hostile_copy_makes_no_element(opened: Open, tmp_path: Path) -> None:
    report.write(hostile(tmp_path))
    tab = opened((tmp_path / "report.html").read_text(encoding="utf-8"))
    tab.click("#fold")
    assert (
        tab.locator("main :is(script, img, iframe, link, base, [onerror], [onload])").count() == 0
    )
    links = "[...document.links].filter(a => !/^(https:|file:.*#)/.test(a.href)).length"
    assert tab.evaluate(links) == 0
    assert "\u202e" not in tab.inner_text("body")


def test_hostile_copy_calls_nobody_in_markdown(tmp_path: Path) -> None:
    report.write(hostile(tmp_path))
    told = (tmp_path / "report.md").read_text(encoding="utf-8")
    for words in ("<script", "<img", "@everyone", "#12", "![x]", "\x1b", "\u202e"):
        assert words not in told, words
    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in re.findall(r"(?m)^\|.*", told)}
    assert widths <= {5, 8}, "no article text ends a cell"


def test_hostile_copy_does_not_reach_the_terminal(tmp_path: Path) -> None:
    folder = hostile(tmp_path)
    told = "".join(show(folder)) + "".join(show(folder, rule=HOSTILE[-1]))
    told += "".join("".join(show(folder, kind=kind)) for kind in groups.KINDS)
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "\\x1b" in told


def large(folder: Path, articles: int, notices: tuple[str, ...] = ()) -> Path:
    day = date(1990, 1, 1)
    places = [
        {
            "locator": f"{n:06}.md", "byline": f"Writer {n % 90:02}", "headline": f"Story {n}",
            "published": (day + timedelta(days=7 * n % 2000)).isoformat(), "section": f"Desk {n % 50:02}",
        }
        for n in range(articles)
    ]  # fmt: skip
    findings = [
        {"locator": place["locator"], "rule": f"rule-{n}", "severity": "warning", "text": "word",
         "fingerprint": f"{place['locator']}{n}", "message": "m"}
        for place in places for n in range(5)
    ]  # fmt: skip
    clusters = [
        {**place, "kind": "headline", "cluster": f"{max(n - 14, 0) % 100}", "subject": "Story"}
        for n, place in enumerate(places)
    ]
    kept = [{k: v for k, v in c.items() if k not in ("byline", "section")} for c in clusters]
    return written(folder, places, findings, kept, notices)


def test_what_is_cut_is_announced(tmp_path: Path) -> None:
    told = made_of(large(tmp_path, 400, notices=("300 groups were too large",)))
    assert "1,500 of 2,000 findings are shown, at most 300 of each rule" in told
    assert "100 more of this rule are in findings.parquet." in told
    assert "20 more sections with fewer articles are not listed." in told
    assert "50 more authors with fewer articles are not listed." in told
    assert "40 more headlines: in clusters.parquet." in told
    assert "10 more in clusters.parquet." in told
    assert "300 groups were too large" in told
    assert told.count('<li class="item') == 1500 + 30 * 5


def made_of(folder: Path) -> str:
    report.write(folder)
    return (folder / "report.html").read_text(encoding="utf-8")


def test_the_page_does_not_grow_with_the_archive(tmp_path: Path) -> None:
    small, great = tmp_path / "small", tmp_path / "great"
    small.mkdir()
    great.mkdir()
    sizes = [len(made_of(large(folder, n))) for folder, n in ((small, 500), (great, 1000))]
    assert sizes[1] < 1.15 * sizes[0]


def test_samples_are_spread_over_years_and_articles(tmp_path: Path) -> None:
    articles = [
        {"locator": f"{n}.md", "published": f"{2000 + n}-01-01", "section": "Town"}
        for n in range(10)
    ]
    findings = [
        {
            "locator": f"{n}.md",
            "rule": "r",
            "severity": "info",
            "fingerprint": f"{n} {m}",
            "line": m,
        }
        for n in range(10)
        for m in range(1 if n else 200)
    ]
    folder = written(tmp_path, articles, findings)
    from newslint.audit.report.asking import prepare
    from newslint.audit.report.tables import opened

    with opened(folder) as tables:
        prepare(tables)
        found = samples.samples(tables, 12)["r"]
    assert len(found) == 12
    assert {sample.published for sample in found} == {a["published"] for a in articles}
    assert [s.locator for s in found[:10]].count("0.md") == 1


def test_the_same_tables_make_the_same_bytes(archive: Path) -> None:
    before = [(archive / name).read_bytes() for name in ("report.html", "report.md")]
    report.write(archive)
    assert [(archive / name).read_bytes() for name in ("report.html", "report.md")] == before


def test_an_audit_of_nothing(opened: Open, tmp_path: Path) -> None:
    tab = opened(made(tmp_path, []))
    assert tab.inner_text("h1") == "No article could be read"
    assert "no article has a date" in tab.inner_text("#audited")


def test_the_report_in_markdown(archive: Path) -> None:
    told = (archive / "report.md").read_text(encoding="utf-8")
    assert told.startswith("# newslint audit: 3 errors, 2 warnings, 1 info in 3 of 4 articles\n")
    assert "| 2019 | 1 | 8 | 1 | 2 | 1 | 500.0 |" in told or "| 2019 | 1 |" in told
    assert "| 2 | 1 | warning | [plain-use]" in told
    assert "- Headlines that ran more than once: 1, in 2 articles" in told


def test_the_summary_in_the_terminal(archive: Path) -> None:
    told = "".join(show(archive))
    assert told.startswith("3 errors, 2 warnings, 1 info in 3 of 4 articles\n")
    assert "Could not be checked\n" in told
    assert re.search(r"\n +2 +1  warning  plain-use +Plain words\n", told)
    assert "Headlines that ran more than once: 1, in 2 articles (--cluster headline)" in told
    assert "\033[" not in told
    assert "\033[" in "".join(show(archive, color=True))


def test_one_rule_and_one_kind_in_the_terminal(archive: Path) -> None:
    told = "".join(show(archive, rule="plain-use"))
    assert "They [utilize] a very old ferry." in told
    assert told.endswith("2 findings.\n")
    told = "".join(show(archive, kind="headline"))
    assert told.index("2019-03-02") < told.index("2021-12-24")


def test_the_numbers_as_json(archive: Path) -> None:
    told = json.loads("".join(show(archive, format="json")))
    assert told["version"] == 1
    assert told["all"]["articles"] == 4
    assert {rule["rule"]: rule["findings"] for rule in told["rules"]}["plain-use"] == 2
    assert told["clusters"] == {"headline": {"count": 1, "members": 2}}


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"rule": "plain-us"}, 'Did you mean "plain-use"?'),
        ({"kind": "headlines"}, 'Did you mean "headline"?'),
        ({"rule": "weak", "format": "json"}, "gives the numbers"),
    ],
)
def test_what_is_not_there_is_refused(archive: Path, wanted: dict[str, str], said: str) -> None:
    with pytest.raises(NewslintError) as refused:
        "".join(show(archive, **wanted))
    assert said in str(refused.value.error)


def test_a_folder_that_holds_no_audit_or_a_broken_one(archive: Path, tmp_path: Path) -> None:
    for content, said in ((None, "holds no finished audit"), (b"no Parquet", "cannot be read")):
        if content:
            written(tmp_path, [])
            (tmp_path / "findings.parquet").write_bytes(content)
        with pytest.raises(NewslintError) as refused:
            "".join(show(tmp_path))
        assert said in str(refused.value.error)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=40), st.integers(1, 300))
def test_all_rules_together_fit_the_budget(counts: list[int], budget: int) -> None:
    rules = [Rule(f"{n}", "info", count, 1, 0) for n, count in enumerate(counts)]
    most = samples.share(rules, budget)
    used = sum(min(count, most) for count in counts)
    assert used <= max(budget, len(counts))
    assert most >= budget or sum(min(count, most + 1) for count in counts) > budget


@given(st.floats(1e-5, 1e9))
def test_a_scale_ends_at_a_round_number(value: float) -> None:
    top = charts.ceiling(value)
    assert value * 0.999 <= top <= value * 2.6
    assert f"{top:e}"[0] in "125"


def test_gaps_are_months_without_articles() -> None:
    one, other = Group("2019-11", 2, 10, 1, 0, 0), Group("2020-02", 1, 10, 0, 0, 0)
    what, even = periods.even([one, other])
    assert what == "month"
    assert [(g.name, g.articles) for g in even] == [
        ("2019-11", 2), ("2019-12", 0), ("2020-01", 0), ("2020-02", 1),
    ]  # fmt: skip


def test_a_long_span_is_told_by_years_and_a_mad_one_without_gaps() -> None:
    def of(*months: str) -> tuple[str, int]:
        what, even = periods.even([Group(month, 1, 1, 0, 0, 0) for month in months])
        return what, len(even)

    assert of("1950-01", "2020-12") == ("year", 71)
    assert of("0001-01", "2020-12", "9999-01") == ("year", 3)


@given(st.text(max_size=60), st.text(max_size=60))
def test_differences_are_the_whole_second_text(first: str, second: str) -> None:
    pieces = list(differing(first, second))
    assert "".join(words for words, _ in pieces) == second.replace("\n", "\n")
    if first == second:
        assert not any(new for _, new in pieces)


def test_words_that_drifted_are_marked() -> None:
    pieces = list(differing("We will close it in May", "We may close it in May"))
    assert [words for words, new in pieces if new] == ["may"]
