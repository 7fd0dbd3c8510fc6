"""Finds and reads front matter: the metadata at the head of a Markdown file."""

from __future__ import annotations

import re

from msgspec import Struct

from newslint.article import Block, Field, Problem, Span
from newslint.later import compiled_later
from newslint.readers.entries import Entries, Refused
from newslint.readers.metablocks import blocks_of
from newslint.readers.yamlmatter import read_yaml

PROBLEM = "front-matter-syntax"

_OPEN = compiled_later(
    r"(?:[ \t]*(?:\r\n|\n|\r))*(?:(?P<fence>---|\+\+\+)[ \t]*(?:\r\n|\n|\r|$)|\{\s*[\"}])"
)
_CLOSE = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE),
}
_KEY_LINE = compiled_later(r"\s*(?:#[^\n]*\n\s*)*(?:[\w\"'.-][^\n=]{0,80}?(?::(?=\s|$)|=)|[\[{]|$)")
_END_OF_KEYS = compiled_later(r"\n[ \t\r]*\n|\Z")
_END_OF_OBJECT = compiled_later(r"^\}[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_LINE_END = compiled_later(r"[ \t]*(?:\r\n|\n|\r|\Z)")


class FrontMatter(Struct, frozen=True, gc=False):
    """The metadata at the head of a file."""

    fields: dict[str, Field]
    """Keys of nested mappings are joined with dots; items of a list have their number as key."""
    body: int
    """Where the body begins, in code points."""
    problems: tuple[Problem, ...] = ()
    blocks: tuple[Block, ...] = ()
    """Headline, standfirst, bylines, alternative texts and captions, in the order of the source."""
    entries: Entries | None = None
    """Where the fields and what they stand in were found; None where there are none."""


def read(source: str) -> FrontMatter:
    """Read the front matter; where there is none, the body begins at 0."""
    opener = _OPEN.match(source)
    if opener is None:
        return FrontMatter({}, 0)
    fence = opener["fence"]
    if not fence:
        return _json(source)
    start = opener.end()
    close = _CLOSE[fence].search(source, start)
    if close is None or (fence == "---" and not _KEY_LINE.match(source, start, close.start())):
        return _unclosed(source, start) if close is None else FrontMatter({}, 0)
    if fence == "---":
        reader = read_yaml
    else:
        from newslint.readers.tomlmatter import read_toml as reader  # seldom met
    try:
        entries = reader(source, start, close.start())
    except Refused as refused:
        return _refused(source, refused, close.end())
    blocks = blocks_of(source, entries.strings)
    return FrontMatter(entries.fields, close.end(), (), blocks, entries)


def _json(source: str) -> FrontMatter:
    from newslint.readers.jsonmatter import read_object  # seldom met

    try:
        entries, end = read_object(source, source.index("{"))
    except Refused as refused:
        close = _END_OF_OBJECT.search(source) or _END_OF_KEYS.search(source)
        return _refused(source, refused, close.end() if close else 0)
    line_end = _LINE_END.match(source, end)
    body = line_end.end() if line_end else end
    return FrontMatter(entries.fields, body, (), blocks_of(source, entries.strings), entries)


def _unclosed(source: str, start: int) -> FrontMatter:
    """A line `---` alone is a thematic break, unless metadata follows."""
    end = _END_OF_KEYS.search(source, start)
    body = end.end() if end else len(source)
    if not source[start:body].strip() or not _KEY_LINE.match(source, start, body):
        return FrontMatter({}, 0)
    return _refused(source, Refused("its closing line is missing", 0), body)


def _refused(source: str, refused: Refused, body: int) -> FrontMatter:
    message = (
        f"front matter could not be read: {refused.reason}; "
        "rules on metadata were skipped for this file"
    )
    at = min(refused.at, len(source))
    start = source.rfind("\n", 0, at) + 1
    end = source.find("\n", at)
    end = len(source) if end < 0 else end
    span = Span(start, max(start, start + len(source[start:end].rstrip("\r"))))
    return FrontMatter({}, body, (Problem(PROBLEM, message, span),))
