"""The address of a LanguageTool server, as a flag or the environment gives it."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

PUBLIC = "https://api.languagetool.org"
"""Where the makers of LanguageTool offer it to everybody."""
_PUBLIC_DOMAINS = ("languagetool.org", "languagetoolplus.com")
_NEAR = (".localhost", ".local", ".internal", ".lan", ".home.arpa")
"""What names of machines in the house end with."""


def checked(address: str) -> str:
    """The address without what a client adds itself. Raises `ValueError` where it is none."""
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, brackets that do not match
        good = False
    if not good or not address.isascii() or not address.isprintable() or " " in address:
        raise ValueError("is no address of a server: write it like http://localhost:8081")
    if parts.query or parts.fragment:
        raise ValueError("is more than the address of a server: leave out what follows ? or #")
    path = parts.path.rstrip("/")
    for added in ("/check", "/v2"):
        path = path.removesuffix(added)
    return parts._replace(path=path.rstrip("/")).geturl()


def shown(address: str) -> str:
    """The address as messages show it: without a user's name and password."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def is_public(address: str) -> bool:
    """Whether it is the makers' own server, where strangers' machines read the copy."""
    host = _host(urlsplit(address))
    return any(host == domain or host.endswith(f".{domain}") for domain in _PUBLIC_DOMAINS)


def is_open(address: str) -> bool:
    """Whether copy would go unencrypted to a machine that is, by its name, not in the house."""
    parts = urlsplit(address)
    host = _host(parts)
    if parts.scheme == "https" or "." not in host.replace(":", ".") or host.endswith(_NEAR):
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        return True


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".")
