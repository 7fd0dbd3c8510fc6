"""One question to a LanguageTool server over HTTP: its answer in time, or what went wrong."""

from __future__ import annotations

import ssl
from base64 import b64encode
from collections.abc import Callable, Mapping
from http.client import HTTPException, RemoteDisconnected
from ipaddress import ip_address
from queue import Empty, Queue
from socket import gaierror
from threading import Thread
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlencode, urlsplit
from urllib.request import (
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
    getproxies,
    proxy_bypass,
)

from newslint.engines import EngineError
from newslint.engines.address import shown

MOST = 32 * 1024 * 1024
"""Bytes of an answer; a batch of an article's text has never come near."""
_GRACE = 0.5
"""Seconds, for a time limit of a connection's own to be heard, which tells more."""
_WORDS = 200
"""Characters of what a server says itself that messages repeat."""


class GoneError(EngineError):
    """Nobody answers at an address, or the line broke: the server may have died."""


class _Stay(HTTPRedirectHandler):
    """Copy goes where the user has sent it and nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """No other address is asked."""


def ask(server: str, path: str, form: Mapping[str, str] | None, seconds: float, who: str) -> bytes:
    """The body of a server's answer to a form, or without one to a plain request for a page.

    `server` is an address as `address.checked` gives it, `who` what messages call it. The time
    holds for everything, from the name of the machine to the last byte: then `TimeoutError`. Raises
    `EngineError`, which is `everywhere` where another question would fare no better, and
    `GoneError` where nobody answers.
    """
    if _is_proxied(server):
        who = f"{who} (by way of a proxy, which NO_PROXY leaves out)"
    return _within(seconds + _GRACE, lambda: _answer(_request(server, path, form), seconds, who))


def _within(seconds: float, call: Callable[[], bytes]) -> bytes:
    """What a call returns or raises. A thread, as neither names nor headers have a time limit."""
    said: Queue[bytes | BaseException] = Queue(1)

    def run() -> None:
        try:
            said.put(call())
        except BaseException as error:  # it belongs to whoever waits
            said.put(error)

    Thread(target=run, name="newslint-languagetool", daemon=True).start()
    try:
        answer = said.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if isinstance(answer, BaseException):
        raise answer
    return answer


def _answer(request: Request, seconds: float, who: str) -> bytes:
    try:
        with _opener(request.full_url).open(request, timeout=seconds) as response:
            body: bytes = response.read(MOST + 1)
            if response.length and len(body) <= MOST:
                raise RemoteDisconnected("the answer breaks off")
    except HTTPError as error:
        with error:
            raise _refusal(who, error) from None
    except TimeoutError:
        raise
    except (OSError, HTTPException, UnicodeError) as error:
        raise _failure(who, error) from None
    if len(body) > MOST:
        raise EngineError(f"{who} answered with more than {MOST // 2**20} MB")
    return body


def _opener(server: str) -> OpenerDirector:
    """The environment's proxies serve other machines, never this one."""
    handlers: list[Any] = [_Stay()]
    if _is_loopback(server):
        handlers.append(ProxyHandler({}))
    return build_opener(*handlers)


def _request(server: str, path: str, form: Mapping[str, str] | None) -> Request:
    parts = urlsplit(server)
    user, _, machine = parts.netloc.rpartition("@")
    address = parts._replace(netloc=machine, path=parts.path.rstrip("/") + path).geturl()
    data = None if form is None else urlencode(form, errors="replace").encode()
    request = Request(address, data, {"Accept": "application/json", "User-Agent": "newslint"})
    if user:
        name, _, password = user.partition(":")
        pair = b64encode(f"{unquote(name)}:{unquote(password)}".encode()).decode()
        request.add_unredirected_header("Authorization", f"Basic {pair}")
    return request


def _is_loopback(server: str) -> bool:
    """Whether a server runs, by its name, on this machine."""
    host = urlsplit(server).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _is_proxied(server: str) -> bool:
    """Whether the environment sets a proxy before a server, which may be what fails."""
    parts = urlsplit(server)
    if _is_loopback(server) or parts.scheme not in getproxies():
        return False
    return not proxy_bypass(parts.hostname or "")


def _failure(who: str, error: OSError | HTTPException | UnicodeError) -> EngineError:
    """What kept a question from being answered."""
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return GoneError(f"{who} cannot be reached in time: is the address right?", True)
    if isinstance(reason, gaierror | UnicodeError):
        return EngineError(f"{who}: no machine of that name is known: is the address right?", True)
    if isinstance(reason, ssl.SSLCertVerificationError):
        why = f"its certificate does not hold ({_line(reason.verify_message)})"
        remedy = "SSL_CERT_FILE may name the newsroom's own authority"
        return EngineError(f"{who}: {why}; {remedy}", True)
    if isinstance(reason, ssl.SSLError):
        return EngineError(f"{who} cannot be asked over TLS: does it want http, not https?", True)
    why = getattr(reason, "strerror", None) or _line(str(reason)) or type(reason).__name__
    return GoneError(f"{who} does not answer ({why}): is it running, is the address right?", True)


def _refusal(who: str, error: HTTPError) -> EngineError:
    """What a server's own error means."""
    code = error.code
    said = f"{code}{_words(error)}"
    if 300 <= code < 400:
        where = _target(error)
        return EngineError(f"{who} sends on{where}, where copy is not taken: name that one", True)
    if code == 401:
        remedy = "they may stand in the address, as in https://name:password@host"
        return EngineError(f"{who} wants a name and a password ({said}): {remedy}", True)
    if code == 413:
        remedy = "whoever runs it can raise maxTextLength"
        return EngineError(f"{who} takes no text of that length ({said}): {remedy}")
    if code in (426, 429):
        remedy = "try --jobs 1, or have its limit raised, or let newslint start its own"
        return EngineError(f"{who} is asked too often ({said}): {remedy}")
    if code in (404, 405):
        return EngineError(f"{who} is none ({said}): is the path in the address right?", True)
    if code == 403:
        return EngineError(f"{who} refuses ({said}): it may limit how often, or who, asks", True)
    if code >= 500:
        return EngineError(f"{who} failed ({said})")
    return EngineError(f"{who} did not take the question ({said})")


def _words(error: HTTPError) -> str:
    """What a server says itself, on one line, where it is no page for a browser."""
    try:
        text = error.read(4 * _WORDS).decode(errors="replace")
    except (OSError, HTTPException):
        return ""
    words = _line(text.removeprefix("Error: "))
    return f": {words}" if words and not words.startswith("<") else ""


def _line(text: str) -> str:
    """A stranger's words, fit for a message."""
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return words if len(words) <= _WORDS else words[:_WORDS] + "…"


def _target(error: HTTPError) -> str:
    """The address that a server sends on to, as far as it is one."""
    try:
        parts = urlsplit(error.headers.get("Location", ""))
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return ""
        plain = parts._replace(query="", fragment="")
    except ValueError:
        return ""
    path = plain.path.removesuffix("/check").removesuffix("/v2")
    address = shown(plain._replace(path=path).geturl())
    return f" to {address}" if address.isprintable() and len(address) <= _WORDS else ""
