"""Runs that ask an engine: what fails, what is kept, who is started when, fixes, editors."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Ran, Repository, environment, languagetool_jars, spawn
from gitrepo import GitRepository
from lsp_editor import Editor, start, stop
from stand_in import Stand
from test_watch import watching

pytest.importorskip("harper", reason="harper-py comes with the dev extra")

COPY = "# The weir\n\nThe council met. He have voted for the weir, the the lock and the ferry.\n"
SLIP = ("grammar-agreement", "have")
DOUBLED = ("doubled-word", "the the")
CONFIG = "extends: [grammar]\nrules: {doubled-word: on}\n"
VARIABLE = "NEWSLINT_LANGUAGETOOL_SERVER"
NOBODY = "http://127.0.0.1:9"
"""A port at which nothing listens."""


@pytest.fixture(autouse=True)
def _nobody_elses_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def stand() -> Iterator[Stand]:
    stand = Stand()
    yield stand
    stand.close()


@pytest.fixture
def desk(repo: Repository) -> Repository:
    repo.config(CONFIG)
    repo.write("a.md", COPY)
    return repo


@pytest.fixture
def without(tmp_path: Path) -> Callable[[str], str]:
    """A `PYTHONPATH` with which a library is not there."""

    def path(name: str) -> str:
        folder = tmp_path / f"without-{name}"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.py").write_text(f"raise ModuleNotFoundError('no', name='{name}')\n")
        return os.pathsep.join([str(folder), str(ROOT)])

    return path


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on the `PATH`, where `install_java` puts Java for a LanguageTool."""
    pytest.importorskip("language_tool_python", reason="it comes with the dev extra")
    folder = tmp_path / "tools"
    folder.mkdir()
    (folder / "languagetool-server.jar").write_bytes(b"")
    monkeypatch.setenv("LTP_JAR_DIR_PATH", str(folder))
    monkeypatch.setenv("PATH", str(folder))
    return folder


def install_java(tools: Path) -> None:
    """What is called as Java is and starts a server that speaks as LanguageTool does."""
    program = tools / "java.py"
    program.write_text(
        f"import sys, threading\nsys.path.insert(0, {str(ROOT / 'tests')!r})\n"
        "from stand_in import Stand\nStand(int(sys.argv[sys.argv.index('--port') + 1]))\n"
        "threading.Event().wait()\n"
    )
    script = tools / "java.new"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "{program}" "$@"\n')
    script.chmod(0o755)
    script.rename(tools / "java")


def found(ran: Ran) -> list[tuple[str, str]]:
    return sorted(ran.found)


class TestWhereNoneIsThere:
    def test_it_is_said_once_and_all_else_is_checked(
        self, desk: Repository, without: Callable[[str], str]
    ) -> None:
        for name in ("b.md", "c.md"):
            desk.write(name, COPY)
        flags = ["check", ".", "--format", "json", "--no-corpus", "--exit-zero"]
        for jobs in ("1", "2"):
            ran = spawn(*flags, "--jobs", jobs, cwd=desk.root, PYTHONPATH=without("harper"))
            assert ran.code == 2
            (error,) = ran.document["errors"]
            assert (error["path"], error["code"]) == ("", "engine")
            assert "pip install 'newslint[harper]'" in error["message"]
            assert "newslint[languagetool]" in error["message"]
            assert found(ran) == [DOUBLED] * 3
            assert ran.document["summary"]["articles"] == 3
            assert ran.document["summary"]["failed"] == 0

    @pytest.mark.parametrize(
        "format_",
        ["text", "concise", "markdown", "html", "jsonl", "sarif", "github", "gitlab", "junit",
         "checkstyle", "rdjson"],
    )  # fmt: skip
    def test_every_report_says_so(
        self, desk: Repository, without: Callable[[str], str], format_: str
    ) -> None:
        ran = spawn(
            "check", "a.md", "--format", format_, cwd=desk.root, PYTHONPATH=without("harper")
        )
        assert ran.code == 2
        assert "newslint[harper]" in ran.out + ran.err
        assert "doubled-word" in ran.out

    def test_a_run_whose_rules_ask_none_needs_none(
        self, desk: Repository, without: Callable[[str], str]
    ) -> None:
        flags = ["check", "a.md", "--ignore", "tag:grammar,tag:spelling"]
        ran = spawn(*flags, cwd=desk.root, PYTHONPATH=without("harper"))
        assert ran.code == 0, ran.err

    def test_rules_cannot_be_tested_then(
        self, desk: Repository, without: Callable[[str], str]
    ) -> None:
        ran = spawn("test-rules", "grammar", cwd=desk.root, PYTHONPATH=without("harper"))
        assert ran.code == 2
        assert ran.err.count("newslint[harper]") == 1
        assert "0 failures" in ran.out

    def test_sarif_has_it_among_the_notifications(self, desk: Repository) -> None:
        ran = desk.run("check", "a.md", "--format", "sarif", "--languagetool-server", NOBODY)
        assert ran.code == 2
        (invocation,) = json.loads(ran.out)["runs"][0]["invocations"]
        (note,) = invocation["toolExecutionNotifications"]
        assert note["descriptor"] == {"id": "engine"}
        assert NOBODY in note["message"]["text"]
        assert invocation["executionSuccessful"] is False

    def test_of_a_corpus_it_is_said_no_second_time(
        self, desk: Repository, without: Callable[[str], str]
    ) -> None:
        desk.config(CONFIG + 'corpus: ["**"]\n')
        desk.write("b.md", COPY)
        flags = ["check", "a.md", "--format", "json"]
        ran = spawn(*flags, cwd=desk.root, PYTHONPATH=without("harper"))
        assert ran.code == 2
        (error,) = ran.document["errors"]
        assert (error["path"], error["code"]) == ("", "engine")

    def test_a_server_that_is_down_is_said_once(self, desk: Repository) -> None:
        for name in ("b.md", "c.md"):
            desk.write(name, COPY)
        ran = desk.check(".", "--no-corpus", "--languagetool-server", NOBODY)
        assert ran.code == 2
        (error,) = ran.document["errors"]
        assert (error["path"], error["code"]) == ("", "engine")
        assert found(ran) == [DOUBLED] * 3


class TestTheCache:
    def test_a_second_run_needs_no_engine_to_start(self, desk: Repository, tmp_path: Path) -> None:
        first = spawn("check", "--format", "json", cwd=desk.root)
        assert SLIP in first.found
        traced = (
            "import sys\nfrom newslint.cli import main\ncode = main(['check', '--format', 'json'])\n"
            "print(*sorted(sys.modules), file=sys.stderr)\nsys.exit(code)\n"
        )
        (tmp_path / "traced.py").write_text(traced)
        again = _python(tmp_path / "traced.py", desk.root)
        assert (again.code, again.out) == (first.code, first.out)
        modules = set(again.err.split())
        assert "newslint.cache" in modules
        assert not {"harper", "language_tool_python", "textstat", "urllib.request"} & modules

    @pytest.mark.languagetool
    def test_a_second_run_needs_no_java(
        self, desk: Repository, without: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LTP_JAR_DIR_PATH", str(languagetool_jars()))
        flags = ["check", "--format", "json", "--engine", "languagetool"]
        first = spawn(*flags, cwd=desk.root)
        assert SLIP in first.found, first
        gone = {"PATH": "", "PYTHONPATH": without("language_tool_python")}
        assert spawn(*flags, cwd=desk.root, **gone) == first
        assert spawn(*flags, "--no-cache", cwd=desk.root, **gone).code == 2

    def test_results_rest_on_the_engine(self, desk: Repository, stand: Stand) -> None:
        served = ["--languagetool-server", stand.url]
        first = desk.check("a.md", *served)
        assert desk.check("a.md", *served) == first
        assert len(stand.asked) == 1
        assert SLIP in desk.check("a.md").found  # Harper, and not what the server said
        desk.check("a.md", *served, "--engine-timeout", "7")
        assert len(stand.asked) == 1
        desk.config(CONFIG + "dialect: en-GB\n")
        desk.check("a.md", *served)
        assert stand.asked[1]["language"] == ["en-GB"]

    def test_another_version_of_the_server_is_asked_anew(
        self, desk: Repository, stand: Stand
    ) -> None:
        served = ["check", "a.md", "--languagetool-server", stand.url]
        for version, asked in (("6.8", 1), ("6.8", 1), ("6.9", 2)):
            stand.version = version
            assert spawn(*served, cwd=desk.root).code == 0
            assert len(stand.asked) == asked

    def test_another_address_of_the_same_server_is_the_same(
        self, desk: Repository, stand: Stand
    ) -> None:
        first = desk.check("a.md", "--languagetool-server", stand.url)
        other = stand.url.replace("127.0.0.1", "localhost")
        assert desk.check("a.md", "--languagetool-server", other) == first
        assert len(stand.asked) == 1

    def test_an_article_that_was_not_checked_is_not_kept(
        self, desk: Repository, stand: Stand
    ) -> None:
        stand.silent = True
        served = ["--languagetool-server", stand.url, "--engine-timeout", "1"]
        ran = desk.check("a.md", *served)
        assert ran.code == 2
        (error,) = ran.document["errors"]
        assert (error["path"], error["code"]) == ("a.md", "engine")
        assert "1 second" in error["message"]
        assert ran.found == [DOUBLED]
        stand.silent = False
        again = desk.check("a.md", *served)
        assert (again.code, again.document["errors"]) == (0, [])
        assert SLIP in again.found

    def test_without_rules_that_ask_it_the_engine_decides_nothing(
        self, desk: Repository, stand: Stand
    ) -> None:
        only = ["a.md", "--select", "doubled-word"]
        desk.check(*only)
        before = sorted((desk.root / ".newslint_cache").rglob("*"))
        desk.check(*only, "--languagetool-server", stand.url)
        assert sorted((desk.root / ".newslint_cache").rglob("*")) == before
        assert stand.introduced == 0


class TestManyArticles:
    @pytest.mark.parametrize("engine", ["harper", "stand"])
    def test_workers_find_what_one_process_does(
        self, desk: Repository, stand: Stand, engine: str
    ) -> None:
        for number in range(24):
            desk.write(f"n/{number}.md", COPY.replace("weir", f"weir {number}"))
        flags = ["--no-corpus", "--no-cache"]
        flags += ["--languagetool-server", stand.url] if engine == "stand" else []
        ran = {
            jobs: spawn("check", "--format", "json", *flags, "--jobs", jobs, cwd=desk.root)
            for jobs in ("1", "3")
        }
        assert ran["1"] == ran["3"]
        assert ran["1"].found.count(SLIP) == 25

    def test_rules_that_an_override_turns_on(self, desk: Repository, stand: Stand) -> None:
        desk.config(
            "extends: [newsroom]\nrules: {doubled-word: on}\noverrides:\n"
            '  - {files: ["desk/**"], rules: {grammar-agreement: warning}}\n'
        )
        desk.write("desk/b.md", COPY)
        flags = ["--format", "json", "--no-corpus", "--no-cache"]
        flags += ["--languagetool-server", stand.url]
        for jobs in ("1", "2"):
            ran = spawn("check", *flags, "--jobs", jobs, cwd=desk.root)
            by_path = {
                a["path"]: {f["rule"] for f in a["findings"]} for a in ran.document["articles"]
            }
            assert "grammar-agreement" in by_path["desk/b.md"]
            assert "grammar-agreement" not in by_path["a.md"]
        assert len(stand.asked) == 2

    def test_a_server_that_hangs_does_not_hold_up_the_rest(
        self, desk: Repository, stand: Stand, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("newslint.engines.languagetool._PROOF", 0.2)
        for number in range(24):
            desk.write(f"n/{number}.md", COPY.replace("weir", f"weir {number}"))
        stand.silent = True
        served = ["--languagetool-server", stand.url, "--engine-timeout", "1"]
        ran = desk.check("--no-corpus", *served)
        stand.silent = False
        assert ran.code == 2
        paths = [article["path"] for article in ran.document["articles"]]
        assert len(paths) == 25
        assert [(e["path"], e["code"]) for e in ran.document["errors"]] == [
            (path, "engine") for path in paths
        ]
        assert found(ran) == [DOUBLED] * 25
        assert len(stand.asked) == 3, "two articles, and a few words"


class TestFindings:
    def test_they_yield_to_suppressions(self, desk: Repository) -> None:
        name = "grammar-agreement"
        note = f"# The weir\n\n<!-- newslint-ignore {name} -- dialect -->\n"
        matter = f"---\nnewslint:\n  ignore:\n    {name}: dialect\n---\n"
        for copy in (COPY.replace("# The weir\n", note), matter + COPY):
            ran = desk.copy(copy)
            assert SLIP not in ran.found
            assert ran.document["summary"]["suppressed"] == 1
            assert "unused-suppression" not in dict(ran.found)
        desk.config(CONFIG + f"ignores: [{{path: a.md, rule: {name}, text: have}}]\n")
        assert SLIP not in desk.copy(COPY).found

    def test_they_are_taken_up_in_a_baseline(self, desk: Repository) -> None:
        assert desk.run("check", "--write-baseline").code == 0
        assert desk.check().found == []
        desk.write("a.md", COPY + "\nThe ferry came. She have gone.\n")
        assert desk.check().found == [SLIP]

    def test_they_are_mended_with_unsafe_fixes_only(self, desk: Repository) -> None:
        assert desk.run("check", "--fix").code == 0
        text = (desk.root / "a.md").read_text()
        assert "He have voted for the weir, the lock" in text
        assert desk.run("check", "--fix", "--unsafe-fixes").code == 0
        assert "He has voted for the weir, the lock" in (desk.root / "a.md").read_text()

    def test_of_changed_articles_only_those_are_sent(self, tmp_path: Path, stand: Stand) -> None:
        repo = GitRepository(tmp_path / "paper")
        repo.write("newslint.yml", CONFIG)
        repo.write("a.md", COPY)
        repo.write("old.md", COPY.replace("weir", "bridge"))
        repo.commit()
        repo.write("a.md", COPY + "\nThe ferry came. It was late.\n")
        served = ["--languagetool-server", stand.url]
        ran = repo.check("--changed-since", "HEAD", *served)
        assert SLIP not in ran.found
        (form,) = stand.asked
        assert "bridge" not in form["text"][0]
        ran = repo.check("--changed-since", "HEAD", "--scope", "file", *served)
        assert SLIP in ran.found

    def test_a_pull_request_cannot_choose_the_engine(self, tmp_path: Path, stand: Stand) -> None:
        repo = GitRepository(tmp_path / "paper")
        repo.write("newslint.yml", CONFIG + "engine: languagetool\ndialect: en-CA\n")
        repo.write("a.md", COPY)
        repo.commit()
        repo.write("newslint.yml", "extends: [newsroom]\nengine: harper\n")
        flags = ["check", "--format", "json", "--config-from", "HEAD"]
        ran = spawn(*flags, cwd=repo.root, **{VARIABLE: stand.url})
        assert SLIP in ran.found
        assert [form["language"] for form in stand.asked] == [["en-CA"]]


class TestTheEditor:
    def test_findings_and_one_message_where_the_engine_is_not_there(
        self, desk: Repository, stand: Stand
    ) -> None:
        async def scene(editor: Editor) -> tuple[set[str], int]:
            uri = (desk.root / "a.md").as_uri()
            editor.open(uri, COPY)
            rules = {str(d.code) for d in await editor.diagnostics(uri)}
            editor.type(uri, (len(COPY), len(COPY), "\nIt rained.\n"))
            await editor.diagnostics(uri)
            return rules, len([m for m in editor.client.messages if "does not answer" in m.message])

        async def play(server: str) -> tuple[set[str], int]:
            editor = await start("--languagetool-server", server, cwd=desk.root)
            try:
                return await scene(editor)
            finally:
                await stop(editor)

        rules, messages = asyncio.run(play(stand.url))
        assert ({"doubled-word", "grammar-agreement"} <= rules, messages) == (True, 0)
        rules, messages = asyncio.run(play(NOBODY))
        assert ("doubled-word" in rules, "grammar-agreement" in rules, messages) == (True, False, 1)

    def test_an_engine_has_little_time(self, desk: Repository, stand: Stand) -> None:
        """Whatever the config gives a run that nobody watches."""
        desk.config(CONFIG + "engine-timeout: 600\n")
        stand.silent = True

        async def play() -> list[str]:
            editor = await start("--languagetool-server", stand.url, cwd=desk.root)
            try:
                uri = (desk.root / "a.md").as_uri()
                editor.open(uri, COPY)
                return [d.message for d in await editor.diagnostics(uri)]
            finally:
                await stop(editor)

        said = " ".join(asyncio.run(play()))
        stand.silent = False
        assert "took more than 5 seconds" in said
        assert "the the" in said

    def test_saving_tries_again_what_was_given_up(self, desk: Repository, tools: Path) -> None:
        async def play() -> list[bool]:
            editor = await start("--engine", "languagetool", cwd=desk.root)
            uri = (desk.root / "a.md").as_uri()
            try:
                editor.open(uri, COPY)
                before = SLIP in await editor.found(uri)
                install_java(tools)
                editor.save(uri)
                await editor.shows(uri, "grammar-agreement", "doubled-word")
                return [before, SLIP in await editor.found(uri)]
            finally:
                await stop(editor)

        assert asyncio.run(play()) == [False, True]

    def test_two_threads_ask_harper(self, desk: Repository) -> None:
        """One checks the document, the other compares it with the corpus."""
        desk.config(CONFIG + 'corpus: ["**"]\n')
        for name in ("b.md", "c.md"):
            desk.write(name, COPY)

        async def play() -> tuple[list[tuple[str, str]], list[str]]:
            editor = await start(cwd=desk.root)
            try:
                uri = (desk.root / "a.md").as_uri()
                editor.open(uri, COPY)
                for word in ("One", "Two", "Three"):
                    await editor.diagnostics(uri)
                    end = len(editor.buffers[uri].text)
                    editor.type(uri, (end, end, f"\n{word} came. She have gone.\n"))
                return await editor.found(uri), [m.message for m in editor.client.messages]
            finally:
                await stop(editor)

        shown, messages = asyncio.run(play())
        assert (shown.count(SLIP), messages) == (4, [])


def test_a_watch_tries_again_what_was_given_up(desk: Repository, tools: Path) -> None:
    pytest.importorskip("watchfiles", reason="it comes with the dev extra")
    flags = ["--engine", "languagetool", "--format", "concise"]
    with watching(*flags, cwd=desk.root) as watch:
        assert "grammar-agreement" not in watch.says("needs Java")
        install_java(tools)
        desk.write("a.md", COPY + "\nIt rained.\n")
        assert "needs Java" not in watch.says("grammar-agreement")


def test_the_page_of_a_rule_names_the_rules_behind_it(desk: Repository) -> None:
    page = desk.run("explain", "grammar-agreement").out
    assert "PronounVerbAgreement" in page
    assert "HE_VERB_AGR" in page
    assert "  rules: [" in page


def test_the_compose_file_is_one_by_the_published_schema() -> None:
    schemas = pytest.importorskip("check_jsonschema", reason="it comes with the dev extra")
    import jsonschema
    import yaml

    folder = Path(schemas.__file__).parent / "builtin_schemas" / "vendor"
    schema = json.loads((folder / "compose-spec.json").read_text(encoding="utf-8"))
    text = (ROOT / "ci" / "languagetool" / "compose.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    jsonschema.Draft7Validator(schema).validate(data)
    service = data["services"]["languagetool"]
    assert service["ports"] == ["${LANGUAGETOOL_ADDRESS:-127.0.0.1}:8010:8010"]
    assert service["image"].rpartition(":")[2] not in ("", "latest")


def _python(script: Path, cwd: Path) -> Ran:
    done = subprocess.run(
        [sys.executable, str(script)], cwd=cwd, env=environment(), capture_output=True, timeout=60,
        check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
