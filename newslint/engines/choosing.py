"""Which engine a run asks: what flags and the environment say, then the config."""

from __future__ import annotations

from collections.abc import Collection

from newslint.engines import Choice, Dialect, Name
from newslint.errors import Error, NewslintError
from newslint.yamlfile import Yaml

SERVER = "--languagetool-server"
PUBLIC_API = "--languagetool-public-api"
VARIABLE = "NEWSLINT_LANGUAGETOOL_SERVER"
BRITISH = "uk-style"
"""The stylebook of those who spell so."""

_NOT_HERE = (
    "whoever can change a config could send copy elsewhere, so a config names no server: "
    f"use {SERVER} or the variable {VARIABLE}"
)


def choice(
    asked: Name | None, configured: Name | None, dialect: Dialect, server: str, public_api: bool,
    seconds: float,
) -> Choice:  # fmt: skip
    """The engine that was asked for, else the configured one; else whoever has a server asks it.

    Raises `NewslintError` for an address that is none, or that must not be used.
    """
    there = bool(server) or public_api
    if asked == "harper" and there:
        raise NewslintError(
            Error("--engine", "config", f"harper asks no server: leave out {SERVER}")
        )
    name = asked or configured or ("languagetool" if there else "harper")
    address = _address(server, public_api) if name == "languagetool" else ""
    return Choice(name, dialect, address, seconds)


def _address(server: str, public_api: bool) -> str:
    if not (server or public_api):
        return ""
    from newslint.engines import address  # most runs ask no server

    try:
        found = address.checked(server or address.PUBLIC)
    except ValueError as error:
        raise _wrong(f"this {error}") from None
    if address.is_public(found) and not public_api:
        message = f"{address.shown(found)} is a public service, which would be sent all copy"
        raise _wrong(f"{message}: {PUBLIC_API} allows that")
    if public_api and not address.is_public(found):
        raise _wrong(f"{address.shown(found)} is not the public API: leave out {PUBLIC_API}")
    return found


def _wrong(message: str) -> NewslintError:
    return NewslintError(Error("", "config", f"{SERVER} or {VARIABLE}: {message}"))


def dialect_of(extends: Collection[str]) -> Dialect:
    """The dialect of a newsroom with these stylebooks."""
    return "en-GB" if BRITISH in extends else "en-US"


def check(file: Yaml) -> None:
    """Raises `NewslintError` where a config names a server, or a dialect as none is called."""
    for key, value in (file.data or {}).items():
        if key.replace("_", "-").startswith("languagetool") or key == "server":
            raise file.error(f'"{key}": {_NOT_HERE}', key)
        if key == "dialect" and str(value).lower() == "en-uk":
            raise file.error('"dialect": British English is called en-GB', key)


def notices(chosen: Choice) -> list[str]:
    """What the user should know of where copy goes."""
    if not chosen.server:
        return []
    from newslint.engines import address

    if not address.is_open(chosen.server):
        return []
    return [f"copy goes to {address.shown(chosen.server)} unencrypted: use https where you can"]
