"""The client of LanguageTool, against a small server that answers as LanguageTool does, or badly."""

from __future__ import annotations

import json
import socket
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from conftest import Repository
from hypothesis import given
from hypothesis import strategies as st

from newslint.engines import Asked, Choice, EngineError, engine, languagetool, server, wire
from newslint.engines.address import checked
from newslint.engines.languagetool import CATEGORIES, LanguageTool, identity

Answer = Callable[["Handler"], None]
WORD = "weir"


class Handler(BaseHTTPRequestHandler):
    """Keeps what it is asked, and leaves the answer to the test."""

    server: Fake

    def do_POST(self) -> None:
        """A question."""
        length = int(self.headers["Content-Length"])
        form = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
        self.form = {key: values[0] for key, values in form.items()}
        self.server.asked.append((self.path, self.form, dict(self.headers)))
        self.server.answer(self)

    def do_GET(self) -> None:
        """What software it is."""
        self.form = {}
        self.server.asked.append((self.path, {}, dict(self.headers)))
        self.server.answer(self)

    def say(self, body: str | bytes, status: int = 200, **headers: str) -> None:
        """Answer."""
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Silence."""


class Fake(ThreadingHTTPServer):
    """A server that the tests tell what to answer."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, str], dict[str, str]]] = []
        self.answer: Answer = find_words
        self.address = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is no news."""


def matches(text: str) -> list[dict[str, Any]]:
    """A match at each `WORD`, in the units of UTF-16 that LanguageTool counts in."""
    found, at = [], text.find(WORD)
    while at >= 0:
        offset = len(text[:at].encode("utf-16-le")) // 2
        found.append({
            "message": "Is it a dam?", "offset": offset, "length": len(WORD),
            "replacements": [{"value": "dam"}, {"value": "lock"}],
            "rule": {"id": "WEIR", "category": {"id": "GRAMMAR", "name": "Grammar"}},
        })  # fmt: skip
        at = text.find(WORD, at + 1)
    return found


def find_words(handler: Handler) -> None:
    """Answer as LanguageTool does."""
    body = {"software": {"version": "6.8"}, "matches": matches(handler.form["text"])}
    handler.say(json.dumps(body))


@pytest.fixture
def fake() -> Iterator[Fake]:
    """A server that finds the word `weir`."""
    made = Fake()
    threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def client(address: str, seconds: float = 5, asked: Asked | None = None) -> LanguageTool:
    """A new client, which has not been asked before."""
    wanted = Asked(frozenset({"WEIR"})) if asked is None else asked
    return LanguageTool(Choice("languagetool", "en-GB", address, seconds, wanted))


def trouble(address: str, seconds: float = 5) -> EngineError:
    """What is said when one text cannot be checked."""
    with pytest.raises(EngineError) as caught:
        client(address, seconds).check(["The weir fell."], seconds)
    return caught.value


def test_a_match_comes_back_to_its_text(fake: Fake) -> None:
    first, second = client(fake.address).check(["No dam.", "The 🌊 weir."], 5)
    assert first == []
    (match,) = second
    assert "The 🌊 weir."[match.start : match.end] == "weir"
    assert (match.rule, match.category, match.message) == ("WEIR", "GRAMMAR", "Is it a dam?")
    assert match.suggestions == ("dam", "lock")


def answer_at_once(_: str, __: str, form: dict[str, str], *___: object) -> bytes:
    """Stands in for the network, which would take long for many examples."""
    return json.dumps({"matches": matches(form["text"])}).encode()


@given(st.lists(st.lists(st.sampled_from(["weir", "é", "🌊", "\u200d", " ", "\n", "a\ufffc"]))))
def test_positions_are_code_points_of_each_text(parts: list[list[str]]) -> None:
    texts = ["".join(words) for words in parts]
    asked = client("http://127.0.0.1:1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(languagetool, "ask", answer_at_once)
        found = asked.check(texts, 5)
    assert len(found) == len(texts)
    for text, its in zip(texts, found, strict=True):
        assert [text[m.start : m.end] for m in its] == [WORD] * text.count(WORD)


def test_a_match_over_two_texts_belongs_to_none(fake: Fake) -> None:
    def over(handler: Handler) -> None:
        found = {**matches("weir")[0], "offset": 2, "length": 5}
        handler.say(json.dumps({"matches": [found]}))

    fake.answer = over
    assert client(fake.address).check(["weir", "weir"], 5) == [[], []]


def test_no_match_is_empty_or_comes_twice(fake: Fake) -> None:
    def twice(handler: Handler) -> None:
        (found,) = matches(handler.form["text"])
        handler.say(json.dumps({"matches": [found, {**found, "length": 0}, found]}))

    fake.answer = twice
    ((match,),) = client(fake.address).check(["The weir fell."], 5)
    assert match.end - match.start == len(WORD)


def test_the_server_is_told_what_is_wanted(fake: Fake) -> None:
    wanted = Asked(frozenset({"B", "A"}), frozenset({"GRAMMAR"}), frozenset({"C"}))
    client(fake.address, asked=wanted).check(["One", "Two"], 5)
    path, form, _ = fake.asked[0]
    assert path == "/v2/check"
    assert (form["text"], form["language"]) == ("One\n\nTwo", "en-GB")
    assert (form["enabledRules"], form["disabledRules"]) == ("A,B", "C")
    assert form["disabledCategories"] == ",".join(sorted(CATEGORIES - {"GRAMMAR"}))


@pytest.mark.parametrize("given", ["", "/", "/v2", "/v2/", "/v2/check"])
def test_an_address_may_name_the_api_or_not(fake: Fake, given: str) -> None:
    client(checked(f"{fake.address}/tools/lt{given}")).check(["One"], 5)
    assert fake.asked[0][0] == "/tools/lt/v2/check"


def test_name_and_password_are_sent_and_never_shown(fake: Fake) -> None:
    host = fake.address.removeprefix("http://")
    address = f"http://desk:s%C3%A9cret%40@{host}"
    client(address).check(["One"], 5)
    pair = b64encode("desk:sécret@".encode()).decode()
    assert fake.asked[0][2]["Authorization"] == f"Basic {pair}"
    fake.answer = lambda handler: handler.say("Error: no", 401)
    said = trouble(address)
    assert host in said.message
    assert "cret" not in said.message


def test_no_proxy_stands_before_this_machine(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert client(fake.address).check(["weir"], 5)[0]


def test_a_proxy_that_may_be_at_fault_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "10.0.0.9")
    said = trouble("http://10.0.0.5:8010").message
    assert "http://10.0.0.5:8010 (by way of a proxy, which NO_PROXY leaves out) does not" in said


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_copy_never_follows_to_another_address(fake: Fake, status: int) -> None:
    other = Fake()
    threading.Thread(target=other.serve_forever, args=(0.01,), daemon=True).start()
    target = f"{other.address}/lt/v2/check?a=b"
    fake.answer = lambda handler: handler.say("", status, Location=target)
    said = trouble(fake.address)
    other.shutdown()
    other.server_close()
    assert other.asked == []
    assert f"{other.address}/lt," in said.message
    assert said.everywhere


PAGE = "<!doctype html><title>Guest network</title>"
REFUSALS = [
    (400, "Error: 'xx' is not a language code", "did not take the question (400: 'xx' is not", False),
    (401, "", "wants a name and a password (401)", True),
    (403, "Error: Not\nyou\x1b[31m", "refuses (403: Not you [31m)", True),
    (404, "Error: Not Found", "is none (404: Not Found)", True),
    (413, "Error: Your text exceeds the limit of 9 characters", "(413: Your text exceeds", False),
    (426, "Error: Too many", "asked too often (426: Too many)", False),
    (429, "slow down", "asked too often (429: slow down): try --jobs 1", False),
    (500, "Error: Internal Error: x" + "y" * 999, "failed (500: Internal Error: xyyy", False),
    (502, PAGE, "failed (502)", False),
    (503, "Error: Server overloaded", "failed (503: Server overloaded)", False),
]  # fmt: skip


@pytest.mark.parametrize(("status", "body", "words", "everywhere"), REFUSALS)
def test_what_a_server_refuses_is_told_in_its_own_words(
    fake: Fake, status: int, body: str, words: str, everywhere: bool
) -> None:
    fake.answer = lambda handler: handler.say(body, status)
    said = trouble(fake.address)
    assert said.message.startswith(f"the LanguageTool server {fake.address} ")
    assert words in said.message
    assert said.everywhere is everywhere
    assert said.message.isprintable()
    assert len(said.message) < 400


STRANGE = [
    (PAGE, "answers with a web page"),
    ("hello", "answers without JSON"),
    ("", "answers without JSON"),
    (b"\xff\xfe", "answers without JSON"),
    ("[]", "answers not as LanguageTool does (Expected `object`, got `array`)"),
    ('{"matches": [{"offset": "1"}]}', "answers not as LanguageTool does"),
    ("{}", "answers not as LanguageTool does"),
]


@pytest.mark.parametrize(("body", "words"), STRANGE)
def test_an_answer_of_another_kind_is_no_answer(fake: Fake, body: str, words: str) -> None:
    fake.answer = lambda handler: handler.say(body)
    said = trouble(fake.address)
    assert f"{fake.address} {words}" in said.message
    assert said.everywhere


@pytest.mark.parametrize(("offset", "length"), [(-1, 2), (0, 99), (14, 1), (5, -2)])
def test_a_match_outside_the_text_is_an_error(fake: Fake, offset: int, length: int) -> None:
    found = {**matches("weir")[0], "offset": offset, "length": length}
    fake.answer = lambda handler: handler.say(json.dumps({"matches": [found]}))
    assert "another text" in trouble(fake.address).message


def test_half_a_check_is_none(fake: Fake) -> None:
    body = json.dumps({"matches": [], "warnings": {"incompleteResults": True}})
    fake.answer = lambda handler: handler.say(body)
    said = trouble(fake.address)
    assert "did not get to the end of the text" in said.message
    assert not said.everywhere


def test_an_answer_that_breaks_off_is_none(fake: Fake) -> None:
    fake.answer = lambda handler: handler.say('{"matches": []}', 200, **{"Content-Length": "999"})
    assert "the answer breaks off" in trouble(fake.address).message


def test_an_answer_has_a_bound(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MOST", 1000)
    fake.answer = lambda handler: handler.say('{"matches": []}' + " " * 1000)
    assert "answered with more than" in trouble(fake.address).message


def slow_from_the_start(handler: Handler) -> None:
    """Take the question and think."""
    time.sleep(60)


def slow_headers(handler: Handler) -> None:
    """Send a header now and then."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    for number in range(600):
        handler.wfile.write(b"X-%d: x\r\n" % number)
        time.sleep(0.1)


def slow_body(handler: Handler) -> None:
    """Send a byte now and then."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(600):
        handler.wfile.write(b" ")
        time.sleep(0.1)


@pytest.mark.parametrize("answer", [slow_from_the_start, slow_headers, slow_body])
def test_the_time_limit_holds_for_the_whole_answer(fake: Fake, answer: Answer) -> None:
    fake.answer = answer
    begin = time.monotonic()
    said = trouble(fake.address, 0.3)
    assert time.monotonic() - begin < 20
    assert "took more than 0.3 seconds for an article" in said.message
    assert not said.everywhere


def nobody() -> str:
    """An address where nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def test_a_server_that_is_not_there(fake: Fake) -> None:
    address = nobody()
    said = trouble(address)
    assert said.message.startswith(f"the LanguageTool server {address} does not answer (")
    assert said.everywhere


@pytest.mark.parametrize("host", ["nobody.invalid", f"{'x' * 64}.example"])
def test_a_machine_that_nobody_knows(host: str) -> None:
    said = trouble(f"http://{host}")
    assert "no machine of that name is known" in said.message
    assert said.everywhere


def test_a_server_without_tls(fake: Fake) -> None:
    said = trouble(fake.address.replace("http:", "https:"), 2)
    assert "does it want http, not https?" in said.message
    assert said.everywhere


def test_a_server_that_hangs_up(fake: Fake) -> None:
    fake.answer = lambda handler: handler.connection.shutdown(socket.SHUT_RDWR)
    assert "does not answer (" in trouble(fake.address).message


def test_a_server_that_is_not_there_is_not_asked_for_every_article(fake: Fake) -> None:
    fake.answer = lambda handler: handler.say("", 404)
    asked = client(fake.address)
    messages = set()
    for _ in range(3):
        with pytest.raises(EngineError) as caught:
            asked.check(["One"], 5)
        assert caught.value.everywhere
        messages.add(caught.value.message)
    assert len(messages) == len(fake.asked) == 1


def test_a_server_that_goes_away_later_is_the_trouble_of_the_article(fake: Fake) -> None:
    asked = client(fake.address)
    asked.check(["One"], 5)
    fake.answer = lambda handler: handler.say("", 404)
    with pytest.raises(EngineError) as caught:
        asked.check(["Two"], 5)
    assert not caught.value.everywhere
    fake.answer = find_words
    assert asked.check(["weir"], 5)[0]


def test_a_server_that_hangs_costs_the_time_of_two_articles(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languagetool, "_PROOF", 0.2)
    fake.answer = slow_from_the_start
    asked, said = client(fake.address, 0.2), []
    for _ in range(20):
        with pytest.raises(EngineError) as caught:
            asked.check(["One"], 0.2)
        assert not caught.value.everywhere, "each article is named"
        said.append(caught.value.message)
    assert ["took more than" in one for one in said[:3]] == [True, True, False]
    assert f"{fake.address} answers nothing any more" in said[2]
    assert set(said[2:]) == {said[2]}
    assert len(fake.asked) == 3
    monkeypatch.setattr(languagetool, "monotonic", lambda: time.monotonic() + languagetool._AGAIN)
    fake.answer = find_words
    assert asked.check(["weir"], 5)[0], "it is asked again once it answers"


def test_articles_that_take_too_long_do_not_condemn_a_server(fake: Fake) -> None:
    def answer(handler: Handler) -> None:
        (slow_from_the_start if "long" in handler.form["text"] else find_words)(handler)

    fake.answer = answer
    asked = client(fake.address, 0.2)
    for _ in range(3):
        with pytest.raises(EngineError, match="took more than"):
            asked.check(["A long article."], 0.2)
    assert asked.check(["weir"], 5)[0]


def test_a_server_of_newslints_own_is_asked_again_after_a_restart(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "started", nobody)
    restarts = []

    def restarted() -> str:
        time.sleep(0.2)
        restarts.append(fake.address)
        return fake.address

    monkeypatch.setattr(server, "restarted", restarted)
    assert client("").check(["weir"], 0.15)[0]
    assert restarts == [fake.address]


def test_trouble_with_newslints_own_server_names_no_address(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "started", lambda: fake.address)
    fake.answer = lambda handler: handler.say("Error: out of memory", 500)
    message = "newslint's own LanguageTool server failed (500: out of memory)"
    assert trouble("").message == message


def test_the_public_service_is_asked_little_and_seldom(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languagetool, "is_public", lambda _: True)
    monkeypatch.setattr(languagetool, "_PUBLIC_PAUSE", 0.2)
    texts = ["é" * 4000 + " weir", "x" * 9000, "weir", "y" * 30_000, "weir"]
    asked = client(fake.address)
    begin = time.monotonic()
    found = asked.check(texts, 5)
    assert [len(its) for its in found] == [1, 0, 1, 0, 1]
    assert [len(form["text"]) for _, form, _ in fake.asked] == [13_013, 30_000, 4]
    assert time.monotonic() - begin > 0.4
    with pytest.raises(EngineError, match="took more than"):
        asked.check(["One"], 0.1)


def test_identity_is_the_software(fake: Fake) -> None:
    body = {"software": {"name": "LanguageTool", "version": "6.8", "buildDate": "2026-05-05"}}
    fake.answer = lambda handler: handler.say(json.dumps(body))
    assert identity(Choice("languagetool", server=fake.address)) == "LanguageTool 6.8 2026-05-05"
    assert fake.asked[0][0] == "/v2/info"


@pytest.mark.parametrize("answer", [slow_from_the_start, lambda handler: handler.say(PAGE)])
def test_identity_of_something_else(fake: Fake, answer: Answer) -> None:
    fake.answer = answer
    with pytest.raises(EngineError) as caught:
        identity(Choice("languagetool", server=fake.address, seconds=0.3))
    assert caught.value.everywhere


def test_an_engine_is_one_for_a_process() -> None:
    choice = Choice("languagetool", server="http://127.0.0.1:1")
    assert engine(choice) is engine(choice)


def test_a_run_tells_of_a_server_that_is_not_there_once(repo: Repository) -> None:
    repo.config("extends: [grammar]\n")
    repo.write("a.md", "# The weir\n\nThe weir fell.\n")
    repo.write("b.md", "# The mill\n\nThe mill fell.\n")
    address = nobody()
    ran = repo.check("a.md", "b.md", "--engine", "languagetool", "--languagetool-server", address)
    assert ran.code == 2
    (error,) = ran.document["errors"]
    assert (error["path"], error["code"]) == ("", "engine")
    assert address in error["message"]
