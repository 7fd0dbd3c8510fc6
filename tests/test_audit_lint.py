"""What comes of a record: findings where they stand in the record, and what the article is."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from unittest.mock import ANY

import pytest
from conftest import ROOT, Repository, run
from hypothesis import given, settings
from hypothesis import strategies as st

from newslint import config, readers
from newslint.article import Article
from newslint.audit.about import folders_of
from newslint.audit.composed import composed
from newslint.audit.fields import Fields
from newslint.audit.lint import lint_batch, row_of
from newslint.audit.linted import LINTED
from newslint.audit.record import Record, batch_of
from newslint.audit.sources import records_in
from newslint.checker import Checker
from newslint.config import Request
from newslint.errors import Error
from newslint.lint import Linter

Row = dict[str, Any]


def checker(**request: Any) -> Checker:
    """What lints, with the shipped rules unless a request says otherwise."""
    return Checker(config.settle(Request(**{"isolated": True, **request})), comparing=True)


SHIPPED = checker()


def linted(*records: Record, by: Checker = SHIPPED) -> list[Row]:
    """The rows of records, as they stand in a part."""
    batch = lint_batch(batch_of(records), by, lambda _: None)
    assert batch.schema == LINTED
    rows: list[Row] = batch.to_pylist()
    return rows


def row(body: str, by: Checker = SHIPPED, **fields: Any) -> Row:
    """The row of one row of a dump."""
    return linted(record(body, **fields), by=by)[0]


def record(body: str, **fields: Any) -> Record:
    """A row of a dump that has columns for headline, byline and date, filled or not."""
    given = {"headline": "Ferry firm changes hands", "byline": "", "published": "", **fields}
    return Record(
        source="dump.jsonl", record=7, locator="dump.jsonl:7", content=body.encode(), **given
    )


def file(name: str, content: str | bytes) -> Record:
    """A file of a folder."""
    data = content if isinstance(content, bytes) else content.encode()
    return Record(source=name, locator=name, content=data)


def rules(row: Row) -> set[str]:
    return {finding["rule"] for finding in row["findings"]}


def value(record: Record, field: str) -> str:
    """What places in a field count in."""
    return record.content.decode() if field in ("body", "") else getattr(record, field)


COPY = "The council met on Tuesday. Officials utilize the pier, {said}.\n\nNobody came.\n"


class TestFiles:
    def test_findings_are_those_of_check(self, monkeypatch: pytest.MonkeyPatch) -> None:
        examples = ROOT / "examples"
        monkeypatch.chdir(examples)
        flags = ("--format", "json", "--no-corpus", "--no-cache")
        articles = json.loads(run("check", ".", *flags, cwd=examples).out)["articles"]
        records = [file(a["path"], (examples / a["path"]).read_bytes()) for a in articles]
        rows = linted(*records, by=checker(isolated=False, cwd=str(examples)))
        for article, row in zip(articles, rows, strict=True):
            assert [_as_check(found) for found in row["findings"]] == article["findings"]
        assert sum(len(row["findings"]) for row in rows) > 10

    def test_offsets_count_behind_a_byte_order_mark(self) -> None:
        text = "\ufeff# Ferry firm changes hands\r\n\r\nThey did it see the the pier.\r\n"
        for coded in (text.encode(), text.encode("utf-16")):
            (found,) = [
                f for f in linted(file("a.md", coded))[0]["findings"] if f["rule"] == "doubled-word"
            ]
            assert (found["line"], found["column"], found["field"]) == (3, 17, "")

    def test_what_is_no_text_is_an_error_row(self) -> None:
        (row,) = linted(file("a.md", b"\x89PNG\r\n\x1a\n\0\0"))
        assert (row["checked"], row["code"], row["findings"]) == (False, "not-text", [])

    def test_a_file_in_an_archive_is_known_to_the_config_by_its_name_there(
        self, repo: Repository
    ) -> None:
        repo.desk(
            "id: plain-use",
            config="overrides: [{files: ['opinion/**'], rules: {plain-use: off}}]\n",
        )
        by = checker(isolated=False, cwd=str(repo.root))
        text = "They utilize it.\n"
        for name, found in (
            ("a.zip!opinion/x.md", 0), ("a.zip!x.md", 1), ("a.tar.gz!opinion/x!.md", 0),
            ("A.TZST!opinion/x.md", 0), ("news!/a.tbz!opinion/x.md", 0), ("opinion!/x.md", 1),
        ):  # fmt: skip
            (row,) = linted(file(name, text), by=by)
            assert (len(row["findings"]), row["locator"]) == (found, name)

    def test_a_packed_file_is_read_as_its_name_says(self) -> None:
        text = "The *ferry* sails.\n"
        for name, form in (("a.md.gz", "markdown"), ("a.txt.zst", "text"), ("a.html.gz", "html")):
            (record,) = records_in(name, BytesIO(text.encode()), Fields())
            read = composed(record).article
            assert read.format == form
            assert read == readers.read_source(name, text, form)


def _as_check(found: Row) -> Row:
    """A finding as `check` tells it, as far as a row does."""
    return {
        **{key: found[key] for key in ("rule", "severity", "message", "text", "fingerprint")},
        "start": {"line": found["line"], "column": found["column"], "offset": found["start"]},
        "end": ANY, "fix": ANY, "related": ANY,
    }  # fmt: skip


class TestRows:
    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    @pytest.mark.parametrize(
        ("format", "body"),
        [
            ("text", "First the pier.\n\n\U0001f6a2 They did it see the the pier.\n"),
            ("markdown", "## The pier\n\n*They* did it see the&nbsp;the **win** &amp; lose.\n"),
            (
                "html",
                "<p>The &ldquo;pier&rdquo;</p>\n<p>They did <em>it</em> see the the pier.</p>",
            ),
        ],
    )
    def test_a_finding_stands_where_its_field_has_it(
        self, format: str, body: str, newline: str
    ) -> None:
        one = record(body.replace("\n", newline), format=format, headline="The the pier")
        (row,) = linted(one)
        places = {(f["field"], f["start"]) for f in row["findings"] if f["rule"] == "doubled-word"}
        for found in row["findings"]:
            assert value(one, found["field"])[found["start"] : found["end"]] == found["text"]
        assert {field for field, _ in places} == {"headline", "body"}
        assert row["format"] == format

    def test_the_line_is_that_of_the_field(self) -> None:
        found = next(f for f in row("One.\n\nThe the pier.\n")["findings"] if f["start"])
        assert (found["field"], found["line"], found["column"], found["start"]) == ("body", 3, 1, 6)

    def test_a_headline_said_again_is_none_of_the_body(self) -> None:
        for body in (
            "Ferry firm changes hands\n\nThe sale closed.\n",
            "# Ferry firm changes hands\n\nThe sale closed.\n",
            "<h1>Ferry firm changes hands!</h1><p>The sale closed.</p>",
        ):
            article = composed(record(body)).article
            assert [(b.kind, b.text) for b in article.blocks] == [
                ("headline", "Ferry firm changes hands"), ("paragraph", "The sale closed."),
            ]  # fmt: skip

    def test_another_title_in_the_body_is_no_second_headline(self) -> None:
        article = composed(record("# The pier\n\nThe sale closed.\n")).article
        assert [b.kind for b in article.blocks] == ["headline", "subheading", "paragraph"]

    def test_a_row_without_a_headline_has_that_of_its_body(self) -> None:
        found = row("# The pier is closed\n\nThe sale closed.\n", headline=None)
        assert found["headline"] == "The pier is closed"

    def test_markup_of_a_headline_is_read(self) -> None:
        found = row("The sale closed.", headline="<em>Tern</em> &amp; sister\nships sold")
        assert found["headline"] == "<em>Tern</em> &amp; sister\nships sold"
        article = composed(
            record("The sale closed.", headline="<em>Tern</em> &amp; sister\nships")
        ).article
        assert article.blocks[0].text == "Tern & sister ships"

    def test_fields_are_what_rules_see(self) -> None:
        found = row(
            "The sale closed.", byline="By Ada Lorne, Staff Writer", published="2024-05-02T10:00:00"
        )
        assert not rules(found) & {"missing-byline", "missing-date", "missing-headline"}
        assert (found["byline"], found["published"]) == ("Ada Lorne", "2024-05-02")

    def test_an_empty_field_is_missed(self) -> None:
        assert {"missing-byline", "missing-date"} <= rules(row("The sale closed."))

    def test_a_field_that_the_dump_has_not_is_not(self) -> None:
        found = row("The sale closed.", headline=None, byline=None, published=None)
        assert not rules(found) & {"missing-byline", "missing-date", "missing-headline"}
        assert "“missing-byline” was not asked: the source has no such field" in found["notices"]
        assert found["warnings"] == sum(f["severity"] == "warning" for f in found["findings"])

    def test_a_body_with_front_matter_answers_for_itself(self) -> None:
        body = "---\ntitle: Ferry firm changes hands\ndate: 2024-05-02\n---\nThe sale closed.\n"
        found = row(body, headline=None, byline=None, published=None)
        assert "missing-byline" in rules(found)
        assert (found["published"], found["headline"]) == ("2024-05-02", "Ferry firm changes hands")

    def test_the_name_of_a_dump_dates_no_article(self) -> None:
        dated = Record(
            source="2024-05-02-dump.csv",
            record=1,
            locator="2024-05-02-dump.csv:1",
            content=b"The sale closed.",
        )
        assert linted(dated)[0]["published"] is None

    def test_an_address_dates_an_article_and_says_where_it_is(self, repo: Repository) -> None:
        repo.desk(
            "id: plain-use",
            config="overrides: [{files: ['opinion/**'], rules: {plain-use: off}}]\n",
        )
        by = checker(isolated=False, cwd=str(repo.root))
        urls = [
            "https://courier.example/opinion/2024/05/02/pier",
            "https://courier.example/news/pier",
        ]
        opinion, news = (row("They utilize it.", by=by, url=url) for url in urls)
        assert (opinion["published"], rules(opinion), rules(news)) == (
            "2024-05-02",
            set(),
            {"plain-use"},
        )

    def test_the_section_of_a_row_chooses_overrides(self, repo: Repository) -> None:
        repo.desk(
            "id: plain-use",
            config="overrides: [{meta: {section: shopping}, rules: {plain-use: off}}]\n",
        )
        by = checker(isolated=False, cwd=str(repo.root))
        assert rules(row("They utilize it.", by=by, section="Shopping")) == set()
        assert rules(row("They utilize it.", by=by, section="News")) == {"plain-use"}

    def test_an_empty_body_is_told(self) -> None:
        found = row(" \n")
        assert (found["checked"], found["words"]) == (True, 4)
        assert "empty" in found["notices"]

    def test_a_body_larger_than_any_article_is_an_error_row(self) -> None:
        found = row("x" * 8_000_001)
        assert (found["checked"], found["code"]) == (False, "unreadable")

    @pytest.mark.parametrize(
        ("body", "format"),
        [
            ("The council met.\nNobody came.", "text"),
            ("The council met.\n- Nobody came.", "text"),
            ("<p>The council met.</p>", "html"),
            ("<p>The council met.</p>\n\n<p>Nobody came.</p>\n\n", "html"),
            ("The council met.\n\n<div><p>A table</p></div>\n\nNobody *came*.", "markdown"),
            ("The council met.<br><br>Nobody came.", "html"),
            ("<strong>TARROW</strong> The council met.\n\nNobody <em>came</em>.", "markdown"),
            ("The council didn&#8217;t meet.\n\nNobody came.", "markdown"),
            ("## Council\n\nNobody came.", "markdown"),
            ("The [council](https://tarrow.example) met.", "markdown"),
            ("---\ntitle: Pier\n---\nNobody came.", "markdown"),
        ],
    )
    def test_the_format_of_a_body_is_told_from_it(self, body: str, format: str) -> None:
        article = composed(record(body, headline=None)).article
        assert article.format == format
        assert all("<" not in block.text and "&#" not in block.text for block in article.blocks)


WORDS = st.lists(
    st.sampled_from(
        [
            "in order to",
            "utilize",
            "“we won”",
            "&amp;",
            "\U0001f6a2",
            "<em>Tern</em>",
            "**pier**",
            "\r\n\r\n",
            "\n\n",
            "# ",
            "  ",
            "said Ada Lorne",
            "very unique",
            "[pier](https://tarrow.example/x?tag=1)",
            "5 p.m. EST in July",
            "the the",
            "\t",
            "’",
            "é",
            "\u202e",
            "<p>",
            "</p>",
            "- ",
        ]
    ),
    max_size=30,
).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(
    WORDS,
    WORDS,
    st.sampled_from(["", "By Ada Lorne", "É"]),
    st.sampled_from(["", "markdown", "html", "text"]),
)
def test_whatever_a_row_holds_its_findings_stand_in_it(
    body: str, headline: str, byline: str, format: str
) -> None:
    one = record(
        body, headline=headline.strip(), byline=byline, format=format, section="News & more"
    )
    (row,) = linted(one)
    assert (row["checked"], row["code"]) == (True, ""), row["message"]
    for place in row["findings"] + row["facts"]:
        text = value(one, place["field"])
        assert text[place["start"] : place["end"]] == place["text"]
        lines = text[: place["start"]].replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert place["line"] in (len(lines), len(lines) - 1)


class TestArticles:
    @pytest.mark.parametrize(
        ("name", "front", "section"),
        [
            ("a.md", "section: Sport", "Sport"),
            ("a.md", "categories: [local, pier]", "local"),
            ("content/opinion/2024/05/a.md", "title: Pier", "opinion"),
            ("content/news/ferry-firm-changes-hands/index.md", "title: Pier", "news"),
            ("_posts/2024-05-02-a.md", "title: Pier", None),
            ("content/opinion/a.md", "category: Letters", "Letters"),
        ],
    )
    def test_section(self, name: str, front: str, section: str | None) -> None:
        (row,) = linted(file(name, f"---\n{front}\n---\nNobody came.\n"))
        assert row["section"] == section

    @pytest.mark.parametrize(
        ("given", "name", "section"),
        [
            ("dumps/herald", "dumps/herald/posts/a.md", None),
            ("dumps/", "dumps/herald/posts/a.md", "herald"),
            ("./dumps", "./dumps/18th/2024/a.md", "18th"),
            ("dumps", "dumps/03-march/a.md", None),
            ("/dumps/herald", "/dumps/herald/index.md", None),
            ("elsewhere", "../opinion/a.md", "opinion"),
        ],
    )
    def test_what_lies_above_the_source_is_no_section(
        self, given: str, name: str, section: str | None
    ) -> None:
        row = row_of(file(name, "Nobody came.\n"), SHIPPED, folders_of([given, "other.jsonl"]))
        assert row["section"] == section

    @pytest.mark.parametrize(
        ("front", "byline"),
        [
            ("author: Ada Lorne", "Ada Lorne"),
            ("authors: [Ada Lorne, Bo Tarn]", "Ada Lorne, Bo Tarn"),
            ("authors:\n  - name: Ada Lorne", "Ada Lorne"),
            ("byline: By Ada Lorne", "Ada Lorne"),
            ("title: Pier", None),
            ("author: None", None),
        ],
    )
    def test_byline(self, front: str, byline: str | None) -> None:
        (row,) = linted(file("a.md", f"---\n{front}\n---\nNobody came.\n"))
        assert row["byline"] == byline

    def test_words(self) -> None:
        text = "# Pier closes\n\nShe said “nobody came” — twice.\n\n> All of this is hers.\n\n![Alt text](a.png)\n"
        (row,) = linted(file("a.md", text))
        assert (row["words"], row["quoted_words"]) == (2 + 6 + 5, 2 + 5)


class TestContext:
    def found(self, text: str, name: str = "a.md") -> Row:
        (row,) = linted(file(name, text))
        return next(found for found in row["findings"] if found["rule"] == "doubled-word")

    def test_the_words_around(self) -> None:
        found = self.found("*They* did it [the the](https://tarrow.example) win &amp; to lose.\n")
        assert (found["before"], found["after"]) == ("They did it ", " win & to lose.")
        assert (found["text"], found["shown"]) == ("the the", "the the")

    def test_the_place_as_a_reader_sees_it(self) -> None:
        found = self.found("They did it *the* [the](https://tarrow.example) pier.\n")
        assert found["text"] == "the* [the"
        assert found["shown"] == "the the"

    def test_an_entity_at_the_end_of_the_place_is_not_said_again(self, repo: Repository) -> None:
        repo.desk("id: plain-use\noptions: {check: avoid, terms: ['Tern & Co']}")
        by = checker(isolated=False, cwd=str(repo.root))
        (row,) = linted(
            file("a.html", "<p>Ask <b>Tern &amp; Co</b> now, or the “Tern &amp; Co”</p>"), by=by
        )
        assert [f["after"] for f in row["findings"]] == [" now, or the “Tern & Co”"]

    def test_quoted(self) -> None:
        assert not self.found("They did it see the the pier.\n")["quoted"]

    @pytest.mark.parametrize(
        ("name", "text", "quoted"),
        [
            ("a.md", "> They utilize it.\n", True),
            ("a.md", "She said “they utilize it” twice.\n", True),
            ("a.md", "She said “no” and they utilize it.\n", False),
            ("a.html", "<blockquote><p>They utilize it.</p></blockquote>", True),
            ("a.html", "<p>She said &ldquo;they utilize it&rdquo; twice.</p>", True),
            ("a.html", "<p>She said <q>no</q> and they utilize it.</p>", False),
        ],
    )
    def test_whose_words_it_stands_in(
        self, repo: Repository, name: str, text: str, quoted: bool
    ) -> None:
        repo.desk("id: plain-use\nquotations: true\nscope: [paragraph, block-quote]")
        (row,) = linted(file(name, text), by=checker(isolated=False, cwd=str(repo.root)))
        assert [found["quoted"] for found in row["findings"]] == [quoted]

    def test_what_is_said_of_an_article_is_said_of_no_quotation(self) -> None:
        (row,) = linted(file("a.md", "# “Nobody came”\n\nThe sale closed.\n"))
        missing = next(found for found in row["findings"] if found["rule"] == "missing-byline")
        assert (missing["text"], missing["quoted"]) == ("“Nobody came”", False)


class TestFailures:
    def test_a_rule_that_fails_on_an_article_is_told_in_its_row(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def check(_: Linter, article: Article) -> tuple[list[Any], list[Error]]:
            own = Error(article.path, "crash", "rule “x” failed here")
            return [], [own, Error("desk/x.yml", "rule", "is broken")]

        monkeypatch.setattr(Linter, "check", check)
        (row,) = linted(file("a.md", "Nobody came.\n"), by=checker())
        assert (row["checked"], row["code"]) == (True, "crash")
        assert row["message"] == "rule “x” failed here"

    def test_an_article_on_which_newslint_fails_does_not_stop_the_rest(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def read(path: str, *more: Any) -> Any:
            if path == "b.md":
                raise RuntimeError("no")
            return readers_read(path, *more)

        readers_read = readers.read
        monkeypatch.setattr(readers, "read", read)
        rows = linted(*(file(name, "Nobody came.\n") for name in ("a.md", "b.md", "c.md")))
        assert [row["code"] for row in rows] == ["", "crash", ""]
        assert rows[1]["message"] == "newslint failed on this article: RuntimeError: no"
        assert [row["checked"] for row in rows] == [True, False, True]

    def test_what_a_source_could_not_read_is_a_row(self) -> None:
        lost = Record(
            source="d.jsonl", record=3, locator="d.jsonl:3", code="unreadable", message="no"
        )
        (row,) = linted(lost)
        assert (row["checked"], row["code"], row["message"]) == (False, "unreadable", "no")
        assert (row["locator"], row["findings"], row["sketch"]) == ("d.jsonl:3", [], None)
