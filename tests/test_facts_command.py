"""`newslint facts`: what a fact-checker must verify, in three forms."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from conftest import Repository
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import Span
from newslint.readers import read_source
from newslint.reference import shipped
from newslint.reports import worksheet_json, worksheet_lines, worksheet_markdown, worksheet_text
from newslint.worksheet import Figure, Moment, Piece, Source, Worksheet, worksheet

STORY = """\
---
title: Ferry firm sells three boats
date: 2025-07-23
---
The ferry firm will sell three boats, [its owner](https://boats.example/firm) Ida Rowe said on Tuesday.

“We have **no choice**,” Rowe said. “Fuel costs 40 percent more than last year.”

Source: Corley Courier
"""


def built(text: str, path: str = "a.md") -> Worksheet:
    format = "markdown" if path.endswith(".md") else "text"
    return worksheet(read_source(path, text, format), shipped().lexicons)


def spans(value: Any) -> list[dict[str, Any]]:
    """Everything with a start, an end and a text."""
    if isinstance(value, list):
        return [span for item in value for span in spans(item)]
    if not isinstance(value, dict):
        return []
    own = [value] if {"start", "end", "text"} <= value.keys() else []
    return own + [span for item in value.values() for span in spans(item)]


def test_json_keeps_the_contract(repo: Repository) -> None:
    repo.write("b.md", STORY)
    repo.write("a.md", "# Nothing to verify\n\nIt rained.\n")
    ran = repo.run("facts", "b.md", "a.md", "--format", "json")
    assert ran.code == 0
    assert ran.document["version"] == 1
    assert [article["path"] for article in ran.document["articles"]] == ["a.md", "b.md"]
    article = ran.document["articles"][1]
    for key in ("people", "figures", "dates", "quotations", "attributions", "links"):
        assert isinstance(article[key], list)
    assert [link["url"] for link in article["links"]] == ["https://boats.example/firm"]
    assert len(article["quotations"]) == 2
    for quotation in article["quotations"]:
        assert quotation.keys() == {"start", "end", "text", "source", "cue"}


def test_every_text_in_json_is_the_source_at_its_place(repo: Repository) -> None:
    repo.write("b.md", STORY)
    article = repo.run("facts", "b.md", "--format", "json").document["articles"][0]
    found = spans(article)
    assert found
    lines = STORY.split("\n")
    for span in found:
        start, end = span["start"], span["end"]
        assert span["text"] == STORY[start["offset"] : end["offset"]]
        line = lines[start["line"] - 1]
        assert line[start["column"] - 1 :].startswith(span["text"].split("\n")[0])


def test_text_names_people_figures_speakers_and_lines(repo: Repository) -> None:
    repo.write("b.md", STORY)
    out = repo.run("facts", "b.md").out
    assert out.startswith("b.md\nFerry firm sells three boats\nPublished 2025-07-23\n")
    assert "QUOTATIONS (2)\n     7   “We have no choice,” — Rowe" in out
    assert "https://boats.example/firm" in out
    assert "three boats" in out


def test_markdown_is_a_list_to_tick_off(repo: Repository) -> None:
    repo.write("b.md", STORY)
    out = repo.run("facts", "b.md", "--format", "markdown").out
    assert out.startswith("## b.md\n\n**Ferry firm sells three boats**\n")
    items = [line for line in out.split("\n") if line.startswith("- ")]
    assert items
    assert all(item.startswith("- [ ] ") and item.endswith(")") for item in items)
    assert "<https://boats.example/firm>" in out


def test_one_unreadable_article_stops_no_other(repo: Repository) -> None:
    repo.write("a.md", "# Rain falls\n\nIt rained.\n")
    (repo.root / "b.md").write_bytes(b"\x00\x01\x02\x00")
    ran = repo.run("facts", "a.md", "b.md", "missing.md", "--format", "json")
    assert ran.code == 2
    assert [article["path"] for article in ran.document["articles"]] == ["a.md"]
    assert {error["path"] for error in ran.document["errors"]} == {"b.md", "missing.md"}
    ran = repo.run("facts", "a.md", "b.md")
    assert (ran.code, "b.md" in ran.err, "Rain falls" in ran.out) == (2, True, True)


def test_a_bad_config_is_one_error(repo: Repository) -> None:
    repo.write("a.md", "# Rain falls\n\nIt rained.\n")
    repo.write("newslint.yml", "lexicons: {nosuch: {x: [y]}}\n")
    ran = repo.run("facts", "a.md", "--format", "json")
    assert (ran.code, ran.document["articles"]) == (2, [])
    assert repo.run("facts", "a.md").code == 2


def test_what_a_date_resolves_to_is_shown_short() -> None:
    days = worksheet_lines._days
    assert days(date(2025, 7, 22), date(2025, 7, 22), 1) == "2025-07-22"
    assert days(date(2025, 8, 1), date(2025, 8, 31), None) == "2025-08"
    assert days(date(2024, 1, 1), date(2024, 12, 31), None) == "2024"
    assert days(date(2025, 7, 10), date(2025, 7, 22), None) == "2025-07-10 to 2025-07-22"
    assert days(date(2025, 7, 22), date(2025, 7, 29), 1) == "2025-07-22 or 2025-07-29"


def piece(text: str) -> Piece:
    return Piece(Span(0, 1), text, text)


def sheet(**parts: Any) -> Worksheet:
    empty: dict[str, Any] = dict.fromkeys(
        ("people", "figures", "dates", "quotations", "attributions", "sources", "links"), ()
    )
    base = {"path": "a.md", "headline": "", "published": None, "source": "one\ntwo\n"}
    return Worksheet(**{**base, **empty, **parts})


def test_the_same_figure_is_listed_once_with_all_its_lines() -> None:
    def figure(at: int, source: Source | None = None) -> Figure:
        whole = Piece(Span(at, at + 1), "x", "40 boats")
        return Figure(whole, 40, 40, "", "", None, "paragraph", source)

    rowe = Source(piece("she"), "named", piece("Ida Rowe"))
    found = worksheet_lines.sections(sheet(figures=(figure(0), figure(4), figure(4, rowe))))
    assert [item.lines for item in found[0].items] == [(1, 2), (2,)]
    assert found[0].items[1].note == "according to she (Ida Rowe)"


def test_a_weekday_in_an_article_without_a_date_says_so() -> None:
    moment = Moment(piece("Tuesday"), "weekday", None, None, 1, "", False, "")
    (dates,) = worksheet_lines.sections(sheet(dates=(moment,)))
    assert dates.items[0].note == "no date to count from"


def test_no_bound_is_null_in_json() -> None:
    figure = Figure(piece("over 40"), 40, float("inf"), "above", "", None, "paragraph", None)
    (found,) = worksheet_json.article(sheet(figures=(figure,)))["figures"]
    assert (found["low"], found["high"]) == (40, None)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>x</script>",
        "![x](http://evil.example/p.png)",
        "@everyone",
        "see #12",
        "**b**",
        "`c`",
    ],
)
def test_markdown_escapes_the_copy(hostile: str) -> None:
    escaped = worksheet_markdown.escaped(hostile)
    for raw in ("<script", "![", "@everyone", "#12", "**b", "`c`"):
        assert raw not in escaped.replace("\\`", "'").replace("\\*", "'")


def test_a_link_that_is_no_web_address_is_no_link_in_markdown() -> None:
    text = "# Rain\n\n[mail](javascript:alert`1`) and [page](https://a.example/x).\n"
    out = "".join(worksheet_markdown.render(iter([built(text)]), [], 0))
    assert "`javascript:alert%601%60`" in out
    assert "<https://a.example/x>" in out


def test_control_characters_never_reach_the_terminal() -> None:
    text = "# Rain\n\n“It \x1b[31mrained,” she said.\n"
    for render in (worksheet_text.render, worksheet_markdown.render):
        assert "\x1b" not in "".join(render(iter([built(text)]), [], 80))


@given(st.text("aA1 \n“”\"'.,:#*[]()<>-–é\u3000%$2", max_size=200))
def test_any_text_has_a_worksheet_with_exact_places(text: str) -> None:
    for path in ("a.md", "a.txt"):
        made = built(text, path)
        for span in spans(worksheet_json.article(made)):
            assert span["text"] == text[span["start"]["offset"] : span["end"]["offset"]]
        list(worksheet_text.render(iter([made]), [], 60))
        list(worksheet_markdown.render(iter([made]), [], 60))
