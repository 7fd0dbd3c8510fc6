"""Words of an article as plain text in Markdown, on GitHub, GitLab and Bitbucket alike."""

from __future__ import annotations

from newslint.article import OPAQUE
from newslint.later import compiled_later
from newslint.reports.terminal import safe

_BREAK = "\u200b"
"""A zero-width space: keeps a service from reading a name, a number or an address as its own."""
_BLANK = "␣"
_CALLS = compiled_later(
    r"(?<=@)(?=\S)|(?<=[#!%^~])(?=\w)|(?<=[&$])(?=\d)"  # people, issues, labels, snippets
    r"|(?<=(?i:GH))(?=-\d)|(?<=:)(?=[\w+-]+:)"  # GH-12, :shortcodes:
    r"|(?<=:)(?=//)|(?<=(?i:www))(?=\.)|(?<=(?i:mailto))(?=:)|(?<=(?i:xmpp))(?=:)"
)
_COMMIT, _SHORT = compiled_later(r"\b[0-9a-f]{7,40}\b"), compiled_later(r".{6}")
_SPECIAL = compiled_later(r"[\\`*_\[\]|~$#]")
_ENTITIES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_SPACE = compiled_later(r"\s+")
_BEGINNING = compiled_later(r"(\d*)([-+=.)/])")  # a list, a rule, a command to GitLab


def escaped(text: str) -> str:
    """The text without markup, HTML or links, and with nobody called."""
    text = _CALLS.sub(_BREAK, safe(text))
    text = _COMMIT.sub(lambda match: _SHORT.sub(rf"\g<0>{_BREAK}", match[0]), text)
    for mark, entity in _ENTITIES:
        text = text.replace(mark, entity)
    return _SPECIAL.sub(r"\\\g<0>", text)


def line(before: str, words: str = "", after: str = "") -> str:
    """Copy that is a line of its own, with some words of it set bold; white space as `␣`."""
    inner = words.strip() or _BLANK * min(len(words), 4)
    if words.strip():
        left, _, right = words.partition(inner)
        before, after = before + left, right + after
    text = _folded(before).lstrip() + (_strong(inner) if inner else "") + _folded(after).rstrip()
    return _BEGINNING.sub(r"\1\\\2", text, 1) if _BEGINNING.match(text) else text


def _strong(words: str) -> str:
    """The words in bold; a zero-width space where their own marks would keep asterisks from it."""
    left = "" if words[0].isalnum() else _BREAK
    right = "" if words[-1].isalnum() else _BREAK
    return f"**{left}{_folded(words)}{right}**"


def _folded(text: str) -> str:
    return _SPACE.sub(" ", escaped(text.replace(OPAQUE, "[…]")))
