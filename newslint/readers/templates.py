"""Finds template syntax in copy: Hugo shortcodes, Liquid and Jinja tags, ERB, attribute lists."""

from __future__ import annotations

import re

from newslint.article import Span
from newslint.later import compiled_later

_OPENERS = compiled_later(
    r"\{\{\{?[<%]?|\{%|<%|\{(?=:[ .#A-Za-z]|\.[A-Za-z]|#[^{}\s#][^{}\n#]*\})|\{#"
)
_CLOSERS = {
    "{{": "}}",
    "{{{": "}}}",
    "{{<": ">}}",
    "{{%": "%}}",
    "{{{<": ">}}",
    "{{{%": "%}}",
    "{%": "%}",
    "{#": "#}",
    "<%": "%>",
}
_ATTRIBUTES = compiled_later(r"\{[:#.][^{}\n]*\}")
_NAME = compiled_later(r"[{<%-]*\s*([A-Za-z][\w-]*)")
_BLANK_LINE = compiled_later(r"\n[ \t\r]*\n")
_NOT_COPY = frozenset(
    {
        "highlight", "comment", "code", "codeblock", "mermaid", "math", "katex", "chart", "raw",
        "verbatim", "pre", "javascript", "script", "style", "schema", "css", "html", "rawhtml",
    }
)  # fmt: skip
"""Paired tags with something other than copy between them."""
_LITERAL = frozenset({"raw", "verbatim"})
"""Liquid and Jinja show what stands between these as it is, so that may be copy after all."""


def mask(source: str, start: int = 0) -> list[Span]:
    """The ranges of template syntax in `source[start:]`, in order and apart from each other."""
    if "{" not in source and "<%" not in source:
        return []
    return _scan(source, start, len(source))


def is_attributes(source: str, span: Span) -> bool:
    """Whether the range is an attribute list (`{: .note}`, `{#id}`), which prints nothing."""
    second = source[span.start + 1]
    return second in ":." or (second == "#" and source[span.end - 2] != "#")


def _scan(source: str, start: int, stop: int) -> list[Span]:
    found: list[Span] = []
    missing: set[str] = set()  # what does not come any more: each is looked for in vain only once
    at = start
    following = _next if source.find("<%", start, stop) < 0 else _OPENERS.search
    while opener := following(source, at, stop):
        end = _tag_end(source, opener, stop, missing)
        if not end:
            at = opener.end()
            continue
        begin = opener.start()
        at = end
        name = _NAME.match(source, begin, end)
        if name and name[1] in _NOT_COPY and not source.endswith(("/>}}", "/%}}"), begin, end):
            closing = _closing_tag(source, name[1], opener[0], end, stop, missing)
            if closing and opener[0] == "{%" and name[1] in _LITERAL:
                found += [Span(begin, end), *_scan(source, end, closing.start), closing]
                at = closing.end
                continue
            at = closing.end if closing else end
        found.append(Span(begin, at))
    return found


def _next(source: str, at: int, stop: int) -> re.Match[str] | None:
    """The next opener in braces. `find` is much faster than a search where most is prose."""
    while (at := source.find("{", at, stop)) >= 0:
        if opener := _OPENERS.match(source, at, stop):
            return opener
        at += 1
    return None


def _tag_end(source: str, opener: re.Match[str], stop: int, missing: set[str]) -> int:
    """Where the tag ends, or 0 where it is none."""
    if opener[0] == "{":
        match = _ATTRIBUTES.match(source, opener.start(), stop)
        return match.end() if match else 0
    closer = _CLOSERS[opener[0]]
    end = _find(source, closer, opener.end(), stop, missing)
    if end < 0 or source.startswith("`", opener.end()):
        return 0
    if source.count('"', opener.end(), end) % 2:
        end = _after_quote(source, closer, end, stop)
    if opener[0] != "{#" and _BLANK_LINE.search(source, opener.end(), end):
        hugo = opener[0][-1] in "<%" and opener[0][0] == "{" and len(opener[0]) > 2
        if not hugo or "{{" in source[opener.end() : end]:
            return 0
    return end + len(closer)


def _after_quote(source: str, closer: str, end: int, stop: int) -> int:
    """The next closer outside the quoted string that `end` stands in."""
    line_end = source.find("\n", end, stop)
    line_end = stop if line_end < 0 else line_end
    quote = source.find('"', end, line_end)
    later = source.find(closer, quote, line_end) if quote >= 0 else -1
    return later if later >= 0 else end


def _closing_tag(
    source: str, name: str, opener: str, start: int, stop: int, missing: set[str]
) -> Span | None:
    pattern = rf"\{{%-?\s*end{name}\s*-?%\}}"
    if opener.startswith("{{"):
        pattern = rf"\{{\{{[<%]-?\s*/\s*{name}\s*-?[>%]\}}\}}"
    if pattern in missing:
        return None
    match = re.compile(pattern).search(source, start, stop)
    if match is None:
        missing.add(pattern)
        return None
    return Span(*match.span())


def _find(source: str, what: str, start: int, stop: int, missing: set[str]) -> int:
    if what in missing:
        return -1
    at = source.find(what, start, stop)
    if at < 0:
        missing.add(what)
    return at
