"""Which engine a run asks: flags, environment, config, and what each of them may say."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Ran, Repository, spawn
from hypothesis import given
from hypothesis import strategies as st
from stand_in import Stand

from newslint import check_text
from newslint.config import Request
from newslint.engines import address

pytest.importorskip("harper", reason="harper-py comes with the dev extra")

COPY = "# The weir\n\nThe council met. He have voted for the weir, the the lock and the ferry.\n"
SLIP = ("grammar-agreement", "have")
VARIABLE = "NEWSLINT_LANGUAGETOOL_SERVER"


@pytest.fixture
def stand() -> Iterator[Stand]:
    stand = Stand()
    yield stand
    stand.close()


@pytest.fixture(autouse=True)
def _nobody_elses_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def desk(repo: Repository) -> Repository:
    repo.config("extends: [grammar]\n")
    repo.write("a.md", COPY)
    return repo


def errors(ran: Ran) -> list[str]:
    return [error["message"] for error in ran.document["errors"]]


def asked_of(repo: Repository, *args: str) -> dict[str, object]:
    """What `newslint config` says of the engine."""
    ran = repo.run("config", "--format", "json", *args)
    assert ran.code == 0, ran.err
    engine: dict[str, object] = json.loads(ran.out)["engine"]
    return engine


class TestWhoIsAsked:
    def test_harper_where_nobody_says_anything(self, desk: Repository) -> None:
        ran = desk.check("a.md")
        assert (ran.code, errors(ran)) == (0, [])
        assert SLIP in ran.found

    def test_a_server_that_a_flag_names(self, desk: Repository, stand: Stand) -> None:
        ran = desk.check("a.md", "--languagetool-server", stand.url)
        assert SLIP in ran.found
        (form,) = stand.asked
        assert form["language"] == ["en-US"]
        assert "The council met." in form["text"][0]

    @pytest.mark.parametrize("end", ["", "/", "/v2", "/v2/", "/v2/check"])
    def test_it_may_be_named_as_servers_are(self, desk: Repository, stand: Stand, end: str) -> None:
        assert SLIP in desk.check("a.md", "--languagetool-server", stand.url + end).found

    def test_a_flag_beats_the_config(self, desk: Repository, stand: Stand) -> None:
        desk.config("extends: [grammar]\nengine: harper\n")
        desk.check("a.md", "--languagetool-server", stand.url)
        assert len(stand.asked) == 1
        desk.config("extends: [grammar]\nengine: languagetool\n")
        assert SLIP in desk.check("a.md", "--engine", "harper").found
        assert len(stand.asked) == 1

    def test_the_variable_says_where_and_the_config_whom(
        self, desk: Repository, stand: Stand, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv(VARIABLE, stand.url)
        assert asked_of(desk)["engine"] == "languagetool"
        desk.config("extends: [grammar]\nengine: harper\n")
        assert asked_of(desk)["engine"] == "harper"
        desk.config("extends: [grammar]\nengine: languagetool\n")
        assert asked_of(desk)["server"] == stand.url
        assert asked_of(desk, "--engine", "harper")["server"] is None

    def test_the_dialect_is_that_of_the_stylebooks_or_the_config(
        self, desk: Repository, stand: Stand
    ) -> None:
        desk.config("extends: [grammar, uk-style]\n")
        desk.check("a.md", "--languagetool-server", stand.url)
        desk.config("extends: [grammar, uk-style]\ndialect: en-CA\n")
        desk.check("a.md", "--languagetool-server", stand.url)
        assert [form["language"] for form in stand.asked] == [["en-GB"], ["en-CA"]]

    def test_from_python(self, desk: Repository, stand: Stand) -> None:
        cwd = str(desk.root)
        alone = check_text(COPY, request=Request(cwd=cwd))
        assert SLIP in [(f.rule, f.text) for f in alone.findings]
        served = check_text(COPY, request=Request(cwd=cwd, languagetool_server=stand.url))
        assert SLIP in [(f.rule, f.text) for f in served.findings]
        assert len(stand.asked) == 1

    def test_test_rules_asks_it_too(self, desk: Repository, stand: Stand) -> None:
        desk.config("extends: [./desk]\n")
        rule = (
            "kind: grammar\n"
            "options: {check: mistakes, languagetool: {rules: [HE_VERB_AGR]}}\n"
            'examples: {bad: ["He [[have]] it."], good: ["He has it."]}\n'
        )
        desk.rule(f"id: house-verbs\n{rule}")
        ran = desk.run("test-rules", "--languagetool-server", stand.url)
        assert (ran.code, ran.err) == (0, "")
        assert "2 examples" in ran.out
        assert len(stand.asked) == 2
        ran = desk.run("test-rules", "--engine", "harper")
        assert "house-verbs: not tested, since it asks harper for nothing" in ran.err


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("url", "why"),
        [
            ("localhost:8081", "is no address of a server"),
            ("ftp://lt.example", "is no address of a server"),
            ("http://", "is no address of a server"),
            ("http://lt.example:port", "is no address of a server"),
            ("http://lt.example:99999", "is no address of a server"),
            ("http://lt.exa mple", "is no address of a server"),
            ("http://lt.example/\x1b[2J", "is no address of a server"),
            ("http://[::1", "is no address of a server"),
            ("http://zürich.example", "is no address of a server"),
            ("https://lt.example/?key=geheim", "leave out what follows ?"),
            ("https://api.languagetool.org", "--languagetool-public-api allows that"),
            ("https://API.languagetool.org./v2", "--languagetool-public-api allows that"),
            ("https://api.languagetoolplus.com/v2", "--languagetool-public-api allows that"),
        ],
    )
    def test_addresses(
        self, desk: Repository, monkeypatch: pytest.MonkeyPatch, url: str, why: str
    ) -> None:
        for args in (["--languagetool-server", url], []):
            if not args:
                monkeypatch.setenv(VARIABLE, url)
            ran = desk.check("a.md", *args)
            assert ran.code == 2
            (message,) = errors(ran)
            assert why in message
            assert VARIABLE in message
            assert "geheim" not in ran.out + ran.err

    @pytest.mark.parametrize(
        ("args", "why"),
        [
            ("--engine harper --languagetool-server http://localhost:1", "asks no server"),
            ("--engine harper --languagetool-public-api", "asks no server"),
            (
                "--languagetool-public-api --languagetool-server http://localhost:1",
                "http://localhost:1 is not the public API",
            ),
        ],
    )
    def test_flags_that_contradict_each_other(self, desk: Repository, args: str, why: str) -> None:
        ran = desk.check("a.md", *args.split())
        assert ran.code == 2
        assert why in errors(ran)[0]

    @pytest.mark.parametrize("seconds", ["0", "-1", "3601", "ten", "1e3"])
    def test_a_time_that_is_none(self, desk: Repository, seconds: str) -> None:
        assert desk.run("check", "a.md", f"--engine-timeout={seconds}").code == 2

    @pytest.mark.parametrize(
        ("line", "why"),
        [
            ("languagetool-server: http://lt.example", "could send copy elsewhere"),
            ("languagetool_server: http://lt.example", "could send copy elsewhere"),
            ("languagetool-public-api: true", "could send copy elsewhere"),
            ("languagetool: {server: http://lt.example}", "could send copy elsewhere"),
            ("server: http://lt.example", "could send copy elsewhere"),
            ("engine: {name: languagetool}", "expected text, got a mapping"),
            ("engine: harpur", 'Did you mean "harper"?'),
            ("dialect: en-UK", "British English is called en-GB"),
            ("dialect: en-NZ", "unknown value"),
            ("engine-timeout: 0.5", "expected a number >= 1"),
            ("engine-timeout: 1e9", "expected a number <= 3600"),
        ],
    )
    def test_in_the_config(self, desk: Repository, line: str, why: str) -> None:
        desk.config(f"extends: [grammar]\n{line}\n")
        ran = desk.check("a.md")
        assert ran.code == 2
        (error,) = ran.document["errors"]
        assert (error["path"], error["line"], error["code"]) == ("newslint.yml", 2, "config")
        assert why in error["message"]

    def test_a_pull_request_cannot_send_copy_elsewhere(
        self, desk: Repository, stand: Stand
    ) -> None:
        rule = (
            "id: house-verbs\nkind: grammar\n"
            f"options: {{check: mistakes, languagetool: {{rules: [X], server: '{stand.url}'}}}}\n"
        )
        desk.rule(rule)
        desk.config("extends: [./desk]\nengine: languagetool\n")
        ran = desk.check("a.md")
        assert ran.code == 2
        assert 'unknown key "server"' in errors(ran)[0]
        assert stand.asked == []


class TestWhatIsSaid:
    def test_where_each_value_comes_from(
        self, desk: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        desk.config("extends: [grammar, uk-style]\nengine-timeout: 12\n")
        monkeypatch.setenv(VARIABLE, "http://desk:geheim@lt.internal:8010/v2")
        ran = desk.run("config")
        assert 'engine: "languagetool"  # NEWSLINT_LANGUAGETOOL_SERVER' in ran.out
        assert 'dialect: "en-GB"  # because of uk-style in extends' in ran.out
        assert "engine-timeout: 12.0  # newslint.yml:2" in ran.out
        assert "# LanguageTool is asked at http://lt.internal:8010\n" in ran.out
        assert "geheim" not in ran.out + ran.err
        ran = desk.run("config", "--engine", "harper", "--engine-timeout", "5")
        assert 'engine: "harper"  # command line' in ran.out
        assert "engine-timeout: 5.0  # command line" in ran.out
        assert "LanguageTool is asked" not in ran.out

    def test_a_flag_that_no_rule_heeds(self, desk: Repository) -> None:
        quiet = desk.run("check", "a.md", "--engine", "harper")
        assert "no rule of this run asks an engine" not in quiet.err
        idle = desk.run("check", "a.md", "--engine", "harper", "--select", "doubled-word")
        assert "no rule of this run asks an engine" in idle.err
        assert idle.code == 0

    def test_copy_that_goes_unencrypted(
        self, desk: Repository, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")  # where nobody answers
        server = "http://desk:geheim@lt.paper.example:8010"
        ran = desk.run("check", "a.md", "--languagetool-server", server)
        assert "copy goes to http://lt.paper.example:8010 unencrypted" in ran.err
        assert "geheim" not in ran.out + ran.err
        calm = desk.run(
            "check", "a.md", "--languagetool-server", server, "--select", "doubled-word"
        )
        assert "unencrypted" not in calm.err

    def test_the_schema_knows_the_keys(self, desk: Repository) -> None:
        properties = json.loads(desk.run("schema", "config").out)["properties"]
        assert {"engine", "dialect", "engine-timeout"} <= properties.keys()
        assert not [key for key in properties if "server" in key]


class TestAddresses:
    @pytest.mark.parametrize(
        ("url", "open_"),
        [
            ("http://localhost:8081", False),
            ("http://127.0.0.1:8081", False),
            ("http://[::1]:8081", False),
            ("http://[fd12::5]:8081", False),
            ("http://192.168.4.7", False),
            ("http://languagetool:8010", False),
            ("http://lt.desk.local", False),
            ("http://lt.paper.internal", False),
            ("https://lt.paper.example", False),
            ("http://lt.paper.example", True),
            ("http://1.1.1.1:8010", True),
            ("http://[2606:4700::1111]", True),
            ("http://lt.local.example", True),
        ],
    )
    def test_which_are_open_to_others(self, url: str, open_: bool) -> None:
        assert address.is_open(url) is open_

    @given(st.text())
    def test_any_text_is_an_address_or_refused(self, text: str) -> None:
        for url in (text, f"http://{text}", f"http://lt.example/{text}"):
            try:
                found = address.checked(url)
            except ValueError as error:
                assert str(error).startswith("is ")
            else:
                assert address.checked(found) == found
                assert "@" not in address.shown(found).split("/")[2]
                assert address.is_open(found) in (True, False)


def test_engines_cost_nothing_where_no_rule_asks(repo: Repository, tmp_path: Path) -> None:
    """Not even where they cannot be imported."""
    for name in ("harper", "language_tool_python"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported')\n")
    repo.write("a.md", COPY)
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    ran = spawn("check", "a.md", "--select", "doubled-word", cwd=repo.root, PYTHONPATH=path)
    assert (ran.code, "doubled-word" in ran.out) == (0, True)
