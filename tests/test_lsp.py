"""`newslint lsp`, driven by a client as an editor would."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyromark
import pytest
from conftest import PATIENCE, ROOT, Repository, command, environment, spawn
from hypothesis import given
from hypothesis import strategies as st
from lsp_editor import Buffer, Editor, Play, capabilities, start, stop
from lsprotocol import types

from newslint.lsp.positions import Positions, edited

USE = "id: plain-use\n"
SAFE = """
id: spelling
options: {check: prefer, safe: true, terms: {harbor: harbour}}
"""
UNSAFE = """
id: plain-begin
options: {check: prefer, terms: {commence: begin}}
"""
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


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def editor(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """One editor and its server for the tests that do not end it."""
    editor = runner.run(start(cwd=tmp_path_factory.mktemp("elsewhere")))
    yield editor
    assert runner.run(stop(editor)) == 0


@pytest.fixture
def play(runner: asyncio.Runner, editor: Editor) -> Callable[[Play], Any]:
    """Run a play of a test in that editor."""
    return lambda scene: runner.run(asyncio.wait_for(scene(editor), 2 * PATIENCE))  # type: ignore[arg-type]


@pytest.fixture
def desk(repo: Repository) -> Repository:
    repo.desk(USE, SAFE, UNSAFE)
    return repo


def uri(repo: Repository, name: str = "a.md") -> str:
    return (repo.root / name).as_uri()


# Diagnostics


def test_what_a_diagnostic_says(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        editor.open(uri(desk), "# Hall\n\nThey utilize it.\n")
        (shown,) = await editor.diagnostics(uri(desk))
        assert shown.range == types.Range(types.Position(2, 5), types.Position(2, 12))
        assert shown.message == "“utilize” is not how we say it"
        assert shown.severity == types.DiagnosticSeverity.Warning
        assert (shown.code, shown.source) == ("plain-use", "newslint")
        assert shown.code_description
        assert shown.code_description.href == "https://desk.example/book"
        assert shown.data["fingerprint"]
        assert editor.last(uri(desk)).version == 1  # type: ignore[union-attr]

    play(scene)


def test_typing_behind_astral_characters(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        text = "Straße 😀 e\u0301 👩‍👩‍👧 they walk.\n"
        editor.open(uri(desk), text)
        assert await editor.found(uri(desk)) == []
        at = text.index("walk")
        editor.type(uri(desk), (at, at + 4, "utilize 𝒳"), (0, 0, "🎈\u2028"))
        assert await editor.found(uri(desk)) == [("plain-use", "utilize")]
        editor.type(uri(desk), (1, 2, ""))
        assert await editor.found(uri(desk)) == [("plain-use", "utilize")]
        (shown,) = await editor.diagnostics(uri(desk))
        before = editor.buffers[uri(desk)].text.split("utilize")[0]
        assert shown.range.start.character == len(before.encode("utf-16-le")) // 2

    play(scene)


@pytest.mark.parametrize("breaks", ["\r\n", "\r", "\n"])
def test_line_breaks(desk: Repository, play: Any, breaks: str) -> None:
    async def scene(editor: Editor) -> None:
        text = (
            f"# Hall{breaks}{breaks}😀 They walk.\x0b\x85 Well.{breaks}{breaks}They walk.{breaks}"
        )
        editor.open(uri(desk), text)
        assert await editor.found(uri(desk)) == []
        at = text.rindex("walk")
        editor.type(uri(desk), (at, at + 4, "utilize it"))
        assert await editor.found(uri(desk)) == [("plain-use", "utilize")]
        assert (await editor.diagnostics(uri(desk)))[0].range.start.line == 4

    play(scene)


def test_fifty_quick_edits_end_in_the_last_state(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        editor.open(uri(desk), "They \n")
        words = "utilize and utilize, 😀, harbor and utilize again. Well"
        for number, letter in enumerate(words[:50]):
            editor.type(uri(desk), (5 + number, 5 + number, letter))
        assert await editor.found(uri(desk)) == [
            ("plain-use", "utilize"), ("plain-use", "utilize"), ("spelling", "harbor"), ("plain-use", "utilize"),
        ]  # fmt: skip
        versions = [p.version for p in editor.published if p.uri == uri(desk)]
        assert versions[-1] == 51
        assert len(versions) < 20, "each letter was checked"

    play(scene)


def test_a_whole_new_text(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        editor.open(uri(desk), "They utilize it.\n")
        assert len(await editor.found(uri(desk))) == 1
        editor.replace_all(uri(desk), "They use it.\n")
        assert await editor.found(uri(desk)) == []

    play(scene)


def test_a_byte_order_mark(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        editor.open(uri(desk), "\ufeffharbor is it.\n\nThe harbor.\n")
        assert [text for _, text in await editor.found(uri(desk))] == ["harbor", "harbor"]
        first = (await editor.diagnostics(uri(desk)))[0]
        editor.apply(await editor.action(uri(desk), first.range, "Replace"))
        assert editor.buffers[uri(desk)].text.startswith("\ufeffharbour is")

    play(scene)


def test_closing_takes_back_what_was_said(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        editor.open(uri(desk), "They utilize it.\n")
        assert await editor.diagnostics(uri(desk))
        editor.close(uri(desk))
        assert await editor.until(lambda: not editor.last(uri(desk)).diagnostics)  # type: ignore[union-attr]

    play(scene)


def test_documents_without_a_file(desk: Repository, runner: asyncio.Runner) -> None:
    async def scene() -> None:
        editor = await start(cwd=desk.root, folders=[desk.root])
        for number, (language, text) in enumerate(
            [
                ("markdown", "They `utilize` it.\n\n*They* utilize it.\n"),
                ("html", "<p>They <code>utilize</code> utilize it.</p>\n"),
                ("plaintext", "They utilize it.\n"),
            ]
        ):
            name = f"untitled:Untitled-{number}"
            editor.open(name, text, language)
            assert await editor.found(name) == [("plain-use", "utilize")]
        await stop(editor)

    runner.run(scene())


def test_what_is_no_article(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        for name in ("a.py", "newslint.yml", "LICENSE"):
            editor.open(uri(desk, name), "They utilize it.\n", "plaintext")
        editor.open("git:/a.md?x", "They utilize it.\n")
        editor.open(uri(desk), "They utilize it.\n")
        assert await editor.diagnostics(uri(desk))
        assert (
            await editor.actions(
                uri(desk, "a.py"), types.Range(types.Position(0, 0), types.Position(0, 9))
            )
            == []
        )
        assert not [p for p in editor.published if p.uri.endswith((".py", "LICENSE", "?x"))]

    play(scene)


def test_odd_paths(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        desk.config(
            "extends: [./desk]\noverrides: [{files: ['sub folder/**'], rules: {plain-use: error}}]\n"
        )
        name = uri(desk, "sub folder/ärger #1 %41 😀.md")
        assert "%23" in name
        editor.open(name, "They utilize it.\n")
        (shown,) = await editor.diagnostics(name)
        assert shown.severity == types.DiagnosticSeverity.Error

    play(scene)


def test_what_cannot_be_read(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        editor.open(uri(desk), "%PDF-1.7 and so on\n")
        (shown,) = await editor.diagnostics(uri(desk))
        assert (shown.code, shown.severity) == ("not-text", types.DiagnosticSeverity.Error)
        editor.replace_all(uri(desk), "Half a smile: \ud83d, they utilize it.\n")
        assert await editor.found(uri(desk)) == [("plain-use", "utilize")]

    play(scene)


def test_megabytes_do_not_block(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        big, small = uri(desk, "big.md"), uri(desk)
        paragraph = "The council 😀 met on Monday and voted on the plan. " * 20
        text = f"{paragraph}\n\n" * 2_000 + "They utilize it.\n"
        assert len(text) > 2_000_000
        editor.open(big, text)
        editor.type(big, *((7, 7, letter) for letter in "abcdefghij"))
        show = types.ExecuteCommandParams("newslint.showPage", ["https://desk.example"])
        await editor.client.workspace_execute_command_async(show)
        assert editor.shown == ["https://desk.example"]
        assert editor.last(big) is None, "answered while the article was checked"
        assert await editor.found(big) == [("plain-use", "utilize")]
        editor.open(small, "They utilize it.\n")
        assert await editor.found(small) == [("plain-use", "utilize")]
        editor.close(big)

    play(scene)


def test_a_suppression_that_does_nothing_is_shown_as_unnecessary(
    repo: Repository, play: Any
) -> None:
    repo.desk(USE, UNUSED)

    async def scene(editor: Editor) -> None:
        editor.open(uri(repo), "<!-- newslint-ignore plain-use -- why -->\n\nAll is well.\n")
        (shown,) = await editor.diagnostics(uri(repo))
        assert list(shown.tags or ()) == [types.DiagnosticTag.Unnecessary]
        assert not [
            a for a in await editor.actions(uri(repo), shown.range) if a.title.startswith("Ignore")
        ]

    play(scene)


# Fixes


def test_a_fix(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        editor.open(uri(desk), "🚢 The harbor opens; they commence.\r\n")
        safe, unsafe = await editor.diagnostics(uri(desk))
        action = await editor.action(uri(desk), safe.range, "Replace")
        assert action.title == "Replace “harbor” with “harbour”"
        assert (action.kind, action.is_preferred) == ("quickfix", True)
        assert action.diagnostics == (safe,)
        risky = await editor.action(uri(desk), unsafe.range, "Replace")
        assert risky.title == "Replace “commence” with “begin” (unsafe: may change the meaning)"
        assert risky.is_preferred is False
        editor.apply(action)
        assert editor.buffers[uri(desk)].text == "🚢 The harbour opens; they commence.\r\n"
        assert [rule for rule, _ in await editor.found(uri(desk))] == ["plain-begin"]

    play(scene)


def test_all_safe_fixes(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        text = (
            "🚢 One harbor.\r\n\r\n“A harbor,” he said.\r\n\r\nThey commence at the 🚢 harbor.\r\n"
        )
        editor.open(uri(desk), text)
        everywhere = types.Range(types.Position(0, 0), types.Position(0, 0))
        (action,) = await editor.actions(uri(desk), everywhere, "source.fixAll")
        assert action.title == "Fix all safe newslint findings"
        assert action.kind == "source.fixAll.newslint"
        for only in ("source", "source.fixAll.newslint"):
            assert len(await editor.actions(uri(desk), everywhere, only)) == 1
        assert await editor.actions(uri(desk), everywhere, "source.organizeImports") == []
        editor.apply(action)
        wanted = text.replace("One harbor", "One harbour").replace("🚢 harbor", "🚢 harbour")
        assert editor.buffers[uri(desk)].text == wanted
        assert await editor.actions(uri(desk), everywhere, "source.fixAll") == []

    play(scene)


def test_all_safe_fixes_are_those_of_the_command_line(repo: Repository, play: Any) -> None:
    swap = "id: {}\noptions: {{check: prefer, safe: true, terms: {{{}: {}}}}}\n"
    repo.desk(
        SAFE,
        swap.format("reds", "scarlet", "crimson"),
        swap.format("more-reds", "crimson", "scarlet"),
    )
    text = "The harbor has a crimson gate.\n"
    path = repo.write("a.md", text)

    async def scene(editor: Editor) -> None:
        editor.open(uri(repo), text)
        everywhere = types.Range(types.Position(0, 0), types.Position(0, 0))
        (action,) = await editor.actions(uri(repo), everywhere, "source.fixAll")
        editor.apply(action)
        assert editor.buffers[uri(repo)].text == "The harbour has a crimson gate.\n"

    play(scene)
    assert repo.run("check", "--fix").code == 2, "two rules undo each other"
    assert path.read_text() == "The harbour has a crimson gate.\n"


def test_actions_are_those_of_the_text_as_it_stands_now(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        editor.open(uri(desk), "The harbor.\n")
        assert await editor.diagnostics(uri(desk))
        editor.type(uri(desk), (0, 0, "# Hall\n\n"))
        place = types.Range(types.Position(2, 5), types.Position(2, 5))
        editor.apply(await editor.action(uri(desk), place, "Replace"))
        assert editor.buffers[uri(desk)].text == "# Hall\n\nThe harbour.\n"

    play(scene)


# Ignoring

EVERYWHERE = """
id: plain-use
quotations: "true"
scope: [headline, standfirst, subheading, paragraph, list-item, block-quote, caption, table-cell, alt-text]
"""
PLACES = [
    ("a.md", "They utilize it.\n"),
    ("a.md", "They utilize it."),
    ("a.md", "# Hall\n\nOne\ntwo utilize\nthree.\n"),
    ("a.md", "# We utilize it\n\nText.\n"),
    ("a.md", "We utilize it\n======\n\nText.\n"),
    ("a.md", "- utilize\n- b\n"),
    ("a.md", "- a\n- utilize\n- c\n"),
    ("a.md", "1. a\n2. utilize\n3. c\n"),
    ("a.md", "Text.\n\n- a\n\n- utilize\n\n- c\n"),
    ("a.md", "- a\n    - b\n        - utilize\n"),
    ("a.md", "* a\n* b utilize\n\n  c\n* d\n"),
    ("a.md", "- [ ] utilize\n- [x] b\n"),
    ("a.md", "> a\n>\n> utilize\n> b\n"),
    ("a.md", "> - a\n> - utilize\n"),
    ("a.md", "1. a\n\n   > utilize\n2. b\n"),
    ("a.md", "| utilize | b |\n|---|---|\n| c | d |\n"),
    ("a.md", "Text.\n\n| a | b |\n|---|---|\n| c | utilize |\n| e | f |\n\nMore.\n"),
    ("a.md", "| a | b |\n|---|---|\n| c | utilize |"),
    ("a.md", "Text\nmore\nand ![utilize](a.png) more\n"),
    ("a.md", "a[^1].\n\n[^1]: We utilize it.\n"),
    ("a.md", "<div>\n<p>We utilize it.</p>\n</div>\n"),
    ("a.md", "---\ntitle: Hall\n---\nWe utilize it.\n"),
    ("a.md", "Text.\r\n\r\n- b\r\n- utilize\r\n"),
    (
        "a.html",
        "<!doctype html>\n<body>\n  <article>\n    <p>We\n    utilize it.</p>\n  </article>\n</body>\n",
    ),
    ("a.html", "<body><h1>Hall</h1><p>a</p><p>We utilize it.</p></body>"),
    ("a.html", "<ul>\n  <li>a\n  <li>utilize\n</ul>\n"),
    ("a.html", "<table>\n<tr><td>a</td><td>utilize</td></tr>\n</table>\n"),
    ("a.html", "<p>a</p>\n<p><b>We</b> utilize it</p>\n"),
    ("a.html", "<figure><img src=a alt=x><figcaption>We utilize</figcaption></figure>\n"),
    ("a.txt", "The hall\n\nWe utilize it.\n\nMore.\n"),
    ("a.txt", "The hall\r\n\r\nWe utilize it.\r\n"),
]
FRONT = [
    ("---\ntitle: Hall\n---\n", "newslint:\n  ignore:\n    plain-use: reason\n"),
    ("---\nnewslint:\n  ignore:\n    other: why\n---\n", "    plain-use: reason\n"),
    ("---\nnewslint: {ignore: {other: why}}\n---\n", "{plain-use: reason, other: why}"),
    ("---\nnewslint: {}\ntitle: Hall\n---\n", "newslint: {ignore: {plain-use: reason}}\n"),
    ("---\nnewslint:\n  ignore: [other]\n---\n", '{other: "", plain-use: reason}'),
    ("---\nnewslint:\n  ignore:\n    - other\n---\n", '{other: "", plain-use: reason}'),
    ("---\nnewslint:\n  ignore:\n---\n", "ignore: {plain-use: reason}"),
    ("---\r\ntitle: Hall\r\n---\r\n", "newslint:\r\n  ignore:\r\n    plain-use: reason\r\n"),
    ('+++\ntitle = "Hall"\n+++\n', '[newslint.ignore]\nplain-use = "reason"\n'),
    ('+++\n[newslint.ignore]\nother = "why"\n+++\n', 'plain-use = "reason"\n'),
    ('{"title": "Hall"}\n\n', "<!-- newslint-ignore-file plain-use -- reason -->\n"),
    ("", "<!-- newslint-ignore-file plain-use -- reason -->\n"),
]


def rendered(name: str, text: str) -> str:
    """The article as a browser gets it, but for comments and the white space around them."""
    page = html_of(text) if name.endswith(".md") else text
    without = re.sub(r"\s*<!-- newslint-ignore.*?-->\s*", "\n", page)
    return re.sub(
        r"\s+",
        " ",
        re.sub(
            r"\s*(</?(?:li|ul|ol|p|blockquote|table|tr|td|body|figure)\b[^>]*>)\s*", r"\1", without
        ),
    ).strip()


def html_of(text: str) -> str:
    return str(
        pyromark.html(
            text,
            options=pyromark.Options.ENABLE_TABLES
            | pyromark.Options.ENABLE_TASKLISTS
            | pyromark.Options.ENABLE_FOOTNOTES,
        )
    )


def test_ignoring_a_finding_where_it_stands(repo: Repository, play: Any) -> None:
    repo.desk(EVERYWHERE)

    async def ignored(editor: Editor, number: int, name: str, text: str) -> None:
        where = uri(repo, f"{number}/{name}")
        editor.open(where, text)
        (shown,) = await editor.diagnostics(where)
        editor.apply(await editor.action(where, shown.range, "Ignore plain-use here"))
        after = editor.buffers[where].text
        assert await editor.found(where) == [], after
        assert re.search(r"newslint-ignore(-start)? plain-use -- reason", after)
        if name != "a.txt":
            assert rendered(name, after) == rendered(name, text), after
        assert "\r" not in text or after.count("\n") == after.count("\r\n")

    async def scene(editor: Editor) -> None:
        await asyncio.gather(*(ignored(editor, n, *place) for n, place in enumerate(PLACES)))

    play(scene)


def test_ignoring_a_rule_in_the_article(desk: Repository, play: Any) -> None:
    async def ignored(editor: Editor, number: int, front: str, wanted: str) -> None:
        where, body = uri(desk, f"{number}.md"), "They utilize it.\n\nWe utilize it.\n"
        editor.open(where, front + body)
        shown = (await editor.diagnostics(where))[0]
        editor.apply(await editor.action(where, shown.range, "Ignore plain-use in this article"))
        after = editor.buffers[where].text
        assert wanted in after
        assert after.endswith(body)
        assert await editor.found(where) == [], after

    async def scene(editor: Editor) -> None:
        await asyncio.gather(*(ignored(editor, n, *front) for n, front in enumerate(FRONT)))

    play(scene)


def test_ignoring_what_is_said_of_the_whole_article(repo: Repository, play: Any) -> None:
    repo.desk(SIGNED)

    async def scene(editor: Editor) -> None:
        for name, text in (
            ("a.md", "# Hall\n\nText.\n"),
            ("b.html", "<body>\n<h1>Hall</h1>\n</body>\n"),
            ("c.txt", "The hall\n\nText.\n"),
        ):
            editor.open(uri(repo, name), text)
            (shown,) = await editor.diagnostics(uri(repo, name))
            titles = [a.title for a in await editor.actions(uri(repo, name), shown.range)]
            assert "Ignore signed here with a reason" not in titles
            editor.apply(
                await editor.action(uri(repo, name), shown.range, "Ignore signed in this article")
            )
            assert await editor.found(uri(repo, name)) == []

    play(scene)


def test_the_reason_is_typed_over_where_the_editor_can(
    desk: Repository, runner: asyncio.Runner
) -> None:
    async def scene() -> None:
        can = capabilities(snippet_edit_support=True)
        editor = await start(cwd=desk.root, can=can)
        editor.open(uri(desk), "They utilize it.\n")
        (shown,) = await editor.diagnostics(uri(desk))
        action = await editor.action(uri(desk), shown.range, "Ignore plain-use here")
        editor.apply(action)
        assert editor.buffers[uri(desk)].text.startswith(
            "<!-- newslint-ignore plain-use -- why not -->\n"
        )
        assert await editor.found(uri(desk)) == []
        await stop(editor)

        editor = await start(cwd=desk.root, can=types.ClientCapabilities())
        editor.open(uri(desk), "They utilize it.\n")
        (shown,) = await editor.diagnostics(uri(desk))
        assert (shown.code_description, shown.data, shown.tags) == (None, None, None)
        action = await editor.action(uri(desk), shown.range, "Ignore plain-use here")
        assert action.edit.document_changes is None  # type: ignore[union-attr]
        editor.apply(action)
        assert await editor.found(uri(desk)) == []
        assert not [
            a for a in await editor.actions(uri(desk), shown.range) if a.title.startswith("Show")
        ]
        await stop(editor)

    runner.run(scene())


# Hover


def test_hover(desk: Repository, play: Any) -> None:
    desk.rule(
        'id: plain-use\nwhy: It is *long*.\nexamples: {bad: ["They [[utilize]] it."], good: ["They use it."]}'
    )

    async def scene(editor: Editor) -> None:
        text = "😀 They utilize it, <b>[x](command:y)</b> harbor.\n"
        editor.open(uri(desk), text)
        shown = await editor.hover(uri(desk), text.index("utilize") + 3)
        assert shown
        assert editor.buffers[uri(desk)].at(shown.range) == "utilize"  # type: ignore[arg-type]
        assert shown.contents.kind == types.MarkupKind.Markdown  # type: ignore[union-attr]
        value = shown.contents.value  # type: ignore[union-attr]
        assert "A rule of the desk" in value
        assert "(warning, `plain-use`)" in value
        assert "“utilize” is not how we say it" in value
        assert r"It is \*long\*." in value
        assert "Say it plainly." in value
        assert "```text\nThey utilize it.\n```" in value
        assert "```text\nThey use it.\n```" in value
        assert "[Desk book](<https://desk.example/book>)" in value
        assert await editor.hover(uri(desk), 4) is None

    play(scene)


def test_hover_shows_no_markup_of_the_article(repo: Repository, play: Any) -> None:
    repo.desk("id: no-such\nkind: pattern\noptions: {check: match, patterns: ['zz.*zz']}\n")

    async def scene(editor: Editor) -> None:
        hostile = "zz ![x](p.png) <img src=x> @mayor **b** zz"
        editor.open(uri(repo, "a.txt"), f"The hall\n\n{hostile}\n")
        found = await editor.hover(uri(repo, "a.txt"), 12)
        assert found
        page = html_of(found.contents.value)  # type: ignore[union-attr]
        assert "<img" not in page
        assert "p.png" in page
        assert "<strong>b</strong>" not in page

    play(scene)


# Config


def test_the_config_is_read_again(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        editor.open(uri(desk), "They utilize the harbor.\n")
        assert len(await editor.found(uri(desk))) == 2
        assert [r.method for r in editor.registered] == ["workspace/didChangeWatchedFiles"]
        desk.config("extends: [./desk]\nrules: {spelling: off}\n")
        seen = len(editor.published)
        editor.files_changed(desk.root / "newslint.yml")
        assert await editor.found(uri(desk), seen) == [("plain-use", "utilize")]
        desk.rule("id: plain-use\noptions: {check: avoid, terms: [harbor]}\n")
        editor.type(uri(desk), (0, 0, "And "))
        assert await editor.found(uri(desk)) == [("plain-use", "harbor")]
        desk.config("extends: [./desk]\nexclude: ['*.md']\n")
        editor.type(uri(desk), (0, 0, "And "))
        assert await editor.found(uri(desk)) == []

    play(scene)


def test_a_broken_config_is_shown_and_the_last_good_one_holds(desk: Repository, play: Any) -> None:
    config = uri(desk, "newslint.yml")

    async def scene(editor: Editor) -> None:
        editor.open(uri(desk), "They utilize it.\n")
        assert len(await editor.found(uri(desk))) == 1
        desk.config("extends: [./desk]\nfial-on: error\n")
        editor.type(uri(desk), (0, 0, "And "))
        assert await editor.found(uri(desk)) == [("plain-use", "utilize")]
        shown = await editor.until(lambda: editor.last(config))
        assert {d.range.start.line for d in shown.diagnostics} == {1}
        assert shown.diagnostics[0].severity == types.DiagnosticSeverity.Error
        assert await editor.until(
            lambda: [m for m in editor.client.messages if "newslint.yml:2" in m.message]
        )
        messages = len(editor.client.messages)
        editor.type(uri(desk), (0, 0, "And "))
        await editor.diagnostics(uri(desk))
        assert len(editor.client.messages) == messages, "said once"
        desk.config("extends: [./desk]\n")
        editor.type(uri(desk), (0, 0, "And "))
        assert await editor.found(uri(desk)) == [("plain-use", "utilize")]
        assert await editor.until(lambda: not editor.last(config).diagnostics)  # type: ignore[union-attr]

    play(scene)


def test_a_config_that_never_worked(desk: Repository, play: Any) -> None:
    desk.config("extends: [./desk\n")

    async def scene(editor: Editor) -> None:
        editor.open(uri(desk), "They utilize it.\n")
        assert await editor.found(uri(desk)) == []
        shown = await editor.until(lambda: editor.last(uri(desk, "newslint.yml")))
        assert "not valid YAML" in shown.diagnostics[0].message
        everywhere = types.Range(types.Position(0, 0), types.Position(0, 9))
        assert await editor.actions(uri(desk), everywhere) == []
        assert await editor.hover(uri(desk), 6) is None

    play(scene)


def test_a_broken_rule_costs_itself_only(desk: Repository, play: Any) -> None:
    desk.write("desk/spelling.yml", "id: spelling\nkind: nonsense\n")

    async def scene(editor: Editor) -> None:
        editor.open(uri(desk), "They utilize the harbor.\n")
        assert await editor.found(uri(desk)) == [("plain-use", "utilize")]
        shown = await editor.until(lambda: editor.last(uri(desk, "desk/spelling.yml")))
        assert shown.diagnostics

    play(scene)


def test_two_folders_with_configs_of_their_own(tmp_path: Path, runner: asyncio.Runner) -> None:
    one, two = Repository(tmp_path / "one"), Repository(tmp_path / "two")
    one.desk(USE)
    two.desk(SAFE)
    (two.root / ".git").rmdir()  # a folder that is open in the editor, and no repository

    async def scene() -> None:
        editor = await start(cwd=tmp_path, folders=[one.root, two.root])
        for repo, found in ((one, ("plain-use", "utilize")), (two, ("spelling", "harbor"))):
            name = uri(repo, "news/2031/a.md")
            editor.open(name, "They utilize the harbor.\n")
            assert await editor.found(name) == [found]
        await stop(editor)

    runner.run(scene())


def test_flags(desk: Repository, runner: asyncio.Runner) -> None:
    desk.write("other.yml", "extends: [./desk]\nrules: {plain-use: error}\n")

    async def scene() -> None:
        editor = await start(
            "--config", "other.yml", "--select", "plain-use", "--stdio", cwd=desk.root
        )
        editor.open(uri(desk, "sub/a.md"), "They utilize the harbor.\n")
        (shown,) = await editor.diagnostics(uri(desk, "sub/a.md"))
        assert (shown.code, shown.severity) == ("plain-use", types.DiagnosticSeverity.Error)
        await stop(editor)
        editor = await start("--isolated", "--select", "plain-use", cwd=desk.root)
        editor.open(uri(desk), "They utilize the harbor.\n")
        assert await editor.found(uri(desk)) == []
        message = (await editor.until(lambda: editor.client.messages))[0].message
        assert 'unknown rule "plain-use"' in message
        await stop(editor)

    runner.run(scene())


def test_the_baseline_holds(desk: Repository, play: Any) -> None:
    desk.write("a.md", "They utilize it.\n")
    assert desk.run("check", "--write-baseline").code in (0, 1)

    async def scene(editor: Editor) -> None:
        editor.open(uri(desk), "They utilize it.\n")
        assert await editor.found(uri(desk)) == []
        editor.type(uri(desk), (0, 0, "We utilize it.\n\n"))
        assert await editor.found(uri(desk)) == [("plain-use", "utilize")]
        assert (await editor.diagnostics(uri(desk)))[0].range.start.line == 0

    play(scene)


def test_articles_compared_with_the_corpus(repo: Repository, play: Any) -> None:
    repo.desk(USE, config="corpus: ['news/**']\nrules: {duplicate-headline: warning}\n")
    headline = "Ferry firm cuts winter timetable"
    repo.write("news/old.md", f"---\ntitle: {headline}\n---\nTwo boats a day.\n")

    async def scene(editor: Editor) -> None:
        name = uri(repo, "news/new.md")
        editor.open(name, f"# {headline}\n\nThe boats sail twice a day.\n")
        await editor.shows(name, "duplicate-headline")
        (related,) = (await editor.diagnostics(name))[0].related_information or ()
        assert related.location.uri == uri(repo, "news/old.md")
        assert related.location.range.start == types.Position(1, 7)
        editor.type(name, (0, 0, "<!-- 😀 -->\n\n"))
        assert await editor.found(name) == [("duplicate-headline", headline)]
        at = editor.buffers[name].text.index("sail")
        editor.type(name, (at, at, "utilize "))
        assert [r for r, _ in await editor.found(name)] == ["duplicate-headline", "plain-use"]
        at = editor.buffers[name].text.index("winter")
        editor.type(name, (at, at, "its "))
        assert [r for r, _ in await editor.found(name)] == ["plain-use"]
        editor.save(name)
        await editor.shows(name, "duplicate-headline", "plain-use")
        repo.write("news/old.md", "# Harbour opens\n\nTwo boats a day.\n")
        editor.save(name)
        await editor.shows(name, "plain-use")

    play(scene)


def test_what_the_corpus_excuses_is_no_finding(repo: Repository, play: Any) -> None:
    pytest.importorskip("harper")
    repo.config("extends: [grammar]\ncorpus: ['news/**']\n")
    for name in "abc":
        repo.write(f"news/{name}.md", "The rhododendrn is near. Each rhododendrn counts.\n")

    async def scene(editor: Editor) -> None:
        name = uri(repo, "news/new.md")
        editor.open(name, "The goverment has a rhododendrn.\n")
        await editor.shows(name, "spelling")
        assert await editor.found(name) == [("spelling", "goverment")]

    play(scene)


def test_what_the_reader_should_know_is_logged(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        editor.open(uri(desk), "---\nlang: es\n---\nEl pleno votó el lunes.\n")
        await editor.until(
            lambda: [m for m in editor.client.log_messages if "not in English" in m.message]
        )

    play(scene)


# From the first word to the last


def speak(*messages: dict[str, Any]) -> bytes:
    out = b""
    for message in messages:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        out += b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    return out


HELLO: dict[str, Any] = {
    "id": 1,
    "method": "initialize",
    "params": {"capabilities": {}, "processId": None, "rootUri": None},
}


def serve(said: bytes, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command("lsp"),
        input=said,
        cwd=cwd,
        env=environment(),
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.mark.parametrize(
    ("messages", "code"),
    [
        ([HELLO, {"id": 2, "method": "shutdown"}, {"method": "exit"}], 0),
        ([HELLO, {"method": "exit"}], 1),
        ([], 1),
    ],
)  # fmt: skip
def test_the_exit_code(tmp_path: Path, messages: list[dict[str, Any]], code: int) -> None:
    done = serve(speak(*messages), tmp_path)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr
    assert done.stdout.startswith(b"Content-Length") == bool(messages)


def test_nonsense_does_not_end_it(tmp_path: Path) -> None:
    nonsense = b"Content-Length: 7\r\n\r\nnon se!"
    odd = speak(
        {
            "method": "textDocument/didChange",
            "params": {
                "textDocument": {"uri": "file:///x.md", "version": 2},
                "contentChanges": [{"text": "x"}],
            },
        },
        {"method": "textDocument/didClose", "params": {"textDocument": {"uri": "file:///x.md"}}},
        {
            "id": 5,
            "method": "textDocument/hover",
            "params": {
                "textDocument": {"uri": "file:///x.md"},
                "position": {"line": 9, "character": 9},
            },
        },
        {"id": 6, "method": "no/such", "params": {}},
    )
    end = speak({"id": 2, "method": "shutdown"}, {"method": "exit"})
    done = serve(
        speak(HELLO, {"method": "initialized", "params": {}}) + nonsense + odd + end, tmp_path
    )
    assert done.returncode == 0
    assert b'"id": 5' in done.stdout or b'"id":5' in done.stdout


def test_it_ends_with_its_editor(tmp_path: Path) -> None:
    """Even where something else holds its input open."""
    parent = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    server = subprocess.Popen(
        command("lsp"),
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        hello = {**HELLO, "params": {**HELLO["params"], "processId": parent.pid}}
        assert server.stdin
        server.stdin.write(speak(hello, {"method": "initialized", "params": {}}))
        server.stdin.flush()
        assert server.stdout
        assert server.stdout.read(14) == b"Content-Length"
        parent.kill()
        parent.wait()
        assert server.wait(PATIENCE) == 1
    finally:
        parent.kill()
        server.kill()


def test_ctrl_c(tmp_path: Path) -> None:
    server = subprocess.Popen(
        command("lsp"),
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        assert server.stdin
        server.stdin.write(speak(HELLO))
        server.stdin.flush()
        assert server.stdout
        assert server.stdout.read(14) == b"Content-Length"
        server.send_signal(signal.SIGINT)
        assert server.wait(PATIENCE) == 130
    finally:
        server.kill()


def test_without_the_library(tmp_path: Path) -> None:
    (tmp_path / "pygls.py").write_text("raise ModuleNotFoundError(name='pygls')\n")
    ran = spawn("lsp", cwd=tmp_path, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    assert (ran.code, ran.out) == (2, "")
    assert "pip install 'newslint[lsp]'" in ran.err


# Positions

ENCODINGS = ("utf-8", "utf-16", "utf-32")
TEXTS = st.text(
    st.sampled_from("ab \t\r\n\x0b\x0c\x85\u2028é€\ufeff😀𝒳\u0301") | st.characters(), max_size=60
)


@pytest.mark.parametrize("encoding", ["utf-8"])
def test_the_encoding_that_is_agreed_on(
    desk: Repository, runner: asyncio.Runner, encoding: str
) -> None:
    async def scene() -> None:
        editor = await start(cwd=desk.root, can=capabilities([encoding, "utf-16"]))
        assert editor.encoding == encoding
        editor.open(uri(desk), "é € 😀 they walk.\n")
        editor.type(uri(desk), (11, 15, "utilize"))
        assert await editor.found(uri(desk)) == [("plain-use", "utilize")]
        await stop(editor)

    runner.run(scene())


@given(TEXTS, st.sampled_from(ENCODINGS))
def test_from_offsets_to_positions_and_back(text: str, encoding: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    positions, buffer = Positions(text, encoding), Buffer(text, encoding)
    for at in range(len(text) + 1):
        if text[at - 1 : at + 1] != "\r\n" or not at:
            assert positions.position(at) == buffer.position(at)
            assert positions.at(positions.position(at)) == at


@given(TEXTS, st.data(), st.sampled_from(ENCODINGS))
def test_typing_anything_anywhere(text: str, data: st.DataObject, encoding: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    buffer = Buffer(text, encoding)
    for _ in range(3):
        now = buffer.text
        allowed = [at for at in range(len(now) + 1) if not at or now[at - 1 : at + 1] != "\r\n"]
        first, last = sorted(
            (data.draw(st.sampled_from(allowed)), data.draw(st.sampled_from(allowed)))
        )
        new = data.draw(TEXTS).encode("utf-8", "replace").decode()
        place = buffer.range(first, last)
        buffer.apply([(place, new)])
        assert edited(now, place, new, encoding) == buffer.text == now[:first] + new + now[last:]


@pytest.mark.parametrize(
    ("line", "character", "at"), [(0, 0, 0), (0, 1, 0), (0, 2, 1), (0, 99, 2), (1, 0, 3), (1, 99, 4), (9, 0, 4)]
)  # fmt: skip
def test_positions_that_are_none(line: int, character: int, at: int) -> None:
    assert Positions("😀a\nb", "utf-16").at(types.Position(line, character)) == at
