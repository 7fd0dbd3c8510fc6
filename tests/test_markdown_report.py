"""Format `markdown`: a comment that GitHub's own parser reads as it is meant."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from conftest import Repository
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint.article import Span
from newslint.checker import NewSuppression, Result
from newslint.errors import Error
from newslint.finding import Finding, Fix, Related
from newslint.reports import Look, markdown
from newslint.rule import Rule, Source
from newslint.rulebook import Known
from newslint.run import Tally

cmarkgfm = pytest.importorskip("cmarkgfm", reason="GitHub's parser comes with the dev extra")

GOLDEN = Path(__file__).parent / "golden"
PAGE = "https://docs.example/rules/plain-use.md"
HOSTILE = [
    "@everyone and @desk/editors, see #12, GH-7, team/site#4, !5, $6, ~bug, %v1, &8 and 0a1b2c3d4e",
    "![shot](https://evil.example/p.png) [click](javascript:alert(1)) <https://evil.example>",
    "https://evil.example/a www.evil.example mail me@evil.example mailto:me@evil.example",
    "<script>alert(1)</script><img src=x onerror=alert(1)> &lt;b&gt; <!-- gone --> </details>",
    "a | b | c\n---|---|---\n`code` ```fence``` ~~out~~ **b** _i_ \\",
    "# head\n- item\n1. item\n> quote\n\n    code\n\n---\n===\n[x]: /url",
    "/close\n/merge @desk\n[^1] :octocat: :+1: $x^2$ $$y$$",
    "\u202egnitirw desrever\u202c \u2066x\u2069 \x1b[31m \x00 \u200b",
    "- [ ] task + plus * star 1) one #",
]


class Page(HTMLParser):
    """Rendered Markdown: its elements with their attributes, and its text without marks of code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.depth: dict[str, int] = {}
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        allowed = {"a": {"href"}, "th": {"align"}, "td": {"align"}}.get(tag, set())
        assert dict(attrs).keys() <= allowed, (tag, attrs)
        self.links += [href or "" for name, href in attrs if name == "href"]

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def count(self, tag: str) -> int:
        return self.tags.count(tag)


def parsed(out: str) -> Page:
    return Page(
        cmarkgfm.github_flavored_markdown_to_html(out, cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE)
    )


def finding(source: str, words: str = "", at: int = -1, **more: Any) -> Finding:
    start = source.index(words) if at < 0 else at
    made = {
        "rule": "plain-use", "severity": "warning", "message": "say it plainly", "path": "a.md",
        "span": Span(start, start + len(words)), "text": words, "fix": Fix("Say it plainly."),
    }  # fmt: skip
    return Finding(**{**made, **more})


def rendered(*results: Result, tally: Tally | None = None, look: Look | None = None) -> str:
    tally = tally or Tally()
    return "".join(markdown.render(tally.count(iter(results)), tally, look or Look(rules=rules)))


def rules() -> dict[str, Known]:
    source = Source("Desk book", "https://desk.example/book")
    rule = Rule(
        id="plain-use", kind="terms", title="Plain words", severity="warning", message="x",
        fix="x", why="Readers.", source=source,
    )  # fmt: skip
    return {"plain-use": Known(rule, PAGE)}


def article(copy: str, *findings: Finding, path: str = "a.md") -> Result:
    return Result(path, True, tuple(findings), source=copy)


def many(
    count: int, path: str = "a.md", severity: str = "warning", words: str = "utilize"
) -> Result:
    copy = "".join(f"The council of Varnholm will {words} ferry {n}.\n\n" for n in range(count))
    places = [match.start() for match in re.finditer(re.escape(words), copy)]
    found = [finding(copy, words, at, path=path, severity=severity) for at in places]
    return article(copy, *found, path=path)


def told(page: Page) -> str:
    return " ".join("".join(page.text).split())


COPY = "---\ntitle: Ferry sold\n---\nThe firm spoke. They will *utilize* it. Then they left.\n"


def test_a_finding_is_told_in_full() -> None:
    related = Related("b.md", Span(0, 5), "their\nwords", "the other one", (7, 1, 7, 6))
    found = finding(COPY, "utilize", related=(related,), severity="error")
    page = parsed(rendered(article(COPY, found)))
    assert told(page) == (
        "newslint: 1 error in 1 article Ferry sold a.md "
        "Error, line 4: say it plainly (plain-use) They will utilize it. "
        "Fix: Say it plainly. See b.md, line 7: their words (the other one)."
    )
    assert page.links == [PAGE]
    assert [tag for tag in page.tags if tag != "p"] == [
        "h2", "h3", "ul", "li", "strong", "a", "blockquote", "strong",
    ]  # fmt: skip


def test_articles_with_errors_and_errors_come_first() -> None:
    one = many(1, "a.md", "info")
    copy = "utilize TK\n"
    grave = finding(copy, "TK", path="z.md", severity="error", rule="no-tk")
    two = article(copy, finding(copy, "utilize", path="z.md"), grave, path="z.md")
    page = told(parsed(rendered(one, two)))
    assert page.startswith("newslint: 1 error, 1 warning, 1 info in 2 articles")
    assert page.index("no-tk") < page.index("plain-use")
    assert page.index("z.md") < page.index("a.md")


def test_a_rule_without_a_page_is_no_link() -> None:
    found = finding(COPY, "utilize", rule="desk-rule")
    assert parsed(rendered(article(COPY, found))).links == []


@pytest.mark.parametrize(
    "url", ["https://desk.example/a(b)c", "https://desk.example/a b><\"'[x]\n"]
)
def test_any_address_of_a_rule_is_one_link(url: str) -> None:
    known = Known(rules()["plain-use"].rule, url)
    out = rendered(
        article(COPY, finding(COPY, "utilize")), look=Look(rules=lambda: {"plain-use": known})
    )
    page = parsed(out)
    assert page.count("a") == 1
    assert page.links[0].startswith("https://desk.example/a")


def test_a_long_list_is_folded() -> None:
    page = parsed(rendered(many(markdown.SHOWN)))
    assert (page.count("li"), page.count("details")) == (markdown.SHOWN, 0)
    page = parsed(rendered(many(markdown.SHOWN + 3)))
    assert (page.count("li"), page.count("details"), page.count("summary")) == (
        markdown.SHOWN + 3,
        1,
        1,
    )
    assert "3 more findings in this article" in told(page)


@pytest.mark.parametrize(
    ("results", "findings", "articles"),
    [
        ([many(1, f"{n:04}.md") for n in range(900)], 900, 900),
        ([many(2000)], 2000, 1),
        ([many(1, words="u😀" * 200)] * 300, 300, 300),
        ([many(30, f"{n:04}.md", words="u<&|`*" * 30) for n in range(20)], 600, 20),
    ],
)
def test_what_is_too_long_is_cut_between_findings(
    results: list[Result], findings: int, articles: int
) -> None:
    out = rendered(*results)
    assert len(out.encode("utf-16-le")) // 2 <= markdown.COMMENT
    assert len(out) > 0.6 * markdown.COMMENT / (2 if "😀" in out else 1)
    page = parsed(out)
    assert out.count("<details>") == out.count("</details>") == page.count("details")
    announced = re.search(r"… and ([\d,]+) more findings? in ([\d,]+) articles?\.$", told(page))
    assert announced
    left, of = (int(number.replace(",", "")) for number in announced.groups())
    assert page.count("li") == findings - left
    assert page.count("h3") in (articles - of, articles - of + 1)
    assert page.count("blockquote") == page.count("li"), "each with its words"


def test_the_summary_of_a_step_has_more_room() -> None:
    results = [many(3, f"{n:04}.md", words="日本") for n in range(4000)]
    for room in (markdown.STEP_SUMMARY, 200_000):
        tally = Tally()
        chunks = markdown.step_summary(tally.count(iter(results)), tally, Look(), room)
        out = "".join(chunks)
        assert room * 0.9 < len(out.encode()) <= room
        assert "more findings in" in out.splitlines()[-1]


def test_what_was_not_checked_comes_first() -> None:
    tally = Tally([Error("scan.md", "not-text", "a PDF document", 3)])
    tally.grown = ["plain-use: 3, and the baseline has 2"]
    tally.new_suppressions = [NewSuppression("a.md", 4, "plain-use", "his @word")]
    page = parsed(rendered(many(1), tally=tally))
    text = told(page)
    order = ["Could not be checked scan.md, line 3: a PDF", "More than the baseline", "plain-use: 3",
             "New suppressions", "a.md, line 4: plain-use – his @\u200bword", "Warning, line 1"]  # fmt: skip
    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)


def test_a_thousand_errors_are_counted() -> None:
    tally = Tally(Error(f"{n}.md", "unreadable", "x" * 9000) for n in range(1000))
    out = rendered(many(50), tally=tally)
    assert len(out) < markdown.COMMENT
    assert f"… and {1000 - markdown.LISTED:,} more" in out


def test_a_clean_run_is_one_friendly_line(repo: Repository) -> None:
    repo.desk("id: plain-use\n")
    for name in "abc":
        repo.write(f"{name}.md", "All is well.\n")
    ran = repo.run("check", ".", "--format", "markdown")
    assert ran.out == "**newslint** read 3 articles and found nothing to mend.\n\n"
    assert repo.run("check", ".", "--format", "markdown", "--quiet").out == ""


def test_what_does_not_count_is_counted(repo: Repository) -> None:
    repo.desk("id: plain-use\noptions: {check: prefer, terms: {utilize: use}, safe: true}\n")
    repo.write("a.md", "They utilize it.\n")
    repo.run("check", ".", "--write-baseline")
    repo.write(
        "b.md",
        "<!-- newslint-ignore plain-use -- his word -->\n\nThey utilize it.\n\nWe utilize.\n",
    )
    out = repo.run("check", ".", "--format", "markdown").out
    assert "1 suppressed, 1 in the baseline; 1 fixable with --fix.\n" in out
    assert "1 fixed, 1 suppressed, 1 in the baseline.\n" in repo.run(
        "check", ".", "--fix", "--format", "markdown"
    ).out  # fmt: skip


def test_a_run_that_cannot_begin_says_so(repo: Repository) -> None:
    repo.config("rules: [\n")
    ran = repo.run("check", ".", "--format", "markdown")
    assert ran.code == 2
    page = told(parsed(ran.out))
    assert page.startswith(
        "newslint: no article checked Could not be checked newslint.yml, line 2:"
    )


def test_statistics_are_a_table(repo: Repository) -> None:
    repo.desk("id: plain-use\n", "id: no-tk\noptions: {check: avoid, terms: [TK]}\n")
    repo.write("a.md", "TK utilize utilize\n")
    page = parsed(repo.run("check", ".", "--format", "markdown", "--statistics").out)
    assert (page.count("table"), page.count("tr"), page.count("li")) == (1, 3, 0)
    assert "findings rule 2 plain-use 1 no-tk" in told(page)


ALLOWED = {"h2", "h3", "p", "ul", "li", "strong", "blockquote", "a"}
CALLS = re.compile(
    r"(?:^|\W)@[a-z0-9]|(?:^|[^\w&])[#!$%&~]\d|\bGH-\d|:[\w+-]+:|https?://|www\.\w|mailto:|\w@\w"
    r"|\b[0-9a-f]{7,40}\b|[\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f]",
    re.IGNORECASE,
)


def assert_harmless(hostile: str, words: str) -> None:
    """Wherever such copy stands it stays text."""
    copy = hostile if words in hostile else hostile + words
    found = finding(
        copy, words, path=hostile, message=hostile, fix=Fix(hostile),
        related=(Related(hostile, Span(0, 0), hostile, hostile, (1, 1, 1, 1)),),
    )  # fmt: skip
    tally = Tally([Error(hostile, "crash", hostile)])
    tally.new_suppressions = [NewSuppression(hostile, 1, "plain-use", hostile)]
    out = rendered(article(copy, found, path=f"{hostile}.txt"), tally=tally)
    page = parsed(out)
    assert set(page.tags) <= ALLOWED, page.tags
    assert page.links == [PAGE]
    assert (page.count("h2"), page.count("h3"), page.count("li")) == (1, 3, 3)
    for node in page.text:  # services look for calls in each text node of the page
        assert not CALLS.search(node), node
    assert not [row for row in out.splitlines() if row.startswith("/")], "a command of GitLab"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_copy_stays_text(hostile: str) -> None:
    assert_harmless(hostile, hostile[3:9])
    assert_harmless(hostile, hostile)


pieces = st.sampled_from([*"@#*_`[]()<>|\\!-+=~$:&%. \n\t1a/'\"", "](", "**", "```", "http://", "www.",
                          "<b>", "\r\n", "\u202e", "é", "😀", "1.", "a@b.c", ":a:"])  # fmt: skip
texts = st.lists(pieces, max_size=24).map("".join)


@settings(max_examples=120)
@given(texts, texts.filter(bool))
def test_any_copy_stays_text(hostile: str, words: str) -> None:
    assert_harmless(hostile, words)


@settings(max_examples=120)
@given(texts.filter(bool), texts)
def test_the_flagged_words_are_bold(words: str, after: str) -> None:
    copy = f"So{words}{after}"
    out = rendered(article(copy, finding(copy, words, 2, path="a.txt"), path="a.txt"))
    quoted = out.split("  > ", 1)[1].split("\n")[0]
    page = parsed(quoted)
    assert page.count("strong") == 1


def test_golden(repo: Repository, request: pytest.FixtureRequest) -> None:
    source = GOLDEN / "repository"
    for path in sorted(source.rglob("*")):
        if path.is_file():
            repo.write(path.relative_to(source).as_posix(), path.read_bytes())
    ran = repo.run("check", ".", "--format", "markdown")
    assert ran.code == 2
    kept = GOLDEN / "report.markdown"
    if request.config.getoption("--update-golden"):
        kept.write_text(ran.out, encoding="utf-8")
    assert ran.out == kept.read_text(encoding="utf-8")
    for _ in range(2):
        assert repo.run("check", ".", "--format", "markdown", "--jobs", "2").out == ran.out
