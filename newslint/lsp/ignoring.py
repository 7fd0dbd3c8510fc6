"""Edits that suppress a finding where it stands, or in its whole article, with a reason.

A comment in the wrong place would cut a list in two or suppress nothing. So places are tried, the
best first, and the edited article is read: only an edit that does suppress the finding, and changes
nothing else of what is read, is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pyromark
from msgspec.structs import replace

from newslint import fix, readers, suppress
from newslint.article import Article, Span
from newslint.finding import Edit, Finding
from newslint.later import compiled_later
from newslint.lsp import frontmatter
from newslint.readers.marked import OPTIONS
from newslint.suppress import Terms
from newslint.suppress.fixes import sight

REASON = "reason"
"""What an editor types over."""

Edits = tuple[Edit, ...]

_CONTAINERS = compiled_later(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*[ \t]*")
_MARKER = compiled_later(r"[-*+]|\d+[.)]")
_LAST_MARKER = compiled_later(r"(?:[-*+]|\d+[.)])[ \t]*$")
_TAGS = compiled_later(r"(?:<[a-zA-Z][^<>]*>\s*)+\Z")
_TAG = compiled_later(r"<[a-zA-Z]")
_OWN_LINES = compiled_later(r"^[ \t]*<!-- newslint-ignore.*-->\n?", re.MULTILINE)
_TAGS_BEFORE = 5
"""Start tags before a block that a comment may go above."""


def here(article: Article, finding: Finding, terms: Terms) -> Edits | None:
    """A comment for the block that a finding stands in; None where none can be placed."""
    if finding.whole_article:
        return None
    return _first(article, finding, terms, _places(article, finding))


def in_article(article: Article, finding: Finding, terms: Terms) -> Edits | None:
    """An entry in the front matter; where there is none, a comment for the whole file."""
    return _first(article, finding, terms, _places_for_file(article, finding))


def _first(
    article: Article, finding: Finding, terms: Terms, places: Iterable[Edits]
) -> Edits | None:
    return next((edits for edits in places if _works(article, finding, terms, edits)), None)


def _works(article: Article, finding: Finding, terms: Terms, edits: Edits) -> bool:
    """Whether the edits suppress the finding and leave all else as it is."""
    after = readers.read_source(article.path, fix.apply(article.source, edits), article.format)
    if sight(article) != sight(after):
        return False
    if article.format == readers.MARKDOWN and _structure(article) != _structure(after):
        return False
    start, end = finding.span
    shift = sum(len(e.text) - (e.span.end - e.span.start) for e in edits if e.span.end <= start)
    moved = replace(finding, span=Span(start + shift, end + shift))
    gone = suppress.apply(after, [moved], (), frozenset(), terms, {}).count
    return gone == 1


def _structure(article: Article) -> list[Any]:
    """How its Markdown is built, but for newslint's own comments."""
    source = article.source
    kept: list[Any] = []
    html: list[str] | None = None
    for event in pyromark.events(source[frontmatter.end(source) :], options=OPTIONS):
        if event == {"Start": "HtmlBlock"}:
            html = []
        elif event == {"End": "HtmlBlock"}:
            kept.append(_OWN_LINES.sub("", "".join(html or ())))
            html = None
        elif html is None:
            kept.append(event)
        elif isinstance(event, dict):
            html += map(str, event.values())
    return [event for event in kept if event]


def _places(article: Article, finding: Finding) -> Iterator[Edits]:
    start = _start_of_block(article, finding)
    line = article.source.rfind("\n", 0, start) + 1
    if article.format == readers.HTML:
        yield from _places_in_html(article.source, finding.rule, start, line)
    elif article.format == readers.MARKDOWN:
        yield from _places_in_markdown(article.source, finding.rule, line)
    else:
        comment = _comment("", finding.rule)
        yield (_insert(line, comment + "\n"),)
        yield (_insert(line, comment + "\n\n"),)


def _start_of_block(article: Article, finding: Finding) -> int:
    """Where the outermost block begins that holds the finding."""
    spans = [block.source_span for block in article.blocks]
    start = finding.span.start
    return min(
        (s.start for s in spans if s.start <= start < max(s.end, s.start + 1)), default=start
    )


def _places_in_markdown(source: str, rule: str, line: int) -> Iterator[Edits]:
    comment = _comment("", rule)
    match = _CONTAINERS.match(source, line)
    around = match[0] if match else ""
    inside = _MARKER.sub(lambda marker: " " * len(marker[0]), around)
    outside = _LAST_MARKER.sub("", around)
    for prefix in dict.fromkeys((inside, outside, inside.rstrip("> "), outside.rstrip(), "")):
        yield (_insert(line, prefix + comment + "\n"),)
        yield (_insert(line, f"{prefix}{comment}\n{prefix.rstrip()}\n"),)
    prefix = inside if inside.strip() else ""
    first, last = _passage(source, line)
    begin = prefix + _comment("-start", rule) + "\n"
    end = prefix + f"<!-- newslint-ignore-end {rule} -->" + "\n"
    if last and source[last - 1] not in "\r\n":
        end = "\n" + end
    yield _insert(first, begin), _insert(last, end)


def _passage(source: str, line: int) -> tuple[int, int]:
    """Where the lines around a line begin and end that no blank one stands between."""
    first = last = line
    while first and not _is_blank(source[(above := _line_above(source, first)) : first]):
        first = above
    while last < len(source) and not _is_blank(source[last : (below := _line_below(source, last))]):
        last = below
    return first, last


def _is_blank(line: str) -> bool:
    return not line.strip(" \t\r\n>")


def _line_above(source: str, at: int) -> int:
    return source.rfind("\n", 0, at - 1) + 1


def _line_below(source: str, at: int) -> int:
    return source.find("\n", at) + 1 or len(source)


def _places_in_html(source: str, rule: str, start: int, line: int) -> Iterator[Edits]:
    """Above the line of a start tag that stands before the block, or between two tags."""
    comment = _comment("", rule)
    tags = _TAGS.search(source, max(0, start - 2000), start)
    found = [match.start() for match in _TAG.finditer(tags[0])][-_TAGS_BEFORE:] if tags else []
    at = [start - len(tags[0]) + offset for offset in found] if tags else []
    for tag in reversed(at):
        indent = source[source.rfind("\n", 0, tag) + 1 : tag]
        if not indent.strip():
            yield (_insert(tag - len(indent), indent + comment + "\n"),)
    yield (_insert(line, comment + "\n"),)
    for tag in reversed(at):
        yield (_insert(tag, f"\n{comment}\n"),)


def _places_for_file(article: Article, finding: Finding) -> Iterator[Edits]:
    source, rule = article.source, finding.rule
    yield from frontmatter.entries(source, rule, REASON)
    comment = _comment("-file", rule)
    body = frontmatter.end(source)
    if article.format == readers.HTML:
        opened = re.search(r"<body\b[^<>]*>[ \t]*\r?\n", source, re.IGNORECASE)
        yield (_insert(opened.end() if opened else body, comment + "\n"),)
        yield (_insert(body, comment + "\n"),)
    yield (_insert(body, comment + "\n\n"),)
    yield (_insert(body, f"\n{comment}\n\n"),)


def _comment(form: str, rule: str) -> str:
    return f"<!-- newslint-ignore{form} {rule} -- {REASON} -->"


def _insert(at: int, text: str) -> Edit:
    return Edit(Span(at, at), text)
