"""`newslint lsp`, driven by a client as an editor would."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Repository, command, environment, run, spawn
from lsp_editor import Buffer, Editor, Play, capabilities, start, stop
from lsprotocol import types

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
    return lambda scene: runner.run(asyncio.wait_for(scene(editor), 40))  # type: ignore[arg-type]


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


def test_a_megabyte_does_not_block(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        big, small = uri(desk, "big.md"), uri(desk)
        text = "The council 😀 met on Monday and voted on the plan of the town.\n\n" * 16_000
        assert len(text) > 1_000_000
        editor.open(big, text + "They utilize it.\n")
        editor.type(big, *((7, 7, letter) for letter in "abcdefghij"))
        began = time.monotonic()
        show = types.ExecuteCommandParams("newslint.showPage", ["https://desk.example"])
        await editor.client.workspace_execute_command_async(show)
        assert editor.shown == ["https://desk.example"]
        answered = time.monotonic() - began
        editor.open(small, "They utilize it.\n")
        assert await editor.found(big) == [("plain-use", "utilize")]
        assert await editor.found(small) == [("plain-use", "utilize")]
        assert answered < 3

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


def test_actions_are_those_of_the_text_as_it_stands_now(desk: Repository, play: Any) -> None:
    async def scene(editor: Editor) -> None:
        editor.open(uri(desk), "The harbor.\n")
        assert await editor.diagnostics(uri(desk))
        editor.type(uri(desk), (0, 0, "# Hall\n\n"))
        place = types.Range(types.Position(2, 5), types.Position(2, 5))
        editor.apply(await editor.action(uri(desk), place, "Replace"))
        assert editor.buffers[uri(desk)].text == "# Hall\n\nThe harbour.\n"

    play(scene)
