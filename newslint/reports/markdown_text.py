"""Words of an article as plain text in Markdown, on GitHub, GitLab and Bitbucket alike."""

from __future__ import annotations

from newslint.later import compiled_later
from newslint.reports.terminal import safe

_BREAK = "\u200b"
"""A zero-width space: keeps a service from reading a name, a number or an address as its own."""
_CALLS = compiled_later(
    r"(?<=[@#!%^~])(?=\w)|(?<=[&$])(?=\d)"  # people, issues, merge requests, labels, snippets
    r"|(?<=\b(?i:GH))(?=-\d)|(?<=:)(?=[\w+-]+:)"  # GH-12, :shortcodes:
    r"|(?<=:)(?=//)|(?<=\b(?i:www))(?=\.)|(?<=\b(?i:mailto))(?=:)|(?<=\b(?i:xmpp))(?=:)"
    r"|(?<=\b[0-9a-f])(?=[0-9a-f]{6,39}\b)"  # a commit
)
_SPECIAL = compiled_later(r"[\\`*_\[\]|~$#]")
_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_SPACE = compiled_later(r"\s+")
_BEGINNING = compiled_later(r"(\d*)([-+=.)])")


def escaped(text: str) -> str:
    """The text without markup, HTML or links, and with nobody called."""
    text = _CALLS.sub(_BREAK, safe(text))
    for mark, entity in _ENTITIES:
        text = text.replace(mark, entity)
    return _SPECIAL.sub(r"\\\g<0>", text)


def line(before: str, words: str = "", after: str = "") -> str:
    """Copy that is a line of its own, with some words of it set bold."""
    inner = words.strip()
    if inner:
        left, _, right = words.partition(inner)
        before, after = before + left, right + after
    text = _folded(before).lstrip() + (_strong(inner) if inner else words) + _folded(after).rstrip()
    return _BEGINNING.sub(r"\1\\\2", text, 1) if _BEGINNING.match(text) else text


def _strong(words: str) -> str:
    """The words in bold; a zero-width space where their own marks would keep asterisks from it."""
    left = "" if words[0].isalnum() else _BREAK
    right = "" if words[-1].isalnum() else _BREAK
    return f"**{left}{_folded(words)}{right}**"


def _folded(text: str) -> str:
    return _SPACE.sub(" ", escaped(text))
